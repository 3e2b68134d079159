r"""Backpropagation with ReLU and softmax cross-entropy

<story> It has <sizes>:

$$h = \operatorname{ReLU}(W_1 x + b_1),\qquad z_2 = W_2 h + b_2,\qquad p = \operatorname{softmax}(z_2)$$

The loss is the cross-entropy $L = -\ln p_c$, where $c$ is the true class; classes are counted from 0. For the input $x = <x>$ the true class is
$c = <target>$. The parameters, with one row of weights per unit, are

$$W_1 = <W1>,\qquad b_1 = <b1>,$$

$$W_2 = <W2>,\qquad b_2 = <b2>.$$

Compute $h$, $p$ and $L$, and then the gradients of $L$ with respect to $z_2$, $W_2$, $b_2$, $W_1$ and $b_1$.
"""

from numpy import log, log10, outer

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import one_hot, relu, relu_derivative, softmax
from dlexam.figures import network
from dlexam.kinds import number
from dlexam.working import bracketed, equals, products

about = dict(
    minutes=15,
    tags=["backpropagation", "relu", "softmax", "cross-entropy"],
    decimals=4,
    symbols=dict(x="x", W1="W_1", b1="b_1", W2="W_2", b2="b_2", target="c", dh=r"\frac{\partial L}{\partial h}", dz1=r"\frac{\partial L}{\partial z_1}"),
)


def some_silent(x, rows, domain, random):
    """Weights with which some units are silent and others active; the small biases change no sign."""
    entries = array((rows, len(x)), domain)
    while True:
        W = entries.draw(random)
        z = W @ x
        if abs(z).min() > 0.5 and z.min() < 0 < z.max() < 2.5:
            return W


given = dict(
    n_in=by_level(2, 2, 3),
    n_hidden=by_level(2, 3, 3),
    classes=by_level(2, 2, 3),
    x=lambda n_in, level: array(n_in, by_level(one_of(1, 2), integers(-2, 3, but_not=[0]), grid(-2, 2, by=0.5, but_not=[0]))(level)),
    W1=lambda x, n_hidden, level, random: some_silent(
        x, n_hidden, by_level(one_of(-2, -1, 1, 2), grid(-0.9, 0.9, by=0.1, but_not=[0]), grid(-1, 1, by=0.2, but_not=[0]))(level), random
    ),
    b1=lambda W1, level: array(len(W1), by_level(one_of(-0.5, 0.5), grid(-0.3, 0.3, by=0.1), grid(-0.4, 0.4, by=0.1))(level)),
    W2=lambda classes, W1, level: array((classes, len(W1)), by_level(grid(-0.6, 0.6, by=0.2, but_not=[0]), grid(-1.2, 1.2, by=0.2, but_not=[0]), grid(-1.5, 1.5, by=0.1, but_not=[0]))(level), distinct=True),
    b2=lambda W2, level: array(len(W2), by_level(one_of(0, 1), grid(-0.3, 0.3, by=0.1), grid(-0.5, 0.5, by=0.1))(level)),
    target=lambda b2: integers(0, len(b2) - 1),
)

words = dict(
    sizes=lambda W1, W2: f"{W1.shape[1]} inputs, {len(W1)} hidden units with ReLU and a softmax over {len(W2)} classes",
    story=one_of(
        "A small network sorts fruit by a few measurements.",
        "A small network tells apart the sounds of machines.",
        "A small network at the end of an image classifier is trained on one example.",
        "A small network sorts e-mails by a few counts of words.",
    )
)


def figure(W1, W2):
    return network([W1.shape[1], W1.shape[0], W2.shape[0]], "xhp")


@step(symbol="z_1")
def z1(W1, x, b1):
    """Forwards: each hidden unit weighs the inputs and adds its bias."""
    return W1 @ x + b1


@z1.working
def first_unit(W1, x, b1, z1):
    return rf"First unit: ${products(W1[0], x)} + {bracketed(b1[0])} = {number.tex(z1[0], 4)}$"


@step(symbol="h", marks=2)
def h(z1):
    """ReLU passes positive values on and stops the others."""
    return relu(z1)


@h.mistake()
def relu_forgotten(z1):
    """You left out the ReLU: a hidden unit never passes on a negative value."""
    return z1


@step(symbol="z_2")
def z2(W2, h, b2):
    """The output layer weighs the hidden values; its results are the logits."""
    return W2 @ h + b2


@step(symbol="p", marks=2)
def p(z2):
    r"""Softmax: exponentials make the logits positive, division by their sum makes them add up to 1."""
    return softmax(z2)


@p.working
def first_class(z2, p):
    exponentials = [f"e^{{{number.tex(z, 4)}}}" for z in z2]
    return rf"Class 0: ${exponentials[0]} / ({' + '.join(exponentials)}) {equals(p[0], 4)}$"


@step(symbol="L", marks=1)
def loss(p, target):
    """The cross-entropy looks only at the probability of the true class."""
    return -log(p[target])


@loss.mistake(keeps=0.5)
def logarithm_base_10(p, target):
    r"""You took the logarithm to the base 10; the loss uses the natural logarithm $\ln$."""
    return -log10(p[target])


@step(symbol="y", tex=r"\text{one-hot}(<target>)")
def y(target, p):
    """The true class as a one-hot vector: 1 at its place, 0 elsewhere."""
    return one_hot(target, len(p))


@step(symbol=r"\frac{\partial L}{\partial z_2}", marks=2, gradient_of=("loss", "z2"))
def dz2(p, y):
    """Backwards: the derivatives of softmax and cross-entropy together leave just the difference of prediction and target."""
    return p - y


@dz2.mistake()
def target_not_subtracted(p):
    """You passed the probabilities themselves back; subtract 1 at the true class."""
    return p


@dz2.mistake()
def sign_reversed(p, y):
    r"""You computed $y - p$; the gradient is $p - y$: raising the logit of the true class lowers the loss."""
    return y - p


@dz2.mistake(keeps=0.5)
def softmax_slope_added(p, y):
    """You multiplied by $p(1 - p)$ as well; the derivative of the softmax is already contained in $p - y$."""
    return (p - y) * p * (1 - p)


@step(symbol=r"\frac{\partial L}{\partial W_2}", marks=2, gradient_of=("loss", "W2"))
def dW2(dz2, h):
    """The gradient has the shape of $W_2$. Row $i$, column $j$: the error of output unit $i$ times the hidden value $h_j$ that this weight carries; the column of a silent unit is 0."""
    return outer(dz2, h)


@dW2.mistake(keeps=0.5)
def outer_transposed(dz2, h):
    r"""You built $h\,(p - y)^\top$; the gradient has the shape of $W_2$: rows are classes, columns are hidden units."""
    return outer(h, dz2)


@step(symbol=r"\frac{\partial L}{\partial b_2}", marks=1, gradient_of=("loss", "b2"))
def db2(dz2):
    """A bias acts like a weight with the input 1."""
    return dz2


@step(gradient_of=("loss", "h"))
def dh(W2, dz2):
    """The errors flow back along the same weights, so the transpose collects them at each hidden unit."""
    return W2.T @ dz2


@dh.working
def first_hidden(W2, dz2, dh):
    return rf"First unit: ${products(W2[:, 0], dz2, 4)} {equals(dh[0], 4)}$"


@dh.mistake(keeps=0.5, when=lambda W2: W2.shape[0] == W2.shape[1])
def weights_not_transposed(W2, dz2):
    r"""You used $W_2$; backwards the weights are transposed: $W_2^\top (p - y)$."""
    return W2 @ dz2


@step(symbol="g", tex=r"\begin{cases}1 & \text{if } z_1 > 0 \\ 0 & \text{otherwise}\end{cases}")
def gate(z1):
    """The slope of ReLU is 1 where the unit is active and 0 where it is silent ($z_1 < 0$)."""
    return relu_derivative(z1)


@step(gradient_of=("loss", "z1"))
def dz1(dh, gate):
    """At the silent units the error stops."""
    return dh * gate


@dz1.mistake(keeps=0.5)
def relu_gate_forgotten(dh):
    """You let the error pass through silent units; where $z_1 < 0$ the slope of ReLU is 0, so these rows are 0."""
    return dh


@step(symbol=r"\frac{\partial L}{\partial W_1}", marks=2, gradient_of=("loss", "W1"))
def dW1(dz1, x):
    """The gradient has the shape of $W_1$. Row $i$, column $j$: the error of hidden unit $i$ times the input $x_j$ that this weight carries."""
    return outer(dz1, x)


@step(symbol=r"\frac{\partial L}{\partial b_1}", marks=1, gradient_of=("loss", "b1"))
def db1(dz1):
    """The hidden biases act like weights with the input 1, too."""
    return dz1


pytorch = """
import torch

x = torch.tensor(<x>, dtype=torch.float64)
W1, b1, W2, b2 = (torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in (<W1>, <b1>, <W2>, <b2>))
h = torch.relu(torch.nn.functional.linear(x, W1, b1))
z2 = torch.nn.functional.linear(h, W2, b2)
z2.retain_grad()
loss = torch.nn.functional.cross_entropy(z2, torch.tensor(<target>))
loss.backward()
p = z2.softmax(0)
dz2, dW2, db2, dW1, db1 = z2.grad, W2.grad, b2.grad, W1.grad, b1.grad
"""
