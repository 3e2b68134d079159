"""How exam papers look: the cover, the foot of every page, languages, large print, sizes of paper."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner
from paper_sample import papers, without_prose
from segno import make_qr
from test_words import LOCALES, catalogue, messages

from dlexam.blocks import Document
from dlexam.cli import main
from dlexam.cover import Imprint
from dlexam.render import html, pdf, qr, typst

Engine = Callable[[Document], bytes]
ENGINES: dict[str, Engine] = {"weasyprint": pdf.render, "typst": typst.render}


@pytest.fixture(scope="module")
def english() -> dict[str, Document]:
    """The documents of a paper, with a quarter more time."""
    return papers(extra=25)


@pytest.fixture(scope="module")
def dutch() -> dict[str, Document]:
    """The same in Dutch."""
    return papers("nl", extra=25)


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Both engines."""
    return ENGINES[request.param]


def opened(made: bytes) -> pypdf.PdfReader:
    """A PDF."""
    return pypdf.PdfReader(io.BytesIO(made))


def vocabulary(made: bytes) -> list[str]:
    """The words of a PDF that do not change with its pages."""
    whole = " ".join(re.sub(r"page \d+ of \d+", "", text(page)) for page in opened(made).pages)
    return re.findall(r"[A-Za-z]{4,}", whole)


def text(page: pypdf.PageObject) -> str:
    """The text of a page with single spaces."""
    return " ".join(page.extract_text().split())


# ---------------------------------------------------------------- cover and foot


@pytest.mark.parametrize("part", ["paper", "solutions", "scheme"])
def test_every_page_says_what_it_is(part: str, english: dict[str, Document], engine: Engine) -> None:
    """The paper's id and version, the page and their number, the tool and the bank are on every page."""
    document = english[part]
    imprint = document.imprint
    pages = opened(engine(document)).pages
    for number, page in enumerate(pages, 1):
        words = text(page)
        assert f"page {number} of {len(pages)}" in words
        assert f"paper {imprint.paper} · version A" in words
        assert f"dlexam {imprint.tool}, bank {imprint.bank}" in words


def test_the_cover(english: dict[str, Document], engine: Engine) -> None:
    """Who, what, when, how long, with what, and what each question is worth, on a page of its own."""
    pages = opened(engine(english["paper"])).pages
    words = text(pages[0])
    for said in (
        "Deep learning", "Midterm", "27 March 2026", "113 minutes, of which 23 minutes extra time", "12 marks",
        "Name Ada Lovelace", "Student number s1234567", "Seat", "Version A", "Allowed aids a calculator; one sheet",
        "Give 3 decimals", "Write legibly.", "Question 1 2 3 Total", "Earned",
    ):  # fmt: skip
        assert said in words
    assert "One Adam step" not in words
    assert "One Adam step" in text(pages[1])


@pytest.mark.parametrize("part", ["solutions", "scheme"])
def test_solutions_have_a_short_head(part: str, english: dict[str, Document], engine: Engine) -> None:
    """Title, student and paper; no boxes to fill in."""
    words = text(opened(engine(english[part])).pages[0])
    title = {"solutions": "solutions", "scheme": "marking scheme"}[part]
    assert f"Midterm: {title}" in words
    assert "Ada Lovelace · s1234567 · paper" in words
    assert "Student number" not in words
    assert "One Adam step" in words


def test_parts_have_letters(english: dict[str, Document], engine: Engine) -> None:
    """An answer can be called 1a: each box has its letter; sections have their titles."""
    words = " ".join(text(page) for page in opened(engine(english["paper"])).pages)
    assert re.search(r"\(a\).*\(b\).*\(c\).*\(d\).*\(e\)", words)
    assert {"Short", "In any order.", "Long"} == {said for said in ("Short", "In any order.", "Long") if said in words}


def test_a_section_may_start_a_page(english: dict[str, Document], engine: Engine) -> None:
    """A page break of the plan is one on the paper, and a title stays with its question."""
    pages = [text(page) for page in opened(engine(english["paper"])).pages]
    starts = [page for page in pages if re.search(r"\bLong\b", page)]
    assert len(starts) == 1
    assert "One Adam step" not in starts[0]
    assert "cross-entropy" in starts[0].casefold()


def test_a_practice_sheet_has_none_of_it(engine: Engine, english: dict[str, Document]) -> None:
    """No cover, no code, no letters on a document that is no exam."""
    plain = replace(english["paper"], part="", cover=None, imprint=None, small_print="Seed 7")
    words = text(opened(engine(plain)).pages[0])
    assert "Student number" not in words
    assert "Seed 7" in words
    assert "page 1 of" in words


def test_the_web_paper(english: dict[str, Document]) -> None:
    """The page has the cover, letters and boxes to type in, and says at its end what it is."""
    page = html.render(english["paper"])
    assert 'class="cover"' in page
    assert f"paper {english['paper'].imprint.paper}" in page
    assert ">(a)</span>" in page
    assert 'name="1.m_new"' in page or 'name="q1.m_new"' in page
    unknown = replace(english["paper"], imprint=replace(english["paper"].imprint, name="", student=""))
    assert '<input name="student"' in html.render(unknown)


# ---------------------------------------------------------------- codes


@pytest.mark.parametrize("version", ["", "A", "Gruppe ü"])
def test_codes_are_those_of_segno(version: str) -> None:
    """What is worked out from one code is what segno makes of each page's text."""
    imprint = Imprint("8H3K2M9Q", "0", "b", version)
    made = qr.codes(imprint, 40)
    for page in (1, 2, 9, 10, 39, 40):
        whole = "/".join(filter(None, ("DLEXAM", "8H3K2M9Q", f"{page:02d}", version)))
        rows = make_qr(whole, error="m", mask=qr.MASK, boost_error=False).matrix
        assert made[page - 1].bits == int("".join(str(bit) for row in rows for bit in row), 2)


def test_a_path_is_its_code() -> None:
    """The runs of dark modules make the code again."""
    code = qr.code("DLEXAM/8H3K2M9Q/01")
    modules = {(x + i, y) for x, y, wide in code.runs() for i in range(wide)}
    bits = "".join(str(int((x, y) in modules)) for y in range(code.side) for x in range(code.side))
    assert int(bits, 2) == code.bits
    assert code.path().startswith("M0 0h7v1h-7z")


def test_every_page_has_its_own_code(english: dict[str, Document]) -> None:
    """WeasyPrint's pages are stamped each with its number; solutions are not."""
    document = english["paper"]
    pages = opened(pdf.render(document)).pages
    for page, code in zip(pages, qr.codes(document.imprint, len(pages)), strict=True):
        drawn = page["/Contents"][0].get_object().get_data().decode()
        rectangles = re.findall(r"^(\d+) (-\d+) (\d+) 1 re$", drawn, re.MULTILINE)
        assert [(int(x), -int(y) - 1, int(wide)) for x, y, wide in rectangles] == list(code.runs())
        assert "/Artifact BMC" in drawn
    assert not any("Artifact BMC q" in str(p["/Contents"].get_object()) for p in opened(pdf.render(english["solutions"])).pages)


def test_typst_has_a_code_for_every_page(english: dict[str, Document], monkeypatch: pytest.MonkeyPatch) -> None:
    """The source has as many codes as pages may need; a paper with more is made again with more."""
    made = opened(typst.render(english["paper"]))
    asked: list[int] = []
    whole = qr.codes

    def few(imprint: Imprint, pages: int) -> list[qr.Code]:
        asked.append(pages)
        return whole(imprint, 1 if len(asked) == 1 else pages)

    monkeypatch.setattr("dlexam.render.typst_sheet.codes", few)
    assert len(opened(typst.render(english["paper"])).pages) == len(made.pages)
    assert len(asked) == 2
    assert asked[1] > asked[0]


# ---------------------------------------------------------------- sizes


def letters(made: bytes) -> float:
    """The size in points that most letters of a PDF have."""
    found: Counter[float] = Counter()

    def note(words: str, page: list[float], place: list[float], _: object, size: float) -> None:
        found[round(abs(size * place[3] * page[3]), 1)] += len(words.strip())

    for page in opened(made).pages[1:]:
        page.extract_text(visitor_text=note)
    return found.most_common(1)[0][0]


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("large", [False, True])
def test_sizes_of_paper(size: str, large: bool, english: dict[str, Document], engine: Engine) -> None:
    """The page is as large as it is asked to be."""
    made = engine(replace(english["paper"], size=size, large=large))
    wide, high = {"a4": (595.28, 841.89), "letter": (612, 792)}[size]
    for page in opened(made).pages:
        assert float(page.mediabox.width) == pytest.approx(wide, abs=0.5)
        assert float(page.mediabox.height) == pytest.approx(high, abs=0.5)


def test_large_print_is_large(english: dict[str, Document], engine: Engine) -> None:
    """Letters of 18 points in place of 10.5, on more pages, with the same words."""
    usual, large = (engine(replace(english["paper"], large=big)) for big in (False, True))
    assert letters(usual) == pytest.approx(10.5, abs=0.1)
    assert letters(large) == pytest.approx(18, abs=0.1)
    assert len(opened(large).pages) > len(opened(usual).pages)
    before, after = (Counter(vocabulary(made)) for made in (usual, large))
    assert set(before) <= set(after)


# ---------------------------------------------------------------- Dutch


def english_words() -> list[str]:
    """The English messages without values that Dutch says otherwise."""
    found = messages(catalogue(LOCALES / "nl" / "LC_MESSAGES" / "dlexam.po", "nl"))
    return [
        word
        for message in found
        for word, said in zip(*((m if message.pluralizable else (m,)) for m in (message.id, message.string)))
        for word in [re.sub(r"%\(\w+\)s", "", word).strip(" :,;")]
        if word and word.casefold() not in said.casefold()
    ]


@pytest.mark.parametrize("part", ["paper", "solutions", "scheme"])
def test_a_dutch_page_is_dutch(part: str, dutch: dict[str, Document], engine: Engine) -> None:
    """Without the words of the questions nothing English is left on any page."""
    document = without_prose(dutch[part])
    words = " ".join(text(page) for page in opened(engine(document)).pages)
    left = [word for word in english_words() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", words)]
    assert not left
    assert "pagina 1 van" in words


def test_a_dutch_web_page_is_dutch(dutch: dict[str, Document]) -> None:
    """The same on the web."""
    page = html.render(without_prose(dutch["paper"]))
    shown = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    left = [word for word in english_words() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", shown)]
    assert not left


def test_dutch_numbers(dutch: dict[str, Document], engine: Engine) -> None:
    """Numbers have a comma on the page: in mathematics, in words, in marks."""
    cover, *rest = map(text, opened(engine(dutch["paper"])).pages)
    assert "vrijdag 27 maart 2026" in cover
    assert "zoals in 0,25" in cover
    pages = " ".join(rest).split("Midterm ·")
    questions = " ".join(page.partition("pagina")[0] for page in pages if "dlexam" not in page)
    assert re.search(r"\d,\d", questions)
    assert not re.search(r"\d\.\d", questions)


def test_an_exam_in_no_language_is_refused_first(tmp_path: Path) -> None:
    """A language without words stops the build with one line, before anything is drawn."""
    plan = tmp_path / "exam.toml"
    plan.write_text('title = "T"\nlanguage = "xx"\nversions = ["A"]\n[[section]]\n[[section.question]]\nid = "optimizers/adam"\n')
    done = CliRunner().invoke(main, ["exam", "build", str(plan), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert done.stderr.startswith("dlexam: language xx: there are no words for it.")
    assert not (tmp_path / "out").exists()


def test_a_process_that_made_pdfs_ends_well(tmp_path: Path) -> None:
    """Nothing is freed twice at the end, and the folder of unpacked fonts is gone."""
    test = f"{__file__}::test_the_cover"
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", test]
    done = subprocess.run(run, env=os.environ | {"TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""
    assert not list(tmp_path.glob("weasyprint-*"))
