"""What a drawn product looks like: kind, style, colour, pattern, trim and a seed for its shape."""

import colorsys
import random
from dataclasses import dataclass

from demo.draw.paint import RGB, Paint, tone

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
class Kind:
    """A kind of product: its styles, the patterns it comes in, and the size of those patterns.

    `colours` are the ones a catalogue favours, most common first; training uses all.
    """

    name: str
    styles: tuple[str, ...]
    patterns: tuple[str, ...]
    colours: tuple[str, ...]
    period: tuple[float, float]
    gloss: float = 0.1


KINDS: dict[str, Kind] = {
    k.name: k
    for k in (
        Kind(
            "boots",
            ("ankle", "chelsea", "lace-up", "tall", "rain"),
            ("plain", "plain", "plain", "dotted", "floral"),
            ("red", "brown", "black", "green", "yellow"),
            (0.05, 0.08),
            0.5,
        ),
        Kind(
            "sneakers",
            ("low", "high-top", "running", "slip-on"),
            ("plain", "plain", "checked", "striped"),
            ("white", "blue", "red", "black", "pink"),
            (0.035, 0.06),
            0.25,
        ),
        Kind(
            "t-shirt",
            ("crew", "v-neck", "long-sleeve", "pocket"),
            ("plain", "striped", "striped", "dotted", "floral"),
            ("blue", "white", "red", "green", "yellow", "black"),
            (0.05, 0.1),
        ),
        Kind(
            "dress",
            ("a-line", "sheath", "maxi", "wrap"),
            ("plain", "floral", "dotted", "striped", "checked"),
            ("red", "blue", "yellow", "pink", "black", "green"),
            (0.05, 0.1),
        ),
        Kind(
            "trousers",
            ("straight", "wide", "tapered", "cropped"),
            ("plain", "plain", "striped", "checked"),
            ("navy", "beige", "black", "grey", "green", "brown"),
            (0.03, 0.06),
        ),
        Kind(
            "jacket",
            ("bomber", "trucker", "parka", "blazer"),
            ("plain", "plain", "plain", "checked"),
            ("black", "green", "blue", "red", "beige", "yellow"),
            (0.05, 0.09),
        ),
        Kind(
            "bag",
            ("tote", "satchel", "shoulder", "bucket"),
            ("plain", "plain", "striped", "floral", "checked"),
            ("brown", "red", "black", "beige", "blue"),
            (0.05, 0.1),
            0.3,
        ),
        Kind(
            "backpack",
            ("round", "roll-top", "school"),
            ("plain", "plain", "dotted", "checked", "striped"),
            ("yellow", "blue", "green", "grey", "red"),
            (0.05, 0.09),
            0.15,
        ),
        Kind(
            "hat",
            ("cap", "beanie", "fedora", "bucket"),
            ("plain", "plain", "striped", "checked"),
            ("red", "blue", "beige", "black", "green", "orange"),
            (0.04, 0.07),
        ),
        Kind(
            "scarf",
            ("looped", "long"),
            ("plain", "striped", "checked", "dotted"),
            ("red", "grey", "blue", "green", "purple"),
            (0.05, 0.1),
        ),
        Kind(
            "mug",
            ("straight", "rounded", "tall", "enamel"),
            ("plain", "plain", "striped", "dotted", "floral"),
            ("green", "white", "blue", "red", "yellow", "orange"),
            (0.06, 0.11),
            0.9,
        ),
        Kind(
            "plate",
            ("coupe", "rimmed", "deep"),
            ("plain", "striped", "dotted", "floral"),
            ("white", "blue", "green", "pink", "yellow"),
            (0.05, 0.09),
            0.8,
        ),
        Kind(
            "chair",
            ("dining", "armchair", "stool", "lounge"),
            ("plain", "plain", "plain", "striped", "checked"),
            ("blue", "green", "yellow", "grey", "red", "brown"),
            (0.04, 0.07),
            0.2,
        ),
        Kind(
            "lamp",
            ("table", "floor", "pendant", "desk"),
            ("plain", "plain", "plain", "striped", "dotted"),
            ("yellow", "white", "black", "green", "red", "blue"),
            (0.05, 0.09),
            0.3,
        ),
    )
}


@dataclass(frozen=True)
class Look:
    """All that a drawing depends on. `shape` seeds the proportions, so two looks that share it
    are the same article in another colour."""

    kind: str
    style: str
    colour: str
    pattern: str
    main: Paint
    trim: RGB
    shape: int

    @property
    def dice(self) -> random.Random:
        """A fresh source of this look's proportions: the same numbers at every drawing."""
        return random.Random(self.shape)


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
    kind_name: str,
    colour: str | None = None,
    pattern: str | None = None,
    style: str | None = None,
    shape: int | None = None,
) -> Look:
    """A look with what is not given drawn from `rng`."""
    kind = KINDS[kind_name]
    style = style or rng.choice(kind.styles)
    colour = colour or rng.choice(list(COLOURS))
    pattern = pattern or rng.choice(kind.patterns)
    base = vary(rng, colour)
    main = Paint(
        base,
        pattern,
        second_colour(rng, colour, base),
        rng.uniform(*kind.period),
        angle=rng.choice((0, 0, 0, 90, 45)) if pattern == "striped" else 0,
        share=rng.uniform(0.28, 0.46),
        gloss=kind.gloss,
    )
    trim = rng.choice([*NEUTRAL_TRIMS, tone(base, 0.6), tone(base, 0.6)])
    return Look(
        kind_name,
        style,
        colour,
        pattern,
        main,
        trim,
        rng.randrange(1 << 30) if shape is None else shape,
    )
