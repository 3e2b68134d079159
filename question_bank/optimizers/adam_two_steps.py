r"""Two Adam steps from zero

<story> $\theta_0 = <theta>$ and both moving averages of Adam at zero, $m_0 = v_0 = 0$. The first two gradients are $g_1 = <g_1>$
and $g_2 = <g_2>$.

Use $\alpha = <lr>$, $\beta_1 = <beta1>$, $\beta_2 = <beta2>$ and $\epsilon = <eps>$ (added outside the root). Correct both averages for their bias;
the first update has $t = 1$. What are $\theta_1$ and $\theta_2$?
"""

from numpy import array as numbers
from numpy import ndim, sqrt

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=10, tags=["adam", "bias correction"])

ROUND = ([5, 1], [5, -1], [-5, 1], [-5, -1], [1, -1], [-1, 1], [10, 2], [10, -2], [-10, 2], [2, -2], [-2, 2], [-10, -2])

given = dict(
    theta=by_level(integers(-5, 5, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]), array(2, grid(-1, 1, by=0.1, but_not=[0]))),
    g=lambda level, random: numbers(random.choice(ROUND)) if level == 1 else array(2 if level == 2 else (2, 2), grid(-2, 2, by=0.1, but_not=[0]), distinct=True),
    lr=by_level(one_of(0.3, 0.6, 0.9), one_of(0.05, 0.1, 0.5), one_of(0.05, 0.1, 0.2)),
    beta1=by_level(0.5, one_of(0.8, 0.9), one_of(0.8, 0.9)),
    beta2=by_level(0.5, one_of(0.9, 0.98), 0.999),
    eps=by_level(0, 1e-8, 1e-8),
)

words = dict(
    weights=lambda theta: "weights" if ndim(theta) else "weight",
    story=one_of("Training starts with the <weights>", "A model is initialised with the <weights>", "Fine-tuning starts with the <weights>"),
)


@step(symbol="g_1")
def g_1(g):
    return g[0]


@step(symbol="g_2")
def g_2(g):
    return g[1]


@step(symbol="m_1", decimals=6)
def m_1(beta1, g_1):
    """The averages start at zero, so only the new gradient counts."""
    return (1 - beta1) * g_1


@step(symbol="v_1", decimals=6)
def v_1(beta2, g_1):
    """The same with the squared gradient."""
    return (1 - beta2) * g_1**2


@step
def bias(beta1, beta2):
    return numbers([[1 - beta1, 1 - beta2], [1 - beta1**2, 1 - beta2**2]])


@bias.mistake(keeps=0.5)
def no_bias_correction():
    r"""You used $m_t$ and $v_t$ as they are; divide them by $1 - \beta_1^t$ and $1 - \beta_2^t$ first."""
    return numbers([[1, 1], [1, 1]])


@step(symbol=r"\hat{m}_1", tex=r"\frac{<m_1>}{1 - <beta1>}")
def m_hat_1(m_1, bias, beta1):
    """At $t = 1$ the correction gives back the gradient itself ..."""
    return m_1 / bias[0, 0]


@step(symbol=r"\hat{v}_1", tex=r"\frac{<v_1>}{1 - <beta2>}")
def v_hat_1(v_1, bias, beta2):
    """... and its square."""
    return v_1 / bias[0, 1]


@step(symbol=r"\theta_1", marks=2)
def theta_1(theta, lr, m_hat_1, v_hat_1, eps):
    r"""So Adam's first step has the length $\alpha$, whatever the size of the gradient."""
    return theta - lr * m_hat_1 / (sqrt(v_hat_1) + eps)


@theta_1.mistake()
def plain_step(theta, lr, g_1):
    r"""This is a step of plain gradient descent; Adam divides $\hat{m}_1$ by $\sqrt{\hat{v}_1} + \epsilon$."""
    return theta - lr * g_1


@step(symbol="m_2", decimals=6)
def m_2(beta1, m_1, g_2):
    """Now both gradients count."""
    return beta1 * m_1 + (1 - beta1) * g_2


@step(symbol="v_2", decimals=6)
def v_2(beta2, v_1, g_2):
    """Go on from $v_1$, not from its corrected value."""
    return beta2 * v_1 + (1 - beta2) * g_2**2


@step(symbol=r"\hat{m}_2", tex=r"\frac{<m_2>}{1 - <beta1>^2}")
def m_hat_2(m_2, bias, beta1):
    """The second update has $t = 2$."""
    return m_2 / bias[1, 0]


@step(symbol=r"\hat{v}_2", tex=r"\frac{<v_2>}{1 - <beta2>^2}")
def v_hat_2(v_2, bias, beta2):
    """Likewise."""
    return v_2 / bias[1, 1]


@step(symbol=r"\theta_2", marks=3)
def theta_2(theta_1, lr, m_hat_2, v_hat_2, eps):
    r"""The second step starts from $\theta_1$."""
    return theta_1 - lr * m_hat_2 / (sqrt(v_hat_2) + eps)


@theta_2.mistake(keeps=0.5)
def t_not_advanced(theta_1, lr, m_2, v_2, beta1, beta2, eps):
    r"""You divided by $1 - \beta_1$ and $1 - \beta_2$ again; in the second update $t = 2$, so use $1 - \beta_1^2$ and $1 - \beta_2^2$."""
    return theta_1 - lr * m_2 / (1 - beta1) / (sqrt(v_2 / (1 - beta2)) + eps)


@theta_2.mistake()
def averages_forgotten(theta_1, lr, g_2, eps):
    r"""You started the averages at zero again; $m_2$ and $v_2$ go on from $m_1$ and $v_1$."""
    return theta_1 - lr * g_2 / (abs(g_2) + eps)


pytorch = """
import torch

theta = torch.tensor(<theta>, dtype=torch.float64)
optimizer = torch.optim.Adam([theta], lr=<lr>, betas=(<beta1>, <beta2>), eps=<eps>)
path = []
for g in <g>:
    theta.grad = torch.tensor(g, dtype=torch.float64)
    optimizer.step()
    path.append(theta.clone())
theta_1, theta_2 = path
"""
