r"""One-dimensional convolution

<story> the sequence $x = <x>$. A one-dimensional convolution layer reads it with the kernel $k = <kernel>$, stride $S = <stride>$, <padded> and dilation
$D = <dilation>$. It has no bias, and the kernel is not flipped (as in PyTorch's `Conv1d`).

How many entries does the output have ($n$), and what are they ($y$)?
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import convolve_1d, output_size, pad
from dlexam.figures_grid import covered, image, weighted_sum
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
    story=one_of("A microphone delivers", "A sensor measures", "A channel of a text classifier holds", "The daily changes of a share price are"),
    padded=lambda padding: "no padding ($P = 0$)" if padding == 0 else "padding $P = <padding>$ (zeros at each end)",
)


@step(symbol="W")
def W(x):
    return len(x)


@step(symbol="F")
def F(kernel):
    return len(kernel)


@step(symbol="n", marks=1, tex=r"\left\lfloor \frac{<W> + 2 \cdot <padding> - <dilation> \cdot (<F> - 1) - 1}{<stride>} \right\rfloor + 1")
def length(W, F, stride, padding, dilation):
    """Count the positions of the kernel ($W$ entries, $F$ weights): the first one, and one more for each stride that there is room for."""
    return output_size(W, F, padding, stride, dilation)


@length.mistake()
def plus_one_forgotten(W, F, stride, padding, dilation):
    """You forgot the first position: the division counts the moves, and there is one position more than moves."""
    return output_size(W, F, padding, stride, dilation) - 1


@length.mistake(when=lambda dilation: dilation > 1)
def reach_without_dilation(W, F, stride, padding):
    """You left out the dilation: the kernel reaches over $D(F - 1) + 1$ entries."""
    return output_size(W, F, padding, stride)


@step(symbol="y", marks=3, each=True, sized=False, tex=r"x \ast k")
def output(x, kernel, stride, padding, dilation):
    """At each position, multiply every weight with the entry that it lies on and add up the products."""
    return convolve_1d(x, kernel, stride, padding, dilation)


@output.working
def output_windows(x, kernel, stride, padding, dilation, output):
    """The first three positions, and where the first one lies."""
    padded = pad(x[None, :], (0, padding))[0]
    reach = dilation * (len(kernel) - 1) + 1
    lines = [image(padded, "input with the first window", covered((0, 0), (1, len(kernel)), stride, dilation))]
    for i, y in enumerate(output[:3].tolist()):
        seen = padded[i * stride : i * stride + reach : dilation]
        lines.append(f"$y_{i + 1} = {weighted_sum(seen, kernel)} = {number.tex(y)}$")
    return lines


@output.mistake(when=lambda kernel: (kernel != kernel[::-1]).any())
def kernel_flipped(x, kernel, stride, padding, dilation):
    """You reversed the kernel first, as `numpy.convolve` does; a convolution layer uses it as it is."""
    return convolve_1d(x, kernel[::-1], stride, padding, dilation)


@output.mistake(when=lambda dilation: dilation > 1)
def dilation_ignored(x, kernel, stride, padding, dilation):
    """You laid the weights side by side; with dilation <dilation> they lie <dilation> entries apart."""
    return convolve_1d(x, kernel, stride, padding, 1)


@output.mistake(when=lambda stride: stride > 1)
def stride_ignored(x, kernel, stride, padding, dilation):
    """You moved the kernel by one entry; the stride is <stride>, so the next window starts <stride> entries further on."""
    return convolve_1d(x, kernel, 1, padding, dilation)


pytorch = """
import torch

x, kernel = (torch.tensor(v, dtype=torch.float64)[None, None] for v in (<x>, <kernel>))
output = torch.nn.functional.conv1d(x, kernel, stride=<stride>, padding=<padding>, dilation=<dilation>)[0, 0]
length = len(output)
"""
