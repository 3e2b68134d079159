r"""Adamax

<story> $\theta_{t-1} = <theta>$, the moving average of the gradients is $m_{t-1} = <m>$, and the decaying maximum of their sizes
is $u_{t-1} = <u>$. Update number $t = <t>$ is next, with the gradient $g_t = <g>$. Use $\alpha = <lr>$, $\beta_1 = <beta1>$ and
$\beta_2 = <beta2>$.

Adamax puts a maximum in the place of Adam's second average; only $m_t$ is corrected for its bias ($t$ counts from 1):

$$m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t,\quad u_t = \max(\beta_2 u_{t-1}, |g_t|),\quad \theta_t = \theta_{t-1} - \frac{\alpha}{1 - \beta_1^t}\, \frac{m_t}{u_t}$$

Make this update. <entries>
"""

from numpy import maximum, ndim

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=5, tags=["adamax", "adam"])


def round_m(g):
    """Averages with which m_t / (1 - beta1^t) is a whole number (beta1 = 0.5, t = 2)."""
    return one_of(*[1.5 * j - g for j in range(-4, 5) if j and j != g])


given = dict(
    theta=by_level(integers(-5, 5, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]), array(2, grid(-1, 1, by=0.1, but_not=[0]))),
    g=by_level(integers(-5, 5, but_not=[0]), grid(-2, 2, by=0.1, but_not=[0]), array(2, grid(-2, 2, by=0.1, but_not=[0]))),
    m=lambda g, level: round_m(g) if level == 1 else by_level(0, grid(-1, 1, by=0.1, but_not=[0]), array(2, grid(-1, 1, by=0.05, but_not=[0])))(level),
    u=by_level(one_of(2, 4, 6, 8, 10), grid(0.5, 2.5, by=0.1), array(2, grid(0.5, 2.5, by=0.05))),
    t=by_level(2, one_of(2, 3, 4), one_of(3, 4, 5)),
    lr=by_level(one_of(0.2, 0.4, 0.6), one_of(0.05, 0.1, 0.2), one_of(0.05, 0.1)),
    beta1=by_level(0.5, one_of(0.8, 0.9), 0.9),
    beta2=by_level(0.5, one_of(0.8, 0.9), one_of(0.8, 0.9)),
)

words = dict(
    weights=lambda theta: "weights are" if ndim(theta) else "weight is",
    story=one_of("A model's <weights>", "Adamax trains an embedding. At present the <weights>", "After some updates with Adamax, the <weights>"),
    entries=lambda theta: "All operations work entry by entry." if ndim(theta) else "",
)


@step(symbol="m_t", marks=1)
def m_new(beta1, m, g):
    """As in Adam, the average of the gradients moves towards the new one."""
    return beta1 * m + (1 - beta1) * g


@m_new.mistake(when=lambda beta1: beta1 != 0.5)
def weights_swapped(beta1, m, g):
    r"""The old average keeps the share $\beta_1 = <beta1>$; you gave that share to the new gradient."""
    return (1 - beta1) * m + beta1 * g


@step(symbol="u_t", marks=1)
def u_new(beta2, u, g):
    """The largest gradient so far fades slowly, until a larger one comes."""
    return maximum(beta2 * u, abs(g))


@u_new.mistake(when=lambda u, g: (u > abs(g)).any() if ndim(u) else u > abs(g))
def u_not_decayed(u, g):
    r"""You took the maximum with $u_{t-1}$ itself; it decays by the factor $\beta_2$ first."""
    return maximum(u, abs(g))


@u_new.mistake()
def averaged_like_adam(beta2, u, g):
    r"""You took a moving average; Adamax takes the larger of $\beta_2 u_{t-1}$ and $|g_t|$."""
    return beta2 * u + (1 - beta2) * abs(g)


@step(symbol=r"\theta_t", marks=2)
def theta_new(theta, lr, beta1, t, m_new, u_new):
    r"""Only $m_t$ started too small, so only it is corrected; the maximum needs no correction and no $\epsilon$."""
    return theta - lr / (1 - beta1**t) * (m_new / u_new)


@theta_new.mistake(keeps=0.5)
def no_bias_correction(theta, lr, m_new, u_new):
    r"""You left out the factor $\frac{1}{1 - \beta_1^t}$ that corrects the bias of $m_t$."""
    return theta - lr * m_new / u_new


@theta_new.mistake(keeps=0.5, when=lambda beta1, beta2: beta1 != beta2)
def maximum_corrected(theta, lr, beta1, beta2, t, m_new, u_new):
    r"""You divided $u_t$ by $1 - \beta_2^t$, too; a maximum has no bias to correct."""
    return theta - lr / (1 - beta1**t) * m_new / (u_new / (1 - beta2**t))


@theta_new.mistake()
def ascent(theta, lr, beta1, t, m_new, u_new):
    """You added the step; to make the loss smaller, subtract it."""
    return theta + lr / (1 - beta1**t) * m_new / u_new


pytorch = """
import torch

theta, m, u, g = (torch.tensor(a, dtype=torch.float64) for a in (<theta>, <m>, <u>, <g>))
optimizer = torch.optim.Adamax([theta], lr=<lr>, betas=(<beta1>, <beta2>), eps=0)
optimizer.state[theta] = {"step": torch.tensor(<t> - 1.0), "exp_avg": m, "exp_inf": u}
theta.grad = g
optimizer.step()  # updates theta, m and u in place
theta_new, m_new, u_new = theta, m, u
"""
