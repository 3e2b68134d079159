"""Text in Typst source."""

from __future__ import annotations

import re

_UNUSUAL = re.compile(r"[^ -~]")  # what may be invisible


def quoted(words: str) -> str:
    """A Typst string: the way every text of ours enters Typst source."""
    words = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{words}"' if words.isprintable() else f'"{_UNUSUAL.sub(_visible, words)}"'


def _visible(found: re.Match[str]) -> str:
    character = found[0]
    seen = character.isprintable() or character == "\xa0"
    return character if seen else f"\\u{{{ord(character):x}}}"
