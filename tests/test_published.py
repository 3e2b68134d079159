"""Published worked examples: numbers from courses, papers and documentation that we must reproduce.

`tests/data/published.jsonl` names the source of each case.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from dlexam.bank import Bank
from dlexam.cli import main

LINES = (Path(__file__).parent / "data" / "published.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_published_example(case: dict[str, Any], bank: Bank) -> None:
    """`dlexam solve` gives each published answer."""
    given = [part for name, value in case["given"].items() for part in ("--given", f"{name}={json.dumps(value)}")]
    done = CliRunner().invoke(main, ["solve", case["id"], *given, "--json"])
    assert done.exit_code == 0, done.output
    answers = json.loads(done.stdout)["answers"]
    for name, expected in case["expected"].items():
        if isinstance(expected, str):
            assert answers[name] == expected
            continue
        ours, theirs = np.array(answers[name], dtype=float), np.array(expected, dtype=float)
        if case.get("unordered"):
            ours, theirs = np.sort(ours), np.sort(theirs)
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=max(case["atol"], 1e-12))
