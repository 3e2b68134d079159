"""The folder of marks: tables, gradebooks, feedback, the report and the record of the run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dlexam.files import safe_name, write
from dlexam.grading.run import Class, Rules, mark_script
from dlexam.report import tables
from dlexam.report.feedback import Feedback, feedback, spoken

WAITING = 64  # pages of feedback that wait for a process


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to write, and where."""

    output: Path
    feedback: tuple[str, ...] = ("html",)
    workers: int = 1
    templates: Path | None = None


def write_tables(marked: Class, rules: Rules, record: Mapping[str, Any], output: Path) -> Iterator[Path]:
    """The tables and the record."""
    decimals = rules.policy.decimals
    yield write(output / "marks.csv", tables.marks_table(marked.rows))
    yield write(output / "gradebook.csv", tables.gradebook(marked, decimals))
    person = output / "needs-a-person.csv"
    if marked.queries:
        yield write(person, tables.for_a_person(marked.queries))
    else:
        person.unlink(missing_ok=True)
    yield write(output / "run.json", json.dumps(record, indent=1, ensure_ascii=False) + "\n")


def write_feedback(
    marked: Class, rules: Rules, wanted: Wanted, moved: Callable[[int], object] = lambda _: None
) -> Iterator[Path]:
    """A page for each student; `moved` is called with 1 after each."""
    with working(wanted.workers) as run:
        waiting: list[Future[list[Path]]] = []
        for own in marked.handed.values():
            script = mark_script(marked.papers.paper(own.student), own, rules)
            papers = marked.papers
            page = feedback(script, papers.title, rules.policy.decimals, language=papers.language)
            waiting.append(run.submit(write_page, page, wanted))
            while len(waiting) >= WAITING * wanted.workers:
                yield from waiting.pop(0).result()
                moved(1)
        for done in waiting:
            yield from done.result()
            moved(1)


def write_page(page: Feedback, wanted: Wanted) -> list[Path]:
    """One student's page in the wanted formats."""
    from dlexam.render import html, pdf
    from dlexam.render.language import language

    writers: dict[str, Callable[..., str | bytes]] = {"html": html.write, "pdf": pdf.write}
    folder, name = wanted.output / "feedback", safe_name(page.student)
    its = language(wanted.templates, page.language)
    page = spoken(page, its)
    return [
        write(folder / f"{name}.{form}", writers[form]("feedback", wanted.templates, its.code, feedback=page))
        for form in wanted.feedback
    ]


class Here(Executor):
    """An executor that works at once, in this process."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it now."""
        done: Future[Any] = Future()
        done.set_result(function(*args, **kwargs))
        return done


@contextmanager
def working(workers: int) -> Iterator[Executor]:
    """Processes, or this one."""
    with Here() if workers == 1 else ProcessPoolExecutor(workers) as run:
        yield run
