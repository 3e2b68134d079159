"""A question is a small program of named steps; everything else is running it again.

    graph.run(given, fixed={step: value}, instead={step: definition})

Two interventions and no third. Fixing a value carries a student's number forward; swapping a
definition makes a misconception. Parameter names are the edges: `def theta_new(theta, lr, m_hat)` needs
`theta`, `lr` and `m_hat`, each a given or another step.

>>> @step(symbol="y")
... def double(x):
...     "Double it."
...     return 2 * x
>>> @double.mistake()
... def squared(x):
...     "You squared; double means times two."
...     return x * x
>>> graph = Graph([double], given=["x"])
>>> graph.run({"x": 5})["double"], graph.run({"x": 5}, instead={"double": squared})["double"]
(10, 25)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from dlexam.steps import Definition, Mistake, Step, Values, step
from dlexam.wiring import QuestionError, did_you_mean, parameters

__all__ = [
    "NOTHING",
    "Definition",
    "Graph",
    "Mistake",
    "QuestionError",
    "Step",
    "did_you_mean",
    "parameters",
    "step",
]

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Graph:
    """The steps of a question in an order in which they can be computed."""

    __slots__ = ("_after", "downstream", "given", "mistakes", "steps", "upstream")

    def __init__(self, steps: Iterable[Step], given: Iterable[str]) -> None:
        """Check the wiring and order the steps; the author's order is kept where it can be."""
        self.given = tuple(given)
        named = {s.name: s for s in steps}
        for s in named.values():
            check_wiring(s, {*self.given, *named})
        self.steps: dict[str, Step] = ordered(named)
        self.mistakes: dict[str, Mistake] = {m.note: m for s in self.steps.values() for m in s.mistakes}
        self.downstream = {name: frozenset(reached_from(name, self.steps)) for name in named}
        self.upstream = {n: frozenset(m for m in named if n in self.downstream[m]) - {n} for n in named}
        self._after: dict[tuple[str, ...], tuple[Step, ...]] = {}

    def after(self, changed: tuple[str, ...]) -> tuple[Step, ...]:
        """The steps that a change of some reaches, in order, with these."""
        if changed not in self._after:
            reached = frozenset[str]().union(*(self.downstream[name] for name in changed))
            self._after[changed] = tuple(s for s in self.steps.values() if s.name in reached)
        return self._after[changed]

    def run(
        self,
        given: Values,
        fixed: Values = NOTHING,
        instead: Mapping[str, Definition] = NOTHING,
        known: Values = NOTHING,
    ) -> dict[str, Any]:
        """The values of all steps, with some values fixed and some definitions swapped.

        A fixed value of a scan may hold its first entries only; the rest is computed from them.
        `known` is the run of the same given without the interventions: it spares what they cannot reach.
        """
        values = dict(known or given)
        for s in self.after((*fixed, *instead)) if known else self.steps.values():
            name = s.name
            if name not in fixed:
                values[name] = instead.get(name, s).compute(values)
            elif s.scan and len(fixed[name]) < len(values[s.scan[0]]):
                values[name] = instead.get(name, s).compute(values, fixed[name])
            else:
                values[name] = fixed[name]
        return values


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
