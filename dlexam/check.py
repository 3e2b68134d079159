"""Is the bank sound? The laws over many seeds, how often draws are fair, and the referees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dlexam import referee, worked
from dlexam.bank import Bank
from dlexam.fair import why_unfair
from dlexam.graph import QuestionError
from dlexam.laws import LAWS, Law, words_render
from dlexam.laws_answers import another_key, printed_again, trivial_answers, trivial_values
from dlexam.question import Question, Variant

FAIREST = 0.4
READ = 40  # seeds that the laws of READING are tried with: they vary little and take longest
READING = (words_render, printed_again, trivial_answers, trivial_values, another_key)
BATCH = 12  # questions a process takes at a time: PyTorch is imported once for them


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
            for law in laws if v.seed in range(READ) else [law for law in laws if law not in READING]:
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
            snippet = worked.proof(v)
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
