"""Drawing the papers: which questions, in which order, with which numbers; nobody's are another's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dlexam.exam.effort import acceptable, effort
from dlexam.exam.exam import Draw, Exam, digest
from dlexam.exam.plan import Plan
from dlexam.exam.roster import Student
from dlexam.exam.secret import random
from dlexam.graph import QuestionError

if TYPE_CHECKING:
    from dlexam.variant import Variant

MOST_RETRIES = 60


@dataclass(slots=True)
class Deck:
    """What has been dealt so far, and what did not go as it should."""

    exam: Exam
    plan: Plan
    spread: float | None = None
    taken: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    common: dict[int, Draw] = field(default_factory=dict)
    used_up: set[tuple[str, int]] = field(default_factory=set)
    shared: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    uneven: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)

    def deal(self, holder: str) -> tuple[Draw, ...]:
        """The questions of a holder in the order of the paper. Raises QuestionError."""
        picks = self.picks(holder)
        drawn = {n: self.draw(n, id, holder) for n, id in enumerate(picks)}
        for draw in drawn.values():
            self.taken[draw.question].add(draw.check)
        return tuple(drawn[n] for n in self.order(holder))

    def picks(self, holder: str) -> list[str]:
        """Which question stands at each place; those of one pool in teaching order."""
        places = self.exam.places
        everybody = self.plan.pick(random(self.exam.secret, "pick", ""))
        same = {p.number: everybody[p.number] for p in places if p.entry.same}
        picks = list(self.plan.pick(random(self.exam.secret, "pick", holder), same))
        start = 0
        while start < len(places):
            end = start + places[start].entry.count
            picks[start:end] = sorted(picks[start:end], key=self.exam.bank.ids.index)
            start = end
        return picks

    def order(self, holder: str) -> list[int]:
        """The places in the order of a holder's paper."""
        found: list[int] = []
        for s, section in enumerate(self.exam.blueprint.sections):
            own = [p.number for p in self.exam.places if p.section == s]
            if section.shuffle:
                random(self.exam.secret, "order", holder, s).shuffle(own)
            found += own
        return found

    def draw(self, place: int, id: str, holder: str) -> Draw:
        """One question with numbers that nobody else has, unless everybody is to have the same."""
        entry = self.exam.places[place].entry
        if entry.same and place in self.common:
            return self.common[place]
        question = self.exam.question(id)
        tries = 1 if (id, entry.level) in self.used_up else MOST_RETRIES
        for retry in range(tries):
            variant = question.draw(self.exam.seed(place, id, holder, retry), entry.level)
            drawn = Draw(place, id, retry, variant.attempt, digest(variant), effort(variant))
            new = drawn.check not in self.taken[id]
            if new and acceptable(variant, self.spread):
                break
        else:
            self.note(variant, new, drawn.place)
        if entry.same:
            self.common[place] = drawn
        return drawn

    def note(self, variant: Variant, new: bool, place: int) -> None:
        """Remember a question that has too few variants."""
        key = variant.question.id, variant.level, self.exam.places[place].entry.line
        if new:
            self.uneven[key] += 1
            return
        self.used_up.add(key[:2])
        if not self.exam.places[place].entry.repeats:
            self.shared[key] += 1

    def remarks(self) -> list[str]:
        """What a person should know of the papers that were drawn."""
        file = self.exam.blueprint.file
        lines = [
            f"{file}:{line}: {id} has too few variants at level {level}: {count} papers share its numbers. "
            "Widen the pool, or say repeats = true."
            for (id, level, line), count in sorted(self.shared.items())
        ]
        lines += [
            f"{file}:{line}: {id} at level {level}: {count} papers are outside --max-spread. Allow more."
            for (id, level, line), count in sorted(self.uneven.items())
        ]
        return lines + [f"{holder}: no paper: {why}" for holder, why in self.failed.items()]


def deal(
    exam: Exam,
    plan: Plan,
    spread: float | None = None,
    moved: Callable[[int], object] = lambda _: None,
) -> tuple[Exam, list[str]]:
    """The exam with papers for everybody who has none yet, and what a person should know of them.

    Papers that were drawn before stay as they are: who comes late gets other numbers.
    """
    roster = tuple(with_versions(exam))
    exam = replace(exam, roster=roster)
    deck = Deck(exam, plan, spread)
    draws = dict(exam.draws)
    for known in draws.values():
        for draw in known:
            deck.taken[draw.question].add(draw.check)
            if exam.places[draw.place].entry.same:
                deck.common[draw.place] = draw
    for holder in exam.holders:
        if holder not in draws:
            try:
                draws[holder] = deck.deal(holder)
            except QuestionError as problem:
                deck.failed[holder] = str(problem)
        moved(1)
    return replace(exam, draws=draws), deck.remarks()


def with_versions(exam: Exam) -> Iterable[Student]:
    """The roster with a version for everybody: neighbours differ, and each version is used as often."""
    versions = exam.blueprint.versions
    if not versions:
        return exam.roster
    turns = list(versions)
    random(exam.secret, "versions").shuffle(turns)
    counts = Counter(student.version for student in exam.roster if student.version in versions)
    return [seated(student, turns, counts) for student in exam.roster]


def seated(student: Student, turns: Sequence[str], counts: Counter[str]) -> Student:
    """A student with the version that is used least, if the roster gives none."""
    if student.version in turns:
        return student
    if student.version:
        msg = f"{student.id}: the roster says version '{student.version}', and there are "
        raise QuestionError(f"{msg}{', '.join(sorted(turns))}. Mend the roster, or leave the version empty.")
    version = min(turns, key=lambda v: (counts[v], turns.index(v)))
    counts[version] += 1
    return replace(student, version=version)
