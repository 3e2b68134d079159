r"""Convolution, ReLU and max pooling

<story> It goes through three layers:

1. a convolution with the kernel $K$, stride $<stride>$, no padding and no bias (the kernel is not flipped, as in PyTorch and TensorFlow),
2. a ReLU,
3. max pooling with a window of $<pool> \times <pool>$ and stride $<pool>$.

Give the output of each layer: $Z$ of the convolution, $A$ of the ReLU and $Y$ of the pooling.
"""

import numpy as np

from dlexam import by_level, one_of, step
from dlexam.blocks import Row
from dlexam.engine import average_pool, convolve, max_pool, relu
from dlexam.figures_grid import image, kernel_rows, window_rows
from dlexam.kinds.number import tex

about = dict(
    minutes=8,
    tags=["cnn", "convolution", "pooling", "relu"],
    decimals=2,
    symbols=dict(kernel="K"),
)

SMALL = ([[-1, 1], [-1, 1]], [[1, -1], [1, -1]], [[-1, 1], [-2, 1]], [[1, -1], [0, -1]])
LARGE = ([[-1, 0, 1]] * 3, [[1, 0, -1]] * 3, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], [[1, 0, -1], [2, 1, -2], [1, 0, -1]])


def bright_ridge(size, level, random):
    """An image that is brightest along one column and darker to both sides, so that edge detectors answer with both signs."""
    centre = size // 2 - (random.randint(0, 1) if size % 2 == 0 else 0)
    return np.array([
        [max(0, size - 1 - 2 * abs(column - centre)) + random.randint(0, level) for column in range(size)]
        for _ in range(size)
    ])


given = dict(
    size=by_level(5, 6, 9),
    stride=lambda size: 2 if size == 9 else 1,
    pool=2,
    lying=one_of(0, 1),
    edges=lambda level: one_of(*(SMALL if level == 1 else LARGE)),
    kernel=lambda edges, lying: np.array(edges).T if lying else np.array(edges),
    upright=bright_ridge,
    X=lambda upright, lying: upright.T.copy() if lying else upright,
)

words = dict(
    story=one_of(
        "A small part of a scanned letter is the image $X$.",
        "A camera sees a bright line; a patch of its picture is the image $X$.",
        "The image $X$ is a patch of a grey-scale photo.",
    )
)


def figure(X, kernel):
    """The image and the kernel side by side."""
    return [Row((image(X, "image $X$"), image(kernel, "kernel $K$")))]


@step(symbol="Z", marks=3, each=True, tex=r"X \ast K")
def convolved(X, kernel, stride):
    """Lay the kernel on every position, multiply what lies on each other and add up."""
    return convolve(X, kernel, stride)


@convolved.working
def convolved_windows(X, kernel, stride, convolved):
    """The first two windows."""
    return kernel_rows(X, kernel, convolved, stride)


@convolved.mistake(when=lambda kernel: (kernel != kernel[::-1, ::-1]).any())
def kernel_flipped(X, kernel, stride):
    """You turned the kernel by 180° first, as mathematicians do; deep-learning libraries use it as it is."""
    return convolve(X, kernel[::-1, ::-1], stride)


@step(symbol="A", marks=1, tex=r"\operatorname{ReLU}(Z) = \max(Z, 0)")
def activated(convolved):
    """The ReLU keeps what is positive and sets the rest to zero."""
    return relu(convolved)


@activated.mistake()
def activation_forgotten(convolved):
    """You left out the ReLU; negative entries become 0 before the pooling."""
    return convolved


@activated.mistake()
def absolute_value(convolved):
    """You dropped the signs; the ReLU sets negative entries to 0."""
    return abs(convolved)


@step(symbol="Y", marks=2, each=True, tex=r"\max_{\text{window}} a")
def pooled(activated, pool):
    """Keep the largest entry of each window; the windows lie side by side, since the stride is the window's size."""
    return max_pool(activated, pool)


@pooled.working
def pooled_windows(activated, pool, pooled):
    """The first window."""
    return window_rows(activated, pooled, (pool, pool), largest, pool, most=1)


def largest(seen):
    """The maximum of a window, written out."""
    return r"$\max(" + ", ".join(map(tex, seen.ravel().tolist())) + ")$"


@pooled.mistake()
def average_pooling(activated, pool):
    """You averaged each window; this layer keeps the largest entry."""
    return average_pool(activated, pool)


@pooled.mistake()
def overlapping_windows(activated, pool):
    """You moved the pooling window by one cell; its stride is <pool>, so the windows do not overlap."""
    return max_pool(activated, pool, 1)


pytorch = """
import torch
from torch.nn.functional import conv2d, max_pool2d, relu

X, kernel = (torch.tensor(m, dtype=torch.float64)[None, None] for m in (<X>, <kernel>))
convolved = conv2d(X, kernel, stride=<stride>)[0, 0]
activated = relu(convolved)
pooled = max_pool2d(activated[None], <pool>)[0]
"""
