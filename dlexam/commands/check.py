"""`dlexam check`: whether a bank is sound."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dlexam.options import load, progress

MOST_LINES = 8  # of a question's problems


@click.command()
@click.argument("bank", required=False, type=click.Path(path_type=Path))
@click.option("--only", multiple=True, metavar="ID", help="Check these topics or questions only.")
@click.option("--seeds", type=click.IntRange(1, 5000), default=20, show_default=True, help="Seeds a level.")
@click.option("--no-pytorch", is_flag=True, help="Leave out the PyTorch referees.")
@click.option("--workers", type=click.IntRange(1, 64), help="How many processes.  [default: one a core]")
def check(
    bank: Path | None, only: tuple[str, ...], seeds: int, no_pytorch: bool, workers: int | None
) -> None:
    """Check that a BANK is sound: fairness, words, mistakes, gradients, referees.

    \b
    Example:
      dlexam check --only optimizers
    """
    from os import cpu_count

    from dlexam.bank import Bank
    from dlexam.check import check_bank

    chosen = Bank(bank) if bank else load(())
    ids = chosen.select(only)
    done = []
    with progress(len(ids), "checking") as bar:
        for reports in check_bank(chosen, ids, seeds, not no_pytorch, workers or cpu_count() or 1):
            for report in reports:
                click.echo(report.line())
                for line in report.problems[:MOST_LINES]:
                    click.echo(f"    {line}", err=True)
            done += reports
            bar(len(reports))
    failed = sum(bool(report.problems) for report in done)
    variants, refereed = sum(r.variants for r in done), sum(r.refereed for r in done)
    click.echo(f"{len(done)} questions, {variants} variants, {refereed} refereed, {failed} with problems")
    sys.exit(1 if failed else 0)
