"""Rows of a table: the cells, who wrote them and when, and rows that were cut short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dlexam.kinds.reading import shown
from dlexam.submissions.columns import Columns
from dlexam.submissions.entry import Origin, Trouble
from dlexam.submissions.times import day_first, time_of


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that does not hold what was typed, and why; `text` is what it says of ids or times."""

    why: str
    text: str = ""


Cell = str | Odd
Row = tuple[int, Sequence[Cell]]  # the number that a spreadsheet shows, and the cells


def placed(
    columns: Columns, body: Sequence[Row], origin: Origin
) -> Iterator[tuple[Origin, Sequence[Cell] | Trouble]]:
    """Each row with where it stands, who wrote it and when; or what is wrong with it."""
    stamps = dict.fromkeys(text_of(cells[i]) for i in columns.times for _, cells in body if i < len(cells))
    first = day_first(stamps)
    moments = {stamp: time_of(stamp, first) for stamp in stamps}
    for number, cells in body:
        student = who(columns, cells) if columns.students else origin.student
        here = Origin(f"{origin.source}, row {number}", student, when(columns, cells, moments) or origin.at)
        if student.startswith("Points Possible") or not (student or filled(cells)):
            continue  # the second row of Canvas; a row of blanks
        if len(cells) != columns.width and (why := misshapen(columns, cells)):
            yield here, here.trouble(why)
        elif not student:
            yield here, here.trouble("no student is named. Write the id.")
        else:
            yield here, cells
    if unread := [stamp for stamp, moment in moments.items() if not moment and stamp.strip(" -")]:
        why = f"time '{shown(unread[0])}': cannot be read. Write 2025-01-31 14:05, or the lower row counts."
        yield origin, origin.trouble(why)


def who(columns: Columns, cells: Sequence[Cell]) -> str:
    """The student, from the most trusted column that is filled in."""
    for i in columns.students:
        if i < len(cells) and (text := text_of(cells[i]).strip()):
            return text
    return ""


def when(columns: Columns, cells: Sequence[Cell], moments: Mapping[str, datetime | None]) -> datetime | None:
    """The time, from the most trusted column that can be read."""
    for i in columns.times:
        if i < len(cells) and (at := moments[text_of(cells[i])]):
            return at
    return None


def filled(cells: Sequence[Cell]) -> bool:
    """Whether anything but blanks stands in a row."""
    return any(isinstance(cell, Odd) or cell.strip() for cell in cells)


def misshapen(columns: Columns, cells: Sequence[Cell]) -> str:
    """Why a row does not fit its columns; blank where it does."""
    if len(cells) < columns.width:
        return f"the row has {len(cells)} of {columns.width} columns: it was cut short. Add what is missing."
    if filled(cells[columns.width :]):
        return (
            f"the row has {len(cells)} columns instead of {columns.width}, so that answers stand under wrong"
            ' names. Put an answer that has the separator in it between double quotes: "1, 2".'
        )
    return ""


def text_of(cell: Cell) -> str:
    """A cell as text where it is no answer."""
    return cell if isinstance(cell, str) else cell.text
