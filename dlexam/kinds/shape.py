"""Shapes: tuples of whole numbers, or 'none' where there is no shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from dlexam.kinds.exact import Exact
from dlexam.kinds.reading import AnswerError, normalise, shown
from dlexam.kinds.slips import Slip
from dlexam.phrase import say

CHANNELS_LAST = say("Channels come first here; you wrote them last.")
AXES_SWAPPED = say("Two axes are swapped.")
NONE = "none"
NO_SHAPE = frozenset(
    {NONE, "-", "undefined", "not defined", "incompatible", "not possible", "impossible", "error"}
)
LABEL = re.compile(r"size(?=\s*\()|^[^=:]*(?:shape|size)\s*(?:==?|:)|^[a-z]\w*\s*=|\s*(?:pixels|px)$")


@dataclass(frozen=True, slots=True)
class Shape(Exact):
    """A tuple of whole numbers."""

    rows = columns = 1  # one line of text: the number of axes is not given away

    @property
    def hint(self) -> str:
        """What the answer box says."""
        return say("a shape, like (3, 4)")

    def tex(self, value: Any) -> str:
        """As TeX."""
        return r"\text{none}" if value == NONE else "(" + r",\; ".join(map(str, value)) + ")"

    def text(self, value: Any) -> str:
        """As text that can be typed back."""
        return NONE if value == NONE else str(tuple(value))

    def json(self, value: Any) -> Any:
        """As a list, or 'none'."""
        return NONE if value == NONE else list(value)

    def read(self, text: str) -> Any:
        """The shape that a person wrote. Raises AnswerError."""
        bare = LABEL.sub("", normalise(text).lower()).strip()
        clean = bare.strip(" .()[]{},")
        if clean in NO_SHAPE:
            return NONE
        sizes = [size for size in re.split(r"\s*(?:,|x|\*|;|\bby\b|\s)\s*", clean) if size]
        scalar = bare in ("()", "[]", "([])")
        if not (scalar or sizes) or not all(re.fullmatch(r"[0-9]{1,12}", size) for size in sizes):
            msg = say("'%(seen)s' is not a shape. Write its sizes like (64, 55, 55).", seen=shown(text))
            raise AnswerError(msg)
        return tuple(map(int, sizes))

    def gap(self, a: Any, b: Any) -> float:
        """Shapes are exact."""
        return 0.0 if (NONE not in (a, b) and tuple(a) == tuple(b)) or a == b else inf

    def slips(self, value: Any, text: str) -> Iterator[Slip]:
        """Axes in another order."""
        if value == NONE or len(value) < 2:
            return
        if len(value) in (3, 4):
            batch, (channels, *sides) = value[:-3], value[-3:]
            yield Slip("channels_last", (*batch, *sides, channels), CHANNELS_LAST, 0.5)
        yield Slip("axes_swapped", (*value[:-2], value[-1], value[-2]), AXES_SWAPPED, 0.5)
