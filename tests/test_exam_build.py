"""Building a folder of papers: whole files only, the same ones however they are made, and what goes with them."""

from __future__ import annotations

import csv
import errno
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from pypdf import PdfReader

from dlexam.bank import load_bank
from dlexam.cli import main
from dlexam.exam import Exam, load_exam, secret
from dlexam.exam.build import build
from dlexam.exam.jobs import Wanted, engine, pools
from dlexam.exam.journal import JOURNAL
from dlexam.render import RenderError

PLAN = """\
title = "Midterm"
date = 2026-03-27
[[section]]
shuffle = true
[[section.question]]
id = "demo/product"
[[section.question]]
pick = 1
marks = 2
from = ["linear_algebra/dot_product", "losses/hinge"]
"""
QUESTION = '''\
"""A product

Compute $a b$ for $a = <a>$ and $b = <b>$.
"""

from dlexam import integers, step

given = dict(a=integers(2, 99), b=integers(2, 99))


@step(symbol="p", marks=1)
def p(a, b):
    """Multiply."""
    return a * b


@p.mistake()
def added(a, b):
    """You added."""
    return a + b
'''


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plan, a roster of six and a bank of one question, in which commands run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(secret.secrets, "token_bytes", Random("the same in every run").randbytes)
    (tmp_path / "midterm.toml").write_text(PLAN, encoding="utf-8")
    lines = "".join(f"s{n},Student {n}\n" for n in range(6))
    (tmp_path / "roster.csv").write_text(f"student,name\n{lines}", encoding="utf-8")
    question(tmp_path, QUESTION)
    return tmp_path


def question(place: Path, source: str) -> None:
    """Write the bank's question."""
    (place / "bank/demo").mkdir(parents=True, exist_ok=True)
    (place / "bank/demo/product.py").write_text(source, encoding="utf-8")


BUILD = ["exam", "build", "midterm.toml", "--bank", "bank", "-o", "midterm", "--format", "html"]


def run(*options: str) -> Result:
    """Build in this process."""
    return CliRunner().invoke(main, [*BUILD, "--roster", "roster.csv", *options])


def exam_in(folder: Path) -> Exam:
    """The exam of a folder."""
    return load_exam(folder, load_bank("bank"))


def contents(folder: Path) -> dict[str, bytes]:
    """The files of the papers."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*.*ml")) if p.is_file()}


def whole(folder: Path) -> bool:
    """Whether every page is whole and nothing half is left."""
    pages = contents(folder)
    return all(page.rstrip().endswith(b"</html>") for page in pages.values()) and not list(folder.rglob(".*.part"))


def test_a_folder_of_papers(place: Path) -> None:
    """Everything that the issue names is there, private, and a second run makes nothing."""
    done = run()
    assert done.exit_code == 0, done.output
    assert "6 papers made" in done.stdout
    assert "demo/product" in done.stdout
    folder = place / "midterm"
    for kind in ("papers", "solutions", "schemes"):
        assert {p.name for p in (folder / kind).iterdir()} == {f"s{n}.html" for n in range(6)}
    names = {p.name for p in folder.iterdir()}
    assert names == {"papers", "solutions", "schemes", "answers.csv", "answers.xlsx", "seating.csv", "exam.json", JOURNAL}
    assert not any(p.stat().st_mode & 0o077 for p in folder.rglob("*.*") if p.is_file() and p.name != JOURNAL)
    before = contents(folder)
    again = run()
    assert (again.exit_code, "0 papers made, 6 were there" in again.stdout) == (0, True)
    assert contents(folder) == before


def test_no_file_but_the_record_betrays_a_seed(place: Path) -> None:
    """Neither papers, lists and templates nor the journal hold the secret, a seed or a digest of the numbers."""
    assert run().exit_code == 0
    exam = exam_in(place / "midterm")
    secrets = {exam.secret.hex(), *(draw.check for draws in exam.draws.values() for draw in draws)}
    secrets |= {str(item.variant.seed) for s in exam.students for item in exam.paper(s).items}
    assert len(secrets) == 1 + 2 * 12
    for path in place.joinpath("midterm").rglob("*"):
        if path.is_file() and path.name != "exam.json":
            sheet = b"".join(ZipFile(path).read(name) for name in ZipFile(path).namelist()) if path.suffix == ".xlsx" else path.read_bytes()
            assert not [secret for secret in secrets if secret.encode() in sheet], path.name


def test_the_same_papers_with_any_number_of_workers(place: Path) -> None:
    """Byte for byte, here and in two processes, from the same exam.json."""
    assert run().exit_code == 0
    (place / "other").mkdir()
    shutil.copy(place / "midterm/exam.json", place / "other/exam.json")
    done = CliRunner().invoke(main, [*BUILD[:-3], "other", "--format", "html", "--workers", "2"])
    assert done.exit_code == 0, done.output
    assert contents(place / "other") == contents(place / "midterm")


def test_a_build_of_the_folder_needs_no_roster_and_refuses_another_plan(place: Path) -> None:
    """The roster is in exam.json; another plan is refused, unless new papers are wanted."""
    assert run().exit_code == 0
    assert CliRunner().invoke(main, BUILD).exit_code == 0
    before = contents(place / "midterm")
    (place / "midterm.toml").write_text(PLAN.replace("Midterm", "Final"), encoding="utf-8")
    refused = run()
    assert refused.exit_code == 2
    assert refused.stderr.startswith("dlexam: midterm: its papers were made from another plan (title differ).")
    assert contents(place / "midterm") == before
    anew = run("--anew")
    assert "6 papers made" in anew.stdout
    assert not set(contents(place / "midterm").values()) & set(before.values())
    assert len(list((place / "midterm").glob("exam-*.json"))) == 1, "what marks the old papers is kept"


def test_solutions_can_be_added_and_a_class_made_smaller(place: Path) -> None:
    """Less is there already where more was made; new papers leave nothing of the old ones behind."""
    assert run("--no-solutions").exit_code == 0
    assert "0 papers made" in run("--no-solutions", "--no-schemes").stdout
    assert "6 papers made" in run().stdout
    (place / "roster.csv").write_text("student,name\ns0,Ann\n", encoding="utf-8")
    shorter = run("--no-schemes", "--anew")
    assert "1 paper made" in shorter.stdout
    assert {p.name for p in (place / "midterm/papers").iterdir()} == {"s0.html"}


def test_nobody_to_build_for(place: Path) -> None:
    """Without a roster there are papers for versions, and else one line."""
    done = CliRunner().invoke(main, BUILD)
    assert done.exit_code == 2
    assert done.stderr == "dlexam: midterm.toml: every student has a paper of their own. Name the class with --roster.\n"
    (place / "midterm.toml").write_text('versions = ["A", "B"]\n' + PLAN, encoding="utf-8")
    assert CliRunner().invoke(main, BUILD).exit_code == 0
    assert {p.stem.partition("-")[0] for p in (place / "midterm/papers").iterdir()} == {"A", "B"}


# ---------------------------------------------------------------- what goes with the papers


def rows(path: Path) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_the_answer_template_fits_the_papers(place: Path) -> None:
    """Steps name the columns where all papers ask the same, letters where they differ; what is not asked is grey."""
    (place / "midterm.toml").write_text(PLAN.replace("shuffle = true\n", ""), encoding="utf-8")
    assert run().exit_code == 0
    exam = exam_in(place / "midterm")
    header, *lines = rows(place / "midterm/answers.csv")
    asked = {tuple(step.name for step in exam.paper(s).items[1].parts.values()) for s in exam.students}
    letters = [f"2{letter}" for letter in "abcdefgh"[: max(map(len, asked))]]
    steps = [f"2.{name}" for names in asked for name in names]
    assert header == ["student", "name", "1.p", *(letters if len(asked) > 1 else steps)]
    assert [line[0] for line in lines] == list(exam.students)
    sheet = load_workbook(place / "midterm/answers.xlsx")["answers"]
    assert [cell.value for cell in sheet[1]] == header
    for row in sheet.iter_rows(min_row=2):
        asked = 2 + sum(len(item.parts) for item in exam.paper(row[0].value).items)
        assert [cell.fill.fill_type for cell in row] == [None] * asked + ["solid"] * (len(row) - asked)
        assert {cell.number_format for cell in row} == {"@"}


def filled(exam: Exam, header: list[str], lines: list[list[str]]) -> list[list[str]]:
    """The template with every answer right."""
    right = {}
    for student in exam.students:
        for item in exam.paper(student).items:
            for letter, s in item.parts.items():
                text = item.variant.kinds[s.name].text(item.variant.values[s.name])
                right[student, f"{item.number}.{s.name}"] = right[student, f"{item.number}{letter}"] = text
    if header[2:] == ["question", "part", "answer"]:
        return [header, *([*line[:4], right[line[0], f"{line[2]}.{line[3]}"]] for line in lines)]
    return [header, *([*line[:2], *(right.get((line[0], name), "") for name in header[2:])] for line in lines)]


MISLEADING = '["recurrent/lstm_step", "losses/hinge"]'  # the LSTM's first step is called f, and its last part is f


@pytest.mark.parametrize("pool", ['["linear_algebra/dot_product", "losses/hinge"]', MISLEADING], ids=["wide", "long"])
def test_answers_in_the_template_get_the_marks_of_the_papers(pool: str, place: Path) -> None:
    """The template, filled in with what is right, earns everything there is."""
    from dlexam.grading.run import Rules, mark_class
    from dlexam.submissions import read

    (place / "midterm.toml").write_text(PLAN[: PLAN.index("from")] + f"from = {pool}\n", encoding="utf-8")
    assert run("--no-solutions", "--no-schemes").exit_code == 0
    exam = exam_in(place / "midterm")
    header, *lines = rows(place / "midterm/answers.csv")
    assert (header[2] == "question") == (pool == MISLEADING)
    with (place / "answers.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(filled(exam, header, lines))
    marked = mark_class(exam, read([place / "answers.csv"]), Rules())
    assert not marked.queries
    assert len(marked.handed) == 6
    assert sum(row.marks for row in marked.rows) == sum(exam.paper(s).out_of for s in exam.students)


def test_the_seating_list(place: Path) -> None:
    """Seats, students, versions and papers; a name that a spreadsheet would run is made harmless."""
    (place / "midterm.toml").write_text('versions = ["A", "B"]\n' + PLAN, encoding="utf-8")
    (place / "roster.csv").write_text("student,name,seat\na,=1+1,\nb,Bo,12\n", encoding="utf-8")
    assert run().exit_code == 0
    exam = exam_in(place / "midterm")
    header, one, two = rows(place / "midterm/seating.csv")
    assert header == ["seat", "student", "name", "version", "paper"]
    assert one == ["1", "a", "'=1+1", exam.people["a"].version, exam.paper("a").id]
    assert two == ["12", "b", "Bo", exam.people["b"].version, exam.paper("b").id]
    assert {one[3], two[3]} == {"A", "B"}


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_pdfs_are_the_same_again_and_print_as_one(engine: str, place: Path) -> None:
    """A PDF has no time in it; in print.pdf every paper starts on a front side."""
    (place / "roster.csv").write_text("student\na\nb\n", encoding="utf-8")
    options = ("--format", "pdf", "--engine", engine, "--no-solutions", "--no-schemes")
    assert run(*options).exit_code == 0
    folder = place / "midterm"
    before = {name: (folder / name).read_bytes() for name in ("papers/a.pdf", "papers/b.pdf", "print.pdf")}
    pages = [len(PdfReader(folder / f"papers/{s}.pdf").pages) for s in "ab"]
    printed = PdfReader(folder / "print.pdf")
    assert len(printed.pages) == sum(n + n % 2 for n in pages)
    assert "Midterm" in printed.pages[pages[0] + pages[0] % 2].extract_text()
    for name in before:
        (folder / name).unlink()
    assert run(*options).exit_code == 0
    assert {name: (folder / name).read_bytes() for name in before} == before
    for path, more in ((folder / "papers/a.pdf", {"/Keywords"}), (folder / "print.pdf", set())):
        assert set(PdfReader(path).metadata or {}) - {"/Title", "/Producer", "/Creator"} == more


def test_the_engine_of_a_build() -> None:
    """`auto` is one engine for few papers and another for many; a form is never left out in silence."""
    assert [engine("auto", n, False) for n in (20, 21)] == ["weasyprint", "typst"]
    assert engine("auto", 500, True) == "weasyprint"
    with pytest.raises(RenderError, match="Typst makes no forms"):
        engine("typst", 1, True)


# ---------------------------------------------------------------- what may go wrong


def test_killed_in_the_middle(place: Path) -> None:
    """After kill -9 no file is half, and a second run makes what is missing, the same as ever."""
    lines = "".join(f"s{n},Student {n}\n" for n in range(60))
    (place / "roster.csv").write_text(f"student,name\n{lines}", encoding="utf-8")
    command = [sys.executable, "-c", "from dlexam.cli import main; main()", *BUILD, "--roster", "roster.csv"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    journal = place / "midterm" / JOURNAL
    while process.poll() is None and not (journal.exists() and journal.read_text(encoding="utf-8").count("\n") > 5):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    there = contents(place / "midterm")
    assert 5 < len(there) < 180
    assert all(page.rstrip().endswith(b"</html>") for page in there.values())
    (place / "midterm/papers" / ".s9.html.1.part").write_bytes(b"<html")
    journal.write_text(journal.read_text(encoding="utf-8") + "0123", encoding="utf-8")
    done = run()
    assert done.exit_code == 0, done.output
    assert " were there" in done.stdout
    complete = contents(place / "midterm")
    assert len(complete) == 180
    assert whole(place / "midterm")
    assert there.items() <= complete.items()


class Full:
    """A file on a disk that fills up after some files."""

    def __init__(self, real: Callable[..., io.BufferedWriter], left: int) -> None:
        """Remember what opens files, and for how many there is room."""
        self.real, self.left = real, left

    def __call__(self, number: int, mode: str) -> io.BufferedWriter:
        """Open a file; the one too many takes three bytes and no more."""
        file = self.real(number, mode)
        self.left -= 1
        if self.left < 0:
            file.write(b"<ht")
            file.close()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return file


@pytest.mark.parametrize("files", [0, 1, 6])
def test_the_disk_is_full(files: int, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line; nothing half is left; with room again the same run completes the same papers."""
    with monkeypatch.context() as patch:
        patch.setattr("dlexam.files.os.fdopen", Full(os.fdopen, files))
        done = run()
    assert done.exit_code == 2
    assert done.stderr == "dlexam: midterm: the disk is full. Make room and run the same command again; it goes on from here.\n"
    assert whole(place / "midterm")
    there = contents(place / "midterm")
    assert run().exit_code == 0
    complete = contents(place / "midterm")
    assert len(complete) == 18
    assert there.items() <= complete.items()


def test_a_question_file_that_is_broken(place: Path) -> None:
    """Who would get it has no paper, which is said; the others have theirs; mended, a second run makes the rest."""
    (place / "midterm.toml").write_text(PLAN.replace('id = "demo/product"', 'pick = 1\nfrom = ["demo/product", "losses/perplexity"]\nmarks = 1'), encoding="utf-8")
    question(place, QUESTION.replace("return a * b", "return a *"))
    done = run()
    assert done.exit_code == 1
    failed = [line for line in done.stderr.splitlines() if "no paper: product.py: the file cannot be run: line 14" in line]
    assert len(failed) == len(done.stderr.splitlines()) == 6 - len(list((place / "midterm/papers").iterdir())) > 0
    draws = exam_in(place / "midterm").draws
    assert not (place / "midterm/print.pdf").exists()
    question(place, QUESTION)
    mended = run()
    assert mended.exit_code == 0, mended.output
    assert len(list((place / "midterm/papers").iterdir())) == 6
    assert draws.items() <= exam_in(place / "midterm").draws.items(), "whoever had a paper keeps it"


def test_a_paper_that_cannot_be_set(place: Path) -> None:
    """Papers with a formula that cannot be read are listed; the rest is built."""
    (place / "midterm.toml").write_text(PLAN.replace('id = "demo/product"', 'pick = 1\nfrom = ["demo/product", "losses/perplexity"]\nmarks = 1'), encoding="utf-8")
    question(place, QUESTION.replace("$a b$", r"$\frac{a$").replace('"""A', 'r"""A'))
    done = run()
    assert done.exit_code == 1
    assert all(": $\\frac{a$" in line for line in done.stderr.splitlines())
    made = len(list((place / "midterm/papers").iterdir()))
    assert 0 < made == 6 - len(done.stderr.splitlines()) < 6
    question(place, QUESTION)
    changed = run()
    assert (changed.exit_code, changed.stderr[:45]) == (2, "dlexam: demo/product: has changed since the p")
    assert run("--trust-current").exit_code == 0
    assert len(list((place / "midterm/papers").iterdir())) == 6


DEADLY = QUESTION + '''

def figure(a):
    """The first process that draws this ends."""
    import os

    try:
        os.close(os.open(MARKER, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return []
    os._exit(9)
'''


@pytest.fixture
def deadly(place: Path) -> Exam:
    """An exam whose first paper ends the process that makes it."""
    marker = place / "died"
    marker.touch()
    question(place, DEADLY.replace("MARKER", repr(str(marker))))
    assert run("--no-solutions", "--no-schemes").exit_code == 0
    exam = exam_in(place / "midterm")
    marker.unlink()
    return exam


WANTED = Wanted(("html",), solutions=False, schemes=False)


def test_a_process_is_lost(deadly: Exam, place: Path) -> None:
    """The papers of a pool that breaks are made by the next."""
    with pools(2) as pool:
        built = build(deadly, place / "other", WANTED, pool, lambda _: None)
    assert (built.made, built.problems) == (6, [])
    assert (place / "died").exists()
    assert contents(place / "other") == contents(place / "midterm")


@pytest.mark.filterwarnings("ignore")  # of the cluster's libraries
def test_a_worker_of_a_cluster_is_lost(deadly: Exam, place: Path) -> None:
    """A Dask cluster gives the papers of a worker that ended to the other; the papers are the same."""
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
        pools(1, cluster.scheduler_address) as pool,
    ):
        built = build(deadly, place / "other", WANTED, pool, lambda _: None)
    assert (built.made, built.problems) == (6, [])
    assert (place / "died").exists()
    assert contents(place / "other") == contents(place / "midterm")


def test_no_cluster_there(place: Path) -> None:
    """An address at which nobody answers is one line."""
    done = run("--dask", "tcp://127.0.0.1:1")
    assert done.exit_code == 2
    assert done.stderr.startswith("dlexam: --dask tcp://127.0.0.1:1: there is no cluster")
