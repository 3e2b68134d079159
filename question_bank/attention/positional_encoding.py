r"""Sinusoidal positional encoding

<story> Its embeddings have $d = <d_model>$ entries. The token at position $pos = <position>$ (positions are counted from 0) gets the encoding

$$PE(pos, 2i) = \sin \omega_i, \qquad PE(pos, 2i+1) = \cos \omega_i$$

$$\omega_i = \frac{pos}{10000^{2i/d}}, \qquad i = 0, \dots, \frac{d}{2} - 1$$

Compute the <pairs> angles $\omega_i$ (in radians) and the <d_model> entries of the encoding, in the order of their dimension.
"""

from numpy import arange, concatenate, cos, deg2rad, repeat, sin, zeros

from dlexam import by_level, integers, one_of, step
from dlexam.working import equals

about = dict(minutes=5, tags=["transformer", "positional encoding"], symbols=dict(d_model="d", position="pos"))

given = dict(
    d_model=by_level(4, one_of(4, 6), one_of(6, 8)),
    position=lambda d_model, level: integers({4: 2, 6: 7, 8: 14}[d_model], by_level(500, 500, 1000)(level)),
)

words = dict(
    story=one_of(
        "A small transformer has no recurrence, so it needs to be told where a token stands.",
        "A small transformer adds sines and cosines to its embeddings to mark the order of the words.",
        "A translation model marks the positions of the words as the first transformer did.",
    )
)


@step
def pairs(d_model):
    return d_model // 2


@step(symbol=r"\omega", marks=2, tex=r"\frac{<position>}{10000^{2i/<d_model>}} \text{ for each } i")
def angles(position, d_model):
    """Each pair of dimensions has its own frequency: the first turns fast, the last slowly."""
    return position / 10000 ** (arange(0, d_model, 2) / d_model)


@angles.working
def each_angle(position, d_model, angles):
    lines = []
    for i, angle in enumerate(angles):
        power = 10000 ** (2 * i / d_model)
        lines.append(rf"$i = {i}$: $<position> / 10000^{{{2 * i}/{d_model}}} {equals(power, 4).split()[0]} <position> / {power:.6g} {equals(angle, 4)}$")
    return lines


@angles.mistake()
def exponent_wrong(position, d_model):
    """You took the exponent $i/d$; the pair number $i$ is doubled: $2i/d$."""
    return position / 10000 ** (arange(d_model // 2) / d_model)


@angles.mistake()
def index_doubled_twice(position, d_model):
    """You put the dimension $2i$ in place of $i$, so that it was doubled twice; pair $i = 1$ has the exponent $2/d$."""
    return position / 10000 ** (2 * arange(0, d_model, 2) / d_model)


@step(symbol="PE", marks=2, tex=r"(\sin \omega_0,\; \cos \omega_0,\; \sin \omega_1,\; \dots)")
def encoding(angles):
    """Sine and cosine of each angle take turns: even dimensions have the sine, odd ones the cosine."""
    wave = zeros(2 * len(angles))
    wave[0::2] = sin(angles)
    wave[1::2] = cos(angles)
    return wave


@encoding.mistake()
def sine_only(angles):
    """You took the sine everywhere; odd dimensions have the cosine."""
    return repeat(sin(angles), 2)


@encoding.mistake(keeps=0.5)
def sines_first(angles):
    """You put all sines before all cosines, as some programs do; here they take turns."""
    return concatenate([sin(angles), cos(angles)])


@encoding.mistake(keeps=0.5)
def degrees_for_radians(angles):
    """Your calculator was set to degrees; these angles are in radians."""
    wave = zeros(2 * len(angles))
    wave[0::2] = sin(deg2rad(angles))
    wave[1::2] = cos(deg2rad(angles))
    return wave


@encoding.mistake()
def sine_and_cosine_swapped(angles):
    """You began with the cosine; even dimensions (0, 2, ...) have the sine."""
    wave = zeros(2 * len(angles))
    wave[0::2] = cos(angles)
    wave[1::2] = sin(angles)
    return wave


pytorch = """
import math
import torch

i = torch.arange(<d_model> // 2, dtype=torch.float64)
angles = <position> * torch.exp(-2 * i / <d_model> * math.log(10000))
encoding = torch.view_as_real(torch.polar(torch.ones_like(angles), math.pi / 2 - angles)).flatten()
"""
