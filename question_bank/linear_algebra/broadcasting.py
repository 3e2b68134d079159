r"""Broadcasting shapes

Tensor `a` has the shape $<shape_a>$ and tensor `b` has the shape $<shape_b>$. A program computes `<operation>` with the
broadcasting rules of NumPy, which PyTorch shares.

Are the shapes compatible? Give the shape of the result, too; if there is none, write *none*.
"""

from itertools import zip_longest
from math import prod

from dlexam import by_level, one_of, step
from dlexam.blocks import Math, Table, Text
from dlexam.engine import broadcast_shape

about = dict(minutes=3, tags=["shapes", "broadcasting"])

SIZES = by_level((2, 3, 4, 5), (2, 3, 4, 5, 6, 7, 8), (4, 6, 8, 16, 32))


def first_shape(random, level):
    """Sizes of which about every third is 1."""
    axes = random.choice(by_level((2, 3), (2, 3, 3), (3, 4, 4))(level))
    return tuple(1 if random.random() < 0.35 else random.choice(SIZES(level)) for _ in range(axes))


def partner(shape_a, random, level):
    """A shape that fits the first one, but for a clash in every third draw; with an axis fewer or more, often."""
    sizes = [random.choice(SIZES(level)) if n == 1 else random.choice((n, n, 1)) for n in shape_a]
    if random.random() < 0.4:
        axis = random.randrange(1, len(sizes))
        sizes[axis] = random.choice([n for n in SIZES(level) if n != shape_a[axis]])
    return tuple(random.choice((sizes[1:], sizes[1:], sizes, [random.choice(SIZES(level)), *sizes])))


given = dict(shape_a=first_shape, shape_b=partner)

words = dict(operation=one_of("a + b", "a * b", "a - b"))


def aligned_left_shape(shape_a, shape_b):
    axes = max(len(shape_a), len(shape_b))
    return broadcast_shape(*(s + (1,) * (axes - len(s)) for s in (shape_a, shape_b))) or "none"


@step(marks=1, options=("yes", "no"), symbol=r"\text{compatible}")
def compatible(shape):
    """Every pair of aligned sizes must be equal or hold a 1; one pair that clashes is enough for an error."""
    return "yes" if shape != "none" else "no"


@step(marks=2, symbol=r"\text{shape}")
def shape(shape_a, shape_b):
    """Write the shapes one over the other, the last axes aligned; a missing axis counts as 1, and a 1 stretches to the other size."""
    result = broadcast_shape(shape_a, shape_b)
    return "none" if result is None else result


@shape.working
def alignment(shape_a, shape_b):
    columns = list(zip_longest(reversed(shape_a), reversed(shape_b)))[::-1]
    merged = ["error" if 1 not in c and None not in c and c[0] != c[1] else str(max(n or 1 for n in c)) for c in columns]
    rows = [("`a`", *(c[0] or "" for c in columns)), ("`b`", *(c[1] or "" for c in columns)), ("result", *merged)]
    header = ((Text("axis"),), *((Math(str(i)),) for i in range(-len(columns), 0)))
    return Table(header, tuple(tuple((Text(str(cell).strip("`")),) for cell in row) for row in rows))


@shape.mistake(when=lambda shape_a, shape_b, shape: aligned_left_shape(shape_a, shape_b) != shape)
def aligned_left(shape_a, shape_b):
    """You aligned the first axes; shapes are compared from the last axis backwards."""
    return aligned_left_shape(shape_a, shape_b)


@shape.mistake(when=lambda shape_a, shape_b, shape: max(shape_a, shape_b, key=prod) != shape)
def kept_larger_tensor(shape_a, shape_b):
    """You took the shape of the larger tensor; every axis is decided on its own, and both tensors may stretch."""
    return max(shape_a, shape_b, key=prod)


@shape.mistake(when=lambda shape_a, shape_b, shape: shape != "none" and aligned_left_shape(shape_a, shape_b) != "none")
def equal_sizes_demanded():
    """You asked for equal sizes or equally many axes; an axis of size 1, or one that is missing, stretches to the other size."""
    return "none"


@shape.mistake(when=lambda shape_a, shape_b, shape: shape == "none" and largest(shape_a, shape_b) != max(shape_a, shape_b, key=prod))
def clash_overlooked(shape_a, shape_b):
    """You took the larger size of every pair; only a 1 stretches, so two other sizes that differ clash."""
    return largest(shape_a, shape_b)


def largest(shape_a, shape_b):
    return tuple(max(pair) for pair in zip_longest(reversed(shape_a), reversed(shape_b), fillvalue=1))[::-1]


pytorch = """
import torch

try:
    shape = tuple(torch.broadcast_shapes(<shape_a>, <shape_b>))
    compatible = "yes"
except RuntimeError:
    shape, compatible = "none", "no"
"""
