r"""Perceptron update rule

<story> Its weights are $w = <w>$ and its bias is $b = <b>$. Its output $\hat{y}$ is 1 if $w \cdot x + b \ge 0$, and 0 otherwise.

The next training example is $x = <x>$ with the target $y = <y>$. The error is $e = y - \hat{y}$ and the learning rate is $\eta = <lr>$.

Compute the output and the error. Then apply the perceptron learning rule once: give the new weights and the new bias.
"""

from numpy import dot, ravel

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import bracketed, products

about = dict(minutes=5, tags=["perceptron"], decimals=3)

given = dict(
    n=by_level(2, 3, 4),
    x=lambda n, level: array(n, by_level(integers(-2, 3), integers(-3, 4), grid(-2, 3, by=0.5))(level)),
    w=lambda n, level: array(n, by_level(integers(-3, 3), grid(-1, 1, by=0.1), grid(-1, 1, by=0.2))(level)),
    b=by_level(integers(-2, 2), grid(-0.95, 0.95, by=0.1), grid(-0.95, 0.95, by=0.1)),
    lr=by_level(one_of(1, 0.5), one_of(0.1, 0.2, 0.5), one_of(0.01, 0.05, 0.1)),
    # mostly misclassified, else there is nothing to learn; now and then right, so that the output has to be computed
    y=lambda w, x, b: one_of(*[int(dot(w, x) + b < 0)] * 5, int(dot(w, x) + b >= 0)),
)

words = dict(
    story=one_of(
        "A perceptron learns to tell spam (target 1) from other e-mails (target 0).",
        "A perceptron learns to tell two kinds of flowers apart, labelled 1 and 0.",
        "A perceptron decides whether a machine needs service (1) or not (0), from its sensors.",
        "A perceptron is trained, one example at a time.",
    )
)


@step(symbol=r"\hat{y}", marks=1, tex=r"\begin{cases}1 & \text{if } w \cdot x + b \ge 0 \\ 0 & \text{otherwise}\end{cases}")
def output(w, x, b):
    """Only the sign of the weighted sum counts."""
    return int(dot(w, x) + b >= 0)


@output.working
def weighted_sum(w, x, b):
    z = dot(w, x) + b
    sign = r"\ge" if z >= 0 else "<"
    return rf"$w \cdot x + b = {products(ravel(w).tolist(), ravel(x).tolist())} + {bracketed(b)} = {tex(z)} {sign} 0$"


@output.mistake()
def threshold_reversed(w, x, b):
    r"""You turned the comparison round; the output is 1 where $w \cdot x + b \ge 0$."""
    return int(dot(w, x) + b < 0)


@step(symbol="e", marks=1, proves=False)
def error(y, output):
    """The error says in which direction the output has to move; 0 means that nothing changes."""
    return y - output


@error.mistake(when=lambda error: error != 0)
def error_reversed(y, output):
    """You took output minus target, so the weights move away from the target; the error is target minus output."""
    return output - y


@step(symbol=r"w_{\text{new}}", marks=2)
def w_new(w, lr, error, x):
    """Each weight moves in proportion to the error and to its own input."""
    return w + lr * error * x


# with x = -1 everywhere it cannot be told from an error with the wrong sign
@w_new.mistake(when=lambda error, x: error != 0 and (x != -1).any())
def input_forgotten(w, lr, error):
    """You moved every weight by the same amount; each weight's change is also multiplied by its own input."""
    return w + lr * error


@w_new.mistake(when=lambda error, lr: error != 0 and lr != 1)
def learning_rate_forgotten(w, error, x):
    r"""You left out the learning rate; multiply the change by $\eta = <lr>$."""
    return w + error * x


@step(symbol=r"b_{\text{new}}", marks=1)
def b_new(b, lr, error):
    """The bias is a weight whose input is always 1."""
    return b + lr * error


@b_new.mistake(when=lambda error: error != 0)
def bias_not_updated(b):
    """You left the bias as it was; it is trained like a weight whose input is always 1."""
    return b


pytorch = """
import torch

x = torch.tensor(<x>, dtype=torch.float64)
w = torch.tensor(<w>, dtype=torch.float64, requires_grad=True)
b = torch.tensor(float(<b>), dtype=torch.float64, requires_grad=True)
z = torch.dot(w, x) + b
output = int(z >= 0)
e = <y> - output
(-e * z).backward()  # the perceptron criterion: 0 for a right output, |z| for a wrong one
torch.optim.SGD([w, b], lr=<lr>).step()
w_new, b_new = w.detach(), b.item()
"""
