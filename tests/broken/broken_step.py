# broken_step.py: a step cannot be computed from these givens: name 'missing' is not defined.
"""Title

The price is <price>.
"""
from dlexam import step

given = dict(price=2)


@step(marks=1)
def total(price):
    """Why."""
    return 2 * missing
