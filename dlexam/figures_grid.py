"""Images, kernels and windows as grids, for prompts and worked solutions.

>>> image([[1, 2], [3, 4]], "input", [(0, 1)]).cells
(('1', '2'), ('3', '4'))
>>> sorted(covered((1, 0), (2, 2), 2))
[(2, 0), (2, 1), (3, 0), (3, 1)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from dlexam.blocks import Grid, Row
from dlexam.engine import windows
from dlexam.kinds import number
from dlexam.words import line
from dlexam.working import bracketed, products, total

Place = tuple[int, int]
in_brackets = bracketed


def image(X: ArrayLike, caption: str = "", marked: Iterable[Place] = (), decimals: int | None = None) -> Grid:
    """A matrix (or a vector, as one row) as a grid with a line of Markdown under it."""
    cells = tuple(tuple(number.plain(x, decimals) for x in row) for row in np.atleast_2d(X).tolist())
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


def window_rows(
    X: ArrayLike,
    output: ArrayLike,
    size: Place,
    formula: Callable[..., str],
    stride: int = 1,
    dilation: int = 1,
    kernel: ArrayLike | None = None,
    decimals: int | None = None,
    most: int = 2,
    names: Sequence[str] = ("input with the window", "kernel", "output"),
) -> list[str | Row]:
    """The first windows, each as a line with its sum and as grids.

    `X` is the input as the windows see it (padded); `formula` writes the entries of a window as TeX.
    """
    X, output = np.asarray(X), np.asarray(output)
    seen = windows(X, size, stride, dilation)
    middle = () if kernel is None else (image(kernel, names[1]),)
    worked: list[str | Row] = []
    for place in list(np.ndindex(*output.shape))[:most]:
        value = output[place].item()
        sign = "=" if decimals is None or number.exact(value, decimals) else r"\approx"
        where = f"Row {place[0] + 1}, column {place[1] + 1}"
        worked.append(f"{where}: ${formula(seen[place])} {sign} {number.tex(value, decimals)}$")
        looked = image(X, names[0], covered(place, size, stride, dilation))
        worked.append(Row((looked, *middle, image(output, names[2], [place], decimals))))
    return worked
