r"""Chain rule

<story>

$$f(u) = <outer>, \qquad g(x) = <inner>$$

Differentiate the composite function $h(x) = f(g(x))$: give $f'(u)$ as an expression in $u$, $g'(x)$ as one in $x$, and $h'(x)$
as an expression in $x$ alone. Any equivalent form is right.
"""

from sympy import Rational, Symbol, cos, diff, exp, log, sin, sqrt, tanh

from dlexam import one_of, step

about = dict(minutes=5, tags=["chain rule", "derivatives"])

u, x = Symbol("u"), Symbol("x")


def draw_outer(random, level):
    a, b, n = random.randint(2, 6), random.randint(1, 6), random.randint(2, 4)
    if level == 1:
        return random.choice([u**n, a * u**n, u**2 + a * u, u**3 - b * u, b - a * u**2])
    if level == 2:
        return random.choice([a * exp(u), exp(-a * u), a * log(u), a * sin(u), cos(a * u), a * sqrt(u), a / u, a * tanh(u), u**n + exp(u)])
    return random.choice(
        [u * exp(-a * u), log(1 + exp(a * u)), a / (1 + exp(-u)), u**n * log(u), sqrt(u**2 + b), exp(-(u**2) / a), tanh(u) ** n, sin(u) / u]
    )


def draw_inner(random, level, outer):
    a, b, n = random.randint(2, 6), random.randint(1, 6), random.randint(2, 3)
    if level == 1:
        return random.choice([a * x + b, a * x - b, b - a * x, x**2 + b, a * x**2 - b, x**2 + a * x])
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
    return diff(outer, u)


@step(symbol="g'(x)", marks=1, tex=r"\frac{\mathrm{d}}{\mathrm{d} x}\left[<inner>\right]")
def inner_derivative(inner):
    """Differentiate the inner function by $x$."""
    return diff(inner, x)


@step(symbol="h'(x)", marks=2, tex=r"\left[<outer_derivative>\right]_{u \,=\, <inner>} \cdot \left[<inner_derivative>\right]")
def derivative(outer_derivative, inner_derivative, inner):
    r"""Take the outer derivative at $u = g(x)$, and multiply it by the inner derivative: $h'(x) = f'(g(x))\, g'(x)$."""
    return outer_derivative.xreplace({u: inner}) * inner_derivative


@derivative.mistake()
def inner_derivative_forgotten(outer_derivative, inner):
    """You stopped at $f'(g(x))$; multiply it by the inner derivative $g'(x)$."""
    return outer_derivative.xreplace({u: inner})


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
