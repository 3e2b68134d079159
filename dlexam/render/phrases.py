"""What the page itself says, for formats whose templates are not Jinja's: templates/shared/words.j2."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from dlexam.blocks import AnswerBox
from dlexam.render.pages import environment


class Phrases:
    """The page's own words, from the user's templates folder or the bundled one."""

    def __init__(self, templates: Path | None, code: str = "en") -> None:
        """Read them."""
        page = environment(templates, _formula, _font, code)
        self._words = page.get_template("shared/words.j2").module

    def __getattr__(self, name: str) -> str:
        """A word that stands alone."""
        return _plain(getattr(self._words, name))

    def marks(self, value: float) -> str:
        """How many marks."""
        return _plain(self._words.marks(value))  # type: ignore[attr-defined]

    def minutes(self, value: int) -> str:
        """How many minutes."""
        return _plain(self._words.minutes(value))  # type: ignore[attr-defined]

    def level(self, value: int) -> str:
        """The level of a sheet."""
        return _plain(self._words.level(value))  # type: ignore[attr-defined]

    def hint(self, box: AnswerBox) -> str:
        """The form of an answer, and its marks."""
        return _plain(self._words.hint(box))  # type: ignore[attr-defined]


def _plain(written: object) -> str:
    return Markup(str(written)).unescape()


def _formula(tex: str, display: bool, tail: str) -> Markup:
    return Markup()


def _font(templates: Path | None, name: str) -> str:
    return name
