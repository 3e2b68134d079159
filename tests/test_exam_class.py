"""From a plan to marks: papers are drawn, sat by simulated students, handed in and marked as promised."""

from __future__ import annotations

import io
import re
import tomllib
from collections import Counter, defaultdict
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader, PdfWriter
from simulated import Habit, sitting

from dlexam.bank import Bank
from dlexam.cli import main
from dlexam.exam import Exam, load_exam
from dlexam.exam.drawing import deal
from dlexam.exam.effort import numbers
from dlexam.exam.plan import plan
from dlexam.exam.reading import blueprint
from dlexam.exam.record import hashes, save_exam
from dlexam.exam.roster import Student
from dlexam.files import table
from dlexam.grading.run import Class, Rules, mark_class
from dlexam.submissions import read

PLAN = """
title = "Simulated exam"

[[section]]
question = [
  { id = "optimizers/adam", marks = 6 },
  { pick = 3, from = ["losses"], marks = 4 },
]

[[section]]
question = [
  { pick = 3, from = ["convolution"], marks = 5 },
  { id = "attention/scaled_dot_product" },
]

[[section]]
question = [{ pick = 2, from = ["calculus"], marks = 5 }]
"""
FEW = 0.004  # of the answers may coincide with another explanation that keeps more marks


def drawn(students: int, bank: Bank, folder: Path) -> tuple[Exam, str]:
    """An exam of ten questions for a class, written and loaded again as the grader does; what was told of it."""
    made = blueprint(tomllib.loads(PLAN), "exam.toml")
    chosen = plan(made, bank)
    people = tuple(Student(f"s{n:04d}", f"Student {n}") for n in range(students))
    exam, remarks = deal(Exam(made, bank, bytes(32), people, hashes(bank, chosen.ids)), chosen)
    save_exam(exam, folder)
    return load_exam(folder, bank), " ".join(remarks)


def earned(marked: Class) -> dict[tuple[str, int], Fraction]:
    """The marks of each student's questions."""
    total: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for row in marked.rows:
        total[row.student, row.number] += row.marks
    return total


def off(marked: Class, done: list[tuple[str, int, Habit]]) -> list[object]:
    """Whose marks are not those promised."""
    got = earned(marked)
    return [(s, n, h.name, h.note, got[s, n], h.marks) for s, n, h in done if got[s, n] != h.marks]


@pytest.mark.parametrize("students", [12, pytest.param(500, marks=pytest.mark.deep)])
def test_an_exam_is_marked_as_promised_through_csv(students: int, bank: Bank, tmp_path: Path) -> None:
    """Ten questions each, by habits, typed into a table; nobody shares numbers that the build does not name."""
    exam, told = drawn(students, bank, tmp_path)
    shared = Counter(
        (item.variant.question.id, numbers(item.variant.given))
        for student in exam.students
        for item in exam.paper(student).items
    )
    assert all(id in told for (id, _), count in shared.items() if count > 1)
    done = list(sitting(exam))
    rows = [(s, n, step, text) for s, n, h in done for step, text in h.texts.items()]
    path = tmp_path / "answers.csv"
    path.write_text(table(("student", "question", "part", "answer"), rows), encoding="utf-8")
    marked = mark_class(exam, read([path]), Rules())
    wrong = off(marked, done)
    print(f"{len(done)} questions, {len(wrong)} coincidences", *wrong, sep="\n")
    assert len(wrong) <= FEW * len(done), wrong


def filled(form: bytes, texts: dict[str, str]) -> bytes:
    """A form as a student fills it in: what has no field (cells of a matrix) is put into its cells."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(form)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(texts), auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def answer_fields(form: bytes) -> list[str]:
    """The names of the fields of a form, without the nodes that only hold others."""
    tree = PdfReader(io.BytesIO(form)).get_fields() or {}
    return [name for name, field in tree.items() if "/FT" in field]


def spread(fields: list[str], name: str, text: str) -> dict[str, str] | None:
    """An answer in its field, a matrix entry by entry; None for one that has no room in its cells."""
    cells = [field for field in fields if field.startswith(f"{name}.")]
    if not cells:
        assert name in fields
        return {name: text}
    entries = re.split(r",\s*", text.strip().strip("[]").replace("[", "").replace("]", ""))
    if len(entries) == 1:  # nothing, or words
        return {cells[0]: text}
    return dict(zip(cells, entries)) if len(entries) == len(cells) else None


def sat(folder: Path, done: list[tuple[str, int, Habit]], handed_in: Path) -> set[tuple[str, int]]:
    """Fill in and hand in everybody's form; the questions whose answers have no room in it."""
    roomless: set[tuple[str, int]] = set()
    for student, answers in groupby(done, key=itemgetter(0)):
        form = (folder / "papers" / f"{student}.pdf").read_bytes()
        fields = answer_fields(form)
        values: dict[str, str] = {}
        for _, number, habit in answers:
            for step, text in habit.texts.items():
                found = spread(fields, f"{number}.{step}", text)
                values |= found or {}
                roomless |= {(student, number)} if found is None else set()
        (handed_in / f"{student}.pdf").write_bytes(filled(form, values))
    return roomless


@pytest.mark.parametrize("students", [5, pytest.param(500, marks=pytest.mark.deep)])
def test_an_exam_is_marked_as_promised_through_forms(students: int, bank: Bank, tmp_path: Path) -> None:
    """Papers with fields are built by the command, filled in by habits, and read back from a folder."""
    roster, plan, folder = tmp_path / "roster.csv", tmp_path / "plan.toml", tmp_path / "exam"
    lines = "".join(f"s{n:04d},Student {n}\n" for n in range(students))
    roster.write_text(f"student,name\n{lines}", encoding="utf-8")
    plan.write_text(PLAN, encoding="utf-8")
    folder.mkdir()
    exam, _ = drawn(students, bank, folder)  # the secret is not left to chance
    made = ["exam", "build", str(plan), "--roster", str(roster), "-o", str(folder), "--form"]
    built = CliRunner().invoke(main, [*made, "--no-solutions", "--no-schemes", "--workers", "2"])
    assert built.exit_code == 0, built.output
    assert load_exam(folder, bank).secret == exam.secret
    done = list(sitting(exam))
    (tmp_path / "in").mkdir()
    roomless = sat(folder, done, tmp_path / "in")
    assert len(roomless) <= FEW * len(done), roomless
    done = [one for one in done if one[:2] not in roomless]
    marked = mark_class(exam, read([tmp_path / "in"]), Rules())
    wrong = off(marked, done)
    print(f"{len(done)} questions, {len(roomless)} without room, {len(wrong)} coincidences", *wrong, sep="\n")
    assert len(wrong) <= FEW * len(done), wrong


def test_a_form_is_filled_in_handed_in_and_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers with fields are built by the command, filled by two students, packed in a folder and graded."""
    monkeypatch.chdir(tmp_path)
    Path("plan.toml").write_text(
        'title = "Form"\n[[section]]\n[[section.question]]\nid = "optimizers/adam"\n'
        '[[section.question]]\nid = "convolution/max_pooling"\nlevel = 1\n',
        encoding="utf-8",
    )
    Path("roster.csv").write_text("student\ns1\ns2\ns3\n", encoding="utf-8")
    built = CliRunner().invoke(
        main, ["exam", "build", "plan.toml", "--roster", "roster.csv", "-o", "out", "--form"]
    )
    assert built.exit_code == 0, built.output
    exam = load_exam(Path("out"), Bank())
    Path("in").mkdir()
    for student in ("s1", "s2"):
        form = Path("out/papers", f"{student}.pdf").read_bytes()
        fields = answer_fields(form)
        texts: dict[str, str] = {}
        for item in exam.paper(student).items:
            for step, text in item.variant.key.items():
                texts |= spread(fields, f"{item.number}.{step}", text) or {}
        Path("in", f"{student}.pdf").write_bytes(filled(form, texts))
    done = CliRunner().invoke(main, ["grade", "out", "in", "-o", "marks", "--feedback", "none"])
    assert done.exit_code == 0, done.output
    book = Path("marks/gradebook.csv").read_text(encoding="utf-8-sig").splitlines()
    whole = str(float(exam.paper("s1").out_of)).removesuffix(".0")
    assert [line.split(",")[-2:] for line in book[1:]] == [[whole, whole], [whole, whole], ["", ""]]
