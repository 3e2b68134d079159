"""A class of simulated students with known habits, and the marks that each habit is promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from dlexam.bank import Bank
from dlexam.fair import IMPOSSIBLE
from dlexam.laws import rounded_run, written
from dlexam.paper import Item, Paper, Papers
from dlexam.submissions.entry import Entry
from dlexam.unexplained import may_carry
from dlexam.variant import Variant

HABITS = ("right", "right", "rounding", "format", "final", "mistake", "mistake", "slip", "blank", "junk")
JUNK = ("?!", "I do not know", "=cmd|'/c calc'!A1", "<script>alert(1)</script>", "9" * 400 + "x", "(((((")


@dataclass(frozen=True)
class Habit:
    """How one student answers one question: the texts, what they are promised, the mistake if one was made."""

    name: str
    texts: dict[str, str]
    marks: Fraction
    note: str = ""


@dataclass
class Students:
    """Papers for `count` students, each with numbers of their own, and what everybody writes."""

    bank: Bank
    questions: tuple[str, ...]
    count: int
    title: str = "Simulated exam"
    language: str = "en"
    level: int = 2
    names: dict[str, str] = field(default_factory=dict)
    paper_ids: dict[str, str] = field(default_factory=dict)
    attempts: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def students(self) -> tuple[str, ...]:
        """The ids on the roster."""
        return tuple(f"s{i:05d}" for i in range(self.count))

    def paper(self, student: str) -> Paper:
        """One student's paper; drawn again by its recorded attempts, as an exam does."""
        items = []
        for number, id in enumerate(self.questions, 1):
            seed, attempt = f"{student}/{number}", self.attempts.get((student, number))
            if attempt is None:
                variant = self.bank[id].draw(seed, self.level)
                self.attempts[student, number] = variant.attempt
            else:
                variant = self.bank[id].attempt(seed, self.level, attempt)
            items.append(Item(number, variant))
        return Paper(f"P-{student}", tuple(items), student)

    def answers(self) -> Iterator[tuple[str, int, Habit]]:
        """What each student does with each question."""
        return sitting(self)


def sitting(papers: Papers) -> Iterator[tuple[str, int, Habit]]:
    """What each student on a roster does with each question of their paper, in the marks of the paper."""
    for student in papers.students:
        random = Random(f"habits/{student}")
        for item in papers.paper(student).items:
            done = habit(random.choice(HABITS), item.variant, random)
            scale = item.out_of / Fraction(str(item.variant.question.out_of))
            yield student, item.number, replace(done, marks=done.marks * scale)


def entries(student: str, number: int, done: Habit) -> Iterator[Entry]:
    """A habit as entries of a file."""
    for step, text in done.texts.items():
        yield Entry(student, str(number), step, text, None, "answers.csv")


def habit(name: str, variant: Variant, random: Random) -> Habit:
    """One habit; where the question has no room for it, the right answers."""
    question, whole = variant.question, Fraction(str(variant.question.out_of))
    if name == "rounding":
        return Habit(name, written(variant, rounded_run(variant)), whole)
    if name == "format":
        texts = written(variant, variant.values)
        return Habit(name, {n: other_form(variant, n, t, random) for n, t in texts.items()}, whole)
    if name == "final":
        return Habit(name, written(variant, variant.values, question.finals), whole)
    if name == "blank":
        return Habit(name, {s.name: random.choice(("", " ")) for s in question.asked}, Fraction(0))
    if name == "junk":
        return Habit(
            name,
            {s.name: random.choice(JUNK) for s in question.asked if not words(variant, s.name)},
            Fraction(0),
        )
    made = {"mistake": mistaken, "slip": slipped}.get(name, lambda *_: None)(variant, random)
    return made or Habit("right", written(variant, variant.values), whole)


def words(variant: Variant, step: str) -> bool:
    """Whether any words can be read as an answer."""
    return getattr(variant.kinds[step], "options", None) == ()


def other_form(variant: Variant, step: str, text: str, random: Random) -> str:
    """The same answer as another hand writes it."""
    if not hasattr(variant.kinds[step], "decimals"):
        return random.choice((text, f" {text} ", text.replace(", ", ",")))
    forms = [text.replace("-", "−"), f"  {text}", text.replace(", ", ",")]
    if "," not in text and "." in text and "e" not in text:
        forms.append(text.replace("0.", ".") if text.lstrip("-").startswith("0.") else text + "0")
    return random.choice(forms)


def mistaken(variant: Variant, random: Random) -> Habit | None:
    """Exactly one known mistake, shown in full or in the last answers only."""
    if not variant.mistakes:
        return None
    note = random.choice(variant.mistakes)
    question, mistake = variant.question, variant.question.graph.mistakes[note]
    values = question.graph.run(variant.given, instead={mistake.step: mistake}, known=variant.values)
    payer = question.graph.steps[question.payers[mistake.step]]
    lost = Fraction(str(payer.marks)) * (1 - Fraction(str(mistake.keeps)))
    names = random.choice(((), question.finals))
    return Habit("mistake", written(variant, values, names), Fraction(str(question.out_of)) - lost, note)


def slipped(variant: Variant, random: Random) -> Habit | None:
    """A slip that nothing explains, carried on correctly: it costs its own step."""
    question = variant.question
    numeric = [s for s in question.asked if np.ndim(variant.values[s.name]) == 0 and decimal(variant, s.name)]
    if not numeric:
        return None
    step = random.choice(numeric)
    value = variant.kinds[step.name].rounded(variant.values[step.name] + random.uniform(0.21, 0.47))
    try:
        with np.errstate(all="raise", under="ignore"):
            values: dict[str, Any] = question.graph.run(
                variant.given, {step.name: value}, known=variant.values
            )
            texts = written(variant, values)
    except IMPOSSIBLE:
        return None
    if not may_carry(variant, step.name, value):
        return None
    return Habit("slip", texts, Fraction(str(question.out_of)) - Fraction(str(step.marks)))


def decimal(variant: Variant, step: str) -> bool:
    """Whether decimals are asked of a step."""
    kind = variant.kinds[step]
    return hasattr(kind, "decimals") and not getattr(kind, "whole", False)


def counted(done: list[tuple[str, int, Habit]]) -> Counter[tuple[int, str]]:
    """How many students make each known mistake, by question number."""
    return Counter((number, h.note) for _, number, h in done if h.note)
