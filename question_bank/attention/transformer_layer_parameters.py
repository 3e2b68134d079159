r"""Parameters of a transformer encoder layer

<story> The model width is $d = <d_model>$, and the feed-forward block has $d_{\text{ff}} = <d_ff>$ hidden units. The layer is made of

- multi-head self-attention: projections to queries, keys and values, and an output projection,
- a feed-forward block of two dense layers, $d \to d_{\text{ff}} \to d$,
- two layer normalisations, each with a scale and a shift for every feature.

All projections and dense layers have biases. Count the parameters of each of the three parts, and of the whole layer.
"""

from dlexam import by_level, integers, one_of, step

about = dict(minutes=5, tags=["transformer", "parameters"], symbols=dict(d_model="d", d_ff=r"d_{\text{ff}}"))

given = dict(
    d_model=by_level(integers(2, 40), one_of(*range(32, 321, 16)), one_of(*range(192, 2049, 64), 300, 312, 400, 480, 528, 1600)),
    d_ff=lambda d_model, level: one_of(*(d_model * k // 4 for k in by_level((8, 12, 16, 20, 24, 32), range(8, 33, 2), (8, 10, 12, 14, 16, 20, 24, 32))(level))),
)

words = dict(
    story=one_of(
        "A translation model is built from transformer encoder layers; here is one of them.",
        "You count the parameters of one layer of a BERT-like encoder.",
        "You count the parameters of one layer of a vision transformer.",
        "A speech recogniser is built from transformer encoder layers; here is one of them.",
    )
)


@step(symbol="b")
def b(d_model):
    """The number of biases for each output of a projection or dense layer."""
    return 1


@b.mistake(keeps=0.5)
def biases_forgotten(d_model):
    """You left out the biases; every output of a projection or dense layer has one."""
    return 0


@step(symbol=r"P_{\text{att}}", marks=2)
def attention(d_model, b):
    r"""There are four projections (queries, keys, values, output), each a $d \times d$ matrix with $d$ biases. The number of heads does not matter."""
    return 4 * (d_model**2 + b * d_model)


@attention.mistake()
def output_projection_forgotten(d_model, b):
    """You counted three projections; the output projection after the heads is the fourth."""
    return 3 * (d_model**2 + b * d_model)


@step(symbol=r"P_{\text{ff}}", marks=2)
def feed_forward(d_model, d_ff, b):
    r"""The two matrices have $d \cdot d_{\text{ff}}$ entries each; the first layer has $d_{\text{ff}}$ biases, the second $d$."""
    return 2 * d_model * d_ff + b * (d_ff + d_model)


@feed_forward.mistake()
def one_dense_layer(d_model, d_ff, b):
    r"""You counted one dense layer; the block goes up to $d_{\text{ff}}$ and back down to $d$."""
    return d_model * d_ff + b * d_ff


@step(symbol=r"P_{\text{ln}}", marks=1)
def layer_norms(d_model):
    """Each of the two normalisations has a scale and a shift for every feature."""
    return 2 * 2 * d_model


@layer_norms.mistake(keeps=0.5)
def one_norm_only(d_model):
    """You counted one layer normalisation; there are two, one after each block."""
    return 2 * d_model


@step(symbol=r"P_{\text{total}}", marks=1)
def total(attention, feed_forward, layer_norms):
    """The whole layer has all three parts."""
    return attention + feed_forward + layer_norms


@total.mistake()
def norms_forgotten(attention, feed_forward):
    """You left out the layer normalisations."""
    return attention + feed_forward


pytorch = """
import torch

layer = torch.nn.TransformerEncoderLayer(<d_model>, nhead=1, dim_feedforward=<d_ff>, device="meta")

def count(*modules):
    return sum(p.numel() for module in modules for p in module.parameters())

attention = count(layer.self_attn)
feed_forward = count(layer.linear1, layer.linear2)
layer_norms = count(layer.norm1, layer.norm2)
total = count(layer)
"""
