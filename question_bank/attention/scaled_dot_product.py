r"""Scaled dot-product attention

<story> There are <n> queries of width $d_k = <d_k>$, the rows of $Q$, and <m> keys and values, the rows of $K$ and $V$:

$$Q = <Q>,\quad K = <K>$$

$$V = <V>$$

Compute the scaled scores $S = QK^\top / \sqrt{d_k}$ (<n> × <m>), the attention weights $A$ (<n> × <m>), which are the softmax of each row of $S$, and the
output $O = AV$ (<n> × <d_v>).
"""

from numpy import exp, full_like, sqrt

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import softmax
from dlexam.working import equals, products

about = dict(minutes=10, tags=["attention"], decimals=3)

given = dict(
    Q=lambda level: array(by_level((2, 2), (2, 3), (2, 4))(level), by_level(integers(-1, 2), integers(-1, 2), grid(-1.5, 1.5, by=0.5))(level), distinct=level == 1),
    K=lambda Q, level: array((by_level(2, 3, 4)(level), Q.shape[1]), by_level(integers(-1, 2, but_not=[0]), integers(-1, 2, but_not=[0]), grid(-1.5, 1.5, by=0.5))(level)),
    V=lambda K, level: array((len(K), by_level(2, 2, 3)(level)), by_level(integers(0, 4), integers(-3, 5), grid(-3, 3, by=0.5))(level), distinct=True),
)

words = dict(
    story=one_of(
        "A decoder looks at the output of the encoder with one attention head.",
        "One attention head of a transformer is computed by hand.",
        "The words of a caption attend to the patches of a photograph.",
        "One attention head of a translation model is at work.",
    )
)


@step
def n(Q):
    return len(Q)


@step
def m(K):
    return len(K)


@step(symbol="d_k")
def d_k(K):
    return K.shape[1]


@step
def d_v(V):
    return V.shape[1]


@step(symbol="S", marks=2)
def scores(Q, K, d_k):
    r"""Compare each query with each key by a dot product. Dividing by $\sqrt{d_k}$ keeps the scores of long vectors from saturating the softmax."""
    return Q @ K.T / sqrt(d_k)


@scores.working
def first_score(Q, K, d_k, scores):
    return rf"For query 1 and key 1: $S_{{11}} = ({products(Q[0], K[0])}) / \sqrt{{{d_k}}} {equals(scores[0, 0], 3)}$."


@scores.mistake(keeps=0.5)
def not_scaled(Q, K):
    r"""You left out the division by $\sqrt{d_k}$."""
    return Q @ K.T


@scores.mistake(keeps=0.5)
def scaled_by_dimension(Q, K, d_k):
    r"""You divided by $d_k$; the scores are divided by its square root $\sqrt{d_k}$."""
    return Q @ K.T / d_k


@step(symbol="A", marks=2)
def weights(scores):
    """Turn the scores of each query into positive weights that add up to 1 over the keys."""
    return softmax(scores)


@weights.working
def first_row(scores, weights):
    terms = exp(scores[0])
    listed = r",\; ".join(f"{e:.3f}" for e in terms)
    return rf"Row 1: $e^{{S_{{1j}}}}$ is ${listed}$, with the sum ${terms.sum():.3f}$, so $A_{{11}} \approx {terms[0]:.3f} / {terms.sum():.3f} \approx {weights[0, 0]:.3f}$."


@weights.mistake()
def softmax_over_columns(scores):
    """You normalised down each column; every query (row) spreads a weight of 1 over the keys."""
    return softmax(scores, axis=0)


@step(symbol="O", marks=2)
def output(weights, V):
    """Each query receives a mixture of the values (rows of $V$), in the proportions of its weights."""
    return weights @ V


@output.working
def first_output(weights, V, output):
    return rf"First entry: $O_{{11}} \approx {products(weights[0], V[:, 0], 3)} {equals(output[0, 0], 3)}$."


@output.mistake()
def values_not_weighted(weights, V):
    """You gave every value the same weight; mix the values with the attention weights $A$."""
    return full_like(weights, 1 / len(V)) @ V


pytorch = """
import torch

Q, K, V = (torch.tensor(m, dtype=torch.float64) for m in (<Q>, <K>, <V>))
scores = torch.einsum("id,jd->ij", Q, K) / Q.shape[1] ** 0.5
weights = torch.softmax(scores, dim=1)
output = torch.nn.functional.scaled_dot_product_attention(Q, K, V)
"""
