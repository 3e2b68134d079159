"""Problems and solutions as plain text for a terminal, at most 80 columns wide."""

from __future__ import annotations

import textwrap

from dlexam.blocks import AnswerBox, Problem, Slip, Solution, WorkedStep
from dlexam.render.math_text import text
from dlexam.render.terminal_blocks import KEPT, WIDTH, block_text, formula, kept, prose, wrapped
from dlexam.render.text_box import columns, pad

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def render_problem(problem: Problem) -> str:
    """The question as it is asked."""
    right = f"{_marks(problem.marks)}, {problem.minutes} min"
    parts = [_heading(f"{problem.number}. {problem.title}", right)]
    parts += [block_text(block) for block in problem.prompt]
    parts.append("\n".join(_answers(problem.boxes)))
    return _joined(parts)


def render_solution(solution: Solution) -> str:
    """The worked solution."""
    parts = [_heading(f"Solution {solution.number}. {solution.title}")]
    parts += [_step(step) for step in solution.steps]
    if solution.slips:
        parts.append("\n".join(["If you got", *map(_slip, solution.slips)]))
    if solution.snippet:
        parts.append(block_text(solution.snippet))
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    written = "\n\n".join(part for part in parts if part.strip()).replace(KEPT, " ")
    return "\n".join(line.rstrip() for line in written.split("\n")) + "\n"


def _heading(title: str, right: str = "") -> str:
    lines = textwrap.wrap(title, WIDTH - len(right) - 2) or [""]
    lines[0] = pad(lines[0], WIDTH - len(right)) + right
    return "\n".join([*lines, "-" * WIDTH])


def _marks(marks: float) -> str:
    return f"{marks:g} {'mark' if marks == 1 else 'marks'}"


def _answers(boxes: tuple[AnswerBox, ...]) -> list[str]:
    widest = max((columns(text(box.symbol)) for box in boxes), default=0)
    return [line for box in boxes for line in _answer(box, widest)]


def _answer(box: AnswerBox, widest: int) -> list[str]:
    note = " · ".join(part for part in (box.hint, _marks(box.marks)) if part)
    symbol = "  " + pad(text(box.symbol), widest, "r")
    if box.options:
        return [f"{symbol}: {note}"] + [
            wrapped(prose(option), f"      {letter}. ", " " * 9)
            for letter, option in zip(_LETTERS, box.options)
        ]
    if box.rows * box.columns > 1:
        return [f"{symbol} = [{box.rows} × {box.columns}]  {note}"]
    return [f"{symbol} = ________  {note}" if box.rows else f"{symbol}  {note}"]


def _step(step: WorkedStep) -> str:
    marks = f" ({_marks(step.marks)})".replace(" ", KEPT).replace(KEPT, " ", 1)
    lines = [wrapped(prose(step.reason) + (marks if step.marks else "")), ""]
    symbol = text(step.symbol)
    for at, (relation, line) in enumerate(zip(step.relations, step.lines)):
        left = pad(symbol if at == 0 else "", columns(symbol))
        lines += formula(f"{left} {text(relation)} ", line, 4)
    for block in step.working:
        lines += ["", textwrap.indent(block_text(block, WIDTH - 2), "  ")]
    return "\n".join(lines).rstrip()


def _slip(slip: Slip) -> str:
    got = kept(text(f"{slip.symbol} = {slip.value}"))
    return wrapped(f"{got}: {prose(slip.words)}", "  ", "    ")
