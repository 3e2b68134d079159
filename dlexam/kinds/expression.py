"""Expressions: SymPy values, or a vector of them. An answer in any equivalent form is right.

A student's text never reaches `sympify`: our own grammar reads it and SymPy's constructors build it,
with powers bounded. Two expressions are the same when they agree at fixed points, which settles every
family of the bank without simplifying anything.
"""

from __future__ import annotations

import cmath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

import sympy

from dlexam.kinds.grammar import evaluate, parse
from dlexam.kinds.number import Slip
from dlexam.kinds.reading import AnswerError, normalise, shown

FUNCTIONS: dict[str, Any] = {
    "sqrt": sympy.sqrt,
    "exp": sympy.exp,
    "ln": sympy.log,
    "log": sympy.log,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "relu": lambda x: sympy.Max(x, 0),
    "abs": sympy.Abs,
    "sign": sympy.sign,
    "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
    "arctan": sympy.atan,
    "atan": sympy.atan,
}
CONSTANTS = {"e": sympy.E, "pi": sympy.pi, "inf": sympy.oo, "nan": sympy.nan}
POINTS = (0.3173, 0.7391, 1.2345, 1.9193, 0.1171, 2.6457, -0.4142, -1.3717)
NUMERIC: dict[str, Any] = {
    "exp": cmath.exp,
    "log": cmath.log,
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tan": cmath.tan,
    "sinh": cmath.sinh,
    "cosh": cmath.cosh,
    "tanh": cmath.tanh,
    "atan": cmath.atan,
    "Abs": abs,
}


def power(base: Any, exponent: Any) -> Any:
    """A bounded power: a tower of numbers is refused, not computed."""
    if base.is_number and exponent.is_number:
        size = abs(complex(exponent.evalf(5)))
        if not size < 200 or (abs(complex(base.evalf(5))) > 1e12 and size > 8):
            msg = "This power is too large to compute. Write it smaller."
            raise AnswerError(msg)
    elif exponent.is_number and not abs(complex(exponent.evalf(5))) < 200:
        msg = "This power is too large. Write it smaller."
        raise AnswerError(msg)
    return base**exponent


def number(text: str) -> Any:
    """A literal as an exact rational."""
    if len(text) > 40 or re.search(r"[eE][+-]?\d{3}", text):
        msg = f"'{shown(text)}' has too many digits. Round it."
        raise AnswerError(msg)
    return sympy.Rational(text)


def expression(text: str, names: frozenset[str] = frozenset("xyzu")) -> Any:
    """A SymPy expression from text in the given names. Raises AnswerError."""
    symbols = {n: sympy.Symbol(n) for n in names}
    tree = parse(re.sub(r"^\s*[A-Za-z]'?(\([a-z]\))?\s*=", "", text), names)
    try:
        return evaluate(tree, number, {**CONSTANTS, **symbols}, FUNCTIONS, power)
    except (ArithmeticError, ValueError, TypeError):
        msg = f"'{shown(text)}' has no value. Check the formula."
        raise AnswerError(msg) from None


def value_at(value: Any, point: dict[str, float]) -> complex:
    """The value of an expression at a point, by walking its tree."""
    if value.is_Symbol:
        return point[value.name]
    if value.is_Number or value.is_NumberSymbol:
        return complex(float(value))
    parts = [value_at(part, point) for part in value.args]
    if value.is_Add:
        return sum(parts, 0j)
    if value.is_Mul:
        product = 1 + 0j
        for part in parts:
            product *= part
        return product
    if value.is_Pow:
        return parts[0] ** parts[1]
    if value.func.__name__ in NUMERIC:
        return complex(NUMERIC[value.func.__name__](parts[0]))
    return complex(value.evalf(subs=point))


def points(names: frozenset[str]) -> Iterator[dict[str, float]]:
    """Fixed points, the same for everybody."""
    for shift in range(len(POINTS)):
        ordered = sorted(names)
        yield {n: POINTS[(shift + 3 * i) % len(POINTS)] for i, n in enumerate(ordered)}


def agree(a: Any, b: Any, names: frozenset[str]) -> bool:
    """Whether two expressions have the same value at every fixed point where both have one."""
    compared = 0
    for point in points(names):
        try:
            left, right = value_at(a, point), value_at(b, point)
        except (ArithmeticError, ValueError, TypeError, KeyError):
            continue
        if cmath.isfinite(left) != cmath.isfinite(right):
            return False
        if not cmath.isfinite(left):
            continue
        if abs(left - right) > 1e-8 * max(1.0, abs(left), abs(right)):
            return False
        compared += 1
    return compared >= 3


def parts_of(value: Any) -> tuple[Any, ...]:
    """The components of a vector of expressions, or the one expression."""
    if isinstance(value, tuple | list):
        return tuple(map(sympy.sympify, value))
    return tuple(value) if isinstance(value, sympy.MatrixBase) else (sympy.sympify(value),)


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression in the names, or a vector of `size` of them."""

    names: frozenset[str]
    size: int = 1

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
        return f"an expression in {', '.join(sorted(self.names))}"

    def tex(self, value: Any) -> str:
        """As TeX."""
        lines = [sympy.latex(p, ln_notation=True) for p in parts_of(value)]
        return lines[0] if self.size == 1 else r"\left(" + r",\; ".join(lines) + r"\right)"

    def text(self, value: Any) -> str:
        """As text that can be typed back."""
        lines = [str(p) for p in parts_of(value)]
        return lines[0] if self.size == 1 else "[" + ", ".join(lines) + "]"

    def is_exact(self, value: Any) -> bool:
        """Expressions are exact."""
        return True

    def json(self, value: Any) -> Any:
        """As text, or a list of texts."""
        lines = [str(p) for p in parts_of(value)]
        return lines[0] if self.size == 1 else lines

    def read(self, text: str) -> Any:
        """The expression that a person wrote. Raises AnswerError."""
        if self.size == 1:
            return expression(text, self.names)
        inner = normalise(text)
        if inner[:1] in "[(" and inner[-1:] in "])":
            inner = inner[1:-1]
        parts = [p for p in re.split(r"[;,\n]", inner) if p.strip()]
        return tuple(expression(part, self.names) for part in parts)

    def rounded(self, value: Any) -> Any:
        """Expressions are exact."""
        return value

    def half(self, value: Any) -> float:
        """Expressions are exact."""
        return 0.0

    def distance(self, a: Any, b: Any) -> Any:
        """Expressions are equivalent or not."""
        return self.gap(a, b)

    def gap(self, a: Any, b: Any) -> float:
        """Expressions are equivalent or not."""
        left, right = parts_of(a), parts_of(b)
        same = len(left) == len(right) and all(
            x == y or agree(x, y, self.names) for x, y in zip(left, right, strict=True)
        )
        return 0.0 if same else inf

    def slips(self, value: Any, text: str) -> Iterator[Slip]:
        """The sign of the whole."""
        parts = tuple(-p for p in parts_of(value))
        if any(parts):
            yield Slip("sign", parts[0] if self.size == 1 else parts, "Right form, wrong sign.")
