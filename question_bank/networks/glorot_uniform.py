r"""Glorot uniform limits

<story> The layer is dense; it has $n_{\text{in}} = <n_in>$ inputs and $n_{\text{out}} = <n_out>$ units.

Glorot initialisation draws its weights from the uniform distribution on $[-r, r]$, so that their variance is $\sigma^2 = \frac{2}{n_{\text{in}} + n_{\text{out}}}$. Compute $\sigma^2$ and
the limit $r$. (The uniform distribution on $[-r, r]$ has the variance $r^2 / 3$.)
"""

from numpy import sqrt

from dlexam import by_level, integers, one_of, step

about = dict(minutes=3, tags=["initialisation"], decimals=4, symbols=dict(variance=r"\sigma^2", n_in=r"n_{\text{in}}", n_out=r"n_{\text{out}}"))

given = dict(
    n_in=by_level(integers(2, 30), integers(10, 200), one_of(784, 1024, 512, 300, 400, 256, 768, 2048, 3072, 120, 13, 561, 100, 200, 150, 128, 64, 640, 1280, 96)),
    n_out=by_level(integers(2, 30), integers(2, 150), one_of(300, 128, 64, 100, 256, 1000, 10, 84, 512, 3072, 30, 20, 37, 5, 50, 120, 200, 400, 768, 2)),
)

words = dict(
    story=one_of(
        "Before training, the weights of a layer have to be drawn.",
        "Keras initialises a layer with its default scheme.",
        "You initialise a layer of a classifier yourself.",
        "A layer with $\\tanh$ units gets new weights.",
    )
)


@step(symbol=r"\sigma^2", marks=1, decimals=6)
def variance(n_in, n_out):
    """Both directions count: the inputs for the signals on the way forwards, the units for the gradients on the way back."""
    return 2 / (n_in + n_out)


@variance.mistake(when=lambda n_in, n_out: n_in != n_out)
def fan_in_only(n_in):
    r"""You used $1/n_{\text{in}}$; Glorot's variance looks at inputs and outputs: $2 / (n_{\text{in}} + n_{\text{out}})$."""
    return 1 / n_in


@variance.mistake()
def two_forgotten(n_in, n_out):
    r"""You left out the 2: the variance is one over the *mean* of $n_{\text{in}}$ and $n_{\text{out}}$."""
    return 1 / (n_in + n_out)


@step(symbol="r", marks=1)
def limit(variance):
    """Solve $r^2 / 3 = \\sigma^2$ for $r$."""
    return sqrt(3 * variance)


@limit.mistake()
def std_as_limit(variance):
    r"""You gave the standard deviation $\sqrt{\sigma^2}$; the limit of a uniform distribution is $\sqrt{3}$ times as large."""
    return sqrt(variance)


@limit.mistake()
def root_forgotten(variance):
    r"""You computed $3\sigma^2 = r^2$; take the root."""
    return 3 * variance


pytorch = """
import torch

weights = torch.empty(<n_out>, <n_in>, dtype=torch.float64)
fan_in, fan_out = torch.nn.init._calculate_fan_in_and_fan_out(weights)
limit = (6 / (fan_in + fan_out)) ** 0.5
assert torch.nn.init.xavier_uniform_(weights).abs().max() <= limit
variance = torch.distributions.Uniform(-limit, limit).variance.item()
"""
