"""Vectors and matrices: norms, angles, shapes, and exact whole-number elimination.

Only what takes more than one NumPy call. Whole numbers stay whole wherever the operation allows it.
"""

import math
from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[Any]
Real = TypeVar("Real", float, Array)
"""A number in, a number out; an array in, an array of the same shape out."""


def square_root(x: Real) -> Real:
    """Square root entry by entry; ValueError where an entry is negative."""
    if isinstance(x, (float, int)):
        if x < 0:
            raise ValueError(f"square_root: {x:g} is negative")
        return math.sqrt(x)
    x = np.asarray(x)
    if (x < 0).any():
        raise ValueError(f"square_root: {x.min():g} is negative")
    return np.asarray(np.sqrt(x))[()]


def l1_norm(x: ArrayLike) -> float:
    """Sum of the absolute values of all entries (Goodfellow et al., Deep Learning, 2.5)."""
    return np.abs(np.asarray(x)).sum().item()  # type: ignore[no-any-return]


def l2_norm(x: ArrayLike) -> float:
    """Root of the sum of squares of all entries; of a matrix, its Frobenius norm (Goodfellow 2.5)."""
    flat = np.asarray(x).ravel()
    return math.sqrt(np.dot(flat, flat))


def linf_norm(x: ArrayLike) -> float:
    """Largest absolute value of all entries; ValueError when there is none (Goodfellow 2.5)."""
    x = np.asarray(x)
    if not x.size:
        raise ValueError("linf_norm: an empty vector has no largest entry")
    return np.abs(x).max().item()  # type: ignore[no-any-return]


def lp_norm(x: ArrayLike, p: float) -> float:
    """(sum |x_i|^p)^(1/p) over all entries; ValueError unless p > 0 (Goodfellow 2.5)."""
    if not p > 0:
        raise ValueError(f"lp_norm: p must be positive, not {p:g}")
    if math.isinf(p):
        return linf_norm(x)
    if p == 2:
        return l2_norm(x)
    return float((np.abs(np.asarray(x)).astype(float) ** p).sum() ** (1 / p))


def cosine_similarity(a: ArrayLike, b: ArrayLike) -> float:
    """a.b / (|a| |b|) of two vectors; ValueError for a zero vector."""
    norms = l2_norm(a) * l2_norm(b)
    if norms == 0:
        raise ValueError("cosine_similarity: a zero vector has no direction")
    return float(np.dot(np.asarray(a), np.asarray(b)) / norms)


def angle_degrees(a: ArrayLike, b: ArrayLike) -> float:
    """Angle between two vectors in degrees, from 0 to 180; ValueError for a zero vector."""
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine_similarity(a, b)))))


def broadcast_shape(a: Sequence[int], b: Sequence[int]) -> tuple[int, ...] | None:
    """Shape of an elementwise result by NumPy's rules, None when the shapes are incompatible."""
    try:
        return np.broadcast_shapes(tuple(a), tuple(b))
    except ValueError:
        return None


def matmul_shape(a: Sequence[int], b: Sequence[int]) -> tuple[int, ...] | None:
    """Shape of the matrix product a @ b by NumPy's rules, None when it is undefined."""
    if not a or not b:
        return None
    left, right = (1, *a) if len(a) == 1 else tuple(a), (*b, 1) if len(b) == 1 else tuple(b)
    batch = broadcast_shape(left[:-2], right[:-2])
    if batch is None or left[-1] != right[-2]:
        return None
    return batch + left[-2:-1] * (len(a) > 1) + right[-1:] * (len(b) > 1)


def infer_shape(shape: Sequence[int], new_shape: Sequence[int]) -> tuple[int, ...]:
    """`new_shape` with its -1 filled in (numpy.reshape); ValueError when the sizes do not match."""
    size, known = math.prod(shape), math.prod(n for n in new_shape if n != -1)
    filled = tuple(size // known if n == -1 and known else n for n in new_shape)
    if list(new_shape).count(-1) > 1 or -1 in filled or math.prod(filled) != size:
        raise ValueError(f"infer_shape: {tuple(shape)} cannot become {tuple(new_shape)}")
    return filled


def _square(A: ArrayLike, what: str) -> Array:
    matrix = np.asarray(A)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"{what}: the matrix must be square, not of shape {matrix.shape}")
    return matrix


def _eliminate(A: Array) -> tuple[list[list[int]], int, int]:
    """Bareiss elimination of a whole-number matrix: (rows, rank, sign of the row swaps)."""
    rows = [[int(entry) for entry in row] for row in A]
    rank, sign, previous = 0, 1, 1
    for column in range(A.shape[1]):
        pivot = next((r for r in range(rank, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        if pivot != rank:
            rows[rank], rows[pivot], sign = rows[pivot], rows[rank], -sign
        top = rows[rank]
        for r in range(rank + 1, len(rows)):
            factor = rows[r][column]
            rows[r] = [(x * top[column] - factor * y) // previous for x, y in zip(rows[r], top, strict=True)]
        rank, previous = rank + 1, top[column]
    return rows, rank, sign


def determinant(A: ArrayLike) -> float:
    """Exact determinant of whole numbers (Bareiss 1968), LU for the rest; ValueError unless square."""
    matrix = _square(A, "determinant")
    if matrix.dtype.kind not in "iub":
        return float(np.linalg.det(matrix))
    rows, rank, sign = _eliminate(matrix)
    if rank < len(rows):
        return 0
    return sign * rows[-1][-1] if rows else 1


def adjugate(A: ArrayLike) -> Array:
    """Transposed cofactors: A^-1 is this matrix over the determinant, exactly; ValueError unless square."""
    matrix = _square(A, "adjugate")
    n = range(len(matrix))
    minor = [[np.delete(np.delete(matrix, i, 0), j, 1) for i in n] for j in n]
    return np.array([[(-1) ** (i + j) * determinant(minor[j][i]) for i in n] for j in n])


def rank(A: ArrayLike) -> int:
    """Count the independent rows, of whole numbers exactly by elimination, of others by SVD."""
    matrix = np.atleast_2d(np.asarray(A))
    if matrix.dtype.kind in "iub":
        return _eliminate(matrix)[1]
    return int(np.linalg.matrix_rank(matrix))


def eigenvalues_2x2(A: ArrayLike) -> tuple[float, float]:
    """Real eigenvalues, smaller first, from trace and determinant; ValueError when they are complex."""
    matrix = _square(A, "eigenvalues_2x2")
    if len(matrix) != 2:
        raise ValueError(f"eigenvalues_2x2: the matrix must be 2 x 2, not of shape {matrix.shape}")
    (a, b), (c, d) = matrix.tolist()
    discriminant = (a - d) ** 2 + 4 * b * c
    if discriminant < 0:
        raise ValueError("eigenvalues_2x2: the eigenvalues are complex")
    root = math.sqrt(discriminant)
    return (a + d - root) / 2, (a + d + root) / 2


def rayleigh_quotient(A: ArrayLike, w: ArrayLike) -> float:
    """w^T A w / w^T w, the eigenvalue that w stands for (Trefethen & Bau, lecture 27)."""
    matrix, vector = np.asarray(A), np.asarray(w)
    return float(vector @ matrix @ vector / (vector @ vector))


def power_iteration(A: ArrayLike, w0: ArrayLike, steps: int) -> tuple[Array, float]:
    """(w, w^T A w) after `steps` of w <- A w / |A w|; ValueError when A w is 0 (Trefethen & Bau 27)."""
    matrix, w = np.asarray(A), np.asarray(w0, dtype=float)
    for _ in range(steps):
        w = matrix @ w
        length = l2_norm(w)
        if length == 0:
            raise ValueError("power_iteration: A w became the zero vector")
        w = w / length
    return w, float(w @ matrix @ w)


def pseudo_inverse(A: ArrayLike) -> Array:
    """Left inverse (A^T A)^-1 A^T; ValueError without full column rank (Goodfellow 2.9)."""
    matrix = np.asarray(A)
    if matrix.ndim != 2 or rank(matrix) < matrix.shape[1]:
        raise ValueError("pseudo_inverse: the columns are dependent, so A^T A has no inverse")
    return np.linalg.solve(matrix.T @ matrix, matrix.T)
