"""A chain `x = ... = ... = value` as one picture: its lines stand under each other at their signs."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from html import escape
from urllib.parse import quote, unquote

from dlexam.render.math_glyphs import JOIN, is_bundled
from dlexam.render.math_ink import Box, Ink, Run, drawing
from dlexam.render.math_layout import laid
from dlexam.render.math_text import line as spoken
from dlexam.render.math_tree import tree

CHAIN = "chain:"
_UP, _DOWN = 1.062, 0.538  # em; a line of a chain, whose line height is 1.6
_TALLEST = 30.0  # em; what is taller must be able to break over two pages
_ACCENT = "#1d4e89"


def chained(symbol: str, lines: tuple[str, ...], asked: bool, room: float) -> str:
    """The HTML of a chain whose lines (with their signs) fit in `room` em; nothing if they do not."""
    boxes = _boxes(symbol, lines)
    high = sum(max(box.up, _UP) + max(box.down, _DOWN) for box in boxes[1:])
    runs = [ink.text for box in boxes for ink in box.inks if isinstance(ink, Run)]
    if max(box.width for box in boxes[1:]) > room or high > _TALLEST or not is_bundled("".join(runs)):
        return ""
    address = CHAIN + quote(json.dumps([symbol, lines, asked]))
    words = " ".join(spoken(tree(tex, True)) for tex in (symbol, *lines))
    low = max(boxes[-1].down, _DOWN)
    return f'<img src="{address}" alt="{JOIN}{escape(words)}" style="vertical-align:{-low:.3f}em"/>'


def linked(address: str) -> Box:
    """What is drawn at the address of a chain."""
    symbol, lines, asked = json.loads(unquote(address.removeprefix(CHAIN)))
    first, *rest = _boxes(symbol, tuple(lines))
    inks, y, last = first.inks, 0.0, len(rest) - 1
    for at, box in enumerate(rest):
        if at:
            y -= max(rest[at - 1].down, _DOWN) + max(box.up, _UP)
        inks += _valued(box.at(first.width, y)) if asked and at == last else box.at(first.width, y)
    wide = first.width + max(box.width for box in rest)
    return drawing(inks, max(first.up, rest[0].up, _UP), max(rest[-1].down, _DOWN) - y, wide)


@lru_cache(maxsize=4096)
def _boxes(symbol: str, lines: tuple[str, ...]) -> tuple[Box, ...]:
    return tuple(laid(tree(tex, True)) for tex in (symbol, *lines))


def _valued(inks: tuple[Ink, ...]) -> tuple[Ink, ...]:
    """The asked value stands out."""
    return tuple(
        replace(ink, shade=_ACCENT, strong=True) if isinstance(ink, Run) else replace(ink, shade=_ACCENT)
        for ink in inks
    )
