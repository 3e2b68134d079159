r"""Outer (tensor) product

<story> $u = <u>$ and $v = <v>$.

Compute the outer product $P = u v^\top$ (also written $u \otimes v$).
"""

import numpy as np

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.matrix import tex as matrix_tex
from dlexam.kinds.number import tex

about = dict(minutes=2, tags=["vectors", "matrices"])

given = dict(
    sizes=by_level(one_of((2, 2), (3, 3)), one_of((3, 3), (3, 3), (2, 3), (3, 2)), one_of((3, 3), (4, 4), (3, 4), (4, 3))),
    u=lambda sizes, level: array(sizes[0], by_level(integers(-3, 5), integers(-6, 8), grid(-1.5, 1.5, by=0.1))(level), distinct=True),
    v=lambda sizes, level: array(sizes[1], by_level(integers(-4, 5), integers(-7, 9), grid(-2, 2, by=0.5))(level)),
)

words = dict(
    story=one_of(
        "Two column vectors are",
        "In backpropagation, the gradient of a layer's weights is the outer product of its error signal $u$ and its input $v$. Here",
        "An associative memory stores the key $v$ and the value $u$ as the outer product of the two. Here",
    )
)


@step(symbol="P", marks=2, tex=r"u v^\top")
def outer(u, v):
    """Entry $(i, j)$ is entry $i$ of the first vector times entry $j$ of the second: each row is a multiple of the second vector."""
    return np.multiply.outer(u, v)


@outer.working
def rows(u, v, outer):
    return [
        rf"Row {i}: ${tex(x)} \cdot {matrix_tex(v, None)} = {matrix_tex(row, None)}$"
        for i, (x, row) in enumerate(zip(u.tolist(), outer), 1)
    ]


@outer.mistake(when=lambda u, v: len(u) == len(v))
def inner_product(u, v):
    r"""You computed the inner product $u^\top v$, a single number; the outer product is a matrix."""
    return u @ v


@outer.mistake()
def transposed(u, v):
    r"""This is $v u^\top$; the first vector runs down the rows."""
    return np.multiply.outer(v, u)


@outer.mistake(when=lambda u, v: len(u) == len(v))
def entries_on_the_diagonal_only(u, v):
    """You only multiplied entries in the same place; each entry of the first vector is multiplied by each one of the second."""
    return np.diag(u * v)


pytorch = """
import torch

u = torch.tensor(<u>, dtype=torch.float64)
v = torch.tensor(<v>, dtype=torch.float64)
outer = torch.outer(u, v)
"""
