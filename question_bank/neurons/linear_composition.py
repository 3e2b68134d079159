r"""Two linear layers are one

<story> The layers compute $h = W_1 x + b_1$ and then $y = W_2 h + b_2$, with no activation function in between:

$$W_1 = <W1>,\quad b_1 = <b1>$$

$$W_2 = <W2>,\quad b_2 = <b2>$$

A single layer $y = W x + b$ gives the same outputs. Compute its weights $W$ and its bias $b$.
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import bracketed, products

about = dict(minutes=6, tags=["linear layers", "matrix product"], decimals=2)

given = dict(
    hidden=by_level(2, 3, 3),
    n=by_level(2, 2, 3),  # inputs and outputs
    W1=lambda hidden, n, level: array((hidden, n), by_level(integers(-2, 3), integers(-3, 4, but_not=[0]), grid(-2, 2, by=0.5, but_not=[0]))(level)),
    b1=lambda hidden, level: array(hidden, by_level(integers(-2, 2), integers(-3, 3), grid(-2, 2, by=0.5))(level)),
    W2=lambda hidden, n, level: array((n, hidden), by_level(integers(-2, 3, but_not=[0]), integers(-3, 4, but_not=[0]), grid(-2, 2, by=0.5, but_not=[0]))(level)),
    b2=lambda n, level: array(n, by_level(integers(-2, 2), integers(-3, 3), grid(-2, 2, by=0.5))(level)),
)

words = dict(
    story=one_of(
        "A student has built a network of two linear layers and forgotten the activation function.",
        "To run faster on a phone, two linear layers of a network are merged into one.",
        "A network consists of two linear layers.",
    )
)


@step(symbol="W", marks=3)
def W(W2, W1):
    r"""Put one layer into the other: $W_2 (W_1 x + b_1) + b_2 = (W_2 W_1) x + (W_2 b_1 + b_2)$."""
    return W2 @ W1


@W.working
def entries(W, W1, W2):
    """The first row, entry by entry."""
    columns = zip(W1.T.tolist(), W[0].tolist())
    return [rf"$w_{{1{j}}} = {products(W2[0].tolist(), column)} = {tex(entry)}$" for j, (column, entry) in enumerate(columns, 1)][:3]


@W.mistake(when=lambda W1, W2: len(W2) == W1.shape[1])
def wrong_order(W1, W2):
    """You multiplied $W_1 W_2$; the first layer stands on the right, next to $x$: $W_2 W_1$."""
    return W1 @ W2


@W.mistake(when=lambda W1, W2: W1.shape == W2.shape)
def entry_by_entry(W1, W2):
    """You multiplied the matrices entry by entry; use the matrix product."""
    return W2 * W1


@step(symbol="b", marks=2)
def b(W2, b1, b2):
    """The first bias goes through the second layer, too."""
    return W2 @ b1 + b2


@b.working
def first_bias(b, W2, b1, b2):
    return rf"The first entry is ${products(W2[0].tolist(), b1.tolist())} + {bracketed(b2[0].item())} = {tex(b[0].item())}$."


@b.mistake()
def first_bias_forgotten(b2):
    """You kept the second bias only; the first one passes through the second layer and adds $W_2 b_1$."""
    return b2


@b.mistake(when=lambda b1, b2: len(b1) == len(b2))
def biases_added(b1, b2):
    """You added the biases; the first one is multiplied by $W_2$ on its way."""
    return b1 + b2


pytorch = """
import torch

from torch.nn import functional as F

W1, b1, W2, b2 = (torch.tensor(value, dtype=torch.float64) for value in (<W1>, <b1>, <W2>, <b2>))

def network(x):
    return F.linear(F.linear(x, W1, b1), W2, b2)

origin = torch.zeros(W1.shape[1], dtype=torch.float64)
b = network(origin)  # at x = 0 only the bias is left
W = torch.autograd.functional.jacobian(network, origin)
"""
