"""How people write answers, and what is read: a table a kind."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sympy

from dlexam.kinds import AnswerError, kind_of
from dlexam.kinds import matrix as matrices
from dlexam.kinds import number as numbers
from dlexam.kinds.expression import Expression

NUMBERS = {
    "0.25": 0.25, ".25": 0.25, "3.": 3, "-0.5": -0.5, "+2": 2, "0,25": 0.25, "\u22123e-2": -0.03, "1/3": 1 / 3,
    "-2/6": -1 / 3, "25%": 0.25, "2.5 × 10^-3": 0.0025, "2.5*10**-3": 0.0025, "2,5 x 10^-3": 0.0025, "1e-3": 0.001,
    "1 234.5": 1234.5, "1'234.5": 1234.5, "sqrt(2)/2": math.sqrt(2) / 2, "√2": math.sqrt(2), "e^-1": math.exp(-1),
    "exp(-1)": math.exp(-1), "ln 2": math.log(2), "sigmoid(0.3)": 1 / (1 + math.exp(-0.3)), "π/4": math.pi / 4,
    "≈ 0.73": 0.73, "x = 0.73": 0.73, "10⁻³": 0.001, "-inf": -math.inf, "∞": math.inf, "２": 2, "2e^(-1)": 2 / math.e,
    r"\frac{1}{3}": 1 / 3, "1,234,567": 1234567, "30°": 30, "60 degrees": 60, "5 percent": 0.05, "0.5.": 0.5, "1 000 000 bytes": 10**6,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), NUMBERS.items(), ids=NUMBERS.keys())
def test_numbers(text: str, value: float) -> None:
    """A number in the forms in which people type it."""
    assert numbers.read(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("text", ["1,234", "two", "1/0", "sqrt(-1)", "1 2", "", "10-", "--", "1..2", "(-8)^(1/3)", "9^9^9^9"])
def test_unreadable_numbers(text: str) -> None:
    """What is ambiguous or no number is refused with one line, never guessed."""
    with pytest.raises(AnswerError) as raised:
        numbers.read(text)
    assert "\n" not in str(raised.value)


MATRICES = {
    "[[1,2],[3,4]]": [[1, 2], [3, 4]], "1 2; 3 4": [[1, 2], [3, 4]], "1, 2; 3, 4": [[1, 2], [3, 4]], "1 2\n3 4": [[1, 2], [3, 4]],
    "[[1. 2.]\n [3. 4.]]": [[1, 2], [3, 4]], "array([[1, 2], [3, 4]])": [[1, 2], [3, 4]],
    "tensor([[1., 2.], [3., 4.]], dtype=torch.float64)": [[1, 2], [3, 4]], "[(1,2),(3,4)]": [[1, 2], [3, 4]],
    r"\begin{bmatrix}1&2\\3&4\end{bmatrix}": [[1, 2], [3, 4]], "1\t2\n3\t4": [[1, 2], [3, 4]], "[1 -2]": [1, -2],
    "[1, 2]": [1, 2], "(1;2)": [1, 2], "1 2": [1, 2], "1/2, 0.5": [0.5, 0.5],
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), MATRICES.items(), ids=range(len(MATRICES)))
def test_matrices(text: str, value: list[float]) -> None:
    """A vector or matrix in the forms in which people type and paste it."""
    np.testing.assert_allclose(matrices.read(text), value)


def test_decimal_commas_in_a_vector() -> None:
    """Where semicolons part the entries, commas are decimal: the asked size decides."""
    np.testing.assert_allclose(kind_of(np.array([0.5, 1.5])).read("0,5; 1,5"), [0.5, 1.5])
    np.testing.assert_allclose(kind_of(np.eye(2)).read("0,5; 1,5"), [[0, 5], [1, 5]])


@pytest.mark.parametrize("text", ["[[1,2],[3]]", "[[1,2],[3,4]", "[1, , 2]", "[[[[[[1]]]]]]", ""])
def test_unreadable_matrices(text: str) -> None:
    """Ragged rows, open brackets and empty entries are refused with one line."""
    with pytest.raises(AnswerError):
        matrices.read(text)


@pytest.mark.parametrize("text", ["(64, 55, 55)", "64x55x55", "64 × 55 × 55", "[64,55,55]", "torch.Size([64, 55, 55])", "64 55 55"])
def test_shapes(text: str) -> None:
    """A shape in the forms in which people type it."""
    assert kind_of((64, 55, 55)).read(text) == (64, 55, 55)


@pytest.mark.parametrize("text", ["2, 5", "5 2", "{5; 2}", "lambda1 = 5, lambda2 = 2", "5 and 2"])
def test_sets(text: str) -> None:
    """The order of a set is free."""
    kind = kind_of((2.0, 5.0), unordered=True)
    assert kind.gap(kind.read(text), (2.0, 5.0)) == 0


X = sympy.Symbol("x")
EXPRESSIONS = {
    "2x": 2 * X, "2*x": 2 * X, r"\frac{1}{x}": 1 / X, "x^2": X**2, "x²": X**2, "e^{2x}": sympy.exp(2 * X), "cos^2 x": sympy.cos(X) ** 2,
    "sin 2x": sympy.sin(2 * X), "x(x+1)": X * (X + 1), "-x^2": -(X**2), "2x e^(x)": 2 * X * sympy.exp(X), "xe^x": X * sympy.exp(X), "f'(x) = 3x": 3 * X,
    "1 - cos(x)^2": sympy.sin(X) ** 2, "ln(x)/x": sympy.log(X) / X, "sqrt x": sympy.sqrt(X), "sin x cos x": sympy.sin(2 * X) / 2,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), EXPRESSIONS.items(), ids=EXPRESSIONS.keys())
def test_expressions(text: str, value: sympy.Expr) -> None:
    """An expression in Python, calculator and LaTeX forms, equal in any form."""
    kind = Expression(frozenset("x"))
    assert kind.gap(kind.read(text), value) == 0
    assert kind.gap(kind.read(text), value + X / 1000) > 0


@pytest.mark.parametrize("text", ["b", "B.", "low", " LOW ", "2"])
def test_choices(text: str) -> None:
    """A choice by letter, text or number, in any case."""
    assert kind_of("low", options=("high", "low")).read(text) == "low"


@pytest.mark.parametrize("text", ["inf", "0", "x + inf", "nan", "1/0"])
def test_no_expression_equals_infinity(text: str) -> None:
    """Infinity and zero are not equivalent to an expression, however tolerant the comparison."""
    kind = Expression(frozenset("x"))
    try:
        value = kind.read(text)
    except AnswerError:
        return
    assert kind.gap(value, X**2 + 1) > 0


def test_compact_json_matrix() -> None:
    """Commas without spaces part entries; they are decimal only where the asked size says so."""
    np.testing.assert_array_equal(kind_of(np.zeros((3, 3), int)).read("[[6,6,8],[6,6,8],[7,7,3]]"), [[6, 6, 8], [6, 6, 8], [7, 7, 3]])
