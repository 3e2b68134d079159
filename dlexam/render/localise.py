"""A document in its language: phrases from the catalogue, and numbers with the language's decimal mark.

Everything on a page comes through here once, so that renderers need know nothing of it. Where the mark is a
comma, 0.25 becomes 0,25 in words, figures and mathematics (TeX 0{,}25), and what was between two numbers
becomes a semicolon: (0.5, 1) is (0,5; 1). Code stays code.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from dlexam.blocks import AnswerBox, Code, Figure, Grid, Math, MathBlock, Slip, Text, WorkedStep
from dlexam.phrase import Phrase, say
from dlexam.render.language import Language

Page = TypeVar("Page")
_TEX: dict[type, tuple[str, ...]] = {
    Math: ("tex",),
    MathBlock: ("tex",),
    AnswerBox: ("symbol",),
    WorkedStep: ("symbol", "lines"),
    Slip: ("symbol", "value"),
}
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
# A comma after a number that is no index, or before one: `(0.5,\; 1)`, `\max(0, x)`, not `\theta_1, x`.
_BETWEEN = re.compile(
    r"(?<![\w.^])(?<![_^]\{)(\d+(?:\.\d+)?\}?),(?=\\?[;, ]|\s|[-\d])|(?<![{\\]),(?=(?:\\[;,]|\s)*-?\d+\.\d)"
)
_LISTED = re.compile(r"(?<=\d),(?= -?\d+\.\d)|(?<=\d)(?<=\.\d|\d\d),(?= -?\d)")
_IN_FORMULAS = (say("if"), say("otherwise"), say("none"), say("undefined"))
_WORDS = re.compile(rf"\\text\{{( *)({'|'.join(_IN_FORMULAS)})( *)\}}")
_DRAWN = re.compile(r">[^<]*\d\.\d[^<]*<")


def localised(page: Page, language: Language) -> Page:
    """A document, or whatever is made of blocks, in a language; in English as it is."""
    return page if language.code.startswith("en") else _said(page, language)


def _said(item: Any, language: Language) -> Any:
    match item:
        case Phrase():
            return item.said(language.words)
        case tuple():
            return tuple(_said(part, language) for part in item)
        case Code() | str():
            return item
        case Text(words):
            return Text(_said(words, language) if isinstance(words, Phrase) else prose(words, language))
        case Figure(svg, alt, caption):
            drawn = _DRAWN.sub(lambda text: prose(text[0], language), svg)
            return Figure(drawn, prose(alt, language), _said(caption, language))
        case Grid(cells, marked, caption):
            lines = tuple(tuple(prose(cell, language) for cell in row) for row in cells)
            return Grid(lines, marked, _said(caption, language))
    if not is_dataclass(item) or isinstance(item, type):
        return item
    formulas = _TEX.get(type(item), ())
    changed = {
        field.name: (_formulas if field.name in formulas else _said)(getattr(item, field.name), language)
        for field in fields(item)
    }
    return replace(item, **changed)


def _formulas(item: str | tuple[str, ...], language: Language) -> str | tuple[str, ...]:
    return tex(item, language) if isinstance(item, str) else tuple(tex(line, language) for line in item)


def tex(formula: str, language: Language) -> str:
    """A formula with the words and the decimal mark of a language."""
    said = _WORDS.sub(lambda m: rf"\text{{{m[1]}{language.words.gettext(m[2])}{m[3]}}}", formula)
    return _POINT.sub("{,}", _BETWEEN.sub(_apart, said)) if language.comma else said


def _apart(comma: re.Match[str]) -> str:
    return f"{comma[1] or ''};"


def prose(words: str, language: Language) -> str:
    """Words with the decimal mark of a language in their numbers."""
    return _POINT.sub(",", _LISTED.sub(";", words)) if language.comma else words
