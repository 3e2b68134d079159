"""What goes with the papers: the answer template, the seating list, and everything in one file to print."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlexam.exam.exam import Exam
from dlexam.exam.journal import Journal
from dlexam.files import harmless, table, write
from dlexam.paper import parts

if TYPE_CHECKING:
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

FOR_SCREENS = "/Annots", "/StructParents", "/Tabs"  # of a page
SEATING = ("seat", "student", "name", "version", "paper")


def seating(exam: Exam) -> Iterator[Sequence[object]]:
    """Who sits where with which paper; the seats of the roster, or numbers in its order."""
    for number, person in enumerate(exam.roster, 1):
        version = person.version if exam.blueprint.versions else ""
        who = harmless(person.id), harmless(person.name)
        yield harmless(person.seat) or number, *who, version, exam.paper_ids[person.id]


Row = list[str | None]


def template(exam: Exam) -> tuple[list[str], list[Row]]:
    """The columns of the answer template and its rows; None where a paper does not ask that.

    A row a student, with the columns `1.m_new`, or `1a` where papers have different questions under a number.
    A row an answer where a letter would not say which is meant, since a step of the question is called so.
    """
    asked = {id: addresses(exam, id) for id in exam.students if exam.holder(id) in exam.draws}
    questions: dict[int, set[str]] = defaultdict(set)
    for answer in chain(*asked.values()):
        questions[answer.number].add(answer.question)
    mixed = {number for number, ids in questions.items() if len(ids) > 1}
    if any(answer.number in mixed and answer.misleading for answer in chain(*asked.values())):
        return long_template(exam, asked)
    columns: dict[str, tuple[int, str]] = {}
    rows: dict[str, set[str]] = defaultdict(set)
    for id, own in asked.items():
        for answer in own:
            name = f"{answer.number}{answer.letter}" if answer.number in mixed else answer.name
            columns[name] = answer.number, answer.letter
            rows[id].add(name)
    names = sorted(columns, key=columns.__getitem__)
    cells: dict[str, Row] = {id: ["" if name in own else None for name in names] for id, own in rows.items()}
    return ["student", "name", *names], [[id, shown_name(exam, id), *row] for id, row in cells.items()]


def long_template(exam: Exam, asked: Mapping[str, Sequence[Asked]]) -> tuple[list[str], list[Row]]:
    """The template with a row for every answer."""
    rows: list[Row] = [
        [id, shown_name(exam, id), str(answer.number), answer.step, ""]
        for id, own in asked.items()
        for answer in own
    ]
    return ["student", "name", "question", "part", "answer"], rows


def shown_name(exam: Exam, student: str) -> str:
    """A name as a cell that no spreadsheet runs."""
    return harmless(exam.people[student].name)


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer that a paper asks for; `misleading` where its letter is the name of another step."""

    number: int
    letter: str
    question: str
    step: str
    misleading: bool

    @property
    def name(self) -> str:
        """As a column."""
        return f"{self.number}.{self.step}"


def addresses(exam: Exam, student: str) -> list[Asked]:
    """What a paper asks, without its numbers."""
    found = []
    for number, draw in enumerate(exam.draws[exam.holder(student)], 1):
        own = parts(exam.question(draw.question), exam.places[draw.place].entry.ask)
        steps = {s.name.casefold() for s in own.values()}
        for letter, s in own.items():
            misleading = letter in steps and s.name.casefold() != letter
            found.append(Asked(number, letter, draw.question, s.name, misleading))
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
    """All papers in one PDF to print, a blank page where one would end on a front side.

    Fields and tags, which a printer has no use for, are left out: they are most of a form.
    """
    from pikepdf import Array, Pdf

    whole = Pdf.new()
    for path in papers:
        with Pdf.open(path) as paper:
            for page in paper.pages:
                for key in FOR_SCREENS:
                    if key in page:
                        del page[key]
            whole.pages.extend(paper.pages)
            if len(paper.pages) % 2:
                blank = whole.add_blank_page()
                blank.mediabox = Array(list(paper.pages[0].mediabox))
    made = BytesIO()
    whole.save(made, deterministic_id=True)
    return made.getvalue()
