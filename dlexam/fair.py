"""When a variant is fair: its values can be written, and its mistakes can be told apart."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from dlexam.question import Variant

LARGEST = 1e12
TIE = 0.01
FAR = 100  # in half units: what is further apart is not a matter of rounding
IMPOSSIBLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def why_unfair(variant: Variant) -> str | None:
    """Why a variant is unfair, in a few words; None if it is fair."""
    for s in variant.question.asked:
        kind = variant.kinds[s.name]
        decimals = getattr(kind, "decimals", None)
        if decimals is not None and not getattr(kind, "whole", False):
            for x in floats(variant.values[s.name]):
                if reason := why_unwritable(x, decimals):
                    return f"{s.name}: {reason}"
    if all(is_zero(variant.values[name]) for name in variant.question.finals):
        return "every last answer is zero"
    with np.errstate(divide="raise", invalid="raise", over="raise"):
        try:
            return why_confused(variant)
        except IMPOSSIBLE as problem:
            return f"a mistake cannot be computed: {problem}"


def is_zero(value: Any) -> bool:
    """Whether a value is a number, or an array of numbers, that is zero."""
    if isinstance(value, np.ndarray):
        return not value.any()
    return isinstance(value, int | float | np.number) and value == 0


def floats(value: Any) -> list[float]:
    """The numbers in a value."""
    if isinstance(value, np.ndarray):
        return [float(x) for x in value.ravel()]
    return list(value) if isinstance(value, tuple | list | frozenset | set) else [float(value)]


def why_unwritable(x: float, decimals: int) -> str | None:
    """Why a number makes a bad answer: not finite, huge, on a rounding tie, or all but a whole number."""
    if math.isinf(x):
        return None
    if math.isnan(x) or abs(x) > LARGEST:
        return f"{x:g} is no number to write"
    scaled = abs(x) * 10**decimals
    dust = 1e-9 * max(1.0, scaled)
    if abs(scaled - round(scaled)) < dust:
        return None
    if abs(scaled % 1 - 0.5) < TIE:
        return f"{x:g} is close to a rounding tie"
    if round(scaled) == 0 or round(scaled) == 10**decimals:
        return f"{x:g} is {x:.{decimals}f} to {decimals} decimals"
    return None


def why_confused(variant: Variant) -> str | None:
    """Which mistake looks like the truth, or which two look alike at the end."""
    question, graph, values = variant.question, variant.question.graph, variant.values
    ends: list[tuple[float, str, dict[str, Any]]] = []
    for note in variant.mistakes:
        mistake = graph.mistakes[note]
        wrong = graph.run(variant.given, instead={mistake.step: mistake}, known=values)
        payer = question.payers[mistake.step]
        if variant.same(payer, values[payer], wrong[payer], times=2):
            return f"{note} changes nothing"
        reached = question.ends[payer]
        if payer not in reached and all(variant.same(n, values[n], wrong[n], times=2) for n in reached):
            return f"{note} does not show in the end"
        ends.append((signature(variant, wrong), note, wrong))
    ends.sort(key=lambda end: end[0])
    furthest = 1e-9 + sum(FAR * variant.kinds[n].half(values[n]) for n in question.finals)
    for (a, note_a, run_a), (b, note_b, run_b) in combinations(ends, 2):
        if b - a > furthest:
            continue
        if all(variant.same(n, run_a[n], run_b[n], times=2) for n in question.finals):
            return f"{note_a} and {note_b} look alike"
    return None


def signature(variant: Variant, values: dict[str, Any]) -> float:
    """A number by which runs that end alike are close, so that few pairs need a look."""
    total = 0.0
    for name in variant.question.finals:
        value = values[name]
        if isinstance(value, np.ndarray) and value.dtype.kind in "if":
            total += float(value.sum()) / value.size
        elif isinstance(value, int | float | np.number):
            total += float(value)
    return total if math.isfinite(total) else 0.0
