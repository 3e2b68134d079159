"""Names of answers, times and file names as people and platforms write them."""

from __future__ import annotations

import doctest
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dlexam.submissions.address
import dlexam.submissions.names
import dlexam.submissions.xlsx
from dlexam.submissions.address import Address, address, gathered
from dlexam.submissions.names import is_clutter, student_in
from dlexam.submissions.times import day_first, time_of

ADDRESSES = {
    "1.m_new": ("1", "m_new"),
    "01.m_new": ("1", "m_new"),
    "1.m_new.": ("1", "m_new"),
    "1a": ("1", "(a)"),
    "1 a": ("1", "(a)"),
    "1(b)": ("1", "(b)"),
    "1 (b)": ("1", "(b)"),
    "1.a)": ("1", "a"),
    "1)a)": ("1", "a"),
    "1-a": ("1", "a"),
    "Q1 m_new": ("1", "m_new"),
    "q1_m_new": ("1", "m_new"),
    "Q 3": ("3", ""),
    "Question 1: m_new": ("1", "m_new"),
    "QUESTION 12": ("12", ""),
    "Aufgabe 2 b": ("2", "(b)"),
    "Response 1": ("1", ""),
    "optimizers/adam.m_new": ("optimizers/adam", "m_new"),
    "optimizers/adam m_new": ("optimizers/adam", "m_new"),
    "optimizers/adam": ("optimizers/adam", ""),
    "1": ("1", ""),
    "1.": ("1", ""),
    "1 [2 marks]": ("1", ""),
    "m_new": ("", "m_new"),
    "(a)": ("", "(a)"),
    "1.m_new [2 marks]": ("1", "m_new"),
    "1.m_new: the new average (2 marks)": ("1", "m_new"),
    "Q1 - m_new — the new average": ("1", "m_new"),
    "Q1: a small network has two layers": ("1", ""),
    "Question 1: What is the loss?": ("1", ""),
    "1. What is the loss?": ("1", ""),
    "１．m_new": ("1", "m_new"),
    "1.W": ("1", "W"),
    "1.2": ("1", "2"),
}
CELLS = {"3.W.1.2": ("3", "W", (1, 2)), "3.h.4": ("3", "h", (4,)), "3.1.2": ("3", "", (1, 2)), "W.1.2": ("", "W", (1, 2))}
NOTHING = ["", " ", "What is your name?", "10 minutes of your time?", "1st choice", "1.0", "2024-05-05", "10:30", "5/10", "1234", "1 m new", "\x00"]


@pytest.mark.parametrize(("written", "meant"), ADDRESSES.items(), ids=ADDRESSES.keys())
def test_address(written: str, meant: tuple[str, str]) -> None:
    """A name means a question and a part."""
    assert address(written) == Address(*meant)


@pytest.mark.parametrize(("written", "meant"), CELLS.items(), ids=CELLS.keys())
def test_cell(written: str, meant: tuple[str, str, tuple[int, ...]]) -> None:
    """Numbers after a part are a row and a column."""
    assert address(written) == Address(*meant)


@pytest.mark.parametrize("written", NOTHING, ids=repr)
def test_no_address(written: str) -> None:
    """What names no answer is not taken for one."""
    assert address(written) is None


MATRICES = {
    "plain": ({"3.W.1.1": "1", "3.W.1.2": "1/2", "3.W.2.1": " 3", "3.W.2.2": "−4"}, "1, 1/2;  3, −4"),
    "decimal commas": ({"3.W.1.1": "0,5", "3.W.1.2": "1", "3.W.2.1": "2", "3.W.2.2": "3"}, "0,5\t1\n2\t3"),
    "an empty cell": ({"3.W.1.1": "1", "3.W.1.2": "", "3.W.2.1": "2", "3.W.2.2": "3"}, "1\t\n2\t3"),
    "all empty": ({"3.W.1.1": "", "3.W.1.2": " "}, ""),
    "a vector": ({"3.W.1": "1", "3.W.2": "2", "3.W.3": "3"}, "1, 2, 3"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "text"), MATRICES.values(), ids=MATRICES.keys())
def test_cells_are_put_together(cells: dict[str, str], text: str) -> None:
    """The cells of a matrix become one text, in the form in which it is unambiguous."""
    assert list(gathered((address(k) or Address(), v) for k, v in cells.items())) == [(Address("3", "W"), text)]


NOON = datetime(2025, 3, 4, 13, 5, 6)
TIMES = {
    "2025-03-04 13:05:06": NOON,
    "2025-03-04T13:05:06Z": NOON,
    "2025-03-04 13:05:06 UTC": NOON,
    "2025-03-04T15:05:06+02:00": NOON,
    "2025/03/04 2:05:06 PM GMT+1": NOON,
    "3/4/2025 13:05:06": NOON,
    "3/4/25 1:05:06 PM": NOON,
    "04.03.2025 13:05:06": NOON,
    "4 March 2025  1:05 PM": NOON.replace(second=0),
    "Tuesday, 4 March 2025, 1:05 PM": NOON.replace(second=0),
    "Mar 4, 2025 105 PM": NOON.replace(second=0),
    "2025-03-04-13-05-06": NOON,
    "2025-03-04": datetime(2025, 3, 4),
    "31/02/2025": None,
    "0001-01-01T00:00:00+05:00": None,
    "yesterday": None,
    "": None,
}


@pytest.mark.parametrize(("stamp", "moment"), TIMES.items(), ids=TIMES.keys())
def test_time(stamp: str, moment: datetime | None) -> None:
    """Time stamps of forms, platforms and file names are read, and lose their zone."""
    assert time_of(stamp) == moment


@pytest.mark.parametrize(
    ("stamps", "first"),
    [(["1/2/2025", "13/2/2025"], True), (["1/2/2025", "1/13/2025"], False), (["1/2/2025"], False), (["2025-01-13"], False)],
    ids=["a 13th day", "a 13th day after the month", "in doubt", "ISO"],
)
def test_day_first(stamps: list[str], first: bool) -> None:
    """The order of day and month is read off all stamps of a file."""
    assert day_first(stamps) is first


FILES = {
    "Jane Doe_1234567_assignsubmission_file_/x.pdf": ("1234567", None),
    "Jane Doe_1234567_assignsubmission_file_x.pdf": ("1234567", None),
    "doejane_12345_67890_sheet.pdf": ("12345", None),
    "doejane_LATE_12345_67890_sheet-1.pdf": ("12345", None),
    "LATE_anon_fR3x_123_sheet.pdf": ("anon_fR3x", None),
    "Sheet 1_s1234567_attempt_2025-01-01-10-00-00_file.csv": ("s1234567", datetime(2025, 1, 1, 10)),
    "1234-5678 - Jane Doe - Oct 1, 2024 1005 AM/x.pdf": ("1234", datetime(2024, 10, 1, 10, 5)),
    "123456-78901 - T0123456 - Jane Doe- Oct 1, 2024 1005 AM - x.pdf": ("T0123456", datetime(2024, 10, 1, 10, 5)),
    "s1234567.csv": ("s1234567", None),
    "1234567_sheet.pdf": ("1234567", None),
    "s1234567/answers.csv": ("s1234567", None),
    "anna/answers.csv": ("anna", None),
    "week 1/anna.ipynb": ("anna", None),
    "anna@uni.edu.csv": ("anna@uni.edu", None),
}


@pytest.mark.parametrize(("path", "read"), FILES.items(), ids=FILES.keys())
def test_student_in_a_name(path: str, read: tuple[str, datetime | None]) -> None:
    """The names that platforms give to files say who handed them in, and some when."""
    assert student_in(path) == read


def test_clutter() -> None:
    """What systems and platforms add is no submission."""
    added = ["__MACOSX/._a.csv", ".DS_Store", "a/Thumbs.db", "index.html", "Sheet_s1_attempt_2025-01-01-10-00-00.txt", "~$a.xlsx"]
    assert all(map(is_clutter, added))
    assert not any(map(is_clutter, FILES))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(text=st.text(max_size=80))
def test_any_text_is_read_or_not(text: str) -> None:
    """No name, no stamp and no path makes a reader fail."""
    assert isinstance(address(text), Address | None)
    assert isinstance(time_of(text), datetime | None)
    assert isinstance(student_in(text)[0], str)


@pytest.mark.parametrize("module", [dlexam.submissions.address, dlexam.submissions.names, dlexam.submissions.xlsx], ids=lambda m: m.__name__)
def test_examples_in_docstrings(module: object) -> None:
    """The examples in docstrings run."""
    done = doctest.testmod(module)  # type: ignore[arg-type]
    assert done.attempted
    assert not done.failed
