r"""Tensors of real data

<story> All of it is stored in one tensor. Its axes stand in this order, as far as the data have them: example; channel (colour or
sensor) or feature; time step or frame; height; width. This is the channels-first layout of PyTorch. A grey image has one channel, which keeps its axis.

Give the shape of the tensor, its number of axes $d$ and its number of entries $N$.
"""

from math import prod

from dlexam import by_level, one_of, step
from dlexam.kinds.number import tex

about = dict(minutes=3, tags=["shapes", "tensors"])

ORDER = ("batch", "channels", "features", "frames", "steps", "height", "width")


def draw_sizes(kind, random, level):
    """Usual sizes of such data."""
    pick = random.choice
    batch = pick(by_level((2, 3, 4, 5, 6, 8, 10, 12, 20, 25, 50, 100), (8, 16, 20, 32, 48, 50, 64, 100, 128, 200), (4, 6, 8, 12, 16, 24, 32))(level))
    if kind == "vector":
        batch = pick((10, 20, 30, 40, 50, 100, 150, 178, 200, 569))
        return dict(batch=batch, features=pick((3, 4, 5, 8, 10, 12, 13, 20, 30)))
    if kind == "timeseries":
        return dict(batch=batch, channels=pick((2, 3, 6, 8, 12)), steps=pick(by_level((7, 10, 20, 24), (24, 48, 50, 60, 100, 168), (250, 500, 1000, 2500, 5000))(level)))
    height, width = pick(by_level(((4, 4), (4, 5), (5, 5), (8, 8), (10, 10)), ((28, 28), (32, 32), (48, 64), (64, 64), (96, 96)), ((112, 112), (224, 224), (227, 227), (240, 320), (128, 171)))(level))
    if kind == "image":
        return dict(batch=batch, channels=pick((1, 3, 3, 4)), height=height, width=width)
    return dict(batch=batch, channels=pick((1, 3, 3)), frames=pick(by_level((2, 3, 5), (8, 10, 16), (16, 25, 32, 64))(level)), height=height, width=width)


given = dict(
    kind=by_level(
        one_of("vector", "timeseries", "image", "image"),
        one_of("timeseries", "image", "image", "video"),
        one_of("timeseries", "image", "video", "video"),
    ),
    sizes=draw_sizes,
)


def colours(sizes):
    return {1: "grey", 3: "colour (RGB)", 4: "four-channel (red, green, blue and infrared)"}.get(sizes.get("channels"), "many-channel")


def story(kind, sizes):
    s = {name: f"{n}" for name, n in sizes.items()}
    if kind == "vector":
        return one_of(
            f"A table describes {s['batch']} wines by {s['features']} measured numbers each.",
            f"A study describes {s['batch']} patients by {s['features']} measurements each.",
        )
    if kind == "timeseries":
        return one_of(
            f"{s['batch']} recordings of {s['channels']} sensors are read; each recording has {s['steps']} time steps.",
            f"An electrocardiogram with {s['channels']} electrodes is sampled {s['steps']} times; {s['batch']} patients take part.",
        )
    if kind == "image":
        return one_of(
            f"A batch holds {s['batch']} {colours(sizes)} images that are {s['width']} pixels wide and {s['height']} pixels high.",
            f"A camera takes {s['batch']} {colours(sizes)} photos, {s['height']} pixels high and {s['width']} pixels wide.",
        )
    return (
        f"A data set has {s['batch']} {colours(sizes)} video clips of {s['frames']} frames each; a frame is {s['height']} pixels high and {s['width']} "
        "pixels wide."
    )


words = dict(story=story)


def named(sizes):
    return [name for name in ORDER if name in sizes]


@step(symbol=r"\text{shape}", marks=1)
def shape(sizes):
    """Each index that it takes to find one number is an axis of its own, even one of size 1."""
    return tuple(sizes[name] for name in named(sizes))


@shape.working
def axes(sizes):
    return ", ".join(f"{name} ${sizes[name]}$" for name in named(sizes)).capitalize() + "."


@shape.mistake(when=lambda sizes: "batch" in sizes)
def forgot_batch_axis(sizes):
    """You left out the axis of the examples; this is the shape of a single one."""
    return tuple(sizes[name] for name in named(sizes) if name != "batch")


@shape.mistake(when=lambda sizes: "channels" in sizes)
def forgot_channels(sizes):
    """You left out the axis of the channels (colours or sensors); even a single channel has its axis."""
    return tuple(sizes[name] for name in named(sizes) if name != "channels")


@shape.mistake(when=lambda sizes: "channels" in sizes)
def channels_last(sizes):
    """You put the channels last, as TensorFlow does; here they come right after the axis of the examples."""
    return (*(sizes[name] for name in named(sizes) if name != "channels"), sizes["channels"])


@shape.mistake(when=lambda sizes: sizes.get("height") != sizes.get("width"))
def width_before_height(sizes):
    """You put the width before the height; the height (the number of rows) comes first."""
    shape = tuple(sizes[name] for name in named(sizes))
    return shape[:-2] + shape[:-3:-1]


@step(symbol="d", marks=1, tex=r"\text{number of axes}", proves=False)
def ndim(shape):
    """Count the axes of the shape."""
    return len(shape)


@step(symbol="N", marks=1, tex=r"n_1 \cdot n_2 \cdots n_d", proves=False)
def elements(shape):
    r"""Multiply the sizes $n_1, \dots, n_d$ of all axes."""
    return prod(shape)


@elements.working
def product(shape, elements):
    return "$" + r" \cdot ".join(map(str, shape)) + f" = {tex(elements)}$"


@elements.mistake()
def sizes_added(shape):
    """You added the sizes; the number of entries is their product."""
    return sum(shape)


pytorch = """
import torch

sizes = <sizes>
order = ["batch", "channels", "features", "frames", "steps", "height", "width"]
data = torch.empty([sizes[name] for name in order if name in sizes], device="meta")
shape, ndim, elements = tuple(data.shape), data.ndim, data.numel()
"""
