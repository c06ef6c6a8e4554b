"""What is framed: mirrors and pictures."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from demo.draw.canvas import Canvas
from demo.draw.geometry import Point, between, curve, ellipse, rounded
from demo.draw.metals import surface
from demo.draw.paint import RGB, WHITE, Paint, tone
from demo.looks import Look

BRASS = Paint((204, 166, 92), texture="metal", gloss=0.9)
LEATHER = Paint((134, 86, 52), texture="leather")
PAPER = Paint((244, 238, 226), texture="paper", gloss=0.0)
Outline = Callable[[float], list[Point]]


def mirror(canvas: Canvas, look: Look) -> None:
    """A mirror on the wall, on a strap or on a foot."""
    dice, paint = look.dice, surface(look)
    shape, stand = look.part("shape"), look.part("stand")
    wide, high = {
        "round": (0.37, 0.37),
        "oval": (0.27, 0.39),
        "rectangular": (0.26, 0.39),
        "arched": (0.26, 0.39),
    }[shape]
    scale = {"none": 1.0, "strap": 0.8, "stand": 0.8}[stand] * dice.uniform(0.97, 1.03)
    wide, high = wide * dice.uniform(0.95, 1.04) * scale, high * scale
    wide = high if shape == "round" else wide
    cy = {"none": 0.5, "strap": 0.9 - high, "stand": 0.1 + high}[stand]
    width = dice.uniform(0.052, 0.07)
    outline = _opening(shape, wide, high, cy)
    if stand == "stand":
        _foot(canvas, paint.plain(), cy + high)
    elif stand == "strap":
        _strap(canvas, outline(width * 0.5), cy)
    if look.part("frame") == "ornate":
        for x, y in _spaced(outline(0.006), 0.064):
            canvas.part(ellipse(x, y, 0.036, 0.036), paint.plain(), volume=0.9, radius=0.02)
    canvas.part(outline(0), paint, volume=0.9, radius=0.02, drop=0.5)
    glass = outline(width)
    canvas.part(glass, Paint((196, 213, 222), gloss=0.4), volume=-0.4, radius=0.022, drop=0)
    for start, thick, opacity in ((-0.2, 0.1, 0.6), (-0.07, 0.035, 0.55), (0.1, 0.06, 0.35)):
        band = _band(glass, start, start + thick, cy)
        if len(band) > 2:
            canvas.part(band, Paint(WHITE, opacity=opacity), volume=0, drop=0)
    canvas.ink([*glass, glass[0]], tone(paint.colour, 0.45), 0.007, 0.6)


def _opening(shape: str, wide: float, high: float, cy: float) -> Outline:
    def outline(inset: float) -> list[Point]:
        x0, x1 = 0.5 - wide + inset, 0.5 + wide - inset
        y0, y1 = cy - high + inset, cy + high - inset
        if shape in ("round", "oval"):
            return ellipse(0.5, cy, wide - inset, high - inset, steps=80)
        if shape == "arched":
            r = wide - inset
            return [*ellipse(0.5, y0 + r, r, r, 180, 360, steps=40), (x1, y1), (x0, y1)]
        return rounded(x0, y0, x1, y1, 0.014)

    return outline


def _spaced(outline: Sequence[Point], gap: float) -> list[Point]:
    """Points about a `gap` apart along a closed outline."""
    found: list[Point] = []
    due = 0.0
    for (ax, ay), (bx, by) in zip(outline, [*outline[1:], outline[0]], strict=True):
        length = math.hypot(bx - ax, by - ay)
        while due < length:
            found.append(between((ax, ay), (bx, by), due / length))
            due += gap
        due -= length
    return found


def _band(shape: Sequence[Point], first: float, last: float, cy: float) -> list[Point]:
    """The slanting slice of a convex shape between two lines: light on glass."""

    def across(p: Point) -> float:
        return p[0] - 0.5 + (p[1] - cy) * 0.6

    def cut(points: Sequence[Point], sign: float, limit: float) -> list[Point]:
        kept: list[Point] = []
        for a, b in zip(points, [*points[1:], *points[:1]], strict=True):
            da, db = sign * (across(a) - limit), sign * (across(b) - limit)
            if da >= 0:
                kept.append(a)
            if da * db < 0:
                kept.append(between(a, b, da / (da - db)))
        return kept

    return cut(cut(shape, 1, first), -1, last)


def _strap(canvas: Canvas, frame: Sequence[Point], cy: float) -> None:
    """A leather strap from a knob on the wall to both sides of the frame."""
    upper = [p for p in frame if p[1] < cy]
    for s in (-1, 1):
        foot = max(upper, key=lambda p: s * (p[0] - 0.5) * 1.0 - (p[1] - cy) * 0.55)
        canvas.stroke([(0.5, 0.1), foot], 0.034, LEATHER)
    canvas.part(ellipse(0.5, 0.1, 0.032, 0.032), BRASS, volume=0.9, radius=0.02)


def _foot(canvas: Canvas, paint: Paint, y: float) -> None:
    canvas.ground(0.5, 0.88, 0.2)
    canvas.stroke([(0.5, y - 0.04), (0.5, 0.86)], 0.04, paint, volume=0.9)
    base = [*ellipse(0.5, 0.868, 0.18, 0.03, 0, 180), *ellipse(0.5, 0.85, 0.18, 0.035, 180, 360)]
    canvas.part(base, paint, volume=0.8, radius=0.02)


def picture_frame(canvas: Canvas, look: Look) -> None:
    """A picture in a frame with a mount."""
    dice = look.dice
    shape = look.part("shape")
    wide, high = {
        "portrait": (0.295, 0.385),
        "landscape": (0.385, 0.295),
        "square": (0.355, 0.355),
        "oval": (0.3, 0.385),
    }[shape]
    wide, high = wide * dice.uniform(0.95, 1.02), high * dice.uniform(0.97, 1.02)
    bar = {"slim": 0.038, "wide": 0.08}[look.part("frame")] * dice.uniform(0.92, 1.08)
    margin = dice.uniform(0.058, 0.072)
    outline = _opening("oval" if shape == "oval" else "rectangular", wide, high, 0.5)
    if shape == "oval":
        canvas.part(outline(0), look.main, volume=0.9, radius=bar * 0.4, drop=0.6)
    else:
        _bars(canvas, look.main, outline(0), outline(bar))
    mount = replace(PAPER, colour=look.accent("mount", PAPER.colour))
    canvas.part(outline(bar), mount, volume=-0.35, radius=0.02, drop=0)
    window = outline(bar + margin)
    _picture(canvas, look.part("picture"), window, dice.uniform(-0.06, 0.06))
    canvas.ink([*window, window[0]], tone(mount.colour, 0.55), 0.006, 0.6)
    edge = outline(bar)
    canvas.ink([*edge, edge[0]], tone(look.main.colour, 0.45), 0.006, 0.6)


def _bars(canvas: Canvas, paint: Paint, outer: Sequence[Point], inner: Sequence[Point]) -> None:
    """Four mitred mouldings; those across have their grain turned."""
    x0, x1 = min(p[0] for p in outer), max(p[0] for p in outer)
    y0, y1 = min(p[1] for p in outer), max(p[1] for p in outer)
    u0, u1 = min(p[0] for p in inner), max(p[0] for p in inner)
    v0, v1 = min(p[1] for p in inner), max(p[1] for p in inner)
    width = u0 - x0
    canvas.part(rounded(x0, y0, x1, y1, 0.006), paint, volume=0.3, radius=0.01, drop=0.6)
    across = paint.turned(90) if paint.pattern == "plain" else paint
    for shape, stuff in (
        ([(x0, y0), (x1, y0), (u1, v0), (u0, v0)], across),
        ([(x0, y1), (x1, y1), (u1, v1), (u0, v1)], across),
        ([(x0, y0), (u0, v0), (u0, v1), (x0, y1)], paint),
        ([(x1, y0), (u1, v0), (u1, v1), (x1, y1)], paint),
    ):
        canvas.part(shape, stuff, volume=0.7, radius=width * 0.3, drop=0)
    for a, b in (
        ((x0, y0), (u0, v0)),
        ((x1, y0), (u1, v0)),
        ((x0, y1), (u0, v1)),
        ((x1, y1), (u1, v1)),
    ):
        canvas.ink([a, b], tone(paint.colour, 0.5), 0.004, 0.6)


def _within(shape: Sequence[Point], top: Sequence[Point]) -> list[Point]:
    """What of a convex window lies below the line `top` (from left to right)."""

    def height(x: float) -> float:
        for a, b in pairwise(top):
            if a[0] <= x <= b[0]:
                return between(a, b, (x - a[0]) / (b[0] - a[0]))[1]
        return top[-1][1]

    lower, upper = _bounds(shape)
    line = [(x, max(y, min(height(x), lower[x]))) for x, y in upper.items()]
    return [*line, *((x, lower[x]) for x in reversed(lower))]


def _bounds(shape: Sequence[Point]) -> tuple[dict[float, float], dict[float, float]]:
    """The lowest and the highest point of a convex shape at evenly spaced x."""
    x0, x1 = min(p[0] for p in shape), max(p[0] for p in shape)
    lower: dict[float, float] = {}
    upper: dict[float, float] = {}
    for i in range(41):
        x = x0 + (x1 - x0) * (0.001 + 0.998 * i / 40)
        crossed = [
            between(a, b, (x - a[0]) / (b[0] - a[0]))[1]
            for a, b in zip(shape, [*shape[1:], *shape[:1]], strict=True)
            if min(a[0], b[0]) <= x < max(a[0], b[0])
        ]
        lower[x], upper[x] = max(crossed), min(crossed)
    return lower, upper


def _picture(canvas: Canvas, motif: str, window: Sequence[Point], shift: float) -> None:
    x0, x1 = min(p[0] for p in window), max(p[0] for p in window)
    y0, y1 = min(p[1] for p in window), max(p[1] for p in window)
    wide, high = x1 - x0, y1 - y0

    def at(u: float, v: float) -> Point:
        return x0 + u * wide, y0 + v * high

    def flat(shape: Sequence[Point], colour: RGB) -> None:
        canvas.part(shape, Paint(colour), volume=0.12, radius=0.01, drop=0)

    if motif == "mountains":
        flat(window, (176, 208, 226))
        size = min(wide, high) * 0.13
        flat(ellipse(*at(0.68 + shift, 0.27), size, size), (250, 214, 108))
        for colour, heights in (
            ((116, 138, 164), (0.62, 0.36, 0.58, 0.42, 0.66)),
            ((70, 98, 122), (0.56, 0.68, 0.5, 0.72, 0.58)),
            ((72, 118, 84), (0.8, 0.74, 0.84, 0.78, 0.72)),
        ):
            ridge = [at(i / 4, v + shift * 0.4) for i, v in enumerate(heights)]
            flat(_within(window, ridge), colour)
    elif motif == "leaf":
        flat(window, (240, 236, 224))
        green = (66, 112, 78)
        for i in range(6):
            v = 0.78 - i * 0.11
            for s in (-1, 1):
                flat(_frond(at(0.5, v), s, wide * 0.3 * (1 - i * 0.1), high * 0.13), green)
        canvas.ink([at(0.5, 0.92), at(0.5 + shift * 0.2, 0.1)], green, 0.011, 1)
    elif motif == "abstract":
        flat(window, (242, 232, 214))
        size = min(wide, high)
        flat(ellipse(*at(0.36 + shift, 0.36), size * 0.22, size * 0.22), (206, 96, 70))
        arch = [*ellipse(*at(0.62, 0.68), size * 0.26, size * 0.26, 180, 360), at(0.62, 0.68)]
        flat([(p[0], p[1]) for p in arch], (40, 62, 92))
        flat(ellipse(*at(0.34, 0.78), size * 0.1, size * 0.1), (226, 174, 76))
        wave = curve([at(0.14, 0.56), at(0.4, 0.62), at(0.62, 0.5), at(0.84, 0.56)], closed=False)
        canvas.ink(wave, (60, 56, 54), 0.01, 0.9)
    else:
        flat(window, (222, 226, 226))
        for start, thick in ((-0.12, 0.07), (0.0, 0.03)):
            band = _band(window, start, start + thick, 0.5)
            canvas.part(band, Paint(WHITE, opacity=0.6), volume=0, drop=0)


def _frond(at: Point, side: int, length: float, rise: float) -> list[Point]:
    x, y = at
    return curve(
        [
            (x, y, 1),
            (x + side * length * 0.45, y - rise * 0.95),
            (x + side * length, y - rise, 1),
            (x + side * length * 0.6, y - rise * 0.1),
        ]
    )
