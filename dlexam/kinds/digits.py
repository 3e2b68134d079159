"""Numbers as they are printed: no float dust, no -0, thousands apart, powers of ten written out."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Any

TINY, DUST = 1e-4, 1e-13  # written with a power of ten; what floats leave of zero
HALVES: tuple[float, ...] = tuple(float(f"5e-{n + 1}") for n in range(20))
FINER = 3  # decimals more than asked in the edges of what is accepted
WIDE = Context(prec=80)
TIE = 1e-6  # how near to the middle, in halves, the decimals decide
REAL = int, float


def is_number(value: Any) -> bool:
    """Whether a value is an int or a float (NumPy's included, bool not)."""
    return isinstance(value, REAL) or (
        hasattr(value, "dtype") and value.ndim == 0 and value.dtype.kind in "iuf"
    )


def is_whole(value: Any) -> bool:
    """Whether a value is an int rather than a float."""
    if type(value) is float:
        return False
    return isinstance(value, int) or (hasattr(value, "dtype") and value.dtype.kind in "iu")


def plain(value: float, decimals: int | None = None) -> str:
    """A number as text that can be typed back: no float dust, no -0, rounded where decimals say."""
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    if is_whole(value):
        return str(int(value))
    if decimals is not None:
        return rounded(value, decimals)
    if abs(value) < DUST:
        return "0"
    text = f"{float(f'{value:.12g}') + 0.0:.12g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        return f"{mantissa}e{int(exponent)}"
    return text


def rounded(value: float, decimals: int) -> str:
    """A number to some decimals; trailing zeros only where they say that it was rounded."""
    value = float(value)
    text = f"{value:.{decimals}f}"
    short = float(text)
    if is_tie(value, short, decimals):
        short = half_up(value, decimals)
        text = f"{short:.{decimals}f}"
    if abs(value - short) < 1e-11 * max(1.0, abs(value)):
        if abs(short) < TINY:
            return plain(short)
        return text.rstrip("0").rstrip(".") if "." in text else text
    return text if short else text.lstrip("-")


def nearest(value: float, decimals: int) -> float:
    """A number rounded to some decimals; halves go away from zero, as the decimals say and people do.

    >>> nearest(1.925, 2), nearest(-1.975, 2), nearest(0.1 + 0.025, 2), nearest(1.9249, 2)
    (1.93, -1.98, 0.13, 1.92)
    """
    short = round(value, decimals)
    return half_up(value, decimals) if is_tie(value, short, decimals) else short


def is_tie(value: float, short: float, decimals: int) -> bool:
    """Whether a value is as near to the next number of so many decimals as to `short`."""
    half = HALVES[decimals]
    return abs(abs(value - short) - half) < TIE * half


def half_up(value: float, decimals: int) -> float:
    """A tie, rounded away from zero as its decimals say."""
    written = Decimal(repr(round(float(value), 12)))
    return float(written.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, WIDE))


def exact(value: float, decimals: int) -> bool:
    """Whether a value has no more than the decimals."""
    return not math.isfinite(value) or abs(value - round(value, decimals)) < 1e-11 * max(1, abs(value))


def tex(value: float, decimals: int | None = None) -> str:
    """A number as TeX: thousands set apart, powers of ten written out."""
    text = plain(value, decimals)
    if decimals is not None and DUST < abs(value) < 2 * HALVES[decimals] and nearest(value, decimals) == 0:
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


def edges(value: float, width: float, decimals: int) -> tuple[str, str]:
    """The least and the greatest number within a width of a value, both included, as decimal texts.

    The edges are outward to three decimals more than asked, so that no binary fraction decides.

    >>> edges(0.1 + 0.2, 0.00005, 4), edges(2 / 3, 0.00005 + 0.000012, 4)
    (('0.29995', '0.30005'), ('0.6666046', '0.6667287'))
    """
    if not math.isfinite(value):
        return plain(value), plain(value)
    finest = Decimal(1).scaleb(-decimals - FINER)
    middle = Decimal(repr(round(float(value), decimals + 2 * FINER)))
    reach = Decimal(repr(round(width, decimals + 2 * FINER)))
    low = WIDE.subtract(middle, reach).quantize(finest, ROUND_FLOOR, WIDE)
    high = WIDE.add(middle, reach).quantize(finest, ROUND_CEILING, WIDE)
    return trimmed(low), trimmed(high)


def trimmed(value: Decimal) -> str:
    """A decimal without trailing zeros and without a power of ten."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def between(answer: float, value: float, width: float, decimals: int) -> bool:
    """Whether an answer is within a width of a value, the edges included, compared as decimals are."""
    apart = 0.0 if answer == value else abs(answer - value)
    if apart < width * (1 - 1e-9) or apart == 0:
        return True
    if apart > width + 10.0 ** (1 - decimals - FINER):
        return False
    low, high = edges(value, width, decimals)
    return float(low) <= answer <= float(high)
