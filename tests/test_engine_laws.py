"""The laws of the engine: its errors, whole numbers, derivatives by differences, exports and imports."""

import ast
import inspect
from pathlib import Path

import numpy as np
import pytest

from dlexam import engine

IMAGE = np.arange(16).reshape(4, 4)
ONES = np.ones((2, 2), dtype=int)
FILES = sorted(Path(engine.__file__).parent.glob("*.py"))

ERRORS = {
    "softmax: every entry is -inf": lambda: engine.softmax([-np.inf, -np.inf]),
    "square_root: -1 is negative": lambda: engine.square_root(-1),
    "square_root: -4 is negative": lambda: engine.square_root(np.array([1, -4])),
    "mse: targets (2,) and predictions (3,) differ": lambda: engine.mse([1, 2], [1, 2, 3]),
    "cross_entropy: class 3 is not among 0 to 1": lambda: engine.cross_entropy([0.5, 0.5], 3),
    "one_hot: class -1 is not among 0 to 2": lambda: engine.one_hot(-1, 3),
    "binary_cross_entropy: a probability cannot be -0.5": lambda: engine.binary_cross_entropy([1], [-0.5]),
    "gaussian_log_likelihood: sigma must": lambda: engine.gaussian_log_likelihood([1], [1], 0),
    "linf_norm: an empty vector": lambda: engine.linf_norm([]),
    "lp_norm: p must be positive, not 0": lambda: engine.lp_norm([1], 0),
    "cosine_similarity: a zero vector": lambda: engine.angle_degrees([0, 0], [1, 1]),
    "infer_shape: (2, 3) cannot become (4, -1)": lambda: engine.infer_shape((2, 3), (4, -1)),
    "determinant: the matrix must be square": lambda: engine.determinant([[1, 2]]),
    "eigenvalues_2x2: the eigenvalues are complex": lambda: engine.eigenvalues_2x2([[0, 1], [-1, 0]]),
    "eigenvalues_2x2: the matrix must be 2 x 2": lambda: engine.eigenvalues_2x2(np.eye(3)),
    "power_iteration: A w became": lambda: engine.power_iteration([[0, 0], [0, 0]], [1, 0], 1),
    "pseudo_inverse: the columns are dependent": lambda: engine.pseudo_inverse([[1, 2], [2, 4]]),
    "adam: updates are counted from 1": lambda: engine.adam(1, 0, 0, 1, 0, 0.1),
    "adamax: the gradient and u are both 0": lambda: engine.adamax(1, 0, 0, 0, 1, 0.1),
    "clip_by_norm: max_norm must be positive": lambda: engine.clip_by_norm(np.ones(2), 0),
    "clip_by_value: max_value cannot be negative": lambda: engine.clip_by_value(np.ones(2), -1),
    "output_size: a window of 5 does not fit into 4": lambda: engine.convolve(IMAGE, np.ones((5, 5))),
    "output_size: W=4, F=2, P=0, S=0": lambda: engine.max_pool(IMAGE, 2, 0),
    "transposed_output_size: a padding of 3": lambda: engine.transposed_convolve([[1]], ONES, 1, 3),
    "convolve_channels: kernels of 2": lambda: engine.convolve_channels([IMAGE], [[ONES, ONES]]),
    "max_pool_backward: dy is (1, 1)": lambda: engine.max_pool_backward(IMAGE, 2, 2, [[1]]),
    "iou: both boxes are empty": lambda: engine.iou((0, 0, 0, 0), (1, 1, 1, 1)),
    "attention_scores: queries of width 2": lambda: engine.attention(np.eye(2), np.eye(3), np.eye(3)),
    "split_heads: 3 columns cannot": lambda: engine.multi_head(np.eye(3), np.eye(3), np.eye(3), 2),
    "positional_encoding: d_model must be even": lambda: engine.positional_encoding(1, 3),
    "normalisation: the variance and eps are both 0": lambda: engine.batch_norm(np.ones(3), 1, 0, 0),
    "dropout: p_drop must be": lambda: engine.dropout([1], [1], 1),
}


@pytest.mark.parametrize("message", ERRORS)
def test_errors(message):
    """A wrong input is refused with one sentence: what, why."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is compared below
        ERRORS[message]()
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


WHOLE = {
    "relu": lambda: engine.relu(np.array([-1, 2])),
    "binary_step": lambda: engine.binary_step(np.array([-1.0, 2.0])),
    "relu_derivative": lambda: engine.relu_derivative(np.array([-1.0, 2.0])),
    "leaky_relu_derivative": lambda: engine.relu_derivative(3),
    "squared_error": lambda: engine.squared_error([1, 2], [3, 4]),
    "multiclass_hinge": lambda: engine.multiclass_hinge([1, 2, 3], 0),
    "one_hot": lambda: engine.one_hot(1, 3),
    "l1_norm": lambda: engine.l1_norm([1, -2]),
    "linf_norm": lambda: engine.linf_norm([1, -2]),
    "determinant": lambda: engine.determinant([[1, 2], [3, 4]]),
    "adjugate": lambda: engine.adjugate([[1, 2], [3, 4]]),
    "clip_by_value": lambda: engine.clip_by_value(np.array([5, -5]), 2),
    "pad": lambda: engine.pad(IMAGE, 1),
    "convolve": lambda: engine.convolve(IMAGE, ONES, 1, 1),
    "convolve_channels": lambda: engine.convolve_channels([IMAGE], [[ONES]], [1]),
    "convolve_backward_kernel": lambda: engine.convolve_backward_kernel(IMAGE, ONES),
    "transposed_convolve": lambda: engine.transposed_convolve(IMAGE, ONES, 2),
    "max_pool": lambda: engine.max_pool(IMAGE, 2),
    "max_pool_backward": lambda: engine.max_pool_backward(IMAGE, 2, 2, ONES),
    "attention_scores": lambda: engine.attention_scores(ONES, ONES),
    "box_area": lambda: engine.box_area((0, 0, 2, 3)),
}


@pytest.mark.parametrize("name", WHOLE)
def test_whole_numbers_stay_whole(name):
    """Whole numbers give whole numbers."""
    assert np.asarray(WHOLE[name]()).dtype.kind == "i"


DERIVATIVES = {
    "sigmoid": (engine.sigmoid, engine.sigmoid_derivative),
    "tanh": (engine.tanh, engine.tanh_derivative),
    "relu": (engine.relu, engine.relu_derivative),
    "leaky_relu": (engine.leaky_relu, engine.leaky_relu_derivative),
    "elu": (engine.elu, engine.elu_derivative),
    "softplus": (engine.softplus, engine.softplus_derivative),
    "swish": (lambda z: engine.swish(z, 1.5), lambda z: engine.swish_derivative(z, 1.5)),
}


@pytest.mark.parametrize("name", DERIVATIVES)
def test_derivatives_by_central_differences(name):
    """Each derivative is the slope of its function, for numbers and arrays alike."""
    function, derivative = DERIVATIVES[name]
    z, h = np.array([-3.0, -0.7, 0.4, 2.5]), 1e-5
    slopes = (function(z + h) - function(z - h)) / (2 * h)
    np.testing.assert_allclose(derivative(z), slopes, rtol=1e-7, atol=1e-9)
    assert [derivative(float(entry)) for entry in z] == pytest.approx(list(derivative(z)), rel=1e-12)
    assert [function(float(entry)) for entry in z] == pytest.approx(list(function(z)), rel=1e-12)


def test_a_number_gives_a_number():
    """Activations and optimisers give plain numbers for plain numbers, so that they print as such."""
    for function in (engine.sigmoid, engine.tanh, engine.relu, engine.elu, engine.gelu, engine.swish):
        assert type(function(0.3)) is float
    assert all(type(value) is float for value in engine.adam(1.0, 0.0, 0.0, 1.0, 1, 0.1))
    assert all(type(value) is float for value in engine.rmsprop(1.0, 0.0, 1.0, 0.1))


def test_windows_are_read_only():
    """A window is a view that nobody can write through, of the entries that the layer sees."""
    seen = engine.windows(IMAGE, (2, 3), (2, 1), (1, 1))
    assert seen.shape == (2, 2, 2, 3)
    assert seen[1, 1].tolist() == [[9, 10, 11], [13, 14, 15]]
    with pytest.raises(ValueError, match="read-only"):
        seen[0, 0, 0, 0] = 1
    turned = engine.windows(IMAGE.T[::-1], 2)
    assert turned[0, 0].tolist() == [[3, 7], [2, 6]]


def test_everything_public_is_exported_and_documented():
    """Every function says its formula in a docstring that ends a sentence, and is in the package."""
    for name in engine.__all__:
        assert inspect.getdoc(getattr(engine, name)).endswith(".")
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        shared = {"pair", "scatter"}  # of the image modules
        assert {name for name in defined if name[0] != "_"} - shared <= set(engine.__all__)


def test_the_engine_imports_only_numpy():
    """Nothing but NumPy, the standard library and the engine itself is imported."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                top = node.module.split(".")
                assert top[0] in {"math", "collections", "typing", "numpy"} or top[:2] == ["dlexam", "engine"]
            elif isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= {"math", "numpy"}
