"""Run the `$ dlexam ...` lines in the pages of docs/ and write what they print under them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from dlexam.cli import main

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = ("how-marks-are-decided.md",)


def rewritten(page: str) -> str:
    """A page whose examples show what their commands print now."""
    return BLOCK.sub(lambda block: f"```console\n{run(block[1])}```", page)


def run(block: str) -> str:
    """The commands of a block, each with its output."""
    lines = re.findall(r"^\$ ((?:.*\\\n)*.*)$", block, re.MULTILINE)
    return "".join(f"$ {line}\n{output(line)}" for line in lines)


def output(line: str) -> str:
    """What one command prints."""
    done = CliRunner().invoke(main, shlex.split(line.replace("\\\n", " "))[1:])
    return "".join(f"{text.rstrip()}\n" for text in done.output.splitlines())


if __name__ == "__main__":
    for name in PAGES:
        path = Path(__file__).parent / name
        path.write_text(rewritten(path.read_text(encoding="utf-8")), encoding="utf-8")
