"""What the page itself says, for formats whose templates are not Jinja's: templates/shared/words.j2."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from dlexam.blocks import AnswerBox, Document
from dlexam.cover import Cover, Imprint
from dlexam.render.language import language
from dlexam.render.pages import environment


class Phrases:
    """The page's own words, from the user's templates folder or the bundled one."""

    def __init__(self, templates: Path | None, code: str = "en") -> None:
        """Read them."""
        page = environment(templates, _formula, _font, code)
        self._spoken = language(templates, code)
        self._words: Any = page.get_template("shared/words.j2").module

    def __getattr__(self, name: str) -> str:
        """A word that stands alone."""
        return _plain(getattr(self._words, name))

    def marks(self, value: float) -> str:
        """How many marks."""
        return _counted(self._words.marks, value)

    def minutes(self, value: int) -> str:
        """How many minutes."""
        return _plain(self._words.minutes(value))

    def level(self, value: int) -> str:
        """The level of a sheet."""
        return _plain(self._words.level(value))

    def hint(self, box: AnswerBox) -> str:
        """The form of an answer, and its marks."""
        return _plain(self._words.hint(box))

    def page_of(self, page: str, pages: str) -> str:
        """Which page of how many."""
        return _plain(self._words.page_of(page, pages))

    def titled(self, document: Document) -> str:
        """The title of a document, and which part of an exam it is."""
        return _plain(self._words.titled(document))

    def version(self, name: str) -> str:
        """The version of a paper."""
        return _plain(self._words.version(name))

    def paper(self, id: str) -> str:
        """The short id of a paper."""
        return _plain(self._words.paper(id))

    def made_by(self, imprint: Imprint) -> str:
        """The tool and the bank."""
        return _plain(self._words.made_by(imprint))

    def duration(self, cover: Cover) -> str:
        """The time of an exam."""
        return _plain(self._words.duration(cover))

    def numbers(self, decimals: int | None) -> str:
        """How numbers are written."""
        return _plain(self._words.numbers(decimals))

    def number(self, value: float) -> str:
        """A number of marks."""
        return self._spoken.number(value)

    def day(self, day: date) -> str:
        """A day in words."""
        return self._spoken.day(day)


@lru_cache(maxsize=1024, typed=True)
def _counted(macro: Callable[[float], object], value: float) -> str:
    return _plain(macro(value))


def _plain(written: object) -> str:
    return Markup(str(written)).unescape().strip()


def _formula(tex: str, display: bool, tail: str) -> Markup:
    return Markup()


def _font(templates: Path | None, name: str) -> str:
    return name
