"""Ornaments for the home: vases, candles and baskets."""

import math
from collections.abc import Sequence
from dataclasses import replace

from demo.draw.canvas import Canvas, Polygon
from demo.draw.geometry import Knot, Point, curve, ellipse, rounded
from demo.draw.metals import BRASS
from demo.draw.paint import RGB, WHITE, Paint, tone
from demo.draw.turned import lower_part, mouth, turned
from demo.looks import Look

LEATHER = Paint((134, 86, 52), texture="leather")
LEAF: RGB = (74, 124, 76)
STRAW: RGB = (214, 186, 138)


def vase(canvas: Canvas, look: Look) -> None:
    """A vase, empty or with dry grasses or twigs in it."""
    dice = look.dice
    filled = look.part("filling") != "none"
    low, tilt, glass = 0.87, 0.16, look.material == "glass"
    top = dice.uniform(0.4, 0.44) if filled else dice.uniform(0.14, 0.2)
    tall, fat = low - top, 0.7 if filled else 1.0
    side = _vase_side(look.part("shape"), top, tall, fat * dice.uniform(0.93, 1.05))
    outline = turned(0.5, side, tilt)
    paint = replace(look.main, opacity=0.6, texture="glass") if glass else look.main
    rim = side[0][0]
    canvas.ground(0.5, low + 0.004, side[-1][0] * 1.35)
    if look.part("handle") == "handles":
        _vase_handles(canvas, side, top, tall, look.main.plain())
    if glass:
        mouth(canvas, 0.5, top, rim, tilt, replace(paint.shaded(0.8), opacity=0.35), 0.008)
    else:
        mouth(canvas, 0.5, top, rim, tilt, look.main.plain(), 0.014)
    if filled:
        _filling(canvas, look.part("filling"), top, dice.uniform(-0.1, 0.1))
    # The front of the rim lies before whatever stands in the vase.
    body = lower_part(0.5, side, tilt, top) if not glass else outline
    canvas.part(body, paint, volume=0.75, radius=0.06, barrel=0.3)
    base = look.accent("base")
    if base != look.main.colour:
        dipped = lower_part(0.5, side, tilt, top + tall * 0.64)
        canvas.part(
            dipped,
            replace(paint.plain(), colour=base),
            volume=0.6,
            radius=0.05,
            barrel=0.3,
            drop=0,
        )
    if glass:
        canvas.ink([*outline, outline[0]], tone(look.main.colour, 0.6), 0.006, 0.5)
    _gleam(canvas, side, top + tall * 0.08, low - tall * 0.12, 0.2 + 0.35 * look.main.gloss)


def _vase_side(shape: str, top: float, tall: float, fat: float) -> list[Knot]:
    sides: dict[str, list[Knot]] = {
        "round": [
            (0.1, 0, 1),
            (0.082, 0.08),
            (0.12, 0.18),
            (0.23, 0.31),
            (0.29, 0.54),
            (0.25, 0.77),
            (0.19, 0.91),
            (0.15, 1),
        ],
        "cylinder": [(0.165, 0, 1), (0.17, 0.3), (0.17, 0.7), (0.16, 0.96), (0.15, 1)],
        "bottle": [(0.062, 0, 1), (0.05, 0.2), (0.06, 0.42), (0.2, 0.68), (0.21, 0.86), (0.15, 1)],
        "flared": [(0.25, 0, 1), (0.17, 0.13), (0.12, 0.35), (0.17, 0.62), (0.15, 0.88), (0.14, 1)],
    }
    scale = fat if tall > 0.6 else fat * 1.12
    return [(k[0] * scale, top + k[1] * tall, *k[2:]) for k in sides[shape]]


def _vase_handles(
    canvas: Canvas, side: Sequence[Knot], top: float, tall: float, paint: Paint
) -> None:
    line = curve(side, closed=False)

    def radius(t: float) -> float:
        return min(line, key=lambda p: abs(p[1] - top - t * tall))[0]

    upper, lower = radius(0.1), radius(0.5)
    reach = max(upper, lower) + tall * 0.075
    for s in (-1, 1):
        knots = [
            (0.5 + s * (upper - 0.01), top + tall * 0.1),
            (0.5 + s * reach * 0.92, top + tall * 0.1),
            (0.5 + s * reach, top + tall * 0.28),
            (0.5 + s * (lower - 0.01), top + tall * 0.5),
        ]
        canvas.stroke(curve(knots, closed=False), 0.028, paint, volume=0.9)


def _filling(canvas: Canvas, kind: str, top: float, lean: float) -> None:
    """Stems that stand in a vase whose rim is at `top`."""
    for i, spread in enumerate((-0.75, 0.8, -0.32, 0.36, 0.02)):
        end = (0.5 + (spread + lean) * 0.27, 0.1 + abs(spread) * 0.12)
        stem = curve(
            [(0.5 + spread * 0.02, top + 0.02), (0.5 + spread * 0.1, top - 0.13), end],
            closed=False,
        )
        if kind == "grass":
            canvas.stroke(stem, 0.008, Paint(tone(STRAW, 0.8)), drop=0.1)
            _plume(canvas, stem, tone(STRAW, 1.0 + 0.25 * (i % 2)))
        else:
            canvas.stroke(stem, 0.009, Paint((104, 86, 60)), drop=0.1)
            for k in range(5, len(stem), 3):
                _leaf(canvas, stem[k], 1 if k % 2 else -1, tone(LEAF, 1 + 0.12 * (i % 3)))


def _plume(canvas: Canvas, stem: Sequence[Point], colour: RGB) -> None:
    (ax, ay), (bx, by) = stem[len(stem) // 2], stem[-1]
    dx, dy = bx - ax, by - ay
    nx, ny = -dy * 0.19, dx * 0.19
    outline = curve(
        [
            (ax, ay),
            (ax + dx * 0.4 + nx, ay + dy * 0.4 + ny),
            (ax + dx * 0.8 + nx * 0.6, ay + dy * 0.8 + ny * 0.6),
            (bx + dx * 0.1, by + dy * 0.1),
            (ax + dx * 0.8 - nx * 0.6, ay + dy * 0.8 - ny * 0.6),
            (ax + dx * 0.4 - nx, ay + dy * 0.4 - ny),
        ]
    )
    canvas.part(outline, Paint(colour, texture="plush"), volume=0.7, radius=0.03, drop=0.2)


def _leaf(canvas: Canvas, at: Point, side: int, colour: RGB) -> None:
    x, y = at
    outline = curve(
        [
            (x, y, 1),
            (x + side * 0.022, y - 0.034),
            (x + side * 0.058, y - 0.046),
            (x + side * 0.052, y - 0.008),
        ]
    )
    canvas.part(outline, Paint(colour), volume=0.5, radius=0.014, drop=0.2)


def _gleam(canvas: Canvas, side: Sequence[Knot], y0: float, y1: float, opacity: float) -> None:
    """The window's reflection down the left of a glazed body."""
    line = [p for p in curve(side, closed=False) if y0 <= p[1] <= y1]
    light = Paint(WHITE, opacity=opacity)
    canvas.stroke([(0.5 - r * 0.66, y) for r, y in line], 0.022, light, volume=0, drop=0)
    canvas.ink([(0.5 + r * 0.86, y) for r, y in line], WHITE, 0.008, opacity * 0.5)


def candle(canvas: Canvas, look: Look) -> None:
    """Candles: blocks, tall ones in holders, or one in a glass."""
    dice = look.dice
    shape, lit = look.part("shape"), look.part("flame") == "lit"
    many = look.part("number") == "three"
    radius = {"pillar": 0.19, "taper": 0.042, "jar": 0.26}[shape] * (0.62 if many else 1)
    radius *= dice.uniform(0.92, 1.06)
    tall = {"pillar": 0.52, "taper": 0.46, "jar": 0.5}[shape] * dice.uniform(0.94, 1.06)
    places = [(0.5, 1.0, 0.86)]
    if many:
        gap = max(radius * 1.9, 0.2)
        places = [(0.5, 1.12, 0.8), (0.5 - gap, 0.86, 0.84), (0.5 + gap, 0.62, 0.87)]
        if shape == "taper":
            places = [(0.5, 1.0, 0.83), (0.5 - gap, 0.86, 0.86), (0.5 + gap, 0.74, 0.86)]
    canvas.ground(0.5, 0.87, (0.3 if many else max(0.12, radius)) * 1.2)
    for cx, share, low in places:
        scale = share * (0.8 if many and shape != "taper" else 1)
        if shape == "jar":
            _jar_candle(canvas, cx, low, radius, tall * scale, look.main, lit)
        else:
            foot = low - (0.1 if shape == "taper" else 0)
            if shape == "taper":
                _holder(canvas, cx, low, radius)
            _wax(canvas, cx, foot, radius, tall * scale, look.main, lit)


def _wax(
    canvas: Canvas, cx: float, low: float, radius: float, tall: float, paint: Paint, lit: bool
) -> None:
    tilt = 0.22
    top = low - tall
    waist: list[Knot] = [(radius, top, 1), (radius, (top + low) / 2), (radius, low)]
    canvas.part(turned(cx, waist, tilt), paint, volume=0.5, radius=0.03, barrel=0.4)
    bright = paint.plain().shaded(1.25)
    canvas.part(ellipse(cx, top, radius, radius * tilt), bright, volume=0.4, radius=0.01, drop=0)
    pool = paint.plain().shaded(0.86) if not lit else Paint(tone(paint.colour, 1.5), gloss=0.9)
    canvas.part(
        ellipse(cx, top + 0.003, radius * 0.7, radius * tilt * 0.66),
        pool,
        volume=-0.4,
        radius=0.02,
        drop=0,
    )
    _wick(canvas, cx, top, 0.035, lit)


def _wick(canvas: Canvas, cx: float, y: float, length: float, lit: bool) -> None:
    canvas.stroke([(cx, y), (cx + 0.004, y - length)], 0.009, Paint((52, 46, 42)), drop=0)
    if not lit:
        return
    high = 0.125
    base = y - length + 0.022
    for size, colour, opacity in (
        (1.5, (255, 214, 120), 0.35),
        (1.0, (255, 168, 48), 1.0),
        (0.62, (255, 232, 140), 1.0),
    ):
        flame = curve(
            [
                (cx + 0.004, base - high * size * 0.98, 1),
                (cx + 0.03 * size, base - high * 0.36 * size),
                (cx + 0.022 * size, base - high * 0.04),
                (cx, base),
                (cx - 0.022 * size, base - high * 0.04),
                (cx - 0.03 * size, base - high * 0.36 * size),
            ]
        )
        canvas.part(flame, Paint(colour, opacity=opacity), volume=0, drop=0)


def _holder(canvas: Canvas, cx: float, low: float, radius: float) -> None:
    """A candlestick of brass."""
    brass = Paint(BRASS, texture="metal", gloss=0.9)
    canvas.part(
        turned(cx, [(0.03, low - 0.045, 1), (0.085, low - 0.014), (0.108, low)], 0.2),
        brass,
        volume=0.7,
        radius=0.02,
    )
    cup: list[Knot] = [
        (radius + 0.018, low - 0.125, 1),
        (radius + 0.014, low - 0.08),
        (0.02, low - 0.04),
    ]
    canvas.part(turned(cx, cup, 0.25), brass, volume=0.7, radius=0.015, barrel=0.3)


def _jar_candle(
    canvas: Canvas, cx: float, low: float, radius: float, tall: float, paint: Paint, lit: bool
) -> None:
    """Wax in a tumbler of clear glass with a paper label."""
    tilt, top = 0.2, low - tall
    glass: list[Knot] = [(radius, top, 1), (radius, low - tall * 0.4), (radius * 0.97, low)]
    inner = radius - 0.014
    fill = top + tall * 0.24
    canvas.part(ellipse(cx, top, radius, radius * tilt), Paint(WHITE, opacity=0.35), volume=0.2)
    canvas.part(
        turned(cx, [(inner, fill, 1), (inner, low - 0.05), (inner * 0.96, low - 0.02)], tilt),
        paint,
        volume=0.4,
        radius=0.03,
        barrel=0.35,
    )
    canvas.part(
        ellipse(cx, fill, inner, inner * tilt), paint.plain().shaded(1.25), volume=0.2, drop=0
    )
    _wick(canvas, cx, fill, 0.03, lit)
    body = turned(cx, glass, tilt)
    canvas.part(body, Paint((226, 234, 236), opacity=0.22, gloss=1), volume=0.5, drop=0)
    canvas.ink([*body, body[0]], (150, 160, 164), 0.005, 0.7)
    canvas.ink(ellipse(cx, top, radius, radius * tilt, 0, 360), WHITE, 0.007, 0.9)
    label = rounded(
        cx - radius * 0.5, top + tall * 0.44, cx + radius * 0.5, top + tall * 0.78, 0.01
    )
    canvas.part(label, Paint((246, 241, 230), texture="paper"), volume=0.1, drop=0.1)
    for share, wide in ((0.54, 0.28), (0.62, 0.36), (0.69, 0.2)):
        y = top + tall * share
        canvas.ink([(cx - radius * wide, y), (cx + radius * wide, y)], (96, 90, 84), 0.007, 0.8)
    canvas.ink(
        [(cx - radius * 0.8, top + tall * 0.1), (cx - radius * 0.8, low - 0.05)], WHITE, 0.02, 0.5
    )


def basket(canvas: Canvas, look: Look) -> None:
    """A woven basket, seen a little from above."""
    dice = look.dice
    shape, handle = look.part("shape"), look.part("handle")
    wide = {"round": 0.34, "low": 0.37, "tall": 0.27}[shape] * dice.uniform(0.95, 1.03)
    tall = {"round": 0.42, "low": 0.25, "tall": 0.6}[shape] * dice.uniform(0.94, 1.05)
    low, tilt = 0.84, 0.26
    top = low - tall
    belly = dice.uniform(1.0, 1.08)
    foot = wide * dice.uniform(0.76, 0.84)
    side: list[Knot] = [
        (wide, top, 1),
        (wide * belly, top + tall * 0.4),
        (foot * 1.06, low - tall * 0.12),
        (foot, low),
    ]
    straps = Paint(look.accent("handle", tone(look.main.colour, 0.8)), texture="rope")
    canvas.ground(0.5, low + foot * tilt * 0.5, foot * 1.25)
    if handle == "top":
        _hoop(canvas, wide, top, tall, straps, back=True)
    mouth(canvas, 0.5, top, wide, tilt, look.main.plain().shaded(0.9), 0.02)
    canvas.part(lower_part(0.5, side, tilt, top), look.main, volume=0.6, radius=0.05, barrel=0.3)
    base = look.accent("base")
    if base != look.main.colour:
        canvas.part(
            lower_part(0.5, side, tilt, top + tall * 0.52),
            replace(look.main.plain(), colour=base),
            volume=0.6,
            radius=0.05,
            barrel=0.3,
            drop=0,
        )
    _rows(canvas, side, tilt, top, tall, tone(look.main.colour, 0.5))
    _braid(canvas, wide, top, tilt, look.main.plain())
    if handle == "sides":
        for s in (-1, 1):
            _ear(canvas, 0.5 + s * wide * 0.98, top + 0.012, s, straps)
    elif handle == "top":
        _hoop(canvas, wide, top, tall, straps, back=False)


def _rows(
    canvas: Canvas, side: Sequence[Knot], tilt: float, top: float, tall: float, colour: RGB
) -> None:
    line = curve(side, closed=False)
    count = max(4, round(tall / 0.05))
    for i in range(1, count):
        r, y = min(line, key=lambda p: abs(p[1] - top - tall * i / count))
        canvas.ink(ellipse(0.5, y, r, r * tilt, 2, 178, steps=30), colour, 0.005, 0.35)


def _braid(canvas: Canvas, wide: float, top: float, tilt: float, paint: Paint) -> None:
    """The twisted rim: slanting strands all the way round."""
    rim = ellipse(0.5, top, wide + 0.004, (wide + 0.004) * tilt, steps=64)
    canvas.stroke([*rim, rim[0]], 0.034, paint.shaded(1.08), volume=0.9, drop=0.25)
    for x, y in rim[::2]:
        canvas.ink([(x - 0.012, y + 0.013), (x + 0.012, y - 0.013)], tone(paint.colour, 0.5), 0.006)


def _ear(canvas: Canvas, x: float, y: float, side: int, paint: Paint) -> None:
    knots = [
        (x - side * 0.02, y - 0.02),
        (x + side * 0.035, y - 0.1),
        (x + side * 0.085, y - 0.06),
        (x + side * 0.07, y + 0.05),
        (x - side * 0.012, y + 0.09),
    ]
    canvas.stroke(curve(knots, closed=False), 0.03, paint, volume=0.9)


def _hoop(
    canvas: Canvas, wide: float, top: float, tall: float, paint: Paint, *, back: bool
) -> None:
    """A high handle from rim to rim: its far end first, the rest over the basket."""
    high = max(0.1, top - max(0.3, tall * 0.95))
    arch = [
        (0.5 - wide * 0.97, top + 0.03),
        (0.5 - wide * 0.86, (top + high) / 2),
        (0.5, high),
        (0.5 + wide * 0.86, (top + high) / 2),
        (0.5 + wide * 0.97, top + 0.03),
    ]
    line: Polygon = curve(arch, closed=False)
    if back:
        canvas.stroke([(x, y + 0.012) for x, y, *_ in line], 0.036, paint.shaded(0.7), drop=0.2)
        return
    canvas.stroke(line, 0.034, paint, volume=0.9)
    turns = len(line) // 2
    for i in range(1, turns):
        x, y = line[i * 2][0], line[i * 2][1]
        tilt = (
            math.atan2(line[i * 2 + 1][1] - y, line[i * 2 + 1][0] - x)
            if i * 2 + 1 < len(line)
            else 0
        )
        dx, dy = math.cos(tilt + 1.0) * 0.016, math.sin(tilt + 1.0) * 0.016
        canvas.ink([(x - dx, y - dy), (x + dx, y + dy)], tone(paint.colour, 0.5), 0.006, 0.6)
