"""A document as a tagged PDF, through Typst: the engine for many papers, without system libraries.

The source that is compiled is written by typst_sheet.py; it calls the functions of templates/typst.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlexam.blocks import Document
from dlexam.folders import bundled
from dlexam.render import RenderError
from dlexam.render.language import language
from dlexam.render.localise import localised
from dlexam.render.look import look
from dlexam.render.pages import USUAL, find
from dlexam.render.phrases import Phrases
from dlexam.render.qr import MOST_PAGES
from dlexam.render.typst_sheet import source
from dlexam.render.typst_source import Page
from dlexam.render.typst_text import quoted

if TYPE_CHECKING:
    from typst import TypstError

_FILES = ("sheet", "cover", "blocks", "look", "math")
_MORE_PAGES = "more pages than codes"  # templates/typst/look.typ stops with this
_NO_LETTER = "could not be displayed"  # Typst stops with this where no font has a letter
_LETTERS = '#import "look.typ": fonts\n#set document(title: "Letters")\n#set text(font: fonts)\n#'


def render(document: Document, templates: Path | None = None) -> bytes:
    """The PDF. `templates` is a folder whose files replace the bundled ones of the same name."""
    _require_typst()
    from typst import TypstError

    spoken, measures = language(templates, document.language), look(document.size, document.large)
    page = Page(_phrases(templates, spoken.code), measures)
    shown, settings = localised(document, spoken), {"look": json.dumps(asdict(measures))}
    pages = len(document.problems) + 2
    while True:
        files = {**_templates(templates), "main.typ": source(shown, page, pages).encode()}
        try:
            return _compiled(files, settings, templates)
        except TypstError as problem:
            if _MORE_PAGES not in problem.message or pages == MOST_PAGES:
                raise _refused(problem) from None
        pages = MOST_PAGES


def _compiled(files: dict[str, bytes], settings: dict[str, str], templates: Path | None) -> bytes:
    """The PDF in the bundled fonts; a name in another script is set in the fonts of this machine.

    There is no clock in it: the same document is the same file.
    """
    from typst import TypstError

    for system, standards in ((False, ["ua-1"]), (True, ["ua-1"])):
        compiler = _compiler(templates, system)
        try:
            return bytes(compiler.compile(files, sys_inputs=settings, pdf_standards=standards, timestamp=0))
        except TypstError as problem:
            if _NO_LETTER not in problem.message:
                raise
    return bytes(compiler.compile(files, sys_inputs=settings, timestamp=0))


def without_font(letters: Sequence[str], templates: Path | None) -> set[str]:
    """Those of some characters that no font of this machine has."""
    _require_typst()
    if _has_fonts(" ".join(letters), templates):
        return set()
    return {letter for letter in letters if not _has_fonts(letter, templates)}  # Typst names the first only


def _has_fonts(text: str, templates: Path | None) -> bool:
    from typst import TypstError

    files = {"look.typ": _templates(templates)["look.typ"], "main.typ": f"{_LETTERS}{quoted(text)}".encode()}
    settings = {"look": json.dumps(asdict(USUAL))}
    try:
        _compiler(templates, True).compile(files, sys_inputs=settings, pdf_standards=["ua-1"], timestamp=0)
    except TypstError as problem:
        return _NO_LETTER not in problem.message
    return True


def _refused(problem: TypstError) -> RenderError:
    why = " ".join([problem.message.partition("\n")[0], *problem.hints[:1]])
    return RenderError(f"PDF: Typst refuses the page ({why}). Mend the templates in typst/.")


@lru_cache(maxsize=4)
def _templates(templates: Path | None) -> dict[str, bytes]:
    return {f"{name}.typ": find(templates, f"typst/{name}.typ").read_bytes() for name in _FILES}


@lru_cache(maxsize=4)
def _phrases(templates: Path | None, code: str) -> Phrases:
    return Phrases(templates, code)


@lru_cache(maxsize=4)
def _compiler(templates: Path | None, system: bool) -> Any:  # its stubs do not know files in memory
    """The compiler with its fonts, read once; the `system` fonts are not the same everywhere."""
    from typst import Compiler, Fonts

    folders = [folder / "fonts" for folder in (templates, bundled("templates")) if folder is not None]
    places = [str(folder) for folder in folders if folder.is_dir()]
    return Compiler(font_paths=Fonts(system, include_embedded_fonts=False, font_paths=places))


def _require_typst() -> None:
    try:
        import typst  # noqa: F401
    except ImportError:
        msg = "PDF: typst is not installed. Run pip install 'dlexam[typst]', or take --engine weasyprint."
        raise RenderError(msg) from None
