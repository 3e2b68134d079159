r"""Receptive field

<story> Its layers are:

<table>

A layer may be a convolution or a pooling; both count alike. How many input pixels $r_l$ does one value after layer $l$ see, in each direction? And how many pixels of the
input is it from one value to its neighbour (the *jump* $j_l$)? Borders do not matter. List one number for each layer.
"""

import numpy as np

from dlexam import one_of, step
from dlexam.figures import receptive_field

about = dict(minutes=6, tags=["cnn", "receptive field"], symbols=dict(layers=r"\text{layers}"))


def drawn_layers(random, level):
    """Convolutions and poolings as in known networks, [F, S, D] each; a stride comes early enough to matter later."""
    pick = random.choice
    if level == 1:
        return [[pick([2, 3, 5, 7]), pick([1, 2, 3]), 1], [pick([2, 3]), 2, 1], [pick([2, 3, 5]), pick([1, 2]), 1]]
    if level == 2:
        return [[pick([3, 5, 7]), pick([1, 2]), 1], [pick([2, 3]), 2, 1], [pick([3, 5]), 1, 1], [pick([2, 3, 5]), pick([1, 2]), 1]]
    first = pick([[7, 2, 1], [11, 4, 1], [5, 2, 1], [3, 2, 1]])
    return [first, [pick([2, 3]), 2, 1], [pick([3, 5]), 1, pick([1, 2])], [3, pick([1, 2]), pick([1, 2])], [3, 1, pick([2, 3, 4])]]


given = dict(layers=lambda level, random: drawn_layers(random, level))


def described(layers):
    """The layers as a Markdown table."""
    rows = ["| layer | window $F$ | stride $S$ | dilation $D$ |", "|---|---|---|---|"]
    rows += [f"| {i} | {F} × {F} | {S} | {D} |" for i, (F, S, D) in enumerate(layers, 1)]
    return "\n".join(rows)


words = dict(
    story=one_of(
        "A network for medical pictures must see a whole cell at once.",
        "A detector can only find what fits into its receptive field.",
        "How far does a value deep inside a network see?",
        "A new design of a network is compared with an old one by its receptive field.",
    ),
    table=described,
)


@step(symbol="r_l", marks=3, each=True, tex=r"r_{l-1} + D_l\,(F_l - 1)\, j_{l-1}")
def field(layers, jump):
    r"""A window's first and last value lie $D(F-1)$ values apart, each a jump $j$ of the layer before; start from one pixel, $r_0 = 1$."""
    before = [1, *jump[:-1]]
    return np.cumsum([D * (F - 1) * j for (F, _, D), j in zip(layers, before, strict=True)]) + 1


@field.working
def field_by_layer(layers, jump, field):
    """One line a layer."""
    lines, r, j = [], 1, 1
    for i, (F, _, D) in enumerate(layers):
        lines.append(rf"- $r_{i + 1} = {r} + {D} \cdot ({F} - 1) \cdot {j} = {field[i]}$")
        r, j = field[i], jump[i]
    drawn = [receptive_field(layers, ["input", *(f"layer {i}" for i in range(1, len(layers) + 1))])] if field[-1] <= 48 else []
    return ["\n".join(lines), *drawn]


@field.mistake(when=lambda layers: any(S > 1 for _, S, _ in layers[:-1]))
def strides_ignored(layers):
    """You left out the strides: after a stride of 2, neighbouring values lie twice as far apart in the input."""
    return np.cumsum([D * (F - 1) for F, _, D in layers]) + 1


@field.mistake()
def kernels_added(layers):
    """You added the window sizes up; a window reaches only $F - 1$ steps beyond its first value, and each step is a jump long."""
    return np.cumsum([F for F, _, _ in layers])


@field.mistake(when=lambda layers: any(S > 1 for _, S, _ in layers))
def own_stride_used(layers, jump):
    """You multiplied with the jump after the layer; a window steps over the values of the layer *before*."""
    return np.cumsum([D * (F - 1) * j for (F, _, D), j in zip(layers, jump, strict=True)]) + 1


@field.mistake(when=lambda layers: any(D > 1 for _, _, D in layers))
def dilation_ignored(layers, jump):
    """You left out the dilation: the weights lie $D$ values apart."""
    before = [1, *jump[:-1]]
    return np.cumsum([(F - 1) * j for (F, _, _), j in zip(layers, before, strict=True)]) + 1


@step(symbol="j_l", marks=2, each=True, tex=r"j_{l-1} \cdot S_l")
def jump(layers):
    """Each stride multiplies the distance of neighbours; in the input it is one pixel, $j_0 = 1$."""
    return np.cumprod([S for _, S, _ in layers])


@jump.working
def jump_by_layer(layers, jump):
    """One line a layer."""
    before = [1, *jump[:-1]]
    return "\n".join(rf"- $j_{i} = {j} \cdot {S} = {j * S}$" for i, (j, (_, S, _)) in enumerate(zip(before, layers, strict=True), 1))


def shows(wrong, layers):
    """Whether wrong jumps reach the receptive fields; the last layer's jump does not."""
    strides = [S for _, S, _ in layers[:-1]]
    return list(wrong(strides)) != list(np.cumprod(strides))


@jump.mistake(when=lambda layers: shows(list, layers))
def last_stride_only(layers):
    """You gave each layer's own stride; the strides of all layers up to this one multiply."""
    return np.array([S for _, S, _ in layers])


@jump.mistake(when=lambda layers: shows(np.cumsum, layers))
def strides_added(layers):
    """You added the strides up; they multiply."""
    return np.cumsum([S for _, S, _ in layers])


pytorch = """
import torch

# Which pixels does the middle value after each layer depend on? The gradient tells.
jump, field = [], []
for depth in range(1, len(<layers>) + 1):
    x = torch.zeros(1, 1, 999, dtype=torch.float64, requires_grad=True)
    y = x
    for F, S, D in <layers>[:depth]:
        y = torch.nn.functional.conv1d(y, torch.ones(1, 1, F, dtype=torch.float64), stride=S, dilation=D)
    middle = y.shape[-1] // 2
    one, two = (torch.autograd.grad(y[0, 0, middle + i], x, retain_graph=True)[0].nonzero()[:, -1] for i in (0, 1))
    field.append(int(one.max() - one.min()) + 1)
    jump.append(int(two.min() - one.min()))
"""
