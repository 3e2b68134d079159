r"""One gradient-descent step

<story> $\theta = <theta>$. There the gradient of the loss is $\nabla J(\theta) = <g>$. The learning rate is $\eta = <lr>$.

Make one step of gradient descent. What <becomes> $\theta'$?
"""

from numpy import ndim

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=3, tags=["gradient descent"], symbols=dict(g=r"\nabla J(\theta)"))

given = dict(
    theta=by_level(integers(-9, 9, but_not=[0]), grid(-2, 2, by=0.05, but_not=[0]), array(3, grid(-2, 2, by=0.05, but_not=[0]))),
    g=by_level(integers(-8, 8, but_not=[0]), grid(-4, 4, by=0.1, but_not=[0]), array(3, grid(-4, 4, by=0.1, but_not=[0]))),
    lr=by_level(one_of(0.1, 0.2, 0.5), one_of(0.01, 0.02, 0.05, 0.1, 0.3), one_of(0.003, 0.01, 0.02, 0.05)),
)

words = dict(
    weights=lambda theta: "weights are" if ndim(theta) else "weight is",
    becomes=lambda theta: "are the new weights" if ndim(theta) else "is the new weight",
    story=one_of("After 20 steps of training, a model's <weights>", "A model's <weights>", "A model is trained on a full batch. Its <weights>"),
)


@step(symbol=r"\theta'", marks=2)
def theta_new(theta, lr, g):
    """The gradient points uphill, so go a little way against it."""
    return theta - lr * g


@theta_new.mistake()
def ascent(theta, lr, g):
    """You added the gradient, which climbs; subtract it to go downhill."""
    return theta + lr * g


@theta_new.mistake()
def learning_rate_forgotten(theta, g):
    r"""You subtracted the whole gradient; multiply it by the learning rate $\eta = <lr>$ first."""
    return theta - g


@theta_new.mistake(keeps=0.5)
def change_only(lr, g):
    r"""This is the change $-\eta \nabla J(\theta)$; add it to $\theta$."""
    return -lr * g


pytorch = """
import torch

theta = torch.tensor(<theta>, dtype=torch.float64)
theta.grad = torch.tensor(<g>, dtype=torch.float64)
torch.optim.SGD([theta], lr=<lr>).step()
theta_new = theta
"""
