"""Vectors, matrices and higher tensors: NumPy arrays of numbers, shown, read and compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from math import isfinite, prod
from operator import sub
from typing import Any

import numpy as np

from dlexam.kinds import accepted, cells, digits, hints, slips
from dlexam.kinds.commas import Asked
from dlexam.kinds.reading import AnswerError
from dlexam.kinds.slips import Slip
from dlexam.phrase import then

Tensor = np.ndarray[Any, Any]

LOOSE = 0.05  # where whole numbers are asked, the fractions that a mistake leads to are told by one decimal


def tex(value: Tensor, decimals: int | None, column: bool = False) -> str:
    """An array as TeX: a vector in round brackets (or as a column), a matrix in square ones."""
    if value.ndim == 0:
        return digits.tex(value.item(), decimals)
    if value.ndim == 1 and not column:
        return "(" + r",\; ".join(digits.tex(x, decimals) for x in value.tolist()) + ")"
    if value.ndim <= 2:
        rows = value.reshape(-1, 1) if value.ndim == 1 else value
        lines = [" & ".join(digits.tex(x, decimals) for x in row) for row in rows.tolist()]
        return r"\begin{bmatrix}" + r" \\ ".join(lines) + r"\end{bmatrix}"
    return r"\left(" + r",\; ".join(tex(part, decimals) for part in value) + r"\right)"


def text(value: Tensor, decimals: int | None) -> str:
    """An array as text that can be typed back."""
    return listed(value.tolist(), decimals)


def listed(entries: Any, decimals: int | None) -> str:
    """Nested lists of numbers as text."""
    if isinstance(entries, list):
        return "[" + ", ".join([listed(part, decimals) for part in entries]) + "]"
    return digits.plain(entries, decimals)


def read(source: str) -> Tensor:
    """The array that a person wrote, as it was written. Raises AnswerError."""
    return cells.read(source)


@dataclass(frozen=True, slots=True)
class Matrix:
    """An array of a shape, asked to some decimals."""

    decimals: int
    shape: tuple[int, ...]
    whole: bool = False
    tolerance: float | None = None

    @property
    def rows(self) -> int:
        """Rows of the answer box."""
        return 1 if len(self.shape) == 1 else prod(self.shape[:-1])

    @property
    def columns(self) -> int:
        """Columns of the answer box."""
        return self.shape[-1]

    @property
    def hint(self) -> str:
        """What the answer box says."""
        return hints.array(self.shape, self.decimals, self.whole)

    def tex(self, value: Any) -> str:
        """As TeX, rounded to the asked decimals."""
        return tex(np.asarray(value), self.decimals)

    def text(self, value: Any) -> str:
        """As text that can be typed back."""
        return text(np.asarray(value), self.decimals)

    def is_exact(self, value: Any) -> bool:
        """Whether the printed value is the value."""
        return self.whole or all(digits.exact(x, self.decimals) for x in value.ravel().tolist())

    def json(self, value: Any) -> Any:
        """As nested lists; infinities as text."""
        if value.dtype.kind == "f" and not np.isfinite(value).all():
            return [self.json(v) if v.ndim else json_number(v.item()) for v in map(np.asarray, value)]
        return value.tolist()

    def read(self, source: str) -> Any:
        """The array that a person wrote, in the asked shape where only its orientation differs."""
        value = cells.plain(source, self.shape)
        if value is None:
            value = cells.read(source, self.shape, Asked(self.decimals, self.whole))
        return value.reshape(self.shape) if self.is_turned(value) else value

    def is_turned(self, value: Tensor) -> bool:
        """Whether an array has the asked entries in one line, a row for a column, or an axis more or less."""
        if value.shape == self.shape or value.size != prod(self.shape):
            return False
        is_line = len(self.shape) == 1 or 1 in self.shape or value.ndim == 1
        return is_line or (len(self.shape) > 2 and value.ndim != len(self.shape))

    def noted(self, source: str) -> str:
        """What was accepted although it was written another way, in a sentence; or nothing."""
        if cells.plain(source, self.shape) is not None:
            return ""
        try:
            value = cells.read(source, self.shape, Asked(self.decimals, self.whole))
        except AnswerError:
            return ""
        notes = [accepted.BRACKET] if cells.is_open(source) else []
        if value.ndim == 2 and self.is_turned(value):
            notes.append(accepted.turned(value.shape, self.shape))
        elif self.is_turned(value) and 1 not in self.shape:
            notes.append(accepted.ONE_LINE)
        return reduce(then, notes) if notes else ""

    def rounded(self, value: Any) -> Any:
        """The value as a student writes it down."""
        return value if self.whole else np.round(value, self.decimals)

    def half(self, value: Any) -> float:
        """Half a unit of the last decimal that is asked (where wholes are asked, fractions are loose)."""
        if self.tolerance is not None:
            return self.tolerance
        if not self.whole:
            return digits.HALVES[self.decimals]
        value = np.asarray(value)
        return 0.0 if value.dtype.kind in "iu" or (value == np.round(value)).all() else LOOSE

    def distance(self, a: Any, b: Any) -> Any:
        """How far two arrays of one shape are apart, entry by entry; equal infinities are not."""
        with np.errstate(invalid="ignore"):
            apart = np.abs(a - b)
            if np.isfinite(apart).all():
                return apart
            return np.nan_to_num(np.where(a == b, 0.0, apart), nan=np.inf)

    def gap(self, a: Any, b: Any) -> float:
        """How far two arrays are apart in their worst entry; infinitely far if their shapes differ."""
        a, b = np.asarray(a), np.asarray(b)
        if not matching(a, b):
            return np.inf
        apart = [*map(abs, map(sub, a.ravel().tolist(), b.ravel().tolist()))]  # a few: cheaper than NumPy
        return float(max(apart) if isfinite(sum(apart)) else self.distance(a, b).max())

    def within(self, a: Any, b: Any, width: Any) -> bool:
        """Whether every entry is within its width of `b`, the edges included and exact."""
        return matching(np.asarray(a), np.asarray(b)) and bool(self.cells_within(a, b, width).all())

    def cells_within(self, a: Any, b: Any, width: Any) -> Tensor:
        """Which entries are within their width of `b`: a map of the cells."""
        widths = np.broadcast_to(width, np.shape(b)).ravel().tolist()
        pairs = zip(np.ravel(a).tolist(), np.ravel(b).tolist(), widths, strict=True)
        right = [digits.between(x, y, w, self.decimals) for x, y, w in pairs]
        return np.array(right, dtype=bool).reshape(np.shape(b))

    def interval(self, value: Any, drift: Any = 0.0) -> tuple[str, str]:
        """The least and the greatest entries that are right, as decimal texts."""
        widths = np.broadcast_to(self.half(value) + np.asarray(drift), value.shape)
        pairs = [
            digits.edges(x, w, self.decimals)
            for x, w in zip(value.ravel().tolist(), widths.ravel().tolist(), strict=True)
        ]
        low, high = (np.array(side).reshape(value.shape).tolist() for side in zip(*pairs, strict=True))
        return str(low).replace("'", ""), str(high).replace("'", "")

    def slips(self, value: Any, source: str) -> Iterator[Slip]:
        """Slips that every array may suffer."""
        yield from slips.of_array(value, source, self.decimals, self.whole)


def matching(a: Tensor, b: Tensor) -> bool:
    """Whether two arrays have one shape, or are one number each, which a mistake may leave."""
    return a.shape == b.shape or a.size == b.size == 1


def json_number(value: float) -> Any:
    """A number as JSON; infinities as text."""
    return value if isfinite(value) else digits.plain(value)
