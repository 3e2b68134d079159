"""One run of marking: papers and submissions in, marked scripts out, and a record that explains them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from dlexam import __version__
from dlexam.grading.gather import Handed, gather, missing
from dlexam.grading.policy import Decisions, Policy, mark_item
from dlexam.grading.script import Marked, Row, Script
from dlexam.paper import Papers
from dlexam.question import Question
from dlexam.submissions import Entry, Trouble


@dataclass(frozen=True, slots=True)
class Rules:
    """What marks depend on besides the answers."""

    policy: Policy = field(default_factory=Policy)
    decisions: Decisions = field(default_factory=Decisions)


@dataclass(slots=True)
class Class:
    """What marking a class leaves: rows, totals by student, what a person must look at."""

    papers: Papers
    rows: list[Row] = field(default_factory=list)
    totals: dict[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    log: list[str] = field(default_factory=list)

    @property
    def absent(self) -> list[str]:
        """The students on the roster who handed in nothing."""
        return [s for s in self.papers.students if s not in self.totals]


def mark_class(
    papers: Papers, entries: Iterable[Entry | Trouble], rules: Rules
) -> tuple[Class, Iterator[Script]]:
    """The class, which fills while the scripts are taken one by one, so that few are held at a time."""
    handed, troubles = gather(papers, entries)
    marked = Class(papers, troubles=[*troubles, *missing(handed)])
    marked.log += [
        f"{own.student}: answered {own.replaced} parts more than once; the last answers count."
        for own in handed.values()
        if own.replaced
    ]
    return marked, scripts(marked, handed, rules)


def scripts(marked: Class, handed: Mapping[str, Handed], rules: Rules) -> Iterator[Script]:
    """Mark one student after another."""
    for own in handed.values():
        script = mark_script(own, rules)
        rows = list(script.rows())
        marked.rows += rows
        marked.totals[own.student] = script.total, script.out_of
        marked.troubles += unread(rows, own)
        yield script


def mark_script(own: Handed, rules: Rules) -> Script:
    """One student's paper, marked."""
    by_number: dict[int, dict[str, str]] = {}
    for (number, step), entry in own.answers.items():
        by_number.setdefault(number, {})[step] = entry.text
    questions = []
    for item in own.paper.items:
        answers = by_number.get(item.number, {})
        questions.append(Marked(item, answers, mark_item(item, answers, rules.policy, rules.decisions)))
    sources = dict.fromkeys(entry.source for entry in own.answers.values())
    return Script(own.paper, tuple(questions), own.at, tuple(sources))


def unread(rows: Iterable[Row], own: Handed) -> Iterator[Trouble]:
    """The answers that could not be read."""
    for row in rows:
        if row.verdict == "unreadable":
            source = own.answers[row.number, row.part].source
            yield Trouble(source, f"{row.number}.{row.part}: {row.words}", row.student)


# ---------------------------------------------------------------- the record


def record(
    marked: Class, rules: Rules, inputs: Sequence[Path], questions: Iterable[Question]
) -> dict[str, Any]:
    """What this run was made of, so that a mark can be explained in a year: versions, hashes, rules."""
    decisions = rules.decisions
    return {
        "dlexam": __version__,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "title": marked.papers.title,
        "questions": {q.id: file_hash(q.path) for q in sorted(questions, key=lambda q: q.id)},
        "policy": plain(asdict(rules.policy)),
        "accepted": {f"{id}.{step}": list(values) for (id, step), values in decisions.accepted.items()},
        "void": sorted(".".join(filter(None, place)) for place in decisions.void),
        "inputs": {str(path): file_hash(path) for path in inputs},
        "students": len(marked.totals),
        "answers": sum(bool(row.answer.strip()) for row in marked.rows),
    }


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
