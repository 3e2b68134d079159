"""Files that are whole or not there, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

TAKEN = re.compile(r"con|prn|aux|nul|com\d|lpt\d|.*-[0-9a-f]{8}")  # devices of Windows, and names made below
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.I)


def write(path: Path, content: str | bytes, mode: int = 0o644) -> Path:
    """Write a file under another name and move it into place, so that nobody ever finds half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    data = content if isinstance(content, bytes) else content.encode()
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(data)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return path


def table(header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Rows as CSV, with a byte order mark, since spreadsheets take it for something else without."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return "\ufeff" + text.getvalue()


def harmless(text: str) -> str:
    """A student's text as a cell that a spreadsheet shows and does not run; plain numbers stay."""
    if text.lstrip()[:1] in ("=", "+", "-", "@", "|", "%") or text[:1] in ("\t", "\r", "\n"):
        return text if PLAIN_NUMBER.fullmatch(text) else f"'{text}"
    return text


def safe_name(id: str) -> str:
    """An id as the name of a file: no path leads out of the folder, and different ids stay different."""
    kept = re.sub(r"[^\w-]+", "_", id, flags=re.ASCII).strip("_")[:60]
    if kept == id.lower() == id and not TAKEN.fullmatch(id):
        return id
    return f"{kept or 'student'}-{hashlib.sha256(id.encode()).hexdigest()[:8]}"
