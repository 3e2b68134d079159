"""Small pieces of TeX for the `working` of question files.

>>> products([2, -1], [3, 4])
'2 \\\\cdot 3 + (-1) \\\\cdot 4'
"""

from __future__ import annotations

from collections.abc import Iterable

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
