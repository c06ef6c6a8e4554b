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


def chain(canvas: Canvas, line: Sequence[Knot], size: float, metal: Paint) -> None:
    """A chain of links along `line`, each `size` wide."""
    canvas.stroke(line, size * 0.42, metal.shaded(0.8))
    links = evenly(line, size * 1.7)
    canvas.ink(links, metal.shaded(0.72).colour, size, 1, dash=9)
    canvas.ink(links, metal.shaded(1.35).colour, size * 0.68, 1, dash=9)
    canvas.ink(links, metal.shaded(0.5).colour, size * 0.2, 0.8, dash=9)


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
