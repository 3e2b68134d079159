"""A formula as inline boxes for a page printer that does not lay out MathML (templates/shared/math.css).

Every part is a `Box`: its HTML and how far it reaches above and below the baseline, in em of its
own size. Symbols, operators and spaces are one run of text; only fractions, scripts, limits, roots
and brackets become elements, because a page costs its printer time by the element.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from dlexam.render.math_glyphs import ITALIC, MARKS, column, gap, shape
from dlexam.render.math_tree import (
    RELATIONS,
    Accent,
    Atom,
    Fenced,
    Fraction,
    Limits,
    Matrix,
    Node,
    Root,
    Scripts,
    Series,
    Space,
    tree,
)

AXIS = 0.258  # the height of the bar of a fraction, the middle of brackets
RULE = 0.06
SMALL = 0.7  # a script against its base
ROW = 1.25  # from one row of a matrix to the next
UP, DOWN = 0.862, 0.338  # a line of text: its line height is 1.2
_INK_UP, _INK_DOWN = 0.75, 0.25


@dataclass(frozen=True, slots=True)
class Box:
    """Some HTML, its reach above and below the baseline, and its width (about), in em."""

    html: str
    up: float = _INK_UP
    down: float = _INK_DOWN
    width: float = 0.5
    loose: bool = False  # may be followed by a line break


@lru_cache(maxsize=8192)
def boxes(tex: str, display: bool = False) -> str:
    """The HTML of a formula. Inside a line it may break after a relation or a comma."""
    root = tree(tex, display)
    items = root.items if isinstance(root, Series) else (root,)
    parts: list[list[Box]] = [[]]
    for item in items:
        parts[-1].append(_box(item))
        if not display and parts[-1][-1].loose:
            parts.append([])
    segments = ["".join(box.html for box in part) for part in parts if part]
    inner = "\u200b".join(f"<span class=n>{text}</span>" for text in segments)
    if len(segments) == 1 or width(tex) < 9:
        return f'<span class="m n">{"".join(segments)}</span>'
    return f"<span class=m>{inner}</span>"


@lru_cache(maxsize=8192)
def width(tex: str) -> float:
    """About how wide a displayed formula is, in em."""
    return _box(tree(tex, True)).width


def _box(node: Node) -> Box:
    match node:
        case Atom():
            return _atom(node)
        case Space(width):
            return Box(gap(width), width=width)
        case Series(items):
            return _side_by_side([_box(item) for item in items])
        case Fraction():
            return _fraction(node)
        case Root():
            return _root(node)
        case Scripts():
            return _scripts(node)
        case Limits():
            return _limits(node)
        case Accent():
            return _accent(node)
        case Matrix():
            return _matrix(node)
        case Fenced():
            return _fenced(node)


def _side_by_side(parts: list[Box]) -> Box:
    if not parts:
        return Box("", width=0)
    return Box(
        "".join(part.html for part in parts),
        max(part.up for part in parts),
        max(part.down for part in parts),
        sum(part.width for part in parts),
    )


def _atom(atom: Atom) -> Box:
    text = atom.text.translate(ITALIC) if atom.kind == "name" and len(atom.text) == 1 else atom.text
    html = gap(atom.left) + escape(text) + gap(atom.right)
    if atom.size:
        return Box(shape(atom.text, atom.size), AXIS + atom.size / 2, atom.size / 2 - AXIS, 0.4)
    loose = atom.right > 0 and (atom.text in RELATIONS or atom.text in ",;")
    return Box(html, width=0.5 * len(text) + atom.left + atom.right, loose=loose)


def _fraction(node: Fraction) -> Box:
    above, below = _box(node.above), _box(node.below)
    scale, name = (1.0, "fd") if node.display else (SMALL, "ft")
    line_up, line_down = (UP, DOWN) if node.display else (0.8, 0.28)
    under = max(below.up, line_up) + max(below.down, line_down)
    over = max(above.up, line_up) + max(above.down, line_down)
    shift = AXIS - RULE / 2 - scale * max(below.up, line_up)
    bar = "" if node.rule else " nb"
    html = (
        f'<span class="{name}{bar}" style="vertical-align:{shift:.3f}em">'
        f"<span>{above.html}</span><span>{below.html}</span></span>"
    )
    size = max(above.width, below.width) * scale + 0.2
    return Box(html, AXIS + RULE / 2 + scale * over, scale * under - AXIS + RULE / 2, size)


def _root(node: Root) -> Box:
    body = _box(node.body)
    plain = body.up <= _INK_UP + 0.02
    reach = (0.854 if plain else body.up + 0.06) + 0.068
    sign = shape("√", reach + max(body.down, 0.2), top=reach)
    degree = ""
    if node.degree is not None:
        degree = f"<span class=dg>{_box(node.degree).html}</span>"
    html = f'{degree}{sign}<span class="{"rp" if plain else "rt"}">{body.html}</span>'
    return Box(html, reach, body.down, body.width + 0.9)


def _scripts(node: Scripts) -> Box:
    base = _box(node.base)
    low = None if node.low is None else _box(node.low)
    high = None if node.high is None else _box(node.high)
    tall = base.up > 1
    raised = base.up - 0.3 if tall else 0.36
    lowered = base.down + 0.05 if base.down > 0.5 else 0.21
    trail = gap(node.base.right) if isinstance(node.base, Atom) else ""
    if low and high:
        return _both(base, low, high, raised, lowered)
    script, shift, name = (high, raised, "hi") if high else (low, -lowered, "lo")
    assert script is not None
    moved = "" if shift in (0.36, -0.21) else f' style="vertical-align:{shift:.3f}em"'
    html = f'{base.html}<span class={name}{moved}>{script.html}</span>{trail if high else ""}'
    up = max(base.up, shift + SMALL * script.up)
    down = max(base.down, SMALL * script.down - shift)
    return Box(html, up, down, base.width + SMALL * script.width + 0.05)


def _both(base: Box, low: Box, high: Box, raised: float, lowered: float) -> Box:
    raised, lowered = max(raised, 0.42), max(lowered, 0.27)
    line = (raised + lowered) / SMALL
    html = (
        f'{base.html}<span class=ss style="line-height:{line:.3f};vertical-align:{-lowered:.3f}em">'
        f"{high.html}<br>{low.html}</span>"
    )
    up = max(base.up, raised + SMALL * high.up)
    down = max(base.down, lowered + SMALL * low.down)
    return Box(html, up, down, base.width + SMALL * max(low.width, high.width) + 0.05)


def _limits(node: Limits) -> Box:
    big = isinstance(node.base, Atom) and node.base.text in "∑∏⋃⋂"
    base = Box(shape(node.base.text, 1.3), 0.93, 0.42, 1) if big else _box(node.base)  # type: ignore[union-attr]
    under = None if node.under is None else _box(node.under)
    over = None if node.over is None else _box(node.over)
    shift, down, up = 0.0, base.down, base.up
    lines = [f"<span>{base.html}</span>"]
    rest = 1.35 if big else 1.0
    fall = (0.5 if big else 0.225) if True else 0
    if over:
        lines.insert(0, f"<span class=l>{over.html}</span>")
        up += SMALL * (over.up + 0.35)
    if under:
        lines.append(f"<span class=l>{under.html}</span>")
        shift = -(fall + SMALL * 0.8)
        down += SMALL * (under.up + under.down)
    html = f'<span class="{"lb" if big else "li"}" style="vertical-align:{shift:.3f}em">{"".join(lines)}</span>'
    wide = max(part.width * SMALL for part in (under, over) if part) if (under or over) else 0
    return Box(html + gap(1 / 6), up, down, max(base.width, wide, rest * 0) + 1 / 6)


def _accent(node: Accent) -> Box:
    base = _box(node.base)
    mark = MARKS.get(node.mark, "")
    if not node.under and mark and isinstance(node.base, Atom) and len(node.base.text) == 1:
        dotless = {"𝑖": "\U0001d6a4", "𝑗": "\U0001d6a5"}.get(base.html, base.html)
        return Box(dotless + mark, max(base.up, 0.8), base.down, base.width)
    side = "un" if node.under else "ov"
    if node.mark in "⏟⏞":
        text = f"<span class={side}><span>{base.html}</span><span class=br>{node.mark}</span></span>"
        return Box(text, base.up, base.down + 0.5, base.width)
    if node.mark in "‾¯̲_":
        return Box(f"<span class={side}l>{base.html}</span>", base.up + 0.1, base.down, base.width)
    hat = escape(node.mark)
    return Box(f"<span class=ac>{base.html}<span>{hat}</span></span>", 1, base.down, base.width)


def _matrix(node: Matrix) -> Box:
    rows = [[_box(cell) for cell in row] for row in node.rows]
    flat = all(box.up < 1 and box.down < 0.6 for row in rows for box in row)
    widths = [max(box.width for box in cells) for cells in zip(*rows)]
    wide = sum(widths) + sum(node.gaps)
    return (_columns if flat else _cells)(node, rows, wide)


def _columns(node: Matrix, rows: list[list[Box]], wide: float) -> Box:
    shift = -(len(rows) - 1) / 2 * ROW
    parts = []
    for at, (align, space) in enumerate(zip(node.align, node.gaps)):
        lines = column([row[at].html for row in rows], align)
        style = f"vertical-align:{shift:.3f}em" + (f";margin-left:{space}em" if space else "")
        name = {"l": "c cl", "r": "c cr"}.get(align, "c")
        parts.append(f'<span class="{name}" style="{style}">{"<br>".join(lines)}</span>')
    reach = (len(rows) - 1) / 2 * ROW
    return Box("".join(parts), reach + UP, reach + DOWN, wide)


def _cells(node: Matrix, rows: list[list[Box]], wide: float) -> Box:
    height = sum(max(b.up for b in row) + max(b.down for b in row) + 0.3 for row in rows)
    lines = []
    for row in rows:
        cells = "".join(
            f'<span class="{align}{" g" if space else ""}">{box.html}</span>'
            for box, align, space in zip(row, node.align, node.gaps)
        )
        lines.append(f"<span class=r>{cells}</span>")
    html = f"<span class=t>{''.join(lines)}</span>"
    return Box(html, height / 2 + AXIS, height / 2 - AXIS, wide)


def _fenced(node: Fenced) -> Box:
    body = _box(node.body)
    needed = 2 * max(body.up - AXIS, body.down + AXIS)
    rows = len(node.body.rows) if isinstance(node.body, Matrix) else 0
    height = rows * ROW - 0.05 if rows else 0.9 * needed
    left, right = (shape(side, height) for side in (node.left, node.right))
    tip = gap(1 / 6) if rows and node.right else ""
    html = left + body.html + right + gap(node.after)
    return Box(html, max(body.up, AXIS + height / 2), max(body.down, height / 2 - AXIS), body.width + 0.8) if not tip else Box(html, body.up, body.down, body.width + 0.8)
