"""Make the bundled fonts from the full ones: `python subset.py FOLDER`, a folder of TTF files.

Each is written twice: WOFF2 for HTML and WeasyPrint, and the same as TTF for Typst.

Besides leaving out characters, the mathematics font gains two features for print, where nothing
stretches by itself: `ss01` ... `ss12` give a bracket's taller shapes (and the large sum), and marks
(hats, bars) are placed over the letter by the font's own accent table.
"""

import json
import sys
from io import StringIO
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeatures
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
TEXT = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B, *range(0x2C6, 0x2DE),
    *range(0x391, 0x3CA), 0x3D1, 0x3D5, 0x3F5, *range(0x2002, 0x200C), *range(0x2010, 0x2023),
    0x2026, 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x205F,
    *range(0x2070, 0x208F), 0x20AC, 0x2122,
    0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x221A, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265,
]  # fmt: skip
MATH = [
    *range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2C6, 0x2DE), *range(0x300, 0x30D), 0x305,
    0x332, 0x338, *range(0x391, 0x3CA), 0x3D1, 0x3D5, 0x3D6, 0x3F0, 0x3F1, 0x3F5,
    *range(0x2000, 0x2023), 0x2026, 0x202F, *range(0x2030, 0x2038), 0x203E, 0x2044, 0x2057, 0x205F,
    *range(0x2060, 0x2065), 0x20D6, 0x20D7, 0x2102, 0x210B, 0x210E, 0x210F, 0x2110, 0x2111, 0x2112,
    0x2113, 0x2115, 0x2119, 0x211A, 0x211B, 0x211C, 0x211D, 0x2124, 0x212C, 0x2130, 0x2131,
    0x2133, 0x2135, *range(0x2190, 0x2195), 0x21A6, *range(0x21D0, 0x21D5), *range(0x2200, 0x2295),
    0x2295, 0x2296, 0x2297, 0x2298, 0x2299, 0x22A4, 0x22A5, *range(0x22C0, 0x22C8), 0x22EE, 0x22EF,
    0x22F1, *range(0x2308, 0x230C), *range(0x239B, 0x23B7), *range(0x23DC, 0x23E2), 0x25CB, 0x25A1,
    0x2605, 0x27E8, 0x27E9, *range(0x27F5, 0x27FA), 0x2A00, 0x2A01, 0x2A02, *range(0x1D400, 0x1D468),
    *range(0x1D468, 0x1D4D0), *range(0x1D538, 0x1D56C), *range(0x1D5A0, 0x1D5D4),
    *range(0x1D670, 0x1D6A4), 0x1D6A4, 0x1D6A5, *range(0x1D6A8, 0x1D756), *range(0x1D7CE, 0x1D7E2),
]  # fmt: skip
CODE = [
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026,
    0x2212,
]  # fmt: skip
TALL = "()[]{}|\u2016\u230a\u230b\u2308\u2309\u27e8\u27e9\u221a\u2211\u220f\u22c3\u22c2\u222b"
BRACKETS = "()[]{}\u230a\u230b\u2308\u2309\u27e8\u27e9\u221a"
PRIMES = (0x2032, 0x2033, 0x2034, 0x2057)
MARKS = (0x302, 0x303, 0x304, 0x305, 0x307, 0x308, 0x30C, 0x20D7)
FILES = {
    "STIXTwoText_400Regular": ("text", TEXT),
    "STIXTwoText_400Regular_Italic": ("text-italic", TEXT),
    "STIXTwoText_600SemiBold": ("text-bold", TEXT),
    "STIXTwoMath_400Regular": ("math", MATH),
    "Inconsolata_400Regular": ("code", CODE),
}


def features(font):
    """The extra features of the mathematics font, as feature-file text."""
    names, table = font.getBestCmap(), font["MATH"].table
    variants = table.MathVariants
    tall = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction))
    sizes = {}
    for character in TALL:
        found = tall[names[ord(character)]].MathGlyphVariantRecord
        for size, record in enumerate(found[1:], 1):
            sizes.setdefault(size, []).append(f"  sub {names[ord(character)]} by {record.VariantGlyph};")
    lines = [f"feature ss{n:02} {{\n" + "\n".join(subs) + f"\n}} ss{n:02};" for n, subs in sizes.items()]
    accents = table.MathGlyphInfo.MathTopAccentAttachment
    return "\n".join([*lines, *small_primes(font, names), *marks(font, names, accents)])


def small_primes(font, names):
    """Primes drawn for script size, the one part of the font's own `ssty` that is kept."""
    gsub, lines = font["GSUB"].table, []
    lookups = {
        at
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "ssty"
        for at in record.Feature.LookupListIndex
    }
    for at in lookups:
        for part in gsub.LookupList.Lookup[at].SubTable:
            table = getattr(part, "ExtSubTable", part)
            for name, others in getattr(table, "alternates", {}).items():
                if name in {names.get(code) for code in PRIMES}:
                    lines.append(f"  sub {name} from [{' '.join(others)}];")
    return ["feature ssty {", *lines, "} ssty;"] if lines else []


def marks(font, names, table):
    """Anchors that set a mark over its letter's accent point, clear of its height."""
    places = dict(zip(table.TopAccentCoverage.glyphs, (v.Value for v in table.TopAccentAttachment)))
    glyphs, lines = font["glyf"], []
    for code in MARKS:
        mark = names[code]
        lines.append(f"markClass {mark} <anchor {places.get(mark, -230)} 480> @TOP;")
    lines.append("feature mark {")
    for code, name in names.items():
        base = chr(code).isalpha() or chr(code).isdigit()
        if base and name in places and code not in MARKS and hasattr(glyphs[name], "yMax"):
            height = max(glyphs[name].yMax, 480)
            lines.append(f"  pos base {name} <anchor {places[name]} {height}> mark @TOP;")
    return [*lines, "} mark;"]


def slim(font):
    """Tall brackets and roots no wider than the plain one by a quarter.

    Browsers reserve the width of the widest shape for every bracket, which would leave a gap.
    """
    variants, done = font["MATH"].table.MathVariants, set()
    names = font.getBestCmap()
    tall = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction))
    for character in BRACKETS:
        base, found = names[ord(character)], tall[names[ord(character)]]
        groups = [[record.VariantGlyph] for record in found.MathGlyphVariantRecord[1:]]
        if found.GlyphAssembly:
            groups.append(list({part.glyph for part in found.GlyphAssembly.PartRecords} - {base}))
        for group in groups:
            if not done & set(group):
                narrow(font, base, group, 1.0 if character == "\u221a" else 1.25)
                done |= set(group)


def narrow(font, base, group, most):
    """Squeeze the glyphs of a group together so that they are about as wide as `base`."""
    glyphs, metrics = font["glyf"], font["hmtx"]
    left, right = glyphs[base].xMin, glyphs[base].xMax
    least = min(glyphs[name].xMin for name in group)
    widest = max(glyphs[name].xMax for name in group) - least
    scale = min(1, most * (right - left) / widest)
    for name in group:
        glyph = glyphs[name]
        for at, (x, y) in enumerate(glyph.coordinates):
            glyph.coordinates[at] = (round((x - least) * scale + left), y)
        glyph.recalcBounds(glyphs)
        bearing = metrics[base][0] - right
        metrics[name] = (round(widest * scale) + left + bearing, glyph.xMin)


def subset(source, target, characters, mathematics):
    """Write one font with only these characters."""
    font = TTFont(source)
    options = Options()
    options.flavor, options.hinting, options.desubroutinize = "woff2", False, True
    options.layout_features = ["*"] if mathematics else ["kern", "liga", "ccmp", "mark", "tnum"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    if mathematics:
        slim(font)
        extra = features(font)
        for tag in {"GSUB", "GPOS", "GDEF"} & set(font.keys()):
            del font[tag]
        addOpenTypeFeatures(font, StringIO(extra))
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)
    font.flavor = None
    font.save(target.with_suffix(".ttf"))


def widths():
    """Advances in thousandths of an em: of each character (text font first), and of tall shapes."""
    mathematics, text = (TTFont(HERE / f"{name}.woff2") for name in ("math", "text"))
    plain = {}
    for font in (mathematics, text):
        plain |= {chr(code): font["hmtx"][name][0] for code, name in font.getBestCmap().items()}
    variants, names = mathematics["MATH"].table.MathVariants, mathematics.getBestCmap()
    found = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction))
    tall = {
        character: [
            mathematics["hmtx"][record.VariantGlyph][0]
            for record in found[names[ord(character)]].MathGlyphVariantRecord
        ]
        for character in TALL
    }
    return {"plain": plain, "tall": tall}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for stem, (name, characters) in FILES.items():
        source = next(folder.rglob(f"{stem}.ttf"))
        subset(source, HERE / f"{name}.woff2", characters, name == "math")
    (HERE / "widths.json").write_text(json.dumps(widths(), ensure_ascii=True) + "\n")
