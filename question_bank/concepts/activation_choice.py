r"""Which activation function?

<situation>

Which activation function fits? ($z$ is a unit's weighted sum of its inputs plus its bias; *identity* means no activation.)
"""

from dlexam import one_of, step

about = dict(minutes=1, tags=["activation functions", "output layer", "hidden layer"])

OPTIONS = ("identity", "sigmoid", "tanh", "ReLU", "leaky ReLU", "softmax")

CASES = {
    "A network predicts tomorrow's temperature in degrees Celsius, and is trained with the mean squared error. The activation of its only output unit is to be chosen.": (
        "identity", "The target may be any real number, also a negative one or one far above 1. An output unit without activation can reach all of them."),
    "A network estimates the profit of a shop in the next month, in euros; a loss counts as a negative profit. The activation of its only output unit is to be chosen.": (
        "identity", "A profit has no bounds on either side, so nothing may squash the output or cut it off."),
    "A tracking network estimates by how many millimetres a heart valve has moved since the last image, to the left (negative) or to the right (positive). The activation of its only output unit is to be chosen.": (
        "identity", "The movement is a real number of either sign with no fixed bounds: a regression target, so the output unit stays linear."),
    "The last layer of a classifier has ten units. Its outputs go into PyTorch's `CrossEntropyLoss`, which takes logits and applies a log-softmax itself. The activation of this last layer is to be chosen.": (
        "identity", "Logits are the weighted sums themselves. The softmax is a part of this loss already."),
    "All ten dense layers of a network have the same activation. Whatever its weights are, the network as a whole computes $W x + b$ with one matrix $W$ and one vector $b$.": (
        "identity", "Only without a non-linear activation does a chain of layers collapse into a single linear one."),
    "A network reads blood values and says how probable it is that the patient has a certain disease; the label is 0 or 1. The activation of its only output unit is to be chosen.": (
        "sigmoid", "One unit gives one probability: a number between 0 and 1, which belongs to the label 1."),
    "A network tags photos. Any number of 20 tags (beach, dog, sunset, ...) may apply to a photo at once. The activation of the layer of 20 output units is to be chosen; each unit gives the probability of its own tag.": (
        "sigmoid", "The tags do not exclude each other: 20 yes-no questions, each with a probability of its own. They need not sum to 1."),
    "A unit of a network serves as a gate: its output is multiplied with an entry of a memory. At 0 the entry is forgotten, at 1 it is kept, and everything in between is possible, too.": (
        "sigmoid", "A gate is a share, so it must lie between 0 and 1, smoothly, for each entry of its own."),
    "A bank wants to know the probability that a customer cancels the account this year. The only output unit of the network is trained with the binary cross-entropy of that probability.": (
        "sigmoid", "The binary cross-entropy takes the logarithm of $p$ and of $1 - p$, so the output must lie between 0 and 1."),
    "An activation of hidden layers is applied to each unit on its own. Its derivative is $a (1 - a)$, where $a$ is the output of the unit; this is never larger than 0.25, so gradients fade in a deep network.": (
        "sigmoid", r"$\sigma'(z) = \sigma(z) (1 - \sigma(z))$ is largest at $z = 0$, where it is $0.5 \cdot 0.5 = 0.25$. (The derivative of tanh is $1 - a^2$, up to 1.)"),
    "A network generates images. The brightness of its pixels was scaled to lie between -1 and 1, and the output units shall cover just this range, smoothly.": (
        "tanh", "Of these functions, only tanh is smooth with values from -1 to 1."),
    "The output of a steering network is the position of the steering wheel: -1 is fully left, 0 is straight ahead, 1 is fully right. No output may lie outside of these bounds.": (
        "tanh", "tanh is bounded by -1 and 1, and a weighted sum of 0 steers straight ahead."),
    "A hidden layer needs an S-shaped activation that saturates on both sides; its outputs shall be centred at zero.": (
        "tanh", r"Both sigmoid and tanh are S-shaped, but sigmoid is centred at 0.5. In fact $\tanh z = 2\sigma(2z) - 1$."),
    "The candidate for the new content of an LSTM's memory cell shall be able to raise the content or to lower it, but never by more than 1.": (
        "tanh", "A candidate of either sign and of size at most 1 comes from tanh; a sigmoid could only raise the content."),
    "At $z = -3.2$ a hidden unit gives exactly 0, at $z = 1.7$ it gives 1.7.": (
        "ReLU", r"$\max(0, z)$ cuts negative values off and leaves positive ones as they are."),
    "A deep network with sigmoids learns very slowly in its first layers. The hidden layers get another activation: its derivative is 1 for every positive $z$ and 0 for every negative one.": (
        "ReLU", "A factor of 1 does not shrink the gradient from layer to layer as the sigmoid's factor of at most 0.25 does."),
    "A hidden unit has a negative $z$ for each example of the training set. So the gradients of its weights are exactly zero, for each example.": (
        "ReLU", "This is a dead unit: ReLU is flat for negative $z$, so no gradient gets through. The slopes of the others are small there, or saturate, but are not exactly zero."),
    "An engineer looks for a cheap activation for the hidden layers of an image classifier. It shall not saturate for positive $z$, and about half of the outputs shall be exactly zero.": (
        "ReLU", "ReLU only compares with zero, grows without bound for positive $z$, and gives exact zeros for negative ones: a sparse layer."),
    "Many hidden units of a network with ReLUs are dead: they give 0 for every example and learn no more. The activation is replaced by one that is the same for positive $z$, but keeps a small slope for negative $z$.": (
        "leaky ReLU", "With a small slope, such as 0.01, for negative $z$, some gradient always gets through and a unit can recover."),
    "At $z = -3$ a hidden unit gives -0.03, at $z = 2$ it gives 2.": (
        "leaky ReLU", "Positive values pass as they are; negative ones are multiplied by a small slope, here 0.01."),
    "The activation of a hidden layer shall be non-linear and made of two straight pieces, and its derivative shall be zero nowhere.": (
        "leaky ReLU", "Two straight pieces: ReLU or leaky ReLU. Only the leaky one has a slope other than zero on both."),
    "A network sorts photos of flowers; each shows exactly one of five species. The activation of the layer of five output units is to be chosen; they shall give the probabilities of the species.": (
        "softmax", "The species exclude each other, so their probabilities must sum to 1."),
    "A language model has an output unit for each of 50 000 words. Together the outputs shall be the probabilities of which word comes next.": (
        "softmax", "Just one word comes next: 50 000 numbers between 0 and 1 that sum to 1."),
    "In an attention layer, the scores of a query against twelve keys shall become twelve positive weights with a sum of 1.": (
        "softmax", r"$e^{z_i} / \sum_j e^{z_j}$ is positive, and the division makes the sum 1."),
    "A policy network plays a game in which there are four moves, and the next move is drawn at random from the four outputs of the network, which are their probabilities.": (
        "softmax", "One of four moves is drawn, so the outputs must be a distribution over the moves: positive, with a sum of 1."),
    "If $z$ of one unit in the layer grows while $z$ of the others stays as it is, the outputs of all the other units in the layer become smaller.": (
        "softmax", "All units of a softmax share one denominator, so what one gains the others lose. The other functions treat each unit on its own."),
}  # fmt: skip

TESTS = {
    "identity": "torch.equal(a, z)",
    "sigmoid": "0 < a.min() and a.max() < 1 and a.sum() > 1",
    "tanh": "-1 < a.min() < 0 and a.max() < 1",
    "ReLU": "a.min() == 0 and a.max() == 2",
    "leaky ReLU": "-0.1 < a.min() < 0 and a.max() == 2",
    "softmax": "a.min() > 0 and torch.isclose(a.sum(), torch.tensor(1.0))",
}

given = dict(situation=one_of(*CASES))

words = dict(test=lambda activation: TESTS[activation])


def case(situation):
    """The activation and the reason."""
    if situation not in CASES:
        msg = "this situation is none of the question's own"
        raise ValueError(msg)
    return CASES[situation]


@step(symbol=r"\text{activation}", marks=1, options=OPTIONS)
def activation(situation):
    """Ask which values the unit must be able to give, and whether the units of the layer depend on each other."""
    return case(situation)[0]


@activation.working
def why(situation):
    return case(situation)[1]


@activation.mistake(when=lambda activation: activation == "softmax")
def sigmoid_for_one_of_many(situation):
    """Sigmoids look at each unit on its own, so their outputs need not sum to 1. Softmax ties the units of the layer together."""
    return "sigmoid"


@activation.mistake(when=lambda activation: activation == "sigmoid")
def softmax_for_single_units(situation):
    """Softmax makes the outputs of a layer sum to 1, so that a unit alone would always give 1. Here each unit stands on its own, as with sigmoid."""
    return "softmax"


@activation.mistake(when=lambda activation, situation: activation == "identity" and "only output" in situation)
def squashed_target(situation):
    """A sigmoid gives values between 0 and 1 only, so it could not reach most of the targets. Regression leaves the output linear: identity."""
    return "sigmoid"


@activation.mistake(when=lambda activation, situation: activation == "identity" and "only output" in situation)
def relu_at_the_output(situation):
    """ReLU is for hidden layers; as an output it could never be negative, but these targets may be. Regression leaves the output linear: identity."""
    return "ReLU"


@activation.mistake(when=lambda situation: "CrossEntropyLoss" in situation)
def softmax_twice(situation):
    """This loss applies the softmax itself; a second one before it flattens the probabilities and slows learning down. Give it the logits: identity."""
    return "softmax"


@activation.mistake(when=lambda activation: activation == "tanh")
def sigmoid_for_both_signs(situation):
    """Sigmoid is S-shaped, too, but lies between 0 and 1, around 0.5. For values of both signs around zero take tanh."""
    return "sigmoid"


@activation.mistake(when=lambda activation: activation == "ReLU")
def leak_not_wanted(situation):
    """A leaky ReLU has a small slope, not zero, for negative values. Here nothing gets through there: ReLU."""
    return "leaky ReLU"


@activation.mistake(when=lambda activation: activation == "leaky ReLU")
def flat_for_negative_values(situation):
    """ReLU is flat for negative values: output and derivative are zero. Here something still gets through: leaky ReLU."""
    return "ReLU"


pytorch = """
import torch
from torch.nn.functional import leaky_relu
z = torch.tensor([-3.2, -0.5, 0.0, 0.7, 2.0])
outputs = {
    "identity": z, "sigmoid": torch.sigmoid(z), "tanh": torch.tanh(z),
    "ReLU": torch.relu(z), "leaky ReLU": leaky_relu(z, 0.01), "softmax": torch.softmax(z, dim=0),
}
# which of them gives outputs like those that are needed?
activation = next(name for name, a in outputs.items() if <test:s>)
"""
