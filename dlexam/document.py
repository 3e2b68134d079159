"""Variants to blocks: a question as it is asked, and a whole sheet with its solutions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dlexam import __version__, words
from dlexam.blocks import AnswerBox, Block, Document, Math, Problem
from dlexam.distractors import choices
from dlexam.graph import Step
from dlexam.kinds import hints, is_expression
from dlexam.kinds.choice import Choice
from dlexam.kinds.set import LetterSet
from dlexam.phrase import say
from dlexam.question import Variant
from dlexam.worked import solution
from dlexam.writer import Writer, called


def problem(variant: Variant, number: int = 1, ask: str = "steps") -> Problem:
    """The question as it is asked: every step, only the final ones, or those as multiple choice."""
    question = variant.question
    steps = question.asked if ask == "steps" else [s for s in question.asked if s.name in question.finals]
    prompt = Writer(variant).fill(question.prompt)
    return Problem(
        number,
        question.id,
        question.title,
        question.out_of,
        question.about.minutes,
        words.blocks(prompt) + figures(variant),
        tuple(answer_box(variant, s, ask == "choice") for s in steps),
    )


def figures(variant: Variant) -> tuple[Block, ...]:
    """What the file's `figure(...)` function draws of the givens, under the prompt."""
    draw = getattr(variant.question.module, "figure", None)
    return () if draw is None else tuple(called(draw, variant))


def answer_box(variant: Variant, s: Step, choice: bool = False) -> AnswerBox:
    """Where one asked quantity is written, or the options to choose from."""
    kind, symbol = variant.kinds[s.name], variant.question.symbol(s.name)
    if isinstance(kind, Choice | LetterSet) and kind.options:
        options = tuple(words.line(option) for option in kind.options)
        several = isinstance(kind, LetterSet)
        return AnswerBox(s.name, symbol, s.marks, kind.hint, options=options, several=several)
    if choice:
        options = tuple((Math(o.tex),) for o in choices(variant, s.name))
        return AnswerBox(s.name, symbol, s.marks, say("one letter"), options=options)
    if not s.sized:
        return AnswerBox(s.name, symbol, s.marks, hints.form(kind.hint), 0, 0)
    wide = is_expression(variant.values[s.name])
    return AnswerBox(s.name, symbol, s.marks, kind.hint, kind.rows, kind.columns, wide=wide)


def sheet(
    variants: Sequence[Variant],
    title: str,
    topics: Iterable[str],
    solutions: bool = True,
    ask: str = "steps",
    made: str = "",
) -> Document:
    """A practice sheet of variants: problems, then worked solutions; `made` says how it can be made again."""
    numbered = list(enumerate(variants, 1))
    first = variants[0]
    return Document(
        title,
        tuple(topics),
        first.level,
        sum(v.question.out_of for v in variants),
        sum(v.question.about.minutes for v in variants),
        made or f"Seed {first.seed}, level {first.level}, dlexam {__version__}",
        tuple(problem(v, n, ask) for n, v in numbered),
        tuple(solution(v, n) for n, v in numbered) if solutions else (),
    )
