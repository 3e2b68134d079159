"""How fast a class is marked: 100,000 answers in a CSV file, on one core. Prints a table.

python benchmarks/grading.py [STUDENTS]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import simulated

from dlexam.bank import load_bank
from dlexam.files import table
from dlexam.grading.run import Rules, mark_class
from dlexam.submissions import read

VERSIONS = 3
USUAL = ("right",) * 11 + ("rounding", "final", "mistake", "mistake", "slip", "blank", "format")


def numeric(bank, ids):
    """The questions whose answers are numbers, vectors or matrices: those of a usual exam."""
    return [i for i in ids if all(hasattr(k, "decimals") for k in kinds(bank[i].draw(0)))]


def kinds(variant):
    return [variant.kinds[s.name] for s in variant.question.asked]


@dataclass
class Shared(simulated.Students):
    """Students who share the numbers of a few versions, drawn once as an exam does."""

    made: dict = field(default_factory=dict)

    def paper(self, student):
        """The paper of a student's version."""
        holder = f"s{int(student[1:]) % VERSIONS:05d}"
        if holder not in self.made:
            self.made[holder] = super().paper(holder)
        return replace(self.made[holder], student=student)


def main(students: int) -> None:
    bank = load_bank()
    chosen = numeric(bank, bank.ids)
    simulated.HABITS = USUAL
    for make in (simulated.Students, Shared):
        measure(make(bank, tuple(chosen[:: len(chosen) // 20][:20]), students))


def measure(sat: simulated.Students) -> None:
    """Write what a class answers into a file, and mark it."""
    done = list(sat.answers())
    habits = Counter(h.name for _, _, h in done)
    rows = [(s, n, step, text) for s, n, h in done for step, text in h.texts.items()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "answers.csv")
        path.write_text(table(("student", "question", "part", "answer"), rows), encoding="utf-8")
        del done, rows
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start, cpu = time.perf_counter(), time.process_time()
        answers = sum(1 for _ in read([path]))
        reading = time.process_time() - cpu
        cpu = time.process_time()
        marked = mark_class(sat, read([path]), Rules())
        took, wall = time.process_time() - cpu, time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'numbers':34} {'of three versions' if isinstance(sat, Shared) else 'of their own'}")
    print(f"{'habits':34} {dict(habits)}")
    print(f"{'answers':34} {answers:>9,}")
    print(f"{'rows marked':34} {len(marked.rows):>9,}")
    print(f"{'reading the CSV':34} {reading:9.2f} s  CPU")
    print(f"{'reading and marking':34} {took:9.2f} s  CPU, {1e6 * took / answers:.0f} us an answer")
    print(f"{'for 100,000 answers':34} {100_000 * took / answers:9.2f} s  aim 10")
    print(f"{'wall clock of both':34} {wall:9.2f} s")
    print(f"{'peak memory':34} {peak / 1024:9.0f} MB aim 500 ({before / 1024:.0f} before)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
