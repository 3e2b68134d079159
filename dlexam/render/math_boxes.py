"""The boxes a printed formula is made of: fractions, roots, scripts, limits, accents, matrices.

A `Box` is some HTML with its reach above and below the baseline and its width, in em of its own
size. The lengths here and in templates/shared/math.css are those of STIX Two Math and must agree.
Every element says how wide it is: a printer that must find out lays its content out three times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dlexam.render.math_glyphs import JOIN, advance, column, shape, span

AXIS = 0.258  # the height of the bar of a fraction, the middle of brackets
UP, DOWN = 0.862, 0.338  # a line of text: its line height is 1.2
ROW = 1.25  # from one row of a matrix to the next
_RULE = 0.06
_SMALL = 0.7  # a script against its base
_TIGHT = 0.175  # what the low line height of a script takes off above and below


@dataclass(frozen=True, slots=True)
class Box:
    """Some HTML, its reach above and below the baseline, and its width, in em."""

    html: str
    up: float = UP
    down: float = DOWN
    width: float = 0
    solid: bool = False  # an element, around which a line would break if nothing kept it


def side_by_side(parts: Sequence[Box]) -> Box:
    """Boxes on one line."""
    if not parts:
        return Box("")
    return Box(
        "".join(part.html for part in parts),
        max(part.up for part in parts),
        max(part.down for part in parts),
        sum(part.width for part in parts),
        solid=any(part.solid for part in parts),
    )


def fraction(above: Box, below: Box, rule: bool, display: bool) -> Box:
    """One box over another, the bar on the axis; smaller inside a line of text."""
    scale, name = (1.0, "fd") if display else (_SMALL, "ft")
    line = 0.0 if display else 0.06  # the lower line height of a small fraction
    over, under = above.up + above.down - 2 * line, below.up + below.down - 2 * line
    shift = (AXIS - _RULE / 2) / scale - below.up + line
    wide = max(above.width, below.width) + 0.2
    inner = f"<span>{above.html}</span><span>{below.html}</span>"
    html = span(name if rule else f"{name} nb", inner, _style(shift, wide))
    up, down = AXIS + _RULE / 2 + scale * over, scale * under - AXIS + _RULE / 2
    return Box(html, up, down, scale * wide + 0.14, solid=True)


def _style(shift: float, wide: float, more: str = "") -> str:
    return f"vertical-align:{shift:.3f}em;width:{wide:.3f}em{more}"


def root(body: Box, degree: Box | None) -> Box:
    """A root sign whose bar covers the body."""
    reach = 0.922 if body.up <= UP else body.up + 0.068
    sign, wide = shape("√", reach + max(body.down - 0.1, 0.2), top=reach)
    index = "" if degree is None else span("dg", degree.html)
    if body.up <= UP:
        html = index + sign + span("rp", body.html)
    else:
        html = index + sign + span("rt", body.html, f"width:{body.width:.3f}em")
    return Box(html, reach, body.down, body.width + wide, solid=body.up > UP)


def scripts(base: Box, low: Box | None, high: Box | None) -> Box:
    """What stands low and high beside a base."""
    raised = base.up - 0.35 if base.up > 1 else 0.36
    lowered = base.down - 0.1 if base.down > 0.5 else 0.21
    if low and high:
        return _both(base, low, high, max(raised, 0.42), max(lowered, 0.27))
    script, shift, name = (high, raised, "hi") if high else (low, -lowered, "lo")
    script = script or Box("")
    moved = "" if shift in (0.36, -0.21) else f"vertical-align:{shift / _SMALL:.3f}em"
    html = base.html + span(name, script.html, moved)
    up = max(base.up, shift + _SMALL * (script.up - _TIGHT))
    down = max(base.down, _SMALL * (script.down - _TIGHT) - shift)
    return Box(html, up, down, base.width + _SMALL * (script.width + 0.05), solid=base.solid)


def _both(base: Box, low: Box, high: Box, raised: float, lowered: float) -> Box:
    line, wide = (raised + lowered) / _SMALL, max(low.width, high.width)
    style = _style(-lowered / _SMALL, wide, f";line-height:{line:.3f}")
    html = base.html + JOIN + span("ss", f"{high.html}<br/>{low.html}", style)
    up = max(base.up, raised + _SMALL * (high.up - 0.1))
    down = max(base.down, lowered + _SMALL * (low.down - 0.1))
    return Box(html, up, down, base.width + _SMALL * (wide + 0.05), solid=True)


def limits(base: Box, under: Box | None, over: Box | None, big: bool) -> Box:
    """What stands under and over a base (`big`: a sum sign)."""
    up, down = (0.962, 0.438) if big else (max(base.up, 0.712), max(base.down, 0.188))
    wide, shift = base.width, 0.0
    lines = [f"<span>{base.html}</span>"]
    if over:
        lines.insert(0, span("lm", over.html))
        up += _SMALL * (over.up + over.down - 0.2)
        wide = max(wide, _SMALL * over.width)
    if under:
        lines.append(span("lm", under.html))
        shift = -(down + _SMALL * (under.up - 0.1))
        down += _SMALL * (under.up + under.down - 0.2)
        wide = max(wide, _SMALL * under.width)
    html = span("lb" if big else "li", "".join(lines), _style(shift, wide))
    return Box(html, up, down, wide, solid=True)


def wide_accent(base: Box, mark: str, under: bool) -> Box:
    """A brace, bar or hat over or under several characters."""
    if mark in "⏟⏞":
        name, wide = ("bu" if under else "bo"), base.width + 0.1
        up, down = (base.up, base.down + 0.06) if under else (base.up + 0.06, base.down)
        html = span(name, base.html, f"width:{wide:.3f}em")
        return Box(html, up, down, wide + 0.12, solid=True)
    if under:
        return Box(span("unl", base.html), base.up, base.down + 0.1, base.width)
    if mark in "‾¯":
        return Box(span("ovl", base.html), base.up + 0.06, base.down, base.width)
    inner = f"<span>{escape(mark)}</span><span>{base.html}</span>"
    html = span("ac", inner, f"width:{base.width:.3f}em")
    return Box(html, base.up + 0.1, base.down, base.width, solid=True)


def columns(rows: list[list[Box]], align: Sequence[str], gaps: Sequence[float]) -> Box:
    """A matrix of plain entries: one element a column, its entries as lines."""
    reach, total, parts = (len(rows) - 1) / 2 * ROW, sum(gaps), []
    for at, (side, space) in enumerate(zip(align, gaps)):
        lines, where = column([row[at].html for row in rows], side)
        boxes = [row[at] for row in rows]
        wide = max(box.width + advance(line[len(box.html) :]) for box, line in zip(boxes, lines))
        style = _style(-reach, wide, f";margin-left:{space}em" if space else "")
        parts.append(span(f"c {where}", "<br/>".join(lines), style))
        total += wide
    return Box(JOIN.join(parts), reach + UP, reach + DOWN, total, solid=True)


def cells(rows: list[list[Box]], align: Sequence[str], gaps: Sequence[float]) -> Box:
    """A matrix with tall entries (fractions): a table."""
    height = sum(max(box.up for box in row) + max(box.down for box in row) + 0.3 for row in rows)
    wide = [max(box.width for box in entries) for entries in zip(*rows)]
    lines = []
    for row in rows:
        entries = (
            span(f"{side} g" if space else side, box.html) for box, side, space in zip(row, align, gaps)
        )
        lines.append(span("r", "".join(entries)))
    html = span("ta", span("t", "".join(lines)))
    return Box(html, height / 2 + AXIS, height / 2 - AXIS, sum(gaps) + sum(wide), solid=True)


def fenced(left: str, body: Box, right: str, rows: int) -> Box:
    """Brackets as tall as the body; `rows` is how many rows it has if it is a matrix."""
    plain = body.up <= 0.9 and body.down <= 0.4
    reach = max((0.75 if plain else body.up) - AXIS, (0.2 if plain else body.down) + AXIS)
    height = rows * ROW - 0.05 if rows and body.up < rows * ROW / 2 + 0.4 else 1.8 * reach
    (opening, before), (closing, after) = shape(left, height), shape(right, height)
    join = JOIN if body.solid else ""
    html = f"{opening}{join}{body.html}{join}{closing}"
    return Box(html, body.up, body.down, before + body.width + after, solid=body.solid)
