# zero_tolerance.py: a() has tolerance=0: a value with decimals is never typed exactly. Leave it out, or say decimals=0 where the value is whole.
"""A tolerance that no answer can meet

The value of $x$ is $<x>$. Take half of it.
"""

from dlexam import integers, step

given = dict(x=integers(1, 9))


@step(marks=1, tolerance=0)
def a(x):
    """Halve it."""
    return x / 2
