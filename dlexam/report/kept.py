"""Tables read back: `marks.csv` and `needs-a-person.csv`, also as a spreadsheet saved them again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from dlexam.files import harmless
from dlexam.grading.roster import Roster
from dlexam.grading.run import Line
from dlexam.grading.script import Row
from dlexam.graph import QuestionError
from dlexam.paper import Papers
from dlexam.report.tables import MARKS, PERSON, rounded
from dlexam.submissions.delimited import decoded


def lines(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the header, numbered as a spreadsheet does; commas, semicolons or tabs between them.

    Raises QuestionError where columns are missing.
    """
    text = decoded(path.read_bytes())
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [row for row in reader if any(row)]
    except csv.Error as problem:
        raise QuestionError(f"{path}: this is no CSV file ({problem}). Save it as CSV.") from None
    header = [name.strip() for name in rows[0]] if rows else []
    if missing := [name for name in columns if name not in header]:
        wrote = f"dlexam grade wrote it with {', '.join(columns)}"
        raise QuestionError(f"{path}: there is no column '{missing[0]}'. Bring the file back as {wrote}.")
    for number, row in enumerate(rows[1:], 2):
        yield number, dict(zip(header, (*row, *[""] * len(header)), strict=False))


def fraction(text: str) -> Fraction:
    """Marks as written, with a decimal comma too. Raises ValueError."""
    if len(text) > 30 or "e" in text.lower():  # 1e999999999 would be written out
        raise ValueError(text)
    try:
        return Fraction(text.strip().replace(",", "."))
    except ZeroDivisionError:
        raise ValueError(text) from None


def marked_by_hand(path: Path, papers: Papers) -> dict[Line, Fraction]:
    """The marks that a person wrote into `needs-a-person.csv`. Raises QuestionError; none is passed over."""
    known = Roster(papers)
    written = ((n, row) for n, row in lines(path, PERSON) if row["marks"].strip())
    return dict(by_hand(row, f"{path.name}, line {n}", papers, known) for n, row in written)


def by_hand(row: Mapping[str, str], place: str, papers: Papers, known: Roster) -> tuple[Line, Fraction]:
    """The marks on one line of it. Raises QuestionError."""
    try:
        question, given = int(row["number"].removesuffix(".0")), fraction(row["marks"])
    except ValueError:
        msg = f"{place}: no marks for a part of a question. Write a number, as 1.5."
        raise QuestionError(msg) from None
    student, part = known.find(plain(row["student"])), row["part"]
    if student is None:
        msg = f"{place}: '{row['student']}' is not on the roster. Write the id as the roster has it."
        raise QuestionError(msg)
    most = worth(papers, student).get((question, part))
    if most is None:
        msg = f"{place}: {question}.{part} is not asked on this paper. Bring back the number and the part."
        raise QuestionError(msg)
    if not 0 <= given <= most:
        msg = f"{place}: {row['marks']} is out of range. Write marks from 0 to {rounded(most)}."
        raise QuestionError(msg)
    return (student, question, part), given


def worth(papers: Papers, student: str) -> Mapping[tuple[int, str], Fraction]:
    """What each part of a student's paper can earn."""
    items = papers.paper(student).items
    return {(item.number, m.step): m.out_of for item in items for m in item.mark({}).marks}


def earlier(path: Path) -> dict[Line, tuple[Fraction, Fraction]]:
    """The marks of an earlier run, by student, question and part; none where there was no run."""
    if not path.is_file():
        return {}
    return {(row.student, row.number, row.part): (row.marks, row.out_of) for row in read_rows(path)}


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a `marks.csv`. Raises QuestionError for a file that dlexam grade did not write."""
    for number, r in lines(path, MARKS):
        try:
            yield Row(
                plain(r["student"]), int(r["number"]), r["question"], r["part"], r["verdict"], r["note"],
                fraction(r["marks"]), fraction(r["out of"]), plain(r["answer"]),
                plain(r["read as"]), plain(r["expected"]), plain(r["words"]),
            )  # fmt: skip
        except ValueError:
            why = "the number of a question or its marks cannot be read"
            hint = "Bring the file back as dlexam grade wrote it"
            raise QuestionError(f"{path}, line {number}: {why}. {hint}.") from None


def plain(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text
