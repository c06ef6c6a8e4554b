"""Captions for training: many wordings, each with exactly what it claims about a picture.

Because a caption says which attributes it states, every picture of a batch that has them is a
right answer to it, not only the one it was written for: there are no false negatives to learn.
"""

import random
from dataclasses import dataclass

from demo.looks import COLOURS, KINDS, Look
from demo.words import (
    COLOUR_WORDS,
    GROUPS,
    MATERIALS,
    NAMES,
    NOUNS,
    PATTERN_TAILS,
    PATTERN_WORDS,
    STYLES,
    description,
    noun,
    title,
)

FIELDS = ("group", "kind", "style", "colour", "pattern")
FRAMES = (
    "{}",
    "{}",
    "{}",
    "{}",
    "a photo of {}",
    "a picture of {}",
    "{} on a light background",
    "buy {}",
    "{} for sale",
    "a product photo of {}",
    "I am looking for {}",
    "the {}",
)


@dataclass(frozen=True)
class Attributes:
    """What a picture shows, or a caption states; empty where unknown or unstated."""

    group: str = ""
    kind: str = ""
    style: str = ""
    colour: str = ""
    pattern: str = ""


class Codes:
    """Numbers for attribute values, the same at every run; -1 for an empty value."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}

    @property
    def fields(self) -> list[int]:
        """For each number given out so far, which of `FIELDS` it belongs to."""
        return [FIELDS.index(field) for field, _ in self._numbers]

    def row(self, attributes: Attributes) -> list[int]:
        """The five numbers (order of `FIELDS`) of some attributes."""
        return [self._number(name, getattr(attributes, name)) for name in FIELDS]

    def _number(self, field: str, value: str) -> int:
        return self._numbers.setdefault((field, value), len(self._numbers)) if value else -1


def attributes_of(look: Look) -> Attributes:
    """All that a drawing shows."""
    return Attributes(
        NOUNS[look.kind].group, look.kind, f"{look.kind}/{look.style}", look.colour, look.pattern
    )


def caption(rng: random.Random, look: Look) -> tuple[str, Attributes]:
    """A caption for a drawing, and what it states."""
    roll = rng.random()
    if roll < 0.14:
        return _catalogue_text(rng, look)
    if roll < 0.24:
        return _without_kind(rng, look)
    group = NOUNS[look.kind].group
    use_style = rng.random() < 0.3
    if use_style:
        thing = rng.choice(STYLES[look.kind, look.style])
    elif rng.random() < 0.06:
        thing = rng.choice(GROUPS[group])
        return _phrase(rng, look, thing, Attributes(group=group))
    else:
        thing = noun(rng, look.kind)
    style = f"{look.kind}/{look.style}" if use_style else ""
    return _phrase(rng, look, thing, Attributes(group, look.kind, style))


def colour_change(rng: random.Random, colour: str) -> str:
    """What a shopper adds to a picture to have the same thing in another colour."""
    word = rng.choice(COLOUR_WORDS[colour])
    return rng.choice(("in {}", "in {}", "{}", "but {}", "but in {}", "the same in {}")).format(
        word
    )


def _phrase(rng: random.Random, look: Look, thing: str, base: Attributes) -> tuple[str, Attributes]:
    colour = look.colour if rng.random() < 0.72 else ""
    # Plainness is rarely worth a word.
    pattern = look.pattern if rng.random() < (0.12 if look.pattern == "plain" else 0.75) else ""
    before, after = [], []
    if colour:
        word = rng.choice(COLOUR_WORDS[colour])
        if rng.random() < 0.72:
            before.append(word)
        else:
            after.append(f"in {word}")
    if pattern:
        if rng.random() < 0.75:
            before.append(rng.choice(PATTERN_WORDS[pattern]))
        else:
            after.append(rng.choice(PATTERN_TAILS[pattern]))
    rng.shuffle(before)
    rng.shuffle(after)
    text = " ".join([*before, thing, *after])
    if after and rng.random() < 0.1:
        text = " ".join([*before, thing]) + ", " + ", ".join(after)
    text = rng.choice(FRAMES).format(text)
    return _cased(rng, text), Attributes(base.group, base.kind, base.style, colour, pattern)


def _catalogue_text(rng: random.Random, look: Look) -> tuple[str, Attributes]:
    with_colour = rng.random() < 0.5
    material = rng.choice(MATERIALS[look.kind])
    text = title(rng, look, rng.choice(NAMES), with_colour)
    if rng.random() < 0.5:
        text += ". " + " ".join(description(rng, look, material, with_colour))
    lowered = text.lower()
    told = any(
        word in lowered for word in (*PATTERN_WORDS[look.pattern], *PATTERN_TAILS[look.pattern])
    )
    return text, Attributes(
        NOUNS[look.kind].group,
        look.kind,
        f"{look.kind}/{look.style}",
        look.colour if with_colour else "",
        look.pattern if told and look.pattern != "plain" else "",
    )


def _without_kind(rng: random.Random, look: Look) -> tuple[str, Attributes]:
    if rng.random() < 0.6:
        return colour_change(rng, look.colour), Attributes(colour=look.colour)
    pattern = rng.choice(PATTERN_WORDS[look.pattern] + PATTERN_TAILS[look.pattern])
    if rng.random() < 0.5:
        return pattern, Attributes(pattern=look.pattern)
    text = f"{rng.choice(COLOUR_WORDS[look.colour])} {pattern}"
    return text, Attributes(colour=look.colour, pattern=look.pattern)


def _cased(rng: random.Random, text: str) -> str:
    return text.capitalize() if rng.random() < 0.2 else text


def every_colour() -> tuple[str, ...]:
    """The names of the colours, in a fixed order."""
    return tuple(COLOURS)


def every_kind() -> tuple[str, ...]:
    """The names of the kinds, in a fixed order."""
    return tuple(KINDS)
