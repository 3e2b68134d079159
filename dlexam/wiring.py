"""Parameter names are the edges of a question's graph: what a function needs, and how it is handed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from operator import itemgetter
from typing import Any


class QuestionError(Exception):
    """The author's mistake, in one line that says what, why and what to do."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint at the nearest known name, with a leading space, or nothing."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean '{close[0]}'?" if close else ""


def parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a function's parameters, in order."""
    code = function.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def taker(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    """A function that takes the values of some names, in order, from a mapping."""
    if len(names) > 1:
        return itemgetter(*names)
    return (lambda values: (values[names[0]],)) if names else (lambda values: ())


@lru_cache(maxsize=8192)
def arguments(function: Callable[..., Any]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    """A function that takes what another one needs from named values."""
    return taker(parameters(function))
