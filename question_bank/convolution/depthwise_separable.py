r"""Depthwise-separable convolution

<story> A layer with $C = <C>$ input channels, $K = <K>$ output channels and kernels of $<F> \times <F>$ ($F = <F>$) is to become lighter. A depthwise-separable convolution does its work
in two steps: a depthwise convolution (one $<F> \times <F>$ kernel for each input channel), then a pointwise one ($1 \times 1$ kernels that mix the channels into $K$). No biases.

How many weights does the standard convolution have, and how many the separable one? What share $\rho$ of the weights is left (separable divided by standard)?
"""

from dlexam import by_level, integers, one_of, step

about = dict(minutes=4, tags=["cnn", "parameters", "mobilenet"], decimals=4, symbols=dict(F="F"))

given = dict(
    C=by_level(integers(2, 12), one_of(8, 12, 16, 20, 24, 32, 40, 48, 64), one_of(32, 64, 96, 128, 192, 256, 384, 512)),
    F=by_level(one_of(2, 3), one_of(3, 5), one_of(3, 5, 7)),
    K=by_level(integers(4, 20), one_of(12, 16, 20, 24, 32, 40, 64, 80), one_of(64, 96, 128, 160, 256, 320, 512, 576, 1024)),
)

words = dict(
    story=one_of(
        "A network is to run on a phone.",
        "A camera in a bird box has little memory.",
        "MobileNet replaces ordinary convolutions by lighter ones.",
        "An image classifier is too large for a microcontroller.",
    ),
)


@step(symbol=r"n_{\text{standard}}", marks=1, tex=r"<F>^2 \cdot <C> \cdot <K>")
def standard(C, F, K):
    """Each of the $K$ filters has a kernel of $F^2$ weights for each of the $C$ channels."""
    return F * F * C * K


@standard.mistake()
def channels_forgotten(F, K):
    """You counted one kernel for each filter; it has one for each of the <C> input channels."""
    return F * F * K


@step(symbol=r"n_{\text{separable}}", marks=2, tex=r"<F>^2 \cdot <C> + <C> \cdot <K>")
def separable(C, F, K):
    r"""Depthwise: one kernel for each channel. Pointwise: $K$ filters of $1 \times 1$ weights over $C$ channels."""
    return F * F * C + C * K


@separable.mistake()
def pointwise_forgotten(C, F):
    r"""This is the depthwise step only; the pointwise step adds $C K$ weights."""
    return F * F * C


@separable.mistake()
def depthwise_forgotten(C, K):
    r"""This is the pointwise step only; the depthwise step adds $F^2 C$ weights."""
    return C * K


@separable.mistake()
def steps_multiplied(C, F, K):
    """You multiplied the weights of the two steps; they are two layers, so add them."""
    return F * F * C * C * K


@step(symbol=r"\rho", marks=1)
def ratio(separable, standard):
    r"""In general this is $1/K + 1/F^2$: with many output channels almost only the $1/F^2$ is left."""
    return separable / standard


@ratio.mistake()
def inverted(separable, standard):
    """You divided standard by separable; the share that is left is the other way round."""
    return standard / separable


@ratio.mistake()
def share_saved(separable, standard):
    """This is the share that is saved; the question asks for the share that is left."""
    return 1 - separable / standard


pytorch = """
import torch

def weights(*layers):
    return sum(p.numel() for layer in layers for p in layer.parameters())

standard = weights(torch.nn.Conv2d(<C>, <K>, <F>, bias=False))
depthwise = torch.nn.Conv2d(<C>, <C>, <F>, groups=<C>, bias=False)
pointwise = torch.nn.Conv2d(<C>, <K>, 1, bias=False)
separable = weights(depthwise, pointwise)
ratio = separable / standard
"""
