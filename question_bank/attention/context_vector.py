r"""Context vector of encoder-decoder attention

<story> The decoder is in the state $s = <decoder_state>$. The encoder has produced the states

$$H = <encoder_states>,$$

one row for each position of the source. The score of a position is the dot product of its state with $s$ (without scaling), and the weights are the softmax of the scores.
Compute the scores $e$, the weights $\alpha$ and the context vector $c$.
"""

from numpy import exp, sqrt

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import softmax
from dlexam.kinds import number
from dlexam.working import equals, products

about = dict(minutes=6, tags=["attention", "seq2seq"], decimals=3, symbols=dict(decoder_state="s", encoder_states="H"))

given = dict(
    decoder_state=lambda level: array(by_level(2, 2, 3)(level), by_level(integers(-1, 2, but_not=[0]), grid(-1, 1.5, by=0.5), grid(-1, 1, by=0.1, but_not=[0]))(level)),
    encoder_states=lambda decoder_state, level: array(
        (by_level(2, 3, 4)(level), len(decoder_state)),
        by_level(integers(-1, 2), grid(-1, 1, by=0.25), grid(-1, 1, by=0.1))(level),
    ),
)

words = dict(
    story=one_of(
        "A translation model with attention is about to write the next English word.",
        "A summarising network with attention is about to write the next word.",
        "A speech recogniser with attention is about to write the next letter.",
        "A translation model with attention looks back at the French source sentence.",
    )
)


@step(symbol="e", marks=1)
def scores(encoder_states, decoder_state):
    """How well each source position fits what the decoder needs now."""
    return encoder_states @ decoder_state


@scores.working
def first_score(encoder_states, decoder_state, scores):
    return rf"Position 1: $e_1 = {products(encoder_states[0], decoder_state)} {equals(scores[0], 3)}$."


@scores.mistake(keeps=0.5)
def scaled(encoder_states, decoder_state):
    r"""You divided by $\sqrt{d}$, as a transformer does; this question uses the plain dot products."""
    return encoder_states @ decoder_state / sqrt(len(decoder_state))


@step(symbol=r"\alpha", marks=2)
def weights(scores):
    """The softmax makes positive weights that add up to 1 over the source positions."""
    return softmax(scores)


@weights.working
def exponentials(scores):
    terms = " + ".join(number.tex(e, 3) for e in exp(scores))
    return rf"$\sum_k e^{{e_k}} \approx {terms} \approx {number.tex(exp(scores).sum(), 3)}$"


@weights.mistake()
def not_normalised(scores):
    """These are the exponentials; divide each by their sum, so that the weights add up to 1."""
    return exp(scores)


@step(symbol="c", marks=2, tex=r"\sum_j \alpha_j H_j")
def context(weights, encoder_states):
    """The encoder states are mixed in the proportions of the weights, so the decoder sees most of the positions that fit."""
    return weights @ encoder_states


@context.working
def first_entry(weights, encoder_states, context):
    return rf"Entry 1: $c_1 \approx {products(weights, encoder_states[:, 0], 3)} \approx {number.tex(context[0], 3)}$."


@context.mistake()
def averaged(encoder_states):
    """You averaged the encoder states equally; weight them with the attention weights."""
    return encoder_states.mean(axis=0)


@context.mistake()
def last_state_only(encoder_states):
    """You took the last encoder state, as a network without attention does; mix all states with their weights."""
    return encoder_states[-1]


@context.mistake(when=lambda scores: scores.argmax() != len(scores) - 1)
def best_state_only(encoder_states, scores):
    """You took the state with the largest score alone; mix all states with their weights."""
    return encoder_states[scores.argmax()]


pytorch = """
import torch

s, H = torch.tensor(<decoder_state>, dtype=torch.float64), torch.tensor(<encoder_states>, dtype=torch.float64)
scores = torch.einsum("jd,d->j", H, s)
weights = torch.softmax(scores, dim=0)
context = torch.nn.functional.scaled_dot_product_attention(s[None], H, H, scale=1.0)[0]
"""
