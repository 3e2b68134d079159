"""Grids of cells: the classes of a table's cells for a screen, the ink of a drawing for print."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import quote, unquote

from dlexam.blocks import Grid
from dlexam.render.math_glyphs import advance
from dlexam.render.math_ink import Bar, Box, Ink, Run, drawing

_SIDES = (("t", -1, 0), ("b", 1, 0), ("l", 0, -1), ("r", 0, 1))
_CELL = 20.0  # a cell of a drawn grid, in units of the drawing
_WIDE = 9.5  # a character of a long entry
_LETTERS = 11.5
_LINE, _EDGE = 0.6, 1.8  # how thick lines and the outline of the marked area are
_GREY, _TINT, _ACCENT = "#b4b9c2", "#dfe8f3", "#1d4e89"
GRID = "grid:"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A grid as a picture: its size, the words for it, and the address that says what is drawn."""

    width: float
    height: float
    words: str
    address: str


def edged(grid: Grid) -> list[list[tuple[str, str]]]:
    """The cells with their classes: `on` where marked, and a letter for each outer edge."""
    return [
        [(text, " ".join(_edges(grid, row, column))) for column, text in enumerate(cells)]
        for row, cells in enumerate(grid.cells)
    ]


def _edges(grid: Grid, row: int, column: int) -> list[str]:
    if (row, column) not in grid.marked:
        return []
    outer = [name for name, down, right in _SIDES if (row + down, column + right) not in grid.marked]
    return ["on", *outer]


def drawn(grid: Grid) -> Drawing:
    """The grid as a picture: one element on the page, whatever its size."""
    rows, columns, wide = _measured(grid)
    words = "; ".join(" ".join(entries) for entries in grid.cells)
    address = GRID + quote(json.dumps([grid.cells, sorted(grid.marked)]))
    return Drawing(wide * columns, _CELL * rows, words, address)


def _measured(grid: Grid) -> tuple[int, int, float]:
    """How many rows and columns, and how wide a cell is."""
    longest = max((len(text) for cells in grid.cells for text in cells), default=1)
    return len(grid.cells), max(map(len, grid.cells), default=0), max(_CELL, _WIDE * longest)


def inked(address: str) -> Box:
    """What is drawn at an address, in units of which a cell is 20 high; a margin of one unit is around it."""
    cells, marked = json.loads(unquote(address.removeprefix(GRID)))
    grid = Grid(tuple(map(tuple, cells)), frozenset(map(tuple, marked)))
    rows, columns, wide = _measured(grid)
    inks: list[Ink] = [Bar(1 + x * wide, _foot(rows, y), wide, _CELL, _TINT) for y, x in sorted(grid.marked)]
    inks += [_across(1, _foot(rows, y - 1), columns * wide, _LINE, _GREY) for y in range(rows + 1)]
    inks += [_down(1 + x * wide, 1, rows * _CELL, _LINE, _GREY) for x in range(columns + 1)]
    for y, x in sorted(grid.marked):
        left, foot = 1 + x * wide, _foot(rows, y)
        for name in _edges(grid, y, x)[1:]:
            if name in "tb":
                inks.append(_across(left, foot + (name == "t") * _CELL, wide, _EDGE, _ACCENT))
            else:
                inks.append(_down(left + (name == "r") * wide, foot, _CELL, _EDGE, _ACCENT))
    for y, entries in enumerate(grid.cells):
        for x, text in enumerate(entries):
            start = 1 + (x + 0.5) * wide - _LETTERS * advance(text) / 2
            inks.append(Run(text, start, _foot(rows, y) + 0.32 * _CELL, _LETTERS))
    return drawing(tuple(inks), rows * _CELL + 2, 0, columns * wide + 2)


def _foot(rows: int, row: int) -> float:
    return 1 + (rows - 1 - row) * _CELL


def _across(x: float, y: float, wide: float, thick: float, shade: str) -> Bar:
    return Bar(x - thick / 2, y - thick / 2, wide + thick, thick, shade)


def _down(x: float, y: float, high: float, thick: float, shade: str) -> Bar:
    return Bar(x - thick / 2, y - thick / 2, thick, high + thick, shade)


def cells(rows: int, columns: int, wide: float, high: float) -> str:
    """The lines of empty cells, as a path."""
    across = "".join(f"M0 {row * high:g}H{columns * wide:g}" for row in range(rows + 1))
    return across + "".join(f"M{column * wide:g} 0V{rows * high:g}" for column in range(columns + 1))
