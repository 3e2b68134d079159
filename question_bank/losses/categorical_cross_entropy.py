r"""Categorical cross-entropy

<story> It predicts the probabilities $p = <p>$ for the classes 0 to <last>. The true class is $y = <target>$.

Compute the cross-entropy loss $L$ with the natural logarithm.
"""

from numpy import array as vector
from numpy import log, log2, log10

from dlexam import by_level, integers, one_of, step

about = dict(minutes=3, tags=["cross-entropy"])

given = dict(
    classes=by_level(3, 4, 6),
    p=lambda classes, level, random: shares(classes, by_level(20, 100, 1000)(level), random),
    target=lambda p: integers(0, len(p) - 1),
)


def shares(parts, units, random):
    """Different probabilities that add up to 1, in whole units."""
    while True:
        cuts = sorted(random.sample(range(1, units), parts - 1))
        sizes = [b - a for a, b in zip([0, *cuts], [*cuts, units])]
        if len(set(sizes)) == parts and min(sizes) * 40 >= units:
            return vector(sizes) / units


words = dict(
    last=lambda p: str(len(p) - 1),
    story=one_of(
        "A network recognises handwritten letters.",
        "A network sorts satellite images by land use.",
        "A classifier guesses the language of a text.",
        "A network sorts photographs of dogs by breed.",
    ),
)


@step(symbol="L", marks=2)
def loss(p, target):
    """The one-hot target is 0 for all other classes, so only the probability of the true class counts."""
    return -log(p[target])


@loss.mistake()
def all_classes_summed(p):
    r"""You added the terms of all classes; the target is 0 for all but the true class, so only $-\ln p_y$ is left."""
    return -log(p).sum()


@loss.mistake()
def sign_flipped(p, target):
    """You left out the minus sign; the logarithm of a probability is negative, and the loss is positive."""
    return log(p[target])


@loss.mistake()
def wrong_log_base(p, target):
    r"""You used the logarithm to base 10; this loss uses the natural logarithm $\ln$."""
    return -log10(p[target])


@loss.mistake()
def in_bits(p, target):
    r"""You used the logarithm to base 2; this loss uses the natural logarithm $\ln$."""
    return -log2(p[target])


@loss.mistake(when=lambda target: target > 0)
def counted_from_one(p, target):
    """You counted the classes from 1; they are counted from 0, so the true class is one place further on."""
    return -log(p[target - 1])


@loss.mistake()
def averaged_over_classes(p, target):
    """You divided by the number of classes; the loss of one sample is not averaged."""
    return -log(p[target]) / len(p)


pytorch = """
import torch

p = torch.tensor(<p>, dtype=torch.float64)
loss = torch.nn.functional.nll_loss(p.log().unsqueeze(0), torch.tensor([<target>])).item()
"""
