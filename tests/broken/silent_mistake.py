# silent_mistake.py: doubled() has no words: students read a mistake's docstring. Write one.
"""Title

Prompt.
"""
from dlexam import step

given = dict(x=2)


@step(marks=1)
def a(x):
    """Why."""
    return x


@a.mistake()
def doubled(x):
    return 2 * x
