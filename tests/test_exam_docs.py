"""docs/set-an-exam.md: its plan, its roster and its commands work, in their order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from dlexam.bank import Bank
from dlexam.cli import main
from dlexam.exam import load_exam
from dlexam.exam.vocabulary import EXAM, QUESTION, SECTION
from dlexam.files import table

PAGE = (Path(__file__).parent.parent / "docs" / "set-an-exam.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    (dlexam exam .*)$", PAGE, re.MULTILINE)
MARKING = re.findall(r"^    (dlexam (?:grade|report) .*)$", PAGE, re.MULTILINE)


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
    mark()


def mark() -> None:
    """The rest of the page: the answers of the class, typed in, are marked."""
    exam = load_exam(Path("midterm"), Bank())
    rows = [
        (student, item.number, step.name, item.variant.kinds[step.name].text(item.variant.values[step.name]))
        for student in exam.students
        for item in exam.paper(student).items
        for step in item.parts.values()
    ]
    Path("answers.csv").write_text(table(("student", "question", "part", "answer"), rows), encoding="utf-8")
    for line in MARKING:
        done = CliRunner().invoke(main, shlex.split(line)[1:])
        assert done.exit_code == 0, f"{line}: {done.output}"
    book = Path("marks/gradebook.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[-2] for line in book[1:]] == ["16", "16", "16"]
    named = re.findall(r"^\| `([\w.-]+)/?` \|", PAGE.split("| in `marks/` | is |")[1], re.MULTILINE)
    assert set(named) - {"needs-a-person.csv"} <= {path.name for path in Path("marks").iterdir()}


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
