"""How fast is dlexam? Prints a table of medians; `--quick` runs each less often."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

QUICK = "--quick" in sys.argv


def median(run: Callable[[], object], times: int) -> float:
    """The median of the seconds that a call takes."""
    run()
    spent = []
    for _ in range(max(3, times // 5 if QUICK else times)):
        start = time.perf_counter()
        run()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def row(what: str, seconds: float, aim: float, unit: str = "ms") -> None:
    """One line of the table."""
    factor = {"ms": 1e3, "us": 1e6, "s": 1}[unit]
    print(f"{what:58} {seconds * factor:9.1f} {unit:2}   aim {aim * factor:7.1f} {unit}")


def command(*arguments: str) -> Callable[[], object]:
    """A whole process of the command line."""
    program = str(Path(sys.executable).with_name("dlexam"))
    return lambda: subprocess.run([program, *arguments], check=True, capture_output=True)


def processes(folder: Path) -> None:
    """Whole processes."""
    row("dlexam --help", median(command("--help"), 15), 0.15)
    sheet = command("practice", "-n", "10", "-o", str(folder / "x.html"))
    row("dlexam practice -n 10 -o x.html", median(sheet, 9), 0.8)


def bank_rows() -> None:
    """Loading, drawing, replaying and marking over the whole bank."""
    from dlexam.bank import load_bank

    start = time.perf_counter()
    bank = load_bank()
    questions = [bank[id] for id in bank.ids]
    row(f"loading the whole bank ({len(questions)} questions)", time.perf_counter() - start, 1.0)
    draws, symbolic, replays, rights = [], [], [], []
    for q in questions:
        seeds = iter(range(10**6))
        level = q.levels[len(q.levels) // 2]
        spent = median(lambda q=q, level=level, seeds=seeds: q.draw(next(seeds), level), 25)
        v = q.draw(1, level)
        is_symbolic = any(hasattr(x, "free_symbols") for x in v.given.values())
        (symbolic if is_symbolic else draws).append(spent)
        if not is_symbolic:
            replays.append(median(lambda q=q, v=v: q.graph.run(v.given), 25) / len(q.graph.steps))
            answers = {s.name: v.kinds[s.name].text(v.values[s.name]) for s in q.asked}
            rights.append(median(lambda v=v, a=answers: v.mark(a), 15) / len(answers))
    row("a draw with its fairness test, median of numeric families", statistics.median(draws), 200e-6, "us")
    if symbolic:
        row("a draw with its fairness test, slowest symbolic family", max(symbolic), 5e-3)
    row("a replay, a step, median of families", statistics.median(replays), 10e-6, "us")
    row("reading and marking a right answer, median of families", statistics.median(rights), 100e-6, "us")


def sheets() -> None:
    """A ten-question sheet with solutions, warm."""
    from dlexam.bank import load_bank
    from dlexam.document import sheet
    from dlexam.practice import draw_sheet
    from dlexam.render import FORMATS

    bank = load_bank()
    variants = draw_sheet(bank, (), 10, 2, "7")
    row("the blocks of a ten-question sheet", median(lambda: sheet(variants, "Sheet", []), 9), 0.03)
    document = sheet(variants, "Sheet", [])
    html, pdf = (lambda form=form: FORMATS[form](document, None) for form in ("html", "pdf"))
    row("a ten-question HTML sheet with solutions, warm", median(html, 15), 0.03)
    row("the same as PDF, warm", median(pdf, 5), 0.7)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        processes(Path(name))
    bank_rows()
    sheets()
