"""Slips: wrong values that need no author, for every number and array."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from dlexam.kinds.numeral import places
from dlexam.phrase import say

WRONG_SIGN = say("Right size, wrong sign.")
WRONG_SIGNS = say("Right sizes, wrong signs.")
PERCENT = say("This is in per cent; the question asks a fraction of 1.")
DEGREES = say("This is in degrees; the question asks radians.")
RADIANS = say("This is in radians; the question asks degrees.")
TRANSPOSED = say("This is the transpose: rows and columns are swapped.")


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong value that needs no author: what it is called, what it leads to, its words."""

    name: str
    value: Any
    words: str
    keeps: float = 0


def of_number(value: float, text: str, decimals: int, whole: bool) -> Iterator[Slip]:
    """Slips that every number may suffer, from most to least telling."""
    if not math.isfinite(value):
        return
    if value:
        yield Slip("sign", -value, WRONG_SIGN)
    if whole:
        return
    shown = places(text)
    if shown and decimals - 2 <= shown < decimals:
        yield Slip("few_digits", round(value, shown), few_digits(decimals), keeps=0.5)
    if 0 < abs(value) <= 1:
        yield Slip("percent", 100 * value, PERCENT, 0.5)
        yield Slip("degrees", math.degrees(value), DEGREES)
    if abs(value) > 3:
        yield Slip("radians", math.radians(value), RADIANS)


def few_digits(decimals: int) -> str:
    """What is said of a right value with too few digits."""
    return say("Right value, too few digits: %(n)s decimals are asked.", n=decimals)


def of_array(value: np.ndarray[Any, Any], text: str, decimals: int, whole: bool) -> Iterator[Slip]:
    """Slips that every array may suffer."""
    if value.ndim == 2 and min(value.shape) > 1:
        yield Slip("transposed", value.T, TRANSPOSED, 0.5)
    if value.any() and np.isfinite(value).all():
        yield Slip("sign", -value, WRONG_SIGNS)
    shown = [p for p in map(places, re.split(r"[\s,;&\[\]()]+", text)) if p is not None]
    if shown and not whole and decimals - 2 <= max(shown) < decimals and max(shown):
        yield Slip("few_digits", np.round(value, max(shown)), few_digits(decimals), 0.5)
