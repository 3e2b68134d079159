r"""Output size of a convolution

<story> The layer has $K = <K>$ filters of $F \times F = <F> \times <F>$, stride $S = <S>$, <padding> and <dilation>.

How wide ($W_{\text{out}}$) and how high ($H_{\text{out}}$) is its output? If the last window does not fit entirely, it is left out. Give the shape as (channels, height, width),
too.
"""

from dlexam import by_level, integers, one_of, step
from dlexam.engine import output_size

about = dict(minutes=4, tags=["cnn", "shapes"], symbols=dict(F="F"))

given = dict(
    W=by_level(integers(12, 20), integers(24, 128), one_of(64, 96, 112, 128, 160, 224, 227, 256, 299, 320)),
    H=lambda W, level: by_level(W, one_of(W, W - 4, W + 8), one_of(W, W // 2, W - 32, W + 48))(level),
    C=by_level(one_of(1, 3), 3, one_of(3, 16, 32, 64)),
    F=by_level(one_of(3, 5), one_of(3, 5, 7), one_of(3, 5, 7, 11)),
    S=by_level(one_of(1, 2), one_of(1, 2, 2, 3), one_of(2, 2, 3, 4)),
    D=by_level(1, 1, one_of(1, 2, 2, 3)),
    P=lambda F, D, level: one_of(*range(min(level - 1, 1), D * (F - 1) // 2 + 1)),
    K=by_level(one_of(2, 4, 6, 8), one_of(6, 8, 16, 32), one_of(32, 64, 96, 128)),
)

words = dict(
    photo=one_of("A photo of a dog", "An aerial photo", "A frame of a video", "A scan"),
    story=lambda C, photo: (
        r"A grey-scale image, $H = <H>$ pixels high and $W = <W>$ pixels wide, enters a convolution layer."
        if C == 1
        else photo + r", $H = <H>$ pixels high and $W = <W>$ pixels wide, with $C = <C>$ colour channels, enters the first convolution layer of a network."
        if C == 3
        else r"Inside a network, $C = <C>$ feature maps of height $H = <H>$ and width $W = <W>$ enter a convolution layer."
    ),
    padding=lambda P: "no padding ($P = 0$)" if P == 0 else "padding $P = <P>$ (zeros on each side)",
    dilation=lambda D: "no dilation ($D = 1$)" if D == 1 else "dilation $D = <D>$",
)


def one_side_less(W, F, P, S, D):
    """How many windows fewer there are with padding on one side only; one fewer looks like a forgotten +1."""
    room = W + 2 * P - D * (F - 1) - 1
    return room // S - (room - P) // S


@step
def sizes(W, H, F, P, S, D):
    return tuple(output_size(n, F, P, S, D) for n in (W, H))


@step(symbol=r"W_{\text{out}}", marks=1, tex=r"\left\lfloor \frac{<W> + 2 \cdot <P> - <D> \cdot (<F> - 1) - 1}{<S>} \right\rfloor + 1")
def width(sizes):
    r"""The first window takes $D(F-1)+1$ columns of the padded image; every $S$ columns further there is room for one more."""
    return sizes[0]


@step(symbol=r"H_{\text{out}}", marks=1, tex=r"\left\lfloor \frac{<H> + 2 \cdot <P> - <D> \cdot (<F> - 1) - 1}{<S>} \right\rfloor + 1")
def height(sizes):
    """The same holds for the rows."""
    return sizes[1]


@step(symbol=r"\text{shape}", marks=1)
def shape(K, height, width):
    """Each filter sees all input channels and makes one feature map, so the output has as many channels as there are filters."""
    return (K, height, width)


@sizes.mistake(when=lambda W, F, P, S, D: one_side_less(W, F, P, S, D) > 1)
def padding_once(W, H, F, P, S, D):
    """You counted the padding once; it is added on both sides, so the size grows by $2P$."""
    return tuple((n + P - D * (F - 1) - 1) // S + 1 for n in (W, H))


@sizes.mistake()
def plus_one_forgotten(W, H, F, P, S, D):
    """You forgot the first window: the division counts the moves, and there is one window more than moves."""
    return tuple(output_size(n, F, P, S, D) - 1 for n in (W, H))


@sizes.mistake(when=lambda W, F, P, S, D: (W + 2 * P - D * (F - 1) - 1) % S > 0)
def rounded_up(W, H, F, P, S, D):
    """You rounded up; a window that does not fit entirely is left out, so round down."""
    return tuple(-(-(n + 2 * P - D * (F - 1) - 1) // S) + 1 for n in (W, H))


@sizes.mistake(when=lambda D: D > 1)
def dilation_ignored(W, H, F, P, S, D):
    """You left out the dilation; with $D = <D>$ the filter reaches over $D(F-1)+1$ columns."""
    return tuple(output_size(n, F, P, S, 1) for n in (W, H))


@sizes.mistake(when=lambda S: S > 1)
def stride_ignored(W, H, F, P, S, D):
    """You left out the stride; the filter moves <S> pixels at a time."""
    return tuple(output_size(n, F, P, 1, D) for n in (W, H))


@shape.mistake(when=lambda C, K: C != K)
def input_channels_kept(C, height, width):
    """You kept the number of input channels; each filter sums over them, and the <K> filters make <K> output channels."""
    return (C, height, width)


pytorch = """
import torch

layer = torch.nn.Conv2d(<C>, <K>, <F>, stride=<S>, padding=<P>, dilation=<D>)
output = layer(torch.zeros(1, <C>, <H>, <W>))
_, channels, height, width = output.shape
shape = (channels, height, width)
"""
