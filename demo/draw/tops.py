"""T-shirts, tank tops and polo shirts, laid flat."""

from demo.draw.canvas import Canvas
from demo.draw.garment import (
    SIDES,
    Arm,
    Cut,
    inner,
    lay_cuffs,
    lay_hems,
    lay_inside,
    lay_sleeves,
    solid,
    tinted,
)
from demo.draw.geometry import Knot, curve, mirrored
from demo.draw.trimmings import (
    button_shade,
    lay_back_band,
    lay_buttons,
    lay_collar,
    lay_collar_back,
    lay_neckband,
    lay_pocket,
)
from demo.looks import Look


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
    trim = tinted(look, "collar", solid(main)) if collared else main
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
        paint = tinted(look, "pocket", solid(main))
        lay_pocket(canvas, 0.5 + chest * 0.48, cut.pit - 0.01, 0.05, 0.115, paint)


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
    collar = tinted(look, "collar", solid(main))
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
        lay_pocket(canvas, 0.5 + chest * 0.5, cut.pit + 0.01, 0.05, 0.11, solid(main))
