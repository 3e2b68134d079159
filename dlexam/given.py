"""Domains of drawn values: what a question's `given` may say.

A given is a constant, a domain, or a function of earlier givens (by parameter names; `level` and
`random`, a `random.Random`, are available) that returns a value or a domain.

>>> from random import Random
>>> grid(-1, 1, by=0.5, but_not=[0]).draw(Random("seed"))
-1.0
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import prod
from random import Random
from typing import Any

import numpy as np

from dlexam.wiring import arguments


@dataclass(frozen=True, slots=True)
class Options:
    """A finite list of equally likely values."""

    values: tuple[Any, ...]

    def draw(self, random: Random) -> Any:
        """One of the values."""
        return self.values[int(random.random() * len(self.values))]


@dataclass(slots=True)  # not frozen: most are made anew for a single draw
class Array:
    """An array whose entries come from one domain; `distinct` ones differ from each other."""

    shape: tuple[int, ...]
    entries: Options
    distinct: bool = False

    def draw(self, random: Random) -> np.ndarray[Any, Any]:
        """An array of `shape`."""
        size = prod(self.shape)
        values, draw = self.entries.values, random.random
        if self.distinct:
            drawn = random.sample(values, size)
        else:
            many = len(values)
            drawn = [values[int(draw() * many)] for _ in range(size)]
        flat = np.array(drawn)
        return flat if len(self.shape) == 1 else flat.reshape(self.shape)


DOMAINS = Options, Array


def one_of(*values: Any) -> Options:
    """One of the values."""
    return Options(values)


def integers(low: int, high: int, but_not: Iterable[int] = ()) -> Options:
    """A whole number from low to high, both included."""
    return whole_numbers(low, high, tuple(but_not))


@lru_cache(maxsize=1024)
def whole_numbers(low: int, high: int, but_not: tuple[int, ...]) -> Options:
    """The numbers of `integers`, made once: domains are often written inside a function of the level."""
    return Options(tuple(n for n in range(low, high + 1) if n not in but_not))


def grid(low: float, high: float, by: float, but_not: Iterable[float] = ()) -> Options:
    """A decimal number from low to high in steps of `by`, both ends included, free of float dust."""
    return decimals(low, high, by, tuple(but_not))


@lru_cache(maxsize=1024)
def decimals(low: float, high: float, by: float, but_not: tuple[float, ...]) -> Options:
    """The numbers of `grid`, made once."""
    first, last, stride = (Decimal(str(x)) for x in (low, high, by))
    count = int((last - first) / stride) + 1
    kept = (float(first + i * stride) for i in range(count))
    return Options(tuple(x + 0.0 for x in kept if x not in but_not))


def array(shape: int | Sequence[int], entries: Options, distinct: bool = False) -> Array:
    """An array of the shape (an int for a vector) with entries from a domain."""
    dims = (shape,) if isinstance(shape, int) else tuple(shape)
    return Array(dims, entries, distinct)


def by_level(*domains: Any) -> Callable[[int], Any]:
    """One domain or value a level: level 1 takes the first."""
    return lambda level: domains[level - 1] if level <= len(domains) else domains[-1]


def draw_values(
    sources: Mapping[str, Any],
    random: Random,
    level: int,
    chosen: Mapping[str, Any],
    known: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Draw each source in order; `chosen` values are taken as they are."""
    scope: dict[str, Any] = {**(known or {}), "level": level, "random": random}
    drawn: dict[str, Any] = {}
    for name, source in sources.items():
        if name in chosen:
            value = chosen[name]
        else:
            value = source
            while callable(value):
                value = value(*arguments(value)(scope))
            if isinstance(value, DOMAINS):
                value = value.draw(random)
        scope[name] = drawn[name] = value
    return drawn
