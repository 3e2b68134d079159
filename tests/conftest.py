"""What several tests need: the bank, and its ids as parameters."""

from __future__ import annotations

import pytest

from dlexam.bank import Bank, load_bank

BANK = load_bank()


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The bundled bank, loaded once."""
    return BANK


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for `question_id` every id of the bank."""
    if "question_id" in metafunc.fixturenames:
        metafunc.parametrize("question_id", BANK.ids)
