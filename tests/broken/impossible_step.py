# impossible_step.py: a step cannot be computed from these givens: division by zero.
"""Title

The price is <price>.
"""
from dlexam import step

given = dict(price=0)


@step(marks=1)
def total(price):
    """Why."""
    return 2 / price
