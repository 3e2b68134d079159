"""Snippets: comments, strings and keywords stand out, in as few runs as there are looks."""

import pytest

from dlexam.render.snippet import highlighted, runs

CODE = {
    "one of each": ("for x in 'ab': pass  # go", "ke:for| x |ke:in |st:'ab'|: |ke:pass  |co:# go"),
    "over brackets": ("y = f(1,  # one\n    'a')", "y = f(1,  |co:# one\n    |st:'a'|)"),
    "a long string": ("s = \'\'\'for\nif\'\'\'\nnot s", "s = |st:\'\'\'for\nif\'\'\'\n|ke:not| s"),
    "a string that goes on": ("s = 'if \\\nor'", "s = |st:'if \\\nor'"),
    "a line that goes on": ("y = 1 + \\\n    x  # y", "y = 1 + \\\n    x  |co:# y"),
    "a line that is no Python": ("if x:\n        y\n    it's\nnot z", "ke:if| x:\n        y\n    it's\n|ke:not| z"),
}


@pytest.mark.parametrize(("code", "expected"), CODE.values(), ids=CODE)
def test_looks(code: str, expected: str) -> None:
    """Each run with its look; what only sets two apart belongs to the first."""
    found = runs(code)
    assert "".join(words for _, words in found) == code
    assert "|".join(f"{name}:{words}" if name else words for name, words in found) == expected


def test_html() -> None:
    """A page gets an element a look, and nothing of the code is read as HTML."""
    assert highlighted("x < '<b>'") == 'x &lt; <span class="st">&#39;&lt;b&gt;&#39;</span>'
