r"""Shapes in multi-head attention

<story> A mini-batch of $B = <batch>$ sequences with $n = <tokens>$ tokens each enters its multi-head self-attention. The model width is $d_{\text{model}} = <d_model>$, and there are $h = <heads>$ heads.

Give the width $d_{\text{head}}$ of one head, the shape of the attention scores of all heads in the order (batch, heads, queries, keys), and the shape of the layer's output in the order (batch, tokens, width).
"""

from dlexam import by_level, integers, one_of, step

about = dict(minutes=3, tags=["attention", "multi-head", "shapes"], symbols=dict(d_model=r"d_{\text{model}}", heads="h", batch="B", tokens="n"))

given = dict(
    batch=by_level(integers(2, 9), one_of(4, 6, 8, 10, 12, 16, 20, 32, 64), one_of(6, 8, 10, 24, 32, 48, 64, 96, 128)),
    tokens=by_level(integers(3, 12), one_of(10, 15, 20, 25, 30, 49, 50, 65, 82, 100), one_of(77, 128, 197, 256, 384, 512, 577, 1024)),
    heads=by_level(one_of(2, 4), one_of(2, 4, 8), one_of(6, 8, 12, 16, 20, 25)),
    d_model=lambda heads, level: one_of(*(heads * width for width in by_level((2, 3, 4, 5, 8), (8, 16, 24, 32), (64, 80, 96))(level))),
)

words = dict(
    story=one_of(
        "A transformer encoder reads sentences.",
        "A vision transformer reads images as sequences of patches.",
        "A language model is trained.",
        "A transformer reads pieces of music, one note per token.",
    )
)


@step(symbol=r"d_{\text{head}}", marks=1, tex=r"\frac{<d_model>}{<heads>}")
def d_head(d_model, heads):
    """The heads share the width of the model equally."""
    return d_model // heads


@d_head.mistake()
def heads_not_split(d_model):
    """You gave each head the whole width; the heads share it."""
    return d_model


@d_head.mistake()
def width_multiplied(d_model, heads):
    """You multiplied by the number of heads; the width is divided among them."""
    return d_model * heads


@step(symbol=r"\text{scores}", marks=2)
def scores_shape(batch, heads, tokens):
    """In each sequence and each head, every token has a score for every token. The width is summed over in the dot product, so it does not appear."""
    return (batch, heads, tokens, tokens)


@scores_shape.mistake(keeps=0.5)
def heads_not_split(batch, tokens):
    """You gave the scores of a single head; every head has scores of its own, so there is an axis for the heads."""
    return (batch, tokens, tokens)


@scores_shape.mistake()
def shape_of_queries(batch, heads, tokens, d_head):
    """This is the shape of the queries; the dot product of queries and keys leaves one number for each pair of tokens."""
    return (batch, heads, tokens, d_head)


@step(symbol=r"\text{output}", marks=1)
def output_shape(batch, tokens, d_model):
    """The heads are put side by side again, and the output projection keeps the width, so that a residual connection fits."""
    return (batch, tokens, d_model)


@output_shape.mistake()
def width_multiplied(batch, tokens, d_model, heads):
    r"""You counted the whole width for every head; the heads side by side are $d_{\text{model}}$ wide."""
    return (batch, tokens, d_model * heads)


@output_shape.mistake()
def heads_not_joined(batch, tokens, d_head):
    """This is the width of one head; the output has all heads side by side."""
    return (batch, tokens, d_head)


pytorch = """
import torch

layer = torch.nn.MultiheadAttention(<d_model>, <heads>, batch_first=True, device="meta")
x = torch.empty(<batch>, <tokens>, <d_model>, device="meta")
output, scores = layer(x, x, x, average_attn_weights=False)
d_head, scores_shape, output_shape = layer.head_dim, tuple(scores.shape), tuple(output.shape)
"""
