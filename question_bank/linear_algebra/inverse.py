r"""Inverse of a matrix

<story>

$$A = <A>$$

Compute the determinant $D = \det A$ and the inverse $A^{-1}$.
"""

import numpy as np

from dlexam import by_level, one_of, step
from dlexam.engine import adjugate, determinant
from dlexam.kinds.matrix import tex as matrix_tex
from dlexam.kinds.number import tex
from dlexam.working import bracketed

about = dict(minutes=6, tags=["matrices", "inverse", "determinant"])


def regular(random, n, diagonal):
    """A product of triangular matrices of small whole numbers, so that the determinant is the product of a diagonal."""
    lower, upper = np.eye(n, dtype=int), np.diag(random.choices(diagonal, k=n))
    for i in range(n):
        for j in range(i):
            lower[i, j], upper[j, i] = random.choice((-2, -1, 1, 2)), random.choice((-3, -2, -1, 1, 2, 3))
    return lower @ upper


def any_2x2(random):
    while True:
        A = np.array([random.randint(-6, 8) for _ in range(4)]).reshape(2, 2)
        if determinant(A):
            return A


given = dict(
    A=lambda random, level: by_level(
        regular(random, 2, (-2, -1, 1, 2, 4)), any_2x2(random), regular(random, 3, (-2, -1, 1, 2))
    )(level)
)

words = dict(
    story=one_of(
        "A square matrix is given:",
        "A linear layer without biases computes $y = Ax$; $A^{-1}$ gets $x$ back from $y$.",
        "The equation $Ax = b$ is to be solved for many right-hand sides $b$, so $A$ is inverted once.",
    )
)


@step(symbol="D", marks=1, tex=r"\det <A>")
def det(A):
    """Only a matrix with a determinant other than zero has an inverse."""
    return determinant(A)


@det.working
def product_of_diagonals(A, det):
    if len(A) == 2:
        (a, b), (c, d) = A.tolist()
        return rf"${bracketed(a)} \cdot {bracketed(d)} - {bracketed(b)} \cdot {bracketed(c)} = {tex(det)}$"
    minors = [determinant(np.delete(A[1:], j, axis=1)) for j in range(len(A))]
    terms = [rf"{bracketed(a)} \cdot {bracketed(m)}" for a, m in zip(A[0].tolist(), minors)]
    signs = " ".join(("- " if j % 2 else "+ ") + term for j, term in enumerate(terms))
    return f"Along the first row, each entry times its minor: ${signs.removeprefix('+ ')} = {tex(det)}$"


@step(symbol=r"\operatorname{adj} A", tex=r"\operatorname{adj} <A>")
def adj(A):
    r"""The adjugate of $A$. For $2 \times 2$: swap the diagonal and change the signs of the other two entries. For a larger matrix: the
    minors with the signs $+, -, +, \dots$ of a chessboard, transposed."""
    return adjugate(A)


@step(symbol=r"A^{-1}", marks=3, tex=r"\frac{1}{<det>} <adj>")
def inverse(adj, det):
    r"""The product of $A$ and $\operatorname{adj} A$ is $D$ times the identity, so divide by $D$."""
    if det == 0:
        raise ValueError("the determinant is 0, so there is no inverse")
    return adj / det


@inverse.working
def proof(A, inverse):
    if len(A) == 2 and np.allclose(inverse, np.round(inverse, 4)):
        return ["Check:", rf"$$A A^{{-1}} = {matrix_tex(A, None)} {matrix_tex(inverse, 4)} = {matrix_tex(np.eye(2, dtype=int), None)}$$"]
    return r"To check, multiply: $A A^{-1}$ must be the identity matrix, up to rounding."


@inverse.mistake(keeps=0.5, when=lambda det: det != 1)
def not_divided_by_determinant(adj):
    """You rearranged the entries rightly, but did not divide them by the determinant."""
    return adj / 1


def chessboard(n):
    return (-1.0) ** np.add.outer(range(n), range(n))


@inverse.mistake()
def signs_kept(adj, det):
    """You did not change the signs: every second entry (in a chessboard pattern) gets a minus."""
    return adj * chessboard(len(adj)) / det


@inverse.mistake(when=lambda A: len(A) == 2)
def diagonal_not_swapped(adj, det):
    """You left the diagonal as it was; its two entries change places."""
    swapped = adj / det
    swapped[[0, 1], [0, 1]] = swapped[[1, 0], [1, 0]]
    return swapped


@inverse.mistake(when=lambda A: len(A) > 2)
def cofactors_not_transposed(adj, det):
    """You divided the matrix of cofactors; transpose it first."""
    return adj.T / det


@inverse.mistake()
def inverted_entries(A, det):
    """You divided the matrix itself by its determinant; its entries must be rearranged first."""
    return A / det


pytorch = """
import torch

A = torch.tensor(<A>, dtype=torch.float64)
det = torch.linalg.det(A)
inverse = torch.linalg.inv(A)
"""
