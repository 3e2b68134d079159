"""`dlexam grade` and `dlexam report`: a class's answers to marks, feedback and gradebooks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dlexam.commands.papers import papers_of
from dlexam.options import bank_option, progress, templates_option

if TYPE_CHECKING:
    from dlexam.grading.run import Class, Rules
    from dlexam.grading.script import Row
    from dlexam.paper import Papers
    from dlexam.question import Variant

LMS = ("canvas", "moodle", "blackboard", "gradescope")
MOST_LINES = 20  # of what needs a person; the file has them all
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("papers")
@click.argument("submissions", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path("marks"),
              show_default=True, help="The folder to write into.")  # fmt: skip
@click.option("--policy", type=FILE, metavar="FILE", help="A marking.toml: shares kept, marks taken.")
@click.option("--accept", multiple=True, metavar="ID.step=VALUE", help="A value that is right too.")
@click.option("--void", multiple=True, metavar="ID.step", help="A part that counts for nobody.")
@click.option("--by-hand", type=FILE, metavar="FILE",
              help="A needs-a-person.csv with your marks in its last column.")  # fmt: skip
@click.option("--gradebook", "gradebooks", multiple=True, type=click.Choice(LMS),
              help="A gradebook to import there, too.")  # fmt: skip
@click.option("--lms-export", type=FILE, metavar="FILE",
              help="The gradebook that your LMS exported, to match its students.")  # fmt: skip
@click.option("--feedback", type=click.Choice(["html", "pdf", "both", "none"]), default="html",
              show_default=True, help="A page of feedback for each student.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--trust-current", is_flag=True, help="Mark although question files have changed.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True,
              help="Processes that write feedback.")  # fmt: skip
@templates_option
@bank_option
def grade(papers: str, submissions: tuple[Path, ...], **options: Any) -> None:
    """Mark what a class handed in.

    PAPERS is the folder that `dlexam exam build` made, or, in quotes, what a practice sheet was made with.
    SUBMISSIONS are files or folders: CSV, XLSX, JSON, filled PDF forms, notebooks, ZIPs of these.

    \b
    Example:
      dlexam grade "optimizers -n 10 --seed 7" answers.csv -o marks/
    """
    from dlexam.grading.run import mark_class
    from dlexam.render.language import language
    from dlexam.submissions import read

    made = papers_of(papers, options["folders"], options["trust_current"])
    language(options["templates"], made.language)  # before anything is marked
    rules = rules_of(made, **{k: options[k] for k in ("policy", "accept", "void", "by_hand")})
    check_export(options["gradebooks"], options["lms_export"])
    with progress(len(made.students) or 1, "marking") as moved:
        marked = mark_class(made, read(submissions), rules, moved)
    for key in marked.unmet(rules.policy):
        click.echo(f"{options['policy']}: {key}: no answer of this class has that note.", err=True)
    say_changes(marked, rules, options["output"])
    if not marked.handed and (options["output"] / "marks.csv").exists():
        click.echo(f"{options['output']}: nobody's answers were read, so what is there stays.", err=True)
    elif not options["dry_run"]:
        for path in written(marked, rules, submissions, options):
            click.echo(f"{path}")
    sys.exit(say_queries(marked))


def rules_of(papers: Papers, policy: Path | None, accept: tuple[str, ...], void: tuple[str, ...],
             by_hand: Path | None) -> Rules:  # fmt: skip
    """What the options say of marks."""
    from dlexam.grading.policy import read_decisions, read_policy
    from dlexam.grading.run import Rules
    from dlexam.report.kept import marked_by_hand

    asked: dict[str, Variant] = {}
    if accept or void:
        for student in papers.students or ("",):
            asked |= {item.variant.question.id: item.variant for item in papers.paper(student).items}
    hand = marked_by_hand(by_hand, papers) if by_hand else {}
    return Rules(read_policy(policy), read_decisions(accept, void, asked), hand)


def check_export(platforms: tuple[str, ...], export: Path | None) -> None:
    """Raise for a gradebook of a platform that cannot be matched, before anything is marked or written."""
    from dlexam.report.gradebooks import FORMS, exported

    for platform in platforms:
        if export and platform in FORMS:
            exported(export, FORMS[platform])


def say_changes(marked: Class, rules: Rules, output: Path) -> None:
    """Who changes and by how much, where this class was marked before."""
    from dlexam.report.kept import earlier
    from dlexam.report.tables import changes

    before = earlier(output / "marks.csv")
    lines = list(changes(before, marked.rows, rules.policy.decimals)) if before else []
    for line in lines:
        click.echo(line)
    if before:
        click.echo(f"{len(lines)} of {len(marked.handed)} students change.", err=True)


def written(
    marked: Class, rules: Rules, submissions: tuple[Path, ...], options: dict[str, Any]
) -> Iterator[Path]:
    """Write what was asked for."""
    from dlexam.grading.run import record
    from dlexam.report.gradebooks import write_gradebooks
    from dlexam.report.page import write_report
    from dlexam.report.write import Wanted, write_feedback, write_tables

    forms = {"none": (), "both": ("html", "pdf")}.get(options["feedback"], (options["feedback"],))
    wanted = Wanted(options["output"], forms, options["workers"], options["templates"])
    made = record(marked, rules, submissions)
    yield from write_tables(marked, rules, made, wanted.output)
    yield from write_gradebooks(marked, rules, options["gradebooks"], options["lms_export"], wanted.output)
    yield write_report(marked.papers, marked.rows, wanted.output, made, wanted.templates)
    if forms:
        with progress(len(marked.handed), "feedback") as moved:
            pages = sum(1 for _ in write_feedback(marked, rules, wanted, moved))
        click.echo(f"{wanted.output / 'feedback'}: {pages} pages")
    elif (wanted.output / "feedback").exists():
        click.echo(f"{wanted.output / 'feedback'}: of an earlier run; its marks may be others.", err=True)


def say_queries(marked: Class) -> int:
    """What needs a person, on standard error. The exit code."""
    for student in marked.resubmitted:
        click.echo(f"{student}: answered more than once; the last answers count.", err=True)
    if marked.absent:
        click.echo(f"{len(marked.absent)} on the roster handed in nothing.", err=True)
    open_ = [query for query in marked.queries if query.marks is None]
    for query in open_[:MOST_LINES]:
        place = f"{query.number}.{query.part}: " if query.number else ""
        who = f"{query.student}: " if query.student else ""
        click.echo(f"{query.source}: {who}{place}{query.why}", err=True)
    if len(open_) > MOST_LINES:
        click.echo(f"... and {len(open_) - MOST_LINES} more.", err=True)
    if open_:
        need = "1 line needs" if len(open_) == 1 else f"{len(open_)} lines need"
        click.echo(f"{need} a person: see needs-a-person.csv.", err=True)
    return 1 if open_ else 0


@click.command()
@click.argument(
    "folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="[default: the first folder]"
)
@templates_option
def report(folders: tuple[Path, ...], output: Path | None, templates: Path | None) -> None:
    """Make the report of a class again from its marks.csv, or one report of several folders of marks.

    \b
    Example:
      dlexam report marks/
    """
    import json

    from dlexam.graph import QuestionError
    from dlexam.report.kept import read_rows
    from dlexam.report.page import write_report

    rows: list[Row] = []
    record: dict[str, Any] = {}
    for folder in folders:
        try:
            rows += read_rows(folder / "marks.csv")
            record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            msg = f"{folder}: no marks to read. Name a folder that dlexam grade wrote."
            raise QuestionError(msg) from None
    click.echo(f"{write_report(None, rows, output or folders[0], record, templates)}")
