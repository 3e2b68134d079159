"""Convolution as deep-learning libraries compute it (cross-correlation), its gradients, transposed.

Images are (H, W) or (C, H, W). A size, stride, padding or dilation is a whole number or a pair (vertical,
horizontal). Formulas: Dumoulin & Visin, A guide to convolution arithmetic, 2016.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from dlexam.engine.linalg import Array

Pair = int | tuple[int, int]


def pair(n: Pair) -> tuple[int, int]:
    """(n, n) of a whole number, a pair as it is."""
    if isinstance(n, (int, np.integer)):
        return int(n), int(n)
    first, second = n
    return int(first), int(second)


def output_size(W: int, F: int, P: int = 0, S: int = 1, D: int = 1) -> int:
    """floor((W + 2P - D(F - 1) - 1) / S) + 1; ValueError when no window fits (Dumoulin & Visin)."""
    if W < 1 or F < 1 or S < 1 or D < 1 or P < 0:
        raise ValueError(f"output_size: W={W}, F={F}, P={P}, S={S}, D={D} is no layer")
    room = W + 2 * P - D * (F - 1) - 1
    if room < 0:
        raise ValueError(f"output_size: a window of {D * (F - 1) + 1} does not fit into {W + 2 * P}")
    return room // S + 1


def transposed_output_size(
    W: int, F: int, P: int = 0, S: int = 1, output_padding: int = 0, D: int = 1
) -> int:
    """(W - 1) S - 2P + D(F - 1) + output_padding + 1; ValueError when nothing is left."""
    size = (W - 1) * S - 2 * P + D * (F - 1) + output_padding + 1
    if size < 1:
        raise ValueError(f"transposed_output_size: a padding of {P} leaves nothing")
    return size


def pad(X: ArrayLike, P: Pair) -> Array:
    """X with P rows and columns of zeros on each side of its last two axes."""
    X = np.asarray(X)
    (down, across), (height, width) = pair(P), X.shape[-2:]
    if not down and not across:
        return X
    padded = np.zeros((*X.shape[:-2], height + 2 * down, width + 2 * across), dtype=X.dtype)
    padded[..., down : down + height, across : across + width] = X
    return padded


def windows(X: ArrayLike, F: Pair, S: Pair = 1, D: Pair = 1) -> Array:
    """Read-only view of every window, shape (..., H_out, W_out, F_h, F_w); ValueError when none fits."""
    X, (fh, fw), (sh, sw), (dh, dw) = np.ascontiguousarray(X), pair(F), pair(S), pair(D)
    height, width = output_size(X.shape[-2], fh, 0, sh, dh), output_size(X.shape[-1], fw, 0, sw, dw)
    *outer, down, across = X.strides
    shape = (*X.shape[:-2], height, width, fh, fw)
    strides = (*outer, down * sh, across * sw, down * dh, across * dw)
    view: Array = np.ndarray(shape, X.dtype, X, 0, strides)  # NumPy checks these against X's memory
    view.flags.writeable = False
    return view


def convolve(
    X: ArrayLike, kernel: ArrayLike, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1
) -> Array:
    """Sum kernel times window at every position, (H, W) to (H_out, W_out), the kernel not flipped.

    ValueError when the kernel does not fit (Goodfellow 9.6).
    """
    kernel = np.asarray(kernel)
    seen = windows(pad(X, padding), kernel.shape, stride, dilation)
    return np.asarray(seen.reshape(*seen.shape[:2], -1) @ kernel.ravel())


def convolve_channels(
    X: ArrayLike,
    kernels: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
) -> Array:
    """Convolution layer, X (C, H, W) and kernels (K, C, F, F) to (K, H_out, W_out), one bias a kernel.

    ValueError when the kernels do not fit or have other channels than X (Goodfellow 9.7).
    """
    X, kernels = np.asarray(X), np.asarray(kernels)
    if X.shape[0] != kernels.shape[1]:
        raise ValueError(f"convolve_channels: kernels of {kernels.shape[1]} channels, image of {X.shape[0]}")
    seen = windows(pad(X, padding), kernels.shape[2:], stride, dilation)
    result: Array = np.einsum("chwij,kcij->khw", seen, kernels)
    return result if bias is None else np.asarray(result + np.asarray(bias)[:, None, None])


def convolve_1d(
    x: ArrayLike, kernel: ArrayLike, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Array:
    """Convolve a sequence, (W,) to (W_out,); ValueError when the kernel does not fit."""
    row, weights = np.asarray(x)[None, :], np.asarray(kernel)[None, :]
    return convolve(row, weights, (1, stride), (0, padding), (1, dilation)).ravel()


def scatter(dy: Array, taps: Array, shape: tuple[int, int], S: Pair = 1, D: Pair = 1) -> Array:
    """Each entry of dy times `taps`, added up at its window in an array of `shape`: windows reversed."""
    (sh, sw), (dh, dw), (height, width) = pair(S), pair(D), dy.shape[-2:]
    total = np.zeros((*dy.shape[:-2], *shape), dtype=np.result_type(dy, taps))
    for i, j in np.ndindex(*taps.shape):
        down, across = i * dh, j * dw
        rows = slice(down, down + sh * (height - 1) + 1, sh)
        columns = slice(across, across + sw * (width - 1) + 1, sw)
        total[..., rows, columns] += taps[i, j] * dy
    return total


def transposed_convolve(
    X: ArrayLike,
    kernel: ArrayLike,
    stride: Pair = 1,
    padding: Pair = 0,
    output_padding: Pair = 0,
    dilation: Pair = 1,
) -> Array:
    """Each entry of X stamps the kernel, overlaps add, and `padding` is cut off each side.

    (H, W) to transposed_output_size; ValueError when nothing is left (Dumoulin & Visin, chapter 4).
    """
    X, kernel = np.asarray(X), np.asarray(kernel)
    (ph, pw), (sh, sw), (dh, dw) = pair(padding), pair(stride), pair(dilation)
    (down, across), (fh, fw) = pair(output_padding), kernel.shape
    height = transposed_output_size(X.shape[0], fh, ph, sh, down, dh)
    width = transposed_output_size(X.shape[1], fw, pw, sw, across, dw)
    whole = scatter(X, kernel, (height + 2 * ph, width + 2 * pw), stride, dilation)
    return whole[ph : ph + height, pw : pw + width]


def convolve_backward_kernel(
    X: ArrayLike,
    dy: ArrayLike,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    kernel_shape: tuple[int, int] | None = None,
) -> Array:
    """Gradient of convolve at its kernel: X convolved with dy, stride and dilation changing places.

    Give `kernel_shape` where a stride leaves a remainder that no window covers (Goodfellow 9.5).
    """
    gradient = convolve(pad(X, padding), dy, stride=dilation, dilation=stride)
    height, width = kernel_shape or gradient.shape
    return gradient[:height, :width]


def convolve_backward_input(
    kernel: ArrayLike,
    dy: ArrayLike,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    input_shape: Sequence[int] | None = None,
) -> Array:
    """Gradient of convolve at its image: dy through the transposed convolution with the same kernel.

    Give `input_shape` where a stride leaves a remainder that no window covers (Goodfellow 9.5).
    """
    if input_shape is None:
        return transposed_convolve(dy, kernel, stride, padding, 0, dilation)
    dy, kernel = np.asarray(dy), np.asarray(kernel)
    (ph, pw), (height, width) = pair(padding), input_shape
    whole = scatter(dy, kernel, (height + 2 * ph, width + 2 * pw), stride, dilation)
    return whole[ph : ph + height, pw : pw + width]
