r"""Convolution with a flipped kernel

<story> The image $X$ and the kernel $K$ are given below. Mathematicians define the convolution with a *flipped* kernel:

$$Y_{i,j} = \sum_{a}\sum_{b} X_{i+a,\, j+b}\; \tilde{K}_{a,b}$$

where $\tilde{K}$ is $K$ turned by 180°. Deep-learning libraries leave the turning out. Write down $\tilde{K}$ and the output $Y$ at all positions where the kernel lies
entirely on the image (stride 1, no padding).
"""

from dlexam import array, by_level, integers, one_of, step
from dlexam.blocks import Row
from dlexam.engine import convolve
from dlexam.figures_grid import image, kernel_rows

about = dict(minutes=6, tags=["convolution"], decimals=2, symbols=dict(kernel="K"))

given = dict(
    size=by_level((3, 3), one_of((4, 4), (3, 4), (4, 3)), one_of((5, 5), (4, 5), (5, 4))),
    kernel=by_level(array((2, 2), integers(0, 3), distinct=True), array((2, 2), integers(-3, 3), distinct=True), array((3, 3), integers(-2, 2))),
    X=lambda size, level: array(size, by_level(integers(0, 4), integers(0, 6), integers(-4, 4))(level)),
)

words = dict(
    story=one_of(
        "A course on image processing and a course on deep learning call different things a convolution.",
        "A filter from an image processing library is to be used in PyTorch.",
        "A student compares SciPy's `convolve2d` with PyTorch's `conv2d`.",
    )
)


def figure(X, kernel):
    """The image and the kernel side by side."""
    return [Row((image(X, "image $X$"), image(kernel, "kernel $K$")))]


@step(symbol=r"\tilde{K}", marks=1, tex=r"K \text{ turned by 180°}")
def flipped(kernel):
    """Turning by 180° reverses the order of the rows and the order of the columns."""
    return kernel[::-1, ::-1]


@flipped.mistake()
def not_flipped(kernel):
    r"""You used the kernel as it is, as deep-learning libraries do; $\tilde{K}$ is turned by 180°."""
    return kernel


@flipped.mistake()
def flipped_once(kernel):
    """You reversed the columns only; turning by 180° reverses the rows as well."""
    return kernel[:, ::-1]


@flipped.mistake()
def flipped_upside_down(kernel):
    """You reversed the rows only; turning by 180° reverses the columns as well."""
    return kernel[::-1]


@flipped.mistake()
def transposed(kernel):
    """You swapped rows and columns; turning by 180° keeps rows as rows and reverses their order."""
    return kernel.T


@step(symbol="Y", marks=3, each=True, tex=r"\sum_a \sum_b X_{i+a,\,j+b}\, \tilde{K}_{a,b}")
def output(X, flipped):
    """Now slide the turned kernel over the image, multiply and add up."""
    return convolve(X, flipped)


@output.working
def output_windows(X, flipped, output):
    """The first windows."""
    return kernel_rows(X, flipped, output, names=("image with the window", r"turned kernel $\tilde{K}$", "output"))


pytorch = """
import torch

X, kernel = (torch.tensor(m, dtype=torch.float64) for m in (<X>, <kernel>))
flipped = torch.rot90(kernel, 2)
output = torch.nn.functional.conv2d(X[None, None], flipped[None, None])[0, 0]
"""
