"""What bags and other things to wear are fitted with: zips, buckles, rings, chains, handles."""

import math
import random
from collections.abc import Sequence
from itertools import pairwise

from demo.draw.canvas import Canvas
from demo.draw.geometry import Knot, Point, curve, ellipse, flipped, rounded
from demo.draw.paint import RGB, Paint, tone

BRASS = Paint((208, 178, 106), gloss=0.9, texture="metal")
STEEL = Paint((190, 194, 200), gloss=0.9, texture="metal")
GLINT: RGB = (255, 255, 255)


def fittings(dice: random.Random) -> Paint:
    """The metal of zips, rings and buckles."""
    return BRASS if dice.random() < 0.6 else STEEL


def seam(colour: RGB) -> RGB:
    """The colour of a seam or a stitch that shows on `colour`."""
    return tone(colour, 0.6) if sum(colour) > 240 else tone(colour, 1.5)


def lining(main: Paint) -> Paint:
    """The shaded inside of an open bag."""
    return Paint(tone(main.colour, 0.42))


def evenly(line: Sequence[Knot], step: float) -> list[Point]:
    """Points `step` apart along `line`."""
    points: list[Point] = [(line[0][0], line[0][1])]
    left = step
    for (ax, ay, *_), (bx, by, *_) in pairwise(line):
        length = math.hypot(bx - ax, by - ay)
        done = left
        while done <= length and length:
            points.append((ax + (bx - ax) * done / length, ay + (by - ay) * done / length))
            done += step
        left = done - length
    return points


def strung(centres: Sequence[Point], long: float, wide: Sequence[float]) -> list[Point]:
    """The outline of ovals on a string, there along it and back.

    `long` is half their length along the string, `wide` their half widths, taken in turn.
    """
    there: list[Point] = []
    back: list[Point] = []
    for i, (x, y) in enumerate(centres):
        (ax, ay), (bx, by) = centres[max(0, i - 1)], centres[min(len(centres) - 1, i + 1)]
        along = math.atan2(by - ay, bx - ax)
        cos, sin, half = math.cos(along), math.sin(along), wide[i % len(wide)]
        for step in range(11):
            u = -long * math.cos(math.pi * step / 10)
            v = half * math.sin(math.pi * step / 10)
            there.append((x + u * cos + v * sin, y + u * sin - v * cos))
            back.append((x + u * cos - v * sin, y + u * sin + v * cos))
    return [*there, *reversed(back)]


def chain(canvas: Canvas, line: Sequence[Knot], size: float, metal: Paint) -> None:
    """A chain along `line`: links `size` wide, every other one seen on edge."""
    centres = evenly(line, size * 0.82)
    long, wide = size * 0.72, size * 0.5
    holes = [
        strung(centres[max(0, i - 1) : i + 2], long * 0.5, (0, wide * 0.42, 0))
        for i in range(1, len(centres) - 1, 2)
    ]
    canvas.part(
        strung(centres, long, (wide * 0.36, wide)),
        metal,
        volume=0.9,
        radius=0.012,
        drop=0.45,
        holes=holes,
    )


def ring(canvas: Canvas, x: float, y: float, radius: float, metal: Paint) -> None:
    """A ring that a strap hangs in."""
    canvas.part(
        ellipse(x, y, radius, radius),
        metal,
        radius=0.008,
        holes=[ellipse(x, y, radius * 0.55, radius * 0.55)],
    )


def buckle(canvas: Canvas, x: float, y: float, wide: float, high: float, metal: Paint) -> None:
    """A buckle round the point, with its prong."""
    canvas.part(
        rounded(x - wide, y - high, x + wide, y + high, wide * 0.35),
        metal,
        radius=0.008,
        holes=[
            rounded(x - wide * 0.62, y - high * 0.62, x + wide * 0.62, y + high * 0.62, wide * 0.2)
        ],
    )
    canvas.stroke([(x, y - high * 0.8), (x, y + high * 0.8)], wide * 0.24, metal, drop=0.15)


def zipper(
    canvas: Canvas, line: Sequence[Knot], metal: Paint, tape: RGB, pull: bool = True
) -> None:
    """A zip along `line` with its slider near the end, and a tab that hangs from it."""
    canvas.stroke(line, 0.021, Paint(tone(tape, 0.5)), drop=0.1)
    canvas.ink(line, metal.colour, 0.009, 0.95)
    canvas.ink(evenly(line, 0.011), tone(metal.colour, 0.45), 0.008, 0.9, dash=9)
    if pull:
        x, y = line[max(0, len(line) - 3)][:2]
        canvas.part(rounded(x - 0.013, y - 0.012, x + 0.013, y + 0.014, 0.006), metal, radius=0.006)
        canvas.stroke([(x, y + 0.014), (x - 0.004, y + 0.062)], 0.015, metal)


def arch(foot: float, shoulder: float, top: float, rise: float, low: float = 0.0) -> list[Point]:
    """A handle over the rim at `top`, its feet `low` below it; half widths from the middle."""
    half: list[Knot] = [
        (0.5 + shoulder, top - rise * 0.93),
        (0.5 + foot * 0.97, top - rise * 0.4),
        (0.5 + foot, top),
        (0.5 + foot, top + low),
    ]
    return curve([*reversed(flipped(half)), (0.5, top - rise), *half], closed=False)
