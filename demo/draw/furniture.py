"""Chairs and lamps."""

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, curve, ellipse, mirrored, rounded
from demo.draw.paint import Paint, tone
from demo.looks import Look

WOODS = ((196, 150, 98), (150, 102, 62), (92, 60, 40), (222, 190, 146))
METALS = ((58, 58, 62), (206, 182, 124), (198, 200, 204), (244, 242, 236))


def chair(canvas: Canvas, look: Look) -> None:
    """A dining chair, armchair, stool or lounge chair."""
    dice, main, style = look.dice, look.main, look.style
    wood = Paint(dice.choice((*WOODS, METALS[0])), gloss=0.3)
    if style in ("dining", "stool"):
        _light_chair(canvas, look, wood)
        return
    low_seat = dice.uniform(0.56, 0.61)
    wide = dice.uniform(0.25, 0.29) if style == "armchair" else dice.uniform(0.21, 0.24)
    top = dice.uniform(0.2, 0.28)
    canvas.ground(0.5, 0.87, wide + 0.06)
    for x, y, lean in (
        (-0.8, 0.85, -0.02),
        (0.8, 0.85, 0.02),
        (-0.95, 0.875, -0.03),
        (0.95, 0.875, 0.03),
    ):
        canvas.stroke(
            [(0.5 + wide * x, 0.74), (0.5 + wide * x + lean, y)],
            0.026,
            wood.shaded(0.8 if y < 0.87 else 1.0),
        )
    round_top = dice.uniform(0.6, 0.98)
    canvas.part(
        curve(
            mirrored(
                [
                    (0, top),
                    (wide * round_top * 0.8, top + 0.012),
                    (wide, top + 0.11),
                    (wide * 0.97, 0.68),
                    (0, 0.7),
                ]
            )
        ),
        main,
        volume=0.9,
        radius=0.07,
    )
    if dice.random() < 0.5:
        for x in (-0.33, 0.0, 0.33):
            canvas.ink(
                [(0.5 + wide * x, top + 0.04), (0.5 + wide * x, low_seat)],
                tone(main.colour, 0.65),
                0.005,
                0.6,
            )
    else:
        for x, y in ((-0.4, 0.34), (0.0, 0.34), (0.4, 0.34), (-0.2, 0.44), (0.2, 0.44)):
            canvas.part(
                ellipse(0.5 + wide * x, y, 0.011, 0.011, steps=14),
                main.plain().shaded(0.7),
                radius=0.006,
                drop=0.3,
            )
    canvas.part(
        rounded(0.5 - wide, low_seat + 0.07, 0.5 + wide, 0.8, 0.04),
        main.shaded(0.9),
        radius=0.04,
        volume=0.7,
    )
    inset = wide * (0.86 if style == "armchair" else 1.0)
    canvas.part(
        curve(
            mirrored(
                [
                    (0, low_seat - 0.012),
                    (inset, low_seat, 1),
                    (inset + 0.014, low_seat + 0.05),
                    (inset, low_seat + 0.1),
                    (0, low_seat + 0.112),
                ]
            )
        ),
        main.shaded(1.06),
        volume=0.9,
        radius=0.05,
    )
    if style == "armchair":
        arm_top, thick = dice.uniform(0.47, 0.52), dice.uniform(0.045, 0.06)
        for side in (1, -1):
            x = 0.5 + side * (wide + 0.015)
            canvas.part(
                rounded(x - thick, arm_top, x + thick, 0.81, thick * 0.9),
                main,
                volume=0.9,
                radius=0.045,
            )
    else:
        for side in (1, -1):
            x = 0.5 + side * (wide + 0.02)
            canvas.stroke(
                curve([(x, 0.46), (x + side * 0.03, 0.55), (x + side * 0.015, 0.72)], closed=False),
                0.026,
                wood,
            )
            canvas.stroke([(x - side * 0.03, 0.44), (x + side * 0.035, 0.49)], 0.034, wood)


def _light_chair(canvas: Canvas, look: Look, wood: Paint) -> None:
    dice, main = look.dice, look.main
    stool = look.style == "stool"
    seat = dice.uniform(0.36, 0.42) if stool else dice.uniform(0.55, 0.6)
    wide = dice.uniform(0.15, 0.18) if stool else dice.uniform(0.17, 0.2)
    splay, floor = dice.uniform(0.03, 0.06), 0.9
    painted = main.plain() if dice.random() < 0.4 else wood
    canvas.ground(0.5, floor - 0.01, wide + splay)
    for side in (-1, 1):
        canvas.stroke(
            [
                (0.5 + side * wide * 0.72, seat),
                (0.5 + side * (wide * 0.78 + splay * 0.5), floor - 0.055),
            ],
            0.024,
            painted.shaded(0.75),
        )
    if not stool:
        top = dice.uniform(0.14, 0.2)
        for side in (-1, 1):
            canvas.stroke(
                [(0.5 + side * wide * 0.86, seat), (0.5 + side * wide * 0.95, top + 0.02)],
                0.024,
                painted.shaded(0.92),
            )
        kind = dice.choice(("panel", "slats", "ladder", "round"))
        if kind == "panel":
            canvas.part(
                rounded(0.5 - wide, top, 0.5 + wide, top + dice.uniform(0.16, 0.24), 0.05),
                main,
                volume=0.8,
            )
        elif kind == "round":
            canvas.part(ellipse(0.5, top + 0.13, wide * 1.02, 0.14), main, volume=0.8)
        elif kind == "ladder":
            for i in range(3):
                y = top + 0.02 + i * 0.1
                canvas.part(
                    curve(
                        mirrored(
                            [
                                (0, y - 0.012),
                                (wide * 0.98, y),
                                (wide * 0.98, y + 0.05),
                                (0, y + 0.04),
                            ]
                        )
                    ),
                    main,
                    radius=0.02,
                )
        else:
            for i in range(5):
                x = 0.5 + wide * 0.36 * (i - 2)
                canvas.stroke([(x * 0.97 + 0.015, seat), (x, top + 0.05)], 0.018, main)
            canvas.part(
                curve(
                    mirrored(
                        [
                            (0, top - 0.02),
                            (wide * 1.05, top),
                            (wide * 1.05, top + 0.055),
                            (0, top + 0.045),
                        ]
                    )
                ),
                main,
                radius=0.02,
            )
    if stool:
        y = dice.uniform(0.66, 0.74)
        t = (y - seat) / (floor - seat)
        reach = wide * 0.85 + splay * t
        canvas.stroke([(0.5 - reach, y), (0.5 + reach, y)], 0.016, painted.shaded(0.9))
    for side in (-1, 1):
        canvas.stroke(
            [(0.5 + side * wide * 0.88, seat + 0.02), (0.5 + side * (wide * 0.92 + splay), floor)],
            0.027,
            painted,
        )
    plump = dice.uniform(0.03, 0.055)
    if stool and dice.random() < 0.6:
        canvas.part(ellipse(0.5, seat + 0.02, wide + 0.015, 0.05), main.shaded(0.8), volume=0.6)
        canvas.part(ellipse(0.5, seat, wide + 0.015, 0.05), main, volume=0.7)
    else:
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, seat - 0.03),
                        (wide * 0.88, seat - 0.028, 1),
                        (wide + 0.025, seat + 0.03),
                        (wide + 0.015, seat + 0.03 + plump),
                        (0, seat + 0.045 + plump),
                    ]
                )
            ),
            main,
            volume=0.85,
            radius=0.04,
        )


def lamp(canvas: Canvas, look: Look) -> None:
    """A table, floor, pendant or desk lamp."""
    dice, main, style = look.dice, look.main, look.style
    stand = Paint(dice.choice((*METALS, *WOODS[:2])), gloss=0.7)
    glow = Paint((255, 240, 200), gloss=0.9)
    if style == "desk":
        canvas.ground(0.4, 0.86, 0.17)
        canvas.part(ellipse(0.4, 0.845, 0.15, 0.03), stand, radius=0.02)
        knee = (dice.uniform(0.26, 0.32), dice.uniform(0.5, 0.56))
        head = (dice.uniform(0.56, 0.62), dice.uniform(0.25, 0.32))
        canvas.stroke([(0.4, 0.83), knee], 0.024, stand)
        canvas.stroke([knee, head], 0.022, stand)
        canvas.part(ellipse(*knee, 0.024, 0.024), stand.shaded(0.8), radius=0.01)
        big = dice.uniform(0.13, 0.16)
        hx, hy = head
        shade = [
            (hx - 0.05, hy - 0.055, 1),
            (hx + 0.03, hy - 0.085),
            (hx + big * 1.15, hy + 0.05, 1),
            (hx + big * 0.9, hy + big + 0.03),
            (hx - 0.03, hy + big * 1.12, 1),
            (hx - 0.075, hy + 0.02),
        ]
        canvas.part(ellipse(hx + big * 0.55, hy + big * 0.75, big * 0.4, big * 0.36), glow)
        canvas.part(curve(shade), main, volume=0.9, radius=0.05)
        return
    floor_lamp, pendant = style == "floor", style == "pendant"
    wide = {"floor": dice.uniform(0.15, 0.18), "pendant": dice.uniform(0.23, 0.29)}.get(
        style, dice.uniform(0.19, 0.235)
    )
    tall = {"floor": dice.uniform(0.17, 0.2), "pendant": dice.uniform(0.2, 0.28)}.get(
        style, dice.uniform(0.23, 0.28)
    )
    top = {"floor": 0.09, "pendant": dice.uniform(0.36, 0.44)}.get(style, 0.17)
    narrow = wide * dice.uniform(0.45, 0.85)
    low = top + tall
    if pendant:
        canvas.stroke([(0.5, 0.0), (0.5, top)], 0.009, stand)
        canvas.part(rounded(0.475, top - 0.045, 0.525, top + 0.02, 0.01), stand, radius=0.015)
        canvas.part(ellipse(0.5, low - 0.002, wide * 0.98, 0.03), glow, volume=0.2, drop=0)
        form = dice.choice(("dome", "cone", "globe"))
        if form == "dome":
            half: list[Knot] = [
                (0, top),
                (wide * 0.55, top + 0.035),
                (wide * 0.93, low - 0.09),
                (wide, low, 1),
                (0, low + 0.022),
            ]
        elif form == "cone":
            half = [(0, top), (0.045, top, 1), (wide, low, 1), (0, low + 0.022)]
        else:
            half = [
                (0, top),
                (wide * 0.5, top + 0.03),
                (wide * 0.82, top + tall * 0.55),
                (wide * 0.55, low + 0.05),
                (0, low + 0.08),
            ]
        canvas.part(curve(mirrored(half)), main, volume=0.7, radius=0.06, barrel=0.3)
        return
    floor = 0.92 if floor_lamp else 0.86
    foot = 0.13 if floor_lamp else dice.uniform(0.09, 0.13)
    canvas.ground(0.5, floor, foot * 1.3)
    if floor_lamp and dice.random() < 0.5:
        for x in (-0.15, 0.15, 0.0):
            canvas.stroke(
                [(0.5, low), (0.5 + x, floor - (0.03 if x == 0 else 0.0))],
                0.018,
                stand.shaded(0.8 if x == 0 else 1.0),
            )
    elif floor_lamp:
        canvas.part(ellipse(0.5, floor - 0.008, foot, 0.024), stand, radius=0.015)
        canvas.stroke([(0.5, low - 0.02), (0.5, floor - 0.012)], 0.016, stand)
    else:
        ceramic = Paint(look.trim, gloss=0.8) if dice.random() < 0.5 else stand
        belly = dice.choice((0.03, 0.06, 0.1, 0.12))
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, low - 0.03),
                        (0.022, low - 0.03, 1),
                        (0.024, low + 0.05),
                        (belly, (low + floor) / 2 + 0.04),
                        (foot * 0.72, floor - 0.035),
                        (foot * 0.8, floor - 0.005, 1),
                        (0, floor + 0.01),
                    ]
                )
            ),
            ceramic,
            volume=0.6,
            barrel=0.4,
        )
    canvas.part(ellipse(0.5, low, wide * 0.97, 0.02), glow, volume=0.2, drop=0)
    canvas.part(
        curve(mirrored([(0, top + 0.006), (narrow, top, 1), (wide, low, 1), (0, low + 0.02)])),
        main,
        volume=0.4,
        barrel=0.4,
        folds=[
            Fold([(0.5 + narrow * s, top), (0.5 + wide * s, low)], 0.02, 0.12)
            for s in ((-0.6, -0.2, 0.2, 0.6) if look.shape % 3 == 0 else ())
        ],
    )
    canvas.ink(
        curve(
            [(0.5 - wide, low - 0.008), (0.5, low + 0.012), (0.5 + wide, low - 0.008)], closed=False
        ),
        look.trim,
        0.008,
        0.8,
    )
