"""The curriculum: the names that other tools and published cases rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dlexam.bank import Bank
from dlexam.exchange import family

ROWS = json.loads((Path(__file__).parent / "data" / "curriculum.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_contract(row: dict[str, Any], bank: Bank) -> None:
    """Each family exists with its title, givens, asked steps in order, and mistakes."""
    found = family(bank[row["id"]])
    assert found["title"] == row["title"]
    assert set(row["given"]) <= set(found["given"])
    assert [name for name in found["ask"] if name in row["ask"]] == row["ask"]
    assert set(row["mistakes"]) <= set(found["mistakes"])


def test_contents_name_every_question(bank: Bank) -> None:
    """The teaching order names every file, and no file that is not there."""
    listed = [f"{topic}/{name}" for topic, about in bank.contents.items() for name in about["order"]]
    assert sorted(listed) == sorted(bank.paths)
