"""Smooth outlines from a few points.

Every shape of a product is written in unit coordinates: x to the right and y down, both from
0 to 1 over the picture. A point is `(x, y)` for a smooth one or `(x, y, 1)` for a corner.
"""

import math
from collections.abc import Sequence

Point = tuple[float, float]
Knot = tuple[float, ...]


def curve(knots: Sequence[Knot], closed: bool = True, steps: int = 9) -> list[Point]:
    """Points along a cubic through `knots`; straight between two corners."""
    count = len(knots)
    spans = count if closed else count - 1

    def tangent(i: int) -> Point:
        if len(knots[i]) > 2 or (not closed and i in (0, count - 1)):
            return 0.0, 0.0
        before, after = knots[i - 1], knots[(i + 1) % count]
        return (after[0] - before[0]) * 0.5, (after[1] - before[1]) * 0.5

    points: list[Point] = []
    for i in range(spans):
        j = (i + 1) % count
        (ax, ay), (bx, by) = knots[i][:2], knots[j][:2]
        (ux, uy), (vx, vy) = tangent(i), tangent(j)
        for step in range(steps):
            t = step / steps
            h1 = 2 * t**3 - 3 * t**2 + 1
            h2, h3, h4 = 1 - h1, t**3 - 2 * t**2 + t, t**3 - t**2
            points.append(
                (h1 * ax + h3 * ux + h2 * bx + h4 * vx, h1 * ay + h3 * uy + h2 * by + h4 * vy)
            )
    if not closed:
        points.append((knots[-1][0], knots[-1][1]))
    return points


def mirrored(half: Sequence[Knot], centre: float = 0.5) -> list[Knot]:
    """A closed symmetric outline from its right half.

    `half` runs from the top to the bottom with x measured from the `centre` line; points with
    x = 0 lie on the line and are not doubled.
    """
    right = [(centre + k[0], *k[1:]) for k in half]
    left = [(centre - k[0], *k[1:]) for k in reversed(half) if k[0] != 0]
    return [*right, *left]


def flipped(knots: Sequence[Knot], centre: float = 0.5) -> list[Knot]:
    """The mirror image of `knots` about the vertical line x = `centre`."""
    return [(2 * centre - k[0], *k[1:]) for k in knots]


def rotated(knots: Sequence[Knot], degrees: float, about: Point = (0.5, 0.5)) -> list[Knot]:
    """`knots` turned clockwise about a point."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = about
    return [
        (x + (k[0] - x) * cos - (k[1] - y) * sin, y + (k[0] - x) * sin + (k[1] - y) * cos, *k[2:])
        for k in knots
    ]


def ellipse(
    cx: float, cy: float, rx: float, ry: float, start: float = 0, end: float = 360, steps: int = 56
) -> list[Point]:
    """Points of an ellipse (or the arc from `start` to `end`, degrees clockwise from the right)."""
    span = math.radians(end - start)
    first = math.radians(start)
    last = steps if end - start >= 360 else steps + 1
    return [
        (cx + rx * math.cos(first + span * i / steps), cy + ry * math.sin(first + span * i / steps))
        for i in range(last)
    ]


def rounded(x0: float, y0: float, x1: float, y1: float, radius: float) -> list[Point]:
    """Points of a rectangle with rounded corners."""
    radius = min(radius, abs(x1 - x0) / 2, abs(y1 - y0) / 2)
    corners = (
        (x1 - radius, y0 + radius, -90),
        (x1 - radius, y1 - radius, 0),
        (x0 + radius, y1 - radius, 90),
        (x0 + radius, y0 + radius, 180),
    )
    return [p for cx, cy, a in corners for p in ellipse(cx, cy, radius, radius, a, a + 90, steps=8)]


def between(a: Point, b: Point, t: float) -> Point:
    """The point at share `t` of the way from `a` to `b`."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
