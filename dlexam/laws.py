"""The laws that every question keeps: each takes a variant and yields what is wrong with it, a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from dlexam import document, worked
from dlexam.blocks import MathBlock
from dlexam.fair import IMPOSSIBLE
from dlexam.graph import QuestionError
from dlexam.laws_answers import another_key, printed_again, trivial_answers, trivial_values
from dlexam.notation import HOLE
from dlexam.question import Variant
from dlexam.unexplained import may_carry

STEP = 1e-5

Law = Callable[[Variant], Iterator[str]]


def written(variant: Variant, values: dict[str, Any], names: Sequence[str] = ()) -> dict[str, str]:
    """Values of asked steps as a student writes them; all, or the named ones."""
    asked = [s.name for s in variant.question.asked if not names or s.name in names]
    return {n: variant.kinds[n].text(values[n]) for n in asked}


def right_paper(variant: Variant) -> Iterator[str]:
    """What dlexam prints, typed back, earns all marks; so does the end of it alone."""
    question = variant.question
    marking = variant.mark(written(variant, variant.values))
    if marking.total != marking.out_of:
        lost = next(m for m in marking.marks if m.marks != m.out_of)
        yield f"a right paper earns {marking.total} of {marking.out_of}: {lost.step} is {lost.verdict}"
    rounded = variant.mark(written(variant, rounded_run(variant)))
    if rounded.total != rounded.out_of:
        yield f"a right paper with rounded steps earns {rounded.total} of {rounded.out_of}"
    finals = variant.mark(written(variant, variant.values, question.finals))
    if finals.total != finals.out_of:
        yield f"only the last answers, right, earn {finals.total} of {finals.out_of}"


def rounded_run(variant: Variant) -> dict[str, Any]:
    """The values of a student who goes on from every asked value as it was rounded."""
    fixed: dict[str, Any] = {}
    for s in variant.question.graph.steps.values():
        if s.marks:
            run = variant.question.graph.run(variant.given, fixed)
            fixed[s.name] = variant.kinds[s.name].rounded(run[s.name])
    return variant.question.graph.run(variant.given, fixed)


def mistakes_cost(variant: Variant) -> Iterator[str]:
    """Exactly one known mistake is recognised and costs what it says, shown in full or final only."""
    question = variant.question
    for note in variant.mistakes:
        m = question.graph.mistakes[note]
        wrong = question.graph.run(variant.given, instead={m.step: m}, known=variant.values)
        payer = next(s for s in question.asked if s.name == question.payers[m.step])
        share = Fraction(str(m.keeps))
        promised = Fraction(str(question.out_of)) - Fraction(str(payer.marks)) * (1 - share)
        for names in ((), question.finals):
            marking = variant.mark(written(variant, wrong, names))
            how = "only the end" if names else "in full"
            if marking.total != promised:
                yield f"{note} {how} earns {float(marking.total):g}, promised {float(promised):g}"
            elif [m.note for m in marking.marks if m.verdict == "mistake"] != [note]:
                yield f"{note} {how} is not recognised"


def slips_carried(variant: Variant) -> Iterator[str]:
    """A slip that nothing explains costs its own step only, if the student goes on correctly."""
    question = variant.question
    random = Random(f"slip/{question.id}/{variant.seed}")
    numeric = [s for s in question.asked if hasattr(variant.kinds[s.name], "decimals")]
    for s in numeric[:-1]:
        value = variant.values[s.name]
        whole = getattr(variant.kinds[s.name], "whole", False)
        shift = random.choice([3, -4, 7]) if whole else random.uniform(0.11, 0.37) * random.choice([-1, 1])
        fixed = tuple(x + shift for x in value) if isinstance(value, tuple | frozenset) else value + shift
        fixed = variant.kinds[s.name].rounded(fixed)
        try:
            with np.errstate(all="raise", under="ignore"):
                wrong = question.graph.run(variant.given, fixed={s.name: fixed}, known=variant.values)
                answers = written(variant, wrong)
        except IMPOSSIBLE:
            continue
        if not may_carry(variant, s.name, wrong[s.name]):
            continue
        marking = variant.mark(answers)
        first = next(m for m in marking.marks if m.step == s.name)
        if first.verdict == "wrong" and marking.out_of - marking.total > first.out_of:
            lost = [m.step for m in marking.marks if m.marks != m.out_of]
            yield f"a slip in {s.name} is not carried: marks lost in {', '.join(lost)}"


def words_render(variant: Variant) -> Iterator[str]:
    """Every hole is filled, every formula is readable, and the prompt does not name an answer."""
    from dlexam.render.math import TexError, mathml

    try:
        asked, solved = document.problem(variant), worked.solution(variant)
    except QuestionError as problem:
        yield str(problem)
        return
    names = {s.name for s in variant.question.asked}
    for hole in HOLE.finditer(variant.question.prompt):
        if hole[1] in names:
            yield f"the prompt prints the answer <{hole[1]}>"
    for tex in formulas([asked.prompt, asked.boxes, solved.steps, solved.slips]):
        try:
            mathml(tex)
        except TexError as problem:
            yield str(problem)
    for w in solved.steps:
        if w.asked and not w.reason:
            yield f"{w.name} has no words. Its docstring says why the step is done."


def formulas(part: Any) -> Iterator[str]:
    """All TeX in a part of a document."""
    if isinstance(part, list | tuple):
        for inner in part:
            yield from formulas(inner)
    elif isinstance(part, MathBlock) or type(part).__name__ == "Math":
        yield part.tex
    elif hasattr(part, "__slots__") and not isinstance(part, str):
        for name in part.__slots__:
            value = getattr(part, name)
            if name in ("symbol", "value", "lines"):
                yield from [value] if isinstance(value, str) else value
            elif name != "svg":
                yield from formulas(value)


def gradients_agree(variant: Variant) -> Iterator[str]:
    """Each step that claims to be a derivative agrees with central differences."""
    graph = variant.question.graph
    for s in graph.steps.values():
        if s.gradient_of:
            of, at = s.gradient_of
            point = np.asarray(variant.values[at], dtype=float)
            slope = np.zeros_like(point)
            for place in np.ndindex(point.shape):
                shift = np.zeros_like(point)
                shift[place] = STEP
                both = [moved(variant, at, point + sign * shift)[of] for sign in (1, -1)]
                slope[place] = (both[0] - both[1]) / (2 * STEP)
            if not np.allclose(slope, variant.values[s.name], rtol=1e-4, atol=1e-6):
                yield f"{s.name} is not the derivative of {of} by {at}: {slope} by central differences"


def moved(variant: Variant, name: str, value: Any) -> dict[str, Any]:
    """The run with a given or a step moved to a value."""
    graph = variant.question.graph
    if name in variant.given:
        return graph.run({**variant.given, name: value})
    return graph.run(variant.given, fixed={name: value})


LAWS: tuple[Law, ...] = (
    right_paper,
    mistakes_cost,
    slips_carried,
    printed_again,
    trivial_answers,
    trivial_values,
    another_key,
    words_render,
    gradients_agree,
)
