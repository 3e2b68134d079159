r"""AdamW: decoupled weight decay

<story> $\theta_{t-1} = <theta>$. Update number $t = <t>$ is next. So far, the moving averages of the gradient and of the squared
gradient are $m_{t-1} = <m>$ and $v_{t-1} = <v>$. The new gradient of the loss (without any penalty) is $g_t = <g>$.

Use $\alpha = <lr>$, $\beta_1 = <beta1>$, $\beta_2 = <beta2>$, $\epsilon = <eps>$ (added outside the root) and the weight decay
$\lambda = <decay>$. Both averages are corrected for their bias, which gives
$\hat{m}_t$ and $\hat{v}_t$; $t$ counts from 1. AdamW decouples the decay from the gradient:

$$s_t = \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon},\qquad \theta_t = \theta_{t-1} - \alpha\, (s_t + \lambda\, \theta_{t-1})$$

Give Adam's direction $s_t$ and <new> $\theta_t$. <entries>
"""

from numpy import ndim, sqrt

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=8, tags=["adamw", "weight decay", "adam"])


def round_v(g):
    """Averages with which v_hat is 4, 16 or 36 (beta2 = 0.5, t = 2)."""
    return one_of(*[3 * r * r // 2 - g * g for r in (2, 4, 6) if 3 * r * r // 2 > g * g])


def round_m(g, v):
    """Averages with which m_hat is a whole number (beta1 = 0.5, t = 2)."""
    return one_of(*[1.5 * j - g for j in range(-6, 7) if j and (1.5 * j - g) ** 2 <= v])


given = dict(
    theta=by_level(integers(-8, 8, but_not=[0]), grid(-3, 3, by=0.1, but_not=[0]), array(2, grid(-3, 3, by=0.1, but_not=[0]))),
    g=by_level(integers(-4, 4, but_not=[0]), grid(-2, 2, by=0.1, but_not=[0]), array(2, grid(-2, 2, by=0.1, but_not=[0]))),
    v=lambda g, level: round_v(g) if level == 1 else by_level(0, grid(0.2, 0.6, by=0.02), array(2, grid(0.2, 0.6, by=0.01)))(level),
    m=lambda g, v, level: round_m(g, v) if level == 1 else by_level(0, grid(-0.4, 0.4, by=0.05, but_not=[0]), array(2, grid(-0.4, 0.4, by=0.02, but_not=[0])))(level),
    t=by_level(2, one_of(2, 3, 4), one_of(3, 4, 5)),
    lr=by_level(one_of(0.1, 0.2), one_of(0.05, 0.1, 0.2), one_of(0.05, 0.1)),
    beta1=by_level(0.5, one_of(0.8, 0.9), 0.9),
    beta2=by_level(0.5, one_of(0.9, 0.99), one_of(0.95, 0.99)),
    eps=by_level(0, 1e-8, 1e-8),
    decay=by_level(one_of(0.1, 0.5), one_of(0.05, 0.1, 0.2), one_of(0.05, 0.1, 0.2)),
)

words = dict(
    weights=lambda theta: "weights are" if ndim(theta) else "weight is",
    story=one_of("A model's <weights>", "A transformer is fine-tuned with AdamW. At present the <weights>", "After some updates with AdamW, the <weights>"),
    new=lambda theta: "the new weights" if ndim(theta) else "the new weight",
    entries=lambda theta: "All operations work entry by entry." if ndim(theta) else "",
)


@step(symbol=r"\lambda")
def decay_apart(decay):
    return decay


@decay_apart.mistake(keeps=0.5)
def decay_in_gradient(decay):
    r"""You added $\lambda \theta$ to the gradient, so that it went through Adam's averages. That is Adam with an L2 penalty; AdamW subtracts the decay separately."""
    return 0 * decay


@step(symbol="g_t")
def g_used(g, decay, decay_apart, theta):
    return g + (decay - decay_apart) * theta


@step(symbol="m_t")
def m_new(beta1, m, g_used):
    """The average of the gradients; the decay stays out of it."""
    return beta1 * m + (1 - beta1) * g_used


@step(symbol="v_t")
def v_new(beta2, v, g_used):
    """The average of the squared gradients."""
    return beta2 * v + (1 - beta2) * g_used**2


@step(symbol=r"\hat{m}_t")
def m_hat(m_new, beta1, t):
    """Divide the bias out ..."""
    return m_new / (1 - beta1**t)


@m_hat.mistake(keeps=0.5)
def no_bias_correction(m_new):
    r"""You used $m_t$ as it is; divide it by $1 - \beta_1^t$ first."""
    return m_new


@step(symbol=r"\hat{v}_t")
def v_hat(v_new, beta2, t):
    """... of both averages."""
    return v_new / (1 - beta2**t)


@step(symbol="s_t", marks=3)
def adam_step(m_hat, v_hat, eps):
    """Adam's direction, before the learning rate."""
    return m_hat / (sqrt(v_hat) + eps)


@adam_step.mistake()
def no_square_root(m_hat, v_hat, eps):
    r"""You divided by $\hat{v}_t$; divide by its square root."""
    return m_hat / (v_hat + eps)


@step(symbol=r"\theta_t", marks=2)
def theta_new(theta, lr, adam_step, decay_apart):
    r"""Besides Adam's step, every weight shrinks by the share $\alpha \lambda$."""
    return theta - lr * (adam_step + decay_apart * theta)


@theta_new.mistake(keeps=0.5)
def decay_not_scaled_by_lr(theta, lr, adam_step, decay_apart):
    r"""You subtracted $\lambda \theta_{t-1}$ in full; here the decay is multiplied by the learning rate, too."""
    return theta - lr * adam_step - decay_apart * theta


@theta_new.mistake()
def decay_forgotten(theta, lr, adam_step):
    r"""This is Adam without weight decay; $\alpha \lambda \theta_{t-1}$ is missing."""
    return theta - lr * adam_step


pytorch = """
import torch

theta, m, v, g = (torch.tensor(a, dtype=torch.float64) for a in (<theta>, <m>, <v>, <g>))
optimizer = torch.optim.AdamW([theta], lr=<lr>, betas=(<beta1>, <beta2>), eps=<eps>, weight_decay=<decay>)
optimizer.state[theta] = {"step": torch.tensor(<t> - 1.0), "exp_avg": m, "exp_avg_sq": v}
before = theta.clone()
theta.grad = g
optimizer.step()  # updates theta, m and v in place
theta_new = theta
adam_step = (before - theta) / <lr> - <decay> * before
"""
