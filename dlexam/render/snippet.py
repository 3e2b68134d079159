"""Python code with its comments, strings and keywords marked, in few elements.

Python's own tokenizer reads it: it is exact for Python, and a highlighter's lexer takes a tenth of a second
to load in every run.
"""

from __future__ import annotations

import io
import re
import token
import tokenize
from collections.abc import Iterator
from functools import lru_cache
from keyword import iskeyword

from markupsafe import Markup, escape

_LOOKS = {token.COMMENT: "co", token.STRING: "st"} | {
    getattr(token, part, -1): "st" for part in ("FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END")
}
_OVER_LINES = re.compile(r"\"\"\"|'''|\\$", re.MULTILINE)  # a string or a line that goes on


@lru_cache(maxsize=256)
def highlighted(code: str) -> Markup:
    """The code as HTML: spans of class `co`, `st` and `ke`, everything else as it is."""
    html = Markup("").join(
        Markup('<span class="{}">{}</span>').format(name, text) if name else escape(text)
        for name, text in runs(code)
    )
    return html.rstrip()


@lru_cache(maxsize=256)
def runs(code: str) -> list[tuple[str, str]]:
    """The code in runs of one look: `co` comments, `st` strings, `ke` keywords, the rest without a name."""
    found: list[tuple[str, str]] = []
    for name, text in _pieces(code.strip("\n")):
        if found and (found[-1][0] == name or not text.strip()):
            found[-1] = (found[-1][0], found[-1][1] + text)
        elif text:
            found.append((name, text))
    return found


def _pieces(code: str) -> Iterator[tuple[str, str]]:
    """Each token that stands out, and what is between them; the rest of what is no Python, as it is."""
    done = start = 0
    for part in [code] if _OVER_LINES.search(code) else code.splitlines(keepends=True):
        for name, begin, end in _marked(part):
            yield "", code[done : start + begin]
            yield name, code[start + begin : start + end]
            done = start + end
        start += len(part)
    yield "", code[done:]


@lru_cache(maxsize=8192)
def _marked(code: str) -> list[tuple[str, int, int]]:
    """What stands out and where: of a line at a time, since most lines are those of every student."""
    found, starts = [], [0]
    for line in code.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    try:
        for read in tokenize.generate_tokens(io.StringIO(code).readline):
            keyword = read.type == token.NAME and iskeyword(read.string)
            if name := "ke" if keyword else _LOOKS.get(read.type):
                (row, column), (last, end) = read.start, read.end
                found.append((name, starts[row - 1] + column, starts[last - 1] + end))
    except (tokenize.TokenError, SyntaxError):
        pass
    return found
