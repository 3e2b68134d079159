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

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from inspect import getdoc
from types import MappingProxyType
from typing import Any, cast

import numpy as np

Values = Mapping[str, Any]
NOTHING: Mapping[str, Any] = MappingProxyType({})


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


@dataclass(slots=True, eq=False)
class Definition:
    """A way to compute a step: a plain function whose parameter names are its inputs.

    With `scan` the function takes the state first and is applied along the named inputs, entry by
    entry, as `jax.lax.scan` does; the value is the array of states after `start`.
    """

    function: Callable[..., Any]
    scan: tuple[str, ...] = ()
    start: str = ""
    name: str = field(init=False)
    inputs: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Read the name and the inputs from the function."""
        self.name = self.function.__name__
        self.inputs = parameters(self.function)[1 if self.scan else 0 :]

    @property
    def words(self) -> str:
        """The function's docstring."""
        return getdoc(self.function) or ""

    @property
    def needs(self) -> tuple[str, ...]:
        """Every name that must be known before this can be computed."""
        extra = (*self.scan, self.start) if self.scan else ()
        return tuple(dict.fromkeys((*self.inputs, *extra)))

    def compute(self, values: Values, prefix: Sequence[Any] = ()) -> Any:
        """The value from the values of the inputs; a scan goes on from the entries in `prefix`."""
        if not self.scan:
            value = self.function(*[values[name] for name in self.inputs])
            return value.item() if type(value) is np.ndarray and value.ndim == 0 else value
        entries = list(prefix)
        state = entries[-1] if entries else values[self.start]
        for moment in range(len(entries), len(values[self.scan[0]])):
            state = self.function(
                state,
                *[values[n][moment] if n in self.scan else values[n] for n in self.inputs],
            )
            entries.append(state)
        return np.array(entries)

    def __call__(self, *args: Any) -> Any:
        """Call the plain function."""
        return self.function(*args)


@dataclass(slots=True, eq=False)
class Mistake(Definition):
    """A wrong definition that a student may have in mind; its words are the feedback.

    `keeps` is the share of the step's marks that it leaves; `when` says from the givens and steps
    (by parameter names) whether it makes sense in a variant at all.
    """

    step: str = ""
    keeps: float = 0
    when: Callable[..., bool] | None = None

    @property
    def note(self) -> str:
        """The tag that reports count, independent of the numbers."""
        return f"{self.step}:{self.name}"

    def applies(self, values: Values) -> bool:
        """Whether a student could make this mistake with these values."""
        return self.when is None or bool(self.when(*[values[n] for n in parameters(self.when)]))


@dataclass(slots=True, eq=False)
class Step(Definition):
    """A named step of a question; `@step(...)` makes one. The options are those of `step`."""

    symbol: str = ""
    marks: float = 0
    tex: str = ""
    decimals: int | None = None
    options: tuple[str, ...] | str = ()
    unordered: bool = False
    each: bool = False
    gradient_of: tuple[str, str] | None = None
    carry: Callable[[Any], bool] | None = None
    proves: bool = True
    sized: bool = True
    mistakes: list[Mistake] = field(default_factory=list)
    worked: Callable[..., Any] | None = None

    @property
    def is_proof(self) -> bool:
        """Whether a right value proves the steps before it; a choice, which can be guessed, does not."""
        return self.proves and not self.options

    def mistake(
        self, keeps: float = 0, when: Callable[..., bool] | None = None
    ) -> Callable[[Callable[..., Any]], Mistake]:
        """Attach another definition that students are known to use."""

        def attach(function: Callable[..., Any]) -> Mistake:
            made = Mistake(function, self.scan, self.start, self.name, keeps, when)
            self.mistakes.append(made)
            return made

        return attach

    def working(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Attach a function of the same names that returns extra worked lines for the solution."""
        self.worked = function
        return function


def step(function: Callable[..., Any] | None = None, **options: Any) -> Any:
    """Make a step of a plain function.

    symbol: its TeX; marks: what a student gets for it (0: it is not asked); tex: its formula where the
    return expression does not say it; decimals: the asked places, if not the question's; options: the choices
    (or the name of a given that holds them); unordered: a set, whose order is free; each: entries earn their
    share one by one; scan, start: see `Definition`; gradient_of=(y, x): this is dy/dx; carry: whether a
    wrong value may be carried forward; proves: whether a right value shows that the steps before were right;
    sized: whether the answer box shows how many entries there are.
    """
    if function is None:
        return lambda decorated: step(decorated, **options)
    scan = options.pop("scan", ())
    scan = (scan,) if isinstance(scan, str) else tuple(scan)
    unknown = [name for name in options if name not in Step.__slots__ and name != "start"]
    if unknown:
        msg = f"{function.__name__}(): @step has no option '{unknown[0]}'."
        raise QuestionError(msg + did_you_mean(unknown[0], [*Step.__slots__, "scan", "start"]))
    return Step(function, scan, **options)


class Graph:
    """The steps of a question in an order in which they can be computed."""

    __slots__ = ("_after", "downstream", "given", "mistakes", "steps")

    def __init__(self, steps: Iterable[Step], given: Iterable[str]) -> None:
        """Check the wiring and order the steps; the author's order is kept where it can be."""
        self.given = tuple(given)
        named = {s.name: s for s in steps}
        for s in named.values():
            check_wiring(s, {*self.given, *named})
        self.steps: dict[str, Step] = {s.name: s for s in ordered(named)}
        self.mistakes: dict[str, Mistake] = {m.note: m for s in self.steps.values() for m in s.mistakes}
        self.downstream = {name: frozenset(self._reached_from(name)) for name in named}
        self._after = {n: self._in_order(self.downstream[n]) for n in named}

    def _reached_from(self, name: str) -> Iterator[str]:
        reached = {name}
        for s in self.steps.values():
            if s.name == name or reached.intersection(s.needs):
                reached.add(s.name)
                yield s.name

    def _in_order(self, names: frozenset[str]) -> tuple[Step, ...]:
        return tuple(s for s in self.steps.values() if s.name in names)

    def _reached_by(self, changed: tuple[str, ...]) -> tuple[Step, ...]:
        if len(changed) == 1:
            return self._after[changed[0]]
        return self._in_order(frozenset(d for name in changed for d in self.downstream[name]))

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
        for s in self._reached_by((*fixed, *instead)) if known else self.steps.values():
            name = s.name
            definition = instead.get(name, s)
            if name not in fixed:
                values[name] = definition.compute(values)
            elif s.scan and len(fixed[name]) < len(values[s.scan[0]]):
                values[name] = definition.compute(values, fixed[name])
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


def ordered(steps: Mapping[str, Step]) -> list[Step]:
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
    return cast("list[Step]", list(done.values()))
