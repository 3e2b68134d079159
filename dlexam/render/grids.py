"""Grids of cells: the classes of a table's cells for a screen, the lines of a drawing for print."""

from __future__ import annotations

from dataclasses import dataclass

from dlexam.blocks import Grid

_SIDES = (("t", -1, 0), ("b", 1, 0), ("l", 0, -1), ("r", 0, 1))
_CELL = 20.0  # a cell of a drawn grid, in units of the drawing
_WIDE = 9.5  # a character of a long entry


@dataclass(frozen=True, slots=True)
class Drawing:
    """A grid as paths: all lines, the marked area and its outline, and where each text stands."""

    width: float
    height: float
    lines: str
    area: str
    outline: str
    texts: tuple[tuple[float, float, str], ...]
    words: str


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
    """The grid as a drawing: one element on the page, whatever its size."""
    rows, columns = len(grid.cells), max(map(len, grid.cells), default=0)
    longest = max((len(text) for cells in grid.cells for text in cells), default=1)
    wide = max(_CELL, _WIDE * longest)
    marked = sorted(grid.marked)
    return Drawing(
        wide * columns,
        _CELL * rows,
        cells(rows, columns, wide, _CELL),
        "".join(f"M{x * wide:g} {y * _CELL:g}h{wide:g}v{_CELL:g}h-{wide:g}z" for y, x in marked),
        "".join(_outline(grid, row, column, wide) for row, column in marked),
        tuple(
            ((column + 0.5) * wide, (row + 0.68) * _CELL, text)
            for row, entries in enumerate(grid.cells)
            for column, text in enumerate(entries)
        ),
        "; ".join(" ".join(entries) for entries in grid.cells),
    )


def cells(rows: int, columns: int, wide: float, high: float) -> str:
    """The lines of empty cells, as a path."""
    across = "".join(f"M0 {row * high:g}H{columns * wide:g}" for row in range(rows + 1))
    return across + "".join(f"M{column * wide:g} 0V{rows * high:g}" for column in range(columns + 1))


def _outline(grid: Grid, row: int, column: int, wide: float) -> str:
    left, top = column * wide, row * _CELL
    right, bottom = left + wide, top + _CELL
    paths = {
        "t": f"M{left:g} {top:g}H{right:g}",
        "b": f"M{left:g} {bottom:g}H{right:g}",
        "l": f"M{left:g} {top:g}V{bottom:g}",
        "r": f"M{right:g} {top:g}V{bottom:g}",
    }
    return "".join(paths[name] for name in _edges(grid, row, column)[1:])
