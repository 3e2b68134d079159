r"""Padding that keeps the size

<story> is $W = <W>$ pixels high and wide. A convolution layer with kernels of $<F> \times <F>$ ($F = <F>$) and dilation $D = <D>$ gets as much
padding as keeps this size when the stride is 1.

1. Over how many pixels $F_{\text{eff}}$ in a row does the kernel reach, from its first to its last weight?
2. How many rows and columns of zeros $P$ are added *on each side*?
3. How high and wide ($W_{\text{out}}$) is the output if the layer keeps this padding and has stride $S = <S>$? (What does not fill a whole window is left out.)
"""

from dlexam import by_level, integers, one_of, step
from dlexam.engine import output_size

about = dict(minutes=4, tags=["cnn", "padding", "shapes"], symbols=dict(F="F"))

given = dict(
    W=by_level(integers(8, 80), integers(28, 128), integers(56, 256)),
    F=by_level(one_of(3, 5, 7), one_of(3, 5, 7, 9), one_of(3, 5, 7, 9, 11)),
    S=by_level(2, one_of(2, 3), one_of(2, 3, 4)),
    D=by_level(1, one_of(1, 2, 3), one_of(2, 3, 4)),
)

words = dict(
    story=one_of("An image", "A feature map", "A heat map inside a network", "Each channel of the input"),
)


@step(symbol=r"F_{\text{eff}}", marks=1)
def effective_size(F, D):
    """From one weight to the next it is $D$ pixels, $F$ weights have $F - 1$ such gaps, and the first pixel counts too."""
    return D * (F - 1) + 1


@effective_size.mistake(when=lambda D: D > 1)
def dilation_ignored(F):
    """You left out the dilation: the weights lie $D = <D>$ pixels apart."""
    return F


@effective_size.mistake(when=lambda D: D > 1 and D % 2)  # an even D F would not leave a whole padding
def multiplied(F, D):
    """You multiplied $D$ by $F$; $F$ weights have only $F - 1$ gaps between them."""
    return D * F


@step(symbol="P", marks=1, carry=lambda P: P >= 0, tex=r"\frac{<effective_size> - 1}{2}")
def padding(effective_size):
    r"""At stride 1 the size shrinks by $F_{\text{eff}} - 1$; the zeros on the two sides share this."""
    return (effective_size - 1) // 2


@padding.mistake()
def full_padding(effective_size):
    r"""You added $F_{\text{eff}} - 1$ on *each* side; that is the total, and each side gets half of it."""
    return effective_size - 1


@padding.mistake(when=lambda S: S <= 2)  # a larger stride hides one more zero
def half_rounded_up(effective_size):
    r"""You took half of $F_{\text{eff}}$, rounded up; the size shrinks by $F_{\text{eff}} - 1$ only, and each side gets half of that."""
    return (effective_size + 1) // 2


@step(symbol=r"W_{\text{out}}", marks=1, tex=r"\left\lfloor \frac{<W> + 2 \cdot <padding> - <D> \cdot (<F> - 1) - 1}{<S>} \right\rfloor + 1")
def output(W, padding, F, S, D):
    """The padding makes up for the kernel's reach, so only the stride makes the output smaller."""
    return output_size(W, F, padding, S, D)


@output.mistake(when=lambda S: S > 1)
def stride_ignored(W, padding, F, D):
    """The size is kept only at stride 1; here the kernel moves <S> pixels at a time."""
    return output_size(W, F, padding, 1, D)


@output.mistake(when=lambda S: S > 1)
def plus_one_forgotten(W, padding, F, S, D):
    """You forgot the first window: the division counts the moves, and there is one window more than moves."""
    return output_size(W, F, padding, S, D) - 1


pytorch = """
import torch

x = torch.zeros(1, 1, <W>, <W>)
same = torch.nn.Conv2d(1, 1, <F>, padding="same", dilation=<D>)
assert same(x).shape == x.shape
padding = same._reversed_padding_repeated_twice[0]
effective_size = 2 * padding + 1
output = torch.nn.Conv2d(1, 1, <F>, stride=<S>, padding=padding, dilation=<D>)(x).shape[-1]
"""
