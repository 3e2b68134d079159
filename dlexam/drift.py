"""What rounding can do: how far later steps move when earlier ones are rounded as asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from dlexam.fair import IMPOSSIBLE
from dlexam.graph import Definition

if TYPE_CHECKING:
    from dlexam.question import Variant

MOST_ENTRIES = 30


@dataclass(frozen=True, slots=True)
class Reading:
    """A run of a variant's graph, with the interventions that made it."""

    values: dict[str, Any]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    instead: Mapping[str, Definition] = field(default_factory=dict)


def drifts(variant: Variant, at: Reading, every: bool = False) -> dict[str, Any]:
    """How far each step of a run may move when every asked step before it is rounded as asked.

    A sum over the rounded steps of what half a unit does: to some patterns of their entries, or to every
    entry on its own, which is a bound and dearer.
    """
    graph, values = variant.question.graph, at.values
    moved: dict[str, Any] = dict.fromkeys(graph.steps, 0.0)
    for s in variant.question.asked:
        others = {n: v for n, v in at.fixed.items() if n != s.name}
        for shift in shifts(values[s.name], variant.kinds[s.name].half(values[s.name]), every):
            try:
                run = graph.run(variant.given, {**others, s.name: shift}, at.instead, known=values)
            except IMPOSSIBLE:
                continue
            for name in graph.downstream[s.name] - {s.name}:
                moved[name] = moved[name] + variant.kinds[name].distance(run[name], values[name])
    return moved


def shifts(value: Any, half: float, every: bool) -> Iterator[Any]:
    """A value moved by half a unit, in different entries; nothing for what is exact."""
    if not half:
        return
    if not isinstance(value, np.ndarray):
        yield tuple(x + half for x in value) if isinstance(value, tuple | frozenset) else value + half
        return
    places = np.arange(value.size).reshape(value.shape)
    if every and value.size <= MOST_ENTRIES:
        yield from (value + half * (places == place) for place in range(value.size))
        return
    yield value + half
    yield from (value + np.where(places // run % 2, -half, half) for run in (1, 2) if value.size > run)
