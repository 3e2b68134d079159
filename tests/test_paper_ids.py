"""The file of a paper says which paper it is; a form that comes back is known by it, however it is called."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from paper_sample import papers
from pypdf import PdfReader, PdfWriter

from dlexam.bank import load_bank
from dlexam.blocks import Document
from dlexam.cli import main
from dlexam.cover import paper_named
from dlexam.exam import load_exam
from dlexam.render import html, pdf, typst
from dlexam.submissions import Entry, Trouble, read

PLAN = 'title = "Forms"\n[[section]]\n[[section.question]]\nid = "optimizers/adam"\n'
ONE, TWO, THREE = "s1000001", "s1000002", "s1000003"
ROSTER = f"student,name\n{ONE},Student One\n{TWO},Jane Doering\n{THREE},Student Three\n"
KNOWN = {"/Title", "/Producer", "/Creator", "/Keywords"}


def keyword(made: bytes) -> str | None:
    """The keywords of a PDF."""
    return (PdfReader(io.BytesIO(made)).metadata or {}).get("/Keywords")


# ---------------------------------------------------------------- in the file


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """A paper, its solutions and its marking scheme."""
    return papers()


@pytest.mark.parametrize(
    "engine",
    [pdf.render, lambda document: pdf.render(document, form=True), typst.render],
    ids=["weasyprint", "form", "typst"],
)
def test_a_pdf_names_its_paper_and_nothing_else(
    engine: Callable[[Document], bytes], documents: dict[str, Document]
) -> None:
    """Keywords are the id that is printed on every page; nobody is named, and the file is the same again."""
    made = engine(documents["paper"])
    assert keyword(made) == f"dlexam paper {documents['paper'].imprint.paper}"
    reader = PdfReader(io.BytesIO(made))
    assert set(reader.metadata or {}) <= KNOWN
    assert all(documents["paper"].imprint.paper in page.extract_text() for page in reader.pages)
    assert engine(documents["paper"]) == made
    told = str(reader.metadata) + reader.trailer["/Root"]["/Metadata"].get_data().decode()
    imprint = documents["paper"].imprint
    assert told.count(imprint.paper) == 2
    assert not [said for said in (imprint.student, imprint.name, imprint.bank) if said in told]


def test_what_is_not_handed_in_names_no_paper(documents: dict[str, Document]) -> None:
    """Solutions, schemes and practice sheets come back from nobody."""
    sheet = replace(documents["paper"], part="", cover=None, imprint=None)
    for document in (documents["solutions"], documents["scheme"], sheet):
        assert keyword(pdf.render(document)) is None
        assert keyword(typst.render(document)) is None
        assert 'name="keywords"' not in html.render(document)


def test_a_web_paper_names_its_paper(documents: dict[str, Document]) -> None:
    """The HTML page has the same keywords, and no other metadata that differ from paper to paper."""
    page = html.render(documents["paper"])
    named = re.findall(r'<meta name="([\w-]+)" content="([^"]*)">', page)
    assert dict(named).keys() == {"viewport", "color-scheme", "keywords"}
    assert dict(named)["keywords"] == f"dlexam paper {documents['paper'].imprint.paper}"


@pytest.mark.parametrize(
    ("keywords", "paper"),
    [
        ("dlexam paper 7KQ2M9XD", "7KQ2M9XD"),
        ("exam, dlexam paper 7KQ2M9XD, maths", "7KQ2M9XD"),
        ("dlexam paper 7KQ2M9XD, dlexam paper 7KQ2M9XD", "7KQ2M9XD"),
        ("dlexam paper 7KQ2M9XD, dlexam paper 8KQ2M9XD", ""),
        ("dlexam paper 7KQ2M9X", ""),
        ("dlexam paper 7KQ2M9XDD", ""),
        ("7KQ2M9XD", ""),
        ("", ""),
    ],
)
def test_the_paper_that_keywords_name(keywords: str, paper: str) -> None:
    """Other words beside it do no harm; two papers are none."""
    assert paper_named(keywords) == paper


# ---------------------------------------------------------------- handed in


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exam of forms for three students, built by the command."""
    place = tmp_path_factory.mktemp("forms")
    (place / "plan.toml").write_text(PLAN, encoding="utf-8")
    (place / "roster.csv").write_text(ROSTER, encoding="utf-8")
    made = ["exam", "build", str(place / "plan.toml"), "--roster", str(place / "roster.csv"), "-o", str(place / "exam")]
    built = CliRunner().invoke(main, [*made, "--form", "--no-solutions", "--no-schemes"])
    assert built.exit_code == 0, built.output
    return place / "exam"


@pytest.fixture
def place(exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the exam, in which commands run."""
    shutil.copytree(exam, tmp_path / "exam")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def filled(student: str, keywords: str | None = "", written: str = "") -> bytes:
    """A student's form, filled in right; with other keywords (None: stripped), or with a field for the student."""
    writer = PdfWriter(clone_from=PdfReader(f"exam/papers/{student}.pdf"))
    (item,) = load_exam(Path("exam"), load_bank()).paper(student).items
    texts = {f"1.{s.name}": item.variant.kinds[s.name].text(item.variant.values[s.name]) for s in item.parts.values()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(texts), auto_regenerate=False)
    if keywords is None:
        writer.metadata = None
        writer.root_object.pop("/Metadata", None)
    elif keywords:
        writer.add_metadata({"/Keywords": keywords})
    if written:
        add_field(writer, written)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def add_field(writer: PdfWriter, text: str) -> None:
    """A field `student` with something written into it."""
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    field = DictionaryObject({
        NameObject("/FT"): NameObject("/Tx"),
        NameObject("/T"): TextStringObject("student"),
        NameObject("/V"): TextStringObject(text),
    })  # fmt: skip
    writer.root_object["/AcroForm"]["/Fields"].append(writer._add_object(field))  # type: ignore[index]


def graded(files: Mapping[str, bytes], *named: str) -> tuple[Result, dict[str, str]]:
    """What the command says of files in a folder, or of those `named` one by one, and everybody's marks."""
    for name, content in files.items():
        path = Path("in", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    done = CliRunner().invoke(main, ["grade", "exam", *(named or ("in",)), "-o", "marks", "--feedback", "none"])
    assert done.exit_code in (0, 1), done.output
    with Path("marks/gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file)
    return done, {row[0]: row[-1] for row in rows if row[-1]}


def whole() -> str:
    """The marks of a right paper."""
    return f"{float(load_exam(Path('exam'), load_bank()).paper(ONE).out_of):g}"


def test_a_renamed_form_is_its_students(place: Path) -> None:
    """Whatever a file is called, in a folder or by itself, and whatever number a platform gives it."""
    files = {
        "final answers (2).pdf": filled(ONE),
        "Jane Doering_991234_assignsubmission_file_/exam.pdf": filled(TWO),
        "scan0007/form.pdf": filled(THREE),
    }
    done, marks = graded(files)
    assert (done.exit_code, marks) == (0, dict.fromkeys((ONE, TWO, THREE), whole())), done.output
    done, marks = graded({}, "in/final answers (2).pdf", "in/scan0007/form.pdf")
    assert (done.exit_code, marks) == (0, dict.fromkeys((ONE, THREE), whole())), done.output


@pytest.mark.parametrize("named", [(), (f"in/{ONE}.pdf", f"in/{TWO}.pdf")], ids=["folder", "files"])
def test_swapped_forms_are_not_marked(named: tuple[str, ...], place: Path) -> None:
    """Each form is the other's: neither is marked against the wrong numbers, and a line says whose it is."""
    done, marks = graded({f"{ONE}.pdf": filled(TWO), f"{TWO}.pdf": filled(ONE), f"{THREE}.pdf": filled(THREE)}, *named)
    assert done.exit_code == 1
    assert marks == ({} if named else {THREE: whole()})
    for student, other in ((ONE, TWO), (TWO, ONE)):
        why = f"answers of {student} on the paper of {other}. They were not taken; a person must look."
        assert done.stderr.count(f"{student}: {why}\n") == 1
    assert "2 lines need a person: see needs-a-person.csv." in done.stderr


def test_a_stripped_form_goes_by_its_name(place: Path) -> None:
    """A viewer that drops the metadata loses nothing where the file has its name; a renamed one is for a person."""
    done, marks = graded({f"{ONE}.pdf": filled(ONE, None), "final.pdf": filled(TWO, None)})
    assert (done.exit_code, marks) == (1, {ONE: whole()})
    assert "final.pdf: final: final: not on the roster." in done.stderr


@pytest.mark.parametrize(
    ("name", "field", "says"),
    [
        ("final.pdf", ONE, ""),
        ("final.pdf", "One, Student", ""),
        ("final.pdf", "my name", ""),
        ("final.pdf", TWO, f"{TWO}: answers of {TWO} on the paper of {ONE}."),
        (f"{TWO}.pdf", ONE, f"{TWO}: answers of {ONE} in a file of {TWO}."),
        ("janedoering_final.pdf", "", f"{TWO}: answers of {ONE} in a file of {TWO}."),
        ("Jane Doering_991234_assignsubmission_file_/exam.pdf", "", f"{TWO}: answers of {ONE} in a file of {TWO}."),
    ],
    ids=["field", "field by name", "unknown field", "another's field", "another's file", "name in a file", "packed"],
)
def test_field_then_paper_then_file(name: str, field: str, says: str, place: Path) -> None:
    """The form of the first student is taken where all that names a student names the same one."""
    done, marks = graded({name: filled(ONE, written=field)}, "in" if "/" in name else f"in/{name}")
    assert (done.exit_code, marks) == ((1, {}) if says else (0, {ONE: whole()}))
    assert says in done.stderr


def test_a_form_of_another_exam_is_not_marked(place: Path) -> None:
    """The paper of last year, or of a build that was made anew, has other numbers."""
    done, marks = graded({f"{ONE}.pdf": filled(ONE, "dlexam paper 00000000"), f"{TWO}.pdf": filled(TWO)})
    assert (done.exit_code, marks) == (1, {TWO: whole()})
    assert f"{ONE}: answers of {ONE} on paper 00000000, which is not of this exam. They were not" in done.stderr


def test_an_empty_form_is_listed_under_its_student(place: Path) -> None:
    """Nothing was filled in, and the file says nothing: its paper does."""
    done, _ = graded({"final.pdf": Path(f"exam/papers/{TWO}.pdf").read_bytes(), f"{ONE}.pdf": filled(ONE)})
    assert f"{TWO}: nothing was filled in." in done.stderr


def test_readers_know_no_exam(place: Path) -> None:
    """What is read of a form is the paper's id, not whose it is."""
    paper = load_exam(Path("exam"), load_bank()).paper_ids[ONE]
    Path("final.pdf").write_bytes(filled(ONE))
    found = list(read([Path("final.pdf")]))
    assert {(e.student, e.paper) for e in found if isinstance(e, Entry)} == {("final", paper)}
    Path("final.pdf").write_bytes(filled(ONE, None))
    assert {e.paper for e in read([Path("final.pdf")])} == {""}
    Path("final.pdf").write_bytes(Path(f"exam/papers/{ONE}.pdf").read_bytes())
    (blank,) = read([Path("final.pdf")])
    assert isinstance(blank, Trouble)
    assert blank.paper == paper


@pytest.mark.parametrize("left", [b"/Info [1 2]", b"/Info (x)", b"/Info 99999 0 R", b""], ids=["list", "text", "gone", "none"])
def test_damaged_metadata_cost_no_answers(left: bytes, place: Path) -> None:
    """What a program left in place of the metadata is passed over."""
    damaged, count = re.subn(rb"/Info \d+ \d+ R", left, filled(ONE))
    assert count == 1
    done, marks = graded({f"{ONE}.pdf": damaged})
    assert (done.exit_code, marks) == (0, {ONE: whole()}), done.output


def test_keywords_of_another_kind_name_no_paper(place: Path) -> None:
    """A list or a dictionary where text should be."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    for keywords in (ArrayObject([NameObject("/x")]), DictionaryObject()):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(filled(ONE))))
        assert writer._info is not None
        writer._info[NameObject("/Keywords")] = keywords
        out = io.BytesIO()
        writer.write(out)
        Path("final.pdf").write_bytes(out.getvalue())
        assert {e.paper for e in read([Path("final.pdf")]) if isinstance(e, Entry)} == {""}
