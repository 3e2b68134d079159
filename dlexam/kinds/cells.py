"""Arrays as people write them: rows and entries by brackets, lines, semicolons, tabs, commas or spaces.

A comma parts two entries, or is decimal: `read` tries the first reading, then the second, and keeps the one
that has as many entries as are asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np

from dlexam.kinds import numeral
from dlexam.kinds.commas import ANY, Asked
from dlexam.kinds.entries import CLOSE, OPEN, entries
from dlexam.kinds.reading import LONGEST, AmbiguousError, AnswerError, normalise, shown
from dlexam.phrase import say

Array = np.ndarray[Any, Any]

WRAPPERS = re.compile(r"\b(?:array|tensor|matrix|float\d+|int\d+)\b(?=\s*[(\[])", re.IGNORECASE)
TAIL = re.compile(r",\s*(?:dtype|device|requires_grad|grad_fn)\s*=\s*[^,)\]]*")
LATEX_MATRIX = re.compile(r"\\(begin|end)\{(?:[bpBvV]?matrix|array)\}(?:\{[lcr|]*\})?")
LABEL = re.compile(r"^\s*[^\W\d][\w'^]*\s*=\s*(?=[\[({<]|[^=]*$)")
TRANSPOSE = re.compile(r"(?:\.T|\^\(?\{?(?:T|top|\\top)\}?\)?|T)$")
USUAL = re.compile(r"\[[\[ ]*(?:-?[0-9]{1,15}(?:\.[0-9]{1,30})?[\], \[]+)+").fullmatch
MOST_ENTRIES = 2500
TOO_MANY = say("There are more than %(most)s entries. Check what is asked.", most=MOST_ENTRIES)


def plain(source: str, shape: tuple[int, ...]) -> Array | None:
    """The array of the usual text, numbers in square brackets in the asked shape; None for any other."""
    if len(source) > LONGEST or not USUAL(source):
        return None
    try:
        made = np.array(json.loads(source))
    except (ValueError, RecursionError):
        return None
    return made if made.shape == shape and made.dtype.kind in "if" else None


def read(source: str, shape: tuple[int, ...] | None = None, asked: Asked = ANY) -> Array:
    """The array that a person wrote, as it was written. Raises AnswerError."""
    clean, swapped = bare(source)
    if clean.count(";") + clean.count("\n") > MOST_ENTRIES:
        raise AnswerError(TOO_MANY)
    if shape is not None and len(shape) == 1 and not re.search(r"[,;&\t\]].*\n", clean, re.DOTALL):
        clean = clean.replace("\n", " ")  # a long vector of NumPy goes on in the next line
    both = (False, True) if shape is not None and re.search(r"\d,\d", clean) else (False,)
    first: Array | AnswerError | None = None
    for glued in both:
        try:
            value = array(entries(clean, glued), source, asked)
        except AnswerError as problem:
            if first is None or (isinstance(problem, AmbiguousError) and isinstance(first, AnswerError)):
                first = problem
            continue
        if shape is None or value.size == prod(shape):
            return value.T if swapped else value
        first = value if first is None else first
    if isinstance(first, AnswerError) or first is None:
        raise first or AnswerError(source)
    return first.T if swapped else first


def bare(source: str) -> tuple[str, bool]:
    """The text without labels, wrappers and environments; whether it is to be transposed."""
    clean = LATEX_MATRIX.sub(lambda m: "[" if m[1] == "begin" else "]", TAIL.sub("", normalise(source)))
    clean = LABEL.sub("", re.sub(r",[ \t]*\n", ", ", WRAPPERS.sub("", clean)).strip(" \n"), count=1)
    clean = re.sub(r"^<(.*)>$", r"[\1]", re.sub(r"\s+and\s+", ", ", clean), flags=re.DOTALL)
    swapped = bool(clean[:1] and clean[:1] in OPEN and TRANSPOSE.search(clean))
    return balanced(TRANSPOSE.sub("", clean).rstrip() if swapped else clean), swapped


def balanced(clean: str) -> str:
    """The text with one outer bracket added where exactly one is missing."""
    opened, closed = (sum(map(clean.count, signs)) for signs in (OPEN, CLOSE))
    if opened == closed + 1 and clean[0] in OPEN:
        return clean + CLOSE[OPEN.index(clean[0])]
    if closed == opened + 1 and clean[-1] in CLOSE:
        return OPEN[CLOSE.index(clean[-1])] + clean
    return clean


def is_open(source: str) -> bool:
    """Whether an outer bracket is missing on one side."""
    clean = normalise(source)
    return sum(map(clean.count, OPEN)) != sum(map(clean.count, CLOSE))


def array(nested: Any, source: str, asked: Asked) -> Array:
    """Nested lists of texts as an array of numbers. Raises AnswerError, with the place of what is missing."""
    many = sum(1 for _ in leaves(nested))
    if not many:
        msg = say("There are no entries here. Write them like [1, 2].")
        raise AnswerError(msg)
    if many > MOST_ENTRIES:
        raise AnswerError(TOO_MANY)
    try:
        made = np.array(numbers(nested, asked, ()))
    except ValueError:
        msg = say(
            "The rows of '%(seen)s' have different lengths. Write the same number in each row.",
            seen=shown(source),
        )
        raise AnswerError(msg) from None
    return made if made.dtype.kind in "if" else made.astype(float)


def leaves(nested: Any) -> Iterator[str]:
    """The texts in nested lists."""
    if isinstance(nested, list):
        for part in nested:
            yield from leaves(part)
    else:
        yield nested


def numbers(nested: Any, asked: Asked, place: tuple[int, ...]) -> Any:
    """Nested lists of texts as nested lists of numbers."""
    if isinstance(nested, list):
        return [numbers(part, asked, (*place, i)) for i, part in enumerate(nested, 1)]
    if nested:
        return numeral.read(nested, asked)
    if len(place) == 1:
        where = say("entry %(entry)s", entry=place[0])
    else:
        where = say("row %(row)s, column %(column)s", row=place[-2], column=place[-1])
    raise AnswerError(say("There is no number at %(where)s. Write one in every place.", where=where))
