"""Expressions from text: our own grammar reads them and SymPy's constructors build them, bounded.

A student's text never reaches `sympify`.
"""

from __future__ import annotations

import re
from typing import Any

import sympy

from dlexam.kinds.commas import DIGITS, pointed
from dlexam.kinds.grammar import parse
from dlexam.kinds.reading import AnswerError, normalise, shown
from dlexam.kinds.tree import evaluate
from dlexam.phrase import say

FUNCTIONS: dict[str, Any] = {
    **{name: getattr(sympy, name) for name in "sqrt cbrt exp log sin cos tan cot sec csc".split()},
    **{name: getattr(sympy, name) for name in "sinh cosh tanh sech asin acos atan sign".split()},
    "ln": sympy.log,
    "lb": lambda x: sympy.log(x, 2),
    "lg": lambda x: sympy.log(x, 10),
    "arcsin": sympy.asin,
    "arccos": sympy.acos,
    "arctan": sympy.atan,
    "abs": sympy.Abs,
    "max": sympy.Max,
    "min": sympy.Min,
    "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "relu": lambda x: sympy.Max(x, 0),
    "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
}
CONSTANTS = {"e": sympy.E, "pi": sympy.pi, "inf": sympy.oo, "nan": sympy.nan}
LABEL = re.compile(r"^\s*(?:lambda\s+\w+\s*:|[^\W\d][\w'^/{}∂]*(?:\([a-z, ]*\))?\s*=(?!=)|∂[\w/∂]*\s*=|=)")
MOST_DIGITS = 400
LARGEST_POWER = 200


def power(base: Any, exponent: Any) -> Any:
    """A bounded power: a tower of numbers is refused, not computed."""
    if exponent.is_number:
        size = abs(complex(exponent.evalf(5)))
        digits = len(str(base.p)) + len(str(base.q)) if base.is_Rational else 0
        if not size < LARGEST_POWER or (exponent.is_Rational and size * digits > MOST_DIGITS):
            msg = say("This power is too large to compute. Write it smaller.")
            raise AnswerError(msg)
    return base**exponent


def number(text: str) -> Any:
    """A literal as an exact rational."""
    if len(text) > 40 or re.search(r"[eE][+-]?[0-9]{3}", text):
        msg = say("'%(seen)s' has too many digits. Round it.", seen=shown(text))
        raise AnswerError(msg)
    return sympy.Rational(text)


def expression(text: str, names: frozenset[str] = frozenset("xyzu")) -> Any:
    """A SymPy expression from text in the given names. Raises AnswerError."""
    clean = DIGITS.sub(lambda m: pointed(m[0]), LABEL.sub("", normalise(text), count=1))
    tree = parse(clean, names)
    symbols = {n: sympy.Symbol(n) for n in names}
    try:
        value = evaluate(tree, number, {**CONSTANTS, **symbols}, FUNCTIONS, power)
    except (ArithmeticError, ValueError, TypeError):
        msg = say("'%(seen)s' has no value. Check the formula.", seen=shown(text))
        raise AnswerError(msg) from None
    if any(abs(x.p) > 10**MOST_DIGITS or x.q > 10**MOST_DIGITS for x in value.atoms(sympy.Rational)):
        msg = say("'%(seen)s' has numbers that are too large. Write them smaller.", seen=shown(text))
        raise AnswerError(msg)
    return value
