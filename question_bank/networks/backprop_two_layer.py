r"""Backpropagation through a two-layer network

<story> It has <inputs>, <hidden> and <outputs>. Both layers use the sigmoid
$\sigma(z) = 1 / (1 + e^{-z})$:

$$h = \sigma(W_1 x + b_1),\qquad \hat{y} = \sigma(W_2 h + b_2),\qquad L = \frac{1}{2} \sum_i (\hat{y}_i - y_i)^2$$

The input is $x = <x>$ and the target is $y = <y>$. The parameters, with one row of weights per unit, are

$$W_1 = <W1>,\qquad b_1 = <b1>,$$

$$W_2 = <W2>,\qquad b_2 = <b2>.$$

Run the network forwards, then compute the gradients of $L$: first with respect to $W_2$, $b_2$ and $h$, then $W_1$ and $b_1$.
"""

from numpy import outer

from dlexam import array, by_level, grid, one_of, step
from dlexam.engine import half_squared_error, sigmoid
from dlexam.figures import network
from dlexam.kinds import number
from dlexam.working import bracketed, equals, products

about = dict(minutes=15, tags=["backpropagation", "chain rule"], symbols=dict(delta_2=r"\delta_2", delta_1=r"\delta_1"))

given = dict(
    n_in=2,
    n_hidden=by_level(2, 2, 3),
    n_out=by_level(1, 2, 2),
    x=lambda n_in, level: array(n_in, by_level(one_of(1, 2, -1), grid(0.5, 2, by=0.5), grid(-1.5, 1.5, by=0.5, but_not=[0]))(level)),
    W1=lambda n_in, n_hidden: array((n_hidden, n_in), grid(-0.9, 0.9, by=0.1, but_not=[0])),
    b1=lambda n_hidden: array(n_hidden, grid(-0.3, 0.3, by=0.1)),
    W2=lambda n_out, n_hidden: array((n_out, n_hidden), grid(-1.5, 1.5, by=0.5, but_not=[0])),
    b2=lambda n_out: array(n_out, grid(-0.3, 0.3, by=0.1)),
    y=lambda n_out: array(n_out, one_of(0.0, 1.0)),
)

words = dict(
    inputs=lambda W1: f"{W1.shape[1]} inputs",
    hidden=lambda W1: f"{len(W1)} hidden units",
    outputs=lambda W2: "one output unit" if len(W2) == 1 else f"{len(W2)} output units",
    story=one_of(
        "A small network is trained on one example by hand.",
        "A small network learns to judge the quality of welds from two measurements.",
        "A small network decides from two sensors what a toy robot does.",
        "A small network learns a logical function of two signals.",
    ),
)


def entry(error, values, gradient):
    """The last entry of the first row of the gradient of a weight matrix."""
    return rf"Row 1, column {len(values)}: ${bracketed(error[0], 4)} \cdot {bracketed(values[-1], 4)} {equals(gradient[0, -1], 4)}$"


def figure(W1, W2):
    return network([W1.shape[1], *(len(W) for W in (W1, W2))], "xhŷ")


@step(symbol="h", marks=2)
def h(W1, x, b1):
    """Forwards: each hidden unit weighs the inputs, adds its bias and squashes the sum."""
    return sigmoid(W1 @ x + b1)


@h.working
def first_hidden(W1, x, b1, h):
    return rf"First unit: $\sigma({products(W1[0], x)} + {bracketed(b1[0])}) = \sigma({number.tex(W1[0] @ x + b1[0], 4)}) {equals(h[0], 4)}$"


@step(symbol=r"\hat{y}", marks=2)
def y_hat(W2, h, b2):
    """The output layer does the same with the hidden values."""
    return sigmoid(W2 @ h + b2)


@step(symbol="L", marks=1, tex=r"\frac{1}{2} \sum_i (\hat{y}_i - y_i)^2")
def loss(y_hat, y):
    """Half the sum of the squared errors; the half cancels the 2 of the derivative."""
    return half_squared_error(y, y_hat)


@loss.working
def squares(y, y_hat, loss):
    terms = " + ".join(rf"({number.tex(p, 4)} - {bracketed(t)})^2" for p, t in zip(y_hat, y))
    return rf"$\frac{{1}}{{2}} \left( {terms} \right) {equals(loss, 4)}$"


@step(symbol=r"\delta_2")
def delta_2(y_hat, y):
    r"""Backwards: $\delta_2$ is the gradient with respect to the weighted sums $W_2 h + b_2$. The error passes through the slope $\hat{y}(1 - \hat{y})$ of the output sigmoid."""
    return (y_hat - y) * y_hat * (1 - y_hat)


@delta_2.mistake(keeps=0.5)
def activation_derivative_forgotten(y_hat, y):
    r"""You left out the derivative of the output sigmoid, $\hat{y}(1 - \hat{y})$."""
    return y_hat - y


@step(symbol=r"\frac{\partial L}{\partial W_2}", marks=2, gradient_of=("loss", "W2"))
def dW2(delta_2, h):
    """The gradient has the shape of $W_2$. Row $i$, column $j$: the error of output unit $i$ times the hidden value $h_j$ that this weight carries."""
    return outer(delta_2, h)


@dW2.working
def second_weight(delta_2, h, dW2):
    return entry(delta_2, h, dW2)


@dW2.mistake(keeps=0.5, when=lambda W2: min(W2.shape) > 1)
def outer_transposed(delta_2, h):
    r"""You built $h\,\delta_2^\top$; the gradient has the shape of $W_2$: rows are outputs, columns are hidden units."""
    return outer(h, delta_2)


@step(symbol=r"\frac{\partial L}{\partial b_2}", marks=1, gradient_of=("loss", "b2"))
def db2(delta_2):
    """A bias acts like a weight with the input 1."""
    return delta_2


@step(symbol=r"\frac{\partial L}{\partial h}", marks=2, gradient_of=("loss", "h"))
def dh(W2, delta_2):
    """The errors flow back along the same weights, so the transpose collects them at each hidden unit."""
    return W2.T @ delta_2


@dh.working
def first_error(W2, delta_2, dh):
    return rf"First unit: ${products(W2[:, 0], delta_2, 4)} {equals(dh[0], 4)}$"


@dh.mistake(when=lambda W2: W2.shape[0] == W2.shape[1])
def weights_not_transposed(W2, delta_2):
    r"""You used $W_2 \delta_2$; backwards the weights are transposed: $W_2^\top \delta_2$."""
    return W2 @ delta_2


@step(symbol=r"\delta_1")
def delta_1(dh, h):
    r"""$\delta_1$ is the gradient with respect to the weighted sums $W_1 x + b_1$: the error passes through the slope $h(1 - h)$ of the hidden sigmoids, too."""
    return dh * h * (1 - h)


@delta_1.working
def first_slope(dh, h, delta_1):
    return rf"First unit: ${bracketed(dh[0], 4)} \cdot {number.tex(h[0], 4)} \cdot (1 - {number.tex(h[0], 4)}) {equals(delta_1[0], 4)}$"


@step(symbol=r"\frac{\partial L}{\partial W_1}", marks=2, gradient_of=("loss", "W1"))
def dW1(delta_1, x):
    """The gradient has the shape of $W_1$. Row $i$, column $j$: the error of hidden unit $i$ times the input $x_j$ that this weight carries."""
    return outer(delta_1, x)


@dW1.working
def first_weight(delta_1, x, dW1):
    return entry(delta_1, x, dW1)


@dW1.mistake(keeps=0.5)
def hidden_derivative_forgotten(dh, x):
    """You left out the derivative of the hidden sigmoid, $h(1 - h)$."""
    return outer(dh, x)


@step(symbol=r"\frac{\partial L}{\partial b_1}", marks=1, gradient_of=("loss", "b1"))
def db1(delta_1):
    """The hidden biases act like weights with the input 1, too."""
    return delta_1


pytorch = """
import torch

x, y = (torch.tensor(v, dtype=torch.float64) for v in (<x>, <y>))
W1, b1, W2, b2 = (torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in (<W1>, <b1>, <W2>, <b2>))
h = torch.sigmoid(W1 @ x + b1)
h.retain_grad()
y_hat = torch.sigmoid(W2 @ h + b2)
loss = ((y_hat - y) ** 2).sum() / 2
loss.backward()
dW2, db2, dh, dW1, db1 = W2.grad, b2.grad, h.grad, W1.grad, b1.grad
"""
