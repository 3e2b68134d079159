r"""Decision boundary and distance

<story> Its decision boundary is the <surface> $w \cdot x + b = 0$ with $w = <w>$ and $b = <b>$; points with $w \cdot x + b > 0$ are on the positive side.

A new point is $x = <x>$. Compute its score $s = w \cdot x + b$ and its (Euclidean, unsigned) distance $d$ from the boundary. On which side is it?
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import l2_norm
from dlexam.figures import decision_boundary
from dlexam.kinds.number import tex
from dlexam.working import bracketed, products

about = dict(minutes=5, tags=["decision boundary", "linear classifier"], decimals=3)

SIDES = r"\begin{cases}\text{positive} & \text{if } s > 0 \\ \text{negative} & \text{if } s < 0 \\ \text{on it} & \text{if } s = 0\end{cases}"
TRIPLES = ((3, 4), (4, 3), (6, 8), (8, 6), (5, 12), (12, 5))  # their length is a whole number

given = dict(
    n=by_level(2, 2, one_of(3, 4)),
    w=lambda n, level, random: signed(random) if level == 1 else array(n, by_level(None, one_of(-5, -3, -2, -1, 1, 2, 3, 5), grid(-2, 2, by=0.25, but_not=[0]))(level)),
    x=lambda n, level: array(n, by_level(integers(-4, 6), integers(-5, 8), grid(-3, 3, by=0.5))(level)),
    b=lambda w, x, level, random: bias(w, x, by_level(grid(-9, 9, by=1, but_not=[0]), grid(-9, 9, by=0.5, but_not=[0]), grid(-4, 4, by=0.5, but_not=[0]))(level), random),
)


def signed(random):
    """A weight vector of whole length, with random signs."""
    from numpy import array as vector

    return vector([random.choice([-1, 1]) * entry for entry in random.choice(TRIPLES)])


def bias(w, x, domain, random):
    """Now and then the point is exactly on the boundary; else no forgotten bias looks like a forgotten length."""
    if random.random() < 0.1:
        return -float(w @ x)
    while True:
        b = domain.draw(random)
        if abs(abs(w @ x + b) * l2_norm(w) - abs(w @ x)) > 0.01:
            return b


words = dict(
    surface=lambda x: {2: "line", 3: "plane"}.get(len(x), "hyperplane"),
    story=one_of(
        "A perceptron has learned to separate two classes.",
        "A linear support vector machine separates sick cells (positive) from healthy ones (negative).",
        "A logistic regression says positive where its probability is above 0.5.",
        "A linear classifier tells two kinds of wine apart.",
    ),
)


@step(symbol="s", marks=1)
def score(w, x, b):
    """The score is the weighted sum of the coordinates plus the bias; it is 0 on the boundary."""
    return w @ x + b


@score.working
def weighted_sum(w, x, b, score):
    return rf"$s = {products(w.tolist(), x.tolist())} + {bracketed(b)} = {tex(score)}$"


@score.mistake()
def bias_forgotten(w, x):
    r"""You left out the bias; the score is $w \cdot x + b$."""
    return w @ x


@step(symbol=r"\lVert w \rVert", tex=r"\sqrt{\textstyle\sum_i w_i^2}")
def length(w):
    """Twice the weights would double every score, but leave the boundary where it is. So the length of $w$ has to be divided out."""
    return l2_norm(w)


@step(symbol="d", marks=2)
def distance(score, length):
    """Divide the size of the score by the length of $w$; a distance has no sign."""
    return abs(score) / length


@distance.mistake(when=lambda score: score != 0)
def not_divided_by_norm(score):
    r"""You gave the size of the score $s$; divide it by $\lVert w \rVert$ to get a distance."""
    return abs(score)


@distance.mistake(when=lambda score: score != 0)
def divided_by_squared_norm(score, length):
    r"""You divided by $\lVert w \rVert^2$; divide by $\lVert w \rVert$, the root of the sum of squares."""
    return abs(score) / length**2


@distance.mistake(keeps=0.5, when=lambda score: score < 0)
def sign_kept(score, length):
    """This is the signed distance; the unsigned one is asked, its absolute value."""
    return score / length


@step(symbol=r"\text{side}", marks=1, options=("positive", "negative", "on it"), tex=SIDES)
def side(score):
    """The sign of the score tells the side."""
    return "on it" if score == 0 else "positive" if score > 0 else "negative"


@side.working
def drawn(w, b, x):
    return decision_boundary(w.tolist(), float(b), [(*x.tolist(), "x")], normal=True) if len(w) == 2 else []


@side.mistake(when=lambda score: score != 0)
def sides_swapped(score):
    """A positive score is the positive side: $w$ points there."""
    return "negative" if score > 0 else "positive"


pytorch = """
import torch

w, x = torch.tensor(<w>, dtype=torch.float64), torch.tensor(<x>, dtype=torch.float64)
b = <b>
foot = x - (torch.dot(w, x) + b) / torch.dot(w, w) * w  # the nearest point of the boundary
score = torch.dot(w, x - foot).item()
distance = torch.dist(x, foot).item()
side = "positive" if torch.dot(w, x) > -b else "negative" if torch.dot(w, x) < -b else "on it"
"""
