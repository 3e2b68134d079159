r"""RMSprop

<story> $\theta = <theta>$; the moving average of the squared gradients is $v = <v>$. The new gradient is $g = <g>$.

Make one RMSprop update with the learning rate $\eta = <lr>$, $\beta = <beta>$ and $\epsilon = <eps>$, which is added outside the root.
There is no bias correction. Give the new average $v'$ and <new> $\theta'$. <entries>
"""

from numpy import ndim, sqrt

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=5, tags=["rmsprop", "adaptive learning rate"])


def round_v(g):
    """Averages with which the new one is a square (beta = 0.5)."""
    return one_of(*[2 * r * r - g * g for r in range(1, 7) if 2 * r * r > g * g and r != abs(g)])


given = dict(
    theta=by_level(integers(-5, 5, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]), array(2, grid(-1, 1, by=0.1, but_not=[0]))),
    g=by_level(integers(-6, 6, but_not=[-1, 0, 1]), grid(-2, 2, by=0.1, but_not=[0]), array(2, grid(-3, 3, by=0.1, but_not=[0]))),
    v=lambda g, level: round_v(g) if level == 1 else by_level(0, grid(0.6, 4, by=0.1), array(2, grid(0.6, 6, by=0.1)))(level),
    lr=by_level(one_of(0.1, 0.2, 0.5), one_of(0.05, 0.1, 0.2), one_of(0.05, 0.1)),
    beta=by_level(0.5, one_of(0.8, 0.9), one_of(0.9, 0.95)),
    eps=by_level(0, 1e-8, 1e-8),
)

words = dict(
    weights=lambda theta: "weights are" if ndim(theta) else "weight is",
    story=one_of("A model's <weights>", "A recurrent network is trained with RMSprop. At present the <weights>", "After some updates with RMSprop, the <weights>"),
    new=lambda theta: "the new weights" if ndim(theta) else "the new weight",
    entries=lambda theta: "All operations work entry by entry." if ndim(theta) else "",
)


@step(symbol="v'", marks=1)
def v_new(beta, v, g):
    """The moving average of the squared gradients forgets old ones slowly."""
    return beta * v + (1 - beta) * g**2


@v_new.mistake()
def not_squared(beta, v, g):
    r"""You used $|g|$ without the square; $v$ averages $g^2$."""
    return beta * v + (1 - beta) * abs(g)


@v_new.mistake()
def accumulated_like_adagrad(v, g):
    r"""You added up the squares, as Adagrad does; RMSprop averages them with the shares $\beta$ and $1 - \beta$."""
    return v + g**2


@v_new.mistake(when=lambda beta: beta != 0.5)
def weights_swapped(beta, v, g):
    r"""The old average keeps the share $\beta = <beta>$; you gave that share to the new gradient."""
    return (1 - beta) * v + beta * g**2


@step(symbol=r"\theta'", marks=2)
def theta_new(theta, lr, g, v_new, eps):
    """Divided by its typical size, the gradient gives steps of about the same length in every direction."""
    return theta - lr * g / (sqrt(v_new) + eps)


@theta_new.mistake(keeps=0.5)
def no_square_root(theta, lr, g, v_new, eps):
    """You divided by the average itself; divide by its square root."""
    return theta - lr * g / (v_new + eps)


@theta_new.mistake(keeps=0.5)
def old_average(theta, lr, g, v, eps):
    """You divided by the root of the old average; it takes in the new gradient first."""
    return theta - lr * g / (sqrt(v) + eps)


@theta_new.mistake()
def plain_step(theta, lr, g):
    r"""This is a step of plain gradient descent; RMSprop divides it by $\sqrt{v'} + \epsilon$."""
    return theta - lr * g


pytorch = """
import torch

theta, v, g = (torch.tensor(a, dtype=torch.float64) for a in (<theta>, <v>, <g>))
optimizer = torch.optim.RMSprop([theta], lr=<lr>, alpha=<beta>, eps=<eps>)
optimizer.state[theta] = {"step": torch.tensor(5.0), "square_avg": v}
theta.grad = g
optimizer.step()  # updates theta and v in place
theta_new, v_new = theta, v
"""
