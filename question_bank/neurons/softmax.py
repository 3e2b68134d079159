r"""Softmax

<story> $z = <z>$.

Compute the exponentials $u_i = e^{z_i}$ and the probabilities $p = \operatorname{softmax}(z)$.
"""

from numpy import exp

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import total as written_sum

about = dict(minutes=4, tags=["softmax"])

given = dict(
    n=by_level(3, 4, 5),
    z=lambda n, level: array(n, by_level(integers(-3, 3), grid(-1, 3, by=0.1), grid(-3, 3, by=0.05))(level), distinct=True),
)

words = dict(
    story=one_of(
        "For a photograph, a network gives <n> classes the logits",
        "A language model compares <n> words that may come next. Their logits are",
        "The last layer of a classifier with <n> classes gives the logits",
        "An agent rates its <n> possible moves with the scores",
    )
)


@step(symbol="u", marks=1, tex="e^{z}")
def exponentials(z):
    """The exponential makes every score positive and keeps their order."""
    return exp(z)


@exponentials.working
def powers(z, exponentials):
    return ", ".join(rf"$e^{{{tex(z_i)}}} \approx {tex(u_i, 4)}$" for z_i, u_i in zip(z.tolist(), exponentials.tolist()))


@exponentials.mistake()
def powers_of_two(z):
    r"""You took powers of 2; softmax uses powers of $e \approx 2.71828$."""
    return 2.0**z


@exponentials.mistake()
def negative_exponent(z):
    """You took $e^{-z}$, so that the largest logit gets the smallest probability; the exponent is $z$ itself."""
    return exp(-z)


@step(symbol="S", tex=r"\sum_i u_i")
def total(exponentials):
    """Add the exponentials up."""
    return exponentials.sum()


@total.working
def addition(exponentials, total):
    return rf"$S \approx {written_sum(exponentials.tolist(), 4)} \approx {tex(float(total), 4)}$"


@step(symbol="p", marks=2)
def probabilities(exponentials, total):
    """Divide each exponential by the sum, so that the probabilities add up to 1."""
    return exponentials / total


@probabilities.mistake(when=lambda z: abs(z.sum()) > 0.01)
def no_exponential(z):
    """You divided the logits by their sum; take their exponentials first, since a sum of logits may be 0 or negative."""
    return z / z.sum()


@probabilities.mistake()
def not_normalised(exponentials):
    """You stopped at the exponentials; divide each by their sum."""
    return exponentials


pytorch = """
import torch

z = torch.tensor(<z>, dtype=torch.float64)
exponentials = torch.exp(z)
probabilities = torch.softmax(z, dim=0)
"""
