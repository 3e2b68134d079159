r"""Self-attention from embeddings

<story> The embeddings of its <n> tokens are the rows of $X$; the projections are $W_Q$, $W_K$ and $W_V$:

$$X = <X>,\quad W_Q = <Wq>$$

$$W_K = <Wk>,\quad W_V = <Wv>$$

Compute the queries $Q = X W_Q$, the keys $K = X W_K$ and the values $V = X W_V$, the attention weights $A = \operatorname{softmax}(QK^\top / \sqrt{d_k})$, row by row, where $d_k$ is the
width of the keys, and the output $O = AV$.
"""

from numpy import exp, full_like, sqrt

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import softmax
from dlexam.working import equals, products

about = dict(minutes=15, tags=["attention", "transformer"], decimals=3, symbols=dict(Wq="W_Q", Wk="W_K", Wv="W_V"))


def projection(X, level):
    return array((X.shape[1], by_level(2, 2, 3)(level)), by_level(integers(-1, 1), one_of(-1, -0.5, 0, 0.5, 1), grid(-1, 1, by=0.25))(level))


given = dict(
    X=lambda level: array(by_level((2, 2), (2, 3), (3, 3))(level), by_level(integers(-1, 2), integers(-1, 2), grid(-1, 1.5, by=0.5))(level), distinct=level == 1),
    Wq=projection,
    Wk=projection,
    Wv=projection,
)

words = dict(
    story=one_of(
        "One self-attention head of a transformer reads a short sentence.",
        "One head of a vision transformer reads a few patches of an image.",
        "One self-attention head reads the start of a protein, one amino acid per token.",
        "One self-attention head reads a few notes of a melody.",
    )
)


@step
def n(X):
    return len(X)


@step(symbol="Q", marks=1)
def Q(X, Wq):
    """What each token is looking for."""
    return X @ Wq


@Q.working
def first_entry(X, Wq, Q):
    return rf"Row 1, column 1: $Q_{{11}} = {products(X[0], Wq[:, 0])} {equals(Q[0, 0], 3)}$."


@Q.mistake()
def projections_swapped(X, Wk):
    """You used $W_K$; the queries come from $W_Q$."""
    return X @ Wk


@step(symbol="K", marks=1)
def K(X, Wk):
    """What each token offers to be found by."""
    return X @ Wk


@K.mistake()
def projections_swapped(X, Wq):
    """You used $W_Q$; the keys come from $W_K$."""
    return X @ Wq


@step(symbol="V", marks=1)
def V(X, Wv):
    """What each token hands on to those that attend to it."""
    return X @ Wv


@step(symbol="d_k")
def d_k(K):
    return K.shape[1]


@step(symbol="S")
def scores(Q, K, d_k):
    r"""Compare each query with each key, and divide by $\sqrt{d_k}$."""
    return Q @ K.T / sqrt(d_k)


@scores.working
def first_score(Q, K, d_k, scores):
    return rf"Token 1 with itself: $S_{{11}} = ({products(Q[0], K[0], 3)}) / \sqrt{{{d_k}}} {equals(scores[0, 0], 3)}$."


@scores.mistake(keeps=0.5)
def not_scaled(Q, K):
    r"""You left out the division by $\sqrt{d_k}$."""
    return Q @ K.T


@step(symbol="A", marks=3)
def weights(scores):
    """Row by row: each token spreads a weight of 1 over all tokens, itself included."""
    return softmax(scores)


@weights.working
def first_row(scores, weights):
    terms = exp(scores[0])
    listed = " + ".join(f"{e:.3f}" for e in terms)
    return rf"$A_{{11}} \approx {terms[0]:.3f} / ({listed}) \approx {weights[0, 0]:.3f}$"


@weights.mistake()
def softmax_over_columns(scores):
    """You normalised down each column; every token (row) spreads a weight of 1."""
    return softmax(scores, axis=0)


@step(symbol="O", marks=2)
def output(weights, V):
    """The new representation of a token is a mixture of the values."""
    return weights @ V


@output.working
def first_output(weights, V, output):
    return rf"$O_{{11}} \approx {products(weights[0], V[:, 0], 3)} {equals(output[0, 0], 3)}$"


@output.mistake()
def values_not_weighted(weights, V):
    """You gave every value the same weight; mix the values with the attention weights $A$."""
    return full_like(weights, 1 / len(V)) @ V


pytorch = """
import torch

X, Wq, Wk, Wv = (torch.tensor(m, dtype=torch.float64) for m in (<X>, <Wq>, <Wk>, <Wv>))
Q, K, V = (torch.nn.functional.linear(X, W.T) for W in (Wq, Wk, Wv))
weights = torch.exp(torch.log_softmax(torch.einsum("id,jd->ij", Q, K) * K.shape[1] ** -0.5, dim=1))
output = torch.nn.functional.scaled_dot_product_attention(Q, K, V)
"""
