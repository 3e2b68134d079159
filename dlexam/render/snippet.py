"""Python code with its comments, strings and keywords marked, in few elements.

Python's own tokenizer reads it: it is exact for Python, and a highlighter's lexer takes a tenth of a second
to load in every run.
"""

from __future__ import annotations

import io
import token
import tokenize
from collections.abc import Iterator
from functools import lru_cache
from keyword import iskeyword

from markupsafe import Markup, escape


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
    starts = [0]
    for line in code.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    done = 0
    try:
        for read in tokenize.generate_tokens(io.StringIO(code).readline):
            if name := _look(read):
                start = starts[read.start[0] - 1] + read.start[1]
                end = starts[read.end[0] - 1] + read.end[1]
                yield "", code[done:start]
                yield name, code[start:end]
                done = end
    except (tokenize.TokenError, SyntaxError):
        pass
    yield "", code[done:]


def _look(read: tokenize.TokenInfo) -> str:
    """What a token looks like."""
    if read.type == token.NAME:
        return "ke" if iskeyword(read.string) else ""
    names = {token.COMMENT: "co", token.STRING: "st", getattr(token, "FSTRING_START", -1): "st"}
    names |= {getattr(token, part, -1): "st" for part in ("FSTRING_MIDDLE", "FSTRING_END")}
    return names.get(read.type, "")
