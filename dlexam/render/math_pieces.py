"""A long formula as several pieces of MathML, between which a browser breaks the line."""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from dlexam.render.math import mathml
from dlexam.render.math_nodes import RELATIONS
from dlexam.render.math_print import width

_AFTER = RELATIONS | {",", ";"}
_BEFORE = frozenset("+−")


@lru_cache(maxsize=8192)
def pieces(tex: str, display: bool, room: float) -> str:
    """The MathML of a formula; in pieces if it is wider than `room` em."""
    written = mathml(tex, display)
    if width(tex) <= room:
        return written
    whole = fromstring(written)
    groups: list[list[Element]] = [[]]
    depth = 0
    for at, element in enumerate(whole):
        sign = (element.text or "") if element.tag == "mo" else ""
        depth += (sign in "([{" and sign != "") - (sign in ")]}" and sign != "")
        infix = depth == 0 and 0 < at < len(whole) - 1 and element.get("lspace") != "0"
        if infix and display and sign in _BEFORE:
            groups.append([])
        groups[-1].append(element)
        if infix and sign in _AFTER:
            groups.append([])
    return "\u200b".join(_piece(group, whole) for group in groups if group)


def _piece(group: list[Element], whole: Element) -> str:
    piece = Element("math", whole.attrib)
    if whole.get("display"):
        piece.set("displaystyle", "true")
        del piece.attrib["display"]
    row = SubElement(piece, "mrow")
    row.extend(group)
    for edge in (group[0], group[-1]):
        if edge.tag == "mo" and (edge.text or "") not in "()[]{}|‖,;" and "form" not in edge.attrib:
            edge.set("form", "infix")
    return tostring(piece, encoding="unicode")
