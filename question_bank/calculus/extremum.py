r"""Minima and maxima of one variable

<story>

$$f(x) = <f>$$

Find the stationary point $x^*$ of $f$ (<which>), the second derivative $f''(x^*)$ there, and say whether $f$ has a minimum, a maximum or an inflection at $x^*$.
"""

from functools import partial
from math import prod

import numpy as np
from sympy import Poly, Pow, Rational, Symbol, exp, log

from dlexam import one_of, step
from dlexam.figures import curve
from dlexam.symbolic import at, slope

about = dict(minutes=6, tags=["extrema", "second derivative"], decimals=3)

x = Symbol("x")


def draw_f(random, level):
    a, b, c = random.randint(1, 4), random.randint(2, 5), random.randint(-9, 9)
    p, q = random.sample(range(-4, 5), 2)
    sign = random.choice([-1, 1])
    if level == 1:  # f' is a multiple of (x - p)(x - q), or of (x - p)^2
        if random.random() < 0.2:
            return a * sign * (x**3 - 3 * p * x**2 + 3 * p**2 * x) + c
        f = 2 * x**3 - 3 * (p + q) * x**2 + 6 * p * q * x
        return sign * (f / 2 if (p + q) % 2 == 0 else f).expand() + c
    if level == 2:
        return random.choice(
            [
                lambda: sign * (x ** 3 + p * x ** 2 - b * x),
                lambda: sign * (a * x ** 3 - b * x ** 2 - x + c),
                lambda: sign * (Rational(a, 4) * x ** 4 - b * x),
                lambda: sign * (x ** 3 / 3 + q * x ** 2 - a * x),
            ]
        )()
    return random.choice(
        [
            lambda: sign * a * x * exp(-x / b) + c, lambda: sign * x ** 2 * exp(-a * x / 2) - c,
            lambda: b * x - (a + b) * log(x) + c, lambda: sign * x * log(x / a) + c,
            lambda: exp(a * x / 2) - b * x + c, lambda: sign * x ** 2 * log(x / b),
            lambda: c + sign * b * log(x) / x ** a, lambda: a * x + Rational(b) / x + c,
            lambda: sign * (x + a) * exp(-x / b) + c, lambda: sign * (x ** 2 + a * x) * exp(x / b),
            lambda: x ** 2 / a - b * log(x) + c,
        ]
    )()


given = dict(f=draw_f)

words = dict(
    which="if there are several, the one with the largest $x$",
    story=one_of(
        "A function of one variable is given.",
        "A loss that depends on a single weight $x$ is given.",
        "Setting the derivative to zero finds the candidates; the second derivative tells them apart.",
    ),
)


@step(symbol="f'(x)", tex=r"\frac{\mathrm{d}}{\mathrm{d} x}\left[<f>\right]")
def first(f):
    """A stationary point is a zero of the derivative."""
    return slope(f, x)


def largest_zero(g):
    """The largest real zero of an expression; exactly if it is whole and the expression a polynomial, else by bisection between 0 or -20 and 20."""
    if g.is_polynomial(x):
        zeros = np.roots([float(c) for c in Poly(g, x).all_coeffs()])
        zeros = zeros.real[abs(zeros.imag) < 1e-4]
        if not zeros.size:
            raise ValueError("f has no stationary point")
        largest = float(zeros.max())
        return round(largest) if at(g, round(largest)) == 0 and abs(largest - round(largest)) < 1e-4 else largest
    low, high = (0.0 if g.has(log) else -20.0) + 0.003, 20.003
    for parts in (4000, 100, 100, 100, 100, 100, 100):  # the last change of sign, closer and closer
        places = np.linspace(low, high, parts + 1)
        with np.errstate(all="ignore"):
            signs = np.sign(sampled(g, places))
        changes = np.flatnonzero(signs[:-1] != signs[1:])
        if not changes.size:
            raise ValueError("f has no stationary point between -20 and 20")
        low, high = places[changes[-1]], places[changes[-1] + 1]
    return round(float(low + high) / 2, 12)


NUMPY = {"Abs": "abs", "atan": "arctan"}


def sampled(g, places):
    """The values of an expression at many places at once."""
    if g.is_Atom:
        return places if g.is_Symbol else float(g)
    parts = [sampled(part, places) for part in g.args]
    if g.is_Add or g.is_Mul:
        return sum(parts) if g.is_Add else prod(parts)
    return parts[0] ** parts[1] if g.is_Pow else getattr(np, NUMPY.get(g.func.__name__, g.func.__name__))(*parts)


@step(symbol="x^*", marks=2, tex=r"\text{zero of } <first>")
def stationary(first):
    """Solve $f'(x) = 0$; <which>."""
    return largest_zero(first)


@step(symbol="f''(x)", tex=r"\frac{\mathrm{d}}{\mathrm{d} x}\left[<first>\right]")
def second(first):
    """Differentiate a second time."""
    return slope(first, x)


@step(symbol="f''(x^*)", marks=2, tex=r"\left[<second>\right]_{x \,=\, <stationary>}")
def second_derivative(second, stationary):
    """Put the stationary point in, not rounded."""
    return at(second, stationary)


@second_derivative.mistake()
def value_taken(f, stationary):
    """This is the value $f(x^*)$; the second derivative at $x^*$ is asked."""
    return at(f, stationary)


@step(symbol=r"\text{kind}", marks=1, options=("minimum", "maximum", "inflection"))
def kind(second_derivative, first, stationary):
    """Positive: the curve bends upwards, a minimum. Negative: a maximum. If it is zero, look whether $f'$ changes its sign there; if it does not, it is an inflection."""
    if abs(second_derivative) > 1e-9:
        return "minimum" if second_derivative > 0 else "maximum"
    before, after = at(first, stationary - 0.01), at(first, stationary + 0.01)
    return "inflection" if before * after > 0 else "minimum" if after > 0 else "maximum"


@kind.working
def drawn(f, stationary):
    pole_at_zero = f.has(log) or any(power.base == x and power.exp < 0 for power in f.atoms(Pow))
    left = max(stationary - 1.5, stationary / 4) if pole_at_zero else stationary - 1.5
    return curve(partial(at, f), (left, stationary + 1.5), [(stationary, "x*")])


@kind.mistake(when=lambda second_derivative: abs(second_derivative) > 1e-9)
def sign_test_reversed(second_derivative):
    """You turned the test round: where the second derivative is positive, the curve bends *up*, so that the point lies at the bottom."""
    return "maximum" if second_derivative > 0 else "minimum"


pytorch = """
from sympy import *

x = symbols("x", real=True)
f = <f>
place = max(solve(diff(f, x), x), key=N)
stationary = float(place)
second_derivative = float(diff(f, x, 2).subs(x, place))
here, near = f.subs(x, place), [N(f.subs(x, place + h)) for h in (-0.001, 0.001)]
kind = "minimum" if min(near) > here else "maximum" if max(near) < here else "inflection"
"""
