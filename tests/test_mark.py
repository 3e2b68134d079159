"""Marking: one row for each distinction that a good marker makes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from dlexam.bank import Bank
from dlexam.kinds import AnswerError
from dlexam.question import Variant

# w x + b = 0.6 * 1.5 - 0.2 = 0.7; sigmoid = 0.66819; loss = 0.02687; slope = -0.07709
GIVEN = {"w": 0.6, "b": -0.2, "x": 1.5, "t": 0.9}


@pytest.fixture(scope="module")
def variant() -> Variant:
    """A neuron with round numbers."""
    return Bank(Path(__file__).parent / "bank")["demo/neuron"].draw(0, 2, GIVEN)


ROWS = {
    "all right": (dict(z="0.7", a="0.6682", loss="0.0269", slope="-0.0771", too="low"), "right right right right right", 6),
    "the end alone proves the rest": (dict(loss="0.0269", slope="-0.0771"), "implied implied right right blank", 5),
    "a choice alone proves nothing": (dict(too="low"), "blank blank blank blank right", 1),
    "nothing": ({}, "blank blank blank blank blank", 0),
    "a slip is carried": (dict(z="0.8", a="0.6900", loss="0.0221", slope="-0.0674", too="low"), "wrong carried carried carried right", 5),
    "carried wrongly is wrong": (dict(z="0.8", a="0.6910", loss="0.0218"), "wrong wrong carried blank blank", 1),
    "carried from rounded numbers": (dict(z="0.8", a="0.69", loss="0.0220"), "wrong carried carried blank blank", 2),
    "a mistake in full": (dict(z="0.9", a="0.7109", loss="0.0179", slope="-0.0583", too="low"), "mistake carried carried carried right", 5),
    "a mistake, only the end": (dict(loss="0.0179", slope="-0.0583"), "mistake implied carried carried blank", 4),
    "half a mistake": (dict(z="0.7", a="0.3318"), "right mistake blank blank blank", Fraction(3, 2)),
    "two mistakes": (dict(z="0.9", a="0.2891", loss="0.1866"), "mistake mistake carried blank blank", Fraction(3, 2)),
    "the last step mistaken": (dict(z="0.7", a="0.6682", slope="-0.3477"), "right right blank mistake blank", 2),
    "wrong sign": (dict(z="-0.7"), "mistake blank blank blank blank", 0),
    "too few digits": (dict(z="0.7", a="0.67"), "right mistake blank blank blank", Fraction(3, 2)),
    "a trivial value is not carried": (dict(z="0", a="0.5", loss="0.08"), "wrong wrong carried blank blank", 1),
    "unreadable costs only itself": (dict(z="seven", a="0.6682"), "unreadable right blank blank blank", 1),
    "right after a wrong one": (dict(z="0.8", a="0.6682", loss="0.0269"), "wrong right right blank blank", 2),
    "edge of the tolerance": (dict(z="0.7", a="0.66814"), "right right blank blank blank", 2),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_verdicts(row: tuple[dict[str, str], str, Fraction], variant: Variant) -> None:
    """Answers get these verdicts and these marks."""
    answers, verdicts, total = row
    marking = variant.mark(answers)
    assert " ".join(m.verdict for m in marking.marks) == verdicts
    assert marking.total == total


def test_notes_and_words(variant: Variant) -> None:
    """A recognised mistake has a note that reports count, and the feedback of its docstring."""
    z, a, *_ = variant.mark({"z": "0.9", "a": "0.7109"}).marks
    assert (z.note, z.words, z.read) == ("z:bias_forgotten", "You left out the bias.", "0.9")
    assert (a.note, a.words) == ("a:carried", "Right from your value of $z$.")


def test_a_story_survives_a_value_that_rounds_to_the_truth(bank: Bank) -> None:
    """4800 / 9607 is 0.500 to three decimals, like the truth, yet the student rightly finds it below 0.5."""
    given = {"box_a": np.array([50, 50, 120, 140]), "box_b": np.array([60, 60, 150, 150]), "threshold": 0.5}
    answers = {"intersection": "4800", "union": "9607", "iou": "0.500", "hit": "no"}
    marking = bank["convolution/intersection_over_union"].draw(0, 2, given).mark(answers)
    assert [m.verdict for m in marking.marks] == ["right", "wrong", "right", "carried"]


def test_unknown_answer(variant: Variant) -> None:
    """An answer to what is not asked is refused with a hint."""
    with pytest.raises(AnswerError, match=r"slop: demo/neuron does not ask this\. Did you mean 'slope'\?"):
        variant.mark({"slop": "1"})


HOSTILE = [
    "__import__('os').system('true')",
    "9**9**9**9**9",
    "(" * 5000,
    "(" * 60 + "1" + ")" * 60,
    "1" * 3000,
    "1e999999999",
    "\x00\u202e0.7;1",
    "<script>alert(1)</script>",
    "=1+1",
    "{0.__class__}",
    "a" * 100_000,
    "[" * 500 + "]" * 500,
    "-" * 3900 + "1",
    "sqrt " * 900 + "2",
    "2^" * 190 + "2",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_harmless(text: str, variant: Variant) -> None:
    """Hostile text is unreadable or wrong, quickly, and costs only itself."""
    marking = variant.mark({"z": text, "a": "0.6682", "too": text})
    assert marking.marks[0].verdict in ("unreadable", "wrong", "mistake")
    assert marking.marks[1].verdict == "right"
