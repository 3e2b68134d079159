"""Blueprints: what they may say, and the one line that each defect gets."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from dlexam.bank import Bank
from dlexam.exam.blueprint import Blueprint, BlueprintError, Entry
from dlexam.exam.lines import Lines
from dlexam.exam.plan import plan
from dlexam.exam.reading import read_blueprint
from dlexam.folders import bundled

GOOD = """\
title = "Midterm"
date = 2026-03-27
duration = 90
total = 14
versions = ["A", "B"]
level = 3

[[section]]
title = "One"
shuffle = true
marks = 4

[[section.question]]
id = "optimizers/adam"
level = 2

[[section.question]]
pick = 2
from = ["losses", "*/dot_product"]
same = true

[[section]]
ask = "final"

[[section.question]]
id = "linear_algebra/dot_product"
marks = 2
page_break = true
"""


def read(source: str, folder: Path) -> Blueprint:
    """The blueprint in a text."""
    (folder / "exam.toml").write_text(source, encoding="utf-8")
    return read_blueprint(folder / "exam.toml")


def test_what_a_blueprint_says(tmp_path: Path) -> None:
    """Every key is read, and what a question does not set is as its section or the exam sets it."""
    plan = read(GOOD, tmp_path)
    assert (plan.title, plan.date, plan.duration, plan.total) == ("Midterm", date(2026, 3, 27), 90, 14)
    assert plan.versions == ("A", "B")
    one, two = plan.sections
    assert (one.title, one.shuffle, two.shuffle) == ("One", True, False)
    assert one.entries == (
        Entry(("optimizers/adam",), level=2, marks=Fraction(4), line=13),
        Entry(("losses", "*/dot_product"), 2, level=3, marks=Fraction(4), same=True, line=17),
    )
    (last,) = two.entries
    assert (last.ask, last.level, last.marks, last.page_break) == ("final", 3, 2, True)
    assert [place.section for place in plan.places] == [0, 0, 0, 1]


def test_the_start_of_a_blueprint_is_one(bank: Bank) -> None:
    """What `exam new` writes can be built as it is, and shows every key at least in a comment."""
    source = (bundled("templates") / "blueprint.toml.txt").read_text(encoding="utf-8")
    path = bundled("templates") / "blueprint.toml.txt"
    assert len(plan(read_blueprint(path), bank).candidates) == 6
    from dlexam.exam.vocabulary import EXAM, QUESTION, SECTION

    for key in {*EXAM, *SECTION, *QUESTION}:
        assert f"{key} = " in source or f"[{key}]]" in source or f".{key}]]" in source, key


TOP = 'title = "T"\n'
ASKS = '\n[[section]]\n[[section.question]]\nid = "losses/hinge"\n'
BROKEN = {
    "not TOML": ('title = "T\n', 1, "illegal character"),
    "the same key twice": (TOP + 'title = "U"\n' + ASKS, 2, "cannot overwrite a value: this is not TOML."),
    "no title": ("duration = 90" + ASKS, 1, "the exam has no title."),
    "no section": (TOP, 1, "the exam has no [[section]]."),
    "a section without questions": (TOP + "\n[[section]]\n", 3, "section 1 asks nothing."),
    "unknown key": (TOP + "duratoin = 90\n" + ASKS, 2, "the exam has no key 'duratoin'. Did you mean 'duration'?"),
    "unknown key of a section": (TOP + "[[section]]\nshufle = true\n[[section.question]]\nid = 'losses/hinge'", 3, "section 1 has no key 'shufle'. Did you mean 'shuffle'?"),
    "unknown key of a question": (TOP + ASKS + "mark = 3\n", 6, "question 1 of section 1 has no key 'mark'. Did you mean 'marks'?"),
    "a section in one bracket": (TOP + '[section]\ntitle = "A"\n', 2, "section is not a list of tables. Write [[section]]"),
    "no such day": (TOP + "date = 2026-02-30\n" + ASKS, 2, "invalid date"),
    "a date in words": (TOP + 'date = "next week"\n' + ASKS, 2, 'date = "next week": there is no such day. Write year-month-day'),
    "a duration in words": (TOP + 'duration = "long"\n' + ASKS, 2, 'duration = "long": write a whole number from 1 to 6000.'),
    "no level 4": (TOP + "level = 4\n" + ASKS, 2, "level = 4: write a whole number from 1 to 3."),
    "an unknown ask": (TOP + 'ask = "all"\n' + ASKS, 2, 'ask = "all": write steps, final or choice.'),
    "no marks": (TOP + ASKS + "marks = 0\n", 6, "marks = 0: write a number above 0."),
    "a text for true": (TOP + 'shuffle = "yes"\n' + ASKS, 2, 'shuffle = "yes": write true or false.'),
    "a version twice": (TOP + 'versions = ["A", "A"]\n' + ASKS, 2, 'versions = ["A", "A"]: write "each" for one a student, or names'),
    "not a language": (TOP + 'language = "English"\n' + ASKS, 2, 'language = "English": write the code of a language'),
    "both id and pool": (TOP + ASKS + "pick = 2\n", 4, "question 1 of section 1: write id = for one question, or pick = and from = for a pool."),
    "neither id nor pool": (TOP + "[[section]]\n[[section.question]]\nmarks = 3\n", 3, "question 1 of section 1: write id = for one question"),
    "a pool without from": (TOP + "[[section]]\n[[section.question]]\npick = 3\n", 3, "question 1 of section 1: a pool needs from =."),
    "a pool without pick": (TOP + "[[section]]\n[[section.question]]\nfrom = 'losses'\n", 3, "question 1 of section 1: a pool needs pick =."),
    "an unknown question": (TOP + ASKS.replace("hinge", "hing"), 4, "losses/hing: no such question. Did you mean 'losses/hinge'?"),
    "an unknown topic": (TOP + "[[section]]\n[[section.question]]\npick = 1\nfrom = 'loses'\n", 3, "loses: no such topic, question or tag. Did you mean 'losses'?"),
    "asks 5 of 3": (TOP + "[[section]]\n[[section.question]]\npick = 5\nmarks = 1\nfrom = ['losses/hinge', 'losses/perplexity', 'losses/regression']\n", 3, "pick = 5: losses/hinge, losses/perplexity, losses/regression has only 3 questions at level 2."),
    "a pool that the fixed questions empty": (TOP + ASKS + "[[section.question]]\npick = 1\nfrom = 'losses/hinge'\n", 6, "pick = 1: losses/hinge has only 0 questions that are not on the paper already"),
    "pools that cannot be met at once": (TOP + "[[section]]\nmarks = 1\n" + "[[section.question]]\npick = 2\nfrom = ['losses/hinge', 'losses/perplexity']\n" * 2, 7, "pick = 2: the pools before this one leave too few questions."),
    "a pool of unequal marks": (TOP + "[[section]]\n[[section.question]]\npick = 1\nfrom = 'optimizers'\n", 3, "the questions of this pool are worth 2 to"),
    "marks that do not add up": (TOP + "total = 20\n" + ASKS + "marks = 3\n", 2, "total = 20: the questions make 3 marks. Mend the total or the marks."),
}  # fmt: skip


@pytest.mark.parametrize(("source", "line", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_defect_gets_its_line(source: str, line: int, message: str, tmp_path: Path, bank: Bank) -> None:
    """One line for one defect: the file, the line, what is wrong."""
    with pytest.raises(BlueprintError) as raised:
        plan(read(source, tmp_path), bank)
    assert len(raised.value.lines) == 1
    assert raised.value.lines[0].startswith(f"exam.toml:{line}: {message}")


def test_every_defect_is_told_at_once(tmp_path: Path) -> None:
    """Three defects get three lines, in the order of the file."""
    with pytest.raises(BlueprintError) as raised:
        read(TOP + "level = 9\nwhat = 1\n" + ASKS + "mraks = 2\n", tmp_path)
    assert [line.split(":")[1] for line in raised.value.lines] == ["2", "3", "8"]


def test_lines_of_keys_in_long_strings_and_quotes() -> None:
    """What looks like a key inside a long string is none, and a table inside a table counts its own."""
    source = 'a = """\nb = 1\n"""\n"c d" = 2\n[[s]]\n[[s.q]]\n[[s.q]]\nx = 1\n[[s]]\n[[s.q]]\nx = 2\n'
    lines = Lines(source)
    assert lines.of(("b",)) == 1
    assert lines.of(("c d",)) == 4
    assert lines.of(("s", 0, "q", 1, "x")) == 8
    assert lines.of(("s", 1, "q", 0, "x")) == 11
    assert lines.of(("s", 1, "q", 0, "y")) == 10
