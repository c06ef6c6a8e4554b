"""The vocabulary as plain data: what is read from pictures, in which words, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ValueTerms:
    """A value as it is looked for: its key, its wordings (at least one), and the paths of the
    categories where it may be (none: all of its attribute's)."""

    pk: int
    wordings: tuple[str, ...]
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class AttributeTerms:
    """An attribute as it is read: its key, its name, its values, the paths of its categories (none:
    all), from which confidence on a reading is sure (None: as learnt), and how far it has to be
    ahead of the second."""

    pk: int
    name: str
    values: tuple[ValueTerms, ...]
    within: tuple[str, ...] = ()
    floor: float | None = None
    margin: float = 0.0
