"""The same question as multiple choice: the right value among those that known mistakes lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from string import ascii_uppercase
from typing import Any

from dlexam.kinds.choice import bare
from dlexam.kinds.reading import shown
from dlexam.question import Variant
from dlexam.story import Answer

MOST_OPTIONS = 5


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its value, as TeX and as text too, and the mistake that leads to it."""

    tex: str
    text: str
    note: str = ""
    value: Any = field(default=None, compare=False)


def choices(variant: Variant, name: str) -> tuple[Option, ...]:
    """The options for an asked step: the right value and its distractors, shuffled by the variant's seed.

    No two look alike as printed. There may be fewer than five where few mistakes reach the step.
    """
    random = Random(f"{variant.question.id}/{variant.seed}/{variant.level}/{name}/options")
    found = {right.text: right for right in [option(variant, name, variant.values[name])]}
    wrong = list(distractors(variant, name))
    random.shuffle(wrong)
    for candidate in sorted(wrong, key=lambda o: not o.note.startswith(f"{name}:")):
        if candidate.text not in found and len(found) < MOST_OPTIONS:
            found[candidate.text] = candidate
    options = list(found.values())
    random.shuffle(options)
    return tuple(options)


def distractors(variant: Variant, name: str) -> Iterator[Option]:
    """What each known mistake, and then each slip of the kind, makes of a step's value."""
    truth, downstream = variant.values[name], variant.question.graph.downstream
    for mistake, run in variant.astray():
        if name in downstream[mistake.step] and not variant.same(name, run[name], truth):
            yield option(variant, name, run[name], mistake.note)
    for slip in variant.kinds[name].slips(truth, variant.kinds[name].text(truth)):
        if not variant.same(name, slip.value, truth):
            yield option(variant, name, slip.value, f"{name}:{slip.name}")


def option(variant: Variant, name: str, value: Any, note: str = "") -> Option:
    """A value as an option."""
    kind = variant.kinds[name]
    return Option(kind.tex(value), kind.text(value), note, value)


def chosen(variant: Variant, answers: Mapping[str, str | Answer]) -> dict[str, str | Answer]:
    """Letters of a multiple-choice paper as the answers that they stand for."""
    return {name: stands_for(variant, name, letter) for name, letter in answers.items()}


def stands_for(variant: Variant, name: str, letter: str | Answer) -> str | Answer:
    """The answer that a letter stands for; where the question has options of its own, what was written."""
    step = variant.question.graph.steps.get(name)
    if isinstance(letter, Answer) or step is None or step.options or not letter.strip():
        return letter
    options = dict(zip(ascii_uppercase, choices(variant, name), strict=False))
    picked = options.get(bare(letter).upper())
    if picked is None:
        problem = f"'{shown(letter)}' is not one of {', '.join(options)}. Write one letter."
        return Answer(letter, problem=problem)
    return Answer(letter, picked.value)
