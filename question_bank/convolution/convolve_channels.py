r"""Convolution over several channels

<story> of height $H = <H>$ and width $W = <W>$ with <channels> enters a convolution layer with <filters> of $F \times F = <F> \times <F>$, stride 1 and no
padding; kernels are not flipped. $X_c$ is channel $c$, and $K_{k,c}$ is the kernel that filter $k$ lays on channel $c$. <biases>

Give the shape of the output as (channels, height, width), and its entries.
"""

import numpy as np

from dlexam import array, by_level, integers, one_of, step
from dlexam.blocks import Row
from dlexam.engine import convolve_channels
from dlexam.figures_grid import equals, image, sum_by_rows
from dlexam.working import total

about = dict(minutes=9, tags=["cnn", "convolution", "channels"], decimals=2, symbols=dict(kernels="K", bias="b"))

given = dict(
    C=by_level(2, one_of(2, 3), 3),
    K=by_level(1, 2, 2),
    size=by_level(3, 3, 4),
    kernel_size=by_level(2, 2, one_of(2, 3)),
    X=lambda C, size, level: array((C, size, size), by_level(integers(0, 3), integers(0, 5), integers(-3, 4))(level)),
    kernels=lambda K, C, kernel_size, level: array((K, C, kernel_size, kernel_size), by_level(integers(-1, 1), integers(-1, 2), integers(-2, 2))(level)),
    bias=lambda K: array(K, integers(-3, 3, but_not=[0]), distinct=True),
)

words = dict(
    story=lambda X: (
        one_of("A stack of feature maps", "The output of another layer")
        if len(X) != 3
        else one_of("A small colour image", "A patch of a colour photo")
        if (X >= 0).all()
        else one_of("A small colour image, its mean subtracted,", "A patch of a colour photo, its mean subtracted,")
    ),
    channels=lambda X: f"{len(X)} channels" + (" (red, green, blue)" if len(X) == 3 else ""),
    filters=lambda kernels: "one filter ($N = 1$)" if len(kernels) == 1 else f"$N = {len(kernels)}$ filters",
    biases=lambda bias: f"The filter's bias is $b = {bias[0]}$." if len(bias) == 1 else "The filters' biases are $b = <bias>$.",
)


def figure(X, kernels):
    """The channels in one row, the kernels of each filter in another."""
    channels = Row(tuple(image(x, f"$X_{c}$") for c, x in enumerate(X, 1)))
    filters = [Row(tuple(image(w, f"$K_{{{k},{c}}}$") for c, w in enumerate(filter, 1))) for k, filter in enumerate(kernels, 1)]
    return [channels, *filters]


@step(symbol="N")
def N(kernels):
    return len(kernels)


@step(symbol="H")
def H(X):
    return X.shape[1]


@step(symbol="W")
def W(X):
    return X.shape[2]


@step(symbol="F")
def F(kernels):
    return kernels.shape[2]


@step(symbol=r"\text{shape}", marks=1, tex=r"(<N>,\; <H> - <F> + 1,\; <W> - <F> + 1)")
def shape(N, H, W, F):
    r"""Each of the $N$ filters sees all channels and makes one feature map; an $F \times F$ kernel fits $H - F + 1$ times into $H$ rows."""
    return (N, H - F + 1, W - F + 1)


@shape.mistake(when=lambda X, kernels: len(X) != len(kernels))
def input_channels_kept(X, H, W, F):
    """You kept the number of input channels; each filter adds its channels up to one feature map."""
    return (len(X), H - F + 1, W - F + 1)


@step(symbol="Y", marks=4, each=True, sized=False, tex=r"\sum_c X_c \ast K_{k,c} + b_k \text{ for each filter } k")
def output(X, kernels, bias):
    """Each channel meets its own kernel; the results are added up, and the filter's bias is added once."""
    return convolve_channels(X, kernels, bias)


@output.working
def output_windows(X, kernels, bias, output):
    """The first entry of each filter, one line a channel."""
    lines = []
    for k, (filter, b) in enumerate(zip(kernels, bias, strict=True), 1):
        seen = X[:, : filter.shape[1], : filter.shape[2]]
        sums = [(x * w).sum().item() for x, w in zip(seen, filter, strict=True)]
        items = [f"- channel {c}: {sum_by_rows(x, w)} {equals(y)}" for c, (x, w, y) in enumerate(zip(seen, filter, sums, strict=True), 1)]
        items.append(f"- with the bias: ${total([*sums, b.item()])}$ {equals(output[k - 1, 0, 0].item())}")
        lines += [f"Filter {k}, row 1, column 1:", "\n".join(items)]
    return lines


@output.mistake()
def channels_not_summed(X, kernels, bias):
    """You used the first channel only; a filter adds up what its kernels find in all channels."""
    return convolve_channels(X[:1], kernels[:, :1], bias)


@output.mistake()
def bias_per_channel(X, kernels, bias):
    """You added the bias once per channel; a filter has one bias, added once."""
    return convolve_channels(X, kernels, len(X) * bias)


@output.mistake()
def bias_forgotten(X, kernels):
    """You left out the bias."""
    return convolve_channels(X, kernels)


@output.mistake()
def first_kernel_everywhere(X, kernels, bias):
    """You laid the filter's first kernel on every channel; each channel has a kernel of its own."""
    return convolve_channels(X, np.repeat(kernels[:, :1], len(X), axis=1), bias)


@output.mistake(when=lambda kernels: (kernels != kernels[..., ::-1, ::-1]).any())
def kernel_flipped(X, kernels, bias):
    """You turned the kernels by 180° first; deep-learning libraries use them as they are."""
    return convolve_channels(X, kernels[..., ::-1, ::-1], bias)


pytorch = """
import torch

X, kernels, bias = (torch.tensor(v, dtype=torch.float64) for v in (<X>, <kernels>, <bias>))
output = torch.nn.functional.conv2d(X[None], kernels, bias)[0]
shape = tuple(output.shape)
"""
