"""Answers as people type them: the one normaliser that serves every kind.

Text is hostile: its length is bounded, and nothing in it is evaluated by Python.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 4000

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–—﹣－‐‑", "-"),
        **dict.fromkeys("×·⋅∙✕", "*"),
        "÷": "/",
        "∞": "inf",
        "π": "pi",
        "√": "sqrt",
        **dict.fromkeys("\u00a0\u2009\u202f\u2007", " "),
        **dict.fromkeys("\u200b\u200e\u200f\ufeff", ""),
    }
)


class AnswerError(Exception):
    """An answer that cannot be read, in one line that tells the student what to do."""


def shown(text: str) -> str:
    """A short, printable form of hostile text for a message."""
    clean = "".join(c if c.isprintable() else " " for c in text.strip())
    return clean if len(clean) <= 40 else clean[:37] + "..."


def normalise(text: str) -> str:
    """One spelling for minus signs, operators, spaces, superscripts and full-width digits."""
    if len(text) > LONGEST:
        msg = f"This answer has {len(text)} characters: at most {LONGEST} are read. Shorten it."
        raise AnswerError(msg)
    raised = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda m: "^(" + m[0].translate(SUPERSCRIPTS) + ")", text)
    return unicodedata.normalize("NFKC", raised.translate(SIGNS)).translate(SIGNS).strip()
