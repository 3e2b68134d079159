"""What a printed formula is made of: runs of characters and bars, each at its place.

Lengths are in em of the formula's own size; a place is counted from the left end of the baseline, up
is positive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

UP, DOWN = 0.862, 0.338  # a line of text: its line height is 1.2


@dataclass(frozen=True, slots=True)
class Run:
    """Characters on a line, `size` times as large as the formula; `tall` counts the font's taller shapes.

    `shade` and `strong` set it off: a colour like #1d4e89, and bold.
    """

    text: str
    x: float = 0
    y: float = 0
    size: float = 1
    tall: int = 0
    shade: str = ""
    strong: bool = False

    def moved(self, x: float, y: float, size: float) -> Run:
        """The run as part of something larger: scaled, then moved."""
        place = x + size * self.x, y + size * self.y, size * self.size
        return Run(self.text, *place, self.tall, self.shade, self.strong)

    @property
    def is_plain(self) -> bool:
        """Whether it stands where a line of text begins, and looks like text."""
        return not (self.x or self.y or self.tall or self.shade or self.strong) and self.size == 1


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle above (`x`, `y`), in the colour of the text or a `shade` like #b4b9c2."""

    x: float
    y: float
    width: float
    height: float
    shade: str = ""

    def moved(self, x: float, y: float, size: float) -> Bar:
        """The bar as part of something larger."""
        return Bar(x + size * self.x, y + size * self.y, size * self.width, size * self.height, self.shade)


Ink = Run | Bar
Draw = Callable[[], tuple[Ink, ...]]


@dataclass(frozen=True, slots=True)
class Box:
    """Plain characters, or what draws the ink; its reach above and below the baseline, and its width.

    Most boxes are only measured, so there is no ink before it is asked for.
    """

    content: str | Draw = ""
    up: float = UP
    down: float = DOWN
    width: float = 0

    @property
    def text(self) -> str | None:
        """The characters of a box that is one plain run of them, or nothing; None of any other box."""
        return self.content if isinstance(self.content, str) else None

    @property
    def inks(self) -> tuple[Ink, ...]:
        """The ink, drawn anew."""
        if isinstance(self.content, str):
            return (Run(self.content),) if self.content else ()
        return self.content()

    def at(self, x: float, y: float = 0, size: float = 1) -> tuple[Ink, ...]:
        """Its ink somewhere else."""
        return self.inks if (x, y, size) == (0, 0, 1) else tuple([ink.moved(x, y, size) for ink in self.inks])


def drawing(inks: tuple[Ink, ...], up: float = UP, down: float = DOWN, width: float = 0) -> Box:
    """A box of this ink."""
    one = inks[0] if len(inks) == 1 else None
    return Box(one.text if isinstance(one, Run) and one.is_plain else lambda: inks, up, down, width)


def side_by_side(boxes: Iterable[Box]) -> Box:
    """Boxes on one line; characters that follow each other are one run."""
    parts = list(boxes)
    up, down, width = UP, DOWN, 0.0
    for part in parts:
        up, down, width = max(up, part.up), max(down, part.down), width + part.width
    if all(isinstance(part.content, str) for part in parts):
        return Box("".join([str(part.content) for part in parts]), up, down, width)
    return Box(lambda: _in_line(parts), up, down, width)


def _in_line(parts: Sequence[Box]) -> tuple[Ink, ...]:
    inks: list[Ink] = []
    width, end = 0.0, -1.0
    for part in parts:
        moved = part.at(width)
        last, first = (inks[-1] if inks else None), (moved[0] if moved else None)
        if isinstance(last, Run) and isinstance(first, Run) and end == width and _joins(last, first):
            text = last.text + first.text
            inks[-1] = Run(text, last.x, last.y, last.size, last.tall, last.shade, last.strong)
            moved = moved[1:]
        inks += moved
        width += part.width
        if part.text is not None:
            end = width  # what follows a run directly, and not its script
    return tuple(inks)


def _joins(one: Run, other: Run) -> bool:
    return (one.y, one.size, one.tall) == (other.y, other.size, other.tall) == (0, 1, 0)


def stacked(rows: Sequence[tuple[Box, float, float]], width: float) -> tuple[Ink, ...]:
    """Boxes centred over each other: each with the height of its baseline and its size."""
    return placed([(box, (width - size * box.width) / 2, y, size) for box, y, size in rows])


def placed(parts: Iterable[tuple[Box, float, float, float]]) -> tuple[Ink, ...]:
    """Boxes at their places: each with its x, its y and its size."""
    return tuple([ink for box, x, y, size in parts for ink in box.at(x, y, size)])
