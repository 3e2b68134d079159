"""Reading a question file: run it, check its names and its wiring."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from dlexam.graph import Graph, QuestionError, Step, did_you_mean
from dlexam.notation import HOLE
from dlexam.question import About, Question

ABOUT = ("minutes", "tags", "levels", "decimals", "symbols")


def load(path: Path, id: str) -> Question:
    """Read a question file. Raises QuestionError, one line, with the file's name."""
    try:
        return read_question(path, id)
    except QuestionError as problem:
        msg = f"{path.name}: {problem}"
        raise QuestionError(msg) from None
    except (SyntaxError, NameError, TypeError, ImportError, AttributeError, ValueError) as problem:
        why = f"line {problem.lineno}: {problem.msg}" if isinstance(problem, SyntaxError) else str(problem)
        msg = f"{path.name}: the file cannot be run: {why}. Mend it."
        raise QuestionError(msg) from problem


def read_question(path: Path, id: str) -> Question:
    """Run a question file and check its wiring."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    module = ModuleType(id)
    module.__file__ = str(path)
    exec(compile(tree, str(path), "exec"), vars(module))
    docstring = ast.get_docstring(tree) or ""
    title, _, prompt = docstring.partition("\n")
    if not prompt.strip():
        msg = "the docstring has no prompt. Write the title on its first line and the question below."
        raise QuestionError(msg)
    drawn = dict(getattr(module, "given", {}))
    steps = [s for s in vars(module).values() if isinstance(s, Step)]
    wordings = dict(getattr(module, "words", {}))
    check_names(tree, steps, drawn)
    check_holes(prompt, {*drawn, *wordings, *(s.name for s in steps)})
    return Question(
        id,
        path,
        title.strip().rstrip("."),
        prompt.strip(),
        read_about(dict(getattr(module, "about", {}))),
        drawn,
        wordings,
        Graph(steps, drawn),
        str(getattr(module, "pytorch", "")),
        tree,
        module,
    )


def read_about(about: dict[str, Any]) -> About:
    """The closed vocabulary of `about`."""
    for key in about:
        if key not in ABOUT:
            msg = f"about has no key '{key}'.{did_you_mean(key, ABOUT)} It knows {', '.join(ABOUT)}."
            raise QuestionError(msg)
    lists: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in about.items()}
    return About(**lists)


def check_holes(prompt: str, known: set[str]) -> None:
    """Raise for a hole in the prompt that nothing fills."""
    for hole in HOLE.finditer(prompt):
        if hole[1] not in known:
            msg = f"the hole <{hole[1]}> has no value.{did_you_mean(hole[1], known)}"
            raise QuestionError(msg)


def check_names(tree: ast.Module, steps: list[Step], drawn: Mapping[str, Any]) -> None:
    """Raise for a name that stands for two things, or a question that asks nothing."""
    seen: set[str] = set(drawn)
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.decorator_list:
            continue
        decorator = ast.unparse(node.decorator_list[0])
        is_step = re.match(r"step\b", decorator) is not None
        if node.name in seen:
            msg = f"'{node.name}' is defined twice (line {node.lineno}). Give each step its own name."
            raise QuestionError(msg)
        if is_step:
            seen.add(node.name)
    if not any(s.marks for s in steps):
        msg = "no step has marks, so nothing is asked. Write @step(marks=1) above one."
        raise QuestionError(msg)
