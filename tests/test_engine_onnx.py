"""The engine against the ONNX node tests: every case is run, or its reason is in LEFT_OUT.

Here: activations, losses, norms, normalisation, optimisers and shapes. The images and sequences have files
of their own.
"""

import runpy
from pathlib import Path

import numpy as np
import pytest

from dlexam import engine

ONNX = runpy.run_path(str(Path(__file__).parent / "data" / "onnx" / "cases.py"))
check, UNCHECKED = ONNX["check"], ONNX["UNCHECKED"]

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
    """The id and attributes of a case, where a row of LEFT_OUT finds its word."""
    attributes = " ".join(f"{name}={value}" for name, value in case["attributes"].items())
    return f"{case['id']} {attributes}"


def reasons(case):
    """The rows of LEFT_OUT that name a case."""
    return [row for row in LEFT_OUT if row[0] == case["op"] and row[1] in words(case)]


def test_every_case_is_run_or_explained():
    """All 608 cases of the source are there, each either run or left out by a row of the table."""
    index = ONNX["index"]()
    everything = index["run"] + index["left_out"]
    assert len({case["id"] for case in everything}) == len(everything) == 608
    assert [case["id"] for case in index["run"] if reasons(case)] == []
    assert [case["id"] for case in index["left_out"] if not reasons(case)] == []
    assert {case["suite"] for case in index["run"]} == {"entries", "shapes", "images", "sequences"}


def test_every_reason_is_needed():
    """No row of LEFT_OUT outlives the cases that it explains."""
    used = [row for case in ONNX["index"]()["left_out"] for row in reasons(case)]
    assert [row for row in LEFT_OUT if row not in used] == []


# ---- adapters: the operator's inputs and attributes in the engine's words


def leaky_relu(x, slope=None, *, alpha=0.01):
    if slope is not None and slope.ndim == 1 and slope.shape[0] != x.shape[-1]:
        slope = slope.reshape(-1, *[1] * (x.ndim - 2))
    return engine.leaky_relu(x, alpha if slope is None else slope)


def gelu(x, *, approximate="none"):
    return engine.gelu(x, approximate == "tanh")


def selu(x, *, alpha=1.6732632423543772, gamma=1.0507009873554805):
    return engine.selu(x, alpha, gamma)


def hard_sigmoid(x, *, alpha=0.2, beta=0.5):
    return engine.hard_sigmoid(x, alpha, beta)


def hardmax(x, *, axis=-1):
    return np.apply_along_axis(lambda row: engine.one_hot(row.argmax(), row.size), axis, x)


def one_hot(indices, depth, values, *, axis=-1):
    size, (off, on) = int(depth.item()), values
    rows = np.array([engine.one_hot(int(i), size) for i in indices.ravel()])
    return np.moveaxis(off + (on - off) * rows.reshape(*indices.shape, size), -1, axis)


def over_axes(function):
    def reduce(data, axes, *, keepdims=1):
        chosen = {a % data.ndim for a in (axes if axes.size else range(data.ndim))}
        kept = [a for a in range(data.ndim) if a not in chosen]
        rows = data.transpose(*kept, *sorted(chosen)).reshape(*[data.shape[a] for a in kept], -1)
        result = np.apply_along_axis(function, -1, rows)
        return np.expand_dims(result, sorted(chosen)) if keepdims else result

    return reduce


def lp_normalization(x, *, axis=-1, p=2):
    return np.apply_along_axis(lambda row: row / (engine.lp_norm(row, p) or 1), axis, x)


def determinant(x):
    flat = [engine.determinant(matrix) for matrix in x.reshape(-1, *x.shape[-2:])]
    return np.reshape(flat, x.shape[:-2])


def clip(x, low=None, high=None, **bounds):
    high = bounds["max"] if high is None else high.item()
    assert (bounds["min"] if low is None else low.item()) == -high
    return engine.clip_by_value(x, high)


def dropout(x, ratio, training, *, seed=0):
    """The reference implementation draws its mask like this."""
    assert training
    mask = np.random.RandomState(seed).uniform(0, 1.0, x.shape) >= ratio
    return engine.dropout(x, mask, ratio.item()), mask


def averaged(losses, target, weight, reduction, ignore_index):
    share = np.ones(target.shape) if weight is None else weight[target % len(weight)]
    share = np.where(target == ignore_index, 0, share)
    if reduction == "none":
        return losses * share
    return (losses * share).sum() / (share.sum() if reduction == "mean" else 1)


def per_sample(loss, x, target):
    rows = np.moveaxis(x, 1, -1).reshape(-1, x.shape[1])
    pairs = zip(rows, target.ravel() % x.shape[1], strict=True)
    return np.reshape([loss(row, index) for row, index in pairs], target.shape)


def negative_log_likelihood(x, target, weight=None, *, reduction="mean", ignore_index=None):
    losses = per_sample(lambda row, i: engine.cross_entropy(np.exp(row), i), x, target)
    return averaged(losses, target, weight, reduction, ignore_index)


def softmax_cross_entropy(x, target, weight=None, *, reduction="mean", ignore_index=None):
    losses = per_sample(engine.softmax_cross_entropy, x, target)
    loss = averaged(losses, target, weight, reduction, ignore_index)
    return loss, engine.log_softmax(x, axis=1)


def batch_norm(x, gamma, beta, mean, variance, *, epsilon=1e-5, training_mode=0, **old):
    rows = np.moveaxis(x, 1, -1).reshape(-1, x.shape[1])
    if training_mode:
        y = engine.batch_norm(rows, gamma, beta, epsilon)
        batch = rows.mean(axis=0), rows.var(axis=0)
        running = [
            engine.running_average(was, now)
            for was, now in zip((mean, variance), batch, strict=True)
        ]
    else:
        assert set(old) <= {"is_test", "momentum"}
        y, running = engine.batch_norm_inference(rows, mean, variance, gamma, beta, epsilon), []
    return np.moveaxis(y.reshape(x.shape[0], *x.shape[2:], -1), -1, 1), *running


def layer_norm(x, gamma, beta, *, axis=-1, epsilon=1e-5):
    axes = tuple(range(axis % x.ndim, x.ndim))
    return engine.layer_norm(x, gamma, beta, epsilon, axes), UNCHECKED, UNCHECKED


def rms_norm(x, gamma, *, axis=-1, epsilon=1e-5):
    return engine.rms_norm(x, gamma, epsilon, tuple(range(axis % x.ndim, x.ndim)))


def group_norm(x, gamma, beta, *, num_groups=None, epsilon=1e-5):
    split = (num_groups or x.shape[1], -1, *x.shape[2:])
    gain, shift = (a.reshape(*split[:2], *[1] * (x.ndim - 2)) for a in (gamma, beta))
    axes = tuple(range(1, x.ndim))
    parts = [engine.layer_norm(image.reshape(split), gain, shift, epsilon, axes) for image in x]
    return np.reshape(parts, x.shape)


def mean_variance_normalization(x):
    return engine.layer_norm(x, 1, 0, 0, (0, 2, 3))


def tensors(state, count):
    """Group a training operator's inputs by tensor: X1, X2, G1, G2, ... to (X1, G1, ...), ..."""
    number = len(state) // count
    return [state[i::number] for i in range(number)]


def by_output(results):
    return tuple(array for output in zip(*results, strict=True) for array in output)


def adagrad(rate, t, *state, decay_factor, epsilon, norm_coefficient):
    results = []
    for x, g, total in tensors(state, 3):
        g = g + norm_coefficient * x
        total, x = engine.adagrad(x, total, g, rate / (1 + t * decay_factor), epsilon)
        results.append((x, total))
    return by_output(results)


def adam(rate, t, *state, alpha, beta, epsilon, norm_coefficient):
    """ONNX does not correct the bias at t = 0; here a very late update, where it has worn off."""
    assert t == 0
    results = []
    for x, g, m, v in tensors(state, 4):
        g = g + norm_coefficient * x
        m, v, x = engine.adam(x, m, v, g, 10**6, rate, alpha, beta, epsilon)
        results.append((x, m, v))
    return by_output(results)


def momentum(rate, t, *state, alpha, beta, mode, norm_coefficient):
    """ONNX's V is our -v / rate; its Nesterov X is our look-ahead point theta + alpha v."""
    results, factor = [], beta if t else 1
    for x, g, v in tensors(state, 3):
        g, v = factor * (g + norm_coefficient * x), -rate * v
        if mode == "nesterov":
            v, theta = engine.nesterov(x - alpha * v, v, lambda _, g=g: g, rate, alpha)
            x = theta + alpha * v
        else:
            v, x = engine.momentum_classic(x, v, g, rate, alpha)
        results.append((x, -v / rate))
    return by_output(results)


ADAPTERS = {
    "Adagrad": adagrad,
    "Adam": adam,
    "BatchNormalization": batch_norm,
    "Clip": clip,
    "Det": determinant,
    "Dropout": dropout,
    "Elu": engine.elu,
    "Gelu": gelu,
    "GroupNormalization": group_norm,
    "HardSigmoid": hard_sigmoid,
    "Hardmax": hardmax,
    "InstanceNormalization": group_norm,
    "LayerNormalization": layer_norm,
    "LeakyRelu": leaky_relu,
    "LogSoftmax": engine.log_softmax,
    "LpNormalization": lp_normalization,
    "MeanVarianceNormalization": mean_variance_normalization,
    "Momentum": momentum,
    "NegativeLogLikelihoodLoss": negative_log_likelihood,
    "OneHot": one_hot,
    "PRelu": leaky_relu,
    "RMSNormalization": rms_norm,
    "ReduceL1": over_axes(engine.l1_norm),
    "ReduceL2": over_axes(engine.l2_norm),
    "ReduceLogSumExp": over_axes(engine.log_sum_exp),
    "Relu": engine.relu,
    "Selu": selu,
    "Sigmoid": engine.sigmoid,
    "Softmax": engine.softmax,
    "SoftmaxCrossEntropyLoss": softmax_cross_entropy,
    "Softplus": engine.softplus,
    "Softsign": engine.softsign,
    "Swish": lambda x, alpha: engine.swish(x, alpha),
    "Tanh": engine.tanh,
}


@pytest.mark.parametrize("case", **ONNX["cases"]("entries"))
def test_entries(case):
    """The engine gives the case's outputs."""
    check(case, ADAPTERS[case["op"]])


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
