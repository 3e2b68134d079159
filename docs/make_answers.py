"""Write docs/answers.md from the table that the tests of the readers run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).with_name("answers.md")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from answer_forms import FORMS, Forms  # noqa: E402 - the tests are no package

from dlexam.kinds import AnswerError  # noqa: E402
from dlexam.kinds.number import is_number, plain  # noqa: E402

INTRODUCTION = """# How answers may be written

This page is made by `make docs` from the table that the tests of the readers run: each row is a test.

- What is typed is kept as it is. The student sees what was read whenever it looks different.
- An answer that cannot be read, or that has two readings, is never guessed and never silently zero: in
  practice the student is told how to write it, in an exam a person looks.
- The decimal mark is a point, on every sheet and in every answer. A comma is read too where only one
  reading is possible.
- Minus signs, multiplication signs, spaces, quotes and digits of other scripts are read as the plain ones;
  invisible characters are ignored. An answer has at most 4000 characters.
- The value is marked first, then the digits: half a unit of the last decimal that is asked is allowed, plus
  what rounding the steps before can do. `dlexam mark --json` prints the accepted interval; both of its ends
  are in.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([INTRODUCTION, *(line for forms in FORMS for line in section(forms))]).rstrip() + "\n"


def section(forms: Forms) -> Iterator[str]:
    """The forms of one kind of answer."""
    yield from (f"## {forms.title}", "", forms.words, "", "| written | read as |", "|---|---|")
    for read, texts in grouped(forms).items():
        yield f"| {', '.join(map(code, texts))} | {code(read)} |"
    yield ""
    if forms.refused:
        yield from ("| not read | what the student is told |", "|---|---|")
        for text in forms.refused:
            yield f"| {code(text) if text else 'nothing'} | {cell(told(forms, text))} |"
        yield ""


def grouped(forms: Forms) -> dict[str, list[str]]:
    """The written forms by what is read."""
    found: dict[str, list[str]] = {}
    for text in forms.read:
        value = forms.kind.read(text)
        shown = plain(value) if is_number(value) else forms.kind.text(value)
        found.setdefault(shown, []).append(text)
    return found


def told(forms: Forms, text: str) -> str:
    """What a student is told of a text that cannot be read."""
    try:
        forms.kind.read(text)
    except AnswerError as problem:
        return str(problem)
    raise AssertionError(text)


def code(text: str) -> str:
    """Text as code in a cell of a table."""
    clean = text.replace("\n", "⏎").replace("\t", "⇥").replace("|", r"\|")
    return f"`` {clean} ``" if "`" in clean else f"`{clean}`"


def cell(text: str) -> str:
    """Words in a cell of a table."""
    for sign in "\\*_|<>$`":
        text = text.replace(sign, "\\" + sign)
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
