"""Shirts and blouses, laid flat and buttoned."""

from dataclasses import replace

from demo.draw.canvas import Canvas, Fold
from demo.draw.garment import (
    SIDES,
    Arm,
    Cut,
    lay_cuffs,
    lay_inside,
    lay_leaf,
    lay_sleeves,
    lay_stitches,
    solid,
    tinted,
)
from demo.draw.geometry import Knot, curve, ellipse, mirrored
from demo.draw.paint import Paint, tone
from demo.draw.trimmings import (
    button_shade,
    lay_buttons,
    lay_collar,
    lay_collar_back,
    lay_neckband,
    lay_pocket,
)
from demo.looks import Look


def shirt(canvas: Canvas, look: Look) -> None:
    """A shirt, buttoned up, with a curved hem."""
    dice, main = look.dice, look.main
    chest = dice.uniform(0.195, 0.215)
    cut = Cut(
        neck=dice.uniform(0.07, 0.08),
        shoulder=chest + dice.uniform(-0.006, 0.006),
        chest=chest,
        waist=chest - dice.uniform(0.004, 0.016),
        hem=chest + dice.uniform(0.0, 0.01),
        end=dice.uniform(0.86, 0.89),
        top=0.15,
    )
    arm = Arm(dice.uniform(16, 20), dice.uniform(0.52, 0.56), 0.078)
    short = Arm(dice.uniform(34, 40), dice.uniform(0.2, 0.23), dice.uniform(0.125, 0.14))
    if look.part("sleeve") == "short":
        arm = short
    form = look.part("collar")
    collar = tinted(look, "collar", solid(main))
    depth = {"none": 0.06, "stand-up": 0.06}.get(form, 0.062)
    if form in ("pointed", "round"):
        lay_collar_back(canvas, cut, collar)
    elif form == "stand-up":
        _stand_back(canvas, cut, collar)
    lay_inside(canvas, cut, depth, main, 0.2 if form == "none" else 0.0)
    lay_sleeves(canvas, cut, arm, main)
    if look.part("sleeve") == "long":
        _cuffs(canvas, cut, arm, tinted(look, "cuff", main.shaded(0.94)), button_shade(main))
    else:
        lay_cuffs(canvas, cut, arm, tinted(look, "cuff", main.shaded(0.94)), 0.034)
    tail = dice.uniform(0.05, 0.075)
    body = [*cut.neckline("round", depth), *cut.flank(tail)]
    canvas.part(curve(mirrored(body)), main, folds=cut.creases(), volume=0.6, drop=0.25)
    hem = curve(mirrored([(0, cut.end), *[(k[0], k[1]) for k in cut.flank(tail)[-2:-1]]]))
    lay_stitches(canvas, [(x, y - 0.018) for x, y in hem[4:23]], main.colour)
    _placket(canvas, cut, depth, cut.end - 0.002, main)
    first, last = cut.top + depth + 0.05, cut.end - 0.1
    places = [(0.5, first + (last - first) * i / 5) for i in range(6)]
    lay_buttons(canvas, places, button_shade(main), 0.0088)
    if form == "pointed":
        lay_collar(canvas, cut, collar, (0.006, depth + 0.01), (cut.neck + 0.008, 0.145))
        lay_buttons(canvas, [(0.5, cut.top + depth + 0.016)], button_shade(main), 0.008)
    elif form == "round":
        _round_collar(canvas, cut, collar, depth + 0.006, 0.072)
    elif form == "stand-up":
        _stand_collar(canvas, cut, collar, depth)
        lay_buttons(canvas, [(0.5, cut.top + depth - 0.014)], button_shade(main), 0.008)
    else:
        lay_neckband(canvas, cut, "round", depth, main.plain().shaded(0.86))
    if look.part("pocket") == "pocket":
        lay_pocket(canvas, 0.5 + chest * 0.52, cut.pit - 0.01, 0.052, 0.115, solid(main))


def _placket(canvas: Canvas, cut: Cut, depth: float, end: float, paint: Paint) -> None:
    """The strip with the buttonholes, stitched on both sides."""
    start = cut.top + depth + 0.006
    strip: list[Knot] = [(0.482, start), (0.518, start), (0.518, end), (0.482, end)]
    canvas.part(strip, paint.shaded(0.96), radius=0.012, drop=0.35, volume=0.4)
    for x in (0.487, 0.513):
        lay_stitches(canvas, [(x, start + 0.01), (x, end - 0.01)], paint.colour)


def _cuffs(canvas: Canvas, cut: Cut, arm: Arm, paint: Paint, buttons: tuple[int, int, int]) -> None:
    """Long sleeves' cuffs, with a seam and a button."""
    lay_cuffs(canvas, cut, arm, paint, 0.06)
    for side in SIDES:
        seam = [arm.at(cut, side, arm.length - 0.054, x) for x in (0.0, -arm.cuff)]
        lay_stitches(canvas, seam, paint.colour)
        lay_buttons(canvas, [arm.at(cut, side, arm.length - 0.03, -0.02)], buttons, 0.007)


def _stand_back(canvas: Canvas, cut: Cut, paint: Paint) -> None:
    """The inside of a stand-up collar's back."""
    w, t = cut.neck, cut.top
    half: list[Knot] = [(0, t - 0.03), (w * 0.7, t - 0.036), (w, t - 0.04, 1), (w, t + 0.02, 1)]
    half.append((0, t + 0.04))
    canvas.part(curve(mirrored(half)), paint.plain().shaded(0.7), volume=0.3, radius=0.02)


def _stand_collar(canvas: Canvas, cut: Cut, paint: Paint, depth: float) -> None:
    """A band that stands up around the neck and meets in front."""
    w, t = cut.neck, cut.top
    for side in SIDES:
        wing: list[Knot] = [
            (0.5 - side * 0.004, t + depth + 0.008, 1),
            (0.5 + side * w * 0.7, t + depth * 0.74),
            (0.5 + side * (w + 0.008), t + 0.004, 1),
            (0.5 + side * w * 0.94, t - 0.042, 1),
            (0.5 + side * w * 0.6, t - 0.002),
            (0.5 + side * 0.014, t + depth - 0.043),
            (0.5 - side * 0.002, t + depth - 0.026),
        ]
        lay_leaf(canvas, curve(wing), paint.turned(-side * 20))


def _round_collar(canvas: Canvas, cut: Cut, paint: Paint, depth: float, wide: float) -> None:
    """A flat collar with round ends (Peter Pan): `wide` is its width."""
    w, t = cut.neck, cut.top
    for side in SIDES:
        wing: list[Knot] = [
            (0.5 + side * 0.004, t + depth, 1),
            (0.5 + side * 0.014, t + depth + wide * 0.85),
            (0.5 + side * w * 0.66, t + depth + wide * 0.92),
            (0.5 + side * (w + wide * 0.62), t + depth * 0.9 + wide * 0.3),
            (0.5 + side * (w + wide * 0.4), t + 0.008),
            (0.5 + side * w * 0.88, t - 0.03, 1),
            (0.5 + side * w * 0.66, t + depth * 0.6),
        ]
        lay_leaf(canvas, curve(wing), paint.turned(-side * 30))
        edge = [(x - side * 0.007, y - 0.007) for x, y in curve(wing)[9:38]]
        lay_stitches(canvas, edge, paint.colour)


def blouse(canvas: Canvas, look: Look) -> None:
    """A blouse: softer and wider than a shirt, gathered at the cuffs."""
    dice, main = look.dice, look.main
    chest = dice.uniform(0.185, 0.205)
    peplum = look.part("hem") == "peplum"
    end = dice.uniform(0.8, 0.85)
    waist = dice.uniform(0.57, 0.6)
    cut = Cut(
        neck=dice.uniform(0.074, 0.088),
        shoulder=chest - dice.uniform(0.012, 0.024),
        chest=chest,
        waist=chest + 0.006,
        hem=chest + dice.uniform(0.015, 0.035),
        end=end,
        top=0.15,
    )
    sleeve = look.part("sleeve")
    if peplum:
        cut = replace(cut, waist=chest - 0.034, hem=chest - 0.05, end=waist)
    long = Arm(dice.uniform(17, 21), dice.uniform(0.47, 0.5), 0.07, 0.024, 0.032)
    short = Arm(dice.uniform(30, 36), dice.uniform(0.17, 0.19), 0.115, 0.05, 0.03)
    arm = long if sleeve == "long" else short
    form = look.part("collar")
    depth = 0.09 if form == "none" else 0.06
    collar = tinted(look, "collar", solid(main))
    if form == "round":
        lay_collar_back(canvas, cut, collar)
    lay_inside(canvas, cut, depth, main)
    if sleeve != "none":
        deep = 0.045 if sleeve == "long" else 0.026
        lay_sleeves(canvas, cut, arm, main, 0.7, deep)
        _gathers(canvas, cut, arm, main)
        lay_cuffs(canvas, cut, arm, main.shaded(0.93), deep)
    if peplum:
        _peplum(canvas, cut, end, dice.uniform(0.075, 0.1), main)
    body = [*cut.neckline("round", depth), *cut.flank()]
    if sleeve == "none":
        body[3:5] = [(cut.shoulder - 0.03, cut.tip - 0.006, 1), (cut.shoulder - 0.045, 0.29)]
    folds = cut.creases()
    if not peplum:
        folds += [
            Fold([(0.5 + x * chest, 0.4), (0.5 + x * cut.hem, end)], 0.035, 0.16)
            for x in (-0.75, 0.2, 0.78)
        ]
    canvas.part(curve(mirrored(body)), main, folds=folds, volume=0.65, drop=0.25)
    if peplum:
        belt = [
            (0.5 - cut.hem, waist - 0.004),
            (0.5, waist + 0.006),
            (0.5 + cut.hem, waist - 0.004),
        ]
        canvas.stroke(curve(belt, closed=False), 0.018, main.shaded(0.9), drop=0.3)
    _placket(canvas, cut, depth, cut.end - 0.004, main)
    first, last = cut.top + depth + 0.05, cut.end - 0.06
    count = 4 if peplum else 6
    places = [(0.5, first + (last - first) * i / (count - 1)) for i in range(count)]
    lay_buttons(canvas, places, button_shade(main), 0.008)
    if form == "round":
        _round_collar(canvas, cut, collar, depth, 0.095)
    elif form == "bow":
        lay_neckband(canvas, cut, "round", depth, collar, 0.034)
        _bow(canvas, cut.top + depth + 0.012, dice.uniform(0.1, 0.12), collar)
    else:
        lay_neckband(canvas, cut, "round", depth, main.plain().shaded(0.9))


def _gathers(canvas: Canvas, cut: Cut, arm: Arm, paint: Paint) -> None:
    """The little pleats where a wide sleeve runs into its cuff and into the shoulder."""
    dark = tone(paint.colour, 0.55)
    for side in SIDES:
        for i in range(4):
            x = -arm.cuff * (i + 0.5) / 4
            start = arm.at(cut, side, arm.length - 0.03, x)
            canvas.ink([start, arm.at(cut, side, arm.length - 0.1, x * 1.15)], dark, 0.004, 0.3)


def _peplum(canvas: Canvas, cut: Cut, end: float, flare: float, paint: Paint) -> None:
    """The frill from the waist down, in soft waves."""
    w, y = cut.hem, cut.end
    half: list[Knot] = [(0, y - 0.02, 1), (w - 0.004, y - 0.02, 1), (w + flare, end - 0.03, 1)]
    wide = w + flare
    waves = 5
    for i in range(waves):
        x = wide * (1 - (i + 0.5) / waves)
        half.append((x, end + (0.012 if i % 2 else -0.012)))
    half.append((0, end + 0.004))
    folds = [
        Fold([(0.5 + x * w * 0.9, y), (0.5 + x * wide, end)], 0.03, 0.26)
        for x in (-0.8, -0.45, -0.1, 0.28, 0.62)
    ]
    canvas.part(curve(mirrored(half)), paint, folds=folds, volume=0.6, drop=0.3)


def _bow(canvas: Canvas, y: float, wide: float, paint: Paint) -> None:
    """A large bow, tied at the neck, with two hanging ends."""
    for side, long in ((1, 0.2), (-1, 0.17)):
        tail: list[Knot] = [
            (0.5, y - 0.005, 1),
            (0.5 + side * 0.035, y + long * 0.4),
            (0.5 + side * 0.075, y + long, 1),
            (0.5 + side * 0.025, y + long + 0.022, 1),
            (0.5 + side * 0.008, y + long * 0.45),
        ]
        lay_leaf(canvas, curve(tail), paint.turned(-side * 15))
    for side in SIDES:
        loop: list[Knot] = [
            (0.5, y - 0.016, 1),
            (0.5 + side * wide * 0.6, y - 0.052),
            (0.5 + side * wide, y - 0.02),
            (0.5 + side * wide * 0.92, y + 0.04),
            (0.5 + side * wide * 0.5, y + 0.034),
            (0.5, y + 0.016, 1),
        ]
        fold = Fold([(0.5, y), (0.5 + side * wide * 0.65, y - 0.004)], 0.03, 0.4)
        lay_leaf(canvas, curve(loop), paint.turned(side * 8), [fold])
    lay_leaf(canvas, ellipse(0.5, y, 0.022, 0.027), paint.shaded(0.95))
