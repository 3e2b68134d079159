r"""Elementwise product

<story>

$$A = <A>,\quad B = <B>.$$

Compute the elementwise (Hadamard) product $P = A \odot B$.
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import bracketed

about = dict(minutes=3, tags=["matrices"])

given = dict(
    n=by_level(2, 3, one_of(3, 4)),
    A=lambda n, level: array((n, n), by_level(integers(-3, 5), integers(-6, 8), grid(-2, 2, by=0.5))(level)),
    B=lambda n, level: array((n, n), by_level(integers(-2, 6), integers(-5, 7), grid(-1.5, 1.5, by=0.25))(level)),
)

words = dict(
    story=one_of(
        "Two matrices are given:",
        "Two feature maps $A$ and $B$ are fused by an elementwise product. Here",
        "In backpropagation, the gradient $A$ that arrives is multiplied entry by entry by the slopes $B$ of the activation. Here",
        "A program computes `A * B` with two NumPy arrays:",
    )
)


@step(symbol="P", marks=2)
def product(A, B):
    """Entries in the same place are multiplied; nothing is added."""
    return A * B


@product.working
def first_row(A, B, product):
    terms = [rf"{bracketed(x)} \cdot {bracketed(y)} = {tex(z)}" for x, y, z in zip(A[0], B[0], product[0])]
    return "First row: $" + r",\quad ".join(terms) + "$"


@product.mistake()
def matrix_product(A, B):
    """You computed the matrix product (rows times columns); here entries in the same place are multiplied."""
    return A @ B


@product.mistake()
def added(A, B):
    """You added the entries in the same place; multiply them."""
    return A + B


pytorch = """
import torch

A = torch.tensor(<A>, dtype=torch.float64)
B = torch.tensor(<B>, dtype=torch.float64)
product = torch.einsum("ij,ij->ij", A, B)
"""
