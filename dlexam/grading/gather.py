"""Answers as they were handed in -> what each student wrote on which line of their paper.

Nothing is lost: an answer that belongs to nobody, or to no question, becomes a line for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from dlexam.grading.roster import Roster
from dlexam.graph import did_you_mean
from dlexam.paper import Paper, Papers, parts
from dlexam.question import Question
from dlexam.submissions.entry import Entry, Trouble

Place = tuple[int, str]  # the number of a question on the paper, and a step


@dataclass(slots=True)
class Handed:
    """What one student handed in: the answer that counts at each place, and where it was."""

    student: str
    paper: Paper
    places: Places
    answers: dict[Place, Entry] = field(default_factory=dict)
    replaced: int = 0

    def add(self, place: Place, entry: Entry) -> None:
        """Take an answer; the last one that is not blank counts."""
        before = self.answers.get(place)
        if before is None:
            self.answers[place] = entry
        elif entry.text.strip():
            later = not (before.at and entry.at) or entry.at >= before.at
            self.replaced += before.text.strip() not in ("", entry.text.strip())
            if later or not before.text.strip():
                self.answers[place] = entry


def gather(papers: Papers, entries: Iterable[Entry | Trouble]) -> tuple[dict[str, Handed], list[Trouble]]:
    """Who handed in what, in the order of the roster, and what a person must look at."""
    known = Roster(papers)
    handed: dict[str, Handed] = {}
    troubles: dict[tuple[str, str], Trouble] = {}
    for entry in entries:
        if isinstance(entry, Trouble):
            troubles[entry.source, entry.why] = replace(entry, student=known.whose(entry) or entry.student)
            continue
        student = known.whose(entry) or ""
        own = handed.get(student) or paper_of(papers, student)
        if own is None:
            why = f"{entry.student or 'no name'}: not on the roster. Write the id as the roster has it."
            troubles.setdefault(("", why), Trouble(entry.source, why, entry.student))
            continue
        if other := known.misplaced(entry, own.student):
            troubles.setdefault((other.student, other.why), other)
            continue
        handed[own.student] = own
        place = find_place(own.places, entry.question, entry.part)
        if isinstance(place, str):
            if entry.text.strip():  # a class's table has columns for questions that only others have
                troubles.setdefault((student, place), Trouble(entry.source, place, student))
        else:
            own.add(place, entry)
    order = {student: i for i, student in enumerate(papers.students)}
    return dict(sorted(handed.items(), key=lambda pair: order.get(pair[0], len(order)))), [*troubles.values()]


def paper_of(papers: Papers, student: str) -> Handed | None:
    """A student's paper, nothing handed in yet; None for whom no paper was made."""
    if not student:
        return None
    try:
        paper = papers.paper(student)
    except LookupError:
        return None
    return Handed(student, paper, places(tuple((i.number, i.variant.question, i.ask) for i in paper.items)))


# ---------------------------------------------------------------- places


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where answers can stand on papers of one make: question numbers, ids, parts and their steps."""

    lines: tuple[tuple[int, str, str, str], ...]  # number, question, letter, step

    def find(self, question: str, part: str) -> Place | str:
        """The place that an address means, or in one line why there is none."""
        wanted, named = question.strip().casefold(), part.strip().casefold().strip("(). ")
        lettered = part.strip().startswith("(")  # (a) is the letter, even where a step is called a
        within = [line for line in self.lines if wanted in ("", str(line[0]), line[1])]
        steps = [(number, step) for number, _, _, step in within if named in ("", step.casefold())]
        letters = [(number, step) for number, _, letter, step in within if named == letter]
        places = letters or steps if lettered else steps or letters
        if len(places) == 1:
            return places[0]
        address = ".".join(filter(None, (question.strip(), part.strip()))) or "no name"
        if places:
            return f"{address}: {len(places)} answers may be meant. Write the question's number and the part."
        asked = [f"{n}.{s}" for n, _, _, s in self.lines]
        return f"{address}: no such question on this paper.{did_you_mean(address, asked)}"


@lru_cache(maxsize=4096)
def places(make: tuple[tuple[int, Question, str], ...]) -> Places:
    """The places of papers with these questions."""
    return Places(
        tuple(
            (number, question.id, letter, step.name)
            for number, question, ask in make
            for letter, step in parts(question, ask).items()
        )
    )


@lru_cache(maxsize=65536)
def find_place(places: Places, question: str, part: str) -> Place | str:
    """`places.find`, remembered: a class writes the same addresses over and over."""
    return places.find(question, part)


def missing(handed: Mapping[str, Handed]) -> Iterator[Trouble]:
    """Questions to which the files hold no answer of anybody, not even a blank one."""
    seen = {number for own in handed.values() for number, _ in own.answers}
    papers = {item.number for own in handed.values() for item in own.paper.items}
    for number in sorted(papers - seen):
        why = f"question {number}: nobody's answers are in these files. Is a column or a file missing?"
        yield Trouble("submissions", why)
