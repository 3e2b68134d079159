r"""SGD with momentum (moving average)

<story> $\theta = <theta>$ and $v = <v>$, and the gradient of the new mini-batch is $g = <g>$. The learning rate is $\eta = <lr>$, the
decay factor $\beta = <beta>$.

Here the momentum $v$ is a moving average of the gradients, without bias correction:

$$v' = \beta v + (1 - \beta) g,\qquad \theta' = \theta - \eta v'$$

Make one update.
"""

from numpy import ndim

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=4, tags=["momentum", "stochastic gradient descent"])

given = dict(
    theta=by_level(integers(-9, 9, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]), array(3, grid(-1, 1, by=0.1, but_not=[0]))),
    v=by_level(integers(-6, 6, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]), array(3, grid(-1, 1, by=0.1, but_not=[0]))),
    g=by_level(integers(-8, 8, but_not=[0]), grid(-2, 2, by=0.1, but_not=[0]), array(3, grid(-2, 2, by=0.1, but_not=[0]))),
    lr=by_level(one_of(0.1, 0.5), one_of(0.05, 0.1, 0.2), one_of(0.02, 0.05, 0.1)),
    beta=by_level(one_of(0.5, 0.75), one_of(0.8, 0.9), one_of(0.85, 0.9, 0.95)),
)

words = dict(
    weights=lambda theta: f"{len(theta)} weights" if ndim(theta) else "one weight",
    story=one_of("A model with <weights> is trained by SGD with momentum. At present", "SGD with momentum trains a model with <weights>. Now", "After some mini-batches, a model with <weights> is at"),
)


@step(symbol="v'", marks=1)
def v_new(beta, v, g):
    """The average smooths out the noise of single mini-batches."""
    return beta * v + (1 - beta) * g


@v_new.mistake(when=lambda beta: beta != 0.5)
def weights_swapped(beta, v, g):
    r"""The old average keeps the share $\beta = <beta>$; you gave that share to the new gradient."""
    return (1 - beta) * v + beta * g


@v_new.mistake(keeps=0.5)
def no_average(beta, v, g):
    r"""You left out the factor $1 - \beta$. That is PyTorch's form, which adds up gradients; the question uses the average."""
    return beta * v + g


@step(symbol=r"\theta'", marks=1)
def theta_new(theta, lr, v_new):
    """Step against the average instead of the gradient."""
    return theta - lr * v_new


@theta_new.mistake()
def old_velocity_used(theta, lr, v):
    """You stepped along the old average; use the new one, which knows the new gradient."""
    return theta - lr * v


@theta_new.mistake()
def gradient_used(theta, lr, g):
    """You stepped along the gradient, as plain SGD does; momentum steps along the average."""
    return theta - lr * g


@theta_new.mistake()
def ascent(theta, lr, v_new):
    """You added the average, which points uphill; subtract it."""
    return theta + lr * v_new


pytorch = """
import torch

theta, v, g = (torch.tensor(a, dtype=torch.float64) for a in (<theta>, <v>, <g>))
v_new = torch.lerp(v, g, 1 - <beta>)
optimizer = torch.optim.SGD([theta], lr=<lr>, momentum=<beta>)  # PyTorch's buffer is beta * buffer + gradient
optimizer.state[theta]["momentum_buffer"] = v
theta.grad = (1 - <beta>) * g
optimizer.step()
theta_new = theta
"""
