"""The measures of a printed page: A4 or Letter, in the usual letters or in large print."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

MODULE = 0.5  # mm, of a QR code: six dots of a scan at 300 dpi
CODE_MIDDLE = 13  # mm above the edge of the page


@dataclass(frozen=True, slots=True)
class Look:
    """The measures that depend on the paper and on the size of its letters.

    `margins` are top, right, bottom, left, `code` is the left edge of the QR code and `indent` how far the
    foot keeps clear of it, in mm; `letters` and `foot` are sizes in pt. `line`, `below` and `beside` are the
    room for a formula in em: on a line, in a chain below its reason, in one beside it (0: none is beside).
    `drawing` is the widest drawing in pt, `zoom` how much larger drawings and boxes are than usual.
    """

    size: str
    margins: tuple[float, float, float, float]
    code: float
    indent: float = 0
    letters: float = 10.5
    foot: float = 8
    pitch: float = 1.42
    line: float = 32.5
    below: float = 33.0
    beside: float = 20.6
    drawing: float = 350
    zoom: float = 1

    @property
    def css_margins(self) -> str:
        """The margins as CSS has them."""
        return " ".join(f"{margin:g}mm" for margin in self.margins)


@lru_cache(maxsize=4)
def look(size: str, large: bool) -> Look:
    """The measures for a size of paper; lines are as long on Letter as on A4."""
    edge = 0 if size == "a4" else 3
    if not large:
        return Look(size, (24, 40 + edge, 26, 42 + edge), 27 + edge)
    rooms = {"line": 26.5, "below": 26.5, "beside": 0, "drawing": 490, "zoom": 1.5}
    margins = (20, 15 + edge, 27, 15 + edge)
    return Look(size, margins, 15 + edge, 14, letters=18, foot=13, pitch=1.6, **rooms)
