"""On which line of a TOML file a key stands; the reader of the standard library does not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\-\"' ]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([\w\-]+|\"[^\"]*\"|'[^']*')\s*=")
_QUOTES = re.compile(r'"""|\'\'\'')


class Lines:
    """The lines of the keys and tables of a text."""

    def __init__(self, source: str) -> None:
        """Read the headers and keys of the text."""
        self.found = dict(reversed(list(keys(source))))  # the first line of a key counts

    def of(self, path: Path) -> int:
        """The line of a key or a table, or of the nearest thing around it; 1 where there is none."""
        while path and path not in self.found:
            path = path[:-1]
        return self.found.get(path, 1)


def keys(source: str) -> Iterator[tuple[Path, int]]:
    """Each header and key with its line; what is inside long strings is left out."""
    table: Path = ()
    seen: Counter[Path] = Counter()
    inside = ""
    for number, line in enumerate(source.splitlines(), 1):
        if not inside and (header := _HEADER.match(line)):
            table = entered(header[2], header[1] == "[[", seen)
            yield table, number
        elif not inside and (key := _KEY.match(line)):
            yield (*table, key[1].strip("\"'")), number
        for quotes in _QUOTES.findall(line):
            inside = "" if inside == quotes else inside or quotes


def entered(name: str, repeated: bool, seen: Counter[Path]) -> Path:
    """The path of the table that a header opens: `[[section.question]]` is the next of the last section."""
    path: Path = ()
    parts = [part.strip().strip("\"'") for part in name.split(".")]
    for at, part in enumerate(parts):
        path = (*path, part)
        if repeated and at == len(parts) - 1:
            seen[path] += 1
        if seen[path]:
            path = (*path, seen[path] - 1)
    return path
