r"""Independent and mutually exclusive events

<story>

$$P(A) = <p_a>, \qquad P(B) = <p_b>, \qquad P(A \cap B) = <p_ab>$$

Compute the product $P(A)\, P(B)$. Are $A$ and $B$ independent? Are they mutually exclusive?
"""

from dlexam import by_level, one_of, step

about = dict(minutes=3, tags=["probability", "independence"], decimals=4)


def draw(random, level):
    unit = by_level(0.05, 0.02, 0.01)(level)
    return round(random.randint(round(0.1 / unit), round(0.5 / unit)) * unit, 2)


def overlap(random, level, p_a, p_b):
    """The overlap of independent events, of exclusive ones, or of neither."""
    product = round(p_a * p_b, 6)
    near = round(product + random.choice([-0.5, 0.25, 0.5, 0.75]) * min(product, min(p_a, p_b) - product), 2)
    other = near if 0 < near < min(p_a, p_b) and near != product else 0
    return random.choice([product, 0, other, other])


given = dict(p_a=draw, p_b=draw, p_ab=overlap)

words = dict(
    story=one_of(
        "$A$: a photo in a data set shows a cat. $B$: it shows a bicycle. A photo is picked at random.",
        "$A$: the first of two lamps is on. $B$: the second one is on. A robot comes by at a random time.",
        "$A$: a robot cleans the kitchen on a day. $B$: it cleans the hall on that day. One day is picked at random.",
        "$A$: a customer buys tea. $B$: the customer buys coffee. A receipt is drawn at random.",
        "$A$: a review is positive. $B$: it names the price. A review is drawn at random.",
        "$A$: an e-mail is spam. $B$: it has an attachment. An e-mail is drawn at random.",
    )
)


@step(symbol="P(A)\\, P(B)", marks=1)
def product(p_a, p_b):
    """For independent events, this would be the probability that both happen."""
    return p_a * p_b


@product.mistake()
def added(p_a, p_b):
    """You added the probabilities; their product is asked."""
    return p_a + p_b


@step(symbol=r"\text{independent}", marks=1, options=("yes", "no"))
def independent(product, p_ab):
    r"""Independent means $P(A \cap B) = P(A)\, P(B)$: knowing that one event happened does not change the probability of the other."""
    same = abs(p_ab - product) < 1e-9
    return "yes" if same else "no"


@independent.working
def compared(product, p_ab):
    verdict = "equal" if abs(p_ab - product) < 1e-9 else "not equal"
    return [rf"$P(A \cap B) = {p_ab:.6g}$ and $P(A)\, P(B) = {product:.6g}$ are {verdict}."]


@independent.mistake(when=lambda p_ab, product: p_ab == 0 or abs(p_ab - product) < 1e-9)
def exclusive_means_independent(p_ab):
    """You mixed up the two words: *exclusive* means that both cannot happen together, and then they depend on each other strongly, since one rules the
    other out. *Independent* means that the probability of both is the product."""
    return "yes" if p_ab == 0 else "no"


@step(symbol=r"\text{exclusive}", marks=1, options=("yes", "no"))
def exclusive(p_ab):
    r"""Mutually exclusive means that both never happen together: $P(A \cap B) = 0$."""
    never = p_ab == 0
    return "yes" if never else "no"


@exclusive.mistake(when=lambda p_ab, product: p_ab == 0 or abs(p_ab - product) < 1e-9)
def independent_means_exclusive(p_ab, product):
    r"""You compared with the product; that is the test of independence. Exclusive events have $P(A \cap B) = 0$."""
    return "yes" if abs(p_ab - product) < 1e-9 else "no"


pytorch = """
import torch

p_a, p_b, p_ab = torch.tensor([<p_a>, <p_b>, <p_ab>], dtype=torch.float64)
product = torch.outer(torch.stack([p_a, 1 - p_a]), torch.stack([p_b, 1 - p_b]))[0, 0]  # the table of independent events
independent = "yes" if torch.isclose(p_ab / p_b, p_a) else "no"  # P(A | B) = P(A)
exclusive = "yes" if torch.isclose(p_a + p_b - p_ab, p_a + p_b) else "no"
"""
