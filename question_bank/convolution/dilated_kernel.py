r"""Effective size of a dilated kernel

<story> uses kernels of $<F> \times <F>$ ($F = <F>$) with dilation $D = <D>$: from one weight to the next it is $D$ pixels in each direction.

Over how many pixels $F_{\text{eff}}$ does such a kernel reach in each direction, from its first to its last weight? How many weights $n$ does it have (one channel, no bias)?
"""

from dlexam import by_level, integers, one_of, step

about = dict(minutes=3, tags=["cnn", "dilation"], symbols=dict(F="F"))

given = dict(
    F=by_level(integers(2, 5), integers(3, 9), integers(3, 15)),
    D=by_level(integers(2, 5), integers(2, 12), integers(2, 32)),
)

words = dict(
    story=one_of(
        "A network for segmentation",
        "A layer of WaveNet, applied to pictures,",
        "DeepLab, which labels every pixel of a street scene,",
        "A network that must see far without pooling",
        "A denoising network",
    ),
)


@step(symbol=r"F_{\text{eff}}", marks=1)
def effective_size(F, D):
    """$F$ weights have $F - 1$ gaps of $D$ pixels between them, and the first pixel counts too."""
    return D * (F - 1) + 1


@effective_size.mistake()
def multiplied(F, D):
    """You multiplied $D$ by $F$; between $F$ weights there are only $F - 1$ gaps."""
    return D * F


@effective_size.mistake()
def gaps_of_skipped_pixels(F, D):
    """You put $D$ pixels *between* two weights; with dilation $D$ they are $D$ apart, so $D - 1$ lie between them."""
    return (D + 1) * (F - 1) + 1


@effective_size.mistake()
def dilation_ignored(F):
    """You left out the dilation; it spreads the weights."""
    return F


@step(symbol="n", marks=1, tex="<F>^2")
def weights(F):
    """Dilation spreads the weights apart but adds none; that is its advantage over a larger kernel."""
    return F * F


@weights.mistake()
def weights_grow(F, D):
    """You counted the pixels in the square that the kernel reaches over; most of them have no weight."""
    return (D * (F - 1) + 1) ** 2


@weights.mistake()
def one_row_only(F):
    r"""You counted one row; the kernel has $<F> \times <F>$ weights."""
    return F


pytorch = """
import torch

kernel = torch.ones(1, 1, <F>, <F>)
response = torch.nn.functional.conv_transpose2d(torch.ones(1, 1, 1, 1), kernel, dilation=<D>)[0, 0]
effective_size = len(response)
weights = kernel.numel()
"""
