"""Coats, blazers and waistcoats with lapels; parkas and raincoats with hoods; laid flat."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

from demo.draw.canvas import Canvas
from demo.draw.garment import (
    SIDES,
    Cut,
    lay_cuffs,
    lay_inside,
    lay_leaf,
    lay_sleeves,
    lay_stitches,
    solid,
    tinted,
)
from demo.draw.geometry import Knot, Point, between, curve, mirrored, rounded
from demo.draw.jackets import lay_fronts, outer_arm, outer_cut
from demo.draw.paint import Paint, tone
from demo.draw.trimmings import (
    STEEL,
    band_line,
    button_shade,
    lay_buttons,
    lay_collar,
    lay_collar_back,
    lay_flap_pocket,
    lay_hood,
    lay_hood_front,
    lay_welt_pocket,
    lay_zip,
)
from demo.looks import Look


def lay_lapels(
    canvas: Canvas, cut: Cut, collar: Paint, lapel: Paint, low: float, peaked: bool, lap: float
) -> None:
    """Lapels that roll from the neck down to `low`, and the collar that meets them in a notch."""
    w, t = cut.neck, cut.top
    for side in SIDES[::-1]:
        tip = (w + 0.088, t + 0.05) if peaked else (w + 0.062, t + 0.112)
        half: list[Knot] = [
            (-lap * side, low, 1),
            (w * 0.72 + 0.03, (t + low) / 2 + 0.055),
            (*tip, 1),
            (w + 0.014, t + 0.092, 1),
            (w * 0.88, t - 0.014, 1),
            (w * 0.62, t + (low - t) * 0.36),
        ]
        shape = [(0.5 + side * k[0], *k[1:]) for k in half]
        lay_leaf(canvas, curve(shape), lapel.turned(-side * 25))
        tips = (w + 0.034, t + (0.07 if peaked else 0.078))
        over: list[Knot] = [
            (w * 0.6 + 0.008, t + 0.104, 1),
            (*tips, 1),
            (w + 0.03, t + 0.025),
            (w * 0.88, t - 0.034, 1),
            (w * 0.72, t + 0.03),
        ]
        shape = [(0.5 + side * k[0], *k[1:]) for k in over]
        lay_leaf(canvas, curve(shape), collar.turned(-side * 40))


def _open_edge(cut: Cut, low: float, foot: float = 0.0) -> list[Knot]:
    """The inner edge of a front from the hem to the neck, with a V down to `low`."""
    hem: list[Knot] = [(foot, cut.end + 0.006, *(() if foot else (1,)))]
    if foot:
        hem.append((0.0, cut.end - foot))
        hem.append((0.0, cut.end - foot * 1.6, 1))
    return [*hem, (0.0, low, 1), (cut.neck, cut.top, 1)]


def _lined(canvas: Canvas, cut: Cut, low: float, lining: Paint) -> None:
    """The lining of the back, seen through the open neck."""
    half: list[Knot] = [
        (0, cut.top - 0.008),
        (cut.neck + 0.004, cut.top - 0.006, 1),
        (cut.chest * 0.7, cut.pit, 1),
        (0, low + 0.04, 1),
    ]
    canvas.part(curve(mirrored(half)), lining, volume=0.4, drop=0.2)
    lay_inside(canvas, cut, 0.03, lining, 0.0)


def _button_rows(
    canvas: Canvas, look: Look, first: float, last: float, rows: int, wide: float
) -> None:
    """One or two columns of large buttons."""
    shade = look.accent("button", button_shade(look.main))
    columns = (-wide, wide) if wide else (0.0,)
    step = (last - first) / max(1, rows - 1)
    places = [(0.5 + x, first + step * i) for x in columns for i in range(rows)]
    lay_buttons(canvas, places, shade, 0.0135)


def blazer(canvas: Canvas, look: Look) -> None:
    """A tailored jacket with lapels, single- or double-breasted."""
    dice, main = look.dice, look.main
    double = look.part("front") == "double"
    cut = outer_cut(dice, 1.0, 0.13, dice.uniform(0.84, 0.87), 0.004)
    cut = replace(cut, waist=cut.chest - dice.uniform(0.018, 0.028), slope=0.04)
    arm = outer_arm(dice, 1.0)
    low = dice.uniform(0.47, 0.51) if not double else dice.uniform(0.44, 0.47)
    lap = 0.07 if double else 0.016
    lapel = tinted(look, "lapel", main.shaded(0.97))
    lining = Paint(tone(look.trim, 0.85), gloss=0.5, texture="satin")
    lay_collar_back(canvas, cut, lapel)
    _lined(canvas, cut, low, lining)
    lay_sleeves(canvas, cut, arm, main, 0.7)
    for side in SIDES:
        spots = [arm.at(cut, side, arm.length - y, -arm.cuff + 0.014) for y in (0.02, 0.042, 0.064)]
        lay_buttons(canvas, spots, look.accent("button", button_shade(main)), 0.007)
    lay_fronts(canvas, cut, main, _open_edge(cut, low, 0.0 if double else 0.055), lap)
    y = cut.end - dice.uniform(0.2, 0.23)
    for side in SIDES:
        x = 0.5 + side * cut.chest * 0.58
        if look.part("pocket") == "patch":
            _patch(canvas, x, y - 0.01, main.shaded(0.95))
        else:
            flap = rounded(x - 0.058, y, x + 0.058, y + 0.042, 0.01)
            lay_leaf(canvas, flap, main.shaded(0.93))
            canvas.ink([(x - 0.06, y), (x + 0.06, y)], tone(main.colour, 0.4), 0.004, 0.7)
        dart = [(x - side * 0.01, y - 0.03), (x - side * 0.025, cut.pit + 0.06)]
        canvas.ink(dart, tone(main.colour, 0.55), 0.003, 0.5)
    breast = [(0.5 + 0.1, cut.pit - 0.005), (0.5 + 0.165, cut.pit - 0.02)]
    canvas.stroke(breast, 0.02, main.plain().shaded(0.9), drop=0.4)
    lay_lapels(canvas, cut, lapel, lapel, low, look.part("lapel") == "peaked", lap * 0.9)
    if double:
        _button_rows(canvas, look, low + 0.04, low + 0.2, 3, 0.062)
    else:
        _button_rows(canvas, look, low + 0.03, low + 0.125, dice.choice((1, 2)), 0.0)


def _patch(canvas: Canvas, x: float, y: float, paint: Paint) -> None:
    shape = rounded(x - 0.062, y, x + 0.062, y + 0.125, 0.024)
    lay_leaf(canvas, shape, paint)
    seam = [(x - 0.06, y + 0.02), (x + 0.06, y + 0.02)]
    canvas.ink(seam, tone(paint.colour, 0.55), 0.003, 0.6)


def waistcoat(canvas: Canvas, look: Look) -> None:
    """A waistcoat: a V neck, no sleeves, and two points at the hem."""
    dice, main = look.dice, look.main
    double = look.part("front") == "double"
    cut = Cut(
        neck=dice.uniform(0.092, 0.104),
        shoulder=dice.uniform(0.172, 0.184),
        chest=dice.uniform(0.22, 0.235),
        waist=dice.uniform(0.2, 0.21),
        hem=dice.uniform(0.215, 0.228),
        end=dice.uniform(0.84, 0.87),
        top=0.12,
        pit=dice.uniform(0.37, 0.39),
    )
    low = dice.uniform(0.44, 0.48)
    lap = 0.062 if double else 0.014
    lining = Paint(tone(look.trim, 0.8), gloss=0.6, texture="satin")
    back: list[Knot] = [
        (0, cut.top + 0.012),
        (cut.neck, cut.top - 0.004, 1),
        (cut.shoulder, cut.tip, 1),
        (cut.chest, cut.pit, 1),
        (cut.waist, 0.6),
        (cut.hem - 0.004, cut.end - 0.07, 1),
        (0, cut.end - 0.08, 1),
    ]
    canvas.part(curve(mirrored(back)), lining, volume=0.5)
    if look.part("collar") == "pointed":
        lay_collar_back(canvas, cut, tinted(look, "collar", main))
    lay_inside(canvas, cut, 0.03, lining, 0.0)
    for side in SIDES[::-1]:
        over = lap * side
        half: list[Knot] = [
            (-over, low, 1),
            (cut.neck * 0.58, (low + cut.top) / 2 + 0.01),
            (cut.neck, cut.top, 1),
            (cut.shoulder, cut.tip, 1),
            (cut.shoulder - 0.026, cut.tip * 0.5 + cut.pit * 0.5),
            (cut.chest, cut.pit, 1),
            (cut.waist, 0.6),
            (cut.hem, cut.end - 0.075, 1),
            (0.07, cut.end + 0.012, 1),
            (-over, cut.end - 0.055, 1),
        ]
        shape = [(0.5 + side * k[0], *k[1:]) for k in half]
        canvas.part(curve(shape), main, folds=cut.creases()[:3], volume=0.65, drop=0.4)
        edge = [(0.5 + side * (k[0] - 0.012), k[1]) for k in half[3:6]]
        lay_stitches(canvas, curve(edge, closed=False), main.colour)
    y = cut.end - dice.uniform(0.2, 0.22)
    for side in SIDES:
        start, end = (0.5 + side * 0.095, y + 0.022), (0.5 + side * 0.175, y)
        lay_welt_pocket(canvas, start, end, main.plain())
    lay_welt_pocket(
        canvas, (0.5 + 0.105, cut.pit + 0.02), (0.5 + 0.165, cut.pit + 0.005), main.plain()
    )
    if look.part("collar") == "pointed":
        lapel = tinted(look, "collar", main.shaded(0.95))
        lay_lapels(canvas, cut, lapel, lapel, low, False, lap * 0.9)
    else:
        for side in SIDES:
            edge = [(0.5 + side * 0.016, low), (0.5 + side * (cut.neck + 0.012), cut.top + 0.012)]
            lay_stitches(canvas, edge, main.colour)
    rows = 3 if double else dice.choice((4, 5))
    _button_rows(canvas, look, low + 0.03, cut.end - 0.09, rows, 0.055 if double else 0.0)


def coat(canvas: Canvas, look: Look) -> None:
    """A long coat of wool, with lapels, a stand-up collar or none."""
    dice, main = look.dice, look.main
    long, double = look.part("length") == "long", look.part("front") == "double"
    size = 0.8 if long else 0.93
    top = 0.09 if long else 0.1
    end = dice.uniform(0.915, 0.93) if long else dice.uniform(0.85, 0.875)
    cut = outer_cut(dice, size, top, end, dice.uniform(0.012, 0.03))
    arm = outer_arm(dice, size)
    form = look.part("collar")
    belted = look.part("belt") == "belt"
    low = top + (0.27 if form == "pointed" else 0.07) * (0.5 + size / 2)
    lap = 0.058 * size if double else 0.014
    collar = tinted(look, "collar", main.shaded(0.97))
    lining = Paint(tone(look.trim, 0.8), gloss=0.5, texture="satin")
    if form != "none":
        lay_collar_back(canvas, cut, collar)
    _lined(canvas, cut, low, lining)
    lay_sleeves(canvas, cut, arm, main, 0.7)
    lay_cuffs(canvas, cut, arm, main.shaded(0.95), 0.055 * size)
    if belted:
        cut = replace(cut, waist=cut.waist - 0.012)
    edge = _open_edge(cut, low)
    if form != "pointed":
        edge.insert(2, (cut.neck * 0.68, top + (low - top) * 0.66))
    lay_fronts(canvas, cut, main, edge, lap)
    waist = cut.pit + (0.2 if long else 0.19) * size
    pocket = waist + (0.07 if belted else 0.05)
    for side in SIDES:
        x = 0.5 + side * cut.chest * 0.66
        start, stop = (x + side * 0.022, pocket + 0.1 * size), (x - side * 0.006, pocket)
        lay_welt_pocket(canvas, start, stop, main.plain())
    rows = 3 if form == "pointed" else 4
    first = low + 0.035
    last = waist - 0.04 if belted and form == "pointed" else pocket + 0.05
    if belted and form == "pointed":
        rows = 1 + int((last - first) / 0.055)
    _button_rows(canvas, look, first, last, rows, lap if double else 0.0)
    if belted:
        _tied_belt(canvas, cut, waist, solid(main).shaded(0.9))
    if form == "pointed":
        lay_lapels(canvas, cut, collar, collar, low, False, lap * 0.9)
    elif form == "stand-up":
        _tall_collar(canvas, cut, collar)
    else:
        line = [(x, y + 0.012) for x, y in band_line(cut, "round", low - top)]
        lay_stitches(canvas, line, main.colour)


def _tall_collar(canvas: Canvas, cut: Cut, paint: Paint) -> None:
    """A collar that stands up around the throat."""
    w, t = cut.neck, cut.top
    for side in SIDES:
        wing: list[Knot] = [
            (0.5 + side * 0.004, t + 0.078, 1),
            (0.5 + side * w * 0.75, t + 0.052),
            (0.5 + side * (w + 0.02), t + 0.008, 1),
            (0.5 + side * w * 0.95, t - 0.045, 1),
            (0.5 + side * w * 0.6, t - 0.01),
            (0.5 + side * 0.018, t + 0.008, 1),
        ]
        lay_leaf(canvas, curve(wing), paint.turned(-side * 20))
        edge = [(x, y + 0.007) for x, y, *_ in wing[3:]]
        lay_stitches(canvas, curve(edge, closed=False), paint.colour)


def _tied_belt(canvas: Canvas, cut: Cut, y: float, paint: Paint) -> None:
    """A cloth belt, knotted in front, with two hanging ends."""
    w = cut.chest + 0.004
    band: list[Knot] = [(0, y - 0.014), (w, y - 0.022, 1), (w, y + 0.02, 1), (0, y + 0.03)]
    canvas.part(curve(mirrored(band)), paint.turned(90), radius=0.014, drop=0.5)
    for side, long in ((1, 0.17), (-1, 0.14)):
        tail: list[Knot] = [
            (0.5 - 0.012, y, 1),
            (0.5 + 0.012, y, 1),
            (0.5 + side * 0.045 + 0.02, y + long, 1),
            (0.5 + side * 0.045 - 0.02, y + long + 0.01, 1),
        ]
        canvas.part(tail, paint, radius=0.014, drop=0.5)
    canvas.part(
        rounded(0.472, y - 0.02, 0.528, y + 0.036, 0.016),
        paint.shaded(0.96),
        radius=0.016,
        drop=0.5,
    )


def parka(canvas: Canvas, look: Look) -> None:
    """A parka: a hood, perhaps edged with fur, flap pockets and a drawn-in waist."""
    dice, main = look.dice, look.main
    size = 0.9
    cut = outer_cut(dice, size, 0.225, dice.uniform(0.88, 0.91), 0.016)
    arm = outer_arm(dice, size)
    lining = tinted(look, "lining", main.plain().shaded(0.5))
    opening = lay_hood(canvas, cut, main.shaded(0.96), lining.shaded(0.88), dice, size * 1.04)
    lay_sleeves(canvas, cut, arm, main, 0.75)
    lay_cuffs(canvas, cut, arm, main.shaded(0.9), 0.034)
    depth = 0.075
    edge: list[Knot] = [
        (0, cut.end + 0.008, 1),
        (0, cut.top + depth, 1),
        (cut.neck * 0.68, cut.top + depth * 0.7),
        (cut.neck, cut.top, 1),
    ]
    lay_fronts(canvas, cut, main, edge)
    waist = cut.pit + dice.uniform(0.14, 0.16)
    line = [(0.5 - cut.chest, waist - 0.006), (0.5, waist), (0.5 + cut.chest, waist - 0.006)]
    canvas.ink(curve(line, closed=False), tone(main.colour, 0.45), 0.005, 0.7)
    lay_stitches(canvas, [(x, y - 0.012) for x, y in line], main.colour)
    for side in SIDES:
        x = 0.5 + side * cut.chest * 0.58
        lay_flap_pocket(canvas, x, waist + 0.05, 0.056, 0.12, main.shaded(0.96), STEEL)
        if dice.random() < 0.6:
            lay_flap_pocket(canvas, x, cut.pit - 0.01, 0.042, 0.085, main.shaded(0.96), None)
    _storm_flap(canvas, look, cut, depth)
    lay_hood_front(canvas, cut, main.shaded(0.95), depth)
    if look.part("trim") == "fur":
        shade = look.accent("trim", (196, 172, 138))
        fur = Paint(shade, texture="plush", gloss=0.05)
        right = [p for p in opening[:36] if p[1] < cut.top + 0.03]
        ring = [*right, (0.512, cut.top + depth - 0.012)]
        left = [(1 - x, y) for x, y in ring]
        line = [*reversed(left), *ring[1:]]
        _fur(canvas, line, fur.shaded(0.74), dice, 0.034)
        _fur(canvas, line, fur.shaded(1.12), dice, 0.02)
    for side in SIDES:
        x = 0.5 + side * 0.04
        canvas.stroke(
            [(x, waist), (x + side * 0.006, waist + 0.09)], 0.01, Paint((232, 226, 214)), drop=0.4
        )


def _fur(canvas: Canvas, line: Sequence[Point], paint: Paint, dice: Random, wide: float) -> None:
    """A shaggy border along `line`, about twice `wide`."""
    outer: list[Point] = []
    inner: list[Point] = []
    for a, b in pairwise(line):
        long = math.hypot(b[0] - a[0], b[1] - a[1]) or 1.0
        for k in range(max(1, round(long / 0.006))):
            x, y = between(a, b, k * 0.006 / long)
            nx, ny = -(b[1] - a[1]) / long, (b[0] - a[0]) / long
            out, into = wide * dice.uniform(0.85, 1.3), wide * dice.uniform(0.6, 0.9)
            outer.append((x - nx * out, y - ny * out))
            inner.append((x + nx * into, y + ny * into))
    canvas.part([*outer, *reversed(inner)], paint, volume=0.85, radius=0.025, drop=0.4)


def _storm_flap(canvas: Canvas, look: Look, cut: Cut, depth: float) -> None:
    """The strip over the zip, with snaps, or the bare zip."""
    main = look.main
    if look.part("closure") == "zip":
        lay_zip(canvas, (0.5, cut.top + depth - 0.01), (0.5, cut.end), main.plain().shaded(0.6))
        return
    start = cut.top + depth - 0.01
    strip = rounded(0.474, start, 0.526, cut.end + 0.004, 0.008)
    canvas.part(strip, main.shaded(0.96), radius=0.012, drop=0.45)
    for x in (0.48, 0.52):
        lay_stitches(canvas, [(x, start), (x, cut.end)], main.colour)
    first = cut.top + depth + 0.06
    places = [(0.5, first + (cut.end - 0.05 - first) * i / 4) for i in range(5)]
    shade = look.accent("button", STEEL)
    lay_buttons(canvas, places, shade, 0.0135)


def raincoat(canvas: Canvas, look: Look) -> None:
    """A raincoat: smooth and shiny, widening downwards, with big flap pockets."""
    dice, main = look.dice, look.main
    hooded = look.part("hood") == "hood"
    short = look.part("length") == "short"
    size = 0.98 if short else 0.88
    top = 0.225 if hooded else 0.12
    end = top + (dice.uniform(0.56, 0.59) if short else dice.uniform(0.66, 0.68))
    if not hooded:
        end = min(0.9, end + 0.06)
    cut = outer_cut(dice, size, top, end, dice.uniform(0.03, 0.045))
    arm = outer_arm(dice, size)
    hood = tinted(look, "hood", main)
    depth = 0.072
    if hooded:
        lay_hood(canvas, cut, hood, hood.plain().shaded(0.55), dice, size)
    else:
        lay_collar_back(canvas, cut, main)
        lay_inside(canvas, cut, depth, main, 0.0)
    lay_sleeves(canvas, cut, arm, main, 0.8)
    lay_cuffs(canvas, cut, arm, main.shaded(0.93), 0.05)
    edge: list[Knot] = [
        (0, cut.end + 0.008, 1),
        (0, cut.top + depth, 1),
        (cut.neck * 0.68, cut.top + depth * 0.7),
        (cut.neck, cut.top, 1),
    ]
    lay_fronts(canvas, cut, main, edge)
    yoke = cut.pit - dice.uniform(0.02, 0.04)
    for side in SIDES:
        cape = [(0.5 + side * 0.03, yoke + 0.012), (0.5 + side * (cut.chest - 0.008), yoke)]
        canvas.ink(cape, tone(main.colour, 0.5), 0.005, 0.65)
        canvas.ink([(x, y + 0.008) for x, y in cape], (255, 255, 255), 0.005, 0.3)
        x = 0.5 + side * cut.chest * 0.6
        y = cut.end - dice.uniform(0.2, 0.22)
        lay_flap_pocket(canvas, x, y, 0.06, 0.12, main, None)
    _storm_flap(canvas, look, cut, depth)
    if hooded:
        lay_hood_front(canvas, cut, hood, depth)
    else:
        lay_collar(canvas, cut, main, (0.008, depth + 0.004), (cut.neck + 0.026, 0.155))
