"""What the keys of a blueprint may hold: for each a reader that takes a value or says what to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from dlexam.paper import ASKS

Read = Callable[[Any], Any]
MOST_PICKED = 200


def wanted(fits: Callable[[Any], bool], words: str, made: Read = lambda value: value) -> Read:
    """A reader of the values that fit; for others it says what to write."""

    def read(value: Any) -> Any:
        if not fits(value):
            raise ValueError(words)
        return made(value)

    return read


def is_text(value: Any) -> bool:
    """Whether a value is text with something in it."""
    return isinstance(value, str) and bool(value.strip())


def is_texts(value: Any) -> bool:
    """Whether a value is a list of texts."""
    return isinstance(value, list) and bool(value) and all(map(is_text, value))


def whole(low: int, high: int) -> Read:
    """A reader of whole numbers from low to high."""
    return wanted(
        lambda v: isinstance(v, int) and not isinstance(v, bool) and low <= v <= high,
        f"write a whole number from {low} to {high}.",
    )


def day(value: Any) -> date:
    """A date, as TOML or text has it."""
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError:
        raise ValueError("there is no such day. Write year-month-day, as 2026-03-27.") from None


def versions(value: Any) -> tuple[str, ...]:
    """The names of the versions; none where each student has one."""
    if value == "each":
        return ()
    if not is_texts(value) or len(set(value)) < len(value) or not all(len(v) <= 20 for v in value):
        raise ValueError('write "each" for one a student, or names as ["A", "B"], each once.')
    return tuple(value)


TEXT = wanted(is_text, "write some text between quotes.")
YES_NO = wanted(lambda v: isinstance(v, bool), "write true or false.")
NAMES = wanted(
    lambda v: is_text(v) or is_texts(v), "write a topic, tag, id or wildcard, or a list of them.",
    lambda v: (v,) if isinstance(v, str) else tuple(v),
)  # fmt: skip
AIDS = wanted(
    lambda v: v == [] or is_text(v) or is_texts(v), "write a list of texts.",
    lambda v: (v,) if isinstance(v, str) else tuple(v),
)  # fmt: skip
MARKS = wanted(
    lambda v: isinstance(v, int | float) and not isinstance(v, bool) and 0 < v <= 1000,
    "write a number above 0.", lambda v: Fraction(str(v)),
)  # fmt: skip
LANGUAGE = wanted(
    lambda v: is_text(v) and re.fullmatch(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?", v) is not None,
    'write the code of a language, as "en" or "nl".',
)  # fmt: skip

SETTINGS: Mapping[str, Read] = {
    "level": whole(1, 3),
    "marks": MARKS,
    "ask": wanted(lambda v: v in ASKS, f"write {', '.join(ASKS[:-1])} or {ASKS[-1]}."),
    "same": YES_NO,
    "repeats": YES_NO,
}
EXAM: Mapping[str, Read] = {
    "title": TEXT, "course": TEXT, "date": day, "duration": whole(1, 6000), "language": LANGUAGE,
    "instructions": TEXT, "aids": AIDS, "decimals": whole(0, 8), "total": MARKS, "versions": versions,
    "shuffle": YES_NO, "section": lambda value: value, **SETTINGS,
}  # fmt: skip
SECTION: Mapping[str, Read] = {
    "title": TEXT, "instructions": TEXT, "shuffle": YES_NO, "page_break": YES_NO,
    "question": lambda value: value, **SETTINGS,
}  # fmt: skip
QUESTION: Mapping[str, Read] = {
    "id": TEXT, "pick": whole(1, MOST_PICKED), "from": NAMES, "page_break": YES_NO, **SETTINGS,
}  # fmt: skip
