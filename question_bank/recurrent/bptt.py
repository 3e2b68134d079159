r"""Backpropagation through time

A recurrent network with one hidden unit and no bias reads the sequence $x = <x>$ of length $T = <T>$, from the state $h_0 = <h0>$, with the weights
$w_x = <wx>$ and $w_h = <wh>$:

$$h_t = \tanh(w_x x_t + w_h h_{t-1})$$

<story> Only the last state is compared with the target $y = <target>$: the loss is $L = \frac{1}{2} (h_T - y)^2$.

Compute the states $h_1, \dots, h_T$, the loss, and its derivatives with respect to the two weights, which all time steps share.
"""

from math import tanh

from numpy import append
from numpy import array as vector

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.figures import unrolled
from dlexam.kinds import number
from dlexam.working import bracketed, products

about = dict(minutes=12, tags=["rnn", "backpropagation", "gradient"], symbols=dict(target="y", wx="w_x", wh="w_h"))

given = dict(
    x=lambda level: array(by_level(2, 2, 3)(level), by_level(integers(-2, 2, but_not=[0]), grid(-1, 1, by=0.25, but_not=[0]), grid(-1.5, 1.5, by=0.1, but_not=[0]))(level)),
    h0=by_level(one_of(-0.4, -0.2, 0.2, 0.4), grid(-0.8, 0.8, by=0.2, but_not=[0]), grid(-0.9, 0.9, by=0.1, but_not=[0])),
    wx=by_level(one_of(-0.5, 0.5), grid(-0.8, 0.8, by=0.1, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0])),
    wh=by_level(one_of(-1, 1, 2), grid(-1.2, 1.2, by=0.2, but_not=[-0.2, 0, 0.2]), grid(-1.3, 1.3, by=0.1, but_not=[-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3])),
    target=by_level(one_of(-1, 0, 1), grid(-0.8, 0.8, by=0.2), grid(-0.9, 0.9, by=0.1)),
)

words = dict(
    story=one_of(
        "The network predicts the next value of the sequence.",
        "The network scores how positive a short review is.",
        "The network predicts tomorrow's temperature, scaled to $[-1, 1]$.",
        "One training example is given.",
    )
)


def figure(x):
    return unrolled(len(x), "xhL", ("w_x", "w_h"))


@step
def T(x):
    return len(x)


@step(symbol="h", marks=2, scan="x", start="h0")
def h(state, x, wx, wh):
    """Forward, from left to right; keep every state, because the backward pass needs it."""
    return tanh(wx * x + wh * state)


@step(symbol="L", marks=1)
def loss(h, target):
    """Only the error at the last time step counts."""
    return (h[-1] - target) ** 2 / 2


@step(symbol=r"\delta")
def delta(h, target, wh):
    r"""Backward, from right to left: $\delta_t$ is the derivative of $L$ with respect to the sum inside the $\tanh$ at time $t$. The derivative of $\tanh$ is $1 - h_t^2$, and each
    step further back multiplies by $w_h$."""
    slopes = 1 - h**2
    backwards = [(h[-1] - target) * slopes[-1]]
    for slope in slopes[-2::-1]:
        backwards.append(wh * backwards[-1] * slope)
    return vector(backwards[::-1])


@delta.working
def backward_lines(h, target, wh, delta):
    last, text, shown = len(h), [bracketed(v, 4) for v in h], [number.tex(v, 4) for v in delta]
    lines = [rf"$\delta_{{{last}}} = (h_{{{last}}} - y)(1 - h_{{{last}}}^2) \approx ({number.tex(h[-1], 4)} - {bracketed(target)})(1 - {text[-1]}^2) \approx {shown[-1]}$"]
    for t in range(last - 1, 0, -1):
        numbers = rf"{number.tex(wh)} \cdot {bracketed(delta[t], 4)} \cdot (1 - {text[t - 1]}^2) \approx {shown[t - 1]}"
        lines.append(rf"$\delta_{{{t}}} = w_h\, \delta_{{{t + 1}}} (1 - h_{{{t}}}^2) \approx {numbers}$")
    return lines


@delta.mistake(keeps=0.5)
def last_step_only(h, target):
    r"""You stopped after the last time step. The weights act at every time step, and the earlier states reach the loss, too: go on back to $t = 1$ and add up."""
    only = 0 * h
    only[-1] = (h[-1] - target) * (1 - h[-1] ** 2)
    return only


@delta.mistake()
def activation_derivative_forgotten(h, target, wh):
    r"""You left out the derivative of $\tanh$: each time step multiplies by $1 - h_t^2$."""
    return vector([(h[-1] - target) * wh**k for k in range(len(h) - 1, -1, -1)])


@delta.mistake(when=lambda wh: wh != 1)
def recurrent_weight_forgotten(h, target):
    r"""You left out $w_h$ on the way back: from $h_t$ to $h_{t-1}$ the derivative is $(1 - h_t^2)\, w_h$."""
    slopes = 1 - h**2
    return vector([(h[-1] - target) * slopes[t:].prod() for t in range(len(h))])


@step(symbol="h_{t-1}")
def before(h, h0):
    return append(h0, h[:-1])


@step(symbol=r"\frac{\partial L}{\partial w_h}", marks=3, gradient_of=("loss", "wh"), tex=r"\sum_{t=1}^{T} \delta_t\, h_{t-1}")
def dwh(delta, before):
    """The weight is shared, so its derivative is a sum over the time steps; at step $t$ it multiplies the state before."""
    return (delta * before).sum()


@dwh.working
def recurrent_terms(delta, before):
    return rf"$\frac{{\partial L}}{{\partial w_h}} \approx {products(delta, before, 4)}$"


@dwh.mistake()
def state_after(delta, h):
    r"""You multiplied $\delta_t$ by $h_t$; at time step $t$ the weight $w_h$ multiplies the state before, $h_{t-1}$."""
    return (delta * h).sum()


@step(symbol=r"\frac{\partial L}{\partial w_x}", marks=2, gradient_of=("loss", "wx"), tex=r"\sum_{t=1}^{T} \delta_t\, x_t")
def dwx(delta, x):
    """Likewise; at step $t$ this weight multiplies the input $x_t$."""
    return (delta * x).sum()


@dwx.working
def input_terms(delta, x):
    return rf"$\frac{{\partial L}}{{\partial w_x}} \approx {products(delta, x, 4)}$"


@dwx.mistake(keeps=0.5)
def last_input_only(delta, x):
    """You took the last time step only; add up the terms of all time steps."""
    return delta[-1] * x[-1]


pytorch = """
import torch

wx, wh = (torch.tensor(w, dtype=torch.float64, requires_grad=True) for w in (<wx>, <wh>))
state, h = torch.tensor(<h0>, dtype=torch.float64), []
for x_t in <x>:
    state = torch.tanh(wx * x_t + wh * state)
    h.append(state)
loss = (state - <target>) ** 2 / 2
loss.backward()
h = torch.stack(h)
dwh, dwx = wh.grad, wx.grad
"""
