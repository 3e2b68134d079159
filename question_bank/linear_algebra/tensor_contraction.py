r"""Tensor contraction

<story>A tensor $T$ with three axes is contracted with a matrix $M$ over the last axis of $T$ and the first axis of $M$:

$$R_{ijl} = \sum_k T_{ijk} M_{kl}.$$

The tensor $T$ has the shape <T_shape>. Its slices $T_1, T_2, \dots$ along the first axis, and the matrix, are

$$T = <T>$$

$$M = <M>$$

Give the shape of $R$, and $R$ itself (its slices $R_1, R_2, \dots$ one below the other).
"""

import numpy as np

from dlexam import array, by_level, integers, one_of, step
from dlexam.kinds.matrix import tex as matrix_tex
from dlexam.kinds.number import tex
from dlexam.working import products

about = dict(minutes=8, tags=["tensors", "shapes"])

given = dict(
    sizes=by_level((2, 2, 2, 2), one_of((2, 2, 2, 3), (2, 2, 2, 1), (3, 2, 2, 2)), one_of((2, 3, 3, 2), (2, 2, 3, 2), (2, 3, 2, 2))),
    T=lambda sizes, level: array(sizes[:3], by_level(integers(0, 3), integers(-2, 4), integers(-3, 4))(level)),
    M=lambda sizes, level: array(sizes[2:], by_level(integers(-1, 3), integers(-3, 4), integers(-3, 4))(level)),
)

words = dict(
    T_shape=lambda T: "$" + r" \times ".join(map(str, T.shape)) + "$",
    story=one_of(
        "",
        "A linear layer is applied to every token of a small batch: the axes of $T$ are example, token and feature. ",
    ),
)


@step(symbol=r"\text{shape}", marks=1)
def shape(T, M):
    """The axis that is summed over vanishes from both; the others stay in their order."""
    return (*T.shape[:2], M.shape[1])


@shape.mistake()
def summed_axis_kept(T, M):
    """You kept the axis that is summed over; it vanishes."""
    return (*T.shape, M.shape[1])


@step(symbol="R", marks=3)
def result(T, M):
    r"""For each $i$, this is the matrix product of the slice $T_i$ with $M$."""
    return T @ M


@result.working
def slices(T, M, result):
    lines = [
        rf"$$R_{i} = T_{i} M = {matrix_tex(t, None)} {matrix_tex(M, None)} = {matrix_tex(r, None)}$$"
        for i, (t, r) in enumerate(zip(T[:3], result[:3]), 1)
    ]
    return [f"For example, $R_{{111}} = {products(T[0, 0], M[:, 0])} = {tex(result[0, 0, 0])}$.", *lines]


@result.mistake(when=lambda T: T.shape[1] == T.shape[2])
def wrong_axis(T, M):
    """You summed over the second axis of the tensor; the last one meets the matrix."""
    return np.einsum("ikj,kl->ijl", T, M)


@result.mistake(when=lambda M: len(M) == M.shape[1])
def matrix_transposed(T, M):
    """You ran along the rows of the matrix; its first axis is summed over, so take its columns."""
    return T @ M.T


pytorch = """
import torch

T = torch.tensor(<T>)
M = torch.tensor(<M>)
result = torch.tensordot(T, M, dims=([2], [0]))
shape = tuple(result.shape)
"""
