r"""Batch normalisation at test time

<story> The running statistics so far are the <means> $\mu_{\text{old}} = <running_mean>$ and the <variances>
$\sigma^2_{\text{old}} = <running_var>$. The last training batch has $\mu_{\text{batch}} = <batch_mean>$ and $\sigma^2_{\text{batch}} = <batch_var>$, and updates them with the momentum $\alpha = <momentum>$ (PyTorch's convention):

$$\text{new} = (1 - \alpha) \cdot \text{old} + \alpha \cdot \text{batch}$$

Then the network is used: for a single sample, the layer receives <sample> $x = <x>$. With $\gamma = <gamma>$, $\beta = <beta>$ and $\epsilon = <eps>$ (inside the root), give the
new running statistics $\mu_{\text{new}}$ and $\sigma^2_{\text{new}}$ and the output <output>.
"""

from numpy import ndim, sqrt

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.figures_grid import equals
from dlexam.kinds.number import tex
from dlexam.working import bracketed

about = dict(minutes=6, tags=["batch normalisation", "running statistics"], decimals=3, symbols=dict(
    momentum=r"\alpha", running_mean=r"\mu_{\text{old}}", running_var=r"\sigma^2_{\text{old}}", batch_mean=r"\mu_{\text{batch}}",
    batch_var=r"\sigma^2_{\text{batch}}", eps=r"\epsilon"))  # fmt: skip


def round_variance(batch_var, momentum):
    """Old variances with which the new one is 4, 9, 16 or 25."""
    return one_of(*[round((r * r - momentum * batch_var) / (1 - momentum), 6) for r in (2, 3, 4, 5)])


given = dict(
    x=by_level(integers(-4, 12), grid(-3, 6, by=0.1), array(3, grid(-3, 6, by=0.1))),
    batch_mean=by_level(integers(-4, 8), grid(-1, 3, by=0.1), array(3, grid(-1, 3, by=0.1))),
    running_mean=by_level(integers(-4, 8), grid(-1, 3, by=0.1), array(3, grid(-1, 3, by=0.1))),
    momentum=by_level(0.2, one_of(0.1, 0.2), one_of(0.01, 0.05, 0.1)),
    batch_var=by_level(one_of(1, 2, 4, 6, 8, 10), grid(0.5, 6, by=0.1), array(3, grid(0.5, 6, by=0.1))),
    running_var=lambda level, batch_var, momentum: round_variance(batch_var, momentum) if level == 1 else by_level(0, grid(0.5, 6, by=0.1), array(3, grid(0.5, 6, by=0.1)))(level),
    gamma=by_level(one_of(2, 3), grid(0.5, 2, by=0.1, but_not=[1]), array(3, grid(0.5, 2, by=0.1, but_not=[1]))),
    beta=by_level(integers(-3, 3, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]), array(3, grid(-1, 1, by=0.1, but_not=[0]))),
    eps=by_level(0, 1e-5, 1e-5),
)

words = dict(
    story=one_of("A network has a batch-normalisation layer.", "A batch-normalisation layer follows a dense layer.", "Training of a network with batch normalisation is about to end."),
    sample=lambda x: f"the values of {len(x)} units," if ndim(x) else "the value",
    means=lambda x: "means" if ndim(x) else "mean",
    variances=lambda x: "variances" if ndim(x) else "variance",
    output=lambda x: "$y$ of each unit" if ndim(x) else "$y$",
)


@step(symbol=r"\alpha")
def share(momentum):
    return momentum


@share.mistake()
def momentum_reversed(momentum):
    r"""You gave the share $\alpha = <momentum>$ to the old statistics, as Keras does; in the formula of this question it belongs to the batch."""
    return 1 - momentum


@step(symbol=r"\mu_{\text{new}}", marks=1)
def mean_new(share, running_mean, batch_mean):
    """The running mean moves a little towards the mean of the batch."""
    return (1 - share) * running_mean + share * batch_mean


@step(symbol=r"\sigma^2_{\text{new}}", marks=1)
def var_new(share, running_var, batch_var):
    """So does the running variance."""
    return (1 - share) * running_var + share * batch_var


@step(symbol="y", marks=2)
def y(gamma, x, mean_new, var_new, eps, beta):
    """A single sample has no batch statistics, so the running ones stand in for them."""
    return gamma * (x - mean_new) / sqrt(var_new + eps) + beta


@y.mistake()
def batch_statistics_used(gamma, x, batch_mean, batch_var, eps, beta):
    """You normalised with the statistics of the last batch; at test time the running statistics are used."""
    return gamma * (x - batch_mean) / sqrt(batch_var + eps) + beta


@y.mistake(keeps=0.5)
def old_statistics_used(gamma, x, running_mean, running_var, eps, beta):
    """You used the running statistics from before the last batch; it updated them."""
    return gamma * (x - running_mean) / sqrt(running_var + eps) + beta


@y.mistake(keeps=0.5)
def no_square_root(gamma, x, mean_new, var_new, eps, beta):
    """You divided by the variance; divide by its square root."""
    return gamma * (x - mean_new) / (var_new + eps) + beta


@y.working
def first_unit(gamma, x, mean_new, var_new, eps, beta, y):
    if ndim(x) == 0:
        return []
    top = rf"{tex(gamma[0])} \cdot ({tex(x[0])} - {bracketed(mean_new[0], 3)})"
    return rf"$y_1 = {top} / \sqrt{{{tex(var_new[0], 3)} + <eps>}} + {bracketed(beta[0])}$ {equals(y[0], 3)}"


pytorch = """
import torch

names = (<x>, <running_mean>, <running_var>, <batch_mean>, <batch_var>, <gamma>, <beta>)
x, mean_new, var_new, batch_mean, batch_var, gamma, beta = (torch.tensor(a, dtype=torch.float64).reshape(-1) for a in names)
mean_new.lerp_(batch_mean, <momentum>)
var_new.lerp_(batch_var, <momentum>)
y = torch.nn.functional.batch_norm(x[None], mean_new, var_new, gamma, beta, training=False, eps=<eps>)[0]
"""
