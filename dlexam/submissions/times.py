"""Time stamps as forms, learning platforms and file names write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

CLOCK = (
    r"(?P<hour>\d{1,2})[:.]?(?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d+)?\s*(?P<half>[ap]\.?m\.?)?"
)
ZONE = r"\s*(?P<zone>Z|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?|UTC|GMT)?"
DAY_OF_WEEK = r"(?:[^\W\d]+,\s*)?"
NUMBERS = re.compile(
    rf"(?P<first>\d{{1,4}})[/.-](?P<second_number>\d{{1,2}})[/.-](?P<third>\d{{2,4}})[,T]?\s*(?:{CLOCK}{ZONE})?",
    re.IGNORECASE | re.ASCII,
)
NAMED = re.compile(
    rf"{DAY_OF_WEEK}(?P<day>\d{{1,2}})\.?\s+(?P<month>[a-z]+)\.?\s+(?P<year>\d{{4}}),?\s*(?:{CLOCK}{ZONE})?",
    re.IGNORECASE,
)
AMERICAN = re.compile(
    rf"{DAY_OF_WEEK}(?P<month>[a-z]+)\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}),?\s*(?:{CLOCK}{ZONE})?",
    re.IGNORECASE,
)
DASHED = re.compile(r"(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)", re.ASCII)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def day_first(stamps: Iterable[str]) -> bool:
    """Whether 03/04/2025 is a day in April in these stamps; in doubt it is not, as in Google's exports."""
    for stamp in stamps:
        if (found := NUMBERS.match(stamp.strip())) and len(found["first"]) <= 2:
            if int(found["first"]) > 12:
                return True
            if int(found["second_number"]) > 12:
                return False
    return False


def time_of(stamp: str, day_first: bool = False) -> datetime | None:
    """A moment, without its zone (in UTC where a zone is written); None where it cannot be read."""
    text = " ".join(stamp[:80].split())
    try:
        moment = iso(text) or written(text, day_first)
        return plain(moment) if moment else None
    except (ValueError, OverflowError):  # 31 February; the year 1 east of Greenwich
        return None


def iso(text: str) -> datetime | None:
    """A moment as ISO 8601 writes it."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def written(text: str, day_first: bool) -> datetime | None:
    """A moment in one of the ways that people and platforms write. Raises ValueError for 31 February."""
    if found := DASHED.fullmatch(text):
        return datetime(*map(int, found.groups()))  # type: ignore[arg-type]
    if found := NUMBERS.fullmatch(text):
        first, second, third = (int(found[k]) for k in ("first", "second_number", "third"))
        if len(found["first"]) == 4:
            year, month, day = first, second, third
        else:
            pointed = text[found.end("first")] == "."  # 03.04.2025 is a day in April wherever it is written
            day, month = (first, second) if day_first or pointed else (second, first)
            year = third + 2000 if third < 100 else third
    elif found := NAMED.fullmatch(text) or AMERICAN.fullmatch(text):
        if found["month"][:3].casefold() not in MONTHS:
            return None
        day, year = int(found["day"]), int(found["year"])
        month = MONTHS.index(found["month"][:3].casefold()) + 1
    else:
        return None
    return at_clock(datetime(year, month, day), found)


def at_clock(date: datetime, found: re.Match[str]) -> datetime:
    """A date with the time of day that was matched after it."""
    if found["hour"] is None:
        return date
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    moment = date.replace(hour=hour, minute=int(found["minute"]), second=int(found["second"] or 0))
    return moment.replace(tzinfo=zone(found["zone"] or ""))


def zone(text: str) -> timezone | None:
    """`UTC`, `Z`, `+02:00`, `GMT-5` as an offset; None where no zone was written."""
    if not text.strip():
        return None
    found = re.search(r"([+-])(\d{1,2}):?(\d{2})?", text)
    if not found:
        return UTC
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-offset if found[1] == "-" else offset)


def plain(moment: datetime) -> datetime:
    """A moment that can be compared with any other: in UTC if its zone is known, and without it."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
