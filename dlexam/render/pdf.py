"""A document as a tagged PDF, through WeasyPrint; formulas are inline boxes (math_print.py)."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dlexam.blocks import Document
from dlexam.render import RenderError
from dlexam.render.math_print import boxes
from dlexam.render.pages import environment, find

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

_SCHEME = "bundled:"


def render(document: Document, templates: Path | None = None) -> bytes:
    """The PDF. `templates` is a folder whose files replace the bundled ones of the same name."""
    page = environment(templates, _formula, _font).get_template("pdf/sheet.html.j2")
    html = page.render(document=document)
    weasyprint = _weasyprint()
    style, fonts, fetcher = _style(templates)
    made = weasyprint.HTML(string=html, base_url=_SCHEME, url_fetcher=fetcher).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return bytes(made)


def _formula(tex: str, display: bool = False) -> Markup:
    return Markup(boxes(tex, display))


def _font(templates: Path | None, name: str) -> str:
    return _SCHEME + name


def _weasyprint() -> Any:
    try:
        import weasyprint
    except ImportError:
        needed = 'weasyprint is not installed. Run pip install "dlexam[pdf]", or write HTML.'
        raise RenderError(f"PDF: {needed}") from None
    except OSError:
        needed = "the Pango library is missing. Install it (Debian: libpango-1.0-0"
        raise RenderError(f"PDF: {needed}, macOS: brew install pango), or write HTML.") from None
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    return weasyprint


@lru_cache(maxsize=4)
def _style(templates: Path | None) -> tuple[CSS, FontConfiguration, URLFetcher]:
    """The style sheet and its fonts, read once."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), _fetcher(templates)
    css = environment(templates, _formula, _font).get_template("pdf/sheet.css").render()
    return CSS(string=css, font_config=fonts, url_fetcher=fetcher), fonts, fetcher


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
