"""A whole document as a Typst file: its head or its cover, what is at the foot, questions and solutions."""

from __future__ import annotations

from collections.abc import Iterator

from dlexam.blocks import Document
from dlexam.cover import Cover, Imprint
from dlexam.render.look import CODE_MIDDLE, MODULE
from dlexam.render.qr import codes
from dlexam.render.typst_blocks import blocks, problem, solution
from dlexam.render.typst_source import Page, array, call
from dlexam.render.typst_text import quoted

_FOR_PAGES = "{page}", "{pages}"  # what templates/typst/look.typ replaces


def source(document: Document, page: Page, pages: int) -> str:
    """The file. A paper has a code on each of its first `pages` pages; more pages than that are refused."""
    words = page.words
    sheet = call(
        "sheet.with",
        title=quoted(words.titled(document)),
        language=quoted(document.language),
        foot=quoted(_foot(document, page)),
        page_of=quoted(words.page_of(*_FOR_PAGES)),
        codes=_codes(document, pages),
        keyword=quoted(document.keyword) if document.keyword else None,
    )
    lines = [f"#show: {sheet}", f"#{_head(document, page)}", *_parts(document, page)]
    return "\n".join(['#import "sheet.typ": *', *lines, ""])


def _parts(document: Document, page: Page) -> Iterator[str]:
    for one in document.problems:
        if one.before:
            yield f"#{blocks(one.before, page)}"
        yield f"#{problem(one, page)}"
    alone = document.part == "solutions"
    if document.solutions and not alone:
        yield f"#{call('part', quoted(page.words.solutions))}"
    for worked in document.solutions:
        yield f"#{solution(worked, page, level=2 if alone else 3)}"


def _foot(document: Document, page: Page) -> str:
    """What is at the foot of every page, a line or two."""
    words, imprint = page.words, document.imprint
    if imprint is None:
        return document.title
    return " · ".join([words.titled(document), *_known(imprint, page)]) + "\n" + words.made_by(imprint)


def _known(imprint: Imprint, page: Page) -> list[str]:
    """By what a paper is known."""
    version = [page.words.version(imprint.version)] if imprint.version else []
    return [page.words.paper(imprint.paper), *version]


def _codes(document: Document, pages: int) -> str | None:
    if document.imprint is None or document.part != "paper":
        return None
    made = codes(document.imprint, pages)
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {code.side} {code.side}"'
        f' width="{code.side}" height="{code.side}"><path d="{code.path()}"/></svg>'
        for code in made
    )
    return f"(side: {made[0].side * MODULE}mm, middle: {CODE_MIDDLE}mm, all: {array(map(quoted, drawn))})"


def _head(document: Document, page: Page) -> str:
    words, cover, imprint = page.words, document.cover, document.imprint
    if cover is None or imprint is None:
        facts = [words.level(document.level), words.marks(document.marks), words.minutes(document.minutes)]
        return _title(document.title, " · ".join(document.topics), facts, document.small_print)
    if document.part == "paper":
        return _front(document, cover, imprint, page)
    facts = [*filter(None, (imprint.name, imprint.student)), *_known(imprint, page)]
    return _title(words.titled(document), _course(cover, page), facts)


def _title(title: str, topics: str, facts: list[str], small: str = "") -> str:
    return call("headed", *map(quoted, (title, topics, " · ".join(facts), small)))


def _course(cover: Cover, page: Page) -> str:
    return " · ".join(filter(None, (cover.course, page.words.day(cover.day) if cover.day else "")))


def _front(document: Document, cover: Cover, imprint: Imprint, page: Page) -> str:
    """The front page of a paper."""
    words = page.words
    who = [
        (words.name, imprint.name, "100%"),
        (words.student_number, imprint.student, "48%" if imprint.version else "74%"),
        (words.seat, cover.seat, "24%"),
        *([(words.version_title, imprint.version, "24%")] if imprint.version else []),
    ]
    said = [(words.numbers_title, words.numbers(cover.decimals))]
    if cover.aids:
        said.insert(0, (words.aids, "; ".join(cover.aids)))
    rules = (quoted(words.instructions), blocks(cover.instructions, page)) if cover.instructions else None
    facts = (words.duration(cover), words.marks(document.marks))
    return call(
        "front",
        *map(quoted, (document.title, _course(cover, page), " · ".join(facts))),
        array(f"({quoted(label)}, {quoted(value)}, {wide})" for label, value, wide in who),
        array(array(map(quoted, pair)) for pair in said),
        _earnings(document, page),
        instructions=array(rules) if rules else None,
    )


def _earnings(document: Document, page: Page) -> str:
    """The table of marks: headings, then (number, marks) of each question and the total."""
    words = page.words
    columns = [(str(one.number), words.number(one.marks)) for one in document.problems]
    columns.append((words.total, words.number(document.marks)))
    titles = array(map(quoted, (words.question, words.marks_title, words.earned)))
    return f"({titles}, {array(array(map(quoted, column)) for column in columns)})"
