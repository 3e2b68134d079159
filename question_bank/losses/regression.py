r"""MSE and MAE

<story> The targets are $y = <y>$ and the predictions are $\hat{y} = <y_hat>$.

Compute the mean squared error (MSE, without a factor $\frac{1}{2}$) and the mean absolute error (MAE) over the $n$ samples.
"""

from numpy import array as vector
from numpy import mean, ravel

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import bracketed, total

about = dict(minutes=4, tags=["regression", "mse", "mae"])

given = dict(
    n=by_level(4, 5, 6),
    y=lambda n, level: array(n, by_level(integers(4, 12), grid(1, 5, by=0.1), grid(-3, 3, by=0.1))(level)),
    y_hat=lambda y, level, random: near(y, by_level((1, 2, 3), (0.1, 0.2, 0.3, 0.5, 0.8), (0.1, 0.2, 0.4, 0.7, 1.1, 1.6))(level), random),
)


def near(y, sizes, random):
    """Predictions that miss each target to either side."""
    missed = vector([random.choice((-1, 1)) * random.choice(sizes) for _ in y])
    return (y + missed).round(1)


words = dict(
    story=lambda level: one_of(
        "A network predicts by how many degrees the temperature will change overnight.",
        "A network predicts how far to the right of its target a robot arm will stop (in centimetres, negative to the left).",
        "A regression model for standardised data is tested on <n> samples.",
    ) if level == 3 else one_of(
        "A network predicts how many bicycles (in thousands) are rented per day.",
        "A model estimates the price of flats (in units of 100 000 euros).",
        "A network predicts the energy use of a building (in MWh).",
        "A regression model is tested on <n> samples.",
    )
)


@step(symbol="e")
def errors(y_hat, y):
    """The error of each prediction is prediction minus target; its sign does not matter for either loss."""
    return y_hat - y


@step(symbol=r"\text{MSE}", marks=2, tex=r"\frac{1}{n} \sum_i e_i^2")
def mse(errors):
    """Squaring makes every error count as positive, and large ones more than small ones."""
    return mean(errors**2)


@mse.working
def squares(errors):
    terms = " + ".join(rf"{bracketed(e)}^2" for e in ravel(errors).tolist())
    return rf"$\text{{MSE}} = \frac{{1}}{{{ravel(errors).size}}} \left({terms}\right) = {tex(float(ravel(errors**2).sum()))} / {ravel(errors).size}$"


@mse.mistake(keeps=0.5)
def not_averaged(errors):
    """You added the squared errors; the *mean* squared error is divided by their number."""
    return ravel(errors**2).sum()


@mse.mistake(keeps=0.5)
def half_factor(errors):
    r"""You halved the mean; some texts do so for a simpler derivative, but the MSE asked here has no factor $\frac{1}{2}$."""
    return mean(errors**2) / 2


@mse.mistake()
def not_squared(errors):
    """You took the absolute errors; for the MSE they are squared."""
    return mean(abs(errors))


@step(symbol=r"\text{MAE}", marks=2, tex=r"\frac{1}{n} \sum_i |e_i|")
def mae(errors):
    """The absolute value keeps errors of different signs from cancelling, without stressing the large ones."""
    return mean(abs(errors))


@mae.working
def sizes(errors):
    terms = ravel(abs(errors)).tolist()
    return rf"$\text{{MAE}} = \frac{{1}}{{{len(terms)}}} ({total(terms)}) = {tex(sum(terms))} / {len(terms)}$"


@mae.mistake()
def no_absolute_value(errors):
    """You let errors of different signs cancel; take the absolute value of each one first."""
    return mean(errors)


@mae.mistake(keeps=0.5)
def sum_of_absolute_errors(errors):
    """You added the absolute errors; the *mean* absolute error is divided by their number."""
    return ravel(abs(errors)).sum()


pytorch = """
import torch
from torch.nn import functional as F

y, y_hat = torch.tensor(<y>).double(), torch.tensor(<y_hat>).double()
mse = F.mse_loss(y_hat, y).item()
mae = F.l1_loss(y_hat, y).item()
"""
