"""The bundled fonts, glyph by glyph, for what is drawn without a text engine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from weasyprint.text.fonts import FontConfiguration

_LETTER = 480  # thousandths of an em; how high a mark is drawn to stand over


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph's number, and how far it moves on, in thousandths of an em."""

    number: int
    advance: int


class Face:
    """One font file, and the font that the page printer has made of it."""

    def __init__(self, path: Path, family: str, weight: int, fonts: FontConfiguration) -> None:
        """Read which glyphs there are; the page printer finds the same font by family and weight."""
        from fontTools.ttLib import TTFont

        self._file: TTFont = TTFont(BytesIO(path.read_bytes()), lazy=True)
        self.names: dict[int, str] = self._file.getBestCmap()
        self.loaded = _load(fonts, family, weight)
        self._known: dict[tuple[str, int], Glyph] = {}

    def glyph(self, character: str, tall: int = 0) -> Glyph:
        """The glyph of a character, or one of the taller shapes of a bracket."""
        key = (character, tall)
        if key not in self._known:
            name = self.names.get(ord(character), ".notdef")
            name = self._tall[name][tall] if tall else name
            self._known[key] = Glyph(self._file.getGlyphID(name), self._file["hmtx"][name][0])
        return self._known[key]

    @cached_property
    def _tall(self) -> dict[str, list[str]]:
        table = self._file["MATH"].table.MathVariants
        shapes = zip(table.VertGlyphCoverage.glyphs, table.VertGlyphConstruction)
        return {name: [one.VariantGlyph for one in made.MathGlyphVariantRecord] for name, made in shapes}

    @cached_property
    def _places(self) -> dict[str, int]:
        table = self._file["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
        return {name: at.Value for name, at in zip(table.TopAccentCoverage.glyphs, table.TopAccentAttachment)}

    def over(self, letter: str, mark: str) -> tuple[float, float]:
        """How far right and up a mark stands over a letter, in em, both drawn from the letter's left end."""
        base, sign = self.names[ord(letter)], self.names[ord(mark)]
        middle = self._places.get(base, self._file["hmtx"][base][0] // 2)
        top = max(_LETTER, getattr(self._file["glyf"][base], "yMax", _LETTER))
        return (middle - self._places.get(sign, -230)) / 1000, (top - _LETTER) / 1000


def _load(fonts: FontConfiguration, family: str, weight: int) -> Any:
    """The font in the page printer's text library."""
    from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango

    about = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    name = ffi.new("char[]", family.encode())
    pango.pango_font_description_set_family(about, name)
    pango.pango_font_description_set_weight(about, weight)
    pango.pango_font_description_set_absolute_size(about, 10 * TO_UNITS)
    context = ffi.gc(pango.pango_font_map_create_context(fonts.font_map), gobject.g_object_unref)
    return ffi.gc(pango.pango_font_map_load_font(fonts.font_map, context, about), gobject.g_object_unref)


@dataclass(frozen=True, slots=True)
class Faces:
    """The text font, its bold, and the mathematics font that has the rest."""

    text: Face
    bold: Face
    mathematics: Face

    def of(self, cluster: str, tall: int, bold: bool) -> Face:
        """The face for a character; what has taller shapes, and a letter with its mark, is mathematics."""
        plain = self.bold if bold else self.text
        written = len(cluster) == 1 and ord(cluster) in plain.names and not tall and cluster != "√"
        return plain if written else self.mathematics
