"""Figures: well-formed, safe to embed, as large as their text, and the same every time."""

from math import tanh
from xml.etree.ElementTree import fromstring

import pytest

from dlexam import figures
from dlexam.blocks import Figure
from dlexam.render.figure import safe_svg

FIGURES = {
    "network": lambda: figures.network([2, 3, 1], "xhy"),
    "large network": lambda: figures.network([784, 100, 10], notes=["784 inputs", "100 units", "10 outputs"]),
    "graph": lambda: figures.computation_graph("abcde", ["ac", "bc", "bd", "ce", "de"]),
    "graph with places": lambda: figures.computation_graph(
        {"x": (0, 1), "y < 1": (1, 0)}, [("x", "y < 1", "&")]
    ),
    "unrolled": lambda: figures.unrolled(3, weights=("w_x", "w_h", "w_y")),
    "all outputs": lambda: figures.unrolled(2, outputs="all"),
    "no outputs": lambda: figures.unrolled(2, outputs="none"),
    "receptive field": lambda: figures.receptive_field(
        [(3, 1, 1), (3, 2, 1), [2, 2]], ["input", "1", "2", "3"]
    ),
    "curve": lambda: figures.curve(tanh, (-2, 2), [0.5, (1, "a")], tangent_at=1, chord=(0, 1)),
    "flat curve": lambda: figures.curve(lambda x: 1, (0, 1)),
    "boundary": lambda: figures.decision_boundary((2, -1), 1, [(1, 2, "x")], normal=True),
    "points only": lambda: figures.decision_boundary((0, 0), 1, [(0, 0, "0"), (1, 1, "1")]),
    "descent": lambda: figures.descent_path([(3, 2), (1.2, -1.5), (0.5, 1.1)], (1, 3), caption="steps"),
    "lines": lambda: figures.lines({"training": [2.3, 1.5, 1.1], "validation": [2.4, 1.7, 1.9]}),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_can_be_embedded_as_it_is(name: str) -> None:
    """Embedding takes nothing away, and drawing twice gives the same."""
    figure = FIGURES[name]()
    assert isinstance(figure, Figure)
    assert figure.alt.endswith(".")
    drawn, embedded = fromstring(figure.svg), fromstring(safe_svg(figure.svg, figure.alt))
    parts = [(len(root.findall(".//*")), root.attrib["width"]) for root in (drawn, embedded)]
    assert parts[0] == (parts[1][0] - 1, parts[1][1]), "only the title is added"
    assert FIGURES[name]() == figure


@pytest.mark.parametrize("name", FIGURES)
def test_the_drawing_stays_inside(name: str) -> None:
    """No end of a line, middle of a circle or start of a text is outside."""
    root = fromstring(FIGURES[name]().svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for part in root.iter():
        for across, down in (("x1", "y1"), ("x2", "y2"), ("cx", "cy"), ("x", "y")):
            if across in part.attrib:
                assert -1 <= float(part.attrib[across]) <= width + 1
                assert -1 <= float(part.attrib[down]) <= height + 1


def test_large_layers_have_a_gap_and_tell_their_last_unit() -> None:
    """784 units are drawn as a few."""
    assert ">784<" in figures.network([784, 2], "xy").svg


def test_columns_follow_the_longest_way() -> None:
    """With a way from a over b to c, c stands right of b."""
    root = fromstring(figures.computation_graph("abc", ["ab", "bc", "ac"]).svg)
    boxes = [float(part.attrib["x"]) for part in root.iter() if part.tag.endswith("rect")]
    assert boxes == sorted(boxes)
    assert len(set(boxes)) == 3
