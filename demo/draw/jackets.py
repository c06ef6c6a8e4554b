"""Short jackets, laid flat: bombers, truckers and bikers."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from demo.draw.canvas import Canvas
from demo.draw.garment import (
    SIDES,
    Arm,
    Cut,
    lay_cuffs,
    lay_inside,
    lay_leaf,
    lay_ribs,
    lay_sleeves,
    tinted,
)
from demo.draw.geometry import Knot, Point, curve, flipped, mirrored, rounded
from demo.draw.paint import RGB, Paint, tone
from demo.draw.trimmings import (
    BRASS,
    STEEL,
    button_shade,
    lay_buttons,
    lay_collar,
    lay_collar_back,
    lay_hood,
    lay_welt,
    lay_welt_pocket,
    lay_zip,
)
from demo.looks import Look


def outer_cut(dice: Random, size: float, top: float, end: float, flare: float = 0.0) -> Cut:
    """The cut of an outer garment; `size` scales its widths, so that long ones look long."""
    chest = size * dice.uniform(0.207, 0.224)
    return Cut(
        neck=size * dice.uniform(0.08, 0.09),
        shoulder=chest + dice.uniform(-0.004, 0.006),
        chest=chest,
        waist=chest + flare * 0.5,
        hem=chest + flare,
        end=end,
        top=top,
        slope=0.045 * size,
        pit=top + size * dice.uniform(0.215, 0.235),
    )


def outer_arm(dice: Random, size: float, balloon: float = 0.0) -> Arm:
    """The sleeve of an outer garment."""
    return Arm(
        dice.uniform(15, 19),
        size * dice.uniform(0.53, 0.56),
        size * dice.uniform(0.088, 0.098),
        0.01,
        balloon,
    )


def lay_fronts(
    canvas: Canvas,
    cut: Cut,
    paint: Paint,
    edge: Sequence[Knot],
    lap: float = 0.0,
) -> None:
    """Two fronts; the second laps over the first by `lap`. `edge` runs from the hem to the neck."""
    for side in SIDES[::-1]:
        over = lap * side
        moved = [(k[0] - (over if k[0] < 0.02 else 0.0), *k[1:]) for k in edge]
        panel = curve(cut.panel(side, moved))
        canvas.part(panel, paint, folds=cut.creases(), volume=0.7, drop=0.3)


def jacket(canvas: Canvas, look: Look) -> None:
    """A short jacket in one of three styles, with a hood or without."""
    dice = look.dice
    hooded = look.part("hood") == "hood"
    top = 0.235 if hooded else 0.15
    cut = outer_cut(dice, 1.0, top, dice.uniform(0.8, 0.83) + (0.065 if hooded else 0.0))
    if hooded:
        shade = look.main.shaded(0.94)
        lay_hood(canvas, cut, shade, shade.plain().shaded(0.5), dice, 0.94)
    {"bomber": _bomber, "trucker": _trucker, "biker": _biker}[look.part("style")](
        canvas, look, cut, dice
    )


def _bomber(canvas: Canvas, look: Look, cut: Cut, dice: Random) -> None:
    main = look.main
    cut = replace(cut, hem=cut.chest - 0.016, waist=cut.chest + 0.008)
    arm = outer_arm(dice, 1.0, 0.016)
    sleeves = tinted(look, "sleeve", main)
    rib = tinted(look, "collar", main.plain().shaded(0.72))
    knit = replace(rib, texture="smooth", gloss=0.05)
    deep = dice.uniform(0.052, 0.064)
    lay_inside(canvas, cut, 0.06, main, 0.0)
    _rib_back(canvas, cut, knit)
    lay_sleeves(canvas, cut, arm, sleeves, 0.75, deep)
    lay_cuffs(canvas, cut, arm, knit, deep, 10)
    edge: list[Knot] = [
        (0, cut.above(deep).end + 0.008, 1),
        (0, cut.top + 0.066, 1),
        (cut.neck * 0.68, cut.top + 0.045),
        (cut.neck, cut.top, 1),
    ]
    lay_fronts(canvas, cut.above(deep), main, edge)
    lay_welt(canvas, cut, knit, deep, 36)
    y = cut.end - deep - dice.uniform(0.13, 0.16)
    for side in SIDES:
        start, end = (0.5 + side * 0.155, y + 0.1), (0.5 + side * 0.095, y)
        lay_welt_pocket(canvas, start, end, main.plain())
    lay_zip(canvas, (0.5, cut.top + 0.05), (0.5, cut.end + 0.004), main.plain().shaded(0.6))
    pocket = [arm.at(cut, -1, 0.15, -0.04), arm.at(cut, -1, 0.25, -0.05)]
    canvas.stroke(pocket, 0.013, Paint(STEEL, gloss=0.9), drop=0.3)
    _rib_collar(canvas, cut, knit)


def _rib_back(canvas: Canvas, cut: Cut, paint: Paint) -> None:
    w, t = cut.neck, cut.top
    half: list[Knot] = [(0, t - 0.022), (w * 0.9, t - 0.034, 1), (w, t + 0.02, 1), (0, t + 0.03)]
    canvas.part(curve(mirrored(half)), paint.shaded(0.7), volume=0.4, radius=0.02)


def _rib_collar(canvas: Canvas, cut: Cut, paint: Paint) -> None:
    """A knitted band that stands around the neck, open in front."""
    w, t = cut.neck, cut.top
    for side in SIDES:
        wing: list[Knot] = [
            (0.5 + side * 0.008, t + 0.082, 1),
            (0.5 + side * w * 0.78, t + 0.06),
            (0.5 + side * (w + 0.016), t + 0.006, 1),
            (0.5 + side * w * 0.92, t - 0.036, 1),
            (0.5 + side * w * 0.62, t + 0.008),
            (0.5 + side * 0.012, t + 0.028, 1),
        ]
        canvas.part(curve(wing), paint, radius=0.018, drop=0.45)
        lay_ribs(canvas, wing[5], wing[3], wing[0], wing[2], 9, tone(paint.colour, 0.55))


def _trucker(canvas: Canvas, look: Look, cut: Cut, dice: Random) -> None:
    main = look.main
    cut = replace(cut, hem=cut.chest - 0.014)
    arm = outer_arm(dice, 1.0)
    sleeves, collar = tinted(look, "sleeve", main), tinted(look, "collar", main)
    thread = (206, 150, 84) if look.material == "denim" else tone(main.colour, 0.45)
    metal = BRASS if dice.random() < 0.6 else STEEL
    deep, depth = 0.042, 0.07
    lay_collar_back(canvas, cut, collar)
    lay_inside(canvas, cut, depth, main, 0.0)
    lay_sleeves(canvas, cut, arm, sleeves, 0.7)
    lay_cuffs(canvas, cut, arm, sleeves.shaded(0.93), 0.05)
    edge: list[Knot] = [
        (0, cut.end + 0.008, 1),
        (0, cut.top + depth, 1),
        (cut.neck * 0.68, cut.top + depth * 0.68),
        (cut.neck, cut.top, 1),
    ]
    lay_fronts(canvas, cut, main, edge, 0.02)
    yoke = cut.pit - dice.uniform(0.035, 0.05)
    pocket = yoke + 0.008
    for side in SIDES:
        seam = [(0.5 + side * 0.022, yoke), (0.5 + side * (cut.chest - 0.012), yoke - 0.004)]
        canvas.ink(seam, tone(main.colour, 0.45), 0.005, 0.7)
        canvas.ink([(x, y - 0.009) for x, y in seam], thread, 0.004, 0.85, dash=0.01)
        for inner, outer in ((0.1, 0.05), (0.17, 0.115)):
            line = [(0.5 + side * inner, pocket + 0.06), (0.5 + side * outer, cut.end - deep)]
            canvas.ink(line, tone(main.colour, 0.5), 0.004, 0.6)
            canvas.ink([(x + 0.007, y) for x, y in line], thread, 0.0035, 0.8, dash=0.01)
        x = 0.5 + side * (cut.chest * 0.54)
        _pointed_flap(canvas, x, pocket, main, thread, metal)
    _waistband(canvas, cut, deep, main, thread)
    for x in (0.484, 0.52):
        canvas.ink([(x, cut.top + 0.12), (x, cut.end - deep)], thread, 0.0035, 0.8, dash=0.01)
    places = [(0.502, cut.top + 0.12 + i * (cut.end - 0.145 - cut.top) / 4) for i in range(5)]
    lay_buttons(canvas, places, metal, 0.0115)
    lay_collar(canvas, cut, collar, (0.008, depth + 0.006), (cut.neck + 0.026, 0.155))
    if look.part("hood") == "hood":
        _throat(canvas, cut, main)


def _pointed_flap(
    canvas: Canvas, x: float, y: float, paint: Paint, thread: RGB, metal: RGB
) -> None:
    shape: list[Knot] = [
        (x - 0.058, y, 1),
        (x + 0.058, y, 1),
        (x + 0.056, y + 0.036, 1),
        (x, y + 0.062, 1),
        (x - 0.056, y + 0.036, 1),
    ]
    lay_leaf(canvas, shape, paint.shaded(0.95))
    inside = [(x + (k[0] - x) * 0.86, y + 0.004 + (k[1] - y) * 0.84) for k in shape]
    canvas.ink([inside[1], *inside[2:5], inside[0]], thread, 0.0035, 0.85, dash=0.009)
    lay_buttons(canvas, [(x, y + 0.036)], metal, 0.009)


def _waistband(canvas: Canvas, cut: Cut, deep: float, paint: Paint, thread: RGB) -> None:
    low = cut.end
    half: list[Knot] = [
        (0, low - deep + 0.008),
        (cut.hem + 0.003, low - deep, 1),
        (cut.hem, low + 0.002, 1),
        (0, low + 0.01),
    ]
    canvas.part(curve(mirrored(half)), paint.turned(90).shaded(0.95), radius=0.014, drop=0.3)
    for y in (low - deep + 0.008, low - 0.006):
        line = [(0.5 - cut.hem, y), (0.5, y + 0.008), (0.5 + cut.hem, y)]
        canvas.ink(line, thread, 0.0035, 0.8, dash=0.01)


def _throat(canvas: Canvas, cut: Cut, paint: Paint) -> None:
    """Two short cords that hang from a hood behind a collar."""
    for side in SIDES:
        x = 0.5 + side * 0.03
        line = [(x, cut.top + 0.085), (x + side * 0.006, cut.top + 0.2)]
        canvas.stroke(line, 0.01, Paint(button_shade(paint)), drop=0.4)


def _biker(canvas: Canvas, look: Look, cut: Cut, dice: Random) -> None:
    main = look.main
    cut = replace(cut, hem=cut.chest - 0.02, waist=cut.chest - 0.014)
    arm = outer_arm(dice, 1.0)
    sleeves, collar = tinted(look, "sleeve", main), tinted(look, "collar", main.shaded(1.06))
    low = cut.top + dice.uniform(0.2, 0.24)
    lay_collar_back(canvas, cut, collar)
    canvas.part(
        curve(mirrored([*cut.neckline("round", 0.02), (0.12, cut.pit, 1), (0, low + 0.03, 1)])),
        main.plain().shaded(0.5),
        volume=0.3,
        drop=0.0,
    )
    lay_inside(canvas, cut, 0.06, main, 0.0)
    lay_sleeves(canvas, cut, arm, sleeves, 0.75)
    for side in SIDES:
        line = [arm.at(cut, side, arm.length - 0.13, -0.014), arm.at(cut, side, arm.length, -0.01)]
        canvas.stroke(line, 0.013, Paint(STEEL, gloss=0.9), drop=0.3)
    foot = dice.uniform(0.03, 0.06)
    edge: list[Knot] = [(0, cut.end + 0.008, 1), (0, low, 1), (cut.neck, cut.top, 1)]
    left = curve(cut.panel(-1, edge))
    canvas.part(left, main, folds=cut.creases(), volume=0.75, drop=0.3)
    over: list[Knot] = [
        (-foot, cut.end + 0.008, 1),
        (-0.085, low - 0.02, 1),
        (cut.neck, cut.top, 1),
    ]
    canvas.part(curve(cut.panel(1, over)), main, folds=cut.creases(), volume=0.75, drop=0.4)
    zip_line = [(0.5 + 0.085, low - 0.02), (0.5 + foot, cut.end + 0.004)]
    zip_line = [(1 - x, y) for x, y in zip_line]
    _bare_zip(canvas, zip_line)
    _biker_lapels(canvas, cut, collar, low)
    y = cut.end - dice.uniform(0.16, 0.18)
    for side in SIDES:
        start, end = (0.5 + side * 0.16, y + 0.045), (0.5 + side * 0.1, y - 0.035)
        lay_welt_pocket(canvas, start, end, main.plain())
        canvas.ink([start, end], STEEL, 0.008, 1.0, dash=0.006)
    _biker_belt(canvas, cut, main)
    for side in SIDES:
        strap: list[Knot] = [
            (0.5 + side * (cut.neck + 0.03), cut.top + 0.008, 1),
            (0.5 + side * cut.shoulder, cut.tip - 0.012, 1),
            (0.5 + side * (cut.shoulder + 0.004), cut.tip + 0.022, 1),
            (0.5 + side * (cut.neck + 0.034), cut.top + 0.04),
        ]
        canvas.part(curve(strap), main.shaded(0.95), radius=0.012, drop=0.45)
        spot = (0.5 + side * (cut.neck + 0.05), cut.top + 0.03)
        lay_buttons(canvas, [spot], STEEL, 0.0075)


def _bare_zip(canvas: Canvas, line: Sequence[Point]) -> None:
    """A metal zip without a tape."""
    canvas.ink(line, STEEL, 0.013, 1.0)
    canvas.ink(line, tone(STEEL, 0.5), 0.013, 0.8, dash=0.006)


def _biker_lapels(canvas: Canvas, cut: Cut, paint: Paint, low: float) -> None:
    """Wide lapels with snaps, under a turned-down collar."""
    w, t = cut.neck, cut.top
    right: list[Knot] = [
        (0.5 - 0.02, low + 0.02, 1),
        (0.5 + w + 0.07, t + 0.17, 1),
        (0.5 + w + 0.056, t + 0.095, 1),
        (0.5 + w * 0.9, t + 0.02, 1),
    ]
    left: list[Knot] = [
        (0.5 - 0.085, low, 1),
        (0.5 - w - 0.09, t + 0.16, 1),
        (0.5 - w - 0.06, t + 0.09, 1),
        (0.5 - w * 0.9, t + 0.02, 1),
        (0.5 - 0.03, low - 0.07),
    ]
    for shape, side in ((left, -1), (right, 1)):
        lay_leaf(canvas, curve(shape), paint)
        _bare_zip(canvas, [(shape[0][0], shape[0][1]), (shape[1][0], shape[1][1])])
        snap = (0.5 + side * (w + 0.046), t + 0.148)
        lay_buttons(canvas, [snap], STEEL, 0.008)
    collar: list[Knot] = [
        (0.5 + 0.034, t + 0.105, 1),
        (0.5 + w + 0.05, t + 0.108, 1),
        (0.5 + w + 0.034, t + 0.03),
        (0.5 + w * 0.86, t - 0.036, 1),
        (0.5 + w * 0.66, t + 0.04),
    ]
    for shape in (collar, flipped(collar)):
        lay_leaf(canvas, curve(shape), paint)


def _biker_belt(canvas: Canvas, cut: Cut, paint: Paint) -> None:
    """The belt at the hem, with its buckle."""
    y = cut.end - 0.026
    line = [(0.5 - cut.hem + 0.014, y), (0.5, y + 0.008), (0.5 + cut.hem - 0.014, y)]
    canvas.stroke(curve(line, closed=False), 0.036, paint.plain().shaded(0.92), drop=0.4)
    x = 0.57
    buckle = rounded(x - 0.024, y - 0.022, x + 0.024, y + 0.032, 0.008)
    hole = rounded(x - 0.013, y - 0.011, x + 0.013, y + 0.021, 0.004)
    canvas.part(buckle, Paint(STEEL, gloss=0.9), holes=[hole], radius=0.008, drop=0.5)
