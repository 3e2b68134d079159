"""Normalisation layers and dropout. A variance is divided by n, and eps is inside the root."""

import numpy as np
from numpy.typing import ArrayLike

from dlexam.engine.linalg import Array, square_root

Gain = float | Array


def _standardise(x: Array, mean: Array, variance: Array, eps: float) -> Array:
    scale = np.asarray(square_root(np.asarray(variance + eps)))
    if (scale == 0).any():
        raise ValueError("normalisation: the variance and eps are both 0, so the result is 0/0")
    return np.asarray((x - mean) / scale)


def batch_norm(x: ArrayLike, gamma: Gain = 1, beta: Gain = 0, eps: float = 1e-5) -> Array:
    """Batch normalisation gamma x_hat + beta, x of shape (batch,) or (batch, features), over the batch.

    Ioffe & Szegedy 2015, training mode; ValueError when the variance and eps are both 0.
    """
    x = np.asarray(x)
    hat = _standardise(x, x.mean(axis=0), x.var(axis=0), eps)
    return np.asarray(gamma * hat + beta)


def batch_norm_inference(
    x: ArrayLike,
    mean: ArrayLike,
    variance: ArrayLike,
    gamma: Gain = 1,
    beta: Gain = 0,
    eps: float = 1e-5,
) -> Array:
    """Batch normalisation at test time, gamma (x - mean) / sqrt(variance + eps) + beta.

    Ioffe & Szegedy 2015; ValueError when the variance and eps are both 0.
    """
    hat = _standardise(np.asarray(x), np.asarray(mean), np.asarray(variance), eps)
    return np.asarray(gamma * hat + beta)


def running_average(old: ArrayLike, batch: ArrayLike, momentum: float = 0.1) -> Array:
    """(1 - momentum) old + momentum batch, as PyTorch updates running statistics."""
    return np.asarray((1 - momentum) * np.asarray(old) + momentum * np.asarray(batch))


def layer_norm(
    x: ArrayLike,
    gamma: Gain = 1,
    beta: Gain = 0,
    eps: float = 1e-5,
    axis: int | tuple[int, ...] = -1,
) -> Array:
    """Layer normalisation gamma x_hat + beta, statistics of each sample over the last axis (Ba et al. 2016).

    ValueError when the variance and eps are both 0.
    """
    x = np.asarray(x)
    hat = _standardise(x, x.mean(axis=axis, keepdims=True), x.var(axis=axis, keepdims=True), eps)
    return np.asarray(gamma * hat + beta)


def rms_norm(x: ArrayLike, gamma: Gain = 1, eps: float = 1e-5, axis: int | tuple[int, ...] = -1) -> Array:
    """Divide by the root mean square: gamma x / sqrt(mean(x^2) + eps) over the last axis.

    Zhang & Sennrich 2019; ValueError when the mean square and eps are both 0.
    """
    x = np.asarray(x, dtype=float)
    square = np.asarray((x * x).mean(axis=axis, keepdims=True))
    return np.asarray(gamma * _standardise(x, np.zeros(()), square, eps))


def dropout(h: ArrayLike, mask: ArrayLike, p_drop: float) -> Array:
    """Inverted dropout in training, h mask / (1 - p_drop); ValueError unless 0 <= p_drop < 1.

    Srivastava et al. 2014; `mask` has 1 for a unit that is kept.
    """
    if not 0 <= p_drop < 1:
        raise ValueError(f"dropout: p_drop must be at least 0 and below 1, not {p_drop:g}")
    return np.asarray(np.asarray(h) * np.asarray(mask) / (1 - p_drop))
