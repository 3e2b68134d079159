"""What goes with the papers: the answer template, the seating list, and everything in one file to print."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from dlexam.exam.exam import Exam
from dlexam.exam.secret import short_id
from dlexam.files import harmless, table, write
from dlexam.paper import parts

if TYPE_CHECKING:
    from dlexam.exam.build import Journal
    from dlexam.exam.jobs import Wanted

PRIVATE = 0o600
WIDEST = 40  # characters of a column of the spreadsheet


def write_handouts(exam: Exam, folder: Path, wanted: Wanted, journal: Journal, complete: bool) -> None:
    """Write the lists; the file to print only where every paper is there."""
    write(folder / "seating.csv", table(SEATING, seating(exam)), PRIVATE)
    if exam.students:
        header, rows = template(exam)
        write(folder / "answers.csv", table(header, ([cell or "" for cell in row] for row in rows)), PRIVATE)
        write(folder / "answers.xlsx", spreadsheet(header, rows), PRIVATE)
    if "pdf" in wanted.formats and complete:
        names = [f"papers/{exam.person(id).slug}.pdf" for id in exam.papers]
        key = hashlib.sha256("".join(journal.keys[name] for name in names).encode()).hexdigest()[:16]
        if not journal.has("print.pdf", key):
            journal.write("print.pdf", key, merged([folder / name for name in names]))


# ---------------------------------------------------------------- lists

SEATING = ("seat", "student", "name", "version", "paper")


def seating(exam: Exam) -> Iterator[Sequence[object]]:
    """Who sits where with which paper; the seats of the roster, or numbers in its order."""
    for number, person in enumerate(exam.roster, 1):
        id = short_id(exam.secret, "student", person.id)
        version = person.version if exam.blueprint.versions else ""
        yield harmless(person.seat) or number, harmless(person.id), harmless(person.name), version, id


def template(exam: Exam) -> tuple[list[str], list[list[str | None]]]:
    """The columns of the answer template and its rows; None where a paper does not ask that.

    An answer's column is `1.m_new`; `1a` where papers have different questions under that number.
    """
    asked = {id: addresses(exam, id) for id in exam.students if exam.holder(id) in exam.draws}
    questions: dict[int, set[str]] = defaultdict(set)
    for number, _, question, _ in chain(*asked.values()):
        questions[number].add(question)
    columns: dict[str, tuple[int, int]] = {}
    rows: dict[str, set[str]] = defaultdict(set)
    for id, own in asked.items():
        for number, place, _, step in own:
            one = len(questions[number]) == 1
            name = f"{number}.{step}" if one else f"{number}{ascii_lowercase[place]}"
            columns[name] = number, place
            rows[id].add(name)
    names = sorted(columns, key=columns.__getitem__)
    cells = {id: ["" if name in own else None for name in names] for id, own in rows.items()}
    shown = {id: harmless(exam.people[id].name) for id in rows}
    return ["student", "name", *names], [[id, shown[id], *row] for id, row in cells.items()]


def addresses(exam: Exam, student: str) -> list[tuple[int, int, str, str]]:
    """What a paper asks, without its numbers: question number, place of the part, question, step."""
    found = []
    for number, draw in enumerate(exam.draws[exam.holder(student)], 1):
        asked = parts(exam.question(draw.question), exam.places[draw.place].entry.ask)
        found += [(number, place, draw.question, s.name) for place, s in enumerate(asked.values())]
    return found


def spreadsheet(header: Sequence[str], rows: Sequence[Sequence[str | None]]) -> bytes:
    """The answer template as a spreadsheet: every cell is text, and what a paper does not ask is grey."""
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title, sheet.freeze_panes = "answers", "C2"
    grey = PatternFill("solid", fgColor="D9D9D9")
    for y, row in enumerate([header, *rows], 1):
        for x, text in enumerate(row, 1):
            cell = sheet.cell(y, x)
            cell.number_format = "@"
            if text is None:
                cell.fill = grey
            elif text:
                cell.value, cell.data_type = text, "s"
    for x, name in enumerate(header, 1):
        longest = max((len(str(row[x - 1] or "")) for row in rows), default=0)
        sheet.column_dimensions[get_column_letter(x)].width = min(WIDEST, max(longest, len(name)) + 2)
        sheet.cell(1, x).font = Font(bold=True)
    page = BytesIO()
    book.save(page)
    return page.getvalue()


# ---------------------------------------------------------------- print


def merged(papers: Sequence[Path]) -> bytes:
    """All papers in one PDF, a blank page where one would end on a front side."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for path in papers:
        reader = PdfReader(path)
        writer.append(reader, import_outline=False)
        if len(reader.pages) % 2:
            writer.add_blank_page()
    writer.metadata = None
    page = BytesIO()
    writer.write(page)
    return page.getvalue()
