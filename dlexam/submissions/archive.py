"""ZIP archives as learning platforms pack them. Files are read in memory and never written."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from dlexam.kinds.reading import shown
from dlexam.submissions.contents import MOST_BYTES, READERS, kind_of
from dlexam.submissions.entry import Answers, Origin, Trouble
from dlexam.submissions.names import is_clutter, student_in

MOST_RATIO = 200  # text of answers shrinks to a fifth, a bomb to a thousandth
SMALL = 1_000_000  # below this many bytes nothing is a bomb


@dataclass(slots=True)
class Allowance:
    """What may still be unpacked from one archive and those in it."""

    files: int = 20_000
    octets: int = 1_000_000_000


def read_any(
    name: str, data: bytes, origin: Origin, left: Allowance | None = None, depth: int = 0
) -> Answers:
    """The answers in a file or in an archive of files; an archive may hold archives, and those none."""
    kind = kind_of(name, data)
    if kind == "zip" and depth > 1:
        yield origin.trouble("an archive in an archive in an archive. Unpack it first.")
    elif kind == "zip":
        yield from read_zip(data, origin, left or Allowance(), depth)
    elif kind == "xlsx" and (why := bomb_in(data, origin)):
        yield why  # a workbook is an archive too
    elif kind in READERS:
        yield from READERS[kind](data, origin)
    else:
        yield origin.trouble(kind)


def read_zip(data: bytes, origin: Origin, left: Allowance, depth: int) -> Answers:
    """The answers in the files of an archive; their names say whose, unless it is a student's own archive."""
    for member in members(data, origin, left):
        if isinstance(member, Trouble):
            yield member
            continue
        path, content = member
        source = f"{origin.source}: {printable(path)}"
        own = origin._replace(source=source) if depth else packed(source, path)
        yield from read_any(path, content, own, left, depth + 1)


def packed(source: str, path: str) -> Origin:
    """A file as platforms pack them: its path says whose it is and when it was handed in."""
    student, at = student_in(path)
    return Origin(source, student, at, student)


def bomb_in(data: bytes, origin: Origin) -> Trouble | None:
    """What must not be unpacked in a workbook."""
    return next((m for m in members(data, origin, Allowance(), unpack=False) if isinstance(m, Trouble)), None)


def members(
    data: bytes, origin: Origin, left: Allowance, unpack: bool = True
) -> Iterator[tuple[str, bytes] | Trouble]:
    """The files in an archive, with their paths; what must not be unpacked is told instead."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except Exception:  # a damaged directory makes zipfile raise many things
        yield origin.trouble("it is damaged or was cut short. Ask for it again.")
        return
    for info in infos:
        path = info.filename.replace("\\", "/")
        if info.is_dir() or (unpack and is_clutter(path)):
            continue
        here = Origin(f"{origin.source}: {printable(path)}", student_in(path)[0]) if unpack else origin
        left.files -= 1
        left.octets -= info.file_size
        if left.files < 0 or left.octets < 0:
            yield origin.trouble("it unpacks to more than an exam can hold. Nothing more was read from it.")
            return
        if why := refused(info, path):
            yield here.trouble(why)
        elif unpack:
            yield content(archive, info, path, here)


def refused(info: zipfile.ZipInfo, path: str) -> str:
    """Why a file must not be unpacked; blank where it may."""
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts or ":" in (parts[0] if parts else "")[1:2]:
        return "its name leads outside the archive. It was not read; a person must look."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link instead of a file. It was not read; ask for the file."
    if info.flag_bits & 0x1:
        return "it is locked with a password. Ask for it without."
    if info.file_size > MOST_BYTES:
        return f"more than {MOST_BYTES // 1_000_000} MB. It was not read; ask for the answers only."
    if info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        return "it unpacks to far more than it is, as bombs do. It was not read; a person must look."
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "it is packed in a way that is not read. Pack it as an ordinary ZIP."
    return ""


def content(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, here: Origin
) -> tuple[str, bytes] | Trouble:
    """A file's bytes, no more than its header says."""
    try:
        with archive.open(info) as file:
            return path, file.read(info.file_size)
    except Exception:  # damaged data makes zlib and zipfile raise many things
        return here.trouble("it is damaged or was cut short. Ask for it again.")


def printable(path: str) -> str:
    """A path for a log: the last folder and the name, short, without control characters."""
    return "/".join(shown(part) for part in PurePosixPath(path).parts[-2:])
