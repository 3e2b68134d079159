r"""Following gradient descent on a function

<story>

<formula>

Make <steps> steps of gradient descent with learning rate $\alpha = <lr>$, each with the gradient at the point just reached: $x_{t+1} = x_t - \alpha\, \nabla f(x_t)$<which>.
Give $x_1$, $x_2$ and the last point, $x_T$ with $T = <steps>$. Do not round in between.
"""

from functools import partial
from itertools import pairwise

import numpy as np
from sympy import exp, symbols

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.figures import curve
from dlexam.kinds.number import tex
from dlexam.symbolic import at, letters_of, slopes
from dlexam.working import bracketed

about = dict(minutes=8, tags=["gradient descent"], decimals=4, symbols=dict(f="f", x0="x_0", lr=r"\alpha"))

x, y = symbols("x y")


def draw_f(random, level):
    a, b, c = random.randint(1, 3), random.randint(1, 8), random.randint(0, 9)
    s = random.choice([-1, 1])
    if level == 1:
        return random.choice([a * x**2 + s * 2 * b * x + c, a * (x - s * b) ** 2 + c, x**2 + s * b * x])
    if level == 2:
        return random.choice([x**4 / 4 - a * x**2 + s * x, x**3 / 3 - a * x + c, exp(x / 2) - a * x, -x * exp(-x / a), a * x**2 + exp(-x), x**4 / 8 + s * b * x, a * (x**2 - 1) ** 2 / 4])
    return random.choice([a * x**2 + b * y**2 / 2, x**2 + x * y + a * y**2 - b * x, (x - s) ** 2 + a * (y - x) ** 2, a * x**2 + y**2 - x * y + s * b * y, (1 - x) ** 2 / 2 + (y - x**2) ** 2 / 8, x**2 / 2 + exp(y / 2) - a * x * y / 2])


given = dict(
    f=draw_f,
    x0=by_level(integers(-5, 6, but_not=[0]), grid(-1.5, 2, by=0.5, but_not=[0, 1, -1]), array(2, integers(-3, 3, but_not=[0]), distinct=True)),
    lr=by_level(one_of(0.1, 0.2, 0.25), one_of(0.05, 0.1, 0.2), one_of(0.05, 0.1)),
    steps=by_level(3, one_of(3, 4), one_of(3, 4)),
)

words = dict(
    letters=lambda x0: "x, y" if np.ndim(x0) else "x",
    formula=lambda letters: f"$$f({letters}) = <f>, \\qquad x_0 = <x0>$$",
    which=lambda x0: ", where a point is the vector of both coordinates $(x, y)$" if np.ndim(x0) else r" (in one variable, $\nabla f$ is $f'$)",
    story=one_of(
        "Gradient descent looks for a minimum of the function below.",
        "A loss depends on very few weights, so that every step of training can be followed by hand.",
        "A ball that rolls down a landscape, seen in slow motion: gradient descent on the function below.",
    ),
)


def slopes_at(f, place):
    """The derivative of f at a number, or its gradient at a vector (x, y)."""
    g = slopes(f, letters_of(place))
    return at(g if np.ndim(place) else g[0], place)


@step(symbol=r"\nabla f", tex=r"\nabla\left[<f>\right]")
def gradient(f, x0):
    """The gradient is needed again and again, so find its formula first."""
    parts = slopes(f, letters_of(x0))
    return parts if len(parts) > 1 else parts[0]


@step(symbol=r"\nabla f(x_0)", tex=r"\left[<gradient>\right]_{<x0>}")
def g0(f, x0):
    """Start with the slope at the starting point."""
    return slopes_at(f, x0)


@step(symbol="x_1", marks=2)
def x1(x0, lr, g0):
    """Step against the gradient, that is downhill."""
    return x0 - lr * g0


@x1.mistake()
def ascent(x0, lr, g0):
    """You walked *along* the gradient, uphill; gradient *descent* subtracts it."""
    return x0 + lr * g0


@step(symbol=r"\nabla f(x_1)", tex=r"\left[<gradient>\right]_{<x1>}")
def g1(f, x1):
    """At the new point the slope is another one."""
    return slopes_at(f, x1)


@step(symbol="x_2", marks=2)
def x2(x1, lr, g1):
    """The second step starts from $x_1$."""
    return x1 - lr * g1


@x2.mistake()
def gradient_not_updated(x1, lr, g0):
    """You used the gradient at $x_0$ again; after every step it is computed at the new point."""
    return x1 - lr * g0


def walk(f, place, lr, steps):
    """The points after x_2, up to x_T."""
    path = []
    for _ in range(2, steps):
        place = place - lr * slopes_at(f, place)
        path.append(place)
    return path


@step(symbol="x_T", marks=2)
def x_last(f, x2, lr, steps):
    """Go on in the same way, always with the gradient at the newest point."""
    path = walk(f, x2, lr, steps)
    return path[-1] if path else x2


@x_last.mistake(when=lambda steps: steps > 2)
def one_step_too_few(f, x2, lr, steps):
    """You stopped one step early: $x_T$ is the point after $T = <steps>$ updates, the first of which leads to $x_1$."""
    return [x2, *walk(f, x2, lr, steps)][-2]


@x_last.working
def rest(f, x0, x1, x2, lr, steps):
    points = [x2, *walk(f, x2, lr, steps)]
    lines = []
    for t, (here, there) in enumerate(pairwise(points), 2):
        g = slopes_at(f, here)
        lines.append(rf"$x_{{{t + 1}}} \approx {shown(here)} - {lr} \cdot {shown(g, bracketed)} \approx {shown(there)}$")
    return [*lines[:5], *drawn(f, [x0, x1, *points])]


def drawn(f, points):
    """The way down, where the function has one variable."""
    if np.ndim(points[0]):
        return []
    left, right = min(points), max(points)
    air = (right - left) * 0.4
    return [curve(partial(at, f), (left - air, right + air), [(float(p), f"x_{t}") for t, p in enumerate(points[:4])])]


def shown(value, number=tex):
    """A number or a point to four decimals."""
    return "(" + r",\; ".join(tex(v, 4) for v in value) + ")" if np.ndim(value) else number(value, 4)


pytorch = """
import torch
from torch import exp

def f(p):
    <letters:s> = p
    return <f>

point = torch.tensor(<x0>, dtype=torch.float64).reshape(-1).requires_grad_()
shape = torch.tensor(<x0>).shape
optimizer = torch.optim.SGD([point], lr=<lr>)
path = []
for _ in range(<steps>):
    optimizer.zero_grad()
    f(point).sum().backward()
    optimizer.step()
    path.append(point.detach().clone().reshape(shape))
x1, x2, x_last = path[0], path[1], path[-1]
"""
