"""The tree of a formula, and how an algebra folds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dlexam.kinds.reading import AnswerError
from dlexam.phrase import say

Tree = tuple[Any, ...]


def evaluate(
    tree: Tree,
    number: Callable[[str], Any],
    names: Mapping[str, Any],
    functions: Mapping[str, Callable[..., Any]],
    power: Callable[[Any, Any], Any],
) -> Any:
    """Fold a tree with an algebra. Raises AnswerError where a name has no meaning."""
    kind, *parts = tree
    if kind == "number":
        return number(parts[0])
    if kind == "name":
        if parts[0] not in names:
            msg = say("'%(seen)s' has no value here.", seen=parts[0])
            raise AnswerError(msg)
        return names[parts[0]]
    if kind == "call":
        return functions[parts[0]](*[evaluate(part, number, names, functions, power) for part in parts[1:]])
    a, *rest = [evaluate(part, number, names, functions, power) for part in parts]
    if kind == "neg":
        return -a
    if kind == "^":
        return power(a, rest[0])
    if kind == "/":
        return a / rest[0]
    return a + rest[0] if kind == "+" else a - rest[0] if kind == "-" else a * rest[0]
