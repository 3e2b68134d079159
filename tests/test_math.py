"""Formulas: what the terminal shows, what elements print is made of, what is said of bad TeX."""

import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from dlexam.render import math_boxes, math_ink, math_pieces
from dlexam.render.math import TexError, mathml
from dlexam.render.math_chain import chained, linked
from dlexam.render.math_ink import Bar, Box, Run
from dlexam.render.math_print import ADDRESS, boxes, fitted, picture, pieces, width
from dlexam.render.math_text import lines, text

FIXTURES = Path(__file__).parent / "fixtures" / "math.md"
SECTION = re.compile(
    r"^## (?P<title>.+)\n\n```tex\n(?P<tex>.+)\n```\n```text\n(?P<text>(?:.*\n)+?)```\n```print\n(?P<print>.+)\n```$",
    re.MULTILINE,
)
CASES = [found.groupdict() for found in SECTION.finditer(FIXTURES.read_text("utf-8"))]


def structure(box: Box) -> str:
    """The ink of a box, one thing after another: `text @x,y` with its size or shape, `bar @x,y width x height`."""
    return " | ".join(map(_drawn, box.inks))


def _drawn(ink: Run | Bar) -> str:
    place = f" @{ink.x:.2f},{ink.y:.2f}".replace("-0.00", "0.00")
    if isinstance(ink, Bar):
        return f"bar{place} {ink.width:.2f} x {ink.height:.2f}"
    text = ink.text.replace("\u2060", "").replace("\u205f\u200a", " ")
    text = re.sub("[\u2003\u2002\u205f\u2006\u2005\u200a]+", " ", text)
    size = f" size {ink.size:.2f}" if ink.size != 1 else ""
    return text + ("" if place == " @0.00,0.00" else place) + size + (f" shape {ink.tall}" if ink.tall else "")


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_terminal(case: dict[str, str]) -> None:
    """A formula looks in a terminal as the reviewed page shows it."""
    assert "\n".join(lines(case["tex"])) == case["text"].rstrip("\n")


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_print(case: dict[str, str]) -> None:
    """A formula is printed with the ink that the reviewed page lists, each at its place."""
    (piece,) = pieces(case["tex"], True, 0)
    assert structure(piece.box) == case["print"]


def test_every_section_is_read() -> None:
    """No section of the reviewed page is skipped because of its form."""
    assert len(CASES) == FIXTURES.read_text("utf-8").count("\n## ") > 40


UNREADABLE = {
    r"\foo": r"$\foo$: unknown command",
    r"\frac{1": "(character 8). Mend the TeX.",
    "a & b": "may only appear in a table-like environment",
    "x^": r"$x^$: ",
    r"\begin{bmatrix}1": r"$\begin{bmatrix}1$: ",
    "\frac{1}{2}": "has '\\x0c' in it. Write the text as r",
    "\beta": "has '\\x08' in it",
    "a\nb \\foo": r"$a b \foo$: unknown command",
}


@pytest.mark.parametrize("tex", UNREADABLE, ids=UNREADABLE.values())
@pytest.mark.parametrize("writer", [mathml, text, lines, boxes, width])
def test_unreadable(tex: str, writer: object) -> None:
    """Every writer says in one line which formula it cannot read, and why."""
    with pytest.raises(TexError) as caught:
        writer(tex)  # type: ignore[operator]
    assert UNREADABLE[tex] in str(caught.value)
    assert "\n" not in str(caught.value)


HOSTILE = [r"\text{<script>alert(1)</script>}", r'\text{"><b onclick="x">}', "a < b > c", r"\text{a & b}"]


@pytest.mark.parametrize("tex", [tex for tex in HOSTILE if "&" not in tex])
def test_hostile_words_are_text(tex: str) -> None:
    """Words of a formula never become elements of the page."""
    for html in (mathml(tex), boxes(tex), boxes(tex, True), math_pieces.pieces(tex, True, 0.1)):
        root = fromstring(f"<p>{html}</p>")
        allowed = {"p", "math", "mrow", "mi", "mo", "mn", "mtext", "span", "img", "mspace"}
        assert {element.tag for element in root.iter()} <= allowed
        assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def test_text_is_one_line() -> None:
    """Inside a sentence a matrix is written on the line."""
    assert text(r"A = \begin{bmatrix}1&2\\3&4\end{bmatrix}^\top") == "A = [1 2; 3 4]ᵀ"


def test_inline_formula_breaks_after_relations_only_when_long() -> None:
    """A short formula holds together; a long one may break after its relations."""
    gap = "\u2060\u205f\u200a"
    assert f"={gap}\u20601" in boxes("x = 1")
    long = boxes("a + b + c + d + e + f = 1 + h + i + j")
    assert f"={gap}1" in long
    assert "+\u2060\u205f\u2060" in long


def test_wide_formula_is_fitted() -> None:
    """A displayed formula that is too wide is broken, or made smaller if nothing can be broken."""
    terms = " + ".join(["x_i y_i"] * 12)
    assert "font-size" not in fitted(f"z = {terms}", 20)
    row = "&".join(["1.2345"] * 12)
    assert "font-size:0." in fitted(rf"\begin{{bmatrix}}{row}\end{{bmatrix}}", 20)
    assert math_pieces.pieces(f"z = {terms}", True, 20).count("<math") == 13


def test_measuring_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A formula is as wide as its ink says, and is measured without any."""
    tex = r"\frac{1.23}{45.6} + x^{y + 1} - \begin{matrix}1 & 2 \\ 3 & -0.4\end{matrix}"
    (piece,) = pieces(tex, True, 0)
    edge = max(ink.x + ink.width if isinstance(ink, Bar) else ink.x for ink in piece.box.inks)
    assert 0 < edge < piece.box.width
    monkeypatch.setattr(math_ink, "Run", None)
    monkeypatch.setattr(math_boxes, "Bar", lambda *_: None)
    assert width(f"{tex} ") == piece.box.width
    with pytest.raises(TypeError):
        _ = piece.box.inks


LINES = ["-0.5 + x", "x", r"\left(-1\right)^2", r"\frac{a}{b}", r"\begin{bmatrix}1 & 2\end{bmatrix}", "(1, 2)"]


@pytest.mark.parametrize("tex", LINES)
@pytest.mark.parametrize("sign", ["=", r"\approx", r"\Rightarrow"])
def test_width_of_a_line_without_its_sign(tex: str, sign: str) -> None:
    """A line of a chain is as wide as the same formula that no sign stands before."""
    assert width(f"{{}}{sign} {tex}", 1) == width(tex) < width(f"{{}}{sign} {tex}")
    assert len(text(f"{{}}{sign} {tex}")) == len(text(tex)) + 2


def test_tall_signs_that_are_no_brackets() -> None:
    """A sign that the font has in one height only is printed as it is."""
    assert boxes(r"\left.a\middle/b\right.", True).replace("\u2060", "") == "𝑎/𝑏"
    assert boxes(r"a \big/ b", True).replace("\u2060", "") == "𝑎/𝑏"


def test_picture_is_found_by_its_address() -> None:
    """A formula that is more than a run of characters is one picture, read aloud, drawn from its address alone."""
    image = fromstring(boxes(r"\frac{a}{b} & c".replace("&", "<"), True).rstrip("\u2060"))
    assert image.tag == "img"
    assert image.get("alt") == "\u2060a/b < c"
    assert structure(picture(image.get("src", ""))).startswith("𝑎 @0.17,")
    assert image.get("src", "").startswith(ADDRESS)


def test_long_formula_is_a_picture_for_each_piece() -> None:
    """A long formula in a line is pieces, each with the words for what it shows, with breaks allowed between."""
    html = boxes(r"\hat{y}_1 = \frac{a}{b} + c_n, d_n = \sqrt{x} + \frac{u}{v} + \frac{s}{t} + 1234")
    assert html.split("<img")[0].strip("\u2060\u200b\u205f\u200a").endswith("=")
    assert html.count("\u200b<img") == html.count("<img") == 3
    assert 'alt="\u2060a/b + cₙ,"' in html


def test_chain_is_one_picture() -> None:
    """The lines of a chain stand under each other at their signs; the asked value is set off."""
    image = fromstring(chained("m_t", ("{}= 2 + 3", r"{}= \frac{10}{2}", "{}= 5"), asked=True, room=20))
    assert image.get("alt") == "\u2060mₜ = 2 + 3 = 10/2 = 5"
    runs = [ink for ink in linked(image.get("src", "")).inks if isinstance(ink, Run)]
    signs = [run for run in runs if "=" in run.text]
    assert len(signs) == 3
    assert len({run.x for run in signs}) == 1
    assert [run.y for run in signs] == sorted({run.y for run in signs}, reverse=True)
    assert [run.text[-1] for run in runs if run.strong] == ["5"]


@pytest.mark.parametrize("line", ["{}= " + " + ".join(["1234"] * 9), r"{}= \text{мир}"], ids=["wide", "foreign"])
def test_chain_that_cannot_be_one_picture(line: str) -> None:
    """A chain that must break its lines, or that no bundled font can write, is set line by line."""
    assert chained("x", (line, "{}= 5"), asked=True, room=20) == ""


def test_letters_that_no_bundled_font_has_are_words() -> None:
    """A formula in letters that cannot be drawn is written out on the line."""
    assert boxes(r"\frac{\text{мир}}{2}", True) == "мир/2"


def test_pieces_keep_their_operators_spaced() -> None:
    """An operator at the edge of a piece is still between two things."""
    written = math_pieces.pieces("a = b + c", True, 0.1)
    assert written.count('<mo form="infix">') == 2
    assert math_pieces.pieces("a = b", True, 20) == mathml("a = b", True)


def test_a_root_on_a_screen_has_a_strut() -> None:
    """A browser hangs the sign of a root from its letter: a strut keeps it up, and nothing else has one."""
    assert math_pieces.pieces(r"\sqrt{x}", False, 20).count("<mspace") == 1
    assert "mspace" not in mathml(r"\sqrt{x}") + math_pieces.pieces("x", False, 20)
