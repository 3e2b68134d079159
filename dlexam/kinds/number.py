"""Numbers: shown, read and compared."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dlexam.kinds import digits, hints, numeral, slips
from dlexam.kinds.commas import Asked
from dlexam.kinds.digits import HALVES, exact, is_number, is_whole, plain, tex
from dlexam.kinds.numeral import QUICK
from dlexam.kinds.slips import Slip

if TYPE_CHECKING:
    from dlexam.kinds.matrix import Matrix

__all__ = ["HALVES", "Number", "Slip", "exact", "is_number", "is_whole", "plain", "tex"]

LOOSE = 0.05  # where a whole number is asked, the fraction that a mistake leads to is told by one decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A number asked to some decimals; a whole one is asked exactly.

    A mistake may leave an array where a number is asked (a sum forgotten): such values are shown, read and
    compared as arrays.
    """

    decimals: int
    whole: bool = False
    tolerance: float | None = None

    rows = columns = 1

    @property
    def hint(self) -> str:
        """What the answer box says."""
        return hints.one(self.decimals, self.whole)

    def as_array(self, value: Any) -> Matrix:
        """The kind of an array that stands where a number is asked."""
        from dlexam.kinds.matrix import Matrix

        return Matrix(self.decimals, getattr(value, "shape", ()), self.whole, self.tolerance)

    def tex(self, value: Any) -> str:
        """As TeX, rounded to the asked decimals."""
        return digits.tex(value, self.decimals) if is_number(value) else self.as_array(value).tex(value)

    def text(self, value: Any) -> str:
        """As text that can be typed back."""
        return plain(value, self.decimals) if is_number(value) else self.as_array(value).text(value)

    def is_exact(self, value: Any) -> bool:
        """Whether the printed value is the value."""
        return self.whole or exact(value, self.decimals)

    def json(self, value: Any) -> Any:
        """As JSON; infinities as text."""
        if not is_number(value):
            return self.as_array(value).json(value)
        if not math.isfinite(value):
            return plain(value)
        return int(value) if is_whole(value) else float(value)

    def read(self, text: str) -> Any:
        """The number that a person wrote. Raises AnswerError."""
        if quick := QUICK(text):
            return float(text) if quick.lastindex else int(text)
        if "[" in text or "matrix" in text:
            value = self.as_array(None).read(text)
            return value.item() if value.size == 1 else value
        return numeral.read(text, Asked(self.decimals, self.whole))

    def rounded(self, value: Any) -> Any:
        """The value as a student writes it down."""
        if not is_number(value):
            return self.as_array(value).rounded(value)
        return value if self.whole or not math.isfinite(value) else round(value, self.decimals)

    def half(self, value: Any) -> float:
        """Half a unit of the last decimal that is asked (where wholes are asked, fractions are loose)."""
        if self.tolerance is not None:
            return self.tolerance
        if not self.whole:
            return HALVES[self.decimals]
        try:
            return 0.0 if float(value).is_integer() else LOOSE
        except TypeError:
            return self.as_array(value).half(value)

    def distance(self, a: Any, b: Any) -> Any:
        """How far two values are apart."""
        return self.gap(a, b)

    def gap(self, a: Any, b: Any) -> float:
        """How far two values are apart; infinitely if one is no number."""
        try:
            apart = 0.0 if a == b else float(abs(a - b))
        except (TypeError, ValueError):
            return self.as_array(a).gap(a, b)
        return math.inf if math.isnan(apart) else apart

    def within(self, a: Any, b: Any, width: Any) -> bool:
        """Whether `a` is within a width of `b`, the edges included and exact."""
        if not (is_number(a) and is_number(b)):
            return self.as_array(a).within(a, b, width)
        return digits.between(a, b, float(width), self.decimals)

    def interval(self, value: Any, drift: Any = 0.0) -> tuple[str, str]:
        """The least and the greatest number that is right, as decimal texts."""
        return digits.edges(value, self.half(value) + float(drift), self.decimals)

    def slips(self, value: Any, text: str) -> Iterator[Slip]:
        """Slips that every number may suffer, from most to least telling."""
        if is_number(value):
            yield from slips.of_number(value, text, self.decimals, self.whole)
