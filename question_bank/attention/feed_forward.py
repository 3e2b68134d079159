r"""Pointwise feed-forward block with residual

<story> The vector of one token is $x = <x>$. The block computes $y = x + W_2 \operatorname{ReLU}(W_1 x + b_1) + b_2$ with

$$W_1 = <W1>,\quad b_1 = <b1>$$

$$W_2 = <W2>,\quad b_2 = <b2>$$

Compute the hidden vector $u = \operatorname{ReLU}(W_1 x + b_1)$ and the output $y$.
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import relu
from dlexam.kinds import number
from dlexam.working import bracketed, equals, products

about = dict(minutes=6, tags=["transformer", "residual"], decimals=3, symbols=dict(W1="W_1", b1="b_1", W2="W_2", b2="b_2"))


def entries(level):
    return by_level(integers(-2, 2), grid(-1.5, 1.5, by=0.5), grid(-0.9, 0.9, by=0.1))(level)


given = dict(
    x=lambda level: array(by_level(2, 2, 3)(level), by_level(integers(-2, 3, but_not=[0]), grid(-1, 2, by=0.5, but_not=[0]), grid(-2, 2, by=0.5))(level)),
    W1=lambda x, level: array((by_level(3, 4, 4)(level), len(x)), entries(level)),
    b1=lambda W1, level: array(len(W1), entries(level)),
    W2=lambda W1, x, level: array((len(x), len(W1)), entries(level)),
    b2=lambda x, level: array(len(x), by_level(integers(-2, 2, but_not=[0]), grid(-1.5, 1.5, by=0.5, but_not=[0]), grid(-0.9, 0.9, by=0.1, but_not=[0]))(level)),
)

words = dict(
    story=one_of(
        "The second half of a transformer layer is a feed-forward block with a residual connection.",
        "A transformer applies the same feed-forward block to each token.",
        "A vision transformer applies a small network to each patch.",
    )
)


@step(symbol="z")
def z(W1, x, b1):
    """The first layer makes the vector wider."""
    return W1 @ x + b1


@z.working
def first_unit(W1, x, b1, z):
    return rf"Unit 1: $z_1 = {products(W1[0], x)} + {bracketed(b1[0])} {equals(z[0], 3)}$."


@z.mistake(keeps=0.5)
def first_bias_forgotten(W1, x):
    """You left out the bias $b_1$."""
    return W1 @ x


@step(symbol="u", marks=2)
def hidden(z):
    """The ReLU sets negative entries to zero."""
    return relu(z)


@hidden.mistake()
def activation_forgotten(z):
    """You left out the ReLU: negative entries become 0."""
    return z


@step(symbol="y", marks=2)
def output(x, W2, hidden, b2):
    """The second layer brings the vector back to its width, and the residual connection adds what came in."""
    return x + W2 @ hidden + b2


@output.working
def first_entry(x, W2, hidden, b2, output):
    return rf"Entry 1: $y_1 = {number.tex(x[0])} + {products(W2[0], hidden)} + {bracketed(b2[0])} {equals(output[0], 3)}$."


@output.mistake()
def residual_forgotten(W2, hidden, b2):
    """You left out the residual connection: the input $x$ is added at the end."""
    return W2 @ hidden + b2


@output.mistake(keeps=0.5)
def second_bias_forgotten(x, W2, hidden):
    """You left out the bias $b_2$."""
    return x + W2 @ hidden


pytorch = """
import torch

x, W1, b1, W2, b2 = (torch.tensor(v, dtype=torch.float64) for v in (<x>, <W1>, <b1>, <W2>, <b2>))
linear = torch.nn.functional.linear
hidden = linear(x, W1, b1).clamp(min=0)
output = linear(hidden, W2, b2).add(x)
"""
