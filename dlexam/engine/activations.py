"""Activation functions and their derivatives, entry by entry; softmax along one axis.

Each takes a number and gives a number, or an array and gives an array of the same shape. None overflows.
Formulas: Goodfellow et al., Deep Learning, 6.2-6.3, unless the docstring says otherwise.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from dlexam.engine.linalg import Array, Real


def sigmoid(z: Real) -> Real:
    """1 / (1 + e^-z), written so that neither sign of z overflows."""
    if isinstance(z, (float, int)):
        e = math.exp(-abs(z))
        return 1 / (1 + e) if z >= 0 else e / (1 + e)
    z = np.asarray(z)
    shrunk = np.exp(-np.abs(z))
    result: Array = np.where(z >= 0, 1, shrunk) / (1 + shrunk)
    return result


def tanh(z: Real) -> Real:
    """Hyperbolic tangent."""
    return math.tanh(z) if isinstance(z, (float, int)) else np.tanh(z)


def relu(z: Real) -> Real:
    """max(0, z); whole numbers stay whole."""
    if isinstance(z, (float, int)):
        return type(z)(0) if z <= 0 else z
    return np.maximum(z, 0)


def leaky_relu(z: Real, slope: Real | float = 0.01) -> Real:
    """Keep z where z > 0, else slope * z (Maas et al. 2013; with an array of slopes, PReLU)."""
    if isinstance(z, (float, int)):
        return z if z > 0 else slope * z
    z = np.asarray(z)
    return np.where(z > 0, z, np.asarray(slope) * z)


def elu(z: Real, alpha: float = 1.0) -> Real:
    """Keep z where z > 0, else alpha (e^z - 1) (Clevert et al. 2016)."""
    if isinstance(z, (float, int)):
        return z if z > 0 else alpha * math.expm1(z)
    return np.where(np.asarray(z) > 0, z, alpha * np.expm1(np.minimum(z, 0)))


def selu(z: Real, alpha: float = 1.6732632423543772, scale: float = 1.0507009873554805) -> Real:
    """Give scale * elu(z, alpha) with the self-normalising constants (Klambauer et al. 2017)."""
    return scale * elu(z, alpha)


def softplus(z: Real) -> Real:
    """ln(1 + e^z)."""
    if isinstance(z, (float, int)):
        return math.log1p(math.exp(-abs(z))) + max(z, 0.0)
    return np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0)


def softsign(z: Real) -> Real:
    """Give z / (1 + |z|) (Bergstra et al. 2009)."""
    return z / (1 + abs(z))  # type: ignore[no-any-return]


def hard_sigmoid(z: Real, slope: float = 0.2, offset: float = 0.5) -> Real:
    """Limit slope * z + offset to [0, 1] (the ONNX constants; PyTorch's slope is 1/6)."""
    if isinstance(z, (float, int)):
        return max(0.0, min(1.0, slope * z + offset))
    return np.clip(slope * z + offset, 0, 1)


def swish(z: Real, beta: float = 1.0) -> Real:
    """Give z * sigmoid(beta z); SiLU for beta = 1 (Ramachandran et al. 2017)."""
    return z * sigmoid(beta * z)


def gelu(z: Real, approximate: bool = False) -> Real:
    """Give z * Phi(z), Phi the normal distribution, or approximately its tanh form (Hendrycks 2016)."""
    if approximate:
        return z * (1 + tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))) / 2  # type: ignore[no-any-return]
    if isinstance(z, (float, int)):
        return z * (1 + math.erf(z / math.sqrt(2))) / 2
    z = np.asarray(z)
    erf = np.array([math.erf(entry / math.sqrt(2)) for entry in z.ravel()]).reshape(z.shape)
    return z * (1 + erf) / 2  # type: ignore[no-any-return]


def binary_step(z: Real) -> Real:
    """1 where z >= 0, else 0; step(0) = 1 (Rosenblatt's threshold unit)."""
    return int(z >= 0) if isinstance(z, (float, int)) else (np.asarray(z) >= 0).astype(int)


def _shifted(z: ArrayLike, axis: int, what: str) -> Array:
    z = np.asarray(z)
    top = z.max(axis=axis, keepdims=True)
    if (top == -np.inf).any():
        raise ValueError(f"{what}: every entry is -inf, so nothing is left to share out")
    return np.asarray(z - top)


def softmax(z: ArrayLike, axis: int = -1) -> Array:
    """e^z / sum e^z along `axis`; -inf gets 0, ValueError if all are -inf (Goodfellow 6.2.2.3)."""
    e = np.exp(_shifted(z, axis, "softmax"))
    return np.asarray(e / e.sum(axis=axis, keepdims=True))


def log_softmax(z: ArrayLike, axis: int = -1) -> Array:
    """Logarithm of softmax(z) along `axis`, without underflow; ValueError when all entries are -inf."""
    z = _shifted(z, axis, "log_softmax")
    return np.asarray(z - np.log(np.exp(z).sum(axis=axis, keepdims=True)))


def log_sum_exp(z: ArrayLike, axis: int = -1) -> Array:
    """Logarithm of the sum of e^z along `axis`, without overflow; ValueError when all entries are -inf."""
    z = np.asarray(z)
    sums = np.exp(_shifted(z, axis, "log_sum_exp")).sum(axis=axis)
    return z.max(axis=axis) + np.log(sums)  # type: ignore[no-any-return]


def sigmoid_derivative(z: Real) -> Real:
    """Slope s (1 - s) with s = sigmoid(z), at the pre-activation z."""
    s = sigmoid(z)
    return s * (1 - s)  # type: ignore[no-any-return]


def tanh_derivative(z: Real) -> Real:
    """1 - tanh(z)^2, at the pre-activation z."""
    return 1 - tanh(z) ** 2


def relu_derivative(z: Real) -> Real:
    """1 where z > 0, else 0; 0 at 0, as PyTorch and TensorFlow take it."""
    return int(z > 0) if isinstance(z, (float, int)) else (np.asarray(z) > 0).astype(int)


def leaky_relu_derivative(z: Real, slope: float = 0.01) -> Real:
    """1 where z > 0, else the slope; the slope at 0, as PyTorch takes it."""
    if isinstance(z, (float, int)):
        return 1 if z > 0 else slope
    return np.where(np.asarray(z) > 0, 1, slope)


def elu_derivative(z: Real, alpha: float = 1.0) -> Real:
    """1 where z > 0, else alpha e^z (Clevert et al. 2016)."""
    if isinstance(z, (float, int)):
        return 1 if z > 0 else alpha * math.exp(z)
    return np.where(np.asarray(z) > 0, 1, alpha * np.exp(np.minimum(z, 0)))


def softplus_derivative(z: Real) -> Real:
    """Slope of ln(1 + e^z), which is sigmoid(z)."""
    return sigmoid(z)


def swish_derivative(z: Real, beta: float = 1.0) -> Real:
    """Slope s + beta z s (1 - s) with s = sigmoid(beta z) (Ramachandran et al. 2017)."""
    s = sigmoid(beta * z)
    return s + beta * z * s * (1 - s)  # type: ignore[no-any-return]


def softmax_jacobian(p: ArrayLike) -> Array:
    """Matrix diag(p) - p p^T of the probabilities p: entry (i, j) is dp_i/dz_j (Goodfellow 6.2.2.3)."""
    p = np.asarray(p)
    return np.diag(p) - np.outer(p, p)
