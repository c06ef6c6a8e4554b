"""The named colours, as data: what each looks like, and in which order shares are stored.

Eleven are the basic colour terms that Berlin and Kay found languages to have ("Basic Color Terms",
1969); navy, turquoise and beige are what clothes and furniture are commonly called besides. Gold
and silver are gloss, not colour: by pixels they are yellow, brown, grey or white.

A colour is given by shades that everybody would call by its name; what lies between is shared
between the nearest (`naming.py`). The shades are our own choice, tuned by eye.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop


@dataclass(frozen=True)
class NamedColor:
    """`name`: as in addresses, the API and the database's reports. `english`: for people. `shades`:
    hexadecimal sRGB, the first of which is shown for the colour."""

    name: str
    english: str
    shades: tuple[str, ...]

    @property
    def label(self) -> str:
        """For people, in the active language."""
        return gettext(self.english)


# Shares are stored in this order (`PictureColors.shares`): add at the end, remove none.
NAMED = (
    NamedColor(
        "black",
        gettext_noop("black"),
        ("1c1c1e", "000000", "2f2f31", "2a2522", "1b1f24", "272b2e"),
    ),
    NamedColor(
        "white",
        gettext_noop("white"),
        ("fafafa", "ffffff", "f0f0ee", "dcddde", "f2efe8", "e2e6e9"),
    ),
    NamedColor(
        "grey",
        gettext_noop("grey"),
        ("8e8e90", "bababa", "aaaaaa", "9c9c9c", "7d7d7d", "626262", "48494b",
         "8d8882", "a8a39c", "848b93", "a9b1b8", "565b62", "5b5650", "b4b9be", "bab6b0"),
    ),
    NamedColor(
        "red",
        gettext_noop("red"),
        ("c8232c", "e5262a", "ef4440", "a3161f", "7c1520", "5e1118", "d94a4a", "b03a3a"),
    ),
    NamedColor(
        "orange",
        gettext_noop("orange"),
        ("ee7a22", "ff8f2e", "d8611a", "f5a050", "e86a35", "f47c4c", "ffb066", "c9702a", "e8973c"),
    ),
    NamedColor(
        "yellow",
        gettext_noop("yellow"),
        ("f4cf2c", "ffe84a", "e2b51c", "f8ec96", "fff08a", "e8f03c", "d9c44a", "c9a227", "f2d674"),
    ),
    NamedColor(
        "green",
        gettext_noop("green"),
        ("3a8a4c", "4fbf64", "1f5a32", "86c98a", "b9e0b0", "6b8e23", "55602c", "9ed23c", "153a24",
         "8fa98a", "c4e85c", "b4f01c", "7d8450", "39c24a", "2a4a38", "a2b560", "d0efc0", "5f6f56"),
    ),
    NamedColor(
        "blue",
        gettext_noop("blue"),
        ("2a6cc8", "4a96e4", "82b6ea", "b4d3f2", "17489a", "5b80b2", "7d9cbc", "2f4fd0", "4f6fd8",
         "35589a", "1f7fc0", "5fb4e8", "9db8d8", "3d5f86", "2233b8", "1d2c9a", "1616d8"),
    ),
    NamedColor(
        "navy",
        gettext_noop("navy"),
        ("1c2b54", "121d3a", "26376a", "0e1730", "2a3550", "1f2a44", "20306e", "0a0a70"),
    ),
    NamedColor(
        "turquoise",
        gettext_noop("turquoise"),
        ("22b3ae", "3fccc2", "0f8a8c", "86ded6", "0b6670", "5cb8b4", "b4ece4", "17788c", "2f9ea8"),
    ),
    NamedColor(
        "purple",
        gettext_noop("purple"),
        ("7b42a4", "9c70c6", "5b2b84", "c4a8e2", "4a2060", "8e6e9e", "5636ac", "8c86d6", "a79ae0",
         "6f4f7e", "7a2a80", "ddd0f0", "3a1f52", "b070c0", "6a5f9e", "3f2a8c"),
    ),
    NamedColor(
        "pink",
        gettext_noop("pink"),
        ("f090b2", "f8b8cc", "e85c98", "fbd8e2", "d8357f", "e6a2aa", "f4958e", "fb6f86", "d87f98",
         "c85a80", "f7b2b0", "ee7088", "f030d8", "b81f88"),
    ),
    NamedColor(
        "brown",
        gettext_noop("brown"),
        ("7a4e30", "6b4226", "4a2c1a", "9a6a42", "5c4632", "36251b", "8a6a4e", "a9774c", "7c5c46",
         "60382a", "93532f", "4e3e30"),
    ),
    NamedColor(
        "beige",
        gettext_noop("beige"),
        ("d8c09a", "e4d2b0", "f0e4cc", "c8ae88", "cfc0a6", "b8a482", "e6d6c2", "d9b990", "c0b090",
         "fbe4c6", "f7f0d8"),
    ),
)  # fmt: skip

NAMES = tuple(color.name for color in NAMED)
BY_NAME = {color.name: color for color in NAMED}
INDEX = {name: index for index, name in enumerate(NAMES)}
