r"""Multiply-adds of a convolution layer

<story> reads $C = <C>$ <channels> of height $H = <H>$ and width $W = <W>$. It has $K = <K>$ filters of $<F> \times <F>$ ($F = <F>$), stride $S = <S>$ and
<padding>. What does not fill a whole window is left out.

How many output values $n_{\text{out}}$ does the layer compute, and how many multiply-adds $n$ does it take? One product that is added to a sum is one multiply-add. Biases
do not count.
"""

from dlexam import by_level, integers, one_of, step
from dlexam.engine import output_size

about = dict(minutes=4, tags=["cnn", "cost"], symbols=dict(F="F"))

given = dict(
    C=by_level(one_of(1, 2, 3), one_of(1, 3, 3), one_of(3, 16, 32, 64, 128)),
    H=by_level(integers(6, 20), one_of(28, 32, 48, 64), one_of(28, 56, 64, 112, 224)),
    W=lambda H, level: by_level(H, one_of(H, H + 16), one_of(H, 2 * H))(level),
    F=by_level(3, one_of(3, 5), one_of(3, 5, 7)),
    S=by_level(1, one_of(1, 2), one_of(1, 2)),
    P=lambda F, S, level: by_level(0, one_of(0, F // 2 if S == 2 else F // 2 - 1), F // 2 if S == 2 else one_of(0, F // 2 - 1))(level),
    K=by_level(one_of(2, 4, 5, 10), one_of(6, 8, 16, 20), one_of(32, 64, 96, 128, 256)),
)

words = dict(
    story=lambda C: one_of("The first layer of a network", "A convolution layer on a phone's chip", "A layer that finds edges") if C <= 3 else one_of("A layer inside a network", "A layer of a ResNet"),
    channels=lambda C: "channel" if C == 1 else "channels" if C <= 3 else "feature maps",
    padding=lambda P: "no padding ($P = 0$)" if P == 0 else "padding $P = <P>$ (zeros on each side)",
)


@step(symbol=r"H_{\text{out}}", tex=r"\left\lfloor \frac{<H> + 2 \cdot <P> - <F>}{<S>} \right\rfloor + 1")
def height(H, F, P, S):
    """First, the height of the output."""
    return output_size(H, F, P, S)


@step(symbol=r"W_{\text{out}}", tex=r"\left\lfloor \frac{<W> + 2 \cdot <P> - <F>}{<S>} \right\rfloor + 1")
def width(W, F, P, S):
    """And its width."""
    return output_size(W, F, P, S)


@step(symbol=r"n_{\text{out}}", marks=1)
def outputs(K, height, width):
    """Each filter makes one feature map."""
    return K * height * width


@outputs.mistake(when=lambda H, W, height, width: (height, width) != (H, W))
def input_size_used(K, H, W):
    """You used the height and width of the input; the output has other ones."""
    return K * H * W


@outputs.mistake()
def filters_forgotten(height, width):
    """You counted one feature map; there is one for each of the <K> filters."""
    return height * width


@outputs.mistake(when=lambda C: C > 2)
def channels_multiplied(C, K, height, width):
    """You multiplied by the input channels as well; a filter adds them up to one feature map."""
    return C * K * height * width


@step(symbol="n", marks=2, tex=r"<outputs> \cdot <F>^2 \cdot <C>")
def multiply_adds(outputs, F, C):
    """Each output value is a sum of $F^2$ products for every input channel."""
    return outputs * F * F * C


@multiply_adds.mistake(when=lambda C: C > 1)
def channels_forgotten(outputs, F):
    """You counted one channel; each output value adds up products from all <C> channels."""
    return outputs * F * F


@multiply_adds.mistake(when=lambda C, F: C != F)
def window_side_only(outputs, F, C):
    r"""You counted <F> weights for each channel; a kernel has $<F> \times <F>$ for each."""
    return outputs * F * C


@multiply_adds.mistake(keeps=0.5)
def counted_twice(outputs, F, C):
    """You counted products and sums one by one; here one product and its addition are one multiply-add."""
    return 2 * outputs * F * F * C


pytorch = """
import torch
from torch.utils.flop_counter import FlopCounterMode

layer = torch.nn.Conv2d(<C>, <K>, <F>, stride=<S>, padding=<P>, bias=False, device="meta")
with FlopCounterMode(display=False) as counter:
    outputs = layer(torch.zeros(1, <C>, <H>, <W>, device="meta")).numel()
multiply_adds = counter.get_total_flops() // 2  # PyTorch counts a multiply-add as two operations
"""
