"""Numbers: shown, read and compared."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dlexam.kinds.grammar import evaluate, parse
from dlexam.kinds.reading import AnswerError, normalise, shown

PERCENT = re.compile(r"\s*per\s?cent$", re.IGNORECASE)
UNIT = re.compile(r"\s*(?:°|degrees?|deg|bits?|bytes?|nats?|parameters|weights)?\.?$", re.IGNORECASE)
PLAIN = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?")
WHOLE = re.compile(r"[-+]?\d{1,30}")
GROUPED = re.compile(r"[-+]?\d{1,3}(?:[ ',]\d{3})+(?:\.\d+)?")
COMMA = re.compile(r"([-+]?\d*),(\d+)")
POWER_OF_TEN = re.compile(r"(?<=[\d.)])\s*[x*]\s*10\s*(?:\^|\*\*)\s*", re.IGNORECASE)
TINY, DUST = 1e-4, 1e-13  # written with a power of ten; what floats leave of zero
HALVES: tuple[float, ...] = tuple(0.5 * 10**-n for n in range(20))
LOOSE = 0.05  # where a whole number is asked, the fraction that a mistake leads to is told by one decimal

FUNCTIONS = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "relu": lambda x: max(x, 0.0),
    "abs": abs,
    "sign": lambda x: math.copysign(1.0, x) if x else 0.0,
    "softplus": lambda x: math.log1p(math.exp(x)),
    "arctan": math.atan,
    "atan": math.atan,
}
CONSTANTS = {"e": math.e, "pi": math.pi, "inf": math.inf, "nan": math.nan}


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong value that needs no author: what it is called, what it leads to, its words."""

    name: str
    value: Any
    words: str
    keeps: float = 0


def is_number(value: Any) -> bool:
    """Whether a value is an int or a float (NumPy's included, bool not)."""
    return isinstance(value, int | float) or (
        hasattr(value, "dtype") and value.ndim == 0 and value.dtype.kind in "iuf"
    )


def is_whole(value: Any) -> bool:
    """Whether a value is an int rather than a float."""
    return isinstance(value, int) or (hasattr(value, "dtype") and value.dtype.kind in "iu")


def plain(value: float, decimals: int | None = None) -> str:
    """A number as text that can be typed back: no float dust, no -0, rounded where decimals say."""
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    if is_whole(value):
        return str(int(value))
    if decimals is not None:
        rounded = round(value, decimals)
        if exact(value, decimals) and abs(rounded) < TINY:
            return plain(rounded)
        text = f"{rounded + 0.0:.{decimals}f}"
        if exact(value, decimals) and "." in text:
            text = text.rstrip("0").rstrip(".")
        return text.lstrip("-") if not text.strip("-0.") else text
    if abs(value) < DUST:
        return "0"
    text = f"{float(f'{value:.12g}') + 0.0:.12g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        return f"{mantissa}e{int(exponent)}"
    return text


def exact(value: float, decimals: int) -> bool:
    """Whether a value has no more than the decimals."""
    return not math.isfinite(value) or abs(value - round(value, decimals)) < 1e-11 * max(1, abs(value))


def tex(value: float, decimals: int | None = None) -> str:
    """A number as TeX: thousands set apart, powers of ten written out."""
    text = plain(value, decimals)
    if decimals is not None and abs(value) > DUST and math.isfinite(value) and round(value, decimals) == 0:
        text = f"{value:.2e}"
    if "inf" in text:
        return text.replace("inf", r"\infty")
    if "nan" in text:
        return r"\text{undefined}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        power = f"10^{{{int(exponent)}}}"
        factor = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        return power if factor == "1" else f"-{power}" if factor == "-1" else f"{factor} \\cdot {power}"
    whole, dot, rest = text.partition(".")
    if len(whole.lstrip("-")) > 4:
        whole = f"{int(whole):,}".replace(",", r"\,")
    return whole + dot + rest


def power(base: float, exponent: float) -> float:
    """A bounded power of floats."""
    value: float | complex = float(base) ** float(exponent)
    if isinstance(value, complex):
        msg = "A root of a negative number is not a real number. Check the signs."
        raise AnswerError(msg)
    return value


def read(text: str) -> float:
    """The number that a person wrote. Raises AnswerError."""
    clean = normalise(text)
    clean = re.sub(r"^[≈~=\s]+", "", re.sub(r"^\s*[A-Za-z_]\w*\s*[=≈]\s*", "", clean))
    clean = UNIT.sub("", PERCENT.sub("%", clean))
    if WHOLE.fullmatch(clean):
        return int(clean)
    if PLAIN.fullmatch(clean):
        return float(clean)
    if GROUPED.fullmatch(clean) and "," not in clean:
        clean = re.sub(r"[ ']", "", clean)
    elif match := COMMA.fullmatch(clean):
        if len(match[2]) == 3 and match[1].lstrip("+-") not in ("", "0"):
            msg = f"'{shown(clean)}' can mean {match[1]}.{match[2]} or {match[1]}{match[2]}."
            raise AnswerError(msg + " Write a decimal point, and no mark between thousands.")
        clean = clean.replace(",", ".")
    elif GROUPED.fullmatch(clean):
        clean = clean.replace(",", "")
    elif re.search(r"\d,\d", clean) and clean.count(",") == 1 and not re.search(r",\d{3}(?!\d)", clean):
        clean = clean.replace(",", ".")
    if not clean:
        msg = "There is no number here. Write one, like 0.25."
        raise AnswerError(msg)
    tree = parse(POWER_OF_TEN.sub("*10^", clean))
    try:
        return float(evaluate(tree, bounded, CONSTANTS, FUNCTIONS, power))
    except (ArithmeticError, ValueError) as problem:
        msg = f"'{shown(text)}' has no value: {problem}. Check the formula."
        raise AnswerError(msg) from None


def bounded(text: str) -> float:
    """A literal as a float, of at most 400 digits."""
    if len(text) > 400:
        msg = f"'{shown(text)}' has too many digits. Round it."
        raise AnswerError(msg)
    return float(text)


def places(text: str) -> int | None:
    """How many decimals a plainly written number shows; None for a formula."""
    match = PLAIN.fullmatch(normalise(text).replace(",", "."))
    if not match:
        return None
    return max(0, -int(Decimal(match[0]).as_tuple().exponent))


@dataclass(frozen=True, slots=True)
class Number:
    """A number asked to some decimals; a whole one is asked exactly."""

    decimals: int
    whole: bool = False

    rows = columns = 1

    @property
    def hint(self) -> str:
        """What the answer box says."""
        return "whole number" if self.whole else f"{self.decimals} decimals"

    def tex(self, value: Any) -> str:
        """As TeX, rounded to the asked decimals."""
        return tex(value, self.decimals)

    def text(self, value: Any) -> str:
        """As text that can be typed back."""
        return plain(value, self.decimals)

    def is_exact(self, value: Any) -> bool:
        """Whether the printed value is the value."""
        return self.whole or exact(value, self.decimals)

    def json(self, value: Any) -> Any:
        """As JSON; infinities as text."""
        if not math.isfinite(value):
            return plain(value)
        return int(value) if is_whole(value) else float(value)

    def read(self, text: str) -> Any:
        """The number that a person wrote. Raises AnswerError."""
        return read(text)

    def rounded(self, value: Any) -> Any:
        """The value as a student writes it down."""
        return value if self.whole or not math.isfinite(value) else round(value, self.decimals)

    def half(self, value: Any) -> float:
        """Half a unit of the last decimal that is asked (where wholes are asked, fractions are loose)."""
        if not self.whole:
            return HALVES[self.decimals]
        return 0.0 if float(value).is_integer() else LOOSE

    def distance(self, a: Any, b: Any) -> Any:
        """How far two values are apart."""
        return 0.0 if a == b else abs(a - b)

    def gap(self, a: Any, b: Any) -> float:
        """How far two values are apart."""
        apart = 0.0 if a == b else float(abs(a - b))
        return math.inf if math.isnan(apart) else apart

    def slips(self, value: Any, text: str) -> Iterator[Slip]:
        """Slips that every number may suffer, from most to least telling."""
        if not math.isfinite(value):
            return
        if value:
            yield Slip("sign", -value, "Right size, wrong sign.")
        shown_places = places(text)
        if not self.whole and shown_places and self.decimals - 2 <= shown_places < self.decimals:
            words = f"Right value, too few digits: {self.decimals} decimals are asked."
            yield Slip("few_digits", round(value, shown_places), words, keeps=0.5)
        if 0 < abs(value) <= 1 and not self.whole:
            yield Slip("percent", 100 * value, "This is in per cent; the question asks a fraction of 1.", 0.5)
            yield Slip("degrees", math.degrees(value), "This is in degrees; the question asks radians.")
        if not self.whole and abs(value) > 3:
            yield Slip("radians", math.radians(value), "This is in radians; the question asks degrees.")
