"""The students that papers were made for, found by their ids and names as people and platforms write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

from dlexam.paper import Papers
from dlexam.submissions.entry import Entry, Trouble

NOT_TAKEN = "They were not taken; a person must look."
SHORTEST = 6  # letters of a name that is looked for in the names of files


class Roster:
    """Who sat the exam. Where there is no roster everybody is known."""

    def __init__(self, papers: Papers) -> None:
        """Index the ids and the names."""
        self.open = not papers.students
        self.exact = set(papers.students)
        self.loose = unique((bare_id(s), s) for s in papers.students)
        self.names = unique((form, s) for s, name in papers.names.items() for form in joined(name))
        self.papers = unique((paper, s) for s, paper in papers.paper_ids.items())
        self.sources: dict[str, str | None] = {}

    def find(self, written: str) -> str | None:
        """The student that an id or a name as written means; None where there is none or more than one."""
        if written in self.exact:
            return written
        if self.open:
            return written.strip() or None
        id = self.loose.get(bare_id(written)) or self.loose.get(bare_id(written.partition("@")[0]))
        return id or self.names.get(letters(written))

    def whose(self, entry: Entry | Trouble) -> str | None:
        """The student that an answer or a trouble names, else whose paper it is, else by its file's name."""
        return self.find(entry.student) or self.papers.get(entry.paper) or self.named_in(entry.source)

    def misplaced(self, entry: Entry, student: str) -> Trouble | None:
        """Answers of a student in a file or on a paper that is another's."""
        holder = self.holder(entry)
        if holder and holder != student:
            return Trouble(entry.source, f"answers of {student} in a file of {holder}. {NOT_TAKEN}", holder)
        owner = self.papers.get(entry.paper)
        if not self.papers or not entry.paper or owner == student:
            return None
        whose = f"the paper of {owner}" if owner else f"paper {entry.paper}, which is not of this exam"
        return Trouble(entry.source, f"answers of {student} on {whose}. {NOT_TAKEN}", student)

    def holder(self, entry: Entry) -> str | None:
        """The student whose file an answer stands in, by the file's name; None where it names nobody here.

        Platforms have numbers of their own beside the name, and a paper is no table of several students.
        """
        if self.open or not entry.file_of:
            return None
        if found := self.find(entry.file_of):
            return found
        if not (entry.file_of.isdigit() or entry.paper):
            return None
        file = "" if entry.paper else entry.source.rpartition(", ")[0]  # a form has no rows
        return self.named_in(file or entry.source)

    def named_in(self, source: str) -> str | None:
        """The only student whose name is in the name of a file, as platforms pack them."""
        if source not in self.sources:
            within = letters(source)
            found = {s for form, s in self.long_names.items() if form in within}
            self.sources[source] = found.pop() if len(found) == 1 else None
        return self.sources[source]

    @cached_property
    def long_names(self) -> dict[str, str]:
        """The names that are long enough to be looked for."""
        return {form: s for form, s in self.names.items() if len(form) >= SHORTEST}


def bare_id(written: str) -> str:
    """An id without case, outer space and the zeros in front that a spreadsheet takes away."""
    clean = written.strip().casefold()
    return clean.removesuffix(".0").lstrip("0") if clean.replace(".0", "").isdigit() else clean


def letters(text: str) -> str:
    """The letters of a text, without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if c.isalpha())


def joined(name: str) -> set[str]:
    """A name as platforms join it: first and last name in either order."""
    words = [letters(word) for word in re.split(r"[\s,]+", name) if letters(word)]
    return {"".join(words), "".join(words[-1:] + words[:-1]), "".join(words[1:] + words[:1])} - {""}


def unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A dictionary without the keys that mean more than one thing."""
    found: dict[str, str] = {}
    twice = set()
    for key, value in pairs:
        if found.setdefault(key, value) != value:
            twice.add(key)
    return {key: value for key, value in found.items() if key not in twice}
