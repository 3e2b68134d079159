r"""Probability of a union

<story>

$$P(A) = <p_a>, \qquad P(B) = <p_b>, \qquad P(A \cap B) = <p_ab>$$

How probable is it that at least one of the two happens, $P(A \cup B)$? That neither happens? That exactly one of them happens?
"""

from dlexam import by_level, one_of, step

about = dict(minutes=4, tags=["probability"], decimals=4)


def draw(low, high, unit):
    return lambda random: round(random.randint(round(low / unit), round(high / unit)) * unit, 3)


def overlap(random, level, p_a, p_b):
    """What two events have in common: possible, and neither everything nor nothing."""
    unit = by_level(0.05, 0.01, 0.005)(level)
    low, high = max(0, p_a + p_b - 1), min(p_a, p_b)
    first, last = round(low / unit) + 1, max(round(low / unit) + 1, round(high / unit) - 1)
    return round(random.randint(first, last) * unit, 3)


given = dict(
    p_a=by_level(draw(0.1, 0.9, 0.05), draw(0.1, 0.8, 0.01), draw(0.05, 0.9, 0.005)),
    p_b=by_level(draw(0.1, 0.9, 0.05), draw(0.1, 0.8, 0.01), draw(0.05, 0.9, 0.005)),
    p_ab=overlap,
)

words = dict(
    story=one_of(
        "$A$: an e-mail contains the word “free”. $B$: it contains a link. From a large collection of e-mails one is picked at random.",
        "$A$: there is a person in a photo. $B$: there is a car in it. A photo is drawn at random from a data set.",
        "$A$: it rains tomorrow. $B$: it is windy tomorrow. The weather service gives these probabilities.",
        "$A$: the first of two classifiers is right about an image. $B$: the second one is right about it. These rates were measured on a test set.",
        "$A$: a student takes the course *Deep Learning*. $B$: a student takes *Statistics*. One student of the faculty is picked at random.",
        "$A$: a user watches the first video that is recommended. $B$: the user watches the second one. The logs of a website say:",
    )
)


@step(symbol=r"P(A \cup B)", marks=2)
def p_union(p_a, p_b, p_ab):
    """Add both probabilities; what they have in common was then counted twice, so take it away once."""
    return p_a + p_b - p_ab


@p_union.mistake()
def overlap_counted_twice(p_a, p_b):
    r"""You added the probabilities; the cases in both events are counted twice then. Subtract $P(A \cap B)$ once."""
    return p_a + p_b


@p_union.mistake()
def treated_as_independent(p_a, p_b):
    r"""You took $P(A)\, P(B)$ for the overlap; that holds for independent events only, and here $P(A \cap B) = <p_ab>$ is given."""
    return p_a + p_b - p_a * p_b


@step(symbol=r"P(\text{neither})", marks=1)
def p_neither(p_union):
    """Neither happens exactly when the union does not."""
    return 1 - p_union


@p_neither.mistake()
def complements_multiplied(p_a, p_b):
    """You multiplied $1 - P(A)$ and $1 - P(B)$; that holds for independent events only. Neither is the complement of the union."""
    return (1 - p_a) * (1 - p_b)


@step(symbol=r"P(\text{exactly one})", marks=1)
def p_one(p_union, p_ab):
    """The union without the cases in which both happen."""
    return p_union - p_ab


@p_one.mistake()
def both_included(p_union):
    r"""This is the union, at least one of them; take away $P(A \cap B)$, the cases in which both happen."""
    return p_union


pytorch = """
import torch

# the four cells of the table (A or not, B or not) as a distribution
cells = torch.tensor([<p_ab>, <p_a> - <p_ab>, <p_b> - <p_ab>, 1 - <p_a> - <p_b> + <p_ab>], dtype=torch.float64)
p_union = cells[:3].sum()
p_neither = cells[3]
p_one = cells[1:3].sum()
"""
