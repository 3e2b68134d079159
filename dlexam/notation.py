"""Notation: the TeX of names and of calls, as tables that a teacher can read."""

from __future__ import annotations

import ast
import re

GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu".split()
    + "nu xi pi rho sigma tau phi chi psi omega".split()
)
ACCENTS = {"hat": r"\hat", "tilde": r"\tilde", "bar": r"\bar", "vec": r"\vec"}

CALLS = {
    "sqrt": r"\sqrt{<0>}",
    "exp": r"e^{<0>}",
    "log": r"\ln [0]",
    "log2": r"\log_2 [0]",
    "log10": r"\log_{10} [0]",
    "log1p": r"\ln \left(1 + <0>\right)",
    "abs": r"\left|<0>\right|",
    "norm": r"\left\lVert <0> \right\rVert_2",
    "l2_norm": r"\left\lVert <0> \right\rVert_2",
    "l1_norm": r"\left\lVert <0> \right\rVert_1",
    "linf_norm": r"\left\lVert <0> \right\rVert_\infty",
    "sin": r"\sin [0]",
    "cos": r"\cos [0]",
    "tan": r"\tan [0]",
    "tanh": r"\tanh [0]",
    "arccos": r"\arccos [0]",
    "acos": r"\arccos [0]",
    "sigmoid": r"\sigma\left(<0>\right)",
    "relu": r"\operatorname{ReLU}\left(<0>\right)",
    "softmax": r"\operatorname{softmax}\left(<0>\right)",
    "floor": r"\left\lfloor <0> \right\rfloor",
    "ceil": r"\left\lceil <0> \right\rceil",
    "sign": r"\operatorname{sign}\left(<0>\right)",
    "sum": r"\sum <0>",
    "mean": r"\operatorname{mean}\left(<0>\right)",
    "var": r"\operatorname{var}\left(<0>\right)",
    "prod": r"\prod <0>",
    "square": r"[0]^2",
    "max": r"\max(*)",
    "min": r"\min(*)",
    "maximum": r"\max(*)",
    "minimum": r"\min(*)",
    "amax": r"\max(*)",
    "argmax": r"\operatorname{argmax}\left(<0>\right)",
    "det": r"\det [0]",
    "trace": r"\operatorname{tr} [0]",
    "convolve": r"<0> \ast <1>",
    "convolve_channels": r"<0> \ast <1>",
    "max_pool": r"\operatorname{maxpool}\left(<0>\right)",
    "average_pool": r"\operatorname{avgpool}\left(<0>\right)",
    "degrees": r"\frac{180^\circ}{\pi} <0>",
    "len": r"\left|<0>\right|",
    "diff": r"\frac{\mathrm{d}}{\mathrm{d} <1>}\left[<0>\right]",
}
SILENT = frozenset(
    {"float", "int", "array", "asarray", "round", "tuple", "list", "str", "frozenset", "set", "sorted"}
)
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "=", ast.NotEq: r"\neq", ast.Lt: "<", ast.LtE: r"\le", ast.Gt: ">", ast.GtE: r"\ge",
}  # fmt: skip


def default_symbol(name: str) -> str:
    """The TeX of a name: greek letters, x_hat, W1, w_new.

    >>> default_symbol("theta"), default_symbol("W1"), default_symbol("m_hat"), default_symbol("beta1")
    ('\\\\theta', 'W_{1}', '\\\\hat{m}', '\\\\beta_{1}')
    """
    head, *rest = name.split("_")
    base, digits = re.fullmatch(r"(.*?)(\d*)", head).groups()  # type: ignore[union-attr]
    if base in GREEK:
        base = f"\\{base}"
    elif len(base) > 2 or (len(base) == 2 and not base.startswith("d")):
        base = rf"\mathrm{{{base}}}"
    elif len(base) == 2:
        base = rf"\mathrm{{d}}{base[1]}"
    under = [digits] if digits else []
    for part in rest:
        if part in ACCENTS:
            base = f"{ACCENTS[part]}{{{base}}}"
        else:
            under.append(part if len(part) <= 1 or part.isdigit() else rf"\text{{{part}}}")
    return base + (f"_{{{','.join(under)}}}" if under else "")


HOLE = re.compile(r"<([A-Za-z_]\w*)(?::([^<>]+))?>")
SYMBOL = re.compile(r"([^,;=$<>]+?)\s*=\s*<(\w+)>")
MATH = re.compile(r"(\$\$?)([^$]+)\1")


def symbols_in(prompt: str) -> dict[str, str]:
    r"""The symbols that a prompt gives its holes: `$\beta_1 = <beta1>$` says that beta1 is written \beta_1.

    >>> symbols_in(r"Use $\alpha = <lr>,\; \beta_1 = <beta1>$.")
    {'lr': '\\alpha', 'beta1': '\\beta_1'}
    """
    found: dict[str, str] = {}
    for math in MATH.finditer(prompt):
        for match in SYMBOL.finditer(math[2]):
            found.setdefault(match[2], re.sub(r"^(\\[,;:! ]|\\q?quad|\s)+", "", match[1]).strip())
    return found


def width(tex: str) -> int:
    """About how many characters wide a formula is set."""
    total = 0
    for matrix in re.findall(r"\\begin\{bmatrix\}(.*?)\\end\{bmatrix\}", tex, re.DOTALL):
        rows = [row.split("&") for row in matrix.split(r"\\")]
        total += sum(max(len(r[j].strip()) for r in rows if j < len(r)) + 1 for j in range(len(rows[0])))
    rest = re.sub(r"\\begin\{bmatrix\}.*?\\end\{bmatrix\}", "  ", tex, flags=re.DOTALL)
    rest = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", lambda m: max(m[1], m[2], key=len), rest)
    return total + len(
        re.sub(
            r"\\(left|right|operatorname|text|mathrm)|\\[a-zA-Z]+|\\.|[{}^_ ]",
            lambda m: "" if m[0][0] != "\\" or m[1] else "x",
            rest,
        )
    )
