r"""One epoch of perceptron training

<story> The training examples are the rows of $X$, their targets are $y$:

$$X = <X>,\quad y = <y>$$

The perceptron starts with the weights $w = <w>$ and the bias $b = <b>$. Its output $\hat{y}$ is 1 if $w \cdot x + b \ge 0$, and 0 otherwise.

Train it for one epoch with the perceptron learning rule and the learning rate $\eta = <lr>$: take the examples in the order given and update
the weights and the bias after each one. The error of an example is $e = y - \hat{y}$.

Give the errors $e$ in order, the weights and the bias after the epoch, and the number $k$ of examples after which they changed.
"""

from itertools import product

from numpy import array as vector
from numpy import count_nonzero

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import total

about = dict(minutes=10, tags=["perceptron", "training"], decimals=2, symbols=dict(lr=r"\eta"))

given = dict(
    rows=by_level(4, 4, 5),
    n=by_level(2, 2, 3),
    X=lambda rows, n, level, random: vector(random.sample([*product(range(2) if level == 1 else range(-2, 4), repeat=n)], rows)),
    y=lambda X, level, random: gate(X, random) if level == 1 else separable(X, random),
    w=lambda n, level: array(n, by_level(integers(-1, 1), integers(-2, 2), grid(-1, 1, by=0.5))(level)),
    b=lambda w, X, y, level: mostly_wrong(w, X, y, by_level((-1, 0, 1), (-2, -1, 0, 1, 2), (-1.0, -0.5, 0.0, 0.5, 1.0))(level)),
    lr=by_level(1, one_of(1, 0.5, 2), one_of(0.25, 0.5)),
)


def gate(X, random):
    """The targets of OR, AND, NOR or NAND, by the number of ones in each row."""
    return vector(random.choice([(0, 1, 1), (0, 0, 1), (1, 0, 0), (1, 1, 0)]))[X.sum(axis=1)]


def separable(X, random):
    """Targets that some line or plane separates: half of the rows, along a random direction."""
    along = X @ vector([random.choice([-2, -1, 1, 2]) for _ in X[0]])
    return (along >= sorted(along)[len(X) // 2]).astype(int)


def mostly_wrong(w, X, y, biases):
    """A bias with which at least half of the examples are wrong at first, if there is one: then there is much to learn."""
    wrong = [b for b in biases if 2 * ((X @ w + b >= 0) != y).sum() >= len(y)]
    return one_of(*(wrong or biases))


words = dict(
    story=lambda level: "A perceptron is to learn a logic gate." if level == 1 else one_of(
        "A perceptron learns to tell two kinds of leaves apart by their measurements.",
        "A perceptron learns to tell good parts (1) from faulty ones (0).",
        "A perceptron learns from a small training set.",
    )
)


def epoch(X, y, w, b, lr):
    """Every example's sum z, error, and the weights and the bias after it."""
    trace = []
    for x, target in zip(X, y):
        z = w @ x + b
        error = int(target) - int(z >= 0)
        w, b = w + lr * error * x, b + lr * error
        trace.append((z, error, w, b))
    return trace


@step(symbol="e", marks=3, each=True)
def errors(X, y, w, b, lr):
    """Go through the examples one by one; each output uses the weights as the example before left them."""
    return vector([error for _, error, _, _ in epoch(X, y, w, b, lr)])


@errors.working
def table(X, y, w, b, lr):
    lines = [
        f"| ${tuple_tex(x)}$ | {y_i} | ${tex(z)}$ | {int(z >= 0)} | ${e}$ | ${tuple_tex(w_i)}$ | ${tex(b_i)}$ |"
        for x, y_i, (z, e, w_i, b_i) in zip(X, y, epoch(X, y, w, b, lr))
    ]
    return "| $x$ | $y$ | $z$ | $\\hat{y}$ | $e$ | new $w$ | new $b$ |\n|---|---|---|---|---|---|---|\n" + "\n".join(lines)


def tuple_tex(entries):
    return "(" + r",\; ".join(tex(entry) for entry in entries.tolist()) + ")"


@errors.mistake()
def batch_update(X, y, w, b):
    """You computed all outputs with the starting weights; update after each example and use the new weights for the next one."""
    return y - (X @ w + b >= 0)


@step(symbol=r"w_{\text{new}}", marks=2, tex=r"w + \eta \sum_i e_i x_i")
def w_new(w, lr, errors, X):
    """Every misclassified example adds its input, times the error and the learning rate."""
    return w + lr * errors @ X


@w_new.working
def changes(w, lr, errors, X, w_new):
    terms = "".join(f" {'+' if e > 0 else '-'} {tuple_tex(x)}" for e, x in zip(errors.tolist(), X) if e)
    return rf"$w_{{\text{{new}}}} = {tuple_tex(w)} + {tex(lr)} \cdot \left({terms.removeprefix(' +')}\right) = {tuple_tex(w_new)}$" if terms else []


@w_new.mistake(when=lambda lr: lr != 1)
def learning_rate_forgotten(w, errors, X):
    r"""You left out the learning rate $\eta = <lr>$."""
    return w + errors @ X


@step(symbol=r"b_{\text{new}}", marks=1, tex=r"b + \eta \sum_i e_i")
def b_new(b, lr, errors):
    """The bias changes like a weight whose input is always 1."""
    return b + lr * int(errors.sum())


@b_new.working
def bias_changes(b, lr, errors, b_new):
    return rf"$b_{{\text{{new}}}} = {tex(b)} + {tex(lr)} \cdot ({total(errors.tolist())}) = {tex(b_new)}$"


@b_new.mistake(when=lambda errors: errors.sum() != 0)
def bias_not_updated(b):
    """You left the bias as it was; it is trained like a weight whose input is always 1."""
    return b


@step(symbol="k", marks=1, proves=False, tex=r"\text{number of } e_i \neq 0")
def updates(errors):
    """Only an example with an error changes anything."""
    return int(count_nonzero(errors))


@updates.mistake(when=lambda updates, y: updates != len(y))
def all_examples_counted(y):
    """You counted every example; one that is classified correctly has the error 0 and changes nothing."""
    return len(y)


pytorch = """
import torch

w = torch.tensor(<w>, dtype=torch.float64, requires_grad=True)
b = torch.tensor(float(<b>), dtype=torch.float64, requires_grad=True)
sgd = torch.optim.SGD([w, b], lr=<lr>)
errors = []
for x, y in zip(torch.tensor(<X>, dtype=torch.float64), <y>):
    z = w @ x + b
    errors.append(y - int(z >= 0))
    sgd.zero_grad()
    (-errors[-1] * z).backward()  # the perceptron criterion
    sgd.step()
w_new, b_new, updates = w.detach(), b.item(), sum(e != 0 for e in errors)
"""
