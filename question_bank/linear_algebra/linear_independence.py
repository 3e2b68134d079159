r"""Linear independence and span

<story>

<list>

Write the vectors as the rows of a matrix and give its rank $r$. Are the vectors linearly independent? Do they span all of
$\mathbb{R}^{<dimension>}$?
"""

from itertools import combinations

import numpy as np

from dlexam import by_level, one_of, step
from dlexam.engine import rank as matrix_rank
from dlexam.kinds.matrix import tex as matrix_tex
from dlexam.working import elimination

about = dict(minutes=4, tags=["vectors", "rank", "linear independence"])


def draw_vectors(random, level):
    """Vectors of small whole numbers; mostly one of them is a combination of two others."""
    count, size = by_level(((3, 3), (3, 3), (3, 2), (2, 3)), ((3, 3), (3, 3), (3, 4), (4, 3)), ((4, 4), (4, 4), (4, 5), (5, 4)))(level)[
        random.randrange(4)
    ]
    low, high = by_level((-1, 3), (-2, 4), (-3, 4))(level)
    vectors = [[random.randint(low, high) for _ in range(size)] for _ in range(count)]
    if count > 2 and random.random() < 0.6:
        last, first, second = random.sample(range(count), 3)
        p, q = random.choice((-1, 1, 1, 2)), random.choice((-1, 1, 2))
        vectors[last] = [p * x + q * y for x, y in zip(vectors[first], vectors[second])]
    return np.array(vectors)


def one_line(vectors, first=1):
    return "$$" + r",\quad ".join(f"v_{i} = {matrix_tex(v, None)}" for i, v in enumerate(vectors, first)) + "$$"


def shown_in_twos(vectors):
    return [one_line(vectors[i : i + 2], i + 1) for i in range(0, len(vectors), 2)]


given = dict(vectors=draw_vectors)

words = dict(
    story=one_of(
        "Some vectors are given:",
        "These are the rows of a layer's weight matrix:",
        "A small data set has these feature vectors:",
    ),
    list=lambda vectors: "\n\n".join(shown_in_twos(vectors) if vectors.size > 12 else [one_line(vectors)]),
)


@step(symbol="n")
def count(vectors):
    return len(vectors)


@step(symbol="d")
def dimension(vectors):
    return vectors.shape[1]


@step(symbol="r", marks=2, tex=r"\text{number of rows that are not zero after elimination}")
def rank(vectors):
    """The rank counts how many of the vectors point in new directions; subtracting multiples of rows, scaling rows and swapping them do not change it."""
    return matrix_rank(vectors)


@rank.working
def rows_cleared(vectors):
    return elimination(vectors)


@rank.mistake(when=lambda vectors, rank: rank != len(vectors))
def counted_vectors(vectors):
    """You counted the vectors; one that is a combination of the others adds nothing."""
    return len(vectors)


@step(marks=1, options=("yes", "no"), symbol=r"\text{independent}")
def independent(rank, count):
    """None of the vectors is a combination of the others if the rank is their number $n$; the rank is <rank>, and there are <count> vectors."""
    return "yes" if rank == count else "no"


@independent.mistake(when=lambda vectors, independent: independent == "no" and no_two_are_parallel(vectors))
def pairwise_only(vectors):
    """You compared the vectors in pairs; no two are parallel, but one of them is a combination of several others."""
    return "yes"


def no_two_are_parallel(vectors):
    return all(matrix_rank(np.array(pair)) == 2 for pair in combinations(vectors, 2))


@step(marks=1, options=("yes", "no"), symbol=r"\text{spanning}")
def spanning(rank, dimension):
    """They reach every point if the rank is the dimension $d$ of the space; the rank is <rank>, and the space has <dimension> dimensions."""
    return "yes" if rank == dimension else "no"


@spanning.mistake(when=lambda vectors, spanning: spanning == "no" and len(vectors) >= vectors.shape[1])
def enough_vectors(vectors):
    """You counted the vectors: there are enough of them, but some depend on others."""
    return "yes"


@spanning.mistake(when=lambda independent, spanning: independent != spanning)
def same_as_independent(independent):
    """You took the two words for the same; that is so only if there are as many vectors as the space has dimensions."""
    return independent


pytorch = """
import torch

vectors = torch.tensor(<vectors>, dtype=torch.float64)
rank = torch.linalg.matrix_rank(vectors).item()
independent = "yes" if rank == vectors.shape[0] else "no"
spanning = "yes" if rank == vectors.shape[1] else "no"
"""
