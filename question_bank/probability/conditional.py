r"""Conditional probability

<story> The joint probabilities are

<table>

Compute $P(B)$ and the conditional probability $P(A \mid B)$.
"""

import numpy as np

from dlexam import by_level, one_of, step

about = dict(minutes=4, tags=["probability", "conditional probability"], decimals=4)


def draw_joint(random, level):
    """Four shares of 1 that are multiples of a unit."""
    units = by_level(20, 100, 1000)(level)
    least = units // 20 or 1
    cuts = sorted(random.sample(range(1, units - 4 * least + 4), 3))
    parts = [b - a - 1 for a, b in zip([0, *cuts], [*cuts, units - 4 * least + 4])]
    return np.array([round((part + least) / units, 3) for part in parts]).reshape(2, 2)


given = dict(joint=draw_joint)

words = dict(
    table=lambda joint: "\n".join(
        ["| | $B$ | not $B$ |", "|---|---|---|", *(f"| {name} | ${row[0]:g}$ | ${row[1]:g}$ |" for name, row in zip(("$A$", "not $A$"), joint.tolist()))]
    ),
    story=one_of(
        "$A$: an e-mail is spam. $B$: it contains the word “winner”.",
        "$A$: a photo shows a dog. $B$: the classifier says “dog”.",
        "$A$: a patient is ill. $B$: the test is positive.",
        "$A$: it rains tomorrow. $B$: it rained today.",
        "$A$: a customer clicks on an advertisement. $B$: the customer has been on the website before.",
        "$A$: a loan is paid back late. $B$: the model gives it a high score.",
    ),
)


@step(symbol=r"P(A \cap B)")
def p_ab(joint):
    """Both happen: the cell where the row $A$ meets the column $B$."""
    value = joint[0, 0]
    return float(value)


@step(symbol="P(B)", marks=1, carry=lambda p: 0 < p <= 1, tex=r"P(A \cap B) + P(\text{not } A \cap B)")
def p_b(joint):
    """$B$ happens with $A$ or without it: add up the column $B$."""
    return float(joint[0, 0] + joint[1, 0])


@p_b.working
def column(joint):
    return [f"$P(B) = {joint[0, 0]:g} + {joint[1, 0]:g}$"]


@step(symbol=r"P(A \mid B)", marks=2)
def p_a_given_b(p_ab, p_b):
    """$B$ is known to have happened, so only its column counts: which share of it belongs to $A$?"""
    return p_ab / p_b


@p_a_given_b.mistake()
def condition_reversed(joint):
    r"""This is $P(B \mid A)$, the share of the row $A$; the condition stands behind the bar, so divide by $P(B)$."""
    return float(joint[0, 0] / (joint[0, 0] + joint[0, 1]))


@p_a_given_b.mistake()
def joint_not_divided(p_ab):
    r"""This is the joint probability $P(A \cap B)$; divide it by the probability of the condition, $P(B)$."""
    return p_ab


pytorch = """
import torch

joint = torch.tensor(<joint>, dtype=torch.float64)
p_b = joint.sum(dim=0)[0]
p_a_given_b = torch.nn.functional.normalize(joint, p=1, dim=0)[0, 0]  # every column scaled to a sum of 1
"""
