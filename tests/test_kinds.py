"""How people write answers, and what is read: the table of answer_forms.py, a test a row."""

from __future__ import annotations

import math
import sys
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy

from dlexam.kinds import AnswerError, Kind, digits, kind_of
from dlexam.kinds import equal as equality
from dlexam.kinds.expression import Expression
from dlexam.kinds.matrix import Matrix
from dlexam.kinds.number import Number
from dlexam.kinds.reading import LONGEST, normalise

sys.path.insert(0, str(Path(__file__).parent))
from answer_forms import FORMS, Forms

READ = [(forms, text, value) for forms in FORMS for text, value in forms.read.items()]
REFUSED = [(forms, text, why) for forms in FORMS for text, why in forms.refused.items()]


def names(rows: list[tuple[Forms, str, Any]]) -> list[str]:
    """Readable ids."""
    return [f"{forms.title}: {text!a}" for forms, text, _ in rows]


def is_same(kind: Kind, read: Any, value: Any) -> bool:
    """Whether what was read is the value, up to binary fractions."""
    if isinstance(value, list):
        value = np.array(value, dtype=float)
    gap = kind.gap(read, value)
    return bool(gap <= 1e-12 * max(1.0, float(np.max(np.abs(value))) if isinstance(value, float) else 1.0))


@pytest.mark.parametrize(("forms", "text", "value"), READ, ids=names(READ))
def test_read(forms: Forms, text: str, value: Any) -> None:
    """An answer in a form in which people write it."""
    read = forms.kind.read(text)
    assert is_same(forms.kind, read, value), read


@pytest.mark.parametrize(("forms", "text", "why"), REFUSED, ids=names(REFUSED))
def test_refused(forms: Forms, text: str, why: str) -> None:
    """What is ambiguous or no answer is refused with one line that says why, never guessed."""
    with pytest.raises(AnswerError) as raised:
        forms.kind.read(text)
    assert why in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("forms", "text", "value"), READ, ids=names(READ))
def test_printed_again(forms: Forms, text: str, value: Any) -> None:
    """What is shown as read can be typed back and is read as the same."""
    read = forms.kind.read(text)
    shown = forms.kind.text(read)
    assert forms.kind.gap(forms.kind.read(shown), read) <= forms.kind.half(read) * (1 + 1e-9)


TURNED = {
    "a row as asked": ((1, 2), "[[1, 2]]", ""),
    "a list for a row": ((1, 2), "1, 2", ""),
    "a column for a row": ((1, 2), "[[1],[2]]", "You wrote a column, and a row is asked; it was read as a row."),
    "a row for a column": ((2, 1), "[[1, 2]]", ""),
    "a column for a vector": ((2,), "[[1],[2]]", "You wrote a column, and a vector is asked; it was read as a vector."),
    "entries on one line": ((2, 2), "1 2 3 4", "All entries are on one line; they were read row by row."),
    "no closing bracket": ((2,), "[1, 2", "An outer bracket is missing; it was supplied."),
    "no opening bracket": ((2, 2), "[1,2],[3,4]]", "An outer bracket is missing; it was supplied."),
}  # fmt: skip


@pytest.mark.parametrize(("shape", "text", "note"), TURNED.values(), ids=TURNED.keys())
def test_accepted_and_noted(shape: tuple[int, ...], text: str, note: str) -> None:
    """A row for a column and a missing outer bracket are accepted, and the student is told."""
    kind = Matrix(4, shape)
    assert kind.read(text).shape == shape
    assert kind.noted(text) == note


def test_decimal_commas_in_a_vector() -> None:
    """Where commas can part entries or be decimal, the asked size decides."""
    np.testing.assert_allclose(kind_of(np.array([0.5, 1.5])).read("0,5; 1,5"), [0.5, 1.5])
    np.testing.assert_allclose(kind_of(np.eye(2)).read("0,5; 1,5"), [[0, 5], [1, 5]])
    np.testing.assert_array_equal(kind_of(np.array([1, 2])).read("1,234, 5,678"), [1234, 5678])


@pytest.mark.parametrize("shape", [(2,), (40,), (2, 3), (1, 3), (3, 1), (2, 40), (2, 2, 2)], ids=str)
@pytest.mark.parametrize("size", [1e-5, 1.0, 1e6], ids=str)
def test_prints_of_libraries(shape: tuple[int, ...], size: float) -> None:
    """NumPy's print and repr (long rows go on in the next line), Python's lists and pasted cells are read."""
    value = np.round(np.random.default_rng(0).normal(size=shape) * size, 8)
    kind = kind_of(value)
    rows = value.reshape(-1, shape[-1]).tolist()
    pasted = "\n".join("\t".join(map(str, row)) for row in rows)
    for text in (str(value), repr(value), str(value.tolist()), pasted, pasted.replace("\t", " ").replace("\n", "; ")):
        read = kind.read(text)
        assert read.shape == shape, text
        np.testing.assert_allclose(read, value, rtol=1e-4, atol=1e-6 * size)


@pytest.mark.parametrize(("text", "clean"), [("\x000.5\x00", "0.5"), ("\u202e0.5\u202c", "0.5"), ("\u200b0\u20605", "05"), ("\ufeff1\u00a02", "1 2"), ("1\r\n2", "1\n2"), ("ａｂ", "ab"), ("a  \u2009 b", "a b"), (r"\left( 1 \right)", "( 1 )")])  # fmt: skip
def test_one_spelling(text: str, clean: str) -> None:
    """Controls and marks of direction vanish; spaces, digits and signs get one spelling."""
    assert normalise(text) == clean


def test_length_is_bounded() -> None:
    """A megabyte is refused before anything looks at it."""
    with pytest.raises(AnswerError, match="Shorten it"):
        normalise("1" * (LONGEST + 1))


def test_the_page_is_up_to_date() -> None:
    """docs/answers.md is what the table makes; `make docs` writes it."""
    source = Path(__file__).parents[1] / "docs" / "make_answers.py"
    spec = spec_from_file_location("make_answers", source)
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    assert source.with_name("answers.md").read_text(encoding="utf-8") == made.page()


# ---------------------------------------------------------------- edges


EDGES = {
    "dust of binary fractions": (0.1 + 0.2, 4, 0.0, ("0.29995", "0.30005")),
    "a drift widens": (0.5, 2, 0.013, ("0.482", "0.518")),
    "a third": (1 / 3, 3, 0.0, ("0.332833", "0.333834")),
    "negative": (-2.0, 1, 0.0, ("-2.05", "-1.95")),
    "around zero": (0.0, 3, 0.0, ("-0.0005", "0.0005")),
    "infinite": (-math.inf, 3, 0.0, ("-inf", "-inf")),
}


@pytest.mark.parametrize(("value", "decimals", "drift", "edges"), EDGES.values(), ids=EDGES.keys())
def test_edges(value: float, decimals: int, drift: float, edges: tuple[str, str]) -> None:
    """The accepted interval is printed in decimals; its edges are in, the next decimal is out."""
    kind = Number(decimals)
    assert kind.interval(value, drift) == edges
    for edge, away in zip(edges, (-1, 1), strict=True):
        assert kind.within(kind.read(edge), value, kind.half(value) + drift)
        if "inf" not in edge:
            beyond = Decimal(edge) + away * Decimal("1e-12")
            assert not kind.within(kind.read(str(beyond)), value, kind.half(value) + drift)


def test_whole_numbers_have_no_width() -> None:
    """Where a whole number is asked only it is accepted."""
    assert kind_of(7).interval(7) == ("7", "7")  # type: ignore[attr-defined]
    assert not kind_of(7).gap(kind_of(7).read("7"), 7)


def test_edges_of_an_array() -> None:
    """Each entry has its own interval, and a map says which are in."""
    kind = kind_of(np.array([0.5, 1.0]), decimals=2)
    assert isinstance(kind, Matrix)
    assert kind.interval(np.array([0.5, 1.0]), np.array([0, 0.01])) == ("[0.495, 0.985]", "[0.505, 1.015]")
    right = kind.cells_within(kind.read("0.505, 1.016"), np.array([0.5, 1.0]), np.array([0.005, 0.015]))
    assert right.tolist() == [True, False]


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        pytest.param(1.925, 2, "1.93", id="a half below its decimal"),
        pytest.param(1.975, 2, "1.98", id="a half above its decimal"),
        pytest.param(-1.925, 2, "-1.93", id="negative"),
        pytest.param(7.7 / 4, 2, "1.93", id="computed"),
        pytest.param(np.float64(0.125), 2, "0.13", id="a binary half"),
        pytest.param(1.92499, 2, "1.92", id="no half"),
        pytest.param(2.5, 0, "3", id="no decimals"),
    ],
)
def test_halves_go_up(value: float, decimals: int, written: str) -> None:
    """What lies in the middle is rounded away from zero, as people do."""
    assert digits.rounded(value, decimals) == written


# ---------------------------------------------------------------- numbers for arrays, expressions


@pytest.mark.parametrize(
    ("symbol", "letters"),
    [
        pytest.param("h'(x)", "x", id="one letter"),
        pytest.param("g(u, x)", "u, x", id="two letters"),
        pytest.param(r"\nabla f", "u, x", id="none named"),
        pytest.param(r"\frac{\partial f}{\partial x}", "u, x", id="not an argument"),
        pytest.param("f'(a)", "u, x", id="a letter that is not drawn"),
    ],
)
def test_letters_of_an_expression(symbol: str, letters: str) -> None:
    """What is asked as h'(x) is asked in x alone, and other drawn letters are still read."""
    kind = Expression(frozenset("ux"), symbol=symbol)
    assert kind.hint == f"an expression in {letters}"
    assert str(kind.read("u*x")) == "u*x"


def test_an_array_where_a_number_is_asked() -> None:
    """Who forgets the sum writes a vector: it is read, shown and compared."""
    kind = kind_of(11)
    value = kind.read("[3, 8]")
    assert kind.gap(value, np.array([3, 8])) == 0
    assert kind.gap(value, 11) == kind.gap(11, value) == math.inf
    assert (kind.text(value), kind.tex(value), kind.json(value)) == ("[3, 8]", r"(3,\; 8)", [3, 8])
    assert kind.half(value) == 0
    assert not list(kind.slips(value, "[3, 8]"))


X = sympy.Symbol("x")


@pytest.mark.parametrize("text", ["inf", "0", "x + inf", "nan", "1/0", "x^2 + 1.0001", "-x^2 - 1"])
def test_no_other_expression_is_equal(text: str) -> None:
    """Infinity, zero and near misses are not equivalent to an expression, however tolerant the comparison."""
    kind = Expression(frozenset("x"))
    try:
        value = kind.read(text)
    except AnswerError:
        return
    assert kind.gap(value, X**2 + 1) == math.inf


def test_symbolic_where_points_cannot_tell() -> None:
    """Where too few points have a value, SymPy tries within a time limit."""
    huge = sympy.exp(sympy.exp(sympy.exp(X**2 + 9)))
    assert equality.by_value(huge, huge + 1, frozenset("x")) is None
    assert equality.agree(huge * 2, huge + huge, frozenset("x"))


def test_undecided_is_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody can tell in time is neither right nor wrong."""
    monkeypatch.setattr(equality, "SECONDS", 0.0)
    huge = sympy.exp(sympy.exp(sympy.exp(X**2 + 10)))
    with pytest.raises(AnswerError, match="A person looks"):
        Expression(frozenset("x")).decide(huge * sympy.exp(X), sympy.exp(sympy.exp(sympy.exp(X**2 + 10)) + X))


def test_out_of_time_gives_nothing() -> None:
    """A piece of work is stopped at its limit, on any thread."""

    def forever() -> bool:
        while True:
            max(1, 2)

    assert equality.within(0.01, forever) is None
