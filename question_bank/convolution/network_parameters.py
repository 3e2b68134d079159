r"""Parameters of a whole CNN

<story> of shape $<input_shape>$ (channels, height, width) go through these layers:

<table>

Padding is the number of zeros added on each side; where a last window does not fit entirely, it is left out. Every filter and every dense unit has a bias.

List the numbers of parameters $n$ (weights and biases) of the layers that have any, from first to last. How many does the whole network have ($n_{\text{all}}$)?
"""

import numpy as np

from dlexam import by_level, one_of, step
from dlexam.figures_grid import layer_shapes, layer_table, plain_sum
from dlexam.kinds import number

about = dict(minutes=8, tags=["cnn", "parameters"])


def drawn_network(random, level):
    """A network like LeNet-5: convolutions and poolings, then dense layers."""
    K, layers = random.choice([4, 6, 8, 16]), []
    for _ in range(1 if level == 1 else 2):
        F = random.choice([3, 5])
        layers += [["conv", K, F, random.choice([0, F // 2]), 1], ["pool", *((3, 2) if level > 2 else (2, 2))]]
        K *= 2
    hidden = {1: [], 2: [], 3: [["dense", random.choice([64, 84, 120, 128])]]}[level]
    return [*layers, ["flatten"], *hidden, ["dense", random.choice([2, 5, 10])]]


given = dict(
    layers=lambda level, random: drawn_network(random, level),
    input_shape=by_level(
        one_of(*((C, n, n) for C in (1, 3) for n in (8, 10, 12, 14, 16))),
        one_of(*((C, n, n) for C in (1, 3) for n in (20, 24, 28, 32))),
        one_of((1, 28, 28), (3, 32, 32), (3, 48, 48), (3, 48, 64), (3, 64, 64), (1, 32, 100)),
    ),
)

words = dict(
    story=lambda input_shape: one_of("Grey-scale pictures of digits", "Scans") if input_shape[0] == 1 else one_of("Photos of dogs and cats", "Pictures of traffic signs"),
    table=layer_table,
)


def counts(layers, shape, flat=lambda C, H, W: C * H * W, channels=lambda C: C):
    """(parameters of one filter or unit, filters or units) of each layer; the functions are what students get wrong."""
    shapes, found = [shape, *layer_shapes(layers, shape)], []
    inputs = flat(*shapes[-1])
    for (kind, *sizes), before in zip(layers, shapes + shapes[-1:] * len(layers), strict=False):
        if kind == "conv":
            K, F, *_ = sizes
            found.append((F * F * channels(before[0]) + 1, K))
        elif kind == "dense":
            found.append((inputs + 1, sizes[0]))
            inputs = sizes[0]
    return found


def products(pairs):
    """The parameters of each layer."""
    return np.array([a * b for a, b in pairs])


@step(symbol="n", marks=3, each=True, tex=r"\text{filters or units times the parameters of each}")
def per_layer(layers, input_shape):
    r"""A filter has $F^2 C + 1$ parameters, with the number $C$ of channels that come in; a dense unit has one for each input, and a bias. Pooling and flattening learn nothing."""
    return products(counts(layers, input_shape))


@per_layer.working
def layer_by_layer(layers, input_shape, per_layer):
    """The shapes on the way, and each layer's product; in brackets one filter or unit."""
    shapes = [input_shape, *layer_shapes(layers, input_shape)]
    inputs, found = r" \cdot ".join(map(str, shapes[-1])), iter(per_layer.tolist())
    lines = []
    for (kind, *sizes), before in zip(layers, shapes + shapes[-1:] * len(layers), strict=False):
        if kind == "conv":
            K, F, *_ = sizes
            lines.append(rf"- convolution: ${K} \cdot ({F}^2 \cdot {before[0]} + 1) = {number.tex(next(found))}$")
        elif kind == "dense":
            lines.append(rf"- dense: ${sizes[0]} \cdot ({inputs} + 1) = {number.tex(next(found))}$")
            inputs = sizes[0]
    way = r" \to ".join(f"({C}, {H}, {W})" for C, H, W in shapes)
    return [f"The shapes up to the flattening: ${way}$.", "\n".join(lines)]


@per_layer.mistake(when=lambda layers: ["flatten"] in layers and any(layer[0] == "dense" for layer in layers))
def flatten_size_wrong(layers, input_shape):
    """You gave each unit of the first dense layer one weight for each place in the last feature maps; there is one for each place in *every* channel."""
    return products(counts(layers, input_shape, flat=lambda C, H, W: H * W))


@per_layer.mistake()
def biases_forgotten(layers, input_shape):
    """You left out the biases; every filter and every dense unit has one."""
    return np.array([(one - 1) * many for one, many in counts(layers, input_shape)])


@per_layer.mistake(when=lambda layers, input_shape: input_shape[0] > 1 or sum(layer[0] == "conv" for layer in layers) > 1)
def channels_forgotten(layers, input_shape):
    """You counted one kernel for each filter; a filter has a kernel for every channel that comes in."""
    return products(counts(layers, input_shape, channels=lambda C: 1))


@step(symbol=r"n_{\text{all}}", marks=1, tex=r"\sum n")
def total(per_layer):
    """Add up all layers."""
    return int(per_layer.sum())


@total.working
def sum_of_layers(per_layer, total):
    """The sum, written out."""
    return f"${plain_sum(per_layer)} = {number.tex(total)}$"


@total.mistake(when=lambda layers: any(layer[0] == "pool" for layer in layers))
def pool_has_parameters(per_layer, layers):
    """You counted the cells of the pooling windows as weights; a pooling layer learns nothing."""
    return int(per_layer.sum()) + sum(layer[1] ** 2 for layer in layers if layer[0] == "pool")


pytorch = """
import torch

modules = []
for kind, *sizes in <layers>:
    if kind == "conv":
        modules.append(torch.nn.LazyConv2d(sizes[0], sizes[1], padding=sizes[2], stride=sizes[3]))
    elif kind == "pool":
        modules.append(torch.nn.MaxPool2d(*sizes))
    else:
        modules.append(torch.nn.Flatten() if kind == "flatten" else torch.nn.LazyLinear(*sizes))
network = torch.nn.Sequential(*modules)
network(torch.zeros(1, *<input_shape>))
per_layer = [n for n in (sum(p.numel() for p in m.parameters()) for m in network) if n]
total = sum(per_layer)
"""
