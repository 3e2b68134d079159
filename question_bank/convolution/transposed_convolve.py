r"""Transposed convolution by hand

<story> A transposed convolution with the kernel $K$ and stride $S = <stride>$ makes the feature map $X$ larger: each entry of $X$ stamps itself times $K$ onto the output,
each stamp <stride> <cells> further on than its neighbour, and stamps that overlap are added (no padding, the kernel is not flipped, as in PyTorch's
`ConvTranspose2d`). Write down the output.
"""

import numpy as np

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.blocks import Row
from dlexam.engine import transposed_convolve
from dlexam.figures_grid import covered, image
from dlexam.kinds import number

about = dict(minutes=6, tags=["cnn", "transposed convolution"], decimals=2, symbols=dict(kernel="K", stride="S"))

given = dict(
    size=by_level((2, 2), one_of((2, 2), (2, 3)), one_of((2, 2), (2, 3), (3, 3))),
    layer=by_level(one_of((2, 1), (2, 1), (3, 2)), one_of((2, 1), (3, 2), (3, 1)), one_of((3, 2), (3, 2), (4, 2), (3, 1))),  # kernel, stride
    stride=lambda layer: layer[1],
    X=lambda size, level: array(size, by_level(integers(1, 4), integers(-3, 4), grid(-2, 2, by=0.5))(level)),
    kernel=lambda layer, level: array((layer[0], layer[0]), by_level(integers(0, 2), integers(-1, 2), integers(-2, 2))(level)),
)

words = dict(
    story=one_of(
        "The decoder of a U-Net makes feature maps larger step by step.",
        "A generator turns small feature maps into an image.",
        "A network for segmentation must come back to the size of its input.",
    ),
    cells=lambda stride: "cell" if stride == 1 else "cells",
)


def figure(X, kernel):
    """The feature map and the kernel side by side."""
    return [Row((image(X, "feature map $X$"), image(kernel, "kernel $K$")))]


@step(symbol="Y", marks=4, each=True, tex=r"\sum_{i,j} X_{i,j} \cdot K \text{ stamped at row } S i, \text{ column } S j")
def output(X, kernel, stride):
    """This is what the gradient does on its way back through a convolution: every value spreads over a whole window. Rows and columns are counted from 0 here."""
    return transposed_convolve(X, kernel, stride)


@output.working
def stamps(X, kernel, stride, output):
    """The first two stamps and the sum."""
    shown = []
    for place in list(np.ndindex(*X.shape))[:2]:
        alone = np.zeros_like(X)
        alone[place] = X[place]
        marked = covered(place, kernel.shape, stride)
        shown.append(image(transposed_convolve(alone, kernel, stride), rf"stamp ${number.tex(X[place].item())} \cdot K$", marked))
    return [Row((*shown, image(output, "all stamps added up")))]


@output.mistake(when=lambda kernel, stride: stride < max(kernel.shape))
def overlaps_overwritten(X, kernel, stride):
    """You let later stamps overwrite earlier ones; where stamps overlap, they are added."""
    total = np.zeros_like(transposed_convolve(X, kernel, stride))
    for i, j in np.ndindex(*X.shape):
        total[i * stride : i * stride + len(kernel), j * stride : j * stride + kernel.shape[1]] = X[i, j] * kernel
    return total


@output.mistake(when=lambda stride: stride > 1)
def stride_ignored(X, kernel, stride):
    """You moved the stamps by one cell; with stride <stride> each lies <stride> cells further on than its neighbour."""
    return transposed_convolve(X, kernel, 1)


@output.mistake(when=lambda kernel: (kernel != kernel[::-1, ::-1]).any())
def kernel_flipped(X, kernel, stride):
    """You stamped the kernel turned by 180°; it is stamped as it is."""
    return transposed_convolve(X, kernel[::-1, ::-1], stride)


pytorch = """
import torch

X, kernel = (torch.tensor(v, dtype=torch.float64)[None, None] for v in (<X>, <kernel>))
output = torch.nn.functional.conv_transpose2d(X, kernel, stride=<stride>)[0, 0]
"""
