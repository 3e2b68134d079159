"""Values in and out as JSON: given values read, solutions and marks written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import numpy as np

from dlexam import worked
from dlexam.graph import QuestionError, did_you_mean
from dlexam.kinds import AnswerError, is_expression
from dlexam.kinds.number import is_number, plain
from dlexam.question import Question, Variant
from dlexam.story import Marking


def pair(text: str, option: str) -> tuple[str, str]:
    """NAME=VALUE as two texts. Raises QuestionError."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        msg = f"{option} {text}: there is no '='. Write {option} NAME=VALUE."
        raise QuestionError(msg)
    return name.strip(), value


def read_given(question: Question, texts: Iterable[str], seed: str, level: int) -> dict[str, Any]:
    """Values from NAME=JSON texts, each of the type that the question draws. Raises QuestionError."""
    texts = list(texts)
    if not texts:
        return {}
    example = question.draw(seed, level).given
    read: dict[str, Any] = {}
    for name, text in (pair(t, "--given") for t in texts):
        if name not in example:
            msg = f"--given {name}: {question.id} has no such given.{did_you_mean(name, example)}"
            raise QuestionError(msg + f" It has {', '.join(example)}.")
        try:
            value = json.loads(text)
        except (json.JSONDecodeError, RecursionError):
            value = text
        read[name] = coerced(name, value, example[name])
    return read


def coerced(name: str, value: Any, example: Any) -> Any:
    """A JSON value as the type of a drawn one. Raises QuestionError, one line."""
    numeric = is_number(example) or isinstance(example, np.ndarray)
    if isinstance(example, bool):
        fits, made = isinstance(value, bool), value
    elif numeric and isinstance(value, list):
        made = rectangular(value)
        fits = made is not None
    elif numeric:
        fits = is_number(value) and not isinstance(value, bool)
        made = np.array([value]) if fits and np.ndim(example) == 1 else value
    elif is_expression(example):
        return expressions(name, value, example)
    elif isinstance(example, tuple):
        fits = isinstance(value, list)
        made = tuple(tuple(v) if isinstance(v, list) else v for v in value) if fits else value
    else:
        fits, made = isinstance(value, type(example)), value
    if not fits:
        wanted = json.dumps(plain_json(example), ensure_ascii=False)
        msg = f"--given {name}={json.dumps(value)[:60]}: this is of another type."
        msg += f" Write it like {name}={wanted}."
        raise QuestionError(msg)
    return made


def rectangular(value: list[Any]) -> Any:
    """Nested lists of numbers as an array; None if they are ragged or hold something else."""
    try:
        made = np.array(value)
    except ValueError:
        return None
    return made if made.dtype.kind in "if" and made.size else None


def expressions(name: str, value: Any, example: Any) -> Any:
    """Text as an expression, or a list of texts as a tuple of them."""
    from dlexam.kinds.expression import expression

    letters = frozenset("xyzuvwt")
    try:
        if isinstance(value, list):
            return tuple(expression(str(v), letters) for v in value)
        return expression(str(value), letters)
    except AnswerError as problem:
        msg = f"--given {name}: {problem}"
        raise QuestionError(msg) from None


def plain_json(value: Any) -> Any:
    """Any value of a question as JSON: arrays as nested lists, expressions as text, infinities as text."""
    if isinstance(value, np.ndarray):
        return [plain_json(v) for v in value.tolist()]
    if isinstance(value, dict):
        return {k: plain_json(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain_json(v) for v in value]
    if isinstance(value, set | frozenset):
        return sorted(plain_json(v) for v in value)
    if isinstance(value, bool | str) or value is None:
        return value
    if is_number(value):
        return plain(value) if not np.isfinite(value) else value.item() if hasattr(value, "item") else value
    return str(value)


def family(question: Question) -> dict[str, Any]:
    """What `dlexam list --json` says of a question."""
    return {
        "id": question.id,
        "title": question.title,
        "topic": question.topic,
        "given": list(question.given),
        "ask": [s.name for s in question.asked],
        "mistakes": sorted({m.name for m in question.graph.mistakes.values()}),
        "levels": list(question.levels),
        "minutes": question.about.minutes,
        "marks": question.out_of,
        "tags": list(question.about.tags),
    }


def solved(variant: Variant) -> dict[str, Any]:
    """What `dlexam solve --json` says of a variant."""
    solution = worked.solution(variant)
    asked = [s.name for s in variant.question.asked]
    return {
        "id": variant.question.id,
        "given": plain_json(variant.given),
        "answers": {n: variant.kinds[n].json(variant.values[n]) for n in asked},
        "steps": [
            {
                "step": w.name,
                "symbol": w.symbol,
                "lines": list(w.lines),
                "value": variant.kinds[w.name].json(variant.values[w.name]),
                "marks": w.marks,
            }
            for w in solution.steps
        ],
    }


def marked(variant: Variant, marking: Marking) -> dict[str, Any]:
    """What `dlexam mark --json` says."""
    return {
        "marks": [
            {
                "step": m.step,
                "verdict": m.verdict,
                "marks": float(m.marks),
                "out_of": float(m.out_of),
                "note": m.note,
                "words": m.words,
                "read": m.read,
                "accepted": variant.accepted(m.step),
                "cells": m.cells or None,
            }
            for m in marking.marks
        ],
        "total": float(marking.total),
        "out_of": float(marking.out_of),
    }
