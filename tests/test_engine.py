"""The engine on values that can be checked by hand."""

import math

import numpy as np
import pytest

from dlexam import engine

IMAGE = np.arange(16).reshape(4, 4)
ONES = np.ones((2, 2), dtype=int)
I2 = np.eye(2, dtype=int)

# call, expected value
HAND = {
    "sigmoid": (lambda: engine.sigmoid(0), 0.5),
    "sigmoid far left": (lambda: engine.sigmoid(-1000.0), 0.0),
    "relu": (lambda: engine.relu(np.array([-2, 0, 3])), [0, 0, 3]),
    "leaky_relu": (lambda: engine.leaky_relu(-2.0, 0.1), -0.2),
    "elu": (lambda: engine.elu(-1.0), 1 / math.e - 1),
    "elu far right": (lambda: engine.elu(np.array([1000.0])), [1000]),
    "softplus": (lambda: engine.softplus(0.0), math.log(2)),
    "softplus far right": (lambda: engine.softplus(1000.0), 1000.0),
    "swish": (lambda: engine.swish(2.0), 2 / (1 + math.exp(-2))),
    "gelu": (lambda: engine.gelu(1.0), 0.841345),
    "gelu tanh": (lambda: engine.gelu(1.0, approximate=True), 0.841192),
    "hard_sigmoid": (lambda: engine.hard_sigmoid(1.0), 0.7),
    "binary_step": (lambda: engine.binary_step(np.array([-1.0, 0.0, 2.0])), [0, 1, 1]),
    "softmax": (lambda: engine.softmax([0, math.log(3)]), [0.25, 0.75]),
    "softmax masked": (lambda: engine.softmax([5.0, -np.inf]), [1, 0]),
    "softmax large": (lambda: engine.softmax([1000.0, 1000.0]), [0.5, 0.5]),
    "softmax_jacobian": (lambda: engine.softmax_jacobian([0.25, 0.75]), np.array([[3, -3], [-3, 3]]) / 16),
    "relu_derivative at 0": (lambda: engine.relu_derivative(0.0), 0),
    "mse": (lambda: engine.mse([1, 2], [3, 2]), 2),
    "mae": (lambda: engine.mae([1, 2], [3, 2]), 1),
    "half_squared_error": (lambda: engine.half_squared_error([1, 2], [4, 6]), 12.5),
    "binary_cross_entropy": (lambda: engine.binary_cross_entropy([1, 0], [0.5, 0.5]), math.log(2)),
    "binary_cross_entropy sure": (lambda: engine.binary_cross_entropy([1, 0], [1.0, 0.0]), 0),
    "binary_cross_entropy wrong": (lambda: engine.binary_cross_entropy([1], [0.0]), math.inf),
    "cross_entropy": (lambda: engine.cross_entropy([0.25, 0.75], 0), math.log(4)),
    "softmax_cross_entropy": (lambda: engine.softmax_cross_entropy([0, math.log(3)], 0), math.log(4)),
    "softmax_cross_entropy far": (lambda: engine.softmax_cross_entropy([0.0, 2000.0], 0), 2000),
    "hinge": (lambda: engine.hinge([1, -1], [0.5, 2]), 1.75),
    "multiclass_hinge": (lambda: engine.multiclass_hinge([13, -7, 11], 0, 10), 8),
    "entropy": (lambda: engine.entropy([0.5, 0.5, 0]), 1),
    "cross_entropy_of": (lambda: engine.cross_entropy_of([0.5, 0.5], [0.25, 0.75], 2), 1.2075187),
    "kl_divergence": (lambda: engine.kl_divergence([1, 0], [0.25, 0.75]), 2),
    "gaussian": (lambda: engine.gaussian_log_likelihood([1.0], [0.0], 1), -0.5 - math.log(2 * math.pi) / 2),
    "one_hot": (lambda: engine.one_hot(2, 4), [0, 0, 1, 0]),
    "l1_norm": (lambda: engine.l1_norm([3, -4]), 7),
    "l2_norm": (lambda: engine.l2_norm([3, -4]), 5),
    "linf_norm": (lambda: engine.linf_norm([3, -4]), 4),
    "lp_norm": (lambda: engine.lp_norm([1, 2, 3], 0.5), 17.1915082),
    "angle": (lambda: engine.angle_degrees([1, 0], [1, 1]), 45),
    "angle opposite": (lambda: engine.angle_degrees([-0.9, 0.5, 0.4], [1.8, -1.0, -0.8]), 180),
    "determinant": (lambda: engine.determinant([[0, 2, 1], [1, 1, 1], [3, 0, 2]]), -1),
    "determinant singular": (lambda: engine.determinant([[1, 2], [2, 4]]), 0),
    "adjugate": (lambda: engine.adjugate([[1, 2], [3, 4]]), [[4, -2], [-3, 1]]),
    "rank": (lambda: engine.rank([[1, 2, 3], [2, 4, 6], [1, 0, 1]]), 2),
    "eigenvalues": (lambda: engine.eigenvalues_2x2([[16, 12], [12, 34]]), (10, 40)),
    "power_iteration": (lambda: engine.power_iteration([[2, 0], [0, 1]], [3, 0], 2)[0], [1, 0]),
    "rayleigh": (lambda: engine.rayleigh_quotient([[2, 0], [0, 1]], [3, 0]), 2),
    "pseudo_inverse": (lambda: engine.pseudo_inverse([[1, 0], [0, 2], [0, 0]]), [[1, 0, 0], [0, 0.5, 0]]),
    "momentum": (lambda: engine.momentum(1.0, 0.0, 1.0, 0.1, 0.9), (0.1, 0.99)),
    "momentum_classic": (lambda: engine.momentum_classic(1.0, 0.5, 1.0, 0.1, 0.9), (0.35, 1.35)),
    "nesterov": (lambda: engine.nesterov(1.0, -0.2, lambda w: 2 * w, 0.1, 0.9), (-0.344, 0.656)),
    "adagrad": (lambda: engine.adagrad(1.0, 3.0, 1.0, 0.1, 0.0), (4, 0.95)),
    "rmsprop": (lambda: engine.rmsprop(1.0, 0.0, 2.0, 0.1, 0.75, 0.0), (1, 0.8)),
    "adadelta": (lambda: engine.adadelta(1.0, 0.0, 0.0, 2.0, 0.75, 0.0), (1, 0, 1)),
    "adam first step": (lambda: engine.adam(5, 0, 0, 10, 1, 0.1, 0.9, 0.999, 0.0), (1, 0.1, 4.9)),
    "adamax": (lambda: engine.adamax(1.0, 0.0, 4.0, 1.0, 1, 0.1, 0.9, 0.5), (0.1, 2, 0.95)),
    "nadam": (lambda: engine.nadam(1.0, 0.0, 0.0, 0.5, 1, 0.1, 0.8, 0.9, 0.0), (0.1, 0.025, 0.82)),
    "adamw": (lambda: engine.adamw(2.0, 0, 0, 1.0, 1, 0.1, 0.9, 0.9, 0.0, 0.5), (0.1, 0.1, 1.8)),
    "moving_average": (lambda: engine.moving_average([40, 0], 0.5), ([20, 10], [40, 40 / 3])),
    "clip_by_norm": (lambda: engine.clip_by_norm(np.array([3, 4]), 1), [0.6, 0.8]),
    "clip_by_norm below": (lambda: engine.clip_by_norm(np.array([3, 4]), 9), [3, 4]),
    "clip_by_value": (lambda: engine.clip_by_value(np.array([3, -4, 1]), 2), [2, -2, 1]),
    "convolve": (lambda: engine.convolve(IMAGE, [[1, 0], [0, -1]], 2), [[-5, -5], [-5, -5]]),
    "convolve_1d": (lambda: engine.convolve_1d([1, 2, 3, 4], [1, 0, -1]), [-2, -2]),
    "convolve padded": (lambda: engine.convolve(ONES, np.ones((3, 3), int), padding=1), [[4, 4], [4, 4]]),
    "convolve dilated": (lambda: engine.convolve(IMAGE, ONES, 1, 0, 3), [[30]]),
    "convolve_channels": (lambda: engine.convolve_channels([ONES, ONES], [[ONES, ONES]], [1]), [[[9]]]),
    "transposed": (
        lambda: engine.transposed_convolve([[1, 0, 2], [2, 3, 0], [-1, 0, 3]], [[1, 0], [1, 2]], 1),
        [[1, 0, 2, 0], [3, 5, 2, 4], [1, 7, 9, 0], [-1, -2, 3, 6]],
    ),
    "kernel gradient": (lambda: engine.convolve_backward_kernel(IMAGE[:2, :2], [[2]]), [[0, 2], [8, 10]]),
    "input gradient": (lambda: engine.convolve_backward_input(ONES, [[1, 1]]), [[1, 2, 1], [1, 2, 1]]),
    "max_pool": (lambda: engine.max_pool(IMAGE, 2), [[5, 7], [13, 15]]),
    "average_pool": (lambda: engine.average_pool(IMAGE, 2), [[2.5, 4.5], [10.5, 12.5]]),
    "l2_pool": (lambda: engine.l2_pool([[3, 4]], (1, 2)), [[5]]),
    "global_average_pool": (lambda: engine.global_average_pool([ONES, 3 * ONES]), [1, 3]),
    "max pool gradient": (lambda: engine.max_pool_backward(I2, 2, 2, [[7]]), [[7, 0], [0, 0]]),
    "average pool gradient": (lambda: engine.average_pool_backward((2, 3), 2, 1, [[4, 4]]), [[1, 2, 1]] * 2),
    "receptive_field": (lambda: engine.receptive_field([[3, 2], [3, 1, 2]]), ([3, 11], [2, 2])),
    "iou": (lambda: engine.iou((0, 0, 2, 2), (1, 1, 3, 3)), 1 / 7),
    "iou apart": (lambda: engine.iou((0, 0, 1, 1), (2, 2, 3, 3)), 0),
    "rnn_step": (lambda: engine.rnn_step(2.0, 1.0, 0.5, -0.5, 0.5), (1, math.tanh(1))),
    "rnn_states": (lambda: engine.rnn_states([1.0, 0.0], 0.0, 1.0, 1.0, 0.0), np.tanh([1, np.tanh(1)])),
    "gru keeps": (lambda: engine.gru_step(1.0, 0.5, 0, 0, -99.0, 0, 0, 0, 1, 1, 1)[3], 0.5),
    "lstm keeps": (lambda: engine.lstm_step(1.0, 0, 2.0, 0, 0, 99.0, 0, 0, -99.0, *[1.0] * 6)[3], 2),
    "attention_scores": (lambda: engine.attention_scores([0, 1], [[1, 2], [3, 4]]), [2, 4]),
    "scaled scores": (lambda: engine.scaled_attention_scores([[2, 0, 0, 0]], np.eye(4)), [[1, 0, 0, 0]]),
    "attention alike": (lambda: engine.attention([[0, 0]], I2, [[2, 4], [4, 8]]), [[3, 6]]),
    "causal_mask": (lambda: engine.causal_mask(3), np.tri(3)),
    "attention causal": (
        lambda: engine.attention(0 * I2, I2, 2 * I2, engine.causal_mask(2)),
        [[2, 0], [1, 1]],
    ),
    "multi_head": (lambda: engine.multi_head(0 * I2, I2, 2 * I2, 2), np.ones((2, 2))),
    "positional_encoding at 0": (lambda: engine.positional_encoding(0, 4), [0, 1, 0, 1]),
    "positional_encoding": (
        lambda: engine.positional_encoding([1], 4),
        [[math.sin(1), math.cos(1), math.sin(0.01), math.cos(0.01)]],
    ),
    "batch_norm": (lambda: engine.batch_norm(np.array([1, 3]), 2, 1, 0), [-1, 3]),
    "layer_norm": (lambda: engine.layer_norm(np.array([[1, 3], [5, 5]]), 1, 0, 1e-9)[1], [0, 0]),
    "rms_norm": (lambda: engine.rms_norm([1, 7], 1, 0), [0.2, 1.4]),
    "running_average": (lambda: engine.running_average(1.0, 2.0, 0.25), 1.25),
    "dropout": (lambda: engine.dropout([1, 2], [1, 0], 0.5), [2, 0]),
}


@pytest.mark.parametrize("name", HAND)
def test_hand_checked_values(name):
    """Every value is the one found by hand."""
    call, expected = HAND[name]
    result = call()
    pairs = zip(result, expected, strict=True) if isinstance(result, tuple) else [(result, expected)]
    for ours, theirs in pairs:
        np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-12)
        assert np.shape(ours) == np.shape(theirs)


SHAPES = [
    (engine.broadcast_shape, (3, 1), (4,), (3, 4)),
    (engine.broadcast_shape, (2, 3), (2,), None),
    (engine.broadcast_shape, (), (2,), (2,)),
    (engine.matmul_shape, (2, 3), (3, 4), (2, 4)),
    (engine.matmul_shape, (2, 3), (2, 3), None),
    (engine.matmul_shape, (3,), (3,), ()),
    (engine.matmul_shape, (5, 1, 2, 3), (4, 3, 6), (5, 4, 2, 6)),
    (engine.infer_shape, (2, 6), (3, -1), (3, 4)),
]


@pytest.mark.parametrize(("function", "a", "b", "expected"), SHAPES)
def test_shapes(function, a, b, expected):
    """Shapes follow NumPy's rules, None where there is none."""
    assert function(a, b) == expected


# W, F, P, S, D, expected
SIZES = [(5, 3, 0, 1, 1, 3), (5, 3, 1, 1, 1, 5), (7, 3, 0, 2, 1, 3), (10, 3, 0, 2, 1, 4), (7, 3, 0, 1, 2, 3)]


@pytest.mark.parametrize(("W", "F", "P", "S", "D", "expected"), SIZES)
def test_output_size(W, F, P, S, D, expected):
    """The floor rule gives the size of every layer, and the convolution has it."""
    assert engine.output_size(W, F, P, S, D) == expected
    assert len(engine.convolve_1d(np.zeros(W), np.zeros(F), S, P, D)) == expected
