r"""Two attention heads by hand

<story> The projections are done already: queries, keys and values of width $d = <d_model>$ are the rows of

$$Q = <Q>,\quad K = <K>$$

$$V = <V>$$

Head 1 takes the first $d_{\text{head}} = <d_head>$ columns of $Q$, $K$ and $V$, head 2 the next <d_head>. Each head computes scaled dot-product attention: its scores are divided by
$\sqrt{d_{\text{head}}}$, and the softmax is taken over each row. The output $O$ is the heads side by side; there is no output projection. Compute $\text{head}_1$, $\text{head}_2$ and $O$.
"""

from numpy import hstack, sqrt

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import attention, softmax, split_heads
from dlexam.kinds import number
from dlexam.working import equals, products

about = dict(minutes=14, tags=["attention", "multi-head"], decimals=3)

given = dict(
    heads=2,
    Q=lambda level: array(by_level((2, 4), (2, 4), (3, 4))(level), by_level(integers(-1, 2), integers(-2, 2), grid(-1.5, 1.5, by=0.5))(level)),
    K=lambda Q, level: array((by_level(2, 3, 3)(level), Q.shape[1]), by_level(integers(-1, 1), integers(-1, 2), grid(-1.5, 1.5, by=0.5))(level)),
    V=lambda K, level: array(K.shape, by_level(integers(0, 5), integers(-3, 5), grid(-2, 2, by=0.5))(level)),
)

words = dict(
    story=one_of(
        "A transformer layer attends with two heads.",
        "A small translation model attends with two heads.",
        "A small vision transformer attends with two heads.",
    )
)


@step
def d_model(Q):
    return Q.shape[1]


@step(symbol=r"d_{\text{head}}")
def d_head(d_model, heads):
    return d_model // heads


@step(symbol="r")
def root(d_head):
    """The scale belongs to the width of a head, because its dot products have that many terms."""
    return sqrt(d_head)


@root.mistake(keeps=0.5)
def scaled_by_model_width(d_model):
    r"""You scaled by the root of the whole width $d = <d_model>$; a head has only $d_{\text{head}} = <d_head>$ columns, and its root is the scale."""
    return sqrt(d_model)


@root.mistake(keeps=0.5)
def not_scaled(d_head):
    r"""You left out the scale; each head divides its scores by $\sqrt{d_{\text{head}}} = \sqrt{<d_head>}$."""
    return 1.0


def one_head(Q, K, V, heads, root, k):
    """Attention of head k on its columns."""
    q, keys, values = (split_heads(M, heads)[k] for M in (Q, K, V))
    return attention(q, keys, values, scale=1 / root)


def in_words(Q, K, V, heads, root, k):
    """The first weights and the first output of head k, for the solution."""
    q, keys, values = (split_heads(M, heads)[k] for M in (Q, K, V))
    scores = q @ keys.T / root
    weights = softmax(scores)
    listed = [r",\; ".join(number.tex(x, 3) for x in row) for row in (scores[0], weights[0])]
    return [
        rf"Row 1, scores: $S_{{11}} = ({products(q[0], keys[0])}) / {number.tex(root, 3)} {equals(scores[0, 0], 3)}$, and the row is $({listed[0]})$.",
        rf"Row 1, weights: $({listed[1]})$; first output: ${products(weights[0], values[:, 0], 3)} {equals(weights[0] @ values[:, 0], 3)}$.",
    ]


@step(symbol=r"\text{head}_1", marks=3, tex=r"\operatorname{softmax}(Q_1 K_1^\top / r)\, V_1")
def head_1(Q, K, V, heads, root):
    """The first head sees the first columns of all three matrices and nothing else."""
    return one_head(Q, K, V, heads, root, 0)


@head_1.working
def head_1_rows(Q, K, V, heads, root):
    return in_words(Q, K, V, heads, root, 0)


@head_1.mistake()
def weights_not_softmaxed(Q, K, V, heads, root):
    """You multiplied the raw scores with the values; each row of scores goes through the softmax first."""
    q, keys, values = (split_heads(M, heads)[0] for M in (Q, K, V))
    return q @ keys.T / root @ values


@step(symbol=r"\text{head}_2", marks=3, tex=r"\operatorname{softmax}(Q_2 K_2^\top / r)\, V_2")
def head_2(Q, K, V, heads, root):
    """The second head has weights of its own, from the next columns."""
    return one_head(Q, K, V, heads, root, 1)


@head_2.working
def head_2_rows(Q, K, V, heads, root):
    return in_words(Q, K, V, heads, root, 1)


@step(symbol="O", marks=1, tex=r"\operatorname{Concat}(\text{head}_1, \text{head}_2)")
def output(head_1, head_2, Q, K, V, heads, root):
    """The heads stand side by side, so the output is as wide as the input."""
    others = [one_head(Q, K, V, heads, root, k) for k in range(2, heads)]
    return hstack([head_1, head_2, *others])


@output.mistake()
def heads_not_split(Q, K, V):
    """You computed one attention over all columns; each head has weights of its own, from its own columns."""
    return attention(Q, K, V)


@output.mistake()
def heads_in_wrong_order(head_1, head_2, Q, K, V, heads, root):
    """You put head 2 first; the heads stand side by side in their order."""
    others = [one_head(Q, K, V, heads, root, k) for k in range(2, heads)]
    return hstack([head_2, head_1, *others])


pytorch = """
import torch

Q, K, V = (torch.tensor(m, dtype=torch.float64) for m in (<Q>, <K>, <V>))
q, k, v = (m.unflatten(1, (<heads>, -1)).transpose(0, 1) for m in (Q, K, V))  # heads first
heads = torch.nn.functional.scaled_dot_product_attention(q, k, v)
head_1, head_2 = heads[0], heads[1]
output = heads.transpose(0, 1).flatten(1)
"""
