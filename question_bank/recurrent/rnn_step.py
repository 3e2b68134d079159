r"""One step of a recurrent network

<story> It has <hidden> hidden units. The input of this time step is $x_t = <x>$, and the state of the step before is $h_{t-1} = <h>$. Its parameters are

$$W_x = <Wx>, \quad W_h = <Wh>, \quad b = <b>$$

Compute the pre-activation $z_t = W_x x_t + W_h h_{t-1} + b$ and the new state $h_t = \tanh(z_t)$.
"""

from numpy import dot, size, tanh

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.working import bracketed, equals, products

about = dict(minutes=5, tags=["rnn"], decimals=3, symbols=dict(x="x_t", h="h_{t-1}", Wx="W_x", Wh="W_h"))

given = dict(
    x=lambda level, random: array(by_level(2, 2, random.choice([2, 3]))(level), by_level(integers(-1, 2, but_not=[0]), grid(-1, 2, by=0.5), grid(-1.5, 1.5, by=0.1))(level)),
    h=lambda level: array(by_level(2, 2, 3)(level), by_level(one_of(-0.5, 0, 0.5), grid(-0.8, 0.8, by=0.2), grid(-0.9, 0.9, by=0.05))(level)),
    Wx=lambda x, h, level: array((len(h), len(x)), by_level(integers(-1, 1), grid(-1, 1, by=0.1), grid(-0.9, 0.9, by=0.1))(level)),
    Wh=lambda h, level: array((len(h), len(h)), by_level(one_of(-2, 0, 1, 2), grid(-1, 1, by=0.1), grid(-0.8, 0.8, by=0.1))(level)),
    b=lambda h, level: array(len(h), by_level(one_of(-0.5, 0.5), grid(-0.5, 0.5, by=0.1, but_not=[0]), grid(-0.5, 0.5, by=0.05, but_not=[0]))(level)),
)

words = dict(
    story=one_of(
        "A simple (Elman) recurrent network reads one more element of its sequence.",
        "A recurrent network reads the embedding of the next word of a sentence.",
        "A recurrent network receives the next measurements of a machine.",
        "A recurrent network reads the next frame of a speech signal.",
    )
)


@step
def hidden(b):
    return size(b)


@step(symbol="z_t", marks=2)
def z(x, h, Wx, Wh, b):
    """The new input and the old state each pass through a matrix of their own; their sum, with the bias, drives the new state."""
    return dot(Wx, x) + dot(Wh, h) + b


@z.working
def first_unit(x, h, Wx, Wh, b, z):
    if not size(z) > 1:
        return []
    return rf"Unit 1: ${products(Wx[0], x)} + {products(Wh[0], h)} + {bracketed(b[0])} {equals(z[0], 3)}$"


@z.mistake()
def state_ignored(x, Wx, b):
    """You left out $W_h h_{t-1}$; without it the network has no memory."""
    return dot(Wx, x) + b


@z.mistake(when=lambda x, h: size(x) == size(h))
def matrices_swapped(x, h, Wx, Wh, b):
    """You swapped the matrices: $W_x$ multiplies the input $x_t$, and $W_h$ the state $h_{t-1}$."""
    return dot(Wh, x) + dot(Wx, h) + b


@z.mistake()
def bias_forgotten(x, h, Wx, Wh):
    """You left out the bias $b$."""
    return dot(Wx, x) + dot(Wh, h)


@step(symbol="h_t", marks=1)
def h_new(z):
    r"""The $\tanh$, entry by entry, keeps the state between $-1$ and $1$, however long the sequence is."""
    return tanh(z)


@h_new.mistake()
def activation_forgotten(z):
    r"""You left out the $\tanh$; the new state is $\tanh(z_t)$, entry by entry."""
    return z


@h_new.mistake()
def sigmoid_for_tanh(z):
    r"""You used the logistic sigmoid; this network has $\tanh$."""
    return (1 + tanh(z / 2)) / 2


pytorch = """
import torch

x, h, Wx, Wh, b = (torch.tensor(v, dtype=torch.float64) for v in (<x>, <h>, <Wx>, <Wh>, <b>))
cell = torch.nn.RNNCell(len(x), len(h)).double()
cell.weight_ih.data, cell.weight_hh.data, cell.bias_ih.data = Wx, Wh, b
cell.bias_hh.data.zero_()  # PyTorch has two biases; one is enough
h_new = cell(x, h)
z = torch.atanh(h_new)
"""
