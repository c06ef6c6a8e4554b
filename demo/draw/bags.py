"""Bags and backpacks."""

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, Point, curve, ellipse, flipped, mirrored, rounded
from demo.draw.paint import Paint, tone
from demo.looks import Look

BRASS = Paint((204, 180, 120), gloss=0.9)
STEEL = Paint((188, 192, 198), gloss=0.9)


def _handle(foot: float, shoulder: float, top: float, rise: float, low: float = 0.0) -> list[Point]:
    """An arch over the rim at `top`, its feet `low` below it; half widths from the middle."""
    half: list[Knot] = [
        (0.5 + shoulder, top - rise),
        (0.5 + foot, top, 1),
        (0.5 + foot, top + low, 1),
    ]
    return curve([*reversed(flipped(half)), *half], closed=False)


def bag(canvas: Canvas, look: Look) -> None:
    """A handbag: tote, satchel, shoulder or bucket bag."""
    dice, main, style = look.dice, look.main, look.style
    metal = BRASS if dice.random() < 0.6 else STEEL
    strap = Paint(look.trim, gloss=0.35)
    wide, low = dice.uniform(0.22, 0.29), 0.83
    top = dice.uniform(0.42, 0.5)
    seam = tone(main.colour, 0.6)
    canvas.ground(0.5, low + 0.005, wide * 1.12)
    if style == "tote":
        rise = dice.uniform(0.17, 0.24)
        narrow = dice.uniform(0.35, 0.5)
        canvas.stroke(_handle(wide * narrow, wide * 0.3, top, rise), 0.022, strap.shaded(0.8))
        lean = dice.uniform(-0.02, 0.03)
        body: list[Knot] = [
            (0, top + 0.008),
            (wide + lean, top, 1),
            (wide, low - 0.03),
            (wide - 0.03, low),
            (0, low + 0.004),
        ]
        canvas.part(ellipse(0.5, top + 0.004, wide + lean, 0.02), main.plain().shaded(0.5), drop=0)
        canvas.part(
            curve(mirrored(body)),
            main,
            volume=0.6,
            radius=0.05,
            folds=[
                Fold([(0.5 - wide * 0.6, top + 0.05), (0.5 - wide * 0.5, low - 0.1)], 0.05, 0.15)
            ],
        )
        canvas.stroke(_handle(wide * narrow, wide * 0.3, top, rise + 0.015, low=0.07), 0.024, strap)
        if dice.random() < 0.5:
            canvas.part(
                rounded(0.5 - wide - 0.002, low - 0.09, 0.5 + wide + 0.002, low + 0.002, 0.03),
                strap,
                radius=0.02,
                drop=0.15,
            )
    elif style == "satchel":
        canvas.stroke(
            curve(
                [
                    (0.5 - wide * 0.42, top + 0.02),
                    (0.5 - wide * 0.38, top - 0.1),
                    (0.5, top - dice.uniform(0.13, 0.17)),
                    (0.5 + wide * 0.38, top - 0.1),
                    (0.5 + wide * 0.42, top + 0.02),
                ],
                closed=False,
            ),
            0.028,
            strap,
        )
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, top),
                        (wide - 0.03, top, 1),
                        (wide, top + 0.06),
                        (wide + 0.015, low - 0.05),
                        (wide - 0.03, low),
                        (0, low),
                    ]
                )
            ),
            main,
            volume=0.7,
            radius=0.05,
        )
        dip = top + dice.uniform(0.17, 0.24)
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, top - 0.006),
                        (wide - 0.02, top - 0.004, 1),
                        (wide, top + 0.05),
                        (wide - 0.03, dip - 0.03),
                        (0, dip),
                    ]
                )
            ),
            main.shaded(0.93),
            radius=0.025,
            drop=0.45,
        )
        for x in (0.5,) if dice.random() < 0.5 else (0.5 - wide * 0.5, 0.5 + wide * 0.5):
            canvas.stroke([(x, dip - 0.09), (x, dip + 0.02)], 0.03, strap)
            canvas.part(
                rounded(x - 0.02, dip - 0.02, x + 0.02, dip + 0.022, 0.006), metal, radius=0.01
            )
    elif style == "shoulder":
        top += 0.06
        canvas.stroke(
            curve(
                [
                    (0.5 - wide * 0.92, top + 0.03),
                    (0.5 - wide * 0.72, top - 0.22),
                    (0.5, 0.14 + dice.uniform(0, 0.06)),
                    (0.5 + wide * 0.72, top - 0.22),
                    (0.5 + wide * 0.92, top + 0.03),
                ],
                closed=False,
            ),
            dice.uniform(0.014, 0.022),
            strap,
        )
        curved = dice.uniform(0.02, 0.07)
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, top + curved),
                        (wide * 0.7, top + curved * 0.4),
                        (wide, top),
                        (wide + 0.03, top + 0.14),
                        (wide - 0.03, low - 0.02),
                        (0, low),
                    ]
                )
            ),
            main,
            volume=0.8,
            radius=0.06,
        )
        canvas.stroke(
            curve(
                [
                    (0.5 - wide * 0.8, top + 0.05),
                    (0.5, top + curved + 0.03),
                    (0.5 + wide * 0.8, top + 0.05),
                ],
                closed=False,
            ),
            0.01,
            metal,
            drop=0.15,
        )
        for side in (1, -1):
            canvas.part(
                ellipse(0.5 + side * wide * 0.92, top + 0.03, 0.018, 0.018), metal, radius=0.008
            )
    else:
        narrow = wide * dice.uniform(0.72, 0.82)
        canvas.stroke(
            curve(
                [
                    (0.5 - narrow * 0.85, top),
                    (0.5 - narrow * 0.6, top - 0.2),
                    (0.5 + narrow * 0.6, top - 0.2),
                    (0.5 + narrow * 0.85, top),
                ],
                closed=False,
            ),
            0.02,
            strap,
        )
        canvas.part(ellipse(0.5, top, wide * 0.8, 0.035), main.plain().shaded(0.5), drop=0)
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, top + 0.03),
                        (wide * 0.8, top, 1),
                        (wide * 0.86, top + 0.12),
                        (narrow, low - 0.03),
                        (narrow - 0.04, low),
                        (0, low + 0.01),
                    ]
                )
            ),
            main,
            volume=0.6,
            barrel=0.25,
            folds=[
                Fold([(0.5 + wide * s, top + 0.03), (0.5 + wide * s * 0.9, top + 0.16)], 0.03, 0.3)
                for s in (-0.55, -0.15, 0.25, 0.6)
            ],
        )
        canvas.stroke(
            curve(
                [
                    (0.5 - wide * 0.82, top + 0.075),
                    (0.5, top + 0.105),
                    (0.5 + wide * 0.82, top + 0.075),
                ],
                closed=False,
            ),
            0.012,
            strap,
        )
        for dx in (-0.02, 0.02):
            canvas.stroke([(0.5, top + 0.1), (0.5 + dx, top + 0.24)], 0.01, strap)
    if style in ("tote", "satchel"):
        canvas.ink(
            [(0.5 - wide + 0.02, low - 0.02), (0.5 + wide - 0.02, low - 0.02)],
            seam,
            0.003,
            0.7,
            dash=0.01,
        )


def backpack(canvas: Canvas, look: Look) -> None:
    """A backpack from the front."""
    dice, main, style = look.dice, look.main, look.style
    strap = Paint(look.trim, gloss=0.2)
    wide, top, low = dice.uniform(0.19, 0.235), dice.uniform(0.2, 0.25), 0.86
    canvas.ground(0.5, low + 0.004, wide * 1.15)
    for side in (1, -1):
        canvas.stroke(
            curve(
                [
                    (0.5 + side * wide * 0.6, top + 0.08),
                    (0.5 + side * (wide + 0.06), 0.42),
                    (0.5 + side * (wide + 0.05), 0.66),
                    (0.5 + side * wide * 0.9, 0.78),
                ],
                closed=False,
            ),
            0.038,
            strap.shaded(0.85),
        )
    canvas.stroke(
        curve(
            [(0.45, top + 0.02), (0.46, top - 0.06), (0.54, top - 0.06), (0.55, top + 0.02)],
            closed=False,
        ),
        0.018,
        strap,
    )
    if style == "roll-top":
        body: list[Knot] = [
            (0, top),
            (wide * 0.8, top, 1),
            (wide * 0.86, top + 0.06),
            (wide, 0.5),
            (wide + 0.01, low - 0.05),
            (wide - 0.03, low),
            (0, low),
        ]
    elif style == "round":
        body = [
            (0, top - 0.03),
            (wide * 0.6, top),
            (wide, top + 0.16),
            (wide + 0.01, low - 0.12),
            (wide - 0.03, low - 0.01),
            (0, low),
        ]
    else:
        body = [
            (0, top),
            (wide * 0.75, top + 0.01),
            (wide, top + 0.09),
            (wide + 0.01, low - 0.06),
            (wide - 0.03, low),
            (0, low),
        ]
    canvas.part(curve(mirrored(body)), main, volume=0.75, radius=0.06)
    pocket = dice.uniform(0.56, 0.62)
    if style == "roll-top":
        canvas.part(
            rounded(0.5 - wide * 0.84, top - 0.015, 0.5 + wide * 0.84, top + 0.055, 0.03),
            main.shaded(0.9),
            radius=0.02,
            drop=0.4,
        )
        canvas.stroke([(0.5, top - 0.01), (0.5, top + 0.2)], 0.03, strap)
        canvas.part(rounded(0.478, top + 0.13, 0.522, top + 0.175, 0.006), STEEL, radius=0.01)
    elif style == "school":
        flap = top + dice.uniform(0.2, 0.25)
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, top - 0.008),
                        (wide * 0.78, top),
                        (wide + 0.008, top + 0.1),
                        (wide - 0.02, flap - 0.03),
                        (0, flap),
                    ]
                )
            ),
            main.shaded(0.92),
            radius=0.03,
            drop=0.45,
        )
        for side in (1, -1):
            x = 0.5 + side * wide * 0.5
            canvas.stroke([(x, flap - 0.1), (x, flap + 0.03)], 0.026, strap)
            canvas.part(
                rounded(x - 0.018, flap - 0.01, x + 0.018, flap + 0.026, 0.005), BRASS, radius=0.01
            )
    else:
        canvas.stroke(
            curve(
                [
                    (0.5 - wide * 0.93, 0.46),
                    (0.5 - wide * 0.62, top + 0.06),
                    (0.5, top + 0.015),
                    (0.5 + wide * 0.62, top + 0.06),
                    (0.5 + wide * 0.93, 0.46),
                ],
                closed=False,
            ),
            0.009,
            STEEL,
            drop=0.1,
        )
    two_tone = dice.random() < 0.4
    canvas.part(
        rounded(0.5 - wide * 0.78, pocket, 0.5 + wide * 0.78, low - 0.035, 0.04),
        strap if two_tone else main.shaded(0.94),
        radius=0.03,
        drop=0.4,
    )
    canvas.stroke(
        [(0.5 - wide * 0.6, pocket + 0.035), (0.5 + wide * 0.6, pocket + 0.035)],
        0.008,
        STEEL if not two_tone else BRASS,
        drop=0.1,
    )
    if dice.random() < 0.5:
        canvas.part(
            rounded(0.465, pocket + 0.1, 0.535, pocket + 0.14, 0.005),
            Paint(look.trim) if not two_tone else main.plain(),
            radius=0.008,
            drop=0.2,
        )
