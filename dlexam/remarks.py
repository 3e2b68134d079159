"""What is said of an answer beside its verdict: how it was read, its digits, which of its cells are right."""

from __future__ import annotations

from typing import Any

import numpy as np

from dlexam.kinds import AnswerError
from dlexam.kinds.matrix import Matrix
from dlexam.kinds.number import Number, plain
from dlexam.kinds.numeral import places
from dlexam.kinds.slips import few_digits
from dlexam.phrase import then
from dlexam.story import Answer, Mark
from dlexam.variant import Variant

FEWER_DIGITS = 2  # a right value with too few digits keeps a half


def remarked(variant: Variant, mark: Mark, answer: Answer) -> Mark:
    """A mark with what is to be said beside its verdict."""
    if answer.problem or answer.text in ("", variant.key[mark.step]):
        return mark
    kind = variant.kinds[mark.step]
    if type(kind) is Number:
        return mark if kind.tolerance is None else with_digits(variant, kind, mark, answer)
    if isinstance(kind, Matrix):
        return with_cells(variant, kind, mark, answer)
    if mark.verdict == "wrong" and hasattr(kind, "decide"):
        return decided(variant, mark, answer)
    return mark


def with_digits(variant: Variant, kind: Number, mark: Mark, answer: Answer) -> Mark:
    """The value is marked first, then the digits, where the author set a tolerance of another width."""
    shown, truth = places(answer.text), variant.values[mark.step]
    if mark.verdict != "right" or shown is None or shown >= kind.decimals or kind.whole:
        return mark
    if plain(truth, kind.decimals) == plain(truth, shown):
        return mark
    note = f"{mark.step}:few_digits"
    return mark._replace(
        verdict="mistake", marks=mark.marks / FEWER_DIGITS, note=note, words=few_digits(kind.decimals)
    )


def with_cells(variant: Variant, kind: Matrix, mark: Mark, answer: Answer) -> Mark:
    """A matrix answer with what was accepted and noted, and the map of its cells where some are wrong."""
    noted = kind.noted(answer.text)
    words = then(mark.words, noted) if noted else mark.words
    cells = mark.cells
    if mark.verdict == "mistake" and np.shape(answer.value) == kind.shape:
        truth = variant.values[mark.step]
        width = kind.half(truth) + variant.drift[mark.step]
        cells = as_tuple(kind.cells_within(answer.value, truth, width))
    return mark if words is mark.words and cells is mark.cells else mark._replace(words=words, cells=cells)


def decided(variant: Variant, mark: Mark, answer: Answer) -> Mark:
    """An expression of which nobody can tell in time whether it is right is for a person."""
    try:
        variant.kinds[mark.step].decide(answer.value, variant.values[mark.step])  # type: ignore[attr-defined]
    except AnswerError as problem:
        note = f"{mark.step}:unreadable"
        return mark._replace(verdict="unreadable", marks=mark.marks * 0, note=note, words=str(problem))
    return mark


def as_tuple(cells: np.ndarray[Any, Any]) -> tuple[Any, ...]:
    """A map of cells as nested tuples of bools."""
    return tuple(as_tuple(row) if row.ndim else bool(row) for row in map(np.asarray, cells))
