"""The kind of a file, by what it holds and how it is called, and the reader for it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

from dlexam.submissions.delimited import read_csv
from dlexam.submissions.entry import Answers, Origin
from dlexam.submissions.notebook import read_notebook
from dlexam.submissions.pdf_form import read_pdf
from dlexam.submissions.structured import read_json, read_jsonl
from dlexam.submissions.xlsx import read_xlsx

Reader = Callable[[bytes, Origin], Answers]

MOST_BYTES = 100_000_000
READERS: dict[str, Reader] = {
    "csv": read_csv,
    "tsv": read_csv,
    "xlsx": read_xlsx,
    "json": read_json,
    "jsonl": read_jsonl,
    "pdf": read_pdf,
    "ipynb": read_notebook,
}
ENDINGS = {"txt": "csv", "tab": "csv", "xlsm": "xlsx", "ndjson": "jsonl"}
NAMES = {"csv": "a CSV file", "xlsx": "an Excel workbook", "pdf": "a PDF", "zip": "a ZIP archive"}
KINDS = "CSV, XLSX, JSON, JSONL, PDF forms, notebooks (ipynb) and ZIP"
FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file, or one with a password. Save it as .xlsx without a password."),
    (b"\x1f\x8b", "a gzip archive, which is not read. Unpack it, or hand in a ZIP."),
    (b"7z\xbc\xaf", "a 7z archive, which is not read. Unpack it, or hand in a ZIP."),
    (b"Rar!", "a RAR archive, which is not read. Unpack it, or hand in a ZIP."),
    (b"\xff\xd8\xff", "a picture. A person must mark it."),
    (b"\x89PNG", "a picture. A person must mark it."),
)


def kind_of(name: str, data: bytes) -> str:
    """A key of READERS or "zip"; or in one line why the file is not read."""
    ending = PurePosixPath(name).suffix.lstrip(".").casefold()
    ending = ENDINGS.get(ending, ending)
    if not data.strip():
        return "the file is empty. Ask for it again."
    if why := next((why for magic, why in FOREIGN if data.startswith(magic)), ""):
        return why
    held = held_in(data)
    if ending in ("", held):
        return held or guessed(data)
    if held == "zip" and ending not in (*READERS, "zip"):
        return f".{ending} files are not read. Hand in {KINDS}."
    if held and ending in (*READERS, "zip"):
        return f"it is {NAMES[held]}, though its name ends in .{ending}. Rename it to .{held}."
    if ending in ("xlsx", "pdf", "zip"):
        return f"it is not {NAMES[ending]}, or its beginning is lost. Ask for it again."
    return ending if ending in READERS else f".{ending} files are not read. Hand in {KINDS}."


def held_in(data: bytes) -> str:
    """What the first bytes say: xlsx, pdf or zip; blank for text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "xlsx" if is_workbook(data) else "zip"
    return "pdf" if b"%PDF-" in data[:1024] else ""


def is_workbook(data: bytes) -> bool:
    """Whether an archive is a workbook, or the beginning of one that was cut short."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except Exception:  # a damaged directory makes zipfile raise many things
        return b"xl/" in data[:4096] or b"docProps/" in data[:4096]
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def guessed(data: bytes) -> str:
    """The kind of a text without an ending."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start not in (b"{", b"["):
        return "csv"
    return "ipynb" if b'"nbformat"' in data else "json"
