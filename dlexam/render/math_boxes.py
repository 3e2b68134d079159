"""The boxes a printed formula is made of: fractions, roots, scripts, limits, accents, matrices.

A `Box` is some HTML with its reach above and below the baseline, in em of its own size. The
lengths here and in templates/shared/math.css are those of STIX Two Math and must agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dlexam.render.math_glyphs import column, shape

AXIS = 0.258  # the height of the bar of a fraction, the middle of brackets
UP, DOWN = 0.862, 0.338  # a line of text: its line height is 1.2
ROW = 1.25  # from one row of a matrix to the next
_RULE = 0.06
_SMALL = 0.7  # a script against its base
_TIGHT = 0.175  # what the low line height of a script takes off above and below


@dataclass(frozen=True, slots=True)
class Box:
    """Some HTML, its reach above and below the baseline, and its width (about), in em."""

    html: str
    up: float = UP
    down: float = DOWN
    width: float = 0.5
    loose: bool = False  # a line may break after it


def side_by_side(parts: Sequence[Box]) -> Box:
    """Boxes on one line."""
    if not parts:
        return Box("", width=0)
    return Box(
        "".join(part.html for part in parts),
        max(part.up for part in parts),
        max(part.down for part in parts),
        sum(part.width for part in parts),
    )


def fraction(above: Box, below: Box, rule: bool, display: bool) -> Box:
    """One box over another, the bar on the axis; smaller inside a line of text."""
    scale, name = (1.0, "fd") if display else (_SMALL, "ft")
    line = 0.0 if display else 0.06  # the lower line height of a small fraction
    over, under = above.up + above.down - 2 * line, below.up + below.down - 2 * line
    shift = AXIS - _RULE / 2 - scale * (below.up - line)
    html = (
        f'<span class="{name}{"" if rule else " nb"}" style="vertical-align:{shift:.3f}em">'
        f"<span>{above.html}</span><span>{below.html}</span></span>"
    )
    up, down = AXIS + _RULE / 2 + scale * over, scale * under - AXIS + _RULE / 2
    return Box(html, up, down, max(above.width, below.width) * scale + 0.3)


def root(body: Box, degree: Box | None) -> Box:
    """A root sign whose bar covers the body."""
    reach = max(body.up, 0.854) + 0.068 if body.up > UP else 0.922
    sign = shape("√", reach + max(body.down - 0.1, 0.2), top=reach)
    index = "" if degree is None else f"<span class=dg>{degree.html}</span>"
    html = f"{index}{sign}<span class=rt>{body.html}</span>"
    return Box(html, reach, body.down, body.width + 0.9)


def scripts(base: Box, low: Box | None, high: Box | None) -> Box:
    """What stands low and high beside a base."""
    raised = base.up - 0.35 if base.up > 1 else 0.36
    lowered = base.down - 0.1 if base.down > 0.5 else 0.21
    if low and high:
        return _both(base, low, high, max(raised, 0.42), max(lowered, 0.27))
    script, shift, name = (high, raised, "hi") if high else (low, -lowered, "lo")
    script = script or Box("")
    moved = "" if shift in (0.36, -0.21) else f' style="vertical-align:{shift:.3f}em"'
    html = f"{base.html}<span class={name}{moved}>{script.html}</span>"
    up = max(base.up, shift + _SMALL * (script.up - _TIGHT))
    down = max(base.down, _SMALL * (script.down - _TIGHT) - shift)
    return Box(html, up, down, base.width + _SMALL * script.width + 0.05)


def _both(base: Box, low: Box, high: Box, raised: float, lowered: float) -> Box:
    line = (raised + lowered) / _SMALL
    html = (
        f'{base.html}<span class=ss style="line-height:{line:.3f};vertical-align:{-lowered:.3f}em">'
        f"{high.html}<br>{low.html}</span>"
    )
    up = max(base.up, raised + _SMALL * (high.up - 0.1))
    down = max(base.down, lowered + _SMALL * (low.down - 0.1))
    return Box(html, up, down, base.width + _SMALL * max(low.width, high.width) + 0.05)


def limits(base: Box, under: Box | None, over: Box | None, big: bool) -> Box:
    """What stands under and over a base (`big`: a sum sign)."""
    up, down = (0.962, 0.438) if big else (max(base.up, 0.712), max(base.down, 0.188))
    wide, shift = base.width, 0.0
    lines = [f"<span>{base.html}</span>"]
    if over:
        lines.insert(0, f"<span class=lm>{over.html}</span>")
        up += _SMALL * (over.up + over.down - 0.2)
        wide = max(wide, _SMALL * over.width)
    if under:
        lines.append(f"<span class=lm>{under.html}</span>")
        shift = -(down + _SMALL * (under.up - 0.1))
        down += _SMALL * (under.up + under.down - 0.2)
        wide = max(wide, _SMALL * under.width)
    name, style = ("lb" if big else "li"), f"vertical-align:{shift:.3f}em"
    return Box(f'<span class={name} style="{style}">{"".join(lines)}</span>', up, down, wide)


def wide_accent(base: Box, mark: str, under: bool) -> Box:
    """A brace, bar or hat over or under several characters."""
    html = base.html
    if mark in "⏟⏞":
        name = "bu" if under else "bo"
        html = f"<span class={name}>{html}</span>"
        up, down = (base.up, base.down + 0.06) if under else (base.up + 0.06, base.down)
        return Box(html, up, down, base.width + 0.2)
    if under:
        return Box(f"<span class=unl>{html}</span>", base.up, base.down + 0.06, base.width)
    if mark in "‾¯":
        return Box(f"<span class=ovl>{html}</span>", base.up + 0.06, base.down, base.width)
    html = f"<span class=ac><span>{escape(mark)}</span><span>{html}</span></span>"
    return Box(html, base.up + 0.3, base.down, base.width)


def columns(rows: list[list[Box]], align: Sequence[str], gaps: Sequence[float]) -> Box:
    """A matrix of plain entries: one element a column, its entries as lines."""
    reach = (len(rows) - 1) / 2 * ROW
    parts = []
    for at, (side, space) in enumerate(zip(align, gaps)):
        lines, side = column([row[at].html for row in rows], side)
        style = f"vertical-align:{-reach:.3f}em" + (f";margin-left:{space}em" if space else "")
        parts.append(f'<span class="c {side}" style="{style}">{"<br>".join(lines)}</span>')
    return Box("".join(parts), reach + UP, reach + DOWN, _breadth(rows, gaps))


def cells(rows: list[list[Box]], align: Sequence[str], gaps: Sequence[float]) -> Box:
    """A matrix with tall entries (fractions): a table."""
    height = sum(max(box.up for box in row) + max(box.down for box in row) + 0.3 for row in rows)
    lines = []
    for row in rows:
        entries = (
            f'<span class="{side}{" g" if space else ""}">{box.html}</span>'
            for box, side, space in zip(row, align, gaps)
        )
        lines.append(f"<span class=r>{''.join(entries)}</span>")
    html = f"<span class=ta><span class=t>{''.join(lines)}</span></span>"
    return Box(html, height / 2 + AXIS, height / 2 - AXIS, _breadth(rows, gaps))


def _breadth(rows: list[list[Box]], gaps: Sequence[float]) -> float:
    return sum(gaps) + sum(max(box.width for box in entries) for entries in zip(*rows))


def fenced(left: str, body: Box, right: str, rows: int) -> Box:
    """Brackets as tall as the body; `rows` is how many rows it has if it is a matrix."""
    plain = body.up <= 0.9 and body.down <= 0.4
    reach = max((0.75 if plain else body.up) - AXIS, (0.2 if plain else body.down) + AXIS)
    height = rows * ROW - 0.05 if rows and body.up < rows * ROW / 2 + 0.4 else 1.8 * reach
    html = shape(left, height) + body.html + shape(right, height)
    return Box(html, body.up, body.down, body.width + 0.4 * (bool(left) + bool(right)))
