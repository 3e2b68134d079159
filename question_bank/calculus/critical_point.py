r"""Classifying a stationary point

<story>

$$f(x, y) = <f>$$

Find the stationary point of $f$, its Hessian matrix $H$ (the same at every point, since $f$ is quadratic) and the two eigenvalues of $H$. Is
the point a minimum, a maximum or a saddle point?
"""

import numpy as np
from sympy import Rational, symbols

from dlexam import one_of, step
from dlexam.engine import eigenvalues_2x2
from dlexam.symbolic import slopes, tidy

about = dict(minutes=8, tags=["hessian", "extrema"], decimals=3, symbols=dict(f="f(x, y)"))

x, y = symbols("x y")


def draw_f(random, level):
    while True:
        f = draw_form(random, level)
        terms = f.expand().as_coefficients_dict()
        a, b, c = terms[x**2], terms[x * y], terms[y**2]
        if a * b * c and b**2 != 4 * a * c:  # all three quadratic terms are there, and no valley
            return f


def draw_form(random, level):
    a, b, c = (random.choice([-3, -2, -1, 1, 2, 3]) for _ in range(3))
    d, e = random.randint(-4, 4), random.randint(-4, 4)
    if level == 1:  # with equal squares, or with 3-4-5 triangles, the eigenvalues are whole
        s, m, t = random.choice([(a, b, a), (a, 2 * b, a), (a + 3, 4, a), (a, -4, a + 3), (a + 4, 3, a), (a, -3, a + 4)])
        return s * x**2 + m * x * y + t * y**2 - (2 * s * d + m * e) * x - (m * d + 2 * t * e) * y  # stationary at (d, e)
    if level == 2:
        return a * x**2 + b * x * y + random.choice([-5, -4, 4, 5, c]) * y**2 + 2 * d * x + e * y
    return random.choice(
        [
            lambda: a * (x + b * y + d) ** 2 + c * (x - y + e) ** 2,
            lambda: (x + a * y + d) * (b * x + 4 * y + e),
            lambda: Rational(a, 2) * x ** 2 + Rational(b, 4) * x * y + c * y ** 2 + Rational(d, 2) * x - e * y,
            lambda: a * (x ** 2 + y ** 2) + b * (x + y + d) ** 2 + e * x,
            lambda: c - a * x * (x - 2 * y) + b * (y - d) ** 2,
        ]
    )()


given = dict(f=draw_f)

words = dict(
    story=one_of(
        "A function of two variables is given.",
        "Near a point where training has stalled, the loss of a model with two weights $x$ and $y$ is approximately",
        "A second-order (Taylor) approximation of a loss in two weights $x$ and $y$ is",
    )
)


def linear(gradient):
    """The matrix and the constants of the linear equations `gradient = 0`."""
    rows = [g.as_coefficients_dict() for g in gradient]
    if any(set(row) - {x, y, 1} for row in rows):
        raise ValueError("f is not quadratic in x and y")
    return np.array([[float(row[x]), float(row[y])] for row in rows]), np.array([float(row[1]) for row in rows])


@step(symbol=r"\nabla f", tex=r"\left(\frac{\partial f}{\partial x},\; \frac{\partial f}{\partial y}\right)")
def gradient(f):
    """The point is stationary where both partial derivatives are zero."""
    return tuple(g.expand() for g in slopes(f, (x, y)))


@step(symbol=r"(x^*, y^*)", marks=2, tex=r"\text{solution of } <gradient> = (0,\; 0)")
def point(gradient):
    """These are two linear equations in two unknowns; solve them."""
    matrix, constants = linear(gradient)
    return tidy(np.linalg.solve(matrix, -constants))


@point.mistake()
def mixed_term_ignored(gradient):
    """You solved the first equation for $x$ alone and the second for $y$ alone; both unknowns stand in both equations, so solve them together."""
    matrix, constants = linear(gradient)
    return tidy(-constants / np.diag(matrix))


@step(symbol="H", marks=2, tex=r"\begin{bmatrix} \partial^2 f / \partial x^2 & \partial^2 f / \partial x \partial y \\ \partial^2 f / \partial y \partial x & \partial^2 f / \partial y^2 \end{bmatrix}")
def hessian(gradient):
    r"""Differentiate both components of $\nabla f$ once more, by $x$ and by $y$."""
    return tidy(linear(gradient)[0])


@hessian.mistake()
def squares_not_doubled(gradient):
    """You took the coefficients of the squares as they are; differentiating $a x^2$ twice gives $2a$."""
    return tidy(linear(gradient)[0] * [[0.5, 1], [1, 0.5]])


@step(symbol=r"\operatorname{tr}(H)", tex="H_{11} + H_{22}")
def trace(hessian):
    """The eigenvalues follow from the sum of the diagonal …"""
    return hessian[0, 0] + hessian[1, 1]


@step(symbol=r"\det(H)", tex="H_{11} H_{22} - H_{12} H_{21}")
def determinant(hessian):
    """… and from the determinant."""
    return hessian[0, 0] * hessian[1, 1] - hessian[0, 1] * hessian[1, 0]


@step(symbol=r"\lambda_{1,2}", marks=2, unordered=True, tex=r"\frac{<trace> \pm \sqrt{<trace>^2 - 4 \cdot <determinant>}}{2}")
def eigenvalues(hessian):
    r"""They solve $\lambda^2 - \operatorname{tr}(H)\, \lambda + \det(H) = 0$; each is the curvature along one main direction."""
    return tuple(tidy(eigenvalues_2x2(hessian)).tolist())


@eigenvalues.mistake()
def diagonal_taken(hessian):
    r"""You read the diagonal of $H$; that gives the eigenvalues only if the mixed derivative is zero. Solve $\det(H - \lambda I) = 0$."""
    return tuple(sorted(np.diag(hessian).tolist()))


@step(symbol=r"\text{kind}", marks=1, options=("minimum", "maximum", "saddle"))
def kind(eigenvalues):
    """Both eigenvalues positive: the surface bends up in every direction, a minimum. Both negative: a maximum. Of both signs: a saddle."""
    if min(eigenvalues) > 0:
        return "minimum"
    return "maximum" if max(eigenvalues) < 0 else "saddle"


@kind.mistake(when=lambda kind: kind == "minimum")
def sign_test_reversed(eigenvalues):
    """You turned the test round: positive curvature bends the surface *up*, so that the point lies at the bottom."""
    return "maximum" if min(eigenvalues) > 0 else "minimum" if max(eigenvalues) < 0 else "saddle"


@kind.mistake(when=lambda kind: kind != "minimum")
def determinant_only(determinant):
    r"""The sign of $\det(H) = \lambda_1 \lambda_2$ alone does not tell minimum from maximum: look at both eigenvalues. Both positive is a minimum,
    both negative a maximum, and a negative determinant (opposite signs) always a saddle."""
    return "minimum" if determinant > 0 else "maximum"


pytorch = """
import torch

def f(p):
    x, y = p
    return <f>

origin = torch.zeros(2, dtype=torch.float64)
hessian = torch.func.hessian(f)(origin)
point = -torch.linalg.solve(hessian, torch.func.grad(f)(origin))  # one Newton step solves a quadratic
eigenvalues = torch.linalg.eigvalsh(hessian)
kind = "minimum" if (eigenvalues > 0).all() else "maximum" if (eigenvalues < 0).all() else "saddle"
"""
