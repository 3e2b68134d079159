"""What an answer box says of the form that is asked."""

from __future__ import annotations

from dlexam.phrase import Phrase, count, say


def one(decimals: int, whole: bool) -> Phrase:
    """The form of one number."""
    return say("whole number") if whole else count("%(n)s decimal", "%(n)s decimals", decimals)


def each(decimals: int, whole: bool) -> Phrase:
    """The form of each of several numbers."""
    return say("whole numbers") if whole else one(decimals, False)


def array(shape: tuple[int, ...], decimals: int, whole: bool) -> Phrase:
    """The size of an array, and the form of its entries."""
    size: str = " × ".join(map(str, shape))
    if len(shape) == 1:
        size = count("%(n)s entry", "%(n)s entries", shape[0])
    return say("%(size)s, %(form)s", size=size, form=each(decimals, whole))


def formula(size: int, names: str) -> Phrase:
    """The letters of an expression, or of several of them."""
    if size == 1:
        return say("an expression in %(names)s", names=names)
    entries = count("%(n)s entry", "%(n)s entries", size)
    return say("%(size)s, %(form)s", size=entries, form=say("expressions in %(names)s", names=names))


def form(hint: str) -> str:
    """A hint without the size that it gives away."""
    inner = hint.values.get("form") if isinstance(hint, Phrase) else None
    return inner if isinstance(inner, Phrase) else hint
