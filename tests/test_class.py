"""A simulated class with known habits is marked; every mark is the promised one."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from simulated import Students, counted, entries

from dlexam.bank import Bank
from dlexam.grading.run import Rules, mark_class

FEW = 0.004  # of the answers may coincide with another explanation that keeps more marks


@pytest.mark.parametrize(
    ("students", "start"), [(30, 3), pytest.param(2000, 0, marks=pytest.mark.deep)], ids=["30", "2000"]
)
def test_a_class_gets_what_its_habits_are_promised(students: int, start: int, bank: Bank) -> None:
    """Marks and misconceptions of a class are those that it was made with, but for listed coincidences."""
    sat = Students(bank, bank.ids[start :: len(bank.ids) // 20][:20], students)
    done = list(sat.answers())
    marked = mark_class(sat, (e for one in done for e in entries(*one)), Rules())
    earned: dict[tuple[str, int], Fraction] = {}
    for row in marked.rows:
        key = row.student, row.number
        earned[key] = earned.get(key, Fraction(0)) + row.marks
    off = [
        (s, n, h.name, h.note, earned[s, n], h.marks) for s, n, h in done if earned.get((s, n), 0) != h.marks
    ]
    print(f"{len(done)} questions answered, {len(off)} coincidences", *off, sep="\n")
    assert len(off) <= FEW * len(done), off
    junk = sum(bool(t.strip()) for _, _, h in done if h.name == "junk" for t in h.texts.values())
    assert junk * (1 - FEW) <= len(marked.queries) <= junk * (1 + FEW) + 1
    truth = counted(done)
    found = Counter((row.number, row.note) for row in marked.rows if row.verdict == "mistake")
    wrong = sum(abs(found[key] - truth[key]) for key in truth)
    assert wrong <= FEW * len(done), {k: (truth[k], found[k]) for k in truth if truth[k] != found[k]}
