r"""Forward pass of an MLP

<story> It has <inputs>, a hidden layer of <units> with ReLU and a linear output layer with <outputs>:

$$h = \operatorname{ReLU}(W_1 x + b_1),\qquad y = W_2 h + b_2$$

The input is $x = <x>$. Each row of a weight matrix belongs to one unit:

$$W_1 = <W1>,\qquad b_1 = <b1>,$$

$$W_2 = <W2>,\qquad b_2 = <b2>$$

Compute the pre-activations $z_1 = W_1 x + b_1$ of the hidden layer, its activations $h$ and the output $y$.
"""

from dlexam import array, by_level, grid, integers, one_of, step
from dlexam.engine import relu
from dlexam.figures import network
from dlexam.kinds import number
from dlexam.working import bracketed, products

about = dict(minutes=6, tags=["mlp", "relu", "forward pass"], decimals=3, symbols=dict(x="x", W1="W_1", b1="b_1", W2="W_2", b2="b_2"))


def some_silent(x, rows, domain, random):
    """Weights with which some units are silent and others active; the small biases change no sign."""
    while True:
        W = array((rows, len(x)), domain).draw(random)
        z = W @ x
        if z.min() < -1 and z.max() > 1:
            return W


given = dict(
    n_in=by_level(2, 3, 4),
    n_hidden=by_level(2, 3, 4),
    n_out=by_level(1, 2, 3),
    x=lambda n_in, level: array(n_in, by_level(integers(-3, 4, but_not=[0]), grid(-2, 3, by=0.5, but_not=[0]), grid(-2, 2, by=0.1, but_not=[0]))(level)),
    W1=lambda x, n_hidden, level, random: some_silent(x, n_hidden, by_level(integers(-3, 3), grid(-2, 2, by=0.5), grid(-1.5, 1.5, by=0.1))(level), random),
    b1=lambda W1, level: array(len(W1), by_level(one_of(-1, 1), grid(-1, 1, by=0.5, but_not=[0]), grid(-0.9, 0.9, by=0.1, but_not=[0]))(level)),
    W2=lambda n_out, W1, level: array((n_out, len(W1)), by_level(integers(-3, 3, but_not=[0]), grid(-2, 2, by=0.5, but_not=[0]), grid(-1.5, 1.5, by=0.1, but_not=[0]))(level)),
    b2=lambda W2, level: array(len(W2), by_level(integers(-2, 2, but_not=[0]), grid(-1, 1, by=0.5, but_not=[0]), grid(-0.9, 0.9, by=0.1, but_not=[0]))(level)),
)

words = dict(
    inputs=lambda x: "one input" if len(x) == 1 else f"{len(x)} inputs",
    units=lambda W1: "one unit" if len(W1) == 1 else f"{len(W1)} units",
    outputs=lambda W2: "one unit" if len(W2) == 1 else f"{len(W2)} units",
    story=lambda W2: (
        one_of(
            "A network predicts the price of a used car from a few standardised features.",
            "A network predicts the yield of a field from the weather.",
            "A network scores how well a page answers a search.",
            "A network estimates how long a delivery will take.",
        )
        if len(W2) == 1
        else one_of(
            "A network predicts how the joints of a robot arm should turn.",
            "A network predicts the levels of several air pollutants from the weather.",
            "A network predicts the scores of a film on several portals.",
            "A network gives the logits of the classes of a small classifier.",
        )
    ),
)


def figure(W1, W2):
    return network([W1.shape[1], len(W1), len(W2)], "xhy")


def first_sum(W, x, b, y, name):
    return rf"First entry: ${name} = {products(W[0], x)} + {bracketed(b[0])} = {number.tex(y[0], 4)}$"


@step(symbol="z_1", marks=2)
def z1(W1, x, b1):
    """Each hidden unit multiplies its row of weights with the inputs, adds the products up and adds its bias."""
    return W1 @ x + b1


@z1.working
def first_unit(W1, x, b1, z1):
    return first_sum(W1, x, b1, z1, "z_{1,1}")


@z1.mistake(keeps=0.5)
def bias_forgotten(W1, x):
    """You left out the biases $b_1$; each unit adds its own."""
    return W1 @ x


@z1.mistake(when=lambda W1: W1.shape[0] == W1.shape[1])
def transposed_weights(W1, x, b1):
    """You used the columns of $W_1$; the weights of a unit are a row."""
    return W1.T @ x + b1


@step(symbol="h", marks=1)
def h(z1):
    """ReLU passes positive values on and replaces negative ones by 0."""
    return relu(z1)


@h.mistake()
def activation_forgotten(z1):
    r"""You went on with the pre-activations; the hidden layer applies $\operatorname{ReLU}$ first."""
    return z1


@h.mistake()
def absolute_value(z1):
    r"""You took the absolute values; $\operatorname{ReLU}$ replaces negative values by 0."""
    return abs(z1)


@step(symbol="y", marks=2)
def y(W2, h, b2):
    """The output layer does the same with the activations; it is linear, so nothing is applied afterwards."""
    return W2 @ h + b2


@y.working
def first_output(W2, h, b2, y):
    return first_sum(W2, h, b2, y, "y_1")


@y.mistake(keeps=0.5)
def output_bias_forgotten(W2, h):
    """You left out the biases $b_2$ of the output layer."""
    return W2 @ h


@y.mistake(keeps=0.5, when=lambda W2, h, b2: (W2 @ h + b2).min() < 0)
def relu_at_the_output(W2, h, b2):
    r"""You applied $\operatorname{ReLU}$ to the output, too; the output layer is linear."""
    return relu(W2 @ h + b2)


pytorch = """
import torch

x, W1, b1, W2, b2 = (torch.tensor(v, dtype=torch.float64) for v in (<x>, <W1>, <b1>, <W2>, <b2>))
network = torch.nn.Sequential(torch.nn.Linear(*W1.T.shape), torch.nn.ReLU(), torch.nn.Linear(*W2.T.shape))
for parameter, values in zip(network.parameters(), (W1, b1, W2, b2)):
    parameter.data = values
z1 = network[0](x)
h = network[:2](x)
y = network(x)
"""
