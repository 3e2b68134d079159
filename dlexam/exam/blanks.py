"""Names that cannot be printed here: what stays blank on the papers, and what a person can do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dlexam.exam.exam import Exam
from dlexam.exam.record import named

if TYPE_CHECKING:
    from dlexam.exam.jobs import Wanted

ADVICE = "Install a font (fonts-noto-cjk, say) and build again, or write Latin letters in the roster."


def unprinted(exam: Exam, wanted: Wanted) -> dict[str, str]:
    """By student, the letters of the roster that no font of this machine has; they stay blank in PDFs."""
    from dlexam.render.letters import blank

    if "pdf" not in wanted.formats:
        return {}
    said = {student.id: student.id + student.name + student.seat for student in exam.roster}
    try:
        missing = blank("".join(said.values()), wanted.engine, wanted.templates)
    except Exception:  # no engine, or templates that are broken: every paper will say so
        return {}
    found = {id: "".join(sorted(missing.intersection(text))) for id, text in said.items()}
    return {id: letters for id, letters in found.items() if letters}


def remarks(blanks: Mapping[str, str]) -> list[str]:
    """A line for the students with such letters."""
    if not blanks:
        return []
    letters = named([shown(letter) for letter in sorted(set("".join(blanks.values())))])
    why = f"letters of their names stay blank: no font of this computer has {letters}"
    return [f"{named(list(blanks))}: {why}. {ADVICE}"]


def shown(letter: str) -> str:
    """A letter, or the code of one that nothing shows."""
    return letter if letter.isprintable() else f"U+{ord(letter):04X}"
