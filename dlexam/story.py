"""What a marker knows: marks, answers as read, and the story believed of a student."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from dlexam.graph import Mistake, Step


class Mark(NamedTuple):
    """What one asked step earned, and why.

    `verdict` is right, carried, implied, mistake, wrong, unreadable or blank; `note` tags the path,
    independent of the numbers; `words` (Markdown) are for the student; `read` is what was understood;
    `cells` says of each entry of a wrong array whether it is right.
    """

    step: str
    verdict: str
    marks: Fraction
    out_of: Fraction
    note: str
    words: str
    read: str = ""
    cells: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Marking:
    """The marks of one question, in working order."""

    marks: tuple[Mark, ...]

    @property
    def total(self) -> Fraction:
        """The marks earned."""
        return sum((m.marks for m in self.marks), Fraction(0))

    @property
    def out_of(self) -> Fraction:
        """The marks to be had."""
        return sum((m.out_of for m in self.marks), Fraction(0))


class Answer(NamedTuple):
    """One answer as read: its value, or why it could not be read; no text is a blank."""

    text: str
    value: Any = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """What is believed of the student after some steps."""

    instead: Mapping[str, Mistake] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    shown: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)

    def total(self) -> Fraction:
        """The marks so far."""
        return sum((m.marks for m in self.marks.values()), Fraction(0))

    def rank(self) -> tuple[Fraction, int]:
        """By what stories are chosen: the marks so far; of equal ones, that which leaves less unexplained."""
        return self.total(), -sum(m.verdict == "wrong" for m in self.marks.values())

    def tell(
        self, mark: Mark, shown: Mapping[str, Any] | None = None, fixed: Mapping[str, Any] | None = None
    ) -> Story:
        """The story with one more mark, and what was written down and taken as it stands by then."""
        marks = {**self.marks, mark.step: mark}
        fixed, shown = self.fixed if fixed is None else fixed, self.shown if shown is None else shown
        return Story(self.instead, fixed, shown, marks)


@lru_cache(maxsize=256)
def exactly(number: float | Fraction) -> Fraction:
    """A decimal number as people write it: 0.1 is a tenth."""
    return Fraction(str(number))


def verdict(s: Step, name: str, share: float | Fraction, words: str, read: str = "", note: str = "") -> Mark:
    """A mark for a step: the share of its marks that it keeps."""
    out_of = exactly(s.marks)
    earned = out_of if share == 1 else out_of * exactly(share)
    return Mark(s.name, name, earned, out_of, note or f"{s.name}:{name}", words, read)
