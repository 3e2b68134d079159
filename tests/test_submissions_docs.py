"""docs/formats.md: every example is handed in, and every table is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from submission_files import notebook, pdf, xlsx, zipped

from dlexam.submissions import Entry, read
from dlexam.submissions.address import Address, address
from dlexam.submissions.columns import columns_of
from dlexam.submissions.names import student_in

PAGE = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+) (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CELLS = [("code" if kind == "python" else kind, text.rstrip("\n")) for kind, name, text in BLOCKS if name == "cell"]
ANSWERS = {("1", "m_new"): "−0,03", ("1", "v_new"): "0.3", ("2", "W"): "1, 2; 3, 4"}


def rows(header: str) -> list[list[str]]:
    """The rows of the table under a header, without their backquotes."""
    table = PAGE[PAGE.index(header) :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table]


FILES = {name: text.encode() for _, name, text in BLOCKS if name != "cell"}
FILES["form.pdf"] = pdf({name.strip("`"): text for name, text in rows("| field |")})
FILES["notebook.ipynb"] = notebook(*CELLS)
FILES["book.xlsx"] = xlsx([line.split(";") for line in FILES["responses.csv"].decode().splitlines()])
FILES["all.zip"] = zipped(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_example_hands_in_the_same_answers(name: str, tmp_path: Path) -> None:
    """The examples of the page are read, without a word for a person."""
    (tmp_path / name).write_bytes(FILES[name])
    for entry in (found := list(read([tmp_path / name]))):
        assert isinstance(entry, Entry), entry
        assert entry.student == "s1234567"
        assert ANSWERS[entry.question, entry.part] == entry.text
    assert {(e.question, e.part) for e in found if isinstance(e, Entry)} == set(ANSWERS)


@pytest.mark.parametrize("row", rows("| written |"), ids=lambda row: row[0])
def test_names(row: list[str]) -> None:
    """A name means what the table says."""
    assert address(row[0].strip("`")) == Address(row[1], row[2])


@pytest.mark.parametrize("row", rows("| file |"), ids=lambda row: row[0])
def test_file_names(row: list[str]) -> None:
    """A file's name says the student that the table says."""
    assert student_in(row[0].split("`")[1])[0] == row[1]


def test_columns_named_on_the_page() -> None:
    """The columns that are said to name students do, in that order."""
    named = ["Student ID", "ID number", "SIS User ID", "OrgDefinedId", "Matrikelnummer", "student", "username", "email", "id", "name"]
    assert columns_of(named).students == tuple(range(len(named)))
    assert all(f"`{name}`" in PAGE or f"`{name.lower()}`" in PAGE for name in named[:-1])
