"""Answers that no known mistake explains, and steps that were not written at all."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from dlexam.fair import IMPOSSIBLE
from dlexam.graph import Step
from dlexam.kinds.matrix import Matrix
from dlexam.kinds.set import LetterSet
from dlexam.phrase import Phrase, count, say
from dlexam.remarks import as_tuple
from dlexam.story import Answer, Mark, Story, verdict
from dlexam.variant import Variant

MOST_PLACES = 6  # wrong entries that a sentence names
SOME_LETTERS = say("Not all of these: right letters count, wrong ones take away.")
DOES_NOT_FOLLOW = say("This does not follow from the numbers before.")
NOTHING = say("Nothing was written here.")


def slipped(variant: Variant, story: Story, s: Step, answer: Answer, readings: list[Any]) -> Story:
    """The story after an answer that no known mistake explains."""
    kind = variant.kinds[s.name]
    shown = {**story.shown, s.name: answer.value}
    text = kind.text(answer.value)
    for value in (variant.values[s.name], *readings):
        for slip in kind.slips(value, answer.text):
            if variant.same(s.name, answer.value, slip.value):
                told = verdict(s, "mistake", slip.keeps, slip.words, text, f"{s.name}:{slip.name}")
                return story.tell(told, shown=shown, fixed={**story.fixed, s.name: slip.value})
    fixed = dict(story.fixed)
    if may_carry(variant, s.name, answer.value):
        fixed[s.name] = answer.value
    told = wrong(variant, story, s, answer, readings)._replace(read=text)
    return story.tell(told, shown=shown, fixed=fixed)


def wrong(variant: Variant, story: Story, s: Step, answer: Answer, readings: list[Any]) -> Mark:
    """The mark of a wrong answer: the share of it that is right, entry by entry where the step says so."""
    kind, truth = variant.kinds[s.name], variant.values[s.name]
    if isinstance(kind, LetterSet) and s.each:
        share = Fraction(kind.share(answer.value, truth)).limit_denominator(1000)
        return verdict(s, "wrong", share, SOME_LETTERS)
    if not isinstance(kind, Matrix):
        return verdict(s, "wrong", 0, DOES_NOT_FOLLOW)
    if np.shape(answer.value) != truth.shape:
        asked, wrote = shaped(truth.shape), shaped(np.shape(answer.value))
        words = say("The shape is wrong: %(asked)s are asked; you wrote %(wrote)s.", asked=asked, wrote=wrote)
        return verdict(s, "wrong", 0, words, note=f"{s.name}:wrong_shape")
    right = entries_right(variant, story, s, answer, readings)
    share = Fraction(int(right.sum()), right.size) if s.each or s.scan else Fraction(0)
    told = verdict(s, "wrong", share, wrong_at(np.argwhere(~right).tolist()), note=f"{s.name}:wrong_cells")
    return told._replace(cells=as_tuple(right))


def wrong_at(places: list[list[int]]) -> Phrase:
    """Which entries are wrong, the first of them by name."""
    listed = "; ".join("(" + ", ".join(str(i + 1) for i in place) + ")" for place in places[:MOST_PLACES])
    if len(places) > MOST_PLACES:
        return say("Wrong at %(places)s and more.", places=listed)
    return say("Wrong at %(places)s.", places=listed)


def shaped(shape: tuple[int, ...]) -> Phrase:
    """A shape in words: 2 × 3 entries."""
    if len(shape) == 1:
        return count("%(n)s entry", "%(n)s entries", shape[0])
    return say("%(size)s entries", size=" × ".join(map(str, shape)))


def entries_right(
    variant: Variant, story: Story, s: Step, answer: Answer, readings: list[Any]
) -> np.ndarray[Any, Any]:
    """Which entries are right, by the truth, by the working, or from the entry before in a scan."""
    kind, truth = variant.kinds[s.name], variant.values[s.name]
    assert isinstance(kind, Matrix)
    width = kind.half(truth) + variant.drift[s.name]
    right = np.zeros(truth.shape, dtype=bool)
    for value in (truth, *readings):
        if np.shape(value) == right.shape:
            right |= kind.cells_within(answer.value, value, width)
    for moment in range(1, len(right) if s.scan else 0):
        fixed = {**story.fixed, s.name: answer.value[:moment]}
        try:
            run = variant.question.graph.run(variant.given, fixed, story.instead)
        except IMPOSSIBLE:
            continue
        right[moment] |= kind.cells_within(answer.value, run[s.name], width)[moment]
    return right


def may_carry(variant: Variant, name: str, value: Any) -> bool:
    """Whether a wrong value may be carried forward: a trivial one must not make the rest easy."""
    rule, truth = variant.question.graph.steps[name].carry, variant.values[name]
    try:
        if rule is not None:
            return bool(rule(value)) or variant.same(name, value, truth)
        if is_zero(value):
            return variant.same(name, value, truth)
        return not is_one_hot(value) or is_one_hot(truth)
    except IMPOSSIBLE:
        return False


def is_zero(value: Any) -> bool:
    """Whether a value is nothing but zeros."""
    if isinstance(value, float | int):
        return value == 0
    if isinstance(value, str | frozenset):
        return False
    return not np.any(np.asarray(value) != 0)


def is_one_hot(value: Any) -> bool:
    """Whether an array picks one entry, or none, in every row."""
    if not isinstance(value, np.ndarray) or not value.ndim or value.shape[-1] < 2:
        return False
    return bool(((value == 0) | (value == 1)).all() and (value.sum(axis=-1) <= 1).all())


def from_your(variant: Variant, story: Story, name: str) -> str:
    """Which earlier answers a carried one follows from."""
    graph = variant.question.graph
    wrong = [
        n for n, m in story.marks.items() if m.verdict in ("mistake", "wrong") and name in graph.downstream[n]
    ]
    listed = " and ".join(f"${variant.question.symbol(n)}$" for n in wrong[-2:])
    return f" from your value of {listed}" if listed else " from your own working"


def with_implied(variant: Variant, story: Story, read: Mapping[str, Answer]) -> Story:
    """Give every silent step what a later answer proves of it."""
    asked = {s.name: s for s in variant.question.asked}
    if len(story.marks) == len(asked):
        return story
    graph = variant.question.graph
    proofs = {
        n
        for n, m in story.marks.items()
        if read[n].text and asked[n].is_proof and m.verdict in ("right", "carried", "mistake")
    }
    for name, s in asked.items():
        if name not in story.marks:
            proof = sorted((graph.downstream[name] - {name}) & proofs, key=list(graph.steps).index)
            if proof:
                words = f"Not written, but your ${variant.question.symbol(proof[0])}$ shows it."
                story = story.tell(verdict(s, "implied", 1, words))
            else:
                story = story.tell(verdict(s, "blank", 0, NOTHING))
    return story
