r"""Adadelta

<story> $\theta = <theta>$. Adadelta keeps two moving averages: $G = <G>$ of the squared gradients, and $D = <D>$ of the
squared updates. The new gradient is $g = <g>$. Use $\rho = <rho>$ and $\epsilon = <eps>$. <distractor>

Make one update, in this order:

$$G' = \rho G + (1 - \rho) g^2,\quad \Delta = \frac{\sqrt{D + \epsilon}}{\sqrt{G' + \epsilon}}\, g,\quad D' = \rho D + (1 - \rho) \Delta^2,\quad \theta' = \theta - \Delta$$

<entries>
"""

from numpy import ndim, sqrt

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=7, tags=["adadelta", "adaptive learning rate"])


def round_G(g):
    """Averages with which the new one is a square (rho = 0.5)."""
    return one_of(*[2 * r * r - g * g for r in (1, 2, 4, 5, 8) if 2 * r * r > g * g and r != abs(g)])


given = dict(
    theta=by_level(integers(-5, 5, but_not=[0]), grid(-2, 2, by=0.1, but_not=[0]), array(2, grid(-2, 2, by=0.1, but_not=[0]))),
    g=by_level(integers(-6, 6, but_not=[-1, 0, 1]), grid(-2, 2, by=0.1, but_not=[0]), array(2, grid(-2, 2, by=0.1, but_not=[0]))),
    G=lambda g, level: round_G(g) if level == 1 else by_level(0, grid(0.6, 3, by=0.1), array(2, grid(0.6, 3, by=0.1)))(level),
    D=by_level(one_of(0.04, 0.16, 0.36, 1, 4), grid(0.02, 0.5, by=0.02), array(2, grid(0.02, 0.5, by=0.02))),
    rho=by_level(0.5, one_of(0.8, 0.9), one_of(0.9, 0.95)),
    eps=by_level(0, 1e-6, 1e-6),
    lr=one_of(0.4, 0.5, 0.6),
)

words = dict(
    weights=lambda theta: "weights are" if ndim(theta) else "weight is",
    story=one_of("A model's <weights>", "A speech recogniser is trained with Adadelta. At present the <weights>", "After some updates, the <weights>"),
    distractor=one_of(r"(Before, the model was trained by SGD with the learning rate $\eta = <lr>$.)", r"(The training script still has a line `lr = <lr>` from SGD.)"),
    entries=lambda theta: "All operations work entry by entry." if ndim(theta) else "",
)


@step(symbol="G'", marks=1)
def G_new(rho, G, g):
    """The average of the squared gradients takes in the new one."""
    return rho * G + (1 - rho) * g**2


@G_new.mistake()
def not_squared(rho, G, g):
    r"""You used $|g|$ without the square; $G$ averages $g^2$."""
    return rho * G + (1 - rho) * abs(g)


@step(symbol=r"\Delta", marks=2)
def delta(D, G_new, g, eps):
    """The typical size of the updates, over the typical size of the gradients, takes the place of a learning rate."""
    return sqrt(D + eps) / sqrt(G_new + eps) * g


@delta.mistake(keeps=0.5)
def no_square_root(D, G_new, g, eps):
    r"""You left out the square roots around $D + \epsilon$ and $G' + \epsilon$."""
    return (D + eps) / (G_new + eps) * g


@delta.mistake()
def learning_rate_added(D, G_new, g, eps, lr):
    r"""You multiplied by a learning rate; Adadelta has none, the quotient of the two roots stands in its place."""
    return lr * sqrt(D + eps) / sqrt(G_new + eps) * g


@step(symbol="D'", marks=1)
def D_new(rho, D, delta):
    """Only now does the average of the squared updates take in this one."""
    return rho * D + (1 - rho) * delta**2


@D_new.mistake()
def updates_not_accumulated(D):
    r"""You left $D$ as it was; it is a moving average of $\Delta^2$, too."""
    return D


@D_new.mistake()
def gradient_accumulated(rho, D, g):
    r"""You averaged $g^2$; $D$ averages the squared updates $\Delta^2$."""
    return rho * D + (1 - rho) * g**2


@step(symbol=r"\theta'", marks=1)
def theta_new(theta, delta):
    r"""$\Delta$ has the sign of the gradient, so subtract it."""
    return theta - delta


@theta_new.mistake()
def ascent(theta, delta):
    r"""You added $\Delta$, which climbs; subtract it."""
    return theta + delta


pytorch = """
import torch

theta, G, D, g = (torch.tensor(a, dtype=torch.float64) for a in (<theta>, <G>, <D>, <g>))
optimizer = torch.optim.Adadelta([theta], lr=1.0, rho=<rho>, eps=<eps>)  # a factor that the paper does not have
optimizer.state[theta] = {"step": torch.tensor(5.0), "square_avg": G, "acc_delta": D}
before = theta.clone()
theta.grad = g
optimizer.step()  # updates theta, G and D in place
G_new, delta, D_new, theta_new = G, before - theta, D, theta
"""
