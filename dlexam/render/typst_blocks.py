"""Blocks as Typst source: calls of the functions in templates/typst/blocks.typ and sheet.typ."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dlexam.blocks import (
    AnswerBox,
    Block,
    Bullets,
    Figure,
    Grid,
    Heading,
    MathBlock,
    PageBreak,
    Paragraph,
    Problem,
    Row,
    Slip,
    Snippet,
    Solution,
    Spans,
    Table,
    WorkedStep,
)
from dlexam.figures_svg import EM
from dlexam.render.figure import safe_svg
from dlexam.render.grids import drawn, edged
from dlexam.render.layout import beside, indented, signed
from dlexam.render.math_print import width
from dlexam.render.math_typst import formula
from dlexam.render.snippet import runs
from dlexam.render.typst_source import Page, array, call, flag, narrow, perhaps, shown, spans
from dlexam.render.typst_text import quoted

_WIDTH = re.compile(r'^<svg[^>]*\swidth="(\d+(?:\.\d+)?)(em)?(?:px)?"')
_HEIGHT = re.compile(r'^<svg[^>]*\sviewBox="0 0 [0-9.]+ ([0-9.]+)" width="[0-9.]+em"')
_SIGN = 1.44  # em that `narrow` counts for the sign before a line of a chain
_PAGE, _LARGE = 48, 20  # lines as `_lines` counts them: what has fewer fits on a page, in large print too


def blocks(items: Iterable[Block], page: Page) -> str:
    """Blocks one under another, in square brackets."""
    return _content(_block(item, page) for item in items)


def _content(sources: Iterable[str]) -> str:
    return "[" + "".join(f"#{source}\n" for source in sources) + "]"


def _block(block: Block, page: Page) -> str:
    match block:
        case Paragraph(items):
            return call("words", spans(items))
        case MathBlock(tex):
            return call("formula", shown(tex, page.look.line), wide=flag(_wide(tex, page.look.line)))
        case Bullets(items, ordered):
            return call("bullets", array(map(spans, items)), ordered=flag(ordered))
        case Table(header, rows):
            lines = [array(map(spans, row)) for row in rows]
            return call("rows", array(map(spans, header)), array(lines))
        case Grid():
            return _grid(block)
        case Figure(svg, alt, caption):
            return _figure(str(safe_svg(svg, alt)), alt, caption)
        case Row(inner):
            return call("beside", array(_block(item, page) for item in inner))
        case Snippet():
            return _snippet(block)
        case PageBreak():
            return "colbreak(weak: true)"
        case Heading(title, inner):
            return call("headline", quoted(title), blocks(inner, page))
        case Problem():
            return problem(block, page)
        case Solution():
            return solution(block, page)


def _figure(svg: str, alt: str, caption: Spans) -> str:
    """A drawing as wide as it says, in em or in pixels."""
    found = _WIDTH.search(svg)
    wide = found and (f"{found[1]}em" if found[2] else f"{float(found[1]) * 0.75:g}pt")
    return call("drawing", quoted(svg), alt=quoted(alt), width=wide or None, caption=perhaps(caption))


def _grid(grid: Grid) -> str:
    """A grid row by row; the edge of the marked area is named by its sides: `t`, `b`, `l`, `r`."""
    cells = [
        array(f"({quoted(text)}, {quoted(edges)})" if edges else quoted(text) for text, edges in row)
        for row in edged(grid)
    ]
    spoken = "; ".join(" ".join(row) for row in grid.cells)
    wide = drawn(grid).width / max(map(len, grid.cells), default=1)
    return call("cells", array(cells), wide=f"{wide:g}", alt=quoted(spoken), caption=perhaps(grid.caption))


def _snippet(snippet: Snippet) -> str:
    code = (f"({quoted(name)}, {quoted(text)})" for name, text in runs(snippet.code))
    return call("snippet", array(code), title=quoted(snippet.title))


def problem(item: Problem, page: Page) -> str:
    """A question as it is asked; whether it fits on a page is measured only where that is not plain."""
    prompt = [_block(part, page) for part in item.prompt]
    most = _PAGE if page.look.zoom == 1 else _LARGE
    lines = 3 + sum(_lines(part, source, page) for part, source in zip(item.prompt, prompt))
    lines += sum(map(_box_lines, item.boxes))
    broken = any(isinstance(part, PageBreak) for part in item.prompt)
    fits = "false" if broken else "true" if lines < most else None
    return call(
        "problem",
        str(item.number),
        quoted(item.title),
        _content(prompt),
        array(_answer(box, indent, page) for box, indent in indented(item.boxes)),
        fits=fits,
        marks=quoted(page.words.marks(item.marks)),
    )


def _lines(block: Block, source: str, page: Page) -> float:
    """At most so many lines of text are as high as a block, of which this is the source."""
    match block:
        case Figure(svg):
            seen = _HEIGHT.search(svg)
            return 3 + float(seen[1]) / EM / 1.3 if seen else _PAGE
        case Grid(cells):
            return 3 + 1.5 * len(cells)
        case MathBlock(tex):
            room = page.look.line
            return 3 + 1.4 * tex.count(r"\\") + (0 if narrow(tex, room) else 1.5 * (width(tex) // room))
        case Row(inner):
            return sum(_lines(item, _block(item, page), page) for item in inner)
        case _:
            return 1.3 + len(source) / 75 + 1.4 * source.count(";")


def _box_lines(box: AnswerBox) -> float:
    return 1.2 + (2.2 * len(box.options) if box.options else 1.4 * (box.rows or 3))


def _answer(box: AnswerBox, indent: float, page: Page) -> str:
    hint, letter = quoted(page.words.hint(box)), quoted(box.letter) if box.letter else None
    if box.options:
        options = array(map(spans, box.options))
        return call("choices", f"[{formula(box.symbol, True)}]", hint, options, letter=letter)
    if not box.rows:
        return call("free", f"[{formula(box.symbol, True)}]", hint, letter=letter)
    symbol, places = f"[{formula(box.symbol + ' =')}]", (str(box.rows), str(box.columns))
    inset = f"{indent:.2f}" if indent else None
    wide = flag(box.wide)
    return call("entries", symbol, hint, *places, indent=inset, letter=letter, expressions=wide)


def solution(item: Solution, page: Page, level: int = 3) -> str:
    """A worked solution; its heading is of this level."""
    parts = [_step(step, page) for step in item.steps]
    if item.slips:
        parts.append(call("slips", quoted(page.words.if_you_got), array(map(_slip, item.slips))))
    if item.snippet:
        parts.append(_snippet(item.snippet))
    return call("solution", str(level), str(item.number), quoted(item.title), array(parts))


def _step(step: WorkedStep, page: Page) -> str:
    look = page.look
    near = _beside(step, look.beside)
    room = (look.beside if near else look.below) - width(step.symbol)
    last = len(step.lines) - 1
    lines = [shown(line, room, step.asked and at == last) for at, line in enumerate(signed(step))]
    return call(
        "step",
        spans(step.reason),
        f"[{formula(step.symbol, True)}]",
        array(lines),
        indent=f"{width(step.symbol):.2f}",
        marks=quoted(page.words.marks(step.marks)) if step.marks else None,
        asked=flag(step.asked),
        narrow=flag(near),
        working=blocks(step.working, page) if step.working else None,
    )


def _wide(tex: str, room: float) -> bool:
    return not narrow(tex, room) and width(tex) > room


def _beside(step: WorkedStep, room: float) -> bool:
    """Whether the chain stands beside its reason, measured only where that is not plain."""
    free = room - width(step.symbol) - 2.6
    return (free > 0 and all(narrow(line, free + _SIGN) for line in signed(step))) or beside(step, room)


def _slip(slip: Slip) -> str:
    got = formula(f"{slip.symbol} = {slip.value}", strong=True)
    return call("slip", f"[{got}]", spans(slip.words), apart=flag("bmatrix" in slip.value))
