"""Hostile, damaged and mistaken files: each is one line for a person, and nothing fails, hangs or is written."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from submission_files import as_json, notebook, pdf, xlsx, zipped

from dlexam.submissions import Entry, Trouble, read
from dlexam.submissions.archive import Allowance, read_any
from dlexam.submissions.delimited import read_csv
from dlexam.submissions.entry import Origin
from dlexam.submissions.notebook import read_notebook
from dlexam.submissions.pdf_form import read_pdf
from dlexam.submissions.structured import read_json, read_jsonl
from dlexam.submissions.xlsx import read_xlsx

CSV = b"student,1.a\ns1,2\n"
BOOK = xlsx([["student", "1.a"], ["s1", 2]])
FORM = pdf({"student": "s1", "1.a": "2"})
NOTES = notebook("1.a: 2", student="s1")


def odd_zip(change: Callable[[zipfile.ZipInfo], None], content: bytes = CSV, name: str = "a.csv") -> bytes:
    """An archive with one file whose directory entry is changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        change(info)
        archive.writestr(info, content)
    return out.getvalue()


def link(info: zipfile.ZipInfo) -> None:
    """Make it a symbolic link."""
    info.external_attr = 0o120777 << 16


def packed(info: zipfile.ZipInfo) -> None:
    """Pack it with bzip2."""
    info.compress_type = zipfile.ZIP_BZIP2


def locked(data: bytes) -> bytes:
    """The same archive, said to be encrypted."""
    head, directory = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[head + 6] |= 1
    changed[directory + 8] |= 1
    return bytes(changed)


FILES = {
    "empty CSV": ("a.csv", b"", "empty"),
    "blank CSV": ("a.csv", b" \n\n", "empty"),
    "rows of commas": ("a.csv", b",,\n,,\n", "nothing in it"),
    "no header": ("a.csv", b"s1,1,m_new,0.12\n", "only one row"),
    "no header, two rows": ("a.csv", b"s1,1,m_new,0.12\ns2,1,m_new,0.12\ns3,1,m_new,0.12\n", "no column says which student"),
    "no student": ("a.csv", b"1.a,1.b\n1,2\n3,4\n", "no column says which student"),
    "no answers": ("a.csv", b"student,score,state\ns1,2,done\n", "no column is an answer"),
    "a CSV that is a workbook": ("a.csv", BOOK, "it is an Excel workbook, though its name ends in .csv. Rename it to .xlsx."),
    "a workbook that is CSV": ("a.xlsx", CSV, "not an Excel workbook"),
    "a PDF called JSON": ("a.json", FORM, "it is a PDF"),
    "a ZIP called XLSX": ("a.xlsx", zipped({"a.csv": CSV}), "it is a ZIP archive"),
    "truncated XLSX": ("a.xlsx", BOOK[: len(BOOK) // 2], "cut short"),
    "empty XLSX": ("a.xlsx", xlsx([]), "nothing in it"),
    "old Excel": ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old Excel"),
    "old Excel called XLSX": ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 100, "password"),
    "Word": ("s1.docx", zipped({"[Content_Types].xml": "", "word/document.xml": ""}), ".docx files are not read"),
    "picture": ("s1.jpg", b"\xff\xd8\xff\xe0", "picture"),
    "unknown": ("s1.pages", b"abc", ".pages files are not read"),
    "not JSON": ("a.json", b'{"student": "s1",', "not JSON"),
    "JSON of another form": ("a.json", b"3", "not an object"),
    "deep JSON": ("a.json", b"[" * 100_000, "not JSON"),
    "deep answer": ("s1.json", b'{"1.a": ' + b"[" * 50 + b"]" * 50 + b"}", "nested too deeply"),
    "JSON without a student": ("a.jsonl", b'{"student": "", "1.a": 2}', None),
    "a broken line": ("a.jsonl", b'{"student": "s1"\n', "line 1"),
    "locked PDF": ("a.pdf", pdf({"1.a": "2"}, password="x"), "locked"),
    "damaged PDF": ("a.pdf", b"%PDF-1.7\n" + b"x" * 100, "damaged"),
    "truncated PDF": ("a.pdf", FORM[:200], "damaged"),
    "not a PDF": ("a.pdf", b"abc", "not a PDF"),
    "unfilled form": ("a.pdf", pdf({"student": "s1", "1.a": ""}), "nothing was filled in"),
    "scanned PDF": ("a.pdf", pdf({}), "no form fields"),
    "not a notebook": ("a.ipynb", b"{}", "not a notebook"),
    "a notebook without answers": ("a.ipynb", notebook("# Title", ("code", "x = 1")), "no cell is an answer"),
    "damaged ZIP": ("a.zip", zipped({"a.csv": CSV})[:-30], "damaged"),
    "not a ZIP": ("a.zip", b"abc", "not a ZIP"),
    "locked file": ("a.zip", locked(zipped({"a.csv": CSV})), "locked"),
    "link": ("a.zip", odd_zip(link), "a link"),
    "bzip2": ("a.zip", odd_zip(packed), "packed in a way"),
    "leads up": ("a.zip", zipped({"../../a.csv": CSV}), "outside"),
    "leads up, backslash": ("a.zip", zipped({"..\\a.csv": CSV}), "outside"),
    "absolute": ("a.zip", zipped({"/etc/a.csv": CSV}), "outside"),
    "drive": ("a.zip", zipped({"C:/a.csv": CSV}), "outside"),
    "bomb": ("a.zip", zipped({"a.csv": b"0" * 5_000_000}), "bombs"),
    "bomb in a workbook": ("a.xlsx", zipped({"[Content_Types].xml": "x", "xl/sheet.xml": b"0" * 5_000_000}), "bombs"),
    "three deep": ("a.zip", zipped({"b.zip": zipped({"c.zip": zipped({"a.csv": CSV})})}), "archive in an archive in"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "why"), FILES.values(), ids=FILES.keys())
def test_one_line_for_a_person(tmp_path: Path, name: str, content: bytes, why: str | None) -> None:
    """A file that cannot be read is exactly one clear trouble; the next file is read."""
    bad, good = tmp_path / name, tmp_path / "good.csv"
    bad.write_bytes(content)
    good.write_bytes(CSV)
    trouble, *rest = list(read([bad, good]))
    if why is None:
        assert isinstance(trouble, Entry)  # the file's name is the student's
        return
    assert isinstance(trouble, Trouble)
    assert why in trouble.source + trouble.why
    assert trouble.source.startswith(name)
    assert "\n" not in trouble.why
    assert [type(r) for r in rest] == [Entry]


def test_archives_have_an_allowance() -> None:
    """What an archive and those in it may unpack to is counted together."""
    many = zipped({f"s{i:05}.csv": b"1.a\n2\n" for i in range(20)})
    found = list(read_any("a.zip", zipped({"s00001.zip": many, "s00002.zip": many}), Origin("a.zip"), Allowance(files=25)))
    assert sum(isinstance(f, Entry) for f in found) == 23
    assert "more than an exam can hold" in str(found[-1])


def test_links_in_folders_are_not_followed(tmp_path: Path) -> None:
    """A link in a folder is told, wherever it leads."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.csv").write_bytes(CSV)
    (tmp_path / "in" / "s1.csv").symlink_to(tmp_path / "secret.csv")
    (trouble,) = read([tmp_path / "in"])
    assert isinstance(trouble, Trouble)
    assert "a link" in trouble.why


def test_many_broken_quotation_marks() -> None:
    """A file of broken rows is given up before it costs much, and that is said."""
    found = list(read_csv(b"student,1.a\n" + b's1,"2\n' * 50_000, Origin("a.csv")))
    assert len(found) < 200
    assert "too many are broken" in str(found)


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "\u202e1", "\U0001f600"], ids=ascii)
def test_any_answer_can_be_written_to_a_file(text: str) -> None:
    """Halves of characters are replaced; everything else stays."""
    (entry,) = read_json(json.dumps({"1.a": text}).encode(), Origin("s1.json", "s1"))
    assert isinstance(entry, Entry)
    assert entry.text == ("\ufffd" if text == "\ud800" else text)


READERS = {"CSV": read_csv, "JSON": read_json, "JSON lines": read_jsonl, "XLSX": read_xlsx, "PDF": read_pdf, "notebook": read_notebook}
SEEDS = {
    "CSV": b'\xef\xbb\xbfTimestamp;student;1.a;2.W.1.1;1.b [Score]\r\n1/2/2025;s1;"a;""b";3;4\r\n',
    "JSON": as_json([{"student": "s1", "answers": {"1": {"a": [1, 2.5, None]}, "2.W.1.1": "x"}}]),
    "JSON lines": as_json({"student": "s1", "question": 1, "part": "a", "answer": "2", "time": "2025-01-01"}) + b"\n" + as_json({"id": 3}),
    "XLSX": BOOK,
    "PDF": FORM,
    "notebook": NOTES,
}


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_bytes(kind: str, data: st.DataObject) -> None:
    """Random bytes, and good files with random changes, are entries and troubles."""
    seed = SEEDS[kind]
    if data.draw(st.booleans()):
        content = data.draw(st.binary(max_size=300))
    else:
        content = seed
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(content)))
            length = data.draw(st.integers(0, 20))
            content = content[:at] + data.draw(st.binary(max_size=20)) + content[at + length :]
    for student in ("", "s1"):
        for found in READERS[kind](content, Origin("file", student)):
            assert isinstance(found, Entry | Trouble)
            assert (found.text if isinstance(found, Entry) else found.why).encode() is not None


PIECES = st.sampled_from(
    ["student", "question", "part", "answer", "1.a", "2.W.1.1", "Response 1", "n correct", "12: 1.a", "time", "1/2/2025", "part 1: ", "; part 2: ",
     ",", ";", "\t", "\n", "\r", '"', '""', "s1", "=1+1", "−", "\x00", "\ufeff", " ", "sep=;", "1022: Question 2: x", "[Score]", "-"]
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=st.lists(PIECES, max_size=40).map("".join))
def test_any_table(text: str) -> None:
    """Any mix of what tables are made of is entries and troubles."""
    for student in ("", "s1"):
        assert all(isinstance(f, Entry | Trouble) for f in read_csv(text.encode(), Origin("a.csv", student)))


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["student", "answers", "answer", "question", "part", "1", "a", "1.a", "1.W.1.1", "id", "time", "x y"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(value=VALUES)
def test_any_json(value: object) -> None:
    """Any JSON is entries and troubles."""
    assert all(isinstance(f, Entry | Trouble) for f in read_json(as_json(value), Origin("a.json")))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(names=st.lists(st.text(st.characters(exclude_characters="\x00", codec="utf-8"), min_size=1, max_size=12), max_size=4, unique=True), content=st.binary(max_size=60))
def test_any_archive(names: list[str], content: bytes) -> None:
    """Any names and contents of an archive are entries and troubles."""
    archive = zipped(dict.fromkeys(names, content))
    assert all(isinstance(f, Entry | Trouble) for f in read_any("a.zip", archive, Origin("a.zip")))


CODE = st.sampled_from(["answers", "[", "]", '"1.a"', "=", "0.1", "m", "(", ")", "\n", " ", "# 1.a", "1.a: ", "%magic", "!x", "np.", "'", "\\", "lambda:", "-", "\x00"])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(source=st.lists(CODE, max_size=25).map("".join), kind=st.sampled_from(["code", "markdown", "raw"]))
def test_any_cell(source: str, kind: str) -> None:
    """Any cell is entries and troubles."""
    found = list(read_notebook(notebook((kind, source)), Origin("s1.ipynb", "s1")))
    assert all(isinstance(f, Entry | Trouble) for f in found)


def test_deep_code() -> None:
    """Code that is too deep for the parser is told."""
    for source in ("answers['1.a'] = " + "(" * 5000, "answers['1.a'] = " + "-" * 20_000 + "1", "answers['1.a'] = " + "1+" * 15_000 + "1"):
        found = list(read_notebook(notebook(("code", source)), Origin("s1.ipynb", "s1")))
        assert found
