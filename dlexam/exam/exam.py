"""An exam as it was drawn: who gets which questions with which numbers. It gives papers, one at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from dlexam import __version__
from dlexam.bank import Bank
from dlexam.exam.blueprint import Blueprint, Place, Section
from dlexam.exam.effort import numbers
from dlexam.exam.roster import Student
from dlexam.exam.secret import seed, short_id
from dlexam.graph import QuestionError
from dlexam.paper import Item, Paper
from dlexam.question import Question

if TYPE_CHECKING:
    from dlexam.variant import Variant

HASH_LETTERS = 12  # of a digest: 48 bits


@dataclass(frozen=True, slots=True)
class Draw:
    """One question of a paper as it was drawn.

    `retry` counts how often it was drawn anew because somebody has these numbers; `attempt` is the raw draw
    that was the first fair one, so that marking draws once and tests nothing; `check` digests the numbers.
    """

    place: int
    question: str
    retry: int
    attempt: int
    check: str
    effort: int


@dataclass(frozen=True, eq=False)
class Exam:
    """Everything needed to print and to mark the papers of an exam; implements `dlexam.paper.Papers`.

    `draws` are by holder: a student, or a version where students share one; in the order of the paper.
    `hashes` are of the question files that the papers were drawn from.
    """

    blueprint: Blueprint
    bank: Bank
    secret: bytes = field(repr=False)
    roster: tuple[Student, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)
    draws: Mapping[str, tuple[Draw, ...]] = field(default_factory=dict, repr=False)
    tool: str = __version__
    shared: dict[str, Variant] = field(default_factory=dict, init=False, repr=False)

    @property
    def title(self) -> str:
        """The title on the papers."""
        return self.blueprint.title

    @property
    def students(self) -> Sequence[str]:
        """The ids on the roster, in its order; none where papers are by version only."""
        return tuple(self.people)

    @property
    def names(self) -> dict[str, str]:
        """The names on the roster, by id."""
        return {student.id: student.name for student in self.roster if student.name}

    @property
    def language(self) -> str:
        """The language of the papers."""
        return self.blueprint.language

    @cached_property
    def paper_ids(self) -> dict[str, str]:
        """The short ids of the papers of those on the roster, drawn or not."""
        return {student.id: short_id(self.secret, "student", student.id) for student in self.roster}

    @cached_property
    def people(self) -> dict[str, Student]:
        """The roster by id."""
        return {student.id: student for student in self.roster}

    @property
    def holders(self) -> tuple[str, ...]:
        """Whose papers differ: the versions, or the students where each has one."""
        return self.blueprint.versions or tuple(self.people)

    @property
    def papers(self) -> tuple[str, ...]:
        """What `paper` can be asked for: the students, or the versions where there is no roster."""
        return tuple(self.people) or self.blueprint.versions

    def person(self, paper: str) -> Student:
        """Whose paper it is; a version is its own."""
        return self.people.get(paper) or Student(paper)

    def paper(self, student: str) -> Paper:
        """The paper of a student, drawn when it is asked for; without a roster, the paper of a version.

        Raises LookupError for one who has none, QuestionError where a question draws other numbers now.
        """
        person = self.people.get(student)
        if person is None and (self.people or student not in self.blueprint.versions):
            raise LookupError(student)
        holder = self.holder(student)
        if holder not in self.draws:
            raise LookupError(student)
        items = tuple(self.item(n, draw, holder) for n, draw in enumerate(self.draws[holder], 1))
        version = holder if self.blueprint.versions else ""
        id = self.paper_ids[student] if person else short_id(self.secret, "version", student)
        return Paper(id, items, student if person else "", person.name if person else "", version)

    def holder(self, student: str) -> str:
        """Whose questions a student has: those of a version, or their own."""
        return self.people[student].version if self.blueprint.versions and self.people else student

    def item(self, number: int, draw: Draw, holder: str) -> Item:
        """One question of a paper."""
        entry = self.places[draw.place].entry
        return Item(number, self.variant(draw, holder), entry.ask, entry.marks)

    def variant(self, draw: Draw, holder: str) -> Variant:
        """A question with the numbers that were drawn for a holder; what students share is drawn once."""
        own = self.seed(draw.place, draw.question, holder, draw.retry)
        if own in self.shared:
            return self.shared[own]
        level = self.places[draw.place].entry.level
        made = self.question(draw.question).attempt(own, level, draw.attempt)
        if digest(made) != draw.check:
            msg = f"{draw.question}: draws other numbers than those on the papers. Name the folder of "
            raise QuestionError(msg + "questions that the papers were made from with --bank.")
        if self.blueprint.versions or self.places[draw.place].entry.same:
            self.shared[own] = made
        return made

    def seed(self, place: int, question: str, holder: str, retry: int) -> str:
        """The seed of a question at a place of the plan: everybody's own, or one for all."""
        whose = "" if self.places[place].entry.same else holder
        return seed(self.secret, whose, place, question, retry)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The places of the plan."""
        return self.blueprint.places

    def layout(self, paper: Paper) -> tuple[tuple[Section, Place], ...]:
        """For each item of a paper its section and its place in the plan: titles, page breaks."""
        draws = self.draws[paper.version or paper.student]
        places = [self.places[draw.place] for draw in draws]
        return tuple((self.blueprint.sections[place.section], place) for place in places)

    def question(self, id: str) -> Question:
        """A question of the bank, asking for the decimals of this exam."""
        return asking(self.bank[id], self.blueprint.decimals)

    @property
    def bank_hash(self) -> str:
        """A short name for the question files of this exam, printed on every page."""
        whole = "".join(f"{id} {self.hashes[id]}\n" for id in sorted(self.hashes))
        return hashlib.sha256(whole.encode()).hexdigest()[:HASH_LETTERS]


@lru_cache(maxsize=4096)
def asking(question: Question, decimals: int | None) -> Question:
    """A question that asks for this many decimals, where its file does not set them for a step."""
    if decimals is None:
        return question
    return replace(question, about=replace(question.about, decimals=decimals))


def digest(variant: Variant) -> str:
    """A short digest of the numbers of a variant."""
    return hashlib.sha256(numbers(variant.given).encode()).hexdigest()[:HASH_LETTERS]
