# unknown_about.py: about has no key 'minuets'. Did you mean 'minutes'? It knows minutes, tags, levels, decimals, symbols.
"""Title

Prompt.
"""
from dlexam import step

about = dict(minuets=3)


@step(marks=1)
def a():
    """Why."""
    return 1
