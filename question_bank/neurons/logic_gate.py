r"""Which gate does this perceptron compute?

<story> Its weights are $w = <w>$ and its bias is $b = <b>$; the output $\hat{y}$ is 1 if $z = w_1 x_1 + w_2 x_2 + b \ge 0$, and 0 otherwise.

Give its outputs for the inputs $(0, 0)$, $(0, 1)$, $(1, 0)$ and $(1, 1)$, in this order. Which logic gate is it?
"""

from numpy import array as vector

from dlexam import by_level, one_of, step
from dlexam.engine import binary_step
from dlexam.figures import decision_boundary
from dlexam.kinds.number import tex
from dlexam.working import bracketed, products

about = dict(minutes=4, tags=["perceptron", "logic gates"])

INPUTS = ((0, 0), (0, 1), (1, 0), (1, 1))
GATES = {(0, 0, 0, 1): "AND", (0, 1, 1, 1): "OR", (1, 1, 1, 0): "NAND", (1, 0, 0, 0): "NOR"}

given = dict(
    unit=by_level(1, 0.5, 0.25),  # exact in binary, so that z = 0 is exactly 0
    w=lambda unit, random: vector([unit * random.randint(1, 6) for _ in "12"]) * random.choice([(1, 1), (1, 1), (1, 1), (-1, -1), (-1, -1), (-1, -1), (1, -1), (-1, 1)]),
    b=lambda w, unit, random: between(sorted({0, *(vector(INPUTS) @ w).tolist()}), unit, random),
)


def between(sums, unit, random):
    """A bias that puts the threshold between two of the weighted sums, at the upper one at most."""
    place = random.randrange(len(sums) - 1)
    steps = round((sums[place + 1] - sums[place]) / unit)
    return -(sums[place] + unit * random.randint(1, steps))


words = dict(
    story=one_of(
        "A perceptron with two binary inputs has been trained.",
        "McCulloch and Pitts built logic gates from single neurons. Here is one.",
        "A single neuron with a step activation reads two switches $x_1$ and $x_2$.",
    )
)


@step(symbol="z", tex=r"w_1 x_1 + w_2 x_2 + b")
def z(w, b):
    """Put in the four inputs one after the other."""
    return vector(INPUTS) @ w + b


@z.working
def table(w, b, z):
    return [rf"$({x[0]}, {x[1]})$: $z = {products(w.tolist(), x)} + {bracketed(b)} = {tex(z_i)}$" for x, z_i in zip(INPUTS, z.tolist())]


@step(symbol=r"\hat{y}", marks=2, tex=r"\begin{cases}1 & \text{if } z \ge 0 \\ 0 & \text{otherwise}\end{cases}")
def outputs(z):
    """A sum of exactly 0 gives 1."""
    return binary_step(z)


@outputs.mistake()
def threshold_reversed(z):
    r"""You turned the comparison round; the output is 1 where $z \ge 0$."""
    return 1 - binary_step(z)


@outputs.mistake(when=lambda z, b: (binary_step(z) != binary_step(z - b)).any())
def bias_forgotten(z, b):
    """You left out the bias $b = <b>$; it moves the threshold."""
    return binary_step(z - b)


@outputs.mistake(when=lambda z: (z == 0).any())
def zero_counted_as_negative(z):
    r"""You gave 0 for $z = 0$; this neuron's threshold is $z \ge 0$, so the output is 1 there."""
    return 1 - binary_step(-z)


@step(symbol=r"\text{gate}", marks=1, options=("AND", "OR", "NAND", "NOR", "none of these"))
def gate(outputs):
    """Compare with the truth tables: AND is 1 for (1, 1) only, OR for all but (0, 0); NAND and NOR are their opposites. Any other list is none of these."""
    table = tuple(outputs.tolist())
    return GATES.get(table, "none of these")


@gate.working
def drawn(w, b, outputs):
    points = [(x1, x2, str(out)) for (x1, x2), out in zip(INPUTS, outputs.tolist())]
    return decision_boundary(w.tolist(), float(b), points, caption="The outputs at the four inputs, and the line z = 0.")


pytorch = """
import torch

w, b = torch.tensor(<w>).double(), <b>
inputs = torch.cartesian_prod(torch.tensor([0, 1]), torch.tensor([0, 1])).double()
outputs = (inputs @ w + b >= 0).int()
x1, x2 = inputs.bool().T
gates = {"AND": x1 & x2, "OR": x1 | x2, "NAND": ~(x1 & x2), "NOR": ~(x1 | x2)}
gate = next((name for name, table in gates.items() if torch.equal(table.int(), outputs)), "none of these")
"""
