"""Rosters: as platforms export them, what is refused, and ids as the names of files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from dlexam.exam.roster import Student, read_roster
from dlexam.files import safe_name
from dlexam.graph import QuestionError

ANN, BO = Student("s1", "Ann Lee"), Student("s2", "Bo Ng")
ROSTERS = {
    "our own": ("student,name\ns1,Ann Lee\ns2,Bo Ng\n", [ANN, BO]),
    "ids only": ("student\ns1\ns2\n", [Student("s1"), Student("s2")]),
    "semicolons and Windows lines": ("student;name\r\ns1;Ann Lee\r\ns2;Bo Ng\r\n", [ANN, BO]),
    "tabs": ("Student ID\tName\ns1\tAnn Lee\ns2\tBo Ng\n", [ANN, BO]),
    "bars and empty lines": ("student|name\n\ns1|Ann Lee\n|\ns2|Bo Ng\n\n", [ANN, BO]),
    "the separator named": ("sep=;\nstudent;name\ns1;Ann Lee\ns2;Bo Ng\n", [ANN, BO]),
    "a byte order mark": ("\ufeffstudent,name\ns1,Ann Lee\ns2,Bo Ng\n", [ANN, BO]),
    "no line end at the end": ("student,name\ns1,Ann Lee\ns2,Bo Ng", [ANN, BO]),
    "quotation marks": ('"student","name"\n"s1","Ann ""Lee"""\n', [Student("s1", 'Ann "Lee"')]),
    "Canvas": ("Student,ID,SIS User ID,SIS Login ID,Section,Quiz\n    Points Possible,,,,,10\n\"Lee, Ann\",17,s1,ann@x.org,A,\n\"Student, Test\",,,,A,\n", [Student("s1", "Lee, Ann")]),
    "Moodle": ("First name,Surname,ID number,Email address\nAnn,Lee,s1,a@x.org\nBo,Ng,s2,b@x.org\n", [ANN, BO]),
    "Brightspace": ("OrgDefinedId,Username,Last Name,First Name,End-of-Line Indicator\n#s1,#ann,Lee,Ann,#\n", [ANN]),
    "Blackboard": ('"Last Name"\t"First Name"\t"Username"\t"Student ID"\n"Lee"\t"Ann"\t"alee"\t"s1"\n', [ANN]),
    "names in any script": ("student,name\n一,王伟\nـ1,محمد\nε,Σοφία\n", [Student("一", "王伟"), Student("ـ1", "محمد"), Student("ε", "Σοφία")]),
    "what no page can hold": ("student,name\ns1,Ann \x07L\x7fee\ufffe\n", [ANN]),
    "what one student needs": ("student,name,version,seat,extra time,large print\ns1,Ann Lee,B,12,25%,yes\n", [Student("s1", "Ann Lee", "B", "12", 25, True)]),
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(("text", "students"), ROSTERS.values(), ids=ROSTERS.keys())
def test_rosters_of_platforms(text: str, students: list[Student], encoding: str, tmp_path: Path) -> None:
    """The same students, whatever wrote the file and in which encoding."""
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode(encoding))
    assert list(read_roster(path)) == students


def test_a_spreadsheet(tmp_path: Path) -> None:
    """A roster may be a spreadsheet; numbers are ids too."""
    book = Workbook()
    for row in (("student", "name"), ("s1", "Ann Lee"), (20061, "Bo Ng")):
        book.active.append(row)
    book.save(tmp_path / "roster.xlsx")
    assert list(read_roster(tmp_path / "roster.xlsx")) == [ANN, Student("20061", "Bo Ng")]


def test_a_column_by_its_name(tmp_path: Path) -> None:
    """`--id-column` says where the ids are."""
    (tmp_path / "r.csv").write_text("student,Badge\nAnn Lee,s1\n", encoding="utf-8")
    assert list(read_roster(tmp_path / "r.csv", "badge")) == [ANN]


REFUSED = {
    "an id twice": ("student\ns1\ns2\ns1\n", "r.csv:4: the id 's1' is on line 2 too. Take one out."),
    "an id twice in other capitals": ("student\ns1\nS1\n", "r.csv:3: the id 'S1' is on line 2 too. Take one out."),
    "no id": ("student,name\n,Ann\n", "r.csv:2: there is no id. Write one, or take the line out."),
    "a formula": ("student\n=1+1\n", "r.csv:2: the id '=1+1' starts with '=', which spreadsheets run."),
    "a control character": ("student\ns\x071\n", "r.csv:2: this id is too long or cannot be printed."),
    "no known column": ("who,what\na,b\n", "r.csv:1: no column is known to hold ids (who, what). Say which it is with --id-column."),
    "names only": ("name\nAnn\n", "r.csv:1: no column is known to hold ids (name)."),
    "nobody": ("student,name\n", "r.csv: there are no students in it."),
    "an empty file": ("", "r.csv: it is empty. Write student,name and below that a line for each."),
    "extra time in words": ("student,extra time\ns1,some\n", "r.csv:2: extra time 'some' is no per cent. Write 25, or leave it empty."),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_a_roster_that_is_refused(text: str, message: str, tmp_path: Path) -> None:
    """One line with the line of the file."""
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    with pytest.raises(QuestionError) as raised:
        read_roster(tmp_path / "r.csv")
    assert str(raised.value).startswith(message)


HOSTILE = ["../../etc/passwd", "/root/x", "a/b", "a\\b", "..", ".", "con", "NUL", "nul.pdf", "a" * 300, "王伟", "s 1", "S1", "s1", "s_1", "s-1", "\u202es1", "aux", "~", "-rf", "COM1", "lpt9"]


def test_ids_never_become_paths() -> None:
    """An id is the name of a file inside its folder, on every system, and no other id's."""
    names = [Student(id).slug for id in HOSTILE]
    assert len({name.casefold() for name in names}) == len(HOSTILE)
    for name in names:
        assert Path(name).name == name
        assert len(name) < 100
        assert name.replace("-", "").replace("_", "").isalnum()
        assert name.isascii()
        assert name.casefold() not in ("con", "nul", "aux", "com1", "lpt9")


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_ids_have_different_names(a: str, b: str) -> None:
    """Two ids share the name of a file, in whatever capitals, only if they are the same."""
    assert (safe_name(a).casefold() == safe_name(b).casefold()) == (a == b)


def test_an_id_made_to_look_like_another_file() -> None:
    """An id that is the file name of another student gets a name of its own."""
    for id in ("S1", "s 1", "../s1"):
        assert safe_name(safe_name(id)) != safe_name(id)
