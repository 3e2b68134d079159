r"""Chain rule of probability

<story>

$$P(A) = <p_a>, \qquad P(B \mid A) = <p_b_given_a>, \qquad P(C \mid A, B) = <p_c_given_ab>$$

Compute the joint probabilities $P(A, B)$ and $P(A, B, C)$.
"""

from dlexam import by_level, grid, one_of, step

about = dict(minutes=3, tags=["probability", "chain rule", "language models"], decimals=4, symbols=dict(p_a="P(A)", p_b_given_a=r"P(B \mid A)", p_c_given_ab=r"P(C \mid A, B)"))

probability = by_level(grid(0.1, 0.9, by=0.1), grid(0.15, 0.95, by=0.05), grid(0.11, 0.97, by=0.01))

given = dict(p_a=probability, p_b_given_a=probability, p_c_given_ab=probability)

words = dict(
    story=one_of(
        "A language model writes a sentence word by word. $A$: the first word is “the”; $B$: the second one is “cat”; $C$: the third one is “sleeps”. It predicts",
        "A machine passes three tests in a row. $A$, $B$ and $C$: it passes the first, the second, the third one. Experience says",
        "A user visits a shop on the web. $A$: looks at a product; $B$: puts it into the basket; $C$: pays for it. The logs say",
        "A robot goes through three doors one after the other. $A$, $B$, $C$: it gets through the first, second, third door. The measured probabilities are",
        "A detector works in three stages. $A$: it finds a face in a photo that shows one; $B$: it finds the eyes; $C$: it recognises the person. The measured probabilities are",
        "A character model spells a word. $A$: it begins with “c”; $B$: “a” follows; $C$: “t” follows. The softmax outputs are",
    )
)


@step(symbol="P(A, B)", marks=1)
def p_ab(p_a, p_b_given_a):
    """Both happen: first $A$, and then $B$ among the cases in which $A$ happened."""
    return p_a * p_b_given_a


@p_ab.mistake()
def added(p_a, p_b_given_a):
    """You added the probabilities; “first one *and* then the other” means that they are multiplied."""
    return p_a + p_b_given_a


@p_ab.mistake()
def mean_taken(p_a, p_b_given_a):
    """You averaged the probabilities; “first one *and* then the other” means that they are multiplied."""
    return (p_a + p_b_given_a) / 2


@step(symbol="P(A, B, C)", marks=2)
def p_abc(p_ab, p_c_given_ab):
    """The last factor is the probability of $C$ once both have happened."""
    return p_ab * p_c_given_ab


@p_abc.mistake()
def last_factor_forgotten(p_ab):
    r"""This is still $P(A, B)$; multiply by $P(C \mid A, B)$."""
    return p_ab


@p_abc.mistake()
def middle_factor_forgotten(p_a, p_c_given_ab):
    r"""You left out $P(B \mid A)$; the chain has one factor for every event."""
    return p_a * p_c_given_ab


pytorch = """
import torch

factors = torch.tensor([<p_a>, <p_b_given_a>, <p_c_given_ab>], dtype=torch.float64)
_, p_ab, p_abc = factors.log().cumsum(0).exp()  # products as sums of logarithms, as language models compute them
"""
