"""One step of each recurrent cell; W acts on the input x, U (or Wh) on the state h.

Numbers, or vectors of shapes x (inputs,), h (hidden,), W (hidden, inputs), U (hidden, hidden), b (hidden,).
"""

import numpy as np
from numpy.typing import ArrayLike

from dlexam.engine.activations import sigmoid, tanh
from dlexam.engine.linalg import Array, Real


def _affine(W: Real, x: Real, U: Real, h: Real, b: Real) -> Real:
    """W x + U h + b of numbers or arrays (numpy.dot multiplies numbers)."""
    return np.dot(W, x) + np.dot(U, h) + b  # type: ignore[no-any-return]


def rnn_step(x: Real, h: Real, Wx: Real, Wh: Real, b: Real) -> tuple[Real, Real]:
    """(z, h_new) of z = Wx x + Wh h + b, h_new = tanh(z) (Elman 1990; Goodfellow 10.2)."""
    z = _affine(Wx, x, Wh, h, b)
    return z, tanh(z)


def rnn_states(x: ArrayLike, h0: Real, Wx: Real, Wh: Real, b: Real) -> Array:
    """All states h_1 ... h_T for the inputs along axis 0 of x, shape (T, *h0.shape) (Goodfellow 10.2)."""
    states, h = [], h0
    for x_t in np.asarray(x):
        h = rnn_step(x_t, h, Wx, Wh, b)[1]
        states.append(h)
    return np.array(states, dtype=float).reshape(-1, *np.shape(h0))


def lstm_step(
    x: Real,
    h: Real,
    c: Real,
    Wf: Real,
    Uf: Real,
    bf: Real,
    Wi: Real,
    Ui: Real,
    bi: Real,
    Wc: Real,
    Uc: Real,
    bc: Real,
    Wo: Real,
    Uo: Real,
    bo: Real,
) -> tuple[Real, Real, Real, Real, Real, Real]:
    """(f, i, c_tilde, c_new, o, h_new): c_new = f c + i c_tilde, h_new = o tanh(c_new).

    Hochreiter & Schmidhuber 1997 with the forget gate of Gers et al. 2000, without peepholes.
    """
    f = sigmoid(_affine(Wf, x, Uf, h, bf))
    i = sigmoid(_affine(Wi, x, Ui, h, bi))
    c_tilde = tanh(_affine(Wc, x, Uc, h, bc))
    c_new = f * c + i * c_tilde
    o = sigmoid(_affine(Wo, x, Uo, h, bo))
    return f, i, c_tilde, c_new, o, o * tanh(c_new)


def gru_step(
    x: Real,
    h: Real,
    Wz: Real,
    Uz: Real,
    bz: Real,
    Wr: Real,
    Ur: Real,
    br: Real,
    Wh: Real,
    Uh: Real,
    bh: Real,
) -> tuple[Real, Real, Real, Real]:
    """(z, r, h_tilde, h_new): h_tilde = tanh(Wh x + Uh (r h) + bh), h_new = (1 - z) h + z h_tilde.

    Chung et al. 2014: reset before the product. PyTorch resets after it and swaps z with 1 - z.
    """
    z = sigmoid(_affine(Wz, x, Uz, h, bz))
    r = sigmoid(_affine(Wr, x, Ur, h, br))
    h_tilde = tanh(_affine(Wh, x, Uh, r * h, bh))
    return z, r, h_tilde, (1 - z) * h + z * h_tilde
