"""Feedback and the report of a class speak the language of the papers; marks.csv and JSON stay English."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from simulated import Students, entries
from test_paper_pages import english_words
from test_words import ROOT

from dlexam.bank import load_bank
from dlexam.blocks import Math, Text
from dlexam.cli import main
from dlexam.grading.policy import Decisions
from dlexam.grading.run import Class, Rules, mark_class, mark_script, record
from dlexam.kinds import AnswerError
from dlexam.kinds.number import Number
from dlexam.kinds.slips import PERCENT, few_digits
from dlexam.phrase import Phrase, parted, then
from dlexam.render import html, pdf
from dlexam.render.language import language
from dlexam.report.feedback import Feedback, feedback, spoken
from dlexam.report.page import write_report
from dlexam.report.sentences import again, spans
from dlexam.submissions.entry import Entry

DUTCH, ENGLISH = language(None, "nl"), language(None, "en")
QUESTIONS = ("optimizers/adam", "convolution/convolve", "losses/categorical_cross_entropy")
TEMPLATES = ["html/feedback.html.j2", "pdf/feedback.html.j2", "shared/feedback.j2", "html/report.html.j2"]


@pytest.fixture(scope="module")
def sat() -> Students:
    """A class whose papers are Dutch."""
    return Students(load_bank(), QUESTIONS, 16, title="T", language="nl")


@pytest.fixture(scope="module")
def done(sat: Students) -> Class:
    """The class, marked; the first student writes one answer of every sort."""
    sent = [e for student, number, habit in sat.answers() for e in entries(student, number, habit)]
    return mark_class(sat, [*(e for e in sent if e.student != "s00000"), *every_sort(sat)], Rules())


def every_sort(sat: Students) -> Iterator[Entry]:
    """Wrong, unreadable and carried answers, wrong entries, a bracket that is missing."""
    adam, convolve, _ = sat.paper("s00000").items
    run = adam.variant.question.graph.run(adam.variant.given, {"m_new": 0.777})
    wrote = {"m_new": "0.777", "v_new": "1,2,3,4", "m_hat": adam.variant.kinds["m_hat"].text(run["m_hat"])}
    for step, text in wrote.items():
        yield Entry("s00000", "1", step, text, None, "x")
    right = convolve.variant.kinds["output"].text(convolve.variant.values["output"])
    yield Entry("s00000", "2", "output", right.replace("[[", "[9", 1), None, "x")


def pages(sat: Students, done: Class) -> Iterator[Feedback]:
    """The pages of the class."""
    for own in done.handed.values():
        yield feedback(mark_script(own.paper, own, Rules()), sat.title, language=sat.language)


def without_prose(page: Feedback) -> Feedback:
    """The page without what authors and students wrote: what is left is what pages and markers say."""
    return replace(
        page,
        questions=tuple(
            replace(
                q,
                title="X",
                solution=None,
                lines=tuple(
                    replace(one, answer="", read="", words=() if one.verdict == "mistake" else one.words)
                    for one in q.lines
                ),
            )
            for q in page.questions
        ),
    )


def english_in(text: str) -> list[str]:
    """The English messages that are in a text."""
    return [word for word in english_words() if re.search(rf"(?<![\w'.]){re.escape(word)}(?!\w)", text)]


def shown(page: str) -> str:
    """The text of a web page."""
    return re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)


# ---------------------------------------------------------------- every word is in the catalogue


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_have_no_words_of_their_own(name: str) -> None:
    """What is neither markup nor asked of the catalogue has no letters."""
    source = (ROOT / "templates" / name).read_text(encoding="utf-8")
    bare = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<style>.*?</style>|<[^>]*>", " ", source, flags=re.DOTALL)
    assert not re.findall(r"[^\W\d_]+", bare)


@pytest.mark.parametrize("path", sorted((ROOT / "dlexam" / "kinds").glob("[!_]*.py")), ids=lambda path: path.stem)
def test_readers_say_it_in_phrases(path: Path) -> None:
    """What a reader tells a student is a message of the catalogue."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("msg", "TOO_MANY"):
            assert ast.unparse(node.value).startswith("say("), f"{path.name}, line {node.lineno}"
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            assert ast.unparse(node.exc.args[0]).startswith(("msg", "say(", "TOO_MANY")), f"{path.name}, line {node.lineno}"


def test_an_error_keeps_its_phrase() -> None:
    """A marker takes the text of an error, and it is still the phrase that it was."""
    with pytest.raises(AnswerError) as caught:
        Number(2).read("two and a half")
    assert isinstance(str(caught.value), Phrase)
    assert str(caught.value).endswith(" is no number. Write one, like 0.25, and nothing else.")
    assert str(caught.value).said(DUTCH.words).endswith(" is geen getal. Schrijf een getal, zoals 0,25, en verder niets.")


def test_all_that_a_marker_says_is_dutch(done: Class) -> None:
    """Every sentence of a class that no author wrote is another one in Dutch."""
    verdicts = set()
    authors = {note for item in done.papers.paper("s00000").items for note in item.variant.question.graph.mistakes}
    for row in done.rows:
        words, noted = parted(row.words)
        if words != "Right." and row.note not in authors:
            sentence = spans(words, row.verdict == "unreadable")
            assert isinstance(words, Phrase) or again(sentence, DUTCH) != sentence, words
            verdicts.add(row.verdict)
        assert not noted or isinstance(noted, Phrase)
    assert verdicts >= {"carried", "implied", "wrong", "unreadable", "blank"}


SENTENCES = {
    "one value": ("Right from your value of $m_t$.", "Dit volgt uit jouw waarde van |m_t|."),
    "two values": ("Right from your value of $a_1$ and $b$.", "Dit volgt uit jouw waarden van |a_1| en |b|."),
    "no value": ("Right from your own working.", "Dit volgt uit je eigen uitwerking."),
    "from there": ("Right from there: this follows from $x$.", "Vanaf daar goed: dit volgt uit |x|."),
    "implied": ("Not written, but your $L$ shows it.", "Niet opgeschreven, maar het blijkt uit jouw |L|."),
    "plain text, as in marks.csv": (str.__str__(PERCENT), "Dit is in procenten; er is een deel van 1 gevraagd."),
    "an author's": ("You forgot $L$, 100 % of it.", "You forgot |L|, 100 % of it."),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences(name: str) -> None:
    """A sentence around formulas is found by its words; an author's stays."""
    english, dutch = SENTENCES[name]
    said = again(spans(english), DUTCH)
    assert "".join(f"|{s.tex}|" if isinstance(s, Math) else s.text for s in said if isinstance(s, Math | Text)) == dutch
    assert again(spans(english), ENGLISH) == spans(english)


def test_two_sentences() -> None:
    """A remark on the form of an answer stays apart from the sentence before it."""
    both = then("Right.", then(few_digits(3), PERCENT))
    assert both == "Right. Right value, too few digits: 3 decimals are asked. This is in per cent; the question asks a fraction of 1."
    assert parted(both)[0] == "Right."
    assert parted(both)[1].said(DUTCH.words) == (
        "Goede waarde, te weinig cijfers. Gevraagd aantal decimalen: 3. Dit is in procenten; er is een deel van 1 gevraagd."
    )
    assert parted("Right.") == ("Right.", "")


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_dutch_feedback_is_dutch(form: str, sat: Students, done: Class, tmp_path: Path) -> None:
    """Nothing English is left but what authors wrote."""
    made = [spoken(without_prose(page), DUTCH) for page in pages(sat, done)]
    for page in made if form == "html" else made[:2]:
        if form == "html":
            text = shown(html.write("feedback", None, "nl", feedback=page))
        else:
            (tmp_path / "x.pdf").write_bytes(pdf.write("feedback", None, "nl", feedback=page))
            text = " ".join(" ".join(p.extract_text() for p in PdfReader(tmp_path / "x.pdf").pages).split())
        assert not english_in(text)
        assert re.search(r"\d van de 12 punten", text)


def test_dutch_numbers_and_what_was_written(sat: Students, done: Class) -> None:
    """Marks, what was read and the solution have a comma; the answer and the quotation of it stay."""
    page = next(pages(sat, done))
    page = replace(page, marks="7.5", title="T")
    text = shown(html.write("feedback", None, "nl", feedback=spoken(page, DUTCH)))
    assert "7,5 van de " in text
    assert "0.777" in text
    assert "1,2,3,4&#39; is niet één getal." in text
    assert "Een buitenste haakje" in text or "Fout op plaats" in text
    solved = text.partition("Uitwerking")[2].partition("import ")[0]
    assert re.search(r"\d,\d", solved)


def test_english_feedback_is_not_touched(sat: Students, done: Class) -> None:
    """An English page costs nothing."""
    page = next(pages(sat, done))
    assert [q.solution for q in spoken(page, ENGLISH).questions] == [q.solution for q in page.questions]
    text = shown(html.write("feedback", feedback=spoken(page, ENGLISH)))
    assert "Right from your value of" in text
    assert "This does not follow from the numbers before." in text


def test_a_dutch_report_is_dutch(sat: Students, done: Class, tmp_path: Path) -> None:
    """The report too, with its numbers; what a student reads stays as its author wrote it."""
    page = write_report(sat, done.rows, tmp_path, record(done, Rules(), [])).read_text(encoding="utf-8")
    assert '<html lang="nl">' in page
    text = re.sub(r'<section aria-labelledby="misconceptions">.*?</table>', " ", page, flags=re.DOTALL)
    assert not english_in(shown(text).replace("run.json", "").replace("needs-a-person.csv", ""))
    assert "Misvattingen" in page
    assert re.search(r"Cronbachs α −?\d,\d\d", shown(page))


def test_tables_stay_english(done: Class, sat: Students) -> None:
    """What other programs read is the same in every language."""
    english = mark_class(replace(sat, language="en"), [e for own in done.handed.values() for e in own.answers.values()], Rules())
    assert [str.__str__(r.words) for r in english.rows] == [str.__str__(r.words) for r in done.rows]
    assert any(r.words == "Nothing was written here." for r in done.rows)


def test_decisions_are_dutch() -> None:
    """So are parts that do not count."""
    item = Students(load_bank(), QUESTIONS[:1], 1).paper("s00000").items[0]
    step = item.variant.question.asked[0].name
    void = Decisions(void=frozenset({(QUESTIONS[0], step)}))
    told = void.apply(item, item.mark({}).marks[0], "").words
    assert isinstance(told, Phrase)
    assert told.said(DUTCH.words) == "Dit onderdeel telt niet mee."


# ---------------------------------------------------------------- the commands


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a file of answers."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.csv").write_text("student,1.m_new\n7,0.123\n", encoding="utf-8")
    return tmp_path


def test_a_dutch_sheet_gets_dutch_feedback(answers: Path) -> None:
    """The small print of a Dutch sheet says so, and what is graded with it is Dutch; so is the report made again."""
    made = CliRunner().invoke(main, ["practice", "optimizers/adam", "-n", "1", "--language", "nl", "-o", "sheet.html"])
    assert made.exit_code == 0, made.stderr
    sheet = re.search(r"dlexam practice [^<]*", (answers / "sheet.html").read_text(encoding="utf-8"))
    assert sheet is not None
    assert " --language nl " in sheet[0]
    CliRunner().invoke(main, ["grade", sheet[0], "answers.csv"])
    page = (answers / "marks/feedback/7.html").read_text(encoding="utf-8")
    assert '<html lang="nl">' in page
    assert "<h1>Oefenblad</h1>" in page
    assert json.loads((answers / "marks/run.json").read_text(encoding="utf-8"))["language"] == "nl"
    assert CliRunner().invoke(main, ["report", "marks", "-o", "again"]).exit_code == 0
    again_made = (answers / "again/report.html").read_text(encoding="utf-8")
    assert "De groep in cijfers" in again_made
    assert "<h1>Oefenblad</h1>" in again_made
    rows = csv.DictReader((answers / "marks/marks.csv").read_text(encoding="utf-8-sig").splitlines())
    assert "Nothing was written here." in {row["words"] for row in rows}


def test_a_language_of_ones_own_is_brought(answers: Path) -> None:
    """An exam in a language that is brought with templates is graded with them, and refused without, first."""
    sheet = "practice optimizers/adam -n 1 --language de"
    done = CliRunner().invoke(main, ["grade", sheet, "answers.csv"])
    assert done.exit_code == 2
    assert done.stderr.startswith("dlexam: language de: there are no words for it.")
    assert not (answers / "marks").exists()
    place = answers / "own/locale/de/LC_MESSAGES/dlexam.po"
    place.parent.mkdir(parents=True)
    place.write_text('msgid "You wrote"\nmsgstr "Ihre Antwort"\n', encoding="utf-8")
    done = CliRunner().invoke(main, ["grade", sheet, "answers.csv", "--templates", "own"])
    assert done.exit_code in (0, 1), done.stderr
    assert "Ihre Antwort" in (answers / "marks/feedback/7.html").read_text(encoding="utf-8")
