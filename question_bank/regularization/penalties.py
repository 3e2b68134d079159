r"""L1 and L2 penalties

<story> $w = <w>$ and the loss on the data is $L = <loss>$. The strength of a penalty is $\lambda = <lam>$.

The L1 penalty adds $\lambda S_1$ to the loss, with $S_1 = \sum_i |w_i|$. The L2 penalty adds $\lambda S_2$, with $S_2 = \sum_i w_i^2$ (no factor
$\frac{1}{2}$). <shape>

Give $S_1$, $S_2$, the loss $L_1$ with the L1 penalty, and the loss $L_2$ with the L2 penalty instead.
"""

from numpy import ndim

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.working import bracketed, total

about = dict(minutes=4, tags=["l1", "l2", "weight decay"])

given = dict(
    w=by_level(array(3, integers(-4, 5, but_not=[0]), distinct=True), array(4, grid(-2, 2, by=0.1, but_not=[0])), array((2, 3), grid(-1.5, 1.5, by=0.1, but_not=[0]))),
    loss=by_level(integers(1, 9), grid(0.2, 2, by=0.1), grid(0.1, 1.5, by=0.05)),
    lam=by_level(one_of(0.1, 0.2, 0.5), one_of(0.01, 0.05, 0.1), one_of(0.01, 0.02, 0.05)),
)

words = dict(
    shape=lambda w: "The sums run over all entries of the matrix." if ndim(w) == 2 else "",
    story=one_of("A linear model has the weights", "A layer of a network has the weights", "After training, the weights are"),
)


@step(symbol="S_1", marks=1, tex=r"\sum_i |w_i|")
def l1(w):
    """Every weight counts with its size, whatever its sign."""
    return abs(w).sum()


@l1.mistake()
def no_absolute_value(w):
    """You added up the weights with their signs; add up their absolute values."""
    return w.sum()


@l1.working
def sizes(w):
    return f"$S_1 = {total(abs(w).ravel().tolist())}$"


@step(symbol="S_2", marks=1, tex=r"\sum_i w_i^2")
def l2(w):
    """Squares punish large weights most."""
    return (w**2).sum()


@l2.mistake()
def square_root_taken(w):
    """You took the square root. That is the L2 norm; the L2 penalty uses its square."""
    return (w**2).sum() ** 0.5


@l2.mistake(keeps=0.5)
def halved(w):
    r"""You multiplied by $\frac{1}{2}$. Some books do; this question does not."""
    return (w**2).sum() / 2


@l2.working
def squares(w):
    return f"$S_2 = {' + '.join(bracketed(a) + '^2' for a in w.ravel().tolist())}$"


@step(symbol=r"\lambda")
def strength(lam):
    return lam


@strength.mistake()
def lambda_forgotten():
    r"""You added the whole sum; multiply it by $\lambda = <lam>$ first."""
    return 1


@step(symbol="L_1", marks=1)
def loss_l1(loss, strength, l1):
    """With the penalty, training weighs a good fit against small weights."""
    return loss + strength * l1


@step(symbol="L_2", marks=1)
def loss_l2(loss, strength, l2):
    """The same with the sum of squares."""
    return loss + strength * l2


pytorch = """
import torch

w = torch.tensor(<w>, dtype=torch.float64)
l1 = torch.linalg.vector_norm(w, ord=1)
l2 = torch.linalg.vector_norm(w) ** 2
loss_l1, loss_l2 = <loss> + <lam> * l1, <loss> + <lam> * l2
"""
