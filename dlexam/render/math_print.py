"""A formula on a printed page: characters in the line, or drawings where it is more than that.

A page costs its printer time by the element. So a formula that is only a run of characters is text,
any other is one picture of runs and bars at their places (math_boxes.py), and a long one has a picture
for each piece that a line may break after. A picture's address says all that is needed to draw it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from urllib.parse import quote, unquote

from dlexam.render.math_glyphs import JOIN, is_bundled
from dlexam.render.math_ink import Box, Run, side_by_side
from dlexam.render.math_layout import laid, run
from dlexam.render.math_nodes import RELATIONS, Node, Series, Space
from dlexam.render.math_text import line as spoken
from dlexam.render.math_tree import tree

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
    if width(tex) <= room:
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
    return max(0.4, room / width(tex))


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
    items = root.items if isinstance(root, Series) else (root,)
    found: list[Piece] = []
    group: list[tuple[Node, Box]] = []
    for node, box in zip(items, _parts(tex, display), strict=True):
        text = box.text or ""
        depth += (text in _OPENING) - (text in _CLOSING)
        sign = text.strip(_GAPS) if depth == 0 else ""
        if sign not in _LOOSE[loose]:
            group.append((node, box))
        elif sign in _SIGNS and group:
            before, _, after = text.partition(sign)
            found.append(_piece([*group, (Space(0), run(before.removesuffix(JOIN)))]))
            group = [(node, run(sign + after))]
        else:
            found.append(_piece([*group, (node, run(text.removesuffix(JOIN)))]))
            group = []
    return (*found, _piece(group)) if group or not found else tuple(found)


def _piece(group: list[tuple[Node, Box]]) -> Piece:
    box = side_by_side(box for _, box in group)
    words = "" if box.text is not None else spoken(Series(tuple(node for node, _ in group)))
    return Piece(box, words)


@lru_cache(maxsize=2048)
def _parts(tex: str, display: bool) -> list[Box]:
    root = tree(tex, display)
    return [laid(item) for item in (root.items if isinstance(root, Series) else (root,))]


def width(tex: str, start: int = 0) -> float:
    """How wide a displayed formula is, in em; `start` of its parts do not count."""
    return sum(part.width for part in _parts(tex, True)[start:])
