r"""Vanishing and exploding gradients

<story> On its way back the gradient is multiplied in every layer by the weight of the layer and by the slope of the activation function. As a rough
model, every weight is $w = <w>$ and every slope is $s = <slope>$<why>.

By which factor $f$ does the size of the gradient change in one layer, and by which factor $f_{\text{all}}$ in $n = <depth>$ layers together? (Sizes have no sign.) Does the
gradient vanish, stay stable or explode as such a network gets deeper?
"""

from dlexam import by_level, one_of, step

about = dict(minutes=3, tags=["vanishing gradient", "exploding gradient"], decimals=5, symbols=dict(w="w", slope="s", depth="n", gradient_scale=r"f_{\text{all}}"))

REASONS = {
    0.25: ", the largest slope of a sigmoid",
    0.2: ", like that of a sigmoid a little away from its middle",
    0.42: r", like that of $\tanh$ at 1",
    0.79: r", like that of $\tanh$ at 0.5",
    1.0: ", like that of an active ReLU",
}


def weights(slope, kind, level):
    """Weights with which the gradient shrinks, grows or keeps its size, at the rates of a level."""
    if kind == "equal" and slope in (0.2, 0.25, 0.5, 1):
        return [1 / slope, -1 / slope]
    low, high, by = ((0.45, 3.1, 0.25), (0.6, 2, 0.2), (0.75, 1.6, 0.05))[level - 1]
    sizes = [round(by * k, 2) for k in range(1, 150)]
    fitting = [w for w in sizes if (low < w * slope < 0.96 if kind == "smaller" else 1.04 < w * slope < high)]
    return fitting + [-w for w in fitting]


given = dict(
    slope=by_level(one_of(0.25, 0.5, 1.0), one_of(0.2, 0.25, 0.42, 0.5, 0.79, 1.0), one_of(0.2, 0.25, 0.42, 0.79, 1.0)),
    kind=one_of("smaller", "larger", "smaller", "larger", "smaller", "larger", "equal"),
    w=lambda slope, kind, level: one_of(*weights(slope, kind, level)),
    depth=by_level(one_of(2, 3, 4), one_of(4, 5), one_of(5, 6, 7)),
)

words = dict(
    why=lambda slope: REASONS.get(slope, ""),
    story=one_of(
        "A deep network trains badly, and you look at its gradients.",
        "Before you train a deep network you ask what becomes of its gradients.",
        "A colleague wants to stack many more layers on a network.",
        "You compare ways to initialise a deep network.",
    ),
)


def in_the_long_run(factor):
    return "stable" if abs(factor - 1) < 1e-9 else "vanishes" if factor < 1 else "explodes"


@step(symbol="f", marks=1)
def factor(w, slope):
    """One layer multiplies the size of the gradient by the size of its weight and by the slope."""
    return abs(w) * slope


@factor.mistake(when=lambda slope: slope != 1)
def slope_forgotten(w):
    r"""You left out the slope of the activation function, $s = <slope>$."""
    return abs(w)


@factor.mistake(when=lambda w: abs(w) != 1)
def weight_forgotten(slope):
    r"""You left out the weight; each layer also multiplies by $|w|$."""
    return slope


@step(marks=1)
def gradient_scale(factor, depth):
    """Layer after layer multiplies, so the factors form a power."""
    return factor**depth


@gradient_scale.mistake(when=lambda factor, depth: abs(factor * depth - factor**depth) > 0.01)
def added_instead_of_multiplied(factor, depth):
    """You added the factors up; each layer multiplies, so take the power."""
    return factor * depth


@gradient_scale.mistake(when=lambda factor: abs(factor - 1) > 1e-9)
def one_layer_less(factor, depth):
    """You counted one layer less; all <depth> layers multiply."""
    return factor ** (depth - 1)


@step(symbol=r"\text{behaviour}", marks=1, options=("vanishes", "stable", "explodes"), tex=r"\begin{cases} \text{vanishes} & \text{if } f < 1 \\ \text{stable} & \text{if } f = 1 \\ \text{explodes} & \text{if } f > 1 \end{cases}")
def behaviour(factor):
    """Powers of a factor below 1 shrink towards 0, powers of a factor above 1 grow without limit."""
    return in_the_long_run(factor)


@behaviour.mistake(when=lambda w, behaviour: in_the_long_run(abs(w)) != behaviour)
def judged_by_the_weight(w):
    """You compared the weight alone with 1; what counts is the whole factor, weight times slope."""
    return in_the_long_run(abs(w))


pytorch = """
import torch

gradients = []
for depth in (1, <depth>):
    a = x = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
    for _ in range(depth):
        a = <slope> * (<w> * a)
    a.backward()
    gradients.append(x.grad.abs().item())
factor, gradient_scale = gradients
behaviour = "stable" if abs(factor - 1) < 1e-9 else "vanishes" if factor < 1 else "explodes"
"""
