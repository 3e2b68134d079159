r"""Top-k and temperature sampling

<story> The logits of the <n> tokens are $z = <logits>$ (tokens are counted from 0). Only the $k = <k>$ tokens with the largest logits are kept; the next token is drawn from the softmax of their logits divided by the
temperature $T = <T>$.

Which tokens are kept? Give the probabilities of all <n> tokens, with 0 for those that are not kept.
"""

from numpy import arange, argsort, exp, inf, isin, where

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import softmax
from dlexam.kinds import number

about = dict(minutes=5, tags=["language model", "sampling", "softmax"], decimals=3)

given = dict(
    logits=lambda level: array(by_level(4, 5, 6)(level), by_level(integers(-2, 5), grid(-1, 2.5, by=0.5), grid(-0.5, 2.2, by=0.1))(level), distinct=True),
    k=by_level(2, one_of(2, 3), one_of(2, 3)),
    T=by_level(2, one_of(0.5, 2), one_of(0.5, 0.6, 0.7, 0.8, 1.2, 1.5)),
)

words = dict(
    story=one_of(
        "A language model writes a story.",
        "A chatbot writes the next word.",
        "A language model for melodies chooses the next note.",
        "A program completes a line of code.",
    )
)


@step
def n(logits):
    return len(logits)


@step(symbol=r"\text{kept}", marks=1, unordered=True)
def kept(logits, k):
    """Top-k sampling never draws an improbable token: all but the $k$ largest logits are dropped."""
    return frozenset(argsort(logits)[::-1][:k].tolist())


@kept.mistake()
def smallest_kept(logits, k):
    """You kept the smallest logits; keep the $k$ largest."""
    return frozenset(argsort(logits)[:k].tolist())


@step(symbol="p", marks=3, tex=r"\begin{cases} e^{z_i / T} \big/ \sum_{j \in \text{kept}} e^{z_j / T} & \text{if } i \text{ is kept} \\ 0 & \text{otherwise} \end{cases}")
def probabilities(logits, kept, T):
    """A temperature below 1 sharpens the distribution, one above 1 flattens it. The softmax over the kept tokens alone adds up to 1 again."""
    return softmax(where(isin(arange(len(logits)), list(kept)), logits / T, -inf))


@probabilities.working
def over_temperature(logits, kept, T):
    chosen = sorted(kept)
    scaled = logits[chosen] / T
    listed = r",\; ".join(rf"z_{i} / T = {number.tex(z, 3)}" for i, z in zip(chosen, scaled, strict=True))
    terms = " + ".join(number.tex(e, 3) for e in exp(scaled))
    return [f"${listed}$", rf"$\sum_j e^{{z_j / T}} \approx {terms} \approx {number.tex(exp(scaled).sum(), 3)}$"]


@probabilities.mistake(keeps=0.5)
def not_renormalised(logits, kept, T):
    """You dropped tokens after the softmax over all of them, so the rest does not add up to 1; divide by the sum over the kept tokens."""
    return where(isin(arange(len(logits)), list(kept)), softmax(logits / T), 0.0)


@probabilities.mistake(keeps=0.5)
def temperature_ignored(logits, kept):
    """You left out the temperature; divide the logits by $T$ before the softmax."""
    return softmax(where(isin(arange(len(logits)), list(kept)), logits, -inf))


@probabilities.mistake(keeps=0.5)
def temperature_multiplied(logits, kept, T):
    """You multiplied by the temperature; the logits are divided by $T$."""
    return softmax(where(isin(arange(len(logits)), list(kept)), logits * T, -inf))


@probabilities.mistake(keeps=0.5)
def all_tokens_used(logits, T):
    """You used all tokens; only the kept ones may be drawn."""
    return softmax(logits / T)


pytorch = """
import torch

logits = torch.tensor(<logits>, dtype=torch.float64)
top = logits.topk(<k>)
kept = top.indices
probabilities = torch.zeros_like(logits).scatter(0, kept, torch.softmax(top.values / <T>, dim=0))
"""
