r"""A neuron and its loss

A neuron has the weight $w = <w>$, the bias $b = <b>$ and the input $x = <x>$; its target is $t = <t>$. Compute $z = wx + b$,
the output $a = \sigma(z)$, the loss $L = (a - t)^2 / 2$ and its derivative by $w$. Is the output too high or too low?
"""

from dlexam import grid, step
from dlexam.engine import sigmoid

about = dict(minutes=4, tags=["demo"])
given = dict(w=grid(-1, 1, by=0.1, but_not=[0]), b=grid(-1, 1, by=0.1, but_not=[0]), x=grid(0.5, 2, by=0.5), t=0.9)


@step(symbol="z", marks=1)
def z(w, x, b):
    """Weigh the input and add the bias."""
    return w * x + b


@z.mistake()
def bias_forgotten(w, x):
    """You left out the bias."""
    return w * x


@step(symbol="a", marks=1)
def a(z):
    """Squash it."""
    return sigmoid(z)


@a.mistake(keeps=0.5)
def exponent_sign(z):
    """The exponent is $-z$; you used $z$."""
    return sigmoid(-z)


@step(symbol="L", marks=1)
def loss(a, t):
    """Half the squared error."""
    return (a - t) ** 2 / 2


@step(symbol="L'", marks=2, gradient_of=("loss", "w"))
def slope(a, t, x):
    """Chain rule."""
    return (a - t) * a * (1 - a) * x


@slope.mistake()
def activation_forgotten(a, t, x):
    """You left out the derivative of the sigmoid."""
    return (a - t) * x


@step(symbol=r"\text{too}", marks=1, options=("high", "low"))
def too(a, t):
    """Compare with the target."""
    return "high" if a > t else "low"


pytorch = """
import torch

w = torch.tensor(<w>, dtype=torch.float64, requires_grad=True)
z = w * <x> + <b>
a = torch.sigmoid(z)
loss = (a - <t>) ** 2 / 2
loss.backward()
slope = w.grad
"""
