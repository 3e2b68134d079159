r"""Nadam

<story> $\theta_{t-1} = <theta>$. Update number $t = <t>$ is next. So far, the moving averages of the gradient and of the squared
gradient are $m_{t-1} = <m>$ and $v_{t-1} = <v>$. The new gradient is $g_t = <g>$. Use $\alpha = <lr>$, $\beta_1 = <beta1>$, $\beta_2 = <beta2>$ and
$\epsilon = <eps>$.

Nadam adds Nesterov's idea to Adam. With a constant $\beta_1$ and $t$ counted from 1:

$$\hat{m}_t = \frac{m_t}{1 - \beta_1^t},\qquad \hat{v}_t = \frac{v_t}{1 - \beta_2^t}$$

$$\bar{m}_t = \beta_1 \hat{m}_t + \frac{(1 - \beta_1)\, g_t}{1 - \beta_1^t},\qquad \theta_t = \theta_{t-1} - \frac{\alpha\, \bar{m}_t}{\sqrt{\hat{v}_t} + \epsilon}$$

Here $m_t$ and $v_t$ are the new averages (of the gradient and of the squared gradient), as in Adam. Make this update. <entries>
"""

from numpy import ndim, sqrt

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=8, tags=["nadam", "adam", "nesterov"])


def round_v(g):
    """Averages with which v_hat is 4, 16 or 36 (beta2 = 0.5, t = 2)."""
    return one_of(*[3 * r * r // 2 - g * g for r in (2, 4, 6) if 3 * r * r // 2 > g * g])


def round_m(g, v):
    """Averages with which m_hat is a whole number (beta1 = 0.5, t = 2)."""
    return one_of(*[1.5 * j - g for j in range(-6, 7) if j and (1.5 * j - g) ** 2 <= v])


given = dict(
    theta=by_level(integers(-5, 5, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]), array(2, grid(-1, 1, by=0.05, but_not=[0]))),
    g=by_level(one_of(-6, -3, 3, 6), grid(-2, 2, by=0.1, but_not=[0]), array(2, grid(-2, 2, by=0.05, but_not=[0]))),
    v=lambda g, level: round_v(g) if level == 1 else by_level(0, grid(0.2, 0.6, by=0.02), array(2, grid(0.2, 0.6, by=0.01)))(level),
    m=lambda g, v, level: round_m(g, v) if level == 1 else by_level(0, grid(-0.4, 0.4, by=0.05, but_not=[0]), array(2, grid(-0.4, 0.4, by=0.02, but_not=[0])))(level),
    t=by_level(2, one_of(2, 3, 4), one_of(3, 4, 5)),
    lr=by_level(one_of(0.1, 0.2, 0.4, 0.6), one_of(0.05, 0.1, 0.5), one_of(0.05, 0.1)),
    beta1=by_level(0.5, one_of(0.8, 0.9), 0.9),
    beta2=by_level(0.5, one_of(0.9, 0.99), one_of(0.95, 0.99)),
    eps=by_level(0, 1e-8, 1e-8),
)

words = dict(
    weights=lambda theta: "weights are" if ndim(theta) else "weight is",
    story=one_of("A model's <weights>", "Nadam trains a model. At present the <weights>", "After some updates with Nadam, the <weights>"),
    entries=lambda theta: "All operations work entry by entry." if ndim(theta) else "",
)


@step(symbol="m_t")
def m_new(beta1, m, g):
    """The average of the gradients, as in Adam."""
    return beta1 * m + (1 - beta1) * g


@step(symbol="v_t")
def v_new(beta2, v, g):
    """The average of the squared gradients, as in Adam."""
    return beta2 * v + (1 - beta2) * g**2


@step(symbol=r"\hat{m}_t", marks=1)
def m_hat(m_new, beta1, t):
    """The average started at zero, so it is too small at first; divide the bias out."""
    return m_new / (1 - beta1**t)


@m_hat.mistake()
def no_bias_correction(m_new):
    r"""You used $m_t$ as it is; divide it by $1 - \beta_1^t$ first."""
    return m_new


@step(symbol=r"\hat{v}_t", marks=1)
def v_hat(v_new, beta2, t):
    """Divide the bias out of the second average, too."""
    return v_new / (1 - beta2**t)


@v_hat.mistake()
def second_not_corrected(v_new):
    r"""You used $v_t$ as it is; divide it by $1 - \beta_2^t$ first."""
    return v_new


@step(symbol=r"\bar{m}_t", marks=2)
def m_bar(beta1, m_hat, g, t):
    r"""Nesterov's look ahead: apply the momentum once more, and let the new gradient count again."""
    return beta1 * m_hat + (1 - beta1) * g / (1 - beta1**t)


@m_bar.mistake()
def adam_step(m_hat):
    r"""You went on with $\hat{m}_t$; that is Adam. Nadam mixes in the new gradient once more."""
    return 1.0 * m_hat


@m_bar.mistake(keeps=0.5)
def gradient_not_corrected(beta1, m_hat, g):
    r"""The gradient's share $(1 - \beta_1)\, g_t$ is divided by $1 - \beta_1^t$, too."""
    return beta1 * m_hat + (1 - beta1) * g


@m_bar.mistake(keeps=0.5)
def next_step_correction(beta1, m_new, g, t):
    r"""You divided $m_t$ by $1 - \beta_1^{t+1}$. That is another published form; the question uses $\hat{m}_t$."""
    return beta1 * m_new / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)


@step(symbol=r"\theta_t", marks=2)
def theta_new(theta, lr, m_bar, v_hat, eps):
    """Step against this average, divided by the gradient's typical size."""
    return theta - lr * m_bar / (sqrt(v_hat) + eps)


@theta_new.mistake(keeps=0.5)
def no_square_root(theta, lr, m_bar, v_hat, eps):
    r"""You divided by $\hat{v}_t$; divide by its square root."""
    return theta - lr * m_bar / (v_hat + eps)


pytorch = """
import torch  # torch.optim.NAdam changes beta1 from step to step, so it gives other numbers

theta, m, v, g = (torch.tensor(a, dtype=torch.float64) for a in (<theta>, <m>, <v>, <g>))
one = torch.ones((), dtype=torch.float64)
grown = lambda beta: 1 - torch.pow(beta * one, <t>)
twice = m.lerp(g, 1 - <beta1>).lerp(g, 1 - <beta1>)  # the new gradient is averaged in twice
m_hat = m.lerp(g, 1 - <beta1>) / grown(<beta1>)
v_hat = v.lerp(g.square(), 1 - <beta2>) / grown(<beta2>)
m_bar = twice / grown(<beta1>)
theta_new = theta.addcdiv(m_bar, v_hat.sqrt() + <eps>, value=-<lr>)
"""
