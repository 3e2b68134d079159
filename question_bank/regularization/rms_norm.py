r"""RMS normalisation

<story> $x = <x>$. RMS normalisation with the scale $\gamma = <gamma>$ and $\epsilon = <eps>$ is applied:

$$y = \gamma \odot \frac{x}{\operatorname{RMS}(x)},\qquad \operatorname{RMS}(x) = \sqrt{\frac{1}{n} \sum_{i=1}^{n} x_i^2 + \epsilon}$$

Give $\operatorname{RMS}(x)$ and $y$.
"""

from numpy import array as numbers
from numpy import sqrt

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.figures_grid import equals
from dlexam.working import bracketed

about = dict(minutes=4, tags=["rms normalisation", "layer normalisation"], decimals=3, symbols=dict(eps=r"\epsilon", gamma=r"\gamma"))

ROUND = ((1, 7), (2, 14), (1, 1, 5), (1, 5, 7), (2, 2, 10), (1, 1, 3, 5), (1, 1, 7, 7), (1, 5, 5, 7), (2, 2, 6, 10), (2, 4, 4, 8), (1, 1, 1, 1, 4))


def round_vector(random):
    """A shuffled vector with signs whose root mean square is whole."""
    entries = list(random.choice(ROUND))
    random.shuffle(entries)
    return numbers([a * random.choice((-1, 1, 1)) for a in entries])


given = dict(
    x=lambda level, random: round_vector(random) if level == 1 else array(*by_level(0, (3, integers(-5, 9, but_not=[0])), (5, grid(-3, 4, by=0.1)))(level)),
    gamma=lambda level, x: array(len(x), by_level(one_of(1, 2, 3), grid(0.5, 2, by=0.5), grid(0.5, 2, by=0.1))(level)),
    eps=by_level(0, 1e-5, 1e-5),
)

words = dict(
    story=one_of("In a layer of a large language model, a token has the features", "A transformer block receives the vector", "For one sample, a layer's activations are"),
)


@step
def n(x):
    return len(x)


@step(symbol="x")
def centred(x):
    return x


@centred.mistake(keeps=0.5)
def mean_subtracted(x):
    """You subtracted the mean first, as layer normalisation does; RMS normalisation leaves it out."""
    return x - x.mean()


@step(symbol=r"\operatorname{RMS}(x)", marks=2, tex=r"\sqrt{\frac{1}{<n>} \sum_i x_i^2 + <eps>}")
def rms(centred, n, eps):
    """The typical size of the entries: root of the mean of the squares."""
    return sqrt((centred**2).sum() / n + eps)


@rms.mistake()
def no_square_root(centred, n, eps):
    """This is the mean square; take its root."""
    return (centred**2).sum() / n + eps


@rms.mistake(keeps=0.5)
def not_averaged(centred, eps):
    r"""You took the root of the sum of squares, the L2 norm; divide the sum by $n = <n>$ first."""
    return sqrt((centred**2).sum() + eps)


@rms.working
def squares(x, n):
    return rf"$\frac{{1}}{{n}} \sum_i x_i^2 = ({' + '.join(bracketed(a) + '^2' for a in x.tolist())}) / {n}$ {equals((x**2).sum() / n, 4)}"


@step(symbol="y", marks=2)
def y(gamma, centred, rms):
    """Divide by this size, then scale each feature; nothing is shifted."""
    return gamma * centred / rms


@y.mistake(keeps=0.5)
def scale_forgotten(centred, rms):
    r"""You left out the scale $\gamma$."""
    return centred / rms


pytorch = """
import torch

x, gamma = (torch.tensor(a, dtype=torch.float64) for a in (<x>, <gamma>))
rms = (torch.dot(x, x) / len(x) + <eps>) ** 0.5
y = torch.nn.functional.rms_norm(x, x.shape, gamma, <eps>)
"""
