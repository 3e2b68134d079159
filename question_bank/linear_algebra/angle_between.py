r"""Angle between two vectors

<story> $a = <a>$ and $b = <b>$.

Compute the dot product $s = a \cdot b$, both lengths (L2 norms), the cosine of the angle $\varphi$ between the vectors, and the angle in degrees.
"""

from math import sqrt

from numpy import arccos, clip, degrees

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import bracketed, products

about = dict(minutes=5, tags=["vectors", "norms", "cosine similarity"])

given = dict(  # no zeros: a zero vector has no direction
    n=by_level(2, 3, 4),
    a=lambda n, level: array(n, by_level(integers(-4, 6, [0]), integers(-6, 6, [0]), grid(-2, 2.5, 0.5, [0]))(level)),
    b=lambda n, level: array(n, by_level(integers(-3, 5, [0]), integers(-5, 6, [0]), grid(-2.5, 3, 0.5, [0]))(level)),
)

words = dict(
    story=one_of(
        "Two vectors are",
        "A language model embeds two words as",
        "A shop describes two customers by the vectors",
        "The gradients of two tasks that share their weights are",
    )
)


@step(symbol="s", marks=1, carry=lambda value: True)  # 0 is a result like any other: a right angle
def dot(a, b):
    """Multiply the vectors entry by entry and add the products."""
    return a @ b


@dot.working
def written_out(a, b, dot):
    return f"${products(a, b)} = {tex(dot)}$"


@step(symbol=r"\lVert a \rVert", marks=1)
def norm_a(a):
    """The length of a vector is the root of its dot product with itself."""
    return sqrt(a @ a)


@norm_a.working
def squares_of_a(a):
    return length(a)


def length(x):
    return rf"$\sqrt{{{' + '.join(bracketed(entry) + '^2' for entry in x.tolist())}}} = \sqrt{{{tex(x @ x)}}}$"


@norm_a.mistake()
def no_square_root(a):
    """You stopped at the sum of the squares; the length is its square root."""
    return a @ a


@step(symbol=r"\lVert b \rVert", marks=1)
def norm_b(b):
    """The same for the second vector."""
    return sqrt(b @ b)


@norm_b.working
def squares_of_b(b):
    return length(b)


@norm_b.mistake()
def second_without_root(b):
    """You stopped at the sum of the squares; the length is its square root."""
    return b @ b


@step(symbol=r"\cos \varphi", marks=1)
def cosine(dot, norm_a, norm_b):
    """Dividing by both lengths leaves only the directions; a cosine lies between $-1$ and 1."""
    return dot / (norm_a * norm_b)


@cosine.mistake()
def not_normalised(dot):
    """You took the dot product as the cosine; divide it by both lengths first."""
    return dot


@step(symbol=r"\varphi", marks=1, decimals=2, tex=r"\arccos(<cosine>)")
def angle(cosine):
    r"""The arccosine gives the angle; 180 degrees are $\pi$ in radians."""
    return degrees(arccos(clip(cosine, -1, 1)))  # clipped: float dust may exceed 1


@angle.mistake(keeps=0.5)
def radians(cosine):
    r"""This is the angle in radians; multiply by $180 / \pi$, or set your calculator to degrees."""
    return arccos(clip(cosine, -1, 1))


pytorch = """
import torch

a = torch.tensor(<a>, dtype=torch.float64)
b = torch.tensor(<b>, dtype=torch.float64)
dot = torch.dot(a, b)
norm_a, norm_b = torch.linalg.vector_norm(a), torch.linalg.vector_norm(b)
cosine = torch.nn.functional.cosine_similarity(a, b, dim=0)
angle = torch.rad2deg(torch.acos(cosine))
"""
