"""Writes the names and words of one variant: as symbols, as numbers, with its holes filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from dlexam import words
from dlexam.blocks import Block
from dlexam.graph import QuestionError, parameters
from dlexam.kinds import kind_of, matrix
from dlexam.notation import HOLE
from dlexam.question import Variant

EXACTLY = 12  # decimals of a given


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the names of one variant, as symbols or as numbers."""

    variant: Variant

    def symbol(self, name: str, column: bool = False) -> str:
        """A name's TeX."""
        return self.variant.question.symbol(name)

    def value(self, name: str) -> Any:
        """The value of a given, a step or a wording."""
        values = self.variant.values
        return values[name] if name in values else self.variant.words[name]

    def number(self, name: str, column: bool = False) -> str:
        """A name's value as TeX."""
        value = self.value(name)
        if isinstance(value, np.ndarray):
            return matrix.tex(value, self.kind(name).decimals, column)
        if isinstance(value, dict | list):
            msg = f"<{name}> is a {type(value).__name__}: write its parts into the question's words."
            raise QuestionError(msg)
        return str(self.kind(name).tex(value))

    def numbers(self, tex: str) -> str:
        """TeX with numbers in its holes; a negative one in brackets after a sign or under a power."""

        def write(hole: re.Match[str]) -> str:
            number = self.number(hole[1])
            before, after = tex[: hole.start()].rstrip()[-1:], tex[hole.end() :][:1]
            free = not before or before in "=({[&,|"
            return rf"\left({number}\right)" if number[0] == "-" and (after == "^" or not free) else number

        return HOLE.sub(write, tex)

    def entry(self, name: str, value: Any) -> str:
        """One entry of a name's value as TeX, rounded as the whole is."""
        return matrix.tex(np.asarray(value), getattr(self.kind(name), "decimals", None))

    def kind(self, name: str) -> Any:
        """The kind of a name's value."""
        if name in self.variant.question.graph.steps:
            return self.variant.kinds[name]
        return kind_of(self.value(name), EXACTLY)

    def is_exact(self, name: str) -> bool:
        """Whether a name's printed value is its value."""
        value = self.value(name)
        return isinstance(value, dict | list) or bool(self.kind(name).is_exact(value))

    def fill(self, text: str) -> str:
        """Markdown with this variant's values in its holes."""
        if not HOLE.search(text):
            return text
        return words.fill_words(text, {**self.variant.values, **self.variant.words}, self.number)


def called(function: Any, variant: Variant) -> Iterator[Block]:
    """The blocks that an author's function returns: blocks as they are, texts as Markdown."""
    scope = {**variant.values, **variant.words}
    try:
        result = function(*[scope[name] for name in parameters(function)])
    except Exception as problem:  # whatever an author's function raises
        msg = f"{variant.question.path.name}: {function.__name__}() cannot be drawn: {problem}. Mend it."
        raise QuestionError(msg) from problem
    for part in result if isinstance(result, list | tuple | Iterator) else [result]:
        if isinstance(part, str):
            yield from words.blocks(Writer(variant).fill(part))
        else:
            yield part
