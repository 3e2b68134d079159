r"""Average pooling

<story> An average pooling layer with a window of $F \times F = <window> \times <window>$ and stride $S = <stride>$ follows. There is no padding, and only
whole windows count. Write down its output.
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import average_pool, max_pool
from dlexam.figures_grid import image, sum_by_rows, window_rows

about = dict(minutes=4, tags=["cnn", "pooling"], decimals=3, symbols=dict(window="F", stride="S"))

given = dict(
    window=by_level(2, one_of(2, 3), one_of(2, 3)),
    stride=lambda level, window: by_level(2, window, 2 if window == 3 else 1)(level),
    rows=by_level(2, 2, 3),
    columns=by_level(2, one_of(2, 3), 3),
    X=lambda rows, columns, window, stride, level: array(
        ((rows - 1) * stride + window, (columns - 1) * stride + window),
        by_level(integers(0, 9), integers(-9, 9), grid(-2, 2, by=0.1))(level),
    ),
)

words = dict(
    story=one_of(
        "A convolution layer has produced the feature map $X$.",
        "LeNet-5 made its feature maps smaller by averaging. One of them is $X$.",
        "A network makes the feature map $X$ smaller without strides in its convolutions.",
    )
)


def figure(X):
    """The feature map as a grid."""
    return [image(X, "feature map $X$")]


@step(symbol="Y", marks=2, each=True, tex=r"\frac{1}{<window>^2} \textstyle\sum_{\text{window}} x")
def output(X, window, stride):
    """Each window is replaced by its mean: the sum of its entries divided by their number."""
    return average_pool(X, window, stride)


@output.working
def output_windows(X, window, stride, output):
    """The first windows."""
    return window_rows(X, output, (window, window), mean, stride, decimals=3)


def mean(seen):
    """The mean of a window, written out."""
    return f"({sum_by_rows(seen)}) / ${seen.size}$"


@output.mistake()
def max_pooling(X, window, stride):
    """You kept the largest entry of each window; this layer takes the mean."""
    return 1.0 * max_pool(X, window, stride)


@output.mistake()
def sum_pooling(X, window, stride):
    """You added each window up; divide by the number of its entries."""
    return average_pool(X, window, stride) * window**2


@output.mistake()
def divided_by_window_width(X, window, stride):
    r"""You divided by $F = <window>$; a window has $F^2$ entries."""
    return average_pool(X, window, stride) * window


@output.mistake(when=lambda stride: stride > 1)
def stride_of_one(X, window, stride):
    """You moved the window by one cell; the stride is <stride>, so the next window starts <stride> cells further on."""
    return average_pool(X, window, 1)


pytorch = """
import torch

X = torch.tensor(<X>, dtype=torch.float64)
output = torch.nn.functional.avg_pool2d(X[None, None], kernel_size=<window>, stride=<stride>)[0, 0]
"""
