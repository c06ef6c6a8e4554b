"""A picture's alternative text from what is known of it: what somebody who cannot see it is told.

A plain sentence, in the language of the products: what it is, in which colour, and which of several
pictures it is; of the first also what else is known, each thing by its name ("Pattern: striped"),
for whose grammar nobody has to guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.text import Truncator

from search.colors.words import color_of_value, mentions

LENGTH = 250  # as `ProductImage.alt`
MOST_VALUES = 3


@dataclass(frozen=True)
class Wording:
    """How a language says it. `small`: whether values are written small within a sentence."""

    kind: str
    in_colour: str
    colour: str
    number: str
    small: bool


# Content of the shop, in its own language, and no words of the admin, which has the reader's.
WORDINGS = {
    "en": Wording(
        "{title}, {kind}", "{thing} in {colour}", "Colour: {colour}.",
        "Picture {number} of {count}.", small=True,
    ),
    "de": Wording(
        "{title}, {kind}", "{thing} in {colour}", "Farbe: {colour}.",
        "Bild {number} von {count}.", small=False,
    ),
}  # fmt: skip
# Without words of its own, for what is in another language.
WORDLESS = Wording("{title}, {kind}", "{thing}, {colour}", "{colour}.", "{number}/{count}.", True)


@dataclass(frozen=True)
class Known:
    """What is known of a picture. `kind`: the name of its product's category; `colour`: one, or
    none; `attributes`: names with their values; `number` of `count`, from 1."""

    title: str
    kind: str = ""
    colour: str = ""
    attributes: Sequence[tuple[str, str]] = ()
    number: int = 1
    count: int = 1


def sentence(known: Known, *, language: str = "") -> str:
    """At most `LENGTH` characters, in `language` or else that of the products."""
    code = (language or settings.SHOP_LANGUAGE).partition("-")[0]
    wording = WORDINGS.get(code, WORDLESS)
    thing = known.title.strip().rstrip(".")
    if known.kind and not _says(thing, known.kind):
        thing = wording.kind.format(title=thing, kind=_within(known.kind, wording))
    parts = []
    if known.colour and not _says_colour(known.title, known.colour):
        colour = _within(known.colour, wording)
        if color_of_value(known.colour):
            thing = wording.in_colour.format(thing=thing, colour=colour)
        else:
            parts.append(wording.colour.format(colour=colour))
    if known.number == 1:
        parts += [
            f"{name}: {_within(value, wording)}."
            for name, value in known.attributes[:MOST_VALUES]
            if not _says(known.title, value)
        ]
    if known.count > 1:
        parts.append(wording.number.format(number=known.number, count=known.count))
    rest = " ".join(parts)
    whole = f"{Truncator(thing).chars(max(20, LENGTH - len(rest) - 2))}."
    return Truncator(f"{whole} {rest}".strip()).chars(LENGTH)


def _within(words: str, wording: Wording) -> str:
    """As it is written within a sentence: "Navy Blue" is navy blue, but "XL" and "A-Line" stay."""
    ordinary = all(word[1:] == word[1:].lower() for word in words.split())
    return words.lower() if wording.small and ordinary else words


def _says(text: str, words: str) -> bool:
    """Whether a text has a word of `words`, or one that begins so: "Ankle Boot" has Boots."""
    said = {word.casefold().strip(",.()") for word in text.split()}
    asked = [word.casefold().strip(",.()&") for word in words.split()]
    return any(
        len(one) > 2 and any(other.startswith(one[: max(3, len(one) - 2)]) for other in said)
        for one in asked
    )


def _says_colour(title: str, colour: str) -> bool:
    meant = color_of_value(colour)
    if meant is None:
        return colour.casefold() in title.casefold()
    return any(one.name == meant.name for one in mentions(title))
