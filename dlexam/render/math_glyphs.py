"""Characters for print: mathematical italics, spaces of a given width, brackets of a given height."""

from __future__ import annotations

import re
from html import escape

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

_JOIN = "\u2060"
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
            return _JOIN + spaces + _JOIN
    return ""


# The taller shapes of the bundled font, by height in em; feature `ss01` is the first after the plain one.
_HEIGHTS = (0.93, 1.19, 1.43, 1.67, 1.91, 2.15, 2.39, 2.63, 2.87, 3.1, 3.34, 3.58, 3.82)
_ROOTS = ((1.187, 0.922), (1.855, 1.2), (2.371, 1.46), (2.892, 1.72))
_PIECES = {
    "(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "|": "|||", "‖": "‖‖‖",
    "⌊": "⎢⎢⎣", "⌋": "⎥⎥⎦", "⌈": "⎡⎢⎢", "⌉": "⎤⎥⎥",
}  # fmt: skip


def shape(character: str, height: float, top: float | None = None) -> str:
    """A bracket (root sign, sum) at least this tall; `top` is where its upper end goes."""
    if not character:
        return ""
    if character in "∑∏⋃⋂":
        return f"<span class=f1>{character}</span>"
    if character == "√":
        return _root_sign(height, top or 0.922)
    size = next((n for n, tall in enumerate(_HEIGHTS) if tall >= height - 0.12), None)
    if size == 0:
        return escape(character)
    if size is None or character in "|‖":
        return _pieced(character, height)
    return f"<span class=f{size}>{escape(character)}</span>"


def _pieced(character: str, height: float) -> str:
    """A very tall bracket: its pieces, one a line."""
    if character not in _PIECES:
        return f'<span class=f12 style="font-size:{height / 3.82:.2f}em">{escape(character)}</span>'
    lines = max(2, round(height / 1.25))
    first, middle, last = _PIECES[character]
    text = "<br>".join([first, *[middle] * (lines - 2), last])
    return f'<span class=fp style="vertical-align:{-(lines - 1) / 2 * 1.25:.3f}em">{text}</span>'


def _root_sign(height: float, top: float) -> str:
    size, (_, reach) = next(
        ((n, root) for n, root in enumerate(_ROOTS) if root[0] >= height), (3, _ROOTS[3])
    )
    if size == 0 and abs(top - reach) < 0.01:
        return "√"
    return f'<span class=f{size} style="vertical-align:{top - reach:.3f}em">√</span>'


_NUMBER = re.compile(r"[−\u2060]*\d+(?:\.(\d+))?$")


def column(lines: list[str], align: str) -> list[str]:
    """Numbers in a centred column padded so that their decimal points stand under each other."""
    found = [_NUMBER.match(line) for line in lines]
    if align != "c" or not all(found) or len(lines) < 2:
        return lines
    whole = [len(line.split(".")[0]) for line in lines]
    signed = [line.startswith("−") for line in lines]
    places = [len(match[1] or "") if match else 0 for match in found]
    most = max(places)
    padded = []
    for line, digits, minus, decimals in zip(lines, whole, signed, places):
        tail = ("\u2008" if most and not decimals else "") + "\u2007" * (most - decimals)
        lead = max(n - s for n, s in zip(whole, signed)) - (digits - minus)
        padded.append("\u2007" * lead + line + tail)
    return padded
