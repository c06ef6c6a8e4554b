"""What a drawn product looks like: its kind, the form of each part, colours, pattern, material."""

import colorsys
import random
from dataclasses import dataclass

from demo.draw.paint import RGB, Paint, tone
from demo.kinds import Kind, Material

COLOURS: dict[str, RGB] = {
    "red": (200, 38, 40),
    "orange": (232, 122, 38),
    "yellow": (243, 200, 52),
    "green": (58, 136, 74),
    "blue": (46, 108, 198),
    "navy": (30, 42, 82),
    "purple": (118, 66, 156),
    "pink": (236, 142, 172),
    "brown": (122, 78, 48),
    "beige": (214, 190, 154),
    "white": (246, 244, 240),
    "black": (40, 40, 44),
    "grey": (142, 146, 150),
}
LIGHT = {"white", "beige", "yellow", "pink"}
NEUTRAL_TRIMS: tuple[RGB, ...] = (
    (92, 62, 42),
    (56, 54, 56),
    (238, 232, 220),
    (176, 138, 92),
    (166, 168, 172),
)


@dataclass(frozen=True)
class Look:
    """All that a drawing depends on.

    `parts` pairs the name of each part with its form, in the kind's order; `accents` pairs the
    name of a part that has a colour of its own with that colour's name and the shade. `trim` is a
    further, neutral colour for what has no words. `shape` seeds the proportions, so two looks that
    share it are the same article in another colour.
    """

    kind: str
    parts: tuple[tuple[str, str], ...]
    colour: str
    pattern: str
    material: str
    main: Paint
    trim: RGB
    shape: int
    accents: tuple[tuple[str, str, RGB], ...] = ()

    @property
    def dice(self) -> random.Random:
        """A fresh source of this look's proportions: the same numbers at every drawing."""
        return random.Random(self.shape)

    def part(self, name: str) -> str:
        """The form of a part; KeyError if the kind has no such part."""
        return dict(self.parts)[name]

    def has_accent(self, name: str) -> bool:
        """Whether this part has a colour of its own."""
        return any(part == name for part, _, _ in self.accents)

    def accent(self, name: str, default: RGB | None = None) -> RGB:
        """The shade of a part that may have a colour of its own, else `default` or the main one."""
        for part, _, shade in self.accents:
            if part == name:
                return shade
        return self.main.colour if default is None else default


def vary(rng: random.Random, name: str) -> RGB:
    """A shade that everybody would still call by this colour's name."""
    hue, light, rich = colorsys.rgb_to_hls(*(c / 255 for c in COLOURS[name]))
    spread = 0.0 if name in ("white", "black", "grey") else 1.0
    wide = 2.2 if name in ("green", "purple", "blue") else 1.0
    hue = (hue + rng.uniform(-0.012, 0.012) * wide * spread) % 1
    light += rng.uniform(-0.07, 0.07) * (0.35 if name in ("white", "black", "navy") else 1)
    rich *= rng.uniform(0.78, 1.12)
    return tuple(
        round(255 * c)
        for c in colorsys.hls_to_rgb(hue, min(0.97, max(0.08, light)), min(1.0, rich))  # type: ignore[return-value]
    )


def second_colour(rng: random.Random, name: str, colour: RGB) -> RGB:
    """The colour of the pattern: mostly a neutral one, so the product keeps its colour's name."""
    if name in LIGHT:
        return rng.choice(
            [(52, 60, 84), (70, 60, 56), tone(colour, 0.62), (176, 84, 70), (78, 116, 132)]
        )
    if rng.random() < 0.75:
        return rng.choice([(250, 248, 244), (240, 230, 210), (252, 252, 252)])
    return tone(colour, 2.4) if name in ("black", "navy", "brown") else tone(colour, 0.5)


def make_look(
    rng: random.Random,
    kind: Kind,
    *,
    colour: str | None = None,
    pattern: str | None = None,
    material: str | None = None,
    parts: dict[str, str] | None = None,
    shape: int | None = None,
) -> Look:
    """A look with what is not given drawn from `rng`.

    A colour that the material does not come in is drawn anew, and so is a pattern that it does not
    take. Raises KeyError for a form or a material that the kind does not have.
    """
    given = parts or {}
    chosen = []
    for part in kind.parts:
        drawn = rng.choices(part.choices, [c.share for c in part.choices])[0].value
        chosen.append((part.name, part.choice(given.get(part.name, drawn)).value))
    stuff = _material(rng, kind, colour, pattern, material)
    if colour is None or (stuff.colours and colour not in stuff.colours):
        colour = rng.choice(stuff.colours or tuple(COLOURS))
    drawn_pattern = rng.choice(kind.patterns)
    pattern = (pattern or drawn_pattern) if stuff.patterned else "plain"
    base = vary(rng, colour)
    main = Paint(
        base,
        pattern,
        second_colour(rng, colour, base),
        rng.uniform(*kind.period),
        angle=rng.choice((0, 0, 0, 90, 45)) if pattern == "striped" else 0,
        share=rng.uniform(0.28, 0.46),
        gloss=stuff.gloss,
        texture=stuff.texture,
    )
    accents = []
    for accent in kind.accents:
        name = rng.choice(accent.colours) if rng.random() < accent.chance else accent.default
        if name:
            accents.append((accent.name, name, vary(rng, name)))
    trim = rng.choice([*NEUTRAL_TRIMS, tone(base, 0.6), tone(base, 0.6)])
    return Look(
        kind.name,
        tuple(chosen),
        colour,
        pattern,
        stuff.name,
        main,
        trim,
        rng.randrange(1 << 30) if shape is None else shape,
        tuple(accents),
    )


def _material(
    rng: random.Random, kind: Kind, colour: str | None, pattern: str | None, name: str | None
) -> Material:
    """The named material, or one that comes in this colour and pattern if any does."""
    if name is not None:
        return kind.material(name)
    fitting = [
        m
        for m in kind.materials
        if (colour is None or not m.colours or colour in m.colours)
        and (m.patterned or pattern in (None, "plain"))
    ]
    choice = fitting or list(kind.materials)
    return rng.choices(choice, [m.share for m in choice])[0]
