r"""Unrolling a recurrent network

<story> It has one input and one hidden unit and reads the sequence $x = <x>$ from left to right. The state is $h_0 = <h0>$ at the start, and

$$h_t = \tanh(w_x x_t + w_h h_{t-1} + b)$$

with $w_x = <wx>$, $w_h = <wh>$ and $b = <b>$. After the last input the output is $y = w_y h_T$ with $w_y = <wy>$.

Compute all states $h_1, \dots, h_T$, in this order, and the output $y$.
"""

from math import tanh

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.figures import unrolled

about = dict(minutes=6, tags=["rnn"], symbols=dict(wx="w_x", wh="w_h", wy="w_y"))

given = dict(
    T=by_level(2, 3, 4),
    x=lambda T, level: array(T, by_level(integers(-2, 2, but_not=[0]), grid(-1, 1, by=0.5, but_not=[0]), grid(-1.5, 1.5, by=0.1))(level)),
    h0=by_level(0, grid(-0.5, 0.5, by=0.1, but_not=[0]), grid(-0.9, 0.9, by=0.1, but_not=[0])),
    wx=by_level(one_of(-0.5, 0.5), grid(-0.9, 0.9, by=0.1, but_not=[0]), grid(-1.2, 1.2, by=0.1, but_not=[0])),
    wh=by_level(one_of(-1, 1, 2), grid(-0.9, 0.9, by=0.1, but_not=[0]), grid(-1.2, 1.2, by=0.1, but_not=[0])),
    b=by_level(one_of(-0.25, 0.25), grid(-0.3, 0.3, by=0.1, but_not=[0]), grid(-0.5, 0.5, by=0.05, but_not=[0])),
    wy=by_level(one_of(-4, -3, -2, 2, 3, 4), grid(0.5, 2, by=0.5, but_not=[1]), grid(-2, 2, by=0.25, but_not=[-1, 0, 1])),
)

words = dict(
    story=one_of(
        "A small recurrent network is unrolled over time.",
        "A recurrent network follows a temperature sensor, one reading per time step.",
        "A recurrent network forecasts the demand for electricity from the last readings.",
        "A recurrent network looks at a heartbeat signal, one sample per time step.",
    )
)


def figure(x):
    return unrolled(len(x), weights=("w_x", "w_h", "w_y"))


@step(symbol="h", marks=3, scan="x", start="h0")
def h(state, x, wx, wh, b):
    """Each state mixes the new input with the state before it; the same weights serve at every time step."""
    return tanh(wx * x + wh * state + b)


@h.mistake()
def state_not_carried(x, wx, wh, b, h0):
    """You went back to $h_0$ at every time step; each step goes on from the state just before it."""
    return tanh(wx * x + wh * h0 + b)


@h.mistake()
def activation_forgotten(state, x, wx, wh, b):
    r"""You left out the $\tanh$ around the sum; it keeps every state between $-1$ and $1$."""
    return wx * x + wh * state + b


@h.mistake()
def weights_swapped(state, x, wx, wh, b):
    """You swapped the two weights: $w_x$ belongs to the input $x_t$, $w_h$ to the state $h_{t-1}$."""
    return tanh(wh * x + wx * state + b)


@step(symbol="y", marks=1)
def y(h, wy):
    """Only the last state is read out: it has seen the whole sequence."""
    return wy * h[-1]


@y.mistake()
def states_added(h, wy):
    """You read out the sum of all states; the output uses the last state $h_T$ alone."""
    return wy * h.sum()


pytorch = """
import torch

network = torch.nn.RNN(1, 1, batch_first=True).double()
with torch.no_grad():
    network.weight_ih_l0.fill_(<wx>)
    network.weight_hh_l0.fill_(<wh>)
    network.bias_ih_l0.fill_(<b>)
    network.bias_hh_l0.zero_()  # PyTorch has two biases; one is enough
    x = torch.tensor(<x>, dtype=torch.float64).reshape(1, -1, 1)
    states, last = network(x, torch.full((1, 1, 1), <h0>, dtype=torch.float64))
h = states.flatten()
y = <wy> * h[-1]
"""
