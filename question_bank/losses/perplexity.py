r"""Perplexity of a language model

<story> It gave the $n = <n>$ tokens that actually came the probabilities $p = <p>$, in order.

Compute the cross-entropy $H$ per token (in nats, that is, with the natural logarithm) and the perplexity $\text{PP}$ of the model on this text.
"""

from numpy import exp, log, log2, mean, ravel

from dlexam import array, by_level, grid, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import total

about = dict(minutes=4, tags=["language models", "perplexity", "cross-entropy"])

given = dict(
    n=by_level(3, 4, 6),
    p=lambda n, level: array(n, by_level(one_of(0.5, 0.25, 0.2, 0.125, 0.1, 0.8, 0.4), grid(0.05, 0.95, by=0.05), grid(0.01, 0.6, by=0.01))(level), distinct=True),
)

words = dict(
    story=one_of(
        "A language model is tested on a sentence.",
        "A model for autocompletion reads a line of code.",
        "A small GPT is tested on a line of a poem.",
        "A recurrent network predicts the words of a recipe.",
    )
)


@step(symbol="H", marks=2, tex=r"-\frac{1}{n} \sum_i \ln p_i")
def cross_entropy(p):
    """Each token costs the negative logarithm of its probability; the mean makes texts of different lengths comparable."""
    return -mean(log(p))


@cross_entropy.working
def terms(p, cross_entropy):
    costs = ravel(-log(p)).tolist()
    return rf"$H \approx \frac{{1}}{{{len(costs)}}} ({total(costs, 4)}) \approx {tex(float(cross_entropy), 4)}$"


@cross_entropy.mistake()
def not_averaged(p):
    """You added the terms; divide by the number of tokens."""
    return -ravel(log(p)).sum()


@cross_entropy.mistake()
def base_two(p):
    r"""You used $\log_2$, which gives bits; the question asks for nats, $\ln$."""
    return -mean(log2(p))


@cross_entropy.mistake()
def logarithm_of_the_mean(p):
    """You took the logarithm of the mean probability; take the mean of the logarithms."""
    return -log(mean(p))


@step(symbol=r"\text{PP}", marks=1)
def perplexity(cross_entropy):
    """The perplexity undoes the logarithm: the model is as unsure as if it chose among so many equally likely tokens."""
    return exp(cross_entropy)


@perplexity.mistake()
def wrong_base(cross_entropy):
    """You took a power of 2; a cross-entropy in nats needs powers of $e$ (2 goes with bits)."""
    return 2**cross_entropy


pytorch = """
import torch

p = torch.tensor(<p>, dtype=torch.float64)
cross_entropy = -torch.log(p).mean().item()
perplexity = p.prod().item() ** (-1 / len(p))  # the inverse of the geometric mean
"""
