r"""Dot product

<story> $a = <a>$ and $b = <b>$.

Compute the dot product $s = a \cdot b$.
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import l2_norm
from dlexam.kinds.number import tex
from dlexam.working import products

about = dict(minutes=2, tags=["vectors"])

given = dict(
    n=by_level(3, 4, 5),
    a=lambda n, level: array(n, by_level(integers(-4, 6), grid(-2, 2, by=0.5), grid(-1.5, 1.5, by=0.1))(level)),
    b=lambda n, level: array(n, by_level(integers(-5, 5), grid(-3, 3, by=0.5), grid(-2, 2, by=0.1))(level)),
)

words = dict(
    story=one_of(
        "Two vectors are",
        "A neuron has the weights $a$ and no bias. It sees the input $b$; its value before the activation is the dot "
        "product of the two. Here",
        "A film service describes a viewer and a film by one vector each; their dot product says how well they match. Here",
        "A linear model weighs the standardised features $b$ of a house with the weights $a$ and adds them up. Here",
    )
)


@step(symbol="s", marks=2)
def dot(a, b):
    """Multiply the vectors entry by entry and add the products; the result is a single number."""
    return a @ b


@dot.working
def written_out(a, b, dot):
    return f"${products(a, b)} = {tex(dot)}$"


@dot.mistake()
def added_instead_of_multiplied(a, b):
    """You added the entries; multiply them pair by pair, then add the products."""
    return (a + b).sum()


@dot.mistake()
def sign_dropped(a, b):
    """You left out the minus signs: a negative entry times a positive one is negative, and that term is subtracted."""
    return abs(a * b).sum()


@dot.mistake()
def norms_multiplied(a, b):
    """You multiplied the lengths of the vectors; the dot product also depends on the angle between them."""
    return l2_norm(a) * l2_norm(b)


pytorch = """
import torch

a = torch.tensor(<a>, dtype=torch.float64)
b = torch.tensor(<b>, dtype=torch.float64)
dot = torch.dot(a, b)
"""
