"""The language of a page: its fixed words (templates/locale), its days and its numbers.

The words are gettext catalogues, read as they are written; English needs none. A folder of templates may
bring a language: `locale/CODE/LC_MESSAGES/dlexam.po`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from dlexam.folders import bundled
from dlexam.render import RenderError

CATALOGUE = "locale/{}/LC_MESSAGES/dlexam.po"


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language by its code, with its catalogue and whether its decimal mark is a comma."""

    code: str
    words: NullTranslations
    comma: bool = False

    def number(self, value: float) -> str:
        """A number of marks or minutes."""
        return f"{value:g}".replace(".", ",") if self.comma else f"{value:g}"

    def day(self, day: date) -> str:
        """A day in words: Friday 27 March 2026."""
        from babel.dates import format_date

        return format_date(day, "full", "en_GB" if self.code == "en" else self.code.replace("-", "_"))


@lru_cache(maxsize=16)
def language(templates: Path | None, code: str) -> Language:
    """A language by its code (`nl`, `nl-BE`). Raises RenderError for one that has no catalogue."""
    from babel import Locale, UnknownLocaleError

    code = code.replace("_", "-")
    short = code.split("-")[0]
    if short == "en":
        return Language(code, NullTranslations())
    folders = [folder for folder in (templates, bundled("templates")) if folder is not None]
    names = (code.replace("-", "_"), short)
    places = (folder / CATALOGUE.format(name) for name in names for folder in folders)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise RenderError(f"language {code}: there are no words for it. {_known(folders)}")
    try:
        mark = Locale.parse(code, sep="-").number_symbols["latn"]["decimal"]
    except (UnknownLocaleError, ValueError, KeyError):
        mark = "."
    return Language(code, _read(found, found.parts[-3]), mark == ",")


def _known(folders: list[Path]) -> str:
    codes = {"en", *(place.parts[-3] for folder in folders for place in folder.glob(CATALOGUE.format("*")))}
    return f"Write {' or '.join(sorted(codes))}, or bring {CATALOGUE.format('CODE')} with --templates."


def _read(path: Path, locale: str) -> NullTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    compiled = BytesIO()
    try:
        with path.open("rb") as text:
            write_mo(compiled, read_po(text, locale, abort_invalid=True))
    except (PoFileError, UnicodeDecodeError) as problem:
        raise RenderError(f"{path.name}: it cannot be read ({problem}). Mend it.") from None
    compiled.seek(0)
    return GNUTranslations(compiled)
