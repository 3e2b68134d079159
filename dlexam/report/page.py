"""`report.html`: a class in figures, with plots and the tables that say the same."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from dlexam.blocks import Spans
from dlexam.files import write
from dlexam.grading.script import Row
from dlexam.paper import Papers
from dlexam.phrase import count, parted, say
from dlexam.practice import titled
from dlexam.render.language import Language, language
from dlexam.render.localise import localised
from dlexam.report.integrity import Finding, findings
from dlexam.report.items import ClassFacts, Misconception, class_facts
from dlexam.report.sentences import again, spans

BINS = 10
BAR, INK = "#4a7ab5", "#767b84"


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture and the table under it."""

    image: str
    alt: str
    header: tuple[str, str]
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A class in figures, as the page shows it."""

    title: str
    facts: ClassFacts
    scores: Plot
    told: Mapping[tuple[str, str], Spans]
    findings: tuple[Finding, ...]
    record: Mapping[str, Any]
    language: str = "en"


def write_report(
    papers: Papers | None,
    rows: Sequence[Row],
    output: Path,
    record: Mapping[str, Any],
    templates: Path | None = None,
) -> Path:
    """Write the page, in the language of the papers.

    Without the papers nothing is said of answers that fit other papers.
    """
    from dlexam.render import html

    its = language(templates, str(record.get("language", "en")))
    made = localised(report(papers, rows, record, its), its)
    return write(output / "report.html", html.write("report", templates, its.code, report=made))


def report(
    papers: Papers | None, rows: Sequence[Row], record: Mapping[str, Any], language: Language
) -> Report:
    """The figures of a class."""
    facts = class_facts(rows)
    return Report(
        titled(str(record["title"])) if "title" in record else say("Marks"),
        facts,
        score_plot(list(facts.shares.values())),
        {(m.question, m.note): told(m, language) for m in facts.misconceptions},
        findings(papers, rows) if papers else (),
        record,
        language.code,
    )


def told(misconception: Misconception, language: Language) -> Spans:
    """What a student reads of a misconception, in the language of the page."""
    sentence, _ = parted(misconception.words)
    return localised(again(spans(sentence), language), language)


def score_plot(shares: Sequence[float]) -> Plot:
    """How many papers lie in each tenth of the marks."""
    counts = Counter(min(int(share * BINS + 1e-9), BINS - 1) for share in shares)
    names = [f"{100 * i // BINS}–{100 * (i + 1) // BINS} %" for i in range(BINS)]
    rows = tuple((name, counts[i]) for i, name in enumerate(names))
    return Plot(
        bars(rows),
        count(
            "Bar chart of %(n)s paper by share of the marks.",
            "Bar chart of %(n)s papers by share of the marks.",
            len(shares),
        ),
        (say("Share of the marks"), say("Papers")),
        rows,
    )


def bars(rows: Sequence[tuple[str, int]]) -> str:
    """A bar chart as the address of an SVG image, in colours that suit light and dark pages."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    look: Any = {"svg.fonttype": "none", "svg.hashsalt": "dlexam", "font.family": "serif", "font.size": 9}
    with rc_context(look):
        figure = Figure(figsize=(7.6, 2.4), layout="constrained")
        axes = figure.subplots()
        axes.bar([name for name, _ in rows], [count for _, count in rows], color=BAR, width=0.82)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
        axes.grid(axis="y", color=INK, alpha=0.3, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.tick_params(colors=INK, length=0)
        axes.spines[:].set_visible(False)
        image = BytesIO()
        figure.savefig(image, format="svg", transparent=True, metadata={"Date": None})
    return "data:image/svg+xml;base64," + b64encode(image.getvalue()).decode("ascii")
