"""One small grammar for numbers and expressions: names, + - * / ^, calls, implicit products, LaTeX.

Precedence climbing reads it into a tree of tuples, which `evaluate` folds with any algebra: floats for
numbers, SymPy for expressions. Depth and size are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from dlexam.kinds.reading import AnswerError, normalise, shown

DEEPEST = 40
MOST_TOKENS = 400
LONGEST_WORD = 24

Tree = tuple[Any, ...]

LATEX = (
    (re.compile(r"\\(left|right|,|;|!|displaystyle)"), ""),
    (re.compile(r"\\[dt]?frac\s*"), "frac"),
    (re.compile(r"\\(cdot|times)"), "*"),
    (re.compile(r"\\operatorname\{(\w+)\}"), r"\1"),
    (re.compile(r"\\([a-zA-Z]+)"), r" \1 "),
)
TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z]+)|(?P<sign>\*\*|[-+*/^(){}%!,|]))"
)
FUNCTIONS = frozenset(
    "sqrt exp ln log sin cos tan sinh cosh tanh sigmoid relu abs sign softplus arctan atan".split()
)


def tokens(text: str) -> list[tuple[str, str]]:
    """The tokens of an expression as (kind, text)."""
    for pattern, replacement in LATEX:
        text = pattern.sub(replacement, text)
    found: list[tuple[str, str]] = []
    place = 0
    text = text.rstrip(" .")
    while place < len(text):
        match = TOKEN.match(text, place)
        if not match or len(found) >= MOST_TOKENS:
            msg = f"'{shown(text)}' cannot be read: '{shown(text[place:])}' is not mathematics."
            raise AnswerError(msg + " Write it as on a calculator, like 2*x + exp(-x).")
        place = match.end()
        found.append((str(match.lastgroup), match[str(match.lastgroup)]))
    return found


class Parser:
    """Precedence climbing over tokens; `names` are the letters that may stand alone."""

    __slots__ = ("depth", "found", "names", "place")

    def __init__(self, text: str, names: frozenset[str]) -> None:
        """Read the tokens; words of single letters are split into products (xy -> x y)."""
        self.names = names | {"e", "pi", "inf", "nan"}
        self.found: list[tuple[str, str]] = []
        self.place = 0
        self.depth = 0
        for kind, word in tokens(text):
            self.found += [(kind, word)] if kind != "name" else self._words(word)

    def _words(self, word: str) -> list[tuple[str, str]]:
        if word in self.names or word in FUNCTIONS or word == "frac":
            return [("name", word)]
        if word.lower() in FUNCTIONS or word.lower() in {"inf", "nan", "pi"}:
            return [("name", word.lower())]
        for cut in range(len(word) - 1 if len(word) <= LONGEST_WORD else 0, 0, -1):
            if word[:cut] in self.names | FUNCTIONS:
                return [("name", word[:cut]), *self._words(word[cut:])]
        msg = f"'{shown(word)}' is not known here. Use {', '.join(sorted(self.names - {'nan'}))}."
        raise AnswerError(msg)

    def next_is(self, *signs: str) -> bool:
        """Whether the next token is one of the signs."""
        return self.place < len(self.found) and self.found[self.place][1] in signs

    def take(self) -> tuple[str, str]:
        """The next token."""
        if self.place >= len(self.found):
            msg = "The answer stops in the middle of a formula. Complete it."
            raise AnswerError(msg)
        self.place += 1
        return self.found[self.place - 1]

    def whole(self) -> Tree:
        """The tree of the whole text."""
        tree = self.sum()
        if self.place < len(self.found):
            msg = f"There is something left over at '{shown(self.found[self.place][1])}'. Check the brackets."
            raise AnswerError(msg)
        return tree

    def sum(self) -> Tree:
        """Terms with + and -."""
        tree = self.product()
        while self.next_is("+", "-"):
            tree = (self.take()[1], tree, self.product())
        return tree

    def product(self) -> Tree:
        """Factors with *, / or nothing between them."""
        tree = self.signed()
        while self.place < len(self.found):
            if self.next_is("*", "/"):
                tree = (self.take()[1], tree, self.signed())
            elif self.starts_factor():
                tree = ("*", tree, self.power())
            else:
                break
        return tree

    def starts_factor(self) -> bool:
        """Whether an implicit product goes on here."""
        return self.place < len(self.found) and (
            self.found[self.place][0] == "name" or self.next_is("(", "{")
        )

    def signed(self) -> Tree:
        """A factor with its sign."""
        negative = False
        while self.next_is("+", "-"):
            negative ^= self.take()[1] == "-"
        tree = self.power()
        return ("neg", tree) if negative else tree

    def power(self) -> Tree:
        """An atom with its exponent; powers bind to the right, -x^2 is -(x^2)."""
        tree = self.atom()
        while self.next_is("%"):
            self.take()
            tree = ("/", tree, ("number", "100"))
        if self.next_is("^", "**"):
            self.take()
            self.deeper()
            tree = ("^", tree, self.signed())
            self.depth -= 1
        return tree

    def deeper(self) -> None:
        """Go one level down; not for ever."""
        self.depth += 1
        if self.depth > DEEPEST:
            msg = "There is too much inside each other. Write it flatter."
            raise AnswerError(msg)

    def atom(self) -> Tree:
        """A number, a name, a bracket or a call."""
        self.deeper()
        tree = self.part(*self.take())
        self.depth -= 1
        return tree

    def part(self, kind: str, word: str) -> Tree:
        """What a token starts."""
        if kind == "number":
            return ("number", word)
        if word in ("(", "{", "|"):
            tree = self.sum()
            closing = {"(": ")", "{": "}", "|": "|"}[word]
            if not self.next_is(closing):
                msg = f"A '{word}' is never closed. Add a '{closing}'."
                raise AnswerError(msg)
            self.take()
            return ("call", "abs", tree) if word == "|" else tree
        if word == "frac":
            return ("/", self.power(), self.power())
        if kind == "name":
            return self.call(word) if word in FUNCTIONS else ("name", word)
        msg = f"A number or a bracket is missing before '{word}'. Check the formula."
        raise AnswerError(msg)

    def call(self, word: str) -> Tree:
        """A function with its argument: sin(x), sin x, sin 2x, sin^2 x."""
        exponent = None
        if self.next_is("^", "**"):
            self.take()
            exponent = self.atom()
        if self.next_is("(", "{", "|"):
            tree: Tree = ("call", word, self.atom())
        else:
            argument = self.signed()
            while self.starts_factor() and self.found[self.place][1] not in FUNCTIONS:
                argument = ("*", argument, self.power())
            tree = ("call", word, argument)
        return tree if exponent is None else ("^", tree, exponent)


def parse(text: str, names: frozenset[str] = frozenset()) -> Tree:
    """The tree of an expression in the given names. Raises AnswerError."""
    return Parser(normalise(text), names).whole()


def evaluate(
    tree: Tree,
    number: Callable[[str], Any],
    names: Mapping[str, Any],
    functions: Mapping[str, Callable[[Any], Any]],
    power: Callable[[Any, Any], Any],
) -> Any:
    """Fold a tree with an algebra. Raises AnswerError where a name has no meaning."""
    kind, *parts = tree
    if kind == "number":
        return number(parts[0])
    if kind == "name":
        if parts[0] not in names:
            msg = f"'{parts[0]}' has no value here."
            raise AnswerError(msg)
        return names[parts[0]]
    if kind == "call":
        return functions[parts[0]](evaluate(parts[1], number, names, functions, power))
    a, *rest = [evaluate(part, number, names, functions, power) for part in parts]
    if kind == "neg":
        return -a
    if kind == "^":
        return power(a, rest[0])
    if kind == "/":
        return a / rest[0]
    return a + rest[0] if kind == "+" else a - rest[0] if kind == "-" else a * rest[0]
