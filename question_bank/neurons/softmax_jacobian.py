r"""Derivative of the softmax

<story> $z = <z>$ and the probabilities $p = \operatorname{softmax}(z)$.

Compute $p$ and the Jacobian matrix $J$ with the entries $J_{ij} = \partial p_i / \partial z_j$.
"""

from numpy import diag, exp, outer

from dlexam import array, by_level, grid, one_of, step
from dlexam.engine import softmax
from dlexam.kinds.number import tex

about = dict(minutes=8, tags=["softmax", "jacobian"])

given = dict(
    n=by_level(2, 3, 4),
    z=lambda n, level: array(n, by_level(grid(-2, 2, by=0.25), grid(-1, 2, by=0.1), grid(-1.5, 1.5, by=0.05))(level), distinct=True),
)

words = dict(
    story=one_of(
        "The last layer of a classifier has the logits",
        "To see how each probability reacts to each logit, take the logits",
        "An attention head turns scores into weights. For one query the scores are",
    )
)


@step(symbol="p", marks=1)
def probabilities(z):
    r"""First the probabilities, $p_i = e^{z_i} / \sum_j e^{z_j}$: the derivative is made of them."""
    return softmax(z)


@probabilities.mistake()
def not_normalised(z):
    """You stopped at the exponentials; divide each by their sum."""
    return exp(z)


@step(symbol="J", marks=3)
def jacobian(probabilities):
    r"""A logit raises its own probability, $\partial p_i / \partial z_i = p_i (1 - p_i)$, and lowers the others, $\partial p_i / \partial z_j = -p_i p_j$."""
    return diag(probabilities) - outer(probabilities, probabilities)


@jacobian.working
def entries(probabilities, jacobian):
    p, J = [tex(q, 4) for q in probabilities.tolist()], [tex(entry, 4) for entry in jacobian[0].tolist()]
    off = [rf"$J_{{1{j}}} = -p_1 p_{j} \approx -{p[0]} \cdot {p[j - 1]} \approx {J[j - 1]}$" for j in range(2, min(len(p), 4) + 1)]
    return [rf"$J_{{11}} = p_1 (1 - p_1) \approx {p[0]} \cdot (1 - {p[0]}) \approx {J[0]}$", *off, "Each column adds up to 0, since the probabilities always add up to 1; $J$ is symmetric, so each row does, too."]


@jacobian.mistake(keeps=0.5)
def diagonal_only(probabilities):
    """You left the other entries 0; each logit also changes the other probabilities, because they share the same sum: $-p_i p_j$."""
    return diag(probabilities * (1 - probabilities))


@jacobian.mistake(keeps=0.5)
def sign_of_off_diagonal(probabilities):
    """The entries off the diagonal are negative: raising one logit lowers the other probabilities."""
    return abs(diag(probabilities) - outer(probabilities, probabilities))


@jacobian.mistake()
def diagonal_is_the_probability(probabilities):
    r"""You gave $p_i$ on the diagonal; the sum in the denominator also depends on $z_i$, so it is $p_i (1 - p_i)$."""
    return diag(probabilities + probabilities**2) - outer(probabilities, probabilities)


pytorch = """
import torch

z = torch.tensor(<z>, dtype=torch.float64)
probabilities = torch.softmax(z, dim=0)
jacobian = torch.autograd.functional.jacobian(lambda z: torch.softmax(z, dim=0), z)
"""
