"""MathML to the parts of a formula (math_nodes.py), with the spacing decided."""

from __future__ import annotations

import re
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
_NOTHING = (Space(0), Atom(""))
_THIN, _MEDIUM, _THICK = 1 / 6, 2 / 9, 5 / 18


@lru_cache(maxsize=8192)
def tree(tex: str, display: bool = False) -> Node:
    """The tree of a formula; a TexError if it is unreadable."""
    return _series(list(fromstring(mathml(tex, display))), display)


def _series(elements: list[Element], display: bool) -> Node:
    last = len(elements) - 1
    items: list[Node] = []
    for at, element in enumerate(elements):
        place = "infix" if last == 0 else {0: "prefix", last: "postfix"}.get(at, "infix")
        node = _node(element, display, place)
        if node not in _NOTHING:
            items.extend(node.items if isinstance(node, Series) else (node,))
    return items[0] if len(items) == 1 else Series(tuple(items))


def _node(element: Element, display: bool, place: str) -> Node:
    tag, inside = element.tag, list(element)
    if tag in ("mi", "mn", "mtext"):
        upright = element.get("mathvariant") == "normal"
        kind = "words" if upright else {"mi": "name", "mn": "number", "mtext": "words"}[tag]
        return Atom("".join(element.itertext()), kind)
    if tag == "mo":
        return _operator(element, place)
    if tag == "mspace":
        return Space(_gap(element))
    if tag == "mfrac":
        return _fraction(element, display)
    if tag in ("msqrt", "mroot"):
        degree = _node(inside[1], False, "infix") if tag == "mroot" else None
        return Root(_series(inside[:1] if degree else inside, display), degree)
    if tag in ("msub", "msup", "msubsup", "munder", "mover", "munderover"):
        return _attached(element, display)
    if tag == "mtable":
        return _matrix(element, element.get("displaystyle") == "true")
    return _fenced(inside, display) or _series(inside, display)


def _operator(element: Element, place: str) -> Atom:
    text = element.text or ""
    left, right = _spacing(text, element.get("form", place))
    size = _em(element, "minsize", 0)
    text = "" if text in "\u2061\u2062\u2063" else text
    return Atom(text, "operator", _em(element, "lspace", left), _em(element, "rspace", right), size)


def _spacing(text: str, place: str) -> tuple[float, float]:
    if text in RELATIONS:
        return _THICK, _THICK
    if text in BINARY:
        return (0, 0) if place == "prefix" and text in _PREFIX else (_MEDIUM, _MEDIUM)
    if text in (",", ";") or text in _BIG:
        return 0, _THIN
    return 0, 0


def _em(element: Element, name: str, otherwise: float) -> float:
    written = element.get(name)
    return otherwise if written is None else float(written.removesuffix("em"))


def _gap(element: Element) -> float:
    found = re.search(r"margin-left:(-?[\d.]+)em", element.get("style", ""))
    return float(found[1]) if found else _em(element, "width", 0)


def _fraction(element: Element, display: bool) -> Fraction:
    display = {"true": True, "false": False}.get(element.get("displaystyle", ""), display)
    above, below = (_node(part, False, "infix") for part in element)
    return Fraction(above, below, element.get("linethickness") != "0", display)


def _attached(element: Element, display: bool) -> Node:
    base = _node(element[0], display, "infix")
    low = high = None
    if element.tag in ("msub", "munder", "msubsup", "munderover"):
        low = _node(element[1], False, "infix")
    if element.tag not in ("msub", "munder"):
        high = _node(element[-1], False, "infix")
    if "true" in (element.get("accent"), element.get("accentunder")):
        return Accent(base, element[1].text or "", under=element.tag == "munder")
    beside = isinstance(base, Atom) and base.text in _BIG and not display
    if beside or element.tag.startswith("ms"):
        return Scripts(base, low, high)
    return Limits(base, low, high)


def _fenced(inside: list[Element], display: bool) -> Fenced | None:
    if len(inside) < 3 or not all(_is_fence(inside[at]) for at in (0, -1)):
        return None
    left, right = (_operator(inside[at], "prefix") for at in (0, -1))
    return Fenced(left.text, _series(inside[1:-1], display), right.text, right.right)


def _is_fence(element: Element) -> bool:
    return element.tag == "mo" and element.get("stretchy") != "false" and element.text in _FENCES


def _matrix(element: Element, display: bool) -> Matrix:
    rows = [[_series(list(cell), display) for cell in row] for row in element]
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
