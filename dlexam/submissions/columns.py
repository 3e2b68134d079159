"""What each column of a table is: the student, the time, an answer, or nothing that is marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dlexam.submissions.address import Address, address


def words(text: str) -> tuple[str, ...]:
    """Names between commas, as `plain` writes them."""
    return tuple(" ".join(word.split()) for word in text.split(","))


# who, the most trusted first: Canvas has a name under Student and a number under SIS User ID
NUMBERS = words(
    """student id, student number, student no, studentid, id number, idnumber, sis user id, sis id, sis
    login id, org defined id, orgdefinedid, matriculation number, matric number, matrikelnummer,
    matrikel nr, registration number, candidate number"""
)
LOGINS = words("username, user name, user, user id, userid, login, login id, benutzername")
EMAILS = words("email, e mail, email address, e mail address, email adresse, e mail adresse, mail")
NAMES = words("name, full name, student name, your name, vollständiger name")
PEOPLE = (*NUMBERS, "student", "candidate", *LOGINS, *EMAILS, "id", *NAMES)
TIMES = words(
    """submitted at, submission time, submission date, timestamp, time stamp, zeitstempel, submitted,
    completed, completed on, beendet, completion time, finished, last updated, last modified time,
    time, date, at"""
)
QUESTION = words(
    "question, question id, question number, question no, q, item, exercise, problem, task, frage, aufgabe"
)
PART = words("part, step, subpart, sub question, subquestion, teil, teilaufgabe")
ANSWER = words("answer, answers, response, your answer, student answer, value, reply, text, antwort")
IGNORED = frozenset(
    words(
        """first name, last name, surname, given name, family name, vorname, nachname, state, status,
        started, started on, start time, begonnen am, time taken, duration, verbrauchte zeit, grade,
        bewertung, score, total, total points, total score, points, percent, percentage, marks,
        mark, feedback, quiz feedback, overall feedback, section, section id, section sis id, group,
        groups, institution, department, attempt, attempts, comment, comments, remarks, ip, ip
        address, root account, n correct, n incorrect, language, last download from this course,
        row, no, nr, response id, submission id, seed, course, consent"""
    )
)
GRADED = re.compile(
    r"(grade|bewertung|[qf]\.? ?[0-9]+) ?/ ?[0-9.,]+|(points|feedback)  ?.*|.* \[(score|feedback)\]"
)
MOODLE = re.compile(r"(?:response|antwort) ([0-9]{1,3})")
CANVAS = re.compile(r"[0-9]+: ?(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table holds what. `students` and `times` are columns in the order in which they are trusted."""

    width: int
    students: tuple[int, ...] = ()
    times: tuple[int, ...] = ()
    answers: tuple[tuple[int, Address], ...] = ()
    question: int | None = None
    part: int | None = None
    answer: int | None = None
    unknown: tuple[str, ...] = ()
    moodle: bool = False

    @property
    def is_long(self) -> bool:
        """Whether each row is one answer."""
        return self.answer is not None and (self.question is not None or self.part is not None)


def plain(header: str) -> str:
    """A header without case, outer space, underscores, hyphens and a final colon."""
    text = unicodedata.normalize("NFKC", header[:400]).replace("\ufeff", "")
    return " ".join(re.sub(r"[_\-‐]", " ", text).casefold().split()).rstrip(" :?*")


def columns_of(header: Sequence[str]) -> Columns:
    """What the columns under these names are."""
    names = [plain(h) for h in header]
    question, part, answer = (first(names, words) for words in (QUESTION, PART, ANSWER))
    known = Columns(
        len(header),
        students=tuple(people(names)),
        times=tuple(ranked(names, TIMES)),
        question=question,
        part=part,
        answer=answer,
    )
    return known if known.is_long else wide(known, header, names)


def first(names: Sequence[str], words: Sequence[str]) -> int | None:
    """The first column that has one of these names."""
    return next((i for i, name in enumerate(names) if name in words), None)


def ranked(names: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    """The columns that have these names, in the order of the words."""
    return (i for word in words for i, name in enumerate(names) if name == word)


def people(names: Sequence[str]) -> list[int]:
    """The columns that say who, the most trusted first."""
    found = list(ranked(names, PEOPLE))
    if "id" in names:
        number = names.index("id")
        if "completion time" in names or "start time" in names:
            found.remove(number)  # Microsoft Forms counts its responses under ID
        elif "student" in names and "section" in names:
            found.remove(names.index("student"))  # Canvas: a name, beside numbers
            found.append(names.index("student"))
    return found


def wide(known: Columns, header: Sequence[str], names: Sequence[str]) -> Columns:
    """A table with a row a student: the columns that are answers, and those that nothing is known of."""
    if any(MOODLE.fullmatch(name) for name in names):
        found = [(i, MOODLE.fullmatch(name)) for i, name in enumerate(names)]
        return replace(known, answers=tuple((i, Address(str(int(m[1])))) for i, m in found if m), moodle=True)
    answers: list[tuple[int, Address]] = []
    unknown: list[str] = []
    for i, title in titles(header, names):
        if where := address(title):
            answers.append((i, where))
        else:
            unknown.append(title)
    return replace(known, answers=tuple(answers), unknown=tuple(unknown))


def titles(header: Sequence[str], names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The columns that may be answers, and what stands above them."""
    canvas = "n correct" in names
    for i, (written, name) in enumerate(zip(header, names, strict=True)):
        if not name or name in PEOPLE or name in TIMES or name in IGNORED or GRADED.fullmatch(name):
            continue
        if not canvas:
            yield i, written
        elif found := CANVAS.fullmatch(written.strip()):
            yield i, found[1]  # without its own number; the column after it has the points
