"""Makes files of every kind that can be handed in, with the libraries that people's programs use."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence

import nbformat
import weasyprint
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter

Rows = Sequence[Sequence[object]]


def xlsx(rows: Rows, formats: Mapping[str, str] | None = None) -> bytes:
    """A workbook; texts stay texts, even those that begin with =."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for i, row in enumerate(rows, start=1):
        for j, value in enumerate(row, start=1):
            cell = sheet.cell(i, j, value)  # type: ignore[arg-type]
            if isinstance(value, str) and not value.startswith("=FORMULA"):
                cell.data_type = "s"
            elif isinstance(value, str):
                cell.value = "=1+1"
    for place, layout in (formats or {}).items():
        sheet[place].number_format = layout
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(fields: Mapping[str, str], password: str = "") -> bytes:
    """A form made as sheets make it and filled in as a viewer does."""
    html = "".join(f'<p><textarea name="{name}"></textarea></p>' for name in fields)
    blank = weasyprint.HTML(string=f"<form>{html}</form><p>A page.</p>").write_pdf(pdf_forms=True)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank)))
    for page in writer.pages if fields else ():
        writer.update_page_form_field_values(page, dict(fields), auto_regenerate=True)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def notebook(*cells: str | tuple[str, str] | tuple[str, str, dict[str, object]], student: str = "") -> bytes:
    """A notebook: a text is a Markdown cell, a pair a kind and a text, a triple has metadata."""
    make = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
    book = new_notebook(metadata={"dlexam": {"student": student}} if student else {})
    for cell in cells:
        kind, text, *metadata = ("markdown", cell) if isinstance(cell, str) else cell
        book.cells.append(make[str(kind)](text, metadata=metadata[0] if metadata else {}))
    return nbformat.writes(book).encode()


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """An archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def as_json(value: object) -> bytes:
    """JSON as programs write it."""
    return json.dumps(value, ensure_ascii=False).encode()
