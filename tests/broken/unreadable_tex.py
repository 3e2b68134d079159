# unreadable_tex.py: $\fracc{1}{2}$: unknown command "\fracc" (character 1). Mend the TeX.
r"""Title

Half is $\fracc{1}{2}$ of <price>.
"""
from dlexam import step

given = dict(price=2)


@step(marks=1)
def total(price):
    """Why."""
    return 2 * price
