"""What depends on how wide formulas are: what stands beside what, and what holds together."""

from __future__ import annotations

from dlexam.blocks import AnswerBox, Math, Span, Spans, Text, WorkedStep
from dlexam.render.math_print import SHORT, width

_BESIDE = 20.6  # em for a chain beside its reason
_SLACK = 0.6


def beside(step: WorkedStep, room: float = _BESIDE) -> bool:
    """Whether the chain is narrow enough to stand beside its reason."""
    widest = max((width(line, 1) for line in signed(step)), default=0)
    return width(step.symbol) + widest + 2 < room - _SLACK


def signed(step: WorkedStep) -> tuple[str, ...]:
    """The lines of a chain, each with the sign before it."""
    return tuple(f"{{}}{sign} {line}" for sign, line in zip(step.relations, step.lines))


def indented(boxes: tuple[AnswerBox, ...]) -> list[tuple[AnswerBox, float]]:
    """Each answer box with how far its symbol is set in, so that all the symbols end together."""
    widths = [0.0 if box.options or not box.rows else width(box.symbol) for box in boxes]
    most = max(widths, default=0)
    return [(box, most - wide if wide else 0) for box, wide in zip(boxes, widths)]


def with_tails(spans: Spans) -> list[tuple[Span, str]]:
    """Each span with the punctuation after it, which a line must not break off a short formula."""
    found: list[tuple[Span, str]] = []
    for span in spans:
        before = found[-1][0] if found else None
        if isinstance(span, Text) and isinstance(before, Math) and width(before.tex) < SHORT:
            rest = span.text.lstrip(".,;:!?)")
            found[-1] = (before, span.text[: len(span.text) - len(rest)])
            found.append((Text(rest), ""))
        else:
            found.append((span, ""))
    return found
