"""Fixed texts of pages that are made in Python: English as they stand, with what another language needs.

A phrase is a `str`, so whoever knows nothing of languages reads English; a page in another language has it
said again from the catalogue (templates/locale). `say` and `count` are what the catalogue is collected by.
"""

from __future__ import annotations

from typing import Any, Protocol


class Words(Protocol):
    """A catalogue, as gettext has it."""

    def gettext(self, message: str, /) -> str:
        """A message in its language."""

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """A message of one thing or of many."""


class Phrase(str):
    """An English text that knows its message, its plural and the values in it (`%(name)s`)."""

    __slots__ = ("many", "message", "values")

    message: str
    many: str
    values: dict[str, object]

    def __new__(cls, message: str, many: str = "", /, **values: object) -> Phrase:
        """The English text; with a plural, the value `n` decides."""
        text = many if many and values["n"] != 1 else message
        made = super().__new__(cls, text % values if values else text)
        made.message, made.many, made.values = message, many, values
        return made

    def said(self, words: Words) -> str:
        """The text in the language of a catalogue."""
        values = {k: v.said(words) if isinstance(v, Phrase) else v for k, v in self.values.items()}
        if self.many:
            return words.ngettext(self.message, self.many, int(str(values["n"]))) % values
        text = words.gettext(self.message)
        return text % values if values else text

    def __reduce__(self) -> tuple[object, ...]:
        """Copied and sent to another process whole."""
        return _again, (self.message, self.many, self.values)


def _again(message: str, many: str, values: dict[str, object]) -> Phrase:
    return Phrase(message, many, **values)


def say(message: str, /, **values: object) -> Phrase:
    """A fixed text."""
    return Phrase(message, **values)


def count(one: str, many: str, n: int, /, **values: object) -> Phrase:
    """A fixed text with a number of things in it, `%(n)s`."""
    return Phrase(one, many, n=n, **values)


PAIR = "%(first)s %(second)s"


def then(first: str, second: str) -> Phrase:
    """One sentence, and another after it."""
    return Phrase(PAIR, first=first, second=second)


def parted(text: str) -> tuple[Any, Any]:
    """The two sentences of `then`; of any other text that one, and nothing."""
    if isinstance(text, Phrase) and text.message == PAIR:
        return text.values["first"], text.values["second"]
    return text, ""
