r"""Hinge loss

<story> The labels are $y = <y>$ ($-1$ or $+1$), the scores are $z = <z>$.

The margin of a sample is $m_i = y_i z_i$. Its loss $\ell_i$ is the amount by which the margin falls short of 1, and 0 if it does not.
Compute the margins and the hinge loss $L$, the mean of $\ell_i$ over the $n$ samples.
"""

from numpy import any as any_of
from numpy import array as vector
from numpy import maximum, ravel

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import total

about = dict(minutes=4, tags=["hinge loss", "svm"])

given = dict(
    n=by_level(5, 4, 5),
    y=lambda n, random: vector(random.sample([-1, 1, *(random.choice((-1, 1)) for _ in range(n - 2))], n)),
    z=lambda n, level: array(n, by_level(integers(-4, 5, but_not=[0]), grid(-2, 2.5, by=0.1, but_not=[0]), grid(-2.5, 2.5, by=0.05, but_not=[0]))(level)),
)

words = dict(
    story=one_of(
        "A linear support vector machine tells defective parts ($-1$) from good ones ($+1$).",
        "A classifier with the labels $-1$ and $+1$ is trained with the hinge loss.",
        "A network is trained with the hinge loss to tell real reviews ($+1$) from fake ones ($-1$).",
    )
)


@step(symbol="m", marks=1)
def margins(y, z):
    """A margin is positive where score and label have the same sign, and grows with the confidence."""
    return y * z


@margins.mistake()
def labels_0_1(y, z):
    """You used 0 instead of the label $-1$, so that these samples get the margin 0; the label $-1$ turns the sign of the score round."""
    return (y > 0) * z


@step(symbol=r"\ell")
def sample_losses(margins):
    """A margin of 1 or more costs nothing; below 1 the loss grows with the distance to 1."""
    return maximum(0, 1 - margins)


@step(symbol="L", marks=2, tex=r"\frac{1}{n} \sum_i \ell_i")
def loss(sample_losses):
    """Average over the samples."""
    return sample_losses.mean()


@loss.working
def average(sample_losses):
    costs = ravel(sample_losses).tolist()
    return rf"$L = \frac{{1}}{{{len(costs)}}} ({total(costs)}) = {tex(sum(costs))} / {len(costs)}$"


@loss.mistake(when=lambda margins: any_of(margins > 1))
def no_clipping(margins):
    r"""You let margins above 1 count as negative losses; they cost nothing: $\max(0, 1 - m)$."""
    return ravel(1 - margins).mean()


@loss.mistake()
def margin_zero(margins):
    r"""You counted wrong signs only, $\max(0, -m)$; a margin between 0 and 1 costs something, too: $\max(0, 1 - m)$."""
    return maximum(0, -margins).mean()


@loss.mistake(keeps=0.5, when=lambda sample_losses: sample_losses.size > 1)
def not_averaged(sample_losses):
    """You added the losses; the mean over the samples is asked."""
    return sample_losses.sum()


pytorch = """
import torch

y, z = torch.tensor(<y>).double(), torch.tensor(<z>, dtype=torch.float64)
margins = torch.where(y > 0, z, -z)
loss = torch.nn.functional.multi_margin_loss(  # two classes with the scores z and 0 have the same margins
    torch.stack([torch.zeros_like(z), z], dim=1), (y > 0).long(), reduction="mean").item() * 2
"""
