"""Hostile text: whatever is typed, a reader returns a value or raises AnswerError, in bounded time."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from dlexam.kinds import AnswerError, Kind, kind_of
from dlexam.kinds.expression import Expression

KINDS: dict[str, Kind] = {
    "number": kind_of(0.5),
    "whole number": kind_of(3),
    "vector": kind_of(np.array([1.0, 2.0])),
    "matrix": kind_of(np.eye(2)),
    "tensor": kind_of(np.ones((2, 2, 2))),
    "shape": kind_of((3, 4)),
    "set": kind_of((1.0, 2.0), unordered=True),
    "letters": kind_of(frozenset("AC")),
    "choice": kind_of("high", options=("high", "low")),
    "word": kind_of("A B"),
    "expression": Expression(frozenset("xy")),
    "gradient": Expression(frozenset("xy"), 2),
}
VALUES = [0.5, 3, np.array([1.0, 2.0]), np.eye(2), np.ones((2, 2, 2)), (3, 4), (1.0, 2.0), frozenset("AC"), "high", "A B"]
X, Y = sympy.symbols("x y")
VALUES += [X**2 + Y, (2 * X, sympy.Integer(1))]

PIECES = st.sampled_from(
    ["1", "2.5", ".5", "e", "x", "y", "pi", "sin", "exp", "sqrt", "(", ")", "[", "]", "{", "}", "^", "**", "+", "-", "*", "/", ",", ";",
     "\n", "\t", " ", "%", "=", "\\frac", "\\begin{bmatrix}", "\\\\", "&", "inf", "nan", "−", "×", "²", "９", "\u202e", "\x00", "__import__", "<b>", "1e9", "99999"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join), st.lists(PIECES, max_size=25).map(" ".join))


@pytest.mark.parametrize(("kind", "value"), list(zip(KINDS.values(), VALUES, strict=True)), ids=list(KINDS))
@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_reader(kind: Kind, value: object, text: str) -> None:
    """Reading, comparing and showing what was read never fail in any other way."""
    with suppress(AnswerError), np.errstate(all="ignore"):
        read = kind.read(text)
        assert kind.gap(read, value) >= 0
        assert isinstance(kind.text(read), str)


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
@pytest.mark.parametrize("text", ["(" * 3000, "[" * 3000, "1" * 3900, "9^" * 1900 + "9", "x" * 3900, "-" * 3900, "sin " * 900, "1," * 1900, "\\frac" * 700, " " * 4000])
def test_long_texts(kind: Kind, text: str) -> None:
    """Length and depth are bounded."""
    with suppress(AnswerError), np.errstate(all="ignore"):
        kind.read(text)
