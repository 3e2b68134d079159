"""A blueprint from its TOML file: a closed vocabulary, and one line for everything that is wrong."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dlexam.exam.blueprint import Blueprint, BlueprintError, Entry, Section
from dlexam.exam.lines import Lines
from dlexam.exam.lines import Path as Place
from dlexam.exam.vocabulary import EXAM, QUESTION, SECTION, SETTINGS, Read
from dlexam.graph import did_you_mean


def read_blueprint(path: Path) -> Blueprint:
    """The blueprint in a file. Raises BlueprintError with everything that is wrong."""
    try:
        source = path.read_text(encoding="utf-8-sig")
        written = tomllib.loads(source)
    except UnicodeDecodeError:
        raise BlueprintError([f"{path.name}: this is not UTF-8 text. Save it as UTF-8."]) from None
    except tomllib.TOMLDecodeError as problem:
        raise BlueprintError([toml_line(path.name, source, str(problem))]) from None
    plain = json.loads(json.dumps(written, default=str))
    return blueprint(plain, path.name, source)


def toml_line(name: str, source: str, problem: str) -> str:
    """What TOML's reader says, with the line in front."""
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", problem)
    line = place[1] if place and place[1] else len(source.splitlines())
    what = problem[: place.start()] if place else problem
    return f"{name}:{line}: {what[:1].lower()}{what[1:]}: this is not TOML. Mend the line."


def blueprint(written: Mapping[str, Any], file: str, source: str = "") -> Blueprint:
    """The blueprint of a file that is read, or of the record of an exam."""
    reader = Reader(file, Lines(source))
    top = reader.values(written, EXAM, ())
    sections = reader.tables(top.pop("section", None), "section", ())
    made = tuple(reader.section(table, top, ("section", n)) for n, table in enumerate(sections))
    if "title" not in written:
        reader.problem((), 'the exam has no title. Write title = "..." at the top.')
    if "section" not in written:
        reader.problem((), "the exam has no [[section]]. Write one with its questions.")
    if reader.problems:
        raise BlueprintError([line for _, line in sorted(reader.problems)])
    own = {key: value for key, value in top.items() if key not in {*SETTINGS, "shuffle"}}
    return Blueprint(
        sections=made, written=written, file=file, total_line=reader.lines.of(("total",)), **own
    )


class Reader:
    """Reads tables key by key and keeps what is wrong with them."""

    def __init__(self, file: str, lines: Lines) -> None:
        """Remember where the tables are from."""
        self.file, self.lines = file, lines
        self.problems: list[tuple[int, str]] = []

    def problem(self, path: Place, what: str) -> None:
        """Note what is wrong at a key."""
        line = self.lines.of(path)
        self.problems.append((line, f"{self.file}:{line}: {what}"))

    def values(self, table: Mapping[str, Any], keys: Mapping[str, Read], path: Place) -> dict[str, Any]:
        """The values of a table's keys, each read by its reader."""
        found: dict[str, Any] = {}
        for key, value in table.items():
            if key not in keys:
                hint = did_you_mean(key, keys) or f" It knows {', '.join(keys)}."
                self.problem((*path, key), f"{where(path)} has no key '{key}'.{hint}")
                continue
            try:
                found[key] = keys[key](value)
            except ValueError as wanted:
                shown = json.dumps(value, ensure_ascii=False)[:40]
                self.problem((*path, key), f"{key} = {shown}: {wanted}")
        return found

    def tables(self, value: Any, key: str, path: Place) -> list[dict[str, Any]]:
        """A list of tables, as `[[key]]` makes it."""
        if value is None:
            return []
        if not value or not isinstance(value, list) or not all(isinstance(t, dict) for t in value):
            self.problem((*path, key), f"{key} is not a list of tables. Write [[{key}]] with two brackets.")
            return []
        return value

    def section(self, table: Mapping[str, Any], above: Mapping[str, Any], path: Place) -> Section:
        """One section; what it does not set is as the exam sets it."""
        own = self.values(table, SECTION, path)
        entries = self.tables(own.pop("question", None), "question", path)
        if "question" not in table:
            self.problem(path, f"{where(path)} asks nothing. Write [[section.question]] below it.")
        passed = {k: v for k, v in {**above, **own}.items() if k in SETTINGS}
        made = tuple(self.entry(t, passed, (*path, "question", n)) for n, t in enumerate(entries))
        kept = {k: v for k, v in own.items() if k not in SETTINGS}
        return Section(made, **{"shuffle": above.get("shuffle", False), **kept})

    def entry(self, table: Mapping[str, Any], above: Mapping[str, Any], path: Place) -> Entry:
        """One question or pool."""
        own = {**above, **self.values(table, QUESTION, path)}
        fixed, pool, pick = own.pop("id", ""), own.pop("from", ()), own.pop("pick", 0)
        if bool({"id"} & set(table)) == bool({"from", "pick"} & set(table)):
            how = "write id = for one question, or pick = and from = for a pool."
            self.problem(path, f"{where(path)}: {how}")
        elif "id" not in table and not {"from", "pick"} <= set(table):
            missing = "from" if "pick" in table else "pick"
            self.problem(path, f"{where(path)}: a pool needs {missing} =. Write pick = 3 and from = [...].")
        made = Entry((fixed,) if fixed else pool, 0 if fixed else pick, line=self.lines.of(path))
        return replace(made, **own)


def where(path: Place) -> str:
    """A table in words: the exam, section 2, question 3 of section 2."""
    numbers = [part + 1 for part in path if isinstance(part, int)]
    if not numbers:
        return "the exam"
    return f"section {numbers[0]}" if len(numbers) == 1 else f"question {numbers[1]} of section {numbers[0]}"
