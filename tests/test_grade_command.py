"""`dlexam grade` and `dlexam report` with input that is no good: one line, exit code 2, nothing lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dlexam.cli import main

SHEET = "optimizers/adam -n 1 --seed 7"
STUDENT = "=HYPERLINK(1)"  # on a practice sheet the ids are what students write

pytestmark = pytest.mark.usefixtures("room")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with answers, marked once, and files of other makes."""
    monkeypatch.chdir(tmp_path)
    Path("answers.csv").write_text(f"student,1.m_new,1.v_new\n{STUDENT},-0.34,**x**<b>\n", encoding="utf-8")
    Path("other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    Path("blob").write_bytes(b"\xe4\x00\xff")
    assert grade("--gradebook", "gradescope").exit_code == 1


def grade(*options: str) -> Result:
    """Mark the sheet."""
    return CliRunner().invoke(main, ["grade", SHEET, "answers.csv", "--feedback", "none", *options])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["answres.csv"], "'answres.csv' does not exist"),
        (["--gradebook", "canvas", "--lms-export", "other.csv"], "no column SIS User ID"),
        (["--gradebook", "canvas", "--lms-export", "blob"], "no column SIS User ID"),
        (["--by-hand", "other.csv"], "no column 'student'"),
        (["--by-hand", "blob"], "no column 'student'"),
        (["--accept", "optimizers/adam.m_new=about"], "'about' is no number"),
        (["--policy", "blob"], "blob: not a TOML file"),
        (["-o", "blob/marks"], "blob/marks: not a directory. Check the path"),
        (["-o", "blob/marks/deep"], "blob/marks/deep: not a directory. Check the path"),
    ],
    ids=["no file", "no export", "binary export", "no queries", "binary queries", "no value", "no policy", "no folder", "no folder above"],
)
def test_bad_input_leaves_the_marks_as_they_were(options: list[str], says: str) -> None:
    """One line on what to do; the marks of before are untouched."""
    before = {path: path.read_bytes() for path in Path("marks").rglob("*") if path.is_file()}
    done = grade(*options)
    assert (done.exit_code, says in done.stderr) == (2, True), done.stderr
    assert {path: path.read_bytes() for path in Path("marks").rglob("*") if path.is_file()} == before


def test_a_run_without_answers_does_not_wipe_the_marks() -> None:
    """An empty file in place of the answers leaves everything as it was, and a person is asked."""
    before = Path("marks/marks.csv").read_bytes()
    Path("answers.csv").write_bytes(b"")
    done = grade()
    assert (done.exit_code, "marks: nobody's answers were read" in done.stderr) == (1, True), done.stderr
    assert Path("marks/marks.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ("optimizers/adam --seed 'x", "a quotation mark is not closed"),
        ("optimizers/adam -n 1 --seed", "'--seed' requires an argument"),
        ("optimizers/adm -n 1", "no such topic"),
    ],
)
def test_small_print_that_was_copied_badly(sheet: str, says: str) -> None:
    """One line on what is wrong with it."""
    done = CliRunner().invoke(main, ["grade", sheet, "answers.csv"])
    assert (done.exit_code, says in done.stderr) == (2, True), done.stderr


def test_feedback_of_an_earlier_run_is_told() -> None:
    """Pages that are not made again may have other marks than the gradebook has now."""
    assert "feedback" not in grade().stderr
    assert grade("--feedback", "html").exit_code == 1
    assert "marks/feedback: of an earlier run" in grade().stderr


def test_a_rule_that_no_answer_meets_is_told() -> None:
    """A misspelt note in a policy changes nothing, and the instructor reads so."""
    Path("marking.toml").write_text('[keeps]\nsgn = 0.5\n', encoding="utf-8")
    assert "marking.toml: sgn: no answer of this class has that note." in grade("--policy", "marking.toml").stderr


@pytest.mark.parametrize("command", ["grade", "report"])
def test_marks_of_another_make_are_not_written_over(command: str) -> None:
    """A marks.csv that cannot be read is told and kept."""
    Path("marks/marks.csv").write_bytes(b"a;b\n1;2\n")
    done = grade() if command == "grade" else CliRunner().invoke(main, ["report", "marks"])
    assert (done.exit_code, "no column 'student'" in done.stderr) == (2, True), done.stderr
    assert Path("marks/marks.csv").read_bytes() == b"a;b\n1;2\n"


def test_what_students_write_is_never_run() -> None:
    """Ids and answers are cells that no spreadsheet runs, and words repeat them as plain text."""
    for path in Path("marks").glob("*.csv"):
        assert not any(line.startswith("=") for line in path.read_text(encoding="utf-8-sig").splitlines())
    (results,) = Path("marks/gradescope").rglob("results.json")
    tests = json.loads(results.read_text(encoding="utf-8"))["tests"]
    assert {t["output_format"] for t in tests if "<b>" in t["output"]} == {"text"}
    assert "0 of 1 students change" in grade().stderr  # the id is found again
