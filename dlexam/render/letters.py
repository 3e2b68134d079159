"""The letters of names that stay blank in a PDF: no font of this machine has them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from dlexam.render.math_glyphs import is_bundled

_UNSEEN = ("Cc", "Cf", "Cs")  # controls, joiners and the like, of which nothing is to be seen


def blank(text: str, engine: str, templates: Path | None = None) -> frozenset[str]:
    """The characters of a text that a PDF engine has no font for. Raises RenderError where it is missing."""
    others = sorted(c for c in set(text) if not is_bundled(c) and unicodedata.category(c) not in _UNSEEN)
    if not others:
        return frozenset()
    if engine == "typst":
        from dlexam.render.typst import without_font
    else:
        from dlexam.render.pdf import without_font
    return frozenset(without_font(others, templates))
