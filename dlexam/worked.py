"""The worked solution: each step's formula with symbols, with numbers, and its value."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from dlexam import words
from dlexam.blocks import Block, MathBlock, Slip, Snippet, Solution, WorkedStep
from dlexam.fair import IMPOSSIBLE
from dlexam.graph import QuestionError, Step, parameters
from dlexam.kinds import matrix
from dlexam.notation import HOLE, width
from dlexam.phrase import say
from dlexam.question import Question, Variant
from dlexam.tex import Formula, UnwritableError, return_expression
from dlexam.writer import Writer, called

WIDEST = 64
MOST_MOMENTS = 8


def solution(variant: Variant, number: int = 1) -> Solution:
    """The worked solution, with the values that known mistakes lead to and the snippet that proves it."""
    question = variant.question
    return Solution(
        number,
        question.title,
        tuple(worked(variant, s) for s in question.graph.steps.values() if s.marks or s.words),
        tuple(slips(variant)),
        proof(variant),
    )


def proof(variant: Variant) -> Snippet | None:
    """The snippet with this variant's values, if the question has one."""
    code = words.fill(variant.question.pytorch.strip(), lambda name, form: python(variant, name, form))
    return Snippet(code, say("Check it in %(library)s", library=witness(code))) if code else None


def witness(snippet: str) -> str:
    """Which library a snippet asks."""
    libraries = {"torch": "PyTorch", "sympy": "SymPy", "numpy": "NumPy"}
    return next(
        (
            title
            for name, title in libraries.items()
            if f"import {name}" in snippet or f"from {name}" in snippet
        ),
        "Python",
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
    chain = [(relation, line) for relation, line in formulas(variant, s) if line not in (value, name)]
    rounded = any(relation == r"\approx" for relation, _ in chain)
    sign = r"\approx" if rounded or not kind.is_exact(variant.values[s.name]) else "="
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
        numbers = writer.numbers(s.tex)
        used = [hole[1] for hole in HOLE.finditer(s.tex)]
    else:
        try:
            node = return_expression(source_of(variant.question, s))
            symbols = Formula(scan_symbol(variant, s), variant.values, scope(s)).tex(node)
        except UnwritableError:
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
        formula = Formula(writer.number, variant.values, scope(s), writer.entry)
        return replace(formula, columns=formula.has_matrices(node)).tex(node)
    except (UnwritableError, QuestionError, *IMPOSSIBLE):
        return ""


def scope(s: Step) -> dict[str, Any]:
    """The names of the file that a step is in."""
    return s.function.__globals__


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
    state = parameters(s.function)[0] if s.scan else ""

    def write(name: str, column: bool = False) -> str:
        if s.scan and name == state:
            return f"{writer.symbol(s.name)}_{{t-1}}"
        return f"{writer.symbol(name)}_{{t}}" if name in s.scan else writer.symbol(name)

    return write


def moments(variant: Variant, s: Step) -> Iterator[Block]:
    """The lines of a scan, one a moment, with numbers."""
    try:
        node = return_expression(source_of(variant.question, s))
    except UnwritableError:
        return
    writer, values = Writer(variant), variant.values
    state = parameters(s.function)[0]
    states = [values[s.start], *values[s.name]]
    kind: Any = variant.kinds[s.name]
    for moment in range(min(len(values[s.name]), MOST_MOMENTS)):
        entries = {state: states[moment], **{n: values[n][moment] for n in s.scan}}

        def write(name: str, column: bool = False, here: dict[str, Any] = entries) -> str:
            if name not in here:
                return writer.number(name, column)
            decimals = kind.decimals if name == state else None
            return matrix.tex(np.asarray(here[name]), decimals, column)

        try:
            line = Formula(write, {**values, **entries}, scope(s), writer.entry).tex(node)
        except (UnwritableError, *IMPOSSIBLE):
            return
        after = matrix.tex(np.asarray(states[moment + 1]), kind.decimals)
        middle = f"= {line} " if width(line) <= WIDEST else ""
        sign = "=" if kind.is_exact(np.asarray(states[moment + 1])) else r"\approx"
        yield MathBlock(rf"{writer.symbol(s.name)}_{{{moment + 1}}} {middle}{sign} {after}")


def slips(variant: Variant) -> Iterator[Slip]:
    """The value that each known mistake leads to, in working order."""
    writer = Writer(variant)
    for mistake, wrong in variant.astray():
        shown = variant.question.payers[mistake.step]
        kind = variant.kinds[shown]
        if kind.gap(wrong[shown], variant.values[shown]) > 0:
            value = kind.tex(wrong[shown])
            yield Slip(shown, writer.symbol(shown), value, words.line(writer.fill(mistake.words)))
