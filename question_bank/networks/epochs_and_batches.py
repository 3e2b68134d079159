r"""Batches, iterations and epochs

<story> There are $N = <samples>$ training examples, the batch size is $B = <batch_size>$ and training takes $E = <epochs>$ epochs. <rest>

How many iterations $I$ (batches) has one epoch, how many examples $b_{\text{last}}$ are in the last batch that it uses, and how many updates $U$ of the weights does the whole
training make? There is one update for each batch.
"""

from math import ceil

from dlexam import by_level, integers, one_of, step
from dlexam.kinds import number

about = dict(minutes=3, tags=["mini-batches", "training"], symbols=dict(samples="N", batch_size="B", epochs="E", drop_last=r"\text{the rest is left out}"))

SETS = {
    60000: "A network is trained on MNIST.",
    50000: "A network is trained on CIFAR-10.",
    73257: "A network reads house numbers (SVHN).",
    25000: "A network judges the film reviews of IMDb.",
    120000: "A network sorts news articles.",
    1281167: "A network is trained on ImageNet.",
    118287: "A network finds objects in the photos of COCO.",
    9469: "A network sorts photos into ten classes.",
    3680: "A network tells 37 breeds of cats and dogs apart.",
    8144: "A network recognises models of cars.",
    6149: "A network recognises kinds of flowers.",
    5011: "A network finds objects in the photos of Pascal VOC.",
}

given = dict(
    samples=by_level(integers(20, 120), integers(500, 5000), one_of(*SETS)),
    batch_size=lambda samples, level: by_level(integers(4, 16), one_of(16, 20, 32, 50, 64, 100), one_of(32, 48, 64, 96, 100, 128, 192, 256, 512))(level),
    epochs=by_level(integers(2, 10), integers(5, 50), integers(10, 120)),
    drop_last=by_level(False, one_of(True, False), one_of(True, False)),
)

words = dict(
    story=lambda samples: SETS.get(
        samples,
        one_of(
            "A network learns to recognise plants from photos.",
            "A network learns to forecast the traffic on a road.",
            "A network learns from the records of a hospital.",
            "A network learns to tell good screws from bad ones.",
        ),
    ),
    rest=lambda drop_last: (
        "A last batch that is not full is left out in every epoch (`drop_last=True`)." if drop_last else "A last batch that is not full is used as well (`drop_last=False`)."
    ),
)


@step(symbol="I", marks=1)
def iterations_per_epoch(samples, batch_size, drop_last):
    """An epoch goes through the training set once, one batch after the other; the rest makes one batch more unless it is left out."""
    return samples // batch_size if drop_last else ceil(samples / batch_size)


@iterations_per_epoch.working
def full_batches(samples, batch_size):
    full = samples // batch_size
    return rf"${number.tex(samples)} = {full} \cdot {batch_size} + {samples - full * batch_size}$"


@iterations_per_epoch.mistake(when=lambda samples, batch_size, drop_last: not drop_last and samples % batch_size > 0)
def rounded_down(samples, batch_size):
    """You rounded down; the last batch that is not full is used and is an iteration, too."""
    return samples // batch_size


@iterations_per_epoch.mistake(when=lambda samples, batch_size, drop_last: drop_last and samples % batch_size > 0)
def rounded_up(samples, batch_size):
    """You rounded up; the batch that is not full is left out here."""
    return ceil(samples / batch_size)


@step(symbol="R", tex=r"<samples> \bmod <batch_size>")
def remainder(samples, batch_size):
    """The division leaves a remainder."""
    return samples % batch_size


@step(symbol=r"b_{\text{last}}", marks=1, tex=r"\begin{cases} R & \text{if } R > 0 \text{ and the rest is used} \\ B & \text{otherwise}\end{cases}")
def last_batch(remainder, batch_size, drop_last):
    """The last batch has what the full batches leave over; if nothing is left, or the rest is left out, it is full."""
    return batch_size if drop_last or remainder == 0 else remainder


@last_batch.mistake(when=lambda drop_last, remainder: not drop_last and remainder > 0)
def full_batch(batch_size):
    """You took the last batch for a full one; it has only the examples that are left over."""
    return batch_size


@last_batch.mistake(when=lambda drop_last, remainder: drop_last and remainder > 0)
def remainder_kept(remainder):
    """You gave the examples that are left over; that batch is left out, so the last one is a full one."""
    return remainder


@step(symbol="U", marks=1)
def updates(iterations_per_epoch, epochs):
    """Each iteration of each epoch makes one update."""
    return iterations_per_epoch * epochs


@updates.mistake()
def epochs_forgotten(iterations_per_epoch):
    """You counted one epoch; training takes <epochs>."""
    return iterations_per_epoch


@updates.mistake()
def one_update_per_sample(samples, epochs):
    """You counted an update for each example; the gradient is averaged over a batch, and there is one update for each batch."""
    return samples * epochs


pytorch = """
from torch.utils.data import BatchSampler

batches = BatchSampler(range(<samples>), batch_size=<batch_size>, drop_last=<drop_last>)
for last in batches:
    pass
iterations_per_epoch, last_batch = len(batches), len(last)
updates = sum(len(batches) for epoch in range(<epochs>))
"""
