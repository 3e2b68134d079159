r"""Which regulariser does this describe?

<description>

Which method is it?
"""

from dlexam import one_of, step

about = dict(minutes=1, tags=["regularisation"])

OPTIONS = ("L1 penalty", "L2 penalty", "dropout", "early stopping", "data augmentation", "batch normalisation", "label smoothing")

CASES = {
    "A linear model gets the activities of 10 000 genes as inputs. A term is added to the loss that makes most of the weights exactly zero, so that a short list of genes remains.": (
        "L1 penalty", r"$\lambda \sum_i |w_i|$ pulls with the same force $\lambda$ down to the very end, so small weights reach zero. An $L_2$ penalty pulls ever more weakly and leaves them small."),
    "A term in the loss pulls each weight towards zero with the same force, whether the weight is 5 or 0.05.": (
        "L1 penalty", r"The derivative of $\lambda |w|$ is $\pm \lambda$, independent of the size of $w$. That of $\lambda w^2$ would be $2 \lambda w$."),
    "A model has two weights. All pairs $(w_1, w_2)$ with the same penalty lie on a square that stands on one corner. The minimum of the loss is often at such a corner, where one of the two weights is zero.": (
        "L1 penalty", r"$|w_1| + |w_2| = c$ is a square with its corners on the axes; $w_1^2 + w_2^2 = c$ would be a circle."),
    r"Maximum a posteriori estimation with the prior $p(w) \propto e^{-|w| / b}$ for each weight leads to this term in the loss.": (
        "L1 penalty", r"$-\ln e^{-|w| / b} = |w| / b$: a Laplace prior gives absolute values, a Gaussian prior would give squares."),
    "With plain SGD, each update first multiplies every weight by 0.999 and then takes the usual step.": (
        "L2 penalty", r"The gradient of $\frac{\lambda}{2} w^2$ is $\lambda w$, so $w - \alpha \lambda w = (1 - \alpha \lambda)\, w$: in plain SGD the penalty is a decay by a factor."),
    "A term in the loss pulls a weight of 4 a hundred times as hard as a weight of 0.04. Weights become small, but hardly one becomes exactly zero.": (
        "L2 penalty", r"The derivative of $\lambda w^2$ is $2 \lambda w$: in proportion to the weight."),
    r"Maximum a posteriori estimation with the prior $p(w) \propto e^{-w^2 / 2\sigma^2}$ for each weight leads to this term in the loss.": (
        "L2 penalty", r"$-\ln e^{-w^2 / 2\sigma^2} = w^2 / 2\sigma^2$: a Gaussian prior gives squares."),
    "Two inputs of a linear model are exact copies of each other. A term in the loss makes the model give both the same weight: a weight of 3 on each costs less than 6 and 0.": (
        "L2 penalty", r"$3^2 + 3^2 = 18$ is less than $6^2 + 0^2 = 36$. With absolute values both would cost 6."),
    "In each training step, half of the activations of a hidden layer, chosen at random, are set to zero and the others are doubled. At test time nothing is changed.": (
        "dropout", "Units are switched off at random in training; doubling the others keeps the expected activation."),
    "No hidden unit can rely on the presence of a certain other hidden unit, so the units cannot all specialise in correcting one another.": (
        "dropout", "Any other unit may be switched off in the next training step, which breaks such co-adaptation."),
    "The training resembles that of a huge number of thinned networks which share their weights; the full network at test time approximates the average of their predictions.": (
        "dropout", "Each random mask leaves a thinned network. At test time all units work, which approximates the average."),
    "In training mode, the same network gives a different output each time for the same batch, since some of its hidden units are silent at random. In evaluation mode its output is always the same.": (
        "dropout", "The random mask is drawn anew in each forward pass of the training only."),
    "After each epoch the loss on held-out data is computed. When it has not improved for ten epochs, the weights of the best epoch are restored.": (
        "early stopping", "The held-out loss says when fitting turns into overfitting, and training ends there."),
    "Neither the loss nor the network nor the data are changed. The weights stay near their small initial values, since they get only a limited number of updates.": (
        "early stopping", "Fewer updates, less distance from the start: the number of epochs itself is the regulariser."),
    "The number of epochs is treated like a hyperparameter and is chosen on validation data. Among regularisers this one even saves computing time.": (
        "early stopping", "Training ends before the last planned epoch, at the minimum of the validation loss."),
    "Only 800 X-ray images are available. In each epoch, each is rotated by a random angle of at most 10 degrees and its brightness is changed a little; the label stays.": (
        "data augmentation", "Changes that do not touch the label make new examples out of the old ones."),
    "A speech recogniser shall work in the street. Noise of traffic is mixed into its training recordings; the transcripts stay as they are.": (
        "data augmentation", "The inputs are varied in a way that leaves the right answer as it is."),
    "To get more training sentences for a sentiment classifier, each is translated into French and back; the new wording gets the label of the old one.": (
        "data augmentation", "Back-translation makes new examples with the same meaning, and so with the same label."),
    "The network shall learn that a mirrored cat is still a cat. So each training photo is flipped with a probability of one half before the network sees it.": (
        "data augmentation", "It is the input that is changed at random, in a way that keeps the class."),
    "A layer subtracts the mean of each channel over the current mini-batch, divides by the standard deviation, and applies a learnt scale and shift. It was meant to speed up training; the random choice of the mini-batch makes it regularise a little, too.": (
        "batch normalisation", "The statistics of a random mini-batch put some noise on each activation."),
    "In evaluation mode the layer uses running averages of a mean and a variance, which it has collected in training mode.": (
        "batch normalisation", "At test time there may be one example only, so the statistics of the training stand in for those of the batch."),
    "The layer after each convolution makes the bias of the convolution superfluous, and the output for one image depends on which other images are in the mini-batch, as long as the network trains.": (
        "batch normalisation", "Subtracting the mean over the mini-batch removes any constant, such as a bias, and ties the examples of a mini-batch together."),
    "The targets of a classifier for ten digits are 0.91 for the right class and 0.01 for each of the others, instead of 1 and 0.": (
        "label smoothing", "A little of the target's probability is spread evenly over all classes: $0.9 + 0.1 / 10 = 0.91$ and $0.1 / 10 = 0.01$."),
    "With one-hot targets a softmax classifier makes its logits larger and larger, since it can never quite reach 0 and 1. Now it gets targets that it can reach, and is less overconfident.": (
        "label smoothing", "Targets slightly above 0 and below 1 are reached with finite logits."),
    "Neither the inputs nor the network are changed. The wanted distribution is a mixture: 90 % is the one-hot vector of the right class, 10 % is the uniform distribution.": (
        "label smoothing", "It is the targets that are softened."),
}  # fmt: skip

DEMOS = {
    "L1 penalty": """w = torch.tensor([5.0, 0.05], requires_grad=True)
w.abs().sum().backward()
assert w.grad.tolist() == [1, 1]              # the same force on both""",
    "L2 penalty": """w = torch.tensor([4.0, 0.25], requires_grad=True)
(w**2).sum().backward()
assert w.grad.tolist() == [8, 0.5]            # in proportion to the weight""",
    "dropout": """layer = torch.nn.Dropout(0.5)
assert set(layer(torch.ones(1000)).tolist()) == {0, 2}
assert set(layer.eval()(torch.ones(1000)).tolist()) == {1}""",
    "early stopping": """validation = torch.tensor([0.9, 0.7, 0.6, 0.65, 0.7])
assert validation.argmin() + 1 == 3           # keep the weights of epoch 3""",
    "data augmentation": """photo, label = torch.rand(3, 8, 8), "cat"
mirrored = photo.flip(2)                      # a new example; its label is still "cat\"""",
    "batch normalisation": """layer = torch.nn.BatchNorm1d(3)
x = torch.randn(64, 3)
assert torch.allclose(layer(x + 7), layer(x), atol=1e-5)   # a bias before it has no effect""",
    "label smoothing": """one_hot = torch.eye(10)[3]
target = 0.9 * one_hot + 0.1 / 10
assert torch.isclose(target.max(), torch.tensor(0.91))""",
}

given = dict(description=one_of(*CASES))

words = dict(name=lambda regularizer: regularizer, demo=lambda regularizer: DEMOS[regularizer])


def case(description):
    """The regulariser and the reason."""
    if description not in CASES:
        msg = "this description is none of the question's own"
        raise ValueError(msg)
    return CASES[description]


@step(symbol=r"\text{method}", marks=1, options=OPTIONS)
def regularizer(description):
    """Ask what is changed: the loss, the units, the inputs, the targets, or the length of the training."""
    return case(description)[0]


@regularizer.working
def why(description):
    return case(description)[1]


@regularizer.mistake(when=lambda regularizer: regularizer == "L1 penalty")
def squares_for_absolute_values(description):
    """An L2 penalty pulls ever more weakly as a weight gets smaller, and leaves it small but not zero. This is the L1 penalty."""
    return "L2 penalty"


@regularizer.mistake(when=lambda regularizer: regularizer == "L2 penalty")
def absolute_values_for_squares(description):
    """An L1 penalty pulls with the same force whatever the size of a weight, and makes many weights exactly zero. This is the L2 penalty."""
    return "L1 penalty"


@regularizer.mistake(when=lambda regularizer: regularizer == "dropout")
def inside_not_inputs(description):
    """Data augmentation changes the examples. Here it is hidden units that are varied at random: dropout."""
    return "data augmentation"


@regularizer.mistake(when=lambda regularizer: regularizer == "data augmentation")
def inputs_not_inside(description):
    """Dropout switches off units. Here it is the examples that are varied, while their labels stay: data augmentation."""
    return "dropout"


@regularizer.mistake(when=lambda regularizer: regularizer == "early stopping")
def weights_stay_small(description):
    """An L2 penalty, too, keeps weights small, but by a term in the loss. Here only the length of the training is limited: early stopping."""
    return "L2 penalty"


@regularizer.mistake(when=lambda regularizer: regularizer == "batch normalisation")
def two_modes(description):
    """Dropout, too, works differently in training and in evaluation, but it computes no statistics of the mini-batch. This is batch normalisation."""
    return "dropout"


@regularizer.mistake(when=lambda regularizer: regularizer == "label smoothing")
def targets_not_inputs(description):
    """Data augmentation changes inputs and keeps the labels. Here the targets are changed: label smoothing."""
    return "data augmentation"


pytorch = """
import torch
<demo:s>
regularizer = <name>
"""
