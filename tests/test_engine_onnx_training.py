"""The engine's losses, normalisations, dropout and optimisers against the ONNX node tests."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from dlexam import engine

ONNX = runpy.run_path(str(Path(__file__).parent / "data" / "onnx" / "cases.py"))
UNCHECKED = ONNX["UNCHECKED"]


def dropout(x, ratio, training, *, seed=0):
    """Draw the mask as the reference implementation does."""
    assert training
    mask = np.random.RandomState(seed).uniform(0, 1.0, x.shape) >= ratio
    return engine.dropout(x, mask, ratio.item()), mask


def averaged(losses, target, weight, reduction, ignore_index):
    """Weight the classes, leave out the ignored one, and reduce."""
    share = np.ones(target.shape) if weight is None else weight[target % len(weight)]
    share = np.where(target == ignore_index, 0, share)
    if reduction == "none":
        return losses * share
    return (losses * share).sum() / (share.sum() if reduction == "mean" else 1)


def per_sample(loss, x, target):
    """One loss a sample, the classes on axis 1."""
    rows = np.moveaxis(x, 1, -1).reshape(-1, x.shape[1])
    pairs = zip(rows, target.ravel() % x.shape[1], strict=True)
    return np.reshape([loss(row, index) for row, index in pairs], target.shape)


def negative_log_likelihood(x, target, weight=None, *, reduction="mean", ignore_index=None):
    """ONNX takes log-probabilities."""
    losses = per_sample(lambda row, i: engine.cross_entropy(np.exp(row), i), x, target)
    return averaged(losses, target, weight, reduction, ignore_index)


def softmax_cross_entropy(x, target, weight=None, *, reduction="mean", ignore_index=None):
    """ONNX can also show the log-probabilities."""
    losses = per_sample(engine.softmax_cross_entropy, x, target)
    loss = averaged(losses, target, weight, reduction, ignore_index)
    return loss, engine.log_softmax(x, axis=1)


def batch_norm(x, gamma, beta, mean, variance, *, epsilon=1e-5, training_mode=0, **old):
    """Channels become features: every place of every image is a sample."""
    rows = np.moveaxis(x, 1, -1).reshape(-1, x.shape[1])
    if training_mode:
        y = engine.batch_norm(rows, gamma, beta, epsilon)
        batch = rows.mean(axis=0), rows.var(axis=0)
        running = [engine.running_average(was, now) for was, now in zip((mean, variance), batch, strict=True)]
    else:
        assert set(old) <= {"is_test", "momentum"}
        y, running = engine.batch_norm_inference(rows, mean, variance, gamma, beta, epsilon), []
    return np.moveaxis(y.reshape(x.shape[0], *x.shape[2:], -1), -1, 1), *running


def layer_norm(x, gamma, beta, *, axis=-1, epsilon=1e-5):
    """Statistics over the axis and all after it."""
    axes = tuple(range(axis % x.ndim, x.ndim))
    return engine.layer_norm(x, gamma, beta, epsilon, axes), UNCHECKED, UNCHECKED


def rms_norm(x, gamma, *, axis=-1, epsilon=1e-5):
    """Statistics over the axis and all after it."""
    return engine.rms_norm(x, gamma, epsilon, tuple(range(axis % x.ndim, x.ndim)))


def group_norm(x, gamma, beta, *, num_groups=None, epsilon=1e-5):
    """Layer normalisation of each group of channels, or of each channel."""
    split = (num_groups or x.shape[1], -1, *x.shape[2:])
    gain, shift = (a.reshape(*split[:2], *[1] * (x.ndim - 2)) for a in (gamma, beta))
    axes = tuple(range(1, x.ndim))
    parts = [engine.layer_norm(image.reshape(split), gain, shift, epsilon, axes) for image in x]
    return np.reshape(parts, x.shape)


def mean_variance_normalization(x):
    """Statistics over all but the channels."""
    return engine.layer_norm(x, 1, 0, 0, (0, 2, 3))


def tensors(state, count):
    """Group the inputs by tensor: X1, X2, G1, G2, ... to (X1, G1, ...), (X2, G2, ...)."""
    number = len(state) // count
    return [state[i::number] for i in range(number)]


def by_output(results):
    """Order the results by output: X1_new, X2_new, V1_new, ..."""
    return tuple(array for output in zip(*results, strict=True) for array in output)


def adagrad(rate, t, *state, decay_factor, epsilon, norm_coefficient):
    """ONNX decays the rate and adds a penalty to the gradient."""

    def step(x, g, total):
        g = g + norm_coefficient * x
        return engine.adagrad(x, total, g, rate / (1 + t * decay_factor), epsilon)[::-1]

    return by_output([step(*tensor) for tensor in tensors(state, 3)])


def adam(rate, t, *state, alpha, beta, epsilon, norm_coefficient):
    """ONNX does not correct the bias at t = 0; here a very late update, where it has worn off."""
    assert t == 0

    def step(x, g, m, v):
        g = g + norm_coefficient * x
        m, v, x = engine.adam(x, m, v, g, 10**6, rate, alpha, beta, epsilon)
        return x, m, v

    return by_output([step(*tensor) for tensor in tensors(state, 4)])


def momentum(rate, t, *state, alpha, beta, mode, norm_coefficient):
    """ONNX's V is our -v / rate; its Nesterov X is our look-ahead point theta + alpha v."""

    def step(x, g, v):
        g, v = (beta if t else 1) * (g + norm_coefficient * x), -rate * v
        if mode == "nesterov":
            v, theta = engine.nesterov(x - alpha * v, v, lambda _: g, rate, alpha)
            return theta + alpha * v, -v / rate
        v, x = engine.momentum_classic(x, v, g, rate, alpha)
        return x, -v / rate

    return by_output([step(*tensor) for tensor in tensors(state, 3)])


ADAPTERS = {
    "Adagrad": adagrad,
    "Adam": adam,
    "BatchNormalization": batch_norm,
    "Dropout": dropout,
    "GroupNormalization": group_norm,
    "InstanceNormalization": group_norm,
    "LayerNormalization": layer_norm,
    "MeanVarianceNormalization": mean_variance_normalization,
    "Momentum": momentum,
    "NegativeLogLikelihoodLoss": negative_log_likelihood,
    "RMSNormalization": rms_norm,
    "SoftmaxCrossEntropyLoss": softmax_cross_entropy,
}


@pytest.mark.parametrize("case", **ONNX["cases"]("training"))
def test_training(case):
    """The engine gives the case's outputs."""
    ONNX["check"](case, ADAPTERS[case["op"]])
