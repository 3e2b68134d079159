# mistake_named_as_step.py: 'a' is defined twice (line 18). Give each step its own name.
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
def a(x):
    """You doubled."""
    return 2 * x
