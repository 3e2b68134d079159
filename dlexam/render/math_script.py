"""Letters as a terminal shows them: plain, raised, lowered."""

from __future__ import annotations

import unicodedata

_HIGH = dict(
    zip(
        "0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW⊤′″‴βγδθφχ∗*∘",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵀ′″‴ᵝᵞᵟᶿᵠᵡ**°",
    )
)
_LOW = dict(zip("0123456789+−-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"))


_LONGEST = 5  # more than this is hard to read so small


def plain(text: str) -> str:
    """Mathematical letters (bold, script, ...) as the letters they stand for; 𝔼 and ℝ stay."""
    return "".join(
        unicodedata.normalize("NFKC", character)
        if character >= "\U0001d400" and not "\U0001d538" <= character <= "\U0001d56b"
        else character
        for character in text
    )


def raised(text: str) -> str:
    """A superscript: ² or, where there are no such characters, ^(...)."""
    return _moved(text, _HIGH, "^")


def lowered(text: str) -> str:
    """A subscript: ₂ or, where there are no such characters, _(...)."""
    return _moved(text, _LOW, "_")


def _moved(text: str, letters: dict[str, str], sign: str) -> str:
    if len(text) <= _LONGEST and all(character in letters for character in text):
        return "".join(letters[character] for character in text)
    return sign + (text if len(text) == 1 or text.isdigit() else f"({text})")
