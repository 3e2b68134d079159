"""Answers that belong to somebody else's paper: where to look, accusing nobody.

A wrong answer that equals the key of *another* student's numbers, or what a recognised mistake makes of
them, may be chance: small whole numbers meet often. So each finding comes with the odds of that: the
share of pairs of students whose values at this place are equal, taken over the class, as the chance that
at least one of the others meets a value by accident.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dlexam.grading.script import Row
from dlexam.paper import Papers
from dlexam.phrase import say
from dlexam.question import Variant

THE_KEY = say("the key")
LIKELY = 0.2  # what chance brings more often than this is not worth a look
MOST_OWNERS = 3  # more students with one value: nobody's in particular

Place = tuple[str, str]  # a question and a step


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer that fits other papers and not the student's own; `odds` of that by chance."""

    student: str
    question: str
    part: str
    answer: str
    fits: str
    owners: tuple[str, ...]
    odds: float


def findings(papers: Papers, rows: Sequence[Row]) -> tuple[Finding, ...]:
    """What to look at, the least likely first."""
    suspects = [r for r in rows if r.verdict == "wrong" and r.read]
    places = {(r.question, r.part) for r in suspects}
    if not places or len(papers.students) < 2:
        return ()
    keys, slips = values_of(papers, rows, places)
    found = [f for r in suspects for f in matches(r, keys[r.question, r.part], slips[r.question, r.part])]
    return tuple(sorted(found, key=lambda f: (f.odds, f.student, f.question, f.part)))


Values = dict[str, dict[str, str]]  # a value as text -> the students whose it is, and what it is


def values_of(
    papers: Papers, rows: Iterable[Row], places: set[Place]
) -> tuple[dict[Place, Values], dict[Place, Values]]:
    """At each place, the keys of the class and what recognised mistakes make of them."""
    keys: dict[Place, Values] = defaultdict(lambda: defaultdict(dict))
    slips: dict[Place, Values] = defaultdict(lambda: defaultdict(dict))
    for student in dict.fromkeys(row.student for row in rows):
        for item in papers.paper(student).items:
            wanted = {step for question, step in places if question == item.variant.question.id}
            for step in wanted:
                place = item.variant.question.id, step
                kind = item.variant.kinds[step]
                keys[place][item.variant.key[step]][student] = THE_KEY
                for note, value in mistaken_values(item.variant, step):
                    slips[place][kind.text(value)].setdefault(student, note)
    return keys, slips


def mistaken_values(variant: Variant, step: str) -> Iterator[tuple[str, object]]:
    """What each recognised mistake makes of a step."""
    for mistake, run in variant.astray():
        if step in variant.question.graph.downstream[mistake.step]:
            yield mistake.note, run[step]


def matches(row: Row, keys: Values, slips: Values) -> Iterator[Finding]:
    """The finding that an answer makes: a key of others, else a mistake on others' numbers."""
    for values in (keys, slips):
        owners = {s: what for s, what in values.get(row.read, {}).items() if s != row.student}
        if owners:
            odds = by_chance(values)
            if odds <= LIKELY and len(owners) <= MOST_OWNERS:
                what = Counter(owners.values()).most_common(1)[0][0]
                yield Finding(row.student, row.question, row.part, row.answer, what, tuple(owners), odds)
            return


def by_chance(values: Mapping[str, Mapping[str, str]]) -> float:
    """The odds that a value meets one of the class's by chance, from how often the class's own meet."""
    counts = [len(students) for students in values.values()]
    n = sum(counts)
    pairs = n * (n - 1) / 2
    if not pairs:
        return 1.0
    met = sum(c * (c - 1) / 2 for c in counts)
    p = max(met, 0.5) / pairs
    return float(1 - (1 - p) ** (n - 1))
