"""T-shirts, tank tops and polo shirts, laid flat; and the cut that all upper garments share."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, Point, between, curve, ellipse, mirrored
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

    def panel(self, side: int, edge: Sequence[Knot], tail: float = 0.0) -> list[Knot]:
        """One front of a garment that opens: `edge` runs from its hem up to the neck."""
        half = [*edge, *self.flank(tail)[:-1]]
        return [(0.5 + side * k[0], *k[1:]) for k in half]

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
            self.at(cut, side, 0.05, 0.006 + self.puff),
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


def lay_sleeves(canvas: Canvas, cut: Cut, arm: Arm, paint: Paint, volume: float = 0.6) -> None:
    """Both sleeves, to be covered by the body; patterns turn with the arms."""
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


def lay_stitches(canvas: Canvas, line: Sequence[Knot], colour: RGB, dash: float = 0.009) -> None:
    """A row of stitches in a darker shade of `colour`."""
    points = [(k[0], k[1]) for k in line]
    canvas.ink(points, tone(colour, 0.55), 0.003, 0.6, dash=dash)


def lay_hems(canvas: Canvas, cut: Cut, arm: Arm | None, body: RGB, sleeves: RGB) -> None:
    """The stitched hems of a jersey: at the bottom and at the sleeves."""
    y = cut.end - 0.022
    line = curve([(0.5 - cut.hem, y), (0.5, y + 0.008), (0.5 + cut.hem, y)], closed=False, steps=3)
    lay_stitches(canvas, line, body)
    for side in SIDES if arm else ():
        band = arm.band(cut, side, 0.022, 0.0) if arm else []
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


def band_line(cut: Cut, form: str, depth: float, grow: float = 0.0) -> list[Point]:
    """The neckline from the left shoulder to the right one, wider by `grow`."""
    fall = cut.slope / (cut.shoulder - cut.neck)
    wide = replace(cut, neck=cut.neck + grow)
    half = wide.neckline(form, depth + grow * (1.5 if form == "v-neck" else 1.0))
    half[-1] = (half[-1][0], half[-1][1] + grow * fall, *half[-1][2:])
    left = [(0.5 - k[0], *k[1:]) for k in reversed(half[1:])]
    return curve([*left, *((0.5 + k[0], *k[1:]) for k in half)], closed=False)


def lay_neckband(
    canvas: Canvas, cut: Cut, form: str, depth: float, paint: Paint, wide: float = 0.026
) -> None:
    """A ribbed band along the front of the neckline, stitched to the body."""
    upper = band_line(cut, form, depth, -0.35 * wide)
    lower = band_line(cut, form, depth, 0.65 * wide)
    canvas.part([*upper, *reversed(lower)], paint, radius=0.014, drop=0.2)
    ribs: list[Point] = []
    for i, (a, b) in enumerate(zip(upper, lower, strict=True)):
        ribs += (a, b) if i % 2 else (b, a)
    canvas.ink(ribs, tone(paint.colour, 0.6), 0.003, 0.22)
    lay_stitches(canvas, band_line(cut, form, depth, 0.65 * wide + 0.007)[2:-2], paint.colour)


def lay_collar_back(canvas: Canvas, cut: Cut, paint: Paint) -> None:
    """The back of a turned-down collar, seen from inside, above the neck."""
    w, t = cut.neck, cut.top
    half: list[Knot] = [
        (0, t - 0.022),
        (w * 0.6, t - 0.03),
        (w * 0.95, t - 0.034, 1),
        (w + 0.012, t + 0.02, 1),
        (0, t + 0.034),
    ]
    canvas.part(curve(mirrored(half)), paint.plain().shaded(0.72), volume=0.4, radius=0.02)


def lay_leaf(
    canvas: Canvas, shape: Sequence[Knot], paint: Paint, folds: Sequence[Fold] = ()
) -> None:
    """A flat piece with a crisp edge, so that it stands out from cloth of its own colour."""
    canvas.part(shape, paint, radius=0.018, drop=0.5, folds=folds)
    outline = [(k[0], k[1]) for k in (*shape, shape[0])]
    canvas.ink(outline, tone(paint.colour, 0.4), 0.0032, 0.45)


def lay_collar(canvas: Canvas, cut: Cut, paint: Paint, join: Point, tip: Point) -> None:
    """A turned-down collar with points: from the sides of the neck to `join`, tips at `tip`.

    Both are measured from the centre line and from the height of the shoulder at the neck.
    """
    w, t = cut.neck, cut.top
    for side in SIDES:
        wing: list[Knot] = [
            (0.5 + side * join[0], t + join[1], 1),
            (0.5 + side * tip[0], t + tip[1], 1),
            (0.5 + side * (w + 0.03), t + 0.055),
            (0.5 + side * (w + 0.014), t - 0.012),
            (0.5 + side * w * 0.86, t - 0.037, 1),
            (0.5 + side * (w * 0.62 + join[0] * 0.4), t + join[1] * 0.45),
        ]
        lay_leaf(canvas, curve(wing), paint.turned(-side * 38))
        edge = [
            (0.5 + side * (join[0] + 0.004), t + join[1] - 0.006),
            (0.5 + side * (tip[0] - 0.004), t + tip[1] - 0.013),
            (0.5 + side * (w + 0.019), t + 0.052),
        ]
        lay_stitches(canvas, edge, paint.colour)


def lay_buttons(
    canvas: Canvas, places: Sequence[Point], colour: RGB, radius: float = 0.0095
) -> None:
    """Buttons, each with its light and two holes."""
    for x, y in places:
        canvas.part(ellipse(x, y, radius, radius, steps=16), Paint(colour, gloss=0.8), radius=0.005)
        hole = radius * 0.28
        canvas.ink([(x - hole, y), (x + hole, y)], tone(colour, 0.4), radius * 0.3, 0.8)


def lay_pocket(canvas: Canvas, x: float, y: float, wide: float, high: float, paint: Paint) -> None:
    """A patch pocket with a pointed bottom; `x` is its middle and `y` its upper edge."""
    shape: list[Knot] = [
        (x - wide, y, 1),
        (x + wide, y, 1),
        (x + wide * 0.96, y + high * 0.8, 1),
        (x, y + high, 1),
        (x - wide * 0.96, y + high * 0.8, 1),
    ]
    lay_leaf(canvas, shape, paint)
    inside = [(x + (k[0] - x) * 0.87, y + 0.006 + (k[1] - y) * 0.9) for k in shape]
    lay_stitches(canvas, [inside[0], *inside[-1:1:-1], inside[1]], paint.colour)
    canvas.ink([(x - wide, y + 0.02), (x + wide, y + 0.02)], tone(paint.colour, 0.55), 0.003, 0.6)


def button_shade(paint: Paint) -> RGB:
    """Buttons that stand out from the cloth: pearl on dark, horn on light."""
    return (236, 230, 218) if sum(paint.colour) < 480 else (112, 88, 68)


def t_shirt(canvas: Canvas, look: Look) -> None:
    """A T-shirt: short or long sleeves, a round or a V neck, with or without a collar."""
    dice, main = look.dice, look.main
    chest = dice.uniform(0.19, 0.215)
    cut = Cut(
        neck=dice.uniform(0.076, 0.09),
        shoulder=chest + dice.uniform(-0.004, 0.01),
        chest=chest,
        waist=chest - dice.uniform(0.0, 0.014),
        hem=chest + dice.uniform(0.0, 0.014),
        end=dice.uniform(0.81, 0.86),
    )
    angle, reach = dice.uniform(36, 46), dice.uniform(0.185, 0.22)
    arm = Arm(angle, reach, dice.uniform(0.125, 0.145))
    if look.part("sleeve") == "long":
        arm = Arm(angle * 0.42, reach + 0.32, arm.cuff * 0.58)
    depth = {"round": dice.uniform(0.055, 0.078), "v-neck": dice.uniform(0.13, 0.165)}[
        look.part("neck")
    ]
    neck = look.part("neck")
    collared = look.part("collar") == "pointed"
    sleeves = tinted(look, "sleeve", main)
    trim = tinted(look, "collar", main) if collared else main
    if collared:
        lay_collar_back(canvas, cut, trim)
    lay_inside(canvas, cut, depth, main, 0.0 if collared else 0.2)
    if not collared:
        lay_back_band(canvas, cut, main)
    lay_sleeves(canvas, cut, arm, sleeves)
    body = [*cut.neckline(neck, depth), *cut.flank()]
    canvas.part(curve(mirrored(body)), main, folds=cut.creases(), volume=0.6, drop=0.25)
    lay_hems(canvas, cut, arm, main.colour, sleeves.colour)
    lay_neckband(canvas, cut, neck, depth, main.plain().shaded(0.88))
    if collared:
        join = (0.034, depth * 0.62) if neck == "v-neck" else (0.004, depth - 0.002)
        lay_collar(canvas, cut, trim, join, (cut.neck + 0.005, 0.135))
    if look.part("pocket") == "pocket":
        paint = tinted(look, "pocket", main.shaded(0.94))
        lay_pocket(canvas, 0.5 + chest * 0.48, cut.pit - 0.01, 0.05, 0.115, paint)


def lay_back_band(canvas: Canvas, cut: Cut, paint: Paint) -> None:
    """The band at the back of the neck, seen from inside."""
    w, t = cut.neck, cut.top
    half: list[Knot] = [
        (0, t + 0.004),
        (w * 0.6, t),
        (w + 0.006, t - 0.004, 1),
        (w, t + 0.02, 1),
        (0, t + 0.026),
    ]
    canvas.part(curve(mirrored(half)), paint.plain().shaded(0.76), radius=0.012, drop=0.1)


def tank_top(canvas: Canvas, look: Look) -> None:
    """A sleeveless top with wide or thin straps."""
    dice, main = look.dice, look.main
    chest = dice.uniform(0.2, 0.23)
    thin = look.part("strap") == "thin"
    neck = dice.uniform(0.095, 0.11)
    wide = 0.016 if thin else dice.uniform(0.056, 0.07)
    deep = {"round": dice.uniform(0.15, 0.18), "v-neck": 0.215, "square": 0.15}[look.part("neck")]
    end = dice.uniform(0.84, 0.88) - (0.16 if look.part("length") == "short" else 0.0)
    top, pit = 0.12, dice.uniform(0.345, 0.37)
    cut = Cut(neck, neck + wide, chest, chest - dice.uniform(0.006, 0.02), chest + 0.012, end, top)
    back = dice.uniform(0.09, 0.11) if not thin else deep + 0.06
    half: list[Knot] = [
        (0, top + back),
        (neck * 0.75, top + back * 0.75),
        (neck, top - 0.006, 1),
        (neck + wide, top, 1),
        (chest - 0.03, pit - 0.03),
        (chest, pit + 0.02, 1),
        (0, pit + 0.06, 1),
    ]
    canvas.part(curve(mirrored(half)), inner(main), volume=0.3, drop=0.3)
    neckline = cut.neckline(look.part("neck"), deep)
    scoop: list[Knot] = [
        (neck + wide, top + 0.006, 1),
        (neck + wide + 0.002, top + (pit - top) * 0.55),
        (chest - 0.028, pit - 0.022),
        (chest, pit, 1),
        (cut.waist, pit * 0.4 + end * 0.6),
        (cut.hem, end, 1),
        (0, end + 0.008),
    ]
    if thin:
        neckline[-1] = (neck, top + deep * 0.45, 1)
        neckline[1] = (neck * 0.6, top + deep * (0.78 if len(neckline[1]) < 3 else 1), 1)
        scoop[0] = (neck + wide, top + deep * 0.45, 1)
        for side in SIDES:
            ends = [(0.5 + side * (neck + 0.008), top + y) for y in (0.0, deep * 0.5)]
            canvas.stroke(ends, wide, main.plain(), drop=0.3)
    body = [*neckline, *scoop]
    canvas.part(curve(mirrored(body)), main, folds=cut.creases(), volume=0.6, drop=0.3)
    trim = tinted(look, "trim", main.plain().shaded(0.86))
    if not thin:
        lay_neckband(canvas, cut, look.part("neck"), deep, trim, 0.02)
    else:
        left = [(0.5 - k[0], *k[1:]) for k in reversed(neckline[1:])]
        line = curve([*left, *((0.5 + k[0], *k[1:]) for k in neckline)], closed=False)
        canvas.stroke(line, 0.014, trim, drop=0.1)
    for side in SIDES:
        hole = [(0.5 + side * k[0], *k[1:]) for k in scoop[:4]]
        canvas.stroke(curve(hole, closed=False), 0.016, trim, drop=0.1)
    lay_hems(canvas, cut, None, main.colour, main.colour)


def polo_shirt(canvas: Canvas, look: Look) -> None:
    """A polo shirt: a turned-down collar over a buttoned placket."""
    dice, main = look.dice, look.main
    chest = dice.uniform(0.195, 0.215)
    cut = Cut(
        neck=dice.uniform(0.074, 0.084),
        shoulder=chest + dice.uniform(-0.004, 0.006),
        chest=chest,
        waist=chest - dice.uniform(0.0, 0.012),
        hem=chest + dice.uniform(0.0, 0.01),
        end=dice.uniform(0.82, 0.86),
        top=0.16,
    )
    angle, reach = dice.uniform(36, 43), dice.uniform(0.19, 0.215)
    arm = Arm(angle, reach, dice.uniform(0.115, 0.13))
    if look.part("sleeve") == "long":
        arm = Arm(angle * 0.42, reach + 0.32, 0.075)
    collar = tinted(look, "collar", main)
    cuffs = tinted(look, "cuff", main.shaded(0.9))
    depth, low = 0.085, dice.uniform(0.2, 0.235)
    lay_collar_back(canvas, cut, collar)
    lay_inside(canvas, cut, depth, main, 0.0)
    lay_sleeves(canvas, cut, arm, main)
    lay_cuffs(canvas, cut, arm, cuffs, 0.032, 14)
    body = [*cut.neckline("v-neck", depth + 0.02), *cut.flank()]
    canvas.part(curve(mirrored(body)), main, folds=cut.creases(), volume=0.6, drop=0.25)
    lay_hems(canvas, cut, None, main.colour, main.colour)
    placket: list[Knot] = [
        (0.484, cut.top + depth - 0.015, 1),
        (0.516, cut.top + depth + 0.012, 1),
        (0.516, cut.top + low, 1),
        (0.484, cut.top + low, 1),
    ]
    canvas.part(placket, main.shaded(0.93), radius=0.01, drop=0.35)
    count = dice.choice((2, 3))
    step = (low - depth) / (count + 0.3)
    places = [(0.5, cut.top + depth + step * (i + 0.75)) for i in range(count)]
    lay_buttons(canvas, places, button_shade(main))
    lay_collar(canvas, cut, collar, (0.012, depth), (cut.neck + 0.012, 0.15))
    if look.part("pocket") == "pocket":
        lay_pocket(canvas, 0.5 + chest * 0.5, cut.pit + 0.01, 0.05, 0.11, main.shaded(0.94))
