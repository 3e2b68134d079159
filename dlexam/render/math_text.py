"""A formula as Unicode text for a terminal: on one line, or with its matrices drawn."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from dlexam.render.math_glyphs import DIGIT_SPACE, MARKS, POINT_SPACE, column
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
from dlexam.render.math_script import lowered, plain, raised
from dlexam.render.math_tree import tree
from dlexam.render.text_box import TextBox, bracket, join, stack

_ROOTS = {"3": "∛", "4": "∜"}


@lru_cache(maxsize=8192)
def text(tex: str) -> str:
    """The formula on one line; a matrix is written [1 2; 3 4]."""
    return line(tree(tex, True))


def line(node: Node) -> str:
    """The parts of a formula on one line."""
    return " ".join(_flat(node).split())


@lru_cache(maxsize=8192)
def lines(tex: str) -> tuple[str, ...]:
    """The formula with its matrices drawn; one line if it has none."""
    return drawn(tex).lines


@lru_cache(maxsize=8192)
def drawn(tex: str) -> TextBox:
    """The formula with its matrices drawn, and which of its lines the rest stands on."""
    box = _drawn(tree(tex, True))
    return TextBox(tuple(line.rstrip() for line in box.lines), box.base)


def _drawn(node: Node) -> TextBox:
    if not _has_matrix(node):
        return TextBox((_flat(node),))
    match node:
        case Series(items):
            return join([_drawn(item) for item in _runs(items)])
        case Fenced(left, body, right):
            box = _drawn(body)
            return join([bracket(left, box), box, bracket(right, box)])
        case Matrix(rows, align, gaps):
            cells = [[_flat(cell).strip() for cell in row] for row in rows]
            return stack(*_pointed(cells, align), 2 if any(gaps) else 1)
        case Scripts(base, low, high):
            return _hung(_drawn(base), low, high)
    return TextBox((_flat(node),))


def _runs(items: tuple[Node, ...]) -> list[Node]:
    """Neighbours without a matrix as one series, so that they are spaced as one."""
    runs: list[Node] = []
    for item in items:
        last = runs[-1] if runs else None
        if isinstance(last, Series) and not _has_matrix(item):
            runs[-1] = Series((*last.items, item))
        else:
            runs.append(item if _has_matrix(item) else Series((item,)))
    return runs


def _hung(base: TextBox, low: Node | None, high: Node | None) -> TextBox:
    """A drawn matrix with its scripts at its upper and lower right corners."""
    rows = list(base.lines)
    if high:
        rows[0] += raised(_flat(high).strip())
    if low:
        rows[-1] += lowered(_flat(low).strip())
    return join([TextBox(tuple(rows), base.base)])


def _pointed(cells: list[list[str]], align: tuple[str, ...]) -> tuple[list[list[str]], tuple[str, ...]]:
    """Columns of numbers with their decimal points one under another."""
    pairs = [column(list(entries), side) for entries, side in zip(zip(*cells), align)]
    rows = [list(row) for row in zip(*(entries for entries, _ in pairs))]
    return [[_spaces(cell) for cell in row] for row in rows], tuple(side for _, side in pairs)


def _spaces(cell: str) -> str:
    return cell.replace(POINT_SPACE, " ").replace(DIGIT_SPACE, " ")


def _has_matrix(node: Node) -> bool:
    match node:
        case Matrix(rows):
            return len(rows) > 1
        case Series(items):
            return any(_has_matrix(item) for item in items)
        case Fenced() as fenced:
            return _has_matrix(fenced.body)
        case Scripts() as scripts:
            return _has_matrix(scripts.base)
    return False


def _flat(node: Node) -> str:
    match node:
        case Atom():
            return _atom(node)
        case Space(width):
            return "  " if width > 0.9 else " " if width > 0.15 else ""
        case Series(items):
            return _series(items)
        case Fraction(above, below, rule):
            over = _grouped(above, product=True)
            return f"{over}/{_grouped(below)}" if rule else f"{over} choose {_grouped(below)}"
        case Root(body, degree):
            return _root(body, degree)
        case Scripts(base, low, high) | Limits(base, low, high):
            return _attached(node, base, low, high)
        case Accent(base, mark, under):
            return _accent(_flat(base), mark, under)
        case Matrix(rows):
            return "; ".join(" ".join(_flat(cell).strip() for cell in row) for row in rows)
        case Fenced(left, body, right):
            return f"{left}{_flat(body)}{right}"


@lru_cache(maxsize=8192)
def _atom(atom: Atom) -> str:
    letters = plain(atom.text)
    if atom.text in RELATIONS or (atom.text in BINARY and atom.left):
        return f" {letters} " if atom.left else letters
    before = " " if atom.left > 0.1 else ""
    return before + letters + (" " if letters in (",", ";") and atom.right else "")


def _attached(node: Node, base: Node, low: Node | None, high: Node | None) -> str:
    body = _grouped(base) if isinstance(base, Series | Fraction) else _flat(base)
    body += lowered(_flat(low).replace(" ", "")) if low else ""
    body += raised(_flat(high).replace(" ", "")) if high else ""
    named = isinstance(base, Atom) and (len(base.text) > 1 or base.right > 0)
    return body + (" " if named and (isinstance(node, Limits) or base.right) else "")  # type: ignore[union-attr]


def _series(items: tuple[Node, ...]) -> str:
    """Things side by side; a fraction keeps its distance from letters, a function none from (."""
    written, previous = "", None
    for item in items:
        part, last = _flat(item), written[-1:]
        if isinstance(item, Space) and item.width < 0.25 and not _clings(last):
            continue
        part = part.lstrip() if last == " " and not isinstance(item, Space) else part
        if isinstance(item, Fenced) and last == " " and written[-2:-1].isalnum():
            written = written[:-1]
        elif _apart(previous, item, last, part):
            written += " "
        written += part
        previous = item
    return written


def _apart(previous: Node | None, item: Node, last: str, part: str) -> bool:
    """Whether a space must stand before a part, next to a fraction."""
    after = isinstance(previous, Fraction) and (_clings(part[:1]) or part[:1] in "∑∏([{√")
    return after or (isinstance(item, Fraction) and _clings(last))


def _clings(character: str) -> bool:
    return character.isalnum() or character == ")" or bool(unicodedata.combining(character or " "))


def _grouped(node: Node, product: bool = False) -> str:
    """In round brackets unless it is one thing; above a fraction's bar a product may stand bare."""
    written = _flat(node).strip()
    single = isinstance(node, Atom | Scripts | Accent | Fenced | Root | Limits)
    number = written.replace(".", "", 1).isdigit()
    bare = (product or written.startswith("∂")) and not set(written) & set(" +−/±")
    return written if single or number or bare else f"({written})"


def _root(body: Node, degree: Node | None) -> str:
    inside = _flat(body).strip()
    index = _flat(degree).strip() if degree else ""
    sign = _ROOTS.get(index, raised(index) + "√" if index else "√")
    return sign + (inside if isinstance(body, Atom) else f"({inside})")


def _accent(base: str, mark: str, under: bool) -> str:
    combining = MARKS.get(mark)
    if under or not combining:
        return base
    return base + combining if len(base) == 1 else f"({base}){combining}"
