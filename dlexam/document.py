"""Variants to blocks: a question as it is asked, and a whole sheet with its solutions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dlexam import __version__, words
from dlexam.blocks import AnswerBox, Block, Document, Problem
from dlexam.graph import Step
from dlexam.kinds.choice import Choice
from dlexam.kinds.set import LetterSet
from dlexam.question import Variant
from dlexam.worked import solution
from dlexam.writer import Writer, called


def problem(variant: Variant, number: int = 1) -> Problem:
    """The question as it is asked."""
    question = variant.question
    prompt = Writer(variant).fill(question.prompt)
    return Problem(
        number,
        question.id,
        question.title,
        question.out_of,
        question.about.minutes,
        words.blocks(prompt) + figures(variant),
        tuple(answer_box(variant, s) for s in question.asked),
    )


def figures(variant: Variant) -> tuple[Block, ...]:
    """What the file's `figure(...)` function draws of the givens, under the prompt."""
    draw = getattr(variant.question.module, "figure", None)
    return () if draw is None else tuple(called(draw, variant))


def answer_box(variant: Variant, s: Step) -> AnswerBox:
    """Where one asked quantity is written."""
    kind = variant.kinds[s.name]
    options = kind.options if isinstance(kind, Choice | LetterSet) else ()
    return AnswerBox(
        s.name,
        variant.question.symbol(s.name),
        s.marks,
        kind.hint,
        kind.rows,
        kind.columns,
        tuple(words.line(option) for option in options),
    )


def sheet(
    variants: Sequence[Variant],
    title: str,
    topics: Iterable[str],
    solutions: bool = True,
) -> Document:
    """A practice sheet of variants: problems, then worked solutions."""
    numbered = list(enumerate(variants, 1))
    first = variants[0]
    return Document(
        title,
        tuple(topics),
        first.level,
        sum(v.question.out_of for v in variants),
        sum(v.question.about.minutes for v in variants),
        f"Seed {first.seed}, level {first.level}, dlexam {__version__}",
        tuple(problem(v, n) for n, v in numbered),
        tuple(solution(v, n) for n, v in numbered) if solutions else (),
    )
