"""Rectangles of characters, put side by side on a common baseline."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextBox:
    """Lines of text; line `base` is the one that stands on the baseline."""

    lines: tuple[str, ...]
    base: int = 0


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: marks over a letter take none."""
    return sum(1 for character in text if not unicodedata.combining(character))


def pad(text: str, width: int, side: str = "l") -> str:
    """Text filled with spaces to a width; `side` is where it stands: `l`, `c` or `r`."""
    free = max(0, width - columns(text))
    before = {"l": 0, "c": free // 2, "r": free}[side]
    return " " * before + text + " " * (free - before)


def join(boxes: Sequence[TextBox]) -> TextBox:
    """Boxes side by side."""
    if len(boxes) == 1:
        return boxes[0]
    above = max((box.base for box in boxes), default=0)
    below = max((len(box.lines) - box.base for box in boxes), default=1)
    rows = [""] * (above + below)
    for box in boxes:
        width = max(columns(line) for line in box.lines)
        first = above - box.base
        for at in range(len(rows)):
            inside = 0 <= at - first < len(box.lines)
            rows[at] += pad(box.lines[at - first] if inside else "", width)
    return TextBox(tuple(rows), above)


def stack(rows: Sequence[Sequence[str]], sides: Sequence[str], gap: int = 2) -> TextBox:
    """Rows of entries as aligned columns, centred on the baseline."""
    widths = [max(columns(cell) for cell in cells) for cells in zip(*rows)]
    lines = tuple(
        (" " * gap).join(pad(cell, width, side) for cell, width, side in zip(row, widths, sides))
        for row in rows
    )
    return TextBox(lines, (len(lines) - 1) // 2)


_TALL = {
    "[": "⎡⎢⎣", "]": "⎤⎥⎦", "(": "⎛⎜⎝", ")": "⎞⎟⎠", "⌊": "⎢⎢⎣", "⌋": "⎥⎥⎦", "⌈": "⎡⎢⎢",
    "⌉": "⎤⎥⎥", "|": "│││", "‖": "║║║",
}  # fmt: skip
_BRACES = {"{": ("⎧", "⎨", "⎩", "⎪", "⎰⎱"), "}": ("⎫", "⎬", "⎭", "⎪", "⎱⎰")}


def bracket(character: str, like: TextBox) -> TextBox:
    """A bracket as tall as a box."""
    height = len(like.lines)
    if height == 1 or not character:
        return TextBox((character,))
    if character in _BRACES:
        return TextBox(_brace(character, height), like.base)
    first, middle, last = tuple(_TALL.get(character, character * 3))
    return TextBox((first, *[middle] * (height - 2), last), like.base)


def _brace(character: str, height: int) -> tuple[str, ...]:
    top, centre, bottom, rest, pair = _BRACES[character]
    if height == 2:
        return tuple(pair)
    middle = [rest] * (height - 2)
    middle[(height - 3) // 2] = centre
    return (top, *middle, bottom)
