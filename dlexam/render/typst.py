"""A document as a tagged PDF, through Typst: the engine for many papers, without system libraries.

The source that is compiled is written by typst_blocks.py; it calls the functions of templates/typst.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dlexam.blocks import Document
from dlexam.folders import bundled
from dlexam.render import RenderError
from dlexam.render.language import language
from dlexam.render.localise import localised
from dlexam.render.pages import find
from dlexam.render.phrases import Phrases
from dlexam.render.typst_blocks import document as written

if TYPE_CHECKING:
    from typst import Compiler

_FILES = ("sheet", "blocks", "look", "math")


def render(document: Document, templates: Path | None = None) -> bytes:
    """The PDF. `templates` is a folder whose files replace the bundled ones of the same name."""
    compiler = _compiler(templates)
    from typst import TypstError

    spoken = language(templates, document.language)
    main = written(localised(document, spoken), _phrases(templates, spoken.code))
    files = {**_templates(templates), "main.typ": main.encode()}
    try:
        made = compiler.compile(files, format="pdf", pdf_standards="ua-1", timestamp=0)
    except TypstError as problem:
        where = " ".join(problem.trace[-1:])
        msg = f"PDF: Typst refuses the page ({problem.message} {where}). Mend the templates in typst/."
        raise RenderError(msg) from None
    return bytes(made)


@lru_cache(maxsize=4)
def _templates(templates: Path | None) -> dict[str, bytes]:
    return {f"{name}.typ": find(templates, f"typst/{name}.typ").read_bytes() for name in _FILES}


@lru_cache(maxsize=4)
def _phrases(templates: Path | None, code: str) -> Phrases:
    return Phrases(templates, code)


@lru_cache(maxsize=4)
def _compiler(templates: Path | None) -> Compiler:
    """The compiler with its fonts, read once; only these fonts, so that a page is the same everywhere."""
    try:
        from typst import Compiler, Fonts
    except ImportError:
        msg = "PDF: typst is not installed. Run pip install 'dlexam[typst]', or take --engine weasyprint."
        raise RenderError(msg) from None
    folders = [folder / "fonts" for folder in (templates, bundled("templates")) if folder is not None]
    fonts = Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders if folder.is_dir()],
    )
    return Compiler(font_paths=fonts)
