# unknown_option.py: a(): @step has no option 'mark'. Did you mean 'marks'?
"""Title

Prompt.
"""
from dlexam import step


@step(mark=1)
def a():
    """Why."""
    return 1
