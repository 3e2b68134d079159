"""The fixed words of pages: one catalogue, whole in every language; and numbers as a language writes them."""

from __future__ import annotations

import pickle
import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po
from render_sample import sample

from dlexam.folders import bundled
from dlexam.kinds import hints
from dlexam.phrase import Phrase, count, say
from dlexam.render import RenderError
from dlexam.render.language import language
from dlexam.render.localise import localised, prose, tex
from dlexam.render.phrases import Phrases

ROOT = Path(__file__).parent.parent
LOCALES = bundled("templates") / "locale"
LANGUAGES = sorted(path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/dlexam.po"))
DUTCH = language(None, "nl")


def catalogue(path: Path, locale: str | None = None) -> Catalog:
    """A catalogue as it is written."""
    with path.open("rb") as file:
        return read_po(file, locale)


def messages(found: Catalog) -> list[Message]:
    """Its messages without the heading."""
    return [message for message in found if message.id]


def test_the_catalogue_has_every_word() -> None:
    """`make words` finds no message that is not in the catalogue, and none is there that nothing says."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    keywords = parse_keywords(["say", "count:1,2", "gettext", "ngettext:1,2"])
    found = set()
    for mapping in mappings:
        folder, pattern = mapping["pattern"].split("/")
        lines = extract_from_dir(ROOT / folder, [(pattern, mapping["method"])], keywords=keywords)
        found |= {message for _, _, message, _, _ in lines}
    assert found == {message.id for message in messages(catalogue(LOCALES / "dlexam.pot"))}, "run `make words`"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_language_has_every_word(locale: str) -> None:
    """Nothing is missing, unsure or left over, and the values of a message are in its translation."""
    template = {message.id for message in messages(catalogue(LOCALES / "dlexam.pot"))}
    theirs = messages(catalogue(LOCALES / locale / "LC_MESSAGES" / "dlexam.po", locale))
    assert {message.id for message in theirs} == template, "run `make words`"
    for message in theirs:
        assert not message.fuzzy, message.id
        assert all(message.string) if message.pluralizable else message.string, message.id
        assert not list(message.check()), message.id


def test_dutch_is_there() -> None:
    """The bundled languages."""
    assert LANGUAGES == ["nl"]


@pytest.mark.parametrize(
    ("phrase", "english", "dutch"),
    [
        (say("one letter"), "one letter", "één letter"),
        (count("%(n)s decimal", "%(n)s decimals", 1), "1 decimal", "1 decimaal"),
        (count("%(n)s decimal", "%(n)s decimals", 4), "4 decimals", "4 decimalen"),
        (hints.array((2, 3), 4, False), "2 × 3, 4 decimals", "2 × 3, 4 decimalen"),
        (hints.array((1,), 0, True), "1 entry, whole numbers", "1 element, gehele getallen"),
        (hints.form(hints.array((3,), 2, False)), "2 decimals", "2 decimalen"),
        (say("100 % sure"), "100 % sure", "100 % sure"),
    ],
    ids=str,
)
def test_phrases(phrase: str, english: str, dutch: str) -> None:
    """A phrase is its English text, also after a journey, and says itself in another language."""
    assert isinstance(phrase, Phrase)
    assert phrase == english
    assert phrase.said(DUTCH.words) == dutch
    assert pickle.loads(pickle.dumps(phrase)).said(DUTCH.words) == dutch


@pytest.mark.parametrize(
    ("number", "english", "dutch"),
    [(1, "1 mark", "1 punt"), (2, "2 marks", "2 punten"), (0.5, "0.5 marks", "0,5 punten"), (2.5, "2.5 marks", "2,5 punten"), (0, "0 marks", "0 punten")],
)
def test_plurals(number: float, english: str, dutch: str) -> None:
    """One mark, several marks, parts of marks."""
    assert Phrases(None).marks(number) == english
    assert Phrases(None, "nl").marks(number) == dutch


FORMULAS = {
    "a number": ("0.25", "0{,}25"),
    "negative": ("-0.5", "-0{,}5"),
    "power": (r"1.5 \cdot 10^{-8}", r"1{,}5 \cdot 10^{-8}"),
    "thousands": (r"10\,000.5", r"10\,000{,}5"),
    "vector": (r"(0.5,\; 1.2)", r"(0{,}5;\; 1{,}2)"),
    "vector of wholes": (r"(1,\; -2)", r"(1;\; -2)"),
    "matrix": (r"\begin{bmatrix}0.5 & 1\\2 & 3\end{bmatrix}", r"\begin{bmatrix}0{,}5 & 1\\2 & 3\end{bmatrix}"),
    "set": (r"\{1,\; 2\}", r"\{1;\; 2\}"),
    "arguments": (r"\max(0, -0.3)", r"\max(0; -0{,}3)"),
    "letters": ("f(x, y)", "f(x, y)"),
    "indices": (r"\theta_1, \theta_2", r"\theta_1, \theta_2"),
    "index pair": ("h_{1,2}", "h_{1,2}"),
    "power before a comma": ("x^2, y", "x^2, y"),
    "letter before a number": ("h_2,\\; 0.5", "h_2;\\; 0{,}5"),
    "words": (r"\text{if } x > 0.5", r"\text{als } x > 0{,}5"),
    "other words": (r"\text{softmax}", r"\text{softmax}"),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_formulas(name: str) -> None:
    """A decimal comma in mathematics, and a semicolon where a comma stood between numbers."""
    before, after = FORMULAS[name]
    assert tex(before, DUTCH) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a rate of 0.1, then", "a rate of 0,1, then"),
        ("0.1, 0.25, 3 and 5, 0.5", "0,1; 0,25; 3 and 5; 0,5"),
        ("in 2026. It", "in 2026. It"),
        ("x.shape, y", "x.shape, y"),
    ],
)
def test_prose(before: str, after: str) -> None:
    """Numbers in words have the mark too, and words keep their commas."""
    assert prose(before, DUTCH) == after


def test_a_decimal_comma_is_one_number() -> None:
    """Screen readers hear one number, and every engine gets one atom."""
    from dlexam.render.math import mathml

    assert "<mn>0,25</mn>" in mathml("x = 0{,}25")
    assert "<msup><mn>0,25</mn><mn>2</mn></msup>" in mathml("0{,}25^2")


def test_english_is_not_touched() -> None:
    """An English document is the same object: languages cost it nothing."""
    document = sample()
    assert localised(document, language(None, "en")) is document


def test_code_keeps_its_point() -> None:
    """Snippets stay what Python reads."""
    solutions = localised(sample(), DUTCH).solutions
    assert [s.snippet.code for s in solutions if s.snippet] == [s.snippet.code for s in sample().solutions if s.snippet]


def test_an_unknown_language_is_one_line() -> None:
    """A language without words: which there are, and how to bring one."""
    with pytest.raises(RenderError) as caught:
        language(None, "xx")
    assert str(caught.value).startswith("language xx: there are no words for it. Write en or nl, or bring ")


def test_a_language_of_ones_own(tmp_path: Path) -> None:
    """A folder of templates may bring a language, and one that cannot be read says so."""
    place = tmp_path / "locale" / "de" / "LC_MESSAGES" / "dlexam.po"
    place.parent.mkdir(parents=True)
    place.write_text('msgid "Question"\nmsgstr "Frage"\n', encoding="utf-8")
    german = language(tmp_path, "de-AT")
    assert german.words.gettext("Question") == "Frage"
    assert german.number(0.5) == "0,5"
    place.write_text("nonsense\n", encoding="utf-8")
    language.cache_clear()
    with pytest.raises(RenderError, match=r"dlexam\.po: it cannot be read"):
        language(tmp_path, "de")
