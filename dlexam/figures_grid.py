"""Images, kernels, windows and layers of CNNs, for prompts and worked solutions.

>>> image([[1, 2], [3, 4]], "input", [(0, 1)]).cells
(('1', '2'), ('3', '4'))
>>> sorted(covered((1, 0), (2, 2), 2))
[(2, 0), (2, 1), (3, 0), (3, 1)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from dlexam.blocks import Grid, Row
from dlexam.engine import output_size, windows
from dlexam.kinds import number
from dlexam.words import line
from dlexam.working import products, total

Place = tuple[int, int]


def image(X: ArrayLike, caption: str = "", marked: Iterable[Place] = (), decimals: int | None = None) -> Grid:
    """A matrix (or a vector, as one row) as a grid with a line of Markdown under it."""
    rows = np.atleast_2d(X).tolist()
    cells = tuple(tuple(number.plain(x, decimals).replace("-", "\u2212") for x in row) for row in rows)
    return Grid(cells, frozenset(marked), line(caption))


def covered(place: Place, size: Place, stride: int = 1, dilation: int = 1) -> frozenset[Place]:
    """The cells of the input that the window of an output place looks at."""
    y, x = (n * stride for n in place)
    return frozenset((y + i * dilation, x + j * dilation) for i, j in np.ndindex(*size))


def weighted_sum(values: ArrayLike, weights: ArrayLike) -> str:
    """The products of two arrays of one shape, added up, as TeX."""
    return products(np.ravel(values).tolist(), np.ravel(weights).tolist())


def plain_sum(values: ArrayLike) -> str:
    """The entries of an array, added up, as TeX."""
    return total(np.ravel(values).tolist())


def sum_by_rows(values: ArrayLike, weights: ArrayLike | None = None) -> str:
    """A matrix (times weights, if given) added up: Markdown, one formula a row, so that lines can break."""
    rows = np.atleast_2d(values)
    if weights is None:
        return " + ".join(f"${plain_sum(row)}$" for row in rows)
    return " + ".join(f"${weighted_sum(*pair)}$" for pair in zip(rows, np.atleast_2d(weights), strict=True))


def equals(value: float, decimals: int | None = None) -> str:
    """The end of a line of working: the sign and the value, as Markdown."""
    sign = "=" if decimals is None or number.exact(value, decimals) else "≈"
    return f"{sign} ${number.tex(value, decimals)}$"


def kernel_rows(
    X: ArrayLike,
    kernel: ArrayLike,
    output: ArrayLike,
    stride: int = 1,
    dilation: int = 1,
    decimals: int | None = None,
    names: Sequence[str] = ("image with the window", "kernel", "output"),
) -> list[str | Row]:
    """The first positions of a kernel, each as a line with its sum and as grids; X is padded already."""
    rows, columns = np.shape(kernel)
    return window_rows(
        X,
        output,
        (rows, columns),
        lambda seen: sum_by_rows(seen, kernel),
        stride,
        dilation,
        decimals,
        names=(names[0], names[2]),
        middle=[image(kernel, names[1])],
    )


def window_rows(
    X: ArrayLike,
    output: ArrayLike,
    size: Place,
    formula: Callable[..., str],
    stride: int = 1,
    dilation: int = 1,
    decimals: int | None = None,
    names: Sequence[str] = ("input with the window", "output"),
    middle: Sequence[Grid] = (),
    most: int = 2,
) -> list[str | Row]:
    """The first windows, each as a line with its formula and as grids.

    `X` is the input as the windows see it (padded); `formula` writes the entries of a window as Markdown.
    """
    X, output = np.asarray(X), np.asarray(output)
    seen = windows(X, size, stride, dilation)
    worked: list[str | Row] = []
    for place in list(np.ndindex(*output.shape))[:most]:
        where = f"Row {place[0] + 1}, column {place[1] + 1}"
        worked.append(f"{where}: {formula(seen[place])} {equals(output[place].item(), decimals)}")
        looked = image(X, names[0], covered(place, size, stride, dilation))
        worked.append(Row((looked, *middle, image(output, names[1], [place], decimals))))
    return worked


def layer_table(layers: Iterable[Sequence[Any]]) -> str:
    """Layers ["conv", K, F, P, S], ["pool", F, S], ["dense", units] and ["flatten"] as a Markdown table."""
    layers = list(layers)
    many = "filters or units" if any(layer[0] == "dense" for layer in layers) else "filters"
    rows = [f"| layer | {many} | window $F$ | padding $P$ | stride $S$ |", "|---|---|---|---|---|"]
    for i, (kind, *sizes) in enumerate(layers, 1):
        if kind == "conv":
            K, F, P, S = sizes
            rows.append(f"| {i}. convolution | {K} | {F} × {F} | {P} | {S} |")
        elif kind == "pool":
            F, S = sizes
            rows.append(f"| {i}. max pooling | | {F} × {F} | 0 | {S} |")
        else:
            rows.append(f"| {i}. {kind} | {sizes[0] if sizes else ''} | | | |")
    return "\n".join(rows)


def layer_shapes(
    layers: Iterable[Sequence[Any]],
    shape: Sequence[int],
    size: Callable[[int, int, int, int], int] = output_size,
    filters: Callable[[int, int], int] = lambda K, C: K,
    pooled: Callable[[int, int], int] = lambda C, F: C,
) -> list[tuple[int, int, int]]:
    """The shape (C, H, W) after each convolution and pooling up to the first other layer.

    The functions are what students get wrong: a convolution's size and channels, a pooling's channels.
    """
    C, H, W = shape
    found = []
    for kind, *sizes in layers:
        if kind == "conv":
            K, F, P, S = sizes
            C, H, W = filters(K, C), size(H, F, P, S), size(W, F, P, S)
        elif kind == "pool":
            F, S = sizes
            C, H, W = pooled(C, F), output_size(H, F, 0, S), output_size(W, F, 0, S)
        else:
            break
        found.append((C, H, W))
    return found
