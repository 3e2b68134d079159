"""Documents to pages: every format takes a `Document` and nothing else.

The libraries behind a format are loaded when it is first used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlexam.blocks import Document

Renderer = Callable[["Document", Path | None], str | bytes]


class RenderError(ValueError):
    """A document that cannot be rendered; the message is one line: what: why. Do this."""


def _html(document: Document, templates: Path | None = None) -> str:
    from dlexam.render.html import render

    return render(document, templates)


def _pdf(document: Document, templates: Path | None = None) -> bytes:
    from dlexam.render.pdf import render

    return render(document, templates)


def typed_pdf(document: Document, templates: Path | None = None) -> bytes:
    """A PDF whose answers are typed into it."""
    from dlexam.render.pdf import render

    return render(document, templates, form=True)


def typst_pdf(document: Document, templates: Path | None = None) -> bytes:
    """A PDF by the engine for many papers."""
    from dlexam.render.typst import render

    return render(document, templates)


def format_of(path: Path) -> str:
    """The format that the name of a file asks for, one of FORMATS. Raises RenderError."""
    form = path.suffix.lstrip(".").lower()
    if form not in FORMATS:
        raise RenderError(f"{path}: no such format. End the name in {' or '.join('.' + f for f in FORMATS)}.")
    return form


def engine_for(name: str, papers: int = 1, form: bool = False) -> Renderer:
    """The PDF engine of a name, one of ENGINES; `form` asks for answers typed into the PDF.

    `auto` takes Typst for many papers without a form, and where WeasyPrint cannot run, if it is installed.
    """
    if name == "typst" and form:
        raise RenderError("PDF: Typst makes no forms. Take --engine weasyprint, or leave the form out.")
    if name == "typst" or (name == "auto" and not form and _typst_is_better(papers)):
        return typst_pdf
    return typed_pdf if form else _pdf


def _typst_is_better(papers: int) -> bool:
    return find_spec("typst") is not None and (papers > MANY or not _weasyprint_runs())


def _weasyprint_runs() -> bool:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):  # OSError: the Pango library is missing
        return False
    return True


ENGINES = ("auto", "weasyprint", "typst")
MANY = 20  # papers, from which on the faster engine is worth its plainer templates
FORMATS: Mapping[str, Renderer] = MappingProxyType({"html": _html, "pdf": _pdf})
