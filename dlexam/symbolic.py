"""Small pieces of calculus for question files: derivatives by the rules of the course, and values at a place.

SymPy's `diff`, `subs` and `lambdify` do far more than a drawn function needs, and are slow at it.

>>> from sympy.abc import x, y
>>> slope(x**2 * y + x, x)
2*x*y + 1
>>> at(slopes(x**2 * y, (x, y)), [3, 2])
array([12,  9])
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import sympy
from sympy import Add, Integer, Mul, exp

from dlexam.kinds.expression import value_at


@lru_cache(maxsize=4096)
def slope(f: Any, letter: Any, broken: str = "") -> Any:
    """The derivative by a letter; `broken` names a rule that is not kept: power, product, inner or linear.

    Of the chain rule, "inner" forgets all inner derivatives, "linear" those that are a number.

    >>> from sympy.abc import x
    >>> slope((3 * x + 1) ** 2, x), slope((3 * x + 1) ** 2, x, broken="inner")
    (18*x + 6, 6*x + 2)
    """
    if f.is_Atom:
        return Integer(int(f == letter))
    if f.is_Add:
        return Add(*(slope(term, letter, broken) for term in f.args))
    if f.is_Mul:
        return factors_apart(f, letter) if broken == "product" else by_product_rule(f, letter, broken)
    if len(f.args) > 1 and not (f.is_Pow and letter not in f.exp.free_symbols):
        return f.diff(letter)
    inner = f.base if f.is_Pow else f.args[0]
    if is_sigmoid(f):
        inner = -(f.base - 1).args[0]
        outer = f / (1 + exp(inner))
    elif f.is_Pow:
        outer = f.exp * f.base ** (f.exp - (0 if broken == "power" and f.exp > 1 else 1))
    else:
        outer = f.fdiff()
    inside = slope(inner, letter, broken)
    forgotten = broken == "inner" or (broken == "linear" and inside.is_number)
    return outer if forgotten and inside != 0 else outer * inside


def is_sigmoid(f: Any) -> bool:
    """Whether an expression is one over one plus a power of e."""
    return bool(f.is_Pow and f.exp == -1 and f.base.is_Add and (f.base - 1).func is exp)


def by_product_rule(f: Any, letter: Any, broken: str) -> Any:
    """The sum of the products in which one factor is differentiated."""
    moved = ((i, slope(factor, letter, broken)) for i, factor in enumerate(f.args))
    return Add(*(Mul(*f.args[:i], factor, *f.args[i + 1 :]) for i, factor in moved if factor != 0))


def factors_apart(f: Any, letter: Any) -> Any:
    """Each factor differentiated by itself, as if there were no product and quotient rules."""
    constant, rest = f.as_independent(letter)
    parts = Mul.make_args(rest)
    below = [part for part in parts if part.is_Pow and part.exp.is_negative and len(parts) > 1]
    above = [slope(part, letter, "product") for part in parts if part not in below]
    return constant * Mul(*above) / Mul(*(slope(1 / part, letter, "product") for part in below))


def slopes(f: Any, letters: Iterable[Any]) -> tuple[Any, ...]:
    """The derivatives by each letter, the gradient; for a tuple of functions a row for each."""
    letters = tuple(letters)
    rows = isinstance(f, tuple | list)
    return tuple(slopes(part, letters) for part in f) if rows else tuple(slope(f, v) for v in letters)


def letters_of(point: Any) -> tuple[Any, ...]:
    """The letters x, y, z, as many as a point has coordinates."""
    return tuple(sympy.symbols("x y z"))[: np.size(point)]


def at(f: Any, place: Any) -> Any:
    """The value of an expression, or an array for (nested) tuples of them.

    The place is x, the vector (x, y, z), or a mapping from names. Whole values at whole places are ints.
    """
    point = place if isinstance(place, Mapping) else dict(zip("xyz", np.ravel(place).tolist(), strict=False))
    made = np.array(values(f, point))
    if all(isinstance(v, int | np.integer) for v in point.values()):
        made = tidy(made)
    return made if made.ndim else made.item()


def values(f: Any, point: Mapping[str, float]) -> Any:
    """The real values of an expression, or of (nested) tuples of them."""
    if isinstance(f, tuple | list):
        return [values(part, point) for part in f]
    value = complex(value_at(f, dict(point)))
    if value.imag:
        raise ValueError(f"{f} has no real value there")
    return value.real


def tidy(entries: Any) -> np.ndarray[Any, Any]:
    """An array, of ints if all entries are whole."""
    made = np.asarray(entries, dtype=float)
    return made.round().astype(int) if abs(made - made.round()).max() < 1e-9 else made


def written(f: Any) -> str:
    """As TeX, with ln for the natural logarithm; a table of expressions as a matrix."""
    if isinstance(f, tuple | list) and isinstance(f[0], tuple | list):
        f = sympy.Matrix(f)
    return str(sympy.latex(f, ln_notation=True))
