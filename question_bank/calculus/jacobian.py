r"""Jacobian at a point

<story>

<formula>

Compute the Jacobian matrix $J$ of $f$ at $P$. Row $i$ is the gradient of the $i$-th component $f_i$, so that $J_{ij} = \partial f_i / \partial x_j$
(the variables in the order <variables>).
"""

import numpy as np
from sympy import exp, symbols, tanh

from dlexam import array, by_level, integers, one_of, step
from dlexam.symbolic import at, letters_of, slopes, written

about = dict(minutes=7, tags=["jacobian"], decimals=3, symbols=dict(f="f", point="P"))

x, y, z = symbols("x y z")


def draw_f(random, level):
    a, b, c, d = (random.choice([-4, -3, -2, 2, 3, 4]) for _ in range(4))
    n = random.choice([2, 3])
    first = [a * x**2 + b * y, a * x * y, x**n + b * y**2, x**2 * y + a * y]
    second = [c * x + d * y**2, x * y**2 + c * x, d * x**2 - c * x * y, c * y**3 + d * x]
    if level == 1:
        return random.choice(first), random.choice(second)
    if level == 2:
        return random.choice([*first, exp(a * x / 4) * y, a * x / (y**2 + 1)]), random.choice([exp(x * y / 2) + c * x, c * x**2 * y**2 + d * y, tanh(x / 2) + d * x * y, x**3 * y - c * y**2])
    first, second = random.choice([a * x * y + b * z**2, x * exp(y / 2) + a * z, x**2 * y * z + b * x]), random.choice([c * x**2 - y * z, y**n * z + d * x, tanh(x / 4) + c * y * z])
    return random.choice([(first, second, x * z + d * y**2), (first, second, b * x * y * z), (first, second)])


given = dict(
    f=draw_f,
    point=lambda level: array(3 if level == 3 else 2, by_level(integers(-3, 3, but_not=[0]), integers(-2, 2, but_not=[0]), integers(-2, 2, but_not=[0]))(level), distinct=True),
)

words = dict(
    letters=lambda point: ", ".join("xyz"[: len(point)]),
    variables=lambda letters: f"${letters}$",
    formula=lambda letters: rf"$$f({letters}) = <f>, \qquad P = <point>$$",
    story=one_of(
        "A function of several variables has several components.",
        "A layer maps its inputs <variables> to several outputs.",
        "Backpropagation through a layer with several inputs and outputs needs its Jacobian.",
    ),
)


@step(symbol="J(P)", marks=4, tex=r"\left[\frac{\partial f_i}{\partial x_j}\right]_{<point>}")
def jacobian(f, point):
    """Differentiate every component by every variable, one row for each component; then put the point in."""
    return at(slopes(f, letters_of(point)), point)


@jacobian.working
def with_letters(f, point):
    return rf"Before the point is put in:" "\n\n" rf"$$J = {written(slopes(f, letters_of(point)))}$$"


@jacobian.mistake(keeps=0.5, when=lambda f, point: len(f) == len(point))
def transposed(f, point):
    """This is the transpose (the denominator layout of some textbooks); here, row $i$ is the gradient of component $f_i$."""
    return at(slopes(f, letters_of(point)), point).T


@jacobian.mistake()
def coordinates_swapped(f, point):
    """You put the coordinates in the wrong way round; the first one is $x$."""
    return at(slopes(f, letters_of(point)), point[::-1])


@jacobian.mistake()
def diagonal_only(f, point):
    """You differentiated each component by its own variable only; each row holds the derivatives of one component by *all* the variables."""
    return at(slopes(f, letters_of(point)), point) * np.eye(len(f), len(point), dtype=int)


pytorch = """
import torch
from torch import exp, tanh

def f(p):
    <letters:s> = p
    return torch.stack(<f>)

jacobian = torch.func.jacrev(f)(torch.tensor(<point>, dtype=torch.float64))
"""
