r"""Cost of self-attention

<story> Each of its self-attention layers sees $n = <tokens>$ tokens. The model width is $d = <d_model>$; $h = <heads>$ heads share this width equally. A score takes $b = <bytes_per_entry>$ bytes of memory.

For one sequence and one layer, compute the number of entries of the score matrices of all heads together, the number of multiply-add operations of $QK^\top$ and of the weights times $V$ together (all heads; without
the projections and the softmax), and the memory of the scores in bytes.
"""

from dlexam import by_level, integers, one_of, step

about = dict(minutes=4, tags=["attention", "complexity"], symbols=dict(tokens="n", d_model="d", heads="h", bytes_per_entry="b"))

given = dict(
    tokens=by_level(integers(3, 24), one_of(16, 20, 24, 30, 32, 40, 48, 50, 60, 64, 70, 80, 90, 96, 100, 120, 128), one_of(197, 256, 384, 512, 577, 768, 1024, 1500, 2048, 4096)),
    heads=by_level(integers(2, 5), one_of(2, 3, 4, 6, 8), one_of(6, 8, 12, 16, 20, 25, 32)),
    d_model=lambda heads, level: one_of(*(heads * width for width in by_level((2, 3, 4, 5), (8, 16, 24, 32, 40), (48, 64, 80, 96, 128))(level))),
    bytes_per_entry=one_of(2, 4),
)

words = dict(
    story=one_of(
        "A transformer reads documents.",
        "A vision transformer reads the patches of an image.",
        "A language model continues a text.",
        "A speech recogniser uses a transformer encoder.",
    )
)


@step(symbol=r"N_{\text{scores}}", marks=1)
def score_entries(heads, tokens):
    """In every head each token has a score for each token, so the number grows with the square of the length."""
    return heads * tokens**2


@score_entries.mistake()
def linear_in_tokens(heads, tokens):
    r"""You counted one score per token; each token has a score for *each* token, so there are $n^2$ in a head."""
    return heads * tokens


@score_entries.mistake(keeps=0.5)
def heads_forgotten(tokens):
    """You counted one head; every head has a score matrix of its own."""
    return tokens**2


@step(symbol=r"N_{\text{mult}}", marks=2)
def multiply_adds(tokens, d_model):
    r"""A score is a dot product over $d / h$ entries, so the $h\, n^2$ scores need $n^2 d$ multiply-adds: the number of heads cancels. The weighted sums of the values need as many again."""
    return 2 * tokens**2 * d_model


@multiply_adds.mistake(keeps=0.5)
def one_product_only(tokens, d_model):
    r"""You counted one of the two products; $QK^\top$ and the weights times $V$ cost $n^2 d$ each."""
    return tokens**2 * d_model


@multiply_adds.mistake()
def width_for_every_head(tokens, d_model, heads):
    r"""You counted the whole width $d$ for each head; a head has $d / h$ columns, so the number of heads cancels."""
    return 2 * tokens**2 * d_model * heads


@multiply_adds.mistake()
def linear_in_tokens(tokens, d_model):
    r"""You counted $n$ in place of $n^2$: every token meets every token."""
    return 2 * tokens * d_model


@step(symbol=r"M", marks=1)
def memory(score_entries, bytes_per_entry):
    """Every entry takes the same number of bytes."""
    return score_entries * bytes_per_entry


@memory.working
def in_mebibytes(memory):
    return rf"This is about {memory / 2**20:.1f} MiB, for one layer and one sequence." if memory > 2**20 else []


@memory.mistake()
def counted_in_bits(score_entries, bytes_per_entry):
    """This is the number of bits; bytes are asked."""
    return 8 * score_entries * bytes_per_entry


pytorch = """
import torch

n, d, h = <tokens>, <d_model>, <heads>
q = torch.empty(h, n, d // h, device="meta")
scores = q @ q.mT
score_entries = scores.numel()
multiply_adds = scores.numel() * q.shape[-1] + q.numel() * scores.shape[-1]
memory = score_entries * torch.finfo({2: torch.float16, 4: torch.float32}[<bytes_per_entry>]).bits // 8
"""
