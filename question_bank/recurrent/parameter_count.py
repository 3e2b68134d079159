r"""Parameters of RNN, LSTM and GRU layers

<story> Its inputs have $n = <inputs>$ features, and the layer has $m = <hidden>$ hidden units.

How many trainable parameters does the layer have as a simple RNN, as an LSTM and as a GRU? Count one bias vector for the RNN and one for each gate or candidate (no
peephole connections, no output layer).
"""

from dlexam import by_level, integers, one_of, step

about = dict(minutes=4, tags=["rnn", "lstm", "gru", "parameters"], symbols=dict(inputs="n", hidden="m"))

given = dict(
    inputs=by_level(integers(2, 30), integers(10, 64), one_of(13, 39, 40, 50, 80, 100, 128, 161, 200, 257, 300, 512, 768)),
    hidden=by_level(integers(2, 30), integers(16, 100), one_of(*range(64, 1025, 32), 100, 150, 200, 300, 400, 600, 650, 1150, 1500)),
)

words = dict(
    story=one_of(
        "A recurrent layer reads the word vectors of a sentence.",
        "A recurrent layer reads the spectrum of a speech signal, frame after frame.",
        "A recurrent layer reads the sensors of a wind turbine.",
        "A recurrent layer reads the daily figures of a shop.",
    )
)


@step(symbol=r"P_{\text{RNN}}", marks=2)
def rnn(inputs, hidden):
    """Each hidden unit has a weight for each input, a weight for each hidden unit of the step before, and a bias."""
    return hidden * (inputs + hidden + 1)


@rnn.mistake()
def recurrent_weights_forgotten(inputs, hidden):
    r"""You left out the weights from the old state to the new one: $m \times m = <hidden> \times <hidden>$ more."""
    return hidden * (inputs + 1)


@rnn.mistake(keeps=0.5)
def biases_forgotten(inputs, hidden):
    """You left out the biases, one for each hidden unit."""
    return hidden * (inputs + hidden)


@rnn.mistake(keeps=0.5)
def two_bias_vectors(inputs, hidden):
    """You counted two bias vectors, as PyTorch does; this question counts one."""
    return hidden * (inputs + hidden + 2)


@step(symbol=r"P_{\text{LSTM}}", marks=1)
def lstm(rnn):
    """An LSTM has four such blocks: the forget, input and output gates, and the candidate."""
    return 4 * rnn


@lstm.mistake()
def gates_forgotten(rnn):
    """You counted one block; an LSTM has four, each with weights and biases of its own."""
    return rnn


@lstm.mistake()
def candidate_forgotten(rnn):
    """You counted the three gates; the candidate for the cell has weights of its own, too, so there are four blocks."""
    return 3 * rnn


@step(symbol=r"P_{\text{GRU}}", marks=1)
def gru(rnn):
    """A GRU has three: the update gate, the reset gate, and the candidate."""
    return 3 * rnn


@gru.mistake()
def gates_forgotten(rnn):
    """You counted one block; a GRU has three, each with weights and biases of its own."""
    return rnn


@gru.mistake()
def candidate_forgotten(rnn):
    """You counted the two gates; the candidate state has weights of its own, too, so there are three blocks."""
    return 2 * rnn


pytorch = """
import torch

def count(layer):  # PyTorch keeps two bias vectors a gate: leave out the second
    return sum(p.numel() for name, p in layer.named_parameters() if not name.startswith("bias_hh"))

rnn = count(torch.nn.RNN(<inputs>, <hidden>, device="meta"))
lstm = count(torch.nn.LSTM(<inputs>, <hidden>, device="meta"))
gru = count(torch.nn.GRU(<inputs>, <hidden>, device="meta"))
"""
