r"""Masked (causal) attention

<story> The scaled attention scores of its <n> tokens (queries in rows, keys in columns) are

$$S = <scores>$$

A causal mask lets each token attend to itself and to earlier tokens only. Write the masked scores $M$ (`-inf` where attention is
forbidden) and the attention weights $A$, which are the softmax of each row of $M$.
"""

from numpy import exp, tril

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import causal_mask, mask_scores, softmax
from dlexam.kinds import number

about = dict(minutes=6, tags=["attention", "mask"], decimals=3, symbols=dict(scores="S"))

given = dict(
    scores=lambda level: array(2 * (by_level(3, 3, 4)(level),), by_level(integers(-1, 2), grid(-2, 2, by=0.5), grid(-2, 2, by=0.1))(level)),
)

words = dict(
    story=one_of(
        "A language model is trained to predict the next token.",
        "The decoder of a translation model is trained on whole sentences at once.",
        "A GPT-like model reads the beginning of a sentence.",
        "A transformer that composes music sees a few notes.",
    )
)


@step
def n(scores):
    return len(scores)


@step(symbol="M", marks=2, tex=r"\begin{cases} S_{ij} & \text{if } j \le i \\ -\infty & \text{otherwise} \end{cases}")
def masked(scores):
    r"""Keys to the right of the diagonal are in the future of the query. Their scores become $-\infty$, so that the softmax gives them the weight $e^{-\infty} = 0$."""
    return mask_scores(scores, causal_mask(len(scores)))


@masked.mistake()
def zero_instead_of_minus_infinity(scores):
    r"""You wrote 0 for forbidden scores, but $e^0 = 1$, so the future still gets weight; write $-\infty$."""
    return tril(scores)


@masked.mistake()
def future_kept(scores):
    """You left the scores as they are; no token may attend to later tokens."""
    return scores + 0.0


@masked.mistake()
def past_masked(scores):
    """You masked the past; each token may look back, but not ahead."""
    return mask_scores(scores, causal_mask(len(scores)).T)


@step(symbol="A", marks=3)
def weights(masked):
    """The softmax of each row shares the weight of 1 among the tokens that may be seen."""
    return softmax(masked)


@weights.working
def second_row(masked, weights):
    terms = [number.tex(e, 3) for e in exp(masked[1])]
    shown = r",\; ".join(number.tex(w, 3) for w in weights[1])
    return [
        "Row 1: the first token sees itself only, with the weight 1.",
        rf"Row 2: the exponentials are ${', '.join(terms)}$; divided by their sum they give $({shown})$.",
    ]


@weights.mistake(keeps=0.5)
def masked_after_softmax(scores):
    """You masked after the softmax, so the rows no longer add up to 1; mask the scores before it."""
    return tril(softmax(scores))


@weights.mistake()
def softmax_over_columns(masked):
    """You normalised down each column; every query (row) spreads a weight of 1 over the keys."""
    return softmax(masked, axis=0)


pytorch = """
import torch

scores = torch.tensor(<scores>, dtype=torch.float64)
future = torch.ones_like(scores).triu(diagonal=1).bool()
masked = scores.masked_fill(future, float("-inf"))
weights = torch.softmax(masked, dim=1)
"""
