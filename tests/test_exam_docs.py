"""docs/set-an-exam.md: its plan, its roster and its commands work, in their order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from dlexam.cli import main
from dlexam.exam.vocabulary import EXAM, QUESTION, SECTION

PAGE = (Path(__file__).parent.parent / "docs" / "set-an-exam.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    (dlexam exam .*)$", PAGE, re.MULTILINE)


def block(language: str) -> str:
    """The code of the page in a language."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_commands_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the plan to the folder; building again finds everything there."""
    monkeypatch.chdir(tmp_path)
    Path("roster.csv").write_text(block("csv"), encoding="utf-8")
    told = []
    for line in COMMANDS:
        arguments = shlex.split(line)[1:]
        quick = ["--format", "html"] if "build" in arguments else []
        done = CliRunner().invoke(main, [*arguments, *quick])
        assert done.exit_code == 0, f"{line}: {done.output}"
        told.append(done.stdout)
        if "new" in arguments:
            Path("midterm.toml").write_text(block("toml"), encoding="utf-8")
    assert "3 papers made" in told[-2]
    assert "0 papers made, 3 were there" in told[-1]
    made = {path.name for path in Path("midterm").iterdir()}
    named = set(re.findall(r"`([\w.]+)/?`", PAGE.split("| in `midterm/` | is |")[1].split("\n\n")[0]))
    assert named - {"print.pdf"} <= made


def test_every_key_and_option_is_on_the_page() -> None:
    """The page leaves no key of a plan and no option of a build out."""
    for key in {*EXAM, *SECTION, *QUESTION} - {"section", "question"}:
        assert f"`{key}`" in PAGE, key
    build = main.commands["exam"].commands["build"]  # type: ignore[attr-defined]
    listed = PAGE + "".join(f"--{name}" for name in ("no-solutions", "no-schemes", "templates"))
    assert not [o.opts for o in build.params if o.opts[-1].startswith("--") and o.opts[-1] not in listed and "-o" not in o.opts]


def test_every_exam_command_has_an_example() -> None:
    """`--help` of each command shows one that is on the page or like it."""
    for name in main.commands["exam"].commands:  # type: ignore[attr-defined]
        shown = CliRunner().invoke(main, ["exam", name, "--help"])
        assert f"Example:\n    dlexam exam {name} midterm.toml" in shown.stdout, name
