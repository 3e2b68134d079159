r"""Batch, mini-batch or stochastic?

<description>

Which variant of gradient descent is it? In the strict sense of these words:

- *batch*: each update uses all examples of the training set,
- *mini-batch*: each update uses more than one example, but not all,
- *stochastic*: each update uses a single example.
"""

from dlexam import one_of, step

about = dict(minutes=1, tags=["gradient descent", "mini-batches"])

# examples in the training set, examples that one update uses, the reason
CASES = {
    "A training set has 60 000 images. In a whole epoch the weights change just once.": (
        60_000, 60_000, "One update in an epoch: it has seen all 60 000 images."),
    "All 150 flowers of the iris data set are the rows of one matrix. The network processes this matrix at once, and then the weights are updated.": (
        150, 150, "The matrix is the whole training set, so each update uses all of it."),
    "A loop goes over `DataLoader(data, batch_size=len(data))` and calls `optimizer.step()` once for each batch that it gets. `data` holds 2000 examples.": (
        2_000, 2_000, "With this batch size there is one batch, of all 2000 examples."),
    "A data set of 6400 examples is split into 20 parts. The gradients of the 20 parts are added up, and only then, once in an epoch, `optimizer.step()` is called.": (
        6_400, 6_400, "What counts is the gradient that an update uses. It is the sum over all 20 parts, that is, over all 6400 examples; the parts only save memory."),
    "A linear model is trained on 500 examples with a small constant learning rate. Shuffling the examples, with whatever seed, changes nothing at all about the sequence of its weights.": (
        500, 500, "The mean over all 500 examples does not depend on their order. Any smaller batch would depend on the shuffle."),
    "A training set has 10 000 examples. At a given point of the weights, the gradients that the updates use have no sampling noise at all: each is the gradient of the mean training loss itself.": (
        10_000, 10_000, "Only the mean over all 10 000 examples is the gradient of the training loss itself; any smaller sample would scatter around it."),
    "A training set has 1 000 000 examples. In an epoch, in which each example is used once, the weights change 31 250 times.": (
        1_000_000, 32, r"$1\,000\,000 / 31\,250 = 32$ examples an update: more than one, but not all."),
    "A loop goes over `DataLoader(data, batch_size=64, shuffle=True)` and calls `optimizer.step()` once for each batch that it gets. `data` holds 6400 examples.": (
        6_400, 64, "Each update uses 64 of 6400 examples."),
    "A data loader gives the 50 000 training images one at a time. Their gradients are added up, and `optimizer.step()` is called after each sixteenth image.": (
        50_000, 16, "What counts is the gradient that an update uses: a sum over 16 images, however they are loaded."),
    "For each update, three computers take 64 images each from a data set of 1.2 million. Their gradients are averaged, and the weights are updated with the average.": (
        1_200_000, 192, r"Each update uses $3 \cdot 64 = 192$ of 1.2 million images."),
    "A training set has 100 000 examples. Each update uses a random sample of them; the standard deviation of the sample's mean gradient is one eighth of that of a single example's gradient.": (
        100_000, 64, r"Averaging $n$ independent gradients divides the standard deviation by $\sqrt{n}$. Here $\sqrt{n} = 8$, so $n = 64$."),
    "A network with batch normalisation is trained on 2 million images. The memory of the graphics card holds 256 images with their activations; it is filled, and an update follows each time.": (
        2_000_000, 256, "256 of 2 million images an update. Batch normalisation needs more than one example for its statistics, too."),
    "A training set has 12 800 examples, of which each is used once in an epoch. There are 100 updates in an epoch.": (
        12_800, 128, r"$12\,800 / 100 = 128$ examples an update: more than one, but not all."),
    "A training set has 50 000 examples. In an epoch, in which each example is used once, the weights change 50 000 times.": (
        50_000, 1, "As many updates as examples: each uses one."),
    "A loop goes over `DataLoader(data, batch_size=1, shuffle=True)` and calls `optimizer.step()` once for each batch that it gets. `data` holds 2000 examples.": (
        2_000, 1, "A batch of size 1 is a single example."),
    "An online shop has recorded 300 000 purchases. Its model goes through them in the order of time and is updated after every purchase, with the gradient of this purchase only.": (
        300_000, 1, "One purchase, one update."),
    "A robot has learnt from a recording of 20 000 camera images. Whenever an image and its steering angle came in, the loss of this pair was computed and the weights were changed at once.": (
        20_000, 1, "Each update uses one pair of image and angle."),
    "A perceptron learns from 40 points. They are presented one after the other, and the weights are corrected right after each point, before the next one is looked at.": (
        40, 1, "The weights change after each single point. (In the strict batch form, the corrections of all 40 would be added up first.)"),
    "A training set has 8000 examples. Each update uses a random sample of them; the mean gradient of this sample scatters just as much as the gradient of a single random example.": (
        8_000, 1, r"Averaging $n$ gradients divides the standard deviation by $\sqrt{n}$. Here nothing is divided, so $n = 1$."),
}  # fmt: skip

given = dict(description=one_of(*CASES))

words = dict(
    examples=lambda description: case(description)[0],
    used=lambda description: case(description)[1],
)


def case(description):
    """The size of the training set, the examples that an update uses, and the reason."""
    if description not in CASES:
        msg = "this description is none of the question's own"
        raise ValueError(msg)
    return CASES[description]


@step(symbol=r"\text{variant}", marks=1, options=("batch", "mini-batch", "stochastic"))
def variant(description):
    """Count the examples whose gradients go into *one* update."""
    examples, used, _ = case(description)
    return "batch" if used == examples else "stochastic" if used == 1 else "mini-batch"


@variant.working
def why(description):
    return case(description)[2]


@variant.mistake(when=lambda description: "added up" in description and "20 parts" in description)
def sum_of_parts_overlooked(description):
    """The parts are mini-batches only for the computation. No update happens before all of them are added up: batch."""
    return "mini-batch"


@variant.mistake(when=lambda description: "sixteenth" in description)
def sum_of_single_ones_overlooked(description):
    """The images are loaded one at a time, but an update waits until 16 gradients are added up: mini-batch."""
    return "stochastic"


@variant.mistake(when=lambda variant, description: variant == "mini-batch" and "sixteenth" not in description)
def everyday_sgd(description):
    """Programs and papers call this SGD, too. In the strict sense *stochastic* means a single example an update; here there are several: mini-batch."""
    return "stochastic"


@variant.mistake(when=lambda variant: variant == "mini-batch")
def batch_for_short(description):
    """Mini-batches are often called batches for short, but *batch* gradient descent uses the whole training set for each update."""
    return "batch"


@variant.mistake(when=lambda variant, description: variant == "batch" and "20 parts" not in description)
def part_of_the_set(description):
    """A mini-batch is a part of the training set. Here each update uses all of it: batch."""
    return "mini-batch"


@variant.mistake(when=lambda variant: variant == "stochastic")
def batch_of_one(description):
    """A mini-batch has more than one example. Here each update uses a single one: stochastic."""
    return "mini-batch"


pytorch = """
from torch.utils.data import DataLoader
examples, used = <examples>, <used>   # in the training set, and for one update
updates = len(DataLoader(range(examples), batch_size=used))   # in an epoch
variant = "batch" if updates == 1 else "stochastic" if updates == examples else "mini-batch"
"""
