"""`dlexam exam`: a plan to start from, a look at one paper, a folder of papers for a class."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from dlexam.options import bank_option, load, progress, templates_option
from dlexam.render import ENGINES

if TYPE_CHECKING:
    from dlexam.exam.build import Built
    from dlexam.exam.exam import Exam
    from dlexam.exam.jobs import Wanted

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
BLUEPRINT = click.argument("blueprint", type=FILE)
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def exam() -> None:
    """Set an exam: from a plan and a roster to papers.

    \b
    Example:
      dlexam exam new midterm.toml
    """


@exam.command()
@click.argument("blueprint", type=click.Path(path_type=Path))
def new(blueprint: Path) -> None:
    """Write a commented BLUEPRINT to edit.

    \b
    Example:
      dlexam exam new midterm.toml
    """
    from dlexam.files import write
    from dlexam.folders import bundled
    from dlexam.graph import QuestionError

    if blueprint.exists():
        raise QuestionError(f"{blueprint}: there is a file already. Choose another name.")
    start = (bundled("templates") / "blueprint.toml.txt").read_text(encoding="utf-8")
    click.echo(write(blueprint, start))


@exam.command()
@BLUEPRINT
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="paper.html or paper.pdf, not the terminal."
)
@templates_option
@bank_option
def preview(blueprint: Path, output: Path | None, templates: Path | None, folders: tuple[Path, ...]) -> None:
    """Show one paper of a BLUEPRINT with its solutions; no student gets these numbers.

    \b
    Example:
      dlexam exam preview midterm.toml -o preview.html
    """
    from dlexam.exam.preview import page, sample, show
    from dlexam.files import write

    drawn = sample(blueprint, load(folders))
    click.echo(write(output, page(drawn, output, templates)) if output else show(drawn))


@exam.command()
@BLUEPRINT
@click.option("--roster", type=FILE, help="The class: CSV or XLSX as a learning platform exports it.")
@click.option("--id-column", default="", metavar="NAME", help="The column of the roster with the ids.")
@click.option("-o", "--output", type=FOLDER, required=True, help="The folder of the exam.")
@click.option("--format", "form", type=click.Choice(["pdf", "html", "both"]), default="pdf",
              show_default=True, help="What the papers are.")
@click.option("--engine", type=click.Choice(ENGINES), default="auto",
              show_default=True, help="What sets PDFs: auto takes Typst for more than 20, if installed.")
@click.option("--form", "typed", is_flag=True, help="Make PDFs whose answers are typed in.")
@click.option("--large-print", is_flag=True, help="Large letters for everybody.")
@click.option("--extra-time", type=click.IntRange(0, 300), default=0, metavar="PERCENT",
              help="Extra time for everybody, in per cent.")
@click.option("--paper", "size", type=click.Choice(["a4", "letter"]), default="a4", show_default=True,
              help="The size of the paper.")
@click.option("--no-solutions", is_flag=True, help="Leave out the worked solutions.")
@click.option("--no-schemes", is_flag=True, help="Leave out the marking schemes.")
@click.option("--max-spread", type=click.FloatRange(0.01, 10), metavar="SHARE",
              help="How far the effort of one question may spread over the class: 0.2 is a fifth.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
@click.option("--dask", default="", metavar="ADDRESS", help="Build on a Dask cluster instead.")
@click.option("--anew", is_flag=True, help="New papers with a new secret, in place of those in the folder.")
@click.option("--trust-current", is_flag=True, help="Go on although question files have changed.")
@templates_option
@bank_option
def build(blueprint: Path, roster: Path | None, output: Path, **options: Any) -> None:
    """Build the papers of a BLUEPRINT for a class; run again, it makes what is missing.

    \b
    Example:
      dlexam exam build midterm.toml --roster roster.csv -o midterm/ --format html
    """
    from dlexam.exam.build import build as build_folder
    from dlexam.exam.build import set_aside
    from dlexam.exam.jobs import pools

    drawn, remarks = draw(blueprint, roster, output, **options)
    if options["anew"]:
        set_aside(output)
    begun = monotonic()
    with pools(options["workers"], options["dask"]) as pool, progress(len(drawn.papers), "building") as moved:
        built = build_folder(drawn, output, wanted(len(drawn.papers), **options), pool, moved)
    say(drawn, built, output, monotonic() - begun)
    lines = [*remarks, *built.remarks, *built.problems]
    for line in lines:
        click.echo(f"dlexam: {line}", err=True)
    sys.exit(1 if lines else 0)


def draw(blueprint: Path, roster: Path | None, output: Path, **options: Any) -> tuple[Exam, list[str]]:
    """The exam of a folder with papers drawn for everybody, and what a person should know of them."""
    from dlexam.exam.drawing import deal
    from dlexam.exam.plan import plan
    from dlexam.exam.reading import read_blueprint
    from dlexam.exam.roster import read_roster
    from dlexam.exam.start import left, start
    from dlexam.render.language import language

    read, bank = read_blueprint(blueprint), load(options["folders"])
    language(options["templates"], read.language)  # before anything is drawn
    chosen = plan(read, bank)
    people = read_roster(roster, options["id_column"]) if roster else ()
    begun = start(read, chosen, bank, people, output, options["anew"], options["trust_current"])
    with progress(len(begun.holders), "drawing") as moved:
        drawn, remarks = deal(begun, chosen, options["max_spread"], moved)
    return drawn, [*left(begun, people), *remarks]


def wanted(papers: int, **options: Any) -> Wanted:
    """What the options say of how so many papers look."""
    from dlexam.exam.jobs import Wanted, engine

    formats = ("pdf", "html") if options["form"] == "both" else (options["form"],)
    return Wanted(
        formats,
        engine(options["engine"], papers, options["typed"]) if "pdf" in formats else "",
        form=options["typed"],
        solutions=not options["no_solutions"],
        schemes=not options["no_schemes"],
        large_print=options["large_print"],
        extra_time=options["extra_time"],
        size=options["size"],
        templates=options["templates"],
    )


def say(drawn: Exam, built: Built, output: Path, seconds: float) -> None:
    """Say how the effort spreads, what was made and how fast."""
    from dlexam.exam.start import efforts

    for spread in efforts(drawn):
        click.echo(spread.line())
    pace = f" in {seconds:.0f} s ({built.made / max(seconds, 0.001):.1f} a second)" if built.made else ""
    there = f", {built.kept} were there" if built.kept else ""
    click.echo(f"{output}: {built.made} paper{'s' * (built.made != 1)} made{pace}{there}")
