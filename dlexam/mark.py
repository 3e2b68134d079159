"""Answers to marks, the way a good human marker works: truth first, then the student's own working.

A *story* is what a marker believes of a student: which definitions were swapped (`instead`), which
values nothing explains (`fixed`), and what was written down (`shown`). Each written answer is compared
with the truth, with what the story leads to, with what the numbers shown lead to, and with one more known mistake on
top of either, from the latest step backwards. Where several mistakes explain an answer, each story is followed, and the
one that keeps most marks is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np

from dlexam.fair import IMPOSSIBLE
from dlexam.graph import NOTHING, Mistake, Step, did_you_mean
from dlexam.kinds import AnswerError
from dlexam.kinds.set import LetterSet
from dlexam.question import DUST, Variant

MOST_STORIES = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """What one asked step earned, and why.

    `verdict` is right, carried, implied, mistake, wrong, unreadable or blank; `note` tags the path,
    independent of the numbers; `words` (Markdown) are for the student; `read` is how the answer was understood.
    """

    step: str
    verdict: str
    marks: Fraction
    out_of: Fraction
    note: str
    words: str
    read: str = ""


@dataclass(frozen=True, slots=True)
class Marking:
    """The marks of one question, in working order."""

    marks: tuple[Mark, ...]

    @property
    def total(self) -> Fraction:
        """The marks earned."""
        return sum((m.marks for m in self.marks), Fraction(0))

    @property
    def out_of(self) -> Fraction:
        """The marks to be had."""
        return sum((m.out_of for m in self.marks), Fraction(0))


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as read: its value, or why it could not be read; no text is a blank."""

    text: str
    value: Any = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """What is believed of the student after some steps."""

    instead: Mapping[str, Mistake] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    shown: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)

    def total(self) -> Fraction:
        """The marks so far."""
        return sum((m.marks for m in self.marks.values()), Fraction(0))

    def tell(self, mark: Mark, **changes: Any) -> Story:
        """The story with one more mark."""
        return replace(self, marks={**self.marks, mark.step: mark}, **changes)


def mark(variant: Variant, answers: Mapping[str, str]) -> Marking:
    """Mark one student's answers to one variant.

    Raises AnswerError for a name that is not asked; an answer that cannot be read only costs itself.
    """
    asked = {s.name: s for s in variant.question.asked}
    for name in answers:
        if name not in asked:
            msg = f"{name}: {variant.question.id} does not ask this.{did_you_mean(name, asked)}"
            raise AnswerError(msg)
    read = {name: read_answer(variant, name, answers.get(name)) for name in asked}
    stories = [Story()]
    with np.errstate(divide="raise", invalid="raise", over="raise"):
        for name in variant.question.graph.steps:
            if name in asked:
                told = [s for story in stories for s in follow(variant, story, asked[name], read)]
                stories = sorted(told, key=Story.total, reverse=True)[:MOST_STORIES]
    best = max((with_implied(variant, story, read) for story in stories), key=Story.total)
    return Marking(tuple(best.marks[name] for name in asked))


def read_answer(variant: Variant, name: str, text: str | None) -> Answer:
    """Read one answer."""
    if text is None or not text.strip():
        return Answer("")
    try:
        return Answer(text, variant.kinds[name].read(text))
    except AnswerError as problem:
        return Answer(text, problem=str(problem))
    except RecursionError:
        return Answer(text, problem="This is nested too deeply to read. Write it flatter.")


# ---------------------------------------------------------------- one step


def follow(variant: Variant, story: Story, s: Step, read: Mapping[str, Answer]) -> list[Story]:
    """The stories that explain the answer to one step, best known explanation first."""
    answer = read[s.name]
    if not answer.text:
        return [story]
    if answer.problem:
        return [story.tell(verdict(s, "unreadable", 0, answer.problem))]
    right = variant.same(s.name, answer.value, variant.values[s.name])
    if right:
        return [told_right(variant, story, s, answer)]
    shown = {**story.shown, s.name: answer.value}
    readings = list(expected(variant, story, s.name))
    if any(fits(variant, s.name, answer.value, run) for run in readings):
        words = "Right" + from_your(variant, story, s.name) + "."
        told = verdict(s, "carried", 1, words, variant.kinds[s.name].text(answer.value))
        exactly = fits(variant, s.name, answer.value, readings[0])
        fixed = story.fixed if exactly else {**story.fixed, s.name: answer.value}
        return [story.tell(told, shown=shown, fixed=fixed)]
    explained = list(mistaken(variant, story, s, answer, read))
    return explained or [slipped(variant, story, s, answer, [r[s.name] for r in readings])]


def told_right(variant: Variant, story: Story, s: Step, answer: Answer) -> Story:
    """The story after a right answer: what was wrong before did not touch this step."""
    told = verdict(s, "right", 1, "Right.", variant.kinds[s.name].text(answer.value))
    fixed = story.fixed
    if story.instead or story.fixed:
        fixed = {**fixed, s.name: variant.values[s.name]}
    return story.tell(told, shown={**story.shown, s.name: answer.value}, fixed=fixed)


def expected(
    variant: Variant, story: Story, name: str, extra: Mapping[str, Mistake] = NOTHING
) -> Iterator[dict[str, Any]]:
    """The runs that the student's own working leads to: by the story, then by the numbers shown."""
    carried = {n: v for n, v in story.shown.items() if may_carry(variant, n, v)}
    readings: list[dict[str, Any]] = [dict(story.fixed), {**story.fixed, **carried}]
    for fixed in readings:
        fixed.pop(name, None)
        try:
            yield variant.question.graph.run(
                variant.given, fixed, {**story.instead, **extra}, known=variant.values
            )
        except IMPOSSIBLE:
            continue


def fits(variant: Variant, name: str, answer: Any, run: dict[str, Any]) -> bool:
    """Whether an answer is what a run leads to, within what rounding can do in that run."""
    return variant.same(name, answer, run[name], at=run)


def may_carry(variant: Variant, name: str, value: Any) -> bool:
    """Whether a wrong value may be carried forward: a trivial one must not make the rest easy."""
    rule = variant.question.graph.steps[name].carry
    try:
        if rule is not None:
            return bool(rule(value)) or variant.same(name, value, variant.values[name])
        return (
            isinstance(value, str | tuple | frozenset)
            or bool(np.any(np.asarray(value) != 0))
            or (variant.same(name, value, variant.values[name]))
        )
    except IMPOSSIBLE:
        return False


def mistaken(
    variant: Variant, story: Story, s: Step, answer: Answer, read: Mapping[str, Answer]
) -> Iterator[Story]:
    """The stories in which one more known mistake explains the answer."""
    graph = variant.question.graph
    applicable = set(variant.mistakes)
    for name in reversed(graph.steps):
        silent = name not in read or not read[name].text
        if s.name not in graph.downstream[name] or not (name == s.name or silent):
            continue
        for m in graph.steps[name].mistakes:
            if m.note in applicable and name not in story.instead:
                runs = expected(variant, story, s.name, {name: m})
                if any(variant.same(s.name, answer.value, run[s.name]) for run in runs):
                    grown = replace(story, instead={**story.instead, name: m})
                    if name == s.name or consistent(variant, grown, name):
                        yield told_mistake(variant, grown, s, m, answer)


def consistent(variant: Variant, story: Story, name: str) -> bool:
    """Whether a mistake supposed in a silent step fits what was written after it."""
    written = [n for n in story.shown if n in variant.question.graph.downstream[name]]
    return all(
        any(fits(variant, n, story.shown[n], run) for run in expected(variant, story, n)) for n in written
    )


def told_mistake(variant: Variant, story: Story, s: Step, m: Mistake, answer: Answer) -> Story:
    """The story after a recognised mistake; the step it belongs to pays."""
    payer = variant.question.payers[m.step]
    shown = variant.kinds[s.name].text(answer.value)
    fixed = {n: v for n, v in story.fixed.items() if n != s.name}
    story = replace(story, shown={**story.shown, s.name: answer.value}, fixed=fixed)
    if payer in story.marks or payer == s.name:
        return story.tell(verdict(s, "mistake", m.keeps, m.words, shown, m.note))
    paid = next(step for step in variant.question.asked if step.name == payer)
    story = story.tell(verdict(paid, "mistake", m.keeps, m.words, "", m.note))
    words = f"Right from there: this follows from ${variant.question.symbol(payer)}$."
    return story.tell(verdict(s, "carried", 1, words, shown))


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
    share, words = partly(variant, story, s, answer, readings)
    fixed = dict(story.fixed)
    if may_carry(variant, s.name, answer.value):
        fixed[s.name] = answer.value
    return story.tell(verdict(s, "wrong", share, words, text), shown=shown, fixed=fixed)


def partly(
    variant: Variant, story: Story, s: Step, answer: Answer, readings: list[Any]
) -> tuple[Fraction, str]:
    """The share of a wrong answer that is right, entry by entry where the step says so."""
    kind, truth = variant.kinds[s.name], variant.values[s.name]
    if isinstance(kind, LetterSet) and s.each:
        share = Fraction(kind.share(answer.value, truth)).limit_denominator(1000)
        return share, "Not all of these: right letters count, wrong ones take away."
    if not isinstance(truth, np.ndarray):
        return Fraction(0), "This does not follow from the numbers before."
    if np.shape(answer.value) != truth.shape:
        asked = " × ".join(map(str, truth.shape))
        return Fraction(0), f"The size is wrong: {asked} entries are asked."
    right = entries_right(variant, story, s, answer, readings)
    places = [", ".join(str(i + 1) for i in place) for place in np.argwhere(~right)]
    words = f"Wrong at {'; '.join(f'({p})' for p in places[:6])}" + (" and more." if len(places) > 6 else ".")
    share = Fraction(int(right.sum()), right.size) if s.each or s.scan else Fraction(0)
    return share, words


def entries_right(
    variant: Variant, story: Story, s: Step, answer: Answer, readings: list[Any]
) -> np.ndarray[Any, Any]:
    """Which entries are right, by the truth, by the working, or from the entry before in a scan."""
    kind, truth = variant.kinds[s.name], variant.values[s.name]
    width = kind.half(truth) + variant.drift[s.name] + DUST
    right = np.zeros(truth.shape, dtype=bool)
    for value in (truth, *readings):
        if np.shape(value) == right.shape:
            right |= kind.distance(answer.value, value) <= width
    for moment in range(1, len(right) if s.scan else 0):
        fixed = {**story.fixed, s.name: answer.value[:moment]}
        try:
            run = variant.question.graph.run(variant.given, fixed, story.instead)
        except IMPOSSIBLE:
            continue
        right[moment] |= (kind.distance(answer.value, run[s.name]) <= width)[moment]
    return right


# ---------------------------------------------------------------- words and blanks


def verdict(s: Step, name: str, share: float | Fraction, words: str, read: str = "", note: str = "") -> Mark:
    """A mark for a step: the share of its marks that it keeps."""
    out_of = Fraction(str(s.marks))
    earned = out_of * (share if isinstance(share, Fraction) else Fraction(str(share)))
    return Mark(s.name, name, earned, out_of, note or f"{s.name}:{name}", words, read)


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
    graph = variant.question.graph
    asked = {s.name: s for s in variant.question.asked}
    proofs = {
        n
        for n, m in story.marks.items()
        if read[n].text and not asked[n].options and m.verdict in ("right", "carried", "mistake")
    }
    for name, s in asked.items():
        if name not in story.marks:
            proof = sorted((graph.downstream[name] - {name}) & proofs, key=list(graph.steps).index)
            if proof:
                words = f"Not written, but your ${variant.question.symbol(proof[0])}$ shows it."
                story = story.tell(verdict(s, "implied", 1, words))
            else:
                story = story.tell(verdict(s, "blank", 0, "Nothing was written here."))
    return story
