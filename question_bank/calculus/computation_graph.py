r"""Backpropagation through a computation graph

A computation graph starts from $a = <a>$ and $b = <b>$ and computes

$$c = <c_of>, \qquad d = <d_of>, \qquad e = <e_of>$$

First go forward: compute $c$, $d$ and $e$. Then go backward from $e$: compute $\partial e/\partial c$ and $\partial e/\partial d$, where $e$ is
seen as a function of its two inputs $c$ and $d$. From these, compute the derivatives $\partial e/\partial a$ and $\partial e/\partial b$ through the whole graph.
"""

from sympy import exp, symbols, tanh

from dlexam import by_level, grid, integers, one_of, step
from dlexam.figures import computation_graph
from dlexam.symbolic import at, slope

A, B, C, D = symbols("a b c d")

about = dict(
    minutes=8,
    tags=["backpropagation", "chain rule"],
    decimals=3,
)

given = dict(
    a=by_level(integers(-9, 9, but_not=[0]), grid(-3, 3, by=0.1, but_not=[0]), grid(-2, 2, by=0.1, but_not=[0])),
    b=by_level(integers(-9, 9, but_not=[-1, 0]), grid(-3, 3, by=0.1, but_not=[-1, 0]), grid(-1.5, 1.5, by=0.1, but_not=[0])),
    c_of=lambda level: A + B if level < 3 else one_of(A * B, A - B**2, A**2 * B, A * B + A),
    d_of=lambda level: B + 1 if level < 3 else one_of(exp(B), tanh(B), exp(-B), B**2 + 1),
    e_of=lambda level: C * D if level < 3 else one_of(C * D, C / (D**2 + 1), C**2 * D, C * D + D**2),
)


def figure():
    return computation_graph("abcde", ["ac", "bc", "bd", "ce", "de"])


@step(symbol="c", marks=1, tex="<c_of>")
def c(c_of, a, b):
    """Forward: put $a$ and $b$ in."""
    return at(c_of, dict(a=a, b=b))


@step(symbol="d", marks=1, tex="<d_of>")
def d(d_of, b):
    """This node uses $b$ only."""
    return at(d_of, dict(b=b))


@step(symbol="e", marks=1, tex="<e_of>")
def e(e_of, c, d):
    """The last node combines the two."""
    return at(e_of, dict(c=c, d=d))


@step(symbol=r"\frac{\partial}{\partial c} e(c, d)")
def e_by_c(e_of):
    return slope(e_of, C)


@step(symbol=r"\frac{\partial e}{\partial c}", marks=1, tex="<e_by_c>", gradient_of=("e", "c"))
def de_dc(e_by_c, c, d):
    """Backward: differentiate the last node by one input, while the other one is held fixed; then put in the values from the forward pass."""
    return at(e_by_c, dict(c=c, d=d))


@de_dc.mistake()
def derivative_by_d_taken(e_by_d, c, d):
    """This is the derivative by $d$; here $c$ moves and $d$ is held fixed."""
    return at(e_by_d, dict(c=c, d=d))


@step(symbol=r"\frac{\partial}{\partial d} e(c, d)")
def e_by_d(e_of):
    return slope(e_of, D)


@step(symbol=r"\frac{\partial e}{\partial d}", marks=1, tex="<e_by_d>", gradient_of=("e", "d"))
def de_dd(e_by_d, c, d):
    """The same by the other input."""
    return at(e_by_d, dict(c=c, d=d))


@step(symbol=r"\frac{\partial}{\partial a} c(a, b)")
def c_by_a(c_of):
    return slope(c_of, A)


@step(symbol=r"\frac{\partial c}{\partial a}", tex="<c_by_a>", gradient_of=("c", "a"))
def dc_da(c_by_a, a, b):
    """The local derivatives, one for each arrow into $c$ and $d$, are taken at $a = <a>$ and $b = <b>$."""
    return at(c_by_a, dict(a=a, b=b))


@step(symbol=r"\frac{\partial}{\partial b} c(a, b)")
def c_by_b(c_of):
    return slope(c_of, B)


@step(symbol=r"\frac{\partial c}{\partial b}", tex="<c_by_b>", gradient_of=("c", "b"))
def dc_db(c_by_b, a, b):
    """From $b$ to $c$:"""
    return at(c_by_b, dict(a=a, b=b))


@step(symbol=r"\frac{\mathrm{d}}{\mathrm{d} b} d(b)")
def d_by_b(d_of):
    return slope(d_of, B)


@step(symbol=r"\frac{\mathrm{d} d}{\mathrm{d} b}", tex="<d_by_b>", gradient_of=("d", "b"))
def dd_db(d_by_b, b):
    """From $b$ to $d$:"""
    return at(d_by_b, dict(b=b))


@step(symbol=r"\frac{\partial e}{\partial a}", marks=1, gradient_of=("e", "a"))
def de_da(de_dc, dc_da):
    """Only one path leads from $a$ to $e$, through $c$: multiply the derivatives along it."""
    return de_dc * dc_da


@de_da.mistake()
def sum_not_product(de_dc, dc_da):
    r"""You added the derivatives along the path; the chain rule multiplies them: $\frac{\partial e}{\partial c} \cdot \frac{\partial c}{\partial a}$."""
    return de_dc + dc_da


@step(symbol=r"\frac{\partial e}{\partial b}", marks=2, gradient_of=("e", "b"))
def de_db(de_dc, dc_db, de_dd, dd_db):
    """Two paths lead from $b$ to $e$, through $c$ and through $d$: multiply along each path, then add the paths."""
    return de_dc * dc_db + de_dd * dd_db


@de_db.mistake(keeps=0.5)
def one_path_only(de_dd, dd_db):
    """You followed only the path through $d$; $b$ also acts through $c$, so add that path."""
    return de_dd * dd_db


@de_db.mistake(keeps=0.5)
def other_path_only(de_dc, dc_db):
    """You followed only the path through $c$; $b$ also acts through $d$, so add that path."""
    return de_dc * dc_db


@de_db.mistake()
def paths_multiplied(de_dc, dc_db, de_dd, dd_db):
    """You multiplied the two paths; multiply *along* a path, and *add* the paths."""
    return de_dc * dc_db * de_dd * dd_db


pytorch = """
import torch
from torch import exp, tanh

a = torch.tensor(float(<a>), dtype=torch.float64, requires_grad=True)
b = torch.tensor(float(<b>), dtype=torch.float64, requires_grad=True)
c = <c_of>
d = <d_of>
e = <e_of>
de_dc, de_dd, de_da, de_db = torch.autograd.grad(e, (c, d, a, b))
"""
