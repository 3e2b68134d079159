r"""Layer normalisation

<story>

Layer normalisation with $\gamma = <gamma>$, $\beta = <beta>$ and $\epsilon = <eps>$ follows:

$$y = \gamma \odot \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

The variance $\sigma^2$ is divided by the number of entries $n$, not by $n - 1$. Give $\mu$, $\sigma^2$ and the output $y$ for $x$.
"""

from numpy import add, sqrt, vstack

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.figures_grid import equals
from dlexam.kinds.number import tex
from dlexam.working import bracketed, total

about = dict(minutes=6, tags=["layer normalisation"], decimals=3, symbols=dict(eps=r"\epsilon"))

ROUND = ((-3, -1, 0, 1, 3), (-7, -1, 1, 7), (-5, 1, 1, 3), (-3, -1, -1, 5), (4, -1, -1, -1, -1), (-4, 1, 1, 1, 1), (-6, -2, 0, 2, 6))  # deviations


def round_sample(random):
    """A shuffled vector with a whole mean and standard deviation."""
    deviations = list(random.choice(ROUND))
    random.shuffle(deviations)
    return add(deviations, random.randint(-2, 6))


given = dict(
    x=lambda level, random: round_sample(random) if level == 1 else array(*by_level(0, (5, integers(-4, 9)), (5, grid(-3, 3, by=0.1)))(level)),
    other=lambda level, x: array((2, len(x)), by_level(integers(-4, 9), integers(-4, 9), grid(-3, 3, by=0.1))(level)),
    gamma=lambda level, x: array(len(x), by_level(one_of(1, 2, 3), grid(0.5, 2, by=0.5), grid(0.5, 2, by=0.1))(level)),
    beta=lambda level, x: array(len(x), by_level(integers(-2, 2), integers(-2, 2), grid(-1, 1, by=0.1))(level)),
    eps=by_level(0, 1e-5, 1e-5),
)

words = dict(
    story=one_of(
        "A token in a transformer has the features $x = <x>$. Two other tokens have the features $<other>$, one row each.",
        "A layer gives the activations $x = <x>$ for a sample. For two other samples of the batch it gives $<other>$, one row each.",
        "The hidden state of a recurrent network is $x = <x>$. For two other sequences of the batch it is $<other>$, one row each.",
    ),
)


@step
def n(x):
    return len(x)


@step(symbol=r"\mu", marks=1, tex=r"\frac{1}{<n>} \sum_i x_i")
def mean(x):
    """Each sample is normalised on its own, over its features; the other samples play no part."""
    return x.mean()


@mean.working
def sum_of_features(x, n):
    return rf"$\mu = ({total(x.tolist())}) / {n}$"


@step(symbol=r"\sigma^2", marks=1, tex=r"\frac{1}{<n>} \sum_i (x_i - \mu)^2")
def variance(x, mean, n):
    """The mean squared distance from the mean."""
    return ((x - mean) ** 2).sum() / n


@variance.mistake()
def unbiased_variance(x, mean, n):
    r"""You divided by $n - 1$; layer normalisation divides by the number of entries, $n = <n>$."""
    return ((x - mean) ** 2).sum() / (n - 1)


@variance.working
def squares(x, mean, n):
    return rf"$\sigma^2 = ({' + '.join(bracketed(d, 3) + '^2' for d in (x - mean).tolist())}) / {n}$"


@step(symbol=r"\hat{x}")
def x_hat(x, mean, variance, eps):
    """Shift the sample to mean 0 and scale it to variance 1 ..."""
    return (x - mean) / sqrt(variance + eps)


@x_hat.mistake(keeps=0.5)
def no_square_root(x, mean, variance, eps):
    """You divided by the variance; divide by its square root, the standard deviation."""
    return (x - mean) / (variance + eps)


@step(symbol="y", marks=3)
def y(gamma, x_hat, beta):
    """... then let the layer choose a scale and a place for each feature."""
    return gamma * x_hat + beta


@y.mistake(when=lambda x, other: other.shape[-1] == len(x))
def normalised_over_batch(x, other, gamma, beta, eps):
    """You normalised each feature over the samples, as batch normalisation does; layer normalisation takes the features of one sample."""
    batch = vstack([x, other])
    return gamma * (x - batch.mean(axis=0)) / sqrt(batch.var(axis=0) + eps) + beta


@y.mistake(keeps=0.5)
def scale_forgotten(x_hat, beta):
    r"""You added $\beta$ but left out the factor $\gamma$."""
    return x_hat + beta


@y.working
def first_feature(gamma, x_hat, beta, y):
    return rf"$y_1 = {tex(gamma[0])} \cdot {bracketed(x_hat[0], 3)} + {bracketed(beta[0])}$ {equals(y[0], 3)}"


pytorch = """
import torch

x, gamma, beta = (torch.tensor(a, dtype=torch.float64) for a in (<x>, <gamma>, <beta>))
mean, variance = x.mean(), x.var(correction=0)
y = torch.nn.functional.layer_norm(x, x.shape, gamma, beta, <eps>)
"""
