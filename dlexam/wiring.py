"""How the steps of a question hang together: names that are known, and an order in which to compute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dlexam.graph import Step


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


def check_wiring(s: Step, known: set[str]) -> None:
    """Raise for an input that nothing provides, or a mistake without words."""
    for definition in (s, *s.mistakes):
        for name in definition.needs:
            if name not in known:
                hint = did_you_mean(name, known)
                msg = f"{definition.name}() needs '{name}', which is neither given nor a step.{hint}"
                raise QuestionError(msg)
    for mistake in s.mistakes:
        if not mistake.words:
            msg = f"{mistake.name}() has no words: students read a mistake's docstring. Write one."
            raise QuestionError(msg)


def ordered(steps: Mapping[str, Step]) -> dict[str, Step]:
    """The steps, each after all that it or its mistakes need."""
    done: dict[str, Step] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in done or name not in steps:
            return
        if name in path:
            circle = " -> ".join((*path[path.index(name) :], name))
            msg = f"{name}() needs itself: {circle}. Break the circle."
            raise QuestionError(msg)
        for definition in (steps[name], *steps[name].mistakes):
            for needed in definition.needs:
                visit(needed, (*path, name))
        done[name] = steps[name]

    for name in steps:
        visit(name, ())
    return done


def reached_from(name: str, steps: Mapping[str, Step]) -> Iterator[str]:
    """A step and all that depend on it, in order; `steps` are ordered."""
    reached = {name}
    for s in steps.values():
        if s.name == name or reached.intersection(s.needs):
            reached.add(s.name)
            yield s.name
