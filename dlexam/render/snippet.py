"""Python code with its comments, strings and keywords marked, in few elements."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from pygments.lexer import Lexer


@lru_cache(maxsize=256)
def highlighted(code: str) -> Markup:
    """The code as HTML: spans of class `co`, `st` and `ke`, everything else as it is."""
    html = Markup("").join(
        Markup('<span class="{}">{}</span>').format(name, text) if name else escape(text)
        for name, text in runs(code)
    )
    return html.rstrip()


def runs(code: str) -> list[tuple[str, str]]:
    """The code in runs of one look: `co` comments, `st` strings, `ke` keywords, the rest without a name."""
    code = code.strip("\n")
    lines = [code] if '"""' in code or "'''" in code else code.split("\n")
    found: list[tuple[str, str]] = []
    for name, text in (run for line in lines for run in _runs(line)):
        if found and (found[-1][0] == name or not text.strip()):
            found[-1] = (found[-1][0], found[-1][1] + text)
        else:
            found.append((name, text))
    return found


@lru_cache(maxsize=2048)
def _runs(lines: str) -> list[tuple[str, str]]:
    """Lines that are read without others, with the end of the last; a class shares most of them."""
    return [(_class(str(kind)), text) for kind, text in _lexer().get_tokens(lines)]


def _class(kind: str) -> str:
    for token, name in (
        ("Token.Comment", "co"),
        ("Token.Literal.String", "st"),
        ("Token.Keyword", "ke"),
    ):
        if kind.startswith(token):
            return name
    return ""


@cache
def _lexer() -> Lexer:
    from pygments.lexers.python import PythonLexer

    return PythonLexer()
