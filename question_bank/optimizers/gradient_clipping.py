r"""Gradient clipping

<story> $g = <g>$. Gradients are clipped, in one of two ways:

- by norm: if $\lVert g \rVert_2$ is larger than $c = <max_norm>$, scale $g$ so that its norm is $c$; otherwise leave it;
- by value: limit each entry to $[-d,\; d]$ with $d = <max_value>$.

Give the norm of $g$, the gradient $g_{\text{norm}}$ clipped by norm and the gradient $g_{\text{value}}$ clipped by value. Both start from $g$.
"""

from numpy import array as numbers
from numpy import clip
from numpy.linalg import norm as euclidean

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.kinds.number import tex
from dlexam.working import bracketed

about = dict(minutes=4, tags=["gradient clipping", "exploding gradients"])

ROUND = ((3, 4), (6, 8), (5, 12), (9, 12), (1, 2, 2), (2, 4, 4), (2, 3, 6), (4, 4, 7), (1, 4, 8), (2, 6, 9))  # whole norms


def round_gradient(random):
    """A shuffled gradient with signs whose norm is whole."""
    entries = list(random.choice(ROUND))
    random.shuffle(entries)
    return numbers([a * random.choice((-1, 1)) for a in entries])


given = dict(
    g=lambda level, random: round_gradient(random) if level == 1 else by_level(0, array(3, integers(-6, 6, but_not=[0])), array(4, grid(-3, 3, by=0.1, but_not=[0])))(level),
    max_norm=by_level(one_of(1, 2, 5, 10), one_of(1, 2, 5, 10), one_of(0.5, 1, 2, 4, 5)),
    max_value=by_level(one_of(1, 2, 3, 5), one_of(1, 2, 3, 4), one_of(0.5, 1, 1.5, 2)),
)

words = dict(
    story=one_of("In training, a recurrent network has the gradient", "In one update of a recurrent network the gradient is", "A language model's gradient in one update is"),
)


@step(symbol=r"\lVert g \rVert_2", marks=1, tex=r"\sqrt{\sum_i g_i^2}")
def norm(g):
    """The length of the whole gradient."""
    return euclidean(g)


@norm.mistake()
def no_square_root(g):
    """This is the sum of squares; the norm is its square root."""
    return (g * g).sum() * 1.0


@norm.mistake()
def sizes_added(g):
    """You added up the sizes (the L1 norm); the L2 norm is the root of the sum of squares."""
    return abs(g).sum() * 1.0


@norm.working
def squares(g):
    return rf"$\sqrt{{{' + '.join(bracketed(a) + '^2' for a in g.tolist())}}} = \sqrt{{{tex((g * g).sum())}}}$"


@step(symbol=r"g_{\text{norm}}", marks=2, tex=r"\frac{<max_norm>}{\max(<norm>, <max_norm>)} \cdot <g>")
def clipped_by_norm(g, max_norm, norm):
    """All entries are scaled by one factor, so the direction stays; a short gradient is left alone."""
    return g * (max_norm / max(norm, max_norm))


@clipped_by_norm.mistake(when=lambda norm, max_norm: norm < max_norm)
def clipped_when_below(g, max_norm, norm):
    """You scaled the gradient up to the limit; its norm is below the limit, so it stays as it is."""
    return g * (max_norm / norm)


@clipped_by_norm.mistake(keeps=0.5, when=lambda norm, max_norm: norm > max_norm and max_norm != 1)
def divided_only(g, norm):
    r"""You divided by the norm, which gives the length 1; multiply by the limit $c = <max_norm>$, too."""
    return g / norm


@clipped_by_norm.mistake(when=lambda norm, max_norm: norm > max_norm)
def not_clipped(g):
    """You left the gradient as it is, but its norm is above the limit."""
    return 1.0 * g


@step(symbol=r"g_{\text{value}}", marks=1, tex=r"\min(\max(g_i, -<max_value>), <max_value>) \text{ for each } i")
def clipped_by_value(g, max_value):
    """Each entry is cut on its own, which may change the direction."""
    return clip(g, -max_value, max_value)


@clipped_by_value.mistake(when=lambda g, max_value: (g < -max_value).any())
def only_above(g, max_value):
    """You cut only the large positive entries; large negative ones are cut, too."""
    return clip(g, None, max_value)


@clipped_by_value.mistake(when=lambda g, max_value: (abs(g) > max_value).any())
def large_entries_zeroed(g, max_value):
    """You set large entries to 0; they are set to the limit, with their sign."""
    return g * (abs(g) <= max_value)


pytorch = """
import torch

g = torch.tensor(<g>, dtype=torch.float64)
norm = torch.linalg.vector_norm(g)
weights = [torch.zeros_like(g), torch.zeros_like(g)]
weights[0].grad, weights[1].grad = g.clone(), g.clone()
torch.nn.utils.clip_grad_norm_(weights[:1], <max_norm>)  # divides by norm + 1e-6
torch.nn.utils.clip_grad_value_(weights[1:], <max_value>)
clipped_by_norm, clipped_by_value = weights[0].grad, weights[1].grad
"""
