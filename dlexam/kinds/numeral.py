"""Numbers as people write them: plain, with labels and units, as fractions, powers of ten and formulas."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from dlexam.kinds.commas import ANY, DIGITS, Asked, pointed
from dlexam.kinds.functions import CONSTANTS, FUNCTIONS
from dlexam.kinds.grammar import parse
from dlexam.kinds.reading import AmbiguousError, AnswerError, normalise, shown
from dlexam.kinds.tree import evaluate
from dlexam.phrase import say

QUICK = re.compile(r"[-+]?(?:[0-9]{1,15}|([0-9]{0,15}\.[0-9]{1,30}(?:[eE][-+]?[0-9]{1,2})?))").fullmatch
PLAIN = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
WHOLE = re.compile(r"[-+]?[0-9]{1,30}")
UNIT = re.compile(
    r"(?<=[0-9)%.])\s?(?:°|deg(?:rees?)?|rad(?:ians?)?|bits?|bytes?|nats?|pixels|(?:hyper)?parameters|weights"
    r"|biases|neurons|entries|steps|updates|iterations|epochs|batches|operations|multiplications)\.?$",
    re.IGNORECASE,
)
PERCENT = re.compile(r"\s?per\s?cent\b", re.IGNORECASE)
NAMED = re.compile(r"[^\W\d]|[\\|∂∇‖]")
MIDDLE_DOT = re.compile(r"[0-9]·[0-9](?!0?\s?\^)")
MIXED = re.compile(r"([-+]?) ?([0-9]+) ([0-9]+) ?/ ?([0-9]+)")
RECURRING = re.compile("([-+]?)([0-9]+)\\.([0-9]*?)((?:[0-9]\u0305)+)")
GOES_ON = re.compile(r"([-+]?)([0-9]{1,15})\.([0-9]{0,15}?)([0-9]{1,6}?)\4{1,9}\.{3}")  # 0.1666...
TEN = re.compile(r"(?<=[0-9.)]) ?[xX*] ?10 ?(?:(\^|\*\*)|(?=-[0-9]))")
SPACED_POWER = re.compile(r"(?<=[0-9.]) ?([eE]) ?(?=[-+]?[0-9])")
ROUNDED = re.compile(r"([-+]?[0-9.,]+) ?([kKMG])")
THOUSANDS = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9}
WRAPPED = re.compile(
    r"(?:float[0-9]*|int[0-9]*|tensor|array|Tensor) ?\( ?(['\"]?)([^(),]*)\1(?:, ?\w+=[^()]*)?\)"
)
MOST_SIDES = 6


def read(text: str, asked: Asked = ANY) -> float:
    """The number that a person wrote. Raises AnswerError."""
    if quick := QUICK(text):
        return float(text) if quick.lastindex else int(text)
    if MIDDLE_DOT.search(text):
        seen = shown(text)
        msg = say(
            "'%(seen)s' can mean %(number)s or %(product)s. Write a point, or *.",
            seen=seen,
            number=seen.replace("·", "."),
            product=seen.replace("·", "*"),
        )
        raise AmbiguousError(msg)
    clean = WRAPPED.sub(r"\2", " ".join(normalise(text).lstrip("'").split()))
    *before, last = re.split(r"\s?[=≈~]+\s?", clean.lstrip("=≈~ "))
    if len(before) >= MOST_SIDES:
        msg = say("'%(seen)s' has too many equals signs. Write the number only.", seen=shown(text))
        raise AnswerError(msg)
    value = one(last, asked)
    for side in before:
        agree(side, value, last, asked)
    return value


def agree(side: str, value: float, last: str, asked: Asked) -> None:
    """Raise where what stands before an equals sign is neither a name nor the same number."""
    if side.strip() in ("", "e"):
        return
    try:
        other = one(side, asked)
    except AnswerError:
        if NAMED.match(side):
            return
        raise
    shown_places = places(last)
    width = 0.5 * 10.0**-shown_places if shown_places is not None else 1e-6 * abs(value)
    if not (other == value or abs(other - value) <= 1.001 * width + 1e-12):
        msg = say("'%(one)s' is not '%(other)s'. Write one number.", one=shown(side), other=shown(last))
        raise AnswerError(msg)


def one(clean: str, asked: Asked) -> float:
    """The number in a text without labels."""
    clean = UNIT.sub("", PERCENT.sub("%", clean))
    if going_on := GOES_ON.fullmatch(clean.rstrip()):
        return repeated(*going_on.groups())
    clean = re.sub(r"(?<=[0-9])\.{2,}$", "", clean).rstrip()
    if not clean:
        msg = say("There is no number here. Write one, like 0.25.")
        raise AnswerError(msg)
    if WHOLE.fullmatch(clean):
        return int(clean)
    if PLAIN.fullmatch(clean):
        return literal(clean)
    if recurring := RECURRING.fullmatch(clean):
        return repeated(*recurring.groups())
    if rounded := ROUNDED.fullmatch(clean):
        return shortened(asked, *rounded.groups())
    if mixed := MIXED.fullmatch(clean):
        return mixed_fraction(*mixed.groups())
    return formula(clean, asked)


def formula(clean: str, asked: Asked) -> float:
    """The value of a calculation."""
    if re.search(r"[0-9]/[0-9]+/[0-9]", clean):
        msg = say("'%(seen)s' has two slashes. Write brackets.", seen=shown(clean))
        raise AnswerError(msg)
    spelt = DIGITS.sub(lambda m: pointed(m[0], asked), clean)
    spelt = SPACED_POWER.sub(r"\1", TEN.sub(power_of_ten, spelt))
    if PLAIN.fullmatch(spelt):
        return int(spelt) if WHOLE.fullmatch(spelt) else literal(spelt)
    try:
        value = float(evaluate(parse(spelt), literal, CONSTANTS, FUNCTIONS, power))
    except (ArithmeticError, ValueError, TypeError) as problem:
        why = why_not(problem)
        msg = say("'%(seen)s' has no value: %(why)s. Check the formula.", seen=shown(clean), why=why)
        raise AnswerError(msg) from None
    return value


def why_not(problem: Exception) -> str:
    """Why a calculation has no value, in words of mathematics."""
    if isinstance(problem, ZeroDivisionError):
        return say("it divides by zero")
    if isinstance(problem, OverflowError):
        return say("it is too large")
    return say("a function has no value there")


def power_of_ten(match: re.Match[str]) -> str:
    """Times ten to a power; where the mark of the power is missing the student is told."""
    if match[1]:
        return "*10^"
    msg = say("'10-' can mean a power of ten or a difference. Write 10^-6 or 1e-6, or brackets.")
    raise AmbiguousError(msg)


def repeated(sign: str, whole: str, first: str, again: str) -> float:
    """A decimal with digits that recur for ever."""
    period = again.replace("\u0305", "")
    nines = int("9" * len(period) + "0" * len(first))
    value = (int(whole + first + period) - int(whole + first)) / nines
    return -value if sign == "-" else value


def shortened(asked: Asked, digits: str, letter: str) -> float:
    """24M as 24 million, where what is asked may be rounded."""
    if asked.whole:
        seen = digits + letter
        msg = say("'%(seen)s' is rounded, and a whole number is asked. Write all its digits.", seen=seen)
        raise AnswerError(msg)
    return literal(pointed(digits.lstrip("+-"), asked)) * THOUSANDS[letter] * (-1 if digits[0] == "-" else 1)


def mixed_fraction(sign: str, whole: str, above: str, below: str) -> float:
    """4 2/7 as four and two sevenths; 1 234/5 may be a number with a space between thousands."""
    if not int(below):
        msg = say("This fraction divides by zero. Check it.")
        raise AnswerError(msg)
    minus = -1 if sign == "-" else 1
    if len(above) == 3 and len(whole) <= 3:
        if int(above) < int(below):
            msg = say(
                "'%(whole)s %(part)s' can mean %(whole)s + %(part)s or %(whole)s%(part)s."
                " Write a plus, or no space.",
                whole=whole,
                part=f"{above}/{below}",
            )
            raise AmbiguousError(msg)
        return minus * int(whole + above) / int(below)
    return minus * (int(whole) + int(above) / int(below))


def power(base: float, exponent: float) -> float:
    """A bounded power of floats."""
    value: float | complex = float(base) ** float(exponent)
    if isinstance(value, complex):
        msg = say("A root of a negative number is not a real number. Check the signs.")
        raise AnswerError(msg)
    return value


def literal(text: str) -> float:
    """A literal as a float, of at most 400 digits."""
    value = float(text) if len(text) <= 400 else math.inf
    if math.isinf(value):
        msg = say("'%(seen)s' is too large to read. Check it.", seen=shown(text))
        raise AnswerError(msg)
    return value


def places(text: str) -> int | None:
    """How many decimals a plainly written number shows; None for a formula."""
    try:
        match = PLAIN.fullmatch(normalise(text).replace(",", "."))
    except AnswerError:
        return None
    return max(0, -int(Decimal(match[0]).as_tuple().exponent)) if match else None
