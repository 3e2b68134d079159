"""A class is marked: who handed in what, policies, decisions, and the same marks through every table."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from pypdf import PdfReader

from dlexam.bank import Bank
from dlexam.grading.gather import gather, missing
from dlexam.grading.policy import Decisions, Policy, mark_item, read_decisions, read_policy
from dlexam.grading.roster import Roster, bare_id
from dlexam.grading.run import Class, Rules, mark_class, mark_script, record
from dlexam.graph import QuestionError
from dlexam.paper import Item, Paper
from dlexam.question import Question
from dlexam.report import kept, tables
from dlexam.report.feedback import feedback
from dlexam.report.gradebooks import exported, write_gradebooks
from dlexam.report.integrity import by_chance, findings
from dlexam.report.items import class_facts
from dlexam.report.page import write_report
from dlexam.report.write import Wanted, write_feedback
from dlexam.submissions.entry import Entry, Trouble

DEMO = Bank(Path(__file__).parent / "bank")["demo/neuron"]


class Exam:
    """Papers of two questions for some students, each with numbers of their own."""

    title = "Midterm"
    language = "en"

    def __init__(self, *students: str, question: Question = DEMO) -> None:
        """Name the students."""
        self.students = students
        self.question = question
        self.names: dict[str, str] = {}
        self.paper_ids = {student: f"P{student}" for student in students}

    def paper(self, student: str) -> Paper:
        """Two variants of one question; the second asks for the end only and counts ten marks."""
        first = Item(1, self.question.draw(f"{student}/1"))
        second = Item(2, self.question.draw(f"{student}/2"), "final", Fraction(10))
        return Paper(f"P{student}", (first, second), student)


def right(exam: Exam, student: str, number: int) -> dict[str, str]:
    """The right answers to what one question asks."""
    item = exam.paper(student).items[number - 1]
    return {s.name: item.variant.kinds[s.name].text(item.variant.values[s.name]) for s in item.parts.values()}


def entries(exam: Exam, student: str, **changed: str) -> list[Entry]:
    """A right paper, with some answers to question 1 changed."""
    whole = {("1", k): v for k, v in (right(exam, student, 1) | changed).items()}
    whole |= {("2", k): v for k, v in right(exam, student, 2).items()}
    return [Entry(student, q, p, text, None, "answers.csv") for (q, p), text in whole.items()]


def marked(exam: Exam, *answers: Entry | Trouble, rules: Rules | None = None) -> Class:
    """The class, marked."""
    return mark_class(exam, answers, rules or Rules())


def total(done: Class, student: str) -> Fraction:
    """A student's marks."""
    return sum((r.marks for r in done.rows if r.student == student), Fraction(0))


# ---------------------------------------------------------------- who handed in what

EXAM = Exam("0042", "s17")
STEP = next(iter(right(EXAM, "0042", 1)))


@pytest.mark.parametrize(
    ("written", "student"),
    [
        ("0042", "0042"),
        ("42", "0042"),
        (" 42.0 ", "0042"),
        ("S17", "s17"),
        ("s17@uni.example", "s17"),
        ("18", None),
    ],
)
def test_ids_as_people_and_spreadsheets_write_them(written: str, student: str | None) -> None:
    """Zeros in front, case, space and a mail domain do not hide a student."""
    handed, troubles = gather(EXAM, [Entry(written, "1", STEP, "1", None, "x")])
    assert list(handed) == ([student] if student else [])
    assert len(troubles) == (student is None)


def test_an_id_that_may_be_two_students_is_nobody() -> None:
    """Where zeros tell students apart, the short form is left to a person."""
    handed, troubles = gather(Exam("042", "0042"), [Entry("42", "1", STEP, "1", None, "x")])
    assert not handed
    assert "not on the roster" in troubles[0].why


@pytest.mark.parametrize(
    ("source", "student"),
    [
        ("lab.zip: doejane_LATE_7_9_sheet.pdf", "0042"),
        ("lab.zip: Jane Doe_77_assignsubmission_file_/a.pdf", "0042"),
        ("lab.zip: janedoesmith.pdf", None),
        ("answers.csv, row 12", None),
    ],
)
def test_names_in_the_names_of_files(source: str, student: str | None) -> None:
    """Platforms that number files by their own ids are understood by the student's name, if one fits only."""
    exam = Exam("0042", "s17", "s18")
    exam.names = {"0042": "Jane Doe", "s17": "Doe Smith", "s18": "Al"}
    assert Roster(exam).named_in(source) == student
    assert Roster(exam).find("Doe, Jane") == "0042"


@pytest.mark.parametrize(
    ("question", "part", "place"),
    [
        ("1", STEP, (1, STEP)),
        ("1", "d", (1, "slope")),
        (" 1 ", "(D)", (1, "slope")),
        ("1", "(a)", (1, "z")),
        ("1", "a", (1, "a")),  # a step of that name goes before the letter
        ("1", "nothing", "no such question"),
        ("9", STEP, "no such question"),
        ("demo/neuron", "slope", "answers may be meant"),
        ("", "", "answers may be meant"),
    ],
)
def test_places(question: str, part: str, place: tuple[int, str] | str) -> None:
    """A question's number and a step or its letter name a place; the rest is said in one line."""
    handed, troubles = gather(EXAM, [Entry("s17", question, part, "1", None, "x")])
    if isinstance(place, tuple):
        assert list(handed["s17"].answers) == [place]
    else:
        assert place in troubles[0].why


def test_the_last_answer_counts_and_a_blank_takes_nothing_away() -> None:
    """By time stamp, then by order; who wrote twice is counted."""
    early, late = datetime(2026, 1, 1, 9), datetime(2026, 1, 1, 10)
    sent = [("2", late), ("1", early), ("", datetime(2026, 1, 1, 11))]
    handed, _ = gather(EXAM, [Entry("s17", "1", STEP, text, at, "x") for text, at in sent])
    assert handed["s17"].answers[1, STEP].text == "2"
    assert handed["s17"].replaced == 1


def test_a_question_that_nobody_has_is_named() -> None:
    """A missing column is seen."""
    handed, _ = gather(EXAM, [Entry("s17", "1", STEP, "1", None, "x")])
    assert [t.why.partition(":")[0] for t in missing(handed)] == ["question 2"]


# ---------------------------------------------------------------- marks


def test_a_right_paper_earns_everything() -> None:
    """All marks of the paper, in the paper's own scale."""
    done = marked(EXAM, *entries(EXAM, "s17"))
    assert total(done, "s17") == EXAM.paper("s17").out_of
    assert done.absent == ["0042"]
    assert not done.queries


def test_what_cannot_be_read_or_placed_goes_to_a_person_and_the_rest_is_marked() -> None:
    """Nothing is lost and nothing is silently zero."""
    bad = [Trouble("lab.pdf", "lab.pdf: no form."), Entry("nobody", "1", STEP, "1", None, "row 7")]
    done = marked(EXAM, *entries(EXAM, "s17", **{STEP: "?!"}), *bad)
    assert {(q.student, q.part) for q in done.queries} == {("", ""), ("nobody", ""), ("s17", STEP)}
    given = {("s17", 1, STEP): Fraction(1, 2)}
    again = marked(EXAM, *entries(EXAM, "s17", **{STEP: "?!"}), rules=Rules(by_hand=given))
    assert total(again, "s17") == total(done, "s17") + Fraction(1, 2)
    (kept,) = again.queries
    assert (kept.part, kept.marks) == (STEP, Fraction(1, 2))  # the file keeps what the person wrote into it


@pytest.mark.parametrize(
    ("file_of", "taken"), [("0042", False), ("42", False), ("991", False), ("s17", True), ("answers", True)]
)
def test_a_file_of_one_student_says_nothing_of_another(file_of: str, taken: bool) -> None:
    """Answers under another's id in a packed file are listed, not taken; a table of the class is."""
    exam = Exam("0042", "s17")
    exam.names = {"0042": "Jane Doering", "s17": "Student One"}
    source = "handed-in.zip: Jane Doering_991_assignsubmission_file_/sheet.csv, row 2"
    sent = [e._replace(source=source, file_of=file_of) for e in entries(exam, "s17")]
    done = marked(exam, *sent)
    assert bool(done.rows) == taken
    assert [q.student for q in done.queries] == ([] if taken else ["0042"])


def test_a_file_that_is_not_read_is_listed_under_its_student() -> None:
    """A platform's own number in the name of a file says nothing to the instructor; the roster's id does."""
    exam = Exam("0042", "s17")
    exam.names = {"0042": "Jane Doering"}
    source = "handed-in.zip: Jane Doering_991_assignsubmission_file_/photo.jpg"
    (query,) = marked(exam, Trouble(source, "a picture. A person must mark it.", "991")).queries
    assert query.student == "0042"


def test_marks_written_by_hand_are_read_back(tmp_path: Path) -> None:
    """The last column of needs-a-person.csv, with a decimal comma too."""
    done = marked(EXAM, *entries(EXAM, "s17", **{STEP: "?!"}))
    path = tmp_path / "needs-a-person.csv"
    lines = tables.for_a_person(done.queries).splitlines()
    path.write_text("\n".join([lines[0], lines[1] + '"0,5"']), encoding="utf-8")
    assert kept.marked_by_hand(path, EXAM) == {("s17", 1, STEP): Fraction(1, 2)}
    path.write_text("\n".join([lines[0], lines[1] + "many"]), encoding="utf-8")
    with pytest.raises(QuestionError, match=r"line 2: no marks"):
        kept.marked_by_hand(path, EXAM)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"nobody;1;{STEP};;;;1", "'nobody' is not on the roster"),
        ("s17;1;nothing;;;;1", "1.nothing is not asked"),
        (f"s17;9;{STEP};;;;1", "is not asked on this paper"),
        (f"s17;1;{STEP};;;;500", "500 is out of range"),
        (f"s17;1;{STEP};;;;-1", "-1 is out of range"),
        (f"s17;1;{STEP};;;;1e9999999", "no marks for a part"),
    ],
    ids=["no student", "no part", "no question", "too many", "negative", "huge"],
)
def test_marks_by_hand_are_never_passed_over(line: str, message: str, tmp_path: Path) -> None:
    """What belongs to nobody or is more than the part can earn is told, with its line."""
    path = tmp_path / "needs-a-person.csv"
    path.write_text(";".join(tables.PERSON) + "\n" + line, encoding="utf-8")
    with pytest.raises(QuestionError, match=f"line 2: .*{message}"):
        kept.marked_by_hand(path, EXAM)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_marks_by_hand_as_a_spreadsheet_saves_them(encoding: str, tmp_path: Path) -> None:
    """Semicolons, decimal commas, other encodings, and ids that lost the zeros in front."""
    path = tmp_path / "needs-a-person.csv"
    path.write_text(";".join(tables.PERSON) + f"\r\n42;1;{STEP};é;;;0,5\r\n", encoding=encoding)
    assert kept.marked_by_hand(path, EXAM) == {("0042", 1, STEP): Fraction(1, 2)}


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"\xe4\x00\xff", b'"' + b"x" * 200_000])
def test_a_file_of_another_make_is_one_line(content: bytes, tmp_path: Path) -> None:
    """Neither marks of an earlier run nor marks by hand are taken from it, nor does anything break."""
    path = tmp_path / "marks.csv"
    path.write_bytes(content)
    for read in (kept.earlier, lambda path: kept.marked_by_hand(path, EXAM)):
        with pytest.raises(QuestionError, match=r"no column 'student'|no CSV file"):
            read(path)


# ---------------------------------------------------------------- policy and decisions

NOTE = next(iter(DEMO.graph.mistakes))


def mistaken() -> tuple[Item, dict[str, str]]:
    """A paper with one known mistake, everything written."""
    variant = DEMO.draw(3)
    mistake = DEMO.graph.mistakes[NOTE]
    run = DEMO.graph.run(variant.given, instead={mistake.step: mistake})
    return Item(1, variant), {s.name: variant.kinds[s.name].text(run[s.name]) for s in DEMO.asked}


@pytest.mark.parametrize("key", [NOTE, f"demo/neuron.{NOTE}", NOTE.partition(":")[2]])
def test_a_policy_by_note(key: str) -> None:
    """A share kept goes by the most exact name of the mistake."""
    item, answers = mistaken()
    marks = {
        m.note: m for m in mark_item(item, answers, Policy(keeps={key: Fraction(1, 4)}), Decisions()).marks
    }
    assert marks[NOTE].marks == marks[NOTE].out_of / 4


def test_carried_marks_and_minus_marks() -> None:
    """Carried answers keep their share; minus marks stop at zero unless the policy says otherwise."""
    item, answers = mistaken()
    usual = mark_item(item, answers, Policy(), Decisions())
    half = mark_item(item, answers, Policy(carried=Fraction(1, 2)), Decisions())
    for before, after in zip(usual.marks, half.marks):
        assert after.marks == (before.marks / 2 if before.verdict == "carried" else before.marks)
    assert any(m.verdict == "carried" for m in usual.marks)
    minus = {NOTE: Fraction(100)}
    assert min(m.marks for m in mark_item(item, answers, Policy(minus=minus), Decisions()).marks) == 0
    below = mark_item(item, answers, Policy(minus=minus, no_negative=False), Decisions())
    assert min(m.marks for m in below.marks) < -90


def test_accepted_and_void() -> None:
    """An accepted value is right for everybody; a void part is out of the count."""
    item, answers = mistaken()
    step = NOTE.partition(":")[0]
    asked = {"demo/neuron": DEMO.draw(1)}
    made = read_decisions([f"demo/neuron.{step}={answers[step]}"], [], asked)
    marks = {m.step: m for m in mark_item(item, answers, Policy(), made).marks}
    assert (marks[step].verdict, marks[step].note) == ("right", f"{step}:accepted")
    void = read_decisions([], [f"demo/neuron.{step}"], asked)
    marking = mark_item(item, answers, Policy(), void)
    assert marking.out_of == item.out_of - Fraction(str(DEMO.graph.steps[step].marks))


@pytest.mark.parametrize(
    ("accept", "void", "says"),
    [
        (["demo/neuron.z"], [], "there is no value"),
        (["demo/neuron.z=about a third"], [], "--accept demo/neuron.z=about a third: 'about' is no number"),
        (["demo/neuron=1"], [], "there is no step"),
        (["demo/neurn.z=1"], [], "Did you mean"),
        ([], ["demo/other"], "not asked in these papers"),
    ],
)
def test_decisions_that_mean_nothing(accept: list[str], void: list[str], says: str) -> None:
    """One line, with a hint."""
    with pytest.raises(QuestionError, match=says):
        read_decisions(accept, void, {"demo/neuron": DEMO.draw(1)})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("carried = 2", "carried = 2 is no rule"),
        ("caried = 1", "Did you mean 'carried'"),
        ("decimals = 99", "0 to 6"),
        ("no_negative = 1", "true or false"),
        ("[keeps]\nsign = 7", "out of range"),
        ("keeps = 3", "table of note"),
        ("carried", "not a TOML file"),
    ],
)
def test_policies_that_mean_nothing(text: str, says: str, tmp_path: Path) -> None:
    """One line that names the file and the rule."""
    path = tmp_path / "marking.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionError, match=says):
        read_policy(path)


def test_a_policy_is_read(tmp_path: Path) -> None:
    """Numbers stay exact."""
    path = tmp_path / "marking.toml"
    path.write_text("carried = 0.1\ndecimals = 1\n[minus]\ntoo_few_digits = 0.3\n", encoding="utf-8")
    assert read_policy(path) == Policy(Fraction(1, 10), minus={"too_few_digits": Fraction(3, 10)}, decimals=1)
    assert read_policy(None) == Policy()


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize(
    ("marks", "decimals", "text"),
    [
        ("10/15", 2, "0.67"),
        ("4", 2, "4"),
        ("1/8", 2, "0.13"),
        ("5/2", 0, "3"),
        ("-1/3", 2, "-0.33"),
        ("100", 0, "100"),
    ],
)
def test_marks_are_rounded_once_halves_up(marks: str, decimals: int, text: str) -> None:
    """No dust, no zeros at the end."""
    assert tables.rounded(Fraction(marks), decimals) == text


def test_marks_come_back_exactly(tmp_path: Path) -> None:
    """marks.csv is read back with the fractions that it was written with."""
    rules = Rules(Policy(carried=Fraction(1, 3)))
    done = marked(EXAM, *entries(EXAM, "s17", **{STEP: "=1+1"}), *entries(EXAM, "0042"), rules=rules)
    path = tmp_path / "marks.csv"
    path.write_text(tables.marks_table(done.rows), encoding="utf-8")
    assert [r.marks for r in kept.read_rows(path)] == [r.marks for r in done.rows]
    assert [r.answer for r in kept.read_rows(path)] == [r.answer for r in done.rows]
    assert "'=1+1" in path.read_text(encoding="utf-8")
    assert list(tables.changes(kept.earlier(path), done.rows, 2)) == []
    again = marked(EXAM, *entries(EXAM, "s17"), *entries(EXAM, "0042"))
    (line,) = tables.changes(kept.earlier(path), again.rows, 2)
    assert line.startswith("s17: ")


def test_gradebook_has_everybody_and_leaves_the_absent_empty() -> None:
    """A row a student in the order of the roster."""
    done = marked(EXAM, *entries(EXAM, "s17"))
    rows = list(csv.DictReader(io.StringIO(tables.gradebook(done, 2).lstrip("\ufeff"))))
    assert [row["student"] for row in rows] == ["0042", "s17"]
    assert (rows[0]["total"], Fraction(rows[1]["total"])) == ("", EXAM.paper("s17").out_of)


CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Midterm (77)\n    Points Possible,,,,,9\nDoe,5,0042,d1,A,\n"
)
MOODLE = "First name,Last name,ID number,Email address\nX,Doe,42,d@uni.example\n"


def test_feedback_counts_in_the_marks_of_the_paper() -> None:
    """The worked solution of a question that counts ten marks says ten, as the table above it does."""
    paper = EXAM.paper("s17")
    own = gather(EXAM, entries(EXAM, "s17"))[0]["s17"]
    page = feedback(mark_script(paper, own, Rules()), "Midterm")
    solution = page.questions[1].solution
    assert solution is not None
    assert sum(step.marks for step in solution.steps) == pytest.approx(10, abs=0.02)
    assert page.questions[1].out_of == "10"


@pytest.mark.parametrize(
    ("platform", "export", "header", "row"),
    [
        ("canvas", "", ["Student", "SIS User ID", "Midterm"], ["", "0042", "{}"]),
        ("canvas", CANVAS, CANVAS.splitlines()[0].split(","), ["Doe", "5", "0042", "d1", "A", "{}"]),
        (
            "moodle",
            MOODLE,
            [*MOODLE.splitlines()[0].split(","), "Midterm"],
            ["X", "Doe", "42", "d@uni.example", "{}"],
        ),
        ("blackboard", "", ["Last Name", "Username", "Midterm [Total Pts: {} Score]"], ["", "0042", "{}"]),
    ],
)
def test_gradebooks_of_platforms(
    platform: str, export: str, header: list[str], row: list[str], tmp_path: Path
) -> None:
    """The columns that each platform imports; who is not in its export goes to a file of its own."""
    done = marked(EXAM, *entries(EXAM, "0042"), *entries(EXAM, "s17"))
    listed = tmp_path / "export.csv"
    listed.write_text(export, encoding="utf-8")
    paths = list(write_gradebooks(done, Rules(), [platform], listed if export else None, tmp_path))
    lines = list(csv.reader(io.StringIO(paths[0].read_text(encoding="utf-8-sig"))))
    most = tables.rounded(EXAM.paper("0042").out_of)
    assert lines[0] == [h.format(most) for h in header]
    assert lines[-1 if export else -2] == [cell.format(most) for cell in row]
    assert (len(paths) == 2) == bool(export)
    if export:
        assert "s17" in paths[1].read_text(encoding="utf-8")
        known = marked(EXAM, *entries(EXAM, "0042"))
        assert len(list(write_gradebooks(known, Rules(), [platform], listed, tmp_path))) == 1
        assert not paths[1].exists()  # who is in the export now is listed apart no longer


def test_an_export_without_ids_is_refused(tmp_path: Path) -> None:
    """One line."""
    from dlexam.report.gradebooks import FORMS

    path = tmp_path / "x.csv"
    path.write_text("Name,Grade\na,1\n", encoding="utf-8")
    with pytest.raises(QuestionError, match="no column ID number"):
        exported(path, FORMS["moodle"])


def test_gradescope_results(tmp_path: Path) -> None:
    """A results.json a student whose score is the sum of its tests."""
    done = marked(EXAM, *entries(EXAM, "0042"))
    (path,) = write_gradebooks(done, Rules(), ["gradescope"], None, tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["score"] == float(EXAM.paper("0042").out_of)
    assert content["score"] == pytest.approx(sum(t["score"] for t in content["tests"]))


# ---------------------------------------------------------------- the class in figures


def test_facts_of_a_class() -> None:
    """Facility, misconceptions and verdicts count what was made."""
    students = [f"s{i}" for i in range(12)]
    exam = Exam(*students)
    sent: list[Entry] = []
    for i, student in enumerate(students):
        variant = exam.paper(student).items[0].variant
        mistake = DEMO.graph.mistakes[NOTE]
        run = DEMO.graph.run(variant.given, instead={mistake.step: mistake} if i < 3 else {})
        sent += entries(
            exam, student, **{s.name: variant.kinds[s.name].text(run[s.name]) for s in DEMO.asked}
        )
    facts = class_facts(marked(exam, *sent).rows)
    assert [(m.note, m.students, m.of) for m in facts.misconceptions] == [(NOTE, 3, 12)]
    assert len(facts.shares) == 12
    assert facts.median == 1


def test_an_answer_of_another_paper_is_found(bank: Bank) -> None:
    """A wrong answer that is somebody else's key is listed with small odds, a right one never."""
    students = [f"s{i}" for i in range(30)]
    exam = Exam(*students, question=bank["optimizers/adam"])
    last = "theta_new"
    copied = [e for e in entries(exam, "s0") if (e.question, e.part) != ("1", last)]
    copied.append(Entry("s0", "1", last, right(exam, "s1", 1)[last], None, "x"))
    sent = [*copied, *(e for s in students[1:] for e in entries(exam, s))]
    done = marked(exam, *sent)
    found = findings(exam, done.rows)
    assert [(f.student, f.owners, f.fits) for f in found] == [("s0", ("s1",), "the key")]
    assert found[0].odds < 0.05


def test_values_that_everybody_has_are_no_finding() -> None:
    """Where the class's values meet often, chance explains an answer."""
    assert by_chance({"1": {"a": "", "b": ""}, "2": {"c": "", "d": ""}}) > 0.5
    assert by_chance({str(i): {str(i): ""} for i in range(200)}) < 0.01


def test_the_record_explains_a_run(tmp_path: Path) -> None:
    """Versions, hashes, rules and inputs are recorded."""
    inputs = tmp_path / "answers.csv"
    inputs.write_text("x", encoding="utf-8")
    done = marked(EXAM, *entries(EXAM, "s17"))
    made = record(done, Rules(Policy(carried=Fraction(1, 2))), [inputs])
    assert made["policy"]["carried"] == "1/2"
    assert set(made["questions"]) == {"demo/neuron"}
    assert len(made["inputs"][str(inputs)]) == 64


def test_bare_ids() -> None:
    """Letters keep their zeros."""
    assert [bare_id(x) for x in ("007", "A007", "7.0", "s0")] == ["7", "a007", "7", "s0"]


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_feedback_pages(form: str, tmp_path: Path) -> None:
    """A page a student, with the slip marked; what a student typed is shown and never run."""
    hostile = "<script>$\\frac{</script>"
    texts = {**right(EXAM, "s17", 1), STEP: hostile}
    sent = [Entry("s17", "1", step, text, None, "x") for step, text in texts.items()]
    done = marked(EXAM, *sent)
    (path,) = write_feedback(done, Rules(), Wanted(tmp_path, (form,)))
    assert path == tmp_path / "feedback" / f"s17.{form}"
    if form == "html":
        page = path.read_text(encoding="utf-8")
        assert "<script" not in page
        assert "&lt;script&gt;" in page
        assert "Here your working leaves the solution." in page
    else:
        page = "".join(p.extract_text() for p in PdfReader(path).pages)
        assert "<script>" in page
        assert "Here your working leaves the solution." in " ".join(page.split())


def test_the_report_page_escapes_what_students_wrote(tmp_path: Path) -> None:
    """report.html of a class with hostile ids and answers holds no script of theirs."""
    evil = "<script>x</script>"
    exam = Exam(evil, "s17")
    done = marked(exam, *entries(exam, evil, **{STEP: evil}))
    page = write_report(exam, done.rows, tmp_path, record(done, Rules(), [])).read_text(encoding="utf-8")
    assert "<script" not in page
    assert "The class in figures" in page
