r"""One Adam step

<story> $\theta_{t-1} = <theta>$. Adam's update number $t = <t>$ is next. So far, the moving averages of the gradient and
of the squared gradient are $m_{t-1} = <m>$ and $v_{t-1} = <v>$. The new gradient is $g_t = <g>$.

Use $\alpha = <lr>$, $\beta_1 = <beta1>$, $\beta_2 = <beta2>$ and $\epsilon = <eps>$. Correct both averages for their bias
($t$ counts from 1) and add $\epsilon$ outside the root. <entries>

Give the new averages $m_t$ and $v_t$, the corrected ones $\hat{m}_t$ and $\hat{v}_t$, and <new> $\theta_t$.
"""

from numpy import ndim, sqrt

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=6, tags=["adam", "bias correction"])


def round_v(g):
    """Averages with which v_hat is 4, 16 or 36 (beta2 = 0.5, t = 2)."""
    return one_of(*[3 * r * r // 2 - g * g for r in (2, 4, 6) if 3 * r * r // 2 > g * g])


def round_m(g, v):
    """Averages with which m_hat is a whole number (beta1 = 0.5, t = 2)."""
    return one_of(*[1.5 * j - g for j in range(-6, 7) if j not in (0, g) and (1.5 * j - g) ** 2 <= v])


given = dict(
    theta=by_level(integers(-5, 5, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]), array(2, grid(-1, 1, by=0.05, but_not=[0]))),
    g=by_level(integers(-4, 4, but_not=[-1, 0, 1]), grid(-3, 3, by=0.1, but_not=[-1, 0, 1]), array(2, grid(-3, 3, by=0.1, but_not=[-1, 0, 1]))),
    v=lambda g, level: round_v(g) if level == 1 else by_level(0, grid(0.2, 0.6, by=0.02), array(2, grid(0.2, 0.6, by=0.01)))(level),
    m=lambda g, v, level: round_m(g, v) if level == 1 else by_level(0, grid(-0.4, 0.4, by=0.05, but_not=[0]), array(2, grid(-0.4, 0.4, by=0.02, but_not=[0])))(level),
    t=by_level(2, one_of(2, 3, 4), one_of(3, 4, 5, 6)),
    lr=by_level(one_of(0.1, 0.2, 0.4), one_of(0.1, 0.2, 0.5), one_of(0.1, 0.2)),
    beta1=by_level(0.5, one_of(0.8, 0.9), 0.9),
    beta2=by_level(0.5, one_of(0.9, 0.99), one_of(0.95, 0.99)),
    eps=by_level(0, 1e-8, 1e-8),
)

words = dict(
    count=lambda theta: f"{len(theta)} weights" if ndim(theta) else "one weight",
    story=one_of("A model has <count>, now", "Adam trains a neuron with <count>, at present", "A regression model with <count> has arrived at"),
    new=lambda theta: "the new weights" if ndim(theta) else "the new weight",
    entries=lambda theta: "All operations work entry by entry." if ndim(theta) else "",
)


@step(symbol="m_t", marks=1)
def m_new(m, g, beta1):
    """Move the average of the gradients a little towards the new gradient."""
    return beta1 * m + (1 - beta1) * g


@m_new.mistake(when=lambda beta1: beta1 != 0.5)
def weights_swapped(m, g, beta1):
    r"""The old average keeps the share $\beta_1 = <beta1>$; you gave that share to the new gradient."""
    return (1 - beta1) * m + beta1 * g


@step(symbol="v_t", marks=1)
def v_new(v, g, beta2):
    """Do the same for the squared gradient, which measures the gradient's typical size."""
    return beta2 * v + (1 - beta2) * g**2


@v_new.mistake()
def gradient_not_squared(v, g, beta2):
    """The second average is of the *squared* gradient; you used its size without the square."""
    return beta2 * v + (1 - beta2) * abs(g)


@step(symbol=r"\hat{m}_t", marks=1)
def m_hat(m_new, beta1, t):
    """The average started at zero, so it is too small at first; divide the bias out."""
    return m_new / (1 - beta1**t)


@m_hat.mistake()
def no_bias_correction(m_new):
    r"""You used $m_t$ as it is; divide it by $1 - \beta_1^t$ first."""
    return m_new


@m_hat.mistake(when=lambda t: t > 1)
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
    """Step against the averaged gradient, divided by the gradient's typical size."""
    return theta - lr * m_hat / (sqrt(v_hat) + eps)


@theta_new.mistake(keeps=0.5)
def no_square_root(theta, lr, m_hat, v_hat, eps):
    r"""You divided by $\hat{v}_t$; the step is divided by its square root."""
    return theta - lr * m_hat / (v_hat + eps)


@theta_new.mistake()
def gradient_instead_of_moment(theta, lr, g, v_hat, eps):
    r"""Adam steps along the corrected average $\hat{m}_t$; you used the gradient $g_t$ itself."""
    return theta - lr * g / (sqrt(v_hat) + eps)


@theta_new.mistake()
def ascent(theta, lr, m_hat, v_hat, eps):
    r"""You added the step; to make the loss smaller, subtract it."""
    return theta + lr * m_hat / (sqrt(v_hat) + eps)


pytorch = """
import torch

theta, m, v, g = (torch.tensor(a, dtype=torch.float64) for a in (<theta>, <m>, <v>, <g>))
optimizer = torch.optim.Adam([theta], lr=<lr>, betas=(<beta1>, <beta2>), eps=<eps>)
optimizer.state[theta] = {"step": torch.tensor(<t> - 1.0), "exp_avg": m, "exp_avg_sq": v}
theta.grad = g
optimizer.step()  # updates theta, m and v in place
theta_new, m_new, v_new = theta, m, v
m_hat, v_hat = m / (1 - <beta1>**<t>), v / (1 - <beta2>**<t>)
"""
