r"""Rank of a matrix

<story>

$$A = <A>$$

Find the rank $r$ of $A$.
"""

import numpy as np

from dlexam import by_level, one_of, step
from dlexam.engine import rank as matrix_rank
from dlexam.working import elimination

about = dict(minutes=3, tags=["matrices", "rank"])


def of_low_rank(random, level):
    """A product of two thin matrices of whole numbers, so that the rank is at most the size between them."""
    rows, columns = by_level(((2, 3), (3, 2), (3, 3)), ((3, 3), (3, 4), (4, 3)), ((4, 4), (4, 5), (5, 4)))(level)[random.randrange(3)]
    inner = random.choice(range(1 if level == 1 else 2, min(rows, columns) + (random.random() < 0.5)))
    left, right = ([random.choice((-2, -1, 0, 1, 1, 2, 3)) for _ in range(inner * n)] for n in (rows, columns))
    return np.array(left).reshape(rows, inner) @ np.array(right).reshape(inner, columns)


given = dict(A=of_low_rank)

words = dict(
    story=one_of(
        "A matrix is given:",
        "Each row of this matrix holds the features of one example; some rows may follow from others.",
        "A weight matrix is to be replaced by a product of two thinner ones; its rank says how thin they can be.",
    )
)


@step(symbol="r", marks=2, tex=r"\text{number of rows that are not zero after elimination}")
def rank(A):
    """Subtract multiples of rows until each row starts further right than the one above; the rows that do not vanish are independent. (Rows may also be swapped, or multiplied by a number.)"""
    return matrix_rank(A)


@rank.working
def rows_cleared(A):
    return elimination(A)


@rank.mistake(when=lambda A, rank: rank != len(A))
def counted_rows(A):
    """You counted the rows; one that is a combination of others does not count."""
    return len(A)


@rank.mistake(when=lambda A, rank: A.shape[1] not in (rank, len(A)))
def counted_columns(A):
    """You counted the columns; one that is a combination of others does not count."""
    return A.shape[1]


@rank.mistake(when=lambda A, rank: unlike_rows(A) not in (rank, *A.shape))
def unlike_rows_counted(A):
    """You only left out rows that are multiples of another row; a row may also be a sum of several."""
    return unlike_rows(A)


def unlike_rows(A):
    kept = []
    for row in A:
        if row.any() and all(matrix_rank(np.array([row, other])) == 2 for other in kept):
            kept.append(row)
    return len(kept)


pytorch = """
import torch

A = torch.tensor(<A>, dtype=torch.float64)
rank = torch.linalg.matrix_rank(A)
"""
