"""Documents to pages: every format takes a `Document` and nothing else.

The libraries behind a format are loaded when it is first used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


FORMATS: Mapping[str, Renderer] = MappingProxyType({"html": _html, "pdf": _pdf})
