"""`dlexam practice`: a sheet to practise with."""

from __future__ import annotations

from pathlib import Path

import click

from dlexam.options import bank_option, draw_options, load, page_options, templates_option
from dlexam.render import ENGINES


@click.command()
@click.argument("what", nargs=-1)
@click.option(
    "-n", "count", type=click.IntRange(1, 500), default=10, show_default=True, help="How many questions."
)
@draw_options
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="sheet.html or sheet.pdf."
)
@click.option(
    "--solutions", type=click.Choice(["end", "separate", "none"]), default="end", show_default=True,
    help="Worked solutions at the end, in a file of their own, or none.",
)  # fmt: skip
@click.option(
    "--ask", type=click.Choice(["steps", "final", "choice"]), default="steps", show_default=True,
    help="Every step, only the final ones, or those as multiple choice.",
)  # fmt: skip
@click.option("--form", is_flag=True, help="A PDF whose answer boxes are typed into.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="auto", show_default=True,
    help="What makes a PDF; auto is WeasyPrint, or Typst where WeasyPrint cannot run.",
)  # fmt: skip
@click.option("--title", default="Practice sheet", show_default=True, help="The title of the sheet.")
@click.option("--language", default="en", show_default=True, metavar="CODE",
              help="The language of all but the questions: en or nl.")
@page_options
@templates_option
@bank_option
def practice(
    what: tuple[str, ...],
    count: int,
    level: int,
    seed: str,
    output: Path,
    solutions: str,
    ask: str,
    form: bool,
    engine: str,
    title: str,
    language: str,
    size: str,
    large_print: bool,
    templates: Path | None,
    folders: tuple[Path, ...],
) -> None:
    """Make a practice sheet from topics, question ids or tags.

    \b
    Example:
      dlexam practice optimizers convolution -n 10 --seed 7 -o sheet.pdf
    """
    from dlexam.practice import Asked, Look, write_sheets, writer

    bank, asked = load(folders), Asked(what, count, level, seed, ask)
    look, write = Look(language, size, large_print), writer(output, engine, form)
    for path in write_sheets(bank, asked, output, solutions, title, look, write, templates):
        click.echo(f"{path}")
