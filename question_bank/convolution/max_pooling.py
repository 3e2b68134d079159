r"""Max pooling

<story> A max pooling layer with a window of $F \times F = <window> \times <window>$ and stride $S = <stride>$ follows. There is no padding, and only whole
windows count. Write down its output.
"""

from numpy import where

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import average_pool, max_pool, windows
from dlexam.figures_grid import image, window_rows
from dlexam.kinds.number import tex

about = dict(minutes=4, tags=["cnn", "pooling"], decimals=2, symbols=dict(window="F", stride="S"))

given = dict(
    window=by_level(2, one_of(2, 3), one_of(2, 3)),
    stride=lambda level, window: by_level(2, window, 2 if window == 3 else 1)(level),
    rows=by_level(2, 2, 3),
    columns=by_level(2, 3, 3),
    X=lambda rows, columns, window, stride, level: array(
        ((rows - 1) * stride + window, (columns - 1) * stride + window),
        by_level(integers(-6, 6), integers(-9, 9), grid(-2, 2, by=0.1))(level),
    ),
)

words = dict(
    story=one_of(
        "A convolution layer has produced the feature map $X$.",
        "One channel of a CNN's activations (without a ReLU) is the matrix $X$.",
        "Before the next convolution, the feature map $X$ is made smaller.",
    )
)


def figure(X):
    """The feature map as a grid."""
    return [image(X, "feature map $X$")]


@step(symbol="Y", marks=2, each=True, tex=r"\max_{\text{window}} x")
def output(X, window, stride):
    """Only the largest entry of each window is kept: how strongly the feature is present, not where exactly."""
    return max_pool(X, window, stride)


@output.working
def output_windows(X, window, stride, output):
    """The first windows."""
    return window_rows(X, output, (window, window), largest, stride)


def largest(seen):
    """The maximum of a window, written out."""
    return r"$\max(" + ", ".join(map(tex, seen.ravel().tolist())) + ")$"


@output.mistake()
def average_pooling(X, window, stride):
    """You averaged each window; max pooling keeps its largest entry."""
    return average_pool(X, window, stride)


@output.mistake(when=lambda stride: stride > 1)
def overlapping_windows(X, window, stride):
    """You moved the window by one cell; the stride is <stride>, so the next window starts <stride> cells further on."""
    return max_pool(X, window, 1)


@output.mistake(when=lambda X: (X < 0).any())
def magnitude_not_sign(X, window, stride):
    """You took the entry furthest from zero; the signs count in a maximum: $-7$, for example, is smaller than $2$."""
    high, low = max_pool(X, window, stride), -max_pool(-X, window, stride)
    return where(-low > high, low, high)


@output.mistake(when=lambda X: (X < 0).any())
def sign_dropped(X, window, stride):
    """You compared the entries without their signs; a maximum looks at the signed values: $-7$, for example, is smaller than $2$."""
    return max_pool(abs(X), window, stride)


@output.mistake()
def smallest_entry(X, window, stride):
    """You kept the smallest entry of each window; max pooling keeps the largest."""
    return windows(X, window, stride).min(axis=(-2, -1))


pytorch = """
import torch

X = torch.tensor(<X>, dtype=torch.float64)
output = torch.nn.functional.max_pool2d(X[None, None], kernel_size=<window>, stride=<stride>)[0, 0]
"""
