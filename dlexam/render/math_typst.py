"""A formula as Typst mathematics, for the bulk PDF engine.

Nothing of a formula is ever read as Typst code: letters of mathematics and numbers are written as
themselves, each other character behind a backslash, every longer text inside quotes. Spacing is
Typst's own, by the class of each sign; `neg`, `comma`, `gap` and `eq` are templates/typst/math.typ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dlexam.render.math_glyphs import DOTLESS, ITALIC, MARKS
from dlexam.render.math_nodes import (
    BINARY,
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
from dlexam.render.math_text import text
from dlexam.render.math_tree import tree
from dlexam.render.typst_text import quoted

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ENTRY = re.compile(r"((?:\\−)?\d+)(?:\.(\d+))?")
_COMMA = re.compile(r'"(\d+),(\d+)"')
_GAPS = {0.167: "thin", 0.222: "med", 0.278: "thick", 1.0: "quad", 2.0: "wide"}
_SHORT = 18  # characters; a formula in a line of text up to this long is not broken
_LARGE = frozenset("∑∏∐⋃⋂⨁⨂⨀⋁⋀")
_BRACES = {"⏟": "underbrace", "⏞": "overbrace"}
_BARS = {"|": "vbar", "‖": "vbars"}


@lru_cache(maxsize=8192)
def formula(tex: str, display: bool = False, strong: bool = False, fits: bool = False) -> str:
    """The Typst source of a formula, which reads it aloud as its text.

    A short one does not break over lines, nor does one of which it is known that it fits its line;
    a long one breaks at its commas too.
    """
    root, words = tree(tex, True), text(tex)
    short = len(words) < _SHORT
    body = _node(root, not (short or fits))
    body = f"bold({body})" if strong else body
    body = f"display({body})" if display else body
    kept = "tall" if _tall(root) else "whole" if _breaks(root) else "eq"
    name = kept if short or fits else "eq"
    return f"#{name}({quoted(words)},${body}$)"


def _breaks(root: Node) -> bool:
    """Whether Typst would break the line inside."""
    return isinstance(root, Series) and any(isinstance(item, Atom) and item.left for item in root.items)


def _node(node: Node, loose: bool = False) -> str:
    match node:
        case Atom():
            return _atom(node)
        case Space(width):
            return _gap(width)
        case Series(items):
            return _series(items, loose)
        case Fraction(above, below, rule):
            return f"{'frac' if rule else 'over'}({_node(above)},{_node(below)})"
        case Root(body, degree):
            return f"root({_node(degree)},{_node(body)})" if degree else f"sqrt({_node(body)})"
        case Scripts(base, low, high):
            return _attached("scripts", base, low, high)
        case Limits(base, low, high):
            return _attached("limits", base, low, high)
        case Accent(base, mark, under):
            return _accent(base, mark, under)
        case Matrix():
            return f"display({_matrix(node)})"
        case Fenced(left, body, right, after):
            inner = f"{_sign(left)}{_node(body, loose)}{_sign(right)}"
            return (f"lr({inner})" if _tall(body) else inner) + _gap(after)


def _series(items: Sequence[Node], loose: bool) -> str:
    written, previous = "", None
    for item in items:
        part = _node(item, loose)
        if isinstance(item, Atom) and item.text in BINARY and not item.left and _unclear(previous):
            part = f"neg({part})"
        elif loose and isinstance(item, Atom) and item.text == "," and item.right:
            part = "comma"
        elif isinstance(item, Space) and isinstance(previous, Atom) and previous.text == ",":
            if item.width < 0.5 and written.endswith("comma"):
                continue
            part = _gap(previous.right + item.width)  # an explicit gap takes the place of the sign's own
        written += _apart(written, part) + part
        previous = item
    return written


def _unclear(previous: Node | None) -> bool:
    """Whether Typst would take a sign after it for a difference."""
    return isinstance(previous, Atom) and previous.text in _BARS


def _apart(before: str, after: str) -> str:
    """A space, which mathematics does not show, between two that would be one word."""
    return " " if before[-1:].isalnum() and after[:1].isalnum() else ""


def _gap(width: float) -> str:
    if abs(width) < 0.02:
        return ""
    return _GAPS.get(round(width, 3), f"gap(#{width:.3f}em)")


@lru_cache(maxsize=8192)
def _atom(atom: Atom) -> str:
    if atom.kind == "number" and _NUMBER.fullmatch(atom.text):
        return atom.text
    if len(atom.text) != 1 or atom.kind == "words":
        spaced = atom.kind == "operator" and atom.text
        words = quoted(atom.text) if atom.text else ""
        return _gap(atom.left) + words + _gap(atom.right) if spaced else words + _gap(atom.left)
    if atom.text in _BARS:
        return _BARS[atom.text]
    sign = _sign(atom.text.translate(ITALIC) if atom.kind == "name" else atom.text)
    return f"lr(size:#{atom.size:g}em,{sign})" if atom.size else sign


def _sign(character: str) -> str:
    return character if character.isalpha() or not character else "\\" + character


def _attached(place: str, base: Node, low: Node | None, high: Node | None) -> str:
    """A base with what stands at it; Typst itself knows where that is at a sum."""
    body = _node(base)
    large = isinstance(base, Atom) and base.text in _LARGE
    if not large and (place == "limits" or (isinstance(base, Atom) and base.text in RELATIONS)):
        body = f"{place}({body})"
    scripts = [f",{name}:{_node(part)}" for name, part in (("b", low), ("t", high)) if part is not None]
    return f"attach({body}{''.join(scripts)})"


def _accent(base: Node, mark: str, under: bool) -> str:
    body = _node(base)
    if mark in _BRACES:
        return f"{_BRACES[mark]}({body})"
    if under or mark not in MARKS:
        return f"underline({body})" if under else f"limits({body})^({_sign(mark)})"
    if MARKS[mark] == "\u0304" and not isinstance(base, Atom):
        return f"overline({body})"
    size = "" if isinstance(base, Atom) else ",size:#100%"
    return f"accent({DOTLESS.get(body, body)},{quoted(MARKS[mark])}{size})"


def _matrix(matrix: Matrix) -> str:
    columns = [_column(entries, side) for entries, side in zip(zip(*matrix.rows), matrix.align)]
    rows = ";".join(",".join(cells) for cells in zip(*columns))
    space = max(matrix.gaps, default=0)
    return f"mat({rows})" if space or len(columns) < 2 else f"mat(column-gap:#0em,{rows})"


def _column(entries: Sequence[Node], side: str) -> list[str]:
    """A column's cells; centred numbers get their decimal points one under another."""
    cells = [_node(entry) or '""' for entry in entries]
    found = [_ENTRY.fullmatch(_COMMA.sub(r"\1.\2", cell)) for cell in cells]
    mark = "," if any(map(_COMMA.search, cells)) else "."
    if side == "c" and len(cells) > 1 and all(found):
        decimals = {len(match[2] or "") for match in found if match}
        if len(decimals) == 1:
            return [f"{cell}&" for cell in cells]
        return [f'{match[1]}&"{mark + match[2] if match[2] else ""}"' for match in found if match]
    return [{"l": f"&{cell}", "r": f"{cell}&"}.get(side, cell) for cell in cells]


def _tall(node: Node | None) -> bool:
    """Whether brackets around it must grow."""
    match node:
        case Series(items):
            return any(map(_tall, items))
        case Scripts(base, low, high):
            return _tall(base) or any(isinstance(part, Fraction | Scripts) for part in (low, high))
        case Fraction() | Matrix() | Limits() | Root():
            return True
        case Accent(base):
            return _tall(base)
        case Fenced() as fenced:
            return _tall(fenced.body)
        case Atom() as atom:
            return atom.text in _LARGE
    return False
