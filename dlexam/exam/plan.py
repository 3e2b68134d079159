"""A blueprint against a bank: which questions may take each place, and whether the plan can be met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from dlexam.bank import Bank
from dlexam.exam.blueprint import Blueprint, BlueprintError, Entry
from dlexam.graph import QuestionError
from dlexam.question import Question


@dataclass(frozen=True, slots=True)
class Plan:
    """For each place of a paper the ids that may take it, those that are fixed, and the broken files."""

    candidates: tuple[tuple[str, ...], ...]
    fixed: Mapping[int, str]
    broken: Mapping[str, str]

    @property
    def ids(self) -> tuple[str, ...]:
        """Every question that may be on a paper."""
        return tuple(sorted({id for ids in self.candidates for id in ids}))

    def pick(self, random: Random, pinned: Mapping[int, str] | None = None) -> tuple[str, ...]:
        """A question for each place, none picked twice; `pinned` places are decided already.

        Raises LookupError with the place where there are too few questions for all.
        """
        decided = {**self.fixed, **(pinned or {})}
        open = [n for n in range(len(self.candidates)) if n not in decided]
        wanted = {n: random.sample(self.candidates[n], len(self.candidates[n])) for n in open}
        picked = assigned(wanted, set(decided.values())) | decided
        return tuple(picked[n] for n in range(len(self.candidates)))


def assigned(wanted: Mapping[int, Sequence[str]], gone: set[str]) -> dict[int, str]:
    """An id for each place, no two the same and none that is gone: earlier choices move on if they must."""
    taken: dict[str, int] = {}

    def find(place: int, seen: set[str]) -> bool:
        for id in wanted[place]:
            if id not in seen:
                seen.add(id)
                if id not in taken or find(taken[id], seen):
                    taken[id] = place
                    return True
        return False

    for place in wanted:
        if not find(place, set(gone)):
            raise LookupError(place)
    return {place: id for id, place in taken.items()}


def plan(blueprint: Blueprint, bank: Bank) -> Plan:
    """The questions for each place. Raises BlueprintError with everything that is impossible."""
    problems: list[str] = []
    fixed = {e.wanted[0] for s in blueprint.sections for e in s.entries if not e.pick}
    broken: dict[str, str] = {}
    found: dict[Entry, tuple[str, ...]] = {}
    for section in blueprint.sections:
        for entry in section.entries:
            try:
                found[entry] = candidates(entry, bank, fixed, broken)
            except QuestionError as problem:
                problems.append(f"{blueprint.file}:{entry.line}: {problem}")
    if not problems:
        problems = [*totals(blueprint, bank, found, broken)]
    places = {place.number: place.entry for place in blueprint.places}
    named = {n: entry.wanted[0] for n, entry in places.items() if not entry.pick}
    made = Plan(tuple(found.get(entry, ()) for entry in places.values()), named, broken)
    if not problems:
        problems = feasible(blueprint, made)
    if problems:
        raise BlueprintError(problems)
    return made


def candidates(entry: Entry, bank: Bank, fixed: set[str], broken: dict[str, str]) -> tuple[str, ...]:
    """The ids that an entry may stand for."""
    if not entry.pick:
        question = loaded(bank, entry.wanted[0], broken)
        if question and not at_level(question, entry.level):
            levels = " and ".join(map(str, question.levels))
            msg = f"{question.id}: is made for level {levels} only. Set level = {question.levels[0]}."
            raise QuestionError(msg)
        return entry.wanted
    chosen = [id for id in bank.select(entry.wanted) if id not in fixed]
    able = [id for id in chosen if not (q := loaded(bank, id, broken)) or at_level(q, entry.level)]
    if len(able) < entry.pick:
        left = " that are not on the paper already" if fixed else ""
        msg = f"pick = {entry.pick}: {', '.join(entry.wanted)} has only {len(able)} questions{left}"
        raise QuestionError(f"{msg} at level {entry.level}. Pick fewer, or widen from =.")
    return tuple(able)


def loaded(bank: Bank, id: str, broken: dict[str, str]) -> Question | None:
    """A question; None for a file that is broken, which is kept. Raises QuestionError for an unknown id."""
    if id not in bank:
        return bank[id]
    if id not in broken:
        try:
            return bank[id]
        except QuestionError as problem:
            broken[id] = str(problem)
    return None


def at_level(question: Question, level: int) -> bool:
    """Whether a question can be drawn at a level."""
    return not question.about.levels or level in question.about.levels


def totals(
    blueprint: Blueprint, bank: Bank, found: Mapping[Entry, tuple[str, ...]], broken: Mapping[str, str]
) -> list[str]:
    """Pools whose questions are worth different marks, and a total that the marks do not make."""
    problems, worths = [], []
    for section in blueprint.sections:
        for entry in section.entries:
            own = {Fraction(str(bank[id].out_of)) for id in found[entry] if id not in broken}
            if not entry.marks and len(own) > 1:
                why = f"the questions of this pool are worth {shown(min(own))} to {shown(max(own))} marks"
                problems.append(f"{blueprint.file}:{entry.line}: {why}. Write marks = for what each earns.")
            worths += [entry.marks or max(own, default=Fraction(0))] * entry.count
    total = sum(worths, Fraction(0))
    if blueprint.total and not problems and not broken and total != blueprint.total:
        why = f"total = {shown(blueprint.total)}: the questions make {shown(total)} marks"
        problems.append(f"{blueprint.file}:{blueprint.total_line}: {why}. Mend the total or the marks.")
    return problems


def shown(marks: Fraction) -> str:
    """Marks as a person writes them."""
    return f"{float(marks):g}"


def feasible(blueprint: Blueprint, made: Plan) -> list[str]:
    """Pools that can each be met but not all at once."""
    try:
        made.pick(Random(0))
    except LookupError as short:
        entry = blueprint.places[short.args[0]].entry
        why = f"pick = {entry.pick}: the pools before this one leave too few questions"
        return [f"{blueprint.file}:{entry.line}: {why}. Pick fewer, or widen from =."]
    return []
