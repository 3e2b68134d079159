"""A step's formula, read from its own return expression.

The same expression is written twice, with symbols and with numbers, so that words and code cannot
disagree. Precedence decides the brackets; array shapes decide between product, dot and Hadamard signs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np

from dlexam.kinds import number
from dlexam.notation import CALLS, COMPARISONS, SILENT

SUM, PRODUCT, NEGATIVE, POWER, ATOM = range(1, 6)
COMPARE = 0
TIGHT = ("\\left", "e^", "\\sqrt", "\\operatorname", "\\max", "\\min", "\\sigma")


class UnwritableError(Exception):
    """The formula cannot be read from the source."""


def in_brackets(text: str) -> str:
    """A text in brackets; a vector has its own."""
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        return text
    return rf"\left({text}\right)"


def return_expression(function: ast.FunctionDef) -> ast.expr:
    """The expression that a function of one line returns. Raises UnwritableError."""
    body = [n for n in function.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
    if len(body) != 1 or not isinstance(body[0], ast.Return) or body[0].value is None:
        msg = "it has more than one line"
        raise UnwritableError(msg)
    return body[0].value


def factors(node: ast.AST) -> list[ast.expr]:
    """The two factors of a matrix product, `a @ b` or `dot(a, b)`; none of anything else."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return [node.left, node.right]
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("dot", "np.dot") and len(node.args) == 2:
        return node.args
    return []


@lru_cache(maxsize=4096)
def compiled(node: ast.expr) -> CodeType:
    """A part of an author's expression as code."""
    return compile(ast.Expression(node), "<formula>", "eval")


@dataclass(frozen=True, slots=True)
class Formula:
    """Writes an expression; `write` gives the TeX of a name, `values` the numbers behind the names."""

    write: Callable[[str, bool], str]
    values: Mapping[str, Any]
    scope: Mapping[str, Any]
    entry: Callable[[str, Any], str] | None = None  # how numbers write an entry of a name; none: symbols
    columns: bool = False  # whether vectors stand upright, as they do beside matrices

    @property
    def numeric(self) -> bool:
        """Whether numbers are written."""
        return self.entry is not None

    def tex(self, node: ast.expr) -> str:
        """The whole expression."""
        return self.at(node, COMPARE)

    def at(self, node: ast.expr, level: int, column: bool = False) -> str:
        """A part, in brackets if it binds less than `level`."""
        text, binds = self.part(node, column)
        return text if binds >= level else rf"\left({text}\right)"

    def part(self, node: ast.expr, column: bool = False) -> tuple[str, int]:
        """A part and how tightly it binds."""
        if isinstance(node, ast.Name):
            return self.atom(self.write(node.id, column or self.columns))
        if isinstance(node, ast.Constant):
            return self.constant(node.value)
        if isinstance(node, ast.BinOp):
            return self.binary(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return f"-{self.at(node.operand, PRODUCT)}", NEGATIVE - 1
        if isinstance(node, ast.Call):
            return self.call(node)
        if isinstance(node, ast.Attribute):
            return self.attribute(node)
        if isinstance(node, ast.Subscript):
            return self.subscript(node)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            sign = COMPARISONS.get(type(node.ops[0]))
            if sign:
                return f"{self.at(node.left, SUM)} {sign} {self.at(node.comparators[0], SUM)}", COMPARE
        if isinstance(node, ast.IfExp):
            return self.cases(node)
        if isinstance(node, ast.Tuple | ast.List):
            return "(" + r",\; ".join(self.tex(e) for e in node.elts) + ")", ATOM
        msg = f"'{ast.unparse(node)}' has no notation"
        raise UnwritableError(msg)

    def has_matrices(self, node: ast.expr) -> bool:
        """Whether a part is a product of a matrix with something."""
        return any(2 in map(self.rank, factors(part)) for part in ast.walk(node))

    def atom(self, text: str) -> tuple[str, int]:
        """A written value; a negative or a product binds less than a letter."""
        if text.startswith("-"):
            return text, SUM
        return text, PRODUCT if r" \cdot 10" in text else ATOM

    def constant(self, value: Any) -> tuple[str, int]:
        """A number or a text in the source."""
        if isinstance(value, str):
            return rf"\text{{{value}}}", ATOM
        return self.atom(number.tex(value))

    def rank(self, node: ast.expr) -> int:
        """How many axes a part's value has."""
        try:
            return int(np.ndim(self.value(node)))
        except Exception:
            return 0

    def value(self, node: ast.expr) -> Any:
        """The number behind a part of the author's own expression."""
        return eval(compiled(node), {**self.scope, **self.values})

    def binary(self, node: ast.BinOp) -> tuple[str, int]:
        """Two operands and their sign."""
        a, b, op = node.left, node.right, node.op
        if isinstance(op, ast.Add):
            return f"{self.at(a, SUM)} + {self.at(b, PRODUCT)}", SUM
        if isinstance(op, ast.Sub):
            return f"{self.at(a, SUM)} - {self.at(b, PRODUCT)}", SUM
        if isinstance(op, ast.Div):
            return rf"\frac{{{self.tex(a)}}}{{{self.tex(b)}}}", ATOM - 1 if self.numeric else PRODUCT + 1
        if isinstance(op, ast.FloorDiv):
            return rf"\left\lfloor \frac{{{self.tex(a)}}}{{{self.tex(b)}}} \right\rfloor", ATOM
        if isinstance(op, ast.Pow):
            return f"{self.at(a, ATOM)}^{{{self.tex(b)}}}", POWER
        if isinstance(op, ast.MatMult):
            return self.matrix_product(a, b)
        if isinstance(op, ast.Mult):
            left, right = self.at(a, PRODUCT), self.at(b, PRODUCT + 1)
            return left + self.times(a, b, left, right) + right, PRODUCT
        msg = f"'{ast.unparse(node)}' has no notation"
        raise UnwritableError(msg)

    def times(self, a: ast.expr, b: ast.expr, left: str, right: str) -> str:
        """The sign of a product: none between symbols, a dot between numbers, a ring between arrays."""
        if self.rank(a) and self.rank(b):
            return r" \odot "
        if self.numeric or re.match(r"[\d\\]?\d", right) or (re.search(r"\d$", left) and right[:1].isdigit()):
            return r" \cdot "
        return r"\, "

    def matrix_product(self, a: ast.expr, b: ast.expr) -> tuple[str, int]:
        """A product of matrices by juxtaposition, of two vectors with a dot."""
        chained = isinstance(a, ast.BinOp) and isinstance(a.op, ast.MatMult)
        if not (self.rank(a) and self.rank(b)) and self.numeric:
            return rf"{self.at(a, PRODUCT)} \cdot {self.at(b, PRODUCT + 1)}", PRODUCT
        if self.rank(a) == 1 and self.rank(b) == 1 and not chained:
            return rf"{self.at(a, PRODUCT)} \cdot {self.at(b, PRODUCT + 1)}", PRODUCT
        sign = " " if self.numeric else r"\, "
        return self.at(a, PRODUCT) + sign + self.at(b, PRODUCT + 1, column=True), PRODUCT

    def call(self, node: ast.Call) -> tuple[str, int]:
        """A call in its usual notation."""
        function, args = node.func, list(node.args)
        name = function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)
        root = function.value if isinstance(function, ast.Attribute) else None
        if root is not None and ast.unparse(root) not in ("np", "math", "np.linalg", "numpy", "sympy"):
            args = [root, *args]
        if name in SILENT and args:
            return self.part(args[0])
        own = self.scope.get(name)
        if getattr(own, "__globals__", None) is self.scope:
            msg = f"'{name}' is a function of the question's own"
            raise UnwritableError(msg)
        if name == "dot" and len(args) == 2:
            return self.matrix_product(*args)
        if name == "outer" and len(args) == 2:
            left, right = (self.at(part, ATOM, column=True) for part in args)
            return rf"{left}\, {right}^\top", PRODUCT
        if name == "len" and self.numeric:
            return self.constant(self.value(node))
        if name == "where" and len(args) == 3:
            return self.cases(ast.IfExp(args[0], args[1], args[2]), always=True)
        if any(isinstance(a, ast.GeneratorExp | ast.ListComp | ast.Starred | ast.Lambda) for a in args):
            msg = f"'{ast.unparse(node)}' has no notation"
            raise UnwritableError(msg)
        return self.noted(CALLS.get(name, rf"\operatorname{{{name.replace('_', ' ')}}}(*)"), args)

    def noted(self, pattern: str, args: list[ast.expr]) -> tuple[str, int]:
        """A call by its pattern: (*) all arguments, <0> the first one, [0] the first one as an atom."""
        text = pattern.replace("(*)", in_brackets(", ".join(map(self.tex, args))))
        surrounded = any(mark in pattern for mark in ("rVert", "floor", "ceil"))
        for i, arg in enumerate(args):
            inside, slot = self.tex(arg), f"<{i}>"
            text = text.replace(rf"\left({slot}\right)", in_brackets(inside))
            bare = surrounded or re.search(rf"[({{|\[]\s*{slot}", pattern)
            text = text.replace(slot, inside if bare else self.at(arg, POWER))
            text = text.replace(f"[{i}]", self.at(arg, ATOM))
        return text, POWER if pattern.startswith(TIGHT) else PRODUCT + 1

    def attribute(self, node: ast.Attribute) -> tuple[str, int]:
        """A transpose, or a module's constant."""
        if node.attr == "T":
            return f"{self.at(node.value, ATOM)}^\\top", POWER
        known = {"pi": r"\pi", "e": "e", "inf": r"\infty"}
        if ast.unparse(node.value) in ("np", "math") and node.attr in known:
            return known[node.attr], ATOM
        if self.numeric:
            return self.constant(self.value(node))
        msg = f"'{ast.unparse(node)}' has no notation"
        raise UnwritableError(msg)

    def subscript(self, node: ast.Subscript) -> tuple[str, int]:
        """An entry: its number, or the letter with its index."""
        if self.entry is not None and isinstance(node.value, ast.Name):
            return self.atom(self.entry(node.value.id, self.value(node)))
        if self.numeric and np.ndim(self.value(node)) == 0:
            return self.constant(self.value(node))
        if isinstance(node.slice, ast.Slice) or getattr(node.value, "id", None) not in self.values:
            msg = f"'{ast.unparse(node)}' has no notation"
            raise UnwritableError(msg)
        inside = self.at(node.value, ATOM)
        index = "T" if ast.unparse(node.slice) == "-1" else self.index(node.slice)
        return (f"({inside})_{{{index}}}" if "_" in inside else f"{inside}_{{{index}}}"), ATOM

    def index(self, node: ast.expr) -> str:
        """An index as mathematics counts: from 1 where the code says a number."""
        if isinstance(node, ast.Tuple):
            return "".join(self.index(part) for part in node.elts)
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return str(node.value + 1)
        return self.tex(node)

    def cases(self, node: ast.IfExp, always: bool = False) -> tuple[str, int]:
        """Both branches with symbols; with numbers the one that is taken."""
        if self.numeric and not always:
            return self.part(node.body if self.value(node.test) else node.orelse)
        yes, test, no = self.tex(node.body), self.tex(node.test), self.tex(node.orelse)
        return rf"\begin{{cases}}{yes} & \text{{if }} {test} \\ {no} & \text{{otherwise}}\end{{cases}}", ATOM
