r"""Dead ReLU units

<story> A layer of <units> ReLU units sees a batch of <samples> samples, the rows of $X$. Each row of $W$ holds the weights of one unit, and $b$ holds the biases:

$$X = <X>,\quad W = <W>,\quad b = <b>$$

Compute the pre-activations $Z$ and the activations $A$, with one row per sample and one column per unit. A unit is dead on this batch if its pre-activation is at most 0 for every sample. How many units are dead?
"""

from numpy import maximum

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import bracketed, products

about = dict(minutes=8, tags=["relu", "dead units"], decimals=2)

given = dict(
    samples=by_level(3, 3, 4),
    n=by_level(2, 2, 3),
    units=by_level(3, 3, 4),
    X=lambda samples, n, level: array((samples, n), by_level(integers(0, 3), integers(-1, 3), grid(-1, 2, by=0.5))(level)),
    W=lambda units, n, level: array((units, n), by_level(integers(-2, 2), integers(-3, 3), grid(-2, 2, by=0.5))(level)),
    # biases that have drifted below zero are what kills units
    b=lambda units, level: array(units, by_level(integers(-4, 2, but_not=[0]), integers(-5, 2, but_not=[0]), grid(-3, 1, by=0.5, but_not=[0]))(level)),
)

words = dict(
    story=one_of(
        "After a training step with a large learning rate, some units may have stopped learning.",
        "The training loss no longer falls, and dead units are suspected.",
        "A unit that never fires gets no gradient.",
    )
)


@step(symbol="Z", marks=3, tex=r"X W^\top + b")
def preactivations(X, W, b):
    """Each sample meets each unit's weights; then every unit adds its bias, to each row alike."""
    return X @ W.T + b


@preactivations.working
def first_sample(X, W, b, preactivations):
    units = zip(W.tolist(), b.tolist(), preactivations[0].tolist())
    return [rf"$Z_{{1{j}}} = {products(X[0].tolist(), w)} + {bracketed(bias)} = {tex(z)}$" for j, (w, bias, z) in enumerate(units, 1)][:4]


@preactivations.mistake()
def bias_forgotten(X, W):
    """You left out the biases; each unit adds its own."""
    return X @ W.T


@step(symbol="A", marks=1)
def activations(preactivations):
    """ReLU keeps what is positive."""
    return maximum(0, preactivations)


@activations.mistake()
def absolute_value(preactivations):
    """You dropped the minus signs; ReLU makes negative pre-activations 0."""
    return abs(preactivations)


@step(symbol=r"\text{dead units}", marks=2, proves=False, tex=r"\text{number of columns of } Z \text{ without a positive entry}")
def dead(preactivations):
    """A unit is dead only if no sample at all makes it fire: then its gradient is 0 for the whole batch."""
    return int((preactivations <= 0).all(axis=0).sum())


@dead.mistake()
def one_sample_only(preactivations):
    """You counted each unit that is inactive for at least one sample; a dead unit is inactive for *every* sample."""
    return int((preactivations <= 0).any(axis=0).sum())


pytorch = """
import torch

X, W = torch.tensor(<X>, dtype=torch.float64), torch.tensor(<W>, dtype=torch.float64)
b = torch.tensor(<b>, dtype=torch.float64, requires_grad=True)
preactivations = torch.nn.functional.linear(X, W, b)
activations = torch.relu(preactivations)
activations.sum().backward()
dead = int((b.grad == 0).sum())  # no gradient reaches a dead unit
preactivations, activations = preactivations.detach(), activations.detach()
"""
