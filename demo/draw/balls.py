"""Balls: plain ones, footballs, beach balls and basketballs."""

import math
from collections.abc import Sequence
from itertools import combinations

from demo.draw.canvas import Canvas
from demo.draw.geometry import Point, curve, ellipse
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look

INK: RGB = (46, 44, 48)
IVORY: RGB = (248, 243, 232)
Vector = tuple[float, float, float]


def ball(canvas: Canvas, look: Look) -> None:
    """A ball: plain, sewn of patches, or striped from pole to pole."""
    dice, shape = look.dice, look.part("shape")
    radius = dice.uniform(0.35, 0.375)
    centre = (0.5, 0.52)
    turns = (dice.uniform(-0.5, 0.5), dice.uniform(-0.5, 0.5), dice.uniform(0, 1.2))
    canvas.ground(0.5, centre[1] + radius, radius * 0.72)
    main = look.main if shape == "plain" else look.main.plain()
    canvas.part(ellipse(*centre, radius, radius, steps=90), main, volume=0.3, radius=0.02)
    if shape == "football":
        _patches(canvas, main, centre, radius, turns)
    elif shape == "beach":
        _gores(canvas, main, centre, radius, turns)
    elif shape == "basketball":
        _grooves(canvas, centre, radius, turns)
    elif look.pattern == "plain":
        valve = ellipse(centre[0] + radius * 0.3, centre[1] - radius * 0.1, 0.016, 0.016, steps=20)
        canvas.part(valve, main.shaded(0.6), volume=0.5, radius=0.008, drop=0)
    _rounded_off(canvas, centre, radius, look.main.gloss)


def _rounded_off(canvas: Canvas, centre: Point, radius: float, gloss: float) -> None:
    """Shade a flat disc to a sphere: dark crescents from the lower right, and a highlight."""
    x, y = centre
    rim = ellipse(x, y, radius * 1.004, radius * 1.004, steps=90)
    shadow, steps = Paint((24, 16, 34), opacity=0.025), 25
    for i in range(steps):
        away, size = radius * 0.52 * (1 - i / steps), radius * (0.7 + 0.3 * i / steps)
        lit = ellipse(x - away * 0.6, y - away * 0.8, size, size, steps=60)
        canvas.part(rim, shadow, volume=0, drop=0, holes=[lit])
    glow = Paint((255, 255, 255), opacity=0.016 + 0.022 * gloss)
    for i in range(11):
        size = radius * (0.42 - 0.03 * i)
        spot = ellipse(x - radius * 0.36, y - radius * 0.44, size, size * 0.88)
        canvas.part(spot, glow, volume=0, drop=0)


def _rotated(v: Vector, turns: tuple[float, float, float]) -> Vector:
    x, y, z = v
    a, b, c = turns
    y, z = y * math.cos(a) - z * math.sin(a), y * math.sin(a) + z * math.cos(a)
    x, z = x * math.cos(b) + z * math.sin(b), z * math.cos(b) - x * math.sin(b)
    x, y = x * math.cos(c) - y * math.sin(c), x * math.sin(c) + y * math.cos(c)
    return x, y, z


def _mix(a: Vector, b: Vector, t: float) -> Vector:
    """A point of the sphere on the way from `a` to `b`."""
    x, y, z = (p + (q - p) * t for p, q in zip(a, b, strict=True))
    length = math.sqrt(x * x + y * y + z * z)
    return x / length, y / length, z / length


def _seen(v: Vector, centre: Point, radius: float) -> Point:
    """Where the viewer sees a point of the sphere; one behind its rim appears on the rim."""
    x, y, z = v
    if z < 0:
        flat = max(1e-6, math.hypot(x, y))
        x, y = x / flat, y / flat
    return centre[0] + x * radius, centre[1] + y * radius


def _patches(
    canvas: Canvas, main: Paint, centre: Point, radius: float, turns: tuple[float, float, float]
) -> None:
    """The twelve pentagons of a football, and the seams between its hexagons."""
    golden = (1 + math.sqrt(5)) / 2
    length = math.hypot(1, golden)
    corners: list[Vector] = []
    for a in (-1 / length, 1 / length):
        for b in (-golden / length, golden / length):
            corners += [(0.0, a, b), (a, b, 0.0), (b, 0.0, a)]
    corners = [_rotated(v, turns) for v in corners]
    edge = 2 / length
    near = edge * 1.1
    contrast: RGB = INK if sum(main.colour) > 330 else IVORY
    seam = tone(contrast, 0.8) if contrast == INK else tone(contrast, 0.6)
    for one, other in combinations(corners, 2):
        if math.dist(one, other) < near and max(one[2], other[2]) > 0:
            line = [_mix(one, other, t) for t in (0.33, 0.5, 0.67)]
            shown = [_seen(v, centre, radius) for v in line if v[2] > -0.05]
            if len(shown) > 1:
                canvas.ink(shown, seam, 0.008, 0.65)
    for middle in corners:
        if middle[2] < -0.3:
            continue
        around = [b for b in corners if 0 < math.dist(middle, b) < near]
        ring = [_mix(middle, b, 0.36) for b in around]
        if all(v[2] < 0.02 for v in ring):
            continue
        flat = [_seen(v, centre, radius) for v in ring]
        mid = (sum(p[0] for p in flat) / 5, sum(p[1] for p in flat) / 5)
        flat.sort(key=lambda p: math.atan2(p[1] - mid[1], p[0] - mid[0]))
        canvas.part(flat, Paint(contrast, gloss=main.gloss), volume=0, drop=0)


def _gores(
    canvas: Canvas, main: Paint, centre: Point, radius: float, turns: tuple[float, float, float]
) -> None:
    """A beach ball's stripes, every other one white (or dark on a pale ball)."""
    pale = sum(main.colour) > 640
    other = Paint((74, 128, 176) if pale else (252, 250, 246), gloss=main.gloss)
    tilt = (turns[0] - 0.9, turns[1], turns[2] - 0.9)

    def meridian(degrees: float) -> list[Vector]:
        angle = math.radians(degrees)
        points = []
        for i in range(25):
            polar = math.pi * i / 24
            flat = math.sin(polar)
            spot = (flat * math.cos(angle), -math.cos(polar), flat * math.sin(angle))
            points.append(_rotated(spot, tilt))
        return points

    for k in range(4):
        first, last = ([v for v in meridian(k * 90.0 + a) if v[2] >= 0] for a in (0, 42))
        if len(first) < 2 and len(last) < 2:
            continue
        rim = _rim(first[-1], last[-1]) if first and last else []
        outline = [*first, *rim, *reversed(last)]
        canvas.part([_seen(v, centre, radius) for v in outline], other, volume=0, drop=0)
    pole = _rotated((0.0, -1.0, 0.0), tilt)
    x, y = _seen(pole, centre, radius)
    if pole[2] > 0:
        canvas.part(ellipse(x, y, radius * 0.15, radius * 0.13), other.shaded(0.9), drop=0.1)


def _rim(first: Vector, last: Vector) -> list[Vector]:
    """The shorter way round the rim of the sphere from one point to another."""
    start = math.atan2(first[1], first[0])
    sweep = math.remainder(math.atan2(last[1], last[0]) - start, 2 * math.pi)
    angles = [start + sweep * i / 12 for i in range(13)]
    return [(math.cos(a), math.sin(a), 0.0) for a in angles]


def _grooves(
    canvas: Canvas, centre: Point, radius: float, turns: tuple[float, float, float]
) -> None:
    """The dark seams of a basketball."""
    x, y = centre
    tilt = 0.5 * turns[0] - 0.3

    def groove(points: Sequence[Point]) -> None:
        turned = [
            (
                x + radius * (p[0] * math.cos(tilt) - p[1] * math.sin(tilt)),
                y + radius * (p[0] * math.sin(tilt) + p[1] * math.cos(tilt)),
            )
            for p in points
        ]
        canvas.ink(turned, INK, 0.013, 0.92)

    groove(curve([(-0.995, 0.06), (-0.5, 0.16), (0, 0.19), (0.5, 0.16), (0.995, 0.06)], False))
    groove(curve([(0.06, -0.995), (0.16, -0.5), (0.19, 0), (0.16, 0.5), (0.06, 0.995)], False))
    groove(curve([(-0.62, -0.785), (-0.36, -0.4), (-0.3, 0), (-0.4, 0.45), (-0.66, 0.75)], False))
    groove(curve([(0.72, -0.69), (0.6, -0.35), (0.57, 0), (0.6, 0.35), (0.7, 0.71)], False))
