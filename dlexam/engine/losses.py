"""Losses, and the measures of information behind them.

A loss of several samples is their mean, except where the name or docstring says sum. An impossible event
that happens costs infinity; 0 ln 0 counts 0.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from dlexam.engine.activations import log_sum_exp, softmax
from dlexam.engine.linalg import Array


def _difference(y: ArrayLike, y_hat: ArrayLike, what: str) -> Array:
    a, b = np.asarray(y), np.asarray(y_hat)
    if a.shape != b.shape:
        raise ValueError(f"{what}: targets {a.shape} and predictions {b.shape} differ in shape")
    return np.asarray(a - b)


def _weighted_log(weight: ArrayLike, p: ArrayLike, what: str) -> Array:
    """Give weight * ln p, 0 where the weight is 0, -inf where p is 0."""
    weight, p = np.asarray(weight), np.asarray(p)
    if (p < 0).any():
        raise ValueError(f"{what}: a probability cannot be {p.min():g}")
    with np.errstate(divide="ignore"):
        return np.asarray(weight * np.log(np.where(weight == 0, 1, p)))


def _check_target(target: int, size: int, what: str) -> None:
    if not 0 <= target < size:
        raise ValueError(f"{what}: class {target} is not among 0 to {size - 1}")


def squared_error(y: ArrayLike, y_hat: ArrayLike) -> float:
    """Sum of (y - y_hat)^2; whole numbers stay whole; ValueError when the shapes differ."""
    return (_difference(y, y_hat, "squared_error") ** 2).sum().item()  # type: ignore[no-any-return]


def half_squared_error(y: ArrayLike, y_hat: ArrayLike) -> float:
    """Half the sum of (y - y_hat)^2; ValueError when the shapes differ (Bishop, PRML, 5.14)."""
    return squared_error(y, y_hat) / 2


def mse(y: ArrayLike, y_hat: ArrayLike) -> float:
    """Mean of (y - y_hat)^2 over all entries; ValueError when the shapes differ (Goodfellow 5.1.4)."""
    return float((_difference(y, y_hat, "mse") ** 2).mean())


def mae(y: ArrayLike, y_hat: ArrayLike) -> float:
    """Mean of |y - y_hat| over all entries; ValueError when the shapes differ."""
    return float(np.abs(_difference(y, y_hat, "mae")).mean())


def binary_cross_entropy(y: ArrayLike, p: ArrayLike) -> float:
    """Mean of -(y ln p + (1 - y) ln(1 - p)); ValueError outside 0 <= p <= 1 (Goodfellow 6.2.2.2)."""
    y, p = np.asarray(y), np.asarray(p)
    terms = _weighted_log(y, p, "binary_cross_entropy")
    return float(-(terms + _weighted_log(1 - y, 1 - p, "binary_cross_entropy")).mean()) + 0.0


def cross_entropy(p: ArrayLike, target: int) -> float:
    """-ln p[target], the classes counted from 0; ValueError for no such class (Goodfellow 6.2.2.3)."""
    p = np.asarray(p)
    _check_target(target, len(p), "cross_entropy")
    return float(-_weighted_log(1, p[target], "cross_entropy")) + 0.0


def softmax_cross_entropy(z: ArrayLike, target: int) -> float:
    """-ln softmax(z)[target] from the logits, without underflow; ValueError for no such class."""
    z = np.asarray(z)
    _check_target(target, len(z), "softmax_cross_entropy")
    return float(log_sum_exp(z) - z[target])


def softmax_cross_entropy_gradient(z: ArrayLike, target: int) -> Array:
    """softmax(z) - one_hot(target), the gradient at the logits; ValueError for no such class."""
    p = softmax(z)
    return p - one_hot(target, len(p))


def hinge(y: ArrayLike, z: ArrayLike) -> float:
    """Mean of max(0, 1 - y z) with labels y of -1 and +1 (Vapnik; CS231n, linear classification)."""
    return float(np.maximum(0, 1 - np.asarray(y) * np.asarray(z)).mean())


def multiclass_hinge(scores: ArrayLike, target: int, margin: float = 1) -> float:
    """Sum over the other classes of max(0, s_j - s_target + margin); ValueError for no such class.

    Weston & Watkins 1999, as in CS231n; PyTorch's multi_margin_loss divides by the number of classes.
    """
    scores = np.asarray(scores)
    _check_target(target, len(scores), "multiclass_hinge")
    margins = np.maximum(0, scores - scores[target] + margin)
    return np.delete(margins, target).sum().item()  # type: ignore[no-any-return]


def entropy(p: ArrayLike, base: float = 2) -> float:
    """-sum p log p, in bits for base 2; ValueError for a negative p (Shannon 1948)."""
    return cross_entropy_of(p, p, base)


def cross_entropy_of(p: ArrayLike, q: ArrayLike, base: float = 2) -> float:
    """-sum p log q of the distribution p coded for q; ValueError for a negative q (Goodfellow 3.13)."""
    return float(-_weighted_log(p, q, "cross_entropy_of").sum() / math.log(base)) + 0.0


def kl_divergence(p: ArrayLike, q: ArrayLike, base: float = 2) -> float:
    """Divergence sum p log(p / q) from p to q; ValueError for a negative probability (Goodfellow 3.13)."""
    p_log_p = _weighted_log(p, p, "kl_divergence")
    return float((p_log_p - _weighted_log(p, q, "kl_divergence")).sum() / math.log(base))


def gaussian_log_likelihood(y: ArrayLike, mu: ArrayLike, sigma: float) -> float:
    """Sum of ln N(y; mu, sigma^2) over the entries; ValueError unless sigma > 0 (Goodfellow 3.9.3)."""
    if not sigma > 0:
        raise ValueError(f"gaussian_log_likelihood: sigma must be positive, not {sigma:g}")
    errors = _difference(y, mu, "gaussian_log_likelihood")
    normaliser = errors.size * math.log(sigma * math.sqrt(2 * math.pi))
    return float(-(errors**2).sum() / (2 * sigma**2)) - normaliser


def one_hot(index: int, size: int) -> Array:
    """Vector of `size` zeros with a 1 at `index`, counted from 0; ValueError when it is outside."""
    _check_target(index, size, "one_hot")
    vector = np.zeros(size, dtype=int)
    vector[index] = 1
    return vector
