"""Plots for questions: a function, a decision boundary, a descent, learning curves.

Import them from `dlexam.figures`.

>>> curve(lambda x: x * x, (-1, 2)).alt
'The graph of a function from -1 to 2.'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, pairwise
from math import ceil, floor, hypot, log10, sqrt

from dlexam.blocks import Figure
from dlexam.figures_svg import ACCENT, INK, THIN, Place, apart, dot, figure, line, polyline, text

DASHES = (
    f'{INK} stroke-width="1.6"',
    f'{ACCENT} stroke-width="1.6" stroke-dasharray="6 3"',
    f'{INK} stroke-dasharray="2 2"',
)


@dataclass(frozen=True, slots=True)
class Axes:
    """Two ranges on a rectangle of the drawing; a margin for the numbers is left and below."""

    x: Place
    y: Place
    width: float = 300
    height: float = 170
    left: float = 34
    top: float = 16

    def at(self, x: float, y: float) -> Place:
        """Where a point is drawn."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + across * self.width, self.top + (1 - up) * self.height

    def drawn(self, names: Sequence[str] = ("x", "")) -> list[str]:
        """The axes, through 0 where it is in sight, with numbers at the edges and a name at each end."""
        zero_x, zero_y = (
            min(max(0.0, low), high) if low < 0 < high else low for low, high in (self.x, self.y)
        )
        right, top = self.at(self.x[1], zero_y), self.at(zero_x, self.y[1])
        parts = [
            line(
                self.at(self.x[0], zero_y),
                (right[0] + 12, right[1]),
                THIN,
                head=True,
            )
        ]
        parts += [line(self.at(zero_x, self.y[0]), (top[0], top[1] - 12), THIN, head=True)]
        parts += [
            text((right[0] + 16, right[1] + 4), names[0], 13, "start"),
            text((top[0] + 8, top[1] - 6), names[1], 13, "start"),
        ]
        bottom = self.top + self.height
        for x in ticks(*self.x):
            place = self.at(x, zero_y)
            parts += [line((place[0], place[1] - 3), (place[0], place[1] + 3), THIN)] if x != zero_x else []
            parts += [text((place[0], bottom + 15), written(x), 11)]
        for y in ticks(*self.y):
            place = self.at(zero_x, y)
            parts += [line((place[0] - 3, place[1]), (place[0] + 3, place[1]), THIN)] if y != zero_y else []
            parts += [text((self.left - 7, place[1] + 4), written(y), 11, "end")]
        return parts

    def figure(self, parts: Iterable[str], alt: str, caption: str, right: float = 32) -> Figure:
        """The figure of parts that were drawn on these axes."""
        return figure(self.left + self.width + right, self.top + self.height + 20, parts, alt, caption)


def curve(
    function: Callable[[float], float],
    interval: Place,
    points: Iterable[float | tuple[float, str]] = (),
    tangent_at: float | None = None,
    chord: Place | None = None,
    caption: str = "",
) -> Figure:
    """The graph of a function, if asked with a tangent or a chord; `points` are places x, or (x, label)."""
    low, high = interval
    xs = [low + (high - low) * i / 120 for i in range(121)]
    heights = [float(function(x)) for x in xs]
    axes = Axes(interval, wider(min(heights), max(heights)))
    parts = [*axes.drawn(), polyline([axes.at(*p) for p in zip(xs, heights, strict=True)], DASHES[0])]
    touch = None if tangent_at is None else (tangent_at - 1e-5, tangent_at + 1e-5)
    for a, b in (ends for ends in (touch, chord) if ends):
        slope = (function(b) - function(a)) / (b - a)
        seen = [x for x in xs if axes.y[0] <= function(a) + slope * (x - a) <= axes.y[1]]
        ends = [axes.at(x, function(a) + slope * (x - a)) for x in (seen[0], seen[-1])]
        parts.append(line(ends[0], ends[1], DASHES[1]))
    named: list[Place] = []
    for point in points:
        x, name = point if isinstance(point, tuple) else (point, "")
        place, rises = axes.at(x, function(x)), function(x + 1e-5) > function(x - 1e-5)
        parts.append(dot(place))
        if name and all(hypot(place[0] - p[0], place[1] - p[1]) > 18 for p in named):  # no label on another
            named.append(place)
            beside = (place[0] + (-7 if rises else 7), place[1] - 7)
            parts.append(text(beside, name, 13, "end" if rises else "start"))
    told = f"The graph of a function from {low:.3g} to {high:.3g}.".replace("-", "−")
    return axes.figure(parts, told, caption)


def decision_boundary(
    w: Sequence[float],
    b: float,
    points: Iterable[tuple[float, float, str]] = (),
    normal: bool = False,
    caption: str = "",
) -> Figure:
    """The line w·x + b = 0 (none if w is 0) and labelled points; `normal` draws the arrow w, too."""
    points = list(points)
    norm = hypot(w[0], w[1])
    foot = (-b * w[0] / norm**2, -b * w[1] / norm**2) if norm else (0.0, 0.0)
    shown = [(0.0, 0.0), foot, *((x, y) for x, y, _ in points)]
    reach = [max(p[i] for p in shown) - min(p[i] for p in shown) for i in (0, 1)]
    half = max(max(reach) / 2 * 1.25, 1)
    middle = [(max(p[i] for p in shown) + min(p[i] for p in shown)) / 2 for i in (0, 1)]
    axes = Axes((middle[0] - half, middle[0] + half), (middle[1] - half, middle[1] + half), 210, 210)
    parts = axes.drawn(("x_1", "x_2"))
    if norm:
        u, v = w[0] / norm, w[1] / norm
        way = [(foot[0] - v * half * s / 80, foot[1] + u * half * s / 80) for s in range(-240, 241)]
        seen = [p for p in way if all(abs(p[i] - middle[i]) <= half for i in (0, 1))]
        parts.append(line(axes.at(*seen[0]), axes.at(*seen[-1]), DASHES[0]))
        x, y = seen[len(seen) // 2]
        tip, beyond = (axes.at(x + u * half * far, y + v * half * far) for far in (0.4, 0.5))
        arrow = [line(axes.at(x, y), tip, DASHES[1], head=True), text((beyond[0], beyond[1] + 4), "w", 13)]
        parts += arrow if normal else []
    for x, y, name in points:
        place = axes.at(x, y)
        parts += [dot(place), text((place[0] + 8, place[1] - 7), name, 13, "start")]
    alt = f"The plane of two inputs with {'a straight line and ' if norm else ''}marked points."
    return axes.figure(parts, alt, caption)


def descent_path(
    points: Sequence[Place], curvature: Place = (1, 1), levels: int = 5, caption: str = ""
) -> Figure:
    """The steps of a descent over level lines of a x² + b y², where `curvature` is (a, b)."""
    highest = max(curvature[0] * x * x + curvature[1] * y * y for x, y in points)
    wide, high = (sqrt(highest / c) * 1.08 for c in curvature)
    axes = Axes((-wide, wide), (-high, high), 260, 180)
    parts = axes.drawn(("x", "y"))
    (x, y), scale = axes.at(0, 0), (axes.width / 2 / wide, axes.height / 2 / high)
    for level in (highest * k * k / levels**2 for k in range(1, levels + 1)):
        radii = [sqrt(level / c) * s for c, s in zip(curvature, scale, strict=True)]
        parts.append(
            f'<ellipse cx="{x:.5g}" cy="{y:.5g}" rx="{radii[0]:.5g}" ry="{radii[1]:.5g}" fill="none" {THIN}/>'
        )
    places = [axes.at(*p) for p in points]
    parts += [
        line(p, q, DASHES[1], (4, 4), head=True)
        for p, q in pairwise(places)
        if hypot(p[0] - q[0], p[1] - q[1]) > 14
    ]
    parts += [dot(p, 3) for p in places]
    return axes.figure(
        parts, f"Level lines around a minimum, and a path of {len(points) - 1} steps.", caption
    )


def lines(
    series: Mapping[str, Sequence[float]], x: str = "epoch", y: str = "loss", caption: str = ""
) -> Figure:
    """Values over the epochs 1, 2, ...; the first series is solid, the next ones have dashes."""
    longest = max(map(len, series.values()))
    values = [value for one in series.values() for value in one]
    axes = Axes((1, longest), (min(0.0, *values), wider(min(values), max(values))[1]))
    parts = axes.drawn((x, y))
    ends = {name: axes.at(len(one), one[-1]) for name, one in series.items()}
    heights = apart({name: end[1] + 4 for name, end in ends.items()}, axes.at(1, 0)[1] - 10)
    for look, (name, one) in zip(cycle(DASHES), series.items()):
        places = [axes.at(t, value) for t, value in enumerate(one, 1)]
        parts += [polyline(places, look), *(dot(place, 2.5) for place in places)]
        parts.append(text((ends[name][0] + 8, heights[name]), name, 13, "start"))
    return axes.figure(parts, f"Curves of {' and '.join(series)} over {longest} epochs.", caption, right=80)


def wider(low: float, high: float) -> Place:
    """A range with some air at its ends; never empty."""
    air = (high - low) * 0.08 or 1.0
    return low - air, high + air


def ticks(low: float, high: float) -> list[float]:
    """Round numbers inside a range, about five."""
    power = 10 ** floor(log10((high - low) / 4))
    step = next(power * k for k in (1, 2, 5, 10) if (high - low) / (power * k) <= 6)
    return [i * step for i in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]


def written(number: float) -> str:
    """A number at an axis, with a true minus."""
    return f"{number + 0.0:.6g}".replace("-", "\u2212")
