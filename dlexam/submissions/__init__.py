"""Answers from where students write them: tables, JSON, PDF forms, notebooks, and archives of these.

`read` streams what it finds. A file that cannot be read is one `Trouble`, and the rest goes on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from dlexam.kinds.reading import shown
from dlexam.submissions.archive import packed, printable, read_any
from dlexam.submissions.contents import MOST_BYTES
from dlexam.submissions.entry import Answers, Entry, Origin, Trouble
from dlexam.submissions.names import is_clutter, student_in

__all__ = ["Entry", "Trouble", "read"]


def read(paths: Sequence[Path]) -> Iterator[Entry | Trouble]:
    """The answers in files and folders, in the order of the paths; files of a folder by name."""
    for path in paths:
        if path.is_dir():
            for inside in files_in(path):
                within = inside.relative_to(path)
                source = f"{path.resolve().name}: {printable(within.as_posix())}"
                origin = packed(source, within.as_posix())
                if inside.is_symlink():
                    yield origin.trouble("a link instead of a file. It was not read; hand in the file.")
                else:
                    yield from read_path(inside, origin)
        else:
            yield from read_path(path, Origin(shown(path.name), *student_in(path.name)))


def files_in(folder: Path) -> Iterator[Path]:
    """The files in a folder and below, by name, without what systems add."""
    for above, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(above, name)
            if not is_clutter(path.relative_to(folder).as_posix()):
                yield path


def read_path(path: Path, origin: Origin) -> Answers:
    """The answers in one file."""
    try:
        if path.stat().st_size > MOST_BYTES:
            yield origin.trouble(f"more than {MOST_BYTES // 1_000_000} MB. Hand in the answers only.")
            return
        data = path.read_bytes()
    except OSError as problem:
        yield origin.trouble(f"{(problem.strerror or 'it cannot be opened').lower()}. Check the path.")
        return
    yield from read_any(path.name, data, origin)
