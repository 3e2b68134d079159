r"""Bidirectional RNN

<story> The sequence is $x = <x>$. A bidirectional network has one hidden unit in each direction:

$$h^{\rightarrow}_t = \tanh(w_x x_t + w_h h^{\rightarrow}_{t-1}), \qquad h^{\leftarrow}_t = \tanh(v_x x_t + v_h h^{\leftarrow}_{t+1})$$

Its weights are $w_x = <wx>$ and $w_h = <wh>$ forward, $v_x = <vx>$ and $v_h = <vh>$ backward. Both directions start from the state 0.

Compute the forward states and the backward states, each in the order $t = 1, \dots, T$, and the output of the layer: a matrix with one row for each time step, forward state
beside backward state.
"""

from math import tanh

from numpy import column_stack

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import rnn_states
from dlexam.working import equals, products

about = dict(minutes=8, tags=["rnn", "bidirectional"], decimals=3, symbols=dict(wx="w_x", wh="w_h", vx="v_x", vh="v_h"))

given = dict(
    x=lambda level: array(by_level(2, 3, 4)(level), by_level(integers(-3, 3, but_not=[0]), grid(-1, 1, by=0.25, but_not=[0]), grid(-1.5, 1.5, by=0.1, but_not=[0]))(level), distinct=True),
    wx=by_level(one_of(-0.5, 0.5), grid(-1, 1, by=0.1, but_not=[0]), grid(-1.2, 1.2, by=0.1, but_not=[0])),
    wh=by_level(one_of(-1, 1), grid(-1, 1, by=0.1, but_not=[0]), grid(-1.2, 1.2, by=0.1, but_not=[0])),
    vx=by_level(one_of(-0.25, 0.25), grid(-1, 1, by=0.1, but_not=[0]), grid(-1.2, 1.2, by=0.1, but_not=[0])),
    vh=by_level(one_of(-1, 1, 2), grid(-1, 1, by=0.1, but_not=[0]), grid(-1.2, 1.2, by=0.1, but_not=[0])),
    start=0,
)

words = dict(
    story=one_of(
        "A tagger may read the whole sentence before it decides on a word.",
        "A recording is complete before a network labels its frames.",
        "A network restores missing letters from what stands before and after them.",
        "A network marks the genes in a piece of DNA.",
    )
)


@step(symbol=r"h^{\rightarrow}", marks=2, scan="x", start="start")
def forward(state, x, wx, wh):
    """Read from left to right, beginning with $x_1$."""
    return tanh(wx * x + wh * state)


@step(symbol=r"h^{\leftarrow}", marks=2, each=True)
def backward(x, vx, vh):
    """Read from right to left, beginning with $x_T$, with the weights of this direction. The state that is made at $x_t$ belongs to time $t$."""
    return rnn_states(x[::-1], 0.0, vx, vh, 0.0)[::-1]


@backward.working
def from_the_right(x, vx, vh, backward):
    lines, after = [], 0
    for t in range(len(x), max(0, len(x) - 4), -1):
        lines.append(rf"$h^{{\leftarrow}}_{{{t}}} = \tanh({products([vx, vh], [x[t - 1], after], 3)}) {equals(backward[t - 1], 3)}$")
        after = backward[t - 1]
    return lines


@backward.mistake()
def backward_not_reversed(x, vx, vh):
    """You read from left to right again; this direction begins with the last input $x_T$ and goes back."""
    return rnn_states(x, 0.0, vx, vh, 0.0)


@backward.mistake(keeps=0.5)
def in_reading_order(x, vx, vh):
    """Your states are right, but you listed them in the order of reading; the state that is made at $x_t$ belongs to time $t$, so the first one made comes last."""
    return rnn_states(x[::-1], 0.0, vx, vh, 0.0)


@backward.mistake()
def forward_weights_used(x, wx, wh):
    """You used the forward weights; the backward direction has weights of its own, $v_x$ and $v_h$."""
    return rnn_states(x[::-1], 0.0, wx, wh, 0.0)[::-1]


@step(symbol="H", marks=1, tex=r"\left[\, h^{\rightarrow} \;\middle|\; h^{\leftarrow} \,\right]")
def outputs(forward, backward):
    """Each time step now knows what comes before it and what comes after it: both states side by side."""
    return column_stack([forward, backward])


@outputs.mistake()
def added_not_concatenated(forward, backward):
    """You added the two states; here they stand side by side, so each time step has two numbers."""
    return forward + backward


pytorch = """
import torch

layer = torch.nn.RNN(1, 1, bias=False, bidirectional=True, batch_first=True).double()
with torch.no_grad():
    layer.weight_ih_l0.fill_(<wx>)
    layer.weight_hh_l0.fill_(<wh>)
    layer.weight_ih_l0_reverse.fill_(<vx>)
    layer.weight_hh_l0_reverse.fill_(<vh>)
    outputs = layer(torch.tensor(<x>, dtype=torch.float64).reshape(1, -1, 1))[0][0]
forward, backward = outputs.T
"""
