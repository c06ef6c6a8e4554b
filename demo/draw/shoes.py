"""Low shoes from the side, the toe to the right, and what all shoes share: a last, and a pair."""

import math
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
) -> None:
    """Two of the same shoe; the far one stands `gap` to the left and behind."""
    dx, dy = gap
    draw(Shoe(canvas, (-dx / 2, -dy), scale, 0.86, floor), look)
    draw(Shoe(canvas, (dx / 2, 0.0), scale, 1.0, floor), look)


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
                (x(0.94), y - vamp * 0.55 - self.spring),
                (x(1.09), t - 0.012),
                (x(1.095), t + 0.004, 1),
            ]
        return [
            (x(0.8), y - vamp * 0.98),
            (x(0.915), y - vamp * 0.84),
            (x(0.985), y - vamp * 0.55),
            (x(1.0), t + 0.004, 1),
        ]

    def under(self, drop: float = 0.005) -> list[Knot]:
        """The lower edge from the toe to the heel, a little below the sole's upper edge."""
        mid = self.base + (self.tread - self.base) * 0.42
        return [
            (self.x(0.64), self.tread + drop, 1),
            (self.x(0.44), mid + drop),
            (self.x(0.24), self.base + drop, 1),
            (self.x(0.0) + 0.004, self.base + drop, 1),
        ]

    def bottom(self) -> list[Knot]:
        """The outline of the sole."""
        x, thick = self.x, self.sole
        tip = x(1.1) if self.pointed else x(1.0) + 0.01
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


def sole_paint(look: Look, name: str = "sole") -> Paint:
    """The paint of a sole: its own colour, or a neutral dark one."""
    return Paint(look.accent(name, tone(look.trim, 0.7)), gloss=0.3, texture="rubber")


def bow(shoe: Shoe, x: float, y: float, size: float, paint: Paint) -> None:
    """A small ribbon bow."""
    for side in (-1, 1):
        shoe.part(
            [
                (x, y, 1),
                (x + side * size * 0.5, y - size * 0.5),
                (x + side * size, y - size * 0.42),
                (x + side * size * 1.02, y + size * 0.2),
                (x + side * size * 0.5, y + size * 0.28),
            ],
            paint.shaded(1.0 if side < 0 else 0.93),
            radius=0.01,
            drop=0.3,
        )
    shoe.cut(ellipse(x, y, size * 0.2, size * 0.26), paint.shaded(0.9), drop=0.2)


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


def heels(canvas: Canvas, look: Look) -> None:
    """A pair of pumps."""
    dice = look.dice
    high = look.part("heel") == "high"
    canvas.ground(0.6, 0.855, 0.26, 0.3)
    canvas.ground(0.26, 0.855, 0.1, 0.25)
    gap = dice.uniform(0.1, 0.14)
    pair(canvas, look, _pump, (gap, dice.uniform(0.035, 0.055)), 1.0 if high else 1.04, 0.855)


def _pump(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    form = look.part("heel")
    lift = dice.uniform(0.27, 0.32) if form == "high" else dice.uniform(0.15, 0.2)
    last = Last(
        0.2 + dice.uniform(-0.01, 0.01),
        0.8,
        lift,
        0.016,
        0.855,
        look.part("toe") == "pointed",
        0.006,
    )
    counter, vamp = dice.uniform(0.13, 0.15), dice.uniform(0.105, 0.12)
    throat = dice.uniform(0.66, 0.7)
    slim = dice.uniform(0.2, 1.2)
    x, base, floor = last.x, last.base, last.floor
    lip = floor - vamp - 0.022
    topline: list[Knot] = [
        (x(0) - 0.004, base - counter, 1),
        (x(0.1), base - counter * 0.86),
        (x(0.36), base - counter * 0.5 + (floor - base) * 0.12),
        (x(0.56), lip - 0.015 - lift * 0.07),
        (x(throat), lip, 1),
    ]
    inside: list[Knot] = [
        (x(0), base - counter, 1),
        (x(0.13), base - counter - 0.008),
        (x(0.38), base - counter * 0.82 + (floor - base) * 0.09),
        (x(0.58), lip - 0.04 - lift * 0.05),
        (x(throat + 0.02), lip + 0.002, 1),
        (x(0.56), lip + 0.03, 1),
        (x(0.3), base - 0.01, 1),
    ]
    heel = Paint(look.accent("heel"), gloss=look.main.gloss, texture=look.main.texture)
    shoe.part(inside, Paint(tone(LINING, 0.8)), volume=0.3, drop=0)
    shoe.part(last.block(form, slim), heel, radius=0.02)
    shoe.part(
        [*topline, (x(0.74), floor - vamp * 1.02), *last.front(vamp), *last.under(0.002)],
        look.main,
        volume=0.85,
        radius=0.035,
        folds=[Fold([(x(0.7), lip), (x(0.76), floor - 0.03)], 0.03, 0.12)],
    )
    shoe.part(last.bottom(), sole_paint(look), radius=0.01, volume=0.3)
    shoe.ink(topline, tone(look.main.colour, 0.5), 0.005, 0.6)
    if look.part("closure") == "buckle":
        strap = look.main.plain().shaded(0.92)
        y = base - counter - dice.uniform(0.03, 0.05)
        shoe.stroke(
            [(x(0.03), base - counter + 0.02), (x(0.0), y + 0.02), (x(0.03), y)], 0.018, strap
        )
        shoe.stroke(ellipse(x(0.17), y, 0.095, 0.024, 0, 180, 20), 0.02, strap)
        shoe.stroke(ellipse(x(0.17), y, 0.095, 0.024, 180, 360, 20), 0.016, strap.shaded(0.75))
        buckle(shoe, x(0.19), y + 0.024, 0.034)


def oxfords(canvas: Canvas, look: Look) -> None:
    """A pair of laced dress shoes."""
    dice = look.dice
    canvas.ground(0.5, 0.74, 0.39)
    pair(canvas, look, _oxford, (dice.uniform(0.04, 0.08), dice.uniform(0.09, 0.12)), 1.0, 0.74)


def _oxford(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    last = Last(
        0.14,
        0.84 if look.part("toe") == "pointed" else 0.87,
        dice.uniform(0.03, 0.042),
        dice.uniform(0.022, 0.028),
        0.74,
        look.part("toe") == "pointed",
        0.012,
    )
    counter, vamp = dice.uniform(0.165, 0.185), dice.uniform(0.115, 0.135)
    x, base, floor = last.x, last.base, last.floor
    main, dark = look.main, tone(look.main.colour, 0.5)
    top: Point = (x(0.36), base - counter - 0.04)
    low: Point = (x(0.6), floor - vamp - 0.06)
    shoe.part(
        [
            (x(0.02), base - counter),
            (x(0.14), base - counter - 0.022),
            (x(0.3), base - counter - 0.03),
            (x(0.37), base - counter - 0.06),
            (x(0.45), base - counter - 0.02),
            (low[0] + 0.02, low[1] + 0.005, 1),
            (x(0.3), base - 0.06, 1),
        ],
        main.plain().shaded(0.55),
        drop=0,
        volume=0.3,
    )
    upper = curve(
        [
            (x(0.0), base - counter + 0.02),
            (x(0.025), base - counter - 0.004),
            (x(0.18), base - counter + 0.03),
            (*top, 1),
            (x(0.48), (top[1] + low[1]) / 2 + 0.004),
            (*low, 1),
            (x(0.7), floor - vamp - 0.018),
            *last.front(vamp),
            *last.under(),
            (x(0.0) - 0.008, base - 0.07),
        ]
    )
    shoe.part(last.block("flat"), sole_paint(look).shaded(0.8), radius=0.012)
    folds = [Fold([(x(0.64), low[1] + 0.02), (x(0.7), floor - 0.05)], 0.025, 0.22)]
    shoe.cut(upper, main, volume=0.85, radius=0.04, folds=folds, drop=0.3)
    shoe.cut(
        within(upper, curve([(0, 0.5, 1), (x(0.18), 0.5), (x(0.25), floor - 0.05), (0, 0.8, 1)])),
        main.shaded(0.88),
        radius=0.02,
    )
    facing = [
        top,
        low,
        (x(0.58), floor - vamp + 0.01),
        (x(0.44), base - 0.1),
        (x(0.32), base - 0.15),
    ]
    shoe.cut(within(upper, facing), main.shaded(0.9), radius=0.02)
    cap = [(x(0.78), 0.5), (x(0.745), floor - 0.09), (x(0.79), floor), (1, 0.8), (1, 0.5)]
    shoe.cut(
        within(upper, curve([(a, b, *([1] if a == 1 else [])) for a, b in cap])), main, drop=0.2
    )
    stitched: list[list[Knot]] = [
        [(x(0.79), floor - vamp), (x(0.755), floor - 0.09), (x(0.8), floor - 0.03)],
        [(x(0.6), floor - vamp), (x(0.52), base - 0.03), (x(0.44), base)],
        [(x(0.18), base - counter + 0.05), (x(0.235), base - 0.06), (x(0.22), base)],
    ]
    for line in stitched:
        if look.part("finish") == "brogue":
            shoe.ink(line, tone(dark, 0.7), 0.014, 0.9, 0.011)
        shoe.ink(line, dark, 0.004, 0.6)
    laces = Paint(look.accent("laces", tone(look.main.colour, 0.45)))
    bars(
        shoe,
        (top[0] - 0.012, top[1] + 0.035),
        (low[0] - 0.03, low[1] + 0.028),
        (0.07, -0.03),
        4,
        0.014,
        laces,
    )
    shoe.part(last.bottom(), sole_paint(look), radius=0.012, volume=0.45, drop=0.25)


def loafers(canvas: Canvas, look: Look) -> None:
    """A pair of loafers."""
    dice = look.dice
    canvas.ground(0.5, 0.74, 0.39)
    pair(canvas, look, _loafer, (dice.uniform(0.04, 0.08), dice.uniform(0.1, 0.13)), 1.0, 0.74)


def _loafer(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    last = Last(0.14, 0.87, dice.uniform(0.024, 0.036), dice.uniform(0.022, 0.03), 0.74)
    counter, vamp = dice.uniform(0.14, 0.16), dice.uniform(0.13, 0.145)
    throat = dice.uniform(0.44, 0.48)
    x, base, floor = last.x, last.base, last.floor
    main, dark = look.main, tone(look.main.colour, 0.5)
    lip = base - counter - 0.035
    shoe.part(
        [
            (x(0.01), base - counter, 1),
            (x(0.1), base - counter - 0.035),
            (x(0.28), base - counter - 0.03),
            (x(throat), lip - 0.012),
            (x(throat + 0.02), lip + 0.02, 1),
            (x(0.24), base - 0.05, 1),
        ],
        Paint(tone(LINING, 0.62)),
        drop=0,
        volume=0.3,
    )
    upper = curve(
        [
            (x(0.0), base - counter + 0.015),
            (x(0.025), base - counter - 0.004),
            (x(0.12), base - counter + 0.03),
            (x(0.28), base - counter + 0.045),
            (x(throat - 0.06), lip + 0.035),
            (x(throat), lip, 1),
            (x(0.56), floor - vamp - 0.085),
            (x(0.68), floor - vamp - 0.035),
            *last.front(vamp),
            *last.under(),
            (x(0.0) - 0.008, base - 0.06),
        ]
    )
    shoe.part(last.block("flat"), sole_paint(look).shaded(0.8), radius=0.012)
    shoe.cut(upper, main, volume=0.85, radius=0.04, drop=0.3)
    # The apron: a raised seam around the top of the toes.
    seam: list[Knot] = [
        (x(0.56), floor - vamp - 0.01),
        (x(0.7), floor - vamp + 0.045),
        (x(0.84), floor - vamp + 0.05),
        (x(0.945), floor - vamp * 0.62),
        (x(0.9), floor - vamp * 0.84),
    ]
    shoe.stroke(seam, 0.014, main.plain().shaded(0.86))
    shoe.ink(seam, dark, 0.012, 0.55, 0.006)
    saddle = within(
        upper,
        [
            (x(throat + 0.035), 0.3),
            (x(throat + 0.17), 0.3),
            (x(throat + 0.16), floor),
            (x(throat - 0.07), floor),
        ],
    )
    shoe.cut(saddle, main.shaded(0.92), radius=0.016, drop=0.3)
    detail = look.part("detail")
    mid = (x(throat + 0.1), lip + 0.055)
    if detail == "penny":
        slot = [(mid[0] - 0.03, mid[1] + 0.01), (mid[0] + 0.03, mid[1] + 0.035)]
        shoe.stroke(
            [(slot[0][0], slot[0][1]), (slot[1][0], slot[1][1])], 0.022, Paint(dark), drop=0
        )
    elif detail == "tassel":
        for dx in (0.0, 0.045):
            x0, y0 = mid[0] + dx, mid[1] + dx * 0.3
            shoe.part(
                [
                    (x0 - 0.008, y0, 1),
                    (x0 + 0.008, y0, 1),
                    (x0 + 0.028, y0 + 0.085, 1),
                    (x0 - 0.02, y0 + 0.085, 1),
                ],
                main.plain().shaded(0.8),
                drop=0.35,
            )
            for k in (-0.01, 0.003, 0.016):
                shoe.ink([(x0, y0 + 0.02), (x0 + k, y0 + 0.084)], dark, 0.003)
            shoe.cut(ellipse(x0, y0, 0.015, 0.015), main.plain().shaded(0.9))
    else:
        metal = Paint(BRASS, gloss=0.95, texture="metal")
        shoe.stroke([(mid[0] - 0.055, mid[1] + 0.0), (mid[0] + 0.055, mid[1] + 0.04)], 0.016, metal)
        for dx, dy in ((-0.06, 0.0), (0.06, 0.042)):
            shoe.stroke(
                ellipse(mid[0] + dx, mid[1] + dy, 0.019, 0.022, 0, 350), 0.01, metal, drop=0.25
            )
    shoe.part(last.bottom(), sole_paint(look), radius=0.012, volume=0.45, drop=0.25)


def ballet_flats(canvas: Canvas, look: Look) -> None:
    """A pair of ballet flats, seen a little from above."""
    dice = look.dice
    canvas.ground(0.5, 0.72, 0.39)
    pair(canvas, look, _ballet_flat, (dice.uniform(0.05, 0.1), dice.uniform(0.15, 0.18)), 1.0, 0.72)


def _ballet_flat(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    last = Last(
        0.14, 0.86, dice.uniform(0.006, 0.016), 0.015, 0.72, look.part("toe") == "pointed", 0.012
    )
    counter, vamp = dice.uniform(0.12, 0.14), dice.uniform(0.095, 0.11)
    throat = dice.uniform(0.68, 0.72)
    x, base, floor = last.x, last.base, last.floor
    main = look.main
    lip = floor - vamp - 0.022
    near: list[Knot] = [
        (x(0.01), base - counter, 1),
        (x(0.1), base - counter * 0.8),
        (x(0.34), base - counter * 0.52),
        (x(0.56), base - counter * 0.56),
        (x(throat), lip + 0.012),
    ]
    far: list[Knot] = [
        (x(throat), lip + 0.012),
        (x(throat - 0.06), lip - 0.03),
        (x(0.48), base - counter * 1.02),
        (x(0.26), base - counter * 1.12),
        (x(0.08), base - counter * 1.18),
        (x(0.01), base - counter, 1),
    ]
    opening = [*near[:-1], *far]
    # The far side, its lining and the insole are seen through the opening.
    shoe.part([*opening[:-1]], Paint(tone(LINING, 0.82)), drop=0, volume=0.5, radius=0.03)
    upper = curve(
        [
            *near,
            (x(throat - 0.05), lip - 0.026),
            (x(throat + 0.03), lip - 0.012),
            *last.front(vamp),
            *last.under(),
            (x(0.0) - 0.004, base - counter * 0.5),
        ]
    )
    shoe.stroke(far, 0.016, main.plain().shaded(0.85), drop=0.1)
    shoe.cut(upper, main, volume=0.85, radius=0.035, drop=0.3)
    cap = look.accent("toe cap")
    region = [(x(0.83), 0.4), (x(0.8), floor - 0.06), (x(0.83), floor), (1.0, 0.8), (1.0, 0.4)]
    shoe.cut(within(upper, region), Paint(cap, gloss=main.gloss, texture=main.texture), radius=0.03)
    shoe.stroke(near, 0.012, main.plain().shaded(0.8), drop=0.1)
    if look.part("strap") == "strap":
        shoe.stroke(
            [
                (x(0.36), base - counter * 0.42),
                (x(0.385), base - counter * 0.9),
                (x(0.42), base - counter * 1.22),
                (x(0.45), base - counter * 1.1),
            ],
            0.034,
            main.plain().shaded(0.92),
            drop=0.35,
        )
        shoe.cut(
            ellipse(x(0.366), base - counter * 0.55, 0.014, 0.014),
            Paint(BRASS, gloss=0.9, texture="metal"),
        )
    if look.part("bow") == "bow":
        bow(shoe, x(throat + 0.005), lip + 0.004, dice.uniform(0.05, 0.062), main.plain())
    shoe.part(last.bottom(), sole_paint(look), radius=0.01, volume=0.4, drop=0.2)
    shoe.ink([(x(0.04), base - 0.012), (x(0.6), base - 0.006)], tone(main.colour, 0.5), 0.003, 0.5)


def turned(knots: Sequence[Knot], degrees: float, about: Point) -> list[Knot]:
    """`knots` turned clockwise about a point, for shoes that lie askew."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = about
    return [
        (x + (k[0] - x) * cos - (k[1] - y) * sin, y + (k[0] - x) * sin + (k[1] - y) * cos, *k[2:])
        for k in knots
    ]
