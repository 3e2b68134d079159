r"""Adagrad

<story> $\theta = <theta>$; the squared gradients so far add up to $G = <G>$. The new gradient is $g = <g>$.

Make one Adagrad update with the learning rate $\eta = <lr>$ and $\epsilon = <eps>$, which is added outside the root.
Give the new sum $G'$ and <new> $\theta'$. <entries>
"""

from numpy import ndim, sqrt

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=5, tags=["adagrad", "adaptive learning rate"])


def round_sum(g):
    """Sums with which G + g^2 is a square."""
    return one_of(*[r * r - g * g for r in range(2, 9) if r > abs(g)])


given = dict(
    theta=by_level(integers(-5, 5, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]), array(2, grid(-1, 1, by=0.1, but_not=[0]))),
    g=by_level(integers(-6, 6, but_not=[-1, 0, 1]), grid(-2, 2, by=0.1, but_not=[0]), array(2, grid(-3, 3, by=0.1, but_not=[0]))),
    G=lambda g, level: round_sum(g) if level == 1 else by_level(0, grid(0.5, 6, by=0.1), array(2, grid(0.5, 9, by=0.1)))(level),
    lr=by_level(one_of(0.1, 0.2, 0.5), one_of(0.05, 0.1, 0.5), one_of(0.05, 0.1, 0.2)),
    eps=by_level(0, 1e-8, 1e-8),
)

words = dict(
    weights=lambda theta: "weights are" if ndim(theta) else "weight is",
    story=one_of("A model's <weights>", "A word-embedding model is trained with Adagrad. At present the <weights>", "After some updates with Adagrad, the <weights>"),
    new=lambda theta: "the new weights" if ndim(theta) else "the new weight",
    entries=lambda theta: "All operations work entry by entry." if ndim(theta) else "",
)


@step(symbol="G'", marks=1)
def G_new(G, g):
    """Adagrad remembers every gradient: it adds up their squares and forgets nothing."""
    return G + g**2


@G_new.mistake()
def not_squared(G, g):
    r"""You added $|g|$ without the square; $G$ adds up $g^2$."""
    return G + abs(g)


@G_new.mistake()
def averaged_like_rmsprop(G, g):
    """You took a moving average with the factor 0.9, as RMSprop does; Adagrad adds up."""
    return 0.9 * G + 0.1 * g**2


@step(symbol=r"\theta'", marks=2)
def theta_new(theta, lr, g, G_new, eps):
    """Where the gradients so far were large, the step is small, and the other way round."""
    return theta - lr * g / (sqrt(G_new) + eps)


@theta_new.mistake(keeps=0.5)
def no_square_root(theta, lr, g, G_new, eps):
    """You divided by the sum itself; divide by its square root."""
    return theta - lr * g / (G_new + eps)


@theta_new.mistake(keeps=0.5)
def old_accumulator(theta, lr, g, G, eps):
    """You divided by the old sum; it takes in the new gradient first."""
    return theta - lr * g / (sqrt(G) + eps)


@theta_new.mistake()
def plain_step(theta, lr, g):
    r"""This is a step of plain gradient descent; Adagrad divides it by $\sqrt{G'} + \epsilon$."""
    return theta - lr * g


pytorch = """
import torch

theta, G, g = (torch.tensor(a, dtype=torch.float64) for a in (<theta>, <G>, <g>))
optimizer = torch.optim.Adagrad([theta], lr=<lr>, eps=<eps>)
optimizer.state[theta]["sum"] = G
theta.grad = g
optimizer.step()  # updates theta and G in place
theta_new, G_new = theta, G
"""
