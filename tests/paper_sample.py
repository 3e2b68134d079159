"""One exam paper with its solutions and its marking scheme, for tests of how papers look."""

from __future__ import annotations

from dataclasses import replace

from dlexam.bank import load_bank
from dlexam.blocks import Document, Table
from dlexam.exam.document import paper_document, scheme_document, solutions_document
from dlexam.exam.drawing import deal
from dlexam.exam.exam import Exam
from dlexam.exam.plan import plan
from dlexam.exam.reading import blueprint
from dlexam.exam.record import hashes
from dlexam.exam.roster import Student

WRITTEN = {
    "title": "Midterm",
    "course": "Deep learning",
    "date": "2026-03-27",
    "duration": 90,
    "decimals": 3,
    "aids": ["a calculator", "one sheet"],
    "instructions": "Write **legibly**.",
    "versions": ["A", "B"],
    "section": [
        {"title": "Short", "instructions": "In any order.", "question": [{"id": "optimizers/adam"}]},
        {
            "title": "Long",
            "page_break": True,
            "question": [
                {"id": "losses/categorical_cross_entropy", "ask": "choice"},
                {"id": "convolution/convolve"},
            ],
        },
    ],
}


def papers(language: str = "en", extra: int = 0, **changes: object) -> dict[str, Document]:
    """The documents of one student's paper, by their part."""
    bank = load_bank()
    read = blueprint({**WRITTEN, "language": language, **changes}, "exam.toml")
    chosen = plan(read, bank)
    student = Student("s1234567", "Ada Lovelace", "A")
    exam, _ = deal(Exam(read, bank, bytes(range(32)), (student,), hashes(bank, chosen.ids)), chosen)
    paper = exam.paper(student.id)
    made = (paper_document(exam, paper, extra), solutions_document(exam, paper), scheme_document(exam, paper))
    return {document.part: document for document in made}


def without_prose(document: Document) -> Document:
    """The document without the words of its questions: what is left is what pages say themselves."""
    tables = [tuple(replace(block, rows=()) for block in p.prompt if isinstance(block, Table)) for p in document.problems]
    scheme = document.part == "scheme"
    problems = tuple(
        replace(p, title="X", prompt=table if scheme else (), before=())
        for p, table in zip(document.problems, tables, strict=True)
    )
    solutions = tuple(
        replace(
            s,
            title="X",
            steps=tuple(replace(step, reason=(), working=()) for step in s.steps),
            slips=tuple(replace(slip, words=()) for slip in s.slips),
        )
        for s in document.solutions
    )
    cover = replace(document.cover, course="", aids=("X",), instructions=document.cover.instructions[:0])
    return replace(document, title="X", cover=cover, problems=problems, solutions=solutions)
