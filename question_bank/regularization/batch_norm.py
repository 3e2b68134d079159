r"""Batch normalisation

<story>

$$x = <x>$$

Batch normalisation in training mode takes the mean $\mu$ and the variance $\sigma^2$ <over> (divided by the batch size
$n = <n>$, not by $n - 1$):

$$\hat{x}_i = \frac{x_i - \mu}{\sqrt{\sigma^2 + \epsilon}},\qquad y_i = \gamma \hat{x}_i + \beta$$

Here $\gamma = <gamma>$, $\beta = <beta>$ and $\epsilon = <eps>$. <columns>
"""

from numpy import add, atleast_2d, ndim, sqrt

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.figures_grid import equals
from dlexam.kinds.number import tex
from dlexam.working import bracketed, total

about = dict(minutes=8, tags=["batch normalisation"], decimals=3, symbols=dict(eps=r"\epsilon"))

ROUND = (  # deviations from the mean whose variance is 4, 16 or 25
    (-3, -1, 0, 1, 3), (-6, -2, 0, 2, 6), (-7, -1, 1, 7), (4, -1, -1, -1, -1), (-8, 2, 2, 2, 2),
)


def round_batch(random):
    """A shuffled batch with a whole mean and standard deviation."""
    deviations = list(random.choice(ROUND))
    random.shuffle(deviations)
    return add(deviations, random.randint(-2, 6))


given = dict(
    x=lambda level, random: round_batch(random) if level == 1 else by_level(0, array(5, grid(-2, 6, by=0.5)), array((4, 3), integers(-4, 9)))(level),
    gamma=by_level(one_of(2, 3, 4), grid(0.5, 2, by=0.1, but_not=[1]), array(3, grid(0.5, 2, by=0.1, but_not=[1]), distinct=True)),
    beta=by_level(integers(-3, 3, but_not=[0]), grid(-1, 1, by=0.1, but_not=[0]), array(3, grid(-1, 1, by=0.1, but_not=[0]))),
    eps=by_level(0, 1e-5, 1e-5),
)

words = dict(
    unit=one_of("A neuron", "A hidden unit", "One unit of a network's second layer"),
    layer=one_of("A layer", "The first hidden layer", "The last hidden layer of a network"),
    story=lambda x: "<layer> has <units> units. For a batch of <n> samples it gives (one row for each sample):" if ndim(x) == 2 else "<unit> has these values for the <n> samples of a batch:",
    over=lambda x: "of each column" if ndim(x) == 2 else "of the batch",
    columns=lambda x: r"Each unit (column) has its own $\mu$, $\sigma^2$, $\gamma$ and $\beta$." if ndim(x) == 2 else "",
)


@step
def n(x):
    return len(x)


@step
def units(x):
    return x.shape[-1]


@step(symbol=r"\mu", marks=1, tex=r"\frac{1}{<n>} \sum_i x_i")
def mean(x):
    """Each unit has its own statistics, taken over the samples of the batch."""
    return x.mean(axis=0)


@mean.working
def sums(x, n):
    return [rf"${name} = ({total(column)}) / {n}$" for name, column in by_unit(r"\mu", x)]


@step(symbol=r"\sigma^2", marks=1, decimals=4, tex=r"\frac{1}{<n>} \sum_i (x_i - \mu)^2")
def variance(x, mean, n):
    """The mean squared distance from the mean says how far the values are spread."""
    return ((x - mean) ** 2).sum(axis=0) / n


@variance.mistake()
def unbiased_variance(x, mean, n):
    r"""You divided by $n - 1$; batch normalisation divides by the batch size $n = <n>$."""
    return ((x - mean) ** 2).sum(axis=0) / (n - 1)


@variance.working
def squares(x, mean, n):
    columns = by_unit(r"\sigma^2", x - mean)
    return [rf"${name} = ({' + '.join(bracketed(d, 3) + '^2' for d in column)}) / {n}$" for name, column in columns]


@step(symbol=r"\hat{x}", marks=2, tex=r"\frac{x_i - <mean>}{\sqrt{<variance> + <eps>}} \text{ for each } i")
def x_hat(x, mean, variance, eps):
    r"""Shifted to mean 0 and scaled to variance 1; $\epsilon$ avoids a division by zero."""
    return (x - mean) / sqrt(variance + eps)


@x_hat.mistake()
def no_square_root(x, mean, variance, eps):
    """You divided by the variance; divide by its square root, the standard deviation."""
    return (x - mean) / (variance + eps)


@x_hat.mistake(when=lambda x: ndim(x) == 2)
def normalised_over_features(x, eps):
    """You normalised each row, over the units, as layer normalisation does; batch normalisation works down each column, over the samples."""
    return ((x.T - x.mean(axis=1)) / sqrt(x.var(axis=1) + eps)).T


@x_hat.working
def first_entries(x, mean, variance, x_hat, eps):
    if ndim(x) == 1:
        places = [(str(i + 1), x[i], mean, variance, x_hat[i]) for i in range(2)]
    else:
        places = [(f"1{j + 1}", x[0, j], mean[j], variance[j], x_hat[0, j]) for j in range(x.shape[1])]
    return [rf"$\hat{{x}}_{{{i}}} = ({tex(a)} - {bracketed(m, 3)}) / \sqrt{{{tex(s, 4)} + <eps>}}$ {equals(z, 3)}" for i, a, m, s, z in places]


@step(symbol="y", marks=2)
def y(gamma, x_hat, beta):
    r"""The learned $\gamma$ and $\beta$ let the network choose the scale and the place that suit the next layer."""
    return gamma * x_hat + beta


@y.mistake()
def scale_forgotten(x_hat, beta):
    r"""You added $\beta$ but left out the factor $\gamma$."""
    return x_hat + beta


@y.mistake()
def shift_forgotten(gamma, x_hat):
    r"""You multiplied by $\gamma$ but did not add $\beta$."""
    return gamma * x_hat


def by_unit(symbol, values):
    """The columns of an array, each with its own symbol."""
    columns = atleast_2d(values.T).tolist()
    names = [symbol] if ndim(values) == 1 else [symbol.replace("^2", "") + f"_{{{j}}}" + ("^2" if "^2" in symbol else "") for j in range(1, len(columns) + 1)]
    return list(zip(names, columns))


pytorch = """
import torch

x, gamma, beta = (torch.tensor(a, dtype=torch.float64) for a in (<x>, <gamma>, <beta>))
mean, variance = x.mean(dim=0), x.var(dim=0, correction=0)
columns = x.reshape(len(x), -1)
layer = torch.nn.BatchNorm1d(columns.shape[1], eps=max(<eps>, 1e-12)).double()  # PyTorch refuses eps = 0
x_hat = layer(columns).reshape(x.shape)
layer.weight.data, layer.bias.data = gamma.expand(columns.shape[1]), beta.expand(columns.shape[1])
y = layer(columns).reshape(x.shape)
"""
