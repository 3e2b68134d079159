"""A bank: folders of question files, `{id: Question}`, read only as far as asked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from random import Random

from dlexam.folders import bundled
from dlexam.graph import QuestionError, did_you_mean
from dlexam.load import load
from dlexam.question import Question


class Bank(Mapping[str, Question]):
    """Questions by id. Later folders override earlier ones file by file; files load when asked for."""

    def __init__(self, *folders: Path) -> None:
        """Find the files; raise QuestionError for a folder without any."""
        self.folders = folders or (bundled("question_bank"),)
        self.paths: dict[str, Path] = {}
        self._loaded: dict[str, Question] = {}
        for folder in self.folders:
            found = sorted(folder.glob("*/*.py"))
            if not found and not (folder / "contents.toml").is_file():
                why = "there are no questions in it" if folder.is_dir() else "no such folder of questions"
                raise QuestionError(f"{folder}: {why}. Name a folder with <topic>/<question>.py files.")
            self.paths |= {f"{path.parent.name}/{path.stem}": path for path in found}

    @cached_property
    def contents(self) -> dict[str, dict[str, object]]:
        """The order and the titles of topics, from `contents.toml` in the folders."""
        merged: dict[str, dict[str, object]] = {}
        for folder in self.folders:
            file = folder / "contents.toml"
            if file.is_file():
                merged |= tomllib.loads(file.read_text(encoding="utf-8"))
        return merged

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """All ids in teaching order; what `contents.toml` does not name comes last."""
        listed = [f"{t}/{q}" for t, about in self.contents.items() for q in list(about["order"])]  # type: ignore[call-overload]
        place = {id: i for i, id in enumerate(listed)}
        topics = {t: i for i, t in enumerate(self.contents)}
        return tuple(
            sorted(
                self.paths,
                key=lambda i: (topics.get(i.split("/")[0], 999), place.get(i, 9999), i),
            )
        )

    def topic_title(self, topic: str) -> str:
        """A topic's title."""
        return str(self.contents.get(topic, {}).get("title", topic.replace("_", " ").capitalize()))

    def __iter__(self) -> Iterator[str]:
        """The ids in teaching order."""
        return iter(self.ids)

    def __contains__(self, id: object) -> bool:
        """Whether there is a file for the id; it is not loaded."""
        return id in self.paths

    def __len__(self) -> int:
        """How many questions there are."""
        return len(self.paths)

    def __getitem__(self, id: str) -> Question:
        """Load one question. Raises QuestionError for an unknown id."""
        if id not in self.paths:
            names = {i.partition("/")[2]: i for i in self.paths}
            hint = f" Did you mean '{names[id]}'?" if id in names else did_you_mean(id, self.paths)
            msg = f"{id}: no such question.{hint or ' `dlexam list` shows all.'}"
            raise QuestionError(msg)
        if id not in self._loaded:
            self._loaded[id] = load(self.paths[id], id)
        return self._loaded[id]

    def select(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """The ids that topics, ids, wildcards (`*/adam*`) or tags name; all without any.

        Raises QuestionError for a name that matches nothing.
        """
        if not wanted:
            return self.ids
        chosen: dict[str, None] = {}
        for name in wanted:
            found = [id for id in self.ids if id == name or id.startswith(f"{name}/") or fnmatch(id, name)]
            found = found or [id for id in self.ids if self.has_tag(id, name)]
            if not found:
                topics = {id.split("/")[0] for id in self.ids}
                hint = did_you_mean(name, [*self.ids, *topics, *(i.split("/")[1] for i in self.ids)])
                msg = f"{name}: no such topic, question or tag.{hint or ' `dlexam list` shows all.'}"
                raise QuestionError(msg)
            chosen |= dict.fromkeys(found)
        return tuple(chosen)

    def has_tag(self, id: str, tag: str) -> bool:
        """Whether a question has a tag; a file that cannot be loaded has none."""
        try:
            return tag in self[id].about.tags
        except QuestionError:
            return False

    def sample(self, wanted: tuple[str, ...], n: int, seed: int | str) -> tuple[str, ...]:
        """`n` of the selected ids in teaching order; more than there are repeats them."""
        pool = self.select(wanted)
        random = Random(f"sample/{seed}")
        rounds = [*pool] * (n // len(pool)) + sorted(random.sample(pool, n % len(pool)), key=pool.index)
        return tuple(sorted(rounds, key=pool.index))


def load_bank(*folders: Path | str) -> Bank:
    """The bundled bank, with the questions of other folders added to or overriding it."""
    return Bank(bundled("question_bank"), *map(Path, folders))
