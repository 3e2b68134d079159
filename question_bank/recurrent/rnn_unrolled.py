r"""Unrolling a recurrent network

A recurrent network with one input and one hidden unit reads the sequence $x = <x>$. It starts in the state $h_0 = <h0>$ and computes

$$h_t = \tanh(w_x x_t + w_h h_{t-1} + b)$$

with $w_x = <wx>$, $w_h = <wh>$ and $b = <b>$. After the last step the output is $y = w_y h_T$ with $w_y = <wy>$.

Give all states $h_1, \dots, h_T$ and the output $y$.
"""

from math import tanh

from dlexam import array, by_level, grid, step

about = dict(minutes=6, tags=["rnn"])

given = dict(
    T=by_level(2, 3, 4),
    x=lambda T: array(T, grid(-1, 1, by=0.5, but_not=[0])),
    h0=by_level(0.0, grid(-0.5, 0.5, by=0.1, but_not=[0]), grid(-0.5, 0.5, by=0.1, but_not=[0])),
    wx=grid(-0.9, 0.9, by=0.1, but_not=[0]),
    wh=grid(-0.9, 0.9, by=0.1, but_not=[0]),
    b=grid(-0.3, 0.3, by=0.1, but_not=[0]),
    wy=grid(0.5, 2, by=0.5, but_not=[1]),
)


@step(symbol="h", marks=3, scan="x", start="h0")
def h(state, x, wx, wh, b):
    """Each state mixes the new input with the state before, then squashes the sum."""
    return tanh(wx * x + wh * state + b)


@h.mistake()
def state_not_carried(state, x, wx, wh, b, h0):
    """You started every step from $h_0$; each step goes on from the state before it."""
    return tanh(wx * x + wh * h0 + b)


@h.mistake()
def activation_forgotten(state, x, wx, wh, b):
    r"""You left out the $\tanh$ around the sum."""
    return wx * x + wh * state + b


@step(symbol="y", marks=1)
def y(h, wy):
    """Only the last state is read out."""
    return wy * h[-1]


pytorch = """
import torch

cell = torch.nn.RNN(1, 1, batch_first=True).double()
with torch.no_grad():
    cell.weight_ih_l0.fill_(<wx>)
    cell.weight_hh_l0.fill_(<wh>)
    cell.bias_ih_l0.fill_(<b>)
    cell.bias_hh_l0.zero_()
    states, last = cell(torch.tensor(<x>, dtype=torch.float64).reshape(1, -1, 1), torch.full((1, 1, 1), <h0>, dtype=torch.float64))
h = states.flatten()
y = <wy> * h[-1]
"""
