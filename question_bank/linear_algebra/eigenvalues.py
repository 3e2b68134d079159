r"""Eigenvalues of a 2x2 matrix

<story>

$$A = <A>$$

Give the trace $t$ and the determinant $d$ of $A$, and both eigenvalues.
"""

import numpy as np

from dlexam import by_level, grid, integers, one_of, step
from dlexam.engine import square_root as sqrt
from dlexam.kinds.number import tex
from dlexam.working import bracketed

about = dict(minutes=5, tags=["eigenvalues", "matrices"])


def from_eigenvalues(random):
    """A matrix of small whole numbers with the eigenvalues p and q, which are whole numbers, too."""
    p, q = random.sample([-4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7], 2)
    a, side = random.choice([n for n in range(-3, 7) if n not in (p, q)]), random.choice((-1, 1))
    return np.array([[a, side * (a - p)], [side * (q - a), p + q - a]])


def entries(random, domain, sides):
    """Off-diagonal entries of the same sign (or equal ones), so that the eigenvalues are real."""
    a, b, d = (domain.draw(random) for _ in range(3))
    return np.array([[a, b], [b * sides.draw(random), d]])


given = dict(
    A=lambda random, level: by_level(
        from_eigenvalues(random),
        entries(random, integers(-5, 7, but_not=[0]), one_of(1, 1, 2)),
        entries(random, grid(-3, 4, by=0.5, but_not=[0]), one_of(1, 2, 3)),
    )(level)
)

words = dict(
    story=lambda A: one_of(
        "A $2 \\times 2$ matrix is given:",
        "The Hessian matrix of a loss at a point is $A$; its eigenvalues tell a minimum, a maximum and a saddle apart."
        if A[0, 1] == A[1, 0]
        else "A linear recurrent network multiplies its state by $A$ at every step; the eigenvalues decide whether the state "
        "grows or fades.",
    )
)


@step(symbol="t", marks=1, tex="a_{11} + a_{22}", carry=lambda value: True)  # a trace of 0 makes nothing easy
def trace(A):
    """The trace is the sum of the diagonal, and also the sum of the eigenvalues."""
    return A[0, 0] + A[1, 1]


@trace.working
def diagonal(A, trace):
    return rf"${tex(A[0, 0])} + {bracketed(A[1, 1])} = {tex(trace)}$"


@step(symbol="d", marks=1, tex=r"a_{11} a_{22} - a_{12} a_{21}")
def det(A):
    """The determinant is also the product of the eigenvalues."""
    return A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]


@det.working
def diagonals(A, det):
    (a, b), (c, d) = A.tolist()
    return rf"${bracketed(a)} \cdot {bracketed(d)} - {bracketed(b)} \cdot {bracketed(c)} = {tex(det)}$"


@det.mistake(when=lambda A, trace: trace**2 > 4 * (A[0, 0] * A[1, 1] + A[0, 1] * A[1, 0]))
def plus_instead_of_minus(A):
    """You added the products of the diagonals; the second one is subtracted."""
    return A[0, 0] * A[1, 1] + A[0, 1] * A[1, 0]


@step(symbol=r"\Delta")
def discriminant(trace, det):
    r"""The eigenvalues solve $\det(A - \lambda I) = \lambda^2 - t \lambda + d = 0$; this number stands under the root of its solution."""
    return trace**2 - 4 * det


@step(symbol=r"\lambda", marks=2, unordered=True, tex=r"\frac{<trace> \pm \sqrt{<discriminant>}}{2}")
def eigenvalues(trace, discriminant):
    r"""Solve the quadratic equation; both signs of the root give an eigenvalue."""
    return (trace - sqrt(discriminant)) / 2, (trace + sqrt(discriminant)) / 2


@eigenvalues.working
def proof(eigenvalues, trace, det):
    low, high = sorted(round(x, 4) for x in eigenvalues)
    sign = "=" if low == int(low) else r"\approx"
    return (
        rf"Check: the sum of the eigenvalues is ${tex(low)} + {bracketed(high)} {sign} {tex(trace)}$ (the trace), "
        rf"their product ${bracketed(low)} \cdot {bracketed(high)} {sign} {tex(det)}$ (the determinant)."
    )


@eigenvalues.mistake()
def diagonal_entries(A):
    """You read the diagonal; it holds the eigenvalues only if an entry beside it is zero."""
    return A[0, 0], A[1, 1]


@eigenvalues.mistake()
def sign_of_trace(trace, discriminant):
    r"""You solved $\lambda^2 + t \lambda + d = 0$; the trace enters with a minus."""
    return (-trace - sqrt(discriminant)) / 2, (-trace + sqrt(discriminant)) / 2


@eigenvalues.mistake(keeps=0.5)
def not_halved(trace, discriminant):
    r"""You left out the division by 2 in the formula for quadratic equations."""
    return trace - sqrt(discriminant), trace + sqrt(discriminant)


pytorch = """
import torch

A = torch.tensor(<A>, dtype=torch.float64)
trace = torch.trace(A)
det = torch.linalg.det(A)
eigenvalues = torch.sort(torch.linalg.eigvals(A).real).values
"""
