r"""Shapes through a CNN

<story> of shape $<input_shape>$ (channels, height, width) go through these layers:

<table>

Padding is the number of zeros added on each side; where a last window does not fit entirely, it is left out.

Give the shape after each layer up to the flattening, one row (channels, height, width) for each. How many values $n$ does the flattened vector have?
"""

import numpy as np

from dlexam import by_level, one_of, step
from dlexam.figures_grid import layer_shapes, layer_table
from dlexam.kinds import number

about = dict(minutes=6, tags=["cnn", "shapes"], symbols=dict(layers=r"\text{layers}"))


def small_network(random, level):
    """A network like LeNet-5: convolutions with stride 1, each followed by a pooling that halves."""
    K, layers = random.choice([4, 6, 8, 16]), []
    for _ in range(level):
        F = random.choice([3, 5])
        layers += [["conv", K, F, random.choice([0, F // 2]), 1], ["pool", 2, 2]]
        K *= 2
    return [*layers, ["flatten"]]


def large_network(random):
    """A network like AlexNet: a first convolution with a stride, overlapping pooling, then stacked convolutions."""
    K, F = random.choice([32, 64, 96]), random.choice([7, 11])
    return [
        ["conv", K, F, random.choice([0, 1, 2, 3]), random.choice([2, 4])],
        ["pool", 3, 2],
        ["conv", 2 * K, 5, random.choice([0, 2]), 1],
        ["pool", *random.choice([(2, 2), (3, 2)])],
        *[["conv", random.choice([3, 4]) * K, 3, 1, 1]] * random.choice([1, 2]),
        ["pool", 3, 2],
        ["flatten"],
    ]


given = dict(
    layers=lambda level, random: large_network(random) if level > 2 else small_network(random, level),
    input_shape=by_level(
        one_of(*((C, n, n) for C in (1, 3) for n in range(10, 25, 2))),
        one_of((1, 28, 28), (3, 32, 32), (3, 28, 28), (3, 48, 32), (1, 32, 64), (3, 64, 64)),
        one_of((3, 224, 224), (3, 227, 227), (3, 128, 128), (3, 160, 120), (3, 192, 192), (3, 240, 320)),
    ),
)


words = dict(
    story=lambda input_shape: one_of("Grey-scale pictures of digits", "Scans") if input_shape[0] == 1 else one_of("Photos of dogs and cats", "Pictures of traffic signs", "Colour photos"),
    table=layer_table,
)


def shapes_after(layers, shape, **mistaken):
    """The shape after each layer but flatten, one a row."""
    return np.array(layer_shapes(layers, shape, **mistaken))


@step(symbol=r"\text{shapes}", marks=3, each=True, tex=r"(C,\; H,\; W) \text{ layer by layer}")
def shapes(layers, input_shape):
    r"""A convolution makes as many channels as it has filters, a pooling keeps them; both make $\left\lfloor (H + 2P - F) / S \right\rfloor + 1$ of $H$ rows, and the same for the columns."""
    return shapes_after(layers, input_shape)


@shapes.working
def layer_by_layer(layers, input_shape, shapes):
    """The rows, layer by layer."""
    lines, (_, H, W) = [], input_shape
    for (kind, *sizes), (C, rows, columns) in zip(layers, shapes.tolist(), strict=False):
        F, P, S = sizes[1:] if kind == "conv" else (sizes[0], 0, sizes[1])
        name = "convolution" if kind == "conv" else "pooling"
        found = "rows and columns" if H == W else f"rows and likewise {columns} columns"
        lines.append(rf"- {name}: $\lfloor ({H} + 2 \cdot {P} - {F}) / {S} \rfloor + 1 = {rows}$ {found}, {C} channels")
        H, W = rows, columns
    return "\n".join(lines)


def has(layers, kind):
    """Whether a layer of this kind is there."""
    return any(layer[0] == kind for layer in layers)


@shapes.mistake(when=lambda layers: any(layer[0] == "conv" and layer[3] for layer in layers))
def padding_once(layers, input_shape):
    """You counted the padding once; zeros are added on both sides, so the size grows by twice the padding."""
    return shapes_after(layers, input_shape, size=lambda n, F, P, S: (n + P - F) // S + 1)


@shapes.mistake(when=lambda layers: has(layers, "pool"))
def pool_changes_channels(layers, input_shape):
    """You divided the number of channels in the pooling; pooling works on each channel by itself and keeps their number."""
    return shapes_after(layers, input_shape, pooled=lambda C, F: C // F)


@shapes.mistake(when=lambda layers: has(layers, "conv"))
def channels_kept(layers, input_shape):
    """You kept the number of channels in the convolutions; each filter makes one channel, so there are as many as filters."""
    return shapes_after(layers, input_shape, filters=lambda K, C: C)


@shapes.mistake(when=lambda layers, input_shape: input_shape[0] > 1 or sum(layer[0] == "conv" for layer in layers) > 1)
def channels_multiplied(layers, input_shape):
    """You multiplied the filters by the channels before; each filter adds these up and makes one channel."""
    return shapes_after(layers, input_shape, filters=lambda K, C: K * C)


@step(symbol="n", marks=1, tex=r"C \cdot H \cdot W")
def flattened(shapes):
    """Flattening writes all channels, rows and columns of the last shape one after the other."""
    return int(np.prod(shapes[-1]))


@flattened.working
def last_product(shapes, flattened):
    """The product of the last shape."""
    C, H, W = shapes[-1]
    return rf"The last shape is $({C}, {H}, {W})$: ${C} \cdot {H} \cdot {W} = {number.tex(flattened)}$."


@flattened.mistake(when=lambda input_shape: input_shape[0] > 1)  # else it looks like `channels_kept`
def one_channel_only(shapes):
    """You counted one channel; all of them go into the vector."""
    return int(np.prod(shapes[-1][1:]))


pytorch = """
import torch

x, shapes = torch.zeros(<input_shape>, device="meta"), []
for kind, *sizes in <layers>:
    if kind == "conv":
        K, F, P, S = sizes
        x = torch.nn.Conv2d(x.shape[0], K, F, stride=S, padding=P, device="meta")(x)
    elif kind == "pool":
        x = torch.nn.MaxPool2d(*sizes)(x)
    else:
        break
    shapes.append(list(x.shape))
flattened = x.numel()
"""
