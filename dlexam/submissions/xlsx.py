"""Excel workbooks: each sheet a table. Numbers become the text that a person sees; formulas are not run."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from dlexam.kinds.reading import shown
from dlexam.submissions.entry import Answers, Origin
from dlexam.submissions.rows import Odd, Row
from dlexam.submissions.table import answers_in

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as Typed

MOST_CELLS = 2_000_000
ZEROS = re.compile(r"0\.(0+)(?:_.*)?")
PERCENT = re.compile(r"0(?:\.(0+))?%")
UNCOMPUTED = "a formula that has no value yet. Open the file in a spreadsheet program and save it."
DATED = (
    "the spreadsheet turned what was typed into a date or a time, as it does with 1/2."
    " Ask for the answer, and format the cells as text."
)
UNREADABLE = "the workbook is damaged or was cut short. Ask for it again, or save it anew."


def read_xlsx(data: bytes, origin: Origin) -> Answers:
    """The answers in every sheet of a workbook."""
    sheets: dict[str, list[Row]] = {}
    for name, row in cells_of(data):
        if isinstance(row, str):
            yield origin.trouble(row)
            return
        sheets.setdefault(name, []).append(row)
    filled = {name: rows for name, rows in sheets.items() if any(any(cells) for _, cells in rows)}
    for name, rows in filled.items():
        yield from answers_in(rows, origin if len(filled) == 1 else origin.place(f"sheet {shown(name)}"))
    if not filled:
        yield origin.trouble("there is nothing in it. Hand in the file with the answers.")


def cells_of(data: bytes) -> Iterator[tuple[str, Row | str]]:
    """The rows of each sheet, each with the sheet's name; or in one line why there are no more."""
    from openpyxl import load_workbook

    count = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that hold no cells
            books = [
                load_workbook(io.BytesIO(data), read_only=True, data_only=values) for values in (True, False)
            ]
            for sheet, formulas in zip(*(book.worksheets for book in books), strict=True):
                for each in (sheet, formulas):
                    each.reset_dimensions()  # some programs write wrong ones, and openpyxl believes them
                rows = zip(sheet.iter_rows(), formulas.iter_rows(), strict=True)
                for number, (values, written) in enumerate(rows, start=1):
                    count += len(values)
                    if count > MOST_CELLS:
                        yield "", f"more than {MOST_CELLS:,} cells. Hand in the answers only."
                        return
                    yield (
                        sheet.title,
                        (number, [cell_of(v, w.value) for v, w in zip(values, written, strict=True)]),
                    )
    except Exception:  # a damaged workbook makes zipfile, expat and openpyxl raise almost anything
        yield "", UNREADABLE


def cell_of(cell: Typed, written: object) -> str:
    """A cell as it is seen."""
    value = cell.value
    if value is None:
        return Odd(UNCOMPUTED) if written is not None else ""
    if isinstance(value, datetime | date | time | timedelta):
        return Odd(DATED, value.isoformat() if not isinstance(value, timedelta) else str(value))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_text(value, str(cell.number_format))
    return str(value)


def number_text(value: float, layout: str) -> str:
    """A number with all its digits (15, as in spreadsheets), the zeros of its format, and its per cent sign.

    >>> number_text(0.1 + 0.2, "General"), number_text(0.5, "0.00"), number_text(0.25, "0%")
    ('0.3', '0.50', '25%')
    """
    if found := PERCENT.fullmatch(layout):
        return padded(format(value * 100, ".13g"), len(found[1] or "")) + "%"
    found = ZEROS.fullmatch(layout)
    text = str(value) if isinstance(value, int) else format(value, ".15g")
    return padded(text, len(found[1])) if found else text


def padded(text: str, decimals: int) -> str:
    """A number with at least so many decimals."""
    whole, _, rest = text.partition(".")
    return text if "e" in text or len(rest) >= decimals else f"{whole}.{rest:0<{decimals}}"
