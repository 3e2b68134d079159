# broken_words.py: the words cannot be drawn: name 'missing' is not defined. Mend them.
"""Title

The price is <price> <coin>.
"""
from dlexam import step

given = dict(price=2)
words = dict(coin=lambda price: missing)


@step(marks=1)
def total(price):
    """Why."""
    return 2 * price
