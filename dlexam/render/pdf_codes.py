"""A QR code drawn at the foot of every page of a PDF that WeasyPrint has laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlexam.cover import Imprint
from dlexam.render.look import CODE_MIDDLE, MODULE, Look
from dlexam.render.qr import codes

if TYPE_CHECKING:
    from pydyf import PDF  # type: ignore[import-untyped]

_MM = 72 / 25.4


def stamp(pdf: PDF, imprint: Imprint, look: Look) -> None:
    """Draw each page's own code, under what is on the page and without a tag."""
    from pydyf import Array, Stream

    references = pdf.pages["Kids"][::3]  # "5 0 R" is three entries
    pages = [pdf.objects[int(number)] for number in references]
    for page, code in zip(pages, codes(imprint, len(pages))):
        top = CODE_MIDDLE + code.side * MODULE / 2
        rows = (f"{x} {-y - 1} {wide} 1 re" for x, y, wide in code.runs())
        size = MODULE * _MM
        place = f"q {size:.4f} 0 0 {size:.4f} {look.code * _MM:.4f} {top * _MM:.4f} cm"
        drawn = Stream([f"/Artifact BMC {place} 0 g", *rows, "f Q EMC"], compress=True)
        pdf.add_object(drawn)
        page["Contents"] = Array([drawn.reference, page["Contents"]])
