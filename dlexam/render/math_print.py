"""A formula on a printed page: characters in the line, or drawings where it is more than that.

A page costs its printer time by the element. So a formula that is only a run of characters is text,
any other is one picture of runs and bars at their places (math_boxes.py), and a long one has a picture
for each piece that a line may break after. A picture's address says all that is needed to draw it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from urllib.parse import quote, unquote

from dlexam.render import math_boxes as make
from dlexam.render.math_glyphs import DOTLESS, ITALIC, JOIN, MARKS, advance, gap, is_bundled, shape
from dlexam.render.math_ink import Box, Run, side_by_side
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
from dlexam.render.math_text import line as spoken
from dlexam.render.math_tree import tree

_SMALL = frozenset("0123456789+−")
_RAISED = str.maketrans("0123456789+−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+−", "₀₁₂₃₄₅₆₇₈₉₊₋")
_PRIMES = frozenset("′″‴⁗")
_SIGNS = frozenset("+−")  # a line breaks before them, and after the others
_LOOSE: tuple[frozenset[str], ...] = (frozenset(), RELATIONS | {",", ";"}, RELATIONS | {",", ";"} | _SIGNS)
_GAPS = "\u2060\u2003\u2002\u205f\u2006\u200a"
_QUADS = re.compile(r"\\q?quad(?![a-zA-Z])(?![^{}]*\\end\{)")
_OPENING, _CLOSING = frozenset("([{⌊⌈"), frozenset(")]}⌋⌉")
_MAY_BREAK = "\u200b"
ADDRESS = "formula:"
SHORT = 9.0  # em; a formula in a line of text up to this wide is not broken
LONG = 20.0  # em; a wider one may break before its signs too


@lru_cache(maxsize=8192)
def boxes(tex: str, display: bool = False) -> str:
    """The HTML of a formula; a long one in a line may break after a relation or a comma."""
    wide = 0.0 if display else sum(part.width for part in _parts(tex, display))
    return _html(tex, display, 0 if wide <= SHORT else 1 if wide <= LONG else 2)


@lru_cache(maxsize=8192)
def fitted(tex: str, room: float) -> str:
    """The HTML of a displayed formula in a space `room` em wide: broken, at quads first, or made smaller."""
    if sum(part.width for part in _parts(tex, True)) <= room:
        return _html(tex, True, 0)
    formulas = groups(tex, room)
    if len(formulas) > 1:
        return " ".join(f'<span class="gr">{fitted(part, room)}</span>' for part in formulas)
    html, size = _html(tex, True, 2), squeeze(tex, room)
    return html if size == 1 else f'<span style="font-size:{size:.2f}em">{html}</span>'


def groups(tex: str, room: float) -> list[str]:
    """The formulas of a display that is too wide, parted at its quads; one that fits is one group."""
    if width(tex) <= room:
        return [tex]
    found = [part for part in _QUADS.split(tex) if part.strip()]
    return [tex] if any(part.count("{") - part.count("}") for part in found) else found


@lru_cache(maxsize=8192)
def squeeze(tex: str, room: float) -> float:
    """How much smaller a display must be where breaking its line does not help; 1 where it does."""
    parts = _parts(tex, True)
    if max(part.width for part in parts) <= room:
        return 1.0
    return max(0.4, room / sum(part.width for part in parts))


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two places at which a formula may be broken, and how it is read aloud."""

    box: Box
    words: str


def picture(address: str) -> Box:
    """What is drawn at an address that a page names."""
    display, loose, place, tex = address.removeprefix(ADDRESS).split(",", 3)
    return pieces(unquote(tex), display == "1", int(loose))[int(place)].box


def _html(tex: str, display: bool, loose: int) -> str:
    html, last = "", ""
    for place, piece in enumerate(pieces(tex, display, loose)):
        text = piece.box.text
        drawn = text is None and all(is_bundled(ink.text) for ink in piece.box.inks if isinstance(ink, Run))
        if drawn:
            address = f"{ADDRESS}{display:d},{loose},{place},{quote(tex)}"
            part = (
                f'<img src="{address}" alt="{JOIN}{escape(piece.words)}"'
                f' style="vertical-align:{-piece.box.down:.3f}em"/>'
            )
        else:
            part = escape(piece.words if text is None else text, quote=False)
        html += (_MAY_BREAK if html and "<img" in last + part else "") + part
        last = part
    return html.removeprefix(JOIN) + (JOIN if last.startswith("<img") else "")


@lru_cache(maxsize=8192)
def pieces(tex: str, display: bool, loose: int) -> tuple[Piece, ...]:
    """A formula in pieces: they end after relations and commas (`loose` 1), before signs too (2)."""
    root, depth = tree(tex, display), 0
    found: list[Piece] = []
    group: list[tuple[Node, Box]] = []
    for node in root.items if isinstance(root, Series) else (root,):
        box = _box(node)
        text = box.text or ""
        depth += (text in _OPENING) - (text in _CLOSING)
        sign = text.strip(_GAPS) if depth == 0 else ""
        if sign not in _LOOSE[loose]:
            group.append((node, box))
        elif sign in _SIGNS and group:
            before, _, after = text.partition(sign)
            found.append(_piece([*group, (Space(0), _run(before.removesuffix(JOIN)))]))
            group = [(node, _run(sign + after))]
        else:
            found.append(_piece([*group, (node, _run(text.removesuffix(JOIN)))]))
            group = []
    return (*found, _piece(group)) if group or not found else tuple(found)


def _piece(group: list[tuple[Node, Box]]) -> Piece:
    box = side_by_side(box for _, box in group)
    words = "" if box.text is not None else spoken(Series(tuple(node for node, _ in group)))
    return Piece(box, words)


def _run(text: str) -> Box:
    return Box((Run(text),), width=advance(text)) if text else Box()


def _parts(tex: str, display: bool) -> list[Box]:
    root = tree(tex, display)
    return [_box(item) for item in (root.items if isinstance(root, Series) else (root,))]


@lru_cache(maxsize=8192)
def width(tex: str) -> float:
    """How wide a displayed formula is, in em."""
    return _box(tree(tex, True)).width


def _box(node: Node) -> Box:
    match node:
        case Atom():
            return _atom(node)
        case Space(space):
            return _run(gap(space))
        case Series(items):
            return side_by_side(_box(item) for item in items)
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
        return replace(shape(text, atom.size), up=half + middle, down=half - middle)
    return _run(gap(atom.left) + text + (gap(atom.right) or (JOIN if text == "/" else "")))


def _spaced(box: Box, left: float, right: float) -> Box:
    if not left and not right:
        return box
    return side_by_side((_run(gap(left)), box, _run(gap(right))))


def _attached(node: Scripts | Limits) -> Box:
    base, left, right = node.base, 0.0, 0.0
    if isinstance(base, Atom):
        base, left, right = replace(base, left=0, right=0), base.left, base.right
    if isinstance(node, Limits):
        return _spaced(_limits(node, base), left, right)
    low, high = _perhaps(node.low), node.high
    if low is None and isinstance(high, Atom) and high.text in _PRIMES:
        return side_by_side((_box(base), _run(high.text)))
    body, small = _box(base), _digits(node)
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
    return _run(text.translate(letters))


def _limits(node: Limits, base: Node) -> Box:
    under, over = _perhaps(node.under), _perhaps(node.over)
    if isinstance(base, Atom) and base.text in "∑∏⋃⋂":
        return make.limits(shape(base.text, 1.3), under, over, big=True)
    return make.limits(_box(base), under, over, big=False)


def _accent(base: Node, mark: str, under: bool) -> Box:
    box, combining = _box(base), MARKS.get(mark)
    if under or not combining or not isinstance(base, Atom) or len(base.text) != 1:
        return make.wide_accent(box, mark, under)
    text = box.text or ""
    return replace(box, inks=(Run(DOTLESS.get(text, text) + combining),))


def _matrix(node: Matrix) -> Box:
    rows = [[_box(cell) for cell in row] for row in node.rows]
    plain = all(box.up < 1 and box.down < 0.5 for row in rows for box in row)
    return (make.columns if plain else make.cells)(rows, node.align, node.gaps)
