"""The renderer-neutral blocks of a document: what is on the page, never how it looks.

Every format (`dlexam/render/*`) takes these and nothing else. Inline content is a tuple of spans.
Mathematics is TeX; a renderer reads it with `dlexam.render.math`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dlexam.cover import Cover, Imprint

# ---------------------------------------------------------------- inline spans


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula inside a line, as TeX without dollars."""

    tex: str


@dataclass(frozen=True, slots=True)
class Code:
    """A word of code."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words; `strong` is bold."""

    spans: tuple[Span, ...]
    strong: bool = False


Span = Text | Math | Code | Emphasis
Spans = tuple[Span, ...]

# ---------------------------------------------------------------- blocks of text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A displayed formula."""

    tex: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each item is a line of spans. `ordered` numbers it."""

    items: tuple[Spans, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A small table of spans, with one row of headings."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid of cells (an image, a feature map) with some cells marked, as (row, column) pairs.

    `caption` is one short line under it. Several grids side by side are a `Row`.
    """

    cells: tuple[tuple[str, ...], ...]
    marked: frozenset[tuple[int, int]] = frozenset()
    caption: Spans = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG text, with its text alternative and an optional caption."""

    svg: str
    alt: str
    caption: Spans = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Blocks side by side (an input grid, a kernel, a result); they wrap where the page is narrow."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """Code that a student can run; folded in HTML, set off in print."""

    code: str
    title: str = "Check it in PyTorch"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section of a paper, and what it says to all its questions."""

    title: str
    words: tuple[Block, ...] = ()


# ---------------------------------------------------------------- blocks of a question


@dataclass(frozen=True, slots=True)
class AnswerBox:
    """Where one asked quantity is written.

    `rows` x `columns` cells (1 x 1 for a number; 0 x 0 for a line of free text), `hint` says the
    required decimals or form, `options` are the choices of a choice question in order, `letter` is that
    of the part on an exam paper: a, b, ... `wide` says that each cell holds an expression, `several` that
    more than one option may be right.
    """

    name: str
    symbol: str
    marks: float
    hint: str = ""
    rows: int = 1
    columns: int = 1
    options: tuple[Spans, ...] = ()
    letter: str = ""
    wide: bool = False
    several: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A question as it is asked: its number, prompt blocks and answer boxes; `before` stands above it."""

    number: int
    id: str
    title: str
    marks: float
    minutes: int
    prompt: tuple[Block, ...]
    boxes: tuple[AnswerBox, ...]
    before: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """One line of "if you got ...": the value a recognised mistake leads to, and what it means.

    `symbol` and `value` are TeX; `name` is the step's name.
    """

    name: str
    symbol: str
    value: str
    words: Spans


@dataclass(frozen=True, slots=True)
class WorkedStep:
    """One step of a solution.

    `reason` stands beside the chain `symbol = lines[0] = lines[1] = ...` (each TeX, aligned at
    the equals signs; `relations[i]` is the sign before `lines[i]`, `=` or `\\approx`). The last line is the
    value; an `asked` one stands out. `working` is drawn under the chain.
    """

    name: str
    symbol: str
    reason: Spans
    lines: tuple[str, ...]
    relations: tuple[str, ...]
    marks: float = 0
    asked: bool = False
    working: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """The worked solution of problem `number`."""

    number: int
    title: str
    steps: tuple[WorkedStep, ...]
    slips: tuple[Slip, ...] = ()
    snippet: Snippet | None = None


Block = (
    Paragraph
    | MathBlock
    | Bullets
    | Table
    | Grid
    | Figure
    | Row
    | Snippet
    | PageBreak
    | Heading
    | Problem
    | Solution
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper or sheet.

    `small_print` is set small under the title (seed, version). `problems` come first, then `solutions`.
    An exam has a `cover` and an `imprint`: its paper (`part` is "paper") has a front page, its "solutions"
    and its "scheme" a short head. `size` is a4 or letter, `large` is large print.
    """

    title: str
    topics: tuple[str, ...]
    level: int
    marks: float
    minutes: int
    small_print: str
    problems: tuple[Problem, ...]
    solutions: tuple[Solution, ...] = ()
    language: str = "en"
    part: str = ""
    cover: Cover | None = None
    imprint: Imprint | None = None
    size: str = "a4"
    large: bool = False

    @property
    def keyword(self) -> str | None:
        """By what the file of a paper is known when it comes back; None of anything else."""
        return self.imprint.keyword if self.imprint and self.part == "paper" else None
