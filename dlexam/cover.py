"""What an exam paper has beyond a practice sheet: a cover, and by what each of its pages is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlexam.blocks import Block

KEYWORD = re.compile(r"\bdlexam paper ([0-9A-Z]{8})\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class Imprint:
    """By what a page is known, small on every one of them; no answer and no seed follows from it.

    `paper` is the short id, `tool` the version of dlexam, `bank` the hash of its questions; who holds the
    secret of the exam makes the paper again from these.
    """

    paper: str
    tool: str
    bank: str
    version: str = ""
    student: str = ""
    name: str = ""

    @property
    def keyword(self) -> str:
        """What the metadata of a paper says: what is printed on each of its pages, and nothing else."""
        return f"dlexam paper {self.paper}"


def paper_named(keywords: str) -> str:
    """The paper that the keywords of a file name; blank where they name none, or more than one.

    >>> paper_named("dlexam paper 7KQ2M9XD"), paper_named("exam, maths")
    ('7KQ2M9XD', '')
    """
    named = set(KEYWORD.findall(keywords))
    return named.pop() if len(named) == 1 else ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What the front page says.

    `minutes` is the whole time, `extra` how much of it is extra time; `decimals` are those that the exam asks
    for, None where each question has its own. `instructions` are the instructor's.
    """

    course: str = ""
    day: date | None = None
    minutes: int = 0
    extra: int = 0
    aids: tuple[str, ...] = ()
    instructions: tuple[Block, ...] = ()
    decimals: int | None = None
    seat: str = ""
