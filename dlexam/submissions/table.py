"""Rows -> answers: a row an answer (long), or a row a student and a column an answer (wide)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from string import ascii_lowercase

from dlexam.kinds.reading import shown
from dlexam.submissions.address import LONGEST, Address, address, gathered
from dlexam.submissions.columns import Columns, columns_of
from dlexam.submissions.entry import Answers, Origin, Trouble
from dlexam.submissions.rows import Odd, Row, placed

EXAMPLE = (
    "Name the columns in the first row: student, question, part, answer; or student, 1.m_new, 1.v_new, ..."
)
SEARCHED = 10  # rows in which the names of the columns are looked for
PIECE = re.compile(r"(?:^|; )part ([0-9]{1,2}): ")  # so Moodle writes a question of many gaps


def answers_in(rows: Iterable[Row | Trouble], origin: Origin) -> Answers:
    """The answers in a table whose first row names the columns."""
    kept: list[Row] = []
    for row in rows:
        if isinstance(row, Trouble):
            yield row
        elif any(row[1]):
            kept.append(row)
    if not kept:
        yield origin.trouble("there is nothing in it. Hand in the file with the answers.")
        return
    columns, body = headed(kept, bool(origin.student))
    if why := lacking(columns, body, origin):
        yield origin.trouble(why)
        return
    for name in columns.unknown:
        yield origin.trouble(f"column '{shown(name)}': names no answer. If it is one, name it like 1.m_new.")
    yield from (long_answers if columns.is_long else wide_answers)(columns, body, origin)


def headed(rows: Sequence[Row], alone: bool) -> tuple[Columns, Sequence[Row]]:
    """What the columns are, and the rows under their names; a title may stand above."""
    for i, (_, cells) in enumerate(rows[:SEARCHED]):
        columns = columns_of(cells)
        if (columns.students or (alone and not i)) and (columns.is_long or columns.answers):
            return columns, rows[i + 1 :]
    return columns_of(rows[0][1]), rows[1:]


def lacking(columns: Columns, body: Sequence[Row], origin: Origin) -> str:
    """Why a table cannot be read; blank where it can."""
    if not columns.is_long and not columns.answers:
        return f"no column is an answer. {EXAMPLE}"
    if not body:
        return f"there is only one row in it. {EXAMPLE}"
    one = columns.is_long or len(body) <= 1
    if not columns.students and not (one and origin.student):
        return f"no column says which student. {EXAMPLE}"
    return ""


def long_answers(columns: Columns, body: Sequence[Row], origin: Origin) -> Answers:
    """A row an answer; the cells of a matrix may stand in rows of their own."""
    matrices: dict[Origin, list[tuple[Address, str]]] = {}
    question, part, answer = columns.question, columns.part, columns.answer
    assert answer is not None
    for here, row in placed(columns, body, origin):
        if isinstance(row, Trouble):
            yield row
            continue
        where = place(
            "" if question is None else row[question][:LONGEST], "" if part is None else row[part][:LONGEST]
        )
        text = row[answer]
        if isinstance(text, Odd):
            yield here.trouble(f"{where}: {text.why}")
        elif where.cell:
            matrices.setdefault(origin.by(here.student, here.at), []).append((where, text))
        else:
            yield here.entry(where, text)
    for here, answers in matrices.items():
        yield from (here.entry(where, text) for where, text in gathered(answers))


@lru_cache(maxsize=4096)
def place(question: str, part: str) -> Address:
    """The answer that two columns name together; what cannot be read stays as it is written."""
    outer = (address(question) or Address(question.strip())) if question.strip() else Address()
    if not part.strip():
        return outer
    inner = address(part)
    if inner and (not inner.question or (inner.part and inner.question == outer.question)):
        return Address(outer.question, inner.part, inner.cell)
    return inner if inner and not outer.question else Address(outer.question, part.strip())


def wide_answers(columns: Columns, body: Sequence[Row], origin: Origin) -> Answers:
    """A row a student."""
    for here, row in placed(columns, body, origin):
        if isinstance(row, Trouble):
            yield row
            continue
        answers = []
        for i, where in columns.answers:
            cell = row[i]
            if isinstance(cell, Odd):
                yield here.trouble(f"{where}: {cell.why}")
            else:
                answers += pieces(where, cell) if columns.moodle else [(where, cell)]
        for where, text in gathered(answers):
            yield here.entry(where, text)


def pieces(where: Address, response: str) -> list[tuple[Address, str]]:
    """A response as Moodle reports it: `-` is no answer, and `part 1: 0.5; part 2: 3` are parts a and b."""
    if response.strip() == "-":
        return [(where, "")]
    found = list(PIECE.finditer(response))
    if not found or found[0].start() or [int(m[1]) for m in found] != list(range(1, len(found) + 1)):
        return [(where, response)]
    ends = [m.start() for m in found[1:]] + [len(response)]
    texts = [response[m.end() : end] for m, end in zip(found, ends)]
    return [(Address(where.question, letter), text) for letter, text in zip(ascii_lowercase, texts)]
