r"""Dropout

<story> gives the activations $h = <h>$. Each is dropped with probability $p = <p_drop>$. In this training step the mask is
$r = <mask>$, where 1 means that a unit is kept.

The layer uses *inverted* dropout: what is kept is rescaled in training, so that nothing needs to change at test time.

Give the output $h_{\text{train}}$ in this training step, the output $h_{\text{test}}$ for the same activations at test time, and how
many of these $n = <n>$ activations are kept on average.
"""

from numpy import array as numbers
from numpy import shape, size

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=4, tags=["dropout"], symbols=dict(mask="r"), decimals=3)


def draw_mask(h, p_drop, random):
    """A mask that keeps a unit and drops a unit at least."""
    kept = [int(random.random() >= p_drop) for _ in range(size(h))]
    dropped, alive = random.sample(range(size(h)), 2)
    kept[dropped], kept[alive] = 0, 1
    return numbers(kept).reshape(shape(h))


given = dict(
    h=by_level(array(4, integers(1, 9)), array(5, grid(0.1, 3, by=0.1)), array((2, 4), grid(0.1, 3, by=0.1))),
    p_drop=by_level(one_of(0.5, 0.75, 0.2), one_of(0.2, 0.25, 0.4, 0.5), one_of(0.1, 0.2, 0.3, 0.4)),
    mask=draw_mask,
)

words = dict(
    story=lambda h: "For a batch of <batch> samples (one row each), a hidden layer" if len(shape(h)) == 2 else "<layer>",
    layer=one_of("A hidden layer", "The first dense layer of a network", "A layer with ReLU units"),
)


@step
def batch(h):
    return len(h)


@step
def n(h):
    return size(h)


@step(symbol=r"h_{\text{train}}", marks=2)
def train(h, mask, p_drop):
    r"""On average the share $1 - p$ of the units is left, so each is divided by $1 - p$; then the expected sum stays the same."""
    return h * mask / (1 - p_drop)


@train.mistake(keeps=0.5)
def not_rescaled(h, mask):
    r"""You dropped the right units, but inverted dropout also divides by $1 - p$ in training."""
    return 1.0 * h * mask


@train.mistake(keeps=0.5, when=lambda p_drop: p_drop != 0.5)
def scaled_by_p(h, mask, p_drop):
    r"""You divided by the probability of dropping, $p$; divide by the probability of keeping, $1 - p$."""
    return h * mask / p_drop


@train.mistake()
def mask_inverted(h, mask, p_drop):
    """You kept the units where the mask is 0; 1 means kept."""
    return h * (1 - mask) / (1 - p_drop)


@step(symbol=r"h_{\text{test}}", marks=1)
def test(h):
    """At test time all units work, without any factor."""
    return h


@test.mistake()
def scaled_at_test(h, p_drop):
    r"""You multiplied by $1 - p$. Dropout without rescaling in training needs that; inverted dropout changes nothing at test time."""
    return h * (1 - p_drop)


@test.mistake()
def mask_used_at_test(h, mask):
    """You dropped units at test time; dropout is for training only."""
    return h * mask


@step(symbol=r"\text{kept}", marks=1)
def expected_active(n, p_drop):
    """Each of the units is kept with probability $1 - p$."""
    return n * (1 - p_drop)


@expected_active.mistake(when=lambda p_drop: p_drop != 0.5)
def dropped_counted(n, p_drop):
    """This is how many are dropped on average; count those that are kept."""
    return n * p_drop


@expected_active.mistake(when=lambda mask, n, p_drop: abs(mask.sum() - n * (1 - p_drop)) > 0.01 and abs(mask.sum() - n * p_drop) > 0.01)
def this_mask_counted(mask):
    """You counted the ones in this mask; the average over all masks is asked."""
    return 1.0 * mask.sum()


pytorch = """
import torch

h, mask = torch.tensor(<h>, dtype=torch.float64), torch.tensor(<mask>, dtype=torch.bool)
keep = 1 - <p_drop>
train = torch.where(mask, h / keep, 0.0)
test = torch.nn.Dropout(p=<p_drop>).eval()(h)
expected_active = torch.full_like(h, keep).sum()
"""
