"""What is said of an array that is accepted although it was written another way."""

from __future__ import annotations

from dlexam.phrase import Phrase, say

BRACKET = say("An outer bracket is missing; it was supplied.")
ONE_LINE = say("All entries are on one line; they were read row by row.")


def turned(wrote: tuple[int, ...], asked: tuple[int, ...]) -> Phrase:
    """A row for a column, or the other way round."""
    return say(
        "You wrote %(wrote)s, and %(asked)s is asked; it was read as %(asked)s.",
        wrote=called(wrote),
        asked=called(asked),
    )


def called(shape: tuple[int, ...]) -> Phrase:
    """What an array of a shape is called."""
    if len(shape) == 1 or shape[0] == 1:
        return say("a row") if len(shape) == 2 else say("a vector")
    if shape[1:] == (1,):
        return say("a column")
    return say("a table of %(size)s", size=" × ".join(map(str, shape)))
