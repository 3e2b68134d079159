"""What the commands share: options, loading, one-line errors, a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from dlexam.bank import Bank
    from dlexam.question import Variant


class OneLine(click.Group):
    """A group whose commands end a user's mistake with one line and exit code 2."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the options of the group itself."""
        try:
            return super().make_context(*args, **extra)
        except click.UsageError as problem:
            refuse(problem)

    def invoke(self, context: click.Context) -> Any:
        """Run the command; what: why. Do this."""
        try:
            return super().invoke(context)
        except click.exceptions.Exit:
            raise
        except click.UsageError as problem:
            refuse(problem)
        except Exception as problem:
            if context.params.get("debug") or not expected(problem):
                raise
            for line in getattr(problem, "lines", (told(problem),)):  # a blueprint may have several
                click.echo(f"dlexam: {' '.join(line.split())}", err=True)
            sys.exit(2)


def refuse(problem: click.UsageError) -> NoReturn:
    """Say in one line what is wrong with a command, or show its help where it was called with nothing."""
    if isinstance(problem, click.exceptions.NoArgsIsHelpError):
        raise problem
    command = problem.ctx.command_path if problem.ctx else "dlexam"
    click.echo(f"{command}: {' '.join(problem.format_message().split())} Try {command} --help.", err=True)
    sys.exit(problem.exit_code)


def told(problem: Exception) -> str:
    """The message of a mistake; of a file that cannot be opened or written, without the number."""
    if isinstance(problem, FileExistsError):
        return f"{problem.filename}: this is a file, and a folder is needed. Choose another place."
    if isinstance(problem, OSError) and problem.filename and problem.strerror:
        return f"{problem.filename}: {problem.strerror.lower()}. Check the path and its rights."
    return str(problem)


def expected(problem: Exception) -> bool:
    """Whether an exception is a user's or an author's mistake, with a message made for them."""
    if isinstance(problem, click.ClickException):
        return False
    names = {c.__name__ for c in type(problem).__mro__}
    return bool(names & {"QuestionError", "AnswerError", "RenderError", "TexError", "OSError"})


def bank_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that adds a folder of questions."""
    return click.option(
        "--bank", "folders", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
        help="A folder of <topic>/<question>.py files that adds to or overrides the bank.",
    )(command)  # fmt: skip


def draw_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose a variant."""
    command = click.option("--seed", default="0", show_default=True, help="Which variant.")(command)
    return click.option(
        "--level", type=click.IntRange(1, 3), default=2, show_default=True,
        help="1 by hand, 2 with a calculator, 3 as hard as an exam.",
    )(command)  # fmt: skip


def page_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how pages look."""
    command = click.option("--large-print", is_flag=True, help="Large letters: 18 points.")(command)
    return click.option(
        "--paper", "size", type=click.Choice(["a4", "letter"]), default="a4", show_default=True,
        help="The size of the paper.",
    )(command)  # fmt: skip


class Templates(click.Path):
    """A folder laid out like `templates/`: something in it stands in for a bundled file."""

    def __init__(self) -> None:
        """A folder that is there."""
        super().__init__(path_type=Path, exists=True, file_okay=False)

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Path:
        """The folder, if it replaces anything or brings a language."""
        from dlexam.folders import bundled

        folder, own = Path(str(super().convert(value, parameter, context))), bundled("templates")
        replaced = ((folder / path.relative_to(own)).is_file() for path in own.rglob("*") if path.is_file())
        if not any(replaced) and not any(folder.glob("locale/*/LC_MESSAGES/dlexam.po")):
            self.fail(f"{folder}: nothing in it replaces a template, such as html/sheet.html.j2.", parameter)
        return folder


templates_option = click.option("--templates", type=Templates(), help="Templates of your own.")


def load(folders: tuple[Path, ...]) -> Bank:
    """The bundled bank with the user's folders over it."""
    from dlexam.bank import load_bank

    return load_bank(*folders)


def draw(bank: Bank, id: str, seed: str, level: int, given: tuple[str, ...] = ()) -> Variant:
    """One variant, with given values read from NAME=JSON."""
    from dlexam.exchange import read_given

    question = bank[id]
    return question.draw(seed, level, read_given(question, given, seed, level))


def write_json(data: Any) -> None:
    """One JSON value on standard output."""
    import json

    click.echo(json.dumps(data, ensure_ascii=False, allow_nan=False))


def given_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that sets a given."""
    return click.option(
        "--given", multiple=True, metavar="NAME=JSON", help="A value of your own: --given 'W=[[1,2],[3,4]]'."
    )(command)


@contextmanager
def progress(length: int, label: str) -> Iterator[Callable[[int], object]]:
    """A progress bar on a terminal, moved by calling it; silent in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update
