"""The boxes of a printed formula: fractions, roots, scripts, limits, accents, matrices, brackets.

The lengths are those of STIX Two Math.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining

from dlexam.render.math_glyphs import advance, column, shape
from dlexam.render.math_ink import DOWN, UP, Bar, Box, Ink, Run, drawing, placed, side_by_side, stacked

AXIS = 0.258  # the height of the bar of a fraction, the middle of brackets
ROW = 1.25  # from one row of a matrix to the next
_RULE = 0.06
_SMALL = 0.7  # a script against its base
_TIGHT = 0.175  # a script needs no more room above and below than it has
_BEFORE = 0.05  # em of a script, before it


def fraction(above: Box, below: Box, rule: bool, display: bool) -> Box:
    """One box over another, the bar on the axis; smaller inside a line of text."""
    scale, tight = (1.0, 0.0) if display else (_SMALL, 0.06)
    over, under = above.up + above.down - 2 * tight, below.up + below.down - 2 * tight
    wide, half = scale * (max(above.width, below.width) + 0.2), _RULE / 2
    rows = (
        (above, AXIS + half + scale * (above.down - tight), scale),
        (below, AXIS - half - scale * (below.up - tight), scale),
    )
    bar = (Bar(0.07, AXIS - half, wide, _RULE),) if rule else ()

    def draw() -> tuple[Ink, ...]:
        return stacked(rows, wide + 0.14) + bar

    return Box(draw, AXIS + half + scale * over, scale * under - AXIS + half, wide + 0.14)


def root(body: Box, degree: Box | None) -> Box:
    """A root sign whose bar covers the body."""
    reach = 0.922 if body.up <= UP else body.up + 0.068
    sign = shape("√", reach + max(body.down - 0.1, 0.2), top=reach)
    start = 0.0 if degree is None else max(0.0, 0.55 * degree.width - 0.3)

    def draw() -> tuple[Ink, ...]:
        index = () if degree is None else degree.at(0, 0.36, 0.55)
        bar = Bar(start + sign.width - 0.01, reach - 0.068, body.width + 0.01, 0.068)
        return (*index, *sign.at(start), bar, *body.at(start + sign.width))

    return Box(draw, reach, body.down, start + sign.width + body.width)


def scripts(base: Box, low: Box | None, high: Box | None) -> Box:
    """What stands low and high beside a base."""
    raised = base.up - 0.35 if base.up > 1 else 0.36
    lowered = base.down - 0.1 if base.down > 0.5 else 0.21
    if low and high:
        raised, lowered = max(raised, 0.42), max(lowered, 0.27)
    up, down, wide = base.up, base.down, 0.0
    start = base.width + _SMALL * _BEFORE
    parts = [(base, 0.0, 0.0, 1.0)]
    for box, y in ((high, raised), (low, -lowered)):
        if box:
            parts.append((box, start, y, _SMALL))
            up = max(up, y + _SMALL * (box.up - _TIGHT))
            down = max(down, _SMALL * (box.down - _TIGHT) - y)
            wide = max(wide, box.width)
    return Box(lambda: placed(parts), up, down, start + _SMALL * wide)


def limits(base: Box, under: Box | None, over: Box | None, big: bool) -> Box:
    """What stands under and over a base (`big`: a sum sign)."""
    up, down = (0.962, 0.438) if big else (max(base.up, 0.712), max(base.down, 0.188))
    rows, wide = [(base, 0.0, 1.0)], base.width
    if over:
        rows.append((over, up + _SMALL * (over.down - 0.1), _SMALL))
        up += _SMALL * (over.up + over.down - 0.2)
        wide = max(wide, _SMALL * over.width)
    if under:
        rows.append((under, -down - _SMALL * (under.up - 0.1), _SMALL))
        down += _SMALL * (under.up + under.down - 0.2)
        wide = max(wide, _SMALL * under.width)
    return Box(lambda: stacked(rows, wide), up, down, wide)


def wide_accent(base: Box, mark: str, under: bool) -> Box:
    """A brace, bar or hat over or under several characters."""
    top, foot = (0.8 if base.up <= UP else base.up), (0.24 if base.down <= DOWN else base.down)
    if mark in "⏟⏞":
        return _braced(base, -foot - 0.16 if under else top, under)
    if under:
        line = Bar(0, -foot - 0.08, base.width, _RULE)
        return Box(lambda: (*base.inks, line), base.up, foot + 0.1, base.width)
    if mark in "‾¯":
        line = Bar(0, top + 0.04, base.width, _RULE)
        return Box(lambda: (*base.inks, line), top + 0.12, base.down, base.width)
    right, rise = (0.23, 0.24) if combining(mark) else (-advance(mark) / 2, 0.35)
    sign = Run(mark, base.width / 2 + right, base.up - UP + rise)
    return Box(lambda: (*base.inks, sign), base.up + 0.1, base.down, base.width)


def _braced(base: Box, y: float, under: bool) -> Box:
    """A bracket that lies along the base, its ends turned towards it."""
    wide, line = base.width + 0.1, y if under else y + 0.1
    ends = (Bar(0.03, y, _RULE, 0.16), Bar(wide - _RULE + 0.03, y, _RULE, 0.16))
    brace = (Bar(0.03, line, wide, _RULE), *ends)
    return Box(lambda: base.at(0.08) + brace, max(base.up, y + 0.16), max(base.down, -y), wide + 0.06)


def columns(rows: list[list[Box]], align: Sequence[str], gaps: Sequence[float]) -> Box:
    """A matrix of plain entries."""
    heights = [((len(rows) - 1) / 2 - at) * ROW for at in range(len(rows))]
    reach = max(heights, default=0)
    return _grid(rows, heights, align, gaps, reach + UP, reach + DOWN)


def cells(rows: list[list[Box]], align: Sequence[str], gaps: Sequence[float]) -> Box:
    """A matrix with tall entries (fractions)."""
    ups = [max(box.up for box in row) for row in rows]
    downs = [max(box.down for box in row) for row in rows]
    total = sum(ups) + sum(downs) + 0.2 * len(rows)
    heights = [
        total / 2 + AXIS - sum(ups[: at + 1]) - sum(downs[:at]) - 0.2 * at - 0.1 for at in range(len(rows))
    ]
    return _grid(rows, heights, align, gaps, total / 2 + AXIS, total / 2 - AXIS)


def _grid(
    rows: list[list[Box]],
    heights: list[float],
    align: Sequence[str],
    gaps: Sequence[float],
    up: float,
    down: float,
) -> Box:
    parts: list[tuple[Box, float, float, float]] = []
    x = 0.0
    for at, (side, gap) in enumerate(zip(align, gaps)):
        entries = [row[at] for row in rows]
        texts = [box.text if box.text is not None else "?" for box in entries]
        padded, where = column(texts, side)
        widths = [
            box.width + advance(full[len(text) :]) for box, text, full in zip(entries, texts, padded)
        ]
        x, widest, share = x + gap, max(widths), {"l": 0.0, "c": 0.5, "r": 1.0}[where]
        for box, wide, y in zip(entries, widths, heights):
            free = share * (widest - wide)
            parts.append((box, x + free, y, 1))
        x += widest
    return drawing(placed(parts), up, down, x) if len(rows) == 1 else Box(lambda: placed(parts), up, down, x)


def fenced(left: str, body: Box, right: str, rows: int) -> Box:
    """Brackets as tall as the body; `rows` is how many rows it has if it is a matrix."""
    plain = body.up <= 0.9 and body.down <= 0.4
    reach = max((0.75 if plain else body.up) - AXIS, (0.2 if plain else body.down) + AXIS)
    height = rows * ROW - 0.05 if rows and body.up < rows * ROW / 2 + 0.4 else 1.8 * reach
    whole = side_by_side((shape(left, height), body, shape(right, height)))
    return Box(whole.content, body.up, body.down, whole.width)
