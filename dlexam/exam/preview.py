"""One paper of a plan to look at, drawn with a secret that everybody knows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dlexam.bank import Bank
from dlexam.exam.document import paper_document, solutions_document
from dlexam.exam.drawing import deal
from dlexam.exam.exam import Exam
from dlexam.exam.plan import plan
from dlexam.exam.reading import read_blueprint
from dlexam.exam.record import hashes
from dlexam.exam.roster import Student
from dlexam.graph import QuestionError

PUBLIC = b"preview"


def sample(path: Path, bank: Bank) -> Exam:
    """An exam with one student. Raises QuestionError where the paper cannot be drawn."""
    blueprint = read_blueprint(path)
    chosen = plan(blueprint, bank)
    roster = (Student("preview", "Preview"),)
    exam, remarks = deal(Exam(blueprint, bank, PUBLIC, roster, hashes(bank, chosen.ids)), chosen)
    if not exam.draws:
        raise QuestionError(" ".join(remarks))
    return exam


def show(exam: Exam) -> str:
    """The paper and its solutions for a terminal."""
    from dlexam.render.terminal import render_problem, render_solution

    paper = exam.paper("preview")
    asked, solved = paper_document(exam, paper), solutions_document(exam, paper)
    head = f"{asked.title}: {asked.marks:g} marks, {asked.minutes} minutes"
    parts = [*map(render_problem, asked.problems), *map(render_solution, solved.solutions)]
    return "\n".join([head, "", *parts])


def page(exam: Exam, output: Path, templates: Path | None) -> bytes:
    """The paper and its solutions as one page. Raises RenderError for an unknown format."""
    from dlexam.render import FORMATS, engine_for, format_of

    form = format_of(output)
    paper = exam.paper("preview")
    whole = replace(paper_document(exam, paper), solutions=solutions_document(exam, paper).solutions)
    made = (engine_for("auto") if form == "pdf" else FORMATS[form])(whole, templates)
    return made if isinstance(made, bytes) else made.encode()
