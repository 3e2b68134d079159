r"""Derivatives of activation functions

<story> $z = <z>$.

Give the derivative of each activation function at every entry of $z$: sigmoid, hyperbolic tangent, ReLU, and leaky ReLU with the slope 0.1 for negative inputs.
"""

from numpy import any as any_of
from numpy import exp, maximum

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import bracketed

about = dict(minutes=8, tags=["activation functions", "derivatives"], decimals=3)

given = dict(
    n=by_level(4, 4, 5),
    z=lambda n, level: array(n, by_level(integers(-3, 3, but_not=[0]), grid(-2.5, 2.5, by=0.1, but_not=[0]), grid(-3, 3, by=0.05, but_not=[0]))(level), distinct=True),
)

words = dict(
    story=one_of(
        "Backpropagation needs the slope of each activation function. The pre-activations of a layer are",
        "In the forward pass, a layer of <n> units has computed the pre-activations",
        "A gradient passes back through a layer whose pre-activations are",
    )
)


@step(symbol="s", tex=r"\frac{1}{1 + e^{-z}}")
def s(z):
    r"""The sigmoid $s = \sigma(z)$ itself comes first: its derivative is made of it."""
    return 1 / (1 + exp(-z))


@s.working
def first_sigmoid(z, s):
    first = tex(z[0].item())
    return rf"$s_1 = 1 / (1 + e^{{-{bracketed(z[0].item())}}}) \approx {tex(s[0].item(), 3)}$ for $z_1 = {first}$, and likewise for the others."


@step(symbol=r"\sigma'(z)", marks=2)
def sigmoid(s):
    r"""$\sigma' = \sigma (1 - \sigma)$, which is largest ($\frac{1}{4}$) at $z = 0$ and tends to 0 on both sides."""
    return s * (1 - s)


@sigmoid.mistake()
def function_not_derivative(s):
    r"""You gave the sigmoid itself; its derivative is $\sigma(z) (1 - \sigma(z))$."""
    return s


@sigmoid.mistake(when=lambda z: not any_of(abs(z - 1) < 1e-9))
def input_instead_of_output(z):
    r"""You computed $z (1 - z)$; the derivative is made of the *output*: $\sigma(z) (1 - \sigma(z))$."""
    return z * (1 - z)


@step(symbol="t", tex=r"\frac{e^z - e^{-z}}{e^z + e^{-z}}")
def t(z):
    r"""The derivative of $t = \tanh(z)$ is made of the function's value, too."""
    return (exp(z) - exp(-z)) / (exp(z) + exp(-z))


@step(symbol=r"\tanh'(z)", marks=2)
def tanh(t):
    r"""$\tanh' = 1 - \tanh^2$, which is 1 at $z = 0$ and tends to 0 on both sides."""
    return 1 - t**2


@tanh.mistake()
def tanh_as_sigmoid(s):
    r"""You used the sigmoid's derivative; for the hyperbolic tangent it is $1 - \tanh^2 z$."""
    return s * (1 - s)


@tanh.mistake()
def tanh_not_differentiated(t):
    r"""You gave the hyperbolic tangent itself; its derivative is $1 - \tanh^2 z$."""
    return t


@tanh.mistake()
def square_forgotten(t):
    r"""You forgot the square: the derivative is $1 - \tanh^2 z$."""
    return 1 - t


@step(symbol=r"\operatorname{ReLU}'(z)", marks=1, tex=r"\begin{cases}1 & \text{if } z > 0 \\ 0 & \text{if } z < 0\end{cases}")
def relu(z):
    """ReLU is flat for negative inputs and has the slope 1 for positive ones, however large they are."""
    return 1 * (z > 0)


@relu.mistake()
def relu_not_differentiated(z):
    """You gave ReLU itself; its slope is 1 where $z > 0$ and 0 where $z < 0$."""
    return maximum(0, z)


@step(symbol=r"\operatorname{LeakyReLU}'(z)", marks=1, tex=r"\begin{cases}1 & \text{if } z > 0 \\ 0.1 & \text{if } z < 0\end{cases}")
def leaky_relu(z):
    """Leaky ReLU keeps a small slope for negative inputs, so that such a unit still learns."""
    return 0.1 + 0.9 * (z > 0)


@leaky_relu.mistake()
def leaky_relu_not_differentiated(z):
    """You gave leaky ReLU itself; its slope is 1 where $z > 0$ and 0.1 where $z < 0$."""
    return maximum(z, 0.1 * z)


pytorch = """
import torch
from torch.nn import functional as F

def slopes(function):
    z = torch.tensor(<z>, dtype=torch.float64, requires_grad=True)
    function(z).sum().backward()
    return z.grad

sigmoid, tanh, relu = slopes(torch.sigmoid), slopes(torch.tanh), slopes(torch.relu)
leaky_relu = slopes(lambda z: F.leaky_relu(z, 0.1))
"""
