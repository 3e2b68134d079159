r"""Shapes in sequence models

<story> The mini-batch holds $B = <batch>$ sequences, each with $T = <time>$ time steps of <inputs> features. Axes are in the order batch, time, features.

<network>

Give the shape of the states of all time steps of <layer>, and the shape of the network's output.
"""

from dlexam import by_level, integers, one_of, step

about = dict(minutes=3, tags=["rnn", "shapes"])

given = dict(
    architecture=by_level(one_of("many_to_one", "many_to_many"), *2 * [one_of("many_to_one", "many_to_many", "bidirectional", "seq2seq")]),
    batch=by_level(integers(2, 6), one_of(8, 16, 32), one_of(16, 20, 32, 48, 64)),
    time=by_level(integers(3, 7), one_of(10, 12, 15, 20, 24, 25, 30), one_of(28, 35, 40, 50, 64, 70)),
    inputs=by_level(integers(2, 8), one_of(13, 26, 40, 50), one_of(80, 100, 128, 200)),
    hidden=by_level(integers(9, 12), one_of(18, 36, 48, 60), one_of(96, 150, 192, 256)),
    classes=by_level(integers(13, 16), one_of(3, 5, 9, 11), one_of(2, 17, 45, 90)),
    target_time=lambda time, architecture, level: (
        integers(time + 1, time + by_level(2, 4, 9)(level)) if architecture == "seq2seq" else time
    ),
)

STORIES = {
    "many_to_one": (
        "A recurrent network sorts messages by their subject.",
        "A recurrent network recognises which word was spoken in a short recording.",
        "A recurrent network recognises activities from a sensor on the wrist.",
    ),
    "many_to_many": (
        "A recurrent network predicts the next letter after each letter of a text.",
        "A recurrent network labels each frame of a video while it is being recorded.",
        "A recurrent network reports the state of a machine at every time step.",
    ),
    "bidirectional": (
        "A recurrent network marks names of persons and places in sentences.",
        "A recurrent network gives the part of speech of each word.",
        "A recurrent network labels every frame of finished recordings.",
    ),
    "seq2seq": (
        "A sequence-to-sequence network translates sentences.",
        "A sequence-to-sequence network turns written words into phonemes.",
        "A sequence-to-sequence network answers short questions.",
    ),
}

NETWORKS = {
    "many_to_one": "A recurrent layer with <hidden> hidden units reads the sequence. A dense layer turns its *last* state into scores for <classes> classes (many-to-one).",
    "many_to_many": "A recurrent layer with <hidden> hidden units reads the sequence. A dense layer turns the state of *every* time step into scores for <classes> classes (many-to-many).",
    "bidirectional": "A bidirectional recurrent layer with <hidden> hidden units in *each* direction reads the sequence; the two states of a time step are concatenated. A dense layer turns them, at every time step, into scores for <classes> classes.",
    "seq2seq": "The encoder is a recurrent layer with <hidden> hidden units. Its last state starts a decoder of the same width, which makes $T' = <target_time>$ steps; a dense layer turns each decoder state into scores for <classes> classes.",
}

def seen_by_the_dense_layer(architecture, batch, hidden, classes, target_time):
    """What the dense layer reads, in the snippet."""
    if architecture == "seq2seq":
        return f"torch.nn.GRU({classes}, {hidden}, batch_first=True)(torch.zeros({batch}, {target_time}, {classes}), last)[0]  # the decoder"
    return "h[:, -1]  # the last state alone" if architecture == "many_to_one" else "h"


words = dict(
    story=lambda architecture: one_of(*STORIES[architecture]),
    network=lambda architecture: NETWORKS[architecture],
    both_ways=lambda architecture: ", bidirectional=True" if architecture == "bidirectional" else "",
    seen=seen_by_the_dense_layer,
    layer=lambda architecture: "the encoder" if architecture == "seq2seq" else "the recurrent layer",
)


@step(symbol=r"\text{states}", marks=2)
def states(batch, time, hidden, architecture):
    """Each sequence has a state at each time step. A state has one entry for each hidden unit, however many features come in."""
    if architecture == "bidirectional":
        return (batch, time, 2 * hidden)
    return (batch, time, hidden)


@states.working
def why_states(architecture):
    return "Two directions, side by side, make $2 \\cdot <hidden>$ numbers per time step." if architecture == "bidirectional" else []


@states.mistake()
def time_axis_dropped(batch, hidden, architecture):
    """This is the shape of the states at one time step; all time steps are asked, so there is a time axis."""
    return (batch, 2 * hidden if architecture == "bidirectional" else hidden)


@states.mistake()
def features_not_hidden(batch, time, inputs):
    """You kept the number of input features; a state has as many numbers as there are hidden units."""
    return (batch, time, inputs)


@states.mistake(keeps=0.5, when=lambda architecture: architecture == "bidirectional")
def one_direction_only(batch, time, hidden):
    """You counted one direction; forward and backward state are concatenated, so the last axis is twice as long."""
    return (batch, time, hidden)


@step(symbol=r"\text{output}", marks=2)
def output(batch, time, classes, architecture, target_time):
    """The dense layer acts on the last axis alone; the other axes are those of the states that it sees."""
    if architecture == "many_to_one":
        return (batch, classes)
    return (batch, target_time if architecture == "seq2seq" else time, classes)


@output.working
def why_output(architecture):
    if architecture == "many_to_one":
        return "Only the last state is used, so there is no time axis: one row of scores for each sequence."
    return "The decoder decides the length: $T' = <target_time>$ steps." if architecture == "seq2seq" else "Scores are made at each of the $T = <time>$ time steps."


@output.mistake(when=lambda architecture: architecture == "many_to_one")
def time_axis_kept(batch, time, classes):
    """You kept the time axis; only the last state is turned into scores, so each sequence has one row."""
    return (batch, time, classes)


@output.mistake(when=lambda architecture: architecture != "many_to_one")
def time_axis_dropped(batch, classes):
    """You dropped the time axis; scores are made at every time step."""
    return (batch, classes)


@output.mistake(when=lambda architecture, time, target_time: architecture == "seq2seq" and time != target_time)
def input_length_used(batch, time, classes):
    """You used the length of the input; the output is as long as the decoder's sequence."""
    return (batch, time, classes)


@output.mistake()
def dense_layer_forgotten(batch, time, hidden, architecture, target_time):
    """You gave the shape of the states; the dense layer turns them into scores for <classes> classes."""
    if architecture == "many_to_one":
        return (batch, hidden)
    width = 2 * hidden if architecture == "bidirectional" else hidden
    return (batch, target_time if architecture == "seq2seq" else time, width)


pytorch = """
import torch

layer = torch.nn.GRU(<inputs>, <hidden>, batch_first=True<both_ways:s>)
h, last = layer(torch.zeros(<batch>, <time>, <inputs>))
states = tuple(h.shape)
seen = <seen:s>
output = tuple(torch.nn.Linear(seen.shape[-1], <classes>)(seen).shape)
"""
