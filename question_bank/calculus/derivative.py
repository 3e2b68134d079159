r"""Derivative of a function

<story>

$$f(x) = <f>$$

Give $f'(x)$ as an expression in $x$; any equivalent form is right.<note>
"""

from sympy import Mul, Rational, Symbol, cos, exp, log, sin, sqrt, tanh

from dlexam import one_of, step
from dlexam.symbolic import slope, written

about = dict(minutes=4, tags=["derivatives", "product rule", "chain rule"])

x = Symbol("x")


def draw_f(random, level):
    a, b, c = random.randint(2, 6), random.randint(2, 6), random.randint(1, 9)
    n, m = random.sample([2, 3, 4], 2)
    sign = random.choice([-1, 1])
    if level == 1:
        return random.choice(
            [
                lambda: a * x ** n + sign * b * x ** m + c, lambda: a * x ** 5 - b * x ** n + sign * c * x,
                lambda: (a * x + sign * c) * (x ** n + b), lambda: (a * x + sign * c) ** n,
            ]
        )()
    if level == 2:
        return random.choice(
            [
                lambda: x ** n * exp(x) + c, lambda: a * x ** n * sin(x),
                lambda: x ** n * log(x) + sign * b * x, lambda: (x + sign * c) * exp(-x),
                lambda: exp(-a * x) + b * x ** n, lambda: log(a * x ** 2 + c),
                lambda: sin(a * x + c) - b * x ** m, lambda: sqrt(a * x ** 2 + c), lambda: (x ** n + c) ** m,
                lambda: a * sqrt(x) + Rational(b) / x ** n, lambda: x / (x + c),
                lambda: (a * x + sign * c) * cos(x),
            ]
        )()
    return random.choice(
        [
            lambda: x ** n * exp(-a * x), lambda: exp(-a * x) * sin(b * x),
            lambda: (x ** 2 + c) * log(a * x), lambda: x ** n / (x ** m + c),
            lambda: (a * x + sign * c) / (x ** 2 + b), lambda: log(x) / x ** n, lambda: x * tanh(a * x),
            lambda: exp(-x ** 2 / a) * (x + sign * c), lambda: log(1 + exp(a * x)) + c * x ** n,
            lambda: (exp(x) - exp(-a * x)) / c, lambda: (x * exp(-x) + c) ** n,
            lambda: sqrt(x ** 2 + c) * exp(-a * x),
        ]
    )()


given = dict(f=draw_f)

words = dict(
    story=one_of("Differentiate the function.", "Find the derivative of", "What is the slope of this function at $x$?"),
    note=lambda f: r" ($\ln$ is the natural logarithm.)" if f.has(log) else "",
)


def breaks(rule):
    return lambda f: slope(f, x, rule) != slope(f, x)


@step(symbol="f'(x)", marks=3, tex=r"\frac{\mathrm{d}}{\mathrm{d} x}\left[<f>\right]")
def derivative(f):
    """Go from the outside in: sums term by term, then the product or quotient rule, then the chain rule."""
    return slope(f, x)


@derivative.working
def term_by_term(f):
    if not f.is_Add:
        return [f"{rule_of(f)[0].upper()}{rule_of(f)[1:]}."] if rule_of(f) else []
    return [rf"$\frac{{\mathrm{{d}}}}{{\mathrm{{d}} x}} \left[{written(term)}\right] = {written(slope(term, x))}$ {rule_of(term)}" for term in f.as_ordered_terms()[:4]]


def rule_of(term):
    """In words, which rule the term needs, and with which parts."""
    rest = term.as_independent(x)[1]
    if rest.is_Mul:
        v = Mul(*(1 / part for part in rest.args if part.is_Pow and part.exp.is_negative))
        rule, v = ("quotient rule: $(u/v)' = (u'v - uv')/v^2$", v) if v != 1 else ("product rule: $(uv)' = u'v + uv'$", rest / rest.args[0])
        u = rest * v if "quotient" in rule else rest.args[0]
        return f"{rule} with $u = {written(u)}$, $u' = {written(slope(u, x))}$, $v = {written(v)}$, $v' = {written(slope(v, x))}$"
    inner = rest.base if rest.is_Pow else rest.args[0] if rest.args else x
    return "" if inner == x or not rest.has(x) else f"chain rule: the inner function is ${written(inner)}$, its derivative ${written(slope(inner, x))}$"


@derivative.mistake(when=breaks("power"))
def power_not_reduced(f):
    r"""You multiplied by the exponent but left the power as it was; the exponent goes down by one: $(x^n)' = n x^{n-1}$."""
    return slope(f, x, "power")


@derivative.mistake(when=breaks("product"))
def product_rule_ignored(f):
    """You differentiated the factors (or numerator and denominator) one by one. For a product, $(uv)' = u'v + uv'$; for a quotient,
    $(u/v)' = (u'v - uv')/v^2$."""
    return slope(f, x, "product")


@derivative.mistake(when=breaks("inner"))
def inner_derivative_forgotten(f):
    """The outer derivative is right, but the chain rule also multiplies by the derivative of the inner function."""
    return slope(f, x, "inner")


pytorch = """
from sympy import *

x = symbols("x")
derivative = diff(<f>, x)
"""
