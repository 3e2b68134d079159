"""The bulk PDF engine: the same page as WeasyPrint's, safe, readable without eyes, byte for byte the same."""

import io
import json
import re
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import get_args

import pypdf
import pytest
from click.testing import CliRunner
from render_sample import line, sample
from test_render import EVERY_BLOCK, around

from dlexam import blocks
from dlexam.bank import Bank
from dlexam.cli import main
from dlexam.cover import Cover, Imprint
from dlexam.document import problem
from dlexam.folders import bundled
from dlexam.laws import formulas
from dlexam.render import ENGINES, RenderError, engine_for, typed_pdf, typst_pdf
from dlexam.render.language import language
from dlexam.render.localise import localised
from dlexam.render.look import look
from dlexam.render.math import TexError
from dlexam.render.math_typst import formula
from dlexam.render.phrases import Phrases
from dlexam.render.typst_sheet import source
from dlexam.render.typst_source import Page
from dlexam.render.typst_text import quoted
from dlexam.worked import solution

HOSTILE = {
    "code": '#eval("1/0")',
    "brackets": "]]))}}[[(({{",
    "dollars": "$$ $x$ $",
    "backslashes": "\\\\ \\\" \\n \\u{41} \\",
    "quotes": '"""\'\'\'```',
    "comments": "/* // */ // /*",
    "markup": "*b* _i_ = H - l + e @ref <label> ~ --- `raw`",
    "invisible": "a\u202eb\u200bc\x07d\ud7ff",
    "imports": '#import "/etc/passwd": *; #read("main.typ")',
}


def made(document: blocks.Document, templates: Path | None = None) -> pypdf.PdfReader:
    """The PDF, opened."""
    page = typst_pdf(document, templates)
    assert isinstance(page, bytes)
    return pypdf.PdfReader(io.BytesIO(page))


def words(reader: pypdf.PdfReader) -> str:
    """What the pages say, without spaces."""
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))


def small() -> blocks.Document:
    """A sheet of one question with its solution."""
    return replace(sample(), problems=sample().problems[:1], solutions=sample().solutions[:1])


@pytest.mark.parametrize(
    ("tex", "source"),
    [
        ("x", "𝑥"),
        ("2x", "2 𝑥"),
        ("0.25", "0.25"),
        (r"a \cdot (-1)", r"𝑎\⋅\(\−1\)"),
        ("x_i^2", "attach(𝑥,b:𝑖,t:2)"),
        (r"\frac{1}{2}", "frac(1,2)"),
        (r"\sqrt{x}", "sqrt(𝑥)"),
        (r"\hat{y}", 'accent(𝑦,"\u0302")'),
        (r"\text{a } \# \$", '"a\xa0"\\#\\$'),
        (r"\lvert -3 \rvert", r"vbar neg(\−)3 vbar"),
        (r"\begin{bmatrix}1&-2\\3&4\end{bmatrix}", r"lr(\[display(mat(1&,\−2&;3&,4&))\])"),
        (r"\begin{bmatrix}1.5\\10\end{bmatrix}", r'lr(\[display(mat(1&".5";10&""))\])'),
        (r"\sum_{i=1}^n i", r"attach(\∑,b:𝑖\=1,t:𝑛)𝑖"),
    ],
)
def test_formula(tex: str, source: str) -> None:
    """A formula is written in Typst's own terms, what is code to Typst behind a backslash."""
    assert formula(tex).endswith(f'",${source}$)')


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    """Nothing of a text is code: it is printed as it was written, in every place that a text has."""
    document = around(
        blocks.Paragraph((blocks.Text(text), blocks.Code(text), blocks.Emphasis((blocks.Text(text),)))),
        blocks.Grid(((text, "1"),), frozenset({(0, 0)}), (blocks.Text(text),)),
        blocks.Snippet(text, text),
        blocks.Table(((blocks.Text(text),),), (((blocks.Text(text),),),)),
    )
    reader = made(replace(document, title=text, topics=(text,), small_print=text))
    assert reader.metadata is not None
    if text.isprintable():
        assert words(reader).count(re.sub(r"\s+", "", text)) > 10
        assert reader.metadata.title == text


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_quoted_text_is_one_string(text: str) -> None:
    """A quoted text ends at its last character and nowhere before."""
    inside = quoted(text)[1:-1]
    assert not re.sub(r'\\(["\\]|u\{[0-9a-f]+\})', "", inside).count('"')
    assert "\n" not in inside


@pytest.mark.parametrize("tex", [r"\text{\#eval}", r"\text{a\_b \$ \% \{ \}}", r'\text{"} + "', r"\# \$ \_ \& \%"])
def test_hostile_formulas_compile(tex: str) -> None:
    """Signs of Typst's language inside a formula are signs."""
    made(around(blocks.MathBlock(tex), blocks.Paragraph((blocks.Math(tex),))))


def test_every_block_is_drawn() -> None:
    """Each kind of block has a form, and a page with all of them is made."""
    kinds = {kind.__name__ for kind in get_args(blocks.Block)}
    drawn = {type(block).__name__ for block in EVERY_BLOCK.values()}
    assert kinds - drawn <= {"Problem", "Solution", "Heading"}
    whole = around(*EVERY_BLOCK.values(), blocks.Heading("A section", (blocks.Paragraph(line("Read.")),)))
    said = words(made(whole))
    assert said.count("<script>alert(1)</script>") > 30
    assert "Asection" in said


def test_page_is_tagged() -> None:
    """The PDF has its title, its language, headings and formulas with their text, and bundled fonts only."""
    reader = made(sample())
    catalog = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Deep learning: practice sheet"
    assert catalog["/Lang"] == "en"
    assert catalog["/MarkInfo"]["/Marked"]
    found: dict[str, list[str]] = {}
    tags(catalog["/StructTreeRoot"], found)
    assert {"/H1", "/H2", "/H3", "/P", "/Figure", "/Formula", "/Table"} <= set(found)
    assert {"θ = 0.5", "= β₁mₜ₋₁ + (1 − β₁)g"} <= set(found["/Formula"])
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            assert re.search("STIX|Inconsolata", str(font.get_object()["/BaseFont"]))


def tags(node: object, found: dict[str, list[str]]) -> None:
    """The tags of a structure tree, with their text alternatives."""
    if isinstance(node, list):
        for child in node:
            tags(child.get_object(), found)
    elif isinstance(node, dict) and "/K" in node:
        found.setdefault(str(node.get("/S")), []).append(str(node.get("/Alt", "")))
        tags(node["/K"], found)


def test_same_bytes() -> None:
    """The same document gives the same file, whatever was made in between."""
    first = typst_pdf(small(), None)
    typst_pdf(around(), None)
    assert typst_pdf(small(), None) == first


def test_same_page_as_weasyprint() -> None:
    """Both engines say the same words, on the same number of pages."""
    ours, theirs = made(sample()), pypdf.PdfReader(io.BytesIO(bytes(typed_page(sample()))))
    assert len(ours.pages) == len(theirs.pages)
    for page, other in zip(ours.pages, theirs.pages):
        assert page.mediabox == pytest.approx(other.mediabox, abs=0.1)
    for said in ("One Adam step", "4 decimals", "If you got", "Check it in PyTorch", "page 2 of"):
        counts = [sum(page.extract_text().count(said) for page in reader.pages) for reader in (ours, theirs)]
        assert counts[0] == counts[1], said


def typed_page(document: blocks.Document) -> bytes:
    """The page that WeasyPrint makes."""
    page = engine_for("weasyprint")(document, None)
    assert isinstance(page, bytes)
    return page


def test_every_formula_of_the_bank(bank: Bank) -> None:
    """Every formula of every question, at each level, goes through the compiler, in a line and by itself."""
    found: set[str] = set()
    for id in bank.ids:
        for level in (1, 2, 3):
            variant = bank[id].draw("typst", level)
            asked, solved = problem(variant), solution(variant)
            found |= set(formulas([asked.prompt, asked.boxes, solved.steps, solved.slips]))
    shown: list[blocks.Block] = []
    for tex in sorted(found):
        shown += [blocks.Paragraph((blocks.Math(tex),)), blocks.MathBlock(tex)]
    assert len(found) > 1000
    reader = made(replace(small(), problems=(replace(sample().problems[0], prompt=tuple(shown)),), solutions=()))
    assert len(reader.pages) > 20


def test_unreadable_formula_is_one_line() -> None:
    """A formula that cannot be read stops the page with one line that names it."""
    with pytest.raises(TexError, match=r"^\$\\foo\$: unknown command"):
        typst_pdf(around(blocks.MathBlock(r"\foo")), None)


def test_own_templates(tmp_path: Path) -> None:
    """A file in the user's folder is used in place of the bundled one; a broken one is named in one line."""
    look = (bundled("templates") / "typst" / "look.typ").read_text("utf-8")
    (tmp_path / "typst").mkdir()
    mine = tmp_path / "typst" / "look.typ"
    mine.write_text(look.replace("  it\n}", '  it\n  par("End of the sheet")\n}', 1), "utf-8")
    assert "Endofthesheet" in words(made(small(), tmp_path))
    broken = tmp_path / "broken"
    (broken / "typst").mkdir(parents=True)
    (broken / "typst" / "look.typ").write_text("#let blue = ", "utf-8")
    with pytest.raises(RenderError, match=r"^PDF: Typst refuses the page .*Mend the templates in typst/\.$"):
        typst_pdf(small(), broken)


def test_letter_and_large_print() -> None:
    """Letter has its size; large print needs more pages."""
    letter = made(replace(small(), size="letter"))
    assert [round(float(side)) for side in letter.pages[0].mediabox[2:]] == [612, 792]
    assert len(made(replace(sample(), large=True)).pages) > len(made(sample()).pages)


def exam(name: str = "Ann Lee", part: str = "paper", *prompt: blocks.Block) -> blocks.Document:
    """An exam of two questions for a student of this name."""
    first, *others = sample().problems[:2]
    asked = (replace(first, prompt=prompt or first.prompt, before=(blocks.Heading("By hand"),)), *others)
    front = Cover("Deep learning", date(2026, 3, 27), 75, 15, ("one sheet",), (blocks.Paragraph(line("Be kind.")),))
    mark = Imprint("7KQ2M9XD", "0.1.0", "85cb64c1f745", "A", "s12", name)
    return replace(sample(), problems=asked, solutions=(), part=part, cover=front, imprint=mark)


def test_paper_has_cover_codes_and_imprint() -> None:
    """A paper has a front page, then its questions; its id and a code of its own are on every page."""
    reader = made(exam())
    pages = [page.extract_text() for page in reader.pages]
    for said in ("Ann Lee", "s12", "Friday, 27 March 2026", "75 minutes", "one sheet", "Be kind.", "Earned"):
        assert said in pages[0], said
    assert "By hand" in pages[1]
    assert all("paper 7KQ2M9XD" in page and "bank 85cb64c1f745" in page for page in pages)
    assert all(has_code(page) for page in reader.pages)


def has_code(page: pypdf.PageObject) -> bool:
    """Whether the hundreds of little squares of a code are on a page."""
    contents = page.get_contents()
    assert contents is not None
    return len(re.findall(rb" l\s", contents.get_data())) > 250


def test_more_pages_than_expected() -> None:
    """A paper that becomes longer than its questions promise still has a code on each page."""
    breaks = [part for number in range(8) for part in (blocks.Paragraph(line(f"Part {number}.")), blocks.PageBreak())]
    reader = made(exam("Ann Lee", "paper", *breaks))
    assert len(reader.pages) > 8
    assert all(has_code(page) for page in reader.pages)


@pytest.mark.parametrize("name", ["Zoë Łukasz Ørsted", "李小龙", "محمد", "🙂", '#eval("1") ]$'])
def test_names_of_any_script(name: str) -> None:
    """A name that the bundled fonts cannot write does not stop the paper."""
    assert "7KQ2M9XD" in words(made(exam(name)))


@pytest.mark.parametrize(("part", "title"), [("solutions", "Deeplearning:practicesheet:solutions"), ("scheme", "markingscheme")])
def test_other_parts_of_an_exam(part: str, title: str) -> None:
    """Solutions and scheme have a short head that says whose they are, and no code."""
    document = replace(exam(part=part), problems=(), solutions=sample().solutions[:2])
    reader = made(document)
    assert title in words(reader)
    assert "AnnLee·s12·paper7KQ2M9XD" in words(reader)
    assert not any(has_code(page) for page in reader.pages)


def test_missing_typst_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Typst the PDF says in one line what to install."""
    from dlexam.render import typst

    monkeypatch.setitem(sys.modules, "typst", None)
    typst._compiler.cache_clear()
    with pytest.raises(RenderError) as caught:
        typst_pdf(small(), None)
    typst._compiler.cache_clear()
    assert str(caught.value).startswith("PDF: typst is not installed. Run pip install 'dlexam[typst]'")


@pytest.mark.parametrize(
    ("name", "papers", "form", "pango", "typst"),
    [
        ("auto", 1, False, True, False),
        ("auto", 20, False, True, False),
        ("auto", 21, False, True, True),
        ("auto", 21, True, True, False),
        ("auto", 1, False, False, True),
        ("weasyprint", 500, False, True, False),
        ("typst", 1, False, True, True),
    ],
)
def test_engine(
    name: str, papers: int, form: bool, pango: bool, typst: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typst makes many papers, and one where WeasyPrint cannot run; forms are WeasyPrint's."""
    monkeypatch.setattr("dlexam.render._weasyprint_runs", lambda: pango)
    chosen = engine_for(name, papers, form)
    assert (chosen is typst_pdf) == typst
    assert (chosen is typed_pdf) == form


def test_no_form_by_typst() -> None:
    """A form that Typst is asked for is refused in one line."""
    with pytest.raises(RenderError, match=r"^PDF: Typst makes no forms\. Take --engine weasyprint"):
        engine_for("typst", form=True)


@pytest.mark.parametrize("engine", ENGINES)
def test_practice_takes_an_engine(engine: str, tmp_path: Path) -> None:
    """`dlexam practice --engine` makes a PDF with each of them."""
    sheet = tmp_path / "sheet.pdf"
    command = ["practice", "optimizers", "-n", "1", "--engine", engine, "-o", str(sheet)]
    done = CliRunner().invoke(main, command, catch_exceptions=False)
    assert done.exit_code == 0
    assert sheet.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large print"])
def test_what_is_said_to_fit_on_a_page_does(bank: Bank, large: bool) -> None:
    """Only questions that may be higher than a page are measured; the others are not higher."""
    typst = pytest.importorskip("typst")
    folder, look_of = bundled("templates"), look("a4", large)
    files = {f"{path.name}": path.read_bytes() for path in (folder / "typst").glob("*.typ")}
    told = (
        "#let kept(it, fits: auto) = layout(size => "
        "[#metadata((fits, measure(it, width: size.width).height / size.height)) <high>])\n"
    )
    files["sheet.typ"] = re.sub(rb"#let kept\(.*?\n\}\n", told.encode(), files["sheet.typ"], flags=re.DOTALL)
    asked = tuple(problem(bank[id].draw(1, bank[id].levels[-1])) for id in bank.ids)
    document = localised(replace(small(), problems=asked, solutions=(), large=large), language(None, "en"))
    files["main.typ"] = source(document, Page(Phrases(None, "en"), look_of), 99).encode()
    fonts = typst.Fonts(False, include_embedded_fonts=False, font_paths=[str(folder / "fonts")])
    settings = {"look": json.dumps(asdict(look_of))}
    found = json.loads(typst.query(files, "<high>", field="value", font_paths=fonts, sys_inputs=settings))
    fitting = [high for fits, high in found if fits is True]
    assert len(found) == len(asked)
    assert fitting
    assert max(fitting) < 0.98
