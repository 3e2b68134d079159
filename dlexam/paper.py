"""One student's paper: numbered questions with drawn values, how each is asked and what it earns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from string import ascii_lowercase
from typing import Protocol

from dlexam.distractors import chosen
from dlexam.graph import Step
from dlexam.question import Question, Variant
from dlexam.story import Answer, Marking

ASKS = ("steps", "final", "choice")
PRACTICE = "practice"  # the id of a practice sheet, which is nobody's own paper


def parts(question: Question, ask: str) -> dict[str, Step]:
    """What a question asks, by its letter on the paper: a, b, ..."""
    asked = [s for s in question.asked if ask == "steps" or s.name in question.finals]
    return dict(zip(ascii_lowercase, asked, strict=False))


@dataclass(frozen=True)
class Item:
    """One question of a paper.

    `ask` is steps (every step is asked), final (only what no later answer proves) or choice (those as
    multiple choice); `marks` is what the whole question earns, the question's own marks if not said.
    """

    number: int
    variant: Variant
    ask: str = "steps"
    marks: Fraction = Fraction(0)

    @property
    def out_of(self) -> Fraction:
        """The marks to be had."""
        return self.marks or Fraction(str(self.variant.question.out_of))

    @property
    def parts(self) -> dict[str, Step]:
        """What is asked, by its letter on the paper: a, b, ..."""
        return parts(self.variant.question, self.ask)

    def mark(self, answers: Mapping[str, str | Answer]) -> Marking:
        """Mark `{step: text or answer}` in the marks of this paper. Raises AnswerError for other names."""
        texts = chosen(self.variant, answers) if self.ask == "choice" else answers
        marking: Marking = self.variant.mark(texts)
        if not self.marks:
            return marking
        scale = self.marks / Fraction(str(self.variant.question.out_of))
        return Marking(
            tuple(m._replace(marks=m.marks * scale, out_of=m.out_of * scale) for m in marking.marks)
        )


@dataclass(frozen=True)
class Paper:
    """What one student gets, or everybody with the same version.

    `id` is the short name printed on every page; it says nothing of the seed.
    """

    id: str
    items: tuple[Item, ...]
    student: str = ""
    name: str = ""
    version: str = ""

    @property
    def out_of(self) -> Fraction:
        """The marks of the whole paper."""
        return sum((item.out_of for item in self.items), Fraction(0))


class Papers(Protocol):
    """Papers that were handed out, by student: an exam's, or one practice sheet for whoever asks."""

    @property
    def title(self) -> str:
        """The title on the papers."""

    @property
    def students(self) -> Sequence[str]:
        """The ids on the roster, in its order; none where anybody may hand in."""

    @property
    def names(self) -> Mapping[str, str]:
        """The names of students, by id, where they are known."""

    @property
    def language(self) -> str:
        """The language that the papers are in: en, nl."""

    @property
    def paper_ids(self) -> Mapping[str, str]:
        """The short ids of papers, by student; none where everybody has the same sheet."""

    def paper(self, student: str) -> Paper:
        """The paper of one student. Raises LookupError for one who has none."""


@dataclass(frozen=True)
class Sheet:
    """A practice sheet as papers: everybody has the same one."""

    title: str
    variants: tuple[Variant, ...]
    ask: str = "steps"
    students: tuple[str, ...] = field(default=())
    names: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    paper_ids: Mapping[str, str] = field(default_factory=dict)

    def paper(self, student: str) -> Paper:
        """The sheet, as this student's."""
        items = tuple(Item(n, v, self.ask) for n, v in enumerate(self.variants, 1))
        return Paper(PRACTICE, items, student)
