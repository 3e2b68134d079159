"""Characters for print: mathematical italics, spaces of a given width, brackets of a given height.

Widths are those of the bundled fonts (templates/fonts/widths.json), in em.
"""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape

from dlexam.folders import bundled

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


def span(name: str, inner: str, style: str = "") -> str:
    """An element of a class, with its own style if it has any."""
    styled = f' style="{style}"' if style else ""
    return f'<span class="{name}"{styled}>{inner}</span>'


def advance(text: str) -> float:
    """How wide a run of characters is."""
    plain = _widths()[0]
    return sum(plain.get(character, 0 if character == JOIN else 500) for character in text) / 1000


# The taller shapes of the bundled font, by height in em; feature `ss01` is the first after the plain one.
_HEIGHTS = (0.93, 1.19, 1.43, 1.67, 1.91, 2.15, 2.39, 2.63, 2.87, 3.1, 3.34, 3.58, 3.82)
_ROOTS = (0.922, 1.589, 2.105, 2.626)  # how high each root sign reaches; all go 0.265 below
_PIECES = {
    "(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "|": "|||", "‖": "‖‖‖",
    "⌊": "⎢⎢⎣", "⌋": "⎥⎥⎦", "⌈": "⎡⎢⎢", "⌉": "⎤⎥⎥",
}  # fmt: skip


def shape(character: str, height: float, top: float = 0.922) -> tuple[str, float]:
    """A bracket (root sign, sum) at least this tall, and its width; `top` is a root's upper end."""
    if not character:
        return "", 0
    tall = _widths()[1].get(character)
    if tall is None:
        return escape(character), advance(character)
    if character in "∑∏⋃⋂":
        return span("f1", character), tall[-1] / 1000
    if character == "√":
        return _root_sign(height, top), tall[0] / 1000
    size = next((n for n, reach in enumerate(_HEIGHTS) if reach >= height - 0.12), None)
    if size == 0:
        return escape(character), tall[0] / 1000
    if size is None or character in "|‖":
        return _pieced(character, height)
    return span(f"f{size}", escape(character)), tall[size] / 1000


def _pieced(character: str, height: float) -> tuple[str, float]:
    """A very tall bracket: its pieces, one a line."""
    if character not in _PIECES:
        size = height / _HEIGHTS[-1]
        html = span("f12", escape(character), f"font-size:{size:.2f}em")
        return html, size * _widths()[1][character][-1] / 1000
    first, middle, last = tuple(_PIECES[character])
    one, more, foot = (0.927, 0.9, 0.22) if character in "|‖" else (1.272, 1.0, 0.0)
    lines = max(2, round((height - one) / more) + 1)
    size, wide = height / (one + (lines - 1) * more), advance(first)
    shift = (0.258 - height / 2) / size + foot
    text = "<br/>".join([first, *[middle] * (lines - 2), last])
    style = f"font-size:{size:.3f}em;vertical-align:{shift:.3f}em;line-height:{more};width:{wide}em"
    return span("fp", text, style), size * wide


def _root_sign(height: float, top: float) -> str:
    size = next((n for n, reach in enumerate(_ROOTS) if reach + 0.265 >= height - 0.1), 3)
    shift = top - _ROOTS[size]
    if size == 0 and abs(shift) < 0.01:
        return "√"
    return span(f"f{size}", "√", f"vertical-align:{shift:.3f}em")


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
