r"""Softmax cross-entropy and its gradient

<story> Its last layer gives the logits $z = <z>$, and the true class is $y = <target>$ (classes are counted from 0).

The probabilities are $p = \operatorname{softmax}(z)$ and the loss is the cross-entropy $L$ with the natural logarithm. Compute $p$, $L$ and the
gradient $\partial L / \partial z$ of the loss at the logits.
"""

from numpy import exp, log, log10

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import one_hot, softmax
from dlexam.kinds.number import tex
from dlexam.working import total

about = dict(minutes=8, tags=["softmax", "cross-entropy", "gradient"])

given = dict(
    classes=by_level(3, 3, 5),
    z=lambda classes, level: array(classes, by_level(integers(-2, 3), grid(-1.5, 3, by=0.1), grid(-2.5, 2.5, by=0.05))(level), distinct=True),
    target=lambda classes: integers(0, classes - 1),
)

words = dict(
    story=one_of(
        "A network tells <classes> kinds of skin lesions apart in photographs.",
        "A network recognises <classes> spoken commands.",
        "A network sorts news articles into <classes> sections.",
        "A network sorts traffic signs into <classes> groups.",
        "A classifier has <classes> classes.",
    )
)


@step(symbol="p", marks=2)
def probabilities(z):
    r"""Exponentials make the logits positive; dividing by their sum makes them add up to 1: $p_i = e^{z_i} / \sum_j e^{z_j}$."""
    return softmax(z)


@probabilities.working
def exponentials(z):
    return rf"$\sum_j e^{{z_j}} \approx {total(exp(z).tolist(), 4)} \approx {tex(exp(z).sum().item(), 4)}$"


@probabilities.mistake()
def not_normalised(z):
    """These are the exponentials; divide each by their sum, so that the probabilities add up to 1."""
    return exp(z)


@step(symbol="L", marks=2)
def loss(probabilities, target):
    """Only the probability of the true class counts: the smaller it is, the larger the loss."""
    return -log(probabilities[target])


@loss.mistake()
def minus_forgotten(probabilities, target):
    """You left out the minus sign; the logarithm of a probability is negative, and the loss is positive."""
    return log(probabilities[target])


@loss.mistake()
def wrong_log_base(probabilities, target):
    r"""You used the logarithm to base 10; the cross-entropy here uses the natural logarithm $\ln$."""
    return -log10(probabilities[target])


@step(symbol="t", tex=r"\text{one-hot}(<target>)")
def true_class(target, z):
    r"""The target as a one-hot vector $t$: 1 for the true class, 0 for all others."""
    return one_hot(target, len(z))


@step(symbol=r"\frac{\partial L}{\partial z}", marks=3, gradient_of=("loss", "z"))
def dz(probabilities, true_class):
    """Softmax and logarithm together have this simple derivative. Descent along it pushes the true logit up and all others down."""
    return probabilities - true_class


@dz.mistake()
def gradient_sign(probabilities, true_class):
    """You took target minus probabilities; the gradient is probabilities minus target."""
    return true_class - probabilities


@dz.mistake()
def target_not_subtracted(probabilities):
    """You gave the probabilities; subtract 1 at the true class."""
    return probabilities


@dz.mistake()
def subtracted_everywhere(probabilities):
    """You subtracted 1 from every entry; the target is 1 at the true class only."""
    return probabilities - 1


pytorch = """
import torch

z = torch.tensor(<z>, dtype=torch.float64, requires_grad=True)
loss = torch.nn.functional.cross_entropy(z.unsqueeze(0), torch.tensor([<target>]))
loss.backward()
probabilities = torch.softmax(z.detach(), dim=0)
dz = z.grad
loss = loss.item()
"""
