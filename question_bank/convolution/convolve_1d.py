r"""One-dimensional convolution

<story> the sequence $x = <x>$. A one-dimensional convolution layer reads it with the kernel $k = <kernel>$, stride $S = <stride>$, <padded> and dilation
$D = <dilation>$. It has no bias, and the kernel is not flipped (as in PyTorch's `Conv1d`).

How many entries has the output, and which?
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import convolve_1d, output_size, pad
from dlexam.figures_grid import covered, weighted_sum
from dlexam.kinds import number

about = dict(
    minutes=5,
    tags=["cnn", "convolution"],
    decimals=2,
    symbols=dict(kernel="k", stride="S", padding="P", dilation="D"),
)

given = dict(
    layer=by_level(  # length, kernel, stride, padding, dilation
        one_of((5, 2, 1, 0, 1), (5, 3, 1, 0, 1), (6, 3, 1, 0, 1)),
        one_of((6, 3, 1, 1, 1), (7, 3, 2, 0, 1), (7, 3, 2, 1, 1), (7, 3, 1, 0, 2), (8, 4, 2, 0, 1)),
        one_of((8, 3, 1, 1, 2), (9, 3, 2, 2, 2), (9, 3, 2, 1, 2), (8, 2, 1, 0, 4), (9, 4, 1, 1, 2), (10, 3, 3, 2, 2)),
    ),
    stride=lambda layer: layer[2],
    padding=lambda layer: layer[3],
    dilation=lambda layer: layer[4],
    x=lambda layer, level: array(layer[0], by_level(integers(0, 5), integers(-5, 9), grid(-2, 2, by=0.5))(level)),
    kernel=lambda layer, level: array(layer[1], by_level(integers(-1, 2), integers(-2, 3), integers(-3, 3))(level)),
)

words = dict(
    story=one_of("The loudness of a sound is", "A sensor measures", "A channel of a text classifier holds", "A share's daily changes are"),
    padded=lambda padding: "no padding" if padding == 0 else "padding $P = <padding>$ (zeros at each end)",
)


@step(symbol="n", marks=1, tex=r"\left\lfloor \frac{<W> + 2 \cdot <padding> - <dilation> \cdot (<F> - 1) - 1}{<stride>} \right\rfloor + 1")
def length(W, F, stride, padding, dilation):
    """Count the positions of the kernel: the first one, and one more for each stride that there is room for."""
    return output_size(W, F, padding, stride, dilation)


@step(symbol="W")
def W(x):
    return len(x)


@step(symbol="F")
def F(kernel):
    return len(kernel)


@length.mistake()
def plus_one_forgotten(W, F, stride, padding, dilation):
    """You forgot the first position: the division counts the moves, and there is one position more than moves."""
    return output_size(W, F, padding, stride, dilation) - 1


@length.mistake(when=lambda padding, stride: padding > 0 and stride == 1)
def input_length(W):
    """You gave the length of the input; count the positions at which the kernel fits."""
    return W


@step(symbol="y", marks=3, each=True, tex=r"y_i = \sum_j k_j\, x_{\text{padded},\; S i + D j}")
def output(x, kernel, stride, padding, dilation):
    """At each position, multiply each weight with the entry that it lies on and add up; the sums count from $i = j = 0$."""
    return convolve_1d(x, kernel, stride, padding, dilation)


@output.working
def output_windows(x, kernel, stride, padding, dilation, output):
    """The first positions, one line each."""
    padded = pad(x[None, :], (0, padding))[0]
    for i in range(min(3, len(output))):
        seen = padded[i * stride : i * stride + dilation * len(kernel) : dilation][: len(kernel)]
        yield f"Position {i + 1}: ${weighted_sum(seen, kernel)} = {number.tex(output[i].item())}$"
