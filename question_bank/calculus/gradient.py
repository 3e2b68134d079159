r"""Gradient at a point

<story>

<formula>

Give the gradient of $f$ as a vector of expressions, its value at $P$, and the *unit* vector in the direction in which $f$ grows fastest at $P$.
"""

from sympy import exp, log, symbols

from dlexam import array, by_level, integers, one_of, step
from dlexam.engine import l2_norm
from dlexam.symbolic import at, letters_of, slopes

about = dict(minutes=7, tags=["gradient"], decimals=3, symbols=dict(f="f", point="P"))

x, y, z = symbols("x y z")


def draw_f(random, level):
    a, b, c = (random.choice([-4, -3, -2, 2, 3, 4]) for _ in range(3))
    n = random.choice([2, 3])
    if level == 1:
        return random.choice([a * x**2 + b * x * y, a * x**n + b * y**2, a * x * y + b * y**2 + c * x, x**2 * y + a * y + b * x, x * y**2 + a * x**2])
    if level == 2:
        return random.choice([a * x**n * y + b * y**3 + c * x, x**2 * y**2 + a * x - b * y, exp(x + b * y / 4) + a * x * y, a * log(x**2 + 1) + b * x * y, a * x / (y**2 + 1) + x * y])
    return random.choice([a * x * y * z + b * x**2 - c * z**2, a * x**n * y + b * y * z**2 + c * x, x * exp(y / 2) + a * z**2 * x, a * log(x**2 + y**2 + 1) + b * y * z, (x + a * y) * (z + b * x) + c * y**2])


given = dict(
    f=draw_f,
    point=lambda level: array(3 if level == 3 else 2, by_level(integers(-3, 3, but_not=[0]), integers(-2, 2, but_not=[0]), integers(-2, 2, but_not=[0]))(level), distinct=True),
)

words = dict(
    letters=lambda point: ", ".join("xyz"[: len(point)]),
    variables=lambda letters: f"${letters}$",
    formula=lambda letters: rf"$$f({letters}) = <f>, \qquad P = <point>$$",
    story=one_of(
        "Gradient descent walks against the gradient. Here it is asked for one function and one point.",
        "Find out in which direction this function grows fastest.",
        "A loss of the weights <variables> is given; the current weights are $P$.",
    ),
)


@step(symbol=r"\nabla f", marks=2, tex=r"\nabla \left[<f>\right]")
def gradient(f, point):
    """One partial derivative for each variable, the others held fixed."""
    return slopes(f, letters_of(point))


@gradient.mistake()
def components_swapped(f, point):
    r"""Your components are in the wrong order; the first one is $\partial f/\partial x$, then follows $\partial f/\partial y$."""
    return slopes(f, reversed(letters_of(point)))


@step(symbol=r"\nabla f(P)", marks=2, tex=r"\left[<gradient>\right]_{<point>}")
def at_point(gradient, point):
    """Put the coordinates of the point in."""
    return at(gradient, point)


@at_point.mistake()
def coordinates_swapped(gradient, point):
    """You put the coordinates in the wrong way round; the first one is $x$."""
    return at(gradient, point[::-1])


def unit(g):
    """A vector of length 1; where the gradient is zero there is no direction."""
    return g / l2_norm(g) if g.any() else g * 0.0


@step(symbol=r"\vec{u}", marks=2, tex=r"\frac{<at_point>}{\left\lVert <at_point> \right\rVert_2}")
def steepest_ascent(at_point):
    """The gradient itself points uphill; divide it by its length to get a unit vector."""
    return unit(at_point)


@steepest_ascent.mistake(keeps=0.5)
def descent_direction(at_point):
    """This is the direction of steepest *descent*; the function grows along the gradient, not against it."""
    return -unit(at_point)


@steepest_ascent.mistake(keeps=0.5)
def not_normalised(at_point):
    """Right direction, but this is no unit vector; divide the gradient by its length."""
    return at_point * 1.0


pytorch = """
import torch
from torch import exp, log

def f(p):
    <letters:s> = p
    return <f>

point = torch.tensor(<point>, dtype=torch.float64)
at_point = torch.func.grad(f)(point)
steepest_ascent = torch.nn.functional.normalize(at_point, dim=0)
"""
