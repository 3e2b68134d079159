"""Gradebooks in the form that each learning platform imports.

Columns as the platforms document them: Canvas, "How do I import grades in the Gradebook?" (Student, ID,
SIS User ID, SIS Login ID, Section, the assignment; a row of points possible); Moodle, "Grade import" (a
column that identifies the user, a column of grades); Blackboard, "Work offline with grade data" (Username,
a column named with its total points); Gradescope, "Autograder specifications" (results.json).

With the platform's own export its students are matched, its names of columns are kept, and who is not in
it goes to a file of its own, since one unknown student makes Moodle refuse a whole file.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from dlexam.files import harmless, safe_name, table, write
from dlexam.grading.roster import bare_id, unique
from dlexam.grading.run import Class, Rules
from dlexam.grading.script import Row
from dlexam.graph import QuestionError
from dlexam.report.tables import rounded, totals
from dlexam.submissions.delimited import decoded


@dataclass(frozen=True, slots=True)
class Form:
    """What a platform imports: the columns that say who, those of them that identify, the grade's name."""

    columns: tuple[str, ...]
    keys: tuple[str, ...]
    grade: str
    points: bool = False  # whether a row of points possible follows the header


FORMS: Mapping[str, Form] = {
    "canvas": Form(
        ("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
        ("SIS User ID", "SIS Login ID", "ID"),
        "{title}",
        points=True,
    ),
    "moodle": Form(
        ("First name", "Last name", "Surname", "ID number", "Username", "Email address"),
        ("ID number", "Username", "Email address"),
        "{title}",
    ),
    "blackboard": Form(
        ("Last Name", "First Name", "Username", "Student ID"),
        ("Username", "Student ID"),
        "{title} [Total Pts: {out_of} Score]",
    ),
}


def write_gradebooks(
    marked: Class, rules: Rules, platforms: Sequence[str], export: Path | None, output: Path
) -> Iterator[Path]:
    """The gradebooks that were asked for."""
    whole = totals((row.student, (row.marks, row.out_of)) for row in marked.rows)
    for platform in dict.fromkeys(platforms):
        if platform == "gradescope":
            yield from results(marked, output / "gradescope", rules.policy.decimals)
        else:
            header, listed = exported(export, FORMS[platform]) if export else ((), {})
            yield from gradebook(marked, whole, platform, header, listed, rules.policy.decimals, output)


def gradebook(
    marked: Class,
    whole: Mapping[str, tuple[Fraction, Fraction]],
    platform: str,
    header: Sequence[str],
    listed: Mapping[str, Mapping[str, str]],
    decimals: int,
    output: Path,
) -> Iterator[Path]:
    """One platform's file, and beside it the students whom its export does not know."""
    form, title = FORMS[platform], marked.papers.title
    columns = [c for c in form.columns if c in header] if listed else [form.columns[0], form.keys[0]]
    columns = list(dict.fromkeys(columns))
    most = rounded(max((out_of for _, out_of in whole.values()), default=Fraction(0)), decimals)
    grade = form.grade.format(title=title, out_of=most)
    grade = next((name for name in header if name.startswith(title)), grade)
    rows, unknown = [], []
    for student, (earned, _) in whole.items():
        who = listed.get(bare_id(student)) if listed else {form.keys[0]: student}
        if who is None:
            unknown.append((harmless(student), rounded(earned, decimals)))
        else:
            rows.append([*(harmless(who.get(c, "")) for c in columns), rounded(earned, decimals)])
    above = [["    Points Possible", *[""] * (len(columns) - 1), most]] if form.points else []
    yield write(output / f"gradebook-{platform}.csv", table([*columns, grade], [*above, *rows]))
    apart = output / f"gradebook-{platform}-unmatched.csv"
    if unknown:
        yield write(apart, table(("student", "marks"), unknown))
    else:
        apart.unlink(missing_ok=True)  # of an earlier run


def exported(path: Path, form: Form) -> tuple[list[str], dict[str, dict[str, str]]]:
    """A platform's own export: its header, and its rows by every id that means one student only."""
    text = decoded(path.read_bytes())
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    header = [name.strip() for name in reader.fieldnames or ()]
    keys = [key for key in form.keys if key in header]
    if not keys:
        msg = (
            f"{path.name}: no column {' or '.join(form.keys)}. Export the gradebook again, with all columns."
        )
        raise QuestionError(msg)
    rows = [{k.strip(): (v or "").strip() for k, v in row.items() if isinstance(k, str)} for row in reader]
    found = unique(
        (name, json.dumps(row))
        for row in rows
        for key in keys
        for name in {bare_id(row.get(key, "")), bare_id(row.get(key, "").partition("@")[0])}
        if name
    )
    return header, {name: json.loads(row) for name, row in found.items()}


def results(marked: Class, folder: Path, decimals: int) -> Iterator[Path]:
    """A results.json a student, with a test for each asked step."""
    by_student: dict[str, list[Row]] = {}
    for row in marked.rows:
        by_student.setdefault(row.student, []).append(row)
    for student, rows in by_student.items():
        content = json.dumps(result(rows, decimals), indent=1, ensure_ascii=False)
        yield write(folder / safe_name(student) / "results.json", content + "\n")


def result(rows: Sequence[Row], decimals: int) -> dict[str, Any]:
    """What Gradescope reads of one student."""
    return {
        "score": float(rounded(sum((r.marks for r in rows), Fraction(0)), decimals)),
        "visibility": "after_published",
        "tests": [
            {
                "number": f"{r.number}.{r.part}",
                "name": r.question,
                "score": float(rounded(r.marks, 6)),
                "max_score": float(rounded(r.out_of, 6)),
                "output": r.words,
                "output_format": "text" if r.verdict == "unreadable" else "md",  # it repeats what was written
            }
            for r in rows
        ],
    }
