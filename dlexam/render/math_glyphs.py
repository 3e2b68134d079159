"""Characters for print: mathematical italics, spaces of a given width, brackets of a given height.

Widths are those of the bundled fonts (templates/fonts/widths.json), in em.
"""

from __future__ import annotations

import json
import re
from functools import cache

from dlexam.folders import bundled
from dlexam.render.math_ink import Box, Run, drawing

_GREEK = "αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"


def _italics() -> dict[int, str]:
    letters = {ord("A") + n: chr(0x1D434 + n) for n in range(26)}
    letters |= {ord("a") + n: chr(0x1D44E + n) for n in range(26)}
    letters |= {ord(letter): chr(0x1D6FC + n) for n, letter in enumerate(_GREEK)}
    return letters | {ord("h"): "\u210e"}


ITALIC = _italics()

# MathML's accent characters and the combining mark that sits on one letter.
MARKS = {
    "\u02c6": "\u0302", "\u0302": "\u0302", "^": "\u0302",
    "\u02dc": "\u0303", "\u0303": "\u0303", "~": "\u0303",
    "\u00af": "\u0304", "\u0304": "\u0304", "\u203e": "\u0304",
    "\u02d9": "\u0307", "\u00a8": "\u0308", "\u02c7": "\u030c", "\u20d7": "\u20d7", "\u2192": "\u20d7",
    "\u20d6": "\u20d6", "\u2190": "\u20d6",
}  # fmt: skip

DOTLESS = {"𝑖": "\U0001d6a4", "𝑗": "\U0001d6a5"}

JOIN = "\u2060"  # no line breaks here
_GAPS = (
    (1.9, "\u2003\u2003"),
    (0.9, "\u2003"),
    (0.45, "\u2002"),
    (0.26, "\u205f\u200a"),
    (0.2, "\u205f"),
    (0.1, "\u2006"),
    (0.04, "\u200a"),
)


def gap(width: float) -> str:
    """Space characters about this wide, at which a line does not break."""
    for least, spaces in _GAPS:
        if width >= least:
            return JOIN + spaces + JOIN
    return ""


@cache
def _widths() -> tuple[dict[str, int], dict[str, list[int]]]:
    found = json.loads((bundled("templates") / "fonts" / "widths.json").read_text("ascii"))
    return found["plain"], found["tall"]


def advance(text: str) -> float:
    """How wide a run of characters is."""
    plain = _widths()[0]
    return sum(plain.get(character, 0 if character == JOIN else 500) for character in text) / 1000


def is_bundled(text: str) -> bool:
    """Whether the bundled fonts have every character."""
    return _widths()[0].keys() >= set(text) - {JOIN}


# The taller shapes of the bundled font, by height in em; the first is the plain one.
_HEIGHTS = (0.93, 1.19, 1.43, 1.67, 1.91, 2.15, 2.39, 2.63, 2.87, 3.1, 3.34, 3.58, 3.82)
_ROOTS = (0.922, 1.589, 2.105, 2.626)  # how high each root sign reaches; all go 0.265 below
_PIECES = {
    "(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "|": "|||", "‖": "‖‖‖",
    "⌊": "⎢⎢⎣", "⌋": "⎥⎥⎦", "⌈": "⎡⎢⎢", "⌉": "⎤⎥⎥",
}  # fmt: skip


def shape(character: str, height: float, top: float = 0.922) -> Box:
    """A bracket (root sign, sum) at least this tall; `top` is a root's upper end."""
    tall = _widths()[1].get(character)
    if tall is None or not character:
        return Box(character, width=advance(character))
    if character in "∑∏⋃⋂":
        return drawing((Run(character, tall=1),), width=tall[-1] / 1000)
    if character == "√":
        return _root_sign(height, top, tall[0] / 1000)
    size = next((n for n, reach in enumerate(_HEIGHTS) if reach >= height - 0.12), None)
    if size is None or (size and character in "|‖"):
        return _pieced(character, height)
    return drawing((Run(character, tall=size),), width=tall[size] / 1000)


def _pieced(character: str, height: float) -> Box:
    """A very tall bracket: its pieces over each other."""
    if character not in _PIECES:
        size, most = height / _HEIGHTS[-1], len(_HEIGHTS) - 1
        wide = size * _widths()[1][character][-1] / 1000
        return drawing((Run(character, y=0.258 * (1 - size), size=size, tall=most),), width=wide)
    first, middle, last = tuple(_PIECES[character])
    one, more, foot = (0.927, 0.9, 0.22) if character in "|‖" else (1.272, 1.0, 0.0)
    lines = max(2, round((height - one) / more) + 1)
    size = height / (one + (lines - 1) * more)
    low = 0.258 - height / 2 + foot * size
    signs = (last, *[middle] * (lines - 2), first)
    runs = tuple(Run(sign, 0, low + at * more * size, size) for at, sign in enumerate(signs))
    return drawing(runs, width=size * advance(first))


def _root_sign(height: float, top: float, wide: float) -> Box:
    size = next((n for n, reach in enumerate(_ROOTS) if reach + 0.265 >= height - 0.1), 3)
    return drawing((Run("√", y=round(top - _ROOTS[size], 3), tall=size),), width=wide)


_NUMBER = re.compile(r"[−\u2060]*\d+(?:\.(\d+))?$")
POINT_SPACE, DIGIT_SPACE = "\u2005", "\u2002"  # as wide as a decimal point and a digit


def column(lines: list[str], align: str) -> tuple[list[str], str]:
    """A column's entries and alignment: centred numbers get their decimal points one under another."""
    found = [_NUMBER.match(line) for line in lines]
    if align != "c" or not all(found) or len(lines) < 2:
        return lines, align
    places = [len(match[1] or "") if match else 0 for match in found]
    most = max(places)
    return [
        line + (POINT_SPACE if most and not decimals else "") + DIGIT_SPACE * (most - decimals)
        for line, decimals in zip(lines, places)
    ], "r"
