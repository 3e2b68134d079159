"""CSV as forms, platforms and spreadsheets write it: separators, quotation marks, encodings."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence

from dlexam.submissions.columns import columns_of
from dlexam.submissions.entry import Answers, Origin, Trouble
from dlexam.submissions.rows import Row
from dlexam.submissions.table import SEARCHED, answers_in

MENDED = 100  # broken quotation marks in one file; a file with more was not written by a program
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_csv(data: bytes, origin: Origin) -> Answers:
    """The answers in a CSV or TSV file."""
    lines = list(io.StringIO(decoded(data), newline=""))
    if lines and lines[0].strip().casefold().startswith("sep=") and len(lines[0].strip()) <= 5:
        lines[0] = "\n"  # Excel's own line; what follows says the same
    yield from answers_in(rows_of(lines, separator(lines), origin), origin)


def decoded(data: bytes) -> str:
    """Text in the encoding that it is most likely in: by its mark, UTF-8, UTF-16 by its zeros, Windows."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    head = data[:200]
    if len(head) > 3 and head.count(0) > len(head) // 3:
        return data.decode("utf-16-le" if head[1] == 0 else "utf-16-be", "replace")
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def separator(lines: Sequence[str]) -> str:
    """The character between the columns: the one by which most of their names are known."""
    return max(",;\t|", key=lambda s: max((score(row) for row in sample(lines, s)), default=(0, 0)))


def sample(lines: Sequence[str], separator: str) -> Iterator[list[str]]:
    """The first rows, read leniently."""
    head = [line[:20_000] for line in lines[: 3 * SEARCHED]]
    for _, row in zip(range(SEARCHED), csv.reader(head, delimiter=separator), strict=False):
        yield row


def score(row: Sequence[str]) -> tuple[int, int]:
    """How many columns of a row are known by their names, and how many there are."""
    found = columns_of(row)
    known = len(found.students) + len(found.times) + len(found.answers) + 3 * found.is_long
    return known, len(row)


def rows_of(lines: Sequence[str], separator: str, origin: Origin) -> Iterator[Row | Trouble]:
    """Rows with their numbers. Where a quotation mark is broken, only that line is lost."""
    start = number = mended = 0
    while start < len(lines) and mended <= MENDED:
        reader = csv.reader(lines[start:], delimiter=separator, strict=True)
        read = 0
        try:
            for row in reader:
                number += 1
                read = reader.line_num
                yield number, row
            return
        except csv.Error:
            start += read + 1
            number += 1
            mended += 1
            yield origin.place(f"row {number}").trouble(
                'a double quotation mark is not closed, or text follows it. Write "1, 2".'
            )
    if start < len(lines):
        yield origin.trouble(
            f"the rows after row {number} were not read: too many are broken. Export it again."
        )
