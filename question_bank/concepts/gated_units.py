r"""RNN, LSTM, GRU: which gate does what?

<description>

Which gate is it? An LSTM has a *forget gate*, an *input gate* and an *output gate*; a GRU has an *update gate* and a *reset gate*; a simple RNN has *no gate*.
LSTM and GRU compute a new candidate in each step. The input is $x_t$, the hidden state $h_t$ and
the cell state of an LSTM $c_t$; $W$, $U$ and $b$ are weights and biases, and $\odot$ multiplies entry by entry.
"""

from dlexam import one_of, step

about = dict(minutes=1, tags=["LSTM", "GRU", "gates"])

OPTIONS = ("forget gate", "input gate", "output gate", "update gate", "reset gate", "no gate")

CASES = {
    "An LSTM reads a novel. At the beginning of a new chapter it wipes out what its cell state holds about the scene before.": (
        "forget gate", "It multiplies the old cell state: near 0, the old content is wiped out."),
    "In an LSTM nothing new is written for a while, yet an entry of the cell state halves from step to step. One gate has the value 0.5.": (
        "forget gate", r"With nothing added, $c_t = f_t \odot c_{t-1}$. The factor 0.5 is the forget gate."),
    "When an LSTM is trained, the bias of one gate is often started at 1 or more, so that content, and gradients along the cell state, survive many steps from the beginning.": (
        "forget gate", r"A positive bias opens the gate from the start, so most of $c_{t-1}$ is kept and $\partial c_t / \partial c_{t-1}$ is not far from 1."),
    r"Along the direct path from $c_{t-1}$ to $c_t$ in an LSTM, $\partial c_t / \partial c_{t-1}$ is nothing but the values of this gate.": (
        "forget gate", r"$c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t$: the factor of $c_{t-1}$ is the forget gate."),
    "An LSTM shall carry a number in its cell state through 200 time steps, without losing any of it. This gate must stay close to 1 all the time.": (
        "forget gate", "A forget gate of 1 keeps everything. (For the number to stay pure, the input gate would have to be near 0.)"),
    "An LSTM transcribes speech. At a cough the candidate is full of noise, but nothing of it gets into the cell state.": (
        "input gate", "It decides how much of the candidate is added. Near 0, nothing is written, and the old content is left alone."),
    r"In an LSTM the candidate $\tilde{c}_t$ is multiplied, entry by entry, by the values of this gate before it is added to the cell state.": (
        "input gate", r"$c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t$: the factor of the candidate is the input gate."),
    "An LSTM counts opening brackets in an entry of its cell state that never fades. The candidate is 1 at every character; one gate is 1 at an opening bracket and 0 at all other characters.": (
        "input gate", "It adds the candidate, 1, to the counter at an opening bracket only."),
    "In an LSTM all values of the forget gate are 1, and yet the cell state does not change at all in this step, although the candidate is not zero. One gate is 0.": (
        "input gate", r"$c_t = c_{t-1} + i_t \odot \tilde{c}_t$ equals $c_{t-1}$ only if the input gate is 0."),
    "An LSTM has noted in its cell state that the subject is plural. Nothing of this shows in the hidden state until the verb is due; the cell state itself stays the same all the time.": (
        "output gate", "It decides how much of the cell state appears in the hidden state, without touching the cell state."),
    r"In an LSTM, $\tanh(c_t)$ is multiplied, entry by entry, by the values of this gate.": (
        "output gate", r"$h_t = o_t \odot \tanh(c_t)$."),
    "An entry of an LSTM's cell state is 3.1, but the same entry of the hidden state is almost 0. One gate is nearly closed.": (
        "output gate", r"$h_t = o_t \odot \tanh(c_t)$ with $\tanh 3.1 \approx 1$: only an output gate near 0 makes the entry of $h_t$ that small."),
    "In an LSTM one gate has no influence on the cell state of the same step, only on the hidden state that is passed on.": (
        "output gate", "The forget gate and the input gate enter $c_t$; the output gate enters only $h_t$."),
    "In a GRU a single gate decides both how much of the old state is kept and how much of the candidate comes in; an LSTM has two gates for that.": (
        "update gate", "Its values and their complements to 1 weigh the two parts, in place of the LSTM's forget and input gates."),
    "A GRU passes a long run of unimportant words. Its state is copied from step to step without any change, whatever the candidate is.": (
        "update gate", "The update gate alone weighs old state against candidate; at one end of its range the state is copied. (The reset gate only changes the candidate.)"),
    "In a GRU the new state is a weighted mean of the old state and the candidate, entry by entry. The weights sum to 1 and come from this gate.": (
        "update gate", r"With the update gate $z_t$, $h_t = (1 - z_t) \odot h_{t-1} + z_t \odot \tilde{h}_t$. (In some textbooks, and in PyTorch, $z_t$ and $1 - z_t$ change places.)"),
    "A GRU's candidate is computed as if the sequence had just begun: from the new input alone. How much of this candidate is then used is decided by another gate.": (
        "reset gate", "A reset gate of 0 removes the old state from the candidate; the update gate then does the mixing."),
    r"In a GRU the old state is multiplied by the values of this gate inside the $\tanh$ of the candidate.": (
        "reset gate", r"$\tilde{h}_t = \tanh(W x_t + U (r_t \odot h_{t-1}) + b)$: the reset gate decides what the candidate sees of the old state."),
    r"In a GRU all values of this gate are 1. Then the candidate is just what a simple RNN would compute, $\tanh(W x_t + U h_{t-1} + b)$.": (
        "reset gate", r"With $r_t = 1$ the old state enters the candidate undiminished, as in a simple RNN."),
    r"In each step the whole state is replaced by $h_t = \tanh(W x_t + U h_{t-1} + b)$. The cell has no means to copy an entry of the state unchanged.": (
        "no gate", "This is the simple RNN. Nothing multiplies the old state by a number between 0 and 1."),
    "A cell with a state of size $n$ and inputs of size $d$ has $n (n + d + 1)$ parameters in all. (With gates there would be three or four times as many.)": (
        "no gate", "One weight matrix for the state, one for the input, one bias: the simple RNN. Each gate would add another set of the same size."),
    r"The gradient through 50 time steps is a product of 50 factors $U^\top \operatorname{diag}(1 - h_t^2)$. There is no other path that it could take through time, and it vanishes.": (
        "no gate", r"This is the Jacobian of $\tanh(W x_t + U h_{t-1} + b)$, the simple RNN. Gates would open an additive path."),
}  # fmt: skip

# Where PyTorch keeps the weights of each gate.
CELLS = {
    "LSTMCell": ("input gate", "forget gate", "candidate", "output gate"),
    "GRUCell": ("reset gate", "update gate", "candidate"),
    "RNNCell": ("no gate",),
}

given = dict(description=one_of(*CASES))

words = dict(
    cell=lambda gate: next(cell for cell, blocks in CELLS.items() if gate in blocks),
    blocks=lambda cell: CELLS[cell],
    place=lambda gate, blocks: blocks.index(gate),
)


def case(description):
    """The gate and the reason."""
    if description not in CASES:
        msg = "this description is none of the question's own"
        raise ValueError(msg)
    return CASES[description]


@step(symbol=r"\text{gate}", marks=1, options=OPTIONS)
def gate(description):
    """Ask what the gate multiplies: the old content, the candidate, or what is shown; or the old state inside the candidate."""
    return case(description)[0]


@gate.working
def why(description):
    return case(description)[1]


@gate.mistake(when=lambda gate: gate == "forget gate")
def writes_instead_of_keeps(description):
    """The input gate multiplies the candidate and decides what is written. Here the old content is meant: forget gate."""
    return "input gate"


@gate.mistake(when=lambda gate: gate == "input gate")
def keeps_instead_of_writes(description):
    """The forget gate multiplies the old cell state and decides what is kept. Here the candidate is meant: input gate."""
    return "forget gate"


@gate.mistake(when=lambda gate: gate == "output gate")
def content_instead_of_view(description):
    """The forget gate changes the cell state. Here it is what the hidden state shows of it: output gate."""
    return "forget gate"


@gate.mistake(when=lambda gate: gate == "update gate")
def candidate_instead_of_mixture(description):
    """The reset gate acts inside the candidate only. Mixing old state and candidate is done by the update gate."""
    return "reset gate"


@gate.mistake(when=lambda gate: gate == "update gate")
def gate_of_the_other_cell(description):
    """The forget gate belongs to the LSTM. In a GRU the update gate does its work, and that of the input gate, too."""
    return "forget gate"


@gate.mistake(when=lambda gate: gate == "reset gate")
def mixture_instead_of_candidate(description):
    """The update gate mixes old state and candidate. What the candidate itself sees of the old state is decided by the reset gate."""
    return "update gate"


@gate.mistake(when=lambda gate: gate == "no gate")
def gate_of_a_simple_rnn(description):
    """A simple RNN replaces its state in each step; nothing decides what is forgotten. There is no gate."""
    return "forget gate"


pytorch = """
from torch import nn
d, n = 3, 2                        # sizes of the input and of the state
cell = nn.<cell:s>(d, n)
blocks = <blocks>
gate = blocks[<place>]
weights = cell.weight_ih.chunk(len(blocks))[<place>]   # its input weights in PyTorch
assert weights.shape == (n, d)
"""
