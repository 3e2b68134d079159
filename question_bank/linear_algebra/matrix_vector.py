r"""Matrix-vector product

<story>

$$A = <A>,\quad x = <x>.$$

Compute $y = Ax$.
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import products

about = dict(minutes=3, tags=["matrices"])

given = dict(
    shape=by_level((2, 2), one_of((2, 3), (3, 3), (3, 3)), one_of((3, 3), (4, 4), (3, 4), (4, 3))),
    A=lambda shape, level: array(shape, by_level(integers(-3, 5), integers(-4, 6), grid(-2, 2, by=0.5))(level)),
    x=lambda shape, level: array(shape[1], by_level(integers(-3, 5), integers(-5, 5), grid(-1.5, 1.5, by=0.1))(level)),
)

words = dict(
    story=one_of(
        "A matrix and a column vector are given:",
        "A linear layer without biases has the weights $A$ and gets the input $x$ (a column). Here",
        "A recurrent network multiplies its state $x$ (a column) by the matrix $A$. Here",
    )
)


@step(symbol="y", marks=2)
def y(A, x):
    """Each entry is the dot product of one row of the matrix with the vector."""
    return A @ x


@y.working
def rows(A, x, y):
    return [f"$y_{i} = {products(row, x)} = {tex(y[i - 1])}$" for i, row in enumerate(A[:4], 1)]


@y.mistake(when=lambda A: A.shape[0] == A.shape[1])
def transposed_matrix(A, x):
    r"""You multiplied the columns of $A$ with the vector, which is $A^\top x$; take its rows."""
    return A.T @ x


@y.mistake()
def summed_without_weights(A):
    """You added up each row of the matrix; multiply its entries by those of the vector first."""
    return A.sum(axis=1)


pytorch = """
import torch

A = torch.tensor(<A>, dtype=torch.float64)
x = torch.tensor(<x>, dtype=torch.float64)
y = torch.nn.functional.linear(x, A)
"""
