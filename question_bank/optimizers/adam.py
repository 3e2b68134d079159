r"""One Adam step

A model has a single weight, now $\theta_{t-1} = <theta>$. Adam makes its update number $t = <t>$; its moving averages from
the update before are $m_{t-1} = <m>$ and $v_{t-1} = <v>$, and the gradient is $g = <g>$.

Use $\alpha = <lr>$, $\beta_1 = <beta1>$, $\beta_2 = <beta2>$ and $\epsilon = <eps>$. Both averages are corrected for their bias
($t$ counts from 1), and $\epsilon$ is added outside the root.
"""

from numpy import sqrt

from dlexam import grid, one_of, step

about = dict(minutes=6, tags=["adam", "bias correction"])

given = dict(
    theta=grid(-1, 1, by=0.1, but_not=[0]),
    m=grid(-0.2, 0.2, by=0.05, but_not=[0]),
    v=grid(0.01, 0.09, by=0.01),
    g=grid(-0.9, 0.9, by=0.1, but_not=[0]),
    t=one_of(2, 3, 4),
    lr=one_of(0.1, 0.5),
    beta1=one_of(0.8, 0.9),
    beta2=one_of(0.9, 0.99),
    eps=1e-8,
)


@step(symbol="m_t", marks=1)
def m_new(m, g, beta1):
    """Move the average of the gradients a little towards the new gradient."""
    return beta1 * m + (1 - beta1) * g


@m_new.mistake()
def weights_swapped(m, g, beta1):
    r"""The old average keeps the share $\beta_1$; you gave that share to the new gradient."""
    return (1 - beta1) * m + beta1 * g


@step(symbol="v_t", marks=1)
def v_new(v, g, beta2):
    """Do the same for the squared gradient, which measures its typical size."""
    return beta2 * v + (1 - beta2) * g**2


@v_new.mistake()
def gradient_not_squared(v, g, beta2):
    """The second average is of the *squared* gradient; you used the gradient itself."""
    return beta2 * v + (1 - beta2) * g


@step(symbol=r"\hat{m}_t", marks=1)
def m_hat(m_new, beta1, t):
    """The average started at zero, so it is too small at first; divide the bias out."""
    return m_new / (1 - beta1**t)


@m_hat.mistake()
def no_bias_correction(m_new):
    r"""You used $m_t$ as it is; divide it by $1 - \beta_1^t$ first."""
    return m_new


@m_hat.mistake()
def previous_step_in_correction(m_new, beta1, t):
    r"""This is update number $t = <t>$, so the power of $\beta_1$ is $<t>$; you used the number of the update before."""
    return m_new / (1 - beta1 ** (t - 1))


@step(symbol=r"\hat{v}_t", marks=1)
def v_hat(v_new, beta2, t):
    """Divide the bias out of the second average, too."""
    return v_new / (1 - beta2**t)


@v_hat.mistake()
def second_not_corrected(v_new):
    r"""You used $v_t$ as it is; divide it by $1 - \beta_2^t$ first."""
    return v_new


@step(symbol=r"\theta_t", marks=2)
def theta_new(theta, lr, m_hat, v_hat, eps):
    """Step against the averaged gradient, scaled by its typical size."""
    return theta - lr * m_hat / (sqrt(v_hat) + eps)


@theta_new.mistake(keeps=0.5)
def no_square_root(theta, lr, m_hat, v_hat, eps):
    r"""You divided by $\hat{v}_t$; the step is scaled by its square root."""
    return theta - lr * m_hat / (v_hat + eps)


@theta_new.mistake()
def gradient_instead_of_moment(theta, lr, g, v_hat, eps):
    r"""Adam steps along the corrected average $\hat{m}_t$; you used the gradient $g$ itself."""
    return theta - lr * g / (sqrt(v_hat) + eps)


pytorch = """
import torch

theta = torch.tensor([<theta>], dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.Adam([theta], lr=<lr>, betas=(<beta1>, <beta2>), eps=<eps>)
optimizer.state[theta] = {
    "step": torch.tensor(<t> - 1.0),
    "exp_avg": torch.tensor([<m>], dtype=torch.float64),
    "exp_avg_sq": torch.tensor([<v>], dtype=torch.float64),
}
theta.grad = torch.tensor([<g>], dtype=torch.float64)
optimizer.step()
m_new = optimizer.state[theta]["exp_avg"].item()
v_new = optimizer.state[theta]["exp_avg_sq"].item()
theta_new = theta.item()
"""
