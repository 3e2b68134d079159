"""A simulated class with known habits is marked; every mark is the promised one."""

from __future__ import annotations

from collections import Counter, defaultdict

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
    earned: Counter[tuple[str, int]] = Counter()
    notes: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in marked.rows:
        earned[row.student, row.number] += row.marks
        notes[row.student, row.number] += [row.note] * (row.verdict == "mistake")
    off = {(s, n): (h, earned[s, n], notes[s, n]) for s, n, h in done if earned[s, n] != h.marks}
    print(f"{len(done)} questions answered, {len(off)} coincidences", *off.items(), sep="\n")
    assert len(off) <= FEW * len(done), off
    junk = sum(bool(t.strip()) for _, _, h in done if h.name == "junk" for t in h.texts.values())
    assert len(marked.queries) == junk
    truth = counted([one for one in done if one[:2] not in off])
    assert sum(truth.values()) > len(done) / 10
    found = Counter((n, note) for (s, n), made in notes.items() if (s, n) not in off for note in made)
    assert found == truth
