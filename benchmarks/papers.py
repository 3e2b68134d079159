"""How fast are papers made? Each PDF engine with solutions, one and two processes, HTML; ratios in one run.

    python benchmarks/papers.py [PAPERS]

R/exams is measured beside it where Rscript and its package `exams` are installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from dlexam.bank import Bank, load_bank
from dlexam.exam.build import build
from dlexam.exam.drawing import deal
from dlexam.exam.exam import Exam
from dlexam.exam.jobs import Wanted, pools
from dlexam.exam.plan import plan
from dlexam.exam.reading import blueprint
from dlexam.exam.record import hashes
from dlexam.exam.roster import Student

QUESTIONS = 10
POOL = (
    "linear_algebra/matrix_product calculus/computation_graph neurons/perceptron_update "
    "losses/softmax_cross_entropy networks/backprop_two_layer optimizers/adam regularization/batch_norm "
    "convolution/convolve_and_pool recurrent/rnn_unrolled attention/scaled_dot_product"
).split()
R = """
library(exams); set.seed(1)
files <- rep(c("deriv.Rmd", "tstat.Rmd", "swisscapital.Rmd", "boxplots.Rmd", "anova.Rmd"), 2)
t <- system.time(exams2pdf(files, n = {n}, dir = tempdir(), template = c("plain", "solution")))
cat(t[["elapsed"]])
"""


def exam(bank: Bank, papers: int) -> Exam:
    """An exam of ten questions, drawn for a class."""
    made = blueprint(
        {"title": "Benchmark", "section": [{"question": [{"id": id} for id in POOL]}]}, "benchmark"
    )
    people = tuple(Student(f"s{n:05}") for n in range(papers))
    chosen = plan(made, bank)
    return deal(Exam(made, bank, bytes(32), people, hashes(bank, chosen.ids)), chosen)[0]


def took(drawn: Exam, wanted: Wanted, workers: int) -> float:
    """The seconds of a build, the first paper (which loads libraries and fonts) apart."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        pool = stack.enter_context(pools(workers))
        marks: list[float] = []
        build(drawn, Path(folder), wanted, pool, lambda n: marks.append(time.perf_counter()) if n else None)
        warm = min(2 * workers, len(marks) - 1)
        return (marks[-1] - marks[warm - 1]) / (len(marks) - warm)


def main(papers: int) -> None:
    """Print the table."""
    bank = load_bank()
    start = time.perf_counter()
    drawn = exam(bank, papers)
    each = (time.perf_counter() - start) / papers
    print(f"{'drawing':44} {1000 * each / QUESTIONS:8.2f} ms a question {1 / each:9.1f} papers a second")
    rows = [
        ("WeasyPrint, with solutions", Wanted(schemes=False), 1, 50.0),
        ("WeasyPrint, with solutions, 2 processes", Wanted(schemes=False), 2, 50.0),
        ("Typst, with solutions", Wanted(engine="typst", schemes=False), 1, 5.0),
        ("Typst, with solutions, 2 processes", Wanted(engine="typst", schemes=False), 2, 5.0),
        ("HTML, papers only", Wanted(formats=("html",), solutions=False, schemes=False), 1, 6.0),
    ]
    for name, wanted, workers, aim in rows:
        each = took(drawn, wanted, workers)
        speed = f"{1000 * each / QUESTIONS:8.2f} ms a question {1 / each:9.1f} papers a second"
        print(f"{name:44} {speed}  aim {aim:g} ms")
    print(f"{'R/exams, exams2pdf with solutions':44} {r_exams(papers)}")


def r_exams(papers: int) -> str:
    """The same number of questions by R/exams, or why not."""
    if not shutil.which("Rscript"):
        return "not measured: R is not installed"
    done = subprocess.run(["Rscript", "-e", R.format(n=papers)], capture_output=True, text=True, check=False)
    if done.returncode:
        return "not measured: the R package exams is not installed"
    return f"{1000 * float(done.stdout.split()[-1]) / papers / QUESTIONS:8.2f} ms a question"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
