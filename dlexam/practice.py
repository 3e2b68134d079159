"""Practice sheets: chosen questions, drawn, written to files; and the start of a new question."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dlexam import __version__
from dlexam.bank import Bank
from dlexam.document import sheet
from dlexam.folders import bundled
from dlexam.graph import QuestionError
from dlexam.phrase import say
from dlexam.question import Variant

if TYPE_CHECKING:
    from dlexam.render import Renderer

MOST_TRIES = 200  # for values that are not on the sheet yet; then there are no others


@dataclass(frozen=True, slots=True)
class Asked:
    """Which questions are on a sheet and how they are asked: all that makes the same sheet again.

    `what` are topics, ids or tags, `ask` is steps, final or choice.
    """

    what: tuple[str, ...]
    count: int
    level: int
    seed: str
    ask: str = "steps"

    def command(self, language: str = "en") -> str:
        """What makes this sheet again, and what `dlexam grade` takes for it; feedback is in the language."""
        words = ["practice", *self.what, "-n", str(self.count), "--level", str(self.level)]
        words += ["--seed", self.seed, *(["--ask", self.ask] if self.ask != "steps" else [])]
        words += ["--language", language] if language != "en" else []
        return f"dlexam {shlex.join(words)} (dlexam {__version__})"


@dataclass(frozen=True, slots=True)
class Look:
    """The language of a sheet, the size of its paper (a4, letter), and whether it is in large print."""

    language: str = "en"
    size: str = "a4"
    large: bool = False


def draw_sheet(bank: Bank, what: tuple[str, ...], count: int, level: int, seed: str) -> list[Variant]:
    """Variants of `count` questions in teaching order; the same question again has other values."""
    tries: Counter[str] = Counter()
    variants: list[Variant] = []
    for id in bank.sample(what, count, seed):
        before = {repr(v.given) for v in variants if v.question.id == id}
        while True:
            variant = bank[id].draw(f"{seed}.{tries[id]}" if tries[id] else seed, level)
            tries[id] += 1
            if repr(variant.given) not in before or tries[id] > MOST_TRIES:
                break
        variants.append(variant)
    return variants


def titled(title: str) -> str:
    """The title of a sheet; the usual one in the language of the page."""
    return say("Practice sheet") if title == "Practice sheet" else title


def writer(output: Path, engine: str = "auto", typed: bool = False) -> Renderer:
    """What writes a file of this name; `engine` is what makes a PDF, a `typed` one has fields for answers."""
    from dlexam.render import FORMATS, engine_for, format_of

    form = format_of(output)
    if typed and form != "pdf":
        msg = f"{output}: --form is for PDF; a web page has boxes to type in anyway. Leave --form out."
        raise QuestionError(msg)
    return engine_for(engine, form=typed) if form == "pdf" else FORMATS[form]


def write_sheets(
    bank: Bank,
    asked: Asked,
    output: Path,
    solutions: str,
    title: str,
    look: Look,
    write: Renderer,
    templates: Path | None,
) -> Iterator[Path]:
    """Write a practice sheet, and its solutions where they are a file of their own; yields the files."""
    variants = draw_sheet(bank, asked.what, asked.count, asked.level, asked.seed)
    topics = dict.fromkeys(bank.topic_title(v.question.topic) for v in variants)
    title = titled(title)
    whole = sheet(variants, title, topics, solutions != "none", asked.ask, asked.command(look.language))
    whole = replace(whole, language=look.language, size=look.size, large=look.large)
    written = [(output, whole)]
    if solutions == "separate":
        beside = output.with_name(f"{output.stem}-solutions{output.suffix}")
        alone = replace(whole, title=say("%(title)s: solutions", title=title), problems=())
        written = [(output, replace(whole, solutions=())), (beside, alone)]
    for path, document in written:
        with naming(variants):
            page = write(document, templates)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page if isinstance(page, bytes) else page.encode())
        yield path


@contextmanager
def naming(variants: Sequence[Variant]) -> Iterator[None]:
    """Give an unreadable formula the name of the file that it is in."""
    from dlexam.render.math import TexError

    try:
        yield
    except TexError as problem:
        from dlexam.laws import words_render

        for variant in variants:
            if str(problem) in words_render(variant):
                msg = f"{variant.question.path.name}: {problem}"
                raise QuestionError(msg) from None
        raise


def new_question(id: str, folder: Path) -> Path:
    """Write a question file to start from; never over an existing one."""
    topic, slash, name = id.partition("/")
    if not (slash and topic.isidentifier() and name.isidentifier()):
        msg = f"{id}: not the id of a question. Write TOPIC/NAME in small letters, like optimizers/my_step."
        raise QuestionError(msg)
    path = folder / topic / f"{name}.py"
    if path.exists():
        msg = f"{path}: there is a question already. Choose another name."
        raise QuestionError(msg)
    start = (bundled("templates") / "new_question.py.txt").read_text(encoding="utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(start.replace("NAME", name.replace("_", " ").capitalize()), encoding="utf-8")
    return path
