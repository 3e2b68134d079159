"""Broken question files: each has one defect, and its first line is the message that the author reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from dlexam.cli import main

FILES = sorted((Path(__file__).parent / "broken").glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_one_line_for_the_author(path: Path, tmp_path: Path) -> None:
    """The message is one line with the file's name, and the exit code is 2."""
    (tmp_path / "broken").mkdir()
    shutil.copy(path, tmp_path / "broken")
    done = CliRunner().invoke(main, ["show", f"broken/{path.stem}", "--bank", str(tmp_path)])
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    assert done.stderr == f"dlexam: {expected}\n"
    assert done.exit_code == 2


def test_check_goes_on_after_a_broken_file(tmp_path: Path) -> None:
    """A broken file is named, the others are checked, and the exit code says that something needs a person."""
    (tmp_path / "topic").mkdir()
    shutil.copy(Path(__file__).parent / "broken" / "circle.py", tmp_path / "topic" / "broken.py")
    CliRunner().invoke(main, ["new", "topic/sound", "--bank", str(tmp_path)])
    done = CliRunner().invoke(main, ["check", str(tmp_path), "--seeds", "3", "--no-pytorch"])
    assert done.exit_code == 1
    assert "broken.py: a() needs itself" in done.stderr
    assert "topic/sound" in done.stdout


def test_list_goes_on_after_a_broken_file(tmp_path: Path) -> None:
    """A broken file is named, the others are listed, and the exit code says that something needs a person."""
    (tmp_path / "demo").mkdir()
    shutil.copy(Path(__file__).parent / "broken" / "circle.py", tmp_path / "demo" / "broken.py")
    done = CliRunner().invoke(main, ["list", "--bank", str(tmp_path)])
    assert done.exit_code == 1
    assert "broken.py: a() needs itself" in done.stderr
    assert "optimizers/adam" in done.stdout
