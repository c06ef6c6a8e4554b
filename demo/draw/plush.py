"""Soft toys: teddy bears, rabbits and rag dolls."""

import math
from dataclasses import replace

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, Point, curve, ellipse, flipped, mirrored
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look

DARK: RGB = (44, 34, 32)
BLUSH: RGB = (232, 142, 140)
SKINS: tuple[RGB, ...] = ((246, 214, 188), (232, 188, 152), (190, 136, 98), (132, 88, 62))


def limb(a: Point, b: Point, start: float, end: float) -> list[Point]:
    """A sausage from `a` to `b` whose ends have these radii."""
    turn = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
    return [
        *ellipse(*b, end, end, turn - 90, turn + 90, steps=14),
        *ellipse(*a, start, start, turn + 90, turn + 270, steps=14),
    ]


def eye(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """A shiny black button of an eye."""
    canvas.part(ellipse(x, y, radius, radius * 1.1, steps=24), Paint(DARK, gloss=1), radius=0.01)
    glint = ellipse(x - radius * 0.3, y - radius * 0.35, radius * 0.34, radius * 0.34, steps=12)
    canvas.part(glint, Paint((255, 255, 255)), volume=0, drop=0)


def bow(canvas: Canvas, paint: Paint, x: float, y: float, size: float) -> None:
    """A bow tied of ribbon, `size` from the knot to the tip of a loop."""
    tail: list[Knot] = [
        (x, y, 1),
        (x + size * 0.62, y + size * 0.85, 1),
        (x + size * 0.36, y + size * 0.84, 1),
        (x + size * 0.2, y + size * 1.0, 1),
    ]
    loop: list[Knot] = [
        (x, y - size * 0.1, 1),
        (x + size * 0.55, y - size * 0.52),
        (x + size, y - size * 0.42),
        (x + size * 0.98, y + size * 0.3),
        (x + size * 0.55, y + size * 0.42),
        (x, y + size * 0.1, 1),
    ]
    for side in (tail, flipped(tail, x)):
        canvas.part(curve(side), paint.shaded(0.86), radius=0.01)
    for side in (loop, flipped(loop, x)):
        canvas.part(curve(side), paint, volume=0.8, radius=size * 0.22)
        dent = [(x + (side[3][0] - x) * t, y - size * 0.02) for t in (0.12, 0.5)]
        canvas.ink(dent, tone(paint.colour, 0.5), 0.006, 0.6)
    knot = ellipse(x, y, size * 0.22, size * 0.26, steps=20)
    canvas.part(knot, paint, volume=0.8, radius=size * 0.12)


def _pale(paint: Paint) -> Paint:
    """The lighter plush of muzzles, bellies and soles (on white toys a creamier one)."""
    red, green, blue = paint.colour
    cream = (round(red * 0.97), round(green * 0.92), round(blue * 0.85))
    colour = cream if sum(paint.colour) > 600 else tone(paint.colour, 1.65)
    return replace(paint.plain(), colour=colour)


def _knitted(colour: RGB) -> Paint:
    return Paint(colour, texture="knit", gloss=0.05)


def teddy(canvas: Canvas, look: Look) -> None:
    """A bear sitting with its soles towards us."""
    dice, fur = look.dice, look.main
    pale, plain = _pale(fur), fur.plain()
    stitch = tone(fur.colour, 0.45)
    wide, tall = dice.uniform(0.175, 0.215), dice.uniform(0.15, 0.172)
    ear, apart = dice.uniform(0.058, 0.078), dice.uniform(0.72, 0.84)
    belly, foot = dice.uniform(0.185, 0.22), dice.uniform(0.082, 0.1)
    reach, spread = dice.uniform(0.235, 0.27), dice.uniform(0.17, 0.2)
    snout = dice.uniform(0.074, 0.094)
    head = 0.3
    dressed = look.part("jumper") == "jumper"
    wool = _knitted(look.accent("jumper"))
    canvas.ground(0.5, 0.895, 0.34)
    for side in (-1, 1):
        x, y = 0.5 + side * wide * apart, head - tall * 0.78
        canvas.part(ellipse(x, y, ear, ear), plain, volume=0.7, radius=0.03)
        canvas.part(ellipse(x, y + 0.008, ear * 0.6, ear * 0.6), pale, volume=0.3, drop=0.1)
    trunk: list[Knot] = [
        (0, 0.42),
        (belly * 0.62, 0.46),
        (belly, 0.66),
        (belly * 0.82, 0.84),
        (0, 0.885),
    ]
    cloth = wool if dressed else fur
    canvas.part(curve(mirrored(trunk)), cloth, volume=0.75, radius=0.07)
    if dressed:
        hem: list[Knot] = [
            (0, 0.775),
            (belly * 0.96, 0.745, 1),
            (belly * 0.97, 0.79, 1),
            (0, 0.825),
        ]
        canvas.part(curve(mirrored(hem)), wool.shaded(0.84), volume=0.5, radius=0.015)
    elif fur.pattern == "plain":
        canvas.part(
            ellipse(0.5, 0.675, belly * 0.62, 0.135), pale, volume=0.35, radius=0.03, drop=0.1
        )
        canvas.ink([(0.5, 0.55), (0.5, 0.8)], stitch, 0.004, 0.5)
    for side in (-1, 1):
        shoulder = (0.5 + side * belly * 0.72, 0.52)
        paw = (0.5 + side * reach, 0.7)
        canvas.part(limb(shoulder, paw, 0.058, 0.062), fur, volume=0.75, radius=0.035)
        if dressed:
            cuff = (shoulder[0] * 0.4 + paw[0] * 0.6, shoulder[1] * 0.4 + paw[1] * 0.6)
            canvas.part(limb(shoulder, cuff, 0.062, 0.068), wool, volume=0.75, radius=0.035)
        leg = (0.5 + side * spread * 0.72, 0.79)
        sole = (0.5 + side * spread, 0.808)
        canvas.part(limb(leg, sole, foot * 0.9, foot), fur, volume=0.75, radius=0.04)
        canvas.part(ellipse(*sole, foot * 0.7, foot * 0.76), pale, volume=0.4, drop=0.1)
        for toe in (-1, 0, 1):
            x, y = sole[0] + toe * foot * 0.3, sole[1] - foot * (0.44 - 0.1 * abs(toe))
            canvas.ink([(x, y), (x, y + foot * 0.22)], stitch, 0.006, 0.75)
    skull: list[Knot] = [
        (0, head - tall),
        (wide * 0.75, head - tall * 0.72),
        (wide, head + tall * 0.12),
        (wide * 0.72, head + tall * 0.8),
        (0, head + tall),
    ]
    canvas.part(curve(mirrored(skull)), plain, volume=0.75, radius=0.06)
    canvas.ink([(0.5, head - tall), (0.5, head - 0.01)], stitch, 0.004, 0.35)
    canvas.part(
        ellipse(0.5, head + tall * 0.36, snout, snout * 0.8), pale, volume=0.7, radius=0.035
    )
    _muzzle(canvas, 0.5, head + tall * 0.08, snout)
    for side in (-1, 1):
        eye(canvas, 0.5 + side * wide * 0.4, head - tall * 0.08, 0.019)
    if look.part("bow") == "bow":
        ribbon = Paint(look.accent("bow"), gloss=0.5, texture="satin")
        bow(canvas, ribbon, 0.5, head + tall * 1.12, 0.125)


def _muzzle(canvas: Canvas, x: float, y: float, size: float) -> None:
    """An embroidered nose and mouth."""
    nose: list[Knot] = [
        (x - size * 0.42, y + size * 0.02),
        (x, y - size * 0.12),
        (x + size * 0.42, y + size * 0.02),
        (x + size * 0.12, y + size * 0.4),
        (x - size * 0.12, y + size * 0.4),
    ]
    canvas.part(curve(nose), Paint(DARK, gloss=0.6), volume=0.6, radius=0.012, drop=0.15)
    low = y + size * 0.72
    canvas.ink([(x, y + size * 0.35), (x, low)], DARK, 0.007, 0.85)
    smile: list[Knot] = [
        (x - size * 0.46, low - size * 0.02),
        (x - size * 0.24, low + size * 0.16),
        (x, low),
        (x + size * 0.24, low + size * 0.16),
        (x + size * 0.46, low - size * 0.02),
    ]
    canvas.ink(curve(smile, closed=False), DARK, 0.007, 0.85)


def rabbit(canvas: Canvas, look: Look) -> None:
    """A slim rabbit with long limbs, standing."""
    dice, fur = look.dice, look.main
    plain, pale = fur.plain(), _pale(fur)
    stitch = tone(fur.colour, 0.45)
    wide, tall = dice.uniform(0.135, 0.158), dice.uniform(0.118, 0.134)
    long, thick = dice.uniform(0.17, 0.21), dice.uniform(0.042, 0.052)
    belly, arm = dice.uniform(0.12, 0.15), dice.uniform(0.2, 0.25)
    stance, lean = dice.uniform(0.06, 0.085), dice.uniform(0.03, 0.075)
    head = 0.375
    lining = Paint((238, 176, 180), texture=fur.texture)
    canvas.ground(0.5, 0.92, 0.2)
    floppy = look.part("ears") == "floppy"
    if not floppy:
        for side in (-1, 1):
            root = (0.5 + side * wide * 0.42, head - tall * 0.7)
            tip = (root[0] + side * lean, root[1] - long)
            canvas.part(limb(root, tip, thick * 0.85, thick), fur, volume=0.7, radius=0.025)
            inner = limb((root[0], root[1] - 0.03), tip, thick * 0.42, thick * 0.58)
            canvas.part(inner, lining, volume=0.3, radius=0.012, drop=0.15)
    for side in (-1, 1):
        hip, ankle = (0.5 + side * stance * 0.8, 0.7), (0.5 + side * stance, 0.87)
        canvas.part(limb(hip, ankle, 0.055, 0.048), fur, volume=0.7, radius=0.03)
        canvas.part(
            ellipse(ankle[0] + side * 0.014, 0.885, 0.068, 0.04), plain, volume=0.7, radius=0.025
        )
    trunk: list[Knot] = [
        (0, 0.44),
        (belly * 0.6, 0.47),
        (belly, 0.64),
        (belly * 0.8, 0.755),
        (0, 0.785),
    ]
    canvas.part(curve(mirrored(trunk)), fur, volume=0.75, radius=0.05)
    if fur.pattern == "plain":
        canvas.part(ellipse(0.5, 0.65, belly * 0.56, 0.1), pale, volume=0.3, radius=0.02, drop=0.1)
    dressed = look.part("dress") == "dress"
    cloth = Paint(look.accent("dress"), texture="linen", gloss=0.05)
    if dressed:
        skirt: list[Knot] = [
            (0, 0.455),
            (belly * 0.62, 0.47),
            (belly * 0.72, 0.56),
            (belly * 1.5, 0.785),
            (belly * 0.8, 0.8),
            (0, 0.81),
        ]
        folds = [
            Fold([(0.5 + belly * a, 0.6), (0.5 + belly * a * 1.9, 0.79)], 0.02, 0.3)
            for a in (-0.5, -0.1, 0.35)
        ]
        canvas.part(curve(mirrored(skirt)), cloth, volume=0.6, radius=0.03, folds=folds)
        for x in (-0.02, 0.0, 0.02):
            canvas.part(
                ellipse(0.5, 0.53 + x * 2.4, 0.011, 0.011, steps=16),
                Paint((250, 246, 238), gloss=0.5),
                drop=0.3,
            )
    for side in (-1, 1):
        shoulder, paw = (0.5 + side * belly * 0.7, 0.515), (0.5 + side * arm, 0.68)
        canvas.part(limb(shoulder, paw, 0.042, 0.046), fur, volume=0.75, radius=0.025)
        if dressed:
            elbow = (shoulder[0] * 0.6 + paw[0] * 0.4, shoulder[1] * 0.6 + paw[1] * 0.4)
            canvas.part(limb(shoulder, elbow, 0.05, 0.058), cloth, volume=0.7, radius=0.025)
    skull: list[Knot] = [
        (0, head - tall),
        (wide * 0.72, head - tall * 0.74),
        (wide, head + tall * 0.2),
        (wide * 0.66, head + tall * 0.82),
        (0, head + tall),
    ]
    canvas.part(curve(mirrored(skull)), plain, volume=0.75, radius=0.05)
    if floppy:
        for side in (-1, 1):
            root = (0.5 + side * wide * 0.55, head - tall * 0.8)
            bend = (0.5 + side * (wide + thick * 0.9), head - tall * 0.35)
            tip = (bend[0] + side * lean * 0.6, head - tall * 0.5 + long)
            ear = [
                (root[0] - side * thick * 0.5, root[1] - thick * 0.35),
                (bend[0] + side * thick * 0.3, bend[1] - thick * 0.6),
                (tip[0] + side * thick * 0.95, tip[1] - thick),
                (tip[0], tip[1] + thick * 0.5),
                (tip[0] - side * thick * 1.15, tip[1] - thick),
                (bend[0] - side * thick * 0.9, bend[1] + thick * 1.3),
            ]
            canvas.part(curve(ear), fur, volume=0.7, radius=0.03)
    for side in (-1, 1):
        eye(canvas, 0.5 + side * wide * 0.42, head - tall * 0.02, 0.016)
        cheek = ellipse(0.5 + side * wide * 0.6, head + tall * 0.38, 0.026, 0.018)
        canvas.part(cheek, Paint(BLUSH, opacity=0.5), volume=0, drop=0)
    _twitch(canvas, 0.5, head + tall * 0.22, stitch)
    if look.part("bow") == "bow":
        bow(canvas, Paint(look.accent("bow"), gloss=0.5), 0.5, head + tall * 1.14, 0.1)


def _twitch(canvas: Canvas, x: float, y: float, stitch: RGB) -> None:
    """A rabbit's pink nose and mouth."""
    nose = curve([(x - 0.022, y), (x, y - 0.008), (x + 0.022, y), (x, y + 0.024)])
    canvas.part(nose, Paint((226, 120, 128), gloss=0.3), volume=0.5, radius=0.008, drop=0.1)
    canvas.ink([(x, y + 0.02), (x, y + 0.042)], stitch, 0.006, 0.85)
    smile: list[Knot] = [
        (x - 0.036, y + 0.036),
        (x - 0.018, y + 0.05),
        (x, y + 0.04),
        (x + 0.018, y + 0.05),
        (x + 0.036, y + 0.036),
    ]
    canvas.ink(curve(smile, closed=False), stitch, 0.006, 0.85)


def doll(canvas: Canvas, look: Look) -> None:
    """A rag doll in a dress, with hair of wool."""
    dice, dress = look.dice, look.main
    skin = Paint(dice.choice(SKINS), gloss=0.05)
    wide, tall = dice.uniform(0.122, 0.142), dice.uniform(0.122, 0.136)
    flare, hem = dice.uniform(0.19, 0.24), dice.uniform(0.69, 0.74)
    arm, stance = dice.uniform(0.19, 0.23), dice.uniform(0.045, 0.06)
    collar = dice.random() < 0.6
    wool = Paint(look.accent("hair"), texture="corduroy", gloss=0.1)
    head = 0.27
    white = Paint((250, 247, 240), texture="linen")
    canvas.ground(0.5, 0.925, 0.17)
    _hair_behind(canvas, look.part("hair"), wool, (0.5, head), (wide, tall))
    for side in (-1, 1):
        x = 0.5 + side * stance
        canvas.part(limb((x, 0.66), (x, 0.87), 0.034, 0.03), white, volume=0.6, radius=0.02)
        for y in (0.76, 0.795, 0.83):
            canvas.ink([(x - 0.028, y), (x + 0.028, y)], tone(dress.colour, 0.9), 0.012, 0.75)
        shoe = ellipse(x + side * 0.012, 0.89, 0.054, 0.034)
        canvas.part(shoe, Paint(tone(dress.colour, 0.55), gloss=0.5), volume=0.7, radius=0.02)
        shoulder, hand = (0.5 + side * 0.075, 0.455), (0.5 + side * arm, 0.6)
        canvas.part(limb(shoulder, hand, 0.034, 0.036), skin, volume=0.7, radius=0.02)
    gown: list[Knot] = [
        (0, 0.385),
        (0.07, 0.4),
        (0.078, 0.47),
        (0.085, 0.52),
        (flare, hem, 1),
        (flare * 0.5, hem + 0.025),
        (0, hem + 0.03),
    ]
    folds = [
        Fold([(0.5 + a * 0.1, 0.54), (0.5 + a * flare, hem + 0.02)], 0.022, 0.32)
        for a in (-0.62, -0.2, 0.25, 0.62)
    ]
    canvas.part(curve(mirrored(gown)), dress, volume=0.6, radius=0.03, folds=folds)
    canvas.stroke([(0.418, 0.518), (0.582, 0.518)], 0.022, dress.plain().shaded(0.62))
    lace: list[Knot] = [(0.5 - flare + 0.008, hem - 0.02), (0.5, hem + 0.008)]
    lace.append((0.5 + flare - 0.008, hem - 0.02))
    canvas.ink(curve(lace, closed=False), (252, 250, 244), 0.01, 0.85, dash=0.014)
    for side in (-1, 1):
        puff = ellipse(0.5 + side * 0.102, 0.452, 0.056, 0.05)
        canvas.part(puff, dress, volume=0.8, radius=0.03)
    if collar:
        for side in (-1, 1):
            flap = [(0.5, 0.4), (0.5 + side * 0.07, 0.392), (0.5 + side * 0.05, 0.44)]
            canvas.part(curve(flap), white, volume=0.4, radius=0.01, drop=0.3)
    canvas.part(ellipse(0.5, head, wide, tall), skin, volume=0.65, radius=0.05)
    _face(canvas, head, wide, tall)
    _fringe(canvas, wool, head, wide, tall)
    if look.part("hat") == "hat":
        _bobble_hat(canvas, _knitted(look.accent("hat")), head, wide, tall)


def _hair_behind(
    canvas: Canvas, form: str, wool: Paint, centre: Point, size: tuple[float, float]
) -> None:
    (x, y), (wide, tall) = centre, size
    if form == "bun":
        canvas.part(ellipse(x, y - tall * 1.32, 0.072, 0.066), wool, volume=0.8, radius=0.04)
    low = {"short": 0.86, "long": 1.9}.get(form, 0.3)
    if form == "long":
        mane: list[Knot] = [
            (0, y - tall * 1.12),
            (wide * 0.95, y - tall * 0.75),
            (wide * 1.28, y + tall * 0.3),
            (wide * 1.42, y + tall * low, 1),
            (wide * 0.5, y + tall * low, 1),
            (0, y + tall * 1.2),
        ]
    else:
        mane = [
            (0, y - tall * 1.12),
            (wide * 0.95, y - tall * 0.78),
            (wide * 1.24, y + tall * 0.1),
            (wide * (1.24 if form == "short" else 1.0), y + tall * low),
            (wide * 0.5, y + tall * (low + 0.12)),
            (0, y + tall * 0.8),
        ]
    canvas.part(curve(mirrored(mane, x)), wool.shaded(0.86), volume=0.6, radius=0.03)
    if form == "plaits":
        for side in (-1, 1):
            for i in range(4):
                bead = ellipse(
                    x + side * (wide * 1.14 + 0.012 * i), y + tall * (0.38 + 0.36 * i), 0.038, 0.036
                )
                canvas.part(bead, wool, volume=0.8, radius=0.02)
            end = (x + side * (wide * 1.14 + 0.045), y + tall * 1.72)
            canvas.part(limb(end, (end[0] + side * 0.006, end[1] + 0.04), 0.018, 0.03), wool)
            canvas.stroke([(end[0] - 0.024, end[1]), (end[0] + 0.024, end[1])], 0.02, Paint(BLUSH))


def _face(canvas: Canvas, head: float, wide: float, tall: float) -> None:
    for side in (-1, 1):
        eye(canvas, 0.5 + side * wide * 0.4, head + tall * 0.12, 0.014)
        cheek = ellipse(0.5 + side * wide * 0.58, head + tall * 0.42, 0.026, 0.02)
        canvas.part(cheek, Paint(BLUSH, opacity=0.55), volume=0, drop=0)
    y = head + tall * 0.5
    smile: list[Knot] = [(0.5 - 0.04, y), (0.5, y + 0.03), (0.5 + 0.04, y)]
    canvas.ink(curve(smile, closed=False), (164, 62, 62), 0.008, 0.9)


def _fringe(canvas: Canvas, wool: Paint, head: float, wide: float, tall: float) -> None:
    """Hair parted in the middle, over the forehead."""
    for side in (-1, 1):
        lock: list[Knot] = [
            (0.5 - side * 0.012, head - tall * 1.1),
            (0.5 + side * wide * 0.8, head - tall * 0.86),
            (0.5 + side * wide * 1.13, head + tall * 0.12),
            (0.5 + side * wide * 0.92, head + tall * 0.2),
            (0.5 + side * wide * 0.66, head - tall * 0.3),
            (0.5 - side * 0.008, head - tall * 0.62),
        ]
        canvas.part(curve(lock), wool, volume=0.7, radius=0.025)
        for t in (0.35, 0.7):
            strand: list[Knot] = [
                (0.5 + side * 0.01, head - tall * (1.02 - 0.3 * t)),
                (0.5 + side * wide * 0.72, head - tall * (0.72 - 0.25 * t)),
                (0.5 + side * wide * (1.06 - 0.1 * t), head + tall * 0.1),
            ]
            canvas.ink(curve(strand, closed=False), tone(wool.colour, 0.6), 0.005, 0.5)


def _bobble_hat(canvas: Canvas, wool: Paint, head: float, wide: float, tall: float) -> None:
    crown: list[Knot] = [
        (0, head - tall * 1.42),
        (wide * 0.7, head - tall * 1.2),
        (wide * 1.12, head - tall * 0.62, 1),
        (0, head - tall * 0.5),
    ]
    canvas.part(curve(mirrored(crown)), wool, volume=0.7, radius=0.04)
    band: list[Knot] = [
        (0, head - tall * 0.72),
        (wide * 1.12, head - tall * 0.84),
        (wide * 1.2, head - tall * 0.5),
        (0, head - tall * 0.38),
    ]
    canvas.part(curve(mirrored(band)), wool.shaded(0.84), volume=0.7, radius=0.02)
    ball = ellipse(0.5, head - tall * 1.5, 0.046, 0.044)
    canvas.part(ball, Paint((250, 247, 240), texture="fleece"), volume=0.8, radius=0.03)
