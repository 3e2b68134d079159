"""Vectors, matrices and higher tensors: NumPy arrays of numbers, shown, read and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite, prod
from typing import Any

import numpy as np

from dlexam.kinds import number
from dlexam.kinds.number import Slip
from dlexam.kinds.reading import AnswerError, normalise, shown

Tensor = np.ndarray[Any, Any]

WRAPPERS = re.compile(r"\b(?:np\.|numpy\.|torch\.)?(?:array|tensor|matrix|float64|int64)\b", re.IGNORECASE)
TAIL = re.compile(r",\s*(?:dtype|device|requires_grad|grad_fn)\s*=\s*[^,)\]]*")
LATEX_MATRIX = re.compile(r"\\(?:begin|end)\{[bpBvV]?(?:matrix|array)\}(?:\{[lcr|]*\})?")
DECIMAL_COMMAS = re.compile(r"(\d),(\d)")
MOST_ENTRIES = 2500


def tex(value: Tensor, decimals: int | None, column: bool = False) -> str:
    """An array as TeX: a vector in round brackets (or as a column), a matrix in square ones."""
    if value.ndim == 0:
        return number.tex(value.item(), decimals)
    if value.ndim == 1 and not column:
        return "(" + r",\; ".join(number.tex(x, decimals) for x in value.tolist()) + ")"
    if value.ndim <= 2:
        rows = value.reshape(-1, 1) if value.ndim == 1 else value
        lines = [" & ".join(number.tex(x, decimals) for x in row) for row in rows.tolist()]
        return r"\begin{bmatrix}" + r" \\ ".join(lines) + r"\end{bmatrix}"
    return r"\left(" + r",\; ".join(tex(part, decimals) for part in value) + r"\right)"


def text(value: Tensor, decimals: int | None) -> str:
    """An array as text that can be typed back."""
    if value.ndim == 0:
        return number.plain(value.item(), decimals)
    return "[" + ", ".join(text(np.asarray(part), decimals) for part in value) + "]"


def cells(row: str) -> list[str]:
    """The entries of one row of text: by semicolons or tabs, commas, or else spaces."""
    for mark in (";", "\t", "&"):
        if mark in row:
            return [c.strip() for c in row.split(mark)]
    if ", " in row or ("," in row and not re.search(r"\d,\d+\s+-?\d", row)):
        return [c.strip() for c in row.strip().rstrip(",").split(",")]
    return row.split()


def rows_of(clean: str) -> list[list[str]]:
    """Text without nested brackets as rows of entries."""
    for mark in ("\\\\", "\n"):
        if mark in clean:
            return [cells(r) for r in clean.split(mark) if r.strip()]
    if ";" in clean and re.search(r"[\s,]", clean.replace("; ", ";").strip()):
        return [cells(r) for r in clean.split(";") if r.strip()]
    return [cells(clean)]


def nested(clean: str) -> Any:
    """Bracketed text as nested lists of text."""
    clean = clean.strip().strip(",").strip()
    if not clean.startswith("["):
        return cells(clean)
    parts: list[Any] = []
    depth = start = 0
    for place, sign in enumerate(clean):
        depth += {"[": 1, "]": -1}.get(sign, 0)
        if sign == "[" and depth == 1:
            start = place + 1
        if depth < 0 or depth > 4:
            msg = "The brackets do not match. Write rows like [[1, 2], [3, 4]]."
            raise AnswerError(msg)
        if sign == "]" and depth == 0:
            parts.append(nested(clean[start:place]))
    if depth:
        msg = "A bracket is never closed. Write rows like [[1, 2], [3, 4]]."
        raise AnswerError(msg)
    return parts


def numbers(entries: Any) -> Any:
    """Nested lists of text as nested lists of numbers."""
    if isinstance(entries, list):
        return [numbers(e) for e in entries]
    if not entries:
        msg = "An entry is empty. Write a number in every place."
        raise AnswerError(msg)
    return number.read(entries)


def read(source: str) -> Tensor:
    """The array that a person wrote. Raises AnswerError."""
    clean = TAIL.sub("", LATEX_MATRIX.sub("", WRAPPERS.sub("", normalise(source))))
    clean = re.sub(r"^\s*[A-Za-z_]\w*\s*=\s*", "", clean)
    if not re.search(r"[A-Za-z]\s*\(", clean):
        clean = clean.translate(str.maketrans("(){}", "[][]"))
    if clean.count("[") <= 1 and clean.count("]") <= 1:
        rows = rows_of(clean.replace("[", " ").replace("]", " ").strip())
        entries: Any = rows[0] if len(rows) == 1 else rows
    else:
        entries = nested(re.sub(r"\]\s*[;,]?\s*\[", "], [", clean))
        while isinstance(entries, list) and len(entries) == 1 and isinstance(entries[0], list):
            entries = entries[0]
    if not entries:
        msg = "There are no entries here. Write them like [1, 2]."
        raise AnswerError(msg)
    if str(entries).count(",") > MOST_ENTRIES:
        msg = f"There are more than {MOST_ENTRIES} entries. Check what is asked."
        raise AnswerError(msg)
    try:
        return np.array(numbers(entries))
    except ValueError:
        msg = f"The rows of '{shown(source)}' have different lengths. Write the same number in each row."
        raise AnswerError(msg) from None


@dataclass(frozen=True, slots=True)
class Matrix:
    """An array of a shape, asked to some decimals."""

    decimals: int
    shape: tuple[int, ...]
    whole: bool = False

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
        noun = "entry" if self.shape == (1,) else "entries"
        size = " × ".join(map(str, self.shape)) if len(self.shape) > 1 else f"{self.shape[0]} {noun}"
        return f"{size}, {'whole numbers' if self.whole else f'{self.decimals} decimals'}"

    def tex(self, value: Any) -> str:
        """As TeX, rounded to the asked decimals."""
        return tex(value, self.decimals)

    def text(self, value: Any) -> str:
        """As text that can be typed back."""
        return text(value, self.decimals)

    def is_exact(self, value: Any) -> bool:
        """Whether the printed value is the value."""
        return self.whole or all(number.exact(x, self.decimals) for x in value.ravel().tolist())

    def json(self, value: Any) -> Any:
        """As nested lists; infinities as text."""
        if value.dtype.kind == "f" and not np.isfinite(value).all():
            return [
                self.json(v) if v.ndim else number.Number(0).json(v.item()) for v in map(np.asarray, value)
            ]
        return value.tolist()

    def read(self, source: str) -> Any:
        """The array that a person wrote, in the asked shape where only its orientation differs."""
        value = read(source)
        if value.size != prod(self.shape) and DECIMAL_COMMAS.search(source):
            value = read(DECIMAL_COMMAS.sub(r"\1.\2", source))
        if value.shape != self.shape and value.size == prod(self.shape):
            flat = len(self.shape) == 1 or 1 in self.shape or value.ndim == 1 or len(self.shape) > 2
            if flat and (len(self.shape) < 3 or value.ndim != len(self.shape)):
                return value.reshape(self.shape)
        return value

    def rounded(self, value: Any) -> Any:
        """The value as a student writes it down."""
        return value if self.whole else np.round(value, self.decimals)

    def half(self, value: Any) -> float:
        """Half a unit of the last decimal that is asked (where wholes are asked, fractions are loose)."""
        if not self.whole:
            return number.HALVES[self.decimals]
        return 0.0 if value.dtype.kind in "iu" or (value == np.round(value)).all() else number.LOOSE

    def distance(self, a: Any, b: Any) -> Any:
        """How far two arrays of one shape are apart, entry by entry; equal infinities are not."""
        with np.errstate(invalid="ignore"):
            return np.nan_to_num(np.where(a == b, 0.0, np.abs(a - b)), nan=np.inf)

    def gap(self, a: Any, b: Any) -> float:
        """How far two arrays are apart in their worst entry; infinitely far if their shapes differ."""
        if np.shape(a) != np.shape(b):
            return np.inf
        try:
            widest = float(np.max(np.abs(a - b)))
        except FloatingPointError:
            widest = np.inf
        return widest if isfinite(widest) else float(self.distance(a, b).max())

    def slips(self, value: Any, source: str) -> Iterator[Slip]:
        """Slips that every array may suffer."""
        if value.ndim == 2 and value.shape[0] > 1 and value.shape[1] > 1:
            yield Slip("transposed", value.T, "This is the transpose: rows and columns are swapped.", 0.5)
        if value.any() and np.isfinite(value).all():
            yield Slip("sign", -value, "Right sizes, wrong signs.")
        marks = [p for p in map(number.places, re.split(r"[\s,;\[\]()]+", source)) if p is not None]
        if marks and not self.whole and self.decimals - 2 <= max(marks) < self.decimals and max(marks):
            words = f"Right values, too few digits: {self.decimals} decimals are asked."
            yield Slip("few_digits", np.round(value, max(marks)), words, 0.5)
