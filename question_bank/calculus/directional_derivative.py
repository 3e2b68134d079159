r"""Directional derivative

<story>

<formula>

Give the gradient of $f$ at $P$, and the directional derivative of $f$ at $P$ in the direction of $v$. ($v$ only gives the direction: the derivative is
the slope for each *unit* of length.)
"""

import numpy as np
from sympy import exp, log, symbols

from dlexam import array, by_level, integers, one_of, step
from dlexam.engine import l2_norm
from dlexam.symbolic import at, letters_of, slopes

about = dict(minutes=6, tags=["gradient", "directional derivative"], decimals=3, symbols=dict(f="f", point="P", direction="v"))

x, y, z = symbols("x y z")


def draw_f(random, level):
    a, b, c = (random.choice([-4, -3, -2, 2, 3, 4]) for _ in range(3))
    n = random.choice([2, 3])
    if level == 1:
        return random.choice([a * x**2 + b * x * y, a * x**n + b * y**2, a * x * y + b * y**2 + c * x, x**2 * y + a * y + b * x, x * y**2 + a * x**2])
    if level == 2:
        return random.choice([a * x**n * y + b * y**3 + c * x, x**2 * y**2 + a * x - b * y, exp(x + b * y / 4) + a * x * y, a * log(x**2 + 1) + b * x * y, a * x / (y**2 + 1) + x * y])
    return random.choice([a * x * y * z + b * x**2 - c * z**2, a * x**n * y + b * y * z**2 + c * x, x * exp(y / 2) + a * z**2 * x, a * log(x**2 + y**2 + 1) + b * y * z, (x + a * y) * (z + b * x) + c * y**2])


def draw_direction(random, level):
    """At level 1 the length is whole."""
    if level == 1:
        a, b = random.choice([(3, 4), (4, 3), (6, 8), (8, 6), (5, 12), (12, 5)])
        return np.array([a * random.choice([-1, 1]), b * random.choice([-1, 1])])
    return array(level if level == 3 else 2, integers(-3, 3, but_not=[0]))


given = dict(
    f=draw_f,
    point=lambda level: array(3 if level == 3 else 2, by_level(integers(-3, 3, but_not=[0]), integers(-2, 2, but_not=[0]), integers(-2, 2, but_not=[0]))(level), distinct=True),
    direction=draw_direction,
)

words = dict(
    letters=lambda point: ", ".join("xyz"[: len(point)]),
    variables=lambda letters: f"${letters}$",
    formula=lambda letters: rf"$$f({letters}) = <f>, \qquad P = <point>, \qquad v = <direction>$$",
    story=one_of(
        "You stand at a point $P$ of a landscape and walk in a direction $v$. How steep is the way?",
        "How fast does this function change at $P$ in the direction of $v$?",
        "An update moves the weights <variables> of a loss from $P$ in the direction of $v$. At which rate does the loss change?",
    ),
)


@step(symbol=r"\nabla f", tex=r"\nabla \left[<f>\right]")
def partials(f, point):
    """Differentiate by each variable, …"""
    return slopes(f, letters_of(point))


@step(symbol=r"\nabla f(P)", marks=2, tex=r"\left[<partials>\right]_{<point>}")
def gradient(partials, point):
    """… and put the coordinates of the point in."""
    return at(partials, point)

@gradient.mistake()
def coordinates_swapped(partials, point):
    """You put the coordinates in the wrong way round; the first one is $x$."""
    return at(partials, point[::-1])

@step(symbol=r"\left\lVert v \right\rVert_2", tex=r"\left\lVert <direction> \right\rVert_2")
def length(direction):
    """The direction must be a unit vector, so divide by its length."""
    return float(l2_norm(direction))


@step(symbol="D_v f(P)", marks=2)
def value(gradient, direction, length):
    """The slope is the part of the gradient that points in the direction."""
    return gradient @ direction / length


@value.mistake(keeps=0.5)
def direction_not_normalised(gradient, direction):
    r"""You used $v$ as it is; divide by its length $\lVert v \rVert$, so that the slope is that of one unit of length."""
    return float(gradient @ direction)


@value.mistake()
def length_squared(gradient, direction, length):
    r"""You divided by $\lVert v \rVert^2$; that gives the coefficient of a projection. The unit vector is $v / \lVert v \rVert$."""
    return gradient @ direction / length**2


pytorch = """
import torch
from torch import exp, log

def f(p):
    <letters:s> = p
    return <f>

point = torch.tensor(<point>, dtype=torch.float64)
unit = torch.nn.functional.normalize(torch.tensor(<direction>, dtype=torch.float64), dim=0)
gradient = torch.func.grad(f)(point)
_, value = torch.func.jvp(f, (point,), (unit,))  # forward mode: the derivative along the unit vector
"""
