"""Furniture seen from a corner: boxes, boards, posts and cushions in space, put on a canvas.

A model stands on the floor (height 0) around the point (0, 0); x runs to the right, y up and
z towards the viewer, in metres. Its front and its right side are seen, and its top.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from demo.draw.canvas import Canvas
from demo.draw.geometry import Point, ellipse, rounded
from demo.draw.paint import RGB, Paint
from demo.looks import Look

Place = tuple[float, float, float]
Surface = Callable[[float, float], Place]
WOODS: tuple[RGB, ...] = ((202, 158, 106), (160, 108, 66), (98, 64, 42), (224, 194, 150))
METALS: tuple[RGB, ...] = ((52, 52, 56), (190, 192, 196), (204, 172, 104), (52, 52, 56))
TOP, SIDE = 1.14, 0.76
DISTANCE = 7.0


@dataclass(frozen=True)
class Model:
    """A canvas, and a camera that looks at a thing of some size from its front right corner."""

    canvas: Canvas
    yaw: float
    pitch: float
    scale: float = 1.0
    centre: Point = (0.0, 0.0)

    def at(self, x: float, y: float, z: float) -> Point:
        """Where a place in space is seen, in unit coordinates."""
        yaw, pitch = math.radians(self.yaw), math.radians(self.pitch)
        across = x * math.cos(yaw) - z * math.sin(yaw)
        near = x * math.sin(yaw) + z * math.cos(yaw)
        up = y * math.cos(pitch) - near * math.sin(pitch)
        near = near * math.cos(pitch) + y * math.sin(pitch)
        size = self.scale * DISTANCE / (DISTANCE - near)
        return self.centre[0] + across * size, self.centre[1] - up * size

    def shadow(self, width: float, depth: float, strength: float = 0.3) -> None:
        """The shadow under a thing that stands on a floor of this size."""
        for share in (-0.7, 0.0, 0.75):
            left = self.at(-width / 2, 0, depth / 2 * share)
            right = self.at(width / 2, 0, depth / 2 * share)
            middle = (left[0] + right[0]) / 2
            self.canvas.ground(
                middle, (left[1] + right[1]) / 2, (right[0] - left[0]) * 0.54, strength
            )

    def along(self, paint: Paint, start: Place, end: Place) -> Paint:
        """Plain paint with its grain turned to run from `start` to `end`."""
        if paint.pattern != "plain":
            return paint
        (ax, ay), (bx, by) = self.at(*start), self.at(*end)
        return paint.turned(math.degrees(math.atan2(by - ay, bx - ax)) - 90)

    def face(
        self,
        places: Sequence[Place],
        paint: Paint,
        *,
        grain: tuple[int, int] | None = None,
        volume: float = 0.3,
        drop: float = 0.12,
    ) -> None:
        """A flat face; `grain` names the two corners that the grain runs between."""
        if grain:
            paint = self.along(paint, places[grain[0]], places[grain[1]])
        outline = [self.at(*place) for place in places]
        self.canvas.part(outline, paint, volume=volume, radius=0.012, drop=drop)

    def box(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        z: tuple[float, float],
        paint: Paint,
        *,
        grain: str = "x",
        faces: str = "tsf",
        drop: float = 0.12,
    ) -> None:
        """A box with sharp edges; `faces` picks of top, side and front, `grain` its axis."""
        (left, right), (low, high), (back, front) = x, y, z
        if "s" in faces:
            self.face(
                [
                    (right, low, front),
                    (right, low, back),
                    (right, high, back),
                    (right, high, front),
                ],
                paint.shaded(SIDE),
                grain=(0, 3) if grain == "y" else (0, 1),
                drop=drop,
            )
        if "t" in faces:
            self.face(
                [
                    (left, high, front),
                    (right, high, front),
                    (right, high, back),
                    (left, high, back),
                ],
                paint.shaded(TOP),
                grain=(1, 2) if grain == "z" else (0, 1),
                drop=0,
            )
        if "f" in faces:
            self.face(
                [
                    (left, low, front),
                    (right, low, front),
                    (right, high, front),
                    (left, high, front),
                ],
                paint,
                grain=(0, 3) if grain == "y" else (0, 1),
                drop=drop,
            )

    def slab(
        self, outline: Sequence[Point], low: float, high: float, paint: Paint, *, soft: float = 0.0
    ) -> None:
        """A board of any (convex) outline seen from above, between two heights; soft if padded."""
        upper = [self.at(x, high, z) for x, z in outline]
        lower = [self.at(x, low, z) for x, z in outline]
        edge = paint.shaded(0.9 if soft else 0.82)
        self.canvas.part(
            hull([*upper, *lower]), edge, volume=0.3 + soft * 0.5, radius=0.012 + soft * 0.02
        )
        grained = self.along(paint, (-1, high, 0), (1, high, 0))
        self.canvas.part(
            upper,
            grained.shaded(1.06 if soft else TOP),
            volume=0.25 + soft * 0.3,
            radius=0.01 + soft * 0.016,
            drop=0,
        )

    def cushion(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        z: tuple[float, float],
        bend: float,
        paint: Paint,
        *,
        drop: float = 0.3,
        piped: bool = False,
    ) -> None:
        """A box with edges rounded to the radius `bend`, of something soft."""
        inner = [
            (px, py, pz)
            for px in (x[0] + bend, x[1] - bend)
            for py in (y[0] + bend, y[1] - bend)
            for pz in (z[0] + bend, z[1] - bend)
        ]
        reach = bend * self.scale
        balls = {p: ellipse(*self.at(*p), reach, reach, steps=20) for p in inner}
        whole = hull([q for ball in balls.values() for q in ball])
        self.canvas.part(whole, paint.shaded(0.82), volume=0.7, radius=0.03, drop=drop)
        front, top = z[1] - bend, y[1] - bend
        shapes = (
            (paint, [p for p in inner if p[2] == front], 0.93),
            (paint.shaded(TOP), [p for p in inner if p[1] == top], 0.75),
        )
        for shade, corners, share in shapes:
            small = reach * share
            shape = hull(
                [q for p in corners for q in ellipse(*self.at(*p), small, small, steps=20)]
            )
            self.canvas.part(shape, shade, volume=0.55, radius=0.022, drop=0)
            if piped:
                self.canvas.ink([*shape, shape[0]], paint.shaded(0.6).colour, 0.003, 0.5)

    def post(
        self,
        start: Place,
        end: Place,
        paint: Paint,
        thick: float,
        thin: float | None = None,
        *,
        drop: float = 0.2,
    ) -> None:
        """A round post, `thick` at its start and `thin` at its end."""
        (ax, ay), (bx, by) = self.at(*start), self.at(*end)
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = (ay - by) / length, (bx - ax) / length
        a = thick * self.scale / 2
        b = (thick if thin is None else thin) * self.scale / 2
        outline = [
            (ax + nx * a, ay + ny * a),
            (bx + nx * b, by + ny * b),
            (bx - nx * b, by - ny * b),
            (ax - nx * a, ay - ny * a),
        ]
        caps = [*ellipse(ax, ay, a, a, steps=12), *ellipse(bx, by, b, b, steps=12)]
        self.canvas.part(
            hull([*outline, *caps]),
            self.along(paint, start, end),
            volume=0.7,
            radius=max(a, b) * 0.7,
            drop=drop,
        )

    def sheet(
        self,
        outline: Sequence[Point],
        surface: Surface,
        paint: Paint,
        *,
        thickness: float = 0.03,
        soft: float = 0.0,
    ) -> None:
        """A board or a pad whose `outline` is bent onto a surface."""
        edge = []
        for x, y in outline:
            px, py, pz = surface(x, y)
            edge.append(self.at(px, py, pz - thickness))
        face = [self.at(*surface(x, y)) for x, y in outline]
        self.canvas.part(edge, paint.shaded(0.74), volume=0.3, radius=0.012, drop=0.2)
        self.canvas.part(
            face,
            paint,
            volume=0.35 + soft * 0.5,
            radius=0.014 + soft * 0.03,
            drop=0.1,
        )

    def trace(self, line: Sequence[Place], colour: RGB, width: float, opacity: float = 0.6) -> None:
        """A thin line in space: a seam or a joint."""
        self.canvas.ink([self.at(*place) for place in line], colour, width, opacity)


def model(
    canvas: Canvas,
    size: Place,
    yaw: float,
    pitch: float,
    frame: tuple[float, float, float, float] = (0.09, 0.08, 0.91, 0.9),
) -> Model:
    """A camera so placed that a thing of this width, height and depth fills the frame."""
    width, height, depth = size
    plain = Model(canvas, yaw, pitch)
    seen = [
        plain.at(x, y, z)
        for x in (-width / 2, width / 2)
        for y in (0.0, height)
        for z in (-depth / 2, depth / 2)
    ]
    left, right = min(p[0] for p in seen), max(p[0] for p in seen)
    top, bottom = min(p[1] for p in seen), max(p[1] for p in seen)
    scale = min((frame[2] - frame[0]) / (right - left), (frame[3] - frame[1]) / (bottom - top))
    centre = (
        (frame[0] + frame[2]) / 2 - scale * (left + right) / 2,
        (frame[1] + frame[3]) / 2 - scale * (top + bottom) / 2,
    )
    return replace(plain, scale=scale, centre=centre)


def hull(points: Sequence[Point]) -> list[Point]:
    """The convex outline around some points."""
    ordered = sorted(set(points))

    def half(run: Sequence[Point]) -> list[Point]:
        chain: list[Point] = []
        for p in run:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], p) <= 0:
                chain.pop()
            chain.append(p)
        return chain[:-1]

    return [*half(ordered), *half(ordered[::-1])]


def coloured(look: Look, accent: str) -> Paint:
    """The main paint in the colour of an accent; bare wood is painted over then."""
    if not look.has_accent(accent):
        return look.main
    texture = "smooth" if look.material == "wood" else look.main.texture
    return replace(look.main, colour=look.accent(accent), texture=texture)


def board(width: float, depth: float, radius: float) -> list[Point]:
    """A rectangle with rounded corners around the middle, seen from above."""
    return rounded(-width / 2, -depth / 2, width / 2, depth / 2, radius)


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
