"""Words with holes: fill `<name>`, and turn Markdown with TeX into blocks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from dlexam.blocks import Block, Bullets, Code, Emphasis, Math, MathBlock, Paragraph, Span, Spans, Table, Text
from dlexam.graph import QuestionError, did_you_mean
from dlexam.kinds import number
from dlexam.notation import HOLE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

TEX = re.compile(r"[\\^_{}]")
MATH = re.compile(r"(?<!\\)(\$\$?)(.+?)(?<!\\)\1", re.DOTALL)

Writer = Callable[[str, str], str]


def fill(text: str, write: Writer) -> str:
    """Fill each hole with `write(name, format)`."""
    return HOLE.sub(lambda hole: write(hole[1], hole[2] or ""), text)


def fill_words(text: str, values: Mapping[str, Any], tex: Callable[[str], str]) -> str:
    """Fill the holes of Markdown: with TeX between dollars; elsewhere texts stay, the rest becomes a formula.

    A text may have holes of its own. Raises QuestionError for a hole that nothing fills.
    """

    def write(name: str, form: str, in_math: bool) -> str:
        if name not in values:
            msg = f"the hole <{name}> has no value.{did_you_mean(name, values)}"
            raise QuestionError(msg)
        value = values[name]
        if isinstance(value, str):
            return value if not in_math or TEX.search(value) else rf"\text{{{value}}}"
        shown = format(value, form) if form else tex(name)
        return (
            shown
            if in_math
            else number.plain(value)
            if number.is_number(value) and not form
            else f"${shown}$"
        )

    for _ in range(3):
        pieces = []
        place = 0
        for math in MATH.finditer(text):
            pieces.append(fill(text[place : math.start()], lambda n, f: write(n, f, in_math=False)))
            pieces.append(fill(math[0], lambda n, f: write(n, f, in_math=True)))
            place = math.end()
        pieces.append(fill(text[place:], lambda n, f: write(n, f, in_math=False)))
        text = "".join(pieces)
        if not HOLE.search(text):
            break
    return text


def literal(value: Any) -> str:
    """A value as Python source, for a snippet."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if hasattr(value, "free_symbols"):
        return str(value)
    return repr(value) if not isinstance(value, list) else json.dumps(value)


@cache
def reader() -> MarkdownIt:
    """The Markdown reader: CommonMark with tables and dollar mathematics, without HTML."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    made = (
        MarkdownIt("commonmark", {"html": False}).enable("table").disable("html_inline").disable("html_block")
    )
    return made.use(dollarmath_plugin, allow_space=True, double_inline=False)


@lru_cache(maxsize=2048)
def blocks(markdown: str) -> tuple[Block, ...]:
    """Markdown as blocks. Raises QuestionError for a construct that papers do not have."""
    from markdown_it.tree import SyntaxTreeNode

    root = SyntaxTreeNode(reader().parse(markdown))
    return tuple(block(node) for node in root.children)


@lru_cache(maxsize=2048)
def line(markdown: str) -> Spans:
    """One line of Markdown as spans."""
    from markdown_it.tree import SyntaxTreeNode

    return spans(SyntaxTreeNode(reader().parseInline(" ".join(markdown.split()))).children[0])


def block(node: SyntaxTreeNode) -> Block:
    """One block."""
    if node.type == "paragraph":
        return Paragraph(spans(node.children[0]))
    if node.type == "math_block":
        return MathBlock(node.content.strip())
    if node.type in ("bullet_list", "ordered_list"):
        items = tuple(
            tuple(s for part in item.children for s in spans(part.children[0])) for item in node.children
        )
        return Bullets(items, ordered=node.type == "ordered_list")
    if node.type == "table":
        head, *body = node.children
        rows = [
            tuple(spans(cell.children[0]) for cell in row.children)
            for part in (head, *body)
            for row in part.children
        ]
        return Table(rows[0], tuple(rows[1:]))
    raise foreign(node, "paragraphs, lists, tables and $formulas$")


def spans(node: SyntaxTreeNode) -> Spans:
    """The inline content of a node."""
    return tuple(span(child) for child in node.children)


def span(node: SyntaxTreeNode) -> Span:
    """One span."""
    if node.type == "text":
        return Text(node.content)
    if node.type in ("math_inline", "math_inline_double"):
        return Math(node.content.strip())
    if node.type == "code_inline":
        return Code(node.content)
    if node.type in ("em", "strong"):
        return Emphasis(spans(node), strong=node.type == "strong")
    if node.type in ("softbreak", "hardbreak"):
        return Text(" ")
    raise foreign(node, "words, *stress*, `code` and $formulas$")


def foreign(node: SyntaxTreeNode, known: str) -> QuestionError:
    """The error for a construct that papers do not have."""
    return QuestionError(f"the Markdown has a {node.type.replace('_', ' ')}. Papers have {known} only.")
