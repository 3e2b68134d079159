"""What an exam paper has beyond a practice sheet: a cover, and by what each of its pages is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlexam.blocks import Block


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
