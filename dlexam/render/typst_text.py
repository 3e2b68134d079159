"""Text in Typst source."""

from __future__ import annotations


def quoted(words: str) -> str:
    """A Typst string: the way every text of ours enters Typst source."""
    words = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{words}"' if words.isprintable() else f'"{"".join(map(_visible, words))}"'


def _visible(character: str) -> str:
    seen = character.isprintable() or character == "\xa0"
    return character if seen else f"\\u{{{ord(character):x}}}"
