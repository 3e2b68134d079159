r"""Residual connection

<story> It computes $y = x + W x$: the input goes through the weights $W$, and the skip connection adds the input itself.

$$x = <x>,\qquad W = <W>$$

In the backward pass the gradient of the loss $L$, $\frac{\partial L}{\partial y} = <dy>$, arrives at the output. Compute $y$ and the gradient $\frac{\partial L}{\partial x}$ that the block passes on.
"""

from numpy import array_equal

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.figures import computation_graph
from dlexam.kinds import number
from dlexam.working import products

about = dict(minutes=5, tags=["resnet", "backpropagation"], decimals=3, symbols=dict(x="x", W="W", dy=r"\frac{\partial L}{\partial y}"))

given = dict(
    n=by_level(2, 3, 4),
    x=lambda n, level: array(n, by_level(integers(-3, 4, but_not=[0]), grid(-2, 3, by=0.5, but_not=[0]), grid(-2, 2, by=0.1, but_not=[0]))(level)),
    W=lambda x, level: array((len(x), len(x)), by_level(integers(-2, 3), grid(-1.5, 1.5, by=0.5), grid(-0.9, 0.9, by=0.1))(level)),
    dy=lambda x, level: array(len(x), by_level(integers(-2, 2, but_not=[0]), grid(-1.5, 1.5, by=0.5, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]))(level)),
)

words = dict(
    story=one_of(
        "A residual network consists of blocks with a skip connection; look at a linear one.",
        "A very deep network is trained with skip connections. Here is one of its blocks, without a nonlinearity.",
        "To see what a skip connection does to gradients, take a linear residual block.",
    )
)


def figure():
    return computation_graph({"x": (0, 1), "W x": (1, 0), "+": (2, 1), "y": (3, 1)}, [("x", "W x"), ("W x", "+"), ("x", "+", "skip"), ("+", "y")])


@step(symbol="y", marks=2)
def y(x, W):
    """Forwards: the input itself is added to what the weights make of it."""
    return x + W @ x


@y.working
def first_output(x, W, y):
    return rf"First entry: ${number.tex(x[0])} + {products(W[0], x)} = {number.tex(y[0], 3)}$"


@y.mistake(keeps=0.5)
def skip_forgotten_forward(x, W):
    """You left out the skip connection; the input $x$ is added to $W x$."""
    return W @ x


@y.mistake(when=lambda W: not array_equal(W, W.T))
def columns_used(x, W):
    r"""You used $W^\top$: forwards, each entry of $W x$ is a row of $W$ times $x$."""
    return x + W.T @ x


@step(symbol=r"\frac{\partial L}{\partial x}", marks=2)
def dx(dy, W):
    """Backwards: the gradient takes both ways as well. The skip connection passes it on unchanged, the weights multiply it by their transpose, and the two add up."""
    return dy + W.T @ dy


@dx.working
def first_gradient(dy, W, dx):
    return rf"First entry: ${number.tex(dy[0])} + {products(W[:, 0], dy)} = {number.tex(dx[0], 3)}$"


@dx.mistake(keeps=0.5)
def skip_forgotten_backward(dy, W):
    r"""You followed the way through the weights only; the skip connection adds $\partial L / \partial y$ itself."""
    return W.T @ dy


@dx.mistake(keeps=0.5, when=lambda W: not array_equal(W, W.T))
def weights_not_transposed(dy, W):
    r"""You multiplied by $W$; on the way back the weights are transposed: $W^\top \frac{\partial L}{\partial y}$."""
    return dy + W @ dy


pytorch = """
import torch

x, W, dy = (torch.tensor(v, dtype=torch.float64) for v in (<x>, <W>, <dy>))
x.requires_grad_()
y = x + torch.nn.functional.linear(x, W)
y.backward(dy)
dx = x.grad
"""
