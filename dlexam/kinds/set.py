"""Sets: values of which the order does not matter (eigenvalues, letters of true statements)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from string import ascii_uppercase
from typing import Any

from dlexam.kinds import cells, hints
from dlexam.kinds.commas import Asked
from dlexam.kinds.exact import Exact
from dlexam.kinds.number import Number
from dlexam.kinds.reading import AnswerError, normalise, shown
from dlexam.kinds.slips import WRONG_SIGNS, Slip
from dlexam.phrase import say


@dataclass(frozen=True, slots=True)
class NumberSet:
    """Numbers in any order, repeated where the value repeats."""

    decimals: int
    size: int
    whole: bool = False
    tolerance: float | None = None

    rows = 1

    @property
    def columns(self) -> int:
        """Cells of the answer box."""
        return self.size

    @property
    def hint(self) -> str:
        """What the answer box says."""
        return say("in any order, %(form)s", form=hints.each(self.decimals, self.whole))

    def _entry(self) -> Number:
        return Number(self.decimals, self.whole, self.tolerance)

    def tex(self, value: Any) -> str:
        """As TeX, in ascending order."""
        return r"\{" + r",\; ".join(self._entry().tex(x) for x in sorted(value)) + r"\}"

    def text(self, value: Any) -> str:
        """As text that can be typed back."""
        return ", ".join(self._entry().text(x) for x in sorted(value))

    def is_exact(self, value: Any) -> bool:
        """Whether the printed values are the values."""
        return all(self._entry().is_exact(x) for x in value)

    def json(self, value: Any) -> Any:
        """As an ascending list."""
        return [self._entry().json(x) for x in sorted(value)]

    def read(self, text: str) -> Any:
        """The numbers that a person wrote. Raises AnswerError."""
        clean = re.sub(r"\bor\b", ",", text)
        if both := re.fullmatch(r"\s*(?:±|\\pm|\+/?-)\s*(\S+)\s*", clean):
            clean = f"-({both[1]}), {both[1]}"
        found = cells.read(clean, (self.size,), Asked(self.decimals, self.whole))
        return tuple(sorted(found.ravel().tolist()))

    def rounded(self, value: Any) -> Any:
        """The values as a student writes them down."""
        return tuple(self._entry().rounded(x) for x in sorted(value))

    def half(self, value: Any) -> float:
        """Half a unit of the last decimal that is asked."""
        return max((self._entry().half(x) for x in value), default=0.0)

    def distance(self, a: Any, b: Any) -> Any:
        """How far two sets are apart in their worst number."""
        return self.gap(a, b)

    def gap(self, a: Any, b: Any) -> float:
        """How far two sets are apart in their worst number; infinitely if their sizes differ."""
        if len(a) != len(b):
            return inf
        pairs = zip(sorted(a), sorted(b), strict=True)
        return max((self._entry().gap(x, y) for x, y in pairs), default=0.0)

    def within(self, a: Any, b: Any, width: Any) -> bool:
        """Whether each number is within a width of its partner, the edges included and exact."""
        pairs = zip(sorted(a), sorted(b), strict=False)
        return len(a) == len(b) and all(self._entry().within(x, y, width) for x, y in pairs)

    def interval(self, value: Any, drift: Any = 0.0) -> tuple[str, str]:
        """The least and the greatest numbers that are right, as decimal texts."""
        edges = [self._entry().interval(x, drift) for x in sorted(value)]
        return ", ".join(low for low, _ in edges), ", ".join(high for _, high in edges)

    def slips(self, value: Any, text: str) -> Iterator[Slip]:
        """All signs reversed."""
        if any(value) and set(value) != {-x for x in value}:
            yield Slip("sign", tuple(-x for x in value), WRONG_SIGNS)


@dataclass(frozen=True, slots=True)
class LetterSet(Exact):
    """Any number of options, by letter."""

    options: tuple[str, ...] = ()

    rows = columns = 1

    @property
    def hint(self) -> str:
        """What the answer box says."""
        return say("letters, like A, C")

    def tex(self, value: Any) -> str:
        """As TeX."""
        return r"\text{" + (", ".join(sorted(value)) or "none") + "}"

    def text(self, value: Any) -> str:
        """As text that can be typed back."""
        return ", ".join(sorted(value)) or "none"

    def json(self, value: Any) -> Any:
        """As a sorted list."""
        return sorted(value)

    def read(self, text: str) -> Any:
        """The letters that a person wrote. Raises AnswerError."""
        clean = re.sub(r"\bAND\b", ",", normalise(text).upper()).strip(" .")
        if clean in {"NONE", "-"}:
            return frozenset()
        letters = re.sub("[^A-Z]", "", clean)
        numbers = re.findall("[0-9]+", clean)
        if numbers and not letters:
            letters = "".join(ascii_uppercase[int(n) - 1 : int(n)] or "?" for n in numbers if len(n) < 3)
        mixed = bool(numbers and re.search("[A-Z]", clean))
        if mixed or len(letters) < max(1, len(numbers)) or len(letters) > 26:
            seen = shown(text)
            msg = say("'%(seen)s' is not a list of letters. Write them like A, C, or 'none'.", seen=seen)
            raise AnswerError(msg)
        known = ascii_uppercase[: len(self.options)] if self.options else ascii_uppercase
        if strange := [letter for letter in letters if letter not in known]:
            msg = say(
                "'%(seen)s' is not one of %(known)s. Write the letters of the options.",
                seen=strange[0],
                known=", ".join(known),
            )
            raise AnswerError(msg)
        return frozenset(letters)

    def gap(self, a: Any, b: Any) -> float:
        """Letters are exact."""
        return 0.0 if frozenset(a) == frozenset(b) else inf

    def share(self, answer: Any, value: Any) -> float:
        """Right letters minus wrong ones, as a share of the right ones, never below zero."""
        chosen, right = frozenset(answer), frozenset(value)
        return max(0, len(chosen & right) - len(chosen - right)) / max(1, len(right))

    def slips(self, value: Any, text: str) -> Iterator[Slip]:
        """None that can be told from letters."""
        yield from ()
