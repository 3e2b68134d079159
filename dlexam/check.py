"""Is the bank sound? Laws that every question keeps, and what each one is paid to be fair.

A law takes a variant and yields what is wrong with it, a line each; the tests run the same laws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from dlexam import document, referee, worked
from dlexam.bank import Bank
from dlexam.blocks import MathBlock
from dlexam.fair import IMPOSSIBLE, why_unfair
from dlexam.graph import QuestionError
from dlexam.notation import HOLE
from dlexam.question import Question, Variant
from dlexam.unexplained import may_carry

FAIREST = 0.4
STEP = 1e-5
BATCH = 12  # questions a process takes at a time: PyTorch is imported once for them

Law = Callable[[Variant], Iterator[str]]


@dataclass(slots=True)
class Report:
    """What checking one question found."""

    id: str
    problems: list[str] = field(default_factory=list)
    fair: dict[int, float] = field(default_factory=dict)
    distinct: dict[int, int] = field(default_factory=dict)
    variants: int = 0
    refereed: int = 0

    def line(self) -> str:
        """One line of the summary."""
        rates = " ".join(f"{rate:4.0%}" for rate in self.fair.values())
        counts = f"variants {self.variants:4} refereed {self.refereed:4}"
        state = "ok" if not self.problems else f"{len(self.problems)} problems"
        return f"{self.id:42} fair {rates:16} {counts}  {state}"


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
    """A student who makes exactly one known mistake loses what it says, shown in full and final only."""
    question = variant.question
    for note in variant.mistakes:
        m = question.graph.mistakes[note]
        wrong = question.graph.run(variant.given, instead={m.step: m}, known=variant.values)
        payer = next(s for s in question.asked if s.name == question.payers[m.step])
        share = Fraction(str(m.keeps))
        promised = Fraction(str(question.out_of)) - Fraction(str(payer.marks)) * (1 - share)
        for names in ((), question.finals):
            marking = variant.mark(written(variant, wrong, names))
            if marking.total != promised:
                how = "only the end" if names else "in full"
                yield f"{note} {how} earns {float(marking.total):g}, promised {float(promised):g}"


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


def trivial_answers(variant: Variant) -> Iterator[str]:
    """Zeros, blanks and infinities do not earn everything."""
    for text in ("0", "", "inf", "-"):
        answers = {s.name: text for s in variant.question.asked}
        marking = variant.mark(answers)
        if marking.total == marking.out_of:
            yield f"'{text}' everywhere earns all marks"


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
    trivial_answers,
    words_render,
    gradients_agree,
)


def check(question: Question, seeds: int = 20, laws: Sequence[Law] = LAWS) -> tuple[Report, list[Variant]]:
    """Run the laws over some seeds a level; the variants are returned for the referee."""
    report = Report(question.id)
    variants: list[Variant] = []
    for level in question.levels:
        try:
            drawn = [question.draw(seed, level) for seed in range(seeds)]
        except QuestionError as problem:
            report.problems.append(str(problem))
            continue
        report.fair[level] = len(drawn) / sum(v.attempt + 1 for v in drawn)
        report.distinct[level] = len({repr(v.given) for v in drawn})
        if report.fair[level] < FAIREST and sum(v.attempt + 1 for v in drawn) > 40:
            report.problems.append(unfair_line(question, level, report.fair[level]))
        for v in drawn:
            for law in laws:
                report.problems += [f"level {level}, seed {v.seed}: {line}" for line in law(v)]
        variants += drawn
    report.variants = len(variants)
    return report, variants


def unfair_line(question: Question, level: int, rate: float) -> str:
    """Why so few draws are fair: the most common reason."""
    reasons: dict[str, int] = {}
    for attempt in range(60):
        reason = why_unfair(question.attempt("rate", level, attempt))
        if reason:
            reasons[reason.split(" is ")[0]] = reasons.get(reason.split(" is ")[0], 0) + 1
    worst = max(reasons, key=reasons.__getitem__, default="")
    return f"level {level}: only {rate:.0%} of draws are fair, mostly because {worst}. Change the domains."


def check_batch(folders: tuple[Path, ...], ids: tuple[str, ...], seeds: int, pytorch: bool) -> list[Report]:
    """Check some questions of a bank, then let the snippets judge them, all in one process."""
    bank = Bank(*folders)
    reports, variants = [], []
    for id in ids:
        try:
            report, drawn = check(bank[id], seeds)
        except QuestionError as problem:
            report, drawn = Report(id, [str(problem)]), []
        reports.append(report)
        variants.append(drawn)
    if pytorch:
        referee_all(reports, variants)
    return reports


def check_bank(
    bank: Bank, ids: tuple[str, ...], seeds: int, pytorch: bool, workers: int
) -> Iterator[list[Report]]:
    """Check questions in batches, on several processes; the batches come in order."""
    batches = [ids[i : i + BATCH] for i in range(0, len(ids), BATCH)]
    if workers == 1 or len(batches) == 1:
        yield from (check_batch(bank.folders, batch, seeds, pytorch) for batch in batches)
        return
    with ProcessPoolExecutor(workers) as pool:
        jobs = [pool.submit(check_batch, bank.folders, batch, seeds, pytorch) for batch in batches]
        yield from (job.result() for job in jobs)


def referee_all(reports: Sequence[Report], variants: Sequence[Sequence[Variant]]) -> None:
    """Let the snippets judge the variants; what disagrees is added to the reports."""
    jobs: list[tuple[Report, Variant, str]] = []
    for report, drawn in zip(reports, variants, strict=True):
        for v in drawn:
            snippet = worked.solution(v).snippet
            if snippet is None:
                report.problems.append("there is no pytorch snippet, so nobody witnesses the answer")
                break
            if "torch" not in snippet.code or referee.torch_is_here():
                jobs.append((report, v, snippet.code))
    names = [tuple(v.question.graph.steps) for _, v, _ in jobs]
    answers = referee.assigned([(code, n) for (_, _, code), n in zip(jobs, names, strict=True)])
    for (report, v, _), answer in zip(jobs, answers, strict=True):
        report.refereed += 1
        report.problems += [f"level {v.level}, seed {v.seed}: {line}" for line in judged(v, answer)]


def judged(variant: Variant, answer: dict[str, Any]) -> Iterator[str]:
    """What a snippet's answer says against the variant."""
    if "failure" in answer:
        yield f"the snippet fails: {answer['failure']}"
        return
    answer = answer["values"]
    for s in variant.question.asked:
        if s.name not in answer:
            if s.name in variant.question.finals and not s.options:
                yield f"the snippet does not assign {s.name}"
        elif not referee.agrees(variant.values[s.name], answer[s.name], variant.names):
            yield f"the snippet gives {s.name} = {answer[s.name]}, the question {variant.values[s.name]}"
