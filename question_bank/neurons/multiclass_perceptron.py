r"""Multiclass perceptron update

<story> A multiclass perceptron has a row of weights for each class (classes are counted from 0).
Its scores are $s = W x$, and it predicts the class with the largest score:

$$W = <W>$$

The next training example is $x = <x>$, and its true class is $y = <y>$. Compute the scores $s$ and the prediction $\hat{y}$. Then apply the multiclass perceptron rule (there is no
learning rate): if the prediction is wrong, add $x$ to the row of the true class and subtract it from the row of the predicted class.
"""

from numpy import argmax, ones, outer

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import one_hot
from dlexam.kinds.number import tex
from dlexam.working import products

about = dict(minutes=6, tags=["perceptron", "multiclass"], decimals=2)

given = dict(
    classes=by_level(3, 3, 4),
    n=by_level(2, 3, 4),
    x=lambda n, level: array(n, by_level(integers(-2, 3, but_not=[0]), integers(-3, 4), grid(-2, 2, by=0.5))(level)),
    W=lambda classes, n, x, level, random: untied(array((classes, n), by_level(integers(-2, 3), integers(-3, 3), grid(-2, 2, by=0.5))(level)), x, random),
    # mostly misclassified, else there is nothing to learn
    y=lambda W, x, classes, random: argmax(W @ x).item() if random.random() < 0.12 else random.choice([c for c in range(classes) if c != argmax(W @ x)]),
)


def untied(domain, x, random):
    """Weights without a tie for the largest score."""
    while True:
        W = domain.draw(random)
        scores = sorted((W @ x).tolist())
        if scores[-1] > scores[-2] or not x.any():
            return W


words = dict(
    story=one_of(
        "A tagger sorts words into <classes> word classes.",
        "A small model sorts customer mail into <classes> folders.",
        "Plants are to be sorted into <classes> species by their standardised measurements.",
        "Recordings of bird songs are to be assigned to <classes> species.",
    )
)


@step(symbol="s", marks=2)
def scores(W, x):
    """Each class scores the example with its own row of weights."""
    return W @ x


@scores.working
def rows(W, x, scores):
    return [rf"$s_{{{c}}} = {products(row, x.tolist())} = {tex(score)}$" for c, (row, score) in enumerate(zip(W.tolist(), scores.tolist()))][:6]


@step(symbol=r"\hat{y}", marks=1, proves=False)
def prediction(scores):
    """The largest score wins."""
    return int(argmax(scores))


@step(symbol=r"W_{\text{new}}", marks=3, tex=r"\text{row of } y \text{ plus } x,\ \text{row of } \hat{y} \text{ minus } x")
def W_new(W, x, y, prediction):
    """The true class should score higher next time, the class that was taken for it lower; the other rows stay. After a right prediction, all rows stay."""
    return W + outer(one_hot(y, len(W)), x) - outer(one_hot(prediction, len(W)), x)


@W_new.working
def changed_rows(W, x, y, prediction, W_new):
    if prediction == y:
        return "The prediction is right, so nothing changes."
    signs = ((y, "+"), (prediction, "-"))
    return [rf"Row {c}: ${vector_tex(W[c])} {sign} {vector_tex(x)} = {vector_tex(W_new[c])}$" for c, sign in signs]


def vector_tex(entries):
    return "(" + r",\; ".join(tex(entry) for entry in entries.tolist()) + ")"


@W_new.mistake(when=lambda prediction, y: prediction != y)
def all_rows_updated(W, x, y):
    """You subtracted $x$ from every wrong class; apart from the row of the true class, only that of the predicted class changes."""
    return W + outer(2 * one_hot(y, len(W)) - ones(len(W), dtype=int), x)


@W_new.mistake(when=lambda prediction, y: prediction != y)
def update_signs_swapped(W, x, y, prediction):
    """You moved the rows the wrong way; add $x$ to the row of the true class, subtract it from that of the predicted class."""
    return W - outer(one_hot(y, len(W)), x) + outer(one_hot(prediction, len(W)), x)


@W_new.mistake(keeps=0.5, when=lambda prediction, y: prediction != y)
def predicted_row_kept(W, x, y):
    """You changed the row of the true class only; subtract $x$ from the row of the predicted class, too."""
    return W + outer(one_hot(y, len(W)), x)


@W_new.mistake(when=lambda prediction, y: prediction == y)
def updated_although_right(W, x, y):
    """The prediction is right, so nothing is learned from this example; you changed the weights all the same."""
    return W + outer(one_hot(y, len(W)), x)


pytorch = """
import torch

W = torch.tensor(<W>, dtype=torch.float64, requires_grad=True)
scores = W @ torch.tensor(<x>, dtype=torch.float64)
prediction = scores.argmax().item()
(scores.max() - scores[<y>]).backward()  # the perceptron loss, with a step of 1
W_new = (W - W.grad).detach()
scores = scores.detach()
"""
