"""Answers as people type them: the one normaliser that serves every kind.

Text is hostile: its length is bounded, and nothing in it is evaluated by Python. Minus signs, operators,
digits, spaces and quotes get one spelling; controls and marks of direction vanish; the TeX that only sets
spaces and brackets is taken off. The decimal mark is a point; `dlexam.kinds.numeral` reads commas.
"""

from __future__ import annotations

import re
import unicodedata

from dlexam.phrase import say

LONGEST = 4000

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
VULGAR = re.compile("[¼½¾⅐-⅞]")
SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–—﹣－‐‑", "-"),
        **dict.fromkeys("×·⋅∙✕✖∗", "*"),
        **dict.fromkeys("÷∕⁄", "/"),
        **dict.fromkeys("’‘‛′´ʼ٬", "'"),
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("⟨〈", "<"),
        **dict.fromkeys("⟩〉", ">"),
        "٫": ".",
        "∞": "inf",
        "π": "pi",
        "√": "sqrt",
        "\r": "\n",
        "\u2028": "\n",
    }
)
LIBRARY = re.compile(r"\b(?:numpy|np|torch|math|sympy|sp|jnp|tf)\.(?=[A-Za-z])")
TEX = (
    (re.compile(r"\\\\(?:\[[\w.]*\])?|\\(?:newline|cr)(?![A-Za-z])"), "\n"),
    (re.compile(r"\\(?:left|right|[bB]igg?[lr]?|displaystyle|limits)(?![A-Za-z])\s?"), ""),
    (re.compile(r"\\[,!]|\{,\}"), ""),
    (re.compile(r"\\(?:[;: ()\[\]]|q?quad(?![A-Za-z]))"), " "),
    (re.compile(r"\\(?:text|mathrm|operatorname|mathbf|boldsymbol)\*?\s?\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\(?:cdot|times|ast)(?![A-Za-z])"), "*"),
    (re.compile(r"\\infty(?![A-Za-z])"), "inf"),
    (re.compile(r"\\([%{}$#&_])"), r"\1"),
)


TOO_DEEP = say("This is nested too deeply to read. Write it flatter.")


class AnswerError(Exception):
    """An answer that cannot be read, in one line that tells the student what to do."""

    def __str__(self) -> str:
        """The line, still the phrase that it is."""
        return self.args[0] if self.args else ""


class AmbiguousError(AnswerError):
    """An answer with two readings; both are named."""


def shown(text: str) -> str:
    """A short, printable form of hostile text for a message."""
    clean = "".join(c if c.isprintable() else " " for c in text[:200].strip())
    return clean if len(clean) <= 40 else clean[:37] + "..."


def normalise(text: str) -> str:
    """One spelling for what people type in many. Raises AnswerError for a text that is too long."""
    if len(text) > LONGEST:
        msg = say(
            "This answer has %(many)s characters: at most %(most)s are read. Shorten it.",
            many=len(text),
            most=LONGEST,
        )
        raise AnswerError(msg)
    if not (text.isascii() and text.isprintable()):
        text = one_spelling(text)
    if "\\" in text:
        for pattern, replacement in TEX:
            text = pattern.sub(replacement, text)
    if "  " in text:
        text = re.sub(" {2,}", " ", text)
    return LIBRARY.sub("", text).strip(" \n`$\"")


def one_spelling(text: str) -> str:
    """Signs, digits and spaces of all scripts in ASCII; no controls, no marks of direction."""
    text = VULGAR.sub(lambda m: " " + unicodedata.normalize("NFKC", m[0]), text)
    text = RAISED.sub(lambda m: "^(" + m[0].translate(SUPERSCRIPTS) + ")", text.replace("\r\n", "\n"))
    text = unicodedata.normalize("NFKC", text.translate(SIGNS)).translate(SIGNS)
    return "".join(map(one_character, text))


def one_character(sign: str) -> str:
    """A digit of any script as ASCII, a space of any width as one, a control as nothing."""
    if sign.isascii():
        return sign if sign.isprintable() or sign in "\n\t" else ""
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if unicodedata.category(sign) == "Zs":
        return " "
    return sign if sign.isprintable() else ""
