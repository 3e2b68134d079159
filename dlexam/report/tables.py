"""Tables of marks: a row an answer, a row a student, and what a person must look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from dlexam.files import harmless, table
from dlexam.grading.run import Class, Query
from dlexam.grading.script import Row

PERSON = ("student", "number", "part", "answer", "why", "where", "marks")
MARKS = (
    "student", "number", "question", "part", "verdict", "note", "marks", "out of",
    "answer", "read as", "expected", "words",
)  # fmt: skip


def rounded(marks: Fraction, decimals: int = 2) -> str:
    """Exact marks as they are printed: rounded once, halves up, without zeros at the end."""
    unit = Decimal(1).scaleb(-decimals)
    exact = Decimal(marks.numerator) / Decimal(marks.denominator)
    text = f"{exact.quantize(unit, ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(marks: Fraction) -> str:
    """Marks without rounding: a decimal number where there is one, else a fraction."""
    fits = not 10**6 % marks.denominator
    return rounded(marks, 6) if fits else f"{marks.numerator}/{marks.denominator}"


def marks_table(rows: Iterable[Row]) -> str:
    """`marks.csv`: a row an answer, with exact marks."""
    return table(
        MARKS,
        (
            (harmless(r.student), r.number, r.question, r.part, r.verdict, r.note,
             exact(r.marks), exact(r.out_of), *map(harmless, (r.answer, r.read, r.expected, r.words)))
            for r in rows
        ),
    )  # fmt: skip


def gradebook(marked: Class, decimals: int) -> str:
    """`gradebook.csv`: a row a student in the order of the roster; nothing for who handed in nothing."""
    numbers = sorted({row.number for row in marked.rows})
    by_question = sums(marked.rows)
    header = ("student", *(f"question {n}" for n in numbers), "total", "out of")
    whole = totals((row.student, (row.marks, row.out_of)) for row in marked.rows)
    rows = []
    for student in marked.papers.students or tuple(whole):
        total, out_of = whole.get(student, (None, None))
        own = (by_question.get((student, n)) for n in numbers)
        cells = (rounded(m, decimals) if m is not None else "" for m in (*own, total, out_of))
        rows.append((harmless(student), *cells))
    return table(header, rows)


def sums(rows: Iterable[Row]) -> dict[tuple[str, int], Fraction]:
    """The exact marks of each student's questions."""
    total: dict[tuple[str, int], Fraction] = {}
    for row in rows:
        key = row.student, row.number
        total[key] = total.get(key, Fraction(0)) + row.marks
    return total


def for_a_person(queries: Iterable[Query]) -> str:
    """`needs-a-person.csv`: what was not read or placed, and why; a person's marks in the last column."""
    return table(
        PERSON,
        (
            (
                harmless(q.student),
                q.number or "",
                q.part,
                harmless(q.answer),
                harmless(q.why),
                harmless(q.source),
                "" if q.marks is None else exact(q.marks),
            )
            for q in queries
        ),
    )


# ---------------------------------------------------------------- what another run changes


def changes(
    before: Mapping[tuple[str, int, str], tuple[Fraction, Fraction]], rows: Iterable[Row], decimals: int
) -> Iterator[str]:
    """Who changes and by how much, a line a student, against an earlier run."""
    was, now = (
        totals((student, m) for (student, _, _), m in before.items()),
        totals((row.student, (row.marks, row.out_of)) for row in rows),
    )
    for student in sorted(was.keys() | now.keys()):
        old, new = was.get(student), now.get(student)
        if old != new:
            yield f"{student}: {written(old, decimals)} -> {written(new, decimals)}"


def totals(marks: Iterable[tuple[str, tuple[Fraction, Fraction]]]) -> dict[str, tuple[Fraction, Fraction]]:
    """The total and what it is out of, by student."""
    total: dict[str, tuple[Fraction, Fraction]] = {}
    for student, (earned, out_of) in marks:
        before = total.get(student, (Fraction(0), Fraction(0)))
        total[student] = before[0] + earned, before[1] + out_of
    return total


def written(marks: tuple[Fraction, Fraction] | None, decimals: int) -> str:
    """Marks out of what could be had."""
    return "nothing" if marks is None else "/".join(rounded(m, decimals) for m in marks)
