"""What a surface looks like before light falls on it: a colour and a pattern."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

RGB = tuple[int, int, int]
WHITE: RGB = (255, 255, 255)
Floats = NDArray[np.floating[Any]]

PATTERNS = ("plain", "striped", "dotted", "checked", "floral")


@dataclass(frozen=True)
class Paint:
    """A colour, and a second one laid over it as a pattern.

    `period` is the pattern's repeat in picture widths, `angle` its turn in degrees clockwise,
    `share` the part of the repeat that the second colour takes, and `gloss` (0 to 1) how sharp
    and bright the highlights are: about 0.1 for cloth, 0.9 for glazed earthenware. `texture` is
    the grain of the material (`demo.draw.textures`), and `opacity` below 1 lets through what lies
    behind, as glass does.
    """

    colour: RGB
    pattern: str = "plain"
    second: RGB = (250, 248, 244)
    period: float = 0.06
    angle: float = 0.0
    share: float = 0.4
    gloss: float = 0.1
    texture: str = "smooth"
    opacity: float = 1.0

    def turned(self, degrees: float) -> "Paint":
        """The same paint with its pattern turned further."""
        return replace(self, angle=self.angle + degrees)

    def plain(self) -> "Paint":
        """The same paint without its pattern."""
        return replace(self, pattern="plain")

    def shaded(self, factor: float) -> "Paint":
        """Both colours made darker (`factor` below 1) or lighter."""
        return replace(self, colour=tone(self.colour, factor), second=tone(self.second, factor))


def tone(colour: RGB, factor: float) -> RGB:
    """`colour` darkened towards black, or for a `factor` above 1 lightened towards white."""
    if factor <= 1:
        return tuple(round(c * factor) for c in colour)  # type: ignore[return-value]
    return tuple(round(255 - (255 - c) / factor) for c in colour)  # type: ignore[return-value]


def mixed(colour: RGB, other: RGB, share: float) -> RGB:
    """`colour` with this share of the other in it."""
    red, green, blue = (
        round((1 - share) * a + share * b) for a, b in zip(colour, other, strict=True)
    )
    return red, green, blue


def overlay(paint: Paint, u: Floats, v: Floats, softness: float) -> Floats:
    """The share (0 to 1) of the second colour at each point.

    `u` and `v` are the points' coordinates in repeats of the pattern (any shape, float32);
    `softness` is the width of a pixel in the same unit, over which edges are smoothed.
    """
    if paint.pattern == "striped":
        return _band(v, paint.share, softness)
    if paint.pattern == "dotted":
        row = np.floor(v)
        x = _wrapped(u + 0.5 * (row % 2))
        y = v - row - 0.5
        radius = 0.18 + 0.3 * paint.share
        return _inside(radius - np.hypot(x, y), softness)
    if paint.pattern == "checked":
        return 0.55 * _band(u, paint.share, softness) + 0.45 * _band(v, paint.share, softness)
    if paint.pattern == "floral":
        return _flowers(u, v, paint.share, softness)
    return np.zeros_like(u)


def _wrapped(x: Floats) -> Floats:
    return x - np.floor(x) - np.float32(0.5)


def _inside(distance: Floats, softness: float) -> Floats:
    return np.clip(distance / softness + 0.5, 0, 1)


def _band(x: Floats, share: float, softness: float) -> Floats:
    return _inside(share / 2 - np.abs(_wrapped(x)), softness)


def _flowers(u: Floats, v: Floats, share: float, softness: float) -> Floats:
    u, v = u / np.float32(1.6), v / np.float32(1.6)
    row = np.floor(v)
    x = u + 0.5 * (row % 2)
    # A fixed scatter of the cells: each flower its own turn, size and place.
    chance = np.sin(np.floor(x) * 12.99 + row * 78.23) * 43758.5
    chance = chance - np.floor(chance)
    x, y = _wrapped(x) + 0.2 * (chance - 0.5), v - row - 0.5 + 0.16 * (chance - 0.5)
    radius, angle = np.hypot(x, y), np.arctan2(y, x) + 6.28 * chance
    edge = (0.27 + 0.16 * share) * (0.8 + 0.3 * chance) * (0.72 + 0.28 * np.cos(5 * angle))
    petals = _inside(edge - radius, softness)
    return petals * (1 - 0.75 * _inside(0.075 - radius, softness))
