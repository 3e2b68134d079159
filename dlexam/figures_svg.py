"""The strokes of a figure: lines, arrows, dots and labels as SVG, and the drawing around them.

Widths are in em, so that a figure grows with the text around it; colours are the page's own, with one accent.

>>> text((8, 8), "x_1", 10)
'<text x="8" y="8" font-size="10" text-anchor="middle" font-style="italic">x<tspan dy="2.5" font-size="7" font-style="normal">1</tspan></text>'
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from math import hypot

from dlexam.blocks import Figure, Text

Place = tuple[float, float]

EM = 16  # units of a drawing to one em of the page
INK = 'stroke="currentColor"'
THIN = f'{INK} stroke-opacity="0.4"'
BLUE = "#3f74b5"  # clear on white, on black and in grey; a page may set `.accent` to its own
ACCENT = f'class="accent" color="{BLUE}" stroke="currentColor"'


def figure(width: float, height: float, parts: Iterable[str], alt: str, caption: str = "") -> Figure:
    """The drawing with its parts in the middle of the page."""
    look = 'font-family="STIX Two Text, STIX Two Math, serif" font-size="15" fill="currentColor"'
    size = f'viewBox="0 0 {width:.4g} {height:.4g}" width="{width / EM:.4g}em"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {look}>{"".join(parts)}</svg>'
    return Figure(svg, alt, (Text(caption),) if caption else ())


def text(place: Place, words: str, size: float = 15, anchor: str = "middle") -> str:
    """Words; `x_1` has an index, and a single letter is italic."""
    base, _, index = words.partition("_")
    where = f'x="{place[0]:.5g}" y="{place[1]:.5g}" font-size="{size:.3g}" text-anchor="{anchor}"'
    low = f'<tspan dy="{size / 4:.3g}" font-size="{size * 0.7:.3g}"{slant(index)}>{escape(index)}</tspan>'
    return f"<text {where}{slant(base)}>{escape(base)}{low if index else ''}</text>"


def slant(word: str) -> str:
    """Letters are italic as in formulas; words and numbers are upright."""
    return f' font-style="{"italic" if len(word) == 1 and word.isalpha() else "normal"}"'


def line(p: Place, q: Place, look: str = INK, gaps: Place = (0, 0), head: bool = False) -> str:
    """A straight line that leaves gaps at its ends; an arrow with a `head`."""
    length = hypot(q[0] - p[0], q[1] - p[1])
    u, v = (q[0] - p[0]) / length, (q[1] - p[1]) / length
    x, y = q[0] - gaps[1] * u, q[1] - gaps[1] * v
    ends = f'x1="{p[0] + gaps[0] * u:.5g}" y1="{p[1] + gaps[0] * v:.5g}" x2="{x:.5g}" y2="{y:.5g}"'
    sides = " ".join(f"{x - 8 * u - s * v:.5g},{y - 8 * v + s * u:.5g}" for s in (3, -3))
    arrow = f'<polygon points="{x:.5g},{y:.5g} {sides}" fill="currentColor" {look}/>' if head else ""
    return f"<line {ends} {look}/>{arrow}"


def polyline(places: Iterable[Place], look: str = INK) -> str:
    """A line through places."""
    return f'<polyline points="{" ".join(f"{x:.5g},{y:.5g}" for x, y in places)}" {look} fill="none"/>'


def dot(place: Place, radius: float = 4, look: str = "") -> str:
    """A filled circle."""
    return f'<circle cx="{place[0]:.5g}" cy="{place[1]:.5g}" r="{radius:.3g}" {look}/>'


def apart(heights: Mapping[str, float], lowest: float, gap: float = 14) -> dict[str, float]:
    """Heights of labels, moved up (to smaller numbers) from `lowest` on until no two of them touch.

    >>> apart({"a": 100, "b": 98, "c": 20}, 90)
    {'a': 90, 'b': 76, 'c': 20}
    """
    free: dict[str, float] = {}
    for name in sorted(heights, key=heights.__getitem__, reverse=True):
        free[name] = lowest = min(heights[name], lowest)
        lowest -= gap
    return free
