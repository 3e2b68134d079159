"""exam.json: the private record of an exam, and when its papers may be marked with the questions at hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from dlexam import files
from dlexam.bank import Bank
from dlexam.exam.blueprint import BlueprintError
from dlexam.exam.exam import Draw, Exam
from dlexam.exam.reading import blueprint
from dlexam.exam.roster import Student
from dlexam.graph import QuestionError

FILE = "exam.json"
PRIVATE = 0o600
NOTE = "Whoever has this file has every paper and its answers. Keep it private, until all appeals are over."
MOST_NAMED = 10


def save_exam(exam: Exam, folder: Path) -> Path:
    """Write the record of an exam, readable for its owner only; whole or not at all."""
    return files.write(folder / FILE, written(exam), PRIVATE)


def written(exam: Exam, only: str = "") -> str:
    """The record as JSON, a line a student; with `only` that of a single paper."""
    roster, draws = exam.roster, exam.draws
    if only:
        holder = exam.holder(only)
        roster, draws = (exam.person(only),) * bool(exam.roster), {holder: exam.draws[holder]}
    whole = {
        "note": NOTE,
        "dlexam": exam.tool,
        "secret": exam.secret.hex(),
        "blueprint": exam.blueprint.written,
        "questions": exam.hashes,
        "roster": [plain(student) for student in roster],
        "draws": {holder: [astuple(draw) for draw in drawn] for holder, drawn in draws.items()},
    }
    parts = (f"{json.dumps(key)}: {value_lines(value)}" for key, value in whole.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def value_lines(value: Any) -> str:
    """A value as JSON: long lists and dictionaries with an entry a line."""
    if isinstance(value, list) and value:
        return "[\n  " + ",\n  ".join(compact(part) for part in value) + "\n]"
    if isinstance(value, Mapping) and value:
        return "{\n  " + ",\n  ".join(f"{json.dumps(k)}: {compact(v)}" for k, v in value.items()) + "\n}"
    return compact(value)


def compact(value: Any) -> str:
    """A value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def plain(student: Student) -> dict[str, Any]:
    """What is known of a student, without what is not."""
    known = {f.name: getattr(student, f.name) for f in fields(student)}
    return {name: value for name, value in known.items() if value}


def load_exam(path: Path, bank: Bank, trust: bool = False) -> Exam:
    """The exam in a folder or in its exam.json.

    Raises QuestionError where question files have changed since, with their names, unless they are trusted.
    """
    file = path / FILE if path.is_dir() else path
    if not file.is_file():
        raise QuestionError(f"{file}: there is no exam here. Name the folder that `dlexam exam build` made.")
    exam = read(file.read_text(encoding="utf-8"), bank, str(file))
    used = {draw.question for draws in exam.draws.values() for draw in draws}
    check_files(exam, used, trust)
    return exam


def read(text: str, bank: Bank, name: str = FILE) -> Exam:
    """The exam of a record. Raises QuestionError for one that is damaged."""
    try:
        whole = json.loads(text)
        return Exam(
            blueprint(whole["blueprint"], name),
            bank,
            bytes.fromhex(whole["secret"]),
            tuple(Student(**s) for s in whole["roster"]),
            dict(whole["questions"]),
            {holder: tuple(Draw(*d) for d in draws) for holder, draws in whole["draws"].items()},
            str(whole["dlexam"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, BlueprintError) as problem:
        why = f"this is no record of an exam ({' '.join(str(problem).split())[:80]})"
        raise QuestionError(f"{name}: {why}. Bring back the file as it was.") from None


def check_files(exam: Exam, used: Iterable[str], trust: bool) -> None:
    """Raise QuestionError for question files that are not what the papers were drawn from."""
    now = hashes(exam.bank, used)
    gone = sorted(id for id in used if id not in now)
    changed = sorted(id for id in now if now[id] != exam.hashes.get(id))
    if gone:
        raise QuestionError(f"{named(gone)}: on the papers, not in the bank. Name its folder with --bank.")
    if changed and not trust:
        have = "has" if len(changed) == 1 else "have"
        msg = f"{named(changed)}: {have} changed since the papers were made. Name the folder of questions "
        raise QuestionError(msg + "as it was with --bank, or go on with --trust-current.")


def named(ids: list[str]) -> str:
    """Some ids, the first ten by name."""
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return ", ".join(ids[:MOST_NAMED]) + more


def hashes(bank: Bank, ids: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of the question files that there are; line ends of Windows make no difference."""
    paths = {id: bank.paths[id] for id in sorted(ids) if id in bank.paths}
    return {id: hashlib.sha256(p.read_bytes().replace(b"\r\n", b"\n")).hexdigest() for id, p in paths.items()}
