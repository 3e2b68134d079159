"""What of a folder is finished, so that a build that was stopped goes on where it was."""

from __future__ import annotations

from pathlib import Path

from dlexam import files

JOURNAL = ".built"


class Journal:
    """Which files of a folder are finished, and what they were made from: a line after each file."""

    def __init__(self, folder: Path) -> None:
        """Read what is there; the last line may be torn."""
        self.folder, self.path = folder, folder / JOURNAL
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        self.keys = dict(line.split(" ", 1)[::-1] for line in lines if line.count(" ") == 1)

    def has(self, name: str, key: str) -> bool:
        """Whether a file is there, made from the same."""
        return self.keys.get(name) == key and (self.folder / name).is_file()

    def write(self, name: str, key: str, content: bytes) -> None:
        """Write a file, then the line that says so."""
        files.write(self.folder / name, content, 0o600)
        with self.path.open("a", encoding="utf-8") as journal:
            journal.write(f"{key} {name}\n")
        self.keys[name] = key
