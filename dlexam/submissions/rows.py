"""Rows of a table: the cells, who wrote them and when, and rows that were cut short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from dlexam.kinds.reading import shown
from dlexam.submissions.columns import Columns
from dlexam.submissions.entry import Origin, Trouble
from dlexam.submissions.times import day_first, time_of


class Odd(str):
    """The text of a cell that does not hold what was typed, such as a date, and why it is no answer."""

    __slots__ = ("why",)
    why: str

    def __new__(cls, why: str, text: str = "") -> Odd:
        """A text, as it counts in a column of ids or times."""
        cell = super().__new__(cls, text)
        cell.why = why
        return cell


Row = tuple[int, Sequence[str]]  # the number that a spreadsheet shows, and the cells


def placed(
    columns: Columns, body: Sequence[Row], origin: Origin
) -> Iterator[tuple[Origin, Sequence[str] | Trouble]]:
    """Each row with where it stands, who wrote it and when; or what is wrong with it."""
    stamps = dict.fromkeys(cells[i] for i in columns.times for _, cells in body if i < len(cells))
    first = day_first(stamps)
    moments = {stamp: time_of(stamp, first) for stamp in stamps}
    for number, cells in body:
        why = misshapen(columns, cells) if len(cells) != columns.width else ""
        student = who(columns, cells) if columns.students else origin.student
        here = origin.place(f"row {number}").by(student, when(columns, cells, moments) or origin.at)
        if student.startswith("Points Possible") or not (student or filled(cells)):
            continue  # the second row of Canvas; a row of blanks
        if why or not student:
            yield here, here.trouble(why or "no student is named. Write the id.")
        else:
            yield here, cells
    if unread := [stamp for stamp, moment in moments.items() if not moment and stamp.strip(" -")]:
        why = f"time '{shown(unread[0])}': cannot be read. Write 2025-01-31 14:05, or the lower row counts."
        yield origin, origin.trouble(why)


def who(columns: Columns, cells: Sequence[str]) -> str:
    """The student, from the most trusted column that is filled in."""
    for i in columns.students:
        if i < len(cells) and (text := cells[i].strip()):
            return text
    return ""


def when(columns: Columns, cells: Sequence[str], moments: Mapping[str, datetime | None]) -> datetime | None:
    """The time, from the most trusted column that can be read."""
    for i in columns.times:
        if i < len(cells) and (at := moments[cells[i]]):
            return at
    return None


def filled(cells: Sequence[str]) -> bool:
    """Whether anything but blanks stands in a row."""
    return any(isinstance(cell, Odd) or cell.strip() for cell in cells)


def misshapen(columns: Columns, cells: Sequence[str]) -> str:
    """Why a row does not fit its columns; blank where it does."""
    if len(cells) < columns.width:
        return f"the row has {len(cells)} of {columns.width} columns: it was cut short. Add what is missing."
    if filled(cells[columns.width :]):
        return (
            f"the row has {len(cells)} columns instead of {columns.width}, so that answers stand under wrong"
            ' names. Put an answer that has the separator in it between double quotes: "1, 2".'
        )
    return ""
