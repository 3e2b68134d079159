r"""Multiply-adds of a dense network

<story> Its layers are fully connected, with <listed> units from the input to the output. A batch has $B = <batch_size>$ examples.

One multiply-add is one multiplication of a weight with an input together with the addition to the sum. Biases and activation functions are not counted. How many
multiply-adds does the forward pass take for one example, $M_{\text{example}}$, and how many for the batch, $M_{\text{batch}}$?
"""

from itertools import pairwise

from dlexam import array, by_level, integers, one_of, step
from dlexam.figures import network
from dlexam.kinds import number

about = dict(minutes=3, tags=["mlp", "cost"], symbols=dict(sizes="n", batch_size="B"))

given = dict(
    depth=by_level(3, one_of(3, 4), 4),
    sizes=lambda depth, level: array(depth, by_level(integers(2, 9), integers(5, 60), one_of(64, 84, 100, 120, 128, 200, 256, 300, 400, 500, 512, 784, 1024))(level)),
    batch_size=by_level(integers(2, 10), one_of(8, 16, 32), one_of(32, 64, 96, 128, 256)),
)

words = dict(
    listed=lambda sizes: " and ".join(", ".join(map(str, sizes)).rsplit(", ", 1)),
    story=one_of(
        "A network runs on a small processor, so its cost matters.",
        "You estimate how long a network will take on a phone.",
        "A network for a hearing aid must not cost much energy.",
        "Two networks are compared by their cost. Look at one of them.",
    ),
)


def figure(sizes):
    return network(sizes.tolist(), notes=[str(n) for n in sizes])


@step(symbol=r"M_{\text{example}}", marks=2, tex=r"\sum_l n_{l-1}\, n_l")
def per_sample(sizes):
    r"""Layer $l$ has $n_l$ units; the input is layer 0. Each unit multiplies every value of the layer before with a weight, so a layer takes as many multiply-adds as it has weights."""
    return (sizes[:-1] * sizes[1:]).sum()


@per_sample.working
def layer_by_layer(sizes, per_sample):
    return "$" + " + ".join(rf"{n} \cdot {m}" for n, m in pairwise(sizes)) + f" = {number.tex(per_sample)}$"


@per_sample.mistake(keeps=0.5)
def biases_counted(sizes):
    """You counted the biases, too; they are added without a multiplication."""
    return (sizes[:-1] * sizes[1:] + sizes[1:]).sum()


@per_sample.mistake()
def all_sizes_multiplied(sizes):
    """You multiplied all sizes; the layers work one after the other, so their costs add up."""
    return sizes.prod()


@per_sample.mistake(keeps=0.5)
def counted_twice(sizes):
    """You counted the multiplication and the addition separately; here they are one operation."""
    return 2 * (sizes[:-1] * sizes[1:]).sum()


@step(symbol=r"M_{\text{batch}}", marks=1)
def per_batch(per_sample, batch_size):
    """The whole network runs once for each example."""
    return per_sample * batch_size


@per_batch.mistake()
def batch_forgotten(per_sample):
    """You counted one example; the batch has <batch_size>."""
    return per_sample


pytorch = """
import torch
from torch.utils.flop_counter import FlopCounterMode

sizes = <sizes>
network = torch.nn.Sequential(*[torch.nn.Linear(n, m, bias=False, device="meta") for n, m in zip(sizes, sizes[1:])])
counts = []
for examples in (1, <batch_size>):
    with FlopCounterMode(display=False) as counter:
        network(torch.empty(examples, sizes[0], device="meta"))
    counts.append(counter.get_total_flops() // 2)  # two FLOPs are one multiply-add
per_sample, per_batch = counts
"""
