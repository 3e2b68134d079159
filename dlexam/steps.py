"""What an author writes: steps, their mistakes and their worked lines. `dlexam.graph` runs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import getdoc
from typing import Any

import numpy as np

from dlexam.wiring import QuestionError, arguments, did_you_mean, parameters, taker

Values = Mapping[str, Any]


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
    _take: Callable[[Values], Sequence[Any]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Read the name and the inputs from the function."""
        self.name = self.function.__name__
        self.inputs = parameters(self.function)[1 if self.scan else 0 :]
        self._take = taker(self.inputs)

    @property
    def words(self) -> str:
        """The function's docstring."""
        return words_of(self.function)

    @property
    def needs(self) -> tuple[str, ...]:
        """Every name that must be known before this can be computed."""
        extra = (*self.scan, self.start) if self.scan else ()
        return tuple(dict.fromkeys((*self.inputs, *extra)))

    def compute(self, values: Values, prefix: Sequence[Any] = ()) -> Any:
        """The value from the values of the inputs; a scan goes on from the entries in `prefix`."""
        if not self.scan:
            value = self.function(*self._take(values))
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


@lru_cache(maxsize=8192)
def words_of(function: Callable[..., Any]) -> str:
    """A docstring without its indentation, read once."""
    return getdoc(function) or ""


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
        return self.when is None or bool(self.when(*arguments(self.when)(values)))


@dataclass(slots=True, eq=False)
class Step(Definition):
    """A named step of a question; `@step(...)` makes one. The options are those of `step`."""

    symbol: str = ""
    marks: float = 0
    tex: str = ""
    decimals: int | None = None
    tolerance: float | None = None
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
    return expression does not say it; decimals: the asked places, if not the question's; tolerance: how far
    a right value may be off, if not half a unit of the last of them; options: the choices
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
