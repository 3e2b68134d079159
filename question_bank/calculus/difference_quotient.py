r"""Derivative as a limit: difference quotients

The derivative of a function at $a$ is the limit of its difference quotients. <story>

$$f(x) = <f>, \qquad a = <a>, \qquad h = <h>$$

Compute the forward difference quotient, which uses $f(a)$ and $f(a + h)$, the central one, which uses $f(a - h)$ and $f(a + h)$,
and the exact derivative $f'(a)$. Round only your final answers.<note>
"""

from functools import partial

from sympy import Symbol, cos, exp, log, sin, sqrt, tanh

from dlexam import by_level, grid, integers, one_of, step
from dlexam.figures import curve
from dlexam.symbolic import at, slope, written

about = dict(minutes=6, tags=["derivatives", "finite differences", "gradient check"], decimals=3)

x = Symbol("x")


def draw_f(random, level):
    a, b, c = random.randint(2, 5), random.randint(1, 6), random.randint(1, 9)
    if level == 1:
        return random.choice([a * x**2 + b * x, a * x**2 - b * x + c, x**3 - b * x, x**3 + c, a * x**2 - c, b * x - a * x**2])
    if level == 2:
        return random.choice([x**3 - a * x**2 + b, x**4 - c * x, a / x + b * x, a * sqrt(x) + x**2, x**3 + b * x**2, a / (x + c) - x**2])
    return random.choice([x * exp(-x / a), log(x**2 + b) * a, a * tanh(x / b) + x**3, a * sin(b * x), x**2 * cos(a * x), a * x * log(x), 5 / (1 + exp(-a * x)), exp(x / a) - b * x**3])


given = dict(
    f=draw_f,
    a=by_level(integers(1, 5), one_of(1, 2, 3, 4), grid(0.2, 1.6, by=0.1, but_not=[1])),
    h=by_level(one_of(0.5, 0.1), one_of(0.1, 0.2), one_of(0.1, 0.05)),
)

words = dict(
    note=lambda f: " Angles are in radians." if f.has(sin, cos) else r" ($\ln$ is the natural logarithm.)" if f.has(log) else "",
    story=one_of(
        "See how close two of them come.",
        "A gradient check compares it with a quotient of small differences.",
        "A program that cannot differentiate symbolically can still approximate it.",
    )
)


def figure(f, a, h):
    return curve(partial(at, f), (max(a - 1.2, a / 4), a + 1.2), [a - h, (a, "a"), a + h], caption="The function at a − h, a and a + h.")


@step(symbol="f(a)", decimals=6, tex=r"\left[<f>\right]_{x \,=\, <a>}")
def f_here(f, a):
    """Three values of the function are needed: here,"""
    return at(f, a)


@step(symbol="f(a + h)", decimals=6, tex=r"\left[<f>\right]_{x \,=\, <a> + <h>}")
def f_right(f, a, h):
    """one step to the right,"""
    return at(f, a + h)


@step(symbol="f(a - h)", decimals=6, tex=r"\left[<f>\right]_{x \,=\, <a> - <h>}")
def f_left(f, a, h):
    """and one step to the left."""
    return at(f, a - h)


@step(symbol=r"D_{\text{forward}}", marks=2)
def forward(f_right, f_here, h):
    """The slope of the line through the points at $a$ and $a + h$."""
    return (f_right - f_here) / h


@forward.mistake()
def not_divided_by_h(f_right, f_here):
    """This is only the difference of the values; a slope is this difference divided by the width $h$."""
    return f_right - f_here


@forward.mistake(keeps=0.5)
def backward_taken(f_here, f_left, h):
    """This is the *backward* quotient, from $a - h$ to $a$; the forward one goes from $a$ to $a + h$."""
    return (f_here - f_left) / h


@step(symbol=r"D_{\text{central}}", marks=2)
def central(f_right, f_left, h):
    """The slope of the line through the points on both sides; they are $2h$ apart."""
    return (f_right - f_left) / (2 * h)


@central.mistake(keeps=0.5)
def central_divided_by_h(f_right, f_left, h):
    """From $a - h$ to $a + h$ the width is $2h$, not $h$."""
    return (f_right - f_left) / h


@step(symbol="f'(a)", marks=1, tex=r"\frac{\mathrm{d}}{\mathrm{d} x}\left[<f>\right]_{x \,=\, <a>}")
def exact(f, a):
    """Differentiate, then put $a$ in. The central quotient usually comes closer, since its error shrinks with $h^2$."""
    return at(slope(f, x), a)


@exact.working
def derivative(f):
    return f"$f'(x) = {written(slope(f, x))}$"


@exact.mistake()
def value_not_slope(f, a):
    """This is the value $f(a)$; the slope is $f'(a)$: differentiate first, then put $a$ in."""
    return at(f, a)


pytorch = """
import torch
from torch import cos, exp, log, sin, sqrt, tanh

def f(x):
    return <f>

a = torch.tensor(float(<a>), dtype=torch.float64, requires_grad=True)
forward = torch.diff(f(torch.stack([a, a + <h>]))).item() / <h>
central = torch.gradient(f(torch.stack([a - <h>, a, a + <h>])), spacing=<h>)[0][1].item()
exact = torch.autograd.grad(f(a), a)[0]
"""
