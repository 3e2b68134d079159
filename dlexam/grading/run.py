"""One run of marking: papers and submissions in, marked scripts out, and a record that explains them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from dlexam import __version__
from dlexam.grading.gather import Handed, gather, missing
from dlexam.grading.policy import Decisions, Policy, mark_item, note_keys
from dlexam.grading.script import Marked, Row, Script
from dlexam.paper import Paper, Papers
from dlexam.phrase import say
from dlexam.story import Mark, Marking
from dlexam.submissions.entry import Entry, Trouble

BY_HAND = say("Your teacher has marked this.")

Line = tuple[str, int, str]  # a student, a question's number, a step


@dataclass(frozen=True, slots=True)
class Rules:
    """What marks depend on besides the answers. `by_hand` are marks that a person gave."""

    policy: Policy = field(default_factory=Policy)
    decisions: Decisions = field(default_factory=Decisions)
    by_hand: Mapping[Line, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Query:
    """What a person must look at: an answer that could not be read, or a file, a student, a question.

    `marks` are those that a person gave already, if they did.
    """

    why: str
    source: str
    student: str = ""
    number: int = 0
    part: str = ""
    answer: str = ""
    marks: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Class:
    """A class as marked: a row for every asked step of everybody who handed in."""

    papers: Papers
    handed: Mapping[str, Handed]
    rows: tuple[Row, ...]
    queries: tuple[Query, ...]

    @property
    def absent(self) -> list[str]:
        """The students on the roster who handed in nothing."""
        return [s for s in self.papers.students if s not in self.handed]

    @property
    def resubmitted(self) -> list[str]:
        """Who answered a part more than once, differently; their last answers count."""
        return [own.student for own in self.handed.values() if own.replaced]

    def unmet(self, policy: Policy) -> list[str]:
        """The notes that a policy has rules for and no answer has: misspelt, or of other questions."""
        met = {key for row in self.rows if row.note for key in note_keys(row.question, row.note)}
        return sorted({*policy.keeps, *policy.minus} - met)


def mark_class(
    papers: Papers,
    entries: Iterable[Entry | Trouble],
    rules: Rules,
    moved: Callable[[int], object] = lambda _: None,
) -> Class:
    """Mark everybody; `moved` is called with 1 after each student."""
    handed, troubles = gather(papers, entries)
    queries = [Query(t.why, t.source, t.student) for t in (*troubles, *missing(handed))]
    rows: list[Row] = []
    for own in handed.values():
        marked = list(mark_script(own.paper, own, rules).rows())
        rows += marked
        queries += unread(marked, own)
        moved(1)
    return Class(papers, handed, tuple(rows), tuple(queries))


def mark_script(paper: Paper, own: Handed, rules: Rules) -> Script:
    """One student's paper, marked."""
    by_number: dict[int, dict[str, str]] = {}
    for (number, step), entry in own.answers.items():
        by_number.setdefault(number, {})[step] = entry.text
    questions = []
    for item in paper.items:
        answers = by_number.get(item.number, {})
        marking = mark_item(item, answers, rules.policy, rules.decisions)
        if rules.by_hand:
            marking = Marking(
                tuple(by_hand(rules, (own.student, item.number, m.step), m) for m in marking.marks)
            )
        questions.append(Marked(item, answers, marking))
    return Script(paper, tuple(questions))


def by_hand(rules: Rules, line: Line, mark: Mark) -> Mark:
    """The marks that a person gave, where one did."""
    given = rules.by_hand.get(line)
    if given is None:
        return mark
    note = f"{mark.step}:by_hand"
    return mark._replace(verdict="by hand", marks=given, note=note, words=BY_HAND)


def unread(rows: Iterable[Row], own: Handed) -> Iterator[Query]:
    """The answers that could not be read, and those that a person has marked."""
    for row in rows:
        if row.verdict in ("unreadable", "by hand"):
            entry = own.answers.get((row.number, row.part))
            marks = row.marks if row.verdict == "by hand" else None
            source = entry.source if entry else ""
            yield Query(row.words, source, row.student, row.number, row.part, row.answer, marks)


# ---------------------------------------------------------------- the record


def record(marked: Class, rules: Rules, inputs: Sequence[Path]) -> dict[str, Any]:
    """What this run was made of, so that a mark can be explained in a year: versions, hashes, rules."""
    decisions = rules.decisions
    return {
        "dlexam": __version__,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "title": marked.papers.title,
        "language": marked.papers.language,
        "questions": {id: file_hash(path) for id, path in sorted(files(marked).items())},
        "policy": plain(asdict(rules.policy)),
        "accepted": {f"{id}.{step}": list(values) for (id, step), values in decisions.accepted.items()},
        "void": sorted(".".join(filter(None, place)) for place in decisions.void),
        "by hand": {f"{s} {n}.{step}": str(m) for (s, n, step), m in rules.by_hand.items()},
        "inputs": {str(path): file_hash(path) for path in inputs if path.exists()},
        "students": len(marked.handed),
        "answers": sum(bool(row.answer.strip()) for row in marked.rows),
    }


def files(marked: Class) -> dict[str, Path]:
    """The files of the questions that were marked."""
    items = (item for own in marked.handed.values() for item in own.paper.items)
    return {item.variant.question.id: item.variant.question.path for item in items}


def file_hash(path: Path) -> str:
    """The SHA-256 of a file; of a folder, of the names and contents in it."""
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file())
        whole = json.dumps([(str(p.relative_to(path)), file_hash(p)) for p in inside])
        return hashlib.sha256(whole.encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def plain(value: Any) -> Any:
    """Fractions and mappings as JSON has them."""
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    return str(value) if isinstance(value, Fraction) else value
