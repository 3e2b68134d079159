r"""Xavier and He initialisation

<layer> Its activation function is <called>.

Two schemes draw the weights of such a layer at random with mean 0. Xavier initialisation uses the variance $1/n$ and He initialisation the variance $2/n$, where $n$ is
the number of incoming connections of a unit. Which scheme fits the activation function? Compute the variance $\sigma^2$ and the standard deviation $\sigma$ of the weights.
"""

from numpy import sqrt

from dlexam import by_level, integers, one_of, step

about = dict(minutes=3, tags=["initialisation"], decimals=4, symbols=dict(n_in="n"))

CHANNELS = (1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256)
FANS = {size * size * channels: (size, channels) for size in (11, 7, 5, 3) for channels in CHANNELS if 8 < size * size * channels < 2500}


def filters(size, channels):
    """The connections of a convolution's unit in words."""
    seen = "the only input channel" if channels == 1 else f"all {channels} input channels"
    return rf"filters of ${size} \times {size}$ pixels that look at {seen}"


given = dict(
    n_in=by_level(integers(4, 100), integers(20, 500), one_of(*FANS, *range(500, 2000, 20))),
    activation=one_of("relu", "relu", "tanh", "sigmoid"),
)

words = dict(
    called=lambda activation: {"relu": "ReLU", "tanh": r"$\tanh$", "sigmoid": "the sigmoid"}.get(activation, activation),
    layer=lambda n_in: (
        one_of("A convolution layer of an image classifier has <filters>.", "A convolution layer of a network for medical scans has <filters>.", "A convolution layer that reads road scenes has <filters>.")
        if n_in in FANS
        else one_of(
            "Each unit of a dense layer is connected to $n = <n_in>$ units of the layer before.",
            "A dense layer reads $n = <n_in>$ features of a customer.",
            "A dense layer of a speech recogniser has $n = <n_in>$ inputs.",
            "Word vectors with $n = <n_in>$ entries enter a dense layer.",
        )
    ),
    filters=lambda n_in: filters(*FANS[n_in]) if n_in in FANS else "",
)


@step(
    symbol=r"\text{scheme}", marks=1, options=("Xavier", "He"),
    tex=r"\begin{cases} \text{He} & \text{for ReLU} \\ \text{Xavier} & \text{for tanh and the sigmoid} \end{cases}",
)
def scheme(activation):
    r"""ReLU sets about half of its inputs to 0 and so halves what passes; the 2 in $2/n$ makes up for it. $\tanh$ and the sigmoid are nearly linear around 0, for which Xavier is made."""
    return "He" if activation == "relu" else "Xavier"


@scheme.mistake()
def schemes_swapped(activation):
    r"""You swapped the schemes: He belongs to ReLU, Xavier to $\tanh$ and the sigmoid."""
    return "Xavier" if activation == "relu" else "He"


@step(symbol="c")
def numerator(scheme):
    """He initialisation uses twice the variance of Xavier."""
    return 2 if scheme == "He" else 1


@step(symbol=r"\sigma^2", marks=1, decimals=6)
def variance(numerator, n_in):
    """The more connections a unit adds up, the smaller the weights, so that the sum keeps its size."""
    return numerator / n_in


@variance.working
def connections(n_in):
    if n_in not in FANS:
        return []
    size, channels = FANS[n_in]
    return rf"Each unit sees ${size} \cdot {size}$ pixels of {channels} channel{'s' * (channels > 1)}: $n = {size} \cdot {size} \cdot {channels} = {n_in}$."


@variance.mistake()
def std_as_variance(numerator, n_in):
    """You gave the standard deviation; the variance is its square."""
    return sqrt(numerator / n_in)


@step(symbol=r"\sigma", marks=1)
def std(variance):
    """The standard deviation is the root of the variance."""
    return sqrt(variance)


@std.mistake()
def variance_as_std(variance):
    """You gave the variance again; the standard deviation is its square root."""
    return variance


pytorch = """
import torch

activation = <activation>
nonlinearity = "relu" if activation == "relu" else "linear"  # PyTorch's gain of tanh, 5/3, belongs to another scheme
std = torch.nn.init.calculate_gain(nonlinearity) / <n_in> ** 0.5
variance = std**2
scheme = {1: "Xavier", 2: "He"}[round(variance * <n_in>)]
"""
