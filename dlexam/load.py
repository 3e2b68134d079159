"""Reading a question file: run it, check its names and its wiring."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.machinery import SourceFileLoader
from inspect import cleandoc
from pathlib import Path
from types import ModuleType
from typing import Any

from dlexam.graph import Graph, QuestionError, Step, did_you_mean
from dlexam.notation import HOLE
from dlexam.question import About, Question

DEFINED = re.compile(r"def (\w+)\(")
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
    module = run_file(path, id)
    title, _, prompt = cleandoc(module.__doc__ or "").partition("\n")
    if not prompt.strip():
        msg = "the docstring has no prompt. Write the title on its first line and the question below."
        raise QuestionError(msg)
    drawn = dict(getattr(module, "given", {}))
    steps = [s for s in vars(module).values() if isinstance(s, Step)]
    wordings = dict(getattr(module, "words", {}))
    check_tolerances(steps)
    check_names(path.read_text(encoding="utf-8"), steps, drawn)
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
        module,
    )


def run_file(path: Path, id: str) -> ModuleType:
    """Run a file as a module of its own; Python keeps the compiled code beside it."""
    loader = SourceFileLoader(id.replace("/", "."), str(path))
    module = ModuleType(loader.name)
    module.__file__ = str(path)
    code = loader.get_code(loader.name)
    if code is not None:
        exec(code, vars(module))
    return module


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


def check_tolerances(steps: list[Step]) -> None:
    """Raise for a tolerance that no answer can meet: below zero, or zero where decimals are asked."""
    for s in steps:
        if s.tolerance is not None and (s.tolerance < 0 or (s.tolerance == 0 and s.decimals != 0)):
            msg = f"{s.name}() has tolerance={s.tolerance:g}: a value with decimals is never typed exactly."
            raise QuestionError(msg + " Leave it out, or say decimals=0 where the value is whole.")


def check_names(source: str, steps: list[Step], drawn: Mapping[str, Any]) -> None:
    """Raise for a name that stands for two things, or a question that asks nothing."""
    seen: set[str] = set(drawn)
    decorator = ""
    for number, line in enumerate(source.splitlines(), 1):
        if line.startswith("@"):
            decorator = decorator or line
        elif decorator and (defined := DEFINED.match(line)):
            if defined[1] in seen:
                msg = f"'{defined[1]}' is defined twice (line {number}). Give each step its own name."
                raise QuestionError(msg)
            if re.match(r"@step\b", decorator):
                seen.add(defined[1])
            decorator = ""
    if not any(s.marks for s in steps):
        msg = "no step has marks, so nothing is asked. Write @step(marks=1) above one."
        raise QuestionError(msg)
