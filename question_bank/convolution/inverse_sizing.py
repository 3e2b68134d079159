r"""Finding the padding, stride or kernel from the sizes

<story> makes an output of $W_{\text{out}} \times W_{\text{out}} = <output> \times <output>$ from an input of $W \times W = <W> \times <W>$. It has <facts> and no dilation.
Where a last window does not fit entirely, it is left out.

<question>
"""

from dlexam import one_of, step
from dlexam.engine import output_size

about = dict(minutes=3, tags=["cnn", "shapes"], symbols=dict(W="W", output=r"W_{\text{out}}"))


def layers(unknown, level):
    """Usual layers, as F, P, S; the unknown number is worth asking."""
    for F in ((2, 3, 5), (3, 5, 7), (3, 5, 7, 11))[level - 1]:
        for P in range(F // 2 + 1):
            for S in range(1, level + 2):
                if {"P": P > 0, "S": S > 1, "F": True}[unknown]:
                    yield dict(F=F, P=P, S=S)


def width(unknown, layer, level, random):
    """A size of the input for which the drawn number is the smallest that leads to the output."""
    known = {name: n for name, n in layer.items() if name != unknown}
    while True:
        W = random.randint(*((8, 24), (20, 70), (50, 260))[level - 1])
        if smallest(W, output_size(W, **layer), known, unknown) == layer[unknown]:
            return W


def smallest(W, output, known, unknown):
    """The smallest whole number that makes the output from the input."""
    most = known["S"] * output + known["F"] if unknown == "P" else W + 2 * known["P"]
    for n in range(0 if unknown == "P" else 1, most + 1):
        sizes = {**known, unknown: n}
        if sizes["F"] <= W + 2 * sizes["P"] and output_size(W, **sizes) == output:
            return n
    msg = "no layer makes this output from this input"
    raise ValueError(msg)


given = dict(
    unknown=one_of("P", "S", "F"),
    layer=lambda unknown, level: one_of(*layers(unknown, level)),
    W=width,
    output=lambda W, layer: output_size(W, **layer),
    known=lambda layer, unknown: {name: size for name, size in layer.items() if name != unknown},
)

words = dict(
    story=one_of("A convolution layer", "A layer of a network that somebody else has trained", "In an old paper, a convolution layer", "A convolution layer of a detector"),
    facts=lambda known: ", ".join({"F": f"kernels of ${n} \\times {n}$ ($F = {n}$)", "P": f"padding $P = {n}$ on each side" if n else "no padding ($P = 0$)", "S": f"stride $S = {n}$"}[name] for name, n in known.items()),
    first=lambda unknown: "0" if unknown == "P" else "1",
    sizes=lambda known: "kernel_size={F}, padding={P}, stride={S}".format(**dict.fromkeys("FPS", "n") | known),
    question=lambda unknown: {
        "P": "Which padding $P$ does it have, that is, how many zeros are added *on each side*? Give the smallest possible number.",
        "S": "Which stride $S$ does it have? Give the smallest possible number.",
        "F": "Which size $F$ do its kernels $F \\times F$ have? Give the smallest possible number.",
    }[unknown],
)


@step(symbol=r"\text{value}", marks=2)
def value(W, output, known, unknown):
    r"""Put what is known into $\left\lfloor (W + 2P - F) / S \right\rfloor + 1 = W_{\text{out}}$ and find the smallest number that solves it."""
    return smallest(W, output, known, unknown)


def solved(W, output, known, unknown, windows):
    """The equation (W + 2P - F) / S = windows, solved exactly for the unknown number."""
    if unknown == "P":
        return (windows * known["S"] + known["F"] - W) / 2
    if unknown == "S":
        return (W + 2 * known["P"] - known["F"]) / windows
    return W + 2 * known["P"] - windows * known["S"]


@value.working
def check(W, output, known, unknown, value):
    """The equation, its smallest solution and the test."""
    F, P, S = (str({**known, unknown: unknown}[n]) for n in "FPS")
    moves = output - 1
    sizes = {**known, unknown: value}
    room = W + 2 * sizes["P"] - sizes["F"]
    smallest_one = {
        "P": rf"The kernel needs room for {moves} moves: ${W} + 2P - {F} \ge {moves} \cdot {S}$, so $2P \ge {moves * sizes['S'] + sizes['F'] - W}$.",
        "S": rf"There must be no room for one more move: ${room} < {output} \cdot S$, so $S > {room} / {output}$.",
        "F": rf"There must be no room for one more move: ${W + 2 * sizes['P']} - F < {output} \cdot {S}$, so $F > {W + 2 * sizes['P'] - output * sizes['S']}$.",
    }[unknown]
    return [
        rf"The kernel moves one time less than there are windows: $\lfloor ({W} + 2 \cdot {P} - {F}) / {S} \rfloor = {output} - 1 = {moves}$.",
        smallest_one,
        rf"The smallest such number is ${unknown} = {value}$, and it fits: $\lfloor {room} / {sizes['S']} \rfloor = {room // sizes['S']}$.",
    ]


@value.mistake(when=lambda unknown, value: unknown == "P" and value > 0)
def padding_total_not_per_side(W, output, known, unknown):
    """This is the number of zeros on both sides together; the padding $P$ counts one side."""
    return 2 * smallest(W, output, known, unknown)


def tells(value, wrong):
    """Whether rounding to a whole number does not hide a wrong solution."""
    return abs(value - wrong) > 0.05


@value.mistake(when=lambda W, output, known, unknown, value: tells(value, solved(W, output, known, unknown, output)))
def plus_one_forgotten(W, output, known, unknown):
    """You forgot the $+ 1$ of the formula: the kernel moves one time less than there are windows."""
    return solved(W, output, known, unknown, output)


def padded_once(W, output, known, unknown):
    """The smallest solution with the padding on one side only, or 0 if there is none."""
    try:
        return smallest(W + known.get("P", 0), output, {**known, "P": 0}, unknown)
    except ValueError:
        return 0


@value.mistake(when=lambda W, output, known, unknown: known.get("P", 0) > 0 and padded_once(W, output, known, unknown) > 0)
def padding_once(W, output, known, unknown):
    """You counted the padding on one side only; zeros are added on both sides."""
    return padded_once(W, output, known, unknown)


@value.mistake(keeps=0.5, when=lambda W, output, known, unknown, value: unknown == "F" and solved(W, output, known, unknown, output - 1) > value)
def not_the_smallest(W, output, known, unknown):
    """This kernel fits, too, but it is not the smallest: a smaller one leaves a rest that is too small for one more move."""
    return solved(W, output, known, unknown, output - 1)


pytorch = """
import torch

def width(n):
    layer = torch.nn.Conv2d(1, 1, <sizes:s>, device="meta")
    return layer(torch.zeros(1, 1, <W>, <W>, device="meta")).shape[-1]

value = next(n for n in range(<first:s>, 10_000) if width(n) == <output>)
"""
