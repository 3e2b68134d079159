"""Small figures where people would rather look: networks, graphs, curves and paths.

For a question file's `figure(...)` or a step's `working`. In labels `x_1` has an index and
single letters are italic. The plots are in `dlexam.figures_plot`; import them from here, too.

>>> network([2, 3, 1], "xhy").alt
'Layers of 2, 3 and 1 units; each unit is connected to every unit of the next layer.'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, product
from math import hypot

from dlexam.blocks import Figure
from dlexam.figures_plot import curve, decision_boundary, descent_path, lines
from dlexam.figures_svg import INK, THIN, Place, dot, figure, line, text

__all__ = [
    "computation_graph",
    "curve",
    "decision_boundary",
    "descent_path",
    "lines",
    "network",
    "receptive_field",
    "unrolled",
]

RADIUS = 17
_EMPTY = f'{THIN} fill-opacity="0.05"'
MOST = 5  # a layer of more units is drawn with a gap


def network(
    sizes: Sequence[int], labels: Sequence[str] = (), notes: Sequence[str] = (), caption: str = ""
) -> Figure:
    """Dense layers; `labels` has a symbol for the units and `notes` a line below, one for each layer."""
    numbers = [range(1, n + 1) if n <= MOST else (1, 2, 0, n) for n in sizes]
    most = max(map(len, numbers))
    layers = [
        {i: (50 + 120.0 * k, 22 + 22.0 * (most - len(layer)) + 44 * j) for j, i in enumerate(layer)}
        for k, layer in enumerate(numbers)
    ]
    parts = [
        line(left[i], right[j], THIN, (RADIUS, RADIUS))
        for left, right in pairwise(layers)
        for i, j in product(left, right)
        if i and j
    ]
    for k, layer in enumerate(layers):
        symbol = labels[k] if k < len(labels) else ""
        for i, (x, y) in layer.items():
            name = f"{symbol}_{i}" if symbol and len(layer) > 1 else symbol
            parts += [_unit((x, y), name)] if i else [dot((x, y + d), 1.5) for d in (-8, 0, 8)]
        parts += [text((50 + 120 * k, most * 44 + 16), note, 13) for note in notes[k : k + 1]]
    counts = " and ".join(", ".join(map(str, sizes)).rsplit(", ", 1))
    alt = f"Layers of {counts} units; each unit is connected to every unit of the next layer."
    return figure(100 + 120 * (len(sizes) - 1), most * 44 + 22 * bool(notes), parts, alt, caption)


def computation_graph(
    nodes: Iterable[str] | Mapping[str, Place],
    edges: Iterable[Sequence[str]],
    caption: str = "",
    pitch: Place = (100, 62),
) -> Figure:
    """Nodes and arrows; an edge is "ac", ("a", "c") or ("a", "c", "its label").

    Nodes stand in columns after the longest way to them, or at the (column, row) that a mapping gives.
    """
    ways = [(edge[0], edge[1], edge[2] if len(edge) > 2 else "") for edge in edges]
    at = dict(nodes) if isinstance(nodes, Mapping) else _columns(list(nodes), ways)
    left, top = (min(place[i] for place in at.values()) for i in (0, 1))
    room = max(map(_half, at)) + 3
    at = {n: (room + (x - left) * pitch[0], 22 + (y - top) * pitch[1]) for n, (x, y) in at.items()}
    parts = [_unit(place, node) for node, place in at.items()]
    for start, end, label in ways:
        (x, y), (u, v) = at[start], at[end]
        gaps = _reach(start, u - x, v - y), _reach(end, u - x, v - y) + 1
        parts.append(line(at[start], at[end], INK, gaps, head=True))
        beside = (7, 4, "start") if abs(u - x) < abs(v - y) else (0, -7 - abs(v - y) / 8, "middle")
        middle = (x + u) / 2 + beside[0], (y + v) / 2 + beside[1]
        parts += [text(middle, label, 13, str(beside[2]))] if label else []
    width, height = (max(place[i] for place in at.values()) for i in (0, 1))
    alt = "Arrows lead " + ", ".join(f"from {start} to {end}" for start, end, _ in ways) + "."
    return figure(width + room, height + 22, parts, alt, caption)


def unrolled(
    T: int,
    symbols: Sequence[str] = "xhy",
    weights: Sequence[str] = (),
    outputs: str = "last",
    caption: str = "",
) -> Figure:
    """A recurrent network over T time steps; `outputs` are "last", "all" or "none".

    `weights` label the arrows from input to state, from state to state and from state to output.
    """
    x, h, y = symbols
    into, on, out = (*weights, "", "", "")[:3]
    times = range(1, T + 1)
    read = {t: f"{y}_{t}" if outputs == "all" else y for t in times if outputs == "all" or t == T}
    read = {} if outputs == "none" else read
    nodes = {f"{h}_{t}": (t, 1.0) for t in range(T + 1)} | {f"{x}_{t}": (t, 2.0) for t in times}
    edges = [(f"{x}_{t}", f"{h}_{t}", into) for t in times] + [(f"{h}_{t}", read[t], out) for t in read]
    edges += [(f"{h}_{t - 1}", f"{h}_{t}", on) for t in times]
    nodes |= {name: (t, 0.0) for t, name in read.items()}
    drawn = computation_graph(nodes, edges, caption, pitch=(84, 62))
    return Figure(drawn.svg, f"A recurrent network, unrolled over {T} time steps.", drawn.caption)


def receptive_field(layers: Iterable[Sequence[int]], names: Sequence[str] = (), caption: str = "") -> Figure:
    """What one output sees through layers of [kernel, stride, dilation], in one dimension; inputs are below.

    The bottom row is as long as the receptive field, so this is for solutions. `names` are those of the rows.
    """
    sizes = [(layer[0], *(*layer[1:], 1, 1)[:2]) for layer in layers]
    seen: list[set[int]] = [{0}]
    for kernel, stride, dilation in reversed(sizes):
        seen.insert(0, {i * stride + k * dilation for i in seen[0] for k in range(kernel)})
    cell = min(20.0, 400 / (max(seen[0]) + 1))
    left, jump, middle = (80 if names else 10), 1, 0.5
    rows = [{i: (left + cell * (i + 0.5), 44.0 * len(sizes) + 14) for i in range(max(seen[0]) + 1)}]
    parts = []
    for depth, (kernel, stride, dilation) in enumerate(sizes, 1):
        middle, jump = middle + (kernel - 1) * dilation * jump / 2, jump * stride
        y = 44.0 * (len(sizes) - depth) + 14
        rows.append({i: (left + cell * (middle + i * jump), y) for i in range(max(seen[depth]) + 1)})
        ways = [(i, i * stride + k * dilation) for i in seen[depth] for k in range(kernel)]
        parts += [line(rows[-2][j], rows[-1][i], THIN, (cell / 2, cell / 2)) for i, j in ways]
    for depth, row in enumerate(rows):
        parts += [dot(p, cell * 0.36, INK if i in seen[depth] else _EMPTY) for i, p in row.items()]
        parts += [text((0, row[0][1] + 4), name, 13, "start") for name in names[depth : depth + 1]]
    alt = f"The units that one output sees through {len(sizes)} layers, connected from layer to layer."
    return figure(left + cell * len(rows[0]) + 10, 44 * len(sizes) + 28, parts, alt, caption)


def _half(label: str) -> float:
    """Half the width of a node: a circle for a symbol, longer for words."""
    return max(RADIUS, 3.9 * len(label) + 8 if "_" not in label else RADIUS)


def _unit(place: Place, label: str) -> str:
    half = _half(label)
    box = (
        f'x="{place[0] - half:.5g}" y="{place[1] - RADIUS:.5g}" width="{2 * half:.4g}" height="{2 * RADIUS}"'
    )
    rect = f'<rect {box} rx="{RADIUS}" fill-opacity="0.07" {INK}/>'
    return rect + (text((place[0], place[1] + 5), label) if label else "")


def _reach(label: str, across: float, down: float) -> float:
    """How far a node reaches from its middle in a direction."""
    length, half = hypot(across, down), _half(label)
    if half == RADIUS:
        return RADIUS
    return length / max(abs(across) / half, abs(down) / RADIUS)


def _columns(nodes: Sequence[str], edges: Sequence[tuple[str, str, str]]) -> dict[str, Place]:
    depth = dict.fromkeys(nodes, 0)
    for _ in nodes:
        for start, end, _label in edges:
            depth[end] = max(depth[end], depth[start] + 1)
    columns = [[n for n in nodes if depth[n] == d] for d in range(max(depth.values()) + 1)]
    return {n: (d, j - (len(c) - 1) / 2) for d, c in enumerate(columns) for j, n in enumerate(c)}
