r"""Multiclass hinge (SVM) loss

<story> For one sample, its scores for the classes 0 to <last> are $s = <scores>$, and the true class is $y = <target>$.

Every other class $j$ costs $m_j = \max(0, s_j - s_y + 1)$, the amount by which it violates a margin of 1. The true class itself costs nothing: $m_y = 0$.
Compute all $m_j$ and the loss $L$, their sum.
"""

from numpy import maximum

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import one_hot
from dlexam.kinds.number import tex
from dlexam.working import bracketed, total

about = dict(minutes=4, tags=["hinge loss", "svm", "multiclass"], decimals=2)


def rarely_best(scores, random):
    """A true class that is seldom far ahead, so that there is a loss."""
    order = scores.argsort().tolist()
    return random.choice([*order[:-1], *order[:-1], order[-1]])


given = dict(
    classes=by_level(3, 4, 5),
    scores=lambda classes, level: array(classes, by_level(integers(-3, 6), grid(-2, 4, by=0.1), grid(-3, 4, by=0.05))(level), distinct=True),
    target=rarely_best,
)


words = dict(
    last=lambda scores: str(len(scores) - 1),
    story=one_of(
        "A linear classifier sorts photographs.",
        "A support vector machine sorts handwritten digits.",
        "A network without a softmax is trained with the multiclass hinge loss.",
        "A classifier sorts traffic signs by their shape.",
    ),
)


@step(symbol="m", marks=2, tex=r"\max(0,\; s - s_y + 1),\ \text{but } m_y = 0")
def margins(scores, target):
    """A class costs nothing if its score is at least 1 below that of the true class."""
    return maximum(0, scores - scores[target] + 1) - one_hot(target, len(scores))


@margins.working
def violations(scores, target, margins):
    true = scores[target].item()
    return [
        rf"$m_{{{j}}} = \max(0,\; {tex(s)} - {bracketed(true)} + 1) = \max(0,\; {tex(round(s - true + 1, 9))}) = {tex(margins[j].item())}$"
        for j, s in enumerate(scores.tolist())
        if j != target
    ]


@margins.mistake(keeps=0.5)
def own_class_counted(scores, target):
    """You counted the true class, too; it would always add 1. Only the other classes count."""
    return maximum(0, scores - scores[target] + 1)


@margins.mistake(when=lambda scores, target: (scores - scores[target] < -1).any())
def no_clipping(scores, target):
    """You kept negative values; a class that is more than 1 below the true class costs nothing, but earns nothing back."""
    return scores - scores[target] + 1 - one_hot(target, len(scores))


@margins.mistake()
def margin_forgotten(scores, target):
    r"""You left out the margin of 1: a class that is only just below the true class costs something, too."""
    return maximum(0, scores - scores[target])


@step(symbol="L", marks=1, tex=r"\sum_j m_j")
def loss(margins):
    """Add what the classes cost."""
    return margins.sum().item()


@loss.working
def addition(margins, loss):
    return rf"$L = {total(margins.tolist())} = {tex(loss)}$"


@loss.mistake(keeps=0.5)
def divided_by_classes(margins):
    """You divided by the number of classes, as PyTorch's `multi_margin_loss` does; the question asks for the sum."""
    return margins.sum() / len(margins)


pytorch = """
import torch

s, y = torch.tensor([<scores>], dtype=torch.float64), torch.tensor([<target>])
loss = torch.nn.functional.multi_margin_loss(s, y, reduction="sum").item() * s.shape[1]  # PyTorch divides by the classes
margins = torch.clamp(s[0] - s[0, y] + 1, min=0).index_fill(0, y, 0)
"""
