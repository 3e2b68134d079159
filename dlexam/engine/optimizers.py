"""One step of each optimiser, as a pure function of the parameter, its state and the gradient.

Each returns its new state and then the new parameter. Numbers and arrays both work. `t` counts the updates
from 1; `eps` is added outside the root, except in Adadelta, whose paper has it inside.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from dlexam.engine.linalg import Array, Real, l2_norm, square_root


def sgd(theta: Real, g: Real, lr: float) -> Real:
    """Gradient descent, theta - lr g (Robbins & Monro 1951; Goodfellow, algorithm 8.1)."""
    return theta - lr * g


def momentum(theta: Real, v: Real, g: Real, lr: float, beta: float) -> tuple[Real, Real]:
    """(v, theta): v is the moving average beta v + (1 - beta) g, theta moves by -lr v (Ng, CS230)."""
    v = beta * v + (1 - beta) * g
    return v, theta - lr * v


def momentum_classic(theta: Real, v: Real, g: Real, lr: float, mu: float) -> tuple[Real, Real]:
    """(v, theta): v = mu v - lr g, theta moves by v (Polyak 1964; Goodfellow, algorithm 8.2)."""
    v = mu * v - lr * g
    return v, theta + v


def nesterov(
    theta: Real, v: Real, gradient: Callable[[Real], Real], lr: float, mu: float
) -> tuple[Real, Real]:
    """(v, theta): like momentum_classic, with gradient(theta + mu v) (Goodfellow, algorithm 8.3)."""
    return momentum_classic(theta, v, gradient(theta + mu * v), lr, mu)


def adagrad(theta: Real, G: Real, g: Real, lr: float, eps: float = 1e-10) -> tuple[Real, Real]:
    """(G, theta): G sums the squared gradients, theta moves by -lr g / (sqrt(G) + eps) (Duchi 2011)."""
    G = G + g * g
    return G, theta - lr * g / (square_root(G) + eps)


def rmsprop(
    theta: Real, v: Real, g: Real, lr: float, beta: float = 0.9, eps: float = 1e-8
) -> tuple[Real, Real]:
    """(v, theta): v averages the squared gradients, theta moves by -lr g / (sqrt(v) + eps) (Hinton)."""
    v = beta * v + (1 - beta) * g * g
    return v, theta - lr * g / (square_root(v) + eps)


def adadelta(
    theta: Real, G: Real, D: Real, g: Real, rho: float = 0.9, eps: float = 1e-6
) -> tuple[Real, Real, Real]:
    """(G, D, theta): moves by -sqrt(D + eps) / sqrt(G_new + eps) g, no learning rate (Zeiler 2012)."""
    G = rho * G + (1 - rho) * g * g
    delta = square_root(D + eps) / square_root(G + eps) * g
    return G, rho * D + (1 - rho) * delta * delta, theta - delta


def _check_update(t: int, what: str) -> None:
    if t < 1:
        raise ValueError(f"{what}: updates are counted from 1, so t cannot be {t}")


def adam(
    theta: Real,
    m: Real,
    v: Real,
    g: Real,
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[Real, Real, Real]:
    """(m, v, theta): moves by -lr m_hat / (sqrt(v_hat) + eps); ValueError for t < 1 (Kingma & Ba 2015)."""
    _check_update(t, "adam")
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return m, v, theta - lr * m_hat / (square_root(v_hat) + eps)


def adamax(
    theta: Real,
    m: Real,
    u: Real,
    g: Real,
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
) -> tuple[Real, Real, Real]:
    """(m, u, theta): u = max(beta2 u, |g|) scales the step; ValueError for t < 1 or u = 0 (Kingma 2015)."""
    _check_update(t, "adamax")
    m = beta1 * m + (1 - beta1) * g
    if isinstance(u, (float, int)) and isinstance(g, (float, int)):
        u = max(beta2 * u, abs(g))
    else:
        u = np.maximum(beta2 * u, np.abs(g))
    if np.any(u == 0):
        raise ValueError("adamax: the gradient and u are both 0, so the step is 0/0")
    return m, u, theta - lr / (1 - beta1**t) * m / u


def nadam(
    theta: Real,
    m: Real,
    v: Real,
    g: Real,
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[Real, Real, Real]:
    """(m, v, theta): Adam with m_bar = beta1 m_hat + (1 - beta1) g / (1 - beta1^t); ValueError for t < 1.

    Dozat 2016 with a constant beta1, as in Ruder 2016; PyTorch schedules beta1 instead.
    """
    _check_update(t, "nadam")
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m_bar = (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)
    return m, v, theta - lr * m_bar / (square_root(v / (1 - beta2**t)) + eps)


def adamw(
    theta: Real,
    m: Real,
    v: Real,
    g: Real,
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
    decay: float = 0.01,
) -> tuple[Real, Real, Real]:
    """(m, v, theta): Adam's step and -lr decay theta beside it; ValueError for t < 1 (Loshchilov 2019)."""
    m, v, stepped = adam(theta, m, v, g, t, lr, beta1, beta2, eps)
    return m, v, stepped - lr * decay * theta


def moving_average(g: ArrayLike, beta: float) -> tuple[Array, Array]:
    """(v, v_hat) at every step along axis 0: v_0 = 0, v_hat_t = v_t / (1 - beta^t) (Kingma 2015, 3)."""
    g = np.asarray(g, dtype=float)
    v = np.zeros_like(g)
    for t in range(len(g)):
        v[t] = (beta * v[t - 1] if t else 0) + (1 - beta) * g[t]
    corrections = 1 - beta ** np.arange(1, len(g) + 1)
    return v, (v.T / corrections).T


def clip_by_norm(g: Array, max_norm: float) -> Array:
    """Scale g to g max_norm / max(|g|_2, max_norm); ValueError unless max_norm > 0 (Pascanu et al. 2013)."""
    if not max_norm > 0:
        raise ValueError(f"clip_by_norm: max_norm must be positive, not {max_norm:g}")
    norm = l2_norm(g)
    return np.asarray(g) if norm <= max_norm else np.asarray(g) * (max_norm / norm)


def clip_by_value(g: Array, max_value: float) -> Array:
    """Each entry limited to [-max_value, max_value]; ValueError for a negative limit (Mikolov 2012)."""
    if max_value < 0:
        raise ValueError(f"clip_by_value: max_value cannot be negative, but is {max_value:g}")
    return np.clip(g, -max_value, max_value)
