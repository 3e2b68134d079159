"""The engine against the ONNX node tests: every case is run, or its reason is in LEFT_OUT.

Here: activations, norms and shapes. Losses, normalisation and optimisers (training), images and sequences
have files of their own.
"""

import runpy
from pathlib import Path

import numpy as np
import pytest

from dlexam import engine

ONNX = runpy.run_path(str(Path(__file__).parent / "data" / "onnx" / "cases.py"))

ONE_CALL = "one NumPy call, so the engine has no function for it"
# operator, a word of the id or attributes ("" = all its cases), reason
LEFT_OUT = [
    ("ArgMax", "", ONE_CALL),
    ("Einsum", "", ONE_CALL),
    ("Gather", "", ONE_CALL),
    ("ReduceMax", "", ONE_CALL),
    ("ReduceMean", "", ONE_CALL),
    ("ReduceSum", "", ONE_CALL),
    ("ReduceSumSquare", "", ONE_CALL),
    ("Sign", "", ONE_CALL),
    ("Transpose", "", ONE_CALL),
    ("Trilu", "", ONE_CALL),
    ("RotaryEmbedding", "", "no question rotates embeddings"),
    ("ThresholdedRelu", "", "no question uses it"),
    ("ReduceLogSumExp", "empty_set", "a sum over nothing is refused"),
    ("Clip", "default", "clip_by_value has the same limit on both sides"),
    ("Clip", "min_greater_than_max", "clip_by_value has the same limit on both sides"),
    ("Dropout", "test_dropout", "dropout is the training step only"),
    ("OneHot", "negative_indices", "one_hot counts from 0 and refuses the rest"),
    ("OneHot", "out_of_range", "one_hot counts from 0 and refuses the rest"),
    ("Conv", "3d", "images have two axes"),
    ("ConvTranspose", "3d", "images have two axes"),
    ("AveragePool", "3d", "images have two axes"),
    ("AveragePool", "dilations=", "pooling is not dilated"),
    ("MaxPool", "3d", "images have two axes"),
    ("MaxPool", "dilations=", "pooling is not dilated"),
    ("LpPool", "dilations=", "pooling is not dilated"),
    ("LpPool", "p=3", "only p = 2"),
    ("LpPool", "p=4", "only p = 2"),
    ("MaxUnpool", "with_output_shape", "its maxima lie outside their windows"),
    ("LSTM", "peepholes", "no peepholes"),
    ("Attention", "softcap=", "no soft cap on the scores"),
    ("Attention", "causal_boolmask", "a row that may look nowhere is refused"),
    ("Attention", "fullymasked", "a row that may look nowhere is refused"),
    ("Attention", "structural_empty", "a row that may look nowhere is refused"),
]


def words(case):
    """Give the id and attributes of a case, where a row of LEFT_OUT finds its word."""
    attributes = " ".join(f"{name}={value}" for name, value in case["attributes"].items())
    return f"{case['id']} {attributes}"


def reasons(case):
    """Give the rows of LEFT_OUT that name a case."""
    return [row for row in LEFT_OUT if row[0] == case["op"] and row[1] in words(case)]


def test_every_case_is_run_or_explained():
    """All 608 cases of the source are there, each either run or left out by a row of the table."""
    index = ONNX["index"]()
    everything = index["run"] + index["left_out"]
    assert len({case["id"] for case in everything}) == len(everything) == 608
    assert [case["id"] for case in index["run"] if reasons(case)] == []
    assert [case["id"] for case in index["left_out"] if not reasons(case)] == []
    assert {case["suite"] for case in index["run"]} == {
        "entries",
        "shapes",
        "training",
        "images",
        "sequences",
    }


def test_every_reason_is_needed():
    """No row of LEFT_OUT outlives the cases that it explains."""
    used = [row for case in ONNX["index"]()["left_out"] for row in reasons(case)]
    assert [row for row in LEFT_OUT if row not in used] == []


# ---- adapters: the operator's inputs and attributes in the engine's words


def leaky_relu(x, slope=None, *, alpha=0.01):
    """PRelu gives one slope, one a channel or one an entry."""
    if slope is not None and slope.ndim == 1 and slope.shape[0] != x.shape[-1]:
        slope = slope.reshape(-1, *[1] * (x.ndim - 2))
    return engine.leaky_relu(x, alpha if slope is None else slope)


def gelu(x, *, approximate="none"):
    """Both forms."""
    return engine.gelu(x, approximate == "tanh")


def swish(x, *, alpha=1.0):
    """ONNX calls beta alpha."""
    return engine.swish(x, alpha)


def selu(x, *, alpha=1.6732632423543772, gamma=1.0507009873554805):
    """ONNX calls the scale gamma."""
    return engine.selu(x, alpha, gamma)


def hard_sigmoid(x, *, alpha=0.2, beta=0.5):
    """ONNX calls the slope alpha and the offset beta."""
    return engine.hard_sigmoid(x, alpha, beta)


def hardmax(x, *, axis=-1):
    """One-hot vectors of the largest entries."""
    return np.apply_along_axis(lambda row: engine.one_hot(row.argmax(), row.size), axis, x)


def one_hot(indices, depth, values, *, axis=-1):
    """ONNX chooses what stands for 0 and 1, and the axis."""
    size, (off, on) = int(depth.item()), values
    rows = np.array([engine.one_hot(int(i), size) for i in indices.ravel()])
    return np.moveaxis(off + (on - off) * rows.reshape(*indices.shape, size), -1, axis)


def over_axes(function):
    """Reduce several axes with a function of one vector."""

    def reduce(data, axes, *, keepdims=1):
        chosen = {a % data.ndim for a in (axes if axes.size else range(data.ndim))}
        kept = [a for a in range(data.ndim) if a not in chosen]
        rows = data.transpose(*kept, *sorted(chosen)).reshape(*[data.shape[a] for a in kept], -1)
        result = np.apply_along_axis(function, -1, rows)
        return np.expand_dims(result, sorted(chosen)) if keepdims else result

    return reduce


def lp_normalization(x, *, axis=-1, p=2):
    """Divide by the norm; a zero vector stays."""
    return np.apply_along_axis(lambda row: row / (engine.lp_norm(row, p) or 1), axis, x)


def determinant(x):
    """One matrix at a time."""
    flat = [engine.determinant(matrix) for matrix in x.reshape(-1, *x.shape[-2:])]
    return np.reshape(flat, x.shape[:-2])


def clip(x, low=None, high=None, **bounds):
    """Old cases have the bounds as attributes."""
    high = bounds["max"] if high is None else high.item()
    assert (bounds["min"] if low is None else low.item()) == -high
    return engine.clip_by_value(x, high)


ADAPTERS = {
    "Clip": clip,
    "Det": determinant,
    "Elu": engine.elu,
    "Gelu": gelu,
    "HardSigmoid": hard_sigmoid,
    "Hardmax": hardmax,
    "LeakyRelu": leaky_relu,
    "LogSoftmax": engine.log_softmax,
    "LpNormalization": lp_normalization,
    "OneHot": one_hot,
    "PRelu": leaky_relu,
    "ReduceL1": over_axes(engine.l1_norm),
    "ReduceL2": over_axes(engine.l2_norm),
    "ReduceLogSumExp": over_axes(engine.log_sum_exp),
    "Relu": engine.relu,
    "Selu": selu,
    "Sigmoid": engine.sigmoid,
    "Softmax": engine.softmax,
    "Softplus": engine.softplus,
    "Softsign": engine.softsign,
    "Swish": swish,
    "Tanh": engine.tanh,
}


@pytest.mark.parametrize("case", **ONNX["cases"]("entries"))
def test_entries(case):
    """The engine gives the case's outputs."""
    ONNX["check"](case, ADAPTERS[case["op"]])


@pytest.mark.parametrize("case", **ONNX["cases"]("shapes"))
def test_shapes(case):
    """broadcast_shape and matmul_shape give the shape of the case's output."""
    a, b, *_ = ONNX["inputs"](case)
    if case["op"] == "MatMul":
        shape = engine.matmul_shape(a.shape, b.shape)
    elif case["op"] == "Gemm":
        flipped = [case["attributes"].get(name) for name in ("transA", "transB")]
        shapes = [m.shape[::-1] if t else m.shape for m, t in zip((a, b), flipped, strict=True)]
        shape = engine.matmul_shape(*shapes)
    else:
        shape = engine.broadcast_shape(a.shape, b if case["op"] == "Expand" else b.shape)
    assert shape == tuple(case["output_shape"])
