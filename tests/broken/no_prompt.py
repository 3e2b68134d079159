# no_prompt.py: the docstring has no prompt. Write the title on its first line and the question below.
"""Title"""
from dlexam import step


@step(marks=1)
def a():
    """Why."""
    return 1
