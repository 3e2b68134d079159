"""JSON and JSON lines: an object a student, or an object an answer. Numbers keep their digits as written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from dlexam.kinds.reading import shown
from dlexam.submissions.address import LONGEST, Address, address, gathered
from dlexam.submissions.columns import ANSWER, IGNORED, PART, PEOPLE, QUESTION, TIMES, plain
from dlexam.submissions.delimited import decoded
from dlexam.submissions.entry import Answers, Origin
from dlexam.submissions.table import place
from dlexam.submissions.times import time_of

DEEPEST = 8
Value = str | None | list["Value"] | dict[str, "Value"]
Member = tuple[str, Address | None, Value]  # a name, the answer that it means, and what stands there


def read_json(data: bytes, origin: Origin) -> Answers:
    """The answers in a JSON file: an object, or a list of them."""
    value = parsed(decoded(data))
    if isinstance(value, ValueError):
        yield origin.trouble(f"not JSON: {value}. Mend it there, or export it again.")
        return
    yield from everybody(value, origin, "answer")


def read_jsonl(data: bytes, origin: Origin) -> Answers:
    """The answers in a file with a JSON object a line."""
    for number, line in enumerate(decoded(data).split("\n"), start=1):
        if not line.strip():
            continue
        value = parsed(line)
        here = origin.place(f"line {number}")
        if isinstance(value, ValueError):
            yield here.trouble(f"not JSON: {value}. Mend this line.")
        else:
            yield from somebody(value, here)


def parsed(text: str) -> Value | ValueError:
    """JSON with its numbers as text, or what is wrong with it."""
    try:
        read: Value = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as problem:
        return ValueError(f"{problem.msg} in line {problem.lineno}, column {problem.colno}")
    except RecursionError:
        return ValueError("it is nested too deeply")
    return read


def everybody(value: Value, origin: Origin, item: str) -> Answers:
    """A list of students or of answers, or one of them."""
    if not isinstance(value, list):
        yield from somebody(value, origin)
        return
    for number, each in enumerate(value, start=1):
        yield from somebody(each, origin.place(f"{item} {number}"))


def somebody(value: Value, origin: Origin) -> Answers:
    """The answers in one object, and who wrote them."""
    if not isinstance(value, dict):
        yield origin.trouble('not an object. Write {"student": "...", "answers": {"1.m_new": "..."}}.')
        return
    keys = {plain(key): key for key in reversed(value)}
    student = next((t for name in PEOPLE if name in keys and (t := word(value[keys[name]]))), origin.student)
    at = next((m for name in TIMES if name in keys and (m := time_of(word(value[keys[name]])))), origin.at)
    here = origin.by(student, at)
    if not student:
        yield here.trouble('no student is named. Add "student": "...".')
        return
    question, part, answers = (
        next((value[keys[n]] for n in names if n in keys), None) for names in (QUESTION, PART, ANSWER)
    )
    if any(n in keys for n in (*QUESTION, *PART)) and any(n in keys for n in ANSWER):
        where = place(word(question)[:LONGEST], word(part)[:LONGEST])
        yield from placed([(str(where), where, answers)], here)
    elif isinstance(answers, list):
        for each in answers:
            yield from somebody({"student": student, **each} if isinstance(each, dict) else each, here)
    else:
        yield from placed(flat(answers if isinstance(answers, dict) else rest(value)), here)


def rest(value: dict[str, Value]) -> dict[str, Value]:
    """The members of an object that can be answers."""
    known = {*PEOPLE, *TIMES, *IGNORED}
    return {key: each for key, each in value.items() if plain(key) not in known}


def flat(answers: dict[str, Value], above: str = "", depth: int = 0) -> Iterator[Member]:
    """Members with their addresses; `{"1": {"m_new": ...}}` is `1.m_new`."""
    for key, value in answers.items():
        name = f"{above}.{key.strip()}" if above else key.strip()
        if isinstance(value, dict) and depth < DEEPEST:
            yield from flat(value, name, depth + 1)
        else:
            yield name, address(name), value


def placed(answers: Iterable[Member], here: Origin) -> Answers:
    """Answers, the cells of matrices put together; names and values that are none are told."""
    good: list[tuple[Address, str]] = []
    for name, where, value in answers:
        text = written(value)
        if where is None:
            yield here.trouble(f"'{shown(name)}': names no answer. Name it like 1.m_new.")
        elif text is None:
            yield here.trouble(f"{where}: nested too deeply for an answer. Write it as text.")
        else:
            good.append((where, text))
    for where, text in gathered(good):
        yield here.entry(where, text)


def written(value: Value, depth: int = 0) -> str | None:
    """A value as text: text as it is, a list as `[[1, 2], [3, 4]]`; None where it is no answer."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: ""}[value]
    if isinstance(value, dict) or depth > DEEPEST:
        return None
    items = [written(item, depth + 1) for item in value]
    return None if None in items else f"[{', '.join(item for item in items if item is not None)}]"


def word(value: Value) -> str:
    """A value as an id or a time."""
    return (written(value) or "").strip()
