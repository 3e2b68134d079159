"""The code on every page of a paper: which paper, page and version it is, as DLEXAM/7KQ2M9XD/03/A.

A code of fixed size, mask and level is linear: what changes with the page is the same for every paper
(the Reed-Solomon code is linear, the rest is exclusive or). So a paper costs one code, however many pages
it has, and the changes are made once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dlexam.cover import Imprint

MASK = 2  # any of the eight would do; choosing the prettiest costs eight times as much
MOST_PAGES = 99
_DARK = re.compile("1+")


@dataclass(frozen=True, slots=True)
class Code:
    """A square of modules, row by row; 1 is dark."""

    bits: int
    side: int

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """The dark modules as (x, y, width), y downwards."""
        line = f"{self.bits:0{self.side**2}b}"
        for y in range(self.side):
            for run in _DARK.finditer(line, y * self.side, (y + 1) * self.side):
                yield run.start() % self.side, y, len(run[0])

    def path(self) -> str:
        """The dark modules as the path of an SVG."""
        return "".join(f"M{x} {y}h{wide}v1h-{wide}z" for x, y, wide in self.runs())


def codes(imprint: Imprint, pages: int) -> list[Code]:
    """The codes of the pages of a paper; those after page 99 have the same one."""
    first = code(content(imprint.paper, 1, imprint.version))
    nobody = "0" * len(imprint.paper)
    return [
        Code(first.bits ^ change(nobody, min(page, MOST_PAGES), imprint.version), first.side)
        for page in range(1, pages + 1)
    ]


def content(paper: str, page: int, version: str) -> str:
    """What a code says."""
    return "/".join(filter(None, ("DLEXAM", paper, f"{page:02d}", version)))


@lru_cache(maxsize=4096)
def change(paper: str, page: int, version: str) -> int:
    """The modules by which the code of a page differs from that of the first."""
    return code(content(paper, page, version)).bits ^ code(content(paper, 1, version)).bits


def code(text: str) -> Code:
    """The code of a text, by segno."""
    from segno import make_qr

    rows = make_qr(text, error="m", mask=MASK, boost_error=False).matrix
    bits = "".join(str(module) for row in rows for module in row)
    return Code(int(bits, 2), len(rows))
