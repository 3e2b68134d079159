r"""Data augmentation by hand

<story> For data augmentation it is <described>.

What is the new image?
"""

from numpy import array_equal, repeat, rot90, tile, zeros_like

from dlexam import array, by_level, integers, one_of, step
from dlexam.blocks import Row
from dlexam.figures_grid import image as grid_of

about = dict(minutes=4, tags=["data augmentation", "images"])


def draw_operation(image, level, random):
    """An operation as a table of its parameters; on level 3 with a second one after it."""
    kinds = by_level(("flip", "flip", "rotate", "translate"), ("rotate", "translate", "crop", "scale"), ("flip", "rotate"))(level)
    operation = one_operation(random.choice(kinds), image.shape, random)
    if level == 3:
        turned = image.shape[::-1] if operation["kind"] == "rotate" else image.shape
        operation["then"] = one_operation(random.choice(("translate", "crop")), turned, random)
    return operation


def one_operation(kind, shape, random):
    """The parameters of one kind of operation for an image of a shape."""
    height, width = shape
    if kind == "flip":
        return dict(kind=kind, axis=random.choice(("horizontal", "vertical")))
    if kind == "rotate":
        return dict(kind=kind, degrees=90, direction=random.choice(("clockwise", "counter-clockwise")))
    if kind == "crop":
        top, left = random.choice([(i, j) for i in range(height - 1) for j in range(width - 1) if i != j])
        return dict(kind=kind, top=top, left=left, height=2, width=2)
    if kind == "scale":
        return dict(kind=kind, factor=2)
    down, right = random.choice(((0, 1), (0, -1), (1, 0), (-1, 0), (1, -2), (-1, 2), (2, 1), (-2, -1)))
    return dict(kind=kind, down=down, right=right)


given = dict(
    image=by_level(array((3, 3), integers(0, 9), distinct=True), array((3, 4), integers(1, 20), distinct=True), array((3, 4), integers(10, 99), distinct=True)),
    operation=draw_operation,
)


def describe(operation):
    """An operation in words."""
    kind = operation["kind"]
    if kind == "flip":
        said = "flipped horizontally (left and right change places)" if operation["axis"] == "horizontal" else "flipped vertically (top and bottom change places)"
    elif kind == "rotate":
        said = f"rotated by {operation['degrees']}° {operation['direction']}"
    elif kind == "crop":
        said = f"cropped to {operation['height']} rows and {operation['width']} columns, from row {operation['top']} and column {operation['left']} on (both counted from 0)"
    elif kind == "scale":
        said = f"scaled by the factor {operation['factor']} in height and width, with nearest-neighbour interpolation"
    else:
        moves = [(operation["down"], "down", "up"), (operation["right"], "to the right", "to the left")]
        parts = [f"{abs(n)} pixel{'s' * (abs(n) > 1)} {there if n > 0 else back}" for n, there, back in moves if n]
        said = f"translated by {' and '.join(parts)} (the image keeps its size; pixels without a value become 0)"
    return said + (f"; the result is {describe(operation['then'])}" if "then" in operation else "")


def in_torch(operation):
    """An operation as a line of the snippet."""
    op, kind = operation, operation["kind"]
    if kind == "flip":
        line = f"result = result.flip({1 if op['axis'] == 'horizontal' else 0})"
    elif kind == "rotate":
        line = f"result = torch.rot90(result, {op['degrees'] // 90}, {(1, 0) if op['direction'] == 'clockwise' else (0, 1)})"
    elif kind == "crop":
        line = f"result = result.narrow(0, {op['top']}, {op['height']}).narrow(1, {op['left']}, {op['width']})"
    elif kind == "scale":
        line = f"result = torch.nn.functional.interpolate(result[None, None].double(), scale_factor={op['factor']})[0, 0].long()"
    else:
        line = f"result = torch.nn.functional.pad(result, ({op['right']}, {-op['right']}, {op['down']}, {-op['down']}))  # less than 0 cuts off"
    return f"{line}\n{in_torch(op['then'])}" if "then" in op else line


words = dict(
    described=describe,
    code=in_torch,
    story=one_of("A tiny grey-scale image is given by its pixels.", "The patch below is cut from a grey-scale photo.", "A handwritten digit was scanned in very low resolution."),
)


def figure(image):
    return grid_of(image, "the image")


def apply_one(image, operation):
    """The image after one operation."""
    kind, (height, width) = operation["kind"], image.shape
    if kind == "flip":
        image = image[:, ::-1] if operation["axis"] == "horizontal" else image[::-1]
    elif kind == "rotate":
        image = rot90(image, operation["degrees"] // 90 * (-1 if operation["direction"] == "clockwise" else 1))
    elif kind == "crop":
        top, left = operation["top"], operation["left"]
        image = image[top : top + operation["height"], left : left + operation["width"]]
    elif kind == "scale":
        image = repeat(repeat(image, operation["factor"], axis=0), operation["factor"], axis=1)
    else:
        down, right, moved = operation["down"], operation["right"], zeros_like(image)
        moved[max(down, 0) : height + down, max(right, 0) : width + right] = image[max(-down, 0) : height - down, max(-right, 0) : width - right]
        image = moved
    return image.copy()


def with_other_axis(operation):
    """The operation with rows and columns mixed up."""
    swap = dict(top="left", left="top", down="right", right="down")
    swapped = {swap.get(key, key): value for key, value in operation.items()}
    if operation["kind"] == "flip":
        swapped["axis"] = "vertical" if operation["axis"] == "horizontal" else "horizontal"
    if operation["kind"] == "rotate" and "then" in operation:
        swapped["then"] = with_other_axis(operation["then"])
    return swapped


def with_other_direction(operation):
    """The operation the other way round."""
    changed = dict(operation)
    if operation["kind"] == "rotate":
        changed["direction"] = "clockwise" if operation["direction"] != "clockwise" else "counter-clockwise"
    if operation["kind"] == "translate":
        changed |= dict(down=-operation["down"], right=-operation["right"])
    return changed


def differs(image, operation, changed):
    """Whether a changed operation gives another image of the same size."""
    wrong, right = result(image, changed), result(image, operation)
    return wrong.shape == right.shape and not array_equal(wrong, right)


@step(symbol=r"\text{result}", marks=3)
def result(image, operation):
    """Follow one corner pixel to see where rows and columns go."""
    while operation:
        image, operation = apply_one(image, operation), operation.get("then")
    return image


@result.mistake(when=lambda image, operation: differs(image, operation, with_other_axis(operation)))
def other_axis(image, operation):
    """You mixed up the two axes: rows run from top to bottom, columns from left to right."""
    return result(image, with_other_axis(operation))


@result.mistake(when=lambda image, operation: differs(image, operation, with_other_direction(operation)))
def other_direction(image, operation):
    """You turned or moved the image in the opposite direction."""
    return result(image, with_other_direction(operation))


@result.mistake(when=lambda operation: operation["kind"] == "rotate" and "then" not in operation)
def transposed(image):
    """You swapped rows and columns, which mirrors the image at its diagonal; a rotation does not mirror."""
    return image.T.copy()


@result.mistake(when=lambda operation: operation["kind"] == "scale")
def tiled(image, operation):
    """You set copies of the image side by side; with nearest neighbours each pixel becomes a block."""
    return tile(image, (operation["factor"], operation["factor"]))


@result.mistake(when=lambda operation: operation["kind"] == "translate" and "then" not in operation)
def wrapped_around(image, operation):
    """You let pixels that leave the image come in on the other side; here they are lost, and 0 comes in."""
    rows = [(i - operation["down"]) % image.shape[0] for i in range(image.shape[0])]
    columns = [(j - operation["right"]) % image.shape[1] for j in range(image.shape[1])]
    return image[rows][:, columns]


@result.mistake(when=lambda image, operation: "then" in operation and differs(image, operation, operation["then"]))
def only_the_second(image, operation):
    """You left out the first of the two operations."""
    return result(image, operation["then"])


@result.working
def before_and_after(image, operation, result):
    halfway = [grid_of(apply_one(image, operation), "halfway")] if "then" in operation else []
    return Row((grid_of(image, "before"), *halfway, grid_of(result, "after")))


pytorch = """
import torch

result = torch.tensor(<image>)
<code:s>
"""
