r"""Minima and maxima of one variable

<story>

$$f(x) = <f>$$

Find the stationary point $x^*$ of $f$ (<which>), the second derivative $f''(x^*)$ there, and say whether $f$ has a minimum, a maximum or an inflection at $x^*$.
"""

from sympy import Poly, Rational, Symbol, diff, exp, lambdify, log, real_roots

from dlexam import one_of, step
from dlexam.figures import curve

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
        return random.choice([sign * (x**3 + p * x**2 - b * x), sign * (a * x**3 - b * x**2 - x + c), sign * (Rational(a, 4) * x**4 - b * x), sign * (x**3 / 3 + q * x**2 - a * x)])
    return random.choice(
        [
            *(sign * a * x * exp(-x / b) + c, sign * x**2 * exp(-a * x / 2) - c, b * x - (a + b) * log(x) + c, sign * x * log(x / a) + c, exp(a * x / 2) - b * x + c, sign * x**2 * log(x / b)),
            *(c + sign * b * log(x) / x**a, a * x + Rational(b) / x + c, sign * (x + a) * exp(-x / b) + c, sign * (x**2 + a * x) * exp(x / b), x**2 / a - b * log(x) + c),
        ]
    )


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
def slope(f):
    """A stationary point is a zero of the derivative."""
    return diff(f, x)


def largest_zero(g):
    """The largest real zero of an expression; exactly for polynomials, else by bisection between -20 and 20."""
    if g.is_polynomial(x):
        zeros = real_roots(Poly(g, x)) if g.has(x) else []
        if not zeros:
            raise ValueError("f has no stationary point")
        return int(zeros[-1]) if zeros[-1].is_Integer else float(zeros[-1])
    value = lambdify(x, g, "math")
    right = None
    for i in range(2001, -2001, -1):
        place = i / 100 + 0.003
        here = value(place) if place > 0 or not g.has(log) else None
        if here is None:
            break
        if right is not None and here * right < 0:
            return bisected(value, place, place + 0.01)
        right = here
    raise ValueError("f has no stationary point between -20 and 20")


def bisected(value, low, high):
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if value(low) * value(middle) <= 0 else (middle, high)
    return round(middle, 14)


@step(symbol="x^*", marks=2, tex=r"\text{zero of } <slope>")
def stationary(slope):
    """Solve $f'(x) = 0$; <which>."""
    return largest_zero(slope)


@step(symbol="f''(x)", tex=r"\frac{\mathrm{d}}{\mathrm{d} x}\left[<slope>\right]")
def bend(slope):
    """Differentiate a second time."""
    return diff(slope, x)


@step(symbol="f''(x^*)", marks=2, tex=r"\left[<bend>\right]_{x \,=\, <stationary>}")
def second_derivative(bend, stationary):
    """Put the stationary point in."""
    value = bend.subs(x, stationary)
    return int(value) if value.is_Integer else float(value)


@second_derivative.mistake()
def value_taken(f, stationary):
    """This is the value $f(x^*)$; the second derivative at $x^*$ is asked."""
    value = f.subs(x, stationary)
    return int(value) if value.is_Integer else float(value)


@step(symbol=r"\text{kind}", marks=1, options=("minimum", "maximum", "inflection"))
def kind(second_derivative, slope, stationary):
    """Positive: the curve bends upwards, a minimum. Negative: a maximum. If it is zero, look whether $f'$ changes its sign there; if it does not, it is an inflection."""
    if abs(second_derivative) > 1e-9:
        return "minimum" if second_derivative > 0 else "maximum"
    before, after = slope.subs(x, stationary - 0.01), slope.subs(x, stationary + 0.01)
    return "inflection" if before * after > 0 else "minimum" if after > 0 else "maximum"


@kind.working
def drawn(f, stationary):
    left = max(stationary - 1.5, stationary / 4) if f.has(log) else stationary - 1.5
    return curve(lambdify(x, f, "math"), (left, stationary + 1.5), [(stationary, "x*")])


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
