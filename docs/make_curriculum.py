"""Write docs/curriculum.md from the bank: every family, and one rendered example a topic."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from dlexam.bank import Bank, load_bank
from dlexam.question import Question, Variant
from dlexam.worked import solution
from dlexam.writer import Writer

PAGE = Path(__file__).with_name("curriculum.md")


def page(bank: Bank) -> str:
    """The whole page as Markdown."""
    total = f"{len(bank)} families of questions in {len({id.split('/')[0] for id in bank.ids})} topics."
    lines = ["# The curriculum", "", f"{total} This page is made from the bank by `make docs`.", ""]
    for topic, ids in groupby(bank.ids, key=lambda name: name.split("/")[0]):
        questions = [bank[id] for id in ids]
        lines += [f"## {bank.topic_title(topic)}", "", *table(questions), "", *example(questions[0]), ""]
    return "\n".join(lines).rstrip() + "\n"


def table(questions: list[Question]) -> Iterator[str]:
    """A row a family."""
    yield "| family | levels | asked | recognised mistakes |"
    yield "|---|---|---|---|"
    for q in questions:
        asked = ", ".join(f"`{s.name}`" for s in q.asked)
        mistakes = ", ".join(dict.fromkeys(m.name.replace("_", " ") for m in q.graph.mistakes.values()))
        levels = ", ".join(map(str, q.levels))
        yield f"| **{q.title}** `{q.id}` | {levels} | {asked} | {mistakes} |"


def example(question: Question) -> Iterator[str]:
    """A variant with its solution, in the Markdown of the prompt."""
    v = question.draw(1, question.levels[0])
    yield f"### Example: {question.title.lower()}"
    yield ""
    yield Writer(v).fill(question.prompt)
    yield ""
    yield from worked_lines(v)


def worked_lines(variant: Variant) -> Iterator[str]:
    """The chains of the solution."""
    for step in solution(variant).steps:
        chain = [f"{sign} {line}" for sign, line in zip(step.relations, step.lines, strict=True)]
        yield f"$$ {step.symbol} {' '.join(chain)} $$"
        yield ""


if __name__ == "__main__":
    PAGE.write_text(page(load_bank()), encoding="utf-8")
