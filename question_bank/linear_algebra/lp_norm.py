r"""Lp norm

For $p > 0$, the Lp norm of a vector is

$$\lVert x \rVert_p = \Bigl( \sum_i |x_i|^p \Bigr)^{1/p}.$$

Compute it for $p = <p>$ and $x = <x>$: give the sum of powers $S = \sum_i |x_i|^p$ and the norm.<remark>
"""

from math import sqrt

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex

about = dict(minutes=3, tags=["vectors", "norms"])


def odd(p):
    return p % 2 == 1


given = dict(
    p=by_level(one_of(0.5, 0.5, 3), one_of(3, 3, 4), one_of(0.5, 1.5, 2.5, 3)),
    x=lambda p, level: by_level(
        array(3, one_of(-16, -9, -4, -1, 1, 4, 9, 16) if p == 0.5 else integers(-3, 2)),
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
    terms = [f"|{tex(entry)}|^{{{tex(p)}}}" for entry in x.tolist()]
    return f"${' + '.join(terms)} = {' + '.join(tex(abs(entry) ** p, 4) for entry in x.tolist())}$"


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
