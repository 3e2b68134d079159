# missing_step.py: total() needs 'pric', which is neither given nor a step. Did you mean 'price'?
"""Title

Prompt with <price>.
"""
from dlexam import step

given = dict(price=2)


@step(marks=1)
def total(pric):
    """Why."""
    return 2 * pric
