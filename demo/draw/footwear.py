"""What all shoes share: a last that gives the foot's form, a pair, laces, buckles and bows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, Point, curve, ellipse
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look

BRASS = (206, 176, 108)
LINING = (222, 202, 172)


@dataclass(frozen=True)
class Shoe:
    """One shoe of a pair: drawn in its own coordinates, then resized, moved and shaded."""

    canvas: Canvas
    by: Point = (0.0, 0.0)
    scale: float = 1.0
    light: float = 1.0
    floor: float = 0.88

    def at(self, knots: Sequence[Knot]) -> list[Knot]:
        """`knots` where this shoe stands; it grows from the middle of the floor."""
        (dx, dy), s, y = self.by, self.scale, self.floor
        return [(0.5 + (k[0] - 0.5) * s + dx, y + (k[1] - y) * s + dy, *k[2:]) for k in knots]

    def part(
        self,
        knots: Sequence[Knot],
        paint: Paint,
        *,
        volume: float = 0.55,
        radius: float = 0.018,
        drop: float = 0.15,
        folds: Sequence[Fold] = (),
    ) -> None:
        """Lay a part with a smooth outline through `knots`."""
        self.cut(curve(knots), paint, volume=volume, radius=radius, drop=drop, folds=folds)

    def cut(
        self,
        outline: Sequence[Knot],
        paint: Paint,
        *,
        volume: float = 0.45,
        radius: float = 0.014,
        drop: float = 0.12,
        folds: Sequence[Fold] = (),
    ) -> None:
        """Lay a part whose outline is a finished polygon."""
        if len(outline) < 3:
            return
        self.canvas.part(
            self.at(outline),
            paint.shaded(self.light),
            volume=volume,
            radius=radius * self.scale,
            drop=drop,
            folds=[Fold(self.at(f.line), f.width * self.scale, f.depth) for f in folds],
        )

    def stroke(self, line: Sequence[Knot], width: float, paint: Paint, drop: float = 0.15) -> None:
        """Lay a band along a smooth line."""
        smooth = curve(line, closed=False) if len(line) > 2 else line
        self.canvas.stroke(
            self.at(smooth), width * self.scale, paint.shaded(self.light), volume=0.55, drop=drop
        )

    def ink(
        self,
        line: Sequence[Knot],
        colour: RGB,
        width: float = 0.004,
        opacity: float = 0.7,
        dash: float = 0.0,
    ) -> None:
        """Draw a thin seam along a smooth line."""
        smooth = curve(line, closed=False) if len(line) > 2 else line
        self.canvas.ink(self.at(smooth), tone(colour, self.light), width, opacity, dash)


def pair(
    canvas: Canvas,
    look: Look,
    draw: Callable[[Shoe, Look], None],
    gap: Point,
    scale: float = 1.0,
    floor: float = 0.88,
    up: float = 0.0,
) -> None:
    """Two of the same shoe; the far one stands `gap` to the left and behind.

    `up` raises both, for forms that would else sit low in the frame.
    """
    dx, dy = gap
    draw(Shoe(canvas, (-dx / 2, -dy - up), scale, 0.86, floor), look)
    draw(Shoe(canvas, (dx / 2, -up), scale, 1.0, floor), look)


def within(shape: Sequence[Knot], region: Sequence[Knot]) -> list[Point]:
    """The part of a polygon that lies inside a convex one: a toe cap, a heel counter."""
    points = [(k[0], k[1]) for k in shape]
    corners = [(k[0], k[1]) for k in region]
    area = sum(
        ax * by - bx * ay
        for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True)
    )
    if area < 0:
        corners.reverse()
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
        kept: list[Point] = []
        sides = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for x, y in points]
        for i, side in enumerate(sides):
            before = sides[i - 1]
            if side * before < 0:
                t = before / (before - side)
                (px, py), (qx, qy) = points[i - 1], points[i]
                kept.append((px + (qx - px) * t, py + (qy - py) * t))
            if side >= 0:
                kept.append(points[i])
        points = kept
    return points


@dataclass(frozen=True)
class Last:
    """The foot's form: where the shoe ends at the back and at the toe, and how high it stands."""

    back: float
    toe: float
    heel: float
    sole: float = 0.022
    floor: float = 0.88
    pointed: bool = False
    spring: float = 0.008

    def x(self, share: float) -> float:
        """The place at a share of the length, from the back to the toe."""
        return self.back + (self.toe - self.back) * share

    @property
    def base(self) -> float:
        """The height of the heel's seat."""
        return self.floor - self.sole - self.heel

    @property
    def tread(self) -> float:
        """The height of the ball of the foot."""
        return self.floor - self.sole

    def front(self, vamp: float) -> list[Knot]:
        """The outline over the toes, which stand `vamp` high, down to the sole."""
        x, y, t = self.x, self.floor, self.tread - self.spring
        if self.pointed:
            return [
                (x(0.8), y - vamp * 0.82),
                (x(0.94), y - vamp * 0.6 - self.spring),
                (x(1.07), t - 0.026),
                (x(1.085), t + 0.004, 1),
            ]
        return [
            (x(0.8), y - vamp * 0.98),
            (x(0.915), y - vamp * 0.84),
            (x(0.985), y - vamp * 0.55),
            (x(1.0), t + 0.004, 1),
        ]

    def under(self) -> list[Knot]:
        """The lower edge from the toe to the heel, a little below the sole's upper edge."""
        mid, drop = self.base + (self.tread - self.base) * 0.42, 0.005
        return [
            (self.x(0.64), self.tread + drop, 1),
            (self.x(0.44), mid + drop),
            (self.x(0.24), self.base + drop, 1),
            (self.x(0.0) + 0.004, self.base + drop, 1),
        ]

    def bottom(self) -> list[Knot]:
        """The outline of the sole."""
        x, thick = self.x, self.sole
        tip = x(1.088) if self.pointed else x(1.0) + 0.01
        mid = self.base + (self.tread - self.base) * 0.42
        lift = self.tread - self.spring
        return [
            (x(0) - 0.008, self.base - 0.004, 1),
            (x(0.24), self.base - 0.002, 1),
            (x(0.44), mid),
            (x(0.64), self.tread),
            (x(0.84), self.tread - self.spring * 0.4),
            (tip, lift - 0.004, 1),
            (tip + 0.002, lift + thick * 0.6),
            (x(0.93), self.floor - self.spring * 0.3),
            (x(0.8), self.floor),
            (x(0.64), self.floor, 1),
            (x(0.44), mid + thick),
            (x(0.24), self.base + thick, 1),
            (x(0) - 0.006, self.base + thick, 1),
        ]

    def block(self, form: str, slim: float = 1.0) -> list[Knot]:
        """The outline of a heel: "flat", "block" or "high"."""
        x, top, y = self.x, self.base + self.sole * 0.5, self.floor
        if form == "high":
            return [
                (x(0) - 0.006, top, 1),
                (x(0.25), top, 1),
                (x(0.17), top + (y - top) * 0.22),
                (x(0.095 + 0.03 * slim), top + (y - top) * 0.6),
                (x(0.08 + 0.03 * slim), y, 1),
                (x(0.045), y, 1),
                (x(0.03), top + (y - top) * 0.55),
                (x(0.0), top + (y - top) * 0.2),
            ]
        wide, lean = (0.29, 0.015) if form == "flat" else (0.25 * slim, 0.04)
        return [
            (x(0) - 0.007, top, 1),
            (x(wide), top, 1),
            (x(wide - lean), y, 1),
            (x(0.008 if form == "flat" else 0.02), y, 1),
        ]


def sole_paint(look: Look) -> Paint:
    """The paint of a sole: its own colour, or a neutral dark one."""
    return Paint(look.accent("sole", tone(look.trim, 0.7)), gloss=0.3, texture="rubber")


def shine(shoe: Shoe, look: Look, *lines: Sequence[Knot]) -> None:
    """Sharp reflections, if the shoe is of patent leather."""
    if look.material == "patent":
        for line in lines:
            shoe.stroke(line, 0.014, Paint((255, 255, 255), opacity=0.5), drop=0)


def bow(shoe: Shoe, x: float, y: float, size: float, paint: Paint) -> None:
    """A ribbon bow: two loops, two ends and a knot."""
    for side in (-1, 1):
        shoe.part(
            [
                (x, y, 1),
                (x + side * size * 0.5, y + size * 0.75, 1),
                (x + side * size * 0.75, y + size * 0.5, 1),
            ],
            paint.shaded(0.8),
            radius=0.008,
            drop=0.25,
        )
    for side in (-1, 1):
        shoe.part(
            [
                (x, y, 1),
                (x + side * size * 0.55, y - size * 0.62),
                (x + side * size * 1.1, y - size * 0.58, 1),
                (x + side * size * 1.02, y - size * 0.1),
                (x + side * size * 1.1, y + size * 0.34, 1),
                (x + side * size * 0.5, y + size * 0.34),
            ],
            paint.shaded(1.0 if side < 0 else 0.92),
            radius=0.012,
            drop=0.35,
        )
    shoe.cut(ellipse(x, y - size * 0.06, size * 0.2, size * 0.3), paint.shaded(0.82), drop=0.3)


def buckle(shoe: Shoe, x: float, y: float, size: float, paint: Paint | None = None) -> None:
    """A square metal buckle with its pin."""
    metal = paint or Paint(BRASS, gloss=0.9, texture="metal")
    s = size / 2
    ring: list[Knot] = [(x - s, y - s), (x + s, y - s), (x + s, y + s), (x - s, y + s)]
    shoe.canvas.part(
        shoe.at(ring),
        metal.shaded(shoe.light),
        radius=0.006,
        drop=0.25,
        holes=[shoe.at([(x + (kx - x) * 0.52, y + (ky - y) * 0.52) for kx, ky in ring])],
    )
    shoe.ink([(x - s * 0.8, y), (x + s * 0.6, y)], metal.colour, size * 0.14, 1.0)


def bars(
    shoe: Shoe, a: Point, b: Point, across: Point, count: int, width: float, paint: Paint
) -> None:
    """Laces seen from the side: `count` bars from the row of eyelets a-b over the edge."""
    for i in range(count):
        t = i / (count - 1)
        x, y = a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
        shoe.stroke([(x, y), (x + across[0], y + across[1])], width, paint, drop=0.2)
