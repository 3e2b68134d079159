"""The engine against PyTorch: functions, gradients by autograd, optimisers."""

import numpy as np
import pytest

from dlexam import engine

torch = pytest.importorskip("torch")
functional = torch.nn.functional

SEEDS = [0, 1, 2]


def draw(seed, *shape):
    return np.random.default_rng(seed).normal(size=shape)


def tensor(x, grad=False):
    return torch.tensor(np.asarray(x, dtype=float), requires_grad=grad)


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-9, atol=1e-12)


ACTIVATIONS = {
    "sigmoid": (engine.sigmoid, torch.sigmoid),
    "tanh": (engine.tanh, torch.tanh),
    "relu": (engine.relu, torch.relu),
    "leaky_relu": (
        lambda z: engine.leaky_relu(z, 0.1),
        lambda z: functional.leaky_relu(z, 0.1),
    ),
    "elu": (lambda z: engine.elu(z, 1.5), lambda z: functional.elu(z, 1.5)),
    "selu": (engine.selu, functional.selu),
    "softplus": (engine.softplus, functional.softplus),
    "softsign": (engine.softsign, functional.softsign),
    "hard_sigmoid": (lambda z: engine.hard_sigmoid(z, 1 / 6), functional.hardsigmoid),
    "swish": (engine.swish, functional.silu),
    "gelu": (engine.gelu, functional.gelu),
    "gelu_tanh": (
        lambda z: engine.gelu(z, approximate=True),
        lambda z: functional.gelu(z, approximate="tanh"),
    ),
    "binary_step": (
        engine.binary_step,
        lambda z: torch.heaviside(z, torch.ones((), dtype=z.dtype)),
    ),
    "softmax": (engine.softmax, lambda z: torch.softmax(z, -1)),
    "log_softmax": (lambda z: engine.log_softmax(z, 0), lambda z: torch.log_softmax(z, 0)),
    "log_sum_exp": (engine.log_sum_exp, lambda z: torch.logsumexp(z, -1)),
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations(name, seed):
    """Every activation equals PyTorch's, for large arguments too."""
    ours, theirs = ACTIVATIONS[name]
    for scale in (1, 40):
        z = scale * draw(seed, 4, 5)
        close(ours(z), theirs(tensor(z)))


DERIVATIVES = {
    "sigmoid": (engine.sigmoid_derivative, torch.sigmoid),
    "tanh": (engine.tanh_derivative, torch.tanh),
    "relu": (engine.relu_derivative, torch.relu),
    "leaky_relu": (
        lambda z: engine.leaky_relu_derivative(z, 0.1),
        lambda z: functional.leaky_relu(z, 0.1),
    ),
    "elu": (lambda z: engine.elu_derivative(z, 1.5), lambda z: functional.elu(z, 1.5)),
    "softplus": (engine.softplus_derivative, functional.softplus),
    "swish": (engine.swish_derivative, functional.silu),
}


@pytest.mark.parametrize("name", DERIVATIVES)
def test_activation_derivatives(name):
    """Every derivative equals autograd's, at 0 as well."""
    ours, function = DERIVATIVES[name]
    z = tensor([*draw(3, 9), 0.0], grad=True)
    function(z).sum().backward()
    close(ours(z.detach().numpy()), z.grad)


def test_softmax_jacobian():
    """The Jacobian of softmax is autograd's."""
    z = draw(4, 5)
    theirs = torch.autograd.functional.jacobian(lambda x: torch.softmax(x, 0), tensor(z))
    close(engine.softmax_jacobian(engine.softmax(z)), theirs)


@pytest.mark.parametrize("seed", SEEDS)
def test_regression_losses(seed):
    """mse, mae and the sums of squares are PyTorch's."""
    y, y_hat = draw(seed, 2, 6)
    a, b = tensor(y), tensor(y_hat)
    close(engine.mse(y, y_hat), functional.mse_loss(b, a))
    close(engine.mae(y, y_hat), functional.l1_loss(b, a))
    close(engine.squared_error(y, y_hat), functional.mse_loss(b, a, reduction="sum"))
    close(engine.half_squared_error(y, y_hat), functional.mse_loss(b, a, reduction="sum") / 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_classification_losses(seed):
    """Cross-entropies and hinges are PyTorch's, the multiclass hinge without its division."""
    z, target = 3 * draw(seed, 5), seed
    p, label = engine.sigmoid(z), (draw(seed + 10, 5) > 0).astype(float)
    logits, index = tensor(z), torch.tensor(target)
    close(
        engine.binary_cross_entropy(label, p),
        functional.binary_cross_entropy(tensor(p), tensor(label)),
    )
    close(engine.softmax_cross_entropy(z, target), functional.cross_entropy(logits, index))
    close(
        engine.cross_entropy(engine.softmax(z), target),
        functional.nll_loss(torch.log_softmax(logits, 0), index),
    )
    close(
        engine.multiclass_hinge(z, target) / len(z),
        functional.multi_margin_loss(logits, index),
    )
    signs = 2 * label - 1
    theirs = functional.relu(1 - tensor(signs) * logits).mean()
    close(engine.hinge(signs, z), theirs)


def test_softmax_cross_entropy_gradient():
    """The gradient at the logits is autograd's."""
    z = tensor(draw(5, 4), grad=True)
    functional.cross_entropy(z, torch.tensor(2)).backward()
    close(engine.softmax_cross_entropy_gradient(z.detach().numpy(), 2), z.grad)


@pytest.mark.parametrize("seed", SEEDS)
def test_information(seed):
    """Entropy, cross-entropy and divergence are those of PyTorch's distributions."""
    p, q = engine.softmax(draw(seed, 2, 4))
    theirs = [torch.distributions.Categorical(probs=tensor(x)) for x in (p, q)]
    entropy, divergence = theirs[0].entropy(), torch.distributions.kl_divergence(*theirs)
    close(engine.entropy(p, np.e), entropy)
    close(engine.kl_divergence(p, q, 2), divergence / np.log(2))
    close(engine.cross_entropy_of(p, q, np.e), entropy + divergence)


def test_gaussian_log_likelihood():
    """The log-likelihood is the sum of PyTorch's normal log densities."""
    y, mu = draw(6, 2, 5)
    theirs = torch.distributions.Normal(tensor(mu), 0.7).log_prob(tensor(y)).sum()
    close(engine.gaussian_log_likelihood(y, mu, 0.7), theirs)


def accumulating(theta, m, v, g, t):
    """PyTorch's momentum sums gradients: our classic form with v = -lr times its buffer."""
    v, theta = engine.momentum_classic(theta, v, g, 0.1, 0.9)
    return m, v, theta


OPTIMIZERS = {
    "sgd": (
        lambda theta, m, v, g, t: (m, v, engine.sgd(theta, g, 0.1)),
        lambda w: torch.optim.SGD(w, lr=0.1),
    ),
    "momentum_classic": (accumulating, lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9)),
    "adagrad": (
        lambda theta, m, v, g, t: (m, *engine.adagrad(theta, v, g, 0.1, 0.01)),
        lambda w: torch.optim.Adagrad(w, lr=0.1, eps=0.01),
    ),
    "rmsprop": (
        lambda theta, m, v, g, t: (m, *engine.rmsprop(theta, v, g, 0.1, 0.9, 0.01)),
        lambda w: torch.optim.RMSprop(w, lr=0.1, alpha=0.9, eps=0.01),
    ),
    "adadelta": (
        lambda theta, m, v, g, t: engine.adadelta(theta, m, v, g, 0.9, 0.01),
        lambda w: torch.optim.Adadelta(w, lr=1.0, rho=0.9, eps=0.01),
    ),
    "adam": (
        lambda theta, m, v, g, t: engine.adam(theta, m, v, g, t, 0.1, 0.8, 0.9, 0.01),
        lambda w: torch.optim.Adam(w, lr=0.1, betas=(0.8, 0.9), eps=0.01),
    ),
    "adamax": (
        lambda theta, m, v, g, t: engine.adamax(theta, m, v, g, t, 0.1, 0.8, 0.9),
        lambda w: torch.optim.Adamax(w, lr=0.1, betas=(0.8, 0.9), eps=0.0),
    ),
    "adamw": (
        lambda theta, m, v, g, t: engine.adamw(theta, m, v, g, t, 0.1, 0.8, 0.9, 0.01, 0.2),
        lambda w: torch.optim.AdamW(w, lr=0.1, betas=(0.8, 0.9), eps=0.01, weight_decay=0.2),
    ),
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizers(name, seed):
    """Four updates from zero state follow torch.optim."""
    step, make = OPTIMIZERS[name]
    gradients, theta = draw(seed, 4, 3), draw(seed + 20, 3)
    weights = tensor(theta, grad=True)
    optimizer, m, v = make([weights]), np.zeros(3), np.zeros(3)
    for t, g in enumerate(gradients, start=1):
        weights.grad = tensor(g)
        optimizer.step()
        m, v, theta = step(theta, m, v, g, t)
        close(theta, weights)


def test_nesterov():
    """PyTorch's parameter under Nesterov is our look-ahead point."""
    theta = draw(7, 3)
    weights, v = tensor(theta, grad=True), np.zeros(3)
    optimizer = torch.optim.SGD([weights], lr=0.1, momentum=0.9, nesterov=True)
    for _ in range(4):
        weights.grad = 2 * weights.detach()
        optimizer.step()
        v, theta = engine.nesterov(theta, v, lambda point: 2 * point, 0.1, 0.9)
        close(theta + 0.9 * v, weights)


def test_nadam():
    """With its schedule switched off, PyTorch's NAdam corrects the momentum for the next step."""
    g, m, v, theta = 0.5, 0.0, 0.0, 1.0
    m, v, theta = engine.nadam(theta, m, v, g, 1, 0.1, 0.8, 0.9, 0.0)
    assert theta == pytest.approx(1 - 0.1 * (0.8 * 0.5 + 0.2 * 0.5 / 0.2) / 0.5)


def test_clip_by_norm():
    """Clipping is PyTorch's, but for the 1e-6 that it adds to the norm."""
    for norm in (0.5, 100.0):
        g = draw(8, 6)
        weights = tensor(g, grad=True)
        weights.grad = tensor(g)
        torch.nn.utils.clip_grad_norm_([weights], norm)
        np.testing.assert_allclose(engine.clip_by_norm(g, norm), weights.grad, rtol=1e-5)


CONVOLUTIONS = [
    dict(stride=1, padding=0, dilation=1),
    dict(stride=2, padding=1, dilation=1),
    dict(stride=(2, 3), padding=(0, 2), dilation=1),
    dict(stride=1, padding=2, dilation=2),
    dict(stride=2, padding=1, dilation=(2, 1)),
]


@pytest.mark.parametrize("options", CONVOLUTIONS, ids=str)
def test_convolve_and_gradients(options):
    """convolve and both gradients are PyTorch's for every stride, padding and dilation."""
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


@pytest.mark.parametrize("stride, padding, extra, dilation", [(1, 0, 0, 1), (2, 1, 1, 1), (3, 1, 2, 2)])
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


@pytest.mark.parametrize("window, stride", [(2, None), (3, 2), ((2, 3), (1, 2))])
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
