r"""A gradient step with an L1 or L2 penalty

<story> has the weights $w = <w>$. The gradient of the loss on the data, without any penalty, is $g = <g>$. The learning rate is $\eta = <lr>$.

Give the weights after one step of gradient descent,

- if the penalty $\lambda \sum_i |w_i|$ is added to the loss ($w_{\text{L1}}$),
- if instead the penalty $\lambda \sum_i w_i^2$ is added, without a factor $\frac{1}{2}$ ($w_{\text{L2}}$).

In both cases $\lambda = <lam>$.
"""

from numpy import sign

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=5, tags=["l1", "l2", "weight decay"])

given = dict(
    w=by_level(array(2, integers(-5, 5, but_not=[0])), array(2, grid(-2, 2, by=0.1, but_not=[0])), array(3, grid(-2, 2, by=0.1, but_not=[0]))),
    g=by_level(array(2, integers(-4, 4)), array(2, grid(-2, 2, by=0.1)), array(3, grid(-2, 2, by=0.1))),
    lr=by_level(0.1, one_of(0.05, 0.1, 0.2), one_of(0.05, 0.1)),
    lam=by_level(one_of(1, 2, 3), one_of(0.1, 0.2, 0.5), one_of(0.05, 0.1, 0.3)),
)

words = dict(story=one_of("A linear model", "A neuron", "The last layer of a network"))


@step(symbol="s")
def signs(w):
    r"""The derivative of $|w_i|$ is the sign of $w_i$, here called $s_i$."""
    return sign(w)


@step(symbol=r"w_{\text{L1}}", marks=2)
def w_l1(w, lr, g, lam, signs):
    """Each weight is pulled towards 0 with the same force, whatever its size."""
    return w - lr * (g + lam * signs)


@w_l1.mistake()
def weight_instead_of_sign(w, lr, g, lam):
    r"""You added $\lambda w$ to the gradient; the derivative of $|w|$ is only the sign, $-1$ or $1$."""
    return w - lr * (g + lam * w)


@w_l1.mistake(when=lambda w: (w < 0).any() and (w > 0).any())
def sign_left_out(w, lr, g, lam):
    r"""You added $\lambda$ to every entry; for a negative weight the derivative of $|w|$ is $-1$."""
    return w - lr * (g + lam)


@w_l1.mistake()
def penalty_pushes_away(w, lr, g, lam, signs):
    """Your penalty drives the weights away from 0; its derivative is added to the gradient, not subtracted."""
    return w - lr * (g - lam * signs)


@step(symbol=r"w_{\text{L2}}", marks=2)
def w_l2(w, lr, g, lam):
    r"""The derivative of $w^2$ is $2w$: large weights are pulled hardest."""
    return w - lr * (g + 2 * lam * w)


@w_l2.mistake(keeps=0.5)
def factor_two_forgotten(w, lr, g, lam):
    r"""You added $\lambda w$, which belongs to the penalty with $\frac{1}{2}$; the derivative of $w^2$ is $2w$."""
    return w - lr * (g + lam * w)


@w_l2.mistake(keeps=0.5)
def decay_not_scaled(w, lr, g, lam):
    r"""You subtracted $2 \lambda w$ in full; it is part of the gradient, so multiply it by $\eta$, too."""
    return w - lr * g - 2 * lam * w


@w_l2.mistake()
def penalty_ignored(w, lr, g):
    """This is the step without a penalty."""
    return w - lr * g


pytorch = """
import torch

g = torch.tensor(<g>, dtype=torch.float64)
penalties = dict(l1=lambda w: w.abs().sum(), l2=lambda w: w.square().sum())
after = {}
for name, penalty in penalties.items():
    w = torch.tensor(<w>, dtype=torch.float64, requires_grad=True)
    loss = g @ w + <lam> * penalty(w)  # the data's loss has the gradient g
    loss.backward()
    torch.optim.SGD([w], lr=<lr>).step()
    after[name] = w
w_l1, w_l2 = after["l1"], after["l2"]
"""
