r"""Attention scores and weights

<story> The query is $q = <q>$. The keys are the rows of

$$K = <K>$$

Compute the scores $s$ of the keys (their dot products with the query), the scaled scores $\tilde{s} = s / \sqrt{d_k}$, where $d_k$ is the width of the keys, and the attention weights $\alpha$ (the
softmax of the scaled scores).
"""

from numpy import exp, sqrt

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import softmax
from dlexam.kinds import number
from dlexam.working import equals, products

about = dict(minutes=5, tags=["attention"], decimals=3)

given = dict(
    q=lambda level, random: array(by_level(4, random.choice([2, 3]), random.choice([4, 5]))(level), by_level(integers(-1, 2), integers(-2, 3), grid(-1.5, 1.5, by=0.5))(level)),
    K=lambda q, level: array((by_level(2, 3, 4)(level), len(q)), by_level(integers(-1, 1), integers(-1, 2), grid(-1.5, 1.5, by=0.5))(level)),
)

words = dict(
    story=one_of(
        "One token of a sentence looks at the others.",
        "A decoder that is about to write the next word looks at the words of the source sentence.",
        "A question is compared with the entries of a memory.",
        "The patch in the middle of an image looks at other patches.",
    )
)


@step(symbol="d_k")
def d_k(K):
    return K.shape[1]


@step(symbol="s", marks=1)
def scores(K, q):
    """The dot product is large where a key points in the direction of the query."""
    return K @ q


@scores.working
def first_score(q, K, scores):
    return rf"Key 1: $s_1 = {products(K[0], q)} {equals(scores[0], 3)}$."


@step(symbol=r"\tilde{s}", marks=1)
def scaled(scores, d_k):
    r"""Long vectors have large dot products; dividing by $\sqrt{d_k}$ keeps the softmax from saturating."""
    return scores / sqrt(d_k)


@scaled.mistake()
def not_scaled(scores):
    r"""You left the scores as they are; divide them by $\sqrt{d_k} = \sqrt{<d_k>}$."""
    return scores


@scaled.mistake()
def scaled_by_dimension(scores, d_k):
    r"""You divided by $d_k = <d_k>$; the scores are divided by its square root."""
    return scores / d_k


@step(symbol=r"\alpha", marks=2)
def weights(scaled):
    r"""The softmax makes positive weights that add up to 1: $\alpha_j = e^{\tilde{s}_j} / \sum_k e^{\tilde{s}_k}$."""
    return softmax(scaled)


@weights.working
def exponentials(scaled):
    terms = " + ".join(number.tex(e, 3) for e in exp(scaled))
    return rf"$\sum_k e^{{\tilde{{s}}_k}} \approx {terms} \approx {number.tex(exp(scaled).sum(), 3)}$"


@weights.mistake()
def not_normalised(scaled):
    """These are the exponentials; divide each by their sum, so that the weights add up to 1."""
    return exp(scaled)


@weights.mistake(when=lambda scores: abs(scores.sum()) > 0.01)
def exponential_forgotten(scaled):
    """You divided the scores by their sum; the softmax takes their exponentials first, which are never negative."""
    return scaled / scaled.sum()


pytorch = """
import torch

q, K = torch.tensor(<q>, dtype=torch.float64), torch.tensor(<K>, dtype=torch.float64)
scores = torch.einsum("d,jd->j", q, K)
scaled = scores * K.shape[1] ** -0.5
weights = torch.nn.functional.scaled_dot_product_attention(q[None], K, torch.eye(len(K), dtype=torch.float64))[0]
"""
