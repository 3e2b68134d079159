"""What the HTML and the PDF page share: the template environment and its filters."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dlexam.blocks import AnswerBox, WorkedStep
from dlexam.render import RenderError, templates_folder
from dlexam.render.figure import safe_svg
from dlexam.render.grids import cells, drawn, edged
from dlexam.render.math_pieces import pieces
from dlexam.render.math_print import fitted, width
from dlexam.render.snippet import highlighted

_BESIDE = 20.0  # em; a chain up to this wide stands beside its reason

Formula = Callable[[str, bool], Markup]
Font = Callable[[Path | None, str], str]


@lru_cache(maxsize=8)
def environment(templates: Path | None, formula: Formula, font: Font) -> Environment:
    """The Jinja environment of one format, kept for the next document."""
    folders = [folder for folder in (templates, templates_folder()) if folder is not None]
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= {
        "kind": lambda block: type(block).__name__,
        "math": lambda tex: formula(tex, False),
        "display": lambda tex: formula(tex, True),
        "number": lambda value: f"{value:g}",
        "letter": lambda place: chr(ord("A") + place),
        "edged": edged,
        "beside": beside,
        "width": width,
        "pieces": lambda tex, room: Markup(pieces(tex, True, room)),
        "fitted": lambda tex, room: Markup(fitted(tex, room)),
        "indented": indented,
        "cells": cells,
        "drawn": drawn,
        "svg": safe_svg,
        "highlighted": highlighted,
    }
    made.globals["font"] = partial(font, templates)
    return made


def find(templates: Path | None, name: str) -> Path:
    """A file of the user's templates folder, or the bundled one of that name."""
    for folder in (templates, templates_folder()):
        if folder is not None and (folder / name).is_file():
            return folder / name
    raise RenderError(f"template {name}: not found. Install dlexam again, or mend --templates.")


def beside(step: WorkedStep) -> bool:
    """Whether the chain is narrow enough to stand beside its reason."""
    widest = max((width(line) for line in step.lines), default=0)
    return width(step.symbol) + widest + 2 < _BESIDE


def indented(boxes: tuple[AnswerBox, ...]) -> list[tuple[AnswerBox, float]]:
    """Each answer box with how far its symbol is set in, so that all the symbols end together."""
    widths = [0.0 if box.options or not box.rows else width(box.symbol) for box in boxes]
    most = max(widths, default=0)
    return [(box, most - wide if wide else 0) for box, wide in zip(boxes, widths)]
