r"""Parameters of a convolution layer

<story> has $K = <K>$ filters of $<F> \times <F>$ ($F = <F>$) and reads <channels>. Each filter has a bias.

How many parameters does one filter have, and how many does the layer have? For comparison: with its padding and stride 1, the layer keeps the height $H = <H>$ and width
$W = <W>$ of its input. How many parameters would a dense layer with biases have that maps the same input to an output of the same size?
"""

from dlexam import by_level, integers, one_of, step

about = dict(minutes=4, tags=["cnn", "parameters"], symbols=dict(F="F"))

given = dict(
    C=by_level(one_of(1, 3, 3), one_of(1, 3, 3, 4), one_of(3, 16, 32, 64, 96, 128, 256)),
    F=by_level(one_of(3, 5), one_of(3, 5, 7), one_of(3, 5, 7, 11)),
    K=by_level(integers(2, 6), one_of(6, 8, 10, 16, 20, 32), one_of(16, 32, 64, 96, 128, 192, 256)),
    H=by_level(integers(6, 12), one_of(8, 10, 16, 20, 28, 32), one_of(14, 28, 32, 56)),
    W=lambda H: H,
)

words = dict(
    story=lambda C: one_of("The first convolution layer of a network", "The first layer of a handwriting recogniser")
    if C == 1
    else one_of("The first convolution layer of a network", "A convolution layer for satellite pictures")
    if C <= 4
    else one_of("A convolution layer deep inside a network", "A layer of a VGG-like network", "A layer of a ResNet"),
    channels=lambda C: "grey-scale images ($C = 1$ channel)" if C == 1 else "images with $C = <C>$ channels" if C <= 4 else "$C = <C>$ feature maps",
)


@step(symbol=r"n_{\text{filter}}", marks=1, tex=r"<F>^2 \cdot <C> + 1")
def per_filter(F, C):
    """A filter has a kernel of $F^2$ weights for every input channel, and one bias."""
    return F * F * C + 1


@per_filter.mistake(when=lambda C: C > 1)
def channels_forgotten(F):
    """You counted one kernel; a filter has a kernel for each of the <C> input channels."""
    return F * F + 1


@per_filter.mistake()
def bias_forgotten(F, C):
    """You left out the bias; each filter has one."""
    return F * F * C


@per_filter.mistake(when=lambda C: C > 1)
def bias_per_channel(F, C):
    """You counted a bias for every input channel; a filter adds its channels up and has one bias."""
    return (F * F + 1) * C


@step(symbol=r"n_{\text{layer}}", marks=1)
def total(per_filter, K):
    """All filters have weights of their own, and each is used at every place, so the size of the image does not matter."""
    return K * per_filter


@total.mistake()
def filters_forgotten(per_filter):
    """This is one filter; the layer has <K> of them."""
    return per_filter


@total.mistake()
def one_bias_for_all(per_filter, K):
    """You counted one bias for the whole layer; each of the <K> filters has its own."""
    return K * (per_filter - 1) + 1


@step(symbol=r"n_{\text{dense}}", marks=2, tex=r"(<C> \cdot <H> \cdot <W> + 1) \cdot <K> \cdot <H> \cdot <W>")
def dense(C, H, W, K):
    """In a dense layer each of the $K H W$ outputs has a weight for each of the $C H W$ inputs, and a bias."""
    return (C * H * W + 1) * K * H * W


@dense.mistake()
def dense_bias_forgotten(C, H, W, K):
    """You left out the biases of the dense layer, one for each output."""
    return C * H * W * K * H * W


@dense.mistake()
def one_output_per_filter(C, H, W, K):
    """You counted one output for each filter; a feature map has $H W$ outputs, and there are <K> of them."""
    return (C * H * W + 1) * K


pytorch = """
import torch

layer = torch.nn.Conv2d(<C>, <K>, <F>, padding="same", device="meta")
total = sum(p.numel() for p in layer.parameters())
per_filter = layer.weight[0].numel() + layer.bias[0].numel()
inputs, outputs = <C> * <H> * <W>, <K> * <H> * <W>
dense = sum(p.numel() for p in torch.nn.Linear(inputs, outputs, device="meta").parameters())
"""
