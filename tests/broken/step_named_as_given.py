# step_named_as_given.py: 'x' is defined twice (line 12). Give each step its own name.
"""Title

Prompt.
"""
from dlexam import step

given = dict(x=2, y=3)


@step(marks=1)
def x(y):
    """Why."""
    return y
