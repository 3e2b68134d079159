"""A long formula as several pieces of MathML, between which a browser breaks the line."""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from dlexam.render.math import on_screen
from dlexam.render.math_nodes import RELATIONS
from dlexam.render.math_print import width

_AFTER = RELATIONS | {",", ";"}
_BEFORE = frozenset("+−")
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_NARROW = 17.0  # em; what fits the line of a telephone


@lru_cache(maxsize=8192)
def pieces(tex: str, display: bool, room: float) -> str:
    """The MathML of a formula; in pieces if it is wider than `room` em.

    Pieces end after relations, then start at signs, then inside brackets too: as far down as it
    takes for each to fit a telephone. One that still does not gets a scroll bar.
    """
    written = on_screen(tex, display)
    if width(tex) <= room:
        return written
    whole = fromstring(written)
    groups: list[list[Element]] = []
    for depth in (0, 0, 9) if display else (-1, 0, 9):
        groups = _groups(whole, depth)
        if max(map(_width, groups)) <= _NARROW:
            break
    return "\u200b".join(_piece(group, whole) for group in groups)


def _groups(whole: Element, deepest: int) -> list[list[Element]]:
    """The elements in groups: relations end one, signs at most `deepest` in brackets start one."""
    groups: list[list[Element]] = [[]]
    depth, last = 0, len(whole) - 1
    for at, element in enumerate(whole):
        sign = (element.text or "") if element.tag == "mo" else ""
        depth += (sign in _OPENING) - (sign in _CLOSING)
        infix = 0 < at < last and element.get("lspace") != "0"
        if infix and depth <= deepest and sign in _BEFORE:
            groups.append([])
        groups[-1].append(element)
        if infix and depth <= max(0, deepest) and sign in _AFTER:
            groups.append([])
    return [group for group in groups if group]


def _width(group: list[Element]) -> float:
    """About how wide a group is, by the number of its characters."""
    return 0.5 * sum(len(text) for element in group for text in element.itertext())


def _piece(group: list[Element], whole: Element) -> str:
    piece = Element("math", whole.attrib)
    if piece.attrib.pop("display", ""):
        piece.set("displaystyle", "true")
    row = SubElement(piece, "mrow")
    row.extend(group)
    for edge in (group[0], group[-1]):
        if edge.tag == "mo" and edge.text in RELATIONS | _BEFORE and "lspace" not in edge.attrib:
            edge.set("form", "infix")
    written = tostring(piece, encoding="unicode")
    return f'<span class="wide">{written}</span>' if _width(group) > _NARROW else written
