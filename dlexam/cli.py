"""The command line: its group, and the commands on one question; the others are in `dlexam.commands`.

Heavy modules load in the command that needs them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dlexam import __version__
from dlexam.commands.check import check
from dlexam.commands.exam import exam
from dlexam.commands.grade import grade, report
from dlexam.commands.practice import practice
from dlexam.options import OneLine, bank_option, draw, draw_options, given_option, load, write_json

if TYPE_CHECKING:
    from dlexam.question import Variant


@click.group(cls=OneLine, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dlexam")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """Exam practice and auto-marking for deep-learning courses.

    \b
    Example:
      dlexam practice optimizers -n 5 --seed 7 -o sheet.pdf
    """


@main.command("list")
@click.argument("topic", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON: id, title, topic, given, ask, mistakes, levels.")
@bank_option
def list_(topic: str | None, as_json: bool, folders: tuple[Path, ...]) -> None:
    """List the question families, all or of one TOPIC.

    \b
    Example:
      dlexam list optimizers
    """
    from dlexam.exchange import family
    from dlexam.graph import QuestionError

    bank = load(folders)
    rows, broken = [], 0
    for id in bank.select((topic,) if topic else ()):
        try:
            rows.append(family(bank[id]))
        except QuestionError as problem:
            broken += 1
            click.echo(f"dlexam: {problem}", err=True)
    if as_json:
        write_json(rows)
    else:
        wide = max((len(row["id"]) for row in rows), default=0)
        click.echo("\n".join(f"{row['id']:{wide}}  {row['title']}" for row in rows))
    sys.exit(1 if broken else 0)


@main.command()
@click.argument("id")
@draw_options
@click.option("--solution", is_flag=True, help="Show the worked solution too.")
@bank_option
def show(id: str, seed: str, level: int, solution: bool, folders: tuple[Path, ...]) -> None:
    """Show one question in the terminal.

    \b
    Example:
      dlexam show optimizers/adam --seed 7 --solution
    """
    from dlexam import document, worked
    from dlexam.practice import naming
    from dlexam.render.terminal import render_problem, render_solution

    variant = draw(load(folders), id, seed, level)
    with naming([variant]):
        click.echo(render_problem(document.problem(variant)))
        if solution:
            click.echo(render_solution(worked.solution(variant)))


@main.command()
@click.argument("id")
@given_option
@draw_options
@click.option("--json", "as_json", is_flag=True, help='JSON: {"id", "given", "answers", "steps"}.')
@click.option("--pytorch", is_flag=True, help="Let the PyTorch snippet prove the answers.")
@bank_option
def solve(
    id: str,
    given: tuple[str, ...],
    seed: str,
    level: int,
    as_json: bool,
    pytorch: bool,
    folders: tuple[Path, ...],
) -> None:
    """Solve a question with your own numbers, step by step.

    \b
    Example:
      dlexam solve linear_algebra/dot_product --given 'a=[1,2]' --given 'b=[3,4]'
    """
    from dlexam import exchange, worked

    variant = draw(load(folders), id, seed, level, given)
    if as_json:
        write_json(exchange.solved(variant))
    else:
        from dlexam.render.terminal import render_solution

        click.echo(render_solution(worked.solution(variant)))
    if pytorch:
        sys.exit(prove(variant))


def prove(variant: Variant) -> int:
    """Run the snippet; say whether it agrees. The exit code."""
    from dlexam.check import Report, referee_all

    report = Report(variant.question.id)
    referee_all([report], [[variant]])
    for line in report.problems:
        click.echo(line.partition(": ")[2] or line, err=True)
    if not report.problems:
        click.echo(
            "PyTorch agrees." if report.refereed else "PyTorch is not installed: pip install torch.", err=True
        )
    return 1 if report.problems else 0


@main.command()
@click.argument("id")
@given_option
@draw_options
@click.option("--answer", multiple=True, metavar="NAME=TEXT", help="An answer, as typed: --answer dot=11.")
@click.option("--json", "as_json", is_flag=True, help='JSON: {"marks": [...], "total", "out_of"}.')
@bank_option
def mark(
    id: str,
    given: tuple[str, ...],
    seed: str,
    level: int,
    answer: tuple[str, ...],
    as_json: bool,
    folders: tuple[Path, ...],
) -> None:
    """Mark answers to one question, following the student's own working.

    \b
    Example:
      dlexam mark optimizers/adam --seed 7 --answer m_new=0.1 --answer theta_new=0.3
    """
    from dlexam import exchange

    variant = draw(load(folders), id, seed, level, given)
    answers = dict(exchange.pair(a, "--answer") for a in answer)
    marking = variant.mark(answers)
    if as_json:
        write_json(exchange.marked(variant, marking))
        return
    from dlexam.render.terminal_blocks import block_text
    from dlexam.words import blocks

    for m in marking.marks:
        words = " ".join(" ".join(map(block_text, blocks(m.words))).split())
        read = f" Read as {m.read}." if m.read and m.read != answers.get(m.step, "").strip() else ""
        click.echo(f"{m.step:14} {float(m.marks):>4g}/{float(m.out_of):<4g} {m.verdict:10} {words}{read}")
    click.echo(f"{'total':14} {float(marking.total):>4g}/{float(marking.out_of):<4g}")


@main.command()
@click.argument("id")
@click.option(
    "--bank", "folder", type=click.Path(path_type=Path), default=Path("question_bank"), show_default=True,
    help="The folder to write into.",
)  # fmt: skip
def new(id: str, folder: Path) -> None:
    """Write a question file to start from.

    \b
    Example:
      dlexam new optimizers/my_step --bank my_bank
    """
    from dlexam.practice import new_question

    click.echo(f"{new_question(id, folder)}")


for command in (practice, check, exam, grade, report):
    main.add_command(command)
