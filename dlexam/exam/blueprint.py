"""The plan of an exam: its sections, what they ask, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from dlexam.graph import QuestionError


class BlueprintError(QuestionError):
    """Everything that is wrong with a blueprint, a line each: file:line: what: why. Do this."""

    def __init__(self, lines: list[str]) -> None:
        """Keep the lines; the message is all of them."""
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a section: a fixed question, or a pool from which some are picked.

    `pick` is how many (0: a fixed question, the only one in `wanted`); `marks` are what each earns, 0 for the
    question's own; `same`: everybody gets the same numbers; `repeats`: students may share numbers where a
    question has too few variants.
    """

    wanted: tuple[str, ...]
    pick: int = 0
    level: int = 2
    marks: Fraction = Fraction(0)
    ask: str = "steps"
    same: bool = False
    repeats: bool = False
    page_break: bool = False
    line: int = 0

    @property
    def count(self) -> int:
        """How many questions of a paper this is."""
        return self.pick or 1


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper with a title and instructions of its own; `shuffle` mixes its questions."""

    entries: tuple[Entry, ...]
    title: str = ""
    instructions: str = ""
    shuffle: bool = False
    page_break: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One question of every paper: where it stands in the plan; which question it is, is drawn."""

    number: int
    section: int
    entry: Entry


@dataclass(frozen=True)
class Blueprint:
    """An exam as it is planned. `versions` names them; none: every student has one of their own.

    `duration` is in minutes; `decimals` replaces the places that the questions ask for; `total` is what the
    marks must add up to; `written` is the plan as it stood in the file, and `file` the name of that.
    """

    title: str
    sections: tuple[Section, ...]
    course: str = ""
    date: date | None = None
    duration: int = 0
    language: str = "en"
    instructions: str = ""
    aids: tuple[str, ...] = ()
    decimals: int | None = None
    total: Fraction = Fraction(0)
    versions: tuple[str, ...] = ()
    written: Mapping[str, Any] = field(default_factory=dict)
    file: str = "blueprint"
    total_line: int = 0

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of a paper in the order of the plan; a pool has as many as it picks."""
        return tuple(Place(n, s, entry) for n, (s, entry) in enumerate(self._entries()))

    def _entries(self) -> Iterator[tuple[int, Entry]]:
        for s, section in enumerate(self.sections):
            for entry in section.entries:
                yield from [(s, entry)] * entry.count
