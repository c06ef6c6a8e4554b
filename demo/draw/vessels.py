"""Vessels turned about an upright axis and seen a little from above: how pots are built up."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, Point, curve, ellipse
from demo.draw.paint import RGB, WHITE, Paint, tone

CREAM: RGB = (246, 242, 233)
DARK: RGB = (44, 44, 48)
STEEL: RGB = (184, 187, 191)
CLAY: RGB = (198, 160, 124)
WOODS: tuple[RGB, ...] = ((196, 150, 98), (150, 102, 62), (214, 176, 126))


@dataclass(frozen=True)
class Vessel:
    """A body of revolution about x = `cx`.

    `side` runs from the rim down to the foot as (radius, y), `tilt` is the height of its circles
    relative to their width.
    """

    cx: float
    tilt: float
    side: tuple[Point, ...]

    @property
    def top(self) -> float:
        """The height of the rim's middle."""
        return self.side[0][1]

    @property
    def low(self) -> float:
        """The height of the foot's middle."""
        return self.side[-1][1]

    def radius(self, y: float) -> float:
        """The radius at height `y`."""
        for (r0, y0), (r1, y1) in pairwise(self.side):
            if y <= y1:
                t = 0.0 if y1 <= y0 else min(1.0, max(0.0, (y - y0) / (y1 - y0)))
                return r0 + (r1 - r0) * t
        return self.side[-1][0]

    def at(self, across: float, y: float) -> Point:
        """The point of the near surface at share `across` (-1 to 1) of the width."""
        radius = self.radius(y)
        depth = math.sqrt(max(0.0, 1 - across * across))
        return self.cx + across * radius, y + self.tilt * radius * depth

    def outline(self) -> list[Point]:
        """The silhouette, with the far half of the rim."""
        rim = self.side[0][0]
        # Below the last belly each circle hides part of the next: the edge is what bounds them all.
        belly = len(self.side) - 1
        while belly and self.side[belly - 1][0] >= self.side[belly][0] - 1e-6:
            belly -= 1
        radii, heights = (np.array(v) for v in zip(*self.side[belly:], strict=True))
        fine = np.linspace(0, len(radii) - 1, 160)
        steps = np.arange(len(radii))
        radii, heights = np.interp(fine, steps, radii), np.interp(fine, steps, heights)
        across = radii[0] * np.cos(np.linspace(0, math.pi, 61))
        inner = radii[None, :] ** 2 - across[:, None] ** 2
        lowest = np.where(
            inner > -1e-9, heights + self.tilt * np.sqrt(np.maximum(inner, 0)), -np.inf
        )
        foot = [
            (self.cx + float(x), float(y)) for x, y in zip(across, lowest.max(axis=1), strict=True)
        ]
        right = [(self.cx + r, y) for r, y in self.side[: belly + 1]]
        left = [(self.cx - r, y) for r, y in reversed(self.side[: belly + 1])]
        far = ellipse(self.cx, self.top, rim, rim * self.tilt, 180, 360, steps=24)
        return [*right, *foot, *left, *far]

    def ring(self, y: float, grow: float = 0.0) -> list[Point]:
        """The whole circle at height `y`, wider by `grow`."""
        radius = self.radius(y) + grow
        return ellipse(self.cx, y, radius, radius * self.tilt, steps=64)

    def patch(
        self, y0: float, y1: float, left: float = -1.0, right: float = 1.0, steps: int = 16
    ) -> list[Point]:
        """The piece of the near surface between two heights and two shares of the width."""
        shares = [left + (right - left) * i / steps for i in range(steps + 1)]
        heights = [y0 + (y1 - y0) * i / steps for i in range(steps + 1)]
        return [
            *(self.at(x, y0) for x in shares),
            *(self.at(right, y) for y in heights),
            *(self.at(x, y1) for x in reversed(shares)),
            *(self.at(left, y) for y in reversed(heights)),
        ]

    def arc(self, y: float, left: float = -1.0, right: float = 1.0) -> list[Point]:
        """The near half of the circle at height `y`."""
        return [self.at(left + (right - left) * i / 32, y) for i in range(33)]

    def upright(self, across: float, y0: float, y1: float) -> list[Point]:
        """A line down the near surface."""
        return [self.at(across, y0 + (y1 - y0) * i / 16) for i in range(17)]


def vessel(cx: float, tilt: float, side: Sequence[Knot]) -> Vessel:
    """A vessel whose side is a curve through `side`: (radius, y) or (radius, y, 1), rim first."""
    return Vessel(cx, tilt, tuple(curve(side, closed=False)))


def glassy(paint: Paint, opacity: float = 0.5) -> Paint:
    """The paint as clear glass."""
    return replace(paint, opacity=opacity, gloss=1.0, texture="glass")


def white(opacity: float) -> Paint:
    """Reflected light."""
    return Paint(WHITE, opacity=opacity)


def gleam(
    canvas: Canvas, pot: Vessel, y0: float, y1: float, gloss: float, width: float = 0.02
) -> None:
    """The window's reflection, down the left of a glazed or polished surface."""
    if gloss < 0.3:
        return
    line = pot.upright(-0.62, y0, y1)
    canvas.stroke(line, width, white(0.1 + 0.32 * gloss), volume=0, drop=0)
    canvas.stroke(
        pot.upright(0.86, y0 + 0.02, y1 - 0.02),
        width * 0.4,
        white(0.06 + 0.16 * gloss),
        volume=0,
        drop=0,
    )


def hollow(
    canvas: Canvas, shape: Sequence[Point], paint: Paint, cx: float, cy: float, rx: float, ry: float
) -> None:
    """The inside of a vessel, seen through an opening of about this ellipse: dark towards us."""
    near = ellipse(cx + rx * 0.06, cy - ry * 0.1, rx * 0.74, ry * 0.86, 20, 160, steps=16)
    side = ellipse(cx, cy, rx * 0.9, ry * 0.8, 130, 215, steps=10)
    folds = [Fold(near, ry * 0.95, 0.62), Fold(side, ry * 0.7, 0.3)]
    canvas.part(shape, paint.plain().shaded(0.9), volume=0.25, radius=0.02, drop=0, folds=folds)


def opening(canvas: Canvas, pot: Vessel, lip: Paint, inside: Paint, wall: float = 0.014) -> None:
    """The rim and the hollow behind it."""
    rim = pot.side[0][0]
    ry = rim * pot.tilt
    canvas.part(ellipse(pot.cx, pot.top, rim, ry), lip, volume=0.3, radius=0.01, drop=0)
    rx, ry, cy = rim - wall, ry - wall * 0.62, pot.top + wall * 0.12
    hollow(canvas, ellipse(pot.cx, cy, rx, ry), inside, pot.cx, cy, rx, ry)


def glass_body(
    canvas: Canvas,
    pot: Vessel,
    paint: Paint,
    base: float,
    opacity: float,
    *,
    outline: Sequence[Point] | None = None,
    rim: Sequence[Point] | None = None,
) -> None:
    """A see-through vessel with a thick bottom of height `base` and a bright rim.

    `outline` and `rim` are given where a lip is pulled out of the round form.
    """
    pale = min(paint.colour) > 200
    edge, firm = tone(paint.colour, 0.5 if pale else 0.6), 0.75 if pale else 0.55
    shape = pot.outline() if outline is None else outline
    mouth = pot.ring(pot.top, -0.003) if rim is None else rim
    # Coloured glass needs more body than clear glass to keep the name of its colour.
    tint = glassy(paint, opacity if pale else min(0.9, opacity + 0.15))
    canvas.part(shape, tint, volume=0.4, radius=0.022, barrel=0.16, drop=0.3)
    canvas.part(
        mouth, Paint(tone(paint.colour, 0.85), opacity=0.35), volume=-0.4, radius=0.02, drop=0
    )
    if base:
        floor = pot.low - base
        inner = pot.ring(floor, -0.008)
        solid = [p for p in pot.outline() if p[1] > floor]
        canvas.part(
            [*solid, *inner[32:]],
            Paint(tone(paint.colour, 0.7), opacity=0.45),
            volume=0.4,
            radius=0.015,
            drop=0,
        )
        canvas.part(inner, white(0.35), volume=-0.6, radius=0.02, drop=0)
    canvas.ink([*shape, shape[0]], edge, 0.006, firm)
    ring = [*mouth, mouth[0]]
    canvas.ink(ring, edge, 0.01, firm)
    canvas.ink(ring, WHITE, 0.005, 0.9)


def ear(
    top: Point, low: Point, reach: float, *, square: float = 0.5, sag: float = 0.0
) -> list[Point]:
    """The line of a handle from `top` to `low`, standing `reach` out to the right of them."""
    (x0, y0), (x1, y1) = top, low
    out = max(x0, x1) + reach
    tall = y1 - y0
    near = 0.35 + 0.5 * square
    return curve(
        [
            (x0, y0),
            (x0 + (out - x0) * near, y0 - tall * 0.04),
            (out, y0 + tall * (0.36 + sag)),
            (x1 + (out - x1) * near * 0.86, y1 - tall * 0.12),
            (x1, y1),
        ],
        closed=False,
    )


def grip(canvas: Canvas, line: Sequence[Point], width: float, paint: Paint) -> None:
    """A handle along `line`, with the light along its upper edge."""
    canvas.stroke(line, width, paint, volume=0.8)
    lit = [(x - width * 0.14, y - width * 0.2) for x, y in line[3 : len(line) * 2 // 3]]
    canvas.stroke(lit, width * 0.18, white(0.12 + 0.3 * paint.gloss), volume=0, drop=0)


def knob(canvas: Canvas, cx: float, y: float, size: float, paint: Paint) -> None:
    """The knob of a lid, standing on `y`."""
    canvas.part(
        [
            (cx - size * 0.4, y - size * 0.9),
            (cx + size * 0.4, y - size * 0.9),
            (cx + size * 0.55, y + size * 0.1),
            (cx - size * 0.55, y + size * 0.1),
        ],
        paint.shaded(0.8),
        volume=0.4,
        radius=0.01,
    )
    canvas.part(ellipse(cx, y - size, size, size * 0.78), paint, volume=0.8, radius=size * 0.5)
    canvas.part(
        ellipse(cx - size * 0.34, y - size * 1.28, size * 0.3, size * 0.18),
        white(0.2 + 0.4 * paint.gloss),
        volume=0,
        drop=0,
    )


def dome(canvas: Canvas, pot: Vessel, rise: float, paint: Paint, lap: float = 0.0) -> float:
    """A lid on the rim of `pot`, `rise` high; returns the height that its knob stands on."""
    rim = pot.side[0][0] + lap
    ry = rim * pot.tilt
    top = pot.top - rise
    canvas.part(pot.ring(pot.top + 0.008, lap), paint.plain().shaded(0.62), volume=0.3, drop=0)
    outline: list[Knot] = [
        (pot.cx - rim, pot.top, 1),
        (pot.cx - rim * 0.9, pot.top - rise * 0.48),
        (pot.cx - rim * 0.5, top + rise * 0.1),
        (pot.cx, top),
        (pot.cx + rim * 0.5, top + rise * 0.1),
        (pot.cx + rim * 0.9, pot.top - rise * 0.48),
        (pot.cx + rim, pot.top, 1),
    ]
    near = ellipse(pot.cx, pot.top, rim, ry, 0, 180, steps=24)
    canvas.part(
        [*curve(outline, closed=False), *near], paint, volume=0.5, radius=0.03, barrel=0.35, drop=0
    )
    canvas.ink(near, tone(paint.colour, 0.5), 0.005, 0.4)
    shine = ellipse(pot.cx, pot.top + rise * 0.1, rim * 0.62, rise * 0.82, 198, 236, steps=12)
    canvas.stroke(shine, 0.014, white(0.1 + 0.35 * paint.gloss), volume=0, drop=0)
    return top + ry * 0.16
