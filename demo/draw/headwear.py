"""Hats and scarves."""

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, curve, ellipse, mirrored, rounded
from demo.draw.paint import Paint, tone
from demo.looks import Look

BRASS = Paint((204, 180, 120), gloss=0.9)
STEEL = Paint((188, 192, 198), gloss=0.9)


def hat(canvas: Canvas, look: Look) -> None:
    """A cap, beanie, fedora or bucket hat."""
    dice, main, style = look.dice, look.main, look.style
    band = Paint(look.trim, gloss=0.2)
    seam = tone(main.colour, 0.6)
    if style == "cap":
        canvas.ground(0.53, 0.69, 0.36)
        high = dice.uniform(0.3, 0.35)
        long = dice.uniform(0.86, 0.92)
        brim = band if dice.random() < 0.4 else main.plain().shaded(0.9)
        canvas.part(
            curve(
                [
                    (0.5, 0.615),
                    (0.64, 0.585),
                    (0.8, 0.605),
                    (long, 0.665),
                    (long - 0.02, 0.69),
                    (0.75, 0.665),
                    (0.56, 0.675),
                    (0.42, 0.68),
                ]
            ),
            brim,
            volume=0.7,
            radius=0.03,
        )
        canvas.part(
            curve(
                [
                    (0.17, 0.66, 1),
                    (0.165, 0.53),
                    (0.23, high + 0.06),
                    (0.41, high),
                    (0.59, high + 0.07),
                    (0.665, 0.52),
                    (0.675, 0.615, 1),
                    (0.55, 0.625),
                    (0.36, 0.665),
                ]
            ),
            main,
            volume=0.95,
            radius=0.08,
        )
        for knots in (
            [(0.41, high), (0.47, 0.46), (0.475, 0.64)],
            [(0.41, high), (0.3, 0.44), (0.27, 0.66)],
            [(0.41, high), (0.57, 0.42), (0.62, 0.6)],
        ):
            canvas.ink(curve(knots, closed=False), seam, 0.004, 0.6)
        canvas.part(ellipse(0.41, high - 0.004, 0.02, 0.012), brim, radius=0.008)
        if dice.random() < 0.55:
            canvas.part(
                rounded(0.5, 0.47, 0.58, 0.55, 0.016)
                if dice.random() < 0.5
                else ellipse(0.54, 0.51, 0.045, 0.045),
                band,
                radius=0.012,
                drop=0.2,
            )
    elif style == "beanie":
        canvas.ground(0.5, 0.78, 0.27)
        wide, tall = dice.uniform(0.215, 0.25), dice.uniform(0.26, 0.34)
        ribs = [
            Fold([(0.5 + s * 0.1, tall), (0.5 + s * wide, 0.68)], 0.022, 0.22)
            for s in (-0.8, -0.48, -0.16, 0.16, 0.48, 0.8)
        ]
        if dice.random() < 0.55:
            canvas.part(
                [
                    (
                        0.5 + (x - 0.5) * (1 + 0.08 * (i % 2)),
                        tall - 0.04 + (y - tall + 0.04) * (1 + 0.08 * (i % 2)),
                    )
                    for i, (x, y) in enumerate(ellipse(0.5, tall - 0.04, 0.075, 0.07))
                ],
                band,
                volume=0.9,
                radius=0.04,
            )
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, tall),
                        (wide * 0.55, tall + 0.04),
                        (wide * 0.95, 0.47),
                        (wide, 0.68, 1),
                        (0, 0.7),
                    ]
                )
            ),
            main,
            volume=0.9,
            radius=0.08,
            folds=ribs,
        )
        cuff = main.plain().shaded(0.88) if dice.random() < 0.6 else band
        deep = dice.uniform(0.1, 0.14)
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, 0.775 - deep),
                        (wide + 0.012, 0.765 - deep, 1),
                        (wide + 0.018, 0.775),
                        (0, 0.79),
                    ]
                )
            ),
            cuff,
            volume=0.6,
            radius=0.03,
            folds=[
                Fold([(0.5 + s, 0.775 - deep), (0.5 + s, 0.78)], 0.012, 0.25)
                for s in (-0.18, -0.13, -0.08, -0.03, 0.02, 0.07, 0.12, 0.17)
            ],
        )
    elif style == "fedora":
        canvas.ground(0.5, 0.7, 0.36)
        reach = dice.uniform(0.33, 0.39)
        crown = dice.uniform(0.3, 0.36)
        canvas.part(
            ellipse(0.5, 0.635, reach, dice.uniform(0.07, 0.1)),
            main.shaded(0.9),
            volume=0.8,
            radius=0.03,
        )
        wide = dice.uniform(0.185, 0.21)
        canvas.part(
            curve(
                [
                    (0.5 - wide, 0.635),
                    (0.5 - wide * 0.92, 0.5),
                    (0.5 - wide * 0.7, crown),
                    (0.5, crown + dice.uniform(0.0, 0.045)),
                    (0.5 + wide * 0.7, crown),
                    (0.5 + wide * 0.92, 0.5),
                    (0.5 + wide, 0.635),
                    (0.5, 0.665),
                ]
            ),
            main,
            volume=0.95,
            radius=0.07,
            folds=[Fold([(0.5, crown), (0.5, 0.46)], 0.05, 0.25)],
        )
        canvas.part(
            curve(
                [
                    (0.5 - wide * 0.97, 0.575, 1),
                    (0.5, 0.605),
                    (0.5 + wide * 0.97, 0.575, 1),
                    (0.5 + wide, 0.632, 1),
                    (0.5, 0.665),
                    (0.5 - wide, 0.632, 1),
                ]
            ),
            band,
            volume=0.5,
            radius=0.014,
            drop=0.1,
        )
    else:
        canvas.ground(0.5, 0.73, 0.34)
        wide, crown = dice.uniform(0.19, 0.22), dice.uniform(0.34, 0.4)
        reach = dice.uniform(0.31, 0.35)
        canvas.part(
            curve(
                mirrored(
                    [(0, 0.57), (wide, 0.56, 1), (reach, 0.67), (reach - 0.03, 0.705), (0, 0.735)]
                )
            ),
            main.shaded(0.93),
            volume=0.8,
            radius=0.05,
        )
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, crown),
                        (wide * 0.72, crown + 0.012),
                        (wide * 0.9, crown + 0.1),
                        (wide + 0.01, 0.585, 1),
                        (0, 0.615),
                    ]
                )
            ),
            main,
            volume=0.9,
            radius=0.06,
        )
        for i in range(3):
            y = 0.64 + i * 0.026
            canvas.ink(
                curve(
                    [
                        (0.5 - reach + 0.06 - i * 0.01, y - 0.008),
                        (0.5, y + 0.022),
                        (0.5 + reach - 0.06 + i * 0.01, y - 0.008),
                    ],
                    closed=False,
                ),
                seam,
                0.003,
                0.6,
            )
        if dice.random() < 0.5:
            canvas.stroke(
                curve(
                    [(0.5 - wide - 0.004, 0.575), (0.5, 0.605), (0.5 + wide + 0.004, 0.575)],
                    closed=False,
                ),
                0.03,
                band,
                drop=0.1,
            )


def scarf(canvas: Canvas, look: Look) -> None:
    """A scarf: looped round an unseen neck, or folded over and hanging long."""
    dice, main = look.dice, look.main
    fringe = Paint(tone(main.colour, 0.85) if dice.random() < 0.6 else look.trim)
    wide = dice.uniform(0.06, 0.075)
    ends = (dice.uniform(0.74, 0.86), dice.uniform(0.66, 0.84))
    looped = look.style == "looped"
    top = 0.36 if looped else 0.17
    for side, end in ((-1, ends[0]), (1, ends[1])):
        x = 0.5 + side * dice.uniform(0.07, 0.1)
        lean = side * dice.uniform(0.0, 0.05)
        for i in range(9):
            fx = x + lean - wide + wide * 2 * (i + 0.5) / 9
            canvas.stroke(
                [(fx, end - 0.01), (fx + dice.uniform(-0.006, 0.006), end + 0.055)],
                0.008,
                fringe,
                drop=0.15,
            )
        tail: list[Knot] = [
            (x - wide, top, 1),
            (x + wide, top, 1),
            (x + lean * 0.4 + wide, 0.6),
            (x + lean + wide, end, 1),
            (x + lean - wide, end, 1),
            (x + lean * 0.4 - wide, 0.6),
        ]
        canvas.part(
            curve(tail),
            main.turned(-side * 3 - lean * 60),
            volume=0.65,
            drop=0.4,
            folds=[
                Fold([(x - wide * 0.3, top), (x + lean - wide * 0.2, end)], 0.025, 0.2),
                Fold([(x + wide * 0.5, top), (x + lean * 0.5 + wide * 0.4, 0.62)], 0.025, 0.2),
            ],
        )
    if looped:
        outer, inner = dice.uniform(0.2, 0.235), dice.uniform(0.055, 0.075)
        canvas.part(ellipse(0.5, 0.285, outer * 0.72, 0.1), main.shaded(0.6), volume=0.5)
        canvas.part(
            curve(
                [
                    (0.5 - outer, 0.27),
                    (0.5 - outer * 0.6, 0.215),
                    (0.5, 0.25 + inner),
                    (0.5 + outer * 0.6, 0.215),
                    (0.5 + outer, 0.27),
                    (0.5 + outer * 0.75, 0.42),
                    (0.5, 0.5),
                    (0.5 - outer * 0.75, 0.42),
                ]
            ),
            main.turned(dice.uniform(-14, 14)),
            volume=0.9,
            radius=0.06,
            folds=[
                Fold(
                    curve(
                        [
                            (0.5 - outer * 0.85, 0.29),
                            (0.5, 0.25 + inner + dy),
                            (0.5 + outer * 0.85, 0.3),
                        ],
                        closed=False,
                    ),
                    0.03,
                    0.32,
                )
                for dy in (0.06, 0.12)
            ],
        )
    else:
        canvas.part(
            curve(
                [
                    (0.5 - 0.175, 0.185, 1),
                    (0.5 - 0.13, 0.125),
                    (0.5, 0.105),
                    (0.5 + 0.13, 0.125),
                    (0.5 + 0.175, 0.185, 1),
                    (0.5 + 0.1, 0.235),
                    (0.5, 0.19),
                    (0.5 - 0.1, 0.235),
                ]
            ),
            main.turned(90 if main.pattern == "striped" else 0),
            volume=0.8,
            folds=[Fold([(0.38, 0.18), (0.5, 0.15), (0.62, 0.18)], 0.02, 0.3)],
        )
