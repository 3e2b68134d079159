"""The same seed gives the same paper, for ever: a digest of ten seeds a question."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from dlexam.bank import Bank
from dlexam.exchange import plain_json
from dlexam.laws import written

GOLDEN = Path(__file__).parent / "data" / "golden.json"
SEEDS = 10


def digests(bank: Bank, question_id: str) -> list[str]:
    """A digest of the givens, wordings and printed answers of each seed, over the question's levels."""
    question = bank[question_id]
    found = []
    for seed in range(SEEDS):
        v = question.draw(seed, question.levels[seed % len(question.levels)])
        shown = json.dumps([plain_json(v.given), plain_json(v.words), written(v, v.values)], sort_keys=True)
        found.append(hashlib.sha256(shown.encode()).hexdigest()[:8])
    return found


def test_golden(question_id: str, bank: Bank) -> None:
    """Nobody changed a variant by accident; `make golden` records an intended change."""
    recorded = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert recorded.get(question_id) == digests(bank, question_id), "run `make golden` if this is intended"


def record() -> None:
    """Write the golden file anew."""
    from dlexam.bank import load_bank

    bank = load_bank()
    rows = ",\n".join(f"{json.dumps(id)}: {json.dumps(digests(bank, id))}" for id in bank.ids)
    GOLDEN.write_text("{\n" + rows + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    record()
