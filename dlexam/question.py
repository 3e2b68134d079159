"""A question file, and the draws of its variants."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from dlexam import given as givens
from dlexam.fair import strictly, why_unfair
from dlexam.graph import NOTHING, Graph, QuestionError, Step, parameters
from dlexam.notation import default_symbol, symbols_in
from dlexam.variant import Variant

__all__ = ["About", "Question", "Variant"]

MOST_ATTEMPTS = 400


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
        return Variant(self, seed, level, attempt, drawn, self.run(drawn))

    @strictly
    def run(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The values of all steps. Raises QuestionError where one cannot be computed."""
        try:
            return self.graph.run(given)
        except Exception as problem:  # whatever an author's function raises
            msg = f"{self.path.name}: a step cannot be computed from these givens: {problem}."
            raise QuestionError(msg) from problem
