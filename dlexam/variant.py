"""A question with drawn values: what one student gets, and when two of its values are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from dlexam import given as givens
from dlexam.drift import Reading, drifts
from dlexam.fair import FAR, IMPOSSIBLE, strictly
from dlexam.graph import Mistake, QuestionError
from dlexam.kinds import Kind, kind_of

if TYPE_CHECKING:
    from dlexam.question import Question

DUST = 1e-10  # what binary fractions do to decimal ones
INSIDE = 1 - 1e-9  # what is so far inside of a tolerance needs no look at its edges


class Kinds(dict[str, Kind]):
    """The kinds of the values of a variant's steps, each made when it is asked for."""

    __slots__ = ("question", "values_of")

    def __init__(self, question: Question, values: Mapping[str, Any]) -> None:
        """Remember whose kinds these are."""
        self.question, self.values_of = question, values

    def __missing__(self, name: str) -> Kind:
        """Make the kind of a step's value."""
        s, value = self.question.graph.steps[name], self.values_of[name]
        decimals = self.question.about.decimals if s.decimals is None else s.decimals
        options = s.options
        if isinstance(options, str):
            options = tuple(map(str, self.values_of[options]))
        try:
            self[name] = made = kind_of(
                value, decimals, options, s.unordered, self.letters, s.tolerance, s.symbol
            )
        except QuestionError as problem:
            msg = f"{self.question.path.name}: {name}() returned {value!r}: {problem}"
            raise QuestionError(msg) from None
        return made

    def letters(self) -> frozenset[str]:
        """The letters of the drawn expressions."""
        return letters(self.values_of[name] for name in self.question.given)


def letters(given: Iterable[Any]) -> frozenset[str]:
    """The letters of expressions, which answers may use; x where there are none."""
    symbols: set[Any] = set()
    parts: list[Any] = []
    for value in given:
        symbols |= getattr(value, "free_symbols", set())
        parts += value if isinstance(value, tuple | list) else []
    names = frozenset(map(str, symbols)) or frozenset("x")
    return names.union(*(map(str, getattr(part, "free_symbols", ())) for part in parts))


@cache
def marker() -> Callable[[Variant, Mapping[str, Any]], Any]:
    """The function that marks, which is on a floor above."""
    from dlexam.mark import mark

    return mark


@dataclass(frozen=True)
class Variant:
    """A question with drawn values: what one student gets."""

    question: Question
    seed: int | str
    level: int
    attempt: int
    given: dict[str, Any]
    values: dict[str, Any]

    @cached_property
    def words(self) -> dict[str, Any]:
        """The drawn wordings; they never touch the numbers."""
        random = Random(f"{self.question.id}/{self.seed}/{self.level}/words")
        try:
            return givens.draw_values(self.question.words, random, self.level, {}, self.values)
        except Exception as problem:  # whatever an author's function raises
            msg = f"{self.question.path.name}: the words cannot be drawn: {problem}. Mend them."
            raise QuestionError(msg) from problem

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The kind of every step's value."""
        return Kinds(self.question, self.values)

    @cached_property
    def key(self) -> dict[str, str]:
        """The right answer to every asked step as text that can be typed back."""
        return {s.name: self.kinds[s.name].text(self.values[s.name]) for s in self.question.asked}

    @cached_property
    def names(self) -> frozenset[str]:
        """The letters of the drawn expressions, which answers may use."""
        return letters(self.given.values())

    @cached_property
    def mistakes(self) -> tuple[str, ...]:
        """The notes of the mistakes that make sense with these values."""
        graph = self.question.graph
        return tuple([n for n, m in graph.mistakes.items() if m.when is None or m.applies(self.values)])

    def astray(self) -> Iterator[tuple[Mistake, dict[str, Any]]]:
        """Each known mistake with the run that it leads to, in working order, where it can be computed."""
        for note in self.mistakes:
            mistake = self.question.graph.mistakes[note]
            try:
                run = self.run_with(mistake)
            except IMPOSSIBLE:
                continue
            yield mistake, run

    @strictly
    def run_with(self, mistake: Mistake) -> dict[str, Any]:
        """The values of a student who makes one mistake and no other."""
        return self.question.graph.run(self.given, instead={mistake.step: mistake}, known=self.values)

    def same(self, name: str, a: Any, b: Any, times: float = 1, at: Reading | None = None) -> bool:
        """Whether two values of a step are equal within `times` its tolerance.

        The tolerance is half a unit of the last decimal asked, plus what rounding the steps before can
        do: in the true run, and in the run `at` that the value `b` is from.
        """
        kind = self.kinds[name]
        try:
            half, gap = kind.half(b), kind.gap(a, b)
            if gap <= max(times * half * INSIDE, DUST):
                return True
            if not half or gap > (FAR + 1) * half:
                return False
            drift = drifts(self, at, every=True)[name] if at else self.drift[name]
            width = half + np.minimum(drift, (FAR - 1) * half)
            if times == 1:
                return kind.within(a, b, width)  # the edges, to the last decimal
            return bool(np.all(kind.distance(a, b) <= times * width + DUST)) and gap <= FAR * half
        except IMPOSSIBLE:
            return False

    def accepted(self, name: str) -> tuple[str, str] | None:
        """The least and the greatest right value of a step as decimal texts; None for what has no such."""
        kind, value = self.kinds[name], self.values[name]
        interval = getattr(kind, "interval", None)
        if interval is None:
            return None
        drift = drifts(self, self.truth, every=True)[name]
        edges: tuple[str, str] = interval(value, np.minimum(drift, (FAR - 1) * kind.half(value)))
        return edges

    def is_near(self, name: str, value: Any) -> bool:
        """Whether a value of a step is within half a unit of the true one."""
        kind, truth = self.kinds[name], self.values[name]
        try:
            return kind.gap(value, truth) <= max(kind.half(truth) * INSIDE, DUST)
        except IMPOSSIBLE:
            return False

    @cached_property
    def drift(self) -> dict[str, Any]:
        """How far each step of the true run may move when every asked step before it is rounded."""
        return drifts(self, self.truth)

    @property
    def truth(self) -> Reading:
        """The run without interventions."""
        return Reading(self.values)

    def mark(self, answers: Mapping[str, Any]) -> Any:
        """Mark one student's answers: `{step: text}`. See `dlexam.mark`."""
        return marker()(self, answers)
