"""The documentation: what it claims is run."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from dlexam.bank import Bank
from dlexam.cli import main

ROOT = Path(__file__).parent.parent
PAGES = ["README.md", "docs/write-a-question.md"]
COMMANDS = [
    (name, line.split("#")[0].strip())
    for name in PAGES
    for line in re.findall(r"^    (dlexam .*)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize("name", PAGES)
def test_commands_of_a_page(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of a page run in their order and succeed."""
    monkeypatch.chdir(tmp_path)
    for page, line in COMMANDS:
        if page == name:
            arguments = shlex.split(line)[1:]
            if arguments[0] == "check":
                arguments += ["--seeds", "1", "--no-pytorch"]
            done = CliRunner().invoke(main, arguments)
            assert done.exit_code == 0, f"{line}: {done.output}"


def test_the_question_of_the_readme_is_sound(tmp_path: Path) -> None:
    """The question file in the README passes every law."""
    source = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert source
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "neuron.py").write_text(source[1], encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(tmp_path), "--seeds", "10", "--no-pytorch"])
    assert done.exit_code == 0, done.output


def test_links_of_pages_exist() -> None:
    """Relative links lead to files."""
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_curriculum_page_is_up_to_date(bank: Bank) -> None:
    """docs/curriculum.md is what the bank makes; `make docs` writes it anew."""
    made = runpy.run_path(str(ROOT / "docs" / "make_curriculum.py"))["page"](bank)
    assert (ROOT / "docs" / "curriculum.md").read_text(encoding="utf-8") == made


def test_every_command_is_in_the_readme_or_a_guide() -> None:
    """No command is undocumented."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    text = " ".join(page.read_text(encoding="utf-8") for page in pages)
    assert all(f"dlexam {name}" in text for name in main.commands)
