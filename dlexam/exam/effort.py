"""How much work a variant is: an estimate by which the variants of one question are compared."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Any

import numpy as np

from dlexam.question import Question, Variant

_WORK = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.Call)
REFERENCES = 25  # draws whose median is what a variant of a question is held against


def effort(variant: Variant) -> int:
    """Steps to take, operations in their formulas (once an entry) and digits to write, added up."""
    operations = work(variant.question)
    total = 0
    for name, count in operations.items():
        value = variant.values[name]
        entries = int(np.size(value)) if isinstance(value, np.ndarray | tuple | list) else 1
        total += 1 + count * entries
    written = variant.key.values()
    return total + sum(map(digits, written)) + digits(numbers(variant.given))


@lru_cache(maxsize=1024)
def work(question: Question) -> Mapping[str, int]:
    """How many operations the formula of each step has."""
    functions = {n.name: n for n in question.tree.body if isinstance(n, ast.FunctionDef)}
    return {
        name: sum(isinstance(node, _WORK) for part in functions[name].body for node in ast.walk(part))
        for name in question.graph.steps
        if name in functions
    }


def numbers(given: Mapping[str, Any]) -> str:
    """The drawn values as text that is the same on every machine."""
    return repr({name: plain(value) for name, value in given.items()})


def plain(value: Any) -> Any:
    """Arrays as lists, and NumPy's numbers as Python's; expressions as text."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, list | tuple):
        return tuple(map(plain, value))
    if isinstance(value, set | frozenset):
        return sorted(map(plain, value), key=repr)
    return value if isinstance(value, int | float | str | bool) or value is None else str(value)


def digits(text: str) -> int:
    """How many digits a text has."""
    return sum(map(str.isdigit, text))


@dataclass(frozen=True, slots=True)
class Spread:
    """The effort of one question over a class: the least, the middle and the most."""

    question: str
    level: int
    papers: int
    least: int
    middle: float
    most: int

    @property
    def share(self) -> float:
        """How far the least and the most are apart, as a share of the middle."""
        return (self.most - self.least) / self.middle

    def line(self) -> str:
        """One line of the table."""
        papers = f"{self.papers} paper{'s' if self.papers > 1 else ''}"
        return (
            f"{self.question:42} level {self.level} {papers:>12}"
            f"  effort {self.least:4}-{self.most:<4} spread {self.share:4.0%}"
        )


def spreads(efforts: Iterable[tuple[str, int, int]]) -> list[Spread]:
    """The spread of each question and level, from (question, level, effort) of every paper."""
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for id, level, value in efforts:
        found[id, level].append(value)
    return [
        Spread(id, level, len(values), min(values), median(values), max(values))
        for (id, level), values in sorted(found.items())
    ]


@lru_cache(maxsize=1024)
def usual(question: Question, level: int) -> float:
    """The middle effort of a question, from draws that no exam uses."""
    return median(effort(question.draw(f"effort/{n}", level)) for n in range(REFERENCES))


def acceptable(variant: Variant, most: float | None) -> bool:
    """Whether a variant is near enough to the usual effort that a class spreads by no more than `most`."""
    if most is None:
        return True
    middle = usual(variant.question, variant.level)
    return abs(effort(variant) - middle) <= most * middle / 2
