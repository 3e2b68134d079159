r"""Gradient of a loss at the output

<story> For $n = <n>$ samples, the targets are $y = <y>$ and the outputs of the network are $\hat{y} = <y_hat>$.

Compute the gradient with respect to $\hat{y}$ of the mean squared error $\text{MSE} = \frac{1}{n} \sum_i (\hat{y}_i - y_i)^2$ and
of the mean absolute error $\text{MAE} = \frac{1}{n} \sum_i |\hat{y}_i - y_i|$.
"""

from numpy import array as vector
from numpy import mean, sign

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=5, tags=["gradient", "mse", "mae"])

given = dict(
    n=by_level(2, 4, 5),
    y=lambda n, level: array(n, by_level(integers(-4, 6), grid(-2, 3, by=0.1), grid(-2, 3, by=0.05))(level)),
    y_hat=lambda y, level, random: near(y, by_level((1, 2, 3, 4), (0.1, 0.2, 0.3, 0.4, 0.6, 0.9), (0.05, 0.15, 0.35, 0.45, 0.8, 1.3))(level), random),
)


def near(y, sizes, random):
    """Outputs that miss each target to either side, so that the absolute error has a slope everywhere."""
    missed = vector([random.choice((-1, 1)) * random.choice(sizes) for _ in y])
    return (y + missed).round(2)


words = dict(
    story=one_of(
        "Backpropagation starts with the derivative of the loss at the output.",
        "A regression network is trained, and the backward pass is about to start.",
        "Two losses are compared for the same regression network.",
    )
)


@step(symbol=r"\text{MSE}")
def mse(y, y_hat):
    return mean((y_hat - y) ** 2)


@step(symbol=r"\text{MAE}")
def mae(y, y_hat):
    return mean(abs(y_hat - y))


@step(symbol="n")
def samples(y):
    return y.size if hasattr(y, "size") else 1


@step(symbol="e")
def errors(y_hat, y):
    """Output minus target: positive where the output is too large."""
    return y_hat - y


@step(symbol=r"\frac{\partial\, \text{MSE}}{\partial \hat{y}}", marks=2, gradient_of=("mse", "y_hat"))
def dmse(errors, samples):
    """The square brings down a factor 2, the mean a factor $1/n$; larger errors pull harder."""
    return 2 * errors / samples


@dmse.mistake()
def sign_flipped(errors, samples):
    """You took target minus output; the derivative at the output is positive where the output is too large."""
    return -2 * errors / samples


@dmse.mistake(keeps=0.5)
def factor_two_forgotten(errors, samples):
    r"""You lost the factor 2 of the square; it cancels only if the loss is defined with $\frac{1}{2}$."""
    return errors / samples


@dmse.mistake(keeps=0.5)
def not_averaged(errors):
    r"""You forgot the mean: each entry is divided by the number of samples, <samples>."""
    return 2 * errors


@step(symbol=r"\frac{\partial\, \text{MAE}}{\partial \hat{y}}", marks=2, gradient_of=("mae", "y_hat"), tex=r"\frac{1}{<samples>} \operatorname{sign} <errors>")
def dmae(errors, samples):
    """The absolute value has the slope 1 or $-1$: every sample pulls equally hard, whatever the size of its error."""
    return sign(errors) / samples


@dmae.mistake()
def mae_sign_flipped(errors, samples):
    """Your signs are the wrong way round: where the output is too large, the derivative is positive."""
    return -sign(errors) / samples


@dmae.mistake(keeps=0.5)
def mae_not_averaged(errors):
    r"""You forgot the mean: each entry is divided by the number of samples, <samples>."""
    return sign(errors)


@dmae.mistake()
def error_sizes_kept(errors, samples):
    """You kept the sizes of the errors; the slope of the absolute value is only the sign, 1 or $-1$."""
    return errors / samples


pytorch = """
import torch
from torch.nn import functional as F

y = torch.tensor(<y>, dtype=torch.float64)
y_hat = torch.tensor(<y_hat>, dtype=torch.float64, requires_grad=True)
dmse, = torch.autograd.grad(F.mse_loss(y_hat, y), y_hat)
dmae, = torch.autograd.grad(F.l1_loss(y_hat, y), y_hat)
"""
