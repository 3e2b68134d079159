r"""Reading training and validation curves

<story> It is a classifier with <classes> classes; giving all classes the same probability would have a loss of $\ln <classes> = <chance:.2f>$.
These are the mean losses (cross-entropy) on the training data and on the validation data after each epoch:

<table>

What is the diagnosis, and what should be done first?
"""

from math import log

from numpy import argmin, around, array, exp, linspace

from dlexam import by_level, one_of, step
from dlexam.figures import lines

about = dict(minutes=2, tags=["learning curves", "overfitting", "underfitting"])

REMEDIES = {
    "diverging": "lower the learning rate, as the steps are too large",
    "not finished": "train for more epochs",
    "underfitting": "take a larger model or regularise less",
    "good fit": "keep the model as it is",
    "overfitting": "regularise more, get more data or stop earlier",
}

WHY = {
    "overfitting": "The network fits the training data far better than the validation data: it has learnt them by heart instead of what is general.",
    "underfitting": "Both losses are still high, not far below those of guessing: the network does not even fit the training data. That the gap is small does not help.",
    "good fit": "Both losses have come far down and end close to each other. A small gap is normal.",
    "diverging": "The training loss itself ends higher than it began: the updates overshoot. In overfitting it would fall.",
}

WHY_REMEDY = {
    "overfitting": "A penalty, dropout, data augmentation, more data or early stopping narrow the gap. A larger model or more epochs would widen it.",
    "underfitting": "The losses have levelled out, so more epochs would bring little: the model needs more freedom. Regularisation or more data would not lower the training loss.",
    "good fit": "The losses have levelled out close together, so there is nothing to mend.",
    "diverging": "Smaller steps do not overshoot. The model and the data cannot be judged before the training works.",
    "not finished": "The losses are still falling steadily when the training ends, so first let it go on.",
}


def falling(start, end, epochs, random):
    """A loss that falls quickly at first and then levels out."""
    rate = 1 - random.uniform(0.42, 0.55)
    return end + (start - end) * rate ** linspace(0, 9, epochs)


def draw_training(classes, epochs, level, random):
    """A training loss that comes far down, stays high or grows; validation decides what a low one means."""
    start = log(classes) * random.uniform(0.9, 0.98)
    noise = array([random.uniform(-1, 1) for _ in range(epochs)]) * 0.012 * start * (level - 1)
    shape = random.choice(["low", "low", "low", "high", "grows"])
    if shape == "low":
        losses = falling(start, start * random.uniform(0.05, 0.12), epochs, random)
        noise *= losses / start + 0.2
    elif shape == "high" and level > 1 and random.random() < 0.5:
        losses = linspace(start, start * random.uniform(0.66, 0.72), epochs)
        noise *= 0.4
    elif shape == "high":
        losses = falling(start, start * random.uniform(0.8, 0.88), epochs, random)
        noise *= 0.4
    else:
        dip = random.uniform(0.1, 0.25) * start * (level > 1)
        times = linspace(0, 1, epochs)
        losses = start + (exp(times * random.uniform(1.2, 2)) - 1) * start - dip * times * (1 - times) ** 2 * 20
    return around(losses + noise, 2)


def draw_validation(training, level, random):
    """Close to the training loss, or, if that comes far down, maybe far above it in the end."""
    start, epochs = training[0], len(training)
    noise = array([random.uniform(-1, 1) for _ in range(epochs)]) * 0.012 * start * (level - 1)
    if training[-1] > start / 2 or random.random() < 0.4:
        lowest = 0.97 if level == 3 else 1.03
        return around(training * random.uniform(lowest, 1.1) + 0.02 * start + noise * 0.7, 2)
    if level == 3 and random.random() < 0.5:
        return around(falling(start, start * random.uniform(0.5, 0.6), epochs, random) + noise, 2)
    turn = linspace(-0.4, 1, epochs).clip(0)
    return around(falling(start, start * random.uniform(0.38, 0.45), epochs, random) + turn * start * random.uniform(0.25, 0.45) + noise, 2)


given = dict(
    classes=one_of(5, 10, 20, 100),
    epochs=by_level(6, 8, 10),
    training=draw_training,
    validation=draw_validation,
)

words = dict(
    story=one_of(
        "A convolutional network sorts photos of birds.",
        "A network recognises spoken words.",
        "A network assigns news articles to topics.",
        "A network names the plant on a photo of a leaf.",
    ),
    chance=lambda classes: -log(1 / classes),
    table=lambda training, validation: "\n".join([
        row("epoch", range(1, len(training) + 1)),
        "|---" * (len(training) + 1) + "|",
        row("training", [f"{x:.2f}" for x in training]),
        row("validation", [f"{x:.2f}" for x in validation]),
    ]),
)


def row(name, cells):
    """A row of the table in Markdown."""
    return "| " + " | ".join([name, *map(str, cells)]) + " |"


def figure(training, validation):
    return lines({"training": training, "validation": validation}, caption="Solid: training, dashed: validation.")


@step(symbol=r"\text{diagnosis}", marks=1, options=("underfitting", "overfitting", "good fit", "diverging"))
def diagnosis(training, validation):
    """Look first whether the training loss comes down at all and how far, then how far above it the validation loss ends."""
    start = training[0]
    if not training[-1] <= 1.1 * start:
        return "diverging"
    if validation[-1] - training[-1] > 0.2 * start:
        return "overfitting"
    return "underfitting" if training[-1] > 0.5 * start else "good fit"


@diagnosis.working
def reading(training, validation, diagnosis):
    best = argmin(validation)
    turned = f", lowest after epoch {best + 1} ({validation[best]:.2f})" if diagnosis == "overfitting" and best + 1 < len(validation) else ""
    yield f"Training loss: from {training[0]:.2f} to {training[-1]:.2f}. Validation loss: from {validation[0]:.2f} to {validation[-1]:.2f}{turned}."
    yield WHY[diagnosis]


@diagnosis.mistake(when=lambda diagnosis: diagnosis == "overfitting")
def training_loss_only(training):
    """The training loss looks good, but the validation loss ends far above it. What counts is new data: overfitting."""
    return "good fit"


@diagnosis.mistake(when=lambda diagnosis: diagnosis == "underfitting")
def small_gap_is_enough(training):
    """The gap is small, but both losses are still high, not far below those of guessing: underfitting."""
    return "good fit"


@diagnosis.mistake(when=lambda diagnosis: diagnosis == "good fit")
def any_gap_is_overfitting(training):
    """A small gap is normal. Both losses have come far down and end close to each other: good fit."""
    return "overfitting"


@diagnosis.mistake(when=lambda diagnosis: diagnosis == "diverging")
def rising_validation_only(training):
    """The validation loss rises, but so does the training loss. In overfitting the training loss falls; this is diverging."""
    return "overfitting"


@step
def cause(diagnosis, training):
    last = training[-min(4, len(training)) :]
    return "not finished" if diagnosis == "underfitting" and last[0] - last[-1] > 0.06 * training[0] else diagnosis


@step(symbol=r"\text{remedy}", marks=1, options=tuple(REMEDIES.values()))
def remedy(cause):
    """The remedy follows from the diagnosis, and from whether the losses have levelled out."""
    return next(action for name, action in REMEDIES.items() if name == cause)


@remedy.working
def why_remedy(cause):
    return WHY_REMEDY[cause]


@remedy.mistake(when=lambda cause: cause == "overfitting")
def training_loss_may_fall_further(cause):
    """More epochs would lower the training loss further, but it is the validation loss that is too high, and it hardly falls any more."""
    return REMEDIES["not finished"]


@remedy.mistake(when=lambda cause: cause == "overfitting")
def even_larger_model(cause):
    """A larger model could learn the training data by heart even better. Overfitting calls for the opposite: more regularisation or more data."""
    return REMEDIES["underfitting"]


@remedy.mistake(when=lambda cause: cause == "underfitting")
def wait_for_a_plateau_to_end(cause):
    """Both losses have levelled out already, so more epochs would bring little. The model itself is too weak or held back too much."""
    return REMEDIES["not finished"]


@remedy.mistake(when=lambda cause: cause in ("underfitting", "not finished"))
def cure_for_overfitting(cause):
    """Regularisation, more data and early stopping help against overfitting. Here not even the training data are fitted."""
    return REMEDIES["overfitting"]


@remedy.mistake(when=lambda cause: cause == "not finished")
def stopped_too_soon(cause):
    """Both losses fall steadily up to the last epoch. Before the model is judged, let the training go on."""
    return REMEDIES["underfitting"]


@remedy.mistake(when=lambda cause: cause == "diverging")
def regularised_divergence(cause):
    """Regularisation narrows the gap between the two losses, but here the training loss itself grows. Take smaller steps."""
    return REMEDIES["overfitting"]


@remedy.mistake(when=lambda cause: cause == "good fit")
def more_of_the_same(cause):
    """Both losses have levelled out, so more epochs would bring little but a growing gap. There is nothing to mend."""
    return REMEDIES["not finished"]


pytorch = """
import torch
training = torch.tensor(<training>)
validation = torch.tensor(<validation>)
ends = torch.stack([training[-1], validation[-1]]) / training[0]
steady = (training[-4:][0] - training[-1]) / training[0] > 0.06   # still falling
if ends[0] > 1.1:
    diagnosis, remedy = "diverging", "lower the learning rate, as the steps are too large"
elif ends.diff() > 0.2:
    diagnosis, remedy = "overfitting", "regularise more, get more data or stop earlier"
elif ends[0] <= 0.5:
    diagnosis, remedy = "good fit", "keep the model as it is"
elif steady:
    diagnosis, remedy = "underfitting", "train for more epochs"
else:
    diagnosis, remedy = "underfitting", "take a larger model or regularise less"
"""
