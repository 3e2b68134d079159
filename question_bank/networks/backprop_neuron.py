r"""Backpropagation through one neuron

<story> It computes <sum> and $a = \sigma(z)$ with the sigmoid $\sigma(z) = 1 / (1 + e^{-z})$. The loss for one example is
$L = \frac{1}{2} (a - y)^2$.

The example has the input $x = <x>$ and the target $y = <y>$. <the_weights> $w = <w>$, the bias is $b = <b>$ and the learning rate is $\alpha = <lr>$.

Go forwards to $L$, then backwards to the gradients, and make one step of gradient descent.
"""

from numpy import dot, ndim

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import sigmoid
from dlexam.figures import computation_graph
from dlexam.kinds import number
from dlexam.working import bracketed, products

about = dict(minutes=8, tags=["backpropagation", "sigmoid", "gradient descent"], symbols=dict(x="x", w="w"))

given = dict(
    n=by_level(1, 2, 3),
    x=lambda n, level: integers(2, 5) if level == 1 else array(n, by_level(0, grid(-2, 3, by=0.5, but_not=[0]), grid(-1.5, 1.5, by=0.1, but_not=[0]))(level)),
    w=lambda n, level: one_of(-1, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 1) if level == 1 else array(n, by_level(0, grid(-0.9, 0.9, by=0.1, but_not=[0]), grid(-0.95, 0.95, by=0.05, but_not=[0]))(level)),
    b=by_level(one_of(-1, -0.5, 0.5, 1), grid(-0.5, 0.5, by=0.1, but_not=[0]), grid(-0.5, 0.5, by=0.05, but_not=[0])),
    y=by_level(one_of(0, 1), one_of(0, 1), grid(0, 1, by=0.1)),
    lr=by_level(one_of(1, 2), one_of(0.5, 1), one_of(0.1, 0.2, 0.5)),
)

words = dict(
    sum=lambda x: r"$z = w \cdot x + b$" if ndim(x) else "$z = w x + b$",
    the_weights=lambda x: "The weights are" if ndim(x) else "The weight is",
    neuron=lambda x: "A neuron with one input" if not ndim(x) else f"A neuron with {len(x)} inputs",
    story=one_of("<neuron> is trained on one example.", "<neuron> learns to tell ripe from unripe fruit.", "<neuron> learns when to water a plant.", "<neuron> learns to recognise a fault of a motor."),
)


def figure():
    return computation_graph(
        dict(x=(0, 0), w=(0, 1), b=(0, 2), z=(1, 1), a=(2, 1), L=(3, 1), y=(2, 2)), ["xz", "wz", "bz", ("z", "a", "σ"), "aL", "yL"], pitch=(95, 50)
    )


@step(symbol="z", marks=1, tex=r"<w> \cdot <x> + <b>")
def z(w, x, b):
    """Forwards: weigh the input and add the bias."""
    return dot(w, x) + b


@z.working
def term_by_term(w, x, b, z):
    return rf"${products(w, x)} + {bracketed(b)} = {number.tex(z, 4)}$" if ndim(x) else []


@step(symbol="a", marks=1)
def a(z):
    """The sigmoid squashes the sum to a value between 0 and 1."""
    return sigmoid(z)


@step(symbol="L", marks=1)
def loss(a, y):
    """The loss is half the squared error; the half cancels the 2 of the derivative."""
    return (a - y) ** 2 / 2


@step(symbol=r"\frac{\partial L}{\partial z}", marks=2, gradient_of=("loss", "z"))
def dz(a, y):
    r"""Backwards: the derivative of the loss is $a - y$, and the slope of the sigmoid is $a(1 - a)$; the chain rule multiplies them."""
    return (a - y) * a * (1 - a)


@dz.mistake(keeps=0.5)
def activation_derivative_forgotten(a, y):
    r"""You left out the slope of the sigmoid, $a(1 - a)$."""
    return a - y


@dz.mistake()
def slope_at_z(a, y, z):
    r"""You used $z(1 - z)$ as the slope of the sigmoid; it is $a(1 - a)$, with the activation $a = \sigma(z)$."""
    return (a - y) * z * (1 - z)


@step(symbol=r"\frac{\partial L}{\partial w}", marks=1, gradient_of=("loss", "w"))
def dw(dz, x):
    """A weight acts through the input that it is multiplied with."""
    return dz * x


@dw.mistake()
def input_forgotten(dz, x):
    r"""You left out the input: $\partial z / \partial w = x$."""
    return dz * x**0


@step(symbol=r"\frac{\partial L}{\partial b}", marks=1, gradient_of=("loss", "b"))
def db(dz):
    r"""The bias acts like a weight with the input 1."""
    return dz


@db.mistake(when=lambda x: not ndim(x) and x != 1)
def multiplied_by_input(dz, x):
    r"""You multiplied by the input; the bias is added as it is, so $\partial z / \partial b = 1$."""
    return dz * x


@step(symbol=r"w_{\text{new}}", marks=1)
def w_new(w, lr, dw):
    """A step against the gradient makes the loss smaller."""
    return w - lr * dw


@w_new.mistake()
def ascent(w, lr, dw):
    """You added the gradient; to make the loss smaller, subtract it."""
    return w + lr * dw


@w_new.mistake(when=lambda lr: lr != 1)
def learning_rate_forgotten(w, dw):
    r"""You subtracted the whole gradient; multiply it by the learning rate $\alpha = <lr>$ first."""
    return w - dw


@step(symbol=r"b_{\text{new}}", marks=1)
def b_new(b, lr, db):
    """The bias makes the same kind of step."""
    return b - lr * db


@b_new.mistake()
def ascent(b, lr, db):
    """You added the gradient; to make the loss smaller, subtract it."""
    return b + lr * db


pytorch = """
import torch

x, y = torch.tensor(<x>, dtype=torch.float64), <y>
w, b = (torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in (<w>, <b>))
z = (w * x).sum() + b
z.retain_grad()
a = torch.sigmoid(z)
loss = (a - y) ** 2 / 2
loss.backward()
dz, dw, db = z.grad, w.grad.clone(), b.grad.clone()
torch.optim.SGD([w, b], lr=<lr>).step()  # changes w and b in place
w_new, b_new = w, b
"""
