"""Kinds of answers. A kind owns how a value is shown, read, compared and exported.

`kind_of` decides the kind from the value, so that authors write plain Python values: an int, a float, a
NumPy array, a tuple of ints (a shape), a set, a SymPy expression, or one of some options.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from dlexam.graph import QuestionError
from dlexam.kinds.choice import Choice
from dlexam.kinds.matrix import Matrix
from dlexam.kinds.number import Number, Slip, is_number, is_whole
from dlexam.kinds.reading import AnswerError
from dlexam.kinds.set import LetterSet, NumberSet
from dlexam.kinds.shape import NONE, Shape

__all__ = ["AnswerError", "Kind", "Slip", "kind_of"]


class Kind(Protocol):
    """What every kind can do; values are those that its steps return."""

    @property
    def rows(self) -> int:
        """Rows of the answer box."""

    @property
    def columns(self) -> int:
        """Columns of the answer box; 0 for a line of free text."""

    @property
    def hint(self) -> str:
        """What the answer box says of decimals or form."""

    def tex(self, value: Any) -> str:
        """The value as TeX, rounded to the asked decimals."""

    def text(self, value: Any) -> str:
        """The value as text that can be typed back."""

    def is_exact(self, value: Any) -> bool:
        """Whether the printed value is the value."""

    def json(self, value: Any) -> Any:
        """The value as JSON."""

    def read(self, text: str) -> Any:
        """The value that a person wrote. Raises AnswerError."""

    def rounded(self, value: Any) -> Any:
        """The value as a student writes it down."""

    def half(self, value: Any) -> float:
        """Half a unit of the last decimal that is asked of a value; 0 for what is exact."""

    def distance(self, a: Any, b: Any) -> Any:
        """How far two values are apart, entry by entry for arrays."""

    def gap(self, a: Any, b: Any) -> float:
        """How far two values are apart in their worst entry; 0 or infinity for what is exact."""

    def within(self, a: Any, b: Any, width: Any) -> bool:
        """Whether `a` is within a width of `b`, the edges included and exact."""

    def slips(self, value: Any, text: str) -> Iterator[Slip]:
        """Wrong values that need no author, for an answer written as `text`."""


def is_expression(value: Any) -> bool:
    """Whether a value is a SymPy expression, or a tuple of them; SymPy need not be loaded."""
    if isinstance(value, tuple | list):
        return any(is_expression(part) for part in value)
    return type(value).__module__.startswith("sympy.")


WHOLE = {int: True, np.int64: True, float: False, np.float64: False}  # the usual numbers
number_kind = lru_cache(maxsize=256)(Number)  # made once: kinds never change
matrix_kind = lru_cache(maxsize=1024)(Matrix)


def numeric(kind: Number | Matrix | NumberSet) -> Kind:
    """A kind whose tolerance can be met. Raises QuestionError for zero where values are not whole."""
    if kind.tolerance == 0 and not kind.whole:
        msg = "its tolerance is 0, and the value is not whole: nobody can type it exactly."
        raise QuestionError(msg + " Leave the tolerance out, or return an int.")
    return kind


def kind_of(
    value: Any,
    decimals: int = 4,
    options: tuple[str, ...] = (),
    unordered: bool = False,
    names: Callable[[], frozenset[str]] = lambda: frozenset("x"),
    tolerance: float | None = None,
    symbol: str = "",
) -> Kind:
    """The kind of a value. Raises QuestionError for a value that no kind knows.

    `names` gives the letters that an expression may use, `symbol` names those it is asked in. Decimals are
    what a student must write; the tolerance is how far a right value may be off, half a unit of the last of
    them if it is not given.
    """
    if not options and not unordered:
        if type(value) in WHOLE:
            return numeric(number_kind(decimals, WHOLE[type(value)], tolerance))
        if is_number(value) and not isinstance(value, bool):
            return numeric(number_kind(decimals, is_whole(value), tolerance))
        if isinstance(value, np.ndarray):
            return numeric(matrix_kind(decimals, value.shape, value.dtype.kind in "iub", tolerance))
    if isinstance(value, AbstractSet) or unordered:
        if options or any(isinstance(v, str) for v in value) or not value:
            return LetterSet(options)
        return numeric(NumberSet(decimals, len(value), all(map(is_whole, value)), tolerance))
    if options:
        return Choice(options)
    if is_expression(value):
        from dlexam.kinds.expression import Expression, parts_of

        return Expression(names(), len(parts_of(value)), symbol)
    if isinstance(value, tuple) and all(map(is_whole, value)):
        return Shape()
    if isinstance(value, str):
        return Shape() if value == NONE else Choice()
    msg = f"a value of type {type(value).__name__} is no answer. Return a number, an array, "
    msg += "a tuple of ints, a set, an expression or one of options=(...)."
    raise QuestionError(msg)
