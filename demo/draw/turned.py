"""Plain bodies of revolution, seen a little from above: vases, pots and their mouths."""

from collections.abc import Sequence

from demo.draw.canvas import Canvas
from demo.draw.geometry import Knot, Point, curve, ellipse
from demo.draw.paint import Paint


def turned(cx: float, side: Sequence[Knot], tilt: float) -> list[Point]:
    """The silhouette of a body of revolution: its `side` runs from the rim down to the foot.

    The side's knots are (radius, y), `tilt` the height of its circles relative to their width.
    """
    line = curve(side, closed=False)
    rim, foot = line[0], line[-1]
    return [
        *((cx + r, y) for r, y in line),
        *ellipse(cx, foot[1], foot[0], foot[0] * tilt, 0, 180, steps=24),
        *((cx - r, y) for r, y in reversed(line)),
        *ellipse(cx, rim[1], rim[0], rim[0] * tilt, 180, 360, steps=24),
    ]


def lower_part(cx: float, side: Sequence[Knot], tilt: float, top: float) -> list[Point]:
    """The near surface of such a body from the height `top` down."""
    line = [p for p in curve(side, closed=False) if p[1] >= top]
    reach = line[0][0]
    return [
        *((cx + r, y) for r, y in line),
        *ellipse(cx, line[-1][1], line[-1][0], line[-1][0] * tilt, 0, 180, steps=24),
        *((cx - r, y) for r, y in reversed(line)),
        *reversed(ellipse(cx, line[0][1], reach, reach * tilt, 0, 180, steps=24)),
    ]


def mouth(
    canvas: Canvas, cx: float, y: float, radius: float, tilt: float, lip: Paint, wall: float
) -> None:
    """The rim of a vessel, and the dark inside of it."""
    canvas.part(ellipse(cx, y, radius, radius * tilt), lip, volume=0.4, radius=0.01, drop=0)
    inner = radius - wall
    canvas.part(
        ellipse(cx, y + wall * 0.1, inner, max(0.004, inner * tilt)),
        lip.plain().shaded(0.5),
        volume=-0.7,
        radius=0.02,
        drop=0,
    )
