r"""Backpropagation through a chain of scalar layers

<story> Each of its $T = <depth>$ layers has a single unit, without a bias:

$$a_0 = x,\qquad a_t = \sigma(w_t\, a_{t-1}) \quad (t = 1, \dots, T),\qquad L = \frac{1}{2} (a_T - y)^2$$

with the sigmoid $\sigma(z) = 1 / (1 + e^{-z})$. The weights are $w = <w>$, in the order of the layers, the input is $x = <x>$ and the target is $y = <y>$.

Compute the activations $a = (a_1, \dots, a_T)$, the loss $L$ and its gradients with respect to the weights $w_1, \dots, w_T$, in this order.
"""

from numpy import append, cumprod

from dlexam import array, by_level, grid, one_of, step
from dlexam.engine import sigmoid
from dlexam.figures import computation_graph
from dlexam.kinds import number
from dlexam.working import bracketed

about = dict(minutes=10, tags=["backpropagation", "chain rule"], decimals=5, symbols=dict(w="w", x="x", y="y"))

given = dict(
    n=by_level(2, 3, 4),
    w=lambda n, level: array(n, by_level(one_of(-2, -1, 1, 2), grid(-2, 2, by=0.5, but_not=[0]), one_of(*(sign * size / 4 for sign in (-1, 1) for size in range(4, 13))))(level)),
    x=by_level(grid(-2, 2, by=0.5, but_not=[0]), grid(-1.5, 1.5, by=0.5, but_not=[0]), grid(-1.5, 1.5, by=0.1, but_not=[0])),
    y=by_level(one_of(0, 1), one_of(0, 1), one_of(0, 0.1, 0.9, 1)),
)

words = dict(
    story=one_of(
        "A chain shows best how gradients flow through a deep network.",
        "A very narrow deep network is trained on one example.",
        "Take the narrowest deep network there is.",
    ),
)


def backwards(factors):
    """The products of the factors from each place to the end."""
    return cumprod(factors[::-1])[::-1]


def figure(w):
    n = len(w)
    nodes = ["x", *(f"a_{k}" for k in range(1, n + 1)), "L"]
    labels = [f"w_{k}" for k in range(1, n + 1)] + [""]
    return computation_graph(nodes, list(zip(nodes, nodes[1:], labels)), pitch=(80, 50))


@step(symbol="T")
def depth(w):
    return len(w)


@step(symbol="a", marks=2, scan="w", start="x")
def a(state, w):
    """Forwards: each layer multiplies the value before it with its weight and applies the sigmoid."""
    return sigmoid(w * state)


@a.mistake(when=lambda x, w: abs(x * cumprod(w)).max() < 5)
def activation_forgotten(state, w):
    r"""You left out the sigmoid: $a_t = \sigma(w_t a_{t-1})$."""
    return w * state


@step(symbol="L", marks=1)
def loss(a, y):
    """The loss looks at the last activation."""
    return (a[-1] - y) ** 2 / 2


@step(symbol="s")
def slopes(a):
    r"""Each sigmoid has the slope $\sigma'(z_t) = a_t (1 - a_t)$."""
    return a * (1 - a)


@step(symbol=r"\delta", tex=r"(\delta_1, \dots, \delta_T) \;\text{ with }\; \delta_T = (a_T - y)\, s_T,\;\; \delta_t = \delta_{t+1}\, w_{t+1}\, s_t")
def delta(a, y, w, slopes):
    r"""Backwards, from the last layer to the first: $\delta_t = \partial L / \partial z_t$ with $z_t = w_t a_{t-1}$. On the way back the error is multiplied by the weight of the later layer and by the slope of the sigmoid before it."""
    return (a[-1] - y) * backwards(slopes * append(w[1:], 1))


@delta.working
def layer_by_layer(a, y, w, slopes, delta):
    n = len(w)
    d, s, v = ([bracketed(e, 5) for e in values] for values in (delta, slopes, w))
    yield rf"$\delta_{{{n}}} \approx ({number.tex(a[-1], 5)} - {number.tex(y)}) \cdot {s[-1]} \approx {number.tex(delta[-1], 5)}$"
    for k in range(n - 1, 0, -1):
        yield rf"$\delta_{{{k}}} \approx {d[k]} \cdot {v[k]} \cdot {s[k - 1]} \approx {number.tex(delta[k - 1], 5)}$"


@delta.mistake(keeps=0.5)
def later_weights_forgotten(a, y, slopes):
    r"""You left out the weights of the later layers; on the way back through layer $t$ the error is multiplied by $w_t$."""
    return (a[-1] - y) * backwards(slopes)


@delta.mistake(keeps=0.5)
def activation_derivative_forgotten(a, y, w):
    r"""You left out the slopes of the sigmoids; every layer on the way back contributes $a_t (1 - a_t)$."""
    return (a[-1] - y) * backwards(append(w[1:], 1))


@step(symbol=r"\frac{\partial L}{\partial w}", marks=3, gradient_of=("loss", "w"), tex=r"\left(\delta_1\, x,\; \delta_2\, a_1,\; \dots,\; \delta_T\, a_{T-1}\right)")
def dw(delta, a, x):
    """Each weight acts through the value that it is multiplied with: the input, or the activation before it."""
    return delta * append(x, a[:-1])


@dw.working
def each_weight(delta, a, x, dw):
    for k, (d, i, g) in enumerate(zip(delta, append(x, a[:-1]), dw), 1):
        yield rf"$\frac{{\partial L}}{{\partial w_{{{k}}}}} \approx {bracketed(d, 5)} \cdot {bracketed(i, 5)} \approx {number.tex(g, 5)}$"


@dw.mistake(keeps=0.5)
def input_forgotten(delta):
    r"""You gave $\partial L / \partial z_t$; for the weight, multiply by the value that comes in, $a_{t-1}$."""
    return delta


@dw.mistake(keeps=0.5)
def own_activation(delta, a):
    r"""You multiplied by the activation of the layer itself; $w_t$ is multiplied with $a_{t-1}$, the value before it."""
    return delta * a


pytorch = """
import torch

w = torch.tensor(<w>, dtype=torch.float64, requires_grad=True)
a = [torch.tensor(<x>, dtype=torch.float64)]
for weight in w:
    a.append(torch.sigmoid(weight * a[-1]))
a = torch.stack(a[1:])
loss = (a[-1] - <y>) ** 2 / 2
loss.backward()
dw = w.grad
"""
