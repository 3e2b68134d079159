"""A document as a tagged PDF, through WeasyPrint; formulas are inline boxes (math_print.py)."""

from __future__ import annotations

import atexit
import logging
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from dlexam.blocks import Document
from dlexam.cover import Imprint
from dlexam.render import RenderError
from dlexam.render.language import language
from dlexam.render.localise import localised
from dlexam.render.look import Look, look
from dlexam.render.math_print import boxes
from dlexam.render.pages import USUAL, environment, find
from dlexam.render.pdf_codes import stamp
from dlexam.render.pdf_faces import Face, Faces
from dlexam.render.pdf_form import mend_form
from dlexam.render.pdf_pictures import Pictures, tag_formulas

if TYPE_CHECKING:
    from pydyf import PDF  # type: ignore[import-untyped]
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

_SCHEME = "bundled:"

# WeasyPrint (70.0) breaks a text after its first word where all but the space at its end fits the line.
_LAST_SPACE = re.compile(r" (?=<(?:img|em|strong|code)\b)")
_NO_LETTER = ".notdef"  # WeasyPrint's log has a line that starts so for a letter that no font has


def render(document: Document, templates: Path | None = None, form: bool = False) -> bytes:
    """The PDF. `templates` is a folder whose files replace the bundled ones of the same name.

    With `form` the answers are typed into it: fields `N.step`, or `N.step.row.column` for each cell.
    """
    spoken, measures = language(templates, document.language), look(document.size, document.large)
    scanned = document.imprint if document.part == "paper" else None
    page = localised(document, spoken)
    return write("sheet", templates, spoken.code, measures, scanned, form=form, document=page)


def write(
    name: str,
    templates: Path | None = None,
    code: str = "en",
    measures: Look = USUAL,
    scanned: Imprint | None = None,
    form: bool = False,
    **what: object,
) -> bytes:
    """The PDF that a template of `templates/pdf` makes of what it is given.

    The pages of what is `scanned` have a code each.
    """
    page = environment(templates, _formula, _font, code, measures).get_template(f"pdf/{name}.html.j2")
    html = _LAST_SPACE.sub(" \u200b", page.render(form=form, **what))
    _require_weasyprint()
    style, fonts, fetcher, faces = _style(templates, code, measures)
    made = _read(html, fetcher).write_pdf(
        stylesheets=[style],
        font_config=fonts,
        cache=Pictures(faces),
        finisher=partial(_finish, measures, scanned),
        pdf_forms=form,
        pdf_variant="pdf/ua-1",
        pdf_tags=True,
    )
    return bytes(made)


def without_font(letters: Sequence[str], templates: Path | None) -> set[str]:
    """Those of some characters that no font of this machine has."""
    _require_weasyprint()
    style, fonts, fetcher, _ = _style(templates, "en", USUAL)
    log, found = logging.getLogger("weasyprint"), set[object]()

    def note(line: logging.LogRecord) -> bool:
        found.update(line.args or () if line.msg.startswith(_NO_LETTER) else ())
        return False

    log.addFilter(note)
    log.setLevel(logging.WARNING)
    try:
        page = _read(f"<html><body><p>{' '.join(letters)}</p></body></html>", fetcher)
        page.write_pdf(stylesheets=[style], font_config=fonts)
    finally:
        log.setLevel(logging.CRITICAL)
        log.removeFilter(note)
    # A letter without a glyph is taken apart, as Thai am is, and its parts are what is missing.
    return {letter for letter in letters if found & {letter, *unicodedata.normalize("NFKD", letter)}}


def _finish(measures: Look, scanned: Imprint | None, _: object, pdf: PDF) -> None:
    """What WeasyPrint's tags, form fields and pages still lack."""
    tag_formulas(pdf)
    mend_form(pdf)
    if scanned:
        stamp(pdf, scanned, measures)


def _read(xml: str, fetcher: URLFetcher) -> HTML:
    """The page as WeasyPrint holds it. Its own reader is for HTML from anywhere, and slow."""
    from xml.etree.ElementTree import ParseError, fromstring

    from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
    from weasyprint import HTML

    page = HTML.__new__(HTML)
    page.base_url, page.url_fetcher, page.media_type = _SCHEME, fetcher, "print"
    try:
        root = fromstring(xml)
    except ParseError as problem:
        msg = f"PDF: the page is not well-formed ({problem}). Close every tag in your templates, as <br/>."
        raise RenderError(msg) from None
    page.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    page.etree_element = page.wrapper_element.etree_element
    return page


def _formula(tex: str, display: bool, tail: str) -> Markup:
    return Markup(boxes(tex, display)) + tail


def _font(templates: Path | None, name: str) -> str:
    return _SCHEME + name


def _require_weasyprint() -> None:
    try:
        import weasyprint  # noqa: F401
    except ImportError:
        needed = "weasyprint is not installed. Run pip install weasyprint, or write HTML."
        raise RenderError(f"PDF: {needed}") from None
    except OSError:
        needed = "the Pango library is missing. Install it (Debian: libpango-1.0-0"
        raise RenderError(f"PDF: {needed}, macOS: brew install pango), or write HTML.") from None
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)


@lru_cache(maxsize=4)
def _style(
    templates: Path | None, code: str = "en", measures: Look = USUAL
) -> tuple[CSS, FontConfiguration, URLFetcher, Faces]:
    """The style sheet and its fonts, read once."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), _fetcher(templates)
    atexit.register(_tidy, fonts)
    css = environment(templates, _formula, _font, code, measures).get_template("pdf/sheet.css").render()
    style = CSS(string=_resolved(css), font_config=fonts, url_fetcher=fetcher)
    faces = Faces(
        Face(find(templates, "fonts/text.woff2"), "STIX Two Text", 400, fonts),
        Face(find(templates, "fonts/text-bold.woff2"), "STIX Two Text", 600, fonts),
        Face(find(templates, "fonts/math.woff2"), "STIX Two Math", 400, fonts),
    )
    return style, fonts, fetcher, faces


def _tidy(fonts: FontConfiguration) -> None:
    """Take away the folder of unpacked fonts at the end; freeing the fonts themselves would crash."""
    fonts.__del__()
    fonts._folder = None


def _resolved(css: str) -> str:
    """The style sheet with its colours in place: WeasyPrint looks a variable up anew for every element."""
    values = dict(re.findall(r"(--\w+): ([^;}]+)", css))
    return re.sub(r"var\((--\w+)\)", lambda found: str(values[found[1]]).strip(), css)


def _fetcher(templates: Path | None) -> URLFetcher:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Bundled(URLFetcher):  # type: ignore[misc]
        """Gives the bundled fonts and refuses everything else."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            name = url.removeprefix(_SCHEME)
            if name == url or "/" in name or "\\" in name:
                raise ValueError(f"{url}: a page may not fetch anything.")
            return URLFetcherResponse(url, find(templates, f"fonts/{name}").read_bytes())

    return Bundled()
