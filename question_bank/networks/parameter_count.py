r"""Counting the parameters of an MLP

<story> <layers> Each layer is fully connected to the next one, and every unit after the input has a bias.

How many trainable parameters (weights and biases) does each layer after the input have, $P = (P_1, P_2, \dots)$ in order, and how many are there in total?
"""

from numpy import array as numbers

from dlexam import array, by_level, integers, one_of, step
from dlexam.figures import network
from dlexam.kinds import number
from dlexam.working import total as summed

about = dict(minutes=3, tags=["mlp", "parameters"], symbols=dict(sizes="n", per_layer="P"))

IMAGES = {784: (28, 28, 1), 1024: (32, 32, 1), 3072: (32, 32, 3), 4096: (64, 64, 1), 6912: (48, 48, 3), 9216: (96, 96, 1), 12288: (64, 64, 3), 27648: (96, 96, 3)}


def image_network(depth, random):
    """The sizes of an image network: pixels, ever smaller hidden layers, classes."""
    hidden = sorted(random.sample([32, 50, 64, 84, 100, 120, 128, 150, 200, 256, 300, 400, 512], depth), reverse=True)
    return numbers([random.choice(list(IMAGES)), *hidden, random.choice([2, 5, 7, 10, 20])])


given = dict(
    depth=by_level(one_of(1, 2), 2, one_of(2, 3)),
    sizes=lambda depth, level, random: image_network(depth, random) if level == 3 else array(depth + 2, by_level(integers(2, 8), integers(5, 40))(level)),
)


def listed(sizes):
    """Numbers as words: 4, 5 and 6."""
    return " and ".join(", ".join(map(str, sizes)).rsplit(", ", 1))


def units(sizes):
    """The hidden layers and the outputs in words."""
    hidden = sizes[1:-1]
    inside = "no hidden layer" if len(hidden) == 0 else f"one hidden layer of {hidden[0]} units" if len(hidden) == 1 else f"hidden layers of {listed(hidden)} units"
    return f"{inside} and {sizes[-1]} outputs" if sizes[-1] > 1 else f"{inside} and one output"


def layers(sizes):
    """What the network looks like; of an image only the size is told."""
    if sizes[0] not in IMAGES:
        return f"It has {sizes[0]} inputs, {units(sizes)}."
    height, width, channels = IMAGES[sizes[0]]
    colours = "one grey value for each pixel" if channels == 1 else f"{channels} colour values for each pixel"
    return rf"Its input is an image of ${height} \times {width}$ pixels with {colours}, flattened into a vector; it has {units(sizes)}."


words = dict(
    layers=layers,
    story=lambda sizes: (
        one_of("A multilayer perceptron sorts pictures of leaves.", "A multilayer perceptron sorts pictures of handwritten signs.", "A multilayer perceptron looks for faults in pictures of circuit boards.")
        if sizes[0] in IMAGES
        else one_of("A multilayer perceptron works on a table of measurements.", "A multilayer perceptron steers a toy car.", "A multilayer perceptron estimates risks from a questionnaire.")
    ),
)


def figure(sizes):
    if sizes[0] in IMAGES:
        return []
    return network(sizes.tolist(), notes=[f"{n} {'inputs' if k == 0 else 'outputs' if k == len(sizes) - 1 else 'units'}" for k, n in enumerate(sizes)])


@step(symbol="P", marks=2, tex=r"\left( n_{l-1}\, n_l + n_l \right)_{l = 1, 2, \dots}")
def per_layer(sizes):
    """Layer $l$ has $n_l$ units; the input is layer 0. Every unit has one weight for each unit of the layer before, and one bias of its own."""
    return sizes[:-1] * sizes[1:] + sizes[1:]


@per_layer.working
def layer_by_layer(sizes, per_layer):
    terms = [rf"{number.tex(n)} \cdot {m} + {m} = {number.tex(total)}" for n, m, total in zip(sizes, sizes[1:], per_layer)]
    pixels = r" \cdot ".join(map(str, IMAGES.get(sizes[0], ())))
    start = f"The image has ${pixels} = {number.tex(sizes[0])}$ inputs. " if pixels else ""
    return start + "Layer by layer: " + ", ".join(f"${term}$" for term in terms) + "."


@per_layer.mistake(keeps=0.5)
def biases_forgotten(sizes):
    """You counted the weights only; each unit after the input also has a bias."""
    return sizes[:-1] * sizes[1:]


@per_layer.mistake(when=lambda sizes: (sizes[:-1] != sizes[1:]).any())
def bias_per_input(sizes):
    """You added a bias for each unit of the layer *before*; a bias belongs to the unit that it is added in."""
    return sizes[:-1] * sizes[1:] + sizes[:-1]


@per_layer.mistake(keeps=0.5, when=lambda sizes: (sizes[1:] > 1).any())
def one_bias_per_layer(sizes):
    """You added one bias for a whole layer; each of its units has a bias of its own."""
    return sizes[:-1] * sizes[1:] + 1


@per_layer.mistake()
def units_counted(sizes):
    """You counted the units; the parameters are the weights on the connections, and the biases."""
    return sizes[1:]


@step(symbol=r"P_{\text{total}}", marks=1, tex=r"\sum_l P_l")
def total(per_layer):
    """The network has the parameters of all its layers; the input has none."""
    return per_layer.sum()


@total.working
def added(per_layer, total):
    return f"${summed(per_layer)} = {number.tex(total)}$"


pytorch = """
import torch

sizes = <sizes>
layers = [torch.nn.Linear(n, m, device="meta") for n, m in zip(sizes, sizes[1:])]
per_layer = [sum(p.numel() for p in layer.parameters()) for layer in layers]
total = sum(p.numel() for p in torch.nn.Sequential(*layers).parameters())
"""
