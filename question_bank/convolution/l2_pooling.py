r"""L2 pooling

L2 pooling replaces each window by the square root of the sum of its squared entries, $\sqrt{\sum x^2}$ (the sum is not divided by their number).

<story> Apply L2 pooling with a window of $F \times F = <window> \times <window>$ and stride $S = <stride>$, without padding; only
whole windows count.
"""

from numpy import sqrt

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import average_pool, l2_pool, max_pool
from dlexam.figures_grid import image, window_rows
from dlexam.working import bracketed

about = dict(minutes=5, tags=["cnn", "pooling"], decimals=3, symbols=dict(window="F", stride="S"))

given = dict(
    window=by_level(2, 2, one_of(2, 3)),
    stride=lambda level, window: by_level(2, 2, 2 if window == 3 else 1)(level),
    rows=by_level(1, 2, 2),
    columns=by_level(2, 2, 3),
    X=lambda rows, columns, window, stride, level: array(
        ((rows - 1) * stride + window, (columns - 1) * stride + window),
        by_level(integers(0, 5), integers(-5, 6), grid(-2, 2, by=0.5))(level),
    ),
)

words = dict(
    story=one_of(
        "A convolution layer has produced the feature map $X$.",
        "One feature map of a network is $X$.",
        "The responses of an edge detector are $X$.",
    )
)


def figure(X):
    """The feature map as a grid."""
    return [image(X, "feature map $X$")]


@step(symbol="Y", marks=3, each=True, tex=r"\sqrt{\textstyle\sum_{\text{window}} x^2}")
def output(X, window, stride):
    """Squares make all entries count with their size, whatever their sign; the root brings back the scale."""
    return l2_pool(X, window, stride)


@output.working
def output_windows(X, window, stride, output):
    """The first windows."""
    return window_rows(X, output, (window, window), root_of_squares, stride, decimals=3)


def root_of_squares(seen):
    """The norm of a window, written out."""
    return r"$\sqrt{" + " + ".join(f"{bracketed(x)}^2" for x in seen.ravel().tolist()) + "}$"


@output.mistake()
def no_square_root(X, window, stride):
    """You left out the square root of the sum of squares."""
    return l2_pool(X, window, stride) ** 2


@output.mistake()
def average_pooling(X, window, stride):
    """You averaged the entries; square them, add the squares up and take the root."""
    return average_pool(X, window, stride)


@output.mistake()
def root_of_the_mean(X, window, stride):
    """You divided the sum of squares by the number of entries; in this question it is not divided (as in PyTorch's `LPPool2d`)."""
    return sqrt(average_pool(X * X, window, stride))


@output.mistake()
def max_pooling(X, window, stride):
    """You kept the largest entry of each window; take the root of the sum of squares."""
    return 1.0 * max_pool(X, window, stride)


@output.mistake()
def sum_of_magnitudes(X, window, stride):
    """You added up the magnitudes, which is the L1 norm; the L2 norm squares first and takes the root last."""
    return average_pool(abs(X), window, stride) * window**2


pytorch = """
import torch

X = torch.tensor(<X>, dtype=torch.float64)
output = torch.nn.functional.lp_pool2d(X[None, None], norm_type=2, kernel_size=<window>, stride=<stride>)[0, 0]
"""
