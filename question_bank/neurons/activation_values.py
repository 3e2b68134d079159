r"""Values of activation functions

<story> $z = <z>$.

Apply each of these activation functions to every entry of $z$:

- a linear unit (the identity),
- the binary step $H$, with $H(0) = 1$,
- the sigmoid $\sigma$,
- the hyperbolic tangent,
- ReLU,
- leaky ReLU with the slope 0.1 for negative inputs.
"""

from numpy import exp, maximum

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import bracketed

about = dict(minutes=7, tags=["activation functions"], decimals=3)

given = dict(
    n=by_level(4, 4, 5),
    z=lambda n, level: array(n, by_level(integers(-3, 3), grid(-2.5, 2.5, by=0.1, but_not=[0]), grid(-3.5, 3.5, by=0.05, but_not=[0]))(level), distinct=True),
)

words = dict(
    story=one_of(
        "A layer has computed the pre-activations",
        "Before its activation function, a hidden layer of <n> units holds",
        "The weighted sums of <n> neurons are",
    )
)


@step(symbol=r"\operatorname{id}(z)", marks=1)
def linear(z):
    """A linear unit passes its input on as it is."""
    return z


@step(symbol="H(z)", marks=1, tex=r"\begin{cases}1 & \text{if } z \ge 0 \\ 0 & \text{if } z < 0\end{cases}")
def binary_step(z):
    """The step only tells whether the threshold 0 is reached."""
    return 1 * (z >= 0)


@binary_step.mistake()
def sign_function(z):
    r"""You gave $-1$ for negative inputs; that is the sign function, the binary step gives 0 there."""
    return 2 * (z >= 0) - 1


@step(symbol=r"\sigma(z)", marks=2, tex=r"\frac{1}{1 + e^{-z}}")
def sigmoid(z):
    r"""The sigmoid squeezes every number between 0 and 1; a negative input gives less than $\frac{1}{2}$."""
    return 1 / (1 + exp(-z))


@sigmoid.working
def last_sigmoid(z, sigmoid):
    last = tex(z[-1].item())
    return rf"For the last entry, $\sigma({last}) = 1 / (1 + e^{{-{bracketed(z[-1].item())}}}) \approx 1 / (1 + {tex(exp(-z[-1]).item(), 3)}) \approx {tex(sigmoid[-1].item(), 3)}$."


@sigmoid.mistake()
def sigmoid_sign(z):
    """You lost the minus sign in the exponent, so that large inputs give small outputs; the denominator is $1 + e^{-z}$."""
    return 1 / (1 + exp(z))


@step(symbol=r"\tanh(z)", marks=2, tex=r"\frac{e^z - e^{-z}}{e^z + e^{-z}}")
def tanh(z):
    """The hyperbolic tangent has the same shape, but runs from $-1$ to 1 and keeps the sign of its input."""
    return (exp(z) - exp(-z)) / (exp(z) + exp(-z))


@tanh.working
def last_tanh(z, tanh):
    up, down = (tex(exp(sign * z[-1]).item(), 3) for sign in (1, -1))
    return rf"For the last entry, $\tanh({tex(z[-1].item())}) \approx ({up} - {down}) / ({up} + {down}) \approx {tex(tanh[-1].item(), 3)}$."


@tanh.mistake()
def tanh_as_sigmoid(z):
    r"""You gave the sigmoid; $\tanh z = 2 \sigma(2z) - 1$ runs from $-1$ to 1."""
    return 1 / (1 + exp(-z))


@step(symbol=r"\operatorname{ReLU}(z)", marks=1)
def relu(z):
    """Negative inputs become 0, positive ones stay."""
    return maximum(0, z)


@relu.mistake()
def absolute_value(z):
    """You dropped the minus signs; ReLU makes negative inputs 0."""
    return abs(z)


@step(symbol=r"\operatorname{LeakyReLU}(z)", marks=1, tex=r"\begin{cases}z & \text{if } z > 0 \\ 0.1\, z & \text{otherwise}\end{cases}")
def leaky_relu(z):
    """Like ReLU, but negative inputs keep a tenth of their size."""
    return maximum(z, 0.1 * z)


@leaky_relu.mistake()
def leaky_slope_0_01(z):
    """You used the slope 0.01, which is PyTorch's default; this question says 0.1."""
    return maximum(z, 0.01 * z)


pytorch = """
import torch
from torch.nn import functional as F

z = torch.tensor(<z>, dtype=torch.float64)
linear = torch.nn.Identity()(z)
binary_step = torch.heaviside(z, torch.ones_like(z))
sigmoid, tanh, relu = torch.sigmoid(z), torch.tanh(z), torch.relu(z)
leaky_relu = F.leaky_relu(z, negative_slope=0.1)
"""
