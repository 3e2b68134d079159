"""Formulas read from source: one row an expression, written with symbols and with numbers."""

from __future__ import annotations

import ast
import math

import numpy as np
import pytest

from dlexam.kinds import matrix
from dlexam.notation import default_symbol, symbols_in
from dlexam.render.math import mathml
from dlexam.tex import Formula, UnwritableError

VALUES = {
    "x": 2,
    "y": -3,
    "lr": 0.1,
    "eps": 1e-8,
    "v": np.array([1, -2]),
    "w": np.array([3, 4]),
    "W": np.array([[1, 2], [3, 4]]),
}
ROWS = [
    ("x + y", "x + y", r"2 + \left(-3\right)"),
    ("x - y", "x - y", r"2 - \left(-3\right)"),
    ("x * y", r"x\, y", r"2 \cdot \left(-3\right)"),
    ("2 * x", r"2\, x", r"2 \cdot 2"),
    ("(x + y) * 2", r"\left(x + y\right) \cdot 2", r"\left(2 + \left(-3\right)\right) \cdot 2"),
    ("x / (y + 1)", r"\frac{x}{y + 1}", r"\frac{2}{-3 + 1}"),
    ("y**2", "y^{2}", r"\left(-3\right)^{2}"),
    ("-x", "-x", "-2"),
    ("x - (y - 1)", r"x - \left(y - 1\right)", r"2 - \left(-3 - 1\right)"),
    ("lr * x", r"\alpha\, x", r"0.1 \cdot 2"),
    ("x + eps", r"x + \epsilon", "2 + 10^{-8}"),
    ("np.sqrt(x + 1)", r"\sqrt{x + 1}", r"\sqrt{2 + 1}"),
    ("math.exp(-x)", "e^{-x}", "e^{-2}"),
    ("np.exp(v).sum()", r"\sum e^{v}", r"\sum e^{(1,\; -2)}"),
    ("softmax(v)", r"\operatorname{softmax}\left(v\right)", r"\operatorname{softmax}(1,\; -2)"),
    ("np.log(x + 1)", r"\ln \left(x + 1\right)", r"\ln \left(2 + 1\right)"),
    ("abs(y)", r"\left|y\right|", r"\left|-3\right|"),
    ("max(x, y)", r"\max\left(x, y\right)", r"\max\left(2, -3\right)"),
    ("x // 2", r"\left\lfloor \frac{x}{2} \right\rfloor", r"\left\lfloor \frac{2}{2} \right\rfloor"),
    ("W @ v", r"W\, v", r"\begin{bmatrix}1 & 2 \\ 3 & 4\end{bmatrix} \begin{bmatrix}1 \\ -2\end{bmatrix}"),
    ("v @ w", r"v \cdot w", r"(1,\; -2) \cdot (3,\; 4)"),
    ("v * w", r"v \odot w", r"(1,\; -2) \odot (3,\; 4)"),
    ("W.T", r"W^\top", r"\begin{bmatrix}1 & 2 \\ 3 & 4\end{bmatrix}^\top"),
    ("v[0]", "v_{1}", "1"),
    ("W[0, 1]", "W_{12}", "2"),
    ("v @ W @ v", r"v\, W\, v", r"(1,\; -2) \begin{bmatrix}1 & 2 \\ 3 & 4\end{bmatrix} \begin{bmatrix}1 \\ -2\end{bmatrix}"),
    ("x if x > 0 else 0", r"\begin{cases}x & \text{if } x > 0 \\ 0 & \text{otherwise}\end{cases}", "2"),
    ("float(x)", "x", "2"),
    ("x * math.pi", r"x\, \pi", r"2 \cdot \pi"),
]


def formula(numeric: bool) -> Formula:
    """A formula that writes symbols or numbers of VALUES."""
    symbols = {"lr": r"\alpha", "eps": r"\epsilon"}

    def number(name: str, column: bool) -> str:
        return matrix.tex(np.asarray(VALUES[name]), None, column)

    if not numeric:
        return Formula(lambda n, _: symbols.get(n, n), VALUES, {"np": np, "math": math})
    return Formula(number, VALUES, {"np": np, "math": math}, lambda _, v: matrix.tex(np.asarray(v), None))


@pytest.mark.parametrize(("source", "symbols", "numbers"), ROWS, ids=[row[0] for row in ROWS])
def test_formula(source: str, symbols: str, numbers: str) -> None:
    """An expression is written with symbols and with numbers, and both can be read."""
    node = ast.parse(source, mode="eval").body
    assert formula(numeric=False).tex(node) == symbols
    assert formula(numeric=True).tex(node) == numbers
    mathml(symbols)
    mathml(numbers)


@pytest.mark.parametrize("source", ["[a for a in v]", "lambda: x", "x and y", "sum(a for a in v)", "v[1:]"])
def test_no_notation(source: str) -> None:
    """What has no usual notation is left to `tex=`, not guessed."""
    with pytest.raises(UnwritableError):
        formula(numeric=False).tex(ast.parse(source, mode="eval").body)


SYMBOLS = {"theta": r"\theta", "beta1": r"\beta_{1}", "x_hat": r"\hat{x}", "W1": "W_{1}", "w_new": r"w_{\text{new}}", "lr": r"\mathrm{lr}", "dW1": r"\mathrm{d}W_{1}"}


@pytest.mark.parametrize(("name", "tex"), SYMBOLS.items(), ids=SYMBOLS)
def test_default_symbols(name: str, tex: str) -> None:
    """A name is set as the field sets it."""
    assert default_symbol(name) == tex


def test_symbols_from_a_prompt() -> None:
    """What a prompt writes before a hole is its symbol, in inline and displayed formulas."""
    prompt = r"With $w_x = <wx>,\; b = <b>$ and $$W_1 = <W1>,\quad \beta_2 = <beta2>$$ and $<theta>$."
    assert symbols_in(prompt) == {"wx": "w_x", "b": "b", "W1": "W_1", "beta2": r"\beta_2"}
