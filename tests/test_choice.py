"""Questions as multiple choice: the options, and how a chosen one is marked."""

from __future__ import annotations

from pathlib import Path
from string import ascii_uppercase

from dlexam.bank import Bank
from dlexam.distractors import choices, chosen


def test_options_of_every_question(question_id: str, bank: Bank) -> None:
    """One option is right, no two look alike, and the order depends on the variant only."""
    question = bank[question_id]
    v = question.draw(5, question.levels[-1])
    for name in question.finals:
        if not question.graph.steps[name].options:
            options = choices(v, name)
            assert sum(not o.note for o in options) == 1
            assert len({o.text for o in options}) == len({o.tex for o in options}) == len(options)
            assert options == choices(v, name)


def test_a_letter_is_marked_as_what_it_stands_for() -> None:
    """Choosing a distractor earns what its mistake leaves."""
    given = {"w": 0.6, "b": -0.2, "x": 1.5, "t": 0.9}
    v = Bank(Path(__file__).parent / "bank")["demo/neuron"].draw(0, 2, given)
    letters = dict(zip([o.note for o in choices(v, "slope")], ascii_uppercase, strict=False))
    right = v.mark(chosen(v, {"slope": letters[""]}))
    assert [m.verdict for m in right.marks] == ["implied", "implied", "blank", "right", "blank"]
    wrong = v.mark(chosen(v, {"slope": letters["slope:activation_forgotten"]}))
    assert [m.verdict for m in wrong.marks] == ["implied", "implied", "blank", "mistake", "blank"]


def test_a_letter_that_is_not_there() -> None:
    """A letter beyond the options is unreadable, with the letters that exist; it costs nothing else."""
    v = Bank(Path(__file__).parent / "bank")["demo/neuron"].draw(1)
    marked = {m.step: m for m in v.mark(chosen(v, {"slope": "Z"})).marks}["slope"]
    assert marked.verdict == "unreadable"
    assert "'Z' is not one of A, B" in marked.words
