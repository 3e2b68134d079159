"""The entries of an array as texts, row by row: whatever brackets, lines and marks part them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dlexam.kinds.reading import AnswerError
from dlexam.phrase import say

OPEN, CLOSE = "[({", "])}"
DEEPEST = 6


def entries(text: str, glued: bool, depth: int = 0) -> Any:
    """Nested lists of the texts of entries; a glued comma is part of its number."""
    if depth > DEEPEST:
        msg = say("There are too many brackets inside each other. Write rows like [[1, 2], [3, 4]].")
        raise AnswerError(msg)
    text = text.strip(" \n")
    groups = list(top_level(text))
    if len(groups) == 1 and is_list(groups[0], depth):
        inner = text[1:-1]
        if depth and not re.search(r"[\[({&,;\t]", inner):
            inner = inner.replace("\n", " ")  # a long row of NumPy goes on in the next line
        return entries(inner, glued, depth + 1)
    for mark in "\n;":
        rows = list(split(text, mark))
        if len(rows) > 1:
            made = [entries(row.strip(" ").removesuffix(","), glued, depth + 1) for row in rows]
            listed = all(isinstance(row, list) and len(row) == 1 for row in made) and len(groups) < len(rows)
            return [row[0] for row in made] if listed else made
    if len(groups) > 1 and all(is_list(g, depth) for g in groups):
        return [entries(g, glued, depth + 1) for g in groups]
    return row_entries(text, glued)


def top_level(text: str) -> Iterator[str]:
    """The pieces between commas, spaces or closing brackets outside of all brackets. Raises AnswerError."""
    depth = start = 0
    for place, sign in enumerate(text):
        if sign in OPEN:
            if not depth and not text[start:place].strip(" ,\n;"):
                start = place
            depth += 1
        elif sign in CLOSE:
            depth -= 1
            if not depth:
                yield text[start : place + 1].strip(" ,\n;")
                start = place + 1
        if depth < 0:
            break
    if depth:
        msg = say("The brackets do not match. Write rows like [[1, 2], [3, 4]].")
        raise AnswerError(msg)
    if rest := text[start:].strip(" ,\n;"):
        yield rest


def is_list(piece: str, depth: int) -> bool:
    """Whether a piece in brackets is a list of entries rather than a part of a formula."""
    if not piece or piece[0] not in OPEN or piece[-1] not in CLOSE:
        return False
    return piece[0] == "[" or not depth or bool(re.search(r"[,;\n\t&]|[\w.)] +[-\w.(]", piece))


def split(text: str, mark: str) -> Iterator[str]:
    """The parts of a text between marks outside of all brackets; empty lines are no part."""
    depth, start = 0, 0
    for place, sign in enumerate(text):
        depth += (sign in OPEN) - (sign in CLOSE)
        if sign == mark and not depth:
            if text[start:place].strip(" ") or mark != "\n":
                yield text[start:place]
            start = place + 1
    if text[start:].strip(" "):
        yield text[start:]


def row_entries(row: str, glued: bool) -> list[str]:
    """The entries of one row: by tabs, columns of a table, commas, or else spaces."""
    if re.fullmatch(r"\s*\|.*\|\s*", row):
        row = re.sub(r"\s*\|\s*", "\t", row.strip(" |"))
    for mark in "\t&":
        if mark in row:
            return [cell.strip() for cell in row.split(mark)]
    row = row.strip()
    if "," in row and not (glued and not re.search(r",\s|\s,", row)):
        row = row.removesuffix(",")
        cells = re.split(r"\s*,\s+|\s+,\s*", row) if glued else list(split(row + " ", ","))
        return [cell.strip() for cell in cells] if row else []
    joined = re.sub(r"(?<=[\w.)])\s+([-+])\s+", r"\1", re.sub(r"\s*([*/^=])\s*", r"\1", row))
    return re.sub(r"(?<!\S)([-+])\s+", r"\1", joined).split()
