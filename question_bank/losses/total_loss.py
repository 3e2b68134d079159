r"""Loss averaged over the data and one minibatch

<story> A network has these losses on the $n = <n>$ samples of a data set, numbered from 0:

$$\ell = <losses>$$

The loss of a set of samples is the mean of their losses. Compute the loss $L$ of the whole data set, and the loss $L_B$ of the minibatch that holds the samples $B = \{<members>\}$.
"""

from numpy import array as vector

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import total

about = dict(minutes=4, tags=["minibatch", "loss"])

given = dict(
    n=by_level(5, 6, 9),
    size=by_level(2, 3, 4),
    losses=lambda n, level: array(n, by_level(integers(1, 9), grid(0.1, 3, by=0.1), grid(0.02, 2.5, by=0.01))(level), distinct=True),
    batch=lambda n, size, level, random: vector(sorted(random.sample(range(n), size)) if level < 3 else random.sample(range(n), size)),
)

words = dict(
    members=lambda batch: r",\ ".join(str(i) for i in batch.tolist()),
    story=one_of(
        "Stochastic gradient descent sees only a part of the data at a time.",
        "A minibatch estimates the loss of the whole data set.",
        "One training step uses a random minibatch.",
    )
)


@step(symbol="L", marks=1, tex=r"\frac{1}{n} \sum_i \ell_i")
def full(losses):
    """The mean over all samples."""
    return losses.mean()


@full.working
def all_terms(losses):
    return mean_tex("L", losses)


def mean_tex(name, terms):
    return rf"${name} = \frac{{1}}{{{len(terms)}}} ({total(terms.tolist())}) = {tex(float(terms.sum()))} / {len(terms)}$"


@full.mistake()
def not_averaged(losses):
    """You added the losses; divide by the number of samples."""
    return losses.sum()


@step(symbol="L_B", marks=2, tex=r"\frac{1}{|B|} \sum_{i \in B} \ell_i")
def minibatch(losses, batch):
    """The mean over the samples of the minibatch only; it is an estimate of the loss of all."""
    return losses[batch].mean()


@minibatch.working
def batch_terms(losses, batch):
    return mean_tex("L_B", losses[batch])


@minibatch.mistake()
def batch_not_averaged(losses, batch):
    """You added the losses; divide by the number of samples in the minibatch."""
    return losses[batch].sum()


@minibatch.mistake()
def divided_by_all_samples(losses, batch):
    """You divided by the size of the data set; divide by the number of samples in the minibatch."""
    return losses[batch].sum() / len(losses)


@minibatch.mistake(when=lambda batch: (batch > 0).all())
def counted_from_one(losses, batch):
    """You numbered the samples from 1; they are numbered from 0, so sample 1 is the second in the list."""
    return losses[batch - 1].mean()


pytorch = """
import torch
from torch.utils.data import DataLoader

losses = torch.tensor(<losses>, dtype=torch.float64)
full = losses.mean().item()
minibatch = next(iter(DataLoader(losses, batch_sampler=[<batch>]))).mean().item()
"""
