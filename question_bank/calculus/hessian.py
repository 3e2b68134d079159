r"""Hessian matrix

<story>

<formula>

Compute the Hessian matrix $H$ of $f$ at $P$, with $H_{ij} = \partial^2 f / \partial x_i \partial x_j$ (the variables in the order <variables>).
"""

import numpy as np
from sympy import exp, log, symbols

from dlexam import array, by_level, integers, one_of, step
from dlexam.symbolic import at, letters_of, slopes, written

about = dict(minutes=7, tags=["hessian", "second derivatives"], decimals=3, symbols=dict(f="f", point="P"))

x, y, z = symbols("x y z")


def draw_f(random, level):
    a, b, c = (random.choice([-4, -3, -2, 2, 3, 4]) for _ in range(3))
    n = random.choice([2, 3])
    if level == 1:
        return random.choice([a * x**2 + b * x * y + c * y**2, x**3 + a * x * y + b * y**2, a * x**2 * y + b * y**n, x * y**2 + a * x**2 + c * x, x**2 * y + b * y**2 - c * x])
    if level == 2:
        return random.choice([a * x**n * y**2 + b * x * y, x**2 * y**3 + c * x**2, exp(x + b * y / 4) + a * x**2 * y, x**2 * exp(y / 2) + c * y**2, a * log(x**2 + 1) + b * x * y**2, a * x**2 / y + b * y**2])
    return random.choice([a * x * y * z + b * x**2 * y - c * z**2, a * x**n * y + b * y * z**2 + c * x**2, x**2 * exp(y / 2) + a * z**2 * x, exp(x + y) + a * x**2 * z + b * y**2, (x + a * y) * (z**2 + b * x)])


given = dict(
    f=draw_f,
    point=lambda level: array(3 if level == 3 else 2, by_level(integers(-3, 3, but_not=[0]), integers(-2, 2, but_not=[0]), integers(-2, 2, but_not=[0]))(level), distinct=True),
)

words = dict(
    letters=lambda point: ", ".join("xyz"[: len(point)]),
    variables=lambda letters: f"${letters}$",
    formula=lambda letters: rf"$$f({letters}) = <f>, \qquad P = <point>$$",
    story=one_of(
        "The curvature of a function is in its second derivatives.",
        "Newton's method needs the second derivatives of a loss of the weights <variables> at the current point $P$.",
        "How is this function bent at the point $P$?",
    ),
)


@step(symbol=r"\nabla f", tex=r"\nabla \left[<f>\right]")
def gradient(f, point):
    """Differentiate once by each variable. Then differentiate each component once more by each variable; the order of the two does not matter, so
    $H$ is symmetric."""
    return slopes(f, letters_of(point))


@gradient.working
def with_letters(gradient, point):
    return rf"$$H = {written(slopes(gradient, letters_of(point)))}$$"


@step(symbol="H(P)", marks=4, tex=r"\left[H\right]_{<point>}")
def hessian(gradient, point):
    """Put the coordinates of the point in."""
    return at(slopes(gradient, letters_of(point)), point)


@hessian.mistake()
def mixed_terms_forgotten(gradient, point):
    r"""You filled only the diagonal; the mixed derivatives $\partial^2 f / \partial x_i \partial x_j$ stand beside it."""
    return np.diag(np.diag(at(slopes(gradient, letters_of(point)), point)))


@hessian.mistake()
def gradient_squared(gradient, point):
    """You multiplied first derivatives with each other; the Hessian differentiates a second time."""
    return np.outer(at(gradient, point), at(gradient, point))


@hessian.mistake()
def coordinates_swapped(gradient, point):
    """You put the coordinates in the wrong way round; the first one is $x$."""
    return at(slopes(gradient, letters_of(point)), point[::-1])


pytorch = """
import torch
from torch import exp, log

def f(p):
    <letters:s> = p
    return <f>

hessian = torch.func.hessian(f)(torch.tensor(<point>, dtype=torch.float64))
"""
