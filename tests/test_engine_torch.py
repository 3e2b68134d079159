"""The engine against PyTorch: activations, losses, gradients by autograd, optimisers."""

import numpy as np
import pytest

from dlexam import engine

torch = pytest.importorskip("torch")
functional = torch.nn.functional

SEEDS = [0, 1, 2]


def draw(seed, *shape):
    """Draw normal numbers."""
    return np.random.default_rng(seed).normal(size=shape)


def tensor(x, grad=False):
    """Make a float64 tensor."""
    return torch.tensor(np.asarray(x, dtype=float), requires_grad=grad)


def close(ours, theirs):
    """Compare to float64 precision."""
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


def test_clip_by_norm():
    """Clipping is PyTorch's, but for the 1e-6 that it adds to the norm."""
    for norm in (0.5, 100.0):
        g = draw(8, 6)
        weights = tensor(g, grad=True)
        weights.grad = tensor(g)
        torch.nn.utils.clip_grad_norm_([weights], norm)
        np.testing.assert_allclose(engine.clip_by_norm(g, norm), weights.grad, rtol=1e-5)
