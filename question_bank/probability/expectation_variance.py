r"""Expectation and variance

<story>

<table>

Compute the expectation $\mu = E[X]$, the variance $\operatorname{Var}(X)$ and the standard deviation $\sigma$ of $X$.
"""

import numpy as np
from numpy import sqrt

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.working import bracketed, products

about = dict(minutes=6, tags=["probability", "expectation", "variance"], decimals=4, symbols=dict(values="x", probabilities="p"))


def draw_values(random, level):
    """In ascending order."""
    domain = by_level(integers(1, 9), integers(-4, 10), grid(-3, 6, by=0.5))(level)
    return np.sort(array(by_level(3, 4, 5)(level), domain, distinct=True).draw(random))


def draw_probabilities(random, level, values):
    """Shares of 1, none of them empty."""
    units = by_level(10, 20, 100)(level)
    cuts = sorted(random.sample(range(1, units), len(values) - 1))
    return np.array([round((b - a) / units, 2) for a, b in zip([0, *cuts], [*cuts, units])])


given = dict(values=draw_values, probabilities=draw_probabilities)

words = dict(
    table=lambda values, probabilities: "\n".join(
        [
            "| $x$ |" + "".join(f" ${x:g}$ |" for x in values.tolist()),
            "|---|" + "---|" * len(values),
            "| $P(X = x)$ |" + "".join(f" ${p:g}$ |" for p in probabilities.tolist()),
        ]
    ),
    story=one_of(
        "A random variable $X$ has these values and probabilities:",
        "A game pays $X$ points (negative ones are lost), with these probabilities:",
        "The reward $X$ of an agent for an action is random:",
        "The error $X$ of a quantised sensor, in millivolts, has this distribution:",
    ),
)


@step(symbol=r"\mu", marks=2, tex=r"\sum_i p_i\, x_i")
def mean(values, probabilities):
    """Every value counts as much as its probability."""
    return float(probabilities @ values)


@mean.working
def weighted(values, probabilities):
    return rf"$\mu = {products(probabilities, values)}$"


@mean.mistake()
def unweighted(values):
    """You averaged the values as if they were equally probable; weight each with its probability."""
    return float(values.mean())


@step(symbol=r"\operatorname{Var}(X)", marks=2, tex=r"\sum_i p_i \left(x_i - \mu\right)^2")
def variance(values, probabilities, mean):
    r"""The expected squared distance from $\mu$. (The same as $E[X^2] - \mu^2$.)"""
    return float(probabilities @ (values - mean) ** 2)


@variance.working
def squares(values, probabilities, mean):
    terms = [rf"{p:g} \cdot ({x:g} - {bracketed(mean, 4)})^2" for p, x in zip(probabilities.tolist(), values.tolist())]
    squared = (values - mean) ** 2
    sign = "=" if np.allclose(squared, squared.round(4), rtol=0, atol=1e-9) else r"\approx"
    return [
        rf"$\operatorname{{Var}}(X) = {' + '.join(terms[:2])} + \dots$",
        rf"$\operatorname{{Var}}(X) {sign} {products(probabilities, squared.round(4))}$",
    ]


@variance.mistake()
def mean_not_squared(values, probabilities, mean):
    r"""You subtracted $\mu$ from $E[X^2]$; it must be $\mu^2$."""
    return float(probabilities @ values**2 - mean)


@variance.mistake()
def unweighted_squares(values, mean):
    """You averaged the squared distances as if the values were equally probable; weight each with its probability."""
    return float(((values - mean) ** 2).mean())


@variance.mistake()
def second_moment(values, probabilities):
    r"""This is $E[X^2]$; the variance is measured around the mean, so subtract $\mu^2$."""
    return float(probabilities @ values**2)


@step(symbol=r"\sigma", marks=1)
def std(variance):
    """The root brings it back to the unit of $X$."""
    return sqrt(variance)


pytorch = """
import torch

values = torch.tensor(<values>, dtype=torch.float64)
probabilities = torch.tensor(<probabilities>, dtype=torch.float64)
mean = torch.linalg.vecdot(values, probabilities)
variance = torch.cov(values.unsqueeze(0), correction=0, aweights=probabilities)
std = variance.sqrt()
"""
