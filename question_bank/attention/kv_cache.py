r"""Memory of a key-value cache

<story> It has $L = <layers>$ layers. Each layer has $h = <heads>$ heads for keys and values, with $d_{\text{head}} = <d_head>$ entries per head<queries>. For every token that it has seen, the model keeps the keys and the values of all layers, so that they need not be computed again.

The batch <holds> $n = <tokens>$ tokens <each>. How many numbers does the cache hold, and how many bytes does it take at $b = <bytes_per_entry>$ bytes per number?
"""

from dlexam import by_level, integers, one_of, step

about = dict(minutes=4, tags=["language model", "memory"], symbols=dict(layers="L", heads="h", d_head=r"d_{\text{head}}", tokens="n", batch="B", bytes_per_entry="b"))

given = dict(
    layers=by_level(integers(3, 7), one_of(4, 6, 8, 12), one_of(16, 22, 24, 26, 28, 32, 36, 40, 48)),
    heads=by_level(integers(2, 4), one_of(4, 6, 8, 12), one_of(2, 4, 8)),
    query_heads=lambda heads, level: by_level(heads, heads, heads * 4)(level),
    d_head=by_level(integers(2, 8), one_of(16, 32, 64), one_of(64, 80, 96, 128)),
    tokens=by_level(integers(3, 10), one_of(50, 80, 100, 128, 200, 256, 300, 512), one_of(1000, 2048, 3000, 4096, 8192, 16384)),
    batch=by_level(1, one_of(1, 3, 5, 10), one_of(1, 3, 4, 8, 10, 12)),
    bytes_per_entry=by_level(one_of(2, 4), one_of(2, 4), one_of(2, 4)),
)

words = dict(
    story=one_of(
        "A language model answers questions.",
        "A language model writes text, token after token.",
        "A language model is served to many people.",
        "A language model completes program code.",
    ),
    queries=lambda heads, query_heads: "" if heads == query_heads else " (there are <query_heads> query heads; groups of them share the keys and values)",
    holds=lambda batch: "is a single sequence ($B = 1$) of" if batch == 1 else "holds $B = <batch>$ sequences of",
    each=lambda batch: "so far" if batch == 1 else "each so far",
)


@step(symbol="N", marks=2)
def entries(layers, heads, d_head, tokens, batch):
    """A key and a value (hence the 2), in every layer and every head, for each token of each sequence."""
    return 2 * layers * heads * d_head * tokens * batch


@entries.mistake(keeps=0.5)
def keys_only(layers, heads, d_head, tokens, batch):
    """You counted the keys only; the values are kept, too."""
    return layers * heads * d_head * tokens * batch


@entries.mistake()
def layers_forgotten(heads, d_head, tokens, batch):
    """You counted one layer; every layer has keys and values of its own."""
    return 2 * heads * d_head * tokens * batch


@entries.mistake(when=lambda batch: batch > 1)
def batch_forgotten(layers, heads, d_head, tokens):
    """You counted one sequence; every sequence of the batch has a cache."""
    return 2 * layers * heads * d_head * tokens


@entries.mistake(when=lambda heads, query_heads: heads != query_heads)
def query_heads_counted(layers, query_heads, d_head, tokens, batch):
    """You counted the query heads; queries are not kept, and there are fewer heads for keys and values."""
    return 2 * layers * query_heads * d_head * tokens * batch


@step(symbol="M", marks=1)
def memory(entries, bytes_per_entry):
    """Every number takes the same space; the memory grows with each new token."""
    return entries * bytes_per_entry


@memory.working
def in_gibibytes(memory):
    if memory < 2**20:
        return []
    return rf"This is about {memory / 2**30:.2f} GiB." if memory > 2**29 else rf"This is about {memory / 2**20:.1f} MiB."


@memory.mistake()
def counted_in_bits(entries, bytes_per_entry):
    """This is the number of bits; bytes are asked."""
    return 8 * entries * bytes_per_entry


pytorch = """
import torch

dtype = {1: torch.int8, 2: torch.float16, 4: torch.float32}[<bytes_per_entry>]
cache = torch.empty(<layers>, 2, <batch>, <heads>, <tokens>, <d_head>, dtype=dtype, device="meta")
entries = cache.numel()
memory = entries * cache.element_size()
"""
