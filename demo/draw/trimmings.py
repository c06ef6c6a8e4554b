"""Collars, necklines, hoods, buttons, zips and pockets of garments that lie flat."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from demo.draw.canvas import Canvas
from demo.draw.garment import SIDES, Cut, lay_leaf, lay_ribs, lay_stitches
from demo.draw.geometry import Knot, Point, curve, ellipse, mirrored, rounded
from demo.draw.paint import RGB, Paint, tone

STEEL: RGB = (186, 188, 192)
BRASS: RGB = (198, 160, 92)


def band_line(cut: Cut, form: str, depth: float, grow: float = 0.0) -> list[Point]:
    """The neckline from the left shoulder to the right one, wider by `grow`."""
    fall = cut.slope / (cut.shoulder - cut.neck)
    wide = replace(cut, neck=cut.neck + grow)
    half = wide.neckline(form, depth + grow * (1.5 if form == "v-neck" else 1.0))
    half[-1] = (half[-1][0], half[-1][1] + grow * fall, *half[-1][2:])
    left = [(0.5 - k[0], *k[1:]) for k in reversed(half[1:])]
    return curve([*left, *((0.5 + k[0], *k[1:]) for k in half)], closed=False)


def lay_neckband(
    canvas: Canvas, cut: Cut, form: str, depth: float, paint: Paint, wide: float = 0.026
) -> None:
    """A ribbed band along the front of the neckline, stitched to the body."""
    upper = band_line(cut, form, depth, -0.35 * wide)
    lower = band_line(cut, form, depth, 0.65 * wide)
    canvas.part([*upper, *reversed(lower)], paint, radius=0.014, drop=0.2)
    ribs: list[Point] = []
    for i, (a, b) in enumerate(zip(upper, lower, strict=True)):
        ribs += (a, b) if i % 2 else (b, a)
    canvas.ink(ribs, tone(paint.colour, 0.6), 0.003, 0.22)
    lay_stitches(canvas, band_line(cut, form, depth, 0.65 * wide + 0.007)[2:-2], paint.colour)


def lay_back_band(canvas: Canvas, cut: Cut, paint: Paint) -> None:
    """The band at the back of the neck, seen from inside."""
    w, t = cut.neck, cut.top
    half: list[Knot] = [
        (0, t + 0.004),
        (w * 0.6, t),
        (w + 0.006, t - 0.004, 1),
        (w, t + 0.02, 1),
        (0, t + 0.026),
    ]
    canvas.part(curve(mirrored(half)), paint.plain().shaded(0.76), radius=0.012, drop=0.1)


def lay_collar_back(canvas: Canvas, cut: Cut, paint: Paint) -> None:
    """The back of a turned-down collar, seen from inside, above the neck."""
    w, t = cut.neck, cut.top
    half: list[Knot] = [
        (0, t - 0.022),
        (w * 0.6, t - 0.03),
        (w * 0.95, t - 0.034, 1),
        (w + 0.012, t + 0.02, 1),
        (0, t + 0.034),
    ]
    canvas.part(curve(mirrored(half)), paint.plain().shaded(0.72), volume=0.4, radius=0.02)


def lay_collar(canvas: Canvas, cut: Cut, paint: Paint, join: Point, tip: Point) -> None:
    """A turned-down collar with points: from the sides of the neck to `join`, tips at `tip`.

    Both are measured from the centre line and from the height of the shoulder at the neck.
    """
    w, t = cut.neck, cut.top
    for side in SIDES:
        wing: list[Knot] = [
            (0.5 + side * join[0], t + join[1], 1),
            (0.5 + side * tip[0], t + tip[1], 1),
            (0.5 + side * (w + 0.03), t + 0.055),
            (0.5 + side * (w + 0.014), t - 0.012),
            (0.5 + side * w * 0.86, t - 0.037, 1),
            (0.5 + side * (w * 0.62 + join[0] * 0.4), t + join[1] * 0.45),
        ]
        lay_leaf(canvas, curve(wing), paint.turned(-side * 38))
        edge = [
            (0.5 + side * (join[0] + 0.004), t + join[1] - 0.006),
            (0.5 + side * (tip[0] - 0.004), t + tip[1] - 0.013),
            (0.5 + side * (w + 0.019), t + 0.052),
        ]
        lay_stitches(canvas, edge, paint.colour)


def button_shade(paint: Paint) -> RGB:
    """Buttons that stand out from the cloth: pearl on dark, horn on light."""
    return (236, 230, 218) if sum(paint.colour) < 480 else (112, 88, 68)


def lay_buttons(
    canvas: Canvas, places: Sequence[Point], colour: RGB, radius: float = 0.0095
) -> None:
    """Buttons, each with its light and two holes."""
    for x, y in places:
        canvas.part(ellipse(x, y, radius, radius, steps=16), Paint(colour, gloss=0.8), radius=0.005)
        hole = radius * 0.28
        canvas.ink([(x - hole, y), (x + hole, y)], tone(colour, 0.4), radius * 0.3, 0.8)


def lay_pocket(canvas: Canvas, x: float, y: float, wide: float, high: float, paint: Paint) -> None:
    """A patch pocket with a pointed bottom; `x` is its middle and `y` its upper edge."""
    shape: list[Knot] = [
        (x - wide, y, 1),
        (x + wide, y, 1),
        (x + wide * 0.96, y + high * 0.8, 1),
        (x, y + high, 1),
        (x - wide * 0.96, y + high * 0.8, 1),
    ]
    lay_leaf(canvas, shape, paint)
    inside = [(x + (k[0] - x) * 0.87, y + 0.006 + (k[1] - y) * 0.9) for k in shape]
    lay_stitches(canvas, [inside[0], *inside[-1:1:-1], inside[1]], paint.colour)
    canvas.ink([(x - wide, y + 0.02), (x + wide, y + 0.02)], tone(paint.colour, 0.55), 0.003, 0.6)


def lay_flap_pocket(
    canvas: Canvas, x: float, y: float, wide: float, high: float, paint: Paint, snap: RGB | None
) -> None:
    """A patch pocket under a flap, with a snap or without."""
    lay_leaf(canvas, rounded(x - wide, y, x + wide, y + high, 0.014), paint)
    flap: list[Knot] = [
        (x - wide - 0.004, y - 0.008, 1),
        (x + wide + 0.004, y - 0.008, 1),
        (x + wide + 0.002, y + high * 0.26, 1),
        (x, y + high * 0.4, 1),
        (x - wide - 0.002, y + high * 0.26, 1),
    ]
    lay_leaf(canvas, flap, paint.shaded(0.95))
    lay_stitches(canvas, [flap[3], flap[2]], paint.colour)
    lay_stitches(canvas, [flap[4], flap[3]], paint.colour)
    if snap:
        lay_buttons(canvas, [(x, y + high * 0.22)], snap, 0.0085)


def lay_welt_pocket(canvas: Canvas, start: Point, end: Point, paint: Paint) -> None:
    """A slit with a narrow border."""
    canvas.stroke([start, end], 0.024, paint.shaded(0.86), drop=0.4)
    canvas.ink([start, end], tone(paint.colour, 0.35), 0.005, 0.75)


def lay_zip(canvas: Canvas, start: Point, end: Point, tape: Paint) -> None:
    """A closed zip with its teeth and its slider, drawn up to `start`."""
    end = (end[0], end[1] - 0.011)
    canvas.stroke([start, end], 0.026, tape, drop=0.15)
    canvas.ink([start, end], STEEL, 0.011, 1.0)
    canvas.ink([start, end], tone(STEEL, 0.55), 0.011, 0.8, dash=0.006)
    x, y = start
    pull = [(x, y + 0.006), (x + 0.002, y + 0.044)]
    canvas.stroke(pull, 0.014, Paint(STEEL, gloss=0.9), drop=0.5)


def lay_welt(canvas: Canvas, cut: Cut, paint: Paint, deep: float, ribs: int = 34) -> None:
    """The ribbed band around the hem."""
    low = cut.end
    half: list[Knot] = [
        (0, low - deep + 0.008),
        (cut.hem + 0.002, low - deep, 1),
        (cut.hem - 0.004, low + 0.004, 1),
        (0, low + 0.012),
    ]
    canvas.part(curve(mirrored(half)), paint, radius=0.02, drop=0.15)
    w = cut.hem - 0.004
    lay_ribs(
        canvas,
        (0.5 - w, low - deep + 0.006),
        (0.5 + w, low - deep + 0.006),
        (0.5 - w + 0.004, low + 0.006),
        (0.5 + w - 0.004, low + 0.006),
        ribs,
        tone(paint.colour, 0.6),
    )


def lay_hood(
    canvas: Canvas, cut: Cut, paint: Paint, lining: Paint, dice: Random, size: float = 1.0
) -> list[Point]:
    """A hood that lies up behind the neck, open towards the front; returns its opening."""
    t = cut.top
    rise, wide = size * dice.uniform(0.175, 0.19), size * dice.uniform(0.128, 0.14)
    dome: list[Knot] = [
        (0, t - rise),
        (wide * 0.62, t - rise * 0.88),
        (wide, t - rise * 0.36),
        (wide * 0.98, t + 0.012),
        (wide * 0.6, t + 0.07, 1),
        (0, t + 0.1),
    ]
    canvas.part(curve(mirrored(dome)), paint, volume=0.8, radius=0.05)
    opening: list[Knot] = [
        (0, t - rise * 0.72),
        (wide * 0.46, t - rise * 0.58),
        (wide * 0.66, t - rise * 0.16),
        (wide * 0.6, t + 0.04),
        (0, t + 0.1),
    ]
    canvas.part(curve(mirrored(opening)), lining, volume=0.5, radius=0.04, drop=0.2)
    seam = [(0.5, t - rise * 0.7), (0.5, t + 0.04)]
    canvas.ink(seam, tone(lining.colour, 0.6), 0.004, 0.6)
    edge = [(0.5 + (x - 0.5) * 1.12, y - 0.008) for x, y in curve(mirrored(opening))]
    lay_stitches(canvas, [*edge[-18:], *edge[:19]], paint.colour)
    return curve(mirrored(opening))


def lay_hood_front(canvas: Canvas, cut: Cut, paint: Paint, depth: float) -> None:
    """The hood's two edges, which lap over each other at the throat."""
    w, t = cut.neck, cut.top
    for side in SIDES[::-1]:
        lapel: list[Knot] = [
            (0.5 - side * 0.014, t + depth + 0.016, 1),
            (0.5 + side * w * 0.7, t + depth * 0.62),
            (0.5 + side * (w + 0.036), t - 0.01, 1),
            (0.5 + side * (w - 0.008), t - 0.03, 1),
            (0.5 + side * w * 0.6, t + depth * 0.2),
            (0.5 - side * 0.008, t + depth - 0.034, 1),
        ]
        canvas.part(curve(lapel), paint.turned(-side * 30), volume=0.7, radius=0.02, drop=0.45)
