"""Formulas and grids drawn straight into a PDF: WeasyPrint sees one picture of known size for each.

WeasyPrint looks an image up in a cache before it fetches it; this cache draws what an address says
(math_print.picture). The characters stay text: every glyph says which character it is.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from dlexam.render.grids import GRID, inked
from dlexam.render.math_chain import CHAIN, linked
from dlexam.render.math_glyphs import JOIN, advance
from dlexam.render.math_ink import Bar, Box, Run
from dlexam.render.math_print import ADDRESS, picture
from dlexam.render.pdf_faces import Face, Faces, Glyph

if TYPE_CHECKING:
    from pydyf import PDF  # type: ignore[import-untyped]
    from weasyprint.css import ComputedStyle
    from weasyprint.pdf.stream import Stream

_BOLD = 600
_DRAWN = {ADDRESS: picture, GRID: inked, CHAIN: linked}


class Pictures(dict[str, "Picture"]):
    """WeasyPrint's image cache, which has every formula, chain and grid."""

    def __init__(self, faces: Faces) -> None:
        """An empty cache; `faces` draw what is asked for."""
        super().__init__()
        self.faces = faces

    def __contains__(self, address: object) -> bool:
        """Whether there is a picture: of every formula, chain and grid there is."""
        return str(address).startswith(tuple(_DRAWN)) or super().__contains__(address)

    def __missing__(self, address: str) -> Picture:
        """The picture, made when it is first asked for."""
        draw = _DRAWN[address.partition(":")[0] + ":"]
        made = self[address] = Picture(draw(address), self.faces)
        return made


@dataclass(frozen=True, slots=True)
class Picture:
    """A box, with what WeasyPrint asks of an image."""

    box: Box
    faces: Faces

    def get_intrinsic_size(self, _: float, font_size: float) -> tuple[float, float, float]:
        """Width, height and their ratio, in pixels."""
        wide, high = self.box.width, self.box.up + self.box.down
        return wide * font_size, high * font_size, wide / high

    def draw(self, stream: Stream, width: float, _: float, style: ComputedStyle) -> None:
        """Write the glyphs and bars; the page's y runs downwards from the top of the box."""
        from tinycss2.color5 import parse_color  # type: ignore[import-untyped]
        from weasyprint.draw.color import get_color

        em, up, text = width / self.box.width, self.box.up, get_color(style, "color")
        inks = self.box.inks
        for bar in inks:
            if isinstance(bar, Bar):
                stream.set_color(parse_color(bar.shade) if bar.shade else text)
                top = up - bar.y - bar.height
                stream.rectangle(bar.x * em, top * em, bar.width * em, bar.height * em)
                stream.fill()
        stream.begin_text()
        for run in inks:
            if isinstance(run, Run):
                stream.set_color(parse_color(run.shade) if run.shade else text)
                self._write(stream, run, em, run.strong or style["font_weight"] >= _BOLD)
        stream.end_text()

    def _write(self, stream: Stream, run: Run, em: float, bold: bool) -> None:
        size = em * run.size
        x, y = em * run.x, em * (self.box.up - run.y)
        for word in written(self.faces, run.text, run.tall, bold):
            font, _ = stream.add_font(word.face.loaded)
            for glyph, character in word.glyphs:
                font.widths[glyph.number], font.to_unicode[glyph.number] = glyph.advance, character
            stream.set_font_size(font.hash, size)
            stream.set_text_matrix(1, 0, 0, -1, x + size * word.right, y - size * word.rise)
            stream.show_text(word.codes)


@dataclass(frozen=True, slots=True)
class Word:
    """Glyphs of one face: where they stand in their run (em), and as a PDF writes them."""

    face: Face
    right: float
    rise: float
    codes: str
    glyphs: tuple[tuple[Glyph, str], ...]


@lru_cache(maxsize=16384)
def written(faces: Faces, text: str, tall: int, bold: bool) -> tuple[Word, ...]:
    """A run's characters as words of one face each, and the marks over them."""
    found: list[Word] = []
    pen = 0.0
    for face, clusters in groupby(_clusters(text), lambda cluster: faces.of(cluster, tall, bold)):
        start, glyphs, codes, marks = pen, [], "", []
        for letter, above in ((cluster[0], cluster[1:]) for cluster in clusters):
            glyph, room = face.glyph(letter, tall), advance(letter)
            slack = 0 if tall else glyph.advance - round(1000 * room)
            codes += f"<{glyph.number:04x}>" + (str(slack) if slack else "")
            glyphs.append((glyph, letter))
            marks += [_mark(face, letter, mark, pen) for mark in above]
            pen += room
        found += [Word(face, start, 0, codes.replace("><", ""), tuple(glyphs)), *marks]
    return tuple(found)


def _mark(face: Face, letter: str, mark: str, pen: float) -> Word:
    (right, rise), glyph = face.over(letter, mark), face.glyph(mark)
    return Word(face, pen + right, rise, f"<{glyph.number:04x}>", ((glyph, mark),))


def _clusters(text: str) -> list[str]:
    """Each character with the marks over it; what only keeps a line together is not drawn."""
    found: list[str] = []
    for character in text.replace(JOIN, ""):
        if unicodedata.combining(character) and found:
            found[-1] += character
        else:
            found.append(character)
    return found


def tag_formulas(pdf: PDF) -> None:
    """Tag formulas as formulas where WeasyPrint has figures; the words of one begin with a joiner."""
    from pydyf import Dictionary, String

    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("S") == "/Figure" and "Alt" in item:
            words = item["Alt"].string
            if words.startswith(JOIN):
                item["S"], item["Alt"] = "/Formula", String(words.removeprefix(JOIN))
