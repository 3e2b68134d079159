r"""Partial derivatives

<story>

$$f(x, y) = <f>$$

Give the partial derivatives $\partial f/\partial x$ and $\partial f/\partial y$ as expressions in $x$ and $y$; any equivalent form is right.
"""

from sympy import Add, Symbol, cos, exp, log, sin, sqrt

from dlexam import one_of, step
from dlexam.symbolic import slope, written

about = dict(minutes=5, tags=["partial derivatives"], symbols=dict(f="f(x, y)"))

x, y = Symbol("x"), Symbol("y")


def draw_f(random, level):
    a, b, c = random.randint(2, 7), random.randint(2, 7), random.randint(1, 6)
    n, m = random.choice([2, 3]), random.choice([2, 3])
    s = random.choice([-1, 1])
    if level == 1:
        return random.choice(
            [
                lambda: a * x ** n * y + s * b * y ** m, lambda: a * x ** n + s * b * x * y + c * y ** m,
                lambda: x ** n * y ** m - a * x + s * c * y, lambda: a * x * y ** m + s * b * x ** n - c * y,
            ]
        )()
    if level == 2:
        return random.choice(
            [
                lambda: exp(a * x) * y + s * b * y ** n, lambda: x ** n * exp(y) + s * a * y,
                lambda: a * x * sin(y) + b * y ** m, lambda: log(x) * y ** n + s * a * x * y + c * y,
                lambda: x ** n / y + a * y, lambda: exp(a * x + b * y) - c * y ** n,
                lambda: sqrt(x) * y ** m + s * b * y, lambda: a * x * log(y) - c * x ** n + y,
            ]
        )()
    return random.choice(
        [
            lambda: exp(-x * y) + a * y ** n, lambda: a * log(x ** 2 + b * y ** 2) - c * y,
            lambda: x * exp(-a * x * y) + b * y, lambda: sin(a * x * y) + s * b * x ** n + y,
            lambda: x * y / (x + c) + a * y ** n, lambda: sqrt(x ** 2 + a * y ** 2) + b * y,
            lambda: 1 / (1 + exp(-(a * x + b * y))) + c * y ** n,
            lambda: (x + a * y) / (x ** 2 + b) - c * y, lambda: x ** n * cos(a * y) + b * y ** m,
            lambda: exp(-x ** 2 - a * y ** 2) + s * c * y, lambda: (a * x - b * y + c) ** 4 + y ** n,
        ]
    )()


given = dict(f=draw_f)

words = dict(
    story=one_of(
        "Differentiate the function by each of its variables.",
        "A loss depends on two weights $x$ and $y$. How does it change with each one?",
        "How fast does this function grow along each axis?",
    )
)


def kept(f, variable):
    """The terms in which a variable does not occur."""
    return Add(*(term for term in Add.make_args(f) if not term.has(variable)))


@step(symbol=r"\frac{\partial f}{\partial x}", marks=2, tex=r"\frac{\partial}{\partial x}\left[<f>\right]")
def df_dx(f):
    """Treat $y$ as a constant and differentiate by $x$."""
    return slope(f, x)


@df_dx.mistake()
def other_variable_differentiated(f):
    """This is the derivative by $y$; here $x$ moves and $y$ stays as it is."""
    return slope(f, y)


@df_dx.mistake(when=lambda f: kept(f, x) != 0)
def constant_kept(f):
    """You kept a term without $x$ as it was; seen from $x$ it is a constant, and its derivative is 0."""
    return slope(f, x) + kept(f, x)


@df_dx.working
def by_x(f):
    return terms(f, x)


@step(symbol=r"\frac{\partial f}{\partial y}", marks=2, tex=r"\frac{\partial}{\partial y}\left[<f>\right]")
def df_dy(f):
    """Treat $x$ as a constant and differentiate by $y$."""
    return slope(f, y)


@df_dy.mistake(when=lambda f: kept(f, y) != 0)
def constant_kept_in_y(f):
    """You kept a term without $y$ as it was; seen from $y$ it is a constant, and its derivative is 0."""
    return slope(f, y) + kept(f, y)


@df_dy.mistake()
def both_variables_differentiated(f):
    """You differentiated by $x$ *and* $y$; the partial derivative by $y$ leaves $x$ alone."""
    return slope(slope(f, x), y)


@df_dy.working
def by_y(f):
    return terms(f, y)


def terms(f, variable):
    """The derivative of each term, one a line."""
    return [
        rf"$\frac{{\partial}}{{\partial {variable}}} \left[{written(term)}\right] = {written(slope(term, variable))}$"
        for term in f.as_ordered_terms()[:4]
        if f.is_Add
    ]


pytorch = """
from sympy import *

x, y, h = symbols("x y h")
f = Lambda((x, y), <f>)
df_dx = diff(f(x + h, y), h).subs(h, 0)  # move x only, by a small h
df_dy = diff(f(x, y + h), h).subs(h, 0)
"""
