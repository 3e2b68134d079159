"""The parts of a formula, as the print and terminal writers walk them."""

from __future__ import annotations

from dataclasses import dataclass

RELATIONS = frozenset("=≠<>≤≥≈∼≡∈∉∋⊂⊆⊃⊇→←↔⇒⇐⇔↦⟶⟵∝≪≫≔∣∥⊥≃≅≲≳")
BINARY = frozenset("+−±∓×⋅·∗∘⊙⊗⊕⊖⊘∧∨∩∪÷∖⋆")


@dataclass(frozen=True, slots=True)
class Atom:
    """Characters of one kind (`name`, `number`, `operator`, `words`) and the space around, in em."""

    text: str
    kind: str = "operator"
    left: float = 0
    right: float = 0
    size: float = 0  # a bracket's height in em, where the author chose one


@dataclass(frozen=True, slots=True)
class Space:
    """A gap, in em."""

    width: float


@dataclass(frozen=True, slots=True)
class Series:
    """Things side by side."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """One thing over another; a binomial has no `rule`."""

    above: Node
    below: Node
    rule: bool
    display: bool


@dataclass(frozen=True, slots=True)
class Root:
    """A root, with its degree if that is not two."""

    body: Node
    degree: Node | None = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with what stands low and high beside it."""

    base: Node
    low: Node | None
    high: Node | None


@dataclass(frozen=True, slots=True)
class Limits:
    """A base with what stands under and over it."""

    base: Node
    under: Node | None
    over: Node | None


@dataclass(frozen=True, slots=True)
class Accent:
    """A base with a mark (hat, bar, brace) over or under it."""

    base: Node
    mark: str
    under: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of cells; `align` has `l`, `c` or `r` for each column, `gaps` the space before each."""

    rows: tuple[tuple[Node, ...], ...]
    align: tuple[str, ...]
    gaps: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Fenced:
    """Brackets as tall as what they hold."""

    left: str
    body: Node
    right: str
    after: float = 0


Node = Atom | Space | Series | Fraction | Root | Scripts | Limits | Accent | Matrix | Fenced
