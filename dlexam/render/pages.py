"""What the HTML and the PDF page share: the template environment and its filters."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dlexam.folders import bundled
from dlexam.render import RenderError
from dlexam.render.figure import safe_svg
from dlexam.render.grids import cells, drawn, edged
from dlexam.render.language import Language, language
from dlexam.render.layout import beside, indented, signed, with_tails
from dlexam.render.localise import prose, tex
from dlexam.render.look import Look, look
from dlexam.render.math_chain import chained
from dlexam.render.math_pieces import pieces
from dlexam.render.math_print import fitted, width
from dlexam.render.math_text import text
from dlexam.render.qr import codes
from dlexam.render.snippet import highlighted

USUAL = look("a4", False)
LONGEST = 300  # characters of an answer that a page shows

Formula = Callable[[str, bool, str], Markup]  # TeX, displayed?, the punctuation after it
Font = Callable[[Path | None, str], str]


def _compiled() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept between runs, if there is a place."""
    try:
        return FileSystemBytecodeCache()
    except (RuntimeError, OSError):
        return None


@lru_cache(maxsize=8)
def environment(
    templates: Path | None, formula: Formula, font: Font, code: str = "en", measures: Look = USUAL
) -> Environment:
    """The Jinja environment of one format, language and size of page, kept for the next document."""
    spoken = language(templates, code)
    folders = [folder for folder in (templates, bundled("templates")) if folder is not None]
    made = Environment(
        loader=FileSystemLoader(folders),
        bytecode_cache=_compiled(),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    made.filters |= filters(formula, spoken, measures)
    made.globals |= {"font": partial(font, templates), "look": measures}
    made.install_gettext_translations(spoken.words, newstyle=True)  # type: ignore[attr-defined]
    return made


def filters(formula: Formula, spoken: Language, measures: Look) -> dict[str, Callable[..., object]]:
    """What templates may do to a value."""
    return {
        "kind": lambda block: type(block).__name__,
        "math": lambda tex, tail="": formula(tex, False, tail),
        "display": lambda tex: formula(tex, True, ""),
        "number": spoken.number,
        "day": spoken.day,
        "prose": lambda words: prose(words, spoken),
        "tex": lambda formula: tex(formula, spoken),
        "several": several,
        "shortened": lambda text: text if len(text) <= LONGEST else f"{text[:LONGEST]} ...",
        "letter": lambda place: chr(ord("A") + place),
        "with_tails": with_tails,
        "edged": edged,
        "beside": partial(beside, room=measures.beside),
        "width": width,
        "spoken": text,
        "pieces": lambda tex, room: Markup(pieces(tex, True, room)),
        "chained": lambda step, room: Markup(chained(step.symbol, signed(step), step.asked, room)),
        "fitted": lambda tex, room: Markup(fitted(tex, room)),
        "indented": indented,
        "cells": cells,
        "code": lambda imprint: codes(imprint, 1)[0],
        "drawn": drawn,
        "svg": safe_svg,
        "highlighted": highlighted,
    }


def several(value: float) -> int:
    """The number by which a plural is chosen: of a part of a mark, that of more than one."""
    return int(value) if value == int(value) else 2


def find(templates: Path | None, name: str) -> Path:
    """A file of the user's templates folder, or the bundled one of that name."""
    for folder in (templates, bundled("templates")):
        if folder is not None and (folder / name).is_file():
            return folder / name
    raise RenderError(f"template {name}: not found. Install dlexam again, or mend --templates.")
