"""Blocks as Typst source: calls of the functions in templates/typst/sheet.typ.

A text of ours enters only through `quoted`, a formula only through `math_typst`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dlexam.blocks import (
    AnswerBox,
    Block,
    Bullets,
    Code,
    Document,
    Emphasis,
    Figure,
    Grid,
    Heading,
    Math,
    MathBlock,
    PageBreak,
    Paragraph,
    Problem,
    Row,
    Slip,
    Snippet,
    Solution,
    Span,
    Spans,
    Table,
    Text,
    WorkedStep,
)
from dlexam.render.figure import safe_svg
from dlexam.render.grids import drawn, edged
from dlexam.render.layout import beside, indented
from dlexam.render.math_print import groups, squeeze, width
from dlexam.render.math_typst import formula, quoted
from dlexam.render.phrases import Phrases
from dlexam.render.snippet import runs

_WIDTH = re.compile(r'^<svg[^>]*\swidth="(\d+(?:\.\d+)?)(em)?(?:px)?"')
_PAGE = 42  # lines, a few less than a page has
_ROOM, _BESIDE, _BELOW = 34.0, 20.6, 33.0  # em for a formula: alone, in a chain beside words, in one below


def call(name: str, *places: str, **named: str | None) -> str:
    """A call of a template's function; what is None is left out."""
    given = [f"{key.replace('_', '-')}: {value}" for key, value in named.items() if value is not None]
    return f"{name}({', '.join([*places, *given])})"


def array(items: Iterable[str]) -> str:
    """A Typst array, of one item too."""
    return "(" + "".join(f"{item}," for item in items) + ")"


def spans(items: Spans) -> str:
    """Inline content, in square brackets."""
    return "[" + "".join(map(_span, items)) + "]"


def _span(span: Span) -> str:
    match span:
        case Text(words):
            return f"#{quoted(words)}"
        case Code(words):
            return f"#code({quoted(words)})"
        case Math(tex):
            return formula(tex)
        case Emphasis(inner, strong):
            return f"#{'strong' if strong else 'emph'}{spans(inner)}"


def blocks(items: Iterable[Block], words: Phrases) -> str:
    """Blocks one under another, in square brackets."""
    return "[" + "".join(f"#{_block(item, words)}\n" for item in items) + "]"


def _block(block: Block, words: Phrases) -> str:
    match block:
        case Paragraph(items):
            return call("words", spans(items))
        case MathBlock(tex):
            return call("formula", shown(tex, _ROOM), wide=_flag(width(tex) > _ROOM))
        case Bullets(items, ordered):
            return call("bullets", array(map(spans, items)), ordered=_flag(ordered))
        case Table(header, rows):
            lines = [array(map(spans, row)) for row in rows]
            return call("rows", array(map(spans, header)), array(lines))
        case Grid():
            return _grid(block)
        case Figure(svg, alt, caption):
            return _figure(safe_svg(svg, alt), alt, caption)
        case Row(inner):
            return call("beside", array(_block(item, words) for item in inner))
        case Snippet():
            return _snippet(block)
        case PageBreak():
            return "pagebreak(weak: true)"
        case Heading(title, inner):
            return call("headline", quoted(title), blocks(inner, words))
        case Problem():
            return problem(block, words)
        case Solution():
            return solution(block, words)


def shown(tex: str, room: float, strong: bool = False) -> str:
    """A displayed formula, in groups if it is wide, each smaller where breaking its line does not help."""
    return "[" + "#quad".join(_sized(part, room, strong) for part in groups(tex, room)) + "]"


def _sized(tex: str, room: float, strong: bool) -> str:
    size = squeeze(tex, room)
    written = formula(tex, True, strong, width(tex) <= room)
    return written if size == 1 else f"#text({size:.2f}em)[{written}]"


def _flag(value: bool) -> str | None:
    return "true" if value else None


def _perhaps(items: Spans) -> str | None:
    return spans(items) if items else None


def _figure(svg: str, alt: str, caption: Spans) -> str:
    """A drawing as wide as it says, in em or in pixels."""
    found = _WIDTH.search(svg)
    wide = found and (f"{found[1]}em" if found[2] else f"{float(found[1]) * 0.75:g}pt")
    return call("drawing", quoted(svg), alt=quoted(alt), width=wide or None, caption=_perhaps(caption))


def _grid(grid: Grid) -> str:
    """A grid row by row; the edge of the marked area is named by its sides: `t`, `b`, `l`, `r`."""
    cells = [
        array(f"({quoted(text)}, {quoted(edges)})" if edges else quoted(text) for text, edges in row)
        for row in edged(grid)
    ]
    spoken = "; ".join(" ".join(row) for row in grid.cells)
    wide = drawn(grid).width / max(map(len, grid.cells), default=1)
    return call("cells", array(cells), wide=f"{wide:g}", alt=quoted(spoken), caption=_perhaps(grid.caption))


def _snippet(snippet: Snippet) -> str:
    code = (f"({quoted(name)}, {quoted(text)})" for name, text in runs(snippet.code))
    return call("snippet", array(code), title=quoted(snippet.title))


def problem(item: Problem, words: Phrases) -> str:
    """A question as it is asked; one that is surely lower than a page need not be measured to stay on it."""
    prompt, boxes = blocks(item.prompt, words), array(_answer(box, indent, words) for box, indent in indented(item.boxes))
    lines = (len(prompt) + len(boxes)) / 70 + 1.5 * len(item.prompt) + 1.4 * (prompt + boxes).count(";")
    lines += sum(2 + 1.3 * max(box.rows, len(box.options)) for box in item.boxes)
    return call(
        "problem",
        str(item.number),
        quoted(item.title),
        prompt,
        boxes,
        low=_flag(lines < _PAGE),
        marks=quoted(words.marks(item.marks)),
    )


def _answer(box: AnswerBox, indent: float, words: Phrases) -> str:
    hint = quoted(words.hint(box))
    if box.options:
        return call("choices", f"[{formula(box.symbol, True)}]", hint, array(map(spans, box.options)))
    if not box.rows:
        return call("free", f"[{formula(box.symbol, True)}]", hint)
    symbol, places = f"[{formula(box.symbol + ' =')}]", (str(box.rows), str(box.columns))
    return call("entries", symbol, hint, *places, indent=f"{indent:.2f}" if indent else None)


def solution(item: Solution, words: Phrases) -> str:
    """A worked solution."""
    steps = array(_step(step, words) for step in item.steps)
    slips = call("slips", quoted(words.if_you_got), array(map(_slip, item.slips))) if item.slips else None
    snippet = _snippet(item.snippet) if item.snippet else None
    return call("solution", str(item.number), quoted(item.title), steps, slips=slips, snippet=snippet)


def _step(step: WorkedStep, words: Phrases) -> str:
    narrow = beside(step)
    room = (_BESIDE if narrow else _BELOW) - width(step.symbol)
    last = len(step.lines) - 1
    lines = [
        shown(f"{{}}{sign} {line}", room, step.asked and at == last)
        for at, (sign, line) in enumerate(zip(step.relations, step.lines))
    ]
    return call(
        "step",
        spans(step.reason),
        f"[{formula(step.symbol, True)}]",
        array(lines),
        indent=f"{width(step.symbol):.2f}",
        marks=quoted(words.marks(step.marks)) if step.marks else None,
        asked=_flag(step.asked),
        narrow=_flag(narrow),
        working=blocks(step.working, words) if step.working else None,
    )


def _slip(slip: Slip) -> str:
    got = formula(f"{slip.symbol} = {slip.value}", strong=True)
    return call("slip", f"[{got}]", spans(slip.words), apart=_flag("bmatrix" in slip.value))


def document(item: Document, words: Phrases) -> str:
    """The whole document, as a Typst file."""
    facts = (words.level(item.level), words.marks(item.marks), words.minutes(item.minutes))
    head = call(
        "sheet.with",
        title=quoted(item.title),
        topics=quoted(" · ".join(item.topics)),
        facts=quoted(" · ".join(facts)),
        small_print=quoted(item.small_print),
        language=quoted(item.language),
    )
    parts = [problem(one, words) for one in item.problems]
    if item.solutions:
        parts += [call("part", quoted(words.solutions)), *(solution(one, words) for one in item.solutions)]
    lines = ['#import "sheet.typ": *', f"#show: {head}", *(f"#{part}" for part in parts)]
    return "\n".join(lines) + "\n"
