"""Every kind of file that can be handed in: written by the real library, read back, the text unchanged."""

from __future__ import annotations

import csv
import io
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from submission_files import as_json, notebook, pdf, xlsx, zipped

from dlexam.submissions import Entry, Trouble, read

TEXTS = {
    "1.m_new": "  0,5 ",
    "1.v_new": "−3e-2",
    "2.a": "[1, 2]\n[3, 4]",
    "2.b": "=1+1",
    "3.loss": 'a "quoted" word; 2',
    "4.name": "ε ∈ ℝ, 日本",
    "5.f": "007",
    "6.x": "<b>&amp;</b>",
    "7.y": "",
}
CELLS = {"8.W.1.1": "1", "8.W.1.2": "1/2", "8.W.2.1": "3", "8.W.2.2": "4"}


def got(tmp_path: Path, name: str, content: bytes | str) -> list[Entry | Trouble]:
    """What is read from a file."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read([path]))


def short(found: list[Entry | Trouble]) -> dict[str, str]:
    """Entries of one student as {address: text}; a trouble fails."""
    assert not [f for f in found if isinstance(f, Trouble)]
    return {f"{e.question}.{e.part}": e.text for e in found if isinstance(e, Entry)}


def troubles(found: list[Entry | Trouble]) -> list[str]:
    """What a person must look at."""
    return [t.why for t in found if isinstance(t, Trouble)]


def long_csv(delimiter: str = ",") -> str:
    """A row an answer."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["student", "question", "part", "answer"])
    writer.writerows(["s1", *key.split("."), text] for key, text in TEXTS.items())
    return out.getvalue()


def wide_csv(delimiter: str = ",") -> str:
    """A row a student."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["student", *TEXTS], ["s1", *TEXTS.values()]])
    return out.getvalue()


def nested() -> dict[str, dict[str, str]]:
    """Answers by question and part."""
    tree: dict[str, dict[str, str]] = {}
    for key, text in TEXTS.items():
        question, part = key.split(".")
        tree.setdefault(question, {})[part] = text
    return tree


WAYS = {
    "long CSV": ("a.csv", long_csv()),
    "long CSV with tabs": ("a.tsv", long_csv("\t")),
    "long CSV with semicolons, UTF-16": ("a.csv", long_csv(";").encode("utf-16")),
    "wide CSV": ("a.csv", wide_csv()),
    "wide CSV with a byte order mark": ("a.csv", "\ufeff" + wide_csv(";")),
    "wide CSV, UTF-16 without a mark": ("a.csv", wide_csv().encode("utf-16-be")),
    "wide XLSX": ("a.xlsx", xlsx([["student", *TEXTS], ["s1", *TEXTS.values()]])),
    "long XLSX": ("a.xlsx", xlsx([["Student ID", "Q", "Part", "Answer"], *(["s1", *k.split("."), t] for k, t in TEXTS.items())])),
    "JSON": ("a.json", as_json({"student": "s1", "answers": TEXTS})),
    "JSON, nested": ("a.json", as_json([{"student": "s1", "answers": nested()}])),
    "JSON, flat, named by the file": ("s1.json", as_json(TEXTS)),
    "JSON, a row an answer": ("a.json", as_json([{"student": "s1", "question": k.split(".")[0], "part": k.split(".")[1], "answer": t} for k, t in TEXTS.items()])),
    "JSON lines": ("a.jsonl", b"\n".join(as_json({"student": "s1", "answers": {k: t}}) for k, t in TEXTS.items()) + b"\n"),
    "PDF form": ("a.pdf", pdf({"student": "s1", **TEXTS})),
    "PDF form named by the student": ("s1.pdf", pdf(TEXTS)),
    "notebook": ("s1.ipynb", notebook(*(f"## {k}\n{t}" for k, t in TEXTS.items()))),
    "notebook, code": ("s1.ipynb", notebook(*(("code", f"# {k}\n{t}") for k, t in TEXTS.items()))),
    "notebook, metadata": ("a.ipynb", notebook(*(("raw", t, {"dlexam": k}) for k, t in TEXTS.items()), student="s1")),
    "notebook, tags": ("a.ipynb", notebook("student: s1", *(("markdown", t, {"tags": [k]}) for k, t in TEXTS.items()))),
    "notebook, assigned": ("s1.ipynb", notebook(("code", "%matplotlib inline\n" + "\n".join(f'answers["{k}"] = {t!r}' for k, t in TEXTS.items())))),
    "ZIP of Moodle": ("all.zip", zipped({"Jane Doe_s1_assignsubmission_file_/x.json": "", "J_1_assignsubmission_file_/a.json": as_json({"student": "s1", "answers": TEXTS})})),
}  # fmt: skip
WAYS["ZIP of Moodle"] = ("all.zip", zipped({"J D_1_assignsubmission_file_/a.json": as_json({"student": "s1", "answers": TEXTS})}))


@pytest.mark.parametrize(("name", "content"), WAYS.values(), ids=WAYS.keys())
def test_text_is_unchanged(tmp_path: Path, name: str, content: bytes | str) -> None:
    """Spaces, minus signs, newlines, formulas and blanks come back as they were written, under one student."""
    found = got(tmp_path, name, content)
    assert short(found) == TEXTS
    assert {e.student for e in found} == {"s1"}


CELL_WAYS = {
    "wide CSV": ("a.csv", "student," + ",".join(CELLS) + "\ns1," + ",".join(CELLS.values())),
    "long CSV": ("a.csv", "student,question,part,answer\n" + "".join(f"s1,8,{k[2:]},{t}\n" for k, t in CELLS.items())),
    "JSON": ("a.json", as_json({"student": "s1", "answers": CELLS})),
    "JSON, nested": ("a.json", as_json({"student": "s1", "answers": {"8": {"W": {"1": {"1": 1, "2": "1/2"}, "2": {"1": 3, "2": 4}}}}})),
    "PDF form": ("s1.pdf", pdf(CELLS)),
    "notebook": ("s1.ipynb", notebook("\n".join(f"{k}: {t.strip()}" for k, t in CELLS.items()))),
}


@pytest.mark.parametrize(("name", "content"), CELL_WAYS.values(), ids=CELL_WAYS.keys())
def test_cells_of_a_matrix(tmp_path: Path, name: str, content: bytes | str) -> None:
    """A matrix typed into boxes becomes one answer in every kind of file."""
    assert {k: t.replace(" 1/2", "1/2") for k, t in short(got(tmp_path, name, content)).items()} == {"8.W": "1,1/2; 3, 4"}


GOOGLE = 'Timestamp,Email Address,Score,Student ID,1.m_new (2 marks),1.m_new (2 marks) [Score],"Question 2: Which\none?"\n13/01/2025 10:00:00,j@x.org,1 / 2,s1,"0,5",1 / 1,B\n'
MICROSOFT = "ID,Start time,Completion time,Email,Name,Last modified time,Total points,Quiz feedback,1.m_new,Points - 1.m_new,Feedback - 1.m_new,Question 2\n1,1/13/25 9:50:00,1/13/25 10:00:00,s1,Jane,,1,,\"0,5\",1,,B\n"
MOODLE = 'Surname,"First name","ID number",Institution,Department,"Email address",State,"Started on",Completed,"Time taken",Grade/10.00,"Question 1","Response 1","Response 2"\nDoe,Jane,s1,,,j@x.org,Finished,"13 January 2025  9:00 AM","13 January 2025  10:00 AM","1 hour",-,"Type 3, 4","0,5",B\n'
CANVAS = 'name,id,sis_id,section,section_id,section_sis_id,submitted,attempt,1022: 1.m_new,1.0,"1023: Question 2: Which?",2.0,n correct,n incorrect,score\nJane,12,s1,A,1,x,2025-01-13 10:00:00 UTC,1,"0,5",1,B,0,1,1,1\n'
GRADEBOOK = 'Student,ID,SIS User ID,SIS Login ID,Section,1.m_new,Question 2\n    Points Possible,,,,,2,1\n"Doe, Jane",12,s1,jd,A,"0,5",B\n'
EXPORTS = {
    "Google Forms": GOOGLE,
    "Microsoft Forms": MICROSOFT,
    "Moodle": MOODLE,
    "Moodle, tabs": MOODLE.replace('"0,5"', "0,5").replace('"Type 3, 4"', "Type 3").replace(",", "\t").replace("0\t5", "0,5"),
    "Canvas quiz": CANVAS,
    "Canvas gradebook": GRADEBOOK,
    "a title above": "Exam in deep learning,,\n,,\nstudent,1.m_new,2\ns1,\"0,5\",B\n",
    "Excel's line": 'sep=;\nstudent;1.m_new;2\ns1;0,5;B\n',
}  # fmt: skip


@pytest.mark.parametrize("text", EXPORTS.values(), ids=EXPORTS.keys())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_exports(tmp_path: Path, text: str, encoding: str) -> None:
    """Exports of forms and platforms: the student by the number, the answers, nothing of the rest."""
    found = got(tmp_path, "export.csv", text.encode(encoding))
    assert short(found) == {"1.m_new" if "1.m_new" in text else "1.": "0,5", "2.": "B"}
    assert {e.student for e in found} == {"s1"}
    timed = {e.at for e in found if isinstance(e, Entry)}
    assert timed == {datetime(2025, 1, 13, 10) if "2025" in text or "/25" in text else None}


def test_moodle_gaps_and_dashes(tmp_path: Path) -> None:
    """Moodle writes the gaps of a question in one cell, and a dash for no response."""
    text = 'ID number,Response 1,Response 2,Response 3\ns1,"part 1: 0.5; part 2: [1; 2]",-,part of it\n'
    assert short(got(tmp_path, "m.csv", text)) == {"1.a": "0.5", "1.b": "[1; 2]", "2.": "", "3.": "part of it"}


def test_latin_1_and_windows(tmp_path: Path) -> None:
    """Umlauts of old exports are read."""
    found = got(tmp_path, "a.csv", "student,1.a\nMüller,½ Größe\n".encode("latin-1"))
    assert [(e.student, e.text) for e in found if isinstance(e, Entry)] == [("Müller", "½ Größe")]


NUMBERS = {
    "whole": (3, "General", "3"),
    "float": (3.0, "General", "3"),
    "dust": (0.1 + 0.2, "General", "0.3"),
    "tiny": (1e-08, "General", "1e-08"),
    "zeros kept": (0.5, "0.00", "0.50"),
    "all digits": (0.123456, "0.00", "0.123456"),
    "per cent": (0.255, "0%", "25.5%"),
    "true": (True, "General", "TRUE"),
    "text": ("0.10", "General", "0.10"),
}


@pytest.mark.parametrize(("value", "layout", "text"), NUMBERS.values(), ids=NUMBERS.keys())
def test_numbers_in_workbooks(tmp_path: Path, value: object, layout: str, text: str) -> None:
    """A number in a cell is read as a person sees it."""
    assert short(got(tmp_path, "a.xlsx", xlsx([["student", "1.a"], ["s1", value]], {"B2": layout}))) == {"1.a": text}


ODD = {
    "a date": (datetime(2025, 1, 2), "into a date"),
    "a time": (time(1, 2), "into a date"),
    "a duration": (timedelta(hours=30), "into a date"),
    "a formula": ("=FORMULA", "formula that has no value"),
}


@pytest.mark.parametrize(("value", "why"), ODD.values(), ids=ODD.keys())
def test_odd_cells(tmp_path: Path, value: object, why: str) -> None:
    """What a spreadsheet made of an answer is told, and the other answers are read."""
    found = got(tmp_path, "a.xlsx", xlsx([["student", "1.a", "1.b"], ["s1", value, "2"]]))
    assert [e.text for e in found if isinstance(e, Entry)] == ["2"]
    (trouble,) = troubles(found)
    assert trouble.startswith("1.a: ")
    assert why in trouble


def test_dates_and_numbers_of_other_columns(tmp_path: Path) -> None:
    """Times and ids in workbooks are cells of their own types."""
    found = got(tmp_path, "a.xlsx", xlsx([["Student ID", "Completion time", "1.a"], [1234567, datetime(2025, 1, 2, 3, 4), 1]]))
    assert [(e.student, e.at) for e in found if isinstance(e, Entry)] == [("1234567", datetime(2025, 1, 2, 3, 4))]


BROKEN_ROWS = {
    "cut short": ("s2,1,a\n", "cut short"),
    "too long": ("s2,1,a,0,5\n", "columns instead of 4"),
    "a quotation mark left open": ('s2,1,a,"3\n', "not closed"),
    "text after a quotation mark": ('s2,1,a,"3"x\n', "not closed"),
    "no student": (",1,a,3\n", "no student"),
    "a very long answer": (f"s2,1,a,{'9' * 20_000}\n", "20000 characters"),
    "a giant field": (f"s2,1,a,{'9' * 200_000}\n", "not closed"),
}


@pytest.mark.parametrize(("row", "why"), BROKEN_ROWS.values(), ids=BROKEN_ROWS.keys())
def test_a_broken_row_costs_itself_only(tmp_path: Path, row: str, why: str) -> None:
    """A broken row is told, and the rows around it are read."""
    found = got(tmp_path, "a.csv", f"student,question,part,answer\ns1,1,a,1\n{row}s3,1,a,3\n")
    assert [e.student for e in found if isinstance(e, Entry)] == ["s1", "s3"]
    (trouble,) = troubles(found)
    assert why in trouble


def test_numbers_in_json_keep_their_digits(tmp_path: Path) -> None:
    """JSON numbers and lists become the text that was written."""
    answers = '{"1.a": 0.10, "1.b": [[1, 2.50], [3, "x"]], "1.c": 1e400, "1.d": true, "1.e": null, "1.f": ' + "9" * 5000 + "}"
    found = short(got(tmp_path, "s1.json", answers))
    assert found == {"1.a": "0.10", "1.b": "[[1, 2.50], [3, x]]", "1.c": "1e400", "1.d": "true", "1.e": "", "1.f": "9" * 5000}


NOTEBOOK = [
    ("# Question 1\nCompute everything.", {}),
    ("## 1.m_new", {}),
    ("0.12", {"1.m_new": "0.12"}),
    (("code", "# 1.v_new\nv_new = 0.3"), {"1.v_new": "v_new = 0.3"}),
    (("code", 'import numpy as np\nanswers["2.a"] = np.array([1, 2])\nanswers["2.b"] = 1/3'), {"2.a": "np.array([1, 2])", "2.b": "1/3"}),
    ("1:\nyes", {"1.": "yes"}),
    ("3.a: 1\n3.b: 2", {"3.a": "1", "3.b": "2"}),
    ("Note: nothing", {}),
]  # fmt: skip


def test_notebook_cells(tmp_path: Path) -> None:
    """Cells that name an answer are read, in every way that a student may write one; the others are not."""
    wanted = {key: text for _, answers in NOTEBOOK for key, text in answers.items()}
    assert short(got(tmp_path, "s1.ipynb", notebook(*(cell for cell, _ in NOTEBOOK)))) == wanted


def test_code_is_not_run(tmp_path: Path) -> None:
    """An answer that needs code to be run is told; nothing is run."""
    mark = tmp_path / "ran"
    code = f'm = open({str(mark)!r}, "w")\nanswers["1.a"] = m\nanswers["1.b"] = 2'
    found = got(tmp_path, "s1.ipynb", notebook(("code", code)))
    assert [e.text for e in found if isinstance(e, Entry)] == ["2"]
    assert "code is not run" in troubles(found)[0]
    assert not mark.exists()


def test_folders_and_archives(tmp_path: Path) -> None:
    """Folders and archives as platforms pack them, one archive deep; order by name, the source said."""
    row = "question,part,answer\n1,a,{}\n"
    inner = zipped({"work/answers.csv": row.format(3)})
    archive = zipped(
        {
            "J D_111_assignsubmission_file_/answers.csv": row.format(1),
            "doe_LATE_22222_98765_a.csv": row.format(2),
            "doe_33333_98766_all.zip": inner,
            "__MACOSX/._x.csv": "x",
            "Sheet_s44444_attempt_2025-01-01-10-00-00_a.json": '{"1.a": 4}',
            "Sheet_s44444_attempt_2025-01-01-10-00-00.txt": "Name: Jane",
        }
    )
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "all.zip").write_bytes(archive)
    (folder / "s55555.csv").write_text(row.format(5))
    found = list(read([folder]))
    assert not troubles(found)
    assert [(e.student, e.text) for e in found if isinstance(e, Entry)] == [("111", "1"), ("22222", "2"), ("33333", "3"), ("s44444", "4"), ("s55555", "5")]
    assert found[0].source == "in: all.zip: J D_111_assignsubmission_file_/answers.csv, row 2"
    assert [e.at for e in found if isinstance(e, Entry)][3] == datetime(2025, 1, 1, 10)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["all.zip", "in", "s55555.csv"]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is one trouble, and the others are read."""
    (tmp_path / "a.csv").write_text("student,1.a\ns1,2\n")
    found = list(read([tmp_path / "no.csv", tmp_path / "a.csv"]))
    assert [type(f) for f in found] == [Trouble, Entry]


def test_buttons_and_lists_of_forms(tmp_path: Path) -> None:
    """A choice in a form is the option that was chosen."""
    import weasyprint
    from pypdf import PdfReader, PdfWriter

    html = '<form><select name="1.a"><option value="A">A</option><option value="B">B</option></select><input type="checkbox" name="2.a" value="x"></form>'
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(weasyprint.HTML(string=html).write_pdf(pdf_forms=True))))
    writer.update_page_form_field_values(writer.pages[0], {"1.a": "B"}, auto_regenerate=True)
    out = io.BytesIO()
    writer.write(out)
    assert short(got(tmp_path, "s1.pdf", out.getvalue())) == {"1.a": "B", "2.a": ""}


def test_a_sheet_of_ours_is_filled_in(tmp_path: Path) -> None:
    """The form that `dlexam practice --form` makes is filled in and read back, cells and all."""
    from click.testing import CliRunner
    from pypdf import PdfReader, PdfWriter

    from dlexam.cli import main

    sheet = tmp_path / "sheet.pdf"
    arguments = ["practice", "linear_algebra/matrix_vector", "-n", "1", "--seed", "1", "-o", str(sheet), "--form"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert "nothing was filled in" in troubles(list(read([sheet])))[0]
    writer = PdfWriter(clone_from=PdfReader(sheet))
    names = [name for name, field in (writer.get_fields() or {}).items() if "/FT" in field]
    for page in writer.pages:
        writer.update_page_form_field_values(page, {name: f"{i}/2" for i, name in enumerate(names)})
    writer.write(tmp_path / "s1.pdf")
    found = short(list(read([tmp_path / "s1.pdf"])))
    assert found == {"1.y": ", ".join(f"{i}/2" for i in range(len(names)))}
