# nothing_asked.py: no step has marks, so nothing is asked. Write @step(marks=1) above one.
"""Title

Prompt.
"""
from dlexam import step

given = dict(x=2)


@step
def a(x):
    """Why."""
    return x
