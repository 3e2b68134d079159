"""dlexam: exam practice and auto-marking for deep-learning courses.

What a question file imports (`step`, `grid`, ...) and what a program calls (`load_bank`, `draw`, `mark`).
Names load on first use, so that the command line starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dlexam.bank import Bank as Bank
    from dlexam.bank import load_bank as load_bank
    from dlexam.given import array as array
    from dlexam.given import by_level as by_level
    from dlexam.given import grid as grid
    from dlexam.given import integers as integers
    from dlexam.given import one_of as one_of
    from dlexam.graph import QuestionError as QuestionError
    from dlexam.graph import step as step
    from dlexam.kinds import AnswerError as AnswerError
    from dlexam.mark import mark as mark
    from dlexam.question import Question as Question
    from dlexam.question import Variant as Variant

__version__ = "0.1.0"

HOMES = {
    "step": "graph",
    "QuestionError": "graph",
    "array": "given",
    "by_level": "given",
    "grid": "given",
    "integers": "given",
    "one_of": "given",
    "AnswerError": "kinds",
    "Bank": "bank",
    "load_bank": "bank",
    "Question": "question",
    "Variant": "question",
    "mark": "mark",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its module."""
    if name not in HOMES:
        msg = f"dlexam has no '{name}'"
        raise AttributeError(msg)
    return getattr(import_module(f"dlexam.{HOMES[name]}"), name)
