"""Where a build begins: a new exam with a new secret, or the one in the folder with its late students."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from dlexam import __version__
from dlexam.bank import Bank
from dlexam.exam.blueprint import Blueprint
from dlexam.exam.effort import Spread, spreads
from dlexam.exam.exam import Exam
from dlexam.exam.plan import Plan
from dlexam.exam.record import FILE, hashes, load_exam
from dlexam.exam.roster import Student
from dlexam.exam.secret import new_secret
from dlexam.graph import QuestionError


def start(
    blueprint: Blueprint,
    plan: Plan,
    bank: Bank,
    roster: tuple[Student, ...],
    folder: Path,
    anew: bool = False,
    trust: bool = False,
) -> Exam:
    """The exam to build in a folder. Raises QuestionError where the folder holds papers of another plan."""
    if (folder / FILE).exists() and not anew:
        exam = load_exam(folder, bank, trust)
        check_same(exam, blueprint, folder)
        exam = replace(exam, blueprint=blueprint, roster=tuple(joined(exam, roster)), tool=__version__)
    else:
        exam = Exam(blueprint, bank, new_secret(), roster)
    if not exam.papers:
        msg = f"{blueprint.file}: every student has a paper of their own. Name the class with --roster."
        raise QuestionError(msg)
    return replace(exam, hashes=hashes(bank, plan.ids))


def check_same(exam: Exam, blueprint: Blueprint, folder: Path) -> None:
    """Raise for a folder with papers that were made from another plan."""
    before, now = exam.blueprint.written, blueprint.written
    changed = [key for key in {**now, **before} if before.get(key) != now.get(key)]
    if changed:
        msg = f"{folder}: its papers were made from another plan ({', '.join(changed)} differ). Build into "
        raise QuestionError(msg + "another folder, or make new papers with --anew.")


def joined(exam: Exam, roster: Iterable[Student]) -> Iterable[Student]:
    """The roster with the versions that are given out already; whoever left it stays at its end."""
    now = {student.id: student for student in roster}
    for student in now.values():
        before = exam.people.get(student.id, student)
        yield replace(student, version=student.version or before.version)
    yield from (student for student in exam.roster if student.id not in now)


def left(exam: Exam, roster: Iterable[Student]) -> list[str]:
    """A line for the students who have a paper and are not on the roster any more."""
    now = {student.id for student in roster}
    gone = [student.id for student in exam.roster if student.id not in now] if now else []
    if not gone:
        return []
    names = ", ".join(gone[:10]) + (f" and {len(gone) - 10} more" if len(gone) > 10 else "")
    return [f"{names}: not on the roster any more. Their papers stay."]


def efforts(exam: Exam) -> list[Spread]:
    """How the effort of each question spreads over the papers."""
    return spreads(
        (draw.question, exam.places[draw.place].entry.level, draw.effort)
        for draws in exam.draws.values()
        for draw in draws
    )
