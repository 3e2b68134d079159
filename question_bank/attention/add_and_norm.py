r"""Add and normalise

<story> It has received the token vector $x = <x>$ and computed $f(x) = <sublayer>$. Next comes "add and norm" in the order of the first transformer (post-norm): the residual connection adds $x$, then layer
normalisation, over the <size> entries of this one vector, with the scale $\gamma = 1$, the shift $\beta = 0$ and $\epsilon = <eps>$ added to the variance.

Compute the sum $a = x + f(x)$ and the output $y$.
"""

from numpy import mean, sqrt, var

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import layer_norm
from dlexam.kinds import number
from dlexam.working import equals, total

about = dict(minutes=6, tags=["transformer", "layer normalisation", "residual"], decimals=3, symbols=dict(sublayer="f(x)", eps=r"\epsilon"))

given = dict(
    size=by_level(3, 4, 5),
    x=lambda size, level: array(size, by_level(integers(-3, 5), grid(-2, 3, by=0.5), grid(-2, 2, by=0.1))(level)),
    sublayer=lambda size, level: array(size, by_level(integers(-3, 4, but_not=[0]), grid(-2, 2, by=0.5, but_not=[0]), grid(-1.5, 1.5, by=0.1, but_not=[0]))(level)),
    eps=by_level(1e-5, 1e-5, one_of(1e-5, 1e-6)),
)

words = dict(
    story=one_of(
        "The self-attention block of a transformer layer has done its work.",
        "The feed-forward block of a transformer layer has done its work.",
        "One block of a small translation model has done its work.",
    )
)


@step(symbol="a", marks=1)
def added(x, sublayer):
    """The residual connection carries the input past the block."""
    return x + sublayer


@added.mistake()
def residual_forgotten(sublayer):
    """You went on with the output of the block alone; the input $x$ is added first."""
    return sublayer


@step(symbol=r"\mu", decimals=4, tex=r"\frac{1}{n} \sum_{k=1}^{n} a_k")
def mu(added):
    """The mean over the $n = <size>$ entries of this vector."""
    return mean(added)


@mu.working
def mean_terms(added, mu):
    return rf"$\mu = ({total(added)}) / {len(added)} {equals(mu, 4)}$"


@step(symbol=r"\sigma^2", decimals=4, tex=r"\frac{1}{n} \sum_{k=1}^{n} (a_k - \mu)^2")
def variance(added):
    """The mean squared distance from the mean (divide by the number of entries)."""
    return var(added)


@variance.working
def variance_terms(added, mu, variance):
    squares = (added - mu) ** 2
    sign = "=" if all(number.exact(s, 4) for s in squares) else r"\approx"
    return rf"$\sigma^2 {sign} ({total(squares, 4)}) / {len(added)} {equals(variance, 4)}$"


@variance.mistake(keeps=0.5)
def sample_variance(added):
    """You divided by the number of entries minus 1; layer normalisation divides by the number of entries."""
    return var(added) * len(added) / (len(added) - 1)


@step(symbol="y", marks=3)
def y(added, mu, variance, eps):
    """Centred and divided by the standard deviation, the entries have mean 0 and variance 1."""
    return (added - mu) / sqrt(variance + eps)


@y.mistake()
def normalised_before_adding(x, sublayer, eps):
    """You normalised the block's output and added $x$ afterwards; here the sum is normalised."""
    return x + layer_norm(sublayer, eps=eps)


@y.mistake(keeps=0.5)
def root_forgotten(added, mu, variance, eps):
    """You divided by the variance; divide by its root, the standard deviation."""
    return (added - mu) / (variance + eps)


@y.mistake(keeps=0.5)
def mean_not_subtracted(added, variance, eps):
    """You did not subtract the mean first."""
    return added / sqrt(variance + eps)


pytorch = """
import torch

x, sublayer = (torch.tensor(v, dtype=torch.float64) for v in (<x>, <sublayer>))
added = torch.add(x, sublayer)
y = torch.nn.functional.layer_norm(added, added.shape, eps=<eps>)
"""
