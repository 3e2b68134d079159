r"""Open and closed gates

<story> At this time step its cell state is $c_{t-1} = <c>$, the forget gate is $f_t = <f>$, the input gate is $i_t = <i>$ and the candidate is
$\tilde{c}_t = <c_tilde>$.

Compute what is kept of the old cell state, what is written into it, and the new cell state $c_t$.
"""

from dlexam import array, by_level, grid, integers, one_of, step

about = dict(minutes=3, tags=["lstm", "gates"], decimals=4, symbols=dict(c="c_{t-1}", f="f_t", i="i_t", c_tilde=r"\tilde{c}_t"))

given = dict(
    n=by_level(4, 3, 4),
    c=lambda n, level: array(n, by_level(integers(-5, 5, but_not=[0]), grid(-2, 2, by=0.1, but_not=[0]), grid(-3, 3, by=0.05, but_not=[0]))(level)),
    f=lambda n, level: array(n, by_level(one_of(0, 1), grid(0, 1, by=0.1), grid(0.05, 0.95, by=0.05))(level)),
    i=lambda n, level: array(n, by_level(one_of(0, 1), grid(0, 1, by=0.1), grid(0.05, 0.95, by=0.05))(level)),
    c_tilde=lambda n, level: array(n, by_level(integers(-3, 3, but_not=[0]), grid(-0.9, 0.9, by=0.1, but_not=[0]), grid(-0.95, 0.95, by=0.05, but_not=[0]))(level)),
)

words = dict(
    story=one_of(
        "An LSTM counts the open brackets in a text and stores other facts as well.",
        "An LSTM reads a review word by word.",
        "An LSTM remembers the gender of the subject until the verb comes.",
        "An LSTM follows a video, frame by frame.",
    )
)


@step(symbol=r"\text{kept}", marks=1)
def kept(f, c):
    """The forget gate multiplies the old cell state, entry by entry: 1 keeps an entry, 0 erases it."""
    return f * c


@kept.mistake()
def gates_swapped(i, c):
    r"""You used the input gate; the old cell state is multiplied by the forget gate $f_t$."""
    return i * c


@kept.mistake()
def forget_gate_reversed(f, c):
    r"""You read a forget gate of 1 as "forget"; it is the share that is *kept*: 1 keeps everything, 0 erases."""
    return (1 - f) * c


@step(symbol=r"\text{written}", marks=1)
def written(i, c_tilde):
    """The input gate decides in the same way how much of the candidate is written."""
    return i * c_tilde


@written.mistake()
def gates_swapped(f, c_tilde):
    r"""You used the forget gate; the candidate is multiplied by the input gate $i_t$."""
    return f * c_tilde


@step(symbol="c_t", marks=1)
def c_new(kept, written):
    """Old memory and new content add up. Nothing is squashed here, so the memory can last for many steps."""
    return kept + written


@c_new.mistake()
def gates_swapped(f, c, i, c_tilde):
    r"""You swapped the gates: the forget gate $f_t$ acts on the old cell state, the input gate $i_t$ on the candidate."""
    return i * c + f * c_tilde


@c_new.mistake()
def overwritten(written):
    r"""You gave only what is written; what is kept of the old cell state is added to it."""
    return written


pytorch = """
import torch

c, f, i, c_tilde = (torch.tensor(v, dtype=torch.float64) for v in (<c>, <f>, <i>, <c_tilde>))
kept = torch.einsum("k,k->k", f, c)
written = torch.einsum("k,k->k", i, c_tilde)
c_new = torch.addcmul(kept, i, c_tilde)
"""
