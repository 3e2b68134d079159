"""Answers to marks, the way a good human marker works: truth first, then the student's own working.

A *story* is what a marker believes of a student: definitions swapped (`instead`), values that nothing
explains (`fixed`), numbers written down (`shown`). Each answer is compared with the truth, with what the
story leads to, with what the numbers shown lead to, and with one known mistake more on top of either, from
the latest step backwards. Where several explain it, the story that keeps most marks is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dlexam.drift import Reading
from dlexam.fair import IMPOSSIBLE, strictly
from dlexam.graph import Mistake, Step, did_you_mean
from dlexam.kinds.reading import TOO_DEEP, AnswerError
from dlexam.question import Variant
from dlexam.remarks import remarked
from dlexam.story import Answer, Mark, Marking, Story, verdict
from dlexam.unexplained import from_your, may_carry, slipped, with_implied
from dlexam.writer import Writer

MOST_STORIES = 8
BLANK = Answer("")


def mark(variant: Variant, answers: Mapping[str, str | Answer]) -> Marking:
    """Mark one student's answers to one variant: texts, or answers that somebody has read already.

    Raises AnswerError for a name that is not asked; an answer that cannot be read only costs itself.
    """
    asked = {s.name: s for s in variant.question.asked}
    for name in answers:
        if name not in asked:
            msg = f"{name}: {variant.question.id} does not ask this.{did_you_mean(name, asked)}"
            raise AnswerError(msg)
    as_printed = is_printed(variant, answers)
    read = {name: read_answer(variant, name, answers.get(name), as_printed) for name in asked}
    if as_printed or plainly_right(variant, read):
        marks = {name: right(variant, asked[name], answer) for name, answer in read.items() if answer.text}
        story = with_implied(variant, Story(marks=marks), read)
    else:
        story = best_story(variant, read)
    return Marking(tuple([remarked(variant, story.marks[name], read[name]) for name in asked]))


def is_printed(variant: Variant, answers: Mapping[str, str | Answer]) -> bool:
    """Whether all that was written is the key as it is printed, which needs no reading."""
    return all(text == variant.key[name] for name, text in answers.items() if text)


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
            stories = [grown for story in stories for grown in follow(variant, story, s, read)]
            if stories[MOST_STORIES:]:  # else they stay in the order of trust: of equals, the first is told
                stories = sorted(stories, key=Story.rank, reverse=True)[:MOST_STORIES]
    return max((with_implied(variant, story, read) for story in stories), key=Story.rank)


def read_answer(variant: Variant, name: str, text: str | Answer | None, as_printed: bool) -> Answer:
    """Read one answer, unless it is the key as it is printed."""
    if isinstance(text, Answer):
        return text
    if text is None or not text.strip():
        return BLANK
    if as_printed:
        return Answer(text, variant.values[name])
    try:
        return Answer(text, variant.kinds[name].read(text))
    except AnswerError as problem:
        return Answer(text, problem=str(problem))
    except RecursionError:
        return Answer(text, problem=TOO_DEEP)


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
    readings = list(led_to(variant, story, s.name))
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
    if astray and not any(fits(variant, s.name, answer.value, r) for r in led_to(variant, story, s.name)):
        fixed = {**fixed, s.name: variant.values[s.name]}
    told = right(variant, s, answer)
    return story.tell(told, shown={**story.shown, s.name: answer.value}, fixed=fixed)


def right(variant: Variant, s: Step, answer: Answer) -> Mark:
    """The mark of a right answer."""
    key = variant.key[s.name]
    text = key if answer.text == key else variant.kinds[s.name].text(answer.value)
    return verdict(s, "right", 1, "Right.", text)


def grounds(variant: Variant, story: Story, name: str) -> Iterator[dict[str, Any]]:
    """The values before a step that are taken as they stand: by the story, then by the numbers shown."""
    above = variant.question.graph.upstream[name]
    believed = {n: v for n, v in story.fixed.items() if n in above}
    yield believed
    shown = {n: v for n, v in story.shown.items() if n in above and believed.get(n) is not v}
    carried = {n: v for n, v in shown.items() if may_carry(variant, n, v)}
    if carried:
        yield {**believed, **carried}


def expected(
    variant: Variant, fixed: Iterable[dict[str, Any]], instead: Mapping[str, Mistake]
) -> Iterator[Reading]:
    """The runs that the student's own working leads to, from each of the grounds."""
    for values in fixed:
        try:
            run = variant.question.graph.run(variant.given, values, instead, known=variant.values)
        except IMPOSSIBLE:
            continue
        yield Reading(run, values, instead)


def led_to(variant: Variant, story: Story, name: str) -> Iterator[Reading]:
    """The runs that a story leads to at a step."""
    return expected(variant, grounds(variant, story, name), story.instead)


def fits(variant: Variant, name: str, answer: Any, reading: Reading) -> bool:
    """Whether an answer is what a run leads to, within what rounding can do in that run."""
    return variant.same(name, answer, reading.values[name], at=reading)


def mistaken(
    variant: Variant, story: Story, s: Step, answer: Answer, read: Mapping[str, Answer]
) -> Iterator[Story]:
    """The stories in which one more known mistake explains the answer."""
    graph = variant.question.graph
    applicable, fixed = set(variant.mistakes), list(grounds(variant, story, s.name))
    for name in reversed(graph.steps):
        silent = name in graph.upstream[s.name] and (name not in read or not read[name].text)
        if not (name == s.name or silent) or name in story.instead:
            continue
        for m in graph.steps[name].mistakes:
            if m.note in applicable:
                instead = {**story.instead, name: m}
                runs = expected(variant, fixed, instead)
                if any(variant.same(s.name, answer.value, run.values[s.name]) for run in runs):
                    grown = Story(instead, story.fixed, story.shown, story.marks)
                    if name == s.name or consistent(variant, grown, name):
                        yield told_mistake(variant, grown, s, m, answer)


def consistent(variant: Variant, story: Story, name: str) -> bool:
    """Whether a mistake supposed in a silent step fits what was written after it."""
    written = [n for n in story.shown if n in variant.question.graph.downstream[name]]
    return all(
        any(fits(variant, n, story.shown[n], run) for run in led_to(variant, story, n)) for n in written
    )


def told_mistake(variant: Variant, story: Story, s: Step, m: Mistake, answer: Answer) -> Story:
    """The story after a recognised mistake; the step it belongs to pays."""
    payer, words = variant.question.payers[m.step], Writer(variant).fill(m.words)
    text = variant.kinds[s.name].text(answer.value)
    fixed = {n: v for n, v in story.fixed.items() if n != s.name}
    shown = {**story.shown, s.name: answer.value}
    if payer in story.marks or payer == s.name:
        return story.tell(verdict(s, "mistake", m.keeps, words, text, m.note), shown, fixed)
    paid = next(step for step in variant.question.asked if step.name == payer)
    story = story.tell(verdict(paid, "mistake", m.keeps, words, "", m.note), shown, fixed)
    after = f"Right from there: this follows from ${variant.question.symbol(payer)}$."
    return story.tell(verdict(s, "carried", 1, after, text))
