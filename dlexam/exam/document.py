"""One student's paper to blocks: as it is handed out, its worked solutions, and the marking scheme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from string import ascii_uppercase

from dlexam import words, worked
from dlexam.blocks import Block, Document, Heading, Math, PageBreak, Problem, Solution, Spans, Table, Text
from dlexam.cover import Cover, Imprint
from dlexam.distractors import choices
from dlexam.document import problem
from dlexam.exam.blueprint import Section
from dlexam.exam.exam import Exam
from dlexam.kinds.choice import Choice, bare
from dlexam.paper import Item, Paper
from dlexam.phrase import say
from dlexam.words import line
from dlexam.writer import Writer


def paper_document(exam: Exam, paper: Paper, extra_time: int = 0) -> Document:
    """The paper as it is handed out; `extra_time` is in per cent of the duration."""
    asked = map(asked_problem, paper.items, above(exam, paper))
    return replace(headed(exam, paper, "paper", extra_time), problems=tuple(asked))


def solutions_document(exam: Exam, paper: Paper) -> Document:
    """The worked solutions of a paper."""
    return replace(headed(exam, paper, "solutions"), solutions=tuple(map(solution, paper.items)))


def scheme_document(exam: Exam, paper: Paper) -> Document:
    """What each part of a paper should be, what it earns, and what known mistakes keep of that."""
    return replace(headed(exam, paper, "scheme"), problems=tuple(map(scheme, paper.items)))


def headed(exam: Exam, paper: Paper, part: str, extra_time: int = 0) -> Document:
    """A document without its questions: what it is, whose, and by what it can be found again."""
    plan = exam.blueprint
    planned = plan.duration or sum(item.variant.question.about.minutes for item in paper.items)
    minutes = planned + -(-planned * extra_time // 100)  # in the student's favour
    front = Cover(
        course=plan.course,
        day=plan.date,
        minutes=minutes,
        extra=minutes - planned,
        aids=plan.aids,
        instructions=words.blocks(plan.instructions),
        decimals=plan.decimals,
        seat=exam.person(paper.student or paper.version).seat,
    )
    foot = Imprint(paper.id, exam.tool, exam.bank_hash, paper.version, paper.student, paper.name)
    return Document(
        title=exam.title,
        topics=(),
        level=level(exam),
        marks=float(paper.out_of),
        minutes=minutes,
        small_print="",
        problems=(),
        language=plan.language,
        part=part,
        cover=front,
        imprint=foot,
    )


def above(exam: Exam, paper: Paper) -> Iterator[tuple[Block, ...]]:
    """What stands above each question: a page break, the title and the instructions of its section."""
    before: Section | None = None
    for section, place in exam.layout(paper):
        is_new = section is not before
        breaks = place.entry.page_break or (is_new and section.page_break)
        found: list[Block] = [PageBreak()] * bool(breaks and before)
        if is_new and (section.title or section.instructions):
            found.append(Heading(section.title, words.blocks(section.instructions)))
        before = section
        yield tuple(found)


def level(exam: Exam) -> int:
    """The level of the exam: that of most places."""
    levels = [place.entry.level for place in exam.places]
    return max(sorted(set(levels)), key=levels.count)


# ---------------------------------------------------------------- questions


def worth(item: Item) -> dict[str, Fraction]:
    """What each part of an item earns on this paper; they add up to the marks of the item.

    Where only final answers are asked, each also earns for the steps that it proves.
    """
    ends, earned = item.variant.question.ends, defaultdict[str, Fraction](Fraction)
    asked = {s.name for s in item.parts.values()}
    for name, marks in step_marks(item).items():
        earned[name if name in asked else ends[name][0]] += marks
    return dict(earned)


def step_marks(item: Item) -> dict[str, Fraction]:
    """What each step of an item earns in the marks of this paper, asked or proved by a later answer."""
    question = item.variant.question
    scale = item.out_of / Fraction(str(question.out_of))
    return {s.name: Fraction(str(s.marks)) * scale for s in question.asked}


def asked_problem(item: Item, before: tuple[Block, ...] = ()) -> Problem:
    """A question as it is asked, with the marks of this paper and the letters of its parts."""
    made, marks = problem(item.variant, item.number, item.ask), worth(item)
    letters = {s.name: letter for letter, s in item.parts.items()}
    boxes = tuple(
        replace(box, marks=shown(marks[box.name]), letter=letters.get(box.name, "")) for box in made.boxes
    )
    return replace(made, marks=shown(item.out_of), boxes=boxes, before=before)


def solution(item: Item) -> Solution:
    """A worked solution with the marks of this paper."""
    made, marks = worked.solution(item.variant, item.number), step_marks(item)
    steps = tuple(replace(s, marks=shown(marks.get(s.name, Fraction(0)))) for s in made.steps)
    return replace(made, steps=steps)


def shown(marks: Fraction) -> float:
    """Marks as they are printed: two decimals at most."""
    return round(float(marks), 2)


# ---------------------------------------------------------------- marking scheme


def scheme(item: Item) -> Problem:
    """The answers to a question and what they earn, then what known mistakes lead to and what they keep."""
    question = item.variant.question
    blocks: list[Block] = [Table(heading(say("part"), say("answer"), say("marks")), tuple(answer_rows(item)))]
    if slips := tuple(slip_rows(item)):
        blocks.append(Table(heading(say("known mistake"), say("leads to"), say("keeps")), slips))
    marks = shown(item.out_of)
    return Problem(item.number, question.id, question.title, marks, question.about.minutes, tuple(blocks), ())


def heading(*titles: str) -> tuple[Spans, ...]:
    """The row of headings of a table."""
    return tuple((Text(title),) for title in titles)


def answer_rows(item: Item) -> Iterator[tuple[Spans, ...]]:
    """A row for each step that earns marks: its part on the paper, its value, its marks."""
    letters = {s.name: letter for letter, s in item.parts.items()}
    for name, marks in step_marks(item).items():
        part = f"{item.number}{letters[name]}" if name in letters else ""
        yield (Text(part),), expected(item, name), (Text(f"{shown(marks):g}"),)


def expected(item: Item, name: str) -> Spans:
    """The right answer to a step; with its letter where there are options."""
    variant = item.variant
    kind, value = variant.kinds[name], variant.values[name]
    symbol = variant.question.symbol(name)
    if isinstance(kind, Choice) and kind.options:
        letter = ascii_uppercase[[bare(o) for o in kind.options].index(bare(str(value)))]
        return (Math(symbol), Text(f": {letter}, "), *line(str(value)))
    sign = "=" if kind.is_exact(value) else r"\approx"
    formula = Math(f"{symbol} {sign} {kind.tex(value)}")
    if item.ask == "choice" and name in {s.name for s in item.parts.values()}:
        notes = [option.note for option in choices(variant, name)]
        return (Text(f"{ascii_uppercase[notes.index('')]}: "), formula)
    return (formula,)


def slip_rows(item: Item) -> Iterator[tuple[Spans, ...]]:
    """A row for each known mistake: its words, the value that it leads to, the marks that it keeps."""
    variant, marks = item.variant, step_marks(item)
    for mistake, run in variant.astray():
        payer = variant.question.payers[mistake.step]
        kept = Fraction(str(mistake.keeps)) * marks[payer]
        value = Math(f"{variant.question.symbol(payer)} = {variant.kinds[payer].tex(run[payer])}")
        yield line(Writer(variant).fill(mistake.words)), (value,), (Text(f"{shown(kept):g}"),)
