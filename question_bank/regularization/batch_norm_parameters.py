r"""Parameters of batch normalisation

<story>

How many learnable parameters <has>, and how many running statistics are kept for test time (not learned)?
"""

from numpy import array as numbers
from numpy import ndim

from dlexam import by_level, integers, one_of, step

about = dict(minutes=3, tags=["batch normalisation", "counting parameters"], symbols=dict(channels="C"))

GROWTH = ((1, 2, 4), (1, 2, 4, 8), (1, 1, 2, 2), (1, 2, 2, 4), (1, 1, 2, 2, 4), (1, 2, 2, 4, 4), (2, 3, 4, 4, 3))


def draw_network(random):
    """Channels of the layers of a small network."""
    return random.choice((16, 24, 32, 48, 64, 96)) * numbers(random.choice(GROWTH))


given = dict(
    channels=lambda level, random: draw_network(random) if level == 3 else by_level(integers(3, 40), one_of(24, 32, 40, 48, 64, 80, 96, 112, 128, 144, 160, 192, 224, 256, 288, 320, 384, 480, 512, 640, 768, 1024))(level),
    side=by_level(integers(5, 12), one_of(7, 8, 13, 14, 16, 27, 28, 32, 55, 56, 112), one_of(7, 14, 28, 32, 56, 64)),
)

words = dict(
    layer=one_of("A convolution gives", "A convolutional layer of an image classifier gives", "The third convolution of a network gives"),
    story=lambda channels: "A network has <layers> convolutions with $<channels>$ channels ($C$ in total), all with feature maps of $<side> \\times <side>$ pixels. Each is followed by batch normalisation."
    if ndim(channels)
    else "<layer> $C = <channels>$ feature maps of $<side> \\times <side>$ pixels each. A batch-normalisation layer follows.",
    has=lambda channels: "do the batch-normalisation layers have together" if ndim(channels) else "does it have",
)


@step
def layers(channels):
    return len(channels) if ndim(channels) else 1


@step(symbol="C")
def total(channels):
    return int(numbers(channels).sum())


@step(symbol=r"\text{learnable}", marks=1)
def learnable(total):
    r"""Each channel has a scale $\gamma$ and a shift $\beta$, whatever its number of pixels."""
    return 2 * total


@learnable.mistake()
def running_counted_as_learnable(total):
    r"""You counted the running mean and variance, too; they are averages, not learned by gradient descent. Learnable are $\gamma$ and $\beta$."""
    return 4 * total


@learnable.mistake()
def per_pixel(total, side):
    r"""You gave each pixel a $\gamma$ and a $\beta$; in a convolutional layer all pixels of a channel share them."""
    return 2 * total * side * side


@learnable.mistake(keeps=0.5)
def shift_forgotten(total):
    r"""You counted the scales $\gamma$; each channel has a shift $\beta$, too."""
    return total


@learnable.mistake()
def one_pair_a_layer(layers):
    r"""You counted one $\gamma$ and one $\beta$ for a layer; each channel has its own."""
    return 2 * layers


@step(symbol=r"\text{running}", marks=1)
def running(total):
    """Each channel has a running mean and a running variance."""
    return 2 * total


@running.mistake(keeps=0.5)
def variance_forgotten(total):
    """You counted the means; a running variance is kept for each channel, too."""
    return total


@running.mistake()
def statistics_per_pixel(total, side):
    """You kept statistics for each pixel; they are taken over the batch and over all pixels of a channel."""
    return 2 * total * side * side


pytorch = """
import torch

layers = [torch.nn.BatchNorm2d(c) for c in torch.tensor(<channels>).reshape(-1).tolist()]
learnable = sum(p.numel() for layer in layers for p in layer.parameters())
running = sum(b.numel() for layer in layers for name, b in layer.named_buffers() if name != "num_batches_tracked")
"""
