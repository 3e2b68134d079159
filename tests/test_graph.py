"""The one idea: running a graph of steps again with something changed."""

from __future__ import annotations

import numpy as np
import pytest

from dlexam.given import array, by_level, draw_values, grid, integers, one_of
from dlexam.graph import Graph, QuestionError, step


def small_graph() -> Graph:
    """C = a + b, d = 2c, e = cd."""

    @step(marks=1)
    def e(c, d):
        return c * d

    @step(marks=1)
    def c(a, b):
        return a + b

    @step(marks=1)
    def d(c):
        return 2 * c

    @d.mistake()
    def tripled(c):
        """You tripled."""
        return 3 * c

    return Graph([e, c, d], ["a", "b"])


def test_steps_run_after_what_they_need() -> None:
    """The order of the file is kept where it can be."""
    graph = small_graph()
    assert list(graph.steps) == ["c", "d", "e"]
    assert graph.run({"a": 1, "b": 2}) == {"a": 1, "b": 2, "c": 3, "d": 6, "e": 18}


def test_a_fixed_value_is_carried() -> None:
    """What depends on a fixed value follows from it; the rest does not change."""
    assert small_graph().run({"a": 1, "b": 2}, fixed={"c": 5})["e"] == 50
    assert small_graph().run({"a": 1, "b": 2}, fixed={"d": 5})["e"] == 15


def test_a_swapped_definition_makes_a_mistake() -> None:
    """A mistake is another definition of its step."""
    graph = small_graph()
    assert graph.run({"a": 1, "b": 2}, instead={"d": graph.mistakes["d:tripled"]})["e"] == 27


@pytest.mark.parametrize(
    "changes",
    [{"fixed": {"c": 5}}, {"fixed": {"d": 5}}, {"fixed": {"c": 5, "d": 1}}, {"instead": {"d": "d:tripled"}}],
)
def test_known_values_spare_work_only(changes: dict) -> None:
    """A replay from a known run equals a replay from the start."""
    graph, given = small_graph(), {"a": 1, "b": 2}
    if "instead" in changes:
        changes = {"instead": {n: graph.mistakes[note] for n, note in changes["instead"].items()}}
    assert graph.run(given, **changes, known=graph.run(given)) == graph.run(given, **changes)


def scan_graph() -> Graph:
    """A running sum that doubles."""

    @step(marks=2, scan="x", start="h0")
    def h(state, x, w):
        return w * state + x

    @h.mistake()
    def forgotten(state, x):
        """You forgot the state."""
        return x

    return Graph([h], ["x", "h0", "w"])


def test_a_scan_lists_its_states() -> None:
    """A scan applies its function along the input."""
    given = {"x": np.array([1, 2, 3]), "h0": 1, "w": 2}
    np.testing.assert_array_equal(scan_graph().run(given)["h"], [3, 8, 19])


def test_a_scan_goes_on_from_a_prefix() -> None:
    """Fixing the first entries computes the rest from them."""
    given = {"x": np.array([1, 2, 3]), "h0": 1, "w": 2}
    np.testing.assert_array_equal(scan_graph().run(given, fixed={"h": [4]})["h"], [4, 10, 23])


def test_a_scan_can_be_mistaken() -> None:
    """A mistake of a scan has the scan's form."""
    graph = scan_graph()
    given = {"x": np.array([1, 2, 3]), "h0": 1, "w": 2}
    wrong = graph.run(given, instead={"h": graph.mistakes["h:forgotten"]})["h"]
    np.testing.assert_array_equal(wrong, [1, 2, 3])


def test_a_mistake_may_not_need_what_follows_its_step() -> None:
    """A mistake that needs a later step would be a circle."""

    @step(marks=1)
    def a(x):
        return x

    @step(marks=1)
    def b(a):
        return a

    @a.mistake()
    def backwards(b):
        """You went backwards."""
        return b

    with pytest.raises(QuestionError, match="a -> b -> a"):
        Graph([a, b], ["x"])


def test_domains_are_exact_and_complete() -> None:
    """Grids have no float dust, both ends, and nothing that is left out."""
    assert grid(-0.3, 0.3, by=0.1, but_not=[0]).values == (-0.3, -0.2, -0.1, 0.1, 0.2, 0.3)
    assert integers(-1, 2, but_not=[0]).values == (-1, 1, 2)


def test_givens_see_earlier_givens_and_the_level() -> None:
    """A function of givens may return a value or a domain."""
    from random import Random

    sources = {
        "n": by_level(2, 3),
        "x": lambda n: array(n, integers(1, 9), distinct=True),
        "y": lambda n, level: 10 * n + level,
    }
    drawn = draw_values(sources, Random("a"), 2, {})
    assert drawn["n"] == 3
    assert len(set(drawn["x"].tolist())) == 3
    assert drawn["y"] == 32
    assert draw_values(sources, Random("a"), 2, {"n": 5})["y"] == 52


def test_arrays_of_ints_stay_ints() -> None:
    """The type of the entries is the type of the array."""
    from random import Random

    assert array((2, 2), one_of(1, 2)).draw(Random(1)).dtype.kind == "i"
    assert array((2, 2), one_of(0.5, 2)).draw(Random(1)).dtype.kind == "f"
