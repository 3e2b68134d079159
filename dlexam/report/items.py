"""Item analysis: how hard each question was, whom it tells apart, which misconceptions it met.

Facility is the mean share of the marks; discrimination the correlation of a question's share with the
rest of the paper's (corrected item-total correlation); reliability is Cronbach's alpha. Sources: Ebel and
Frisbie, Essentials of Educational Measurement, ch. 13; Cronbach, Psychometrika 16 (1951).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, fmean, median, pstdev, variance

from dlexam.grading.script import Row

FEWEST = 10  # papers: with fewer a correlation says nothing
MUCH = 0.1  # of the answers unreadable: then the question asks for a look


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One question over the class. `discrimination` is None where it cannot be computed."""

    question: str
    students: int
    facility: float
    discrimination: float | None
    verdicts: Mapping[str, int]

    @property
    def answers(self) -> int:
        """How many lines of answers there were to give."""
        return sum(self.verdicts.values())

    @property
    def hard_to_read(self) -> bool:
        """Whether much of what was written could not be read."""
        written = self.answers - self.verdicts.get("blank", 0) - self.verdicts.get("implied", 0)
        return self.verdicts.get("unreadable", 0) > MUCH * max(written, 1)


@dataclass(frozen=True, slots=True)
class Misconception:
    """A recognised mistake and how many students show it."""

    question: str
    note: str
    words: str
    students: int
    of: int


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """A class in figures. `shares` are totals as shares of the marks to be had, by student."""

    shares: Mapping[str, float]
    items: tuple[ItemFacts, ...]
    misconceptions: tuple[Misconception, ...]
    alpha: float | None

    @property
    def mean(self) -> float:
        """The mean share."""
        return fmean(self.shares.values()) if self.shares else 0.0

    @property
    def median(self) -> float:
        """The median share."""
        return median(self.shares.values()) if self.shares else 0.0

    @property
    def spread(self) -> float:
        """The standard deviation of the shares."""
        return pstdev(self.shares.values()) if self.shares else 0.0


def class_facts(rows: Sequence[Row]) -> ClassFacts:
    """The figures of a class, from the rows of its marks."""
    earned: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        pair = earned[row.student][row.question]
        pair[0] += float(row.marks)
        pair[1] += float(row.out_of)
        verdicts[row.question][row.verdict] += 1
    papers = [{q: (m, of) for q, (m, of) in own.items() if of} for own in earned.values()]
    items = tuple(item_facts(q, papers, verdicts[q]) for q in verdicts)
    shares = {s: share([(m, of) for m, of in own.values()]) for s, own in earned.items()}
    return ClassFacts(shares, items, misconceptions(rows), alpha(papers))


def share(pairs: Iterable[Sequence[float]]) -> float:
    """Marks earned as a share of those to be had."""
    pairs = list(pairs)
    return sum(m for m, _ in pairs) / (sum(of for _, of in pairs) or 1)


def item_facts(
    question: str, papers: Sequence[Mapping[str, tuple[float, float]]], verdicts: Mapping[str, int]
) -> ItemFacts:
    """One question over the papers that have it."""
    own = [share([paper[question]]) for paper in papers if question in paper]
    rest = [share(v for q, v in paper.items() if q != question) for paper in papers if question in paper]
    facility = fmean(own) if own else 0.0
    return ItemFacts(question, len(own), facility, related(own, rest), verdicts)


def related(own: Sequence[float], rest: Sequence[float]) -> float | None:
    """The correlation, where there are papers enough and they differ."""
    if len(own) < FEWEST:
        return None
    try:
        return correlation(own, rest)
    except StatisticsError:
        return None


def alpha(papers: Sequence[Mapping[str, tuple[float, float]]]) -> float | None:
    """Cronbach's alpha over papers with the same questions; None where they differ or are few."""
    questions = set(papers[0]) if papers else set()
    if len(papers) < FEWEST or len(questions) < 2 or any(set(p) != questions for p in papers):
        return None
    whole = variance(sum(m for m, _ in p.values()) for p in papers)
    parts = sum(variance(p[q][0] for p in papers) for q in questions)
    return len(questions) / (len(questions) - 1) * (1 - parts / whole) if whole else None


def misconceptions(rows: Iterable[Row]) -> tuple[Misconception, ...]:
    """The recognised mistakes, by how many students show them."""
    words: dict[tuple[str, str], str] = {}
    who: dict[tuple[str, str], set[str]] = defaultdict(set)
    sat: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        sat[row.question].add(row.student)
        if row.verdict == "mistake":
            words.setdefault((row.question, row.note), row.words)
            who[row.question, row.note].add(row.student)
    found = [
        Misconception(question, note, words[question, note], len(students), len(sat[question]))
        for (question, note), students in who.items()
    ]
    return tuple(sorted(found, key=lambda m: (-m.students, m.question, m.note)))
