"""Blocks and spans as plain text for a terminal."""

from __future__ import annotations

import textwrap

from dlexam.blocks import (
    Block,
    Bullets,
    Code,
    Emphasis,
    Figure,
    Grid,
    Math,
    MathBlock,
    Paragraph,
    Row,
    Snippet,
    Span,
    Spans,
    Table,
    Text,
)
from dlexam.render.math_text import drawn, text
from dlexam.render.text_box import TextBox, columns, join, pad, stack

WIDTH = 80
KEPT = "\xa0"  # a space inside a formula, at which a line does not break


def prose(spans: Spans) -> str:
    """Spans as words; short formulas hold together."""
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    match span:
        case Text(words):
            return words
        case Code(words):
            return f"`{words}`"
        case Math(tex):
            return kept(text(tex))
        case Emphasis(inner):
            return prose(inner)


def kept(formula: str) -> str:
    """A formula that a line does not break, if it is short."""
    return formula.replace(" ", KEPT) if columns(formula) < WIDTH // 2 else formula


def wrapped(words: str, first: str = "", rest: str | None = None, width: int = WIDTH) -> str:
    """Words in lines, the first line and the others after their own indents."""
    after = first if rest is None else rest
    return textwrap.fill(words, width, initial_indent=first, subsequent_indent=after)


def block_text(block: Block, width: int = WIDTH) -> str:
    """A block in at most `width` columns (a program keeps its own lines)."""
    match block:
        case Paragraph(spans):
            return wrapped(prose(spans), width=width)
        case MathBlock(tex):
            return "\n".join(formula("", tex, 4, width))
        case Bullets(items, ordered):
            return _bullets(items, ordered, width)
        case Table(header, rows):
            return _table([[prose(cell) for cell in row] for row in (header, *rows)])
        case Grid() | Row():
            return "\n".join(_beside(block, width).lines)
        case Figure(_, alt, caption):
            return wrapped(f"[Figure: {alt}] {prose(caption)}".rstrip(), width=width)
        case Snippet(code, title):
            return f"{title}\n\n" + textwrap.indent(code.strip("\n"), "    ")
    return ""


def formula(left: str, tex: str, indent: int, width: int = WIDTH) -> list[str]:
    """A formula after `left`, its matrices drawn where they fit the width."""
    before = " " * indent + left
    box = join([TextBox((before,)), drawn(tex)])
    if max(columns(line) for line in box.lines) <= width:
        return list(box.lines)
    return wrapped(text(tex), before, " " * (columns(before) + 4), width).split("\n")


def _bullets(items: tuple[Spans, ...], ordered: bool, width: int) -> str:
    lines = []
    for number, item in enumerate(items, 1):
        sign = f"  {number}. " if ordered else "  - "
        lines.append(wrapped(prose(item), sign, " " * len(sign), width))
    return "\n".join(lines)


def _table(rows: list[list[str]]) -> str:
    box = stack(rows, ["l"] * len(rows[0]), gap=3)
    rule = "-" * max(columns(line) for line in box.lines)
    return "\n".join("  " + line for line in (box.lines[0], rule, *box.lines[1:]))


def _beside(block: Block, width: int) -> TextBox:
    """A block that may stand beside others, its first line on the baseline."""
    if isinstance(block, Grid):
        return _grid(block, width)
    if not isinstance(block, Row):
        return TextBox(tuple(block_text(block, width).split("\n")))
    boxes = [_beside(inner, width) for inner in block.blocks]
    together = join([part for box in boxes for part in (TextBox(("   ",)), box)])
    if max(columns(line) for line in together.lines) <= width:
        return together
    return TextBox(tuple(line for box in boxes for line in (*box.lines, "")))


def _grid(grid: Grid, width: int) -> TextBox:
    """Cells in columns, a marked run of them in square brackets."""
    widest = max((columns(cell) for row in grid.cells for cell in row), default=1)
    wide = max(map(len, grid.cells), default=0) * (widest + 2) < width
    lines = []
    for row, cells in enumerate(grid.cells):
        marked = [(row, column) in grid.marked for column in range(-1, len(cells) + 1)]
        line = ""
        for column, cell in enumerate(cells):
            line += _edge(marked[column], marked[column + 1], wide) + pad(cell, widest, "r")
        lines.append(line + ("]" if marked[-2] else " "))
    if grid.caption:
        lines.append(pad(prose(grid.caption), columns(lines[0]), "c"))
    return TextBox(tuple(lines))


def _edge(before: bool, here: bool, wide: bool) -> str:
    if not wide:
        return " " if before == here else "[" if here else "]"
    return "  " if before == here else " [" if here else "] "
