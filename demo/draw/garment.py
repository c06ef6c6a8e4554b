"""What all garments for the upper body share: their cut, sleeves, seams and inner side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, Point, between, curve, mirrored
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look

SIDES = (1, -1)


@dataclass(frozen=True)
class Cut:
    """The measures of a garment; widths are halves, from the centre line."""

    neck: float
    shoulder: float
    chest: float
    waist: float
    hem: float
    end: float
    top: float = 0.15
    slope: float = 0.045
    pit: float = 0.36

    @property
    def tip(self) -> float:
        """How high the shoulder's outer end lies."""
        return self.top + self.slope

    def neckline(self, form: str, depth: float) -> list[Knot]:
        """The right half of a neckline, from the centre up to the shoulder."""
        low = self.top + depth
        if form == "v-neck":
            return [(0, low, 1), (self.neck * 0.55, self.top + depth * 0.47), (self.neck, self.top)]
        if form == "square":
            return [(0, low, 1), (self.neck * 0.88, low, 1), (self.neck, self.top, 1)]
        return [(0, low), (self.neck * 0.68, self.top + depth * 0.68), (self.neck, self.top, 1)]

    def flank(self, tail: float = 0.0) -> list[Knot]:
        """The right outline from the shoulder down to the middle of the hem."""
        return [
            (self.shoulder, self.tip, 1),
            (self.shoulder - 0.017, self.tip * 0.45 + self.pit * 0.55),
            (self.chest, self.pit, 1),
            (self.waist, self.pit * 0.4 + self.end * 0.6),
            (self.hem, self.end - tail, 1),
            (0, self.end + 0.008),
        ]

    def panel(self, side: int, edge: Sequence[Knot]) -> list[Knot]:
        """One front of a garment that opens: `edge` runs from its hem up to the neck."""
        half = [*edge, *self.flank()[:-1]]
        return [(0.5 + side * k[0], *k[1:]) for k in half]

    def above(self, welt: float) -> "Cut":
        """The same cut, ending where a ribbed welt begins, over which the cloth puffs a little."""
        return replace(self, end=self.end - welt + 0.01, hem=self.hem + 0.005)

    def creases(self) -> list[Fold]:
        """The soft folds of cloth that lies: from the armpits, and up from the hem."""
        c, pit, end = self.chest, self.pit, self.end
        folds = [
            Fold([(0.5 + s * c, pit + 0.02), (0.5 + s * c * 0.5, pit + 0.13)], 0.035, 0.26)
            for s in SIDES
        ]
        folds.append(Fold([(0.5 + c * 0.4, end - 0.2), (0.5 + c * 0.58, end)], 0.045, 0.18))
        folds.append(Fold([(0.5 - c * 0.55, end - 0.26), (0.5 - c * 0.38, end)], 0.045, 0.16))
        folds.append(Fold([(0.5 - c * 0.1, pit + 0.1), (0.5 + c * 0.1, end - 0.16)], 0.05, 0.08))
        return folds


@dataclass(frozen=True)
class Arm:
    """A sleeve: how far it stands off (degrees), how long it is, its width at the end.

    `puff` is how far it swells at the shoulder and `balloon` above the cuff.
    """

    angle: float
    length: float
    cuff: float
    puff: float = 0.012
    balloon: float = 0.0

    def at(self, cut: Cut, side: int, along: float, across: float) -> Point:
        """A point `along` the sleeve from the shoulder's tip and `across` out from its edge."""
        sin, cos = math.sin(math.radians(self.angle)), math.cos(math.radians(self.angle))
        x = cut.shoulder + sin * along + cos * across
        return 0.5 + side * x, cut.tip + cos * along - sin * across

    def outline(self, cut: Cut, side: int) -> list[Knot]:
        """The sleeve as one shape; its upper end lies under the body."""
        long = self.length
        swell = self.balloon
        end = self.at(cut, side, long, -self.cuff)
        pit: Point = (0.5 + side * (cut.chest - 0.02), cut.pit + 0.012)
        elbow = between(end, pit, 0.45)
        shape: list[Knot] = [
            (0.5 + side * (cut.shoulder - 0.06), cut.tip + 0.004, 1),
            (*self.at(cut, side, -0.002, 0.004), 1),
            self.at(cut, side, 0.055, self.puff),
            self.at(cut, side, long * 0.55, 0.014 + self.puff * 0.3 + swell * 0.5),
        ]
        if swell:
            shape.append(self.at(cut, side, long * 0.86, swell))
        shape += [(*self.at(cut, side, long, 0.0), 1), (*end, 1)]
        if swell:
            shape.append(self.at(cut, side, long * 0.88, -self.cuff - swell))
        shape += [(elbow[0] - side * swell * 0.4, elbow[1] + swell * 0.3), (*pit, 1)]
        return [*shape, (0.5 + side * (cut.chest - 0.06), cut.pit - 0.02, 1)]

    def band(self, cut: Cut, side: int, depth: float, spare: float = 0.003) -> list[Knot]:
        """The last `depth` of the sleeve, a little wider than it."""
        start = self.length - depth
        return [
            (*self.at(cut, side, start, spare), 1),
            (*self.at(cut, side, self.length + 0.002, spare), 1),
            (*self.at(cut, side, self.length + 0.002, -self.cuff - spare), 1),
            (*self.at(cut, side, start, -self.cuff - spare - depth * 0.06), 1),
        ]


def tinted(look: Look, name: str, otherwise: Paint) -> Paint:
    """The paint of a part that may have a colour of its own."""
    shades = [shade for part, _, shade in look.accents if part == name]
    return replace(look.main.plain(), colour=shades[0]) if shades else otherwise


def solid(paint: Paint) -> Paint:
    """The paint of small parts: without the pattern, in which a collar or a pocket would drown."""
    return paint.shaded(0.95) if paint.pattern == "plain" else paint.plain().shaded(0.88)


def lay_sleeves(
    canvas: Canvas, cut: Cut, arm: Arm, paint: Paint, volume: float = 0.6, cuff: float = 0.0
) -> None:
    """Both sleeves, to be covered by the body; patterns turn with the arms.

    They leave out the last `cuff`, except for a seam's width.
    """
    arm = replace(arm, length=arm.length - max(0.0, cuff - 0.01))
    for side in SIDES:
        at = arm.length
        folds = [
            Fold([arm.at(cut, side, at * 0.3, -0.11), arm.at(cut, side, at * 0.42, -0.05)], 0.03)
        ]
        if at > 0.3:
            for where, depth in ((0.5, 0.24), (0.72, 0.16)):
                ends = [
                    arm.at(cut, side, at * where, -arm.cuff - 0.02),
                    arm.at(cut, side, at * (where + 0.05), -arm.cuff * 0.35),
                ]
                folds.append(Fold(ends, 0.028, depth))
        canvas.part(
            curve(arm.outline(cut, side)),
            paint.turned(-side * arm.angle),
            volume=volume,
            folds=folds,
            radius=0.045,
        )


def lay_cuffs(
    canvas: Canvas, cut: Cut, arm: Arm, paint: Paint, depth: float, ribs: int = 0
) -> None:
    """The ends of both sleeves: bands of `depth`, ribbed if `ribs` are asked for."""
    for side in SIDES:
        band = arm.band(cut, side, depth)
        canvas.part(curve(band), paint.turned(-side * arm.angle), radius=0.018, drop=0.15)
        if ribs:
            lay_ribs(canvas, band[0], band[3], band[1], band[2], ribs, tone(paint.colour, 0.6))


def lay_ribs(canvas: Canvas, a: Knot, b: Knot, c: Knot, d: Knot, count: int, colour: RGB) -> None:
    """Fine ribs from the edge `a` to `b` to the edge `c` to `d`, as one line back and forth."""
    line: list[Point] = []
    for i in range(count):
        t = (i + 0.5) / count
        ends = [between(a[:2], b[:2], t), between(c[:2], d[:2], t)]  # type: ignore[arg-type]
        line += ends if i % 2 else ends[::-1]
    canvas.ink(line, colour, 0.0035, 0.32)


def lay_stitches(canvas: Canvas, line: Sequence[Knot], colour: RGB) -> None:
    """A row of stitches in a darker shade of `colour`."""
    points = [(k[0], k[1]) for k in line]
    canvas.ink(points, tone(colour, 0.55), 0.003, 0.6, dash=0.009)


def lay_hems(canvas: Canvas, cut: Cut, arm: Arm | None, body: RGB, sleeves: RGB) -> None:
    """The stitched hems of a jersey: at the bottom and at the sleeves."""
    y = cut.end - 0.022
    line = curve([(0.5 - cut.hem, y), (0.5, y + 0.008), (0.5 + cut.hem, y)], closed=False, steps=3)
    lay_stitches(canvas, line, body)
    if arm is None:
        return
    for side in SIDES:
        band = arm.band(cut, side, 0.022, 0.0)
        lay_stitches(canvas, [band[0], band[3]], sleeves)


def inner(paint: Paint) -> Paint:
    """The shaded inner side of a cloth; of a dark one a little lighter, or it would vanish."""
    return paint.plain().shaded(0.62 if sum(paint.colour) > 200 else 1.3)


def lay_inside(canvas: Canvas, cut: Cut, depth: float, paint: Paint, drop: float = 0.2) -> None:
    """The back's inner side, seen through the neck, with its label."""
    back: list[Knot] = [
        (0, cut.top + 0.014),
        (cut.neck * 0.6, cut.top + 0.008),
        (cut.neck + 0.004, cut.top - 0.004, 1),
        (cut.neck + 0.01, cut.top + 0.03, 1),
        (0, cut.top + depth + 0.03, 1),
    ]
    canvas.part(curve(mirrored(back)), inner(paint), volume=0.3, drop=drop)
    label: list[Knot] = [(x, cut.top + y, 1) for x, y in ((0.016, 0.022), (0.016, 0.04))]
    canvas.part(curve(mirrored(label)), Paint((236, 232, 224)), volume=0.1, drop=0.1)


def lay_leaf(
    canvas: Canvas, shape: Sequence[Knot], paint: Paint, folds: Sequence[Fold] = ()
) -> None:
    """A flat piece with a crisp edge, so that it stands out from cloth of its own colour."""
    canvas.part(shape, paint, radius=0.018, drop=0.5, folds=folds)
    outline = [(k[0], k[1]) for k in (*shape, shape[0])]
    bold = paint.pattern != "plain"
    canvas.ink(outline, tone(paint.colour, 0.3), 0.005 if bold else 0.0034, 0.7 if bold else 0.5)
