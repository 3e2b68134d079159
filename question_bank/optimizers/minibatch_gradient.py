r"""Batch, mini-batch and stochastic gradients

<story> A linear model predicts $\hat{y} = w x + b$, at present with $w = <w>$ and $b = <b>$.

Indices count from 0. The next update uses <which>. Its loss $J$ is the mean squared error over the samples used,
without a factor $\frac{1}{2}$. The learning rate is $\eta = <lr>$.

Give the predictions $\hat{y}$ for the samples used, the derivatives of the loss with respect to $w$ and $b$, and the new values $w'$ and $b'$.
"""

from numpy import sort

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.blocks import Table, Text
from dlexam.figures_grid import equals
from dlexam.working import products, total

about = dict(minutes=8, tags=["mini-batch", "stochastic gradient descent", "linear regression"])

given = dict(
    x=by_level(array(3, integers(1, 6), distinct=True), array(5, integers(1, 9), distinct=True), array(6, grid(0.5, 6, by=0.5), distinct=True)),
    y=lambda x, level: array(len(x), by_level(integers(1, 9), integers(2, 20), grid(1, 12, by=0.5))(level)),
    w=by_level(integers(1, 3), grid(0.5, 2.5, by=0.5), grid(0.5, 2.5, by=0.1)),
    b=by_level(integers(-2, 2), grid(-2, 2, by=0.5), grid(-2, 2, by=0.1)),
    batch=lambda x, level, random: sort(random.sample(range(len(x)), random.choice(by_level((1, 1, 2), (1, 2, 2), (2, 3, 3, len(x)))(level)))),
    lr=by_level(0.1, one_of(0.01, 0.02, 0.05), one_of(0.01, 0.02)),
)

words = dict(
    story=one_of(
        "Hours of study $x$ and points in an exam $y$ of some students are known.",
        "Sizes $x$ and prices $y$ of some flats are known (in suitable units).",
        "A sensor was read ($y$) at some settings ($x$).",
    ),
    which=lambda batch, x: f"one random sample, the one with index {batch[0]}" if len(batch) == 1 else ("all samples, those with the indices" if len(batch) == len(x) else "the mini-batch of the samples with the indices") + f" {', '.join(map(str, batch[:-1]))} and {batch[-1]}",
)


def figure(x, y):
    def cells(name, values):
        return tuple((Text(text),) for text in (name, *(f"{v:g}" for v in values)))

    return Table(cells("index", range(len(x))), (cells("x", x), cells("y", y)))


@step
def x_used(x, batch):
    return x[batch]


@step
def y_used(y, batch):
    return y[batch]


@step(symbol=r"\hat{y}", marks=1)
def predictions(w, x_used, b):
    """Only the samples of this update are put through the model."""
    return w * x_used + b


@step(symbol="e")
def errors(predictions, y_used):
    """The error of each prediction, by how much it is too large."""
    return predictions - y_used


@step
def loss(errors):
    return (errors**2).mean()


@step
def factor(errors):
    return 2 / len(errors)


@factor.mistake(when=lambda batch: len(batch) > 1)
def summed_not_averaged():
    """You added up the samples; the mean squared error divides by their number."""
    return 2


@factor.mistake(keeps=0.5)
def factor_two_forgotten(errors):
    r"""You left out the factor 2 from the square; this loss has no $\frac{1}{2}$ to cancel it."""
    return 1 / len(errors)


def of_all(w, b, x, y, by):
    """The derivative over the whole data by a factor of `by`: x for the weight, 1 for the bias."""
    return 2 * ((w * x + b - y) * by).mean()


@step(symbol=r"\frac{\partial J}{\partial w}", marks=2, gradient_of=("loss", "w"), tex=r"\frac{2}{n} \sum_i e_i x_i")
def dw(factor, errors, x_used):
    r"""The square gives the factor 2, the inner derivative the factor $x_i$; average over the $n$ samples used."""
    return factor * (errors * x_used).sum()


@dw.mistake(when=lambda batch, x, y, w, b, dw: len(batch) < len(x) and abs(of_all(w, b, x, y, x) + dw) > 0.01)  # else it looks like ascent
def whole_data_used(w, b, x, y):
    """You used all samples; this update looks at those of the batch only."""
    return of_all(w, b, x, y, x)


@dw.working
def dw_terms(errors, x_used, dw):
    return rf"$\frac{{2}}{{{len(errors)}}} \cdot ({products(errors.tolist(), x_used.tolist())})$ {equals(dw, 4)}"


@step(symbol=r"\frac{\partial J}{\partial b}", marks=1, gradient_of=("loss", "b"), tex=r"\frac{2}{n} \sum_i e_i")
def db(factor, errors):
    """The same, but the inner derivative is 1."""
    return factor * errors.sum()


@db.mistake(when=lambda batch, x, y, w, b, db: len(batch) < len(x) and abs(of_all(w, b, x, y, 1) + db) > 0.01)
def db_of_whole_data(w, b, x, y):
    """You used all samples; this update looks at those of the batch only."""
    return of_all(w, b, x, y, 1)


@db.working
def db_terms(errors, db):
    added = total(errors.tolist()) if len(errors) == 1 else f"({total(errors.tolist())})"
    return rf"$\frac{{2}}{{{len(errors)}}} \cdot {added}$ {equals(db, 4)}"


@step(symbol=r"\eta")
def rate(lr):
    return lr


@rate.mistake()
def ascent(lr):
    """You added the derivatives, which climbs; subtract them."""
    return -lr


@step(symbol="w'", marks=1)
def w_new(w, rate, dw):
    """Step against the derivative."""
    return w - rate * dw


@step(symbol="b'", marks=1)
def b_new(b, rate, db):
    """The bias is moved likewise."""
    return b - rate * db


pytorch = """
import torch

x, y = (torch.tensor(a, dtype=torch.float64)[<batch>] for a in (<x>, <y>))
w, b = (torch.tensor(float(a), dtype=torch.float64, requires_grad=True) for a in (<w>, <b>))
predictions = w * x + b
torch.nn.functional.mse_loss(predictions, y).backward()
dw, db = w.grad.clone(), b.grad.clone()
torch.optim.SGD([w, b], lr=<lr>).step()
w_new, b_new = w, b
"""
