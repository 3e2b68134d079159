r"""Scaled dot-product attention

<n> queries attend to <n> keys and values, one per row:

$$Q = <Q>,\quad K = <K>,\quad V = <V>$$

Compute the scaled scores $S = QK^\top / \sqrt{d_k}$, the attention weights $A$ (softmax over each row of $S$) and the output $AV$.
"""

from numpy import sqrt

from dlexam import array, by_level, grid, integers, step
from dlexam.engine import softmax

about = dict(minutes=10, tags=["attention"], decimals=3)

given = dict(
    n=by_level(2, 2, 3),
    d_k=by_level(2, 2, 4),
    Q=lambda n, d_k: array((n, d_k), integers(-1, 2)),
    K=lambda n, d_k: array((n, d_k), integers(-1, 2)),
    V=lambda n, level: array((n, 2), by_level(integers(0, 4), integers(-3, 5), grid(-2, 2, by=0.5))(level)),
)


@step(symbol="S", marks=2)
def scores(Q, K, d_k):
    r"""Compare each query (row of $Q$) with each key (row of $K$); divide by $\sqrt{d_k}$ so that long vectors do not saturate the softmax."""
    return Q @ K.T / sqrt(d_k)


@scores.mistake(keeps=0.5)
def not_scaled(Q, K):
    r"""You left out the division by $\sqrt{d_k}$."""
    return Q @ K.T


@step(symbol="A", marks=2)
def weights(scores):
    """Turn each row of scores into positive weights that add up to 1."""
    return softmax(scores)


@weights.mistake()
def softmax_over_columns(scores):
    """You normalised down each column; every query (row) spreads a weight of 1 over the keys."""
    return softmax(scores, axis=0)


@step(symbol="O", marks=2)
def output(weights, V):
    """Average the values with these weights."""
    return weights @ V


@output.mistake()
def values_not_weighted(V, weights):
    """You averaged the values equally; use the attention weights."""
    return 0 * weights @ V + V.mean(axis=0)


pytorch = """
import torch

Q, K, V = (torch.tensor(m, dtype=torch.float64) for m in (<Q>, <K>, <V>))
scores = Q @ K.T / Q.shape[1] ** 0.5
weights = torch.softmax(scores, dim=1)
output = torch.nn.functional.scaled_dot_product_attention(Q, K, V)
"""
