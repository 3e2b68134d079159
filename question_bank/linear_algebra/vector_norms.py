r"""L1, L2 and max norm

<story> $x = <x>$.

Compute its L1 norm $\lVert x \rVert_1$, its L2 norm $\lVert x \rVert_2$ and its max norm $\lVert x \rVert_\infty$.
"""

from math import sqrt

import numpy as np

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import bracketed

about = dict(minutes=3, tags=["vectors", "norms"])


def whole_length(random):
    """A vector of whole numbers whose L2 norm is a whole number; its largest entry is mostly negative."""
    sizes = random.choice(
        [(1, 2, 2), (2, 3, 6), (1, 4, 8), (4, 4, 7), (2, 6, 9), (6, 6, 7), (2, 4, 4), (3, 4, 12), (2, 10, 11),
         (1, 1, 1, 1), (1, 1, 3, 5), (2, 2, 4, 5), (1, 3, 3, 9), (1, 5, 5, 7), (2, 4, 5, 6)]
    )  # fmt: skip
    signed = [n * random.choice((1, -1)) for n in sizes[:-1]] + [-sizes[-1]]
    return np.array(random.sample(signed, len(signed)))


given = dict(
    x=lambda random, level: by_level(
        whole_length(random),
        array(random.choice((3, 4)), integers(-9, 5)),
        array(random.choice((4, 5, 6)), grid(-3, 1.5, by=0.1)),
    )(level)
)

words = dict(
    story=one_of(
        "A vector is",
        "The gradient of a loss, which is to be clipped, is",
        "A small layer has these weights, which are to be penalised:",
        "The errors of a model on a small test set are",
    )
)


@step(symbol=r"\lVert x \rVert_1", marks=1, tex=r"|x_1| + |x_2| + \dots + |x_n|")
def l1(x):
    """The L1 norm adds the sizes of the entries, without their signs."""
    return abs(x).sum()


@l1.working
def sizes(x, l1):
    terms = [rf"\lvert {tex(entry)} \rvert" for entry in x.ravel().tolist()]
    return f"${' + '.join(terms)} = {tex(l1)}$"


@l1.mistake()
def no_absolute_value(x):
    """You added the entries with their signs; the norm adds their absolute values."""
    return x.sum()


@step(symbol=r"\lVert x \rVert_2", marks=1, tex=r"\sqrt{x_1^2 + x_2^2 + \dots + x_n^2}")
def l2(x):
    """The L2 norm is the length of the vector, by Pythagoras."""
    return sqrt((x**2).sum())


@l2.working
def squares(x):
    terms = [f"{bracketed(entry)}^2" for entry in x.ravel().tolist()]
    return rf"$\sqrt{{{' + '.join(terms)}}} = \sqrt{{{tex((x**2).sum())}}}$"


@l2.mistake()
def no_square_root(x):
    """You stopped at the sum of the squares; the norm is its square root."""
    return (x**2).sum()


@l2.mistake()
def averaged_squares(x):
    """You took the mean of the squares; the norm uses their sum."""
    return sqrt((x**2).mean())


@step(symbol=r"\lVert x \rVert_\infty", marks=1, tex=r"\max(|x_1|, |x_2|, \dots, |x_n|)")
def linf(x):
    """The max norm is the size of the largest entry, whatever its sign."""
    return abs(x).max()


@linf.mistake()
def signed_maximum(x):
    """You took the largest entry; the norm looks for the largest *absolute value*."""
    return x.max()


@linf.mistake()
def kept_the_sign(x):
    """You found the right entry but kept its sign; a norm is never negative."""
    return x.flat[abs(x).argmax()]


pytorch = """
import torch

x = torch.tensor(<x>, dtype=torch.float64)
l1 = torch.linalg.vector_norm(x, ord=1)
l2 = torch.linalg.vector_norm(x, ord=2)
linf = torch.linalg.vector_norm(x, ord=float("inf"))
"""
