r"""Sparse connectivity, parameter sharing, equivariance

<description>

Which property is meant?

- *sparse connectivity*: each output depends on a small neighbourhood of inputs only,
- *parameter sharing*: the same weights are used at every place,
- *equivariance*: if the input shifts, the output shifts along,
- *invariance*: if the input shifts, the output stays as it is.
"""

from dlexam import one_of, step

about = dict(minutes=1, tags=["convolution", "pooling"])

OPTIONS = ("sparse connectivity", "parameter sharing", "equivariance", "invariance")

CASES = {
    "A unit in the first convolutional layer of a network for grey images is computed from 9 pixels. In a dense layer it would be computed from all 50 176 pixels of the image.": (
        "sparse connectivity", "It is about how many inputs an output depends on: 9 instead of 50 176."),
    "The brightness of the top left pixel changes. In the feature map after a $5 \\times 5$ convolution just a few values near the top left corner change; all others stay as they are.": (
        "sparse connectivity", "An output changes only if the pixel is in its small neighbourhood."),
    "A layer has 10 000 inputs and 10 000 outputs. Each output is a sum of 25 products, so the layer takes 250 000 multiplications instead of 100 million.": (
        "sparse connectivity", "Each output is connected with 25 inputs only. (Sharing weights saves memory, but not a single multiplication.)"),
    "A one-dimensional convolution of a signal of 100 values is written as a matrix. In each row only three entries, side by side, are not zero.": (
        "sparse connectivity", "A zero in the matrix is a connection that is not there. (That the three numbers are the same in each row would be parameter sharing.)"),
    "A *locally connected* layer has a different $5 \\times 5$ filter for each place of the image. What does it still have in common with a convolutional layer?": (
        "sparse connectivity", "Each output still sees 25 pixels only. With a filter for each place nothing is shared, and an object that moves meets other filters."),
    "A single unit in the tenth of ten convolutional layers may depend on the whole image, although each layer only combines directly neighbouring values of the layer before.": (
        "sparse connectivity", "Each layer is local; the receptive field grows from layer to layer, so that a deep unit sees far in spite of it."),
    "A convolutional layer has 64 filters of size $3 \\times 3 \\times 3$. It has 1792 parameters, whether the images have 32 × 32 or 1024 × 1024 pixels.": (
        "parameter sharing", r"$64 \cdot (27 + 1) = 1792$: the same filters serve at each place, so more places need no more parameters."),
    "In backpropagation, the gradient of one kernel weight is a sum with one term for each place of the feature map.": (
        "parameter sharing", "The weight is used at each place, so each use adds its part to the gradient."),
    "A one-dimensional convolution of a signal of 100 values is written as a matrix. All its rows hold the same three numbers, each row shifted by one column.": (
        "parameter sharing", "The same three numbers in each row: one kernel for all places. (That the rest is zero would be sparse connectivity.)"),
    "A locally connected layer, with a filter of its own for each place, is replaced by a convolutional layer. Each output still sees 25 pixels, but the number of weights drops from 19 600 to 25.": (
        "parameter sharing", "Which pixels an output sees has not changed; all 784 places now use the same 25 weights."),
    "A network has seen eyes mostly in the upper half of its training photos. The filter that it has learnt there works with the very same nine weights in the lower half, where no weights had to be learnt.": (
        "parameter sharing", "One kernel is used everywhere, so what is learnt at one place is there for all places."),
    "A convolutional layer was trained on images of 28 × 28 pixels. It can be run over an image of 500 × 500 pixels as it is; not one new weight is needed.": (
        "parameter sharing", "The weights do not belong to places, so the additional places use the same ones."),
    "In a second photo the cat sits 4 pixels further to the right. In the feature map after a convolution with stride 1, the values that the cat causes have moved 4 columns to the right, too.": (
        "equivariance", "The output moves along with the input. It would be invariance if it did not change."),
    "It makes no difference whether an image is first shifted and then convolved, or first convolved and then shifted (away from the border).": (
        "equivariance", "$f(\\text{shift}(x)) = \\text{shift}(f(x))$: shift and convolution may change places."),
    "A network marks all pixels of a road. When the camera turns a little and the road moves to the left, the marked area shall move to the left by the same amount.": (
        "equivariance", "The output, a map, has to move along with the input."),
    "In a recording of the heart, a beat comes 20 samples later. In the output of a one-dimensional convolution its peak comes 20 samples later, in the same shape.": (
        "equivariance", "A shift in time of the input becomes the same shift of the output."),
    "A face detector gives a map that is bright where a face is. The face moves up by 8 pixels; the bright spot moves up by 8 pixels.": (
        "equivariance", "The spot moves along with the face."),
    "A classifier ends with global average pooling. The score of the class *cat* is the same wherever in the picture the cat sits (away from the border).": (
        "invariance", "The score does not change when the input shifts: the average does not know where the values were."),
    "In a window of $2 \\times 2$ values, the largest one moves from the left to the right column. The output of the max pooling stays the same.": (
        "invariance", "The maximum of a window does not say where in the window it was: invariance to small shifts."),
    "A network for film reviews takes the maximum of each feature over all words. Whether *boring* is the third or the thirtieth word makes no difference to its output.": (
        "invariance", "The maximum over all places forgets the place."),
    "A network only has to say *whether* there is a ship in a satellite image. Its answer shall not change when the ship is at another place.": (
        "invariance", "The answer has to stay as it is when the input shifts."),
    "After the last pooling, a digit that is written one pixel further to the left leads to exactly the same vector of features.": (
        "invariance", "The output stays as it is although the input has shifted."),
}  # fmt: skip

DEMOS = {
    "sparse connectivity": """slopes = torch.autograd.grad(y[0, 0, 4, 4], x)[0]
assert (slopes != 0).sum() == 9                      # one output, nine pixels""",
    "parameter sharing": """assert sum(p.numel() for p in conv.parameters()) == 9   # for 64 outputs, or any number""",
    "equivariance": """moved = conv(x.roll(2, dims=3))
assert torch.allclose(moved, y.roll(2, dims=3))      # the output shifts along""",
    "invariance": """moved = conv(x.roll(2, dims=3))
assert torch.isclose(moved.mean(), y.mean())         # after global average pooling""",
}

given = dict(description=one_of(*CASES))

words = dict(name=lambda principle: principle, demo=lambda principle: DEMOS[principle])


def case(description):
    """The property and the reason."""
    if description not in CASES:
        msg = "this description is none of the question's own"
        raise ValueError(msg)
    return CASES[description]


@step(symbol=r"\text{property}", marks=1, options=OPTIONS)
def principle(description):
    """Ask whether it is about which inputs an output sees, about the weights, or about what a shift does to the output."""
    return case(description)[0]


@principle.working
def why(description):
    return case(description)[1]


@principle.mistake(when=lambda principle: principle == "sparse connectivity")
def few_weights_for_few_inputs(description):
    """Parameter sharing says that the weights are the same everywhere. Here the point is that an output is connected with few inputs: sparse connectivity."""
    return "parameter sharing"


@principle.mistake(when=lambda principle: principle == "parameter sharing")
def few_inputs_for_few_weights(description):
    """Sparse connectivity says that an output sees few inputs. Here the point is that the same weights are used at every place: parameter sharing."""
    return "sparse connectivity"


@principle.mistake(when=lambda principle: principle == "equivariance")
def output_does_not_stay(description):
    """Invariance means that the output does not change at all. Here it shifts along with the input: equivariance."""
    return "invariance"


@principle.mistake(when=lambda principle: principle == "invariance")
def output_does_not_move(description):
    """Equivariance means that the output shifts along with the input. Here it stays as it is: invariance."""
    return "equivariance"


@principle.mistake(when=lambda principle: principle == "parameter sharing")
def cause_for_effect(description):
    """Equivariance to shifts is what follows from sharing the weights. Here it is the sharing itself that is described."""
    return "equivariance"


pytorch = """
import torch
conv = torch.nn.Conv2d(1, 1, 3, padding=1, padding_mode="circular", bias=False)
x = torch.rand(1, 1, 8, 8, requires_grad=True)
y = conv(x)
<demo:s>
principle = <name>
"""
