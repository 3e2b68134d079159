"""What a course decides of marks: shares kept, marks taken, answers accepted, parts that do not count."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from pathlib import Path
from typing import Any

from dlexam.graph import QuestionError, did_you_mean
from dlexam.kinds import AnswerError
from dlexam.paper import Item
from dlexam.phrase import say
from dlexam.question import Variant
from dlexam.story import Mark, Marking

ONE = Fraction(1)
DOES_NOT_COUNT = say("This part does not count.")
ACCEPTED = say("Accepted as right.")


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of a `marking.toml`. The defaults are the marks that the questions promise.

    `carried` is the share kept by an answer that follows from an earlier slip; `keeps` (a share) and
    `minus` (marks) go by note: `sign` everywhere, `m_hat:no_bias_correction` in every question that has
    it, `optimizers/adam.m_hat:no_bias_correction` there only. `no_negative` lets no part fall below
    zero. `decimals` are those of marks in gradebooks.
    """

    carried: Fraction = ONE
    keeps: Mapping[str, Fraction] = field(default_factory=dict)
    minus: Mapping[str, Fraction] = field(default_factory=dict)
    no_negative: bool = True
    decimals: int = 2

    def apply(self, question: str, mark: Mark) -> Mark:
        """A mark under these rules."""
        marks = mark.marks * self.carried if mark.verdict == "carried" else mark.marks
        if (share := by_note(self.keeps, question, mark.note)) is not None:
            marks = mark.out_of * share
        marks -= by_note(self.minus, question, mark.note) or 0
        if self.no_negative:
            marks = max(marks, Fraction(0))
        return mark if marks == mark.marks else mark._replace(marks=marks)


def by_note(table: Mapping[str, Fraction], question: str, note: str) -> Fraction | None:
    """What a table says of a note, by its most exact name."""
    keys = note_keys(question, note) if table else ()
    return next((table[key] for key in keys if key in table), None)


def note_keys(question: str, note: str) -> tuple[str, str, str]:
    """The names of a note in a policy, the most exact first."""
    return f"{question}.{note}", note, note.partition(":")[2]


def read_policy(path: Path | None) -> Policy:
    """The rules in a TOML file; the defaults without one. Raises QuestionError, one line."""
    if path is None:
        return Policy()
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        msg = f"{path.name}: not a TOML file: {problem}. Mend that line."
        raise QuestionError(msg) from None
    names = {f.name for f in fields(Policy)}
    for key, value in written.items():
        if key not in names:
            hint = did_you_mean(key, names) or f" There are {', '.join(sorted(names))}."
            msg = f"{path.name}: there is no rule '{key}'.{hint}"
            raise QuestionError(msg)
        written[key] = checked(path.name, key, value)
    return Policy(**written)


def checked(file: str, key: str, value: Any) -> Any:
    """A rule's value as its type. Raises QuestionError."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if key == "no_negative" and isinstance(value, bool):
        return value
    if key == "decimals" and number and value in range(7):
        return int(value)
    if key == "carried" and number and 0 <= value <= 1:
        return Fraction(str(value))
    if key in ("keeps", "minus") and isinstance(value, dict):
        return {note: amount(file, key, note, share) for note, share in value.items()}
    wanted = {
        "no_negative": "true or false",
        "decimals": "a whole number, 0 to 6",
        "carried": "a share, 0 to 1",
    }
    msg = f"{file}: {key} = {value!r} is no rule. Write {wanted.get(key, 'a table of note = number')}."
    raise QuestionError(msg)


def amount(file: str, key: str, note: str, value: Any) -> Fraction:
    """A share or a number of marks. Raises QuestionError."""
    most = 1 if key == "keeps" else 1000
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most:
        return Fraction(str(value))
    msg = f"{file}: [{key}] {note} = {value!r} is out of range. Write a number from 0 to {most}."
    raise QuestionError(msg)


# ---------------------------------------------------------------- decisions after the exam


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided once answers had been seen: values accepted as right too, parts voided."""

    accepted: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    void: frozenset[tuple[str, str]] = frozenset()

    def accepts(self, variant: Variant, step: str, text: str) -> bool:
        """Whether an answer is one of the accepted ones, within its tolerance."""
        values = self.accepted.get((variant.question.id, step), ())
        if not values or not text.strip():
            return False
        read = variant.kinds[step].read
        try:
            return any(variant.same(step, read(text), read(value)) for value in values)
        except AnswerError:
            return False

    def apply(self, item: Item, mark: Mark, text: str) -> Mark:
        """A mark after these decisions."""
        id = item.variant.question.id
        if {(id, mark.step), (id, "")} & self.void:
            none = Fraction(0)
            return mark._replace(
                verdict="void",
                marks=none,
                out_of=none,
                note=f"{mark.step}:void",
                words=DOES_NOT_COUNT,
            )
        if self.accepts(item.variant, mark.step, text):
            note = f"{mark.step}:accepted"
            return mark._replace(verdict="right", marks=mark.out_of, note=note, words=ACCEPTED)
        return mark


def read_decisions(accept: Iterable[str], void: Iterable[str], variants: Mapping[str, Variant]) -> Decisions:
    """Decisions from `ID.step=VALUE` and `ID.step` (or `ID`), with a variant of each question that was asked.

    Raises QuestionError for what was not asked and for a value that cannot be read.
    """
    asked = {id: [step.name for step in v.question.asked] for id, v in variants.items()}
    accepted: dict[tuple[str, str], tuple[str, ...]] = {}
    for text in accept:
        place, equals, value = text.partition("=")
        if not equals or not value.strip():
            msg = f"--accept {text}: there is no value. Write ID.step=VALUE, as optimizers/adam.m_new=0.12."
            raise QuestionError(msg)
        key = placed("--accept", place.strip(), asked)
        if not key[1]:
            msg = f"--accept {text}: there is no step. Write ID.step=VALUE, as optimizers/adam.m_new=0.12."
            raise QuestionError(msg)
        try:
            variants[key[0]].kinds[key[1]].read(value)
        except AnswerError as problem:
            raise QuestionError(f"--accept {text}: {problem}") from None
        accepted[key] = (*accepted.get(key, ()), value)
    return Decisions(accepted, frozenset(placed("--void", v.strip(), asked) for v in void))


def placed(option: str, place: str, asked: Mapping[str, Iterable[str]]) -> tuple[str, str]:
    """The question and step of `ID.step`. Raises QuestionError for what was not asked."""
    id, _, step = place.partition(".")
    known = [*asked, *(f"{q}.{s}" for q, steps in asked.items() for s in steps)]
    if place not in known:
        msg = f"{option} {place}: not asked in these papers.{did_you_mean(place, known)}"
        raise QuestionError(msg)
    return id, step


USUAL = Policy(), Decisions()


def mark_item(item: Item, answers: Mapping[str, str], policy: Policy, decisions: Decisions) -> Marking:
    """One question of a paper, marked under a policy and after decisions."""
    marking = item.mark(answers)
    if (policy, decisions) == USUAL:
        return marking
    id = item.variant.question.id
    marks = (decisions.apply(item, policy.apply(id, m), answers.get(m.step, "")) for m in marking.marks)
    return Marking(tuple(marks))
