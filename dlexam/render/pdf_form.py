"""The form of a PDF as readers expect it: fields in a tree by name, and a font that shows what is typed.

WeasyPrint writes one flat list of fields with dots in their names, which the PDF standard keeps for the tree
(`3.W.1.2` is field 2 in 1 in W in 3), and names a font by glyph numbers, which no reader can type with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydyf import PDF, Dictionary  # type: ignore[import-untyped]

_FONT, _SIZE = "Answer", 9
_SINGLE, _SERIF_LESS_LATIN = 500, 1 | 32  # every glyph of the code font is half an em wide
_CENTRED, _EDITABLE = 1, 1 << 18  # an editable list takes "A, C" where several letters are asked


def mend_form(pdf: PDF) -> None:
    """Put the fields into a tree and give them a font; a PDF without a form stays as it is."""
    from pydyf import Array, Dictionary, String

    form = pdf.catalog.get("AcroForm")
    if form is None:
        return
    fields = [_object(pdf, reference) for reference in form["Fields"]]
    look = String(f"/{_FONT} {_SIZE} Tf 0 g")
    form["DR"] = Dictionary({"Font": Dictionary({_FONT: _font(pdf).reference})})
    form["DA"] = look
    form["Fields"] = Array()
    made: dict[str, Dictionary] = {}
    for field in fields:
        field["DA"] = look
        if field["FT"] == "/Ch":
            field["Ff"] |= _EDITABLE
        *above, last = field["T"].string.split(".")
        if len(above) > 2:
            field["Q"] = _CENTRED
        field["T"] = String(last)
        _hang(pdf, made, above, field)


def _hang(pdf: PDF, made: dict[str, Dictionary], above: list[str], field: Dictionary) -> None:
    """Put a field under the groups that its name lists, made where they are not there yet."""
    from pydyf import Array, Dictionary, String

    if not above:
        pdf.catalog["AcroForm"]["Fields"].append(field.reference)
        return
    name = ".".join(above)
    if name not in made:
        made[name] = Dictionary({"T": String(above[-1]), "Kids": Array()})
        pdf.add_object(made[name])
        _hang(pdf, made, above[:-1], made[name])
    field["Parent"] = made[name].reference
    made[name]["Kids"].append(field.reference)


def _font(pdf: PDF) -> Dictionary:
    """The bundled code font with one byte a character, on the file that is in the PDF already."""
    from pydyf import Array, Dictionary

    whole = next(o for o in pdf.objects if isinstance(o, Dictionary) and "FontFile2" in o and _typed(o))
    about = Dictionary(whole | {"Flags": _SERIF_LESS_LATIN})
    pdf.add_object(about)
    font = Dictionary({
        "Type": "/Font",
        "Subtype": "/TrueType",
        "BaseFont": whole["FontName"],
        "FontDescriptor": about.reference,
        "Encoding": Dictionary({
            "Type": "/Encoding",
            "BaseEncoding": "/WinAnsiEncoding",
        }),
        "FirstChar": 32,
        "LastChar": 255,
        "Widths": Array([_SINGLE] * 224),
    })  # fmt: skip
    pdf.add_object(font)
    return font


def _typed(about: Dictionary) -> bool:
    return b"Inconsolata" in bytes(about["FontName"])


def _object(pdf: PDF, reference: bytes) -> Dictionary:
    return pdf.objects[int(reference.split()[0])]
