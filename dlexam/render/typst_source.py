"""Typst source: calls, arrays, words and formulas.

A text of ours enters only through `typst_text.quoted`, a formula only through `math_typst`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dlexam.blocks import Code, Emphasis, Math, Span, Spans, Text
from dlexam.render.look import Look
from dlexam.render.math_print import groups, squeeze, width
from dlexam.render.math_text import text
from dlexam.render.math_typst import formula
from dlexam.render.phrases import Phrases
from dlexam.render.typst_text import quoted

_WIDEST = 0.72  # em, of a character of a formula, on average over a line


@dataclass(frozen=True, slots=True)
class Page:
    """What the blocks of a document are written for: the words of its language, the measures of its pages."""

    words: Phrases
    look: Look


def call(name: str, *places: str, **named: str | None) -> str:
    """A call of a template's function; what is None is left out."""
    given = [f"{key.replace('_', '-')}: {value}" for key, value in named.items() if value is not None]
    return f"{name}({', '.join([*places, *given])})"


def array(items: Iterable[str]) -> str:
    """A Typst array, of one item too."""
    return "(" + "".join(f"{item}," for item in items) + ")"


def spans(items: Spans) -> str:
    """Inline content, in square brackets."""
    return "[" + "".join(map(_span, items)) + "]"


def _span(span: Span) -> str:
    match span:
        case Text(words):
            return f"#{quoted(words)}"
        case Code(words):
            return f"#code({quoted(words)})"
        case Math(tex):
            return formula(tex)
        case Emphasis(inner, strong):
            return f"#{'strong' if strong else 'emph'}{spans(inner)}"


def shown(tex: str, room: float, strong: bool = False) -> str:
    """A displayed formula, in groups if it is wide, each smaller where breaking its line does not help."""
    if narrow(tex, room):
        return f"[{formula(tex, True, strong, True)}]"
    return "[" + "#h(1.4em, weak: true)".join(_sized(part, room, strong) for part in groups(tex, room)) + "]"


def narrow(tex: str, room: float) -> bool:
    """Whether a formula fits its room for sure, seen without measuring its letters."""
    return len(text(tex)) * _WIDEST < room


def _sized(tex: str, room: float, strong: bool) -> str:
    size = squeeze(tex, room)
    written = formula(tex, True, strong, width(tex) <= room)
    return written if size == 1 else f"#text({size:.2f}em)[{written}]"


def flag(value: bool) -> str | None:
    """`true`, or an argument that is left out."""
    return "true" if value else None


def perhaps(items: Spans) -> str | None:
    """Inline content, or an argument that is left out."""
    return spans(items) if items else None
