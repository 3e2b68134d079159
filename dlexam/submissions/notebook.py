"""Jupyter notebooks: a cell an answer. No code is run, and no output is read.

The first line of a cell names the answer, the rest is it; or code assigns it: `answers["1.m_new"] = 0.12`.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from dlexam.kinds.reading import shown
from dlexam.submissions.address import Address, address, gathered
from dlexam.submissions.columns import PEOPLE, plain
from dlexam.submissions.delimited import decoded
from dlexam.submissions.entry import Answers, Origin

LONGEST = 50_000  # characters of a cell that are looked into
LINE = re.compile(r"[#>*\s]*(?P<name>[^\s:*]+)\**(?P<colon>:?)\** ?(?P<rest>.*)")
MAGIC = re.compile(r"^\s*[%!].*$", re.MULTILINE)
DAMAGED = "not a notebook that can be read. Save it in Jupyter and hand it in again."
COMPUTED = 'code is not run. Write the value itself, like answers["1.m_new"] = 0.12.'


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its number from 1, its text, whether it is code, and the names in its metadata."""

    number: int
    source: str
    is_code: bool
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What one cell says: `name` is an address or "student"; `value` is None where a person must look."""

    number: int
    name: str
    value: str | None


def read_notebook(data: bytes, origin: Origin) -> Answers:
    """The answers in the cells of a notebook."""
    cells = cells_of(decoded(data))
    if cells is None:
        yield origin.trouble(DAMAGED)
        return
    said = list(said_in(cells))
    student = (
        next((w.value.strip() for w in said if plain(w.name) in PEOPLE and w.value), "") or origin.student
    )
    here = origin.by(student, origin.at)
    matrices: list[tuple[Address, str]] = []
    count = 0
    for each in said:
        where = address(each.name)
        place = here.place(f"cell {each.number}")
        if plain(each.name) in PEOPLE:
            continue
        count += 1
        if not student:
            yield place.trouble(
                "no student is named. Name the file by the student, or write a cell student: ..."
            )
            return
        if where is None:
            yield place.trouble(f"'{shown(each.name)}': names no answer. Name it like 1.m_new.")
        elif each.value is None:
            yield place.trouble(f"{where}: {COMPUTED}")
        elif where.cell:
            matrices.append((where, each.value))
        else:
            yield place.entry(where, each.value)
    yield from (here.entry(where, text) for where, text in gathered(matrices))
    if not count:
        yield here.trouble("no cell is an answer. Begin the cell of each answer with its name: # 1.m_new")


def cells_of(text: str) -> list[Cell] | None:
    """The cells of a notebook of any version; None where it is none."""
    import nbformat

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of missing ids, which older programs did not write
            book = nbformat.reads(text, as_version=4)
        named = book.metadata.get("dlexam", {}).get("student")
        head = [Cell(0, f"student: {named}", False)] if named else []
        cells = [
            Cell(i, str(c.source), c.cell_type == "code", names_in(c.metadata))
            for i, c in enumerate(book.cells, 1)
        ]
    except Exception:  # a notebook is JSON of any form, and each wrong form raises something else
        return None
    return head + cells


def names_in(metadata: dict[str, object]) -> tuple[str, ...]:
    """The names of answers in a cell's metadata: `dlexam`, or a tag such as `1.m_new` or `dlexam:1.m_new`."""
    own, tags = metadata.get("dlexam"), metadata.get("tags")
    name = own.get("answer") if isinstance(own, dict) else own
    texts = (
        [tag.removeprefix("dlexam:") for tag in tags if isinstance(tag, str)]
        if isinstance(tags, list)
        else []
    )
    return (*([name] if isinstance(name, str) else []), *(tag for tag in texts if is_full(tag)))


def is_full(name: str) -> bool:
    """Whether a name alone is surely an answer's: question and part."""
    where = address(name)
    return bool(where and where.question and where.part and not where.part.isdigit())


def said_in(cells: list[Cell]) -> Iterator[Written]:
    """What the cells say, in their order. A cell that only names an answer is followed by it."""
    waiting: Written | None = None
    for cell in cells:
        own = list(assigned(cell)) or list(headed(cell))
        if waiting and (own or cell.source.strip()):
            yield waiting if own else Written(cell.number, waiting.name, cell.source)
            waiting = None
        if own and not (own[-1].value is None or own[-1].value.strip()):
            waiting = own.pop()
        yield from own
    if waiting:
        yield waiting


def headed(cell: Cell) -> Iterator[Written]:
    """The answers that metadata or lines name; the lines below are the answer."""
    name, lines = (cell.names[0] if cell.names else ""), list[str]()
    for line in cell.source[:LONGEST].split("\n"):
        if found := naming(line):
            if name and (lines or not cell.names):
                yield Written(cell.number, name, "\n".join(lines))
            name, lines = found["name"], [found["rest"]] if found["rest"].strip() else []
        else:
            lines.append(line)
    if name:
        yield Written(cell.number, name, "\n".join(lines))


def naming(line: str) -> re.Match[str] | None:
    """A line that names an answer or the student: `# 1.m_new`, `1.m_new: 0.12`, `1:`, `student: s1234567`."""
    found = LINE.fullmatch(line[:400])
    if not found:
        return None
    name, rest = found["name"], found["rest"].strip()
    if found["colon"]:
        sure = is_full(name) or name.isdecimal() or plain(name) in PEOPLE
    else:
        sure = is_full(name) and not rest
    return found if sure else None


def assigned(cell: Cell) -> Iterator[Written]:
    """The answers that code assigns: `answers["1.m_new"] = 0.12`."""
    if not cell.is_code or "answers[" not in cell.source or len(cell.source) > LONGEST:
        return
    try:
        body = ast.parse(MAGIC.sub("", cell.source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield Written(cell.number, "answers", None)
        return
    for line in body:
        if isinstance(line, ast.Assign) and len(line.targets) == 1 and (name := key(line.targets[0])):
            yield Written(cell.number, name, literal(line.value, cell.source))


def key(target: ast.expr) -> str:
    """The name in `answers["name"]`; blank where it is something else."""
    match target:
        case ast.Subscript(value=ast.Name(id="answers"), slice=ast.Constant(value=name)):
            return str(name)
    return ""


def literal(value: ast.expr, source: str) -> str | None:
    """The text of a value that is written out; None where it needs code to be run."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    called = {id(node.func) for node in ast.walk(value) if isinstance(node, ast.Call)}
    inner = {id(n.value) for n in ast.walk(value) if isinstance(n, ast.Attribute) and id(n) in called}
    if any(isinstance(n, ast.Name) and id(n) not in called | inner for n in ast.walk(value)):
        return None
    return ast.get_source_segment(MAGIC.sub("", source), value)
