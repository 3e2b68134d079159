r"""One step of an LSTM

<story> It receives the input $x_t = <x>$; the step before left the hidden state $h_{t-1} = <h>$ and the cell state $c_{t-1} = <c>$. Its parameters are:

| | $W$ | $U$ | $b$ |
|---|---|---|---|
| forget gate $f_t$ | $<Wf>$ | $<Uf>$ | $<bf>$ |
| input gate $i_t$ | $<Wi>$ | $<Ui>$ | $<bi>$ |
| candidate $\tilde{c}_t$ | $<Wc>$ | $<Uc>$ | $<bc>$ |
| output gate $o_t$ | $<Wo>$ | $<Uo>$ | $<bo>$ |

Each row acts as $W x_t + U h_{t-1} + b$. The gates have the logistic sigmoid $\sigma$, the candidate has $\tanh$; there are no peephole connections. Compute the gates, the candidate, the new
cell state $c_t$ and the new hidden state $h_t$.
"""

from numpy import atleast_1d, atleast_2d, dot, tanh

from dlexam import array, by_level, grid, one_of, step
from dlexam.engine import sigmoid
from dlexam.kinds import number
from dlexam.working import bracketed, products

about = dict(minutes=12, tags=["lstm"], symbols=dict(c="c_{t-1}", h="h_{t-1}", x="x_t"))

weight = by_level(one_of(-1, -0.5, 0.5, 1), grid(-1.2, 1.2, by=0.1, but_not=[0]), array((2, 2), grid(-0.8, 0.8, by=0.1)))
bias = by_level(one_of(-0.5, 0.5), grid(-0.5, 0.5, by=0.1, but_not=[0]), array(2, grid(-0.5, 0.5, by=0.1, but_not=[0])))
state = by_level(one_of(-0.5, 0.5), grid(-0.8, 0.8, by=0.1, but_not=[0]), array(2, grid(-0.8, 0.8, by=0.1, but_not=[0])))

given = dict(
    x=by_level(one_of(-1, 1, 2), grid(-1.5, 1.5, by=0.1, but_not=[0]), array(2, grid(-1, 1.5, by=0.5, but_not=[0]))),
    h=state,
    c=by_level(one_of(-2, -1, 1, 2), grid(-1.5, 1.5, by=0.1, but_not=[0]), array(2, grid(-1.5, 1.5, by=0.1, but_not=[0]))),
    Wf=weight, Uf=weight, bf=bias,
    Wi=weight, Ui=weight, bi=bias,
    Wc=weight, Uc=weight, bc=bias,
    Wo=weight, Uo=weight, bo=bias,
)  # fmt: skip

words = dict(
    story=one_of(
        "An LSTM cell makes one step.",
        "An LSTM reads one more word of a sentence.",
        "An LSTM reads one more measurement of a patient.",
        "An LSTM reads the next note of a melody.",
        "An LSTM reads the next hour of a river's water level.",
    )
)


def with_numbers(symbol, squash, W, x, U, h, b, value):
    """The first unit with numbers, its sum and its value."""
    W, x, U, h, b, value = atleast_2d(W)[0], atleast_1d(x), atleast_2d(U)[0], atleast_1d(h), atleast_1d(b)[0], atleast_1d(value)
    start = f"${symbol} =" if len(value) == 1 else "Unit 1: $"
    total = dot(W, x) + dot(U, h) + b
    numbers = f"{products(W, x)} + {products(U, h)} + {bracketed(b)}"
    return rf"{start} {squash}({numbers}) = {squash}({number.tex(total, 4)}) \approx {number.tex(value[0], 4)}$"


@step(symbol="f_t", marks=1, tex=r"\sigma(W_f x_t + U_f h_{t-1} + b_f)")
def f(x, h, Wf, Uf, bf):
    """The forget gate: which share of the old cell state is kept."""
    return sigmoid(dot(Wf, x) + dot(Uf, h) + bf)


@f.working
def f_numbers(Wf, x, Uf, h, bf, f):
    return with_numbers("f_t", r"\sigma", Wf, x, Uf, h, bf, f)


@f.mistake()
def tanh_on_gate(x, h, Wf, Uf, bf):
    r"""You used $\tanh$; a gate is a share between 0 and 1, so it has the sigmoid $\sigma$."""
    return tanh(dot(Wf, x) + dot(Uf, h) + bf)


@step(symbol="i_t", marks=1, tex=r"\sigma(W_i x_t + U_i h_{t-1} + b_i)")
def i(x, h, Wi, Ui, bi):
    """The input gate: which share of the candidate is written."""
    return sigmoid(dot(Wi, x) + dot(Ui, h) + bi)


@i.working
def i_numbers(Wi, x, Ui, h, bi, i):
    return with_numbers("i_t", r"\sigma", Wi, x, Ui, h, bi, i)


@i.mistake()
def tanh_on_gate(x, h, Wi, Ui, bi):
    r"""You used $\tanh$; a gate is a share between 0 and 1, so it has the sigmoid $\sigma$."""
    return tanh(dot(Wi, x) + dot(Ui, h) + bi)


@step(symbol=r"\tilde{c}_t", marks=1, tex=r"\tanh(W_c x_t + U_c h_{t-1} + b_c)")
def c_tilde(x, h, Wc, Uc, bc):
    """The candidate: what could be written, positive or negative."""
    return tanh(dot(Wc, x) + dot(Uc, h) + bc)


@c_tilde.working
def c_tilde_numbers(Wc, x, Uc, h, bc, c_tilde):
    return with_numbers(r"\tilde{c}_t", r"\tanh", Wc, x, Uc, h, bc, c_tilde)


@c_tilde.mistake()
def sigmoid_on_candidate(x, h, Wc, Uc, bc):
    r"""You used the sigmoid; the candidate may be negative, so it has $\tanh$."""
    return sigmoid(dot(Wc, x) + dot(Uc, h) + bc)


@step(symbol="c_t", marks=2)
def c_new(f, c, i, c_tilde):
    """Keep a share of the old memory and add a share of the candidate, entry by entry."""
    return f * c + i * c_tilde


@c_new.mistake()
def gates_swapped(f, c, i, c_tilde):
    r"""You swapped the gates: the forget gate $f_t$ acts on the old cell state, the input gate $i_t$ on the candidate."""
    return i * c + f * c_tilde


@c_new.mistake()
def forget_gate_ignored(c, i, c_tilde):
    r"""You kept all of the old cell state; multiply it by the forget gate $f_t$."""
    return c + i * c_tilde


@c_new.mistake()
def input_gate_ignored(f, c, c_tilde):
    r"""You wrote all of the candidate; multiply it by the input gate $i_t$."""
    return f * c + c_tilde


@step(symbol="o_t", marks=1, tex=r"\sigma(W_o x_t + U_o h_{t-1} + b_o)")
def o(x, h, Wo, Uo, bo):
    """The output gate: which share of the memory is shown."""
    return sigmoid(dot(Wo, x) + dot(Uo, h) + bo)


@o.working
def o_numbers(Wo, x, Uo, h, bo, o):
    return with_numbers("o_t", r"\sigma", Wo, x, Uo, h, bo, o)


@o.mistake()
def tanh_on_gate(x, h, Wo, Uo, bo):
    r"""You used $\tanh$; a gate is a share between 0 and 1, so it has the sigmoid $\sigma$."""
    return tanh(dot(Wo, x) + dot(Uo, h) + bo)


@step(symbol="h_t", marks=1)
def h_new(o, c_new):
    r"""The cell state may have grown beyond 1; $\tanh$ brings it back before the output gate lets it out."""
    return o * tanh(c_new)


@h_new.mistake(keeps=0.5)
def cell_not_squashed(o, c_new):
    r"""You left out the $\tanh$: the hidden state is $o_t \tanh(c_t)$."""
    return o * c_new


@h_new.mistake()
def output_gate_ignored(c_new):
    r"""You left out the output gate: the hidden state is $o_t \tanh(c_t)$."""
    return tanh(c_new)


pytorch = """
import torch

x, h, c = (torch.tensor(v, dtype=torch.float64).reshape(1, -1) for v in (<x>, <h>, <c>))

def stacked(*parts):
    return torch.cat([torch.tensor(p, dtype=torch.float64).reshape(h.shape[1], -1) for p in parts])

cell = torch.nn.LSTMCell(x.shape[1], h.shape[1]).double()
cell.weight_ih.data = stacked(<Wi>, <Wf>, <Wc>, <Wo>)  # PyTorch's order: i, f, candidate, o
cell.weight_hh.data = stacked(<Ui>, <Uf>, <Uc>, <Uo>)
cell.bias_ih.data = stacked(<bi>, <bf>, <bc>, <bo>).flatten()
cell.bias_hh.data.zero_()  # PyTorch has two biases; one is enough
h_new, c_new = (v[0] for v in cell(x, (h, c)))
sums = torch.nn.functional.linear(x, cell.weight_ih, cell.bias_ih) + torch.nn.functional.linear(h, cell.weight_hh)
i, f, c_tilde, o = sums[0].chunk(4)
i, f, c_tilde, o = i.sigmoid(), f.sigmoid(), c_tilde.tanh(), o.sigmoid()
"""
