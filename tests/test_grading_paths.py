"""Whatever file the answers come in, the marks are the promised ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import submission_files as make
from simulated import Habit, Students

from dlexam.bank import load_bank
from dlexam.files import table
from dlexam.grading.run import Rules, mark_class
from dlexam.submissions import read

# One question of each kind of answer: numbers, vectors, matrices, shapes, sets, choices, expressions.
QUESTIONS = (
    "optimizers/adam", "linear_algebra/eigenvalues", "convolution/convolve_and_pool", "linear_algebra/broadcasting",
    "losses/softmax_cross_entropy", "calculus/chain_rule", "concepts/activation_choice", "attention/scaled_dot_product",
)  # fmt: skip
STUDENTS = 12

Answers = dict[str, dict[str, str]]  # student -> address -> text


@cache
def sat() -> tuple[Students, tuple[tuple[str, int, Habit], ...]]:
    """The class and what it writes."""
    students = Students(load_bank(), QUESTIONS, STUDENTS)
    return students, tuple(students.answers())


def answers() -> Answers:
    """What everybody writes, by address."""
    written: Answers = {}
    for student, number, done in sat()[1]:
        own = written.setdefault(student, {})
        own |= {f"{number}.{step}": text for step, text in done.texts.items()}
    return written


def grid(written: Answers) -> tuple[list[str], list[list[str]]]:
    """A row a student, a column an answer."""
    columns = sorted({address for own in written.values() for address in own})
    return ["student", *columns], [[s, *(own.get(c, "") for c in columns)] for s, own in written.items()]


def long_csv(folder: Path, written: Answers) -> None:
    """A row an answer."""
    rows = [(s, *address.split(".", 1), text) for s, own in written.items() for address, text in own.items()]
    (folder / "a.csv").write_text(table(("student", "question", "part", "answer"), rows), encoding="utf-8")


def wide_csv(folder: Path, written: Answers) -> None:
    """A row a student, with semicolons, as Excel writes them in much of Europe."""
    header, rows = grid(written)
    (folder / "a.csv").write_text(table(header, rows, ";"), encoding="utf-8")


def xlsx(folder: Path, written: Answers) -> None:
    """A workbook."""
    header, rows = grid(written)
    (folder / "a.xlsx").write_bytes(make.xlsx([header, *rows]))


def as_json(folder: Path, written: Answers) -> None:
    """One list."""
    people = [{"student": s, "answers": own} for s, own in written.items()]
    (folder / "a.json").write_bytes(make.as_json(people))


def jsonl(folder: Path, written: Answers) -> None:
    """A line a student."""
    lines = [json.dumps({"student": s, "answers": own}) for s, own in written.items()]
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")


def notebooks(folder: Path, written: Answers) -> None:
    """A notebook a student, in a ZIP."""
    files = {
        f"{s}.ipynb": make.notebook(*(f"{a}\n{t}" for a, t in own.items())) for s, own in written.items()
    }
    (folder / "a.zip").write_bytes(make.zipped(files))


def forms(folder: Path, written: Answers) -> None:
    """A filled PDF form a student, in a folder."""
    for student, own in written.items():
        (folder / f"{student}.pdf").write_bytes(make.pdf(own))


@pytest.mark.parametrize(
    "write", [long_csv, wide_csv, xlsx, as_json, jsonl, notebooks, forms], ids=lambda f: f.__name__
)
def test_promised_marks_through_every_file(write: Callable[[Path, Answers], None], tmp_path: Path) -> None:
    """Written to a file, read back and marked, every habit earns what it is promised."""
    students, done = sat()
    write(tmp_path, answers())
    marked = mark_class(students, read([tmp_path]), Rules())
    earned: dict[tuple[str, int], Fraction] = {}
    for row in marked.rows:
        key = row.student, row.number
        earned[key] = earned.get(key, Fraction(0)) + row.marks
    off = [(s, n, h.name, h.note, h.texts) for s, n, h in done if earned.get((s, n), Fraction(0)) != h.marks]
    assert not off
    unreadable = {(r.student, r.number) for r in marked.rows if r.verdict == "unreadable"}
    assert unreadable <= {(s, n) for s, n, h in done if h.name == "junk"}
    assert all(q.number for q in marked.queries)
