r"""Global average pooling

The last convolution layer of <story> makes $<C>$ feature maps $X_c$ of height $H = <H>$ and width $W = <W>$, shown below. Global average pooling turns them into
a vector $y$ for the classifier. Write down this vector.
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.blocks import Row
from dlexam.engine import global_average_pool
from dlexam.figures_grid import equals, image, sum_by_rows

about = dict(minutes=3, tags=["cnn", "pooling"], decimals=2)

given = dict(
    C=by_level(2, 3, one_of(3, 4)),
    size=by_level((2, 2), one_of((2, 2), (2, 3)), one_of((3, 3), (3, 4))),
    X=lambda C, size, level: array((C, *size), by_level(integers(0, 9), integers(-5, 9), grid(-2, 3, by=0.1))(level)),
)

words = dict(
    H=lambda X: str(X.shape[1]),
    W=lambda X: str(X.shape[2]),
    story=one_of("an image classifier", "a ResNet", "a network for leaf diseases", "a network that tells dogs from cats"),
)


def figure(X):
    """The feature maps side by side."""
    return [Row(tuple(image(x, f"$X_{c}$") for c, x in enumerate(X, 1)))]


@step(symbol="y", marks=2, each=True, tex=r"\frac{1}{H W} \sum_{i,j} X_{c,i,j}")
def output(X):
    """Each channel says how strongly one feature is present; its mean over all places keeps that and drops where it is."""
    return global_average_pool(X)


@output.working
def output_sums(X, output):
    """Each channel's sum."""
    pairs = enumerate(zip(X, output.tolist(), strict=True), 1)
    return [f"$y_{c} =$ ({sum_by_rows(x)}) / ${x.size}$ {equals(y, 2)}" for c, (x, y) in pairs]


@output.mistake()
def averaged_over_channels(X):
    """You averaged over the channels at each place; take the mean over the places of each channel, so that each channel has one entry."""
    return X.mean(axis=0)


@output.mistake()
def global_max_pooling(X):
    """You kept each channel's largest entry; take the mean of all its entries."""
    return 1.0 * X.max(axis=(1, 2))


@output.mistake()
def sum_not_divided(X):
    """You added each channel up; divide by the number of its entries."""
    return 1.0 * X.sum(axis=(1, 2))


@output.mistake()
def divided_by_all_entries(X):
    """You divided by the number of all entries; divide each channel's sum by the number of entries in this channel."""
    return X.sum(axis=(1, 2)) / X.size


pytorch = """
import torch

X = torch.tensor(<X>, dtype=torch.float64)
output = torch.nn.AdaptiveAvgPool2d(1)(X).flatten()
"""
