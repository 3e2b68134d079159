"""Pooling of (H, W) or (C, H, W) images and its gradients; receptive fields; overlap of boxes.

A window or stride is a whole number or a pair (vertical, horizontal); the stride is the window unless
given.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from dlexam.engine.convolution import Pair, pair, scatter, windows
from dlexam.engine.linalg import Array


def _seen(X: ArrayLike, window: Pair, stride: Pair | None) -> Array:
    return windows(X, window, window if stride is None else stride)


def max_pool(X: ArrayLike, window: Pair, stride: Pair | None = None) -> Array:
    """Largest entry of each window; whole numbers stay whole; ValueError when no window fits."""
    return np.asarray(_seen(X, window, stride).max(axis=(-2, -1)))


def average_pool(X: ArrayLike, window: Pair, stride: Pair | None = None) -> Array:
    """Mean of each window; ValueError when no window fits."""
    return np.asarray(_seen(X, window, stride).mean(axis=(-2, -1)))


def l2_pool(X: ArrayLike, window: Pair, stride: Pair | None = None) -> Array:
    """Root of the sum of squares of each window (PyTorch's lp_pool); ValueError when no window fits."""
    seen = _seen(X, window, stride)
    return np.asarray(np.sqrt((seen * seen).sum(axis=(-2, -1))))


def global_average_pool(X: ArrayLike) -> Array:
    """Mean of each channel, (C, H, W) to (C,) (Lin et al., Network in network, 2014)."""
    return np.asarray(np.asarray(X).mean(axis=(-2, -1)))


def max_pool_backward(X: ArrayLike, window: Pair, stride: Pair | None, dy: ArrayLike) -> Array:
    """Gradient of max_pool at X: each dy goes to the (first) largest entry of its window."""
    X, dy, (sh, sw) = np.asarray(X), np.asarray(dy), pair(window if stride is None else stride)
    seen = _seen(X, window, stride)
    if dy.shape != seen.shape[:-2]:
        raise ValueError(f"max_pool_backward: dy is {dy.shape}, the output {seen.shape[:-2]}")
    winners = seen.reshape(*dy.shape, -1).argmax(axis=-1)
    down, across = np.divmod(winners, seen.shape[-1])
    *channel, i, j = np.indices(dy.shape)
    dx = np.zeros(X.shape, dtype=dy.dtype)
    np.add.at(dx, (*channel, i * sh + down, j * sw + across), dy)
    return dx


def average_pool_backward(shape: Sequence[int], window: Pair, stride: Pair | None, dy: ArrayLike) -> Array:
    """Gradient of average_pool at an X of `shape`: each dy is shared equally by its window."""
    share = np.full(pair(window), 1 / np.prod(pair(window)))
    height, width = shape[-2:]
    step = window if stride is None else stride
    return scatter(np.asarray(dy, dtype=float), share, (height, width), step)


def receptive_field(layers: Iterable[Sequence[int]]) -> tuple[list[int], list[int]]:
    """(fields, jumps) after each layer [F, S] or [F, S, D]: field += D(F - 1) jump, jump *= S.

    Araujo et al., Computing receptive fields of convolutional neural networks, Distill 2019.
    """
    field, jump = 1, 1
    fields, jumps = [], []
    for F, S, *D in layers:
        field, jump = field + (D[0] if D else 1) * (F - 1) * jump, jump * S
        fields.append(field)
        jumps.append(jump)
    return fields, jumps


def box_area(box: Sequence[float]) -> float:
    """(x2 - x1)(y2 - y1) of a box (x1, y1, x2, y2), 0 for one turned inside out."""
    x1, y1, x2, y2 = box
    return max(0, x2 - x1) * max(0, y2 - y1)


def intersection_area(a: Sequence[float], b: Sequence[float]) -> float:
    """Area that two boxes (x1, y1, x2, y2) have in common, 0 when they are apart."""
    return box_area((max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])))


def iou(a: Sequence[float], b: Sequence[float]) -> float:
    """Intersection over union of two boxes; ValueError when both are empty (Everingham et al. 2010)."""
    shared = intersection_area(a, b)
    union = box_area(a) + box_area(b) - shared
    if union == 0:
        raise ValueError("iou: both boxes are empty, so the union is 0")
    return shared / union
