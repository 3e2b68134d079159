"""What the kinds have in common whose values are right or wrong, with nothing between."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any


class Exact:
    """No rounding and no tolerance: two values are the same or infinitely far apart."""

    __slots__ = ()

    @abstractmethod
    def gap(self, a: Any, b: Any) -> float:
        """0 for values that are the same, infinity for others."""

    def is_exact(self, value: Any) -> bool:
        """What is printed is the value."""
        return True

    def rounded(self, value: Any) -> Any:
        """The value itself."""
        return value

    def half(self, value: Any) -> float:
        """There are no decimals to round to."""
        return 0.0

    def distance(self, a: Any, b: Any) -> Any:
        """0 or infinity, like the gap."""
        return self.gap(a, b)

    def within(self, a: Any, b: Any, width: Any) -> bool:
        """Whether two values are the same; no width makes others so."""
        return not self.gap(a, b)
