"""Scaled dot-product attention; one row per token, softmax over the keys of each row.

Shapes: Q (n, d_k) or one query (d_k,), K (m, d_k), V (m, d_v). Formulas: Vaswani et al. 2017. A mask is a
boolean array (True = may look) or an array added to the scores (-inf = may not look).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from dlexam.engine.activations import softmax
from dlexam.engine.linalg import Array


def attention_scores(Q: ArrayLike, K: ArrayLike) -> Array:
    """Q K^T, shape (n, m), not scaled; ValueError when queries and keys differ in width."""
    Q, K = np.asarray(Q), np.asarray(K)
    if Q.shape[-1] != K.shape[-1]:
        raise ValueError(
            f"attention_scores: queries of width {Q.shape[-1]} cannot meet keys of {K.shape[-1]}"
        )
    return np.asarray(Q @ K.swapaxes(-1, -2))


def scaled_attention_scores(Q: ArrayLike, K: ArrayLike, scale: float | None = None) -> Array:
    """Scores scale * Q K^T, shape (n, m), scale 1 / sqrt(d_k) unless given; ValueError as above."""
    scores = attention_scores(Q, K)
    return scores / math.sqrt(np.shape(K)[-1]) if scale is None else scores * scale


def mask_scores(scores: ArrayLike, mask: ArrayLike | None) -> Array:
    """Scores with -inf where a boolean mask is False, or with a numeric mask added."""
    scores = np.asarray(scores)
    if mask is None:
        return scores
    mask = np.asarray(mask)
    return np.where(mask, scores, -np.inf) if mask.dtype == bool else np.asarray(scores + mask)


def attention_weights(
    Q: ArrayLike, K: ArrayLike, mask: ArrayLike | None = None, scale: float | None = None
) -> Array:
    """Softmax of the scaled, masked scores, shape (n, m); ValueError for a row all masked."""
    return softmax(mask_scores(scaled_attention_scores(Q, K, scale), mask))


def attention(
    Q: ArrayLike,
    K: ArrayLike,
    V: ArrayLike,
    mask: ArrayLike | None = None,
    scale: float | None = None,
) -> Array:
    """Weighted values softmax(Q K^T / sqrt(d_k)) V, shape (n, d_v); ValueError for a row all masked."""
    return np.asarray(attention_weights(Q, K, mask, scale) @ np.asarray(V))


def causal_mask(n: int) -> Array:
    """Boolean (n, n) mask, True where the key is not later than the query (Vaswani 3.2.3)."""
    return np.tri(n, dtype=bool)


def split_heads(X: ArrayLike, heads: int) -> Array:
    """(n, d) to (heads, n, d / heads); ValueError unless heads divides d (Vaswani 3.2.2)."""
    X = np.asarray(X)
    if heads < 1 or X.shape[-1] % heads:
        raise ValueError(f"split_heads: {X.shape[-1]} columns cannot be split into {heads} heads")
    return X.reshape(X.shape[0], heads, -1).swapaxes(0, 1)


def multi_head(Q: ArrayLike, K: ArrayLike, V: ArrayLike, heads: int, mask: ArrayLike | None = None) -> Array:
    """Attention in each head on its share of the columns, heads side by side, shape (n, d_v).

    No projections; each head is scaled by sqrt(d_k / heads); ValueError unless heads divides d.
    """
    parts = attention(split_heads(Q, heads), split_heads(K, heads), split_heads(V, heads), mask)
    return np.concatenate(list(parts), axis=-1)


def positional_encoding(position: ArrayLike, d_model: int) -> Array:
    """Encode with sin and cos of position / 10000^(2i / d_model) in turn, shape (..., d_model).

    `position` is a number or an array; ValueError unless d_model is even and positive (Vaswani 3.5).
    """
    if d_model < 1 or d_model % 2:
        raise ValueError(f"positional_encoding: d_model must be even and positive, not {d_model}")
    rates = 10000.0 ** (-np.arange(0, d_model, 2) / d_model)
    angles = np.asarray(position)[..., None] * rates
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(*angles.shape[:-1], d_model)
