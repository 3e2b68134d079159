"""A formula as inline boxes, for a page printer that does not lay out MathML.

Symbols, operators and spaces are one run of text; only fractions, scripts, limits, roots and
matrices become elements (math_boxes.py), because a page costs its printer time by the element.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from html import escape

from dlexam.render import math_boxes as make
from dlexam.render.math_boxes import Box
from dlexam.render.math_glyphs import DOTLESS, ITALIC, JOIN, MARKS, advance, gap, shape, span
from dlexam.render.math_nodes import (
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
)
from dlexam.render.math_tree import tree

_SMALL = frozenset("0123456789+−")
_RAISED = str.maketrans("0123456789+−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+−", "₀₁₂₃₄₅₆₇₈₉₊₋")
_PRIMES = frozenset("′″‴⁗")
_SIGNS = frozenset("+−")  # a line breaks before them, and after the others
_LOOSE = RELATIONS | {",", ";"}
_GAPS = "\u2060\u2003\u2002\u205f\u2006\u200a"
_QUADS = re.compile(r"\\q?quad(?![a-zA-Z])(?![^{}]*\\end\{)")
_OPENING, _CLOSING = frozenset("([{⌊⌈"), frozenset(")]}⌋⌉")
SHORT = 9.0  # em; a formula in a line of text up to this wide is not broken
LONG = 20.0  # em; a wider one may break before its signs too


@lru_cache(maxsize=8192)
def boxes(tex: str, display: bool = False) -> str:
    """The HTML of a formula; a long one in a line may break after a relation or a comma."""
    parts = _parts(tex, display)
    wide = 0.0 if display else sum(part.width for part in parts)
    return _line(parts, frozenset() if wide <= SHORT else _LOOSE if wide <= LONG else _LOOSE | _SIGNS)


@lru_cache(maxsize=8192)
def fitted(tex: str, room: float) -> str:
    """The HTML of a displayed formula in a space `room` em wide: broken, at quads first, or made smaller."""
    parts = _parts(tex, True)
    wide = sum(part.width for part in parts)
    if wide <= room:
        return _line(parts, frozenset())
    formulas = [part for part in _QUADS.split(tex) if part.strip()]
    if len(formulas) > 1 and not any(part.count("{") - part.count("}") for part in formulas):
        return " ".join(span("gr", fitted(part, room)) for part in formulas)
    html = _line(parts, _LOOSE | _SIGNS)
    if max(part.width for part in parts) <= room:
        return html
    return f'<span style="font-size:{max(0.4, room / wide):.2f}em">{html}</span>'


def _parts(tex: str, display: bool) -> list[Box]:
    root = tree(tex, display)
    return [_box(item) for item in (root.items if isinstance(root, Series) else (root,))]


def _line(parts: list[Box], loose: frozenset[str]) -> str:
    """Boxes on one line, which may break after the `loose` characters outside brackets."""
    depth, html, last = 0, "", Box("")
    for part in parts:
        depth += (part.html in _OPENING) - (part.html in _CLOSING)
        if html and (part.solid or last.solid):
            html += JOIN
        sign = part.html.strip(_GAPS) if depth == 0 else ""
        if sign in loose:
            html += part.html.replace(JOIN + sign, sign) if sign in _SIGNS else part.html.removesuffix(JOIN)
        else:
            html += part.html
        last = part
    return html.removeprefix(JOIN) + (JOIN if last.solid else "")


@lru_cache(maxsize=8192)
def width(tex: str) -> float:
    """How wide a displayed formula is, in em."""
    return _box(tree(tex, True)).width


def _box(node: Node) -> Box:
    match node:
        case Atom():
            return _atom(node)
        case Space(space):
            return Box(gap(space), width=advance(gap(space)))
        case Series(items):
            return make.side_by_side([_box(item) for item in items])
        case Fraction(above, below, rule, display):
            return make.fraction(_box(above), _box(below), rule, display)
        case Root(body, degree):
            return make.root(_box(body), _perhaps(degree))
        case Scripts() | Limits():
            return _attached(node)
        case Accent(base, mark, under):
            return _accent(base, mark, under)
        case Matrix():
            return _matrix(node)
        case Fenced(left, body, right, after):
            rows = len(body.rows) if isinstance(body, Matrix) else 0
            return _spaced(make.fenced(left, _box(body), right, rows), 0, after)


def _perhaps(node: Node | None) -> Box | None:
    return None if node is None else _box(node)


def _atom(atom: Atom) -> Box:
    text = atom.text.translate(ITALIC) if atom.kind == "name" and len(atom.text) == 1 else atom.text
    if atom.size:
        middle, half = make.AXIS, atom.size / 2
        html, wide = shape(text, atom.size)
        return Box(html, half + middle, half - middle, wide)
    before, after = gap(atom.left), gap(atom.right) or (JOIN if text == "/" else "")
    html = before + escape(text, quote=False) + after
    return Box(html, width=advance(before + text + after))


def _spaced(box: Box, left: float, right: float) -> Box:
    if not left and not right:
        return box
    before, after = gap(left), gap(right)
    return replace(box, html=before + box.html + after, width=box.width + advance(before + after))


def _attached(node: Scripts | Limits) -> Box:
    base, left, right = node.base, 0.0, 0.0
    if isinstance(base, Atom):
        base, left, right = replace(base, left=0, right=0), base.left, base.right
    if isinstance(node, Limits):
        return _spaced(_limits(node, base), left, right)
    low, high = _perhaps(node.low), node.high
    if low is None and isinstance(high, Atom) and high.text in _PRIMES:
        return make.side_by_side([_box(base), Box(high.text, width=advance(high.text))])
    body, small = _box(base), _digits(node)
    if small and body.up < 1:
        return _spaced(make.side_by_side([body, small]), left, right)
    return _spaced(make.scripts(body, low, _perhaps(high)), left, right)


def _digits(node: Scripts) -> Box | None:
    """The font's own small digits, if those are all there is in the only script."""
    script, letters = (node.low, _LOWERED) if node.low else (node.high, _RAISED)
    parts = script.items if isinstance(script, Series) else (script,)
    text = "".join(part.text if isinstance(part, Atom) else "?" for part in parts)
    if (node.low and node.high) or not set(text) <= _SMALL:
        return None
    small = text.translate(letters)
    return Box(small, width=advance(small))


def _limits(node: Limits, base: Node) -> Box:
    under, over = _perhaps(node.under), _perhaps(node.over)
    if isinstance(base, Atom) and base.text in "∑∏⋃⋂":
        html, wide = shape(base.text, 1.3)
        return make.limits(Box(html, width=wide), under, over, big=True)
    return make.limits(_box(base), under, over, big=False)


def _accent(base: Node, mark: str, under: bool) -> Box:
    box, combining = _box(base), MARKS.get(mark)
    if under or not combining or not isinstance(base, Atom) or len(base.text) != 1:
        return make.wide_accent(box, mark, under)
    return replace(box, html=DOTLESS.get(box.html, box.html) + combining)


def _matrix(node: Matrix) -> Box:
    rows = [[_box(cell) for cell in row] for row in node.rows]
    plain = all(box.up < 1 and box.down < 0.5 for row in rows for box in row)
    return (make.columns if plain else make.cells)(rows, node.align, node.gaps)
