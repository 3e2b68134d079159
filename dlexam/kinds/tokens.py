"""The tokens of a formula: numbers, names and signs, in calculator, Python and LaTeX spelling."""

from __future__ import annotations

import re
from typing import NamedTuple

from dlexam.kinds.reading import AmbiguousError, AnswerError, shown
from dlexam.phrase import say

MOST_TOKENS = 400
LONGEST_WORD = 24

FUNCTIONS = frozenset(
    "sqrt cbrt exp ln log lb lg sin cos tan cot sec csc sinh cosh tanh sech sigmoid relu abs sign softplus "
    "max min arcsin arccos arctan asin acos atan".split()
)
CONSTANTS = frozenset({"e", "pi", "inf", "nan"})
ALIASES = {"sigma": "sigmoid", "sgn": "sign", "infinity": "inf", "maximum": "max", "minimum": "min"}
LATEX = (
    (re.compile(r"\\[dt]?frac\s*([0-9A-Za-z])\s*([0-9A-Za-z])"), r" frac{\1}{\2}"),
    (re.compile(r"\\[dt]?frac\s*([0-9A-Za-z])\s*\{"), r" frac{\1}{"),
    (re.compile(r"\\[dt]?frac\s*"), " frac"),
    (re.compile(r"\\?sqrt\s*\[\s*3\s*\]"), " cbrt"),
    (re.compile(r"\\?log_\{?2\}?|\blog2(?=\s*\()"), " lb "),
    (re.compile(r"\\?log_\{?10\}?|\blog10(?=\s*\()"), " lg "),
    (re.compile(r"\\([a-zA-Z]+)"), r" \1 "),
    (re.compile("σ"), " sigmoid "),
)
LOG_OF = re.compile(r"\blog(2|10)\b")
TOKEN = re.compile(
    r"(\s*)(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z]+)|(?P<sign>\*\*|[-+*/^(){}%!,|]))"
)


class Token(NamedTuple):
    """A number, a name or a sign; whether a space stands before it."""

    kind: str
    word: str
    apart: bool = False


def tokens(text: str) -> list[Token]:
    """The tokens of a formula. Raises AnswerError at what is not mathematics."""
    for pattern, replacement in LATEX:
        text = pattern.sub(replacement, text)
    if found_log := LOG_OF.search(text):
        base = found_log[1]
        msg = say(
            "'log%(base)s' can mean the logarithm to base %(base)s or of %(base)s."
            " Write log%(base)s(...) or ln(%(base)s).",
            base=base,
        )
        raise AmbiguousError(msg)
    found: list[Token] = []
    place = 0
    text = text.rstrip(" .")
    while place < len(text):
        match = TOKEN.match(text, place)
        if not match or len(found) >= MOST_TOKENS:
            msg = say(
                "'%(seen)s' cannot be read: '%(rest)s' is not mathematics."
                " Write it as on a calculator, like 2*x + exp(-x).",
                seen=shown(text),
                rest=shown(text[place:]),
            )
            raise AnswerError(msg)
        place = match.end()
        found.append(Token(str(match.lastgroup), match[str(match.lastgroup)], bool(match[1])))
    return found


def words(token: Token, names: frozenset[str]) -> list[Token]:
    """A name as known names, letter by letter where need be (xy is x times y). Raises AnswerError."""
    kind, word, apart = token
    if kind != "name":
        return [token]
    known = names | FUNCTIONS | {"frac"}
    for spelt in (word, word.lower(), ALIASES.get(word.lower(), "")):
        if spelt in known:
            return [Token(kind, spelt, apart)]
    for cut in range(len(word) - 1 if len(word) <= LONGEST_WORD else 0, 0, -1):
        if word[:cut] in known:
            return [Token(kind, word[:cut], apart), *words(Token(kind, word[cut:]), names)]
    if names == CONSTANTS:
        msg = say("'%(seen)s' is no number. Write one, like 0.25, and nothing else.", seen=shown(word))
        raise AnswerError(msg)
    listed = ", ".join(sorted(names - {"nan", "inf"}))
    raise AnswerError(say("'%(seen)s' is not known here. Use %(known)s.", seen=shown(word), known=listed))
