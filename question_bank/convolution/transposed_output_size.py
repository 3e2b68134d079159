r"""Output size of a transposed convolution

<story> A transposed convolution reads a feature map $W = <W>$ values wide. Its kernels are $<F> \times <F>$ ($F = <F>$), its stride is $S = <S>$, its padding $P = <P>$ and its output
padding $P_{\text{out}} = <output_padding>$. As in PyTorch, neighbouring values stamp their kernels $S$ columns apart, then $P$ columns are cut off on *each* side of the result, and
$P_{\text{out}}$ columns are added at one end.

How wide is the output?
"""

from dlexam import by_level, integers, one_of, step
from dlexam.engine import output_size, transposed_output_size

about = dict(minutes=3, tags=["cnn", "transposed convolution", "shapes"], symbols=dict(F="F", output_padding=r"P_{\text{out}}"))

given = dict(
    W=by_level(integers(4, 20), integers(7, 40), integers(7, 64)),
    S=by_level(one_of(2, 3), one_of(2, 3), one_of(2, 3, 4)),
    F=lambda S, level: by_level(one_of(2, 3, 4, 5), one_of(3, 4, 5, 6), integers(S, 2 * S + 1))(level),
    P=lambda F, level: one_of(*range(min(level - 1, 1), max(1, F // 2) + (level > 1))),
    output_padding=lambda S, level: by_level(0, 0, integers(0, S - 1))(level),
)

words = dict(
    story=one_of(
        "The decoder of a U-Net makes feature maps larger again.",
        "The generator of a DCGAN grows an image out of a small feature map.",
        "A segmentation network brings its map back to the size of the image.",
        "An autoencoder's decoder undoes the strides of its encoder.",
    ),
)


@step(symbol=r"W_{\text{out}}", marks=2, tex=r"(<W> - 1) \cdot <S> - 2 \cdot <P> + <F> + <output_padding>")
def width(W, F, P, S, output_padding):
    r"""The last of the $W$ stamps starts $(W - 1) S$ columns after the first and is $F$ wide; then the padding is cut off on both sides and $P_{\text{out}}$ columns are added."""
    return transposed_output_size(W, F, P, S, output_padding)


@width.mistake(when=lambda W, F, P: F <= W + 2 * P)
def forward_formula(W, F, P, S):
    """You used the formula of an ordinary convolution, which makes maps smaller; a transposed one goes the other way."""
    return output_size(W, F, P, S)


@width.mistake(when=lambda P: P > 0)
def padding_added(W, F, P, S, output_padding):
    """You added the padding; in a transposed convolution it is cut off from the result."""
    return (W - 1) * S + 2 * P + F + output_padding


@width.mistake(when=lambda P: P > 0)
def padding_once(W, F, P, S, output_padding):
    """You cut the padding off one side only; it goes on both."""
    return (W - 1) * S - P + F + output_padding


@width.mistake()
def input_times_stride(W, F, P, S, output_padding):
    """You started from $W S$; between $W$ stamps there are only $W - 1$ strides."""
    return W * S - 2 * P + F + output_padding


@width.mistake(when=lambda output_padding: output_padding > 0)
def output_padding_forgotten(W, F, P, S):
    r"""You left out the output padding of <output_padding>."""
    return transposed_output_size(W, F, P, S)


@width.mistake(when=lambda F: F > 1)
def kernel_forgotten(W, P, S, output_padding):
    """You counted where the stamps start; the last one is <F> columns wide."""
    return (W - 1) * S - 2 * P + output_padding


pytorch = """
import torch

layer = torch.nn.ConvTranspose2d(1, 1, <F>, stride=<S>, padding=<P>, output_padding=<output_padding>)
width = layer(torch.zeros(1, 1, <W>, <W>)).shape[-1]
"""
