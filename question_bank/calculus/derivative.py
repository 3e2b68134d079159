r"""Derivative of a function

<story>

$$f(x) = <f>$$

Give $f'(x)$ as an expression in $x$; any equivalent form is right. ($\ln$ is the natural logarithm.)
"""

from math import prod

from sympy import Add, Integer, Rational, Symbol, cos, exp, latex, log, sin, sqrt, tanh

from dlexam import one_of, step

about = dict(minutes=4, tags=["derivatives", "product rule", "chain rule"])

x = Symbol("x")


def draw_f(random, level):
    a, b, c = random.randint(2, 6), random.randint(2, 6), random.randint(1, 9)
    n, m = random.sample([2, 3, 4], 2)
    sign = random.choice([-1, 1])
    if level == 1:
        return random.choice([a * x**n + sign * b * x**m + c, a * x**5 - b * x**n + sign * c * x, (a * x + sign * c) * (x**n + b), (a * x + sign * c) ** n])
    if level == 2:
        return random.choice(
            [
                *(x**n * exp(x) + c, a * x**n * sin(x), x**n * log(x) + sign * b * x, (x + sign * c) * exp(-x)),
                *(exp(-a * x) + b * x**n, log(a * x**2 + c), sin(a * x + c) - b * x**m, sqrt(a * x**2 + c), (x**n + c) ** m),
                *(a * sqrt(x) + Rational(b) / x**n, x / (x + c), (a * x + sign * c) * cos(x)),
            ]
        )
    return random.choice(
        [
            *(x**n * exp(-a * x), exp(-a * x) * sin(b * x), (x**2 + c) * log(a * x), x**n / (x**m + c)),
            *((a * x + sign * c) / (x**2 + b), log(x) / x**n, x * tanh(a * x), exp(-(x**2) / a) * (x + sign * c)),
            *(log(1 + exp(a * x)) + c * x**n, (exp(x) - exp(-a * x)) / c, (x * exp(-x) + c) ** n, sqrt(x**2 + c) * exp(-a * x)),
        ]
    )


given = dict(f=draw_f)

words = dict(story=one_of("Differentiate the function.", "Find the derivative of", "What is the slope of this function at $x$?"))


def slope(f, wrong=""):
    """The derivative by the rules of the course; `wrong` names the rule that is broken."""
    if not f.has(x):
        return Integer(0)
    if f == x:
        return Integer(1)
    if f.is_Add:
        return Add(*(slope(term, wrong) for term in f.args))
    if f.is_Mul:
        return product_slope(f, wrong)
    outer = f.exp * f.base ** (f.exp - (0 if wrong == "power" and f.exp > 1 else 1)) if f.is_Pow else f.fdiff()
    return outer if wrong == "inner" else outer * slope(f.base if f.is_Pow else f.args[0], wrong)


def product_slope(f, wrong):
    """A product: constants stay, then the product rule (quotients are products with a negative power)."""
    constant, rest = f.as_independent(x)
    if constant != 1:
        return constant * slope(rest, wrong)
    if wrong == "product":
        below = [factor for factor in f.args if factor.is_Pow and factor.exp.is_negative]
        above = [factor for factor in f.args if factor not in below]
        return prod(slope(u, wrong) for u in above) / prod(slope(1 / v, wrong) for v in below)
    return Add(*(slope(u, wrong) * f / u for u in f.args))


def breaks(rule):
    return lambda f: slope(f, rule) != slope(f)


@step(symbol="f'(x)", marks=3, tex=r"\frac{\mathrm{d}}{\mathrm{d} x}\left[<f>\right]")
def derivative(f):
    """Go from the outside in: sums term by term, then the product or quotient rule, then the chain rule."""
    return slope(f)


@derivative.working
def term_by_term(f):
    return [
        rf"$\frac{{\mathrm{{d}}}}{{\mathrm{{d}} x}} \left[{latex(term, ln_notation=True)}\right] = {latex(slope(term), ln_notation=True)}${rule_of(term)}"
        for term in f.as_ordered_terms()[:4]
        if f.is_Add or rule_of(term)
    ]


def rule_of(term):
    """In words, which rule the term needs."""
    rest = term.as_independent(x)[1]
    if rest.is_Mul:
        divided = any(factor.is_Pow and factor.exp.is_negative for factor in rest.args)
        return " (quotient rule: $(u/v)' = (u'v - uv')/v^2$)" if divided else " (product rule: $(uv)' = u'v + uv'$)"
    inner = rest.base if rest.is_Pow else rest.args[0] if rest.args else x
    return "" if inner == x or not rest.has(x) else rf" (chain rule: times the derivative of the inner function, ${latex(slope(inner), ln_notation=True)}$)"


@derivative.mistake(when=breaks("power"))
def power_not_reduced(f):
    r"""You multiplied by the exponent but left the power as it was; the exponent goes down by one: $(x^n)' = n x^{n-1}$."""
    return slope(f, "power")


@derivative.mistake(when=breaks("product"))
def product_rule_ignored(f):
    """You differentiated the factors (or numerator and denominator) one by one. For a product, $(uv)' = u'v + uv'$; for a quotient,
    $(u/v)' = (u'v - uv')/v^2$."""
    return slope(f, "product")


@derivative.mistake(when=breaks("inner"))
def inner_derivative_forgotten(f):
    """The outer derivative is right, but the chain rule also multiplies by the derivative of the inner function."""
    return slope(f, "inner")


pytorch = """
from sympy import *

x = symbols("x")
derivative = diff(<f>, x)
"""
