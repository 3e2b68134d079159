"""The parts of a formula laid out: which box each becomes (math_boxes.py), and the space between."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from dlexam.render import math_boxes as make
from dlexam.render.math_glyphs import DOTLESS, ITALIC, JOIN, MARKS, advance, gap, shape
from dlexam.render.math_ink import Box, side_by_side
from dlexam.render.math_nodes import (
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

_SMALL = frozenset("0123456789+−")
_RAISED = str.maketrans("0123456789+−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+−", "₀₁₂₃₄₅₆₇₈₉₊₋")
_PRIMES = frozenset("′″‴⁗")


def run(text: str) -> Box:
    """Characters on the line."""
    return Box(text, width=advance(text))


def laid(node: Node) -> Box:
    """The box of a part of a formula."""
    match node:
        case Atom():
            return _atom(node)
        case Space(space):
            return run(gap(space))
        case Series(items):
            return side_by_side(laid(item) for item in items)
        case Fraction(above, below, rule, display):
            return make.fraction(laid(above), laid(below), rule, display)
        case Root(body, degree):
            return make.root(laid(body), _perhaps(degree))
        case Scripts() | Limits():
            return _attached(node)
        case Accent(base, mark, under):
            return _accent(base, mark, under)
        case Matrix():
            return _matrix(node)
        case Fenced(left, body, right, after):
            rows = len(body.rows) if isinstance(body, Matrix) else 0
            return _spaced(make.fenced(left, laid(body), right, rows), 0, after)


def _perhaps(node: Node | None) -> Box | None:
    return None if node is None else laid(node)


@lru_cache(maxsize=8192)
def _atom(atom: Atom) -> Box:
    text = atom.text.translate(ITALIC) if atom.kind == "name" and len(atom.text) == 1 else atom.text
    if atom.size:
        middle, half = make.AXIS, atom.size / 2
        return replace(shape(text, atom.size), up=half + middle, down=half - middle)
    return run(gap(atom.left) + text + (gap(atom.right) or (JOIN if text == "/" else "")))


def _spaced(box: Box, left: float, right: float) -> Box:
    if not left and not right:
        return box
    return side_by_side((run(gap(left)), box, run(gap(right))))


def _attached(node: Scripts | Limits) -> Box:
    base, left, right = node.base, 0.0, 0.0
    if isinstance(base, Atom):
        base, left, right = replace(base, left=0, right=0), base.left, base.right
    if isinstance(node, Limits):
        return _spaced(_limits(node, base), left, right)
    low, high = _perhaps(node.low), node.high
    if low is None and isinstance(high, Atom) and high.text in _PRIMES:
        return side_by_side((laid(base), run(high.text)))
    body, small = laid(base), _digits(node)
    if small and body.up < 1:
        return _spaced(side_by_side((body, small)), left, right)
    return _spaced(make.scripts(body, low, _perhaps(high)), left, right)


def _digits(node: Scripts) -> Box | None:
    """The font's own small digits, if those are all there is in the only script."""
    script, letters = (node.low, _LOWERED) if node.low else (node.high, _RAISED)
    parts = script.items if isinstance(script, Series) else (script,)
    text = "".join(part.text if isinstance(part, Atom) else "?" for part in parts)
    if (node.low and node.high) or not text or not set(text) <= _SMALL:
        return None
    return run(text.translate(letters))


def _limits(node: Limits, base: Node) -> Box:
    under, over = _perhaps(node.under), _perhaps(node.over)
    if isinstance(base, Atom) and base.text in "∑∏⋃⋂":
        return make.limits(shape(base.text, 1.3), under, over, big=True)
    return make.limits(laid(base), under, over, big=False)


def _accent(base: Node, mark: str, under: bool) -> Box:
    box, combining = laid(base), MARKS.get(mark)
    if under or not combining or not isinstance(base, Atom) or len(base.text) != 1:
        return make.wide_accent(box, mark, under)
    text = box.text or ""
    return replace(box, content=DOTLESS.get(text, text) + combining)


def _matrix(node: Matrix) -> Box:
    rows = [[laid(cell) for cell in row] for row in node.rows]
    plain = all(box.up < 1 and box.down < 0.5 for row in rows for box in row)
    return (make.columns if plain else make.cells)(rows, node.align, node.gaps)
