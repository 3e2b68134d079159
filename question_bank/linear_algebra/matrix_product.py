r"""Matrix product

<story>

$$A = <A>,\quad B = <B>.$$

Compute $C = AB$.
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import products

about = dict(minutes=5, tags=["matrices"])

given = dict(
    sizes=by_level((2, 2, 2), one_of((2, 3, 3), (3, 2, 2), (2, 3, 2)), one_of((3, 3, 3), (3, 3, 3), (2, 4, 4))),
    A=lambda sizes, level: array(sizes[:2], by_level(integers(-2, 5), integers(-4, 7), grid(-2, 2, by=0.5))(level)),
    B=lambda sizes, level: array(sizes[1:], by_level(integers(-3, 4), integers(-5, 6), integers(-3, 4))(level)),
)

words = dict(
    story=one_of(
        "Two matrices are given:",
        "The rows of $A$ are the examples of a small batch; a linear layer multiplies them by its weights $B$. Here",
        "Two linear layers follow each other without an activation, so they are one layer with the matrix $AB$. Here",
    )
)


@step(symbol="C", marks=3)
def C(A, B):
    """Entry $(i, j)$ is the dot product of row $i$ of the first matrix with column $j$ of the second."""
    return A @ B


@C.working
def first_entries(A, B, C):
    places = [(i, j) for i in range(C.shape[0]) for j in range(C.shape[1])]
    lines = [f"$c_{{{i + 1}{j + 1}}} = {products(A[i], B[:, j])} = {tex(C[i, j])}$" for i, j in places[:4]]
    return lines + ["The other entries follow in the same way."] * (len(places) > 4)


@C.mistake(when=lambda A, B: B.shape[1] == len(A))
def wrong_order(A, B):
    """You computed $BA$; the order matters for matrices."""
    return B @ A


@C.mistake(when=lambda A, B: A.shape == B.shape and len(A) == A.shape[1])
def elementwise(A, B):
    """You multiplied entries in the same place; take rows times columns."""
    return A * B


@C.mistake(when=lambda B: len(B) == B.shape[1])
def second_transposed(A, B):
    r"""You multiplied rows with rows, which is $AB^\top$; take the columns of $B$."""
    return A @ B.T


pytorch = """
import torch

A = torch.tensor(<A>, dtype=torch.float64)
B = torch.tensor(<B>, dtype=torch.float64)
C = torch.einsum("ik,kj->ij", A, B)
"""
