r"""Output of a perceptron

<story> Its weights are $w = <w>$ and its bias is $b = <b>$. For an input $x$, it outputs $\hat{y} = 1$ if $z = w \cdot x + b \ge 0$, and 0 otherwise.

The inputs are the rows of

$$X = <x>$$

Compute $z$ and $\hat{y}$ for each row.
"""

from numpy import any as any_of
from numpy import atleast_2d, dot, ravel

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import binary_step
from dlexam.kinds.number import tex
from dlexam.working import bracketed, products

about = dict(minutes=4, tags=["perceptron"], decimals=3)

given = dict(
    rows=by_level(3, 4, 4),
    n=by_level(2, 3, 4),
    # halves and quarters are exact in binary, so that z = 0 is exactly 0
    x=lambda rows, n, level: array((rows, n), by_level(integers(-2, 3), integers(-3, 4), grid(-2, 3, by=0.5))(level)),
    w=lambda n, level: array(n, by_level(integers(-3, 3, but_not=[0]), grid(-2, 2, by=0.5, but_not=[0]), grid(-1.5, 1.5, by=0.25, but_not=[0]))(level)),
    b=lambda x, w, level, random: telling_bias((x @ w).tolist(), 1 if level == 1 else 0.5, random),
)


def telling_bias(sums, unit, random):
    """A bias with which both outputs occur, and without which some output is another."""

    def outputs(b):
        return [s + b >= 0 for s in sums]

    biases = [k * unit for k in range(-10, 11)]
    telling = [b for b in biases if len(set(outputs(b))) == 2 and outputs(b) != outputs(0)]
    return random.choice(telling or [unit])


words = dict(
    story=one_of(
        "A perceptron raises an alarm (1) or stays silent (0), from the readings of <n> sensors.",
        "A perceptron says whether an e-mail is spam (1) or not (0), from <n> features of its text.",
        "A perceptron decides whether a loan is granted (1) or refused (0), from <n> scaled features of the applicant.",
        "A perceptron has <n> inputs.",
    )
)


@step(symbol="z", marks=2)
def z(x, w, b):
    """Multiply each input by its weight, add the products, and add the bias once."""
    return dot(x, w) + b


@z.working
def sums(x, w, b, z):
    rows = zip(atleast_2d(x).tolist(), ravel(z).tolist())
    return [rf"$z_{{{i}}} = {products(row, ravel(w).tolist())} + {bracketed(b)} = {tex(sum_)}$" for i, (row, sum_) in enumerate(rows, 1)][:6]


@z.mistake()
def bias_forgotten(x, w):
    """You left out the bias; add $b = <b>$ to the weighted sum."""
    return dot(x, w)


@step(symbol=r"\hat{y}", proves=False, marks=1, tex=r"\begin{cases}1 & \text{if } z \ge 0 \\ 0 & \text{otherwise}\end{cases}")
def output(z):
    """Compare each sum with 0; a sum of exactly 0 gives 1."""
    return binary_step(z)


@output.mistake()
def threshold_reversed(z):
    r"""You turned the comparison round; the output is 1 where $z \ge 0$."""
    return 1 - binary_step(z)


@output.mistake(when=lambda z: any_of(z == 0))
def zero_counted_as_negative(z):
    r"""You gave 0 for $z = 0$; this perceptron's threshold is $z \ge 0$, so the output is 1 there."""
    return 1 - binary_step(-z)


pytorch = """
import torch

x, w, b = (torch.tensor(value, dtype=torch.float64) for value in (<x>, [<w>], [<b>]))
z = torch.nn.functional.linear(x, w, b).squeeze(-1)
output = torch.heaviside(z, torch.ones(1, dtype=torch.float64))
"""
