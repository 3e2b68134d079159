"""MathML to the parts of a formula (math_nodes.py), with the spacing decided."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from xml.etree.ElementTree import Element, fromstring

from dlexam.render.math import mathml
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

_PREFIX = frozenset("+−±∓")
_BIG = frozenset("∑∏∐⋃⋂⨁⨂⨀⋁⋀")
_FENCES = frozenset("()[]{}|‖⌊⌋⌈⌉⟨⟩\u2063")
_LEAVES = {"mi": "name", "mn": "number", "mtext": "words", "mo": "operator", "mspace": ""}
_NO_SPACE, _NO_SIGN = Space(0), Atom("")
_THIN, _MEDIUM, _THICK = 1 / 6, 2 / 9, 5 / 18


@lru_cache(maxsize=8192)
def tree(tex: str, display: bool = False) -> Node:
    """The tree of a formula; a TexError if it is unreadable."""
    return _series(fromstring(mathml(tex, display)), display)


def _series(elements: Element | list[Element], display: bool) -> Node:
    first = len(elements) > 1  # a sign before others is no difference
    items: list[Node] = []
    for element in elements:
        node = _node(element, display, first)
        if isinstance(node, Series):
            items += node.items
        elif node is not _NO_SPACE and node is not _NO_SIGN:
            items.append(node)
        first = False
    return items[0] if len(items) == 1 else Series(tuple(items))


def _node(element: Element, display: bool, first: bool = False) -> Node:
    tag = element.tag
    if tag in _LEAVES:
        return _leaf(tag, element.text or "", tuple(element.items()), first)
    inside = list(element)
    if tag == "mfrac":
        return _fraction(element, display)
    if tag in ("msqrt", "mroot"):
        degree = _node(inside[1], False) if tag == "mroot" else None
        return Root(_series(inside[:1] if degree else inside, display), degree)
    if tag in ("msub", "msup", "msubsup", "munder", "mover", "munderover"):
        return _attached(element, display)
    if tag == "mtable":
        return _matrix(element, element.get("displaystyle") == "true")
    return _fenced(inside, display) or _series(inside, display)


@lru_cache(maxsize=8192)
def _leaf(tag: str, text: str, attributes: tuple[tuple[str, str], ...], first: bool) -> Atom | Space:
    """What has nothing inside; most are met again and again, and are the same object then."""
    said = dict(attributes)
    if tag == "mspace":
        space = _gap(said)
        return Space(space) if space else _NO_SPACE
    if tag == "mo":
        return _operator(text, said, first)
    return Atom(text, "words" if said.get("mathvariant") == "normal" else _LEAVES[tag])


def _operator(text: str, said: Mapping[str, str], first: bool) -> Atom:
    left, right = _spacing(text, said.get("form") == "prefix" if "form" in said else first)
    size = _em(said, "minsize", 0)
    text = "" if text in "\u2061\u2062\u2063" else text
    sign = Atom(text, "operator", _em(said, "lspace", left), _em(said, "rspace", right), size)
    return _NO_SIGN if sign == _NO_SIGN else sign


def _spacing(text: str, first: bool) -> tuple[float, float]:
    if text in RELATIONS:
        return _THICK, _THICK
    if text in BINARY:
        return (0, 0) if first and text in _PREFIX else (_MEDIUM, _MEDIUM)
    if text in (",", ";") or text in _BIG:
        return 0, _THIN
    return 0, 0


def _em(said: Mapping[str, str], name: str, otherwise: float) -> float:
    written = said.get(name)
    return otherwise if written is None else float(written.removesuffix("em"))


def _gap(said: Mapping[str, str]) -> float:
    found = re.search(r"margin-left:(-?[\d.]+)em", said.get("style", ""))
    return float(found[1]) if found else _em(said, "width", 0)


def _fraction(element: Element, display: bool) -> Fraction:
    display = {"true": True, "false": False}.get(element.get("displaystyle", ""), display)
    above, below = (_node(part, False) for part in element)
    return Fraction(above, below, element.get("linethickness") != "0", display)


def _attached(element: Element, display: bool) -> Node:
    base = _node(element[0], display)
    low = high = None
    if element.tag in ("msub", "munder", "msubsup", "munderover"):
        low = _node(element[1], False)
    if element.tag not in ("msub", "munder"):
        high = _node(element[-1], False)
    if "true" in (element.get("accent"), element.get("accentunder")):
        return Accent(base, element[1].text or "", under=element.tag == "munder")
    beside = isinstance(base, Atom) and base.text in _BIG and not display
    if beside or element.tag.startswith("ms"):
        return Scripts(base, low, high)
    return Limits(base, low, high)


def _fenced(inside: list[Element], display: bool) -> Fenced | None:
    if len(inside) < 3 or not (_is_fence(inside[0]) and _is_fence(inside[-1])):
        return None
    left, right = (_operator(inside[at].text or "", inside[at].attrib, True) for at in (0, -1))
    return Fenced(left.text, _series(inside[1:-1], display), right.text, right.right)


def _is_fence(element: Element) -> bool:
    return element.tag == "mo" and element.get("stretchy") != "false" and element.text in _FENCES


def _matrix(element: Element, display: bool) -> Matrix:
    rows = [[_series(cell, display) for cell in row] for row in element]
    width = max(map(len, rows), default=0)
    empty = Series(())
    full = [(*row, *[empty] * (width - len(row))) for row in rows]
    styles = [""] * width
    for row in element:
        for at, cell in enumerate(row):
            styles[at] = cell.get("style", "") or styles[at]
    return Matrix(
        tuple(row for row in full if any(cell != empty for cell in row)),
        tuple(map(_alignment, styles)),
        tuple(_column_gap(style) if at else 0.0 for at, style in enumerate(styles)),
    )


def _alignment(style: str) -> str:
    found = re.search(r"text-align: (\w)", style)
    return found[1] if found else "c"


def _column_gap(style: str) -> float:
    return 0.0 if "padding-left: 0" in style else 0.85
