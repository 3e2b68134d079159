"""How people write answers: the table that the tests run and docs/answers.md is made from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import sympy

from dlexam.kinds import Kind, kind_of
from dlexam.kinds.expression import Expression


@dataclass(frozen=True)
class Forms:
    """What may be written where a kind of answer is asked: text to value; and what is refused, with its reason."""

    title: str
    words: str
    kind: Kind
    read: Mapping[str, Any]
    refused: Mapping[str, str] = field(default_factory=dict)


X = sympy.Symbol("x")
SQUARE = [[1, 2], [3, 4]]

NUMBER = Forms(
    "A number",
    "Four decimals are asked here. A point is the decimal mark, as on every sheet; a comma is read where only one reading is possible.",
    kind_of(0.5),
    {
        "0.25": 0.25, ".25": 0.25, "3.": 3, "-0.5": -0.5, "+2": 2, "0.5.": 0.5, "２": 2, "٣٫٥": 3.5,
        "0,25": 0.25, ",25": 0.25, "12,5": 12.5, "1,5e3": 1500, "3,14159": 3.14159, "0,234": 0.234,
        "1 234.5": 1234.5, "1'234.5": 1234.5, "1’234.5": 1234.5, "1\u202f234,5": 1234.5, "1,234.56": 1234.56, "1.234,56": 1234.56, "1,234,567": 1234567, "1.234.567": 1234567, "1_000": 1000,
        "\u22123e-2": -0.03, "\uff0d0.5": -0.5, "–0.5": -0.5,
        "1e-3": 0.001, "1E-3": 0.001, "1 e10": 1e10, "2.5 × 10^-3": 0.0025, "2.5*10**-3": 0.0025, "2,5 x 10^-3": 0.0025, "1*10^5": 1e5, "10^(-3)": 0.001, "10⁻³": 0.001, "58.19*10^-6": 58.19e-6, r"2.5 \cdot 10^{-3}": 0.0025, "24M": 24e6, "150K": 150e3,
        "1/3": 1 / 3, "-2/6": -1 / 3, "½": 0.5, "3½": 3.5, "4 2/7": 4 + 2 / 7, "472/10,000,000": 472e-7, r"\frac{1}{3}": 1 / 3, r"\frac12": 0.5, "0.3\u0305": 1 / 3, "0.333...": 1 / 3, "-0.1666...": -1 / 6, "0.3...": 0.3,
        "25%": 0.25, "5 percent": 0.05, r"25\%": 0.25, "250%": 2.5,
        "sqrt(2)/2": math.sqrt(2) / 2, "√2": math.sqrt(2), "1/√2": 1 / math.sqrt(2), "2^(1/2)": math.sqrt(2), "e^-1": math.exp(-1), "exp(-1)": math.exp(-1), "2e^(-1)": 2 / math.e,
        "ln 2": math.log(2), "log2(8)": 3, "log_2 8": 3, "log10(100)": 2, "sigmoid(0.3)": 1 / (1 + math.exp(-0.3)), "σ(0.3)": 1 / (1 + math.exp(-0.3)), "π/4": math.pi / 4, "math.exp(-1)": math.exp(-1), "max(0, -2)": 0,
        "≈ 0.73": 0.73, "~0.73": 0.73, "x = 0.73": 0.73, "x ≈ 0.73": 0.73, "θ_t = 0.3": 0.3, r"\theta_t = 0.3": 0.3, "m_hat=0.3": 0.3, "dL/dw = 0.3": 0.3, "e = 0.3": 0.3, "1/3 = 0.3333": 0.3333, "= 0.25": 0.25, "$0.25$": 0.25, '"0.25"': 0.25,
        "30°": 30, "60 degrees": 60, "0.73 bits.": 0.73, "1 000 000 bytes": 10**6,
        "inf": math.inf, "-inf": -math.inf, "∞": math.inf, r"-\infty": -math.inf, "np.inf": math.inf, "float('-inf')": -math.inf,
        "tensor(0.5)": 0.5, "np.float64(0.5)": 0.5, "[0.5]": 0.5, "tensor([0.5000], grad_fn=<X>)": 0.5,
    },
    {
        "1,234": "can mean 1.234 or 1234", "1,234e3": "can mean 1.234 or 1234", "0·5": "can mean 0.5 or 0*5", "1 234/567": "can mean 1 + 234/567 or 1234/567", "1/2pi": "can mean", "2179 x 10-6": "can mean a power of ten or a difference", "log2 8": "can mean the logarithm to base 2 or of 2",
        "1/2/3": "two slashes", "0.5 = 0.6": "is not '0.6'", "two": "is no number", "undefined": "is no number", "1 2": "left over", "1,2,3": "not one number", "1234 567": "left over",
        "1/0": "divides by zero", "sqrt(-1)": "no value", "(-8)^(1/3)": "root of a negative", "9^9^9^9": "too large", "1e999": "too large", "": "no number", "10-": "stops in the middle", "--": "stops in the middle", "1..2": "left over",
        "0.8106 x10 0power": "is no number", "The answer is 20%": "is no number", "0.5 0.6": "left over",
    },
)  # fmt: skip

WHOLE = Forms(
    "A whole number",
    "A comma before three digits is no decimal comma where a whole number is asked.",
    kind_of(5),
    {"12": 12, "10,000": 10000, "1,234": 1234, "105 705 600": 105705600, "105,705,600": 105705600, "1e3": 1000, "9216 parameters": 9216, "5.0": 5, "3*64*64 + 64": 12352, "2^10": 1024},
    {"138M": "is rounded, and a whole number is asked"},
)  # fmt: skip

THREE = Forms(
    "A number with three decimals",
    "Where three decimals are asked, a comma before three digits is decimal.",
    kind_of(0.5, decimals=3),
    {"1,234": 1.234, "12,345": 12.345, "1,234.5": 1234.5},
)

VECTOR = Forms(
    "A vector",
    "Brackets of any sort, or none; entries by commas, semicolons, spaces, tabs or lines. Where commas can be decimal, the number of entries that is asked decides.",
    kind_of(np.array([1.0, 2.0])),
    {
        "[1, 2]": [1, 2], "(1, 2)": [1, 2], "{1, 2}": [1, 2], "<1, 2>": [1, 2], "(1;2)": [1, 2], "1 2": [1, 2], "1, 2": [1, 2], "1,2": [1, 2], "1\t2": [1, 2], "1\n2": [1, 2], "1 and 2": [1, 2], "[1,2,]": [1, 2],
        "[1 -2]": [1, -2], "- 1 2": [-1, 2], "[1. 2.]": [1, 2], "[1.0e+00 2.0e+00]": [1, 2], "array([1., 2.])": [1, 2], "np.array([1, 2])": [1, 2], "tensor([1., 2.], grad_fn=<X>)": [1, 2], "torch.tensor([1, 2])": [1, 2],
        "0,5; 1,5": [0.5, 1.5], "0,5 1,5": [0.5, 1.5], "0,5, 1,5": [0.5, 1.5], "0,5\t1,5": [0.5, 1.5],
        "1/2 1/3": [1 / 2, 1 / 3], "[sqrt(2), 1]": [math.sqrt(2), 1], "(sqrt(2), 1)": [math.sqrt(2), 1], "[(1+2)*3, 4]": [9, 4], "50%, 20%": [0.5, 0.2], "[1, np.inf]": [1, math.inf], "[1, -∞]": [1, -math.inf],
        "v = (1, 2)": [1, 2], "x=1, y=2": [1, 2], r"\begin{pmatrix}1&2\end{pmatrix}": [1, 2], r"\left(1,\; 2\right)": [1, 2],
        r"\begin{bmatrix}1\\2\end{bmatrix}": [1, 2], "[[1],[2]]": [1, 2], "[[1], [2]].T": [1, 2], "(1, 2)^T": [1, 2], "[1 2]ᵀ": [1, 2], "[1, 2": [1, 2], "1, 2]": [1, 2],
    },
    {"[]": "no entries", "[,]": "no entries", "[1, , 2]": "no number at entry 2", "1,234 2,5": "can mean 1.234 or 1234", "I": "is no number"},
)  # fmt: skip

MATRIX = Forms(
    "A matrix",
    "Rows by brackets, lines or semicolons.",
    kind_of(np.array([[1.0, 2.0], [3.0, 4.0]])),
    {
        "[[1,2],[3,4]]": SQUARE, "[[1, 2],\n [3, 4]]": SQUARE, "[(1,2),(3,4)]": SQUARE, "((1,2),(3,4))": SQUARE, "{{1,2},{3,4}}": SQUARE, "[1,2],[3,4]": SQUARE, "[1 2][3 4]": SQUARE,
        "1 2; 3 4": SQUARE, "[1 2; 3 4]": SQUARE, "[1, 2; 3, 4]": SQUARE, "1 2\n3 4": SQUARE, "1,2\n3,4": SQUARE, "1\t2\n3\t4": SQUARE, "0,5\t1,5\n2\t3": [[0.5, 1.5], [2, 3]], "0,5; 1,5\n2; 3": [[0.5, 1.5], [2, 3]], "| 1 | 2 |\n| 3 | 4 |": SQUARE,
        "[[1. 2.]\n [3. 4.]]": SQUARE, "array([[1., 2.],\n       [3., 4.]])": SQUARE, "tensor([[1., 2.], [3., 4.]], dtype=torch.float64)": SQUARE, "tensor([[1., 2.], [3., 4.]], device='cuda:0')": SQUARE, "[[1 -2][3 4]]": [[1, -2], [3, 4]],
        r"\begin{bmatrix}1&2\\3&4\end{bmatrix}": SQUARE, r"\begin{pmatrix}1 & 2 \newline 3 & 4\end{pmatrix}": SQUARE, r"\left[\begin{array}{cc}1 & 2 \\ 3 & 4\end{array}\right]": SQUARE, "A = [[1,2],[3,4]]": SQUARE,
        "[[1,3],[2,4]].T": SQUARE, "[[1,2],[3,4]": SQUARE, "1 2 3 4": SQUARE, "[[1/2, 0], [0, 1/3]]": [[0.5, 0], [0, 1 / 3]],
    },
    {"[[1,2],[3]]": "different lengths", "[[1,,2],[3,4]]": "no number at row 1, column 2", "1\t\n3\t4": "no number at row 1, column 2", "[[[1,2],[3,4]": "brackets do not match"},
)  # fmt: skip

SHAPE = Forms(
    "A shape",
    "Sizes in the asked order: channels come before height and width.",
    kind_of((64, 55, 55)),
    {**dict.fromkeys(["(64, 55, 55)", "64x55x55", "64 × 55 × 55", "64 X 55 X 55", "[64,55,55]", "[64x55x55]", "64*55*55", "64 by 55 by 55", "64 55 55", "(64; 55; 55)", "torch.Size([64, 55, 55])", "x.shape == (64, 55, 55)", "shape = (64, 55, 55)", "64 x 55 x 55 pixels", "64×55×55."], (64, 55, 55)), "(64,)": (64,), "()": (), "none": "none", "not defined": "none"},
    {"3-4": "is not a shape", "3.5 x 4": "is not a shape", "wide": "is not a shape", "": "is not a shape"},
)  # fmt: skip

SET = Forms(
    "Numbers in any order",
    "As a vector, in any order.",
    kind_of((2.0, 5.0), unordered=True),
    {**dict.fromkeys(["2, 5", "5, 2", "5 2", "{5; 2}", "[5, 2]", r"\{2,\; 5\}", "2,5", "λ1 = 5, λ2 = 2", "lambda_1 = 5, lambda_2 = 2", "λ=2; λ=5", "5 and 2", "2 or 5", "x1 = 2\nx2 = 5"], (2, 5)), "0,5; 1,5": (0.5, 1.5), "2,5 and 3,5": (2.5, 3.5), "±2": (-2, 2)},
    {"": "no entries", "two": "is no number"},
)  # fmt: skip

EXPRESSION = Forms(
    "An expression",
    "Any equivalent form is right.",
    Expression(frozenset("x")),
    {
        "2x": 2 * X, "2*x": 2 * X, "2·x": 2 * X, "2 x": 2 * X, "0.5x": X / 2, "0,5x": X / 2, "X^2": X**2, "x^2": X**2, "x**2": X**2, "x²": X**2, "x^-1": 1 / X, "x^{-1}": 1 / X, r"\frac{1}{x}": 1 / X, r"\dfrac{x}{2}": X / 2, r"\frac x2": X / 2, "x(x+1)": X * (X + 1), "(x+1)(x-1)": X**2 - 1, "-x^2": -(X**2), "1/2 x": X / 2,
        "e^{2x}": sympy.exp(2 * X), "e^(2x)": sympy.exp(2 * X), "exp(2x)": sympy.exp(2 * X), "math.exp(2*x)": sympy.exp(2 * X), "torch.exp(2*x)": sympy.exp(2 * X), "E**(2*x)": sympy.exp(2 * X), "2x e^(x)": 2 * X * sympy.exp(X), "xe^x": X * sympy.exp(X), r"x e^{-x}": X * sympy.exp(-X),
        "cos^2 x": sympy.cos(X) ** 2, "cos(x)^2": sympy.cos(X) ** 2, r"\cos^{2}{\left(x \right)}": sympy.cos(X) ** 2, "1 - sin^2 x": sympy.cos(X) ** 2, "sin 2x": sympy.sin(2 * X), "sin2x": sympy.sin(2 * X), "2 sin x cos x": sympy.sin(2 * X), "2sinxcosx": sympy.sin(2 * X),
        "ln(x)/x": sympy.log(X) / X, r"\ln x": sympy.log(X), "log(x)": sympy.log(X), "log2(x)": sympy.log(X, 2), "sqrt x": sympy.sqrt(X), "√x": sympy.sqrt(X), "√(x+1)": sympy.sqrt(X + 1), r"\sqrt{x}": sympy.sqrt(X), r"\sqrt[3]{x}": sympy.cbrt(X), "|x|": abs(X), "arctan x": sympy.atan(X), "sech^2 x": 1 / sympy.cosh(X) ** 2,
        "sigmoid(x)": 1 / (1 + sympy.exp(-X)), "σ(x)": 1 / (1 + sympy.exp(-X)), r"\sigma(x)(1-\sigma(x))": sympy.exp(-X) / (1 + sympy.exp(-X)) ** 2, "relu(x)": sympy.Max(X, 0), "max(0, x)": sympy.Max(X, 0), r"\max(0, x)": sympy.Max(X, 0), "tanh x": sympy.tanh(X),
        "f(x) = 2x": 2 * X, "f'(x) = 2x": 2 * X, "y = 2x": 2 * X, "dy/dx = 2x": 2 * X, "lambda x: 2*x": 2 * X, "$2x$": 2 * X,
    },
    {"1/2x": "can mean", "tan^{-1} x": "can mean the inverse function or 1/tan", "2x + C": "is not known here", "x if x > 0 else 0": "not mathematics", "x!": "left over", "x +": "stops in the middle", "(x": "never closed", "": "stops in the middle", "9^9^9": "too large"},
)  # fmt: skip

GRADIENT = Forms(
    "A vector of expressions",
    "As a vector; each entry as an expression.",
    Expression(frozenset("xy"), 2),
    dict.fromkeys(["[2x, 3]", "(2x, 3)", "2x, 3", "2*x; 3", "2x\n3", r"\left(2 x,\; 3\right)", r"\begin{bmatrix}2x\\3\end{bmatrix}"], (2 * X, sympy.Integer(3))),
)  # fmt: skip

CHOICE = Forms(
    "A choice",
    "Here the options are A high, B low. By letter, by number or by text, in any case and spacing.",
    kind_of("low", options=("high", "low")),
    dict.fromkeys(["B", "b", "B.", "(b)", "b)", "low", " LOW ", "2", "option B", "answer: b", "B) low"], "low"),
    {"C": "not one of the options", "3": "not one of the options", "A or B": "not one of the options"},
)

LETTERS = Forms(
    "Letters of true statements",
    "Here A to D are to be had. In any order and case; 'none' where none is true.",
    kind_of(frozenset("AC"), options=("one", "two", "three", "four")),
    {**dict.fromkeys(["A, C", "AC", "c a", "a and c", "A; C", "{A, C}", "(a), (c)", "1, 3", "1 and 3"], frozenset("AC")), "none": frozenset()},
    {"E": "not one of", "A, 9": "not a list of letters", "": "not a list of letters"},
)  # fmt: skip

FORMS = (NUMBER, WHOLE, THREE, VECTOR, MATRIX, SHAPE, SET, EXPRESSION, GRADIENT, CHOICE, LETTERS)
