"""TeX to MathML: the one module that knows math-core.

HTML pages carry the MathML as it is; `math_tree` reads it for print and for the terminal.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from math_core import LatexToMathML

# What the converter writes otherwise than it is read well: (its MathML, ours).
_MENDED = (
    ("\ufe00", ""),  # the shape selector of a script letter; fonts show a box for it
    ("\ufe01", ""),
    ("\u0332</mo></mover>", "\u203e</mo></mover>"),  # \overline with an underline's character
    ("&ApplyFunction;", "\u2061"),  # an entity that XML readers do not know
)

# A decimal comma is part of its number, written 0{,}5; in 0{,}5^2 the power is of the whole number.
_COMMA = re.compile(r'(<mn>[\d,]+)</mn><mo rspace="0">,</mo>((?:<m(?:su[bp]|subsup)>)?)<mn>(?=\d)')

# What a backslash and a letter become in a text that is not marked as raw: \frac, \beta, \alpha.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class TexError(ValueError):
    """A formula that cannot be read; the message is one line."""


def mathml(tex: str, display: bool = False) -> str:
    """The MathML of a formula, or a TexError that names the formula and what is wrong with it."""
    return _mathml(tex, display)


def on_screen(tex: str, display: bool = False) -> str:
    """The MathML that a browser shows: a strut in each root, whose sign hangs low at a short letter."""
    return mathml(tex, display).replace("<msqrt>", '<msqrt><mspace height="0.7em"/>')


@lru_cache(maxsize=8192)
def _mathml(tex: str, display: bool) -> str:
    from math_core import LatexError

    if control := _CONTROL.search(tex):
        raise TexError(f'${_shown(tex)}$: has {control[0]!r} in it. Write the text as r"...".')
    try:
        written: str = _converter().convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        raise TexError(_message(tex, str(error))) from None
    for theirs, ours in _MENDED:
        written = written.replace(theirs, ours)
    return _COMMA.sub(r"\2\1,", written) if "{,}" in tex else written


@cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    # \ldots and \dots would become three full stops.
    return LatexToMathML(fancy_error=False, macros={"dots": "\u2026", "ldots": "\u2026"})


def _message(tex: str, error: str) -> str:
    found = re.match(r"(\d+): (.*)", error, re.DOTALL)
    place, why = (int(found[1]) + 1, found[2]) if found else (1, error)
    why = " ".join(why.split()).rstrip(".")
    return f"${_shown(tex)}$: {why[:1].lower()}{why[1:]} (character {place}). Mend the TeX."


def _shown(tex: str) -> str:
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(tex.split()))
