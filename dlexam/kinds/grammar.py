"""One small grammar for numbers and expressions: names, + - * / ^, calls, implicit products, LaTeX.

Precedence climbing reads it into a tree of tuples, which `tree.evaluate` folds with any algebra: floats for
numbers, SymPy for expressions. Depth and size are bounded.
"""

from __future__ import annotations

from dlexam.kinds.reading import AmbiguousError, AnswerError, normalise, shown
from dlexam.kinds.tokens import CONSTANTS, FUNCTIONS, Token, tokens, words
from dlexam.kinds.tree import Tree
from dlexam.phrase import say

DEEPEST = 40


class Parser:
    """Precedence climbing over tokens; `names` are the letters that may stand alone."""

    __slots__ = ("depth", "found", "place")

    def __init__(self, text: str, names: frozenset[str]) -> None:
        """Read the tokens; words of single letters are split into products (xy -> x y)."""
        self.found = [part for token in tokens(text) for part in words(token, names | CONSTANTS)]
        self.place = 0
        self.depth = 0

    def next_is(self, *signs: str) -> bool:
        """Whether the next token is one of the signs."""
        return self.place < len(self.found) and self.found[self.place].word in signs

    def take(self) -> Token:
        """The next token."""
        if self.place >= len(self.found):
            msg = say("The answer stops in the middle of a formula. Complete it.")
            raise AnswerError(msg)
        self.place += 1
        return self.found[self.place - 1]

    def whole(self) -> Tree:
        """The tree of the whole text."""
        tree = self.sum()
        if self.place < len(self.found):
            word = shown(self.found[self.place].word)
            msg = say("There is something left over at '%(word)s'. Check the formula.", word=word)
            raise AnswerError(msg)
        return tree

    def sum(self) -> Tree:
        """Terms with + and -."""
        tree = self.product()
        while self.next_is("+", "-"):
            tree = (self.take().word, tree, self.product())
        return tree

    def product(self) -> Tree:
        """Factors with *, / or nothing between them."""
        tree, divided = self.signed(), False
        while self.place < len(self.found):
            if self.next_is("*", "/"):
                divided = self.next_is("/")
                tree = (self.take().word, tree, self.signed())
            elif self.starts_factor():
                if divided and not self.found[self.place].apart:
                    self.refuse_slash()
                tree = ("*", tree, self.power())
            else:
                break
        return tree

    def refuse_slash(self) -> None:
        """Raise where a slash before a product has two readings, as in 1/2x."""
        below, after = self.found[self.place - 1].word, self.found[self.place].word
        msg = say(
            "'%(seen)s' can mean a division by all of '%(all)s' or by '%(first)s' only. Write brackets.",
            seen=shown(f"/{below}{after}"),
            all=below + after,
            first=below,
        )
        raise AmbiguousError(msg)

    def starts_factor(self) -> bool:
        """Whether an implicit product goes on here."""
        return self.place < len(self.found) and (
            self.found[self.place].kind == "name" or self.next_is("(", "{")
        )

    def signed(self) -> Tree:
        """A factor with its sign."""
        negative = False
        while self.next_is("+", "-"):
            negative ^= self.take().word == "-"
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
            msg = say("There is too much inside each other. Write it flatter.")
            raise AnswerError(msg)

    def atom(self) -> Tree:
        """A number, a name, a bracket or a call."""
        self.deeper()
        token = self.take()
        tree = self.part(token.kind, token.word)
        self.depth -= 1
        return tree

    def part(self, kind: str, word: str) -> Tree:
        """What a token starts."""
        if kind == "number":
            return ("number", word)
        if word in ("(", "{", "|"):
            inside = self.inside(word)
            return ("call", "abs", *inside) if word == "|" else inside[0]
        if word == "frac":
            return ("/", self.atom(), self.atom())
        if kind == "name":
            return self.call(word) if word in FUNCTIONS else ("name", word)
        msg = say("A number or a bracket is missing before '%(word)s'. Check the formula.", word=word)
        raise AnswerError(msg)

    def inside(self, opening: str, most: int = 1) -> list[Tree]:
        """The terms up to the closing bracket, parted by commas."""
        terms = [self.sum()]
        while len(terms) < most and self.next_is(","):
            self.take()
            terms.append(self.sum())
        closing = {"(": ")", "{": "}", "|": "|"}[opening]
        if not self.next_is(closing):
            msg = say("A '%(open)s' is never closed. Add a '%(close)s'.", open=opening, close=closing)
            raise AnswerError(msg)
        self.take()
        return terms

    def call(self, word: str) -> Tree:
        """A function with its argument: sin(x), sin x, sin 2x, sin^2 x, max(0, x)."""
        exponent = None
        if self.next_is("^", "**"):
            self.take()
            exponent = self.signed()
            if exponent[0] == "neg":
                msg = say(
                    "'%(word)s^-' can mean the inverse function or 1/%(word)s."
                    " Write arc%(word)s(...) or 1/%(word)s(...).",
                    word=word,
                )
                raise AmbiguousError(msg)
        if self.next_is("(", "{", "|"):
            tree: Tree = ("call", word, *self.arguments(word))
        else:
            argument = self.signed()
            while self.starts_factor() and self.found[self.place].word not in FUNCTIONS:
                argument = ("*", argument, self.power())
            tree = ("call", word, argument)
        return tree if exponent is None else ("^", tree, exponent)

    def arguments(self, word: str) -> list[Tree]:
        """What stands in the brackets of a call; TeX may have set a second pair of them around."""
        self.deeper()
        opening = self.take().word
        inside = self.inside(opening, 2 if word in ("max", "min") else 1)
        self.depth -= 1
        return [("call", "abs", *inside)] if opening == "|" else inside


def parse(text: str, names: frozenset[str] = frozenset()) -> Tree:
    """The tree of an expression in the given names. Raises AnswerError."""
    return Parser(normalise(text), names).whole()
