r"""How a gradient shrinks or grows over time

A recurrent network with a single hidden unit computes $h_t = \varphi(w\, h_{t-1} + u\, x_t)$ with the recurrent weight $w = <w>$, an input weight $u$ and the activation function $\varphi$. <story> Suppose that the derivative of the
activation is $\varphi' = <slope>$ at every time step.

By which factor $\partial h_T / \partial h_0$ does a small change of the state $h_0$ reach the state $h_T$, $T = <T>$ steps later? And what happens to this gradient as the sequence gets longer and longer?
"""

from dlexam import by_level, grid, one_of, step

about = dict(minutes=3, tags=["rnn", "vanishing gradient"], decimals=4, symbols=dict(slope=r"\varphi'"))


def draw_weight(level):
    return by_level(one_of(-5, -4, -3, -2.5, -2, -1.5, -1, 1, 1.5, 2, 2.5, 3, 4, 5), grid(-3, 3, by=0.25, but_not=[-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75]), grid(-2.5, 2.5, by=0.05, but_not=[0]))(level)


def draw_slope(w, level):
    """Slopes for which the factor stays writable over <T> steps."""
    low, high = by_level((0.15, 3.1), (0.55, 1.6), (0.72, 1.4))(level)
    steps = by_level(tuple(i / 20 for i in range(2, 21)), tuple(i / 20 for i in range(2, 21)), tuple(i / 100 for i in range(5, 101)))(level)
    fitting = [s for s in steps if low < abs(w) * s < high and abs(abs(w) * s - 1) > 0.02]
    if level == 1:  # powers that can be taken by hand
        fitting = [s for s in fitting if round(abs(w) * s, 4) in (0.2, 0.3, 0.4, 0.5, 0.6, 1.5, 2, 3)]
    return one_of(*fitting) if fitting else 0.9


given = dict(
    w=draw_weight,
    slope=draw_slope,
    T=by_level(one_of(2, 3, 4), one_of(3, 4, 5, 6, 7), one_of(8, 9, 10, 11, 12)),
)

words = dict(
    story=one_of(
        "Training uses backpropagation through time.",
        "The last output of the sequence has an error, which is sent back through time.",
        "You want to know whether the network can learn from an early input of a long sequence.",
    )
)


@step(symbol=r"\frac{\partial h_T}{\partial h_0}", marks=2)
def factor(w, slope, T):
    r"""By the chain rule, each time step back multiplies by $\partial h_t / \partial h_{t-1} = w\, \varphi'$; here all <T> factors are the same."""
    return (w * slope) ** T


@factor.mistake()
def one_step_only(w, slope):
    """This is the factor of a single time step; over $T = <T>$ steps, <T> such factors are multiplied."""
    return w * slope


@factor.mistake()
def added_not_multiplied(w, slope, T):
    """You added the factors of the time steps; the chain rule multiplies them."""
    return T * w * slope


@factor.mistake(when=lambda slope: slope != 1)
def activation_ignored(w, T):
    r"""You took the powers of $w$ alone; each time step also multiplies by the derivative $\varphi'$ of the activation."""
    return w**T


@factor.mistake(when=lambda slope: slope != 1)
def slope_only_once(w, slope, T):
    r"""You took the derivative $\varphi'$ of one time step; every time step has one, so it gets the power $T$ as well."""
    return w**T * slope


@step(symbol=r"\text{The gradient}", marks=1, options=("vanishes", "explodes", "keeps its size"))
def behaviour(w, slope):
    r"""It vanishes if $|w\, \varphi'| < 1$ and explodes if $|w\, \varphi'| > 1$; the sign does not matter for the size."""
    if abs(w * slope) == 1:
        return "keeps its size"
    return "vanishes" if abs(w * slope) < 1 else "explodes"


@behaviour.working
def size_of_one_step(w, slope):
    return rf"Here $|w\, \varphi'| = {abs(w * slope):g}$."


@behaviour.mistake(when=lambda w, slope: abs(w) > 1 > abs(w * slope))
def judged_by_weight(w):
    r"""You looked at the weight alone: $|w| > 1$, but the derivative of the activation brings $|w\, \varphi'|$ below 1."""
    return "explodes"


@behaviour.mistake(when=lambda w, slope: w < 0 and abs(w * slope) > 1)
def judged_by_sign(w):
    r"""A negative factor changes the sign at each step; what counts is its size, and $|w\, \varphi'| > 1$."""
    return "vanishes"


pytorch = """
import torch

start = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
state = start
for _ in range(<T>):
    state = <slope> * (<w> * state)  # a straight activation with this slope
state.backward()
factor = start.grad
behaviour = "vanishes" if abs(<w> * <slope>) < 1 else "explodes" if abs(<w> * <slope>) > 1 else "keeps its size"
"""
