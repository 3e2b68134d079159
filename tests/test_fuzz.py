"""Hostile text: whatever is typed, a reader returns a value or raises AnswerError, in bounded time."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from dlexam.kinds import AnswerError, Kind, kind_of
from dlexam.kinds.expression import Expression
from dlexam.kinds.reading import normalise

X, Y = sympy.symbols("x y")
KINDS: dict[str, tuple[Kind, Any]] = {
    "number": (kind_of(0.5), 0.5),
    "whole number": (kind_of(3), 3),
    "vector": (kind_of(np.array([1.0, 2.0])), np.array([1.0, 2.0])),
    "whole vector": (kind_of(np.array([1, 2])), np.array([1, 2])),
    "matrix": (kind_of(np.eye(2)), np.eye(2)),
    "tensor": (kind_of(np.ones((2, 2, 2))), np.ones((2, 2, 2))),
    "shape": (kind_of((3, 4)), (3, 4)),
    "set": (kind_of((1.0, 2.0), unordered=True), (1.0, 2.0)),
    "letters": (kind_of(frozenset("AC")), frozenset("AC")),
    "options": (kind_of(frozenset("AC"), options=("one", "two", "three")), frozenset("AC")),
    "choice": (kind_of("high", options=("high", "low")), "high"),
    "word": (kind_of("A B"), "A B"),
    "expression": (Expression(frozenset("xy")), X**2 + Y),
    "gradient": (Expression(frozenset("xy"), 2), (2 * X, sympy.Integer(1))),
}

PIECES = st.sampled_from(
    ["1", "2.5", ".5", "e", "x", "y", "pi", "sin", "exp", "sqrt", "(", ")", "[", "]", "{", "}", "^", "**", "+", "-", "*", "/", ",", ";", ":", "|", "'",
     "\n", "\t", " ", "%", "=", "≈", "\\frac", "\\sqrt", "\\begin{bmatrix}", "\\end{bmatrix}", "\\\\", "\\left", "&", "inf", "nan", "−", "×", "·", "²", "½", "９", "٣", "\u0305", "\u202e", "\u200b", "\x00",
     "__import__", "<b>", "1e9", "1e999", "99999", "1,234", "0,5", "1 234", "log2", "max", "tensor", "array", "torch.Size", "dtype=", ".T", "ᵀ", "±", "none", "and", "lambda", "%s", "{0.__class__}", "=cmd|"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join), st.lists(PIECES, max_size=25).map(" ".join))


@pytest.mark.parametrize(("kind", "value"), list(KINDS.values()), ids=list(KINDS))
@settings(max_examples=200, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_reader(kind: Kind, value: object, text: str) -> None:
    """Reading, comparing, showing, noting and looking for slips never fail in any other way."""
    with suppress(AnswerError), np.errstate(all="ignore"):
        read = kind.read(text)
        assert kind.gap(read, value) >= 0
        assert kind.within(read, value, kind.half(value)) in (True, False)
        assert isinstance(kind.text(read), str)
        assert all(slip.words for slip in kind.slips(value, text))
        if hasattr(kind, "noted"):
            assert isinstance(kind.noted(text), str)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_one_spelling_is_stable(text: str) -> None:
    """What is in one spelling is printable, and stays as it is when it is read again without TeX."""
    clean = normalise(text)
    assert all(sign.isprintable() or sign in "\n\t" for sign in clean)
    if "\\" not in clean and clean.isascii():
        assert normalise(clean) == clean


LONG = {
    "brackets": "(" * 3000,
    "square brackets": "[" * 3000,
    "pairs of brackets": "[" * 1900 + "]" * 1900,
    "braces": "{" * 3000,
    "a megabyte": "1" * 1_000_000,
    "a million digits after a point": "0." + "1" * 1_000_000,
    "many digits": "1" * 3900,
    "towers": "9^" * 1900 + "9",
    "towers of a name": "x^" * 150 + "x",
    "powers of powers": "((((x^99)^99)^99)^99)^99",
    "a large root": "1234567891^(1/3)",
    "long fractions to powers": "0.1234567890123456789012345678901234567^199",
    "products of large powers": "*".join(["99^150"] * 90),
    "exponentials": "exp(" * 39 + "x" + ")" * 39,
    "names": "x" * 3900,
    "signs": "-" * 3900,
    "functions": "sin " * 900,
    "sums": "1+" * 1990 + "1",
    "commas": "1," * 1900,
    "semicolons": ";" * 3900,
    "ampersands": "&" * 3900,
    "lines": "\n" * 3900,
    "entries on lines": "1\n" * 1900,
    "spaces": " " * 4000,
    "spaces inside": "1" + " " * 3900 + "1",
    "tabs": "1" + "\t" * 3900 + "1",
    "no-break spaces": "1" + "\u00a0" * 3900 + "1",
    "equals signs": "x=" * 1900 + "1",
    "fractions": "\\frac" * 700,
    "environments": "\\begin{bmatrix}" * 250,
    "left": "\\left(" * 600,
    "overlines": "0." + "3\u0305" * 1900,
    "apostrophes": "1'" * 1900,
    "groups": "1" + " 000" * 900,
    "one letter many times": "a" * 3900,
    "null bytes": "\x00" * 3900 + "1",
    "directions": "\u202e" * 3900 + "1",
    "import": "__import__('os').system('true')",
    "a format string": "{0.__class__.__mro__}%s%n",
    "HTML": "<script>alert(1)</script>",
    "a formula of a spreadsheet": "=cmd|' /C calc'!A0",
    "a surrogate": "\ud800",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), list(KINDS.values()), ids=list(KINDS))
@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_hostile(kind: Kind, value: object, text: str) -> None:
    """Length, depth, digits and time are bounded, and so is what is shown again."""
    with np.errstate(all="ignore"):
        work = Work()
        sys.setprofile(work)
        try:
            read = kind.read(text)
            shown = kind.text(read)
            kind.gap(read, value)
        except AnswerError as problem:
            shown = str(problem)
        finally:
            sys.setprofile(None)
    assert len(shown) < 10_000
    assert work.calls < 300_000


class Work:
    """Counts calls, so that a test of bounded work does not read a clock."""

    def __init__(self) -> None:
        """Nothing is done yet."""
        self.calls = 0

    def __call__(self, *_: object) -> None:
        """One more event."""
        self.calls += 1
