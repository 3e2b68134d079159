"""A formula as inline boxes, for a page printer that does not lay out MathML.

Symbols, operators and spaces are one run of text; only fractions, scripts, limits, roots and
matrices become elements (math_boxes.py), because a page costs its printer time by the element.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from html import escape

from dlexam.render import math_boxes as make
from dlexam.render.math_boxes import Box
from dlexam.render.math_glyphs import DOTLESS, ITALIC, MARKS, gap, shape
from dlexam.render.math_tree import (
    RELATIONS,
    Accent,
    Atom,
    Fenced,
    Fraction,
    Limits,
    Matrix,
    Node,
    Root,
    Scripts,
    Series,
    Space,
    tree,
)

_PRIMES = frozenset("′″‴⁗")
_SHORT = 9.0  # em; a formula up to this wide is not broken


@lru_cache(maxsize=8192)
def boxes(tex: str, display: bool = False) -> str:
    """The HTML of a formula. Inside a line, a long one may break after a relation or a comma."""
    root = tree(tex, display)
    parts = [_box(item) for item in (root.items if isinstance(root, Series) else (root,))]
    whole = make.side_by_side(parts)
    if display or whole.width < _SHORT:
        return f'<span class="m n">{whole.html}</span>'
    segments = [""]
    for part in parts:
        segments[-1] += part.html
        if part.loose:
            segments.append("")
    inner = "\u200b".join(f"<span class=n>{text}</span>" for text in segments if text)
    return f"<span class=m>{inner}</span>"


@lru_cache(maxsize=8192)
def width(tex: str) -> float:
    """About how wide a displayed formula is, in em."""
    return _box(tree(tex, True)).width


def _box(node: Node) -> Box:
    match node:
        case Atom():
            return _atom(node)
        case Space(space):
            return Box(gap(space), width=space)
        case Series(items):
            return make.side_by_side([_box(item) for item in items])
        case Fraction(above, below, rule, display):
            return make.fraction(_box(above), _box(below), rule, display)
        case Root(body, degree):
            return make.root(_box(body), degree and _box(degree))
        case Scripts() | Limits():
            return _attached(node)
        case Accent(base, mark, under):
            return _accent(base, mark, under)
        case Matrix():
            return _matrix(node)
        case Fenced(left, body, right, after):
            rows = len(body.rows) if isinstance(body, Matrix) else 0
            return _spaced(make.fenced(left, _box(body), right, rows), 0, after)


def _atom(atom: Atom) -> Box:
    text = atom.text.translate(ITALIC) if atom.kind == "name" and len(atom.text) == 1 else atom.text
    if atom.size:
        middle, half = make.AXIS, atom.size / 2
        return Box(shape(text, atom.size), half + middle, half - middle, 0.4)
    loose = atom.right > 0 and text in RELATIONS | {",", ";"}
    html = gap(atom.left) + escape(text) + gap(atom.right)
    return Box(html, width=0.52 * len(text) + atom.left + atom.right, loose=loose)


def _spaced(box: Box, left: float, right: float) -> Box:
    if not left and not right:
        return box
    html = gap(left) + box.html + gap(right)
    return replace(box, html=html, width=box.width + left + right)


def _attached(node: Scripts | Limits) -> Box:
    base, left, right = node.base, 0.0, 0.0
    if isinstance(base, Atom):
        base, left, right = replace(base, left=0, right=0), base.left, base.right
    big = isinstance(base, Atom) and base.text in "∑∏⋃⋂"
    if isinstance(node, Limits):
        core = Box(shape(base.text, 1.3), width=1) if big else _box(base)  # type: ignore[union-attr]
        under, over = (part and _box(part) for part in (node.under, node.over))
        return _spaced(make.limits(core, under, over, big), left, right or 1 / 6)
    low, high = node.low and _box(node.low), node.high
    if low is None and isinstance(high, Atom) and high.text in _PRIMES:
        return make.side_by_side([_box(base), Box(high.text, width=0.3)])
    return _spaced(make.scripts(_box(base), low, high and _box(high)), left, right)


def _accent(base: Node, mark: str, under: bool) -> Box:
    box, combining = _box(base), MARKS.get(mark)
    if under or not combining or not isinstance(base, Atom) or len(base.text) != 1:
        return make.wide_accent(box, mark, under)
    return replace(box, html=DOTLESS.get(box.html, box.html) + combining)


def _matrix(node: Matrix) -> Box:
    rows = [[_box(cell) for cell in row] for row in node.rows]
    plain = all(box.up < 1 and box.down < 0.5 for row in rows for box in row)
    return (make.columns if plain else make.cells)(rows, node.align, node.gaps)
