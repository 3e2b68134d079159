"""Variants to blocks: the question as asked, its worked solution, and a whole sheet."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dlexam import __version__, words
from dlexam.blocks import AnswerBox, Block, Document, MathBlock, Problem, Slip, Snippet, Solution, WorkedStep
from dlexam.fair import IMPOSSIBLE
from dlexam.graph import QuestionError, Step
from dlexam.kinds import matrix
from dlexam.kinds.choice import Choice
from dlexam.kinds.set import LetterSet
from dlexam.question import Question, Variant
from dlexam.notation import width
from dlexam.tex import Formula, Unwritable, return_expression

WIDEST = 64
MOST_MOMENTS = 8


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the names of one variant, as symbols or as numbers."""

    variant: Variant

    def symbol(self, name: str, column: bool = False) -> str:
        """A name's TeX."""
        return self.variant.question.symbol(name)

    def number(self, name: str, column: bool = False) -> str:
        """A name's value as TeX."""
        value = self.variant.values[name]
        if isinstance(value, np.ndarray):
            return matrix.tex(value, self.kind(name).decimals, column)
        if isinstance(value, dict | list):
            msg = f"<{name}> is a {type(value).__name__}: write its parts into the question's words."
            raise QuestionError(msg)
        return self.kind(name).tex(value)

    def entry(self, name: str, value: Any) -> str:
        """One entry of a name's value as TeX, rounded as the whole is."""
        return matrix.tex(np.asarray(value), getattr(self.kind(name), "decimals", None))

    def kind(self, name: str) -> Any:
        """The kind of a name's value."""
        return self.variant.kinds.get(name) or self.variant.kind(name)

    def is_exact(self, name: str) -> bool:
        """Whether a name's printed value is its value."""
        value = self.variant.values[name]
        return isinstance(value, dict | list) or bool(self.kind(name).is_exact(value))

    def fill(self, text: str) -> str:
        """Markdown with this variant's values in its holes."""
        return words.fill_words(text, {**self.variant.values, **self.variant.words}, self.number)


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


def called(function: Any, variant: Variant) -> Iterator[Block]:
    """The blocks that an author's function returns: blocks as they are, texts as Markdown."""
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    scope = {**variant.values, **variant.words}
    result = function(*[scope[n] for n in names])
    for part in result if isinstance(result, list | tuple) else [result]:
        if isinstance(part, str):
            yield from words.blocks(Writer(variant).fill(part))
        else:
            yield part


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


# ---------------------------------------------------------------- the worked solution


def solution(variant: Variant, number: int = 1) -> Solution:
    """The worked solution, with the values that known mistakes lead to and the snippet that proves it."""
    question = variant.question
    snippet = words.fill(
        question.pytorch.strip(), lambda name, form: python(variant, name, form)
    )
    return Solution(
        number,
        question.title,
        tuple(worked(variant, s) for s in question.graph.steps.values() if s.marks or s.words),
        tuple(slips(variant)),
        Snippet(snippet) if snippet else None,
    )


def python(variant: Variant, name: str, form: str) -> str:
    """A hole of the snippet as Python source."""
    scope = {**variant.given, **variant.words}
    if name not in scope:
        msg = f"{variant.question.path.name}: the snippet has a hole <{name}>, which is not given."
        raise QuestionError(msg)
    return format(scope[name], form) if form else words.literal(scope[name])


def worked(variant: Variant, s: Step) -> WorkedStep:
    """One step: its reason beside its formula with symbols, with numbers, and its value."""
    writer = Writer(variant)
    kind = variant.kinds[s.name]
    name = writer.symbol(s.name)
    value = kind.tex(variant.values[s.name])
    sign = "=" if kind.is_exact(variant.values[s.name]) else r"\approx"
    chain = [(relation, line) for relation, line in formulas(variant, s) if line != value]
    chain.append((r"\Rightarrow", f"{name} {sign} {value}") if s.scan and chain else (sign, value))
    extra: list[Block] = list(moments(variant, s)) if s.scan else []
    if s.worked is not None:
        extra += called(s.worked, variant)
    return WorkedStep(
        s.name,
        f"{name}_{{t}}" if s.scan and len(chain) > 1 else name,
        words.line(writer.fill(s.words)) if s.words else (),
        tuple(line for _, line in chain),
        tuple(relation for relation, _ in chain),
        s.marks,
        bool(s.marks),
        tuple(extra),
    )


def formulas(variant: Variant, s: Step) -> Iterator[tuple[str, str]]:
    """A step's formula with symbols and, where it fits a line, with numbers, each with its relation."""
    writer = Writer(variant)
    if s.tex:
        symbols = words.fill(s.tex, lambda n, _: writer.symbol(n))
        numbers = words.fill(s.tex, lambda n, _: writer.number(n))
        used = [hole[1] for hole in words.HOLE.finditer(s.tex)]
    else:
        try:
            node = return_expression(source_of(variant.question, s))
            symbols = Formula(scan_symbol(variant, s), variant.values, scope(s)).tex(node)
        except Unwritable:
            return
        used = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in variant.values]
        numbers = symbols if s.scan else numeric(variant, s, node) or symbols
    yield "=", symbols
    if numbers != symbols and width(numbers) <= WIDEST:
        steps = [n for n in used if n in variant.question.graph.steps]
        yield "=" if all(map(writer.is_exact, steps)) else r"\approx", numbers


def numeric(variant: Variant, s: Step, node: ast.expr) -> str:
    """A formula with numbers, or nothing where a part has no number to write."""
    try:
        writer = Writer(variant)
        return Formula(writer.number, variant.values, scope(s), writer.entry).tex(node)
    except (Unwritable, QuestionError, *IMPOSSIBLE):
        return ""


def scope(s: Step) -> dict[str, Any]:
    """The names of the file that a step is in."""
    return dict(s.function.__globals__)


def source_of(question: Question, s: Step) -> ast.FunctionDef:
    """The syntax tree of a step's function."""
    line = s.function.__code__.co_firstlineno
    return next(
        node
        for node in question.tree.body
        if isinstance(node, ast.FunctionDef)
        and node.name == s.name
        and min([node.lineno, *(d.lineno for d in node.decorator_list)]) <= line <= node.lineno
    )


def scan_symbol(variant: Variant, s: Step) -> Any:
    """How a scan's formula writes names: the state of before, the entry of now."""
    writer = Writer(variant)
    state = s.function.__code__.co_varnames[0]

    def write(name: str, column: bool = False) -> str:
        if s.scan and name == state:
            return f"{writer.symbol(s.name)}_{{t-1}}"
        return f"{writer.symbol(name)}_{{t}}" if name in s.scan else writer.symbol(name)

    return write


def moments(variant: Variant, s: Step) -> Iterator[Block]:
    """The lines of a scan, one a moment, with numbers."""
    try:
        node = return_expression(source_of(variant.question, s))
    except Unwritable:
        return
    writer, values = Writer(variant), variant.values
    state = s.function.__code__.co_varnames[0]
    states = [values[s.start], *values[s.name]]
    kind = variant.kinds[s.name]
    for moment in range(min(len(values[s.name]), MOST_MOMENTS)):
        entries = {state: states[moment], **{n: values[n][moment] for n in s.scan}}

        def write(name: str, column: bool = False, here: dict[str, Any] = entries) -> str:
            if name not in here:
                return writer.number(name, column)
            return matrix.tex(np.asarray(here[name]), kind.decimals if name == state else None, column)  # type: ignore[attr-defined]

        try:
            line = Formula(write, {**values, **entries}, scope(s), writer.entry).tex(node)
        except (Unwritable, *IMPOSSIBLE):
            return
        after = matrix.tex(np.asarray(states[moment + 1]), kind.decimals)  # type: ignore[attr-defined]
        middle = f"{line} " if width(line) <= WIDEST else ""
        yield MathBlock(rf"{writer.symbol(s.name)}_{{{moment + 1}}} = {middle}\approx {after}".replace(r"= \approx", r"\approx"))


def slips(variant: Variant) -> Iterator[Slip]:
    """The value that each known mistake leads to, in working order."""
    question, graph = variant.question, variant.question.graph
    writer = Writer(variant)
    for note in variant.mistakes:
        mistake = graph.mistakes[note]
        try:
            with np.errstate(all="ignore"):
                wrong = graph.run(variant.given, instead={mistake.step: mistake}, known=variant.values)
        except IMPOSSIBLE:
            continue
        shown = question.payers[mistake.step]
        kind = variant.kinds[shown]
        if not kind.same(wrong[shown], variant.values[shown], 0):
            value = kind.tex(wrong[shown])
            yield Slip(shown, writer.symbol(shown), value, words.line(writer.fill(mistake.words)))


# ---------------------------------------------------------------- a sheet


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
