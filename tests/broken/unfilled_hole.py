# unfilled_hole.py: the hole <prise> has no value. Did you mean 'price'?
"""Title

The price is <prise>.
"""
from dlexam import step

given = dict(price=2)


@step(marks=1)
def total(price):
    """Why."""
    return 2 * price
