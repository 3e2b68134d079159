r"""Left pseudo-inverse and least squares

<story>

$$A = <A>,\quad b = <b>.$$

The columns of $A$ are independent, so the left pseudo-inverse is $A^+ = (A^\top A)^{-1} A^\top$. Compute $G = A^\top A$, then $A^+$, and
the vector $x = A^+ b$ that makes $\lVert Ax - b \rVert_2$ as small as possible.
"""

import numpy as np

from dlexam import array, by_level, integers, one_of, step
from dlexam.engine import adjugate, determinant, rank
from dlexam.kinds.matrix import tex as matrix_tex
from dlexam.kinds.number import tex
from dlexam.working import products

about = dict(minutes=8, tags=["matrices", "least squares", "pseudo-inverse"])


def columns(random, level):
    """A column of ones and the places of the measurements (balanced at level 1), or two columns of small whole numbers."""
    if level == 1:
        places = random.choice([(-1, 0, 1), (-2, 0, 2), (-2, 1, 1), (-1, -1, 2), (-3, 1, 2), (-1, 0, 0, 1), (-2, -1, 1, 2), (-1, -1, 1, 1)])
        return np.array([[1, t] for t in random.sample(places, len(places))])
    while True:
        count = 3 if level == 2 else 4
        firsts = [1] * count if random.random() < 0.4 else [random.randint(-2, 3) for _ in range(count)]
        A = np.array([[first, random.randint(-2, 4)] for first in firsts])
        if rank(A) == 2:
            return A


given = dict(
    A=columns,
    b=lambda A, level: array(len(A), by_level(integers(0, 8), integers(1, 9), integers(1, 12))(level)),
)

words = dict(
    story=lambda A: one_of(
        "A line $x_1 + x_2 t$ is fitted to points $(t, b)$: the second column of $A$ holds the $t$, the vector $b$ the values."
        if A[:, 0].tolist() == [1] * len(A)
        else "A linear model without a constant is fitted: each row of $A$ holds the two features of an example, $b$ the targets.",
        "An equation system $Ax = b$ has more equations than unknowns, so it is solved as well as can be.",
    )
)


@step(symbol="G", marks=2)
def gram(A):
    """Each entry is the dot product of two columns, so the matrix is square and symmetric."""
    return A.T @ A


@gram.working
def dot_products(A, gram):
    places = [(0, 0), (0, 1), (1, 1)] if A.shape[1] == 2 else []
    return [f"$g_{{{i + 1}{j + 1}}} = {products(A[:, i], A[:, j])} = {tex(gram[i, j])}$" for i, j in places]


@step(symbol="G^{-1}", tex=r"<gram>^{-1}")
def gram_inverse(gram):
    """The columns are independent, so this square matrix has an inverse."""
    return np.linalg.inv(gram)


@gram_inverse.working
def with_determinant(gram):
    if len(gram) != 2 or gram.dtype.kind != "i":
        return []
    return rf"$$G^{{-1}} = \frac{{1}}{{{determinant(gram)}}} {matrix_tex(adjugate(gram), None)}$$"


@gram_inverse.mistake()
def not_divided_by_determinant(gram):
    r"""You rearranged the entries of $G$, but did not divide them by its determinant."""
    return adjugate(gram) / 1


@step(symbol="A^+", marks=3)
def pinv(gram_inverse, A):
    r"""Multiplied with $A$ from the left, the result is the identity matrix."""
    return gram_inverse @ A.T


@pinv.mistake()
def no_inverse(gram, A):
    r"""You multiplied by $A^\top A$ itself; its inverse belongs there."""
    return (gram @ A.T).astype(float)


@pinv.mistake()
def transpose_only(A):
    r"""You took the transpose alone; that is the pseudo-inverse only if the columns are orthonormal."""
    return A.T.astype(float)


@step(symbol="x", marks=1)
def x(pinv, b):
    """Of all vectors this one comes closest to solving the equations."""
    return pinv @ b


@x.working
def rows(pinv, b, x):
    return [rf"$x_{i + 1} \approx {products(row, b)} \approx {tex(x[i], 4)}$" for i, row in enumerate(np.round(pinv[:3], 4))]


pytorch = """
import torch

A = torch.tensor(<A>, dtype=torch.float64)
b = torch.tensor(<b>, dtype=torch.float64)
gram = A.T @ A
pinv = torch.linalg.pinv(A)
x = torch.linalg.lstsq(A, b.unsqueeze(1)).solution.squeeze(1)
"""
