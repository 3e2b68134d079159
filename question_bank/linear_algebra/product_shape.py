r"""Shape of a matrix product

<story> <list> (rows $\times$ columns).

Is the product <product> defined? Give its shape, too; if it is not defined, write *none*.
"""

from itertools import pairwise

from dlexam import by_level, one_of, step

about = dict(minutes=2, tags=["shapes", "matrices"])


def draw_shapes(random, level):
    """A chain of matrices; in two of five draws one of them does not fit its neighbour."""
    count = by_level(2, 3, 4)(level)
    sizes = by_level((2, 3, 4, 5, 6, 7, 8), (2, 3, 4, 5, 6, 7, 8, 9), (10, 32, 64, 128, 256, 512, 784))(level)
    chain = random.sample(sizes, count + 1) if random.random() < 0.8 else random.choices(sizes, k=count + 1)
    shapes = [[chain[i], chain[i + 1]] for i in range(count)]
    if random.random() < 0.4:
        shapes[random.randrange(count)].reverse()
    return tuple(map(tuple, shapes))


given = dict(shapes=draw_shapes)

words = dict(
    story=one_of("Some matrices have these shapes:", "Before a program runs, its shapes are checked by hand:"),
    list=lambda shapes: ", ".join(f"${letter}$ is ${r} \\times {c}$" for letter, (r, c) in zip("ABCDEFGH", shapes)),
    product=lambda shapes: f"${'ABCDEFGH'[: len(shapes)]}$",
)


def fits(shapes):
    return all(left[1] == right[0] for left, right in pairwise(shapes))


@step(marks=1, options=("yes", "no"), symbol=r"\text{defined}", tex=r"\text{every pair of neighbours fits}")
def defined(shapes):
    """Each matrix must have as many columns as the next one has rows."""
    return "yes" if fits(shapes) else "no"


@defined.working
def neighbours(shapes):
    lines = []
    for i, ((_, columns), (rows, _)) in enumerate(pairwise(shapes)):
        sign = "=" if columns == rows else r"\neq"
        lines.append(f"Columns of ${'ABCDEFGH'[i]}$ and rows of ${'ABCDEFGH'[i + 1]}$: ${columns} {sign} {rows}$.")
    return lines


@defined.mistake(when=lambda shapes: fits(shapes) and shapes[0][0] != shapes[-1][1])
def outer_sizes_compared():
    """You compared the outer sizes; the inner ones, which stand side by side, must agree."""
    return "no"


@defined.mistake(when=lambda shapes: not fits(shapes))
def misfit_overlooked():
    """You overlooked a misfit, so there is no product: one matrix does not have as many columns as the next one has rows."""
    return "yes"


@step(marks=1, symbol=r"\text{shape}")
def shape(shapes, defined):
    """If the inner sizes agree, they vanish: the rows of the first matrix and the columns of the last one remain."""
    return (shapes[0][0], shapes[-1][1]) if defined == "yes" else "none"


@shape.mistake(when=lambda shapes: fits(shapes) and shapes[0] != shapes[-1][::-1])
def outer_and_inner_swapped(shapes):
    """You kept the inner sizes; they vanish, and the outer ones remain."""
    return shapes[0][1], shapes[-1][0]


pytorch = """
import functools

import torch

tensors = [torch.empty(size, device="meta") for size in <shapes>]
try:
    shape = tuple(functools.reduce(torch.mm, tensors).shape)
    defined = "yes"
except RuntimeError:
    shape, defined = "none", "no"
"""
