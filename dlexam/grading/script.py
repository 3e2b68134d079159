"""A student's marked paper, and the rows that gradebooks and reports are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from dlexam.paper import Item, Paper
from dlexam.story import Marking


class Row(NamedTuple):
    """One marked answer: whose, to what, what was written, read and expected, and what it earned.

    `marks` and `out_of` are exact; `answer` is the raw text, unchanged.
    """

    student: str
    number: int
    question: str
    part: str
    verdict: str
    note: str
    marks: Fraction
    out_of: Fraction
    answer: str
    read: str
    expected: str
    words: str


@dataclass(frozen=True, slots=True)
class Marked:
    """One question of a paper with what a student wrote and what it earned."""

    item: Item
    answers: Mapping[str, str]
    marking: Marking

    def rows(self, student: str) -> Iterator[Row]:
        """A row for each step, in working order."""
        variant = self.item.variant
        for m in self.marking.marks:
            yield Row(
                student, self.item.number, variant.question.id, m.step, m.verdict, m.note,
                m.marks, m.out_of, self.answers.get(m.step, ""), m.read, variant.key[m.step], m.words,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Script:
    """A marked paper."""

    paper: Paper
    questions: tuple[Marked, ...]

    @property
    def total(self) -> Fraction:
        """The marks earned."""
        return sum((q.marking.total for q in self.questions), Fraction(0))

    @property
    def out_of(self) -> Fraction:
        """The marks to be had."""
        return sum((q.marking.out_of for q in self.questions), Fraction(0))

    def rows(self) -> Iterator[Row]:
        """A row for each asked step of the paper."""
        for question in self.questions:
            yield from question.rows(self.paper.student)
