"""What a student gets back: each answer with a sentence, and the solution with the first slip marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from dlexam.blocks import Solution, Spans
from dlexam.exam.document import solution
from dlexam.grading.script import Marked, Script
from dlexam.kinds import digits
from dlexam.paper import PRACTICE
from dlexam.phrase import parted
from dlexam.render.language import Language
from dlexam.render.localise import localised
from dlexam.render.math_print import width
from dlexam.report.sentences import again, spans
from dlexam.report.tables import rounded
from dlexam.story import Mark

EARNED = ("right", "carried", "implied")


@dataclass(frozen=True, slots=True)
class Line:
    """One asked quantity: its symbol (TeX), the answer as written and as read, the verdict in words.

    `noted` is what is said of the form of the answer.
    """

    step: str
    symbol: str
    answer: str
    read: str
    verdict: str
    words: Spans
    noted: str
    marks: str
    out_of: str
    cells: tuple[tuple[tuple[str, bool], ...], ...] = ()  # each entry, and whether it is right


@dataclass(frozen=True, slots=True)
class Returned:
    """One question, marked; `first_slip` is the step where the working leaves the solution."""

    number: int
    title: str
    marks: str
    out_of: str
    lines: tuple[Line, ...]
    first_slip: str
    solution: Solution | None

    @property
    def wide(self) -> float:
        """The width of the column of symbols, in em."""
        return max((width(line.symbol) for line in self.lines), default=0) + 1.5


@dataclass(frozen=True, slots=True)
class Feedback:
    """A marked paper as its student reads it."""

    title: str
    student: str
    name: str
    marks: str
    out_of: str
    questions: tuple[Returned, ...]
    paper: str = ""
    version: str = ""
    language: str = "en"


def feedback(
    script: Script, title: str, decimals: int = 2, solutions: bool = True, language: str = "en"
) -> Feedback:
    """The feedback on one paper."""
    paper = script.paper
    return Feedback(
        title,
        paper.student,
        paper.name,
        rounded(script.total, decimals),
        rounded(script.out_of, decimals),
        tuple(returned(question, decimals, solutions) for question in script.questions),
        "" if paper.id == PRACTICE else paper.id,
        paper.version,
        language,
    )


def spoken(page: Feedback, language: Language) -> Feedback:
    """The page in its language: what the marker says, and the numbers; what authors wrote stays."""
    questions = tuple(
        replace(q, lines=tuple(replace(one, words=again(one.words, language)) for one in q.lines))
        for q in page.questions
    )
    return localised(replace(page, questions=questions), language)


def returned(question: Marked, decimals: int, solutions: bool) -> Returned:
    """One question of it."""
    item, marks = question.item, question.marking.marks
    slips = (m.step for m in marks if m.verdict not in EARNED and m.verdict != "void")
    return Returned(
        item.number,
        item.variant.question.title,
        rounded(question.marking.total, decimals),
        rounded(question.marking.out_of, decimals),
        tuple(lines(question, decimals)),
        next(slips, ""),
        solution(item) if solutions else None,
    )


def lines(question: Marked, decimals: int) -> Iterator[Line]:
    """A line for each asked quantity that was written, or that a mark speaks of."""
    for m in question.marking.marks:
        symbol = question.item.variant.question.symbol(m.step)
        answer = question.answers.get(m.step, "").strip()
        words, noted = said(m)
        yield Line(
            m.step,
            symbol,
            answer,
            m.read if differs(m, answer) else "",
            m.verdict,
            words,
            noted,
            rounded(m.marks, decimals),
            rounded(m.out_of, decimals),
            cell_map(question, m),
        )


def cell_map(question: Marked, mark: Mark) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """The entries of a wrong matrix or vector as they were read, each with whether it is right."""
    kind = question.item.variant.kinds[mark.step]
    if not mark.cells or all(np.ravel(mark.cells)) or np.ndim(mark.cells) > 2:
        return ()
    value = np.atleast_2d(kind.read(question.answers[mark.step]))
    right = np.atleast_2d(np.asarray(mark.cells))
    if value.shape != right.shape:
        return ()
    return tuple(
        tuple((digits.plain(x), bool(fine)) for x, fine in zip(xs, fines))
        for xs, fines in zip(value.tolist(), right.tolist())
    )


def said(mark: Mark) -> tuple[Spans, str]:
    """The words of a mark where they say more than the verdict, and what is noted of the answer's form."""
    words, noted = parted(mark.words)
    return () if words == "Right." else spans(words, mark.verdict == "unreadable"), noted


def differs(mark: Mark, answer: str) -> bool:
    """Whether what was read looks other than what was written."""
    return bool(mark.read) and "".join(mark.read.split()) != "".join(answer.split())
