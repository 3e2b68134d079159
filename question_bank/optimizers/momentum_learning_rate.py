r"""Matching the step of SGD under momentum

<story> accumulates gradients:

$$v \leftarrow \beta v + g,\qquad \theta \leftarrow \theta - \eta v$$

with $\beta = <beta>$ and $\eta = <lr>$. On a long slope the gradient $g$ stays the same for very many updates.

By which factor $k$ is each step then, in the end, longer than a step $\eta g$ of plain SGD? Which learning rate $\eta'$ would plain SGD need to
make steps as long?
"""

from dlexam import by_level, grid, one_of, step

about = dict(minutes=4, tags=["momentum", "learning rate"], symbols=dict(lr=r"\eta"))

given = dict(
    lr=by_level(grid(0.01, 0.5, by=0.01), grid(0.01, 0.2, by=0.01), grid(0.001, 0.05, by=0.001)),
    beta=by_level(one_of(0.5, 0.6, 0.75, 0.8, 0.9, 0.95, 0.96, 0.98), grid(0.6, 0.98, by=0.02), grid(0.85, 0.995, by=0.005)),
)

words = dict(
    story=one_of("SGD with momentum", "An optimiser with momentum", "The momentum optimiser of a framework", "SGD with classical momentum"),
)


@step(symbol="k", marks=1)
def scale(beta):
    r"""The velocity grows to $g + \beta g + \beta^2 g + \dots$, a geometric series."""
    return 1 / (1 - beta)


@scale.mistake()
def one_update_back(beta):
    r"""You counted the new gradient and one before it; the older ones act, too: $1 + \beta + \beta^2 + \dots$"""
    return 1 + beta


@scale.mistake()
def one_over_beta(beta):
    r"""You divided by $\beta$; the series $1 + \beta + \beta^2 + \dots$ is $\frac{1}{1 - \beta}$."""
    return 1 / beta


@step(symbol=r"\eta'", marks=1)
def lr_scaled(lr, scale):
    r"""Plain SGD moves by $\eta' g$, so its learning rate must be larger by the same factor."""
    return lr * scale


@lr_scaled.mistake()
def multiplied_by_one_minus_beta(lr, beta):
    r"""You multiplied by $1 - \beta$. That is the other way round: momentum's steps are longer, so plain SGD needs a larger learning rate."""
    return lr * (1 - beta)


pytorch = """
import torch

theta = torch.tensor(0.0, dtype=torch.float64)
optimizer = torch.optim.SGD([theta], lr=<lr>, momentum=<beta>)
for _ in range(5000):  # a steady gradient of 1, until the velocity has settled
    before = theta.clone()
    theta.grad = torch.tensor(1.0, dtype=torch.float64)
    optimizer.step()
lr_scaled = (before - theta).item()
scale = lr_scaled / <lr>
"""
