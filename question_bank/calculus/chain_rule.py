r"""Chain rule

<story>

$$f(u) = <outer>, \qquad g(x) = <inner>$$

Differentiate the composite function $h(x) = f(g(x))$: give $f'(u)$ as an expression in $u$, $g'(x)$ as one in $x$, and $h'(x)$
as an expression in $x$ alone. Any equivalent form is right.
"""

from sympy import Rational, Symbol, cos, exp, log, sin, sqrt, tanh

from dlexam import one_of, step
from dlexam.symbolic import slope

about = dict(minutes=5, tags=["chain rule", "derivatives"])

u, x = Symbol("u"), Symbol("x")


def draw_outer(random, level):
    a, b, n = random.randint(2, 6), random.randint(1, 6), random.randint(2, 4)
    if level == 1:
        return random.choice(
            [
                lambda: u ** n, lambda: a * u ** n, lambda: u ** 2 + a * u, lambda: u ** 3 - b * u,
                lambda: b - a * u ** 2,
            ]
        )()
    if level == 2:
        return random.choice(
            [
                lambda: a * exp(u), lambda: exp(-a * u), lambda: a * log(u), lambda: a * sin(u),
                lambda: cos(a * u), lambda: a * sqrt(u), lambda: a / u, lambda: a * tanh(u),
                lambda: u ** n + exp(u),
            ]
        )()
    return random.choice(
        [
            lambda: u * exp(-a * u), lambda: log(1 + exp(a * u)), lambda: a / (1 + exp(-u)),
            lambda: u ** n * log(u), lambda: sqrt(u ** 2 + b), lambda: exp(-u ** 2 / a),
            lambda: tanh(u) ** n, lambda: sin(u) / u,
        ]
    )()


def draw_inner(random, level, outer):
    a, b, n = random.randint(2, 6), random.randint(1, 6), random.randint(2, 3)
    if level == 1:
        return random.choice(
            [
                lambda: a * x + b, lambda: a * x - b, lambda: b - a * x, lambda: x ** 2 + b,
                lambda: a * x ** 2 - b, lambda: x ** 2 + a * x,
            ]
        )()
    positive = [x**2 + b, a * x**2 + b, x**2 + a * x + Rational(a * a, 4) + b, exp(a * x) + b, x**4 + b]
    if outer.has(log, sqrt(u), 1 / u):
        return random.choice(positive)
    if level == 2:
        return random.choice([a * x - b, x**2 - a * x, b - x**n, *positive])
    return random.choice([x * exp(-a * x), x**n * exp(x), x * sin(a * x), (a * x - b) / (x**2 + 1), x**2 * log(x) + b, *positive])


given = dict(outer=draw_outer, inner=draw_inner)

words = dict(
    story=one_of(
        "Two functions are given.",
        "A machine computes $u = g(x)$ and hands the result on to a second one, which computes $f(u)$.",
        "Backpropagation is the chain rule, applied layer after layer. Here are two layers with one number each, $u = g(x)$ and then $f(u)$.",
    )
)


@step(symbol="f'(u)", marks=1, tex=r"\frac{\mathrm{d}}{\mathrm{d} u}\left[<outer>\right]")
def outer_derivative(outer):
    """Differentiate the outer function by its own variable $u$, as if $u$ were a plain letter."""
    return slope(outer, u)


@step(symbol="g'(x)", marks=1, tex=r"\frac{\mathrm{d}}{\mathrm{d} x}\left[<inner>\right]")
def inner_derivative(inner):
    """Differentiate the inner function by $x$."""
    return slope(inner, x)


@step(symbol="f'(g(x))", tex=r"\left[<outer_derivative>\right]_{u \,=\, <inner>}")
def outer_inside(outer_derivative, inner):
    """Take the outer derivative where the outer function is taken, at $u = g(x)$."""
    return outer_derivative.xreplace({u: inner})


@step(symbol="h'(x)", marks=2, tex=r"f'(g(x)) \cdot g'(x)")
def derivative(outer_inside, inner_derivative):
    """The chain rule multiplies it by the inner derivative."""
    return outer_inside * inner_derivative


@derivative.mistake()
def inner_derivative_forgotten(outer_inside):
    """You stopped at $f'(g(x))$; multiply it by the inner derivative $g'(x)$."""
    return outer_inside


@derivative.mistake()
def outer_derivative_at_x(outer_derivative, inner_derivative):
    """You took the outer derivative at $x$; it belongs at $u = g(x)$, so put the inner function in place of $u$."""
    return outer_derivative.xreplace({u: x}) * inner_derivative


@derivative.mistake()
def inner_derivative_put_inside(outer_derivative, inner_derivative):
    """You put $g'(x)$ into $f'$; the outer derivative is taken at $g(x)$, and $g'(x)$ is a factor beside it."""
    return outer_derivative.xreplace({u: inner_derivative})


@derivative.mistake(keeps=0.5)
def u_left_in(outer_derivative, inner_derivative):
    """Right product, but $u$ is still in it; put $u = g(x)$ back in, so that only $x$ is left."""
    return outer_derivative * inner_derivative


pytorch = """
from sympy import *

u, x = symbols("u x")
outer, inner = <outer>, <inner>
outer_derivative = diff(outer, u)
inner_derivative = diff(inner, x)
derivative = diff(outer.subs(u, inner), x)  # SymPy differentiates the composite function as a whole
"""
