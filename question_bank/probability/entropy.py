r"""Entropy, cross-entropy and KL divergence

<story>

$$p = <p>$$

$$q = <q>$$

Compute the entropy $H(p)$, the cross-entropy $H(p, q)$ and the Kullback-Leibler divergence $D(p \,\Vert\, q)$, all in *bits* (logarithms to base 2).
"""

import numpy as np
from numpy import log, log2

from dlexam import by_level, one_of, step
from dlexam.working import products

about = dict(minutes=6, tags=["probability", "information", "cross-entropy"], decimals=4, symbols=dict(p="p", q="q"))

DYADIC = ((4, 2, 1, 1), (2, 2, 2, 2), (8, 4, 2, 1, 1), (4, 4, 4, 2, 2), (8, 2, 2, 2, 2), (8, 2, 2, 2, 1, 1), (4, 4, 4, 2, 1, 1), (4, 4, 2, 2, 2, 2))


def draw_p(random, level):
    """Powers of 1/2 at level 1, then shares of 1 that are multiples of a unit."""
    return shuffled(random, random.choice(DYADIC)) if level == 1 else shares(random, level + 1, by_level(0, 20, 100)(level))


def draw_q(random, level, p):
    """At level 1 other powers of 1/2 than those of p."""
    if level > 1:
        return shares(random, len(p), by_level(0, 20, 100)(level))
    others = [d for d in DYADIC if len(d) == len(p) and sorted(np.array(d) / sum(d)) != sorted(p)]
    return shuffled(random, random.choice(others))


def shuffled(random, parts):
    return np.array(random.sample(parts, len(parts))) / sum(parts)


def shares(random, size, units):
    cuts = sorted(random.sample(range(1, units), size - 1))
    return np.array([round((b - a) / units, 2) for a, b in zip([0, *cuts], [*cuts, units])])


given = dict(p=draw_p, q=draw_q)

words = dict(
    story=one_of(
        "The next token has the true distribution $p$; a language model predicts $q$.",
        "The labels of a data set are distributed as $p$; a classifier predicts the distribution $q$ for every image.",
        "The weather (sun, clouds, rain, ...) follows the distribution $p$; a forecast says $q$.",
        "Symbols come from a source with distribution $p$; they are coded with a code made for the distribution $q$.",
    )
)


@step(symbol="H(p)", marks=2, tex=r"-\sum_i p_i \log_2 p_i")
def entropy(p):
    """The average surprise $-\\log_2 p_i$: how many bits one outcome takes on average with the best code."""
    return float(-(p[p > 0] @ log2(p[p > 0])))


@entropy.working
def own_terms(p):
    return written_out("H(p)", p, p)


def written_out(name, p, q):
    """The sum with its logarithms (the first and the last ones of a long one), then with their values."""
    terms = [rf"{a:g} \cdot \log_2 {b:g}" for a, b in zip(p.tolist(), q.tolist())]
    terms = " + ".join(terms if len(terms) < 5 else [*terms[:2], r"\dots", terms[-1]])
    bits = -log2(q)
    sign = "=" if (bits == bits.round()).all() else r"\approx"
    return [rf"${name} = -\left({terms}\right)$", rf"${name} {sign} {products(p, bits.round(4))}$"]


@entropy.mistake()
def sign_flipped(p):
    """Logarithms of probabilities are negative, so the sum needs a minus sign; an entropy is never negative."""
    return float(p[p > 0] @ log2(p[p > 0]))


@entropy.mistake()
def wrong_base(p):
    """You used the natural logarithm, which gives nats; bits need logarithms to base 2."""
    return float(-(p[p > 0] @ log(p[p > 0])))


@step(symbol="H(p, q)", marks=2, tex=r"-\sum_i p_i \log_2 q_i")
def cross_entropy(p, q):
    """Outcomes come as often as $p$ says, but each costs the bits that $q$ gives it."""
    return float(-(p[p > 0] @ log2(q[p > 0])))


@cross_entropy.working
def crossed_terms(p, q):
    return written_out("H(p, q)", p, q)


@cross_entropy.mistake()
def arguments_swapped(p, q):
    """This is $H(q, p)$; the true distribution $p$ stands before the logarithm, the predicted $q$ inside."""
    return float(-(q @ log2(p)))


@cross_entropy.mistake()
def natural_logarithm(p, q):
    """You used the natural logarithm, which gives nats; bits need logarithms to base 2."""
    return float(-(p[p > 0] @ log(q[p > 0])))


@step(symbol=r"D(p \,\Vert\, q)", marks=1)
def kl(cross_entropy, entropy):
    """The bits that are wasted because $q$ is not $p$; it is never negative."""
    return cross_entropy - entropy


@kl.mistake()
def difference_reversed(cross_entropy, entropy):
    """You subtracted the other way round; the cross-entropy is the larger one."""
    return entropy - cross_entropy


pytorch = """
import math
import torch

p, q = torch.tensor(<p>, dtype=torch.float64), torch.tensor(<q>, dtype=torch.float64)
entropy = torch.distributions.Categorical(probs=p).entropy() / math.log(2)  # PyTorch computes in nats
cross_entropy = torch.nn.functional.cross_entropy(q.log(), p) / math.log(2)
kl = torch.nn.functional.kl_div(q.log(), p, reduction="sum") / math.log(2)
"""
