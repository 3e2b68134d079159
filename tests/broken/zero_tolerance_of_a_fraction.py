# zero_tolerance_of_a_fraction.py: a() returned 0.5: its tolerance is 0, and the value is not whole: nobody can type it exactly. Leave the tolerance out, or return an int.
"""A tolerance that no answer can meet

The value of $x$ is $<x>$. Take half of it.
"""

from dlexam import step

given = dict(x=1)


@step(marks=1, tolerance=0, decimals=0)
def a(x):
    """Halve it."""
    return x / 2
