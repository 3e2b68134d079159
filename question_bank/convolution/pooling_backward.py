r"""Gradient through a pooling layer

A feature map $X$ goes through a pooling layer with a window of $F \times F = <window> \times <window>$ and stride $S = <stride>$ (no padding). Backpropagation delivers
$\mathrm{d}Y = \partial L / \partial Y$, the gradient of the loss $L$ with respect to the layer's output. Both are given below.

What is the gradient with respect to $X$ if the layer is max pooling, and what if it is average pooling?
"""

import numpy as np

from dlexam import array, by_level, grid, integers, step
from dlexam.blocks import Row
from dlexam.engine import average_pool, average_pool_backward, max_pool, max_pool_backward
from dlexam.figures_grid import covered, equals, image
from dlexam.kinds.number import tex

about = dict(minutes=6, tags=["cnn", "pooling", "backpropagation"], decimals=3, symbols=dict(window="F", stride="S", dy=r"\mathrm{d}Y"))

given = dict(
    window=by_level(2, 2, 3),
    stride=2,
    rows=by_level(1, 2, 2),
    columns=2,
    X=lambda rows, columns, window, stride, level: array(
        ((rows - 1) * stride + window, (columns - 1) * stride + window),
        by_level(integers(0, 9), integers(-9, 12), grid(-2.5, 2.5, by=0.1))(level),
        distinct=True,
    ),
    dy=lambda rows, columns, level: array(
        (rows, columns), by_level(integers(-8, 8, but_not=[0]), integers(-6, 6, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]))(level), distinct=True
    ),
)


def figure(X, dy):
    """The feature map and the gradient of the output."""
    return [Row((image(X, "feature map $X$"), image(dy, r"gradient $\mathrm{d}Y$")))]


def shared(X, window, stride, dy, share):
    """What arrives at each entry of X if each entry of a window gets `share(window, gradient)`; overlaps add up."""
    dx = np.zeros(X.shape)
    for i, j in np.ndindex(*dy.shape):
        place = np.s_[i * stride : i * stride + window, j * stride : j * stride + window]
        dx[place] += share(X[place], dy[i, j])
    return dx


@step
def loss_max(X, window, stride, dy):
    return (dy * max_pool(X, window, stride)).sum()


@step
def loss_average(X, window, stride, dy):
    return (dy * average_pool(X, window, stride)).sum()


@step(symbol=r"\mathrm{d}X_{\max}", marks=2, each=True, gradient_of=("loss_max", "X"), tex=r"\mathrm{d}Y \text{ at the largest entry of its window}")
def dx_max(X, window, stride, dy):
    """Only the largest entry of a window has reached the output, so it alone gets the gradient (of all windows in which it wins); the others get 0."""
    return max_pool_backward(X, window, stride, dy)


@dx_max.working
def winners(X, window, stride, dy, dx_max):
    """The entries that win, in the input and in the gradient."""
    places = [sorted(covered(place, (window, window), stride)) for place in np.ndindex(*dy.shape)]
    won = [max(place, key=lambda p: X[p]) for place in places]
    return [Row((image(X, "$X$, largest entries marked", won), image(dx_max, "its gradient", won, 3)))]


@dx_max.mistake()
def spread_evenly(X, window, stride, dy):
    """You shared the gradient among all entries of the window, as average pooling does; with max pooling the largest entry gets all of it."""
    return average_pool_backward(X.shape, window, stride, dy)


@dx_max.mistake()
def gradient_to_all(X, window, stride, dy):
    """You gave the gradient to every entry of the window; with max pooling only the largest entry gets it."""
    return shared(X, window, stride, dy, lambda seen, g: g)


@dx_max.mistake()
def gradient_to_smallest(X, window, stride, dy):
    """You gave the gradient to the smallest entry of each window; the largest one has reached the output."""
    return shared(X, window, stride, dy, lambda seen, g: g * (seen == seen.min()))


@dx_max.mistake()
def maximum_passed_back(X, window, stride, dy):
    """You put the largest entries themselves back into their places; what flows back is the gradient."""
    return max_pool_backward(X, window, stride, max_pool(X, window, stride))


@step(symbol=r"\mathrm{d}X_{\text{avg}}", marks=2, each=True, gradient_of=("loss_average", "X"), tex=r"\frac{1}{F^2}\, \mathrm{d}Y \text{ at every entry of its window}")
def dx_average(X, window, stride, dy):
    """Every entry of a window has the weight $1/F^2$ in the mean, so each gets this share; where windows overlap, the shares add up."""
    return average_pool_backward(X.shape, window, stride, dy)


@dx_average.working
def first_share(window, dy):
    """The share of the first window."""
    share = rf"{tex(dy[0, 0].item())} / {window * window}"
    return f"From the first output, each entry of its window gets ${share}$ {equals(dy[0, 0].item() / window**2, 3)}."


@dx_average.mistake()
def not_divided(X, window, stride, dy):
    """You gave the whole gradient to every entry; each gets its share, the gradient divided by the number of entries."""
    return shared(X, window, stride, dy, lambda seen, g: g)


@dx_average.mistake(when=lambda window, stride: stride < window)
def overlaps_overwritten(X, window, stride, dy):
    """You let later windows overwrite earlier ones; where windows overlap, the shares add up."""
    dx = np.zeros(X.shape)
    for i, j in np.ndindex(*dy.shape):
        dx[i * stride : i * stride + window, j * stride : j * stride + window] = dy[i, j] / window**2
    return dx


@dx_average.mistake()
def divided_by_window_width(X, window, stride, dy):
    r"""You divided by $F = <window>$; a window has $F^2$ entries."""
    return window * average_pool_backward(X.shape, window, stride, dy)


pytorch = """
import torch
from torch.nn.functional import avg_pool2d, max_pool2d

X = torch.tensor(<X>, dtype=torch.float64, requires_grad=True)
dy = torch.tensor(<dy>, dtype=torch.float64)
(dx_max,) = torch.autograd.grad(max_pool2d(X[None], <window>, <stride>)[0], X, dy)
(dx_average,) = torch.autograd.grad(avg_pool2d(X[None], <window>, <stride>)[0], X, dy)
"""
