# strange_value.py: total() returned {'a': 1}: a value of type dict is no answer. Return a number, an array, a tuple of ints, a set, an expression or one of options=(...).
"""Title

The price is <price>.
"""
from dlexam import step

given = dict(price=2)


@step(marks=1)
def total(price):
    """Why."""
    return {"a": 1}
