"""The engine's convolutions and pooling against the ONNX node tests."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from dlexam import engine

ONNX = runpy.run_path(str(Path(__file__).parent / "data" / "onnx" / "cases.py"))


def lift(x, values, default):
    """Make a pair of an attribute of one or two axes: a sequence is an image of one row."""
    values = tuple(values or (default,) * (x.ndim - 2))
    return values if len(values) == 2 else (default, *values)


def image(x):
    """Make images of one row of sequences."""
    return x if x.ndim == 4 else x[:, :, None, :]


def sides(pads):
    """((top, bottom), (left, right)) of ONNX's pads, which are all the beginnings, then all the ends."""
    if pads is None:
        return (0, 0), (0, 0)
    return ((0, 0), tuple(pads)) if len(pads) == 2 else (tuple(pads[::2]), tuple(pads[1::2]))


def same_sides(shape, window, stride, auto_pad):
    """Pad as auto_pad SAME does: sizes divided by the stride and rounded up."""
    found = []
    for size, f, s in zip(shape, window, stride, strict=True):
        total = max(0, (-(-size // s) - 1) * s + f - size)
        small, large = total // 2, total - total // 2
        found.append((small, large) if auto_pad == "SAME_UPPER" else (large, small))
    return tuple(found)


def ceil_sides(shape, window, stride, padding):
    """Grow the padding at the end, so that the floor rule gives the rounded-up size."""
    grown = []
    for size, f, s, (begin, end) in zip(shape, window, stride, padding, strict=True):
        count = -(-(size + begin + end - f) // s) + 1
        count -= (count - 1) * s >= size + begin
        grown.append((begin, max(end, (count - 1) * s + f - size - begin)))
    return tuple(grown)


def padded(x, padding, fill=0):
    """Pad the images."""
    return np.pad(x, ((0, 0), (0, 0), *padding), constant_values=fill)


def back(y, x):
    """Make sequences again of images of one row."""
    return y if x.ndim == 4 else y[:, :, 0, :]


def conv(x, w, b=None, *, kernel_shape, pads=None, strides=None, dilations=None, group=1, auto_pad=""):
    """One image at a time, one group of channels at a time; even padding is left to the engine."""
    stride, dilation = lift(x, strides, 1), lift(x, dilations, 1)
    images, kernels, padding = image(x), image(w), sides(pads)
    if auto_pad:
        padding = same_sides(images.shape[2:], lift(x, kernel_shape, 1), stride, auto_pad)
    even = tuple(begin for begin, end in padding) if all(b == e for b, e in padding) else (0, 0)
    if even == (0, 0):
        images = padded(images, padding)
    biases = np.split(b, group) if b is not None else [None] * group
    parts = [np.split(images, group, axis=1), np.split(kernels, group), biases]
    groups = [
        np.stack([engine.convolve_channels(one, k, bias, stride, even, dilation) for one in block])
        for block, k, bias in zip(*parts, strict=True)
    ]
    return back(np.concatenate(groups, axis=1), x)


def conv_transpose(
    x,
    w,
    b=None,
    *,
    kernel_shape=None,
    pads=None,
    strides=None,
    dilations=None,
    output_padding=None,
    output_shape=None,
    group=1,
    auto_pad="",
):
    """Channels summed here; SAME padding is cut off afterwards, since it is not even."""
    stride, dilation = lift(x, strides, 1), lift(x, dilations, 1)
    extra, padding = lift(x, output_padding, 0), tuple(begin for begin, _ in sides(pads))
    images, kernels = image(x), image(w)
    if output_shape:
        bare = zip(images.shape[2:], kernels.shape[2:], stride, strict=True)
        extra = tuple(o - (n - 1) * s - f for o, (n, f, s) in zip(output_shape, bare, strict=True))

    def channels(one, k):
        return sum(
            np.stack(
                [engine.transposed_convolve(plane, tap, stride, padding, extra, dilation) for tap in taps]
            )
            for plane, taps in zip(one, k, strict=True)
        )

    blocks = zip(np.split(images, group, axis=1), np.split(kernels, group), strict=True)
    y = np.concatenate([np.stack([channels(one, k) for one in im]) for im, k in blocks], axis=1)
    if auto_pad == "SAME_UPPER":
        height, width = (n * s for n, s in zip(images.shape[2:], stride, strict=True))
        top, left = (y.shape[2] - height) // 2, (y.shape[3] - width) // 2
        y = y[:, :, top : top + height, left : left + width]
    return back(y if b is None else y + b[:, None, None], x)


def pooling(function, fill):
    """Pad with `fill`, then pool with the function."""

    def pool(x, *, kernel_shape, pads=None, strides=None, auto_pad="", ceil_mode=0, **others):
        window, stride = lift(x, kernel_shape, 1), lift(x, strides, 1)
        padding, images = sides(pads), image(x)
        if auto_pad:
            padding = same_sides(images.shape[2:], window, stride, auto_pad)
        if ceil_mode:
            padding = ceil_sides(images.shape[2:], window, stride, padding)
        empty = np.iinfo(x.dtype).min if x.dtype.kind == "u" else fill
        whole = padded(images, padding, empty)
        return function(whole, window, stride, padding, images, **others), x

    return lambda x, **attributes: restore(*pool(x, **attributes))


def restore(results, x):
    """Undo `image` for the first result."""
    first, *others = results if isinstance(results, tuple) else (results,)
    return (back(first, x), *others)


def each(function, images, window, stride):
    """Pool one image at a time."""
    return np.stack([function(one, window, stride) for one in images])


def average(whole, window, stride, padding, images, count_include_pad=0):
    """Divide by the entries that are not padding, as ONNX does; the engine divides by the window's size."""
    y = each(engine.average_pool, whole, window, stride)
    if count_include_pad:
        return y
    return y / each(engine.average_pool, padded(np.ones(images.shape), padding), window, stride)


def largest(whole, window, stride, padding, images, storage_order=0):
    """Give the maxima and where they are: the entry that a gradient of 1 comes back to."""
    y = each(engine.max_pool, whole, window, stride)
    found = np.zeros(y.shape, dtype=int)
    if y.size < 30:
        for place in np.ndindex(y.shape):
            dy = np.zeros(y.shape[1:], dtype=int)
            dy[place[1:]] = 1
            dx = engine.max_pool_backward(whole[place[0]], window, stride, dy)
            _, row, column = (int(i[0]) for i in np.nonzero(dx))
            inside = (row - padding[0][0], column - padding[1][0])
            order = "F" if storage_order else "C"
            found[place] = np.ravel_multi_index(inside, images.shape[2:], order=order)
    return y, found


def euclidean(whole, window, stride, padding, images, p):
    """L2 pooling; the other powers are left out."""
    assert p == 2
    return each(engine.l2_pool, whole, window, stride)


def global_max(x):
    """One window as large as the image."""
    return each(engine.max_pool, x, x.shape[2:], 1)


def global_average(x):
    """ONNX keeps two axes of length 1."""
    return np.stack([engine.global_average_pool(one) for one in x])[..., None, None]


def max_unpool(values, places, *, kernel_shape, strides):
    """Take the gradient of max pooling for an image that is largest at the given places."""
    shape = (1, *(n * s for n, s in zip(values.shape[2:], strides, strict=True)))
    marked = np.zeros(shape)
    marked.ravel()[places.ravel()] = 1
    return engine.max_pool_backward(marked, tuple(kernel_shape), tuple(strides), values[0])[None]


ADAPTERS = {
    "AveragePool": pooling(average, 0),
    "Conv": conv,
    "ConvTranspose": conv_transpose,
    "GlobalAveragePool": global_average,
    "GlobalMaxPool": global_max,
    "LpPool": pooling(euclidean, 0),
    "MaxPool": pooling(largest, -np.inf),
    "MaxUnpool": max_unpool,
}


@pytest.mark.parametrize("case", **ONNX["cases"]("images"))
def test_images(case):
    """The engine gives the case's outputs."""
    ONNX["check"](case, ADAPTERS[case["op"]])
