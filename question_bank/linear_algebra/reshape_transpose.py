r"""Reshaping and transposing tensors

<story>

A tensor of the shape $<shape>$ is reshaped to $<new_shape>$; then its axes are rearranged by `permute` (in NumPy `transpose`) with the
order $<axes>$: axis $i$ of the result is the axis that stands in place $i$ of this order, counted from 0.

Which size $n$ does the $-1$ stand for? Give the shape of the result, too.
"""

from math import prod

from dlexam import by_level, one_of, step
from dlexam.kinds.number import tex

about = dict(minutes=3, tags=["shapes", "tensors"])


def some_shape(task, random):
    """The shape that the story begins with."""
    batch = random.choice((2, 4, 8, 10, 16, 20, 32, 64, 100, 128))
    if task == "regroup":
        return tuple(random.choice([(4, 6), (6, 4), (6, 10), (8, 3), (9, 4), (4, 15), (10, 3), (12, 5), (2, 3, 4), (3, 4, 5), (2, 6, 5), (5, 4, 6), (8, 9), (10, 8), (14, 3), (6, 7)]))
    if task == "images":
        side, channels = random.choice([(8, 3), (16, 3), (28, 1), (32, 1), (32, 3), (64, 3), (20, 4), (16, 4)])
        return (batch, side * side * channels)
    if task == "heads":
        return (batch, random.choice((10, 16, 20, 50, 77, 128, 197)), random.choice((64, 96, 128, 256, 512, 768)))
    side = random.choice((32, 48, 64, 96, 224))
    return (batch, random.choice((1, 3)), side, side)


def new_sizes(task, shape, random):
    """Sizes with the same product, one of them left to be inferred."""
    if task == "images":
        side = next(s for s in (28, 20, 64, 32, 16, 8) if shape[1] in (s * s, 3 * s * s, 4 * s * s))
        return (shape[0], side, side, -1)
    if task == "heads":
        return (*shape[:2], random.choice((2, 4, 8)), -1)
    if task == "patches":
        patch = random.choice((4, 8, 16))
        return (*shape[:2], shape[2] // patch, patch, shape[3] // patch, -1)
    sizes = random.choice(factorisations(prod(shape)) or [(1, 1, prod(shape))])
    hidden = random.randrange(3)
    return tuple(-1 if i == hidden else n for i, n in enumerate(sizes))


def factorisations(size):
    """Three different sizes from 2 on with this product, in every order."""
    return [
        (a, b, size // (a * b))
        for a in range(2, size)
        for b in range(2, size // a)
        if size % (a * b) == 0 and len({a, b, size // (a * b), 1}) == 4
    ]


def order(task, random):
    """How the story rearranges the axes."""
    if task == "regroup":
        return random.choice(((1, 2, 0), (2, 0, 1), (1, 2, 0), (2, 0, 1), (2, 1, 0)))
    return {"images": (0, 3, 1, 2), "heads": (0, 2, 1, 3), "patches": (0, 2, 4, 1, 3, 5)}[task]


given = dict(
    task=by_level("regroup", one_of("regroup", "images"), one_of("patches", "patches", "heads")),
    shape=some_shape,
    new_shape=new_sizes,
    axes=order,
)

words = dict(
    story=lambda task: {
        "regroup": "A program rearranges its data.",
        "images": "A batch of images is stored with one flat row for each image, in which the channels come last; a convolution wants them first.",
        "heads": "In multi-head attention, the features of every token are split between the heads.",
        "patches": "A vision transformer cuts every image of a batch into square patches.",
    }[task]
)


@step(symbol="n", marks=1, tex=r"\frac{\text{number of entries}}{\text{product of the known sizes}}")
def inferred(shape, new_shape):
    """Reshaping keeps the number of entries, so divide it by the product of the sizes that are known."""
    return prod(shape) // -prod(new_shape)


@inferred.working
def count(shape, new_shape, inferred):
    times = r" \cdot "
    known = times.join(str(n) for n in new_shape if n != -1)
    return rf"$$n = \frac{{{times.join(map(str, shape))}}}{{{known}}} = \frac{{{tex(prod(shape))}}}{{{tex(-prod(new_shape))}}} = {inferred}$$"


@inferred.mistake(when=lambda shape, new_shape, inferred: old_size(shape, new_shape) != inferred)
def wrong_inferred_axis(shape, new_shape):
    """You kept the size that the old tensor has in that place; the number of entries decides instead."""
    return old_size(shape, new_shape)


def old_size(shape, new_shape):
    return shape[min(new_shape.index(-1), len(shape) - 1)]


@step(symbol=r"\text{reshaped}")
def reshaped(new_shape, inferred):
    """Fill the size in."""
    return tuple(inferred if n == -1 else n for n in new_shape)


@step(symbol=r"\text{result}", marks=2)
def result_shape(reshaped, axes):
    """Look each axis of the result up: the order says which axis of the reshaped tensor it was."""
    return tuple(reshaped[axis] for axis in axes)


@result_shape.working
def look_up(reshaped, axes):
    return ", ".join(f"axis {i} comes from axis {axis} (size ${reshaped[axis]}$)" for i, axis in enumerate(axes)).capitalize() + "."


@result_shape.mistake(when=lambda reshaped, axes: [reshaped[axes.index(i)] for i in range(len(axes))] != [reshaped[i] for i in axes])
def axes_applied_backwards(reshaped, axes):
    """You sent old axis $i$ to the place that stands at $i$; the order says where each new axis comes *from*."""
    return tuple(reshaped[axes.index(i)] for i in range(len(axes)))


@result_shape.mistake(when=lambda reshaped, axes: tuple(reshaped[i] for i in axes) != reshaped)
def not_permuted(reshaped):
    """This is the shape after reshaping; the axes must still be rearranged."""
    return reshaped


pytorch = """
import torch

tensor = torch.empty(<shape>, device="meta").reshape(<new_shape>)
inferred = tensor.shape[<new_shape>.index(-1)]
result_shape = tuple(tensor.permute(<axes>).shape)
"""
