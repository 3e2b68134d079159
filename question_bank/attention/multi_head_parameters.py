r"""Parameters of multi-head attention

<story> Its model width is $d = <d_model>$, and it has $h = <heads>$ heads, which share this width. The layer is made of the projections to queries, keys and values and of the output projection after the heads, all
<biases>.

How many parameters do the three projections to queries, keys and values have together, and how many has the whole layer?
"""

from dlexam import by_level, integers, one_of, step

about = dict(minutes=4, tags=["attention", "multi-head", "parameters"], symbols=dict(d_model="d", heads="h", bias=r"\text{there are biases}"))

given = dict(
    heads=by_level(integers(2, 6), one_of(2, 3, 4, 6, 8, 10, 12), one_of(6, 8, 12, 16, 20, 24, 25, 32)),
    d_model=lambda heads, level: one_of(*(heads * width for width in by_level(range(2, 26), range(8, 113, 4), range(32, 161, 8))(level))),
    bias=one_of(True, False),
)

words = dict(
    story=one_of(
        "A transformer encoder has a layer of multi-head self-attention.",
        "A vision transformer has a layer of multi-head self-attention.",
        "You count the parameters of one multi-head attention layer.",
        "A language model has a layer of multi-head attention.",
    ),
    biases=lambda bias: "with biases" if bias else "without biases",
)


@step(symbol="P")
def one_projection(d_model, bias):
    """All heads together project $d = <d_model>$ numbers to $d$ numbers, since each head makes its own share of the $d$ columns. The number of heads does not matter."""
    return d_model**2 + d_model if bias else d_model**2


@one_projection.mistake(keeps=0.5, when=lambda bias: bias)
def biases_forgotten(d_model):
    """You left out the biases: one for each output of a projection."""
    return d_model**2


@one_projection.mistake(keeps=0.5, when=lambda bias: not bias)
def biases_counted(d_model):
    """You counted biases; these projections have none."""
    return d_model**2 + d_model


@step(symbol=r"P_{QKV}", marks=2)
def projections(one_projection):
    """Queries, keys and values have a projection each."""
    return 3 * one_projection


@projections.mistake()
def multiplied_by_heads(one_projection, heads):
    r"""You gave each head projections of the full width; a head has only $d / h$ columns, so all heads together have one $d \times d$ matrix for each of the three."""
    return 3 * heads * one_projection


@projections.mistake()
def divided_by_heads(d_model, bias, heads):
    r"""You counted one head only; all <heads> heads together have one $d \times d$ matrix for each of the three."""
    return 3 * (d_model + int(bias)) * (d_model // heads)


@step(symbol=r"P_{\text{total}}", marks=1)
def total(projections, one_projection):
    """The output projection mixes the heads and is one more matrix of the same size."""
    return projections + one_projection


@total.mistake()
def output_projection_forgotten(projections):
    """You left out the output projection that follows the heads."""
    return projections


pytorch = """
import torch

layer = torch.nn.MultiheadAttention(<d_model>, <heads>, bias=<bias>, device="meta")
parts = {name: p.numel() for name, p in layer.named_parameters()}
projections = parts["in_proj_weight"] + parts.get("in_proj_bias", 0)
total = sum(parts.values())
"""
