"""What a picture shows and what a caption claims, as facts that can be compared.

A caption is right for every picture that shows all it claims, not only for the one it was written
for; because both are data, neither training nor measuring needs to guess.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from demo.assortment import KINDS
from demo.draw.canvas import View
from demo.looks import COLOURS, Look
from demo.words import PATTERN_WORDS, SCENE_WORDS

# What is shown: a value for each field. What is claimed: for some fields, the values it admits.
Facts = dict[str, str]
Claim = dict[str, frozenset[str]]
ABSENT = "none"


def facts_of(look: Look, view: View) -> Facts:
    """All that a drawing shows, with `ABSENT` for parts that its kind does not have."""
    kind = KINDS[look.kind]
    shown = dict.fromkeys(_PARTS + _ACCENTS, ABSENT)
    shown |= {"group": kind.group, "kind": look.kind, "colour": look.colour}
    shown |= {"pattern": look.pattern, "material": look.material, "scene": view.scene}
    shown |= dict(look.parts)
    accented = {name: colour for name, colour, _ in look.accents}
    for accent in kind.accents:
        # Where it has the colour of the rest, no word is true of it.
        shown[accent_field(accent.name)] = accented.get(accent.name, "")
    return shown


def accent_field(name: str) -> str:
    """The field of an accent's colour, which may share its name with a part."""
    return f"{name} colour"


class Codes:
    """Facts and claims as rows of numbers, for comparing many with many.

    Each (field, value) that can occur has a column, the same for the same assortment.
    """

    def __init__(self) -> None:
        values = _values()
        self.fields = list(values)
        self.columns = [(field, value) for field in self.fields for value in values[field]]
        self._numbers = {pair: number for number, pair in enumerate(self.columns)}
        self.field_of = np.array([self.fields.index(field) for field, _ in self.columns])

    def shown(self, facts: Sequence[Facts]) -> NDArray[np.bool_]:
        """(N, C): whether a picture shows it; a field of which nothing is known is all False."""
        rows = np.zeros((len(facts), len(self.columns)), bool)
        for row, one in zip(rows, facts, strict=True):
            for field, value in one.items():
                if value:
                    row[self._numbers[field, value]] = True
        return rows

    def claimed(self, claims: Sequence[Claim]) -> NDArray[np.bool_]:
        """(N, C): whether a caption admits it; a field that it does not speak of is all True."""
        rows = np.ones((len(claims), len(self.columns)), bool)
        for row, claim in zip(rows, claims, strict=True):
            for field, values in claim.items():
                row[self.field_of == self.fields.index(field)] = False
                for value in values:
                    row[self._numbers[field, value]] = True
        return rows

    def known(self, shown: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(N, F): the fields of which something is known, from the rows of `shown`."""
        return _by_field(shown, self.field_of, len(self.fields))

    def spoken(self, claimed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(N, F): the fields that captions speak of, from the rows of `claimed`."""
        return _by_field(~claimed, self.field_of, len(self.fields))


def agreement(
    codes: Codes, claimed: NDArray[np.bool_], shown: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which captions are right for which pictures, and of which pairs nobody can tell.

    `claimed` (T, C) and `shown` (P, C). Returns two (T, P) arrays: right, and undecidable (all that
    is known fits, and something that is claimed is not known).
    """
    known = codes.known(shown)
    fitting = claimed.astype(np.float32) @ shown.astype(np.float32).T
    fits = fitting == known.sum(1)[None, :]
    open_claims = codes.spoken(claimed).astype(np.float32) @ (~known).astype(np.float32).T
    return fits & (open_claims == 0), fits & (open_claims > 0)


def _by_field(rows: NDArray[np.bool_], field_of: NDArray[np.int_], count: int) -> NDArray[np.bool_]:
    starts = np.searchsorted(field_of, np.arange(count))
    return np.logical_or.reduceat(rows, starts, axis=1)


def _values() -> dict[str, list[str]]:
    kinds = list(KINDS.values())
    values: dict[str, set[str]] = {
        "group": {kind.group for kind in kinds},
        "kind": set(KINDS),
        "colour": set(COLOURS),
        "pattern": set(PATTERN_WORDS),
        "material": {m.name for kind in kinds for m in kind.materials},
        "scene": set(SCENE_WORDS),
    }
    for kind in kinds:
        for part in kind.parts:
            found = values.setdefault(part.name, {ABSENT})
            found.update(choice.value for choice in part.choices)
        for accent in kind.accents:
            found = values.setdefault(accent_field(accent.name), {ABSENT})
            found.update(accent.colours, filter(None, [accent.default]))
    return {field: sorted(found) for field, found in sorted(values.items())}


_PARTS = tuple(sorted({part.name for kind in KINDS.values() for part in kind.parts}))
_ACCENTS = tuple(
    sorted({accent_field(accent.name) for kind in KINDS.values() for accent in kind.accents})
)
