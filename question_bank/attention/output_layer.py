r"""From logits to the next token

<story> After the last token its hidden state is $h = <h>$. The output layer has no bias and one row for each token of the tiny vocabulary (tokens are counted from 0):

$$W = <W>$$

Compute the logits $z = Wh$ and the probabilities of the next token. Which token is the most probable? In training, the true next token was $y = <target>$: what is the cross-entropy loss (natural logarithm)?
"""

from numpy import arange, argmax, argmin, exp, log

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import softmax
from dlexam.kinds import number
from dlexam.working import equals, products

about = dict(minutes=7, tags=["language model", "softmax", "cross-entropy"], decimals=4, symbols=dict(target="y"))


def draw_matrix(h, level, random):
    """An output layer without a tie for the largest or the smallest logit."""
    rows, entries = by_level(3, 4, 5)(level), by_level(integers(-1, 2), grid(-1, 1, by=0.5), grid(-1, 1, by=0.1))(level)
    while True:
        W = array((rows, len(h)), entries).draw(random)
        logits = sorted(W @ h)
        if logits[-1] - logits[-2] > 0.05 and logits[1] - logits[0] > 0.05 and logits[-1] - logits[0] < 4.1:
            return W


given = dict(
    h=lambda level: array(by_level(2, 2, 3)(level), by_level(integers(-2, 2, but_not=[0]), grid(-2, 2, by=0.5, but_not=[0]), grid(-1.5, 1.5, by=0.1, but_not=[0]))(level)),
    W=draw_matrix,
    target=lambda W: integers(0, len(W) - 1),
)

words = dict(
    story=one_of(
        "A small language model continues a text.",
        "A language model for melodies chooses the next note.",
        "The decoder of a translation model writes the next word.",
        "A language model for proteins continues a chain of amino acids.",
    )
)


@step
def indices(W):
    return arange(len(W))


@step(symbol="z", marks=1)
def logits(W, h):
    """Each row of $W$ is compared with the hidden state: one logit for each token."""
    return W @ h


@logits.working
def first_logit(W, h, logits):
    return rf"Token 0: $z_0 = {products(W[0], h)} {equals(logits[0], 4)}$."


@step(symbol="p", marks=2)
def probabilities(logits):
    """The softmax turns the logits into probabilities that add up to 1."""
    return softmax(logits)


@probabilities.working
def exponentials(logits):
    terms = " + ".join(number.tex(e, 4) for e in exp(logits))
    return rf"$\sum_j e^{{z_j}} \approx {terms} \approx {number.tex(exp(logits).sum(), 4)}$"


@probabilities.mistake()
def no_softmax(logits):
    r"""You did not finish the softmax: divide the exponentials by their sum. Only then do they add up to 1."""
    return exp(logits)


@step(symbol=r"\text{token}", marks=1, options="indices")
def token(logits):
    """The softmax keeps the order, so the largest logit has the largest probability."""
    return str(argmax(logits))


@token.mistake()
def smallest_chosen(logits):
    """This is the least probable token; choose the one with the largest logit."""
    return str(argmin(logits))


@step(symbol="L", marks=1, decimals=3)
def loss(probabilities, target):
    """The loss is small if the model gave the true token a large probability."""
    return -log(probabilities[target])


@loss.mistake(when=lambda token, target: int(token) != target)
def loss_of_prediction(probabilities):
    """You used the most probable token; the loss looks at the true one, $y = <target>$."""
    return -log(probabilities.max())


@loss.mistake()
def minus_forgotten(probabilities, target):
    """You left out the minus sign; the logarithm of a probability is negative, the loss is positive."""
    return log(probabilities[target])


pytorch = """
import torch

h, W = torch.tensor(<h>, dtype=torch.float64), torch.tensor(<W>, dtype=torch.float64)
logits = torch.nn.functional.linear(h, W)
distribution = torch.distributions.Categorical(logits=logits)
probabilities = distribution.probs
token = int(distribution.mode)
loss = torch.nn.functional.cross_entropy(logits[None], torch.tensor([<target>]))
"""
