"""Documents as pages: well formed, safe, readable without eyes, and quick to make."""

import io
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pypdf
import pytest
from click.testing import CliRunner
from render_sample import line, matrix, sample
from tinyhtml5 import parse

from dlexam.blocks import (
    AnswerBox,
    Block,
    Bullets,
    Code,
    Document,
    Emphasis,
    Figure,
    Grid,
    Math,
    MathBlock,
    PageBreak,
    Paragraph,
    Problem,
    Row,
    Slip,
    Snippet,
    Solution,
    Spans,
    Table,
    Text,
    WorkedStep,
)
from dlexam.cli import main
from dlexam.folders import bundled
from dlexam.render import FORMATS, RenderError, pdf
from dlexam.render.math import TexError
from dlexam.render.terminal import render_problem, render_solution
from dlexam.render.text_box import columns

EVIL = "<script>alert(1)</script>\"'&{{ 7*7 }}"
EVIL_SPANS: Spans = (Text(EVIL), Code(EVIL), Emphasis((Text(EVIL),), strong=True), Math(r"\text{<script>}"))
EVIL_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script>'
    '<a href="javascript:alert(1)"><rect onclick="alert(1)" width="1" height="1"/></a>'
    '<image href="http://example.org/x.png"/><style>@import url(http://example.org)</style>'
    '<rect fill="url(http://example.org/x)" style="background:url(x)" width="2" height="2"/></svg>'
)
EVERY_BLOCK: dict[str, Block] = {
    "paragraph": Paragraph(EVIL_SPANS),
    "formula": MathBlock(r"\text{<script>alert(1)</script>}"),
    "bullets": Bullets((EVIL_SPANS,)),
    "numbered": Bullets((EVIL_SPANS,), ordered=True),
    "table": Table((EVIL_SPANS,), ((EVIL_SPANS,),)),
    "grid": Grid(((EVIL, "2"), ("3", "4")), frozenset({(0, 0)}), EVIL_SPANS),
    "figure": Figure(EVIL_SVG, EVIL, EVIL_SPANS),
    "row": Row((Paragraph(EVIL_SPANS), Grid(((EVIL,),)))),
    "snippet": Snippet(f'x = "{EVIL}"  # {EVIL}', EVIL),
    "page break": PageBreak(),
}


def around(*blocks: Block) -> Document:
    """A document of one question made of these blocks, its other texts hostile too."""
    boxes = (
        AnswerBox("a", r"\text{<script>}", 1, EVIL),
        AnswerBox("b", "B", 1, EVIL, 2, 2),
        AnswerBox("c", "c", 1, EVIL, options=(EVIL_SPANS, EVIL_SPANS)),
        AnswerBox("d", "d", 1, EVIL, 0, 0),
    )
    steps = (WorkedStep("s", "s", EVIL_SPANS, ("1", r"\text{<b>}"), ("=", "<"), 1, True, blocks),)
    slips = (Slip("s", "s", r"\text{<b>}", EVIL_SPANS),)
    problem = Problem(1, EVIL, EVIL, 0.5, 1, blocks, boxes)
    solution = Solution(1, EVIL, steps, slips, Snippet(EVIL, EVIL))
    return Document(EVIL, (EVIL,), 1, 0.5, 1, EVIL, (problem,), (solution,))


def html(document: Document, templates: Path | None = None) -> str:
    """The HTML page."""
    page = FORMATS["html"](document, templates)
    assert isinstance(page, str)
    return page


def made_pdf(document: Document, templates: Path | None = None) -> pypdf.PdfReader:
    """The PDF, opened."""
    written = FORMATS["pdf"](document, templates)
    assert isinstance(written, bytes)
    return pypdf.PdfReader(io.BytesIO(written))


def elements(page: str) -> list[Element]:
    """The elements of a page as a browser sees them."""
    return [
        element
        for element in parse(page, namespace_html_elements=False).iter()
        if isinstance(element.tag, str)
    ]


@pytest.mark.parametrize("block", EVERY_BLOCK.values(), ids=EVERY_BLOCK)
def test_hostile_text_stays_text(block: Block) -> None:
    """No text of any block becomes an element, an event or an address of the HTML page."""
    for element in elements(html(around(block))):
        assert element.tag not in ("script", "iframe", "object", "embed", "link", "base", "form", "a:href")
        assert not any(name.startswith("on") for name in element.attrib)
        addresses = [element.get(name, "") for name in ("href", "src", "action", "xlink:href")]
        assert all(address == "" or address.startswith("#") for address in addresses)
        assert (element.text or "").strip() != "49"


def test_hostile_text_is_printed() -> None:
    """The PDF shows hostile text of every block as it is written."""
    pages = made_pdf(around(*EVERY_BLOCK.values())).pages
    words = re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))
    assert words.count("<script>alert(1)</script>") > 30


def test_html_is_one_file() -> None:
    """The page has no script and nothing outside itself."""
    page = html(sample())
    assert "<script" not in page
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert set(re.findall(r"url\(([^)]{0,11})", page)) == {"data:font/w"}
    assert not re.search(r"https?://(?!www\.w3\.org/)", page)
    assert len(page) < 500_000


def test_html_can_be_used_without_eyes() -> None:
    """The page has a language and a title; every input has a label; ids are met once; links lead somewhere."""
    found = elements(html(sample()))
    by_id = [element.get("id") for element in found if element.get("id")]
    assert len(by_id) == len(set(by_id))
    labelled = {element.get("for") for element in found if element.tag == "label"}
    inside = {id(inner) for element in found if element.tag == "label" for inner in element.iter("input")}
    for element in found:
        if element.tag == "input":
            named = element.get("aria-label") or element.get("id") in labelled or id(element) in inside
            assert named, element.attrib
        for name in ("href", "aria-labelledby", "for"):
            if element.get(name):
                assert element.get(name, "").removeprefix("#") in by_id
    assert found[0].get("lang") == "en"
    assert next(element for element in found if element.tag == "title").text == sample().title
    levels = [int(element.tag[1]) for element in found if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_html_has_an_input_for_every_asked_cell() -> None:
    """A 3 x 3 answer has nine inputs, a choice one for each option, named by question and step."""
    names = [element.get("name", "") for element in elements(html(sample())) if element.tag == "input"]
    assert [name for name in names if name.startswith("q2.Y.")] == [
        f"q2.Y.{row}.{column}" for row in (1, 2, 3) for column in (1, 2, 3)
    ]
    assert names.count("q5.gradient") == 4
    assert "q1.theta_new" in names


def test_html_marks_the_window_of_a_grid() -> None:
    """The cells of a window are classed, with the outer edges of the window."""
    page = html(sample())
    assert page.count('<td class="on t l">') == 1
    assert '<td class="on t b l r">' in page


@pytest.fixture(scope="module")
def printed() -> pypdf.PdfReader:
    """The sample sheet as a PDF."""
    return made_pdf(sample())


def test_pdf_is_tagged(printed: pypdf.PdfReader) -> None:
    """The PDF has its title, its language, headings and paragraphs as tags, and embedded fonts only."""
    reader = printed
    catalog = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Deep learning: practice sheet"
    assert catalog["/Lang"] == "en"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {"/H1", "/H2", "/H3", "/P", "/Figure", "/Table", "/Formula"} <= set(_tags(catalog["/StructTreeRoot"]))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            name = str(font.get_object()["/BaseFont"])
            assert re.search("STIX|Inconsolata", name), name


def _tags(node: object) -> Iterator[str]:
    """The tags of a structure tree."""
    if isinstance(node, list):
        for child in node:
            yield from _tags(child.get_object())
    elif isinstance(node, dict) and "/K" in node:
        yield str(node.get("/S"))
        yield from _tags(node["/K"])


def test_pdf_reads_formulas_aloud(printed: pypdf.PdfReader) -> None:
    """A formula is tagged as one, with words for it; a drawing of the givens stays a figure."""
    said = dict(_said(printed.trailer["/Root"]["/StructTreeRoot"]))
    assert {"mₜ₋₁ = 0.1", "‖C‖_F", "vₜ₋₁ = 0.04"} <= {words for words, tag in said.items() if tag == "/Formula"}
    assert said["Two inputs, one hidden unit, one output"] == "/Figure"


def _said(node: object) -> Iterator[tuple[str, str]]:
    """The alternative texts of a structure tree with their tags."""
    if isinstance(node, list):
        for child in node:
            yield from _said(child.get_object())
    elif isinstance(node, dict) and "/K" in node:
        if "/Alt" in node:
            yield str(node["/Alt"]), str(node["/S"])
        yield from _said(node["/K"])


def test_pdf_text_can_be_copied(printed: pypdf.PdfReader) -> None:
    """Words, numbers and formulas are text in the PDF, and pages are numbered."""
    first = printed.pages[0].extract_text()
    assert "A model has a single weight" in first
    assert "−0.3" in first
    assert re.search(r"page 1 of \d+", first)


def test_pdf_keeps_a_question_on_one_page(printed: pypdf.PdfReader) -> None:
    """A question that fits on a page is not broken over two."""
    pages = [page.extract_text() for page in printed.pages]
    for title, last in (
        ("A convolution by hand", "rows, columns"),
        ("Softmax and cross-entropy", "None of these"),
    ):
        assert any(title in page and last in page for page in pages)


def test_pdf_fetches_nothing() -> None:
    """A page that names anything but a bundled font gets nothing."""
    _, _, fetcher, _ = pdf._style(None)
    for url in ("http://example.org/x", "file:///etc/passwd", "bundled:../OFL.txt", "bundled:a/b"):
        with pytest.raises(ValueError, match="may not fetch"):
            fetcher(url)
    assert fetcher("bundled:code.woff2").read()[:4] == b"wOF2"


@pytest.fixture(scope="module")
def to_fill() -> bytes:
    """The questions of the sample, and a wide matrix, as a form."""
    wide = Problem(11, "w", "Wide", 1, 1, (), (AnswerBox("W", "W", 1, "2 decimals", 2, 8),))
    return pdf.render(replace(sample(), problems=(*sample().problems, wide), solutions=()), form=True)


def test_pdf_grid_is_one_figure() -> None:
    """A grid is one figure with its entries as text, whatever letters they are in."""
    grid = Grid((("1", "−2"), ("0.5", "мир")), frozenset({(0, 1)}))
    reader = made_pdf(around(grid))
    assert ("1 −2; 0.5 мир", "/Figure") in set(_said(reader.trailer["/Root"]["/StructTreeRoot"]))
    assert "0.5" in "".join(page.extract_text() for page in reader.pages)


def test_form_is_filled_and_read_back(to_fill: bytes) -> None:
    """What is typed into the fields is read back by question, step, row and column."""
    typed = {
        "1.m_new": "-0.1235",
        "2.Y.1.1": "3",
        "2.Y.3.2": "−1/2",
        "5.gradient": "B",
        "6.why": "Because; of 100% (ReLU)",
        "11.W": "1 2 3\n4 5 6",
    }
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(to_fill))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(typed))
    saved = io.BytesIO()
    writer.write(saved)
    fields = pypdf.PdfReader(saved).get_fields() or {}
    assert {name: field["/V"] for name, field in fields.items() if field.get("/V")} == typed


def test_boxes_fit_what_is_written_into_them() -> None:
    """Cells for expressions are wide in every format, and where several letters may be right all can be ticked."""
    options: tuple[Spans, ...] = ((Text("this"),), (Text("that"),))
    boxes = (
        AnswerBox("g", r"\nabla f", 2, "an expression in x, y", 1, 2, wide=True),
        AnswerBox("s", "s", 1, "letters, like A, C", options=options, several=True),
        AnswerBox("o", "o", 1, "one letter", options=options),
    )
    document = replace(sample(), problems=(Problem(1, "w", "Wide", 4, 1, (), boxes),), solutions=())
    page = FORMATS["html"](document)
    assert 'class="cells wide"' in page
    assert (page.count('<input type="checkbox"'), page.count('<input type="radio"')) == (2, 2)
    form = pypdf.PdfReader(io.BytesIO(pdf.render(document, form=True)))
    cells = [a.get_object()["/Rect"] for a in form.pages[0]["/Annots"] if a.get_object()["/T"] in ("1", "2")]
    assert [float(right - left) > 88 for left, _, right, _ in cells] == [True, True]


def test_form_has_a_labelled_field_for_every_answer(to_fill: bytes) -> None:
    """Fields are named by question and step, a small matrix has one a cell, and each says what it is."""
    fields = {name: f for name, f in (pypdf.PdfReader(io.BytesIO(to_fill)).get_fields() or {}).items() if f.field_type}
    assert [name for name in fields if name.startswith("2.Y")] == [
        f"2.Y.{row}.{column}" for row in (1, 2, 3) for column in (1, 2, 3)
    ]
    assert [name for name in fields if name.startswith("11.")] == ["11.W"]
    assert fields["1.m_new"].alternate_name == "Question 1: mₜ, 4 decimals"
    assert fields["2.Y.1.2"].alternate_name == "Question 2: Y, row 1, column 2"
    assert all(field.alternate_name for field in fields.values())
    assert [option[0] for option in fields["5.gradient"]["/_States_"]] == ["", "A", "B", "C", "D"]
    assert not any(field.value for field in fields.values())


def test_form_is_tagged_and_its_font_shows_what_is_typed(to_fill: bytes) -> None:
    """Every field stands in the structure tree and fits its page; its font is embedded, a byte a character."""
    reader = pypdf.PdfReader(io.BytesIO(to_fill))
    widgets = [a.get_object() for page in reader.pages for a in page.get("/Annots", ())]
    assert list(_tags(reader.trailer["/Root"]["/StructTreeRoot"])).count("/Form") == len(widgets) == 63
    for widget in widgets:
        left, one, right, other = widget["/Rect"]
        assert 0 < left < right < 595
        assert abs(one - other) >= 15
    form = reader.trailer["/Root"]["/AcroForm"]
    assert form["/DA"] == "/Answer 9 Tf 0 g"
    font = form["/DR"]["/Font"]["/Answer"]
    assert font["/Encoding"]["/BaseEncoding"] == "/WinAnsiEncoding"
    assert "/FontFile2" in font["/FontDescriptor"]


def test_solutions_of_a_form_are_plain() -> None:
    """A document without questions has no form, and is made all the same."""
    alone = replace(sample(), problems=(), solutions=sample().solutions[:1])
    assert pypdf.PdfReader(io.BytesIO(pdf.render(alone, form=True))).get_fields() is None


def test_form_from_the_command_line(tmp_path: Path) -> None:
    """`--form` makes a PDF with fields; for a web page it says in one line that there is no need."""
    filled, page = tmp_path / "sheet.pdf", tmp_path / "sheet.html"
    arguments = ["practice", "linear_algebra/dot_product", "-n", "1", "--solutions", "none", "--form", "-o"]
    assert CliRunner().invoke(main, [*arguments, str(filled)]).exit_code == 0
    assert "1.dot" in (pypdf.PdfReader(filled).get_fields() or {})
    refused = CliRunner().invoke(main, [*arguments, str(page)])
    assert refused.exit_code == 2
    assert "Leave --form out." in refused.output


def test_missing_pango_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the Pango library the PDF says in one line what to install."""

    class Broken:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(RenderError) as caught:
        FORMATS["pdf"](sample(), None)
    assert str(caught.value).startswith("PDF: the Pango library is missing.")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", FORMATS)
def test_unreadable_formula_is_one_line(name: str) -> None:
    """A formula that cannot be read stops the page with one line that names it."""
    with pytest.raises(TexError) as caught:
        FORMATS[name](around(Paragraph((Math(r"\foo"),))), None)
    assert str(caught.value) == r'$\foo$: unknown command "\foo" (character 1). Mend the TeX.'


def test_unreadable_figure_is_one_line() -> None:
    """A figure that is not SVG stops the page with one line that names it."""
    with pytest.raises(RenderError, match=r"^figure 'a plot': .* Give well-formed SVG\.$"):
        html(around(Figure("<svg", "a plot")))


@pytest.mark.parametrize("name", FORMATS)
def test_own_templates_replace_the_bundled_ones(name: str, tmp_path: Path) -> None:
    """A file in the user's folder is used in place of the bundled one of that name; the others stay."""
    words = (bundled("templates") / "shared" / "words.j2").read_text("utf-8")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "words.j2").write_text(words.replace('"Solutions"', '"Lösungen"'), "utf-8")
    document = replace(sample(), problems=sample().problems[:1], solutions=sample().solutions[:1])
    if name == "html":
        shown = html(document, tmp_path)
    else:
        shown = "".join(page.extract_text() for page in made_pdf(document, tmp_path).pages)
    assert "Lösungen" in shown
    assert "One Adam step" in shown


def test_translated_language_is_kept() -> None:
    """The language of the document is the language of the page."""
    document = replace(sample(), language="nl", problems=sample().problems[:1], solutions=())
    assert '<html lang="nl">' in html(document)
    assert made_pdf(document).trailer["/Root"]["/Lang"] == "nl"


def test_without_solutions() -> None:
    """A sheet without solutions has no part for them and no links to it."""
    page = html(replace(sample(), solutions=()))
    assert ">Solutions<" not in page
    assert 'href="#s' not in page


@pytest.mark.parametrize("number", range(10))
def test_terminal_fits(number: int) -> None:
    """A terminal page is plain, at most 80 columns wide, and without space at line ends."""
    document = sample()
    shown = render_problem(document.problems[number]) + render_solution(document.solutions[number])
    for text in shown.split("\n"):
        assert columns(text) <= 80
        assert text == text.rstrip()
    assert "\x1b" not in shown
    assert "\xa0" not in shown


def test_terminal_aligns_a_chain() -> None:
    """The lines of a chain stand under each other at their equals signs, matrices on the baseline."""
    steps = (
        WorkedStep(
            "C", "C", line("Multiply."), ("AB", matrix("1 2", "3 4"), "5"), ("=", "=", r"\approx"), 2, True
        ),
    )
    assert render_solution(Solution(1, "Product", steps)).split("\n")[3:] == [
        "Multiply. (2 marks)",
        "",
        "    C = AB",
        "      = ⎡1  2⎤",
        "        ⎣3  4⎦",
        "      ≈ 5",
        "",
    ]


@pytest.mark.parametrize("block", EVERY_BLOCK.values(), ids=EVERY_BLOCK)
def test_terminal_draws_every_block(block: Block) -> None:
    """Every kind of block has a form in the terminal."""
    document = around(block)
    assert (EVIL in render_problem(document.problems[0])) or isinstance(
        block, MathBlock | PageBreak | Bullets | Table
    )


def test_terminal_brackets_the_window() -> None:
    """The window of a grid stands in square brackets."""
    grid = Grid((("1", "2", "3"), ("4", "5", "6")), frozenset({(0, 1), (0, 2)}), line("$X$"))
    shown = render_problem(Problem(1, "x", "X", 1, 1, (grid,), ()))
    assert shown.split("\n")[3:6] == ["  1 [2  3]", "  4  5  6", "    X"]


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    """Importing the renderers loads no library that only rendering needs."""
    code = (
        "import sys, dlexam.blocks, dlexam.render\n"
        "heavy = {'weasyprint', 'jinja2', 'pygments', 'math_core'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_html_is_quick() -> None:
    """Ten questions with solutions take well under a second once the templates are read."""
    document = sample()
    html(document)
    started = time.process_time()
    html(document)
    assert time.process_time() - started < 0.3


def test_a_line_is_not_broken_after_its_first_word() -> None:
    """Where only the space before a formula does not fit a line of a PDF, the words before it stay there."""
    texts = ("Start of a line " + "i" * n + " that is as long as it is and then goes on to a formula with " for n in range(1, 40))
    prompt = tuple(Paragraph((Text(words), Math("d_k = 3"), Text(", the rows of it."))) for words in texts)
    problem = replace(sample().problems[0], prompt=prompt, boxes=())
    pages = made_pdf(replace(sample(), problems=(problem,), solutions=())).pages
    lines = [line.strip() for page in pages for line in page.extract_text().splitlines()]
    assert sum(line.startswith("Start of a line") for line in lines) == len(prompt)

