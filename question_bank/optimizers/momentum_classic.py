r"""Classical (heavy-ball) momentum

<story> $\theta = <theta>$ with the velocity $v = <v>$. The gradient there is $g = <g>$. The learning rate is
$\eta = <lr>$, the momentum coefficient $\mu = <mu>$.

The velocity is the step itself, and points downhill:

$$v' = \mu v - \eta g,\qquad \theta' = \theta + v'$$

Make one update.
"""

from numpy import ndim

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=4, tags=["momentum"])

given = dict(
    theta=by_level(integers(-9, 9, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]), array(3, grid(-1, 1, by=0.1, but_not=[0]))),
    v=by_level(integers(-6, 6, but_not=[0]), grid(-0.5, 0.5, by=0.05, but_not=[0]), array(3, grid(-0.5, 0.5, by=0.05, but_not=[0]))),
    g=by_level(integers(-8, 8, but_not=[0]), grid(-2, 2, by=0.1, but_not=[0]), array(3, grid(-2, 2, by=0.1, but_not=[0]))),
    lr=by_level(one_of(0.1, 0.5), one_of(0.05, 0.1, 0.2), one_of(0.02, 0.05, 0.1)),
    mu=by_level(0.5, one_of(0.8, 0.9), one_of(0.85, 0.9, 0.95)),
)

words = dict(
    weights=lambda theta: "weights are at" if ndim(theta) else "weight is at",
    story=one_of("Training rolls down the loss like a heavy ball. The <weights>", "Heavy-ball momentum trains a model. Its <weights>", "A network's <weights>"),
)


@step(symbol="v'", marks=1)
def v_new(mu, v, lr, g):
    """Friction leaves a share of the old velocity; the gradient accelerates downhill."""
    return mu * v - lr * g


@v_new.mistake(keeps=0.5)
def averaged_gradient(mu, v, lr, g):
    r"""You multiplied the gradient by $1 - \mu$. That belongs to the moving-average form; here the gradient counts in full."""
    return mu * v - lr * (1 - mu) * g


@v_new.mistake()
def gradient_added(mu, v, lr, g):
    r"""You added $\eta g$; this velocity points downhill, so subtract it."""
    return mu * v + lr * g


@v_new.mistake()
def learning_rate_on_both(mu, v, lr, g):
    r"""You multiplied the old velocity by $\eta$, too; it is a step already."""
    return lr * (mu * v - g)


@step(symbol=r"\theta'", marks=1)
def theta_new(theta, v_new):
    """The velocity is the whole step: add it."""
    return theta + v_new


@theta_new.mistake()
def velocity_subtracted(theta, v_new):
    """You subtracted the velocity; its minus sign is in it already, so add it."""
    return theta - v_new


@theta_new.mistake()
def old_velocity_used(theta, v):
    """You moved by the old velocity; move by the new one."""
    return theta + v


pytorch = """
import torch

theta, v, g = (torch.tensor(a, dtype=torch.float64) for a in (<theta>, <v>, <g>))
optimizer = torch.optim.SGD([theta], lr=<lr>, momentum=<mu>)
optimizer.state[theta]["momentum_buffer"] = -v / <lr>  # PyTorch keeps the velocity as -v / lr
theta.grad = g
optimizer.step()
theta_new, v_new = theta, -<lr> * optimizer.state[theta]["momentum_buffer"]
"""
