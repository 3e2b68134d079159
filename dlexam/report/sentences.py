"""The sentences of marks on a page, in its language.

A sentence that Python makes is a phrase, with its values in it; that one is plain text. Others are Markdown:
an author's stay as they are written, and those of the marker are found in the catalogue by their words,
with %(a)s, %(b)s where a formula stands.
"""

from __future__ import annotations

import re
from string import ascii_lowercase

from dlexam import words
from dlexam.blocks import Spans, Text
from dlexam.phrase import Phrase, say
from dlexam.render.language import Language

# What the marker says around formulas (mark.py, unexplained.py), for the catalogue.
MARKER = (
    say("Right from your own working."),
    say("Right from your value of %(a)s."),
    say("Right from your value of %(a)s and %(b)s."),
    say("Right from there: this follows from %(a)s."),
    say("Not written, but your %(a)s shows it."),
)
HOLE = re.compile(r"%\((\w)\)s")


def spans(sentence: str, plain: bool = False) -> Spans:
    """A sentence for a page; one that is `plain` repeats what a student wrote, and is no Markdown."""
    return (Text(sentence),) if plain or isinstance(sentence, Phrase) else words.line(sentence)


def again(sentence: Spans, language: Language) -> Spans:
    """A sentence of the marker in a language; any other as it is."""
    if any(isinstance(span, Text) and isinstance(span.text, Phrase) for span in sentence):
        return sentence
    formulas = dict(zip(ascii_lowercase, (s for s in sentence if not isinstance(s, Text)), strict=False))
    names = iter(formulas)
    message = "".join(s.text if isinstance(s, Text) else f"%({next(names, '')})s" for s in sentence)
    said = language.words.gettext(message)
    if said == message or not message:
        return sentence
    pieces = HOLE.split(said)  # words, a name, words, a name, words
    return tuple(formulas[piece] if i % 2 else Text(piece) for i, piece in enumerate(pieces) if piece)
