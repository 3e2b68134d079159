"""The engine's layers against PyTorch: convolution, pooling, recurrence, attention, normalisation."""

import numpy as np
import pytest

from dlexam import engine

torch = pytest.importorskip("torch")
functional = torch.nn.functional


def draw(seed, *shape):
    """Draw normal numbers."""
    return np.random.default_rng(seed).normal(size=shape)


def tensor(x, grad=False):
    """Make a float64 tensor."""
    return torch.tensor(np.asarray(x, dtype=float), requires_grad=grad)


def close(ours, theirs):
    """Compare to float64 precision."""
    np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-9, atol=1e-12)


CONVOLUTIONS = [
    {"stride": 1, "padding": 0, "dilation": 1},
    {"stride": 2, "padding": 1, "dilation": 1},
    {"stride": (2, 3), "padding": (0, 2), "dilation": 1},
    {"stride": 1, "padding": 2, "dilation": 2},
    {"stride": 2, "padding": 1, "dilation": (2, 1)},
]


@pytest.mark.parametrize("options", CONVOLUTIONS, ids=str)
def test_convolve_and_gradients(options):
    """Convolution and both its gradients are PyTorch's for every stride, padding and dilation."""
    image, weights = draw(9, 8, 7), draw(10, 3, 2)
    X, kernel = tensor(image, grad=True), tensor(weights, grad=True)
    y = functional.conv2d(X[None, None], kernel[None, None], **options)[0, 0]
    close(engine.convolve(image, weights, **options), y)
    dy = draw(11, *y.shape)
    y.backward(tensor(dy))
    kernel_gradient = engine.convolve_backward_kernel(image, dy, **options, kernel_shape=(3, 2))
    close(kernel_gradient, kernel.grad)
    input_gradient = engine.convolve_backward_input(weights, dy, **options, input_shape=(8, 7))
    close(input_gradient, X.grad)


@pytest.mark.parametrize("options", CONVOLUTIONS, ids=str)
def test_convolve_channels(options):
    """A layer of several kernels and channels is PyTorch's conv2d."""
    X, kernels, bias = draw(12, 3, 8, 7), draw(13, 4, 3, 3, 2), draw(14, 4)
    theirs = functional.conv2d(tensor(X), tensor(kernels), tensor(bias), **options)
    close(engine.convolve_channels(X, kernels, bias, **options), theirs)


def test_convolve_1d():
    """A sequence is PyTorch's conv1d."""
    x, kernel = draw(15, 9), draw(16, 3)
    theirs = functional.conv1d(
        tensor(x)[None, None], tensor(kernel)[None, None], stride=2, padding=2, dilation=2
    )
    close(engine.convolve_1d(x, kernel, 2, 2, 2), theirs[0, 0])


@pytest.mark.parametrize(
    ("stride", "padding", "extra", "dilation"), [(1, 0, 0, 1), (2, 1, 1, 1), (3, 1, 2, 2)]
)
def test_transposed_convolve(stride, padding, extra, dilation):
    """The transposed convolution and its size are PyTorch's."""
    X, kernel = draw(17, 3, 4), draw(18, 3, 3)
    theirs = functional.conv_transpose2d(
        tensor(X)[None, None],
        tensor(kernel)[None, None],
        stride=stride,
        padding=padding,
        output_padding=extra,
        dilation=dilation,
    )[0, 0]
    close(engine.transposed_convolve(X, kernel, stride, padding, extra, dilation), theirs)
    sizes = (engine.transposed_output_size(n, 3, padding, stride, extra, dilation) for n in (3, 4))
    assert tuple(sizes) == tuple(theirs.shape)


@pytest.mark.parametrize(("window", "stride"), [(2, None), (3, 2), ((2, 3), (1, 2))])
@pytest.mark.parametrize("shape", [(7, 7), (3, 6, 7)])
def test_pooling_and_gradients(shape, window, stride):
    """Pooling and its gradients are PyTorch's, ties included."""
    image = np.random.default_rng(19).integers(0, 4, shape).astype(float)
    for function, theirs in (
        (engine.max_pool, functional.max_pool2d),
        (engine.average_pool, functional.avg_pool2d),
    ):
        X = tensor(image.reshape(-1, *shape[-2:]), grad=True)
        y = theirs(X, window, stride)
        close(function(image, window, stride), y.reshape(*shape[:-2], *y.shape[-2:]))
        dy = draw(20, *shape[:-2], *y.shape[-2:])
        y.backward(tensor(dy).reshape(y.shape))
        if function is engine.max_pool:
            ours = engine.max_pool_backward(image, window, stride, dy)
        else:
            ours = engine.average_pool_backward(shape, window, stride, dy)
        close(ours, X.grad.reshape(shape))


def test_l2_pool_and_global_average():
    """L2 pooling is PyTorch's lp_pool, global pooling its adaptive pooling to one entry."""
    X = draw(21, 3, 6, 6)
    close(engine.l2_pool(X, 3, 2), functional.lp_pool2d(tensor(X), 2, 3, 2))
    theirs = functional.adaptive_avg_pool2d(tensor(X), 1).reshape(3)
    close(engine.global_average_pool(X), theirs)


def test_rnn():
    """A run over five inputs is torch.nn.RNN's, with its two biases added."""
    cell = torch.nn.RNN(3, 2).double()
    Wx, Wh, bx, bh = (w.detach().numpy() for w in cell.parameters())
    x = draw(22, 5, 3)
    close(engine.rnn_states(x, np.zeros(2), Wx, Wh, bx + bh), cell(tensor(x))[0])


def test_lstm_step():
    """One step is torch.nn.LSTMCell's, whose gates are stacked i, f, c, o."""
    cell = torch.nn.LSTMCell(3, 2).double()
    W, U, bx, bh = (w.detach().numpy() for w in cell.parameters())
    i, f, c_tilde, o = zip(np.split(W, 4), np.split(U, 4), np.split(bx + bh, 4), strict=True)
    x, h, c = draw(23, 3), draw(24, 2), draw(25, 2)
    *_, c_new, _, h_new = engine.lstm_step(x, h, c, *f, *i, *c_tilde, *o)
    theirs = cell(tensor(x), (tensor(h), tensor(c)))
    close(h_new, theirs[0])
    close(c_new, theirs[1])


def test_gru_step():
    """With an open reset gate, one step is torch.nn.GRUCell's, whose z is our 1 - z."""
    cell = torch.nn.GRUCell(3, 2).double()
    W, U, bx, bh = (w.detach().numpy().copy() for w in cell.parameters())
    bx[:2], bh[4:] = 50.0, 0.0
    r, z, h_tilde = zip(np.split(W, 3), np.split(U, 3), np.split(bx + bh, 3), strict=True)
    with torch.no_grad():
        cell.bias_ih.copy_(tensor(bx))
        cell.bias_hh.copy_(tensor(bh))
    x, h = draw(26, 3), draw(27, 2)
    ours = engine.gru_step(x, h, *(-part for part in z), *r, *h_tilde)
    close(ours[3], cell(tensor(x), tensor(h)))


@pytest.mark.parametrize("causal", [False, True])
def test_attention(causal):
    """Attention is PyTorch's, with a mask where True lets a query look."""
    Q, K, V = draw(28, 4, 6), draw(29, 4, 6), draw(30, 4, 5)
    theirs = functional.scaled_dot_product_attention(
        *(tensor(x)[None, None] for x in (Q, K, V)), is_causal=causal
    )
    close(engine.attention(Q, K, V, engine.causal_mask(4) if causal else None), theirs[0, 0])


def test_multi_head():
    """Heads side by side are PyTorch's attention over the split columns."""
    Q, K, V = draw(31, 3, 4, 6)
    split = (tensor(x).reshape(4, 2, 3).transpose(0, 1) for x in (Q, K, V))
    theirs = functional.scaled_dot_product_attention(*split).transpose(0, 1).reshape(4, 6)
    close(engine.multi_head(Q, K, V, 2), theirs)


def test_normalization():
    """Batch, layer and RMS normalisation are PyTorch's."""
    x, (gamma, beta) = draw(32, 5, 4), draw(33, 2, 4)
    t, g, b = tensor(x), tensor(gamma), tensor(beta)
    theirs = functional.batch_norm(t, None, None, g, b, training=True, eps=1e-3)
    close(engine.batch_norm(x, gamma, beta, 1e-3), theirs)
    mean, var = x[0], x[1] ** 2
    theirs = functional.batch_norm(t, tensor(mean), tensor(var), g, b, eps=1e-3)
    close(engine.batch_norm_inference(x, mean, var, gamma, beta, 1e-3), theirs)
    close(engine.layer_norm(x, gamma, beta, 1e-3), functional.layer_norm(t, (4,), g, b, 1e-3))
    close(engine.rms_norm(x, gamma, 1e-3), functional.rms_norm(t, (4,), g, 1e-3))


def test_linear_algebra():
    """Determinant, inverse, rank, eigenvalues and norms are torch.linalg's."""
    A = np.random.default_rng(34).integers(-4, 5, (4, 4))
    t = tensor(A)
    close(engine.determinant(A), torch.linalg.det(t))
    close(engine.adjugate(A) / engine.determinant(A), torch.linalg.inv(t))
    assert engine.rank(A) == torch.linalg.matrix_rank(t)
    close(engine.pseudo_inverse(A[:, :2]), torch.linalg.pinv(t[:, :2]))
    symmetric = A[:2, :2] + A[:2, :2].T
    close(engine.eigenvalues_2x2(symmetric), torch.linalg.eigvalsh(tensor(symmetric)))
    for p in (0.5, 1, 2, 3, np.inf):
        close(engine.lp_norm(A[0], p), torch.linalg.vector_norm(t[0], p))
    similarity = functional.cosine_similarity(t[0], t[1], dim=0)
    close(engine.cosine_similarity(A[0], A[1]), similarity)
