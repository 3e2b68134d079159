"""The command line: its contract, its help, and what it says to bad input."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dlexam.cli import main

DOT = ["linear_algebra/dot_product", "--given", "a=[1,2]", "--given", "b=[3,4]"]


def run(*arguments: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("name", main.commands)
def test_help_has_an_example_that_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command explains itself with an example, and the example works."""
    shown = run(name, "--help")
    assert shown.exit_code == 0
    example = re.search(r"Example:\n\s+dlexam (.*)", shown.stdout)
    assert example, name
    monkeypatch.chdir(tmp_path)
    Path("answers.csv").write_text("student,question,part,answer\n7,1,a,0.5\n", encoding="utf-8")
    if name == "report":
        run("grade", "optimizers -n 1", "answers.csv", "-o", "marks")
    arguments = shlex.split(example[1])
    if name == "check":
        arguments += ["--seeds", "1", "--no-pytorch"]
    done = run(*arguments)
    assert done.exit_code == (name == "grade"), done.output  # the example class left questions out


def test_solve_json() -> None:
    """The contract of `solve --json`."""
    told = json.loads(run("solve", *DOT, "--json").stdout)
    assert set(told) == {"id", "given", "answers", "steps"}
    assert told["answers"] == {"dot": 11}
    assert told["given"]["a"] == [1, 2]


def test_mark_json() -> None:
    """The contract of `mark --json`."""
    told = json.loads(run("mark", *DOT, "--answer", "dot=10", "--json").stdout)
    assert set(told) == {"marks", "total", "out_of"}
    assert {"step", "verdict", "marks", "out_of", "note", "words"} <= set(told["marks"][0])
    assert told["marks"][0]["note"] == "dot:added_instead_of_multiplied"
    assert told["total"] == 0


def test_list_json() -> None:
    """The contract of `list --json`."""
    rows = json.loads(run("list", "linear_algebra", "--json").stdout)
    keys = {"id", "title", "topic", "given", "ask", "mistakes", "levels"}
    assert all(keys <= set(row) and row["topic"] == "linear_algebra" for row in rows)


BAD = {
    "unknown id": (["show", "optimizers/adm"], "optimizers/adm: no such question. Did you mean 'optimizers/adam'?"),
    "id without its topic": (["show", "adam"], "adam: no such question. Did you mean 'optimizers/adam'?"),
    "unknown topic": (["list", "convolutoin"], "convolutoin: no such topic, question or tag. Did you mean 'convolution'?"),
    "unknown given": (["solve", "linear_algebra/dot_product", "--given", "c=1"], "--given c: linear_algebra/dot_product has no such given."),
    "given of a wrong type": (["solve", "linear_algebra/dot_product", "--given", 'a="x"'], '--given a="x": this is of another type.'),
    "ragged given": (["solve", "linear_algebra/matrix_product", "--given", "A=[[1],[2,3]]"], "--given A=[[1], [2, 3]]: this is of another type."),
    "givens that do not fit": (["solve", "linear_algebra/dot_product", "--given", "a=[1]", "--given", "b=[1,2]"], "dot_product.py: a step cannot be computed from these givens:"),
    "no equals sign": (["mark", "linear_algebra/dot_product", "--answer", "dot"], "--answer dot: there is no '='. Write --answer NAME=VALUE."),
    "unknown answer": (["mark", "linear_algebra/dot_product", "--answer", "dor=1"], "dor: linear_algebra/dot_product does not ask this. Did you mean 'dot'?"),
    "unknown format": (["practice", "-o", "sheet.doc"], "sheet.doc: no such format. End the name in .html or .pdf."),
    "no such bank": (["list", "--bank", "nowhere"], "nowhere: no such folder of questions."),
    "empty bank": (["check", "{empty}"], "{empty}: there are no questions in it."),
    "not an id": (["new", "Adam"], "Adam: not the id of a question."),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), BAD.values(), ids=BAD.keys())
def test_bad_input_gets_one_line(arguments: list[str], message: str, tmp_path: Path) -> None:
    """What, why and what to do, in one line; the exit code is 2; never a traceback."""
    done = run(*(argument.replace("{empty}", str(tmp_path)) for argument in arguments))
    assert done.stderr.startswith(f"dlexam: {message}".replace("{empty}", str(tmp_path)))
    assert done.stderr.count("\n") == 1
    assert done.exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["frob"], ": No such command 'frob'. Try "),
        (["--frob"], ": No such option '--frob'. Try "),
        (["practice", "--frob"], " practice: No such option '--frob'. Did you mean '--form'? Try "),
        (["show"], " show: Missing argument 'ID'. Try "),
        (["exam", "build"], " exam build: Missing argument 'BLUEPRINT'. Try "),
        (["practice", "-o", "a.html", "--templates", "tests"], "nothing in it replaces a template"),
    ],
)
def test_a_command_that_is_not_understood_gets_one_line(arguments: list[str], message: str) -> None:
    """Unknown commands and options, missing arguments and values out of range."""
    done = run(*arguments)
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith(" --help.\n")
    assert done.exit_code == 2


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_practice_writes_solutions_apart(form: str, tmp_path: Path) -> None:
    """`--solutions separate` writes two files; `none` writes one without solutions."""
    arguments = ["practice", "linear_algebra", "-n", "2", "-o"]
    apart = run(*arguments, str(tmp_path / f"a.{form}"), "--solutions", "separate")
    assert apart.exit_code == 0, apart.output
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"a-solutions.{form}", f"a.{form}"]
    assert run(*arguments, str(tmp_path / f"b.{form}"), "--solutions", "none").exit_code == 0


def test_same_seed_same_sheet(tmp_path: Path) -> None:
    """A sheet depends on its seed only."""
    pages = []
    for name in ("a.html", "b.html"):
        run("practice", "-n", "4", "--seed", "9", "-o", str(tmp_path / name))
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1]


def test_a_new_question_is_sound(tmp_path: Path) -> None:
    """What `new` writes can be shown and checked at once, and is never written over."""
    assert run("new", "demo/mine", "--bank", str(tmp_path)).exit_code == 0
    assert run("show", "demo/mine", "--bank", str(tmp_path), "--solution").exit_code == 0
    assert run("check", str(tmp_path), "--seeds", "5", "--no-pytorch").exit_code == 0
    assert run("new", "demo/mine", "--bank", str(tmp_path)).exit_code == 2


def test_a_private_bank_overrides_file_by_file(tmp_path: Path) -> None:
    """A file of the same id replaces the bundled one; the others stay."""
    run("new", "optimizers/adam", "--bank", str(tmp_path))
    assert "weighted input" in run("show", "optimizers/adam", "--bank", str(tmp_path)).stdout
    assert run("show", "linear_algebra/dot_product", "--bank", str(tmp_path)).exit_code == 0


def test_help_loads_nothing_heavy() -> None:
    """`dlexam --help` starts without NumPy, SymPy, Jinja or WeasyPrint."""
    code = "import sys, dlexam.cli; print([m for m in ('numpy', 'sympy', 'jinja2', 'weasyprint') if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
