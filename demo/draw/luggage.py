"""Backpacks, suitcases and duffle bags."""

from demo.draw.canvas import Canvas, Fold
from demo.draw.fittings import STEEL, arch, buckle, fittings, ring, seam, zipper
from demo.draw.geometry import Knot, curve, ellipse, flipped, mirrored, rounded
from demo.draw.paint import Paint, tone
from demo.looks import Look


def backpack(canvas: Canvas, look: Look) -> None:
    """A backpack from the front, its straps to both sides."""
    dice, main, closure = look.dice, look.main, look.part("closure")
    strap = Paint(look.accent("strap", tone(main.colour, 0.72)), gloss=0.2, texture="canvas")
    metal = fittings(dice)
    wide, top, low = dice.uniform(0.215, 0.25), dice.uniform(0.19, 0.23), 0.88
    canvas.ground(0.5, low + 0.004, wide * 1.15)
    for side in (1, -1):
        shoulder: list[Knot] = [
            (0.5 + side * wide * 0.55, top + 0.05),
            (0.5 + side * (wide + 0.07), top + 0.2),
            (0.5 + side * (wide + 0.085), 0.62),
            (0.5 + side * wide * 0.92, 0.79),
        ]
        canvas.stroke(curve(shoulder, closed=False), 0.056, strap)
        canvas.stroke(curve(shoulder, closed=False)[14:], 0.02, strap.shaded(0.7), drop=0.1)
    canvas.stroke(arch(0.055, 0.04, top + 0.01, 0.075, 0.02), 0.024, strap)
    half: list[Knot] = {
        "zip": [
            (0, top - 0.02),
            (wide * 0.62, top + 0.012),
            (wide * 0.97, top + 0.16),
            (wide * 1.03, low - 0.14),
            (wide * 0.95, low - 0.01),
            (wide * 0.7, low, 1),
            (0, low),
        ],
        "roll-top": [
            (0, top + 0.01),
            (wide * 0.84, top + 0.01, 1),
            (wide * 0.88, top + 0.09),
            (wide * 1.0, 0.52),
            (wide * 1.01, low - 0.06),
            (wide * 0.9, low, 1),
            (0, low),
        ],
        "buckle": [
            (0, top + 0.02),
            (wide * 0.8, top + 0.03),
            (wide * 0.98, top + 0.11),
            (wide * 1.04, low - 0.08),
            (wide * 0.9, low, 1),
            (0, low),
        ],
    }[closure]
    canvas.part(curve(mirrored(half)), main, volume=0.75, radius=0.06)
    if look.accent("base") != main.colour:
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, low - 0.12),
                        (wide * 1.035, low - 0.13, 1),
                        (wide * 1.02, low - 0.06),
                        (wide * 0.9, low + 0.003, 1),
                        (0, low + 0.003),
                    ]
                )
            ),
            Paint(look.accent("base"), gloss=0.35, texture="leather"),
            radius=0.04,
            drop=0.2,
        )
    if look.part("pocket") == "pocket":
        y = dice.uniform(0.575, 0.61)
        body = rounded(0.5 - wide * 0.76, y, 0.5 + wide * 0.76, low - 0.045, 0.06)
        canvas.part(body, main.shaded(0.9), radius=0.035, drop=0.6)
        zipper(
            canvas,
            [(0.5 - wide * 0.6, y + 0.045), (0.5 + wide * 0.3, y + 0.045), (0.62, y + 0.045)],
            metal,
            main.colour,
        )
    _backpack_top(canvas, look, strap, wide, top)


def _backpack_top(canvas: Canvas, look: Look, strap: Paint, wide: float, top: float) -> None:
    """How the backpack closes: a zip around its top, a rolled edge, or a flap with buckles."""
    main, stitch, closure = look.main, seam(look.main.colour), look.part("closure")
    if closure == "zip":
        rail: list[Knot] = [
            (0.5 - wide * 0.9, 0.52),
            (0.5 - wide * 0.86, top + 0.2),
            (0.5 - wide * 0.55, top + 0.065),
            (0.5, top + 0.035),
        ]
        line = curve([*rail, *reversed(flipped(rail[:-1]))], closed=False)
        zipper(canvas, line, STEEL, main.colour)
    elif closure == "roll-top":
        for y, grow in ((top + 0.045, 0.9), (top, 0.86)):
            canvas.part(
                rounded(0.5 - wide * grow, y - 0.032, 0.5 + wide * grow, y + 0.035, 0.034),
                main.shaded(0.92),
                radius=0.024,
                drop=0.5,
            )
        canvas.stroke([(0.5, top - 0.025), (0.5, top + 0.24)], 0.042, strap)
        buckle(canvas, 0.5, top + 0.165, 0.04, 0.034, STEEL)
    else:
        deep = top + 0.27
        edge: list[Knot] = [
            (wide * 0.84, top + 0.03),
            (wide * 1.03, top + 0.12),
            (wide * 0.98, deep - 0.06),
            (wide * 0.6, deep - 0.008),
            (0, deep),
        ]
        flap = curve(mirrored([(0, top), *edge]))
        canvas.part(flap, main.shaded(0.96), volume=0.65, radius=0.04, drop=0.6)
        line = curve(
            [(0.5 - wide * 0.9, deep - 0.06), (0.5, deep - 0.02), (0.5 + wide * 0.9, deep - 0.06)],
            closed=False,
        )
        canvas.ink(line, stitch, 0.004, 0.8, dash=0.011)
        for x in (0.5 - wide * 0.5, 0.5 + wide * 0.5):
            canvas.stroke([(x, deep - 0.11), (x, deep + 0.085)], 0.04, strap)
            buckle(canvas, x, deep + 0.02, 0.034, 0.03, STEEL)


def suitcase(canvas: Canvas, look: Look) -> None:
    """A suitcase: a ribbed shell or a soft one on wheels, or an old-fashioned one with straps."""
    dice, shape = look.dice, look.part("shape")
    if shape == "vintage":
        _vintage_case(canvas, look)
        return
    main, stitch = look.main, seam(look.main.colour)
    dark = Paint((52, 53, 57), gloss=0.4)
    handle = Paint(look.accent("handle", dark.colour), gloss=0.4, texture="rubber")
    wide, low = dice.uniform(0.2, 0.235), 0.87
    top = low - dice.uniform(0.54, 0.58)
    canvas.ground(0.5, low + 0.032, wide * 1.05)
    for x in (0.5 - wide * 0.42, 0.5 + wide * 0.42):
        canvas.stroke([(x, 0.12), (x, top + 0.02)], 0.018, STEEL)
    canvas.stroke([(0.5 - wide * 0.5, 0.115), (0.5 + wide * 0.5, 0.115)], 0.042, handle)
    for x in (0.5 - wide * 0.78, 0.5 + wide * 0.78):
        canvas.part(rounded(x - 0.034, low - 0.02, x + 0.034, low + 0.012, 0.01), dark, drop=0.1)
        canvas.part(ellipse(x, low + 0.01, 0.026, 0.028), dark.shaded(0.8), radius=0.014)
        canvas.part(ellipse(x, low + 0.01, 0.011, 0.012), STEEL, radius=0.006, drop=0)
    soft = shape == "soft"
    ribs = [wide * s for s in (-0.64, -0.38, -0.12, 0.14, 0.4, 0.66)]
    canvas.part(
        rounded(0.5 - wide, top, 0.5 + wide, low, 0.05 if soft else 0.075),
        main,
        volume=0.75,
        radius=0.045,
        folds=()
        if soft
        else [Fold([(0.5 + r, top + 0.05), (0.5 + r, low - 0.05)], 0.022, 0.42) for r in ribs],
    )
    for rib in () if soft else ribs:
        x = 0.5 + rib
        for dx, shade in ((0.0, tone(main.colour, 0.5)), (0.011, tone(main.colour, 1.6))):
            canvas.ink([(x + dx, top + 0.04), (x + dx, low - 0.04)], shade, 0.008, 0.55)
    canvas.stroke(arch(0.075, 0.055, top + 0.012, 0.045, 0.012), 0.026, handle)
    if soft:
        for y, bottom in ((top + 0.07, top + 0.23), (top + 0.265, low - 0.05)):
            canvas.part(
                rounded(0.5 - wide * 0.8, y, 0.5 + wide * 0.8, bottom, 0.03),
                main.shaded(0.9),
                radius=0.025,
                drop=0.55,
            )
            zipper(
                canvas,
                [(0.5 - wide * 0.7, y + 0.035), (0.5, y + 0.035), (0.5 + wide * 0.7, y + 0.035)],
                STEEL,
                main.colour,
                pull=y > top + 0.1,
            )
        canvas.ink(
            rounded(0.5 - wide * 0.94, top + 0.014, 0.5 + wide * 0.94, low - 0.014, 0.04),
            stitch,
            0.004,
            0.8,
            dash=0.01,
        )
        return
    for x in (0.5 - wide + 0.014, 0.5 + wide - 0.014):
        for y in (top + 0.055, low - 0.055):
            canvas.part(
                rounded(x - 0.022, y - 0.045, x + 0.022, y + 0.045, 0.02),
                main.plain().shaded(0.7),
                radius=0.015,
                drop=0.25,
            )
    canvas.part(
        rounded(0.5 + wide - 0.012, 0.55, 0.5 + wide + 0.014, 0.64, 0.008), dark, radius=0.008
    )
    canvas.part(rounded(0.44, top + 0.075, 0.56, top + 0.105, 0.01), STEEL, radius=0.01, drop=0.2)


def _vintage_case(canvas: Canvas, look: Look) -> None:
    """A flat case standing on its long side, with corners, straps and a handle on top."""
    dice, main = look.dice, look.main
    metal = fittings(dice)
    default = (104, 66, 40) if look.colour != "brown" else (66, 42, 30)
    leather = Paint(look.accent("handle", default), gloss=0.45)
    wide, low = dice.uniform(0.34, 0.37), 0.82
    top = low - dice.uniform(0.44, 0.48)
    canvas.ground(0.5, low + 0.008, wide * 1.05)
    canvas.stroke(arch(0.11, 0.085, top + 0.01, 0.085, 0.01), 0.036, leather)
    for x in (0.39, 0.61):
        canvas.part(rounded(x - 0.026, top - 0.024, x + 0.026, top + 0.02, 0.008), metal)
    canvas.part(rounded(0.5 - wide, top, 0.5 + wide, low, 0.045), main, volume=0.75, radius=0.045)
    edge = rounded(0.5 - wide + 0.02, top + 0.02, 0.5 + wide - 0.02, low - 0.02, 0.035)
    canvas.ink([*edge, edge[0]], seam(main.colour), 0.004, 0.85, dash=0.01)
    for x, sx in ((0.5 - wide, 1), (0.5 + wide, -1)):
        for y, sy in ((top, 1), (low, -1)):
            knots: list[Knot] = [
                (x - sx * 0.004, y + sy * 0.04),
                (x + sx * 0.01, y + sy * 0.008),
                (x + sx * 0.04, y - sy * 0.004),
                (x + sx * 0.115, y - sy * 0.004, 1),
                (x + sx * 0.085, y + sy * 0.085),
                (x - sx * 0.004, y + sy * 0.115, 1),
            ]
            canvas.part(curve(knots), leather, radius=0.02, drop=0.25)
    for x in (0.5 - wide * 0.5, 0.5 + wide * 0.5):
        canvas.stroke([(x, top + 0.018), (x, low - 0.018)], 0.05, leather)
        buckle(canvas, x, top + 0.13, 0.043, 0.036, metal)
    canvas.part(rounded(0.465, top + 0.012, 0.535, top + 0.085, 0.012), metal, radius=0.012)
    canvas.part(ellipse(0.5, top + 0.06, 0.009, 0.011), metal.shaded(0.4), radius=0.005, drop=0)


def duffle_bag(canvas: Canvas, look: Look) -> None:
    """A long bag for travel or sports with a zip along its top and two handles."""
    dice, main = look.dice, look.main
    metal = fittings(dice)
    handle = Paint(look.accent("handle", tone(main.colour, 0.66)), gloss=0.3, texture="canvas")
    wide, low = dice.uniform(0.36, 0.39), 0.8
    high = dice.uniform(0.35, 0.4)
    top, foot = low - high, wide * dice.uniform(0.36, 0.42)
    barrel = look.part("shape") == "barrel"
    canvas.ground(0.5, low + 0.006, wide * 1.02)
    if look.part("strap") == "strap":
        line: list[Knot] = [
            (0.5 - wide * 0.94, top + 0.09),
            (0.5 - wide * 0.8, top - 0.16),
            (0.5, 0.16),
            (0.5 + wide * 0.8, top - 0.16),
            (0.5 + wide * 0.94, top + 0.09),
        ]
        canvas.stroke(curve(line, closed=False), 0.028, handle.shaded(0.8))
    canvas.stroke(arch(foot, foot * 0.66, top + 0.03, 0.17), 0.034, handle.shaded(0.66))
    if barrel:
        body: list[Knot] = [
            (0.5 - wide * 0.9, top, 1),
            (0.5 + wide * 0.84, top, 1),
            (0.5 + wide * 0.84, low, 1),
            (0.5 - wide * 0.9, low, 1),
            (0.5 - wide * 0.99, low - high * 0.2),
            (0.5 - wide * 1.03, low - high * 0.5),
            (0.5 - wide * 0.99, top + high * 0.2),
        ]
    else:
        body = mirrored(
            [
                (0, top),
                (wide * 0.72, top + 0.008),
                (wide * 0.84, top + 0.05),
                (wide * 1.0, low - 0.13),
                (wide * 1.02, low - 0.05),
                (wide * 0.95, low, 1),
                (0, low),
            ]
        )
    shine = [
        Fold(
            [(0.5 - wide * 0.9, low - high * 0.12), (0.5 + wide * 0.9, low - high * 0.12)], 0.1, 0.3
        )
    ]
    canvas.part(curve(body), main, volume=0.8, radius=0.07, folds=shine)
    if barrel:
        x, y, rim = 0.5 + wide * 0.86, (top + low) / 2, wide * 0.2
        canvas.part(
            ellipse(x, y, rim, high / 2 + 0.003), main.plain().shaded(0.8), radius=0.03, drop=0.3
        )
        canvas.ink(
            ellipse(x + 0.004, y, rim * 0.8, high * 0.42), seam(main.colour), 0.004, 0.8, dash=0.011
        )
    else:
        x = wide * 0.97
        base = [(0.5 - x, low - 0.07), (0.5, low - 0.06), (0.5 + x, low - 0.07)]
        canvas.ink(base, seam(main.colour), 0.005, 0.9, dash=0.012)
    reach = wide * (0.7 if barrel else 0.68)
    zipper(
        canvas,
        [(0.5 - reach, top + 0.035), (0.5 + reach * 0.8, top + 0.035), (0.5 + reach, top + 0.035)],
        metal,
        main.colour,
        pull=False,
    )
    canvas.stroke([(0.5 + reach, top + 0.035), (0.5 + reach + 0.02, top + 0.09)], 0.016, metal)
    for x in (0.5 - foot, 0.5 + foot):
        canvas.stroke([(x, top + 0.06), (x, low - 0.012)], 0.034, handle, drop=0.25)
    if look.part("pocket") == "pocket":
        canvas.part(
            rounded(0.5 - foot * 0.76, top + high * 0.42, 0.5 + foot * 0.76, low - 0.045, 0.025),
            main.plain().shaded(0.85),
            radius=0.025,
            drop=0.55,
        )
        y = top + high * 0.42 + 0.038
        zipper(
            canvas,
            [(0.5 - foot * 0.6, y), (0.5 + foot * 0.4, y), (0.5 + foot * 0.6, y)],
            metal,
            main.colour,
            pull=False,
        )
    canvas.stroke(arch(foot, foot * 0.66, top + 0.06, 0.175, 0.05), 0.034, handle)
    canvas.part(
        rounded(0.5 - foot * 0.34, top - 0.132, 0.5 + foot * 0.34, top - 0.085, 0.02),
        handle.shaded(0.85),
        radius=0.018,
    )
    if look.part("strap") == "strap":
        for x in (0.5 - wide * 0.94, 0.5 + wide * 0.94):
            ring(canvas, x, top + 0.085, 0.026, metal)
