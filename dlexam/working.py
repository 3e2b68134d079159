"""Small pieces of TeX for the `working` of question files.

>>> products([2, -1], [3, 4])
'2 \\\\cdot 3 + (-1) \\\\cdot 4'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from dlexam.kinds import matrix
from dlexam.kinds.number import exact, tex


def bracketed(value: float, decimals: int | None = None) -> str:
    """A number, in brackets if it is negative, as it stands after a sign."""
    text = tex(value, decimals)
    return f"({text})" if text.startswith("-") else text


def products(a: Iterable[float], b: Iterable[float], decimals: int | None = None) -> str:
    """The sum of the products of two sequences, term by term."""
    pairs = zip(a, b, strict=True)
    return " + ".join(rf"{bracketed(x, decimals)} \cdot {bracketed(y, decimals)}" for x, y in pairs)


def total(terms: Iterable[float], decimals: int | None = None) -> str:
    """The sum of numbers, written out."""
    return " + ".join(bracketed(term, decimals) for term in terms)


def equals(value: float, decimals: int) -> str:
    """The value with its relation: equal, or rounded to the decimals."""
    sign = "=" if exact(value, decimals) else r"\approx"
    return f"{sign} {tex(value, decimals)}"


def elimination(A: np.ndarray[Any, Any]) -> list[str]:
    """Gaussian elimination of a whole-number matrix as displayed lines, three matrices a line."""
    shown = [matrix.tex(stage, None) for stage in cleared(A)] if A.dtype.kind == "i" else []
    lines = [shown[i : i + 3] for i in range(0, len(shown), 3)]
    return ["$$" + (r" \to " if i else "") + r" \to ".join(line) + "$$" for i, line in enumerate(lines)]


def cleared(A: np.ndarray[Any, Any]) -> Iterator[np.ndarray[Any, Any]]:
    """The matrix, and then after each column is cleared; rows are kept in small whole numbers."""
    rows, top = A.copy(), 0
    yield A
    for column in range(A.shape[1]):
        candidates = [r for r in range(top, len(A)) if rows[r, column]]
        if not candidates:
            continue
        before = rows.copy()
        pivot = min(candidates, key=lambda r: abs(rows[r, column]))
        rows[[top, pivot]] = rows[[pivot, top]]
        for r in range(top + 1, len(A)):
            if rows[r, column]:
                factor = rows[r, column] * np.sign(rows[top, column])
                difference = rows[r] * abs(rows[top, column]) - rows[top] * factor
                rows[r] = difference // (np.gcd.reduce(difference) or 1)
        top += 1
        if (rows != before).any():
            yield rows.copy()
