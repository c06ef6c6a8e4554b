"""Sweaters, cardigans, hoodies and sweatshirts, with ribbed cuffs and hems, laid flat."""

import math
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from demo.draw.canvas import Canvas
from demo.draw.garment import (
    SIDES,
    Arm,
    Cut,
    inner,
    lay_cuffs,
    lay_inside,
    lay_leaf,
    lay_ribs,
    lay_sleeves,
    lay_stitches,
    solid,
    tinted,
)
from demo.draw.geometry import Knot, Point, curve, mirrored
from demo.draw.paint import RGB, Paint, tone
from demo.draw.trimmings import (
    STEEL,
    button_shade,
    lay_back_band,
    lay_buttons,
    lay_collar_back,
    lay_hood,
    lay_hood_front,
    lay_neckband,
    lay_welt,
    lay_zip,
)
from demo.looks import Look


def roomy(dice: Random, top: float = 0.16) -> Cut:
    """The cut of a warm pullover."""
    chest = dice.uniform(0.2, 0.222)
    return Cut(
        neck=dice.uniform(0.078, 0.09),
        shoulder=chest + dice.uniform(-0.004, 0.008),
        chest=chest,
        waist=chest + dice.uniform(-0.006, 0.006),
        hem=chest - dice.uniform(0.006, 0.02),
        end=dice.uniform(0.83, 0.87),
        top=top,
        pit=dice.uniform(0.37, 0.39) + (top - 0.16),
    )


def warm_arm(dice: Random) -> Arm:
    """A full sleeve that is gathered into its cuff."""
    return Arm(
        dice.uniform(16, 20), dice.uniform(0.5, 0.54), dice.uniform(0.072, 0.082), 0.014, 0.01
    )


def sweater(canvas: Canvas, look: Look) -> None:
    """A sweater: smooth or with cables, with a round, a V or a turtle neck."""
    dice, main = look.dice, look.main
    neck = look.part("neck")
    high = neck == "turtleneck"
    cut = roomy(dice, 0.2 if high else 0.16)
    arm = warm_arm(dice)
    if look.part("sleeve") == "short":
        arm = Arm(dice.uniform(30, 36), 0.2, 0.13)
    depth = {"round": 0.058, "v-neck": dice.uniform(0.15, 0.185), "turtleneck": 0.03}[neck]
    trim = tinted(look, "trim", main.plain().shaded(0.92))
    deep = dice.uniform(0.05, 0.065)
    if not high:
        lay_inside(canvas, cut, depth, main)
        lay_back_band(canvas, cut, trim)
    cuff = deep if arm.length > 0.3 else 0.034
    lay_sleeves(canvas, cut, arm, main, 0.7, cuff)
    lay_cuffs(canvas, cut, arm, trim, cuff, 10)
    cable = look.part("stitch") == "cable"
    if cable and arm.length > 0.3:
        _sleeve_cables(canvas, cut, arm, main)
    body = [*cut.neckline(neck, depth), *cut.above(deep).flank()]
    canvas.part(curve(mirrored(body)), main, folds=cut.creases(), volume=0.75, drop=0.25)
    if cable:
        top = cut.top + depth + (0.03 if neck != "v-neck" else 0.035)
        for x, start in ((0.0, top), (-0.105, cut.tip + 0.025), (0.105, cut.tip + 0.025)):
            _cable(canvas, (0.5 + x, start), (0.5 + x, cut.end - deep), 0.026, main)
    lay_welt(canvas, cut, trim, deep)
    if high:
        _turtleneck(canvas, cut, depth, trim)
    else:
        lay_neckband(canvas, cut, neck, depth, trim, 0.038)


def _turtleneck(canvas: Canvas, cut: Cut, depth: float, paint: Paint) -> None:
    w, t = cut.neck, cut.top
    back: list[Knot] = [(0, t - 0.105), (w * 0.86, t - 0.1, 1), (w * 0.9, t - 0.05), (0, t - 0.06)]
    canvas.part(curve(mirrored(back)), paint.plain().shaded(0.6), volume=0.3)
    half: list[Knot] = [
        (0, t - 0.082),
        (w * 0.6, t - 0.088),
        (w * 0.92, t - 0.1, 1),
        (w + 0.004, t - 0.04),
        (w + 0.012, t + 0.016, 1),
        (w * 0.6, t + depth + 0.018),
        (0, t + depth + 0.026),
    ]
    canvas.part(curve(mirrored(half)), paint, radius=0.035, volume=0.8, drop=0.5)
    lay_ribs(
        canvas,
        (0.5 - w * 0.94, t - 0.09),
        (0.5 + w * 0.94, t - 0.09),
        (0.5 - w, t + depth - 0.004),
        (0.5 + w, t + depth - 0.004),
        15,
        tone(paint.colour, 0.6),
    )
    fold = [(0.5 - w - 0.004, t - 0.024), (0.5, t - 0.006), (0.5 + w + 0.004, t - 0.024)]
    canvas.ink(curve(fold, closed=False), tone(paint.colour, 0.5), 0.004, 0.6)


def _cable(canvas: Canvas, start: Point, end: Point, wide: float, paint: Paint) -> None:
    """A cable: two strands that twist around each other, between two grooves."""
    long = math.hypot(end[0] - start[0], end[1] - start[1])
    ux, uy = (end[0] - start[0]) / long, (end[1] - start[1]) / long
    count = max(18, round(long * 90))

    def at(t: float, across: float) -> Point:
        return start[0] + ux * t - uy * across, start[1] + uy * t + ux * across

    for side in SIDES:
        groove = [at(0, side * wide * 1.25), at(long, side * wide * 1.25)]
        canvas.ink(groove, tone(paint.colour, 0.5), 0.007, 0.45)
    twists = max(3, round(long / 0.085))
    for side in SIDES:
        strand = [
            at(long * i / count, side * wide * 0.55 * math.cos(math.pi * twists * i / count))
            for i in range(count + 1)
        ]
        canvas.stroke(strand, wide * 0.72, paint, volume=1.0, drop=0.75)


def _sleeve_cables(canvas: Canvas, cut: Cut, arm: Arm, paint: Paint) -> None:
    for side in SIDES:
        middle = -arm.cuff * 0.62
        _cable(
            canvas,
            arm.at(cut, side, 0.08, middle),
            arm.at(cut, side, arm.length - 0.06, middle),
            0.017,
            paint.turned(-side * arm.angle),
        )


def cardigan(canvas: Canvas, look: Look) -> None:
    """A cardigan: two fronts with a ribbed border, buttoned, zipped or left open."""
    dice, main = look.dice, look.main
    closure = look.part("closure")
    cut = roomy(dice, 0.12)
    end = dice.uniform(0.78, 0.81) if look.part("length") == "short" else 0.91
    cut = replace(cut, end=end, hem=cut.chest, pit=cut.pit - 0.005)
    arm = warm_arm(dice)
    trim = tinted(look, "trim", main.plain().shaded(0.86))
    low = {"buttons": dice.uniform(0.4, 0.45), "zip": cut.top + 0.075, "none": 0.62}[closure]
    gap = 0.055 if closure == "none" else 0.0
    deep = dice.uniform(0.045, 0.058)
    inside = [*cut.neckline("round", 0.01), *cut.flank()]
    canvas.part(curve(mirrored(inside)), inner(main), volume=0.3)
    lay_inside(canvas, cut, 0.1, main, 0.0)
    lay_sleeves(canvas, cut, arm, main, 0.7, deep)
    lay_cuffs(canvas, cut, arm, trim, deep, 10)
    bend = cut.top + (low - cut.top) * (0.72 if closure == "zip" else 0.5)
    edge: list[Knot] = [
        (gap, cut.end + 0.008, 1),
        (gap, low, *((1,) if closure != "none" else ())),
        (cut.neck * (0.66 if closure == "zip" else 0.74), bend),
        (cut.neck, cut.top, 1),
    ]
    for side in SIDES:
        panel = curve(cut.panel(side, edge))
        canvas.part(panel, main, folds=cut.creases(), volume=0.7, drop=0.3)
        _panel_welt(canvas, cut, side, gap, deep, trim)
    _border(canvas, cut, edge, gap, trim, closure)
    if closure == "zip":
        lay_zip(canvas, (0.5, low), (0.5, cut.end), trim.shaded(0.8))
    elif closure == "buttons":
        count = 5 if look.part("length") == "short" else 6
        first, last = low + 0.02, cut.end - 0.025
        places = [(0.5, first + (last - first) * i / (count - 1)) for i in range(count)]
        lay_buttons(canvas, places, button_shade(trim), 0.0135)
    if look.part("pocket") == "pocket":
        paint = tinted(look, "pocket", solid(main))
        y = cut.end - deep - dice.uniform(0.15, 0.17)
        for side in SIDES:
            _knit_pocket(canvas, 0.5 + side * (gap * 0.5 + cut.chest * 0.53), y, paint)


def _panel_welt(canvas: Canvas, cut: Cut, side: int, gap: float, deep: float, paint: Paint) -> None:
    low, w = cut.end, cut.hem
    a, b = (0.5 + side * gap, low - deep + 0.008), (0.5 + side * (w + 0.002), low - deep)
    c, d = (0.5 + side * gap, low + 0.012), (0.5 + side * (w - 0.003), low + 0.004)
    canvas.part([a, b, d, c], paint, radius=0.02, drop=0.15)
    lay_ribs(canvas, a, b, c, d, 15, tone(paint.colour, 0.6))


def _border(
    canvas: Canvas, cut: Cut, edge: Sequence[Knot], gap: float, paint: Paint, closure: str
) -> None:
    """The ribbed border along the fronts and around the neck."""
    t = cut.top
    back = curve([(0.5 - cut.neck, t), (0.5, t + 0.008), (0.5 + cut.neck, t)], closed=False)
    canvas.stroke(back, 0.03, paint.shaded(0.72), drop=0.1)
    for side in SIDES[::-1]:
        if closure == "zip":
            line = curve([(0.5 + side * k[0], *k[1:]) for k in edge[1:]], closed=False)
        else:
            shift = 0.012 if closure == "none" else 0.0
            line = curve(
                [(0.5 + side * (k[0] + (shift if k[0] == gap else 0)), *k[1:]) for k in edge],
                closed=False,
            )
        canvas.stroke(line, 0.036, paint, drop=0.35)


def _knit_pocket(canvas: Canvas, x: float, y: float, paint: Paint) -> None:
    wide, high = 0.062, 0.135
    shape: list[Knot] = [
        (x - wide, y, 1),
        (x + wide, y, 1),
        (x + wide, y + high * 0.9),
        (x + wide * 0.8, y + high, 1),
        (x - wide * 0.8, y + high, 1),
        (x - wide, y + high * 0.9),
    ]
    lay_leaf(canvas, curve(shape), paint)
    rim = [(x - wide, y), (x + wide, y), (x - wide, y + 0.026), (x + wide, y + 0.026)]
    lay_ribs(canvas, rim[0], rim[1], rim[2], rim[3], 10, tone(paint.colour, 0.55))
    canvas.ink(rim[2:], tone(paint.colour, 0.55), 0.003, 0.6)


def _cords(canvas: Canvas, cut: Cut, depth: float, colour: RGB, long: float) -> None:
    y = cut.top + depth - 0.004
    for side in SIDES:
        x = 0.5 + side * 0.036
        line = [(x, y), (x + side * 0.012, y + long * 0.5), (x + side * 0.006, y + long)]
        canvas.stroke(curve(line, closed=False), 0.0125, Paint(colour), drop=0.45)
        canvas.stroke(
            [line[2], (x + side * 0.005, y + long + 0.016)], 0.014, Paint(STEEL, gloss=0.9)
        )


def hoodie(canvas: Canvas, look: Look) -> None:
    """A hoodie, to pull over the head or with a zip down the front."""
    dice, main = look.dice, look.main
    cut = replace(roomy(dice, 0.235), end=dice.uniform(0.87, 0.9))
    arm = warm_arm(dice)
    hood = tinted(look, "hood", main.shaded(0.96))
    sleeves = tinted(look, "sleeve", main)
    trim = main.plain().shaded(0.84)
    deep, depth = dice.uniform(0.045, 0.058), dice.uniform(0.075, 0.09)
    lay_hood(canvas, cut, hood, hood.plain().shaded(0.58), dice)
    lay_sleeves(canvas, cut, arm, sleeves, 0.7, deep)
    lay_cuffs(canvas, cut, arm, sleeves.plain().shaded(0.84), deep, 10)
    body = [*cut.neckline("round", depth * 0.72), *cut.above(deep).flank()]
    canvas.part(curve(mirrored(body)), main, folds=cut.creases(), volume=0.75, drop=0.25)
    zipped = look.part("closure") == "zip"
    if look.part("pocket") == "pocket":
        _kangaroo(canvas, cut, deep, solid(main), dice)
    lay_welt(canvas, cut, trim, deep)
    if zipped:
        lay_zip(canvas, (0.5, cut.top + depth - 0.004), (0.5, cut.end + 0.004), trim.shaded(0.75))
    lay_hood_front(canvas, cut, hood, depth)
    if zipped:
        # The slider sits above the crossing, which a zip keeps from lapping.
        top = (0.5, cut.top + depth - 0.03)
        lay_zip(canvas, top, (0.5, cut.top + depth + 0.06), trim.shaded(0.75))
    pale = (238, 234, 226) if sum(main.colour) < 560 else (70, 68, 70)
    _cords(canvas, cut, depth, look.accent("cord", pale), dice.uniform(0.12, 0.16))


def _kangaroo(canvas: Canvas, cut: Cut, deep: float, paint: Paint, dice: Random) -> None:
    """The wide pocket on the belly, open at its slanted sides."""
    w, low = cut.chest * dice.uniform(0.62, 0.7), cut.end - deep - 0.002
    high = dice.uniform(0.15, 0.17)
    half: list[Knot] = [
        (0, low - high, 1),
        (w * 0.62, low - high, 1),
        (w * 0.96, low - high * 0.4),
        (w, low - high * 0.22, 1),
        (w, low, 1),
        (0, low, 1),
    ]
    lay_leaf(canvas, curve(mirrored(half)), paint)
    for side in SIDES:
        slit = [(0.5 + side * (k[0] - 0.014), *k[1:]) for k in half[1:4]]
        lay_stitches(canvas, curve(slit, closed=False), paint.colour)
    lay_stitches(
        canvas,
        [(0.5 - w * 0.6, low - high + 0.01), (0.5 + w * 0.6, low - high + 0.01)],
        paint.colour,
    )


def sweatshirt(canvas: Canvas, look: Look) -> None:
    """A sweatshirt with ribbed edges, plain or printed, perhaps with a short zip."""
    dice, main = look.dice, look.main
    cut = roomy(dice)
    arm = warm_arm(dice)
    sleeves = tinted(look, "sleeve", main)
    trim = tinted(look, "trim", main.shaded(0.86))
    deep, depth = dice.uniform(0.045, 0.06), dice.uniform(0.056, 0.07)
    size, spot = dice.uniform(0.085, 0.1), cut.pit + dice.uniform(0.09, 0.12)
    if look.part("closure") == "zip":
        lay_collar_back(canvas, cut, trim)
        lay_inside(canvas, cut, depth, main, 0.0)
    else:
        lay_inside(canvas, cut, depth, main)
        lay_back_band(canvas, cut, trim)
    lay_sleeves(canvas, cut, arm, sleeves, 0.7, deep)
    lay_cuffs(canvas, cut, arm, trim, deep, 10)
    body = [*cut.neckline("round", depth), *cut.above(deep).flank()]
    canvas.part(curve(mirrored(body)), main, folds=cut.creases(), volume=0.75, drop=0.25)
    lay_welt(canvas, cut, trim, deep)
    if look.part("closure") == "zip":
        _short_zip(canvas, cut, depth, trim)
    else:
        lay_neckband(canvas, cut, "round", depth, trim)
        notch = [(0.472, cut.top + depth + 0.014), (0.5, cut.top + depth + 0.05)]
        lay_stitches(canvas, [*notch, (0.528, cut.top + depth + 0.014)], main.colour)
    motif = {"star": _star, "heart": _heart}.get(look.part("print"))
    if motif:
        ink = look.accent("print", (246, 244, 240))
        if sum(abs(a - b) for a, b in zip(ink, main.colour, strict=True)) < 150:
            rim = Paint((246, 244, 240) if sum(ink) < 420 else (56, 54, 58))
            canvas.part(motif(0.5, spot, size * 1.2), rim, volume=0.1, drop=0.0)
        canvas.part(motif(0.5, spot, size), Paint(ink), volume=0.12, radius=0.01, drop=0.0)


def _short_zip(canvas: Canvas, cut: Cut, depth: float, trim: Paint) -> None:
    """A stand-up collar that a short zip closes."""
    w, t = cut.neck, cut.top
    for side in SIDES:
        wing: list[Knot] = [
            (0.5, t + depth + 0.012, 1),
            (0.5 + side * w * 0.7, t + depth * 0.75),
            (0.5 + side * (w + 0.012), t + 0.006, 1),
            (0.5 + side * w * 0.93, t - 0.038, 1),
            (0.5 + side * w * 0.6, t - 0.006),
            (0.5, t + depth - 0.05, 1),
        ]
        lay_leaf(canvas, curve(wing), trim)
    lay_zip(canvas, (0.5, t + depth - 0.044), (0.5, cut.pit + 0.03), trim.shaded(0.8))


def _star(x: float, y: float, size: float) -> list[Knot]:
    return [
        (
            x + math.sin(i * math.pi / 5) * size * (0.42 if i % 2 else 1),
            y - math.cos(i * math.pi / 5) * size * (0.42 if i % 2 else 1),
        )
        for i in range(10)
    ]


def _heart(x: float, y: float, size: float) -> list[Knot]:
    half: list[Knot] = [
        (0, y - size * 0.42, 1),
        (size * 0.5, y - size * 0.85),
        (size * 0.98, y - size * 0.3),
        (size * 0.62, y + size * 0.3),
        (0, y + size * 0.9, 1),
    ]
    return [*curve(mirrored(half, x))]
