"""The laws of answers: what is printed scores when it is typed back, what is trivial does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from dlexam.distractors import choices
from dlexam.fair import IMPOSSIBLE
from dlexam.graph import Step
from dlexam.kinds import AnswerError
from dlexam.story import Mark
from dlexam.unexplained import is_one_hot, is_zero, may_carry
from dlexam.variant import Variant

TRIVIAL = ("0", "", "inf", "-inf", "nan", "-")


def printed_again(variant: Variant) -> Iterator[str]:
    """Each answer in each form that is printed anywhere is right when it is typed back."""
    for s in variant.question.asked:
        for form, text in printed(variant, s):
            if not is_right(variant, s.name, text):
                yield f"{s.name} as printed in {form}, {text!r}, is not right when typed back"


def is_right(variant: Variant, name: str, text: str) -> bool:
    """Whether a text is read and found right on its own."""
    try:
        read = variant.kinds[name].read(text)
    except AnswerError:
        return False
    return variant.same(name, read, variant.values[name], at=variant.truth)


def printed(variant: Variant, s: Step) -> Iterator[tuple[str, str]]:
    """The forms in which an answer is printed: text, TeX, JSON, an option, the ends of what is accepted."""
    kind, value = variant.kinds[s.name], variant.values[s.name]
    yield "text", kind.text(value)
    yield "TeX", kind.tex(value)
    made = kind.json(value)
    yield "JSON", made if isinstance(made, str) else json.dumps(made)
    yield from (("an option", option.text) for option in choices(variant, s.name) if not option.note)
    if edges := variant.accepted(s.name):
        low, high = edges
        yield from (("the lower end", low), ("the upper end", high))


def trivial_answers(variant: Variant) -> Iterator[str]:
    """Zeros, blanks and infinities are right only where they are the truth."""
    for s in variant.question.asked:
        for text in TRIVIAL:
            if is_right(variant, s.name, text) and not is_truth(variant, s.name, text):
                yield f"'{text}' is right for {s.name}"


def is_truth(variant: Variant, name: str, text: str) -> bool:
    """Whether a text is the true value, however it was drawn."""
    try:
        return variant.kinds[name].gap(variant.kinds[name].read(text), variant.values[name]) == 0
    except AnswerError:
        return False


def another_key(variant: Variant) -> Iterator[str]:
    """The key of another variant does not earn all marks, unless it is this one's."""
    question = variant.question
    other = question.draw(f"{variant.seed}/other", variant.level)
    if all(is_right(variant, name, text) for name, text in other.key.items()):
        return
    marking = variant.mark(other.key)
    if marking.total == marking.out_of:
        yield f"the key of seed '{other.seed}' earns all marks"


def trivial_values(variant: Variant) -> Iterator[str]:
    """A zero or a one-hot vector in place of an answer is not carried, unless the author says so."""
    for s in variant.question.asked:
        for value in trivial(variant.values[s.name]) if s.carry is None else ():
            if may_carry(variant, s.name, value):
                yield f"{s.name}: {value} would be carried"
            mark = after(variant, s, value)
            if mark is not None and mark.verdict == "carried":
                yield f"{s.name}: {value} earns marks in {mark.step} by being carried"


def trivial(truth: Any) -> Iterator[Any]:
    """Values of the form of a true one that make the rest easy, unless the truth is so itself."""
    if not is_numeric(truth) or is_zero(truth):
        return
    yield np.zeros_like(truth) if isinstance(truth, np.ndarray) else 0
    if isinstance(truth, np.ndarray) and truth.ndim == 1 and truth.size > 1 and not is_one_hot(truth):
        yield np.eye(truth.size, dtype=int)[int(np.argmax(truth))]


def is_numeric(value: Any) -> bool:
    """Whether a value is a number or an array of numbers."""
    return isinstance(value, int | float | np.number) or (
        isinstance(value, np.ndarray) and value.dtype.kind in "if" and value.ndim > 0
    )


def after(variant: Variant, s: Step, value: Any) -> Mark | None:
    """The first mark after a step for which a value was written that nothing explains, and carried on."""
    graph = variant.question.graph
    try:
        with np.errstate(all="raise", under="ignore"):
            run = graph.run(variant.given, fixed={s.name: value}, known=variant.values)
            texts = {a.name: variant.kinds[a.name].text(run[a.name]) for a in variant.question.asked}
    except IMPOSSIBLE:
        return None
    marks = {m.step: m for m in variant.mark(texts).marks}
    if marks[s.name].verdict != "wrong":
        return None
    later = graph.downstream[s.name] - {s.name}
    return next((marks[n] for n in graph.steps if n in marks and n in later), None)
