r"""Lp norm

For $p > 0$, the Lp norm of a vector is

$$\lVert x \rVert_p = \Bigl( \sum_i \lvert x_i \rvert^p \Bigr)^{1/p}.$$

Compute it for $p = <p>$ and $x = <x>$: give the sum of powers $S = \sum_i \lvert x_i \rvert^p$ and the norm.<remark>
"""

from math import sqrt

import numpy as np

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import total

about = dict(minutes=3, tags=["vectors", "norms"])


def odd(p):
    return p % 2 == 1


def whole_norm(random):
    """A vector of whole numbers whose L3 norm is a whole number, too, with a negative entry."""
    sizes = random.choice([(3, 4, 5), (1, 6, 8), (6, 8, 10)])
    signs = random.choice([(-1, 1, 1), (1, -1, 1), (1, 1, -1), (-1, -1, 1), (-1, 1, -1), (1, -1, -1)])
    return np.array([n * sign for n, sign in zip(random.sample(sizes, 3), signs)])


given = dict(
    p=by_level(one_of(0.5, 0.5, 3), one_of(3, 3, 4), one_of(0.5, 1.5, 2.5, 3)),
    x=lambda p, level, random: by_level(
        array(3, one_of(-16, -9, -4, -1, 1, 4, 9, 16)) if p == 0.5 else whole_norm(random),
        array(3, integers(-6, 4)),
        array(4, grid(-4, 3, by=0.5)),
    )(level),
)

words = dict(remark=lambda p: " (For $p < 1$ the triangle inequality fails; it is called a norm all the same.)" if p < 1 else "")


@step(symbol="S", marks=1, tex=r"|x_1|^p + |x_2|^p + \dots + |x_n|^p")
def power_sum(x, p):
    """Take the absolute values first, then the powers, then add."""
    return (abs(x) ** p).sum()


@power_sum.working
def powers(x, p, power_sum):
    terms = [rf"\lvert {tex(entry)} \rvert^{{{tex(p)}}}" for entry in x.tolist()]
    numbers = abs(x) ** p
    sign = "=" if np.allclose(numbers, numbers.round(4), rtol=0, atol=1e-9) else r"\approx"
    return rf"${' + '.join(terms)} {sign} {total(numbers, 4)}$"


@power_sum.mistake(when=odd)
def no_absolute_value(x, p):
    """You kept the signs; an odd power of a negative entry is negative, so take absolute values first."""
    return (x**p).sum()


@power_sum.mistake()
def multiplied_by_p(x, p):
    """You multiplied by $p$; it is an exponent."""
    return (abs(x) * p).sum()


@step(symbol=r"\lVert x \rVert_p", marks=1, tex=r"<power_sum>^{1/<p>}")
def norm(power_sum, p):
    r"""The root undoes the power, so that $\lVert 2x \rVert_p = 2 \lVert x \rVert_p$."""
    return abs(power_sum) ** (1 / p)


@norm.mistake()
def no_root(power_sum):
    r"""You stopped at the sum of powers; raise it to the power $1/p$."""
    return power_sum


@norm.mistake(when=lambda p: p != 2)
def square_root_taken(power_sum):
    r"""You took the square root, which belongs to $p = 2$; the power here is $1/p$."""
    return sqrt(abs(power_sum))


pytorch = """
import torch

x = torch.tensor(<x>, dtype=torch.float64)
power_sum = (x.abs() ** <p>).sum()
norm = torch.linalg.vector_norm(x, ord=<p>)
"""
