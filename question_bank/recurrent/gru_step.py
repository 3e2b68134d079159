r"""One step of a GRU

<story> It receives the input $x_t = <x>$; its state is $h_{t-1} = <h>$. Its parameters are:

| | $W$ | $U$ | $b$ |
|---|---|---|---|
| update gate $z_t$ | $<Wz>$ | $<Uz>$ | $<bz>$ |
| reset gate $r_t$ | $<Wr>$ | $<Ur>$ | $<br>$ |
| candidate $\tilde{h}_t$ | $<Wh>$ | $<Uh>$ | $<bh>$ |

The gates are $\sigma(W x_t + U h_{t-1} + b)$ with the logistic sigmoid $\sigma$. The reset gate acts on the state before the matrix does, and an update gate of 1 means that the candidate
replaces the state:

$$\tilde{h}_t = \tanh(W_h x_t + U_h (r_t \odot h_{t-1}) + b_h), \qquad h_t = (1 - z_t) \odot h_{t-1} + z_t \odot \tilde{h}_t$$

Compute both gates, the candidate and the new state.
"""

from numpy import atleast_1d, atleast_2d, dot, size, tanh

from dlexam import array, by_level, grid, one_of, step
from dlexam.engine import sigmoid
from dlexam.kinds import number
from dlexam.working import bracketed, equals, products

about = dict(minutes=10, tags=["gru"], symbols=dict(h="h_{t-1}", x="x_t"))

weight = by_level(one_of(-1, -0.5, 0.5, 1), grid(-1.2, 1.2, by=0.1, but_not=[0]), array((2, 2), grid(-0.8, 0.8, by=0.1)))
bias = by_level(one_of(-0.5, 0.5), grid(-0.5, 0.5, by=0.1, but_not=[0]), array(2, grid(-0.5, 0.5, by=0.1, but_not=[0])))

given = dict(
    x=by_level(one_of(-1, 1, 2), grid(-1.5, 1.5, by=0.1, but_not=[0]), array(2, grid(-1, 1.5, by=0.5, but_not=[0]))),
    h=by_level(one_of(-0.5, 0.5, 0.8), grid(-0.9, 0.9, by=0.1, but_not=[-0.1, 0, 0.1]), array(2, grid(-0.9, 0.9, by=0.1, but_not=[0]))),
    Wz=weight, Uz=weight, bz=bias,
    Wr=weight, Ur=weight, br=bias,
    Wh=weight, Uh=weight, bh=bias,
)  # fmt: skip

words = dict(
    story=one_of(
        "A GRU makes one step.",
        "A GRU reads one more word of a sentence.",
        "A GRU reads the next frame of a speech signal.",
        "A GRU follows the clicks of a customer through a shop, one step for each.",
        "A GRU reads the next hour of a power station's output.",
    )
)


def with_numbers(symbol, squash, W, x, U, h, b, value):
    """The first unit with numbers, its sum and its value."""
    W, x, U, h, b, value = atleast_2d(W)[0], atleast_1d(x), atleast_2d(U)[0], atleast_1d(h), atleast_1d(b)[0], atleast_1d(value)
    total = dot(W, x) + dot(U, h) + b
    sign = "=" if number.exact(total, 4) else r"\approx"
    start = f"${symbol} {sign}" if len(value) == 1 else "Unit 1: $"
    numbers = f"{products(W, x)} + {products(U, h, 4)} + {bracketed(b)}"
    return rf"{start} {squash}({numbers}) {sign} {squash}({number.tex(total, 4)}) {equals(value[0], 4)}$"


@step(symbol="z_t", marks=1, tex=r"\sigma(W_z x_t + U_z h_{t-1} + b_z)")
def z(x, h, Wz, Uz, bz):
    """The update gate: which share of the state is replaced."""
    return sigmoid(dot(Wz, x) + dot(Uz, h) + bz)


@z.working
def z_numbers(Wz, x, Uz, h, bz, z):
    return with_numbers("z_t", r"\sigma", Wz, x, Uz, h, bz, z)


@step(symbol="r_t", marks=1, tex=r"\sigma(W_r x_t + U_r h_{t-1} + b_r)")
def r(x, h, Wr, Ur, br):
    """The reset gate: how much of the old state the candidate may see."""
    return sigmoid(dot(Wr, x) + dot(Ur, h) + br)


@r.working
def r_numbers(Wr, x, Ur, h, br, r):
    return with_numbers("r_t", r"\sigma", Wr, x, Ur, h, br, r)


@step(symbol=r"\tilde{h}_t", marks=2, tex=r"\tanh(W_h x_t + U_h (r_t \odot h_{t-1}) + b_h)")
def h_tilde(x, h, r, Wh, Uh, bh):
    """The candidate for the new state is made from the input and the part of the old state that the reset gate lets through."""
    return tanh(dot(Wh, x) + dot(Uh, r * h) + bh)


@h_tilde.working
def h_tilde_numbers(Wh, x, Uh, h, r, bh, h_tilde):
    through = r",\; ".join(number.tex(v, 4) for v in atleast_1d(r * h))
    through = f"({through})" if size(h) > 1 else through
    return [
        rf"$r_t \odot h_{{t-1}} \approx {through}$",
        with_numbers(r"\tilde{h}_t", r"\tanh", Wh, x, Uh, r * h, bh, h_tilde),
    ]


@h_tilde.mistake()
def reset_ignored(x, h, Wh, Uh, bh):
    r"""You used all of the old state; multiply $h_{t-1}$ by the reset gate $r_t$ first."""
    return tanh(dot(Wh, x) + dot(Uh, h) + bh)


@h_tilde.mistake()
def gates_swapped(x, h, z, Wh, Uh, bh):
    r"""You used the update gate $z_t$ here; the candidate sees the state through the reset gate $r_t$."""
    return tanh(dot(Wh, x) + dot(Uh, z * h) + bh)


@h_tilde.mistake(keeps=0.5, when=lambda h: size(h) > 1)
def reset_after_product(x, h, r, Wh, Uh, bh):
    r"""You applied the reset gate after the matrix, as PyTorch does; in this question it acts on $h_{t-1}$ first: $U_h (r_t \odot h_{t-1})$."""
    return tanh(dot(Wh, x) + r * dot(Uh, h) + bh)


@step(symbol="h_t", marks=2)
def h_new(z, h, h_tilde):
    """The new state lies between the old state and the candidate; the update gate says where."""
    return (1 - z) * h + z * h_tilde


@h_new.working
def first_unit(z, h, h_tilde, h_new):
    if size(h) == 1:
        return []
    share, rest = number.tex(z[0], 4), number.tex(1 - z[0], 4)
    return rf"Unit 1: ${rest} \cdot {bracketed(h[0])} + {share} \cdot {bracketed(h_tilde[0], 4)} \approx {number.tex(h_new[0], 4)}$"


@h_new.mistake(keeps=0.5)
def update_gate_reversed(z, h, h_tilde):
    r"""You let $z_t$ keep the old state, as PyTorch and Keras do; in this question $z_t$ is the share of the candidate."""
    return z * h + (1 - z) * h_tilde


@h_new.mistake()
def gates_swapped(r, h, h_tilde):
    r"""You mixed with the reset gate $r_t$; the update gate $z_t$ decides between the old state and the candidate."""
    return (1 - r) * h + r * h_tilde


@h_new.mistake()
def old_state_dropped(z, h_tilde):
    r"""You left out the part of the old state that is kept: $(1 - z_t) \odot h_{t-1}$."""
    return z * h_tilde


pytorch = """
import torch

x, h = (torch.tensor(v, dtype=torch.float64).reshape(-1) for v in (<x>, <h>))

def affine(W, U, b, state):  # torch.nn.GRU has another form, so one layer sees input and state side by side
    W, U = (torch.tensor(m, dtype=torch.float64).reshape(len(h), -1) for m in (W, U))
    b = torch.tensor(b, dtype=torch.float64).reshape(-1)
    return torch.nn.functional.linear(torch.cat([x, state]), torch.cat([W, U], dim=1), b)

z = torch.sigmoid(affine(<Wz>, <Uz>, <bz>, h))
r = torch.sigmoid(affine(<Wr>, <Ur>, <br>, h))
h_tilde = torch.tanh(affine(<Wh>, <Uh>, <bh>, r * h))
h_new = torch.lerp(h, h_tilde, z)
"""
