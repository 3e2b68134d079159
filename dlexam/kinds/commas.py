"""Points and commas: one rule for all that is read, the one by which numbers are printed.

The point is the decimal mark. A comma is read where one reading is possible; where two are, the asked
precision decides, and where it cannot both readings are named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dlexam.kinds.reading import AmbiguousError, AnswerError, shown
from dlexam.phrase import say

DIGITS = re.compile(
    r"(?<![\w.,])(?:(?:[0-9]{1,3}(?:[ '_][0-9]{3})+(?![0-9])|[0-9]+)(?:[.,][0-9]+)*|,[0-9]+)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a number: its decimals, None where nobody says, and whether it is whole."""

    decimals: int | None = None
    whole: bool = False


ANY = Asked()


def pointed(digits: str, asked: Asked = ANY) -> str:
    """Digits with groups and commas as Python writes them; the last of two marks is the decimal one."""
    grouped = bool(re.search("[ '_]", digits))
    bare = re.sub("[ '_]", "", digits)
    marks = re.sub("[0-9]", "", bare)
    if marks in ("", "."):
        return bare
    head, mark, tail = bare.rpartition(marks[-1])
    if len(marks) == 1:
        is_group = len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0") and not grouped
        return comma(head, tail, asked) if is_group else f"{head}.{tail}"
    groups = re.compile(rf"[0-9]{{1,3}}(?:{re.escape(marks[0])}[0-9]{{3}})+")
    if len(set(marks)) == 1 and groups.fullmatch(bare) and not grouped:
        return bare.replace(mark, "")
    if marks[-1] != marks[0] and groups.fullmatch(head):
        return f"{head.replace(marks[0], '')}.{tail}"
    msg = say(
        "'%(seen)s' is not one number. Write a decimal point, and no mark between thousands.",
        seen=shown(digits),
    )
    raise AnswerError(msg)


def comma(head: str, tail: str, asked: Asked) -> str:
    """One comma before three digits: decimal or between thousands, as the precision says."""
    if asked.whole or asked.decimals == 0:
        return head + tail
    if asked.decimals == 3:
        return f"{head}.{tail}"
    msg = say(
        "'%(head)s,%(tail)s' can mean %(head)s.%(tail)s or %(head)s%(tail)s."
        " Write a decimal point, and no mark between thousands.",
        head=head,
        tail=tail,
    )
    raise AmbiguousError(msg)
