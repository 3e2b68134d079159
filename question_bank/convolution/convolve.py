r"""Convolving an image with a kernel

<story> The kernel $K$ is given beside it. Compute the output of a convolution with stride $S = <stride>$, <padded> and <dilated>; there is no bias.

The kernel is not flipped: as in PyTorch and TensorFlow, it is laid on the image as it stands.
"""

import numpy as np

from dlexam import array, by_level, integers, one_of, step
from dlexam.blocks import Row
from dlexam.engine import convolve, pad
from dlexam.figures_grid import image, kernel_rows

about = dict(
    minutes=6,
    tags=["cnn", "convolution"],
    decimals=2,
    symbols=dict(kernel="K", stride="S", padding="P", dilation="D"),
)

EDGES = ([[-1, 0, 1]] * 3, [[1, 1, 1], [0, 0, 0], [-1, -1, -1]], [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], [[1, 2, 1], [0, 0, 0], [-1, -2, -1]])

given = dict(
    layer=by_level(  # size of the image, stride, padding, dilation
        one_of((3, 1, 0, 1), (4, 1, 0, 1)),
        one_of((5, 1, 0, 1), (5, 2, 0, 1), (3, 1, 1, 1), (5, 2, 1, 1)),
        one_of((6, 1, 0, 2), (7, 2, 0, 1), (4, 1, 1, 1), (5, 2, 1, 1), (5, 1, 1, 2), (7, 2, 1, 2)),
    ),
    stride=lambda layer: layer[1],
    padding=lambda layer: layer[2],
    dilation=lambda layer: layer[3],
    kernel=lambda level, random: (
        array((2, 2), integers(-1, 2))
        if level == 1
        else one_of(*map(np.array, EDGES))
        if level == 2 and random.random() < 0.5
        else array((3, 3), integers(-1, 1) if level == 2 else integers(-2, 2))
    ),
    X=lambda layer, level: array((layer[0], layer[0]), by_level(integers(0, 4), integers(0, 9), integers(-5, 5))(level)),
)

words = dict(
    story=lambda X: (
        one_of("A patch of a grey-scale photo is the image $X$.", "The image $X$ is a small part of an X-ray picture.", "A sensor delivers the image $X$.")
        if (X >= 0).all()
        else one_of("Inside a network, one feature map is the image $X$.", "A grey-scale image, its mean subtracted, is $X$.")
    ),
    padded=lambda padding: "no padding" if padding == 0 else "padding $P = <padding>$ (zeros on each side)",
    dilated=lambda dilation: "no dilation" if dilation == 1 else "dilation $D = <dilation>$",
)


def figure(X, kernel):
    """The image and the kernel side by side."""
    return [Row((image(X, "image $X$"), image(kernel, "kernel $K$")))]


@step(symbol="Y", marks=4, each=True, tex=r"X \ast K")
def output(X, kernel, stride, padding, dilation):
    """At each position, multiply every weight with the pixel that it lies on and add up the products."""
    return convolve(X, kernel, stride, padding, dilation)


@output.working
def output_windows(X, kernel, stride, padding, dilation, output):
    """The first windows."""
    name = "padded image with the window" if padding else "image with the window"
    return kernel_rows(pad(X, padding), kernel, output, stride, dilation, names=(name, "kernel", "output"))


@output.mistake(when=lambda kernel: (kernel != kernel[::-1, ::-1]).any())
def kernel_flipped(X, kernel, stride, padding, dilation):
    """You turned the kernel by 180° first, which is the mathematician's convolution; deep-learning libraries use it as it is."""
    return convolve(X, kernel[::-1, ::-1], stride, padding, dilation)


@output.mistake(when=lambda kernel: kernel.shape[0] == kernel.shape[1] and (kernel != kernel.T).any())
def kernel_transposed(X, kernel, stride, padding, dilation):
    """You swapped the rows and columns of the kernel; it is used as it is."""
    return convolve(X, kernel.T, stride, padding, dilation)


@output.mistake(when=lambda stride: stride > 1)
def stride_ignored(X, kernel, stride, padding, dilation):
    """You moved the kernel by one pixel; the stride is <stride>, so the next window starts <stride> pixels further on."""
    return convolve(X, kernel, 1, padding, dilation)


@output.mistake(when=lambda padding: padding > 0)
def padding_ignored(X, kernel, stride, padding, dilation):
    """You left out the padding; with padding <padding> the first window starts on the zeros above and to the left of the image."""
    return convolve(X, kernel, stride, 0, dilation)


@output.mistake(when=lambda dilation: dilation > 1)
def dilation_ignored(X, kernel, stride, padding, dilation):
    """You laid the weights side by side; with dilation <dilation> they lie <dilation> pixels apart."""
    return convolve(X, kernel, stride, padding, 1)


pytorch = """
import torch

X, kernel = (torch.tensor(m, dtype=torch.float64)[None, None] for m in (<X>, <kernel>))
output = torch.nn.functional.conv2d(X, kernel, stride=<stride>, padding=<padding>, dilation=<dilation>)[0, 0]
"""
