"""Who sits the exam: rosters as learning platforms and spreadsheets export them."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from dlexam.files import safe_name
from dlexam.graph import QuestionError, did_you_mean
from dlexam.submissions import columns, delimited

FIRST = ("first name", "firstname", "given name", "vorname", "voornaam")
LAST = ("last name", "lastname", "surname", "family name", "nachname", "achternaam")
ADDED = ("points possible", "student, test")  # lines that Canvas adds to a class
LONGEST = 200
START = "Write student,name and below that a line for each."
MOST_EXTRA = 300  # per cent of time
NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # what no page and no spreadsheet holds


@dataclass(frozen=True, slots=True)
class Student:
    """One line of a roster. `extra_time` is in per cent of the duration."""

    id: str
    name: str = ""
    version: str = ""
    seat: str = ""
    extra_time: int = 0
    large_print: bool = False

    @property
    def slug(self) -> str:
        """The name of the student's files."""
        return safe_name(self.id)


def read_roster(path: Path, id_column: str = "") -> tuple[Student, ...]:
    """The students in a file, in its order; `id_column` names the ids where that cannot be seen.

    Raises QuestionError, with the line, for an id that is missing, twice there or not fit to print.
    """
    rows = sheet_rows(path) if path.suffix.lower() == ".xlsx" else rows_of(path)
    header = next(rows, (1, []))[1]
    if not any(header):
        raise QuestionError(f"{path.name}: it is empty. {START}")
    heading = Heading(path.name, header, id_column)
    students: dict[str, Student] = {}
    lines: dict[str, int] = {}
    for line, row in rows:
        student = heading.student(row, f"{path.name}:{line}")
        if student is None:
            continue
        if (before := lines.setdefault(student.id.casefold(), line)) != line:
            msg = f"{path.name}:{line}: the id '{student.id}' is on line {before} too. Take one out."
            raise QuestionError(msg)
        students[student.id] = student
    if not students:
        raise QuestionError(f"{path.name}: there are no students in it. {START}")
    return tuple(students.values())


class Heading:
    """What the columns of a roster are."""

    def __init__(self, file: str, header: Sequence[str], id_column: str) -> None:
        """Find the columns by their names."""
        self.names = [columns.plain(name) for name in header]
        people = [i for i in columns.people(self.names) if self.names[i] not in columns.NAMES]
        if id_column:
            people = [i for i, name in enumerate(self.names) if name == columns.plain(id_column)]
        if not people:
            known = ", ".join(filter(None, header))[:100]
            hint = did_you_mean(id_column, header) if id_column else ""
            wanted = f"no column is '{id_column}'" if id_column else "no column is known to hold ids"
            raise QuestionError(f"{file}:1: {wanted} ({known}).{hint} Say which it is with --id-column.")
        self.id = people[0]

    def cell(self, row: Sequence[str], *names: str, but: int | None = None) -> str:
        """What a row has under the first of these names that is filled in, as one line of text."""
        places = [i for name in names for i, known in enumerate(self.names) if known == name and i != but]
        texts = (NO_TEXT.sub("", tidy(row[i])) for i in places if i < len(row))
        return next(filter(None, texts), "")

    def student(self, row: Sequence[str], place: str) -> Student | None:
        """The student of a row; None for an empty row and for those that Canvas adds."""
        id = tidy(row[self.id]) if self.id < len(row) else ""
        name = self.cell(row, *columns.NAMES, "naam", "student", but=self.id)
        name = name or " ".join(filter(None, (self.cell(row, *FIRST), self.cell(row, *LAST))))
        if not any(map(str.strip, row)) or (not id and name.casefold() in ADDED):
            return None
        if self.names[self.id] in ("orgdefinedid", "org defined id"):
            id = id.removeprefix("#")  # Brightspace's, against spreadsheets
        check_id(id, place)
        return Student(
            id,
            name[:LONGEST],
            self.cell(row, "version", "versie"),
            self.cell(row, "seat", "place", "plaats")[:LONGEST],
            extra_time(self.cell(row, "extra time", "extra tijd"), place),
            self.cell(row, "large print", "grote letters").casefold() in ("yes", "true", "1", "x", "ja"),
        )


def check_id(id: str, place: str) -> None:
    """Raise for an id that cannot be kept in a spreadsheet or printed."""
    if not id:
        raise QuestionError(f"{place}: there is no id. Write one, or take the line out.")
    if id[0] in "=+-@|%":
        why = f"the id '{id[:20]}' starts with '{id[0]}', which spreadsheets run"
        raise QuestionError(f"{place}: {why}. Take that character off.")
    if len(id) > LONGEST or not id.isprintable():
        raise QuestionError(f"{place}: this id is too long or cannot be printed. Mend it.")


def extra_time(text: str, place: str) -> int:
    """Per cent of extra time, 0 for none."""
    number = text.removesuffix("%").strip() or "0"
    if not (number.isdecimal() and len(number) < 4 and int(number) <= MOST_EXTRA):
        raise QuestionError(f"{place}: extra time '{text[:20]}' is no per cent. Write 25, or leave it empty.")
    return int(number)


# ---------------------------------------------------------------- files


def rows_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with their line numbers, whatever its encoding and delimiter."""
    lines = list(StringIO(delimited.decoded(path.read_bytes()), newline=""))
    skip = int(bool(lines) and lines[0].strip().strip('"').casefold().startswith("sep="))
    first = lines[skip : skip + 1]
    delimiter = max(",;\t|", key=lambda d: len(next(csv.reader(first, delimiter=d), [])))
    reader = csv.reader(lines[skip:], delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num + skip, row
    except csv.Error as problem:
        msg = f"{path.name}:{reader.line_num + skip}: this is not CSV: {problem}. Mend the line."
        raise QuestionError(msg) from None


def sheet_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet of a spreadsheet, with their numbers."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError):
        raise QuestionError(f"{path.name}: this is not a spreadsheet. Save it as .xlsx or .csv.") from None
    for line, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
        yield line, ["" if value is None else str(value) for value in row]


def tidy(text: str) -> str:
    """A cell as one line in composed Unicode."""
    return " ".join(unicodedata.normalize("NFC", text).split())
