r"""Which loss, and which distribution is behind it?

<situation>

The network is to be trained by maximum likelihood: the loss is the negative logarithm of the likelihood of the targets, up to constant factors and terms.
Which loss fits, and which distribution of the target, given the input, is behind it?
"""

from dlexam import one_of, step

about = dict(minutes=2, tags=["losses", "maximum likelihood"])

BEHIND = {
    "mean squared error": "Gaussian",
    "mean absolute error": "Laplace",
    "binary cross-entropy": "Bernoulli",
    "categorical cross-entropy": "categorical",
    "Poisson loss": "Poisson",
}

CASES = {
    "A network predicts the temperature at noon from the weather of the morning. The measured temperatures scatter around a good prediction in a bell shape, always with the same width.": (
        "mean squared error", "A bell shape of constant width around the prediction is a Gaussian; its exponent holds the squared error."),
    "A network estimates the height of a tree from a laser scan. The heights in the training data come from an instrument with normally distributed errors of 10 cm standard deviation.": (
        "mean squared error", "Normal errors of constant spread: the negative log-likelihood is the squared error, up to a factor and a constant."),
    "A power company forecasts its load. It wants an error of 3 MW to cost nine times as much as an error of 1 MW.": (
        "mean squared error", "Three times the error costs $3^2 = 9$ times as much: the cost is the square."),
    "A network predicts the length of a fish from a photo. The best prediction shall be the *mean* of the lengths of all fish that look like that.": (
        "mean squared error", r"The mean is the number with the least mean squared distance: $\frac{\mathrm{d}}{\mathrm{d}a} \sum_i (y_i - a)^2 = 0$ where $a$ is the mean."),
    "A network predicts the price of a house. A few prices in the data are off by a factor of ten because of typing errors. They shall not pull the predictions; the best prediction shall be the *median* price.": (
        "mean absolute error", "The median has the least mean absolute distance. An outlier counts with its distance only, not with the square."),
    "A transport company predicts when buses arrive. It wants an error of 10 minutes to cost just ten times as much as an error of 1 minute, whether a bus is early or late.": (
        "mean absolute error", "The cost grows in proportion to the size of the error."),
    "A network predicts the reading $y$ of a sensor. The density of the error $e$ falls off like $e^{-|e|/b}$ on both sides, so large errors are far more common than under a bell curve.": (
        "mean absolute error", r"The negative logarithm of $e^{-|e|/b}$ is $|e|/b$: the absolute error."),
    "Delivery times are predicted for parcels. The errors have heavy tails: most are tiny, some are huge. The loss shall have a gradient of the same size for a large error as for a small one.": (
        "mean absolute error", r"The derivative of $|e|$ is $\pm 1$ whatever the size of the error, so that no huge error dominates."),
    "A filter decides whether an e-mail is spam or not. Its only output is the probability of spam, from a sigmoid.": (
        "binary cross-entropy", "One question with the answers yes or no, and one probability $p$: the likelihood is $p$ if it is spam and $1 - p$ if not."),
    "From an X-ray image, a network finds out which of 14 diseases a patient has: none, one or several of them. It has 14 sigmoid outputs, one for each disease.": (
        "binary cross-entropy", "Fourteen yes-no questions, each with a probability of its own; their losses are added up."),
    "A phone company wants to know the probability that a customer leaves within a month. The target is 1 for those who left and 0 for those who stayed; the network has one sigmoid output.": (
        "binary cross-entropy", r"A target of 0 or 1 with the probability $p$: the loss is $-\ln p$ or $-\ln(1 - p)$."),
    "For each pixel of a satellite image a network gives, with one sigmoid, the probability that the pixel shows water. The labels are water or not water.": (
        "binary cross-entropy", "Each pixel is a yes-no question with one probability; the losses of the pixels are averaged."),
    "An advertisement is shown, and the user clicks on it or does not. The only output of the network is the probability of a click, from a sigmoid.": (
        "binary cross-entropy", "Click or no click is a toss of an unfair coin, whose $p$ the network gives."),
    "A network reads handwritten digits. Each image shows exactly one of the digits 0 to 9; the ten outputs come from a softmax.": (
        "categorical cross-entropy", r"One of ten classes is right: the likelihood is the probability $p_c$ of that class, so the loss is $-\ln p_c$."),
    "A language model gives, with a softmax, a probability to each of 30 000 words to be the next one in a text.": (
        "categorical cross-entropy", r"Just one of the words comes next. The loss is $-\ln$ of the probability that this word was given."),
    "For a self-driving car each pixel of the camera image is given one of 19 labels (road, car, person, ...). At each pixel there is a softmax over the labels.": (
        "categorical cross-entropy", "At each pixel exactly one of 19 labels is right; the losses of the pixels are averaged."),
    "From a chemical analysis of a wine, a network names the region that it comes from, one of three. Its three outputs come from a softmax.": (
        "categorical cross-entropy", "A wine comes from exactly one of the three regions, with one probability for each."),
    "A network names the part of speech (noun, verb, ...; one of 17) of each word of a sentence, with a softmax over the 17 at each word.": (
        "categorical cross-entropy", "Each word has exactly one of 17 labels; the losses of the words are averaged."),
    r"A network forecasts how many bikes will be hired at a station in the next hour: 0, 1, 2, ... Its output is the rate $\lambda > 0$. Hires happen independently of each other, and the variance of the counts is about equal to their mean.": (
        "Poisson loss", r"Counts of independent events whose variance equals their mean. The loss is $\lambda - y \ln \lambda$, up to a constant."),
    r"A detector counts the photons that arrive at each pixel in a millisecond, mostly none, sometimes one or two. They arrive independently of each other; the network predicts the expected number $\lambda > 0$.": (
        "Poisson loss", r"The number of independent events in a fixed time is Poisson distributed. The loss is $\lambda - y \ln \lambda$, up to a constant."),
    r"An emergency centre wants to know how many calls will come in during a minute. Calls come independently of each other; the target is the number of calls, and the output of the network is the expected number $\lambda > 0$.": (
        "Poisson loss", r"Independent calls in a fixed time: their number is Poisson distributed. The loss is $\lambda - y \ln \lambda$, up to a constant."),
}  # fmt: skip

# Loss, and negative log-likelihood, of a prediction p for a target of 1, as PyTorch code.
CODE = {
    "mean squared error": ("(p - 1) ** 2", "-Normal(p, 0.5**0.5).log_prob(y)"),
    "mean absolute error": ("(p - 1).abs()", "-Laplace(p, 1.0).log_prob(y)"),
    "binary cross-entropy": ("binary_cross_entropy(p, y)", "-Bernoulli(p).log_prob(y)"),
    "categorical cross-entropy": ("cross_entropy(torch.log(torch.stack([1 - p, p])), y.long())", "-Categorical(torch.stack([1 - p, p])).log_prob(y)"),
    "Poisson loss": ("poisson_nll_loss(p, y, log_input=False)", "-Poisson(p).log_prob(y)"),
}

given = dict(situation=one_of(*CASES))

words = dict(
    name=lambda loss: loss,
    family=lambda distribution: distribution,
    loss_code=lambda loss: CODE[loss][0],
    likelihood_code=lambda loss: CODE[loss][1],
)


def case(situation):
    """The loss and the reason."""
    if situation not in CASES:
        msg = "this situation is none of the question's own"
        raise ValueError(msg)
    return CASES[situation]


@step(symbol=r"\text{loss}", marks=1, options=tuple(BEHIND))
def loss(situation):
    """Ask what the target is: a real number, yes or no, one of several classes, or a count; and how errors shall be weighed."""
    return case(situation)[0]


@loss.working
def why(situation):
    return case(situation)[1]


@loss.mistake(when=lambda loss: loss == "categorical cross-entropy")
def squares_of_classes(situation):
    """Class numbers are names, not sizes, and behind a softmax squared errors give weak gradients where the network is confident and wrong."""
    return "mean squared error"


@loss.mistake(when=lambda loss: loss == "categorical cross-entropy")
def classes_one_by_one(situation):
    """Binary cross-entropy treats the classes as separate yes-no questions. Here exactly one of them is right, and a softmax shares out one probability among them."""
    return "binary cross-entropy"


@loss.mistake(when=lambda loss: loss == "binary cross-entropy")
def one_of_many(situation):
    """Categorical cross-entropy is for outputs of a softmax, exactly one of which is right. Here each sigmoid output answers a yes-no question of its own."""
    return "categorical cross-entropy"


@loss.mistake(when=lambda loss: loss == "binary cross-entropy")
def squares_of_probabilities(situation):
    """Squared errors belong to real-valued targets; behind a sigmoid their gradient vanishes just where the network is confident and wrong."""
    return "mean squared error"


@loss.mistake(when=lambda loss: loss == "mean absolute error")
def squares_with_outliers(situation):
    """Squares make large errors count most, and the mean the best prediction. Here an error shall count in proportion to its size; then the median is best."""
    return "mean squared error"


@loss.mistake(when=lambda loss: loss == "mean squared error")
def absolute_errors(situation):
    """The absolute error counts in proportion to its size and makes the median the best prediction. Here it is the square that counts."""
    return "mean absolute error"


@loss.mistake(when=lambda loss: loss == "Poisson loss")
def counts_as_real_numbers(situation):
    """Squared errors suppose noise of the same width everywhere. Counts are whole numbers from 0 on, and scatter the more the larger they are."""
    return "mean squared error"


@step(symbol=r"\text{distribution}", marks=1, options=("Bernoulli", "categorical", "Gaussian", "Laplace", "Poisson"))
def distribution(loss):
    """Each of these losses is the negative log-likelihood of one distribution, up to factors and constants."""
    return next(family for name, family in BEHIND.items() if name == loss)


@distribution.mistake(when=lambda loss: loss == "mean absolute error")
def gaussian_behind_absolute_error(loss):
    r"""The logarithm of a Gaussian density holds the squared error. An absolute error comes from $e^{-|e|/b}$: Laplace."""
    return "Gaussian"


@distribution.mistake(when=lambda loss: loss == "mean squared error")
def laplace_behind_squared_error(loss):
    r"""The logarithm of a Laplace density holds the absolute error. A squared error comes from $e^{-e^2 / 2\sigma^2}$: Gaussian."""
    return "Laplace"


@distribution.mistake(when=lambda loss: loss == "binary cross-entropy")
def categorical_behind_yes_or_no(loss):
    """A categorical distribution shares out one probability among several classes. Yes or no with a single $p$ is a Bernoulli distribution."""
    return "categorical"


@distribution.mistake(when=lambda loss: loss == "categorical cross-entropy")
def bernoulli_behind_classes(loss):
    """A Bernoulli distribution knows two outcomes, with $p$ and $1 - p$. One of several classes is a categorical distribution."""
    return "Bernoulli"


@distribution.mistake(when=lambda loss: loss == "Poisson loss")
def gaussian_behind_counts(loss):
    r"""A Gaussian would allow negative and fractional counts. Numbers of independent events are Poisson distributed."""
    return "Gaussian"


pytorch = """
import torch
from torch.distributions import Bernoulli, Categorical, Laplace, Normal, Poisson
from torch.nn.functional import binary_cross_entropy, cross_entropy, poisson_nll_loss
y = torch.tensor(1.0)                                  # the target
p, q = torch.tensor(0.7), torch.tensor(0.2)            # two predictions
def value(p): return <loss_code:s>
def negative_log_likelihood(p): return <likelihood_code:s>
gap = negative_log_likelihood(p) - negative_log_likelihood(q)
assert torch.isclose(value(p) - value(q), gap)         # so they differ by a constant only
loss, distribution = <name>, <family>
"""
