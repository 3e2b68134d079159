"""Answers to marks, the way a good human marker works: truth first, then the student's own working.

A *story* is what a marker believes of a student: which definitions were swapped (`instead`), which
values nothing explains (`fixed`), and what was written down (`shown`). Each written answer is compared
with the truth, with what the story leads to, with what the numbers shown lead to, and with one more known
mistake on top of either, from the latest step backwards. Where several mistakes explain an answer, each
story is followed, and the one that keeps most marks is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dlexam.drift import Reading
from dlexam.fair import IMPOSSIBLE, strictly
from dlexam.graph import NOTHING, Mistake, Step, did_you_mean
from dlexam.kinds import AnswerError
from dlexam.question import Variant
from dlexam.remarks import remarked
from dlexam.story import Answer, Mark, Marking, Story, verdict
from dlexam.unexplained import from_your, may_carry, slipped, with_implied
from dlexam.writer import Writer

MOST_STORIES = 8


def mark(variant: Variant, answers: Mapping[str, str | Answer]) -> Marking:
    """Mark one student's answers to one variant: texts, or answers that somebody has read already.

    Raises AnswerError for a name that is not asked; an answer that cannot be read only costs itself.
    """
    asked = {s.name: s for s in variant.question.asked}
    for name in answers:
        if name not in asked:
            msg = f"{name}: {variant.question.id} does not ask this.{did_you_mean(name, asked)}"
            raise AnswerError(msg)
    read = {name: read_answer(variant, name, answers.get(name)) for name in asked}
    if plainly_right(variant, read):
        marks = {name: right(variant, asked[name], answer) for name, answer in read.items() if answer.text}
        story = with_implied(variant, Story(marks=marks), read)
    else:
        story = best_story(variant, read)
    return Marking(tuple([remarked(variant, story.marks[name], read[name]) for name in asked]))


@strictly
def plainly_right(variant: Variant, read: Mapping[str, Answer]) -> bool:
    """Whether all that was written is right as it stands, so that there is no story to tell."""
    return all(not a.text or (not a.problem and variant.is_near(n, a.value)) for n, a in read.items())


@strictly
def best_story(variant: Variant, read: Mapping[str, Answer]) -> Story:
    """The story that explains the answers and keeps most marks."""
    stories = [Story()]
    for s in variant.question.graph.steps.values():
        if s.name in read:
            told = [grown for story in stories for grown in follow(variant, story, s, read)]
            stories = sorted(told, key=Story.total, reverse=True)[:MOST_STORIES] if told[1:] else told
    return max((with_implied(variant, story, read) for story in stories), key=Story.total)


def read_answer(variant: Variant, name: str, text: str | Answer | None) -> Answer:
    """Read one answer."""
    if isinstance(text, Answer):
        return text
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
    if fits(variant, s.name, answer.value, variant.truth):
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
    return explained or [slipped(variant, story, s, answer, [r.values[s.name] for r in readings])]


def told_right(variant: Variant, story: Story, s: Step, answer: Answer) -> Story:
    """The story after a right answer; where the story led elsewhere, the student set it right here."""
    fixed = story.fixed
    astray = bool(story.instead or story.fixed)
    if astray and not any(fits(variant, s.name, answer.value, r) for r in expected(variant, story, s.name)):
        fixed = {**fixed, s.name: variant.values[s.name]}
    told = right(variant, s, answer)
    return story.tell(told, shown={**story.shown, s.name: answer.value}, fixed=fixed)


def right(variant: Variant, s: Step, answer: Answer) -> Mark:
    """The mark of a right answer."""
    return verdict(s, "right", 1, "Right.", variant.kinds[s.name].text(answer.value))


def expected(
    variant: Variant, story: Story, name: str, extra: Mapping[str, Mistake] = NOTHING
) -> Iterator[Reading]:
    """The runs that the student's own working leads to: by the story, then by the numbers shown."""
    carried = {n: v for n, v in story.shown.items() if may_carry(variant, n, v)}
    readings: list[dict[str, Any]] = [dict(story.fixed), {**story.fixed, **carried}]
    for fixed in readings:
        fixed.pop(name, None)
        instead = {**story.instead, **extra}
        try:
            values = variant.question.graph.run(variant.given, fixed, instead, known=variant.values)
        except IMPOSSIBLE:
            continue
        yield Reading(values, fixed, instead)


def fits(variant: Variant, name: str, answer: Any, reading: Reading) -> bool:
    """Whether an answer is what a run leads to, within what rounding can do in that run."""
    return variant.same(name, answer, reading.values[name], at=reading)


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
                if any(variant.same(s.name, answer.value, run.values[s.name]) for run in runs):
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
    payer, words = variant.question.payers[m.step], Writer(variant).fill(m.words)
    shown = variant.kinds[s.name].text(answer.value)
    fixed = {n: v for n, v in story.fixed.items() if n != s.name}
    story = replace(story, shown={**story.shown, s.name: answer.value}, fixed=fixed)
    if payer in story.marks or payer == s.name:
        return story.tell(verdict(s, "mistake", m.keeps, words, shown, m.note))
    paid = next(step for step in variant.question.asked if step.name == payer)
    story = story.tell(verdict(paid, "mistake", m.keeps, words, "", m.note))
    words = f"Right from there: this follows from ${variant.question.symbol(payer)}$."
    return story.tell(verdict(s, "carried", 1, words, shown))
