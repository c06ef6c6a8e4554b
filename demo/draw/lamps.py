"""Table lamps, floor lamps, pendant lamps and desk lamps."""

from dataclasses import replace

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, Point, curve, ellipse, mirrored, rounded
from demo.draw.paint import RGB, Paint, tone
from demo.draw.solids import METALS, WOODS, coloured
from demo.looks import Look

GLOW = Paint((255, 240, 196), gloss=0.9)
BULB = Paint((255, 252, 238), gloss=1)
EARTHS: tuple[RGB, ...] = ((232, 226, 214), (196, 180, 160), (92, 96, 100), (238, 236, 230))


def table_lamp(canvas: Canvas, look: Look) -> None:
    """A lamp with a shade on a foot, for a table."""
    dice = look.dice
    form = look.part("shade")
    wide = dice.uniform(0.25, 0.29)
    high = dice.uniform(0.26, 0.31) if form != "dome" else dice.uniform(0.21, 0.25)
    low, floor = 0.11 + high, 0.87
    narrow = wide * dice.uniform(0.5, 0.62)
    wood = Paint(dice.choice(WOODS), texture="wood", gloss=0.35)
    steel = Paint(dice.choice(METALS[1:]), texture="metal", gloss=0.9)
    clay = Paint(dice.choice(EARTHS), texture="smooth", gloss=0.85)
    foot = dice.uniform(0.12, 0.15)
    base = look.part("base")
    stuff = {"wooden": wood, "round": clay, "slim": steel}[base]
    stuff = replace(stuff, colour=look.accent("base", stuff.colour))
    canvas.ground(0.5, floor, foot * 1.3)
    _base(canvas, base, low, floor, foot, stuff, steel)
    _shade(canvas, form, 0.11, low, narrow, wide, look)


def _base(
    canvas: Canvas, form: str, low: float, floor: float, foot: float, stuff: Paint, steel: Paint
) -> None:
    canvas.stroke([(0.5, low - 0.06), (0.5, low + 0.1)], 0.02, steel)
    tall = floor - low
    if form == "round":
        belly = tall * 0.36
        outline = curve(
            mirrored(
                [
                    (0, low + tall * 0.16),
                    (0.035, low + tall * 0.17, 1),
                    (0.045, low + tall * 0.22),
                    (belly, floor - tall * 0.42),
                    (belly * 0.72, floor - tall * 0.1),
                    (foot * 0.62, floor - 0.008, 1),
                    (0, floor + 0.012),
                ]
            )
        )
        canvas.part(outline, stuff, volume=0.7, radius=0.06, barrel=0.35)
        shine = curve(
            [
                (0.5 - belly * 0.62, floor - tall * 0.5),
                (0.5 - belly * 0.72, floor - tall * 0.38),
                (0.5 - belly * 0.58, floor - tall * 0.26),
            ],
            closed=False,
        )
        canvas.ink(shine, (255, 255, 255), 0.016, 0.45)
        return
    if form == "slim":
        canvas.part(ellipse(0.5, floor - 0.004, foot, 0.03), stuff.shaded(0.7), radius=0.015)
        canvas.part(ellipse(0.5, floor - 0.018, foot, 0.03), stuff, radius=0.02, drop=0)
        canvas.stroke([(0.5, low - 0.02), (0.5, floor - 0.03)], 0.028, stuff)
        canvas.part(ellipse(0.5, floor - 0.03, 0.032, 0.014), stuff, radius=0.01)
        return
    # A turned column: rings, a waist, a belly and a broad foot.
    turned = curve(
        mirrored(
            [
                (0, low + 0.02, 1),
                (0.034, low + 0.02, 1),
                (0.032, low + tall * 0.1),
                (0.058, low + tall * 0.17),
                (0.034, low + tall * 0.25),
                (0.048, low + tall * 0.36),
                (0.09, low + tall * 0.56),
                (0.054, low + tall * 0.74),
                (0.042, low + tall * 0.8),
                (foot * 0.7, floor - tall * 0.11),
                (foot, floor - tall * 0.06),
                (foot * 1.02, floor - 0.004, 1),
                (0, floor + 0.014),
            ]
        )
    )
    canvas.part(turned, stuff, volume=0.6, radius=0.045, barrel=0.35)
    dark = tone(stuff.colour, 0.5)
    for share, half in ((0.25, 0.034), (0.8, 0.042), (0.94, foot)):
        y = low + tall * share
        canvas.ink(
            curve([(0.5 - half, y), (0.5, y + 0.008), (0.5 + half, y)], closed=False),
            dark,
            0.006,
            0.6,
        )


def _shade(
    canvas: Canvas, form: str, top: float, low: float, narrow: float, wide: float, look: Look
) -> None:
    """A lampshade of cloth or the like, its inside glowing below."""
    main = look.main
    high = low - top
    bottom = ellipse(0.5, low, wide, 0.03, 0, 180)
    if form == "dome":
        upper = 0.0
        outline = [
            *arch(
                [
                    (0, top),
                    (wide * 0.54, top + high * 0.12),
                    (wide * 0.9, top + high * 0.5),
                    (wide, low),
                ]
            ),
            *bottom,
        ]
    else:
        upper = wide * 0.94 if form == "drum" else narrow
        outline = [*ellipse(0.5, top, upper, 0.018, 180, 360), *bottom]
    canvas.part(ellipse(0.5, low, wide * 0.97, 0.03), GLOW, volume=0.2, drop=0)
    folds = []
    if form == "pleated":
        folds = [
            Fold([(0.5 + upper * s, top), (0.5 + wide * s, low + 0.01)], 0.02, 0.4)
            for s in (-0.86, -0.66, -0.44, -0.22, 0.0, 0.22, 0.44, 0.66, 0.86)
        ]
    canvas.part(outline, main, volume=0.4, radius=0.04, barrel=0.4, folds=folds)
    if form == "pleated":
        dark = tone(main.colour, 0.55)
        for i in range(-7, 8):
            s = i / 7.5
            sag = 0.02 * (1 - s * s)
            line = [(0.5 + upper * s, top - sag * 0.6), (0.5 + wide * s, low + sag)]
            canvas.ink(line, dark, 0.005, 0.45)
    elif form != "dome":
        edge = tone(main.colour, 0.72)
        canvas.ink(ellipse(0.5, top + 0.014, upper, 0.018, 180, 360), edge, 0.005, 0.6)
        canvas.ink(ellipse(0.5, low - 0.016, wide * 0.995, 0.03, 0, 180), edge, 0.006, 0.6)


def arch(half: list[Knot]) -> list[Point]:
    """A symmetric line over the middle of the picture, from its right half, left end first."""
    right = [(0.5 + k[0], *k[1:]) for k in half]
    left = [(0.5 - k[0], *k[1:]) for k in reversed(half[1:])]
    return curve([*left, *right], closed=False)


def floor_lamp(canvas: Canvas, look: Look) -> None:
    """A lamp that stands on the floor."""
    dice = look.dice
    form = look.part("shade")
    wide = dice.uniform(0.16, 0.19)
    high = dice.uniform(0.19, 0.22) if form != "dome" else dice.uniform(0.14, 0.17)
    top, floor = 0.07, 0.92
    low = top + high
    narrow = wide * dice.uniform(0.5, 0.62)
    pick = dice.choice(range(3))
    spread = dice.uniform(0.17, 0.21)
    tripod = look.part("base") == "tripod"
    stand = Paint(WOODS[pick], texture="wood", gloss=0.3)
    if not tripod:
        stand = Paint(METALS[pick], texture="metal", gloss=0.8)
    stand = replace(stand, colour=look.accent("base", stand.colour))
    canvas.ground(0.5, floor - 0.01, spread if tripod else 0.15)
    if tripod:
        for x, rise in ((0.03, 0.05), (-spread, 0.0), (spread, 0.0)):
            paint = stand.shaded(0.7) if rise else stand
            canvas.stroke([(0.5 + x * 0.1, low + 0.02), (0.5 + x, floor - rise)], 0.028, paint)
        canvas.part(rounded(0.465, low - 0.02, 0.535, low + 0.06, 0.015), stand, radius=0.02)
    else:
        canvas.part(ellipse(0.5, floor - 0.006, 0.135, 0.03), stand.shaded(0.7), radius=0.015)
        canvas.part(ellipse(0.5, floor - 0.02, 0.135, 0.03), stand, radius=0.02, drop=0)
        canvas.stroke([(0.5, low - 0.02), (0.5, floor - 0.03)], 0.024, stand)
    _shade(canvas, form, top, low, narrow, wide, look)


def pendant_lamp(canvas: Canvas, look: Look) -> None:
    """A lamp that hangs from the ceiling."""
    dice, main = look.dice, look.main
    form = look.part("shade")
    wide = dice.uniform(0.3, 0.36)
    high = {"dome": 0.33, "cone": 0.34, "globe": 0.56, "drum": 0.32}[form] * dice.uniform(0.9, 1.1)
    top = dice.uniform(0.4, 0.46) - (0.1 if form == "globe" else 0.0)
    low = top + high
    cord = Paint(look.accent("cord", METALS[0]), texture="smooth", gloss=0.3)
    canvas.part(
        curve(mirrored([(0, 0.04), (0.09, 0.042, 1), (0.075, 0.085), (0.02, 0.1), (0, 0.1)])),
        cord,
        volume=0.6,
    )
    canvas.stroke([(0.5, 0.09), (0.5, top)], 0.018, cord)
    clear = look.material == "glass"
    hangs = top + (0.22 if form == "globe" else 0.1)
    if clear:
        # Glass shows the bulb that it shades.
        main = replace(main, opacity=0.62)
        canvas.part(rounded(0.475, top, 0.525, hangs, 0.01), cord, radius=0.015)
    if form == "globe":
        middle, reach = (top + low) / 2, high / 2
        canvas.part(ellipse(0.5, middle, reach, reach), main, volume=0.9, radius=0.09, barrel=0.2)
        canvas.part(
            ellipse(0.5 - reach * 0.36, middle - reach * 0.42, reach * 0.2, reach * 0.13),
            Paint((255, 255, 255), opacity=0.5),
            volume=0,
            drop=0,
        )
    else:
        lip = 0.055
        inside = main.plain().shaded(0.5)
        canvas.part(ellipse(0.5, low, wide, lip), inside, volume=0.2, drop=0.2)
        if not clear:
            glow = ellipse(0.5, low + 0.004, wide * 0.92, lip * 0.78)
            canvas.part(glow, GLOW, volume=0.1, drop=0)
            canvas.part(ellipse(0.5, low + 0.012, 0.07, 0.045), BULB, volume=0.4, drop=0.15)
        halves: dict[str, list[Knot]] = {
            "dome": [
                (0, top),
                (wide * 0.42, top + high * 0.08),
                (wide * 0.84, top + high * 0.42),
                (wide, low),
            ],
            "cone": [(0, top - 0.012), (0.05, top, 1), (wide, low, 1)],
            "drum": [(wide * 0.97, top, 1), (wide, low, 1)],
        }
        crown = arch(halves[form])
        if form == "drum":
            crown = ellipse(0.5, top, wide * 0.97, 0.03, 180, 360)
        # The near rim of the shade is seen from slightly below, so it bends up.
        rim = [(x, 2 * low - y) for x, y in ellipse(0.5, low, wide, lip * 0.62, 0, 180)]
        canvas.part([*crown, *rim], main, volume=0.7, radius=0.06, barrel=0.3)
        edge = tone(main.colour, 0.72)
        canvas.ink([(x, y - 0.012) for x, y in rim], edge, 0.006, 0.5)
    if clear:
        bulb = ellipse(0.5, hangs + 0.055, 0.062, 0.075)
        canvas.part(bulb, replace(BULB, opacity=0.75), volume=0.4, radius=0.03, drop=0)
    cap = rounded(0.46, top - 0.055, 0.54, top + 0.02, 0.018)
    canvas.part(cap, cord, volume=0.6, radius=0.02)


def desk_lamp(canvas: Canvas, look: Look) -> None:
    """A jointed lamp for reading and work."""
    dice, main = look.dice, look.main
    floor = 0.88
    steel = Paint(dice.choice(METALS[1:]), texture="metal", gloss=0.8)
    knee = (dice.uniform(0.2, 0.26), dice.uniform(0.46, 0.52))
    head = (dice.uniform(0.52, 0.58), dice.uniform(0.2, 0.25))
    big = dice.uniform(0.19, 0.22)
    root = dice.uniform(0.36, 0.42)
    form = look.part("base")
    arm = main.plain()
    if form == "foot":
        canvas.ground(root, floor, 0.2)
    if form == "clamp":
        board = Paint(WOODS[0], texture="wood", gloss=0.2).turned(90)
        canvas.part(rounded(root - 0.05, 0.77, 0.9, 0.815, 0.008), board, radius=0.015)
        jaws = [
            (root + 0.09, 0.72),
            (root - 0.085, 0.72),
            (root - 0.085, 0.9),
            (root + 0.09, 0.9),
            (root + 0.09, 0.865),
            (root - 0.045, 0.865),
            (root - 0.045, 0.77),
            (root + 0.09, 0.77),
        ]
        canvas.part(jaws, arm, radius=0.02)
        canvas.stroke([(root + 0.04, 0.83), (root + 0.04, 0.94)], 0.024, steel)
        canvas.part(rounded(root + 0.005, 0.815, root + 0.075, 0.835, 0.008), steel, radius=0.01)
        base_top = 0.72
    else:
        canvas.part(ellipse(root, floor - 0.005, 0.19, 0.045), arm.shaded(0.7), radius=0.02)
        canvas.part(ellipse(root, floor - 0.026, 0.19, 0.045), arm, radius=0.03, drop=0)
        base_top = floor - 0.035
    canvas.stroke([(root, base_top), knee], 0.032, arm)
    canvas.stroke([knee, head], 0.03, arm)
    for x, y in (knee, (root, base_top)):
        canvas.part(ellipse(x, y, 0.03, 0.03, steps=24), steel, volume=0.8, radius=0.014)
    hx, hy = head
    shade = coloured(look, "shade")
    canvas.part(ellipse(hx + big * 0.72, hy + big * 0.95, big * 0.36, big * 0.3), GLOW, drop=0)
    outline = [
        (hx - 0.06, hy - 0.075, 1),
        (hx + 0.03, hy - 0.1),
        (hx + big * 0.9, hy - 0.03),
        (hx + big * 1.5, hy + big * 0.62, 1),
        (hx + big * 1.0, hy + big * 0.9),
        (hx + big * 0.08, hy + big * 1.42, 1),
        (hx - 0.1, hy + 0.1),
    ]
    canvas.part(curve(outline), shade, volume=0.85, radius=0.05)
