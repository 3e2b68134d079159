"""The referees: run the snippets of questions in a process of their own, and compare.

A snippet is what a student pastes into a notebook. Filled with the drawn values it must assign names of the
question's steps, and to the same values. Run as a module, this file is that other process: it reads
snippets as JSON lines and writes what they assigned.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from importlib.util import find_spec
from io import StringIO
from typing import Any

import numpy as np

CLOSE = 1e-6


def torch_is_here() -> bool:
    """Whether the snippets that import torch can run."""
    return find_spec("torch") is not None


def assigned(jobs: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[dict[str, Any]]:
    """For each (snippet, names) the `values` that it assigned, as JSON, or the `failure`."""
    lines = "\n".join(json.dumps({"code": code, "names": names}) for code, names in jobs)
    command = [sys.executable, "-W", "ignore", "-m", "dlexam.referee"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    answers = done.stdout.splitlines()
    for i in range(len(jobs)):
        crash = {"failure": (done.stderr.strip().splitlines() or ["the process died"])[-1]}
        yield json.loads(answers[i]) if i < len(answers) else crash


def agrees(value: Any, claimed: Any, names: frozenset[str]) -> bool:
    """Whether a step's value equals what a snippet assigned (JSON), to 1e-6."""
    if isinstance(value, str):
        return str(claimed) == value
    if isinstance(value, frozenset | set):
        return sorted(map(str, value)) == sorted(map(str, claimed))
    if is_symbolic(value):
        return symbolic_agrees(value, claimed, names)
    ours, theirs = np.asarray(value, dtype=float), np.asarray(claimed, dtype=float)
    if ours.shape != theirs.shape:
        return ours.size == theirs.size == 1 and agrees(ours.item(), theirs.item(), names)
    return bool(np.allclose(ours, theirs, rtol=CLOSE, atol=CLOSE, equal_nan=True))


def is_symbolic(value: Any) -> bool:
    """Whether a value is an expression or holds some."""
    from dlexam.kinds import is_expression

    return is_expression(value)


def symbolic_agrees(value: Any, claimed: Any, names: frozenset[str]) -> bool:
    """Whether expressions equal the texts that a snippet assigned."""
    from dlexam.kinds.expression import agree, expression, parts_of

    texts = claimed if isinstance(claimed, list) else [claimed]
    flat = [t for text in texts for t in (text if isinstance(text, list) else [text])]
    ours = parts_of(value)
    return len(ours) == len(flat) and all(
        agree(a, expression(str(t), names), names) for a, t in zip(ours, flat, strict=True)
    )


def plain(value: Any) -> Any:
    """A snippet's value as JSON."""
    if hasattr(value, "detach"):
        value = value.detach()
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    return value if isinstance(value, int | float | str | bool) else str(value)


def serve() -> None:
    """Run each snippet from standard input in a namespace of its own."""
    for line in sys.stdin:
        job = json.loads(line)
        scope: dict[str, Any] = {}
        try:
            with redirect_stdout(StringIO()):
                exec(job["code"], scope)
            answer: dict[str, Any] = {"values": {n: plain(scope[n]) for n in job["names"] if n in scope}}
        except Exception as problem:
            answer = {"failure": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve()
