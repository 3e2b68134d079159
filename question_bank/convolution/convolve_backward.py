r"""Gradient through a convolution

In the forward pass a layer has computed $Y = X \ast K$ (stride 1, no padding, the kernel not flipped). Backpropagation delivers
$\mathrm{d}Y = \partial L / \partial Y$, the gradient of the loss $L$ with respect to $Y$. The image $X$, the kernel $K$ and $\mathrm{d}Y$ are given below.

Compute the gradients with respect to the kernel, $\mathrm{d}K$, and with respect to the image, $\mathrm{d}X$.
"""

import numpy as np

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.blocks import Row
from dlexam.engine import convolve, convolve_backward_input, convolve_backward_kernel
from dlexam.figures_grid import image, kernel_rows
from dlexam.kinds import number

about = dict(minutes=10, tags=["cnn", "convolution", "backpropagation"], decimals=2, symbols=dict(kernel="K", dy=r"\mathrm{d}Y"))

given = dict(
    F=by_level(2, 2, one_of(2, 3)),
    out=by_level((2, 2), one_of((2, 2), (2, 3)), (2, 2)),
    X=lambda F, out, level: array((out[0] + F - 1, out[1] + F - 1), by_level(integers(0, 3), integers(-2, 4), integers(-4, 4))(level)),
    kernel=lambda F, level: array((F, F), by_level(integers(-1, 2), integers(-2, 3), grid(-1, 1, by=0.5))(level)),
    dy=lambda out, level: array(out, by_level(integers(-2, 2, but_not=[0]), integers(-3, 3, but_not=[0]), grid(-2, 2, by=0.5, but_not=[0]))(level)),
)


def figure(X, kernel, dy):
    """The image, the kernel and the gradient side by side."""
    return [Row((image(X, "image $X$"), image(kernel, "kernel $K$"), image(dy, r"gradient $\mathrm{d}Y$")))]


@step
def loss(X, kernel, dy):
    return (dy * convolve(X, kernel)).sum()


@step(symbol=r"\mathrm{d}K", marks=3, each=True, gradient_of=("loss", "kernel"), tex=r"X \ast \mathrm{d}Y")
def dkernel(X, dy):
    r"""Weight $K_{a,b}$ has met the pixel $X_{i+a,\,j+b}$ for each output $Y_{i,j}$, so its gradient is the sum of these pixels, each times $\mathrm{d}Y_{i,j}$: $X$ convolved with $\mathrm{d}Y$."""
    return convolve_backward_kernel(X, dy)


@dkernel.working
def dkernel_windows(X, dy, dkernel):
    """The first two entries."""
    return kernel_rows(X, dy, dkernel, decimals=2, names=("$X$", r"$\mathrm{d}Y$", r"$\mathrm{d}K$"))


@dkernel.mistake()
def one_position_only(X, kernel, dy):
    """You used the first position of the kernel only; the same weights are used at every position, and their gradients add up."""
    rows, columns = kernel.shape
    return dy[0, 0] * X[:rows, :columns]


@dkernel.mistake()
def gradient_flipped(X, dy):
    r"""You turned $\mathrm{d}Y$ by 180°; for the kernel's gradient it is used as it is."""
    return convolve(X, dy[::-1, ::-1])


@step(symbol=r"\mathrm{d}X", marks=3, each=True, gradient_of=("loss", "X"), tex=r"\sum_{i,j} \mathrm{d}Y_{i,j} \cdot K \text{ laid on its window}")
def dx(kernel, dy):
    r"""Pixel $X_{i+a,\,j+b}$ went into $Y_{i,j}$ with the weight $K_{a,b}$: each $\mathrm{d}Y_{i,j}$ stamps $\mathrm{d}Y_{i,j} K$ onto its window, and the stamps add up."""
    return convolve_backward_input(kernel, dy)


@dx.working
def stamps(kernel, dy, dx):
    """The first two stamps."""
    shown = []
    for i, j in list(np.ndindex(*dy.shape))[:2]:
        stamp = np.zeros(dx.shape)
        stamp[i : i + len(kernel), j : j + kernel.shape[1]] = dy[i, j] * kernel
        window = [(i + a, j + b) for a, b in np.ndindex(*kernel.shape)]
        shown.append(image(stamp, rf"${number.tex(dy[i, j].item())} \cdot K$", window))
    return [Row((*shown, image(dx, "all stamps added up", decimals=2)))]


@dx.mistake(when=lambda kernel: (kernel != kernel[::-1, ::-1]).any())
def kernel_flipped(kernel, dy):
    r"""You stamped the kernel turned by 180°. It is stamped as it is (only if you *slide* it over the padded $\mathrm{d}Y$ must it be turned)."""
    return convolve_backward_input(kernel[::-1, ::-1], dy)


@dx.mistake()
def stamps_overwritten(kernel, dy):
    """You let later stamps overwrite earlier ones; where windows overlap, the gradients add up."""
    total = np.zeros((dy.shape[0] + kernel.shape[0] - 1, dy.shape[1] + kernel.shape[1] - 1))
    for i, j in np.ndindex(*dy.shape):
        total[i : i + kernel.shape[0], j : j + kernel.shape[1]] = dy[i, j] * kernel
    return total


pytorch = """
import torch

X, kernel = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (<X>, <kernel>))
dy = torch.tensor(<dy>, dtype=torch.float64)
Y = torch.nn.functional.conv2d(X[None, None], kernel[None, None])[0, 0]
dkernel, dx = torch.autograd.grad(Y, (kernel, X), dy)
"""
