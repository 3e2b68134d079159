# syntax.py: the file cannot be run: line 10: expected ':'. Mend it.
"""Title

Prompt.
"""
from dlexam import step


@step(marks=1)
def a()
    return 1
