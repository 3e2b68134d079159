r"""Likelihood behind a loss

<story> Each target is assumed to be the prediction plus Gaussian noise with the same standard deviation $\sigma = <sigma>$, $y_i \sim \mathcal{N}(\mu_i, \sigma^2)$, independently.

$$y = <y>, \qquad \mu = <mu>$$

Compute the log-likelihood $\ell = \sum_i \ln \mathcal{N}(y_i \mid \mu_i, \sigma^2)$ (natural logarithm of the normal density, with its normaliser), and
the sum of squared errors $S = \sum_i (y_i - \mu_i)^2$ that it contains.
"""

from numpy import log, pi, sqrt

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.working import bracketed

about = dict(minutes=6, tags=["likelihood", "losses", "normal distribution"], decimals=4)

given = dict(
    n=by_level(2, 3, 5),
    y=lambda n, level: array(n, by_level(integers(-3, 8), grid(-2, 5, by=0.1), grid(-2, 5, by=0.05))(level)),
    mu=lambda n, level: array(n, by_level(integers(-3, 8), grid(-2, 5, by=0.1), grid(-2, 5, by=0.05))(level)),
    sigma=by_level(one_of(2, 3), one_of(0.5, 0.8, 1.2, 1.5, 2), one_of(0.6, 0.7, 0.9, 1.25, 1.4, 1.8)),
)

words = dict(
    story=one_of(
        "A network that predicts house prices (in 100 000 euros, centred) gives the predictions $\\mu$ for the targets $y$.",
        "A regression network predicts $\\mu$ for targets $y$.",
        "A weather model predicts temperatures $\\mu$ (in °C); $y$ was measured.",
        "A robot estimates distances $\\mu$ (in metres, relative to a reference); the true values are $y$.",
    )
)


@step(symbol="n", tex=r"\text{number of samples}")
def count(y):
    """Every sample has its own density."""
    return len(y)


@step(symbol=r"\ell", marks=3, tex=r"-\frac{<count>}{2} \ln\left(2 \pi \cdot <sigma>^2\right) - \frac{<squared_error>}{2 \cdot <sigma>^2}")
def log_likelihood(count, sigma, squared_error):
    r"""The logarithm turns the product of the densities into a sum: one normaliser $-\frac{1}{2} \ln(2 \pi \sigma^2)$ for each sample, minus the squared errors, scaled. For a fixed
    $\sigma$, the likelihood is therefore largest where the squared error is smallest."""
    return -count / 2 * log(2 * pi * sigma**2) - squared_error / (2 * sigma**2)


@log_likelihood.mistake(keeps=0.5)
def no_normaliser(sigma, squared_error):
    r"""You left out the normaliser of the density; each sample also contributes $-\frac{1}{2} \ln(2 \pi \sigma^2)$."""
    return -squared_error / (2 * sigma**2)


@log_likelihood.mistake()
def variance_as_std(count, sigma, squared_error):
    r"""You put $\sigma$ where the variance $\sigma^2$ belongs; $\sigma = <sigma>$ is the standard deviation."""
    return -count / 2 * log(2 * pi * sigma) - squared_error / (2 * sigma)


@log_likelihood.mistake(keeps=0.5)
def negative_log_likelihood(count, sigma, squared_error):
    """This is the *negative* log-likelihood, which is minimised as a loss; the log-likelihood itself is asked."""
    return count / 2 * log(2 * pi * sigma**2) + squared_error / (2 * sigma**2)


@log_likelihood.mistake(keeps=0.5)
def normaliser_once(sigma, squared_error):
    """You counted the normaliser once; every sample has one."""
    return -log(sigma * sqrt(2 * pi)) - squared_error / (2 * sigma**2)


@log_likelihood.mistake(keeps=0.5)
def averaged(count, sigma, squared_error):
    """You divided by the number of samples; the log-likelihood is the sum over all of them."""
    return -log(2 * pi * sigma**2) / 2 - squared_error / (2 * sigma**2 * count)


@step(symbol="S", marks=1, tex=r"\sum_i \left(y_i - \mu_i\right)^2")
def squared_error(y, mu):
    """Square each error and add them up."""
    return sum((y - mu) ** 2)


@squared_error.working
def squares(y, mu):
    terms = " + ".join(f"{bracketed(e)}^2" for e in (y - mu).tolist())
    return [f"$S = {terms}$"]


@squared_error.mistake()
def not_squared(y, mu):
    """You added the errors without their signs; square each of them."""
    return sum(abs(y - mu))


pytorch = """
import torch

y, mu = torch.tensor(<y>, dtype=torch.float64), torch.tensor(<mu>, dtype=torch.float64)
log_likelihood = torch.distributions.Normal(mu, <sigma>).log_prob(y).sum()
squared_error = torch.nn.functional.mse_loss(mu, y, reduction="sum")
"""
