"""The engine's recurrent cells and attention against the ONNX node tests."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from dlexam import engine

ONNX = runpy.run_path(str(Path(__file__).parent / "data" / "onnx" / "cases.py"))


def rnn(x, h, c, W, U, b):
    """Pass the cell state on unused."""
    return engine.rnn_step(x, h, W, U, b)[1], c


def lstm(x, h, c, W, U, b):
    """ONNX stacks the gates in the order i, o, f, c."""
    i, o, f, c_tilde = zip(np.split(W, 4), np.split(U, 4), np.split(b, 4), strict=True)
    *_, c_new, _, h_new = engine.lstm_step(x, h, c, *f, *i, *c_tilde, *o)
    return h_new, c_new


def gru(x, h, c, W, U, b):
    """ONNX stacks z, r, h and keeps the state where z is 1: our z is its 1 - z = sigmoid(-...)."""
    z, r, h_tilde = zip(np.split(W, 3), np.split(U, 3), np.split(b, 3), strict=True)
    return engine.gru_step(x, h, *(-part for part in z), *r, *h_tilde)[3], c


def unrolled(cell):
    """Run a cell over the time axis, one sequence and one direction at a time."""

    def run(X, W, R, B=None, *, hidden_size, direction="forward", layout=0):
        X = X.swapaxes(0, 1) if layout else X
        times, batch, _ = X.shape
        B = np.zeros((len(W), 2 * W.shape[1])) if B is None else B
        Y = np.zeros((times, len(W), batch, hidden_size))
        last, cells = np.zeros(Y.shape[1:]), np.zeros(Y.shape[1:])
        for d, n in np.ndindex(len(W), batch):
            h = c = np.zeros(hidden_size)
            backward = d == 1 or direction == "reverse"
            for t in reversed(range(times)) if backward else range(times):
                h, c = cell(X[t, n], h, c, W[d], R[d], sum(np.split(B[d], 2)))
                Y[t, d, n] = h
            last[d, n], cells[d, n] = h, c
        return (Y.transpose(2, 0, 1, 3), last.swapaxes(0, 1)) if layout else (Y, last, cells)

    return run


def heads_apart(x, heads):
    """(batch, n, heads * d) to (batch, heads, n, d) with the engine's split."""
    return x if x.ndim == 4 else np.stack([engine.split_heads(one, heads) for one in x])


def may_look(queries, keys, offset, causal, left, right):
    """Which key a query may look at: not later, not too far to either side."""
    i, j = np.arange(queries)[:, None] + offset, np.arange(keys)
    allowed = np.ones((queries, keys), dtype=bool)
    if causal:
        allowed &= j <= i
    if left >= 0:
        allowed &= j >= i - left
    if right >= 0:
        allowed &= j <= i + right
    return allowed


def one_mask(mask, batch, head, keys):
    """Pick the mask of one batch entry and one head as numbers to add; keys beyond it are masked."""
    if mask is None:
        return 0
    while mask.ndim > 2:
        block = batch if mask.ndim == 4 else head
        mask = mask[block if mask.shape[0] > 1 else 0]
    mask = np.where(mask, 0, -np.inf) if mask.dtype == bool else mask
    missing = [(0, 0)] * (mask.ndim - 1) + [(0, keys - mask.shape[-1])]
    return np.pad(mask, missing, constant_values=-np.inf)


def attention(
    Q,
    K,
    V,
    mask=None,
    past_key=None,
    past_value=None,
    lengths=None,
    *,
    is_causal=0,
    scale=None,
    q_num_heads=None,
    kv_num_heads=None,
    qk_matmul_output_mode=0,
    left_window_size=-1,
    right_window_size=-1,
):
    """One batch entry and one head at a time; grouped keys are shared by neighbouring heads."""
    flat = Q.ndim == 3
    Q, K, V = (heads_apart(x, n) for x, n in ((Q, q_num_heads), (K, kv_num_heads), (V, kv_num_heads)))
    past = 0 if past_key is None else past_key.shape[2]
    if past_key is not None:
        K, V = np.concatenate([past_key, K], axis=2), np.concatenate([past_value, V], axis=2)
    (batch, heads, queries, _), keys, shared = Q.shape, K.shape[2], Q.shape[1] // K.shape[1]
    Y, shown = np.zeros((*Q.shape[:3], V.shape[3])), np.zeros((*Q.shape[:3], keys))
    for b, h in np.ndindex(batch, heads):
        q, k, v = Q[b, h], K[b, h // shared], V[b, h // shared]
        offset = past if lengths is None else lengths[b] - queries
        allowed = may_look(queries, keys, offset, is_causal, left_window_size, right_window_size)
        if lengths is not None:
            allowed &= np.arange(keys) < lengths[b]
        total = engine.mask_scores(np.zeros(allowed.shape), allowed) + one_mask(mask, b, h, keys)
        Y[b, h] = engine.attention(q, k, v, total, scale)
        scores = engine.scaled_attention_scores(q, k, scale)
        masked = engine.mask_scores(scores, total)
        weights = engine.attention_weights(q, k, total, scale)
        shown[b, h] = [scores, scores, masked, weights][qk_matmul_output_mode]
    result = Y.swapaxes(1, 2).reshape(batch, queries, -1) if flat else Y
    return result, K, V, shown


ADAPTERS = {
    "Attention": attention,
    "GRU": unrolled(gru),
    "LSTM": unrolled(lstm),
    "RNN": unrolled(rnn),
}


@pytest.mark.parametrize("case", **ONNX["cases"]("sequences"))
def test_sequences(case):
    """The engine gives the case's outputs."""
    ONNX["check"](case, ADAPTERS[case["op"]])
