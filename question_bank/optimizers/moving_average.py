r"""Exponential moving average and bias correction

<story> $g = <g>$. They are smoothed by an exponential moving average that starts at $v_0 = <v0>$ and has $\beta = <beta>$:

$$v_t = \beta v_{t-1} + (1 - \beta) g_t,\qquad \hat{v}_t = \frac{v_t}{1 - \beta^t}$$

Give all averages $v = (v_1, v_2, \dots)$ and all bias-corrected averages $\hat{v} = (\hat{v}_1, \hat{v}_2, \dots)$.
"""

from numpy import arange

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.figures_grid import equals
from dlexam.working import bracketed

about = dict(minutes=6, tags=["moving average", "bias correction"], decimals=4)

given = dict(
    g=by_level(array(2, integers(2, 20)), array(3, integers(5, 40)), array(4, grid(-3, 3, by=0.1, but_not=[0]))),
    beta=by_level(one_of(0.5, 0.75, 0.8), one_of(0.8, 0.9), one_of(0.7, 0.8, 0.9, 0.98)),
    v0=0,
)

words = dict(
    story=lambda level, random: random.choice(
        ("The gradients of a weight in the first updates are", "In the first updates, the derivatives of the loss with respect to one weight are")
        if level == 3
        else ("The temperatures of the first days of a record are", "The losses of the first mini-batches are", "A sensor's first readings are")
    ),
)


@step(symbol="v", marks=2, scan="g", start="v0")
def v(state, g, beta):
    r"""Each average keeps the share $\beta$ of the one before and takes the rest from the new value."""
    return beta * state + (1 - beta) * g


@v.mistake(when=lambda beta: beta != 0.5)
def weights_swapped(state, g, beta):
    r"""The old average keeps the share $\beta = <beta>$; you gave that share to the new value."""
    return (1 - beta) * state + beta * g


@v.mistake()
def accumulated(state, g, beta):
    r"""You left out the factor $1 - \beta$ of the new value, so the sum grows; an average has shares that add up to 1."""
    return beta * state + g


@step(symbol=r"\hat{v}", marks=2, tex=r"\frac{v_t}{1 - <beta>^t} \text{ for each } t")
def v_hat(v, beta):
    r"""The start at 0 pulls the first averages down; the shares so far add up to $1 - \beta^t$, so divide by that."""
    return v / (1 - beta ** arange(1, len(v) + 1))


@v_hat.mistake()
def no_correction(v):
    r"""You repeated $v_t$; divide it by $1 - \beta^t$."""
    return v


@v_hat.mistake(when=lambda g: len(g) > 1)
def same_power_everywhere(v, beta):
    r"""You divided every average by $1 - \beta$; the power grows with $t$: $1 - \beta^t$."""
    return v / (1 - beta)


@v_hat.working
def quotients(v, v_hat, beta):
    pairs = enumerate(zip(v.tolist(), v_hat.tolist()), 1)
    return [rf"$\hat{{v}}_{t} = {bracketed(a, 6)} / (1 - <beta>^{t})$ {equals(c, 4)}" for t, (a, c) in list(pairs)[:6]]


pytorch = """
import torch

g = torch.tensor(<g>, dtype=torch.float64)
t = torch.arange(1, len(g) + 1)
weights = (1 - <beta>) * torch.tril(<beta> ** (t[:, None] - t).double())  # value s has the weight (1 - beta) beta^(t-s) at time t
v = weights @ g + <v0> * <beta>**t
v_hat = v / weights.sum(dim=1)
"""
