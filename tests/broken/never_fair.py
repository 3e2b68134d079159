# never_fair.py: no fair variant in 400 draws at level 2 (total:doubled changes nothing). Widen the domains of its givens.
"""Title

The price is <price>.
"""
from dlexam import step

given = dict(price=2)


@step(marks=1)
def total(price):
    """Why."""
    return 2 * price


@total.mistake()
def doubled(price):
    """You doubled."""
    return 2 * price
