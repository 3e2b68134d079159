"""What is said beside a verdict: cells, shapes, notes, digits, intervals; and what is not carried."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import sympy
from click.testing import CliRunner

from dlexam.bank import Bank
from dlexam.cli import main
from dlexam.kinds import equal
from dlexam.laws import LAWS
from dlexam.story import Mark
from dlexam.unexplained import may_carry
from dlexam.variant import Variant

X = sympy.Symbol("x")


@pytest.fixture(scope="module")
def product(bank: Bank) -> Variant:
    """[[1, 2], [3, 4]] [[5, 6], [7, 8]] = [[19, 22], [43, 50]]."""
    given = {"A": np.array([[1, 2], [3, 4]]), "B": np.array([[5, 6], [7, 8]])}
    return bank["linear_algebra/matrix_product"].draw(0, 1, given)


def last(variant: Variant, text: str) -> Mark:
    """The mark of the last asked step, which alone is written."""
    name = variant.question.asked[-1].name
    return next(m for m in variant.mark({name: text}).marks if m.step == name)


CELLS = {
    "right": ("[[19, 22], [43, 50]]", "right", "right", ()),
    "wrong cells": ("[[19, 22], [43, 51]]", "wrong", "wrong_cells", ((True, True), (True, False))),
    "transposed": ("[[19, 43], [22, 50]]", "mistake", "transposed", ((True, False), (False, True))),
    "wrong shape": ("[19, 22]", "wrong", "wrong_shape", ()),
    "on one line": ("19 22 43 50", "right", "right", ()),
}  # fmt: skip


@pytest.mark.parametrize(("text", "verdict", "note", "cells"), CELLS.values(), ids=CELLS.keys())
def test_cells(text: str, verdict: str, note: str, cells: tuple[tuple[bool, ...], ...], product: Variant) -> None:
    """Wrong cells, a transpose and a wrong shape have notes of their own, and a map where it helps."""
    mark = last(product, text)
    assert (mark.verdict, mark.note.partition(":")[2], mark.cells) == (verdict, note, cells)


WORDS = {
    "wrong cells": ("[[19, 22], [43, 51]]", "Wrong at (2, 2)."),
    "wrong shape": ("[19, 22, 23]", "The shape is wrong: 2 × 2 entries are asked; you wrote 3 entries."),
    "no outer bracket": ("[19, 22], [43, 50]]", "Right. An outer bracket is missing; it was supplied."),
    "on one line": ("19 22 43 50", "Right. All entries are on one line; they were read row by row."),
}


@pytest.mark.parametrize(("text", "words"), WORDS.values(), ids=WORDS.keys())
def test_words(text: str, words: str, product: Variant) -> None:
    """The student reads where the slip is, and what was accepted though it was written another way."""
    assert last(product, text).words == words


def test_mark_json_prints_interval_and_cells() -> None:
    """`dlexam mark --json` says which answers would have been right, and which cells are."""
    command = ["mark", "linear_algebra/matrix_product", "--given", "A=[[1,2]]", "--given", "B=[[0.5],[0.25]]"]
    told = json.loads(CliRunner().invoke(main, [*command, "--answer", "C=[[2]]", "--json"]).stdout)
    mark = told["marks"][-1]
    assert mark["accepted"] is not None
    low, high = mark["accepted"]
    for edge in (low, high):
        again = json.loads(CliRunner().invoke(main, [*command, "--answer", f"C={edge}", "--json"]).stdout)
        assert again["marks"][-1]["verdict"] == "right"
    assert mark["cells"] in (None, [[False]])


# ---------------------------------------------------------------- value first, digits second

GRAPH = '''"""A slope read from a graph

The curve rises by $<rise>$ over $<run>$. Find its slope.
"""

from dlexam import step

given = dict(rise=2.0, run=3.0)


@step(marks=2, decimals=3, tolerance=0.02)
def slope(rise, run):
    """Divide the rise by the run."""
    return rise / run
'''

DIGITS = {
    "in full": ("0.667", "right", 2),
    "off within the tolerance": ("0.650", "right", 2),
    "at the edge": ("0.6466666", "right", 2),
    "right value, too few digits": ("0.67", "mistake", 1),
    "a fraction has no digits to count": ("2/3", "right", 2),
    "wrong": ("0.700", "wrong", 0),
}


@pytest.mark.parametrize(("text", "verdict", "marks"), DIGITS.values(), ids=DIGITS.keys())
def test_value_first_then_digits(text: str, verdict: str, marks: int, tmp_path: Path) -> None:
    """Key, tolerance and digits are three settings."""
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "slope.py").write_text(GRAPH, encoding="utf-8")
    mark = last(Bank(tmp_path)["demo/slope"].draw(), text)
    assert (mark.verdict, mark.marks) == (verdict, Fraction(marks))
    if verdict == "mistake":
        assert (mark.note, mark.words) == ("slope:few_digits", "Right value, too few digits: 3 decimals are asked.")


# ---------------------------------------------------------------- what is not carried


@pytest.mark.parametrize(
    ("value", "carried"),
    [([0.0, 0.0], False), ([0.0, 1.0], False), ([0.5, 0.25], True), ([0.0, 0.25], True)],
    ids=["zeros", "one-hot", "a slip", "a slip with a zero"],
)
def test_trivial_arrays(value: list[float], carried: bool, bank: Bank) -> None:
    """Zeros and one-hot vectors would make what follows trivial."""
    given = {"x": np.array([1.0, -1.0])} if "x" in bank["neurons/softmax"].given else {}
    variant = bank["neurons/softmax"].draw(3, 2, given)
    name = next(s.name for s in variant.question.asked if np.shape(variant.values[s.name]))
    made = np.resize(np.array(value), np.shape(variant.values[name]))
    if value == [0.0, 1.0]:
        made = np.eye(made.size)[0]
    assert may_carry(variant, name, made) is carried


def test_undecided_expressions_are_for_a_person(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody can tell in time, the answer is unreadable rather than wrong."""
    monkeypatch.setattr(equal, "decide", lambda *_: None)
    id = next(id for id in bank.ids if id.startswith("calculus/") and is_symbolic(bank[id].draw(1, 2)))
    mark = last(bank[id].draw(1, 2), "17*x^3 + 5")
    assert (mark.verdict, mark.marks) == ("unreadable", 0)
    assert "A person looks" in mark.words


def is_symbolic(variant: Variant) -> bool:
    """Whether the last asked step is an expression."""
    return hasattr(variant.kinds[variant.question.asked[-1].name], "decide")


FORGOTTEN = '''"""A sum of squares

Add the squares of the entries of $a = <a>$.
"""

from dlexam import array, integers, step

given = dict(a=array(3, integers(2, 9)))


@step(marks=2)
def total(a):
    """Square each entry, then add."""
    return (a * a).sum()


@total.mistake(keeps=0.5)
def not_added(a):
    """You squared the entries; add them too."""
    return a * a
'''


def test_an_array_as_a_mistake_of_a_number(tmp_path: Path) -> None:
    """Who forgets the sum writes a vector where a number is asked, and is recognised."""
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "squares.py").write_text(FORGOTTEN, encoding="utf-8")
    variant = Bank(tmp_path)["demo/squares"].draw(1, 2, {"a": np.array([2, 3, 4])})
    assert Bank(tmp_path)["demo/squares"].draw(1)
    marks = {text: last(variant, text) for text in ("29", "[4, 9, 16]", "4 9 16", "[4, 9, 17]")}
    assert [m.verdict for m in marks.values()] == ["right", "mistake", "unreadable", "wrong"]
    assert marks["[4, 9, 16]"].note == "total:not_added"
    assert not [line for law in LAWS for line in law(Bank(tmp_path)["demo/squares"].draw(2))]
