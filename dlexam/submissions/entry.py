"""What a file holds: answers as they were written, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dlexam.submissions.address import Address

LONGEST = 10_000  # characters of an answer; a matrix of 64 x 64 numbers has fewer


class Entry(NamedTuple):
    """One answer of one student.

    `question` is "3" for question 3 of the paper, or an id such as "optimizers/adam", or "" where only a
    part was named; `part` is a step, a letter, or "" for the only part. `text` is unchanged. `file_of` is
    the student whose file it is by its name, as `student` is by what stands in it; `paper` is the short id of
    the paper that the file is.
    """

    student: str
    question: str
    part: str
    text: str
    at: datetime | None
    source: str
    file_of: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a person must look at, in one line: what: why. Do this."""

    source: str
    why: str
    student: str = ""
    paper: str = ""


Answers = Iterator[Entry | Trouble]


class Origin(NamedTuple):
    """Where answers come from: the file as the log names it, and who and when.

    `file_of` is the student whom the name of a packed file names, whatever stands in the file; `paper` is the
    short id of the paper that the file is.
    """

    source: str
    student: str = ""
    at: datetime | None = None
    file_of: str = ""
    paper: str = ""

    def by(self, student: str, at: datetime | None) -> Origin:
        """The same place, where what stands in the file names a student and a time."""
        return Origin(self.source, student, at, self.file_of, self.paper)

    def place(self, detail: str) -> Origin:
        """A place in this file: a row, a cell, a line."""
        return Origin(f"{self.source}, {detail}", self.student, self.at, self.file_of, self.paper)

    def trouble(self, why: str) -> Trouble:
        """A problem at this place."""
        return Trouble(self.source, why, self.student, self.paper)

    def entry(self, where: Address, text: str) -> Entry | Trouble:
        """An answer at this place, or why it is none."""
        if len(text) > LONGEST:
            return self.trouble(
                f"{where}: {len(text)} characters, and at most {LONGEST} are read. A person must look."
            )
        answer = (where.question, where.part, encodable(text))
        return Entry(self.student, *answer, self.at, self.source, self.file_of, self.paper)


def encodable(text: str) -> str:
    r"""The text; halves of characters (JSON may hold `\ud800`) become U+FFFD: no file could hold them."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
