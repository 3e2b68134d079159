"""The laws of the bank, one test each, for every question; `-m deep` runs them over many seeds."""

from __future__ import annotations

import pytest

from dlexam import check, laws
from dlexam.bank import Bank
from dlexam.question import Variant

SEEDS = 2  # `dlexam check` runs twenty; these keep `make test` short
DEEP_SEEDS = 50


def variants(bank: Bank, question_id: str, seeds: int = SEEDS) -> list[Variant]:
    """Some variants of every level of a question."""
    question = bank[question_id]
    return [question.draw(seed, level) for level in question.levels for seed in range(seeds)]


@pytest.mark.parametrize("law", laws.LAWS, ids=lambda law: law.__name__)
def test_law(law: laws.Law, question_id: str, bank: Bank) -> None:
    """The law holds in some variants of every level."""
    found = [f"level {v.level}, seed {v.seed}: {line}" for v in variants(bank, question_id) for line in law(v)]
    assert not found


def test_fair_rate(question_id: str, bank: Bank) -> None:
    """At least 40 % of raw draws are fair at every level, over twenty seeds."""
    question = bank[question_id]
    for level in question.levels:
        drawn = [question.draw(seed, level) for seed in range(20)]
        assert len(drawn) / sum(v.attempt + 1 for v in drawn) >= check.FAIREST * 0.8  # twenty seeds are few


def test_same_seed_same_variant(question_id: str, bank: Bank) -> None:
    """A variant depends on the id, the seed and the level only."""
    question = bank[question_id]
    for level in question.levels:
        once, again = question.draw(1, level), question.draw(1, level)
        assert repr(once.given) == repr(again.given)
        assert repr(once.words) == repr(again.words)


@pytest.mark.deep
def test_deep_sweep(question_id: str, bank: Bank) -> None:
    """All laws hold over fifty seeds a level, and the draws are fair often enough."""
    report, _ = check.check(bank[question_id], DEEP_SEEDS)
    assert not report.problems


@pytest.mark.deep
def test_enough_variants(question_id: str, bank: Bank) -> None:
    """There are at least 200 distinct variants, unless the topic itself has fewer."""
    question = bank[question_id]
    for level in question.levels:
        enough = min(200, FEW.get(question_id, 200))
        seen: set[str] = set()
        for seed in range(1200):
            seen.add(repr(question.draw(seed, level).given))
            if len(seen) == enough:
                break
        assert len(seen) == enough, (level, len(seen))


# Families whose topic has fewer than 200 different variants, and how many there are.
FEW: dict[str, int] = {
    "concepts/activation_choice": 26,
    "concepts/loss_choice": 21,
    "concepts/optimizer_choice": 24,
    "concepts/gradient_descent_variants": 19,
    "concepts/regularizer_choice": 25,
    "concepts/cnn_properties": 22,
    "concepts/gated_units": 22,
    "recurrent/architecture_choice": 25,
    # level 1 of these is by hand, with few small numbers
    "neurons/softmax_temperature": 198,
    "networks/backprop_chain": 182,
    "convolution/same_padding": 146,
    "convolution/parameter_count": 139,
    "convolution/multiply_adds": 165,
    "convolution/depthwise_separable": 135,
    "convolution/receptive_field": 132,
    "convolution/dilated_kernel": 12,
    "recurrent/gradient_through_time": 149,
}
