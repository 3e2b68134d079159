"""A document as one self-contained HTML page: MathML, embedded fonts, no script."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from dlexam.blocks import Document
from dlexam.render.language import language
from dlexam.render.localise import localised
from dlexam.render.math import on_screen
from dlexam.render.math_pieces import pieces
from dlexam.render.math_print import SHORT
from dlexam.render.pages import environment, find


def render(document: Document, templates: Path | None = None) -> str:
    """The page. `templates` is a folder whose files replace the bundled ones of the same name."""
    spoken = language(templates, document.language)
    return write("sheet", templates, spoken.code, document=localised(document, spoken))


def write(name: str, templates: Path | None = None, code: str = "en", **what: object) -> str:
    """The page that a template of `templates/html` makes of what it is given."""
    page = environment(templates, _formula, _font, code).get_template(f"html/{name}.html.j2")
    return page.render(**what)


def _formula(tex: str, display: bool, tail: str) -> Markup:
    if display:
        return Markup(on_screen(tex, True))
    written = Markup(pieces(tex, False, SHORT))
    return Markup('<span class="n">{}{}</span>').format(written, tail) if tail else written


def _font(templates: Path | None, name: str) -> str:
    return _embedded(find(templates, f"fonts/{name}"))


@lru_cache(maxsize=32)
def _embedded(font: Path) -> str:
    return "data:font/woff2;base64," + b64encode(font.read_bytes()).decode("ascii")
