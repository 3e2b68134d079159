r"""Determinant

<story>

$$A = <A>$$

Compute $D = \det A$.
"""

from itertools import permutations
from math import prod

import numpy as np

from dlexam import array, by_level, integers, one_of, step
from dlexam.engine import determinant
from dlexam.kinds.matrix import tex as matrix_tex
from dlexam.kinds.number import tex
from dlexam.working import bracketed

about = dict(minutes=4, tags=["matrices", "determinant"])


def with_zeros(random):
    """A 4 x 4 matrix whose first row has two zeros, so that two minors are enough."""
    entries = np.array([random.randint(-3, 4) for _ in range(16)]).reshape(4, 4)
    places = random.choice([(0, 1), (1, 2), (0, 3), (2, 3), (1, 3)])
    entries[0] = [random.choice([-3, -2, -1, 1, 2, 3]) if j in places else 0 for j in range(4)]
    return entries


given = dict(
    A=lambda random, level: by_level(
        array((2, 2), integers(-5, 7, but_not=[0])), array((3, 3), integers(-3, 5)), with_zeros(random)
    )(level)
)

words = dict(
    story=one_of(
        "A square matrix is given:",
        "Is this matrix invertible? Its determinant tells.",
        "By how much does this linear map stretch areas or volumes, and does it flip them? Its determinant tells.",
    )
)


def minor(A, j):
    return np.delete(A[1:], j, axis=1)


@step(symbol="D", marks=2, tex=r"\det <A>")
def det(A):
    r"""For $2 \times 2$ it is $a_{11} a_{22} - a_{12} a_{21}$; a larger matrix is expanded along its first row, with the signs $+, -, +, -, \dots$"""
    return determinant(A)


@det.working
def expansion(A, det):
    first = A[0].tolist()
    if len(A) < 3:
        return "" if len(A) < 2 else rf"${bracketed(first[0])} \cdot {bracketed(A[1, 1])} - {bracketed(first[1])} \cdot {bracketed(A[1, 0])} = {tex(det)}$"
    used = [j for j, a in enumerate(first) if a]
    minors = [rf"{bracketed(first[j])} \cdot \det {matrix_tex(minor(A, j), None)}" for j in used]
    numbers = [rf"{bracketed(first[j])} \cdot {bracketed(determinant(minor(A, j)))}" for j in used]
    return [
        f"Expand along the first row{'; its zeros need no minor' if len(used) < len(A) else ''}:",
        f"$${signed_sum(used, minors)}$$",
        f"$${signed_sum(used, numbers)} = {tex(det)}$$",
    ]


def signed_sum(places, terms):
    text = " ".join(("- " if j % 2 else "+ ") + term for j, term in zip(places, terms))
    return text.removeprefix("+ ")


@det.mistake(when=lambda A: 2 <= len(A) <= 3)
def plus_instead_of_minus(A):
    """You added all the products along the diagonals; those from top right to bottom left are subtracted."""
    n = len(A)
    return sum(prod(A[i, order[i]] for i in range(n)) for order in permutations(range(n)))


@det.mistake(when=lambda A: len(A) >= 3)
def no_alternating_sign(A):
    """You expanded along the first row with plus signs only; the signs alternate, starting with plus."""
    return sum(A[0, j] * determinant(minor(A, j)) for j in range(len(A)))


@det.mistake(when=lambda A: len(A) == 4)
def diagonals_of_a_larger_matrix(A):
    r"""You took the products along the diagonals (the rule of Sarrus); it is right up to $3 \times 3$ only, so expand along a row."""
    n = range(len(A))
    return sum(prod(A[i, (j + i) % len(A)] for i in n) - prod(A[i, (j - i) % len(A)] for i in n) for j in n)


pytorch = """
import torch

A = torch.tensor(<A>, dtype=torch.float64)
det = torch.linalg.det(A)
"""
