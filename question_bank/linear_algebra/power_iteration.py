r"""Power iteration

<story>

$$A = <A>,\quad w_0 = <w0>.$$

Do $k = <steps>$ steps of power iteration,

$$w_{i+1} = \frac{A w_i}{\lVert A w_i \rVert_2}.$$

Give the vector $w = w_{<steps>}$ after the last step and the estimate $\rho = w^\top A w$ (the Rayleigh quotient) of the largest eigenvalue.
"""

import numpy as np

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import l2_norm
from dlexam.engine import power_iteration as iterate
from dlexam.kinds.matrix import tex as matrix_tex
from dlexam.kinds.number import tex

about = dict(minutes=8, tags=["eigenvalues", "power iteration"])


def symmetric(random, n, diagonal, beside):
    """A symmetric matrix whose diagonal is the larger part, so that the iteration does not end at once."""
    sides = np.tril(array((n, n), beside).draw(random), -1)
    return sides + sides.T + np.diag(array(n, diagonal).draw(random))


def start(A, random):
    """A vector of zeros and ones, but not of zeros only."""
    ones = random.randint(1, len(A))
    return np.array(random.sample([1] * ones + [0] * (len(A) - ones), len(A)))


given = dict(
    A=lambda random, level: by_level(
        array((2, 2), integers(1, 5)),
        symmetric(random, 2, integers(2, 9), integers(1, 3)),
        symmetric(random, 3, grid(1, 4, by=0.5), grid(0.5, 1.5, by=0.5)),
    )(level),
    w0=start,
    steps=by_level(2, one_of(2, 3), one_of(2, 3)),
)

words = dict(
    story=lambda A: one_of(
        "The largest eigenvalue of a matrix is estimated.",
        "The covariance matrix of a data set is $A$; its first principal direction is sought."
        if np.array_equal(A, A.T)
        else "The links of a few web pages are weighed in $A$; its leading eigenvector ranks the pages.",
        "A recurrent network applies $A$ at every step; the direction in which its state grows most is sought.",
    )
)


@step(symbol="w", marks=3, tex=r"\frac{A^{<steps>} w_0}{\lVert A^{<steps>} w_0 \rVert_2}")
def w(A, w0, steps):
    """Each product turns the vector towards the leading eigenvector; the division keeps its length at 1. (It may also wait until the end.)"""
    return iterate(A, w0, steps)[0]


@w.working
def each_step(A, w0, steps):
    lines, now = [], w0
    for i in range(1, min(steps, 6) + 1):
        image = A @ now
        length = l2_norm(image)
        now, sign = image / length, "=" if i == 1 else r"\approx"
        lines.append(
            rf"$A w_{{{i - 1}}} {sign} {matrix_tex(image, 4)}$ has the length ${tex(length, 4)}$, so $w_{{{i}}} \approx {matrix_tex(now, 4)}$."
        )
    return lines


@w.mistake(keeps=0.5)
def not_normalised(A, w0, steps):
    """You multiplied by the matrix but never divided by the length."""
    return np.linalg.matrix_power(A, steps) @ w0 * 1.0


@w.mistake(when=lambda steps: steps > 1)
def one_step_short(A, w0, steps):
    r"""This is $w$ one step earlier; $w_0$ is the start, so <steps> multiplications by $A$ are due."""
    return iterate(A, w0, steps - 1)[0]


@w.mistake()
def scaled_by_largest_entry(A, w0, steps):
    """You divided by the largest entry, as some textbooks do; this question divides by the L2 norm."""
    last = iterate(A, w0, steps)[0]
    return last / last[abs(last).argmax()]


@step(symbol=r"\rho", marks=1, tex=r"w^\top A w")
def rayleigh(w, A):
    r"""If $Aw = \lambda w$ and $w$ has the length 1, this product is $\lambda$."""
    return w.T @ A @ w


@rayleigh.working
def product(w, A, rayleigh):
    return rf"$A w \approx {matrix_tex(A @ w, 4)}$, and $w \cdot A w \approx {tex(rayleigh, 4)}$."


pytorch = """
import torch

A = torch.tensor(<A>, dtype=torch.float64)
w = torch.tensor(<w0>, dtype=torch.float64)
for _ in range(<steps>):
    w = torch.nn.functional.normalize(A @ w, dim=0)
rayleigh = torch.einsum("i,ij,j->", w, A, w)
"""
