"""One slip of the finger in a query, as people make them."""

from __future__ import annotations

import random
from enum import StrEnum
from itertools import pairwise

# Shorter words are other words with a letter changed: "red", "bed".
SHORTEST = 4
# Keys beside each other on a QWERTY keyboard.
BESIDE = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok",
    "o": "ipl", "p": "ol", "a": "qsz", "s": "awdz", "d": "sefx", "f": "drgc", "g": "fthv",
    "h": "gyjb", "j": "hukn", "k": "jilm", "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv",
    "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip


class Slip(StrEnum):
    """The four that account for most misspellings (Damerau, 1964)."""

    SUBSTITUTION = "substitution"  # the key beside
    DELETION = "deletion"
    INSERTION = "insertion"  # the key beside, too
    TRANSPOSITION = "transposition"


def with_typo(words: str, slip: Slip, chance: random.Random) -> str | None:
    """`words` with one slip in one of its words of at least `SHORTEST` letters; None where it has
    no such word that the slip changes. The first letter stays: people look at it."""
    parts = words.split()
    able = [
        n
        for n, part in enumerate(parts)
        if len(part) >= SHORTEST and part.isalpha() and _can_change(part, slip)
    ]
    if not able:
        return None
    chosen = chance.choice(able)
    changed = parts[chosen]
    while changed == parts[chosen]:  # "boots" with its two o's exchanged is no typo
        changed = _changed(parts[chosen], slip, chance)
    return " ".join([*parts[:chosen], changed, *parts[chosen + 1 :]])


def _can_change(word: str, slip: Slip) -> bool:
    if slip is Slip.TRANSPOSITION:
        return any(one != other for one, other in pairwise(word[1:]))
    # A letter without a key beside it is its own neighbour.
    return slip is not Slip.SUBSTITUTION or any(letter.lower() in BESIDE for letter in word[1:])


def _changed(word: str, slip: Slip, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    near = chance.choice(BESIDE.get(word[at].lower(), word[at]))
    if slip is Slip.SUBSTITUTION:
        return word[:at] + near + word[at + 1 :]
    if slip is Slip.DELETION:
        return word[:at] + word[at + 1 :]
    if slip is Slip.INSERTION:
        return word[:at] + near + word[at:]
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
