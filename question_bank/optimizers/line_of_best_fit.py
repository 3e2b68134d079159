r"""One gradient step of linear regression

<story> The inputs are the rows of $X$ (its first column, of ones, belongs to the intercept), $y$ holds the targets and $w = <w>$ the
weights so far:

$$X = <X>,\qquad y = <y>$$

The loss is the mean squared error $J(w) = \frac{1}{n} \lVert Xw - y \rVert^2$, so its gradient is $\nabla J(w) = \frac{2}{n} X^\top (Xw - y)$.
The learning rate is $\eta = <lr>$.

Give the residuals $r = Xw - y$, the gradient $\nabla J(w)$ and the new weights $w'$.
"""

from numpy import column_stack, ones

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.figures_grid import equals, weighted_sum
from dlexam.working import bracketed

about = dict(minutes=8, tags=["linear regression", "gradient descent"], symbols=dict(lr=r"\eta"))


def design_matrix(level, random):
    """Drawn inputs with a column of ones before them."""
    inputs = by_level(array((3, 1), integers(1, 5), distinct=True), array((4, 1), integers(1, 8), distinct=True), array((4, 2), integers(-3, 4)))(level)
    rows = inputs.draw(random)
    return column_stack([ones(len(rows), rows.dtype), rows])


given = dict(
    X=design_matrix,
    y=lambda level, X: array(len(X), by_level(integers(1, 9), integers(2, 15), integers(-6, 9))(level)),
    w=lambda level, X: array(X.shape[1], by_level(integers(0, 3), grid(0.5, 2.5, by=0.5), grid(-2, 2, by=0.5))(level)),
    lr=by_level(0.1, one_of(0.01, 0.02, 0.05), one_of(0.02, 0.05, 0.1)),
)

words = dict(
    model=lambda X: "A line of best fit is found by gradient descent." if X.shape[1] == 2 else "A regression model with two inputs is trained by gradient descent.",
    story=one_of("<model>", "Linear regression is trained by gradient descent on the whole data.", "A linear model learns from a few measurements."),
)


@step
def n(y):
    return len(y)


@step(symbol="r", marks=2)
def residuals(X, w, y):
    """Prediction minus target, for each row."""
    return X @ w - y


@residuals.mistake(keeps=0.5)
def sign_flipped(X, w, y):
    r"""You took $y - Xw$. With this sign the gradient points downhill, and subtracting it climbs."""
    return y - X @ w


@residuals.working
def rows(X, w, y, residuals):
    lines = [f"${weighted_sum(row, w)} - {bracketed(b)}$ {equals(r, 4)}" for row, b, r in zip(X, y.tolist(), residuals.tolist())]
    return [f"Row {i}: {line}" for i, line in enumerate(lines[:4], 1)]


@step
def loss(X, w, y):
    return ((X @ w - y) ** 2).mean()


@step(symbol=r"\nabla J(w)", marks=2, gradient_of=("loss", "w"))
def gradient(n, X, residuals):
    """Each column of $X$ says how much its weight matters for each residual."""
    return 2 / n * (X.T @ residuals)


@gradient.mistake(keeps=0.5)
def not_averaged(X, residuals):
    r"""You left out the division by $n = <n>$; the loss is a mean."""
    return 2 * (X.T @ residuals)


@gradient.mistake(keeps=0.5)
def factor_two_forgotten(n, X, residuals):
    r"""You left out the factor 2 from the square; this loss has no $\frac{1}{2}$ to cancel it."""
    return (X.T @ residuals) / n


@gradient.working
def columns(X, residuals, gradient):
    pairs = enumerate(zip(X.T, gradient.tolist()), 1)
    return [rf"Weight {j}: $\frac{{2}}{{{len(X)}}} ({weighted_sum(column, residuals)})$ {equals(slope, 4)}" for j, (column, slope) in pairs]


@step(symbol="w'", marks=1)
def w_new(w, lr, gradient):
    """Step against the gradient."""
    return w - lr * gradient


pytorch = """
import torch

X, y, w = (torch.tensor(a, dtype=torch.float64) for a in (<X>, <y>, <w>))
w.requires_grad_()
residuals = torch.addmv(-y, X, w)
torch.nn.functional.mse_loss(X @ w, y).backward()
gradient = w.grad.clone()
torch.optim.SGD([w], lr=<lr>).step()
w_new = w
"""
