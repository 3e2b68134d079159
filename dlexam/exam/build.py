"""A folder of papers: what is there already is kept, what is missing is made, no file is ever half."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dlexam import __version__
from dlexam.exam.blanks import remarks, unprinted
from dlexam.exam.exam import Exam
from dlexam.exam.handouts import write_handouts
from dlexam.exam.jobs import Job, Pool, Wanted, run
from dlexam.exam.journal import Journal
from dlexam.exam.record import FILE, save_exam, written
from dlexam.folders import bundled
from dlexam.graph import QuestionError


@dataclass(slots=True)
class Built:
    """What a build did: how many papers it made and found there, and a line each for what went wrong.

    `remarks` are of papers that were made.
    """

    made: int = 0
    kept: int = 0
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def build(
    exam: Exam,
    folder: Path,
    wanted: Wanted,
    pool: Pool | None,
    moved: Callable[[int], object],
) -> Built:
    """Make what is missing of an exam's folder. Raises QuestionError where the disk is full."""
    blanks = unprinted(exam, wanted)
    built = Built(remarks=remarks(blanks))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        save_exam(exam, folder)
        journal = Journal(folder)
        todo = []
        for job in jobs(exam, wanted, blanks):
            there = all(journal.has(name, job.key) for name in job.names)
            built.kept += there
            todo += [] if there else [job]
        moved(built.kept)
        keys = {job.student.id: job.key for job in todo}
        for made in run(todo, exam.bank, pool):
            for name, content in made.files:
                journal.write(name, keys[made.student], content)
            built.made += not made.problem
            built.problems += [made.problem] if made.problem else []
            moved(1)
        write_handouts(exam, folder, wanted, journal, complete=not built.problems)
    except OSError as problem:
        if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        msg = f"{folder}: the disk is full. Make room and run the same command again; it goes on from here."
        raise QuestionError(msg) from None
    return built


def set_aside(folder: Path) -> None:
    """Take the papers of an exam that is made anew out of its folder; its record is kept there."""
    record, journal = folder / FILE, Journal(folder)
    if record.exists():
        name = hashlib.sha256(record.read_bytes()).hexdigest()[:8]
        record.replace(folder / f"exam-{name}.json")
    for name in journal.keys:
        (folder / name).unlink(missing_ok=True)
    journal.path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Take away what a build that was killed had not finished."""
    for half in folder.rglob(".*.part"):
        half.unlink(missing_ok=True)


def jobs(exam: Exam, wanted: Wanted, blanks: Mapping[str, str]) -> Iterator[Job]:
    """A job for every paper that was drawn, with the key of what its files follow from.

    The `blanks` in a name are among that: the paper is made anew where a font was installed.
    """
    home = bundled("question_bank")
    folders = tuple(folder.resolve() for folder in exam.bank.folders if folder != home)
    alike = replace(wanted, formats=(), solutions=True, schemes=True)  # what was left out can be added later
    look = f"{alike} {look_hash(wanted.templates)} {__version__} {exam.bank_hash}"
    for id in exam.papers:
        if exam.holder(id) in exam.draws:
            record = written(exam, id)
            key = hashlib.sha256(f"{record}\n{look}{blanks.get(id, '')}".encode()).hexdigest()[:16]
            yield Job(exam.person(id), record, folders, wanted, key)


def look_hash(templates: Path | None) -> str:
    """A digest of the templates, so that papers are made anew when they change."""
    whole = hashlib.sha256()
    for folder in filter(None, (bundled("templates"), templates)):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            whole.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return whole.hexdigest()
