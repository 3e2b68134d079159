r"""Intersection over union

<story> The detector's box is $A = <box_a>$; the annotated box is $B = <box_b>$. Boxes are given as $(x_1, y_1, x_2, y_2)$: two opposite corners in continuous coordinates, so
that a box is $x_2 - x_1$ wide and $y_2 - y_1$ high.

Compute the area of the intersection, the area of the union and the intersection over union (IoU). A detection is a hit if its IoU is at least $t = <threshold>$. Is this one?
"""

import numpy as np

from dlexam import by_level, integers, one_of, step
from dlexam.engine import box_area, intersection_area
from dlexam.kinds import number

about = dict(minutes=5, tags=["detection"], decimals=3, symbols=dict(box_a="A", box_b="B"))

given = dict(
    unit=by_level(1, 10, 0.5),  # coordinates are whole multiples of it
    side=integers(4, 9),
    rise=integers(4, 9),
    x=integers(1, 6),
    y=integers(5, 9),
    apart=lambda level: 0 if level == 1 else one_of(0, 0, 0, 1),  # whether the boxes lie side by side without touching
    shift=lambda side, apart: integers(side + 1, side + 3) if apart else integers(1, 2),
    drop=integers(-2, 2, but_not=[0]),
    side_b=lambda side: integers(side - 1, side + 2),
    rise_b=lambda rise: integers(rise - 1, rise + 2),
    box_a=lambda unit, x, y, side, rise: unit * np.array([x, y, x + side, y + rise]),
    box_b=lambda unit, x, y, shift, drop, side_b, rise_b: unit * np.array([x + shift, y + drop, x + shift + side_b, y + drop + rise_b]),
    threshold=one_of(0.3, 0.4, 0.5),
)

words = dict(
    story=one_of(
        "A detector has found a dog in a photo.",
        "A car's camera has found a cyclist.",
        "A model marks a tumour in a scan.",
        "A network counts birds; one of its boxes is to be judged.",
    ),
)


@step
def overlap(box_a, box_b):
    return np.minimum(box_a[2:], box_b[2:]) - np.maximum(box_a[:2], box_b[:2])


@step(symbol=r"|A \cap B|", marks=2, tex=r"\max(0,\; \min x_2 - \max x_1) \cdot \max(0,\; \min y_2 - \max y_1)")
def intersection(box_a, box_b):
    """In each direction the boxes share what lies between the larger of their starts and the smaller of their ends; less than nothing counts as 0."""
    return intersection_area(box_a.tolist(), box_b.tolist())


@intersection.working
def sides(box_a, box_b, intersection):
    """Both sides of the intersection."""
    lines, sides = [], []
    for name, i in (("wide", 0), ("high", 1)):
        end, start = (number.tex(f(box_a[j].item(), box_b[j].item())) for f, j in ((min, i + 2), (max, i)))
        difference = min(box_a[i + 2].item(), box_b[i + 2].item()) - max(box_a[i].item(), box_b[i].item())
        nothing = ", so 0" if difference < 0 else ""
        lines.append(f"- {name}: ${end} - {start} = {number.tex(difference)}${nothing}")
        sides.append(number.tex(max(0, difference)))
    lines.append(rf"- area: ${sides[0]} \cdot {sides[1]} = {number.tex(intersection)}$")
    return "\n".join(lines)


@intersection.mistake(when=lambda overlap: overlap.min() < 0)
def negative_overlap(overlap):
    """The boxes do not meet: the smaller end lies before the larger start. A negative side counts as 0, so the intersection is 0."""
    return overlap[0].item() * overlap[1].item()


@intersection.mistake(when=lambda overlap: overlap.min() > 0)
def pixels_counted(box_a, box_b):
    """You counted both edges as pixels and added 1 to the sides; the coordinates are continuous here, so a side is just the difference."""
    wide, high = np.minimum(box_a[2:], box_b[2:]) - np.maximum(box_a[:2], box_b[:2]) + 1
    return (wide * high).item()


@step(symbol="|A|")
def area_a(box_a):
    return box_area(box_a.tolist())


@step(symbol="|B|")
def area_b(box_b):
    return box_area(box_b.tolist())


@step(symbol=r"|A \cup B|", marks=1)
def union(area_a, area_b, intersection):
    """The two areas together count the intersection twice; take it away once."""
    return area_a + area_b - intersection


@union.working
def areas(box_a, box_b):
    """The two areas."""
    parts = []
    for name, (x1, y1, x2, y2) in (("A", box_a.tolist()), ("B", box_b.tolist())):
        parts.append(rf"$|{name}| = {number.tex(x2 - x1)} \cdot {number.tex(y2 - y1)} = {number.tex((x2 - x1) * (y2 - y1))}$")
    return " and ".join(parts)


@union.mistake(when=lambda intersection: intersection > 0)
def overlap_counted_twice(area_a, area_b):
    """You added the two areas; this counts the intersection twice, so take it away once."""
    return area_a + area_b


@union.mistake()
def enclosing_box(box_a, box_b):
    """You took the area of a box around both; the union has only what lies in at least one of them."""
    wide, high = np.maximum(box_a[2:], box_b[2:]) - np.minimum(box_a[:2], box_b[:2])
    return (wide * high).item()


@step(symbol=r"\text{IoU}", marks=1)
def iou(intersection, union):
    """The share of the union that both boxes cover: 1 for equal boxes, 0 for boxes apart."""
    return intersection / union


@iou.mistake(when=lambda intersection: intersection > 0)
def divided_by_annotated_box(intersection, area_b):
    """You divided by the area of the annotated box; divide by the area of the union."""
    return intersection / area_b


@step(symbol=r"\text{hit}", marks=1, options=("yes", "no"))
def hit(iou, threshold):
    """Compare with the threshold."""
    return "yes" if iou >= threshold else "no"


pytorch = """
import torch

a, b = (torch.tensor(box, dtype=torch.float64) for box in (<box_a>, <box_b>))
wide, high = (torch.minimum(a[2:], b[2:]) - torch.maximum(a[:2], b[:2])).clamp(min=0)
area_a, area_b = ((box[2:] - box[:2]).prod() for box in (a, b))
intersection = wide * high
union = area_a + area_b - intersection
iou = intersection / union
hit = "yes" if iou >= <threshold> else "no"
"""
