"""Whether two expressions are equal: by value at fixed points, then symbolically within a time limit."""

from __future__ import annotations

import cmath
import sys
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from dlexam.kinds.reading import AnswerError
from dlexam.phrase import say

POINTS = (0.3173, 0.7391, 1.2345, 1.9193, 0.1171, 2.6457, -0.4142, -1.3717)
ENOUGH = 3  # points that must have been compared
SECONDS = 0.3  # for the symbolic attempt
NUMERIC: dict[str, Any] = {
    "exp": cmath.exp,
    "log": cmath.log,
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tan": cmath.tan,
    "sinh": cmath.sinh,
    "cosh": cmath.cosh,
    "tanh": cmath.tanh,
    "atan": cmath.atan,
    "Abs": abs,
}


class UndecidedError(AnswerError, ArithmeticError):
    """Two expressions of which nobody could tell in time whether they are equal: a person looks."""


class OutOfTimeError(BaseException):
    """The time limit; no `except Exception` of a library may catch it."""


def value_at(value: Any, point: dict[str, float]) -> complex:
    """The value of an expression at a point, by walking its tree."""
    if value.is_Symbol:
        return point[value.name]
    if value.is_Number or value.is_NumberSymbol:
        return complex(float(value))
    parts = [value_at(part, point) for part in value.args]
    if value.is_Add:
        return sum(parts, 0j)
    if value.is_Mul:
        product = 1 + 0j
        for part in parts:
            product *= part
        return product
    if value.is_Pow:
        return parts[0] ** parts[1]
    if value.func.__name__ in NUMERIC:
        return complex(NUMERIC[value.func.__name__](parts[0]))
    return complex(value.evalf(subs=point))


def points(names: frozenset[str]) -> Iterator[dict[str, float]]:
    """Fixed points, the same for everybody."""
    for shift in range(len(POINTS)):
        ordered = sorted(names)
        yield {n: POINTS[(shift + 3 * i) % len(POINTS)] for i, n in enumerate(ordered)}


def by_value(a: Any, b: Any, names: frozenset[str]) -> bool | None:
    """Whether two expressions have the same value at every fixed point; None if too few have one."""
    compared = 0
    for point in points(names):
        try:
            left, right = value_at(a, point), value_at(b, point)
        except (ArithmeticError, ValueError, TypeError, KeyError):
            continue
        if cmath.isfinite(left) != cmath.isfinite(right):
            return False
        if not cmath.isfinite(left):
            continue
        if abs(left - right) > 1e-8 * max(1.0, abs(left), abs(right)):
            return False
        compared += 1
    return True if compared >= ENOUGH else None


def agree(a: Any, b: Any, names: frozenset[str]) -> bool:
    """Whether two expressions are equal. Raises UndecidedError where nobody can tell in time."""
    decided = a == b or decide(a, b, names)
    if decided is None:
        msg = say("It could not be told in time whether this is right. A person looks at it.")
        raise UndecidedError(msg)
    return decided


@lru_cache(maxsize=4096)
def decide(a: Any, b: Any, names: frozenset[str]) -> bool | None:
    """Whether two expressions are equal, by value and then symbolically; None where it takes too long."""
    found = by_value(a, b, names)
    return found if found is not None else within(SECONDS, lambda: (a - b).equals(0))


def within(seconds: float, work: Callable[[], Any]) -> bool | None:
    """What a piece of work finds out in a time limit, on any thread and system; None if nothing."""
    end = time.monotonic() + seconds

    def look(*_: Any) -> None:
        if time.monotonic() > end:
            raise OutOfTimeError

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        found = work()
    except (OutOfTimeError, Exception):
        found = None
    finally:
        sys.setprofile(before)
    return None if found is None else bool(found)
