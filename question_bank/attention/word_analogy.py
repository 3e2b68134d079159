r"""Word analogies and cosine similarity

*<word_a>* is to *<word_b>* as *<word_c>* is to which word? The word vectors are $a = <a>$ (*<word_a>*), $b = <b>$ (*<word_b>*) and $c = <c>$ (*<word_c>*). The candidates are <listed>.

The difference from *<word_a>* to *<word_b>* is added to *<word_c>*: the target is $t = b - a + c$. Compute the target, the cosine similarity of each candidate to it (in the order above), and choose the word by the vectors alone, whatever the words
mean to you.
"""

from numpy import array as vector
from numpy.linalg import norm

from dlexam import array, by_level, grid, integers, step
from dlexam.kinds import number
from dlexam.working import products

about = dict(minutes=7, tags=["embeddings", "cosine similarity"], decimals=3)

ANALOGIES = (
    (("man", "king", "woman"), ("queen", "princess", "duchess", "lady")),
    (("Paris", "France", "Rome"), ("Italy", "Spain", "Latin", "Vatican")),
    (("walk", "walked", "swim"), ("swam", "swimming", "swum", "dived")),
    (("big", "bigger", "good"), ("better", "best", "well", "nicer")),
    (("dog", "puppy", "cat"), ("kitten", "tiger", "pet", "mouse")),
    (("Germany", "beer", "France"), ("wine", "cheese", "cider", "coffee")),
    (("piano", "pianist", "violin"), ("violinist", "orchestra", "cello", "fiddler")),
    (("summer", "heat", "winter"), ("cold", "snow", "autumn", "ice")),
)


def entries(level):
    return by_level(integers(-2, 3), integers(-4, 5), grid(-1, 1, by=0.1))(level)


def draw_c(a, b, level, random):
    """A vector unlike $a$ for which neither the target nor its reverse is zero."""
    while True:
        c = array(len(a), entries(level)).draw(random)
        if min(abs(v).max() for v in (b - a + c, a - b + c, c - a)) > 0.05:
            return c


def draw_candidates(a, b, c, level, random):
    """Vectors of which one is clearly the most similar to the target."""
    target = b - a + c
    expected, *others = ANALOGIES[pair_of(a, b, c)][1]
    names = [expected, *random.sample(others, by_level(2, 2, 3)(level))]
    random.shuffle(names)
    while True:
        drawn = [array(len(a), entries(level)).draw(random) for _ in names]
        if all(abs(v).max() > 0.05 for v in drawn):
            best, second = sorted((cosine(v, target) for v in drawn), reverse=True)[:2]
            if best > 0.5 and best - second > 0.02:
                return {name: v.tolist() for name, v in zip(names, drawn, strict=True)}


def pair_of(a, b, c):
    """Which analogy is told: it follows from the vectors, so the same numbers always tell the same story."""
    return round(float(10 * abs(a).sum() + 7 * abs(b).sum() + 3 * abs(c).sum())) % len(ANALOGIES)


def cosine(u, v):
    return u @ v / (norm(u) * norm(v))


given = dict(
    a=lambda level: array(by_level(2, 3, 4)(level), entries(level)),
    b=lambda a, level: array(len(a), entries(level)),
    c=draw_c,
    candidates=draw_candidates,
    names=lambda candidates: tuple(candidates.keys()),
)

words = dict(
    word_a=lambda a, b, c: ANALOGIES[pair_of(a, b, c)][0][0],
    word_b=lambda a, b, c: ANALOGIES[pair_of(a, b, c)][0][1],
    word_c=lambda a, b, c: ANALOGIES[pair_of(a, b, c)][0][2],
    listed=lambda candidates: ", ".join(f"*{name}* $({shown(v)})$" for name, v in candidates.items()),
)


def shown(v):
    return r",\; ".join(number.tex(x) for x in v)


@step(symbol="V")
def candidate_vectors(candidates):
    return vector(list(candidates.values()))


@step(symbol="t", marks=1)
def target(a, b, c):
    """The same step as from *<word_a>* to *<word_b>*, starting at *<word_c>*."""
    return b - a + c


@target.mistake()
def direction_reversed(a, b, c):
    """You went in the opposite direction: the difference is taken *from* the first word *to* the second, $b - a$."""
    return a - b + c


@target.mistake()
def third_word_forgotten(a, b):
    """You stopped at the difference $b - a$; it is added to the third word $c$."""
    return b - a


@step(symbol=r"\cos", marks=3, tex=r"\frac{v \cdot t}{\lVert v \rVert \, \lVert t \rVert} \text{ for each candidate } v")
def similarities(candidate_vectors, target):
    """The cosine compares directions only, so that long vectors, which frequent words often have, get no advantage."""
    return candidate_vectors @ target / (norm(candidate_vectors, axis=1) * norm(target))


@similarities.working
def each_candidate(candidates, target, similarities):
    lines = []
    for (name, v), cos in zip(candidates.items(), similarities, strict=True):
        below = rf"{number.tex(norm(v), 3)} \cdot {number.tex(norm(target), 3)}"
        lines.append(rf"*{name}*: $\frac{{{products(v, target)}}}{{{below}}} \approx {number.tex(cos, 3)}$")
    return lines


@similarities.mistake()
def dot_product_not_cosine(candidate_vectors, target):
    """You gave the dot products; divide each by the lengths of both vectors."""
    return candidate_vectors @ target + 0.0


@similarities.mistake(keeps=0.5)
def target_length_forgotten(candidate_vectors, target):
    """You divided by the length of the candidate only; divide by the length of the target, too."""
    return candidate_vectors @ target / norm(candidate_vectors, axis=1)


@step(symbol=r"\text{word}", marks=1, options="names")
def word(similarities, names):
    """The candidate whose direction is closest to that of the target has the largest cosine."""
    best = similarities.argmax()
    return names[best]


pytorch = """
import torch

a, b, c = (torch.tensor(v, dtype=torch.float64) for v in (<a>, <b>, <c>))
candidates = <candidates>
target = b - a + c
similarities = torch.nn.functional.cosine_similarity(torch.tensor(list(candidates.values()), dtype=torch.float64), target, dim=1)
word = list(candidates)[similarities.argmax()]
"""
