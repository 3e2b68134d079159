"""Who handed in a file, and when, from the names that learning platforms give to files and folders."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePosixPath

from dlexam.submissions.times import time_of

# Moodle: Jane Doe_1234567_assignsubmission_file_/sheet.pdf
MOODLE = re.compile(r".*_(?P<student>[0-9]+)_assignsubmission_", re.ASCII)
# Blackboard: Sheet 1_s1234567_attempt_2025-01-01-10-00-00_sheet.pdf
BLACKBOARD = re.compile(r".*_(?P<student>[^_]+)_attempt_(?P<at>[0-9]{4}(?:-[0-9]{2}){5})(?:[_.]|$)", re.ASCII)
# Canvas: doejane_LATE_12345_67890_sheet.pdf; the first number is the student's, the second the file's
CANVAS = re.compile(r"[^_]+_(?:LATE_)?(?P<student>[0-9]+)_[0-9]+_.+", re.ASCII)
CANVAS_ANONYMOUS = re.compile(r"(?:LATE_)?(?P<student>anon_[A-Za-z0-9]+)_[0-9]+_.+", re.ASCII)
# Brightspace: 12345-67890 - Jane Doe - Oct 1, 2024 1005 AM/sheet.pdf, or with the student's number in between
BRIGHTSPACE = re.compile(
    r"(?P<user>[0-9]+)-[0-9]+ ?- (?:(?P<student>[A-Za-z]{0,3}[0-9]{4,}) ?- )?.*?"
    r"(?: ?- (?P<at>[A-Za-z]+ [0-9]{1,2}, [0-9]{4},? [0-9]{3,4} ?[AP]M)(?: ?- .*)?)?$",
    re.ASCII,
)
PLATFORMS = (MOODLE, BLACKBOARD, CANVAS, CANVAS_ANONYMOUS, BRIGHTSPACE)
NUMBER = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{0,3}[0-9]{5,}(?![A-Za-z0-9])", re.ASCII)
COMMON = re.compile(
    r"(my ?)?(answers?|submissions?|sheet|practice|exam|paper|home ?work|hw|assignment|notebook|form|lab)"
    r"[ _-]*[0-9]{0,2}( ?\([0-9]+\))?",
    re.IGNORECASE,
)
RECEIPT = re.compile(r".*_attempt_[0-9]{4}(-[0-9]{2}){5}\.txt", re.ASCII)
CLUTTER = frozenset(("index.html", "thumbs.db", "desktop.ini"))


def student_in(path: str) -> tuple[str, datetime | None]:
    """The student and the time that the path of a handed-in file names.

    >>> student_in("Jane Doe_1234567_assignsubmission_file_/sheet.pdf")
    ('1234567', None)
    >>> student_in("doejane_LATE_12345_67890_sheet-1.pdf"), student_in("s1234567.csv")
    (('12345', None), ('s1234567', None))
    """
    *folders, name = PurePosixPath(path).parts or ("",)
    for part in (*folders, name):
        for pattern in PLATFORMS:
            if found := pattern.match(part):
                named = found.groupdict()
                at = time_of(named.get("at") or "")
                return named["student"] or named["user"], at
    stem = PurePosixPath(name).stem
    for part in (stem, *reversed(folders)):
        if "@" not in part and len(numbers := NUMBER.findall(part)) == 1:
            return numbers[0], None
    if folders and COMMON.fullmatch(stem):
        return folders[-1].strip(), None
    return stem.strip(), None


def is_clutter(path: str) -> bool:
    """Whether a file is what systems and platforms add: hidden files, receipts, lists of contents."""
    parts = PurePosixPath(path).parts
    name = parts[-1] if parts else ""
    hidden = any(p.startswith((".", "__MACOSX", "~$")) and p not in (".", "..") for p in parts)
    return hidden or name.casefold() in CLUTTER or bool(RECEIPT.fullmatch(name))
