r"""Binary cross-entropy

<story> The true labels are $y = <y>$; the predicted probabilities of the label 1 are $p = <p>$.

Compute the binary cross-entropy $\ell_i$ of each sample, with the natural logarithm, and the loss $L$, the mean over the $n$ samples.
"""

from numpy import any as any_of
from numpy import log, log2, log10, ravel

from dlexam import array, by_level, grid, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import total

about = dict(minutes=5, tags=["cross-entropy"])


def both_labels(n, random):
    """Labels with at least one 0 and one 1."""
    from numpy import array as vector

    labels = [0, 1, *(random.randrange(2) for _ in range(n - 2))]
    random.shuffle(labels)
    return vector(labels)


given = dict(
    n=by_level(3, 3, 5),
    y=both_labels,
    p=lambda n, level: array(n, by_level(grid(0.1, 0.9, by=0.1), grid(0.05, 0.95, by=0.05), grid(0.02, 0.98, by=0.01))(level)),
)


words = dict(
    story=one_of(
        "A network gives the probability that an X-ray image shows a fracture (label 1).",
        "A network gives the probability that a customer cancels a contract (label 1).",
        "A spam filter gives the probability that an e-mail is spam (label 1).",
        "The discriminator of a GAN gives the probability that an image is real (label 1).",
    )
)


@step(symbol=r"\ell", marks=3, tex=r"-\left(y \ln p + (1 - y) \ln (1 - p)\right)")
def terms(y, p):
    """For label 1 only the first part is left, for label 0 only the second: each sample pays for the probability of its true label."""
    return -(y * log(p) + (1 - y) * log(1 - p))


@terms.working
def samples(y, p, terms):
    lines = zip(ravel(y).tolist(), ravel(p).tolist(), ravel(terms).tolist())
    return [
        rf"$\ell_{{{i}}} = -\ln {tex(q)} \approx {tex(loss, 4)}$" if label else rf"$\ell_{{{i}}} = -\ln (1 - {tex(q)}) \approx {tex(loss, 4)}$"
        for i, (label, q, loss) in enumerate(lines, 1)
    ][:6]


@terms.mistake()
def sign_flipped(y, p):
    """You left out the minus sign; the logarithm of a probability is negative, and the loss is positive."""
    return y * log(p) + (1 - y) * log(1 - p)


@terms.mistake()
def wrong_log_base(y, p):
    r"""You used the logarithm to base 10; this loss uses the natural logarithm $\ln$."""
    return -(y * log10(p) + (1 - y) * log10(1 - p))


@terms.mistake()
def in_bits(y, p):
    r"""You used the logarithm to base 2; this loss uses the natural logarithm $\ln$."""
    return -(y * log2(p) + (1 - y) * log2(1 - p))


@terms.mistake()
def negative_class_ignored(y, p):
    r"""You counted the samples with label 1 only; a sample with label 0 costs $-\ln (1 - p)$."""
    return -y * log(p) + 0.0


@terms.mistake(when=lambda p: any_of(abs(p - 0.5) > 1e-9))
def label_ignored(p):
    r"""You took $-\ln p$ for every sample; where the label is 0, its probability is $1 - p$."""
    return -log(p)


@step(symbol="L", marks=1, tex=r"\frac{1}{n} \sum_i \ell_i")
def loss(terms):
    """The loss of the batch is the mean, so that it does not grow with the number of samples."""
    return terms.mean()


@loss.working
def mean_of_terms(terms, loss):
    return rf"$L \approx \frac{{1}}{{{terms.size}}} ({total(ravel(terms).tolist(), 4)}) \approx {tex(loss.item(), 4)}$" if terms.size > 1 else []


@loss.mistake(keeps=0.5, when=lambda terms: terms.size > 1)
def not_averaged(terms):
    """You added the terms; divide by their number."""
    return terms.sum()


pytorch = """
import torch
from torch.nn import functional as F

y, p = torch.tensor(<y>).double(), torch.tensor(<p>, dtype=torch.float64)
terms = F.binary_cross_entropy(p, y, reduction="none")
loss = F.binary_cross_entropy(p, y).item()
"""
