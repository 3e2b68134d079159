"""When a variant is fair: its values can be written, and its mistakes can be told apart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import combinations
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from dlexam.question import Variant

LARGEST = 1e12
TIE = 0.01
NUMBERS = int, float, np.number
FAR = 100  # in half units: what is further apart is not a matter of rounding
IMPOSSIBLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

strictly = np.errstate(divide="raise", invalid="raise", over="raise")  # no infinity or nan goes unseen


def why_unfair(variant: Variant) -> str | None:
    """Why a variant is unfair, in a few words; None if it is fair."""
    values = variant.values
    for s in variant.question.asked:
        kind: Any = variant.kinds[s.name]
        if hasattr(kind, "decimals") and not kind.whole:
            reason = why_unwritable(floats(values[s.name]), kind.decimals)
            if reason:
                return f"{s.name}: {reason}"
    if all(is_zero(values[name]) for name in variant.question.finals):
        return "every last answer is zero"
    try:
        return why_confused(variant)
    except IMPOSSIBLE as problem:
        return f"a mistake cannot be computed: {problem}"


def is_zero(value: Any) -> bool:
    """Whether a value is a number, or an array of numbers, that is zero."""
    if isinstance(value, np.ndarray):
        return not np.count_nonzero(value)
    return isinstance(value, NUMBERS) and value == 0


def floats(value: Any) -> list[float]:
    """The numbers in a value."""
    if isinstance(value, np.ndarray):
        return value.ravel().tolist()
    return [float(value)] if isinstance(value, NUMBERS) else list(value)


def why_unwritable(numbers: Iterable[float], decimals: int) -> str | None:
    """Why a number makes a bad answer: not finite, huge, on a rounding tie, or all but a whole number."""
    unit = 10**decimals
    for x in numbers:
        scaled = abs(x) * unit
        is_tie = abs(scaled % 1 - 0.5) < TIE
        if (not is_tie and 0.5 < scaled < LARGEST and abs(scaled - unit) > 0.5) or math.isinf(x):
            continue
        if not abs(x) <= LARGEST:
            return f"{x:g} is no number to write"
        if abs(scaled - round(scaled)) < 1e-9 * max(1.0, scaled):
            continue
        if is_tie:
            return f"{x:g} is close to a rounding tie"
        if round(scaled) in (0, unit):
            return f"{x:g} is {x:.{decimals}f} to {decimals} decimals"
    return None


@strictly
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
        if payer not in reached and alike(variant, reached, values, wrong):
            return f"{note} does not show in the end"
        ends.append((signature(variant, wrong), note, wrong))
    ends.sort(key=itemgetter(0))
    furthest = 1e-9 + sum(FAR * variant.kinds[n].half(values[n]) for n in question.finals)
    for (a, note_a, run_a), (b, note_b, run_b) in combinations(ends, 2):
        if b - a <= furthest and alike(variant, question.finals, run_a, run_b):
            return f"{note_a} and {note_b} look alike"
    return None


def alike(variant: Variant, names: Iterable[str], a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two runs agree in all of some steps."""
    for name in names:  # noqa: SIM110 (a generator would cost as much as the comparison)
        if not variant.same(name, a[name], b[name], times=2):
            return False
    return True


def signature(variant: Variant, values: dict[str, Any]) -> float:
    """A number by which runs that end alike are close, so that few pairs need a look."""
    total = 0.0
    for name in variant.question.finals:
        value = values[name]
        if isinstance(value, np.ndarray) and value.dtype.kind in "if":
            total += sum(value.ravel().tolist()) / value.size
        elif isinstance(value, NUMBERS):
            total += float(value)
    return total if math.isfinite(total) else 0.0
