"""How fast is dlexam? Prints each measured line with its aim; `--quick` takes fewer rounds.

Times are processor time, so that a busy machine disturbs little: of several rounds the one with the lowest
median counts. Every call gets a seed of its own, so that no cache answers. `grading.py` marks a whole class.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from statistics import median

from dlexam.bank import Bank, load_bank
from dlexam.graph import QuestionError
from dlexam.question import Question, Variant

ROUNDS = 2 if "--quick" in sys.argv else 5
UNITS = {"us": 1e6, "ms": 1e3, "s": 1.0}
FIRST = (  # the families that the core was first built for
    "linear_algebra/dot_product linear_algebra/eigenvalues linear_algebra/broadcasting calculus/chain_rule "
    "calculus/computation_graph calculus/critical_point neurons/perceptron_update optimizers/nesterov "
    "losses/softmax_cross_entropy networks/backprop_two_layer networks/backprop_relu_classifier "
    "optimizers/adam regularization/batch_norm convolution/output_size convolution/convolve_and_pool "
    "convolution/max_pooling recurrent/rnn_unrolled attention/scaled_dot_product"
).split()


def row(what: str, seconds: float, aim: float, unit: str = "us") -> None:
    """One line of the table."""
    factor = UNITS[unit]
    late = "" if seconds <= aim else "  late"
    print(f"{what:66} {seconds * factor:8.2f} {unit:2}  aim {aim * factor:6.2f}{late}", flush=True)


def quiet(run: Callable[[int], object], calls: int = 15, rounds: int = ROUNDS) -> float:
    """The seconds of a median call in the quietest round; each call gets a number of its own."""
    numbers = count()
    run(next(numbers))
    return min(median(spent(run, next(numbers)) for _ in range(calls)) for _ in range(rounds))


def spent(run: Callable[[int], object], number: int) -> float:
    """The processor time of one call."""
    start = time.process_time_ns()
    run(number)
    return (time.process_time_ns() - start) / 1e9


# ---------------------------------------------------------------- whole processes


def process(folder: str, *arguments: str) -> float:
    """The processor time of the command line, at best, as when it is installed: with its compiled files."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    program = [str(Path(sys.executable).with_name("dlexam")), *arguments]
    times = []
    for _ in range(3 * ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(program, check=True, capture_output=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return min(times)


def processes() -> None:
    """Commands that people wait for."""
    with tempfile.TemporaryDirectory() as folder:
        row("dlexam --help", process(folder, "--help"), 0.15, "s")
        sheet = process(folder, "practice", "-n", "10", "-o", f"{folder}/x.html")
        row("dlexam practice -n 10 -o x.html", sheet, 0.8, "s")


def loading() -> Bank:
    """The whole bank, loaded for the first time."""
    bank = load_bank()
    start = time.process_time()
    for id in bank.ids:
        bank[id]
    row(f"loading the whole bank ({len(bank)} questions)", time.process_time() - start, 1.0, "s")
    return bank


# ---------------------------------------------------------------- drawing


def middle(question: Question) -> int:
    """The middle level of a question."""
    return question.levels[len(question.levels) // 2]


def is_symbolic(variant: Variant) -> bool:
    """Whether expressions are drawn."""
    return any(hasattr(value, "free_symbols") for value in variant.given.values())


def drawing(bank: Bank) -> None:
    """Drawing fair variants, drawing a recorded attempt again, and replays."""
    draws, redraws, replays, symbolic = {}, [], [], {}
    for id, q in bank.items():
        level, v = middle(q), q.draw("warm", middle(q))
        draws[id] = quiet(lambda n, q=q, level=level: q.draw(n, level))
        redraws.append(quiet(lambda n, q=q, level=level: again(q, level, n)))
        if is_symbolic(v):
            for each in q.levels:
                symbolic[f"{id}, level {each}"] = quiet(lambda n, q=q, each=each: q.draw(f"s{n}", each))
        else:
            replays.append(quiet(lambda _, q=q, v=v: q.graph.run(v.given)) / len(q.graph.steps))
    first = [draws[id] for id in FIRST]
    row("a draw with its fairness test, the first eighteen families", median(first), 200e-6)
    row("a draw with its fairness test, the whole bank", median(draws.values()), 300e-6)
    slowest = max(symbolic, key=symbolic.__getitem__)
    row(f"the same, symbolic: {slowest}", symbolic[slowest], 5e-3, "ms")
    row("a recorded attempt drawn again, the whole bank", median(redraws), 80e-6)
    row("a replay, a step", median(replays), 10e-6)


def again(question: Question, level: int, number: int) -> None:
    """One attempt of the stream, fair or not."""
    with suppress(QuestionError):
        question.attempt(f"again/{number}", level, 0)


# ---------------------------------------------------------------- marking


def right(variant: Variant) -> dict[str, str]:
    """The right answers as text."""
    return {s.name: variant.kinds[s.name].text(variant.values[s.name]) for s in variant.question.asked}


def slipped(variant: Variant) -> dict[str, str]:
    """The answers of a student whose first number is wrong and who goes on from it."""
    question, first = variant.question, variant.question.asked[0].name
    run = question.graph.run(variant.given, {first: variant.values[first] + 0.21}, known=variant.values)
    return {s.name: variant.kinds[s.name].text(run[s.name]) for s in question.asked}


def marked(variant: Variant, answers: dict[str, str]) -> float:
    """The seconds an answer of marking one paper."""
    return quiet(lambda _: variant.mark(answers)) / len(answers)


def marking(bank: Bank) -> None:
    """Reading and marking answers, by what is asked."""
    names = "Number", "Matrix", "Expression", "key", "slip", "question"
    found: dict[str, list[float]] = {name: [] for name in names}
    for q in bank.values():
        v = q.draw(1, middle(q))
        answers, kinds = right(v), {type(v.kinds[s.name]).__name__ for s in q.asked}
        for kind in kinds & found.keys():
            if kinds == {kind}:
                found[kind].append(marked(v, {name: other_form(text) for name, text in answers.items()}))
        if kinds == {"Number"}:
            found["key"].append(marked(v, answers))
        if kinds <= {"Number", "Matrix"}:
            found["question"].append(quiet(lambda _, v=v, answers=answers: redrawn(v).mark(answers)))
            with suppress(ArithmeticError, LookupError, ValueError):  # not every number can be another one
                found["slip"].append(marked(v, slipped(v)))
    row("a right number as the key is printed, marked, an answer", median(found["key"]), 20e-6)
    row("a right number in another form read and marked, an answer", median(found["Number"]), 20e-6)
    row("right vectors and matrices read and marked, an answer", median(found["Matrix"]), 100e-6)
    row("a slip that is carried, with its replays, an answer", median(found["slip"]), 1e-3, "ms")
    row("a right expression read and marked, an answer", median(found["Expression"]), 3e-3, "ms")
    row("a question drawn again and marked right (a class has 40,000)", median(found["question"]), 250e-6)


def other_form(text: str) -> str:
    """An answer in other letters than the key, so that it must be read."""
    if "," in text:
        return text.replace(", ", ",")
    return f"{text}0" if "." in text and text[-1].isdigit() else f"{text} "


def redrawn(variant: Variant) -> Variant:
    """The same variant from its recorded attempt."""
    return variant.question.attempt(variant.seed, variant.level, variant.attempt)


# ---------------------------------------------------------------- sheets


def sheets(bank: Bank) -> None:
    """A ten-question sheet with solutions, warm."""
    from dlexam.document import sheet
    from dlexam.practice import draw_sheet
    from dlexam.render import FORMATS

    variants = draw_sheet(bank, (), 10, 2, "7")
    document = sheet(variants, "Sheet", [])
    blocks = quiet(lambda _: sheet(variants, "Sheet", []), 3)
    row("the blocks of a ten-question sheet", blocks, 0.03, "ms")
    html = quiet(lambda _: FORMATS["html"](document, None), 3)
    row("a ten-question HTML sheet with solutions, warm", html, 0.03, "ms")
    row("the same as PDF, warm", quiet(lambda _: FORMATS["pdf"](document, None), 1), 0.7, "ms")


if __name__ == "__main__":
    processes()
    whole_bank = loading()
    drawing(whole_bank)
    marking(whole_bank)
    sheets(whole_bank)
