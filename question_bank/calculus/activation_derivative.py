r"""Deriving the derivative of an activation or loss

<story>

$$f(z) = <f>$$

Derive $f'(z)$ as an expression in <letters>. Any equivalent form is right; you may write `sigmoid(z)` and `tanh(z)`.<note>
"""

from sympy import Rational, Symbol, exp, log, tanh

from dlexam import one_of, step
from dlexam.symbolic import slope, written

about = dict(minutes=6, tags=["activations", "derivatives", "chain rule"])

y, z = Symbol("y"), Symbol("z")


def sigmoid(u):
    return 1 / (1 + exp(-u))


def draw_f(random, level):
    """Level 1: an activation times a constant; 2: with a slope and a bias inside; 3: products, losses and nested ones."""
    a, b, c = random.randint(2, 9), random.randint(1, 9), random.randint(2, 5)
    s = random.choice([-1, 1])
    if level == 1:
        return random.choice(
            [
                lambda: a * sigmoid(z) + b * z, lambda: a * sigmoid(c * z), lambda: a * tanh(c * z),
                lambda: b * tanh(z) + a * z, lambda: log(1 + exp(a * z)) / b,
                lambda: b * log(1 + exp(z)) - a * z, lambda: b - sigmoid(a * z),
                lambda: a * exp(-c * z) + b * z, lambda: z ** 2 + b * tanh(a * z),
            ]
        )()
    u = c * z + s * b
    if level == 2:
        return random.choice(
            [
                lambda: sigmoid(u), lambda: tanh(u), lambda: log(1 + exp(u)) / c, lambda: -log(1 + exp(-u)),
                lambda: z * sigmoid(c * z), lambda: a * tanh(Rational(2, 3) * z) + s * b * z,
                lambda: 2 * sigmoid(c * z) - 1, lambda: a * (exp(z / c) - 1), lambda: exp(-u ** 2 / 2),
                lambda: z / (1 + exp(-u)), lambda: log(1 + exp(-z)) + s * b * z,
            ]
        )()
    p = sigmoid(u if random.random() < 0.5 else c * z)
    return random.choice(
        [
            lambda: -y * log(p) - (1 - y) * log(1 - p), lambda: -a * y * log(p) - (1 - y) * log(1 - p),
            lambda: (p - y) ** 2 / 2, lambda: (tanh(u) - y) ** 2, lambda: -(1 - p) ** c * log(p),
            lambda: z * tanh(log(1 + exp(c * z))), lambda: z * sigmoid(u) ** c,
            lambda: log(1 + exp(-y * u)), lambda: z * (1 + tanh(c * z)) / 2,
            lambda: sigmoid(c * z) * tanh(b * z), lambda: z ** 2 * sigmoid(u),
        ]
    )()


given = dict(f=draw_f)

words = dict(
    note=lambda f: r" ($\ln$ is the natural logarithm.)" if f.has(log) else "",
    letters=lambda f: "$z$ and $y$" if f.has(y) else "$z$",
    story=lambda f: (
        "A loss as a function of the pre-activation $z$ (logit) of the last neuron; $y$ is the label, which does not depend on $z$."
        if f.has(y)
        else one_of(
            "Backpropagation through an activation function needs its derivative.",
            "A new layer is to be written for a deep-learning library. Its forward pass computes $f$; for the backward pass, you need the derivative.",
            "The function of the pre-activation $z$ below is given.",
        )
    ),
)


@step(symbol="f'(z)", marks=3, tex=r"\frac{\mathrm{d}}{\mathrm{d} z}\left[<f>\right]")
def derivative(f):
    r"""Go from the outside in, with the chain rule at every nested function. Known building blocks: $\sigma' = \sigma (1 - \sigma)$ for
    $\sigma(z) = \frac{1}{1 + e^{-z}}$, where $1 - \sigma(z) = \frac{1}{1 + e^z}$, $\tanh' = 1 - \tanh^2$, and $\ln(1 + e^z)$ has the derivative $\sigma(z)$."""
    return slope(f, z)


@derivative.working
def inside_out(f):
    return [rf"$\frac{{\mathrm{{d}}}}{{\mathrm{{d}} z}} \left[{written(part)}\right] = {written(slope(part, z))}$" for part in nested(f)[:5]]


def nested(f):
    """The nested functions of z, from the inside out, each once."""
    parts = [part for arg in f.args for part in nested(arg)]
    if f.has(z) and (f.is_Function or f.is_Pow):
        parts.append(f)
    return list(dict.fromkeys(parts))


@derivative.mistake(when=lambda f: slope(f, z, "inner") != slope(f, z))
def inner_derivative_forgotten(f):
    """You differentiated the outer functions but left out the factors of the chain rule: multiply by the derivative of each inner function."""
    return slope(f, z, "inner")


@derivative.mistake(keeps=0.5, when=lambda f: slope(f, z, "linear") not in (slope(f, z), slope(f, z, "inner")))
def factor_of_z_forgotten(f):
    """Almost: the innermost function is linear in $z$; its slope, the number before $z$, is one more factor of the chain rule."""
    return slope(f, z, "linear")


@derivative.mistake()
def function_not_derivative(f):
    """This is the function itself; its derivative is asked."""
    return f


pytorch = """
from sympy import *

y, z = symbols("y z")
derivative = diff(<f>, z)
"""
