"""Choices: one of some options, by letter, number or text; and words such as a token sequence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from string import ascii_uppercase
from typing import Any

from dlexam.kinds.exact import Exact
from dlexam.kinds.reading import AnswerError, normalise, shown
from dlexam.kinds.slips import Slip
from dlexam.phrase import say

LEAD = re.compile(r"^(?:the)?(?:option|answer|choice)(?:is)?")


def bare(text: str) -> str:
    """Text without case, spaces and punctuation; TeX dollars and backslashes do not count either."""
    return re.sub(r"[^\w+<>=]", "", normalise(text)).replace("_", "").lower()


@dataclass(frozen=True, slots=True)
class Choice(Exact):
    """One of the options; without options any word."""

    options: tuple[str, ...] = ()

    rows = columns = 1

    @property
    def hint(self) -> str:
        """What the answer box says."""
        return say("one letter") if self.options else say("letters or words")

    def tex(self, value: Any) -> str:
        """As TeX."""
        clean = str(value).replace("\\", "").replace("$", "").replace("%", r"\%").replace("_", " ")
        return rf"\text{{{clean.replace('&', 'and').replace('#', '')}}}"

    def text(self, value: Any) -> str:
        """As text that can be typed back."""
        return str(value)

    def json(self, value: Any) -> Any:
        """As text."""
        return str(value)

    def read(self, text: str) -> Any:
        """The option that a person chose. Raises AnswerError."""
        wanted = bare(text)
        if not self.options:
            if not wanted:
                msg = say("There is nothing here. Write the answer in letters.")
                raise AnswerError(msg)
            return normalise(text)
        chosen = self.named(wanted) or self.named(LEAD.sub("", wanted))
        if chosen is None:
            known = ", ".join(self.options)
            msg = say(
                "'%(seen)s' is not one of the options. Choose from: %(known)s.", seen=shown(text), known=known
            )
            raise AnswerError(msg)
        return chosen

    def named(self, wanted: str) -> str | None:
        """The option with a bare text, letter or number, or a letter and its text."""
        texts = {bare(option): option for option in self.options}
        letters = dict(zip(ascii_uppercase.lower(), self.options, strict=False))
        numbers = {str(i): option for i, option in enumerate(self.options, 1)}
        both = {letter + bare(option): option for letter, option in letters.items()}
        return {**both, **numbers, **letters, **texts}.get(wanted)

    def gap(self, a: Any, b: Any) -> float:
        """Choices are exact."""
        return 0.0 if bare(str(a)) == bare(str(b)) else inf

    def slips(self, value: Any, text: str) -> Iterator[Slip]:
        """None that can be told from a choice."""
        yield from ()
