"""A question file, its variants, and when a variant is fair."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import numpy as np

from dlexam import given as givens
from dlexam.drift import Reading, drifts
from dlexam.fair import FAR, IMPOSSIBLE, why_unfair
from dlexam.graph import NOTHING, Graph, QuestionError, Step, parameters
from dlexam.kinds import Kind, kind_of
from dlexam.notation import default_symbol, symbols_in

MOST_ATTEMPTS = 400
DUST = 1e-10  # what binary fractions do to decimal ones


@dataclass(frozen=True, slots=True)
class About:
    """What a question file says of itself; each key is optional."""

    minutes: int = 5
    tags: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    decimals: int = 4
    symbols: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Question:
    """One file of the bank: words, domains and a graph of steps."""

    id: str
    path: Path
    title: str
    prompt: str
    about: About
    given: Mapping[str, Any]
    words: Mapping[str, Any]
    graph: Graph
    pytorch: str
    module: ModuleType

    @property
    def topic(self) -> str:
        """The folder that the question is in."""
        return self.id.partition("/")[0]

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of the file, from which formulas are read."""
        return ast.parse(self.path.read_text(encoding="utf-8"))

    @cached_property
    def asked(self) -> tuple[Step, ...]:
        """The steps with marks, in the author's order."""
        return tuple(s for s in vars(self.module).values() if isinstance(s, Step) and s.marks)

    @cached_property
    def finals(self) -> tuple[str, ...]:
        """The asked steps that no later answer proves: what a student who writes only the end writes.

        A choice proves nothing, since it can be guessed.
        """
        proofs = {s.name for s in self.asked if s.is_proof}
        return tuple(s.name for s in self.asked if not (self.graph.downstream[s.name] - {s.name}) & proofs)

    @cached_property
    def symbols(self) -> dict[str, str]:
        """The TeX of names: from `about`, the steps, and what the prompt writes before a hole."""
        steps = {n: s.symbol for n, s in self.graph.steps.items() if s.symbol}
        return {**symbols_in(self.prompt), **steps, **self.about.symbols}

    def symbol(self, name: str) -> str:
        """The TeX of a given's or a step's name."""
        return self.symbols.get(name) or default_symbol(name)

    @property
    def out_of(self) -> float:
        """The marks of the whole question."""
        return sum(s.marks for s in self.asked)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """The levels that differ: all three if any given looks at the level."""
        sources = [*self.given.values(), *self.words.values()]
        looks = any("level" in parameters(s) for s in sources if isinstance(s, type(lambda: 0)))
        return self.about.levels or ((1, 2, 3) if looks else (2,))

    @cached_property
    def payers(self) -> dict[str, str]:
        """For each step the asked one that pays for a mistake in it: itself, or the first one after it."""
        asked = {s.name for s in self.asked}
        payers = {}
        for name, after in self.graph.downstream.items():
            paying = [n for n in self.graph.steps if n in after and n in asked]
            payers[name] = name if name in asked else paying[0] if paying else ""
        return payers

    @cached_property
    def ends(self) -> dict[str, tuple[str, ...]]:
        """For each step the finals that it reaches."""
        return {n: tuple(f for f in self.finals if f in d) for n, d in self.graph.downstream.items()}

    def draw(self, seed: int | str = 0, level: int = 2, given: Mapping[str, Any] = NOTHING) -> Variant:
        """The first fair variant of the stream of this question, seed and level.

        Values in `given` are taken as they are; then the first variant is taken, fair or not.
        Raises QuestionError when no attempt is fair or a step cannot be computed.
        """
        for attempt in range(MOST_ATTEMPTS):
            try:
                variant = self.attempt(seed, level, attempt, given)
            except QuestionError:
                if given or attempt == MOST_ATTEMPTS - 1:
                    raise
                continue
            if given or why_unfair(variant) is None:
                return variant
        msg = f"{self.path.name}: no fair variant in {MOST_ATTEMPTS} draws at level {level}"
        msg += f" ({why_unfair(variant)}). Widen the domains of its givens."
        raise QuestionError(msg)

    def attempt(
        self, seed: int | str, level: int, attempt: int, given: Mapping[str, Any] = NOTHING
    ) -> Variant:
        """One raw draw of the stream, fair or not."""
        random = Random(f"{self.id}/{seed}/{level}/{attempt}")
        drawn = givens.draw_values(self.given, random, level, given)
        with np.errstate(divide="raise", invalid="raise", over="raise"):
            try:
                values = self.graph.run(drawn)
            except Exception as problem:  # whatever an author's function raises
                msg = f"{self.path.name}: a step cannot be computed from these givens: {problem}."
                raise QuestionError(msg) from problem
        return Variant(self, seed, level, attempt, drawn, values)


class Kinds(dict[str, Kind]):
    """The kinds of the values of a variant's steps, each made when it is asked for."""

    def __init__(self, variant: Variant) -> None:
        """Remember whose kinds these are."""
        self.variant = variant

    def __missing__(self, name: str) -> Kind:
        """Make the kind of a step's value."""
        self[name] = made = self.variant.kind(name)
        return made


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
        return Kinds(self)

    def kind(self, name: str) -> Kind:
        """The kind of a step's value."""
        s = self.question.graph.steps[name]
        decimals = self.question.about.decimals if s.decimals is None else s.decimals
        options = s.options
        if isinstance(options, str):
            options = tuple(map(str, self.values[options]))
        try:
            return kind_of(self.values[name], decimals, options, s.unordered, lambda: self.names)
        except QuestionError as problem:
            msg = f"{self.question.path.name}: {name}() returned {self.values[name]!r}: {problem}"
            raise QuestionError(msg) from None

    @cached_property
    def names(self) -> frozenset[str]:
        """The letters of the drawn expressions, which answers may use."""
        symbols = {str(s) for v in self.given.values() for s in getattr(v, "free_symbols", ())}
        return frozenset(symbols or {"x"}) | {
            str(s) for v in self.given.values() if isinstance(v, tuple | list)
            for part in v for s in getattr(part, "free_symbols", ())
        }  # fmt: skip

    @cached_property
    def mistakes(self) -> tuple[str, ...]:
        """The notes of the mistakes that make sense with these values."""
        graph = self.question.graph
        return tuple(note for note, m in graph.mistakes.items() if m.applies(self.values))

    def same(self, name: str, a: Any, b: Any, times: float = 1, at: Reading | None = None) -> bool:
        """Whether two values of a step are equal within `times` its tolerance.

        The tolerance is half a unit of the last decimal asked, plus what rounding the steps before can
        do: in the true run, and in the run `at` that the value `b` is from.
        """
        kind = self.kinds[name]
        try:
            half, gap = kind.half(b), kind.gap(a, b)
            if gap <= times * half + DUST:
                return True
            if not half or gap > FAR * half:
                return False
            drift = drifts(self, at, every=True)[name] if at else self.drift[name]
            return bool(np.all(kind.distance(a, b) <= times * (half + drift) + DUST))
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
        from dlexam.mark import mark

        return mark(self, answers)
