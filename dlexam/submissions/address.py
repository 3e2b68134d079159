"""The name of an answer as people write it above a column, a field or a cell: `1.m_new`, `Q1 a`, `m_new`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

LONGEST = 300  # forms put whole prompts above their columns; the name stands at the beginning


@dataclass(frozen=True, slots=True)
class Address:
    """Which answer: a question's number or id, a part, and the cell (from 1) of a matrix in boxes."""

    question: str = ""
    part: str = ""
    cell: tuple[int, ...] = ()

    def __str__(self) -> str:
        """As it is printed on papers: 1.m_new."""
        return ".".join(filter(None, (self.question, self.part, *map(str, self.cell))))


WORD = r"question|response|answer|exercise|problem|task|frage|aufgabe|q"
PREFIX = rf"(?:(?P<word>{WORD})\s?[._#]?\s?|no\.?\s?|#\s?)"
NUMBER = re.compile(rf"{PREFIX}?0*(?P<number>[1-9][0-9]{{0,2}})(?![0-9])", re.IGNORECASE)
ID = re.compile(r"(?P<id>[a-z]\w*(?:/[a-z]\w*)+)", re.IGNORECASE | re.ASCII)
CELL = r"(?P<cell>(?:\.[1-9][0-9]?){1,2})?"
TIGHT = re.compile(rf"[._](?P<part>[a-z]\w*|[1-9][0-9]?){CELL}(?!\w|\.\w)", re.IGNORECASE | re.ASCII)
LETTER = re.compile(r"\s?[.(]?\s?(?P<part>[a-z])(?P<cell>)(?:[).:]|(?!\w)(?! \w))", re.IGNORECASE | re.ASCII)
LOOSE = re.compile(
    rf"\s?[-:.)–—]?\s?[(\[]?(?P<part>[a-z]\w*){CELL}[)\]]?(?:$|\s?[:)\]]|\s[-–—(\[])",
    re.IGNORECASE | re.ASCII,
)
BARE = re.compile(rf"\(?(?P<part>[a-z]\w*){CELL}[).:]?", re.IGNORECASE | re.ASCII)


def address(written: str) -> Address | None:
    """The answer that a header, a field or a key names; None where it names none.

    >>> str(address("Q1 m_new")), str(address("Question 2: (a)")), str(address("optimizers/adam.m_new"))
    ('1.m_new', '2.(a)', 'optimizers/adam.m_new')
    >>> address("3.W.1.2"), address("What is your name?")
    (Address(question='3', part='W', cell=(1, 2)), None)
    """
    return named(written[:LONGEST])


@lru_cache(maxsize=4096)
def named(written: str) -> Address | None:
    """`address` of a short text, remembered: a class writes the same names over and over."""
    text = " ".join(unicodedata.normalize("NFKC", written).replace("\ufeff", "").split())
    if found := ID.match(text):
        return rest(text[found.end() :], found["id"], sentence=False)
    if found := NUMBER.match(text):
        return rest(text[found.end() :], found["number"], sentence=bool(found["word"]))
    if found := BARE.fullmatch(text):
        where = located("", found)
        return replace(where, part=f"({where.part})") if text.startswith("(") else where
    return None


def rest(text: str, question: str, sentence: bool) -> Address | None:
    """The part that is named after a question; a sentence may follow where the question was named so."""
    for pattern in (TIGHT, LETTER, LOOSE):
        if found := pattern.match(text):
            where = located(question, found)
            lettered = pattern is LETTER or ("(" in found[0] and len(where.part) == 1)
            return replace(where, part=f"({where.part})") if lettered else where
    if not text.strip(" .:)") or text.startswith((" (", " [")):
        return Address(question)
    if sentence or (text[0] in ".:)" and text[1:2] == " "):
        return Address(question)
    return None


def located(question: str, found: re.Match[str]) -> Address:
    """What a pattern found: digits with a cell after them are the cell of the only part."""
    part, cell = found["part"], tuple(int(c) for c in (found["cell"] or "").split(".") if c)
    if part.isdigit() and len(cell) == 1:
        return Address(question, "", (int(part), *cell))
    return Address(question, part, cell)


def gathered(answers: Iterable[tuple[Address, str]]) -> Iterator[tuple[Address, str]]:
    """Answers, with the cells of each matrix put together to one text."""
    matrices: dict[Address, dict[tuple[int, ...], str]] = {}
    for where, text in answers:
        if where.cell:
            matrices.setdefault(replace(where, cell=()), {})[where.cell] = text
        else:
            yield where, text
    for where, cells in matrices.items():
        yield where, joined(cells)


def joined(cells: dict[tuple[int, ...], str]) -> str:
    """The cells of a matrix (or of a vector) as one text; blank where all of them are.

    >>> joined({(1, 1): "1", (1, 2): "2", (2, 1): "3", (2, 2): "1/2"})
    '1, 2; 3, 1/2'
    """
    if not any(text.strip() for text in cells.values()):
        return ""
    at = {(1, *cell)[-2:]: text for cell, text in cells.items()}
    down, across = (range(1, max(places) + 1) for places in zip(*at, strict=True))
    rows = [[at.get((i, j), "") for j in across] for i in down]
    # a decimal comma or an empty cell is unambiguous only in the form that a spreadsheet pastes
    plain = all(text.strip() and not set(text) & set(",;\t\n") for row in rows for text in row)
    between, below = (", ", "; ") if plain else ("\t", "\n")
    return below.join(between.join(row) for row in rows)
