r"""Adding, scaling and transposing matrices

<story>

$$A = <A>,\quad B = <B>,\quad c = <c>.$$

Compute $M = A + cB$ and its transpose $T = M^\top$.
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import bracketed

about = dict(minutes=4, tags=["matrices"])

given = dict(
    shape=by_level((2, 2), one_of((2, 3), (3, 2), (3, 3)), (3, 3)),
    A=lambda shape, level: array(shape, by_level(integers(-3, 6), integers(-6, 9), grid(-3, 3, by=0.5))(level)),
    B=lambda shape, level: array(shape, by_level(integers(-2, 4), integers(-5, 5), grid(-2, 2, by=0.5))(level)),
    c=by_level(one_of(-2, 2, 3), one_of(-4, -3, -2, 3, 4), one_of(-1.5, -0.5, 0.5, 1.5, 2.5)),
)

words = dict(
    story=one_of(
        "Two matrices and a number are given:",
        "A layer has the weights $A$; they are moved by $c$ times the matrix $B$. Here",
        "A pretrained layer $A$ gets an update $B$ that was learned on the side, scaled by $c$. Here",
    )
)


@step(symbol="M", marks=2)
def combination(A, c, B):
    """Scale every entry of the second matrix, then add the matrices entry by entry."""
    return A + c * B


@combination.working
def first_entries(A, c, B, combination):
    rows = [(i, j) for i in range(A.shape[0]) for j in range(A.shape[1])][:3]
    lines = [
        rf"m_{{{i + 1}{j + 1}}} = {tex(A[i, j])} + {bracketed(c)} \cdot {bracketed(B[i, j])} = {tex(combination[i, j])}" for i, j in rows
    ]
    return "$" + r",\quad ".join(lines) + "$, and so on."


@combination.mistake()
def scaled_both(A, c, B):
    """You scaled both matrices; the factor belongs to the second one only."""
    return c * (A + B)


@combination.mistake()
def forgot_scale(A, B):
    """You added the second matrix without its factor."""
    return A + B


@combination.mistake()
def added_to_every_entry(A, c, B):
    """You added the number $c$ to the entries; it multiplies the second matrix."""
    return A + B + c


@step(symbol="T", marks=1)
def transposed(combination):
    """Rows become columns: entry $(i, j)$ moves to $(j, i)$."""
    return combination.T


@transposed.mistake()
def not_transposed(combination):
    """You wrote the matrix as it was; its rows must become columns."""
    return combination


@transposed.mistake()
def mirrored_at_the_other_diagonal(combination):
    """You mirrored the matrix at the wrong diagonal; the one from top left to bottom right stays where it is."""
    return combination[::-1, ::-1].T


pytorch = """
import torch

A = torch.tensor(<A>, dtype=torch.float64)
B = torch.tensor(<B>, dtype=torch.float64)
combination = torch.add(A, B, alpha=<c>)
transposed = combination.transpose(0, 1)
"""
