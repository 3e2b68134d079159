r"""Softmax with a temperature

<story> $z = <z>$.

The probabilities are computed by a softmax with the temperature $T = <T>$, that is $p_i \propto e^{z_i / T}$. Compute $p$. Compared with the softmax at $T = 1$,
is $p$ more even, more peaked, or the same?
"""

from numpy import exp

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import softmax
from dlexam.kinds.number import tex
from dlexam.working import total

about = dict(minutes=5, tags=["softmax", "temperature"])

given = dict(
    n=by_level(3, 3, 5),
    z=lambda n, level: array(n, by_level(integers(-2, 3), grid(-1, 2, by=0.1), grid(-2, 2, by=0.05))(level), distinct=True),
    T=by_level(one_of(2, 0.5), one_of(0.5, 0.8, 1.25, 2, 2.5), one_of(0.6, 0.7, 0.8, 1.2, 1.5, 3)),
)

words = dict(
    story=one_of(
        "A language model chooses the next word among <n> candidates. Their logits are",
        "A chatbot samples its next token. The <n> likeliest tokens have the logits",
        "In knowledge distillation, a teacher network gives <n> classes the logits",
        "An agent chooses among <n> actions. Their scores are",
    )
)


@step(symbol="u")
def scaled(z, T):
    """Divide the logits by the temperature first."""
    return z / T


@step(symbol="p", marks=3)
def probabilities(scaled):
    r"""Then take the softmax of the scaled logits: $p_i = e^{u_i} / \sum_j e^{u_j}$."""
    return softmax(scaled)


@probabilities.working
def exponentials(scaled):
    return rf"$\sum_j e^{{u_j}} \approx {total(exp(scaled).tolist(), 4)} \approx {tex(float(exp(scaled).sum()), 4)}$"


@probabilities.mistake()
def multiplied_by_temperature(z, T):
    """You multiplied the logits by the temperature; they are divided by it."""
    return softmax(z * T)


@probabilities.mistake()
def temperature_ignored(z):
    """You took the softmax at $T = 1$; divide the logits by $T = <T>$ first."""
    return softmax(z)


@probabilities.mistake()
def probabilities_divided(z, T):
    """You divided the probabilities by the temperature, so they no longer add up to 1; divide the logits, before the softmax."""
    return softmax(z) / T


@step(symbol=r"\text{effect of } T", marks=1, options=("more even", "more peaked", "the same"))
def effect(T):
    """A high temperature shrinks the differences between the logits, a low one stretches them."""
    if T == 1:
        return "the same"
    return "more even" if T > 1 else "more peaked"


@effect.mistake(when=lambda T: T != 1)
def effect_reversed(T):
    """It is the other way round: dividing by a $T > 1$ brings the logits closer together, by a $T < 1$ further apart."""
    return "more peaked" if T > 1 else "more even"


pytorch = """
import torch

z = torch.tensor(<z>, dtype=torch.float64)
probabilities = torch.distributions.Categorical(logits=z / <T>).probs
entropies = [torch.distributions.Categorical(logits=z / T).entropy() for T in (<T>, 1)]
effect = "more even" if entropies[0] > entropies[1] else "more peaked"
"""
