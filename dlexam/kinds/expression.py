"""Expressions: SymPy values, or a vector of them. An answer in any equivalent form is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

import sympy

from dlexam.kinds import hints
from dlexam.kinds.algebra import expression
from dlexam.kinds.cells import bare
from dlexam.kinds.entries import split
from dlexam.kinds.equal import agree, value_at
from dlexam.kinds.exact import Exact
from dlexam.kinds.reading import AnswerError
from dlexam.kinds.slips import Slip
from dlexam.phrase import say

WRONG_SIGN = say("Right form, wrong sign.")

MOST_PARTS = 60
ARGUMENTS = re.compile(r"\((\w+(?:, \w+)*)\)$")
__all__ = ["Expression", "agree", "expression", "parts_of", "value_at"]


def parts_of(value: Any) -> tuple[Any, ...]:
    """The components of a vector of expressions, or the one expression."""
    if isinstance(value, tuple | list):
        return tuple(map(sympy.sympify, value))
    return tuple(value) if isinstance(value, sympy.MatrixBase) else (sympy.sympify(value),)


@dataclass(frozen=True, slots=True)
class Expression(Exact):
    """An expression in the names, or a vector of `size` of them.

    What is asked as f'(x) is asked in x alone; the other names are read, too, since a mistake may leave them.
    """

    names: frozenset[str]
    size: int = 1
    symbol: str = ""

    @property
    def rows(self) -> int:
        """A line of free text, or a row of cells."""
        return 0 if self.size == 1 else 1

    @property
    def columns(self) -> int:
        """A line of free text, or a cell a component."""
        return 0 if self.size == 1 else self.size

    @property
    def hint(self) -> str:
        """What the answer box says."""
        written = ARGUMENTS.search(self.symbol)
        asked = self.names.intersection(written[1].split(", ")) if written else None
        return hints.formula(self.size, ", ".join(sorted(asked or self.names)))

    def tex(self, value: Any) -> str:
        """As TeX."""
        lines = [sympy.latex(p, ln_notation=True) for p in parts_of(value)]
        return lines[0] if self.size == 1 else r"\left(" + r",\; ".join(lines) + r"\right)"

    def text(self, value: Any) -> str:
        """As text that can be typed back."""
        lines = [str(p) for p in parts_of(value)]
        return lines[0] if self.size == 1 else "[" + ", ".join(lines) + "]"

    def json(self, value: Any) -> Any:
        """As text, or a list of texts."""
        lines = [str(p) for p in parts_of(value)]
        return lines[0] if self.size == 1 else lines

    def read(self, text: str) -> Any:
        """The expression that a person wrote. Raises AnswerError."""
        if self.size == 1:
            return expression(text, self.names)
        inner, _ = bare(text)
        if inner[:1] in ("[", "(", "{") and inner[-1:] in ("]", ")", "}"):
            inner = inner[1:-1]
        mark = next((m for m in ";\n\t&" if m in inner), ",")
        parts = [p for p in split(inner, mark) if p.strip()]
        if len(parts) > MOST_PARTS:
            msg = say(
                "There are %(wrote)s entries, and %(asked)s are asked. Check what is asked.",
                wrote=len(parts),
                asked=self.size,
            )
            raise AnswerError(msg)
        return tuple(expression(part, self.names) for part in parts)

    def gap(self, a: Any, b: Any) -> float:
        """Expressions are equivalent or not."""
        left, right = parts_of(a), parts_of(b)
        same = len(left) == len(right) and all(
            agree(x, y, self.names) for x, y in zip(left, right, strict=True)
        )
        return 0.0 if same else inf

    def decide(self, value: Any, truth: Any) -> None:
        """Raise AnswerError where nobody can tell in time whether a value is the truth."""
        self.gap(value, truth)

    def slips(self, value: Any, text: str) -> Iterator[Slip]:
        """The sign of the whole."""
        parts = tuple(-p for p in parts_of(value))
        if any(parts):
            yield Slip("sign", parts[0] if self.size == 1 else parts, WRONG_SIGN)
