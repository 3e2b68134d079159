"""Filled PDF forms: a field `1.m_new` an answer, `3.W.1.2` a cell of a matrix, and `student`."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dlexam.cover import paper_named
from dlexam.kinds.reading import shown
from dlexam.submissions.address import Address, address, gathered
from dlexam.submissions.columns import IGNORED, PEOPLE, TIMES, plain
from dlexam.submissions.entry import Answers, Origin

if TYPE_CHECKING:
    from pypdf import PdfReader

LOCKED = "it is locked with a password. Ask for it without."
DAMAGED = "the PDF is damaged or was cut short. Ask for it again."
SCANNED = "it has no form fields: a scan, or printed to a file. A person must mark it."
BLANK = "nothing was filled in. If it was filled in on paper or drawn on, a person must mark it."


class Form(NamedTuple):
    """The fields of a form and what was filled in, and which paper it is, where its metadata still say so."""

    fields: dict[str, str]
    paper: str


def read_pdf(data: bytes, origin: Origin) -> Answers:
    """The answers in a filled form."""
    form = form_in(data)
    if isinstance(form, str):
        yield origin.trouble(form)
        return
    here = signed(form, origin)
    answers: list[tuple[Address, str]] = []
    for name, text in form.fields.items():
        if plain(name) in PEOPLE or plain(name) in TIMES or plain(name) in IGNORED:
            continue
        if where := address(name):
            answers.append((where, text))
        elif text.strip():
            yield here.trouble(f"field '{shown(name)}': names no answer. A person must look.")
    if not any(text.strip() for _, text in answers):
        yield here.trouble(BLANK if answers else SCANNED)
    elif not (here.student or here.paper):
        yield here.trouble("no student is named. Fill in the field student, or name the file by it.")
    else:
        yield from (here.entry(where, text) for where, text in gathered(answers))


def signed(form: Form, origin: Origin) -> Origin:
    """Where the answers come from, with the student in the field, else the one in the name of the file.

    The file of a paper is one student's, whether it is packed with others or not.
    """
    known = {plain(name): text.strip() for name, text in form.fields.items()}
    student = next((known[name] for name in PEOPLE if known.get(name)), origin.student)
    file_of = origin.file_of or (origin.student if form.paper else "")
    return origin._replace(student=student, file_of=file_of, paper=form.paper)


def form_in(data: bytes) -> Form | str:
    """The form that a file is, or in one line why it is not read."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it repairs is no news to a marker
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return LOCKED
        return Form(dict(filled(reader.get_fields() or {})), paper_of(reader))
    except Exception as problem:  # hostile and damaged files make pypdf raise almost anything
        return LOCKED if type(problem).__name__ in ("DependencyError", "FileNotDecryptedError") else DAMAGED


def paper_of(reader: PdfReader) -> str:
    """The short id of the paper, from the keywords of the file; blank where a viewer took them away."""
    try:
        return paper_named(text_of(reader.metadata.get("/Keywords"))) if reader.metadata else ""
    except Exception:  # what is wrong there is no reason to lose the answers
        return ""


def filled(fields: dict[str, object]) -> Iterator[tuple[str, str]]:
    """The names and texts of fields, without the nodes that only hold others."""
    from pypdf.generic import DictionaryObject

    for name, field in fields.items():
        if isinstance(field, DictionaryObject) and ("/FT" in field or "/V" in field):
            yield str(name), text_of(field.get("/V"))


def text_of(value: object) -> str:
    """What a field holds: text, the choice of a button, several choices, a long text as a stream."""
    from pypdf.generic import ArrayObject, NameObject, NullObject, StreamObject

    if hasattr(value, "get_object"):
        value = value.get_object()
    if value is None or isinstance(value, NullObject):
        return ""
    if isinstance(value, NameObject):
        return "" if value == "/Off" else value.removeprefix("/")
    if isinstance(value, ArrayObject):
        return ", ".join(text_of(item) for item in value[:100])
    if isinstance(value, StreamObject):
        value = value.get_data()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
