"""Names that cannot be printed: papers, feedback and gradebooks are made, and a person is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dlexam.cli import main
from dlexam.exam.blanks import remarks
from dlexam.render.letters import blank

PLAN = 'title = "Midterm"\n[[section]]\n[[section.question]]\nid = "linear_algebra/dot_product"\n'
NO_FONT = "\u0378"  # no letter, and so in no font
PDF = ["--format", "pdf", "--no-solutions", "--no-schemes"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plan and a roster of three, of whom two have something that no font can print."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "midterm.toml").write_text(PLAN, encoding="utf-8")
    lines = f"student,name,seat\ns0,Zoë Łuk,1\ns1,Bo{NO_FONT},2\ns2,Cy,3{NO_FONT}\n"
    (tmp_path / "roster.csv").write_text(lines, encoding="utf-8")
    return tmp_path


def run(*options: str) -> Result:
    """Build in this process."""
    return CliRunner().invoke(main, ["exam", "build", "midterm.toml", "--roster", "roster.csv", "-o", "midterm", *options])


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_names_without_a_font_are_told(engine: str, place: Path) -> None:
    """Their papers are made, with one line for all of them; the same line where everything is there already."""
    done = run(*PDF, "--engine", engine)
    assert (done.exit_code, "3 papers made" in done.stdout) == (1, True), done.output
    why = "letters of their names stay blank: no font of this computer has U+0378"
    advice = "Install a font (fonts-noto-cjk, say) and build again, or write Latin letters in the roster."
    assert done.stderr == f"dlexam: s1, s2: {why}. {advice}\n"
    assert (place / "midterm/print.pdf").exists()
    again = run(*PDF, "--engine", engine)
    assert (again.exit_code, "0 papers made, 3 were there" in again.stdout) == (1, True)
    assert again.stderr == done.stderr


def test_papers_are_made_anew_with_a_new_font(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of whom something was blank, and no others."""
    assert run(*PDF, "--engine", "typst").exit_code == 1
    monkeypatch.setattr("dlexam.render.letters.blank", lambda *_: frozenset())
    done = run(*PDF, "--engine", "typst")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "2 papers made" in done.stdout
    assert "1 were there" in done.stdout


def test_a_browser_has_fonts(place: Path) -> None:
    """Nothing is said of pages in HTML."""
    done = run("--format", "html")
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"Bo{NO_FONT}" in (place / "midterm/papers/s1.html").read_text(encoding="utf-8")


def test_feedback_and_gradebooks_take_any_name(place: Path) -> None:
    """A letter that no font has is in the pages and tables of those who are marked, and stops nothing."""
    assert run("--format", "html").exit_code == 0
    answers = "student,name,1\ns0,Zoë Łuk,1\ns1,,2\n,Cy,3\n"
    (place / "answers.csv").write_text(answers, encoding="utf-8")
    export = f"Student,ID,SIS User ID,SIS Login ID,Section\nZoë Łuk,1,s0,,\nBo{NO_FONT},2,s1,,\nCy,3,s2,,\n"
    (place / "export.csv").write_text(export, encoding="utf-8")
    options = ["-o", "marks", "--feedback", "both", "--gradebook", "canvas", "--lms-export", "export.csv"]
    done = CliRunner().invoke(main, ["grade", "midterm", "answers.csv", *options])
    assert (done.exit_code, done.stderr) == (0, "")
    assert {path.name for path in (place / "marks/feedback").iterdir()} == {f"s{n}.{form}" for n in range(3) for form in ("html", "pdf")}
    assert f"Bo{NO_FONT}" in (place / "marks/feedback/s1.html").read_text(encoding="utf-8")
    assert f"Bo{NO_FONT}" in (place / "marks/gradebook-canvas.csv").read_text(encoding="utf-8-sig")


def test_letters_are_not_looked_for_with_broken_templates(place: Path) -> None:
    """What is wrong with them is said, a line a paper, and nothing else."""
    (place / "mine/pdf").mkdir(parents=True)
    (place / "mine/pdf/sheet.css").write_text("{% if %}", encoding="utf-8")
    done = run(*PDF, "--engine", "weasyprint", "--templates", "mine")
    assert done.exit_code == 1
    assert [line[:11] for line in done.stderr.splitlines()] == ["dlexam: s0:", "dlexam: s1:", "dlexam: s2:"]


def test_the_first_of_many_are_named() -> None:
    """Ten students and ten letters, then how many more; what nothing shows is named by its code."""
    blanks = {f"s{n}": chr(0x738B + n) for n in range(12)} | {"s12": NO_FONT}
    (said,) = remarks(blanks)
    assert said.startswith("s0, s1, s2, s3, s4, s5, s6, s7, s8, s9 and 3 more: letters of their names stay blank: ")
    assert " has U+0378, 王, " in said
    assert " and 3 more. Install a font" in said
    assert remarks({}) == []


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_which_letters_have_no_font(engine: str) -> None:
    """Letters of no font, and no accents, joiners, controls and spaces."""
    assert blank(f"Zoë Ł. e\u0301 \u03a9\u200d\ufe0f\u202e\x07 {NO_FONT}\U0001ffff", engine) == {NO_FONT, "\U0001ffff"}
    assert blank("Zoë Łukasz Ørsted", engine) == frozenset()


def test_the_engines_agree() -> None:
    """Also on a letter that is taken apart where no font has it."""
    text = "王נम\u0e33한"
    assert blank(text, "weasyprint") == blank(text, "typst")


def test_names_in_latin_letters_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No engine is asked of letters that the bundled fonts have."""
    monkeypatch.setattr("dlexam.render.typst.without_font", None)
    assert blank("Zoë Łukasz Ørsted-Ωmega O’Neill " * 2000, "typst") == frozenset()
