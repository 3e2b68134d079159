"""The papers that answers are to: an exam's, or those of a practice sheet."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from dlexam.commands.practice import practice
from dlexam.options import load

if TYPE_CHECKING:
    from dlexam.paper import Papers


def papers_of(wanted: str, folders: tuple[Path, ...], trust: bool) -> Papers:
    """The papers that were handed out: an exam's, or a practice sheet drawn again."""
    if Path(wanted).exists() or wanted.endswith((".json", "/")):
        from dlexam.exam import load_exam

        return load_exam(Path(wanted), load(folders), trust)
    from dlexam.graph import QuestionError
    from dlexam.paper import Sheet
    from dlexam.practice import draw_sheet, titled

    plain = wanted.partition("(dlexam")[0].strip()  # the small print of a sheet has the version too
    try:
        words = shlex.split(plain.removeprefix("dlexam ").removeprefix("practice "))
    except ValueError:
        msg = f"{plain}: a quotation mark is not closed. Copy the small print of the sheet as it is."
        raise QuestionError(msg) from None
    asked = practice.make_context("practice", ["-o", "sheet.html", *words]).params
    bank = load((*folders, *asked["folders"]))
    variants = draw_sheet(bank, asked["what"], asked["count"], asked["level"], asked["seed"])
    return Sheet(titled(asked["title"]), tuple(variants), asked["ask"], language=asked["language"])
