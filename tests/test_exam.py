"""Drawing an exam: foreseen by nobody, the same for whoever holds the secret, shared only where asked."""

from __future__ import annotations

import json
import re
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from dlexam.bank import Bank, load_bank
from dlexam.exam import Exam, load_exam
from dlexam.exam.drawing import deal
from dlexam.exam.effort import numbers
from dlexam.exam.plan import assigned, plan
from dlexam.exam.reading import blueprint
from dlexam.exam.record import FILE, hashes, read, save_exam, written
from dlexam.exam.roster import Student
from dlexam.exam.start import efforts, left, start
from dlexam.graph import QuestionError
from dlexam.paper import Paper

SECRET = bytes(range(32))
FIXED = {"id": "linear_algebra/dot_product"}
POOL = {"pick": 2, "from": ["losses", "optimizers/adam"], "marks": 3}
WRITTEN = {"title": "Midterm", "section": [{"shuffle": True, "question": [FIXED, POOL]}]}


def roster(count: int, start: int = 0) -> tuple[Student, ...]:
    """A class."""
    return tuple(Student(f"s{n}", f"Student {n}") for n in range(start, start + count))


def drawn(written: dict[str, object], people: tuple[Student, ...], bank: Bank, **options: float) -> Exam:
    """An exam of a plan for a class."""
    exam, remarks = dealt(written, people, bank, **options)
    assert not remarks
    return exam


def dealt(written: dict[str, object], people: tuple[Student, ...], bank: Bank, **options: float) -> tuple[Exam, list[str]]:
    """The same with what a person should know."""
    read = blueprint(written, "exam.toml")
    chosen = plan(read, bank)
    begun = Exam(read, bank, SECRET, people, hashes(bank, chosen.ids))
    return deal(begun, chosen, **options)


def printed(paper: Paper) -> list[tuple[int, str, str]]:
    """What is on a paper, in its order."""
    return [(i.number, i.variant.question.id, numbers(i.variant.given)) for i in paper.items]


@pytest.fixture(scope="module")
def exam() -> Exam:
    """Thirty students."""
    return drawn(WRITTEN, roster(30), load_bank())


def test_the_same_secret_gives_the_same_papers(exam: Exam) -> None:
    """From the start, from the record, in any order; the papers are those of this secret for ever."""
    again = drawn(WRITTEN, roster(30), load_bank())
    restored = read(written(exam), load_bank())
    for id in reversed(exam.students):
        assert printed(exam.paper(id)) == printed(again.paper(id)) == printed(restored.paper(id))
        assert exam.paper(id).id == again.paper(id).id == restored.paper(id).id
    assert exam.paper("s0").id == "1E3BXC6V"


def test_another_secret_gives_other_papers(exam: Exam) -> None:
    """Everything that can differ does."""
    other = replace(exam, secret=bytes(32), draws={})
    other, _ = deal(other, plan(other.blueprint, other.bank))
    ours, theirs = exam.paper("s0"), other.paper("s0")
    assert ours.id != theirs.id
    assert not {i.variant.seed for i in ours.items} & {i.variant.seed for i in theirs.items}
    assert any(printed(exam.paper(s)) != printed(other.paper(s)) for s in exam.students)


def test_no_two_students_share_numbers(exam: Exam) -> None:
    """A question's numbers are one student's only."""
    seen = Counter((id, given) for s in exam.students for _, id, given in printed(exam.paper(s)))
    assert max(seen.values()) == 1


def test_a_pool_is_drawn_per_student_without_repeats(exam: Exam) -> None:
    """Each paper has the fixed question and two others of the pool; the class sees the whole pool."""
    papers = [[i.variant.question.id for i in exam.paper(s).items] for s in exam.students]
    assert all(len(set(ids)) == 3 and FIXED["id"] in ids for ids in papers)
    assert len({frozenset(ids) for ids in papers}) > 5
    assert {id for ids in papers for id in ids} == set(plan(exam.blueprint, exam.bank).ids)
    assert len({ids.index(FIXED["id"]) for ids in papers}) == 3, "the order is shuffled"


def test_a_paper_is_what_marking_needs(exam: Exam) -> None:
    """Items are numbered and carry the marks and the ask of their place."""
    paper = exam.paper("s3")
    assert [i.number for i in paper.items] == [1, 2, 3]
    assert (paper.student, paper.name, paper.version, paper.out_of) == ("s3", "Student 3", "", 8)
    assert {i.marks for i in paper.items} == {0, 3}
    right = {s.name: i.variant.kinds[s.name].text(i.variant.values[s.name]) for i in paper.items[:1] for s in i.parts.values()}
    assert paper.items[0].mark(right).total == paper.items[0].out_of
    with pytest.raises(LookupError):
        exam.paper("nobody")


def test_the_same_for_everyone(bank: Bank) -> None:
    """`same` gives a pool's choice and its numbers to everybody; the rest stays everybody's own."""
    written = {"title": "T", "section": [{"question": [{**POOL, "same": True}, FIXED]}]}
    exam = drawn(written, roster(8), bank)
    papers = [printed(exam.paper(s)) for s in exam.students]
    assert len({tuple(p[:2]) for p in papers}) == 1
    assert len({p[2] for p in papers}) == 8


def test_versions_are_balanced_and_neighbours_differ(bank: Bank) -> None:
    """Versions come in turn; who has the same version has the same paper under an id of their own."""
    exam = drawn({**WRITTEN, "versions": ["A", "B", "C"]}, roster(10), bank)
    given = [exam.paper(s).version for s in exam.students]
    assert sorted(Counter(given).values()) == [3, 3, 4]
    assert all(a != b for a, b in pairwise(given))
    assert set(exam.draws) == {"A", "B", "C"}
    one, other = (exam.paper(s) for s in exam.students if exam.people[s].version == given[0] and s in ("s0", "s3"))
    assert printed(one) == printed(other)
    assert one.id != other.id


def test_versions_of_the_roster_and_without_one(bank: Bank) -> None:
    """A roster may say who gets which version; without a roster there is a paper a version."""
    plan = {**WRITTEN, "versions": ["A", "B"]}
    people = tuple(replace(s, version="B") for s in roster(2))
    assert drawn(plan, people, bank).paper("s0").version == "B"
    alone = drawn(plan, (), bank)
    assert (alone.students, alone.papers, alone.paper("B").version) == ((), ("A", "B"), "B")
    with pytest.raises(QuestionError, match="s0: the roster says version 'X', and there are A, B"):
        drawn(plan, (replace(people[0], version="X"),), bank)


def test_who_comes_late_gets_other_numbers(exam: Exam) -> None:
    """A longer roster leaves the papers as they are; who left stays, and is named."""
    late = (*roster(33)[:12], *roster(20, 13))
    begun = start_again(exam, late)
    longer, remarks = deal(begun, plan(exam.blueprint, exam.bank))
    assert not remarks
    assert all(longer.draws[s] == exam.draws[s] for s in exam.students)
    assert longer.students == (*(s.id for s in late), "s12")
    seen = Counter((id, given) for s in longer.students for _, id, given in printed(longer.paper(s)))
    assert max(seen.values()) == 1
    assert left(longer, late) == ["s12: not on the roster any more. Their papers stay."]


def start_again(exam: Exam, people: tuple[Student, ...]) -> Exam:
    """The exam of a folder with another roster."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        save_exam(exam, Path(folder))
        return start(exam.blueprint, plan(exam.blueprint, exam.bank), exam.bank, people, Path(folder))


def test_a_question_with_too_few_variants_is_named(bank: Bank) -> None:
    """Sharing is told in a line, and not where it was allowed."""
    few = {"id": "concepts/cnn_properties"}
    exam, remarks = dealt({"title": "T", "section": [{"question": [few]}]}, roster(40), bank)
    (remark,) = remarks
    found = re.match(r"exam.toml:1: concepts/cnn_properties has too few variants at level 2: (\d+) papers share", remark)
    assert found
    distinct = {given for s in exam.students for _, _, given in printed(exam.paper(s))}
    assert int(found[1]) == 40 - len(distinct)
    allowed, remarks = dealt({"title": "T", "section": [{"question": [{**few, "repeats": True}]}]}, roster(40), bank)
    assert (len(allowed.draws), remarks) == (40, [])


def test_the_spread_of_effort_is_bounded(bank: Bank) -> None:
    """With `--max-spread` the effort of a question stays within that share of its middle."""
    written = {"title": "T", "section": [{"question": [{"id": "convolution/convolve", "level": 1}]}]}
    free, bound = drawn(written, roster(25), bank), drawn(written, roster(25), bank, spread=0.2)
    assert efforts(free)[0].share > 0.2 >= efforts(bound)[0].share


def test_decimals_of_the_exam(bank: Bank) -> None:
    """The exam's decimals replace the question's, on the paper and in marking."""
    exam = drawn({"title": "T", "decimals": 2, "section": [{"question": [{"id": "optimizers/adam"}]}]}, roster(1), bank)
    (item,) = exam.paper("s0").items
    assert {item.variant.kinds[s.name].hint for s in item.parts.values()} == {"2 decimals"}
    assert bank["optimizers/adam"].about.decimals != 2


def test_assigning_moves_earlier_choices_on() -> None:
    """A place whose only question was taken gets it, and the other takes its second choice."""
    assert assigned({0: ["a", "b"], 1: ["a"]}, set()) == {0: "b", 1: "a"}
    with pytest.raises(LookupError):
        assigned({0: ["a"], 1: ["a"]}, set())


# ---------------------------------------------------------------- the record


def test_the_record_is_private_and_whole(exam: Exam, tmp_path: Path) -> None:
    """exam.json is the owner's only, and what it holds is all that marking needs."""
    path = save_exam(exam, tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(json.loads(path.read_text(encoding="utf-8"))) == {"note", "dlexam", "secret", "blueprint", "questions", "roster", "draws"}
    loaded = load_exam(tmp_path, load_bank())
    assert written(loaded) == written(exam)
    assert (loaded.title, loaded.students, loaded.bank_hash) == (exam.title, exam.students, exam.bank_hash)


def test_a_record_of_one_paper_gives_that_paper_only(exam: Exam) -> None:
    """What a worker gets holds nobody else's draws."""
    one = read(written(exam, "s4"), exam.bank)
    assert printed(one.paper("s4")) == printed(exam.paper("s4"))
    assert list(one.draws) == ["s4"] == list(one.students)


DAMAGED = {
    "cut off": lambda text: text[: len(text) // 2],
    "no secret": lambda text: text.replace('"secret"', '"secrt"'),
    "a draw too short": lambda text: re.sub(r"\[0,[^]]*\]", "[0]", text),
    "a list": lambda text: "[]",
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_record_is_one_line(damage: object, exam: Exam, tmp_path: Path) -> None:
    """What, why and what to do."""
    save_exam(exam, tmp_path)
    assert callable(damage)
    (tmp_path / FILE).write_text(damage(written(exam)), encoding="utf-8")
    with pytest.raises(QuestionError, match=r"this is no record of an exam .*Bring back the file as it was\.$") as raised:
        load_exam(tmp_path, exam.bank)
    assert "\n" not in str(raised.value)


def private_bank(folder: Path) -> Bank:
    """A bank in which one question of the exam is a file that can be changed."""
    path = folder / "linear_algebra" / "dot_product.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(load_bank().paths["linear_algebra/dot_product"].read_bytes())
    return load_bank(folder)


def test_changed_question_files_are_refused_by_name(tmp_path: Path) -> None:
    """Marking stops, names them, and goes on if they are trusted and still draw the same numbers."""
    bank = private_bank(tmp_path / "bank")
    exam = drawn(WRITTEN, roster(3), bank)
    save_exam(exam, tmp_path)
    path = bank.paths["linear_algebra/dot_product"]
    source = path.read_text(encoding="utf-8")
    path.write_text(source + "\n# a comment\n", encoding="utf-8")
    with pytest.raises(QuestionError, match="linear_algebra/dot_product: has changed since the papers were made"):
        load_exam(tmp_path, load_bank(tmp_path / "bank"))
    trusted = load_exam(tmp_path, load_bank(tmp_path / "bank"), trust=True)
    assert printed(trusted.paper("s1")) == printed(exam.paper("s1"))
    path.write_text(source.replace("grid(-2, 2, by=0.5)", "grid(-9, -4, by=0.5)"), encoding="utf-8")
    other = load_exam(tmp_path, load_bank(tmp_path / "bank"), trust=True)
    with pytest.raises(QuestionError, match="linear_algebra/dot_product: draws other numbers than those on the papers"):
        other.paper("s1")


def test_a_missing_question_is_named(tmp_path: Path) -> None:
    """A bank without a question of the papers cannot mark them, trusted or not."""
    bank = private_bank(tmp_path / "bank")
    (tmp_path / "bank/linear_algebra/dot_product.py").rename(tmp_path / "bank/linear_algebra/other.py")
    exam = drawn({"title": "T", "section": [{"question": [{"id": "linear_algebra/other"}]}]}, roster(1), load_bank(tmp_path / "bank"))
    save_exam(exam, tmp_path)
    with pytest.raises(QuestionError, match=r"linear_algebra/other: on the papers, not in the bank\."):
        load_exam(tmp_path, load_bank(), trust=True)
    assert bank.folders


# ---------------------------------------------------------------- nothing that betrays


def secrets_of(exam: Exam) -> Iterator[str]:
    """What must not be on a paper: the secret, seeds, digests of the numbers."""
    yield exam.secret.hex()
    for student in exam.students:
        for draw, item in zip(exam.draws[student], exam.paper(student).items, strict=True):
            yield str(item.variant.seed)
            yield draw.check


@pytest.mark.parametrize("ask", ["steps", "final", "choice"])
def test_a_paper_betrays_nothing(ask: str, bank: Bank) -> None:
    """Neither the page nor its data hold the secret, a seed, or the name of a mistake."""
    from dlexam.exam.document import paper_document
    from dlexam.render import FORMATS

    exam = drawn({**WRITTEN, "ask": ask}, roster(3), bank)
    for student in exam.students:
        paper = exam.paper(student)
        document = paper_document(exam, paper)
        page = repr(document) + str(FORMATS["html"](document, None))
        assert paper.id in page
        assert exam.bank_hash in page
        assert not [word for word in secrets_of(exam) if word in page]
        assert not [m for i in paper.items for m in i.variant.question.graph.mistakes if m in page]


def test_a_paper_id_is_no_part_of_a_seed(exam: Exam) -> None:
    """Ids come from the secret by a way of their own."""
    seeds = " ".join(secrets_of(exam)).upper()
    ids = [exam.paper(s).id for s in exam.students]
    assert len(set(ids)) == len(ids)
    assert not [id for id in ids if id in seeds]
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{8}", id) for id in ids)
