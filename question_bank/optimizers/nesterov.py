r"""Nesterov momentum

<story> <J> with $a = <a>$ by Nesterov momentum. At present <weights> $\theta = <theta>$ and the velocity $v = <v>$.
The learning rate is $\eta = <lr>$, the momentum coefficient $\mu = <mu>$.

An update first looks ahead, and takes the gradient there:

$$\tilde{\theta} = \theta + \mu v,\quad g = \nabla J(\tilde{\theta}),\quad v' = \mu v - \eta g,\quad \theta' = \theta + v'$$

Make one update.
"""

from numpy import ndim

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=5, tags=["nesterov", "momentum"])

given = dict(
    theta=by_level(integers(-9, 9, but_not=[0]), grid(-3, 3, by=0.2, but_not=[0]), array(2, grid(-3, 3, by=0.1, but_not=[0]))),
    v=by_level(integers(-4, 4, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]), array(2, grid(-1, 1, by=0.1, but_not=[0]))),
    a=by_level(integers(2, 6), grid(0.5, 3, by=0.5, but_not=[1]), lambda: array(2, one_of(0.5, 2, 3, 5, 8), distinct=True)),
    lr=by_level(one_of(0.1, 0.2), one_of(0.05, 0.1, 0.2), one_of(0.02, 0.05)),
    mu=by_level(0.5, one_of(0.8, 0.9), one_of(0.85, 0.9, 0.95)),
)

words = dict(
    J=lambda theta: r"$J(\theta) = \frac{1}{2} \sum_i a_i \theta_i^2$" if ndim(theta) else r"$J(\theta) = \frac{1}{2} a\, \theta^2$",
    weights=lambda theta: "the weights are" if ndim(theta) else "the weight is",
    story=one_of("You minimise the loss", "Near its minimum a loss is well described by a quadratic. You minimise", "You minimise the quadratic loss"),
)


@step(symbol=r"\tilde{\theta}", marks=1)
def lookahead(theta, mu, v):
    """The velocity will carry the weights on in any case, so go there first."""
    return theta + mu * v


@lookahead.mistake()
def velocity_sign(theta, mu, v):
    r"""You looked backwards; in this form the velocity is added, $\theta + \mu v$."""
    return theta - mu * v


@step
def loss(a, lookahead):
    return (a * lookahead**2 / 2).sum() if ndim(lookahead) else a * lookahead**2 / 2


@step(symbol="g", marks=1, gradient_of=("loss", "lookahead"))
def g(a, lookahead):
    r"""The derivative of $\frac{1}{2} a \theta^2$ is $a \theta$; take it at the look-ahead point."""
    return a * lookahead


@g.mistake()
def gradient_at_theta(a, theta):
    r"""You took the gradient at $\theta$, as plain momentum does; Nesterov takes it at the look-ahead point $\tilde{\theta}$."""
    return a * theta


@step(symbol="v'", marks=1)
def v_new(mu, v, lr, g):
    """Keep a share of the old velocity, and accelerate downhill."""
    return mu * v - lr * g


@v_new.mistake()
def gradient_added(mu, v, lr, g):
    r"""You added $\eta g$ to the velocity; here the velocity points downhill, so subtract it."""
    return mu * v + lr * g


@step(symbol=r"\theta'", marks=1)
def theta_new(theta, v_new):
    r"""Move by the new velocity, from $\theta$ and not from the look-ahead point."""
    return theta + v_new


@theta_new.mistake()
def moved_from_lookahead(lookahead, v_new):
    r"""You moved from the look-ahead point; it serves for the gradient only. Start from $\theta$."""
    return lookahead + v_new


@theta_new.mistake()
def pytorch_form(theta, mu, v_new, lr, g):
    r"""You moved by $\mu v' - \eta g$. That is PyTorch's form, which stores the look-ahead point; here $\theta' = \theta + v'$."""
    return theta + mu * v_new - lr * g


pytorch = """
import torch

theta, v, a = (torch.tensor(x, dtype=torch.float64) for x in (<theta>, <v>, <a>))
w = (theta + <mu> * v).requires_grad_()  # PyTorch keeps the look-ahead point, and v as -lr * buffer
lookahead = w.detach().clone()
optimizer = torch.optim.SGD([w], lr=<lr>, momentum=<mu>, nesterov=True)
optimizer.state[w]["momentum_buffer"] = -v / <lr>
(a * w**2 / 2).sum().backward()
optimizer.step()
g = w.grad
v_new = -<lr> * optimizer.state[w]["momentum_buffer"]
theta_new = w.detach() - <mu> * v_new
"""
