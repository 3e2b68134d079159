# circle.py: a() needs itself: a -> b -> a. Break the circle.
"""Title

Prompt.
"""
from dlexam import step

given = dict(x=2)


@step(marks=1)
def a(b):
    """Why."""
    return b


@step(marks=1)
def b(a):
    """Why."""
    return a
