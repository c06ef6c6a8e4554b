"""T-shirts and jackets, laid flat and seen from the front."""

from collections.abc import Sequence

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, curve, ellipse, flipped, mirrored, rounded
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look


def sleeves(
    canvas: Canvas,
    paint: Paint,
    right: Sequence[Knot],
    tilt: float,
    cuff: Sequence[Knot] | None = None,
    cuff_colour: RGB | None = None,
) -> None:
    """A pair of sleeves from the right one's outline; patterns turn with each arm by `tilt`."""
    for side in (1, -1):
        put = (lambda k: k) if side > 0 else flipped
        canvas.part(curve(put(right)), paint.turned(side * tilt), volume=0.55)
        if cuff:
            band = Paint(cuff_colour) if cuff_colour else paint.plain().shaded(0.82)
            canvas.part(curve(put(cuff)), band, volume=0.4, radius=0.015, drop=0.15)


def t_shirt(canvas: Canvas, look: Look) -> None:
    """A T-shirt with short or long sleeves."""
    dice, main = look.dice, look.main
    wide, long = dice.uniform(0.165, 0.205), dice.uniform(0.8, 0.86)
    neck = dice.uniform(0.075, 0.095)
    depth = {"v-neck": dice.uniform(0.12, 0.15)}.get(look.style, dice.uniform(0.045, 0.075))
    shoulder = wide + dice.uniform(0.02, 0.035)
    ringer = dice.random() < 0.4
    edge = look.trim if ringer else None
    reach = dice.uniform(0.1, 0.13)
    if look.style == "long-sleeve":
        end = dice.uniform(0.66, 0.74)
        sleeve = [
            (0.5 + shoulder - 0.05, 0.215, 1),
            (0.5 + shoulder + 0.03, 0.255),
            (0.5 + shoulder + 0.1, end, 1),
            (0.5 + shoulder + 0.03, end + 0.015, 1),
            (0.5 + wide - 0.02, 0.42, 1),
        ]
        cuff = [
            (0.5 + shoulder + 0.097, end - 0.03, 1),
            (0.5 + shoulder + 0.1, end, 1),
            (0.5 + shoulder + 0.03, end + 0.015, 1),
            (0.5 + shoulder + 0.024, end - 0.02, 1),
        ]
        tilt = 8
    else:
        drop = dice.uniform(0.375, 0.42)
        sleeve = [
            (0.5 + shoulder - 0.05, 0.215, 1),
            (0.5 + shoulder + 0.03, 0.25),
            (0.5 + shoulder + reach, drop, 1),
            (0.5 + shoulder + reach - 0.085, drop + 0.05, 1),
            (0.5 + wide - 0.02, 0.36, 1),
        ]
        cuff = [
            (0.5 + shoulder + reach - 0.012, drop - 0.022, 1),
            (0.5 + shoulder + reach, drop, 1),
            (0.5 + shoulder + reach - 0.085, drop + 0.05, 1),
            (0.5 + shoulder + reach - 0.098, drop + 0.03, 1),
        ]
        tilt = 34
    canvas.part(ellipse(0.5, 0.205, neck + 0.012, 0.03), main.plain().shaded(0.62), drop=0.2)
    sleeves(canvas, main, sleeve, tilt, cuff, edge)
    inner = (0, 0.2 + depth, 1) if look.style == "v-neck" else (0, 0.2 + depth)
    body = [
        inner,
        (neck, 0.2, 1),
        (shoulder, 0.232),
        (shoulder - 0.01, 0.3),
        (wide, 0.42),
        (wide - dice.uniform(-0.005, 0.015), 0.6),
        (wide + 0.006, long, 1),
        (0, long + 0.012),
    ]
    folds = [
        Fold([(0.5 + wide * s, 0.42), (0.5 + wide * 0.55 * s, 0.55)], 0.03, 0.25) for s in (1, -1)
    ]
    folds.append(Fold([(0.5 + wide * 0.4, 0.68), (0.5 + wide * 0.62, long)], 0.04, 0.18))
    folds.append(Fold([(0.5 - wide * 0.5, 0.6), (0.5 - wide * 0.35, long)], 0.04, 0.16))
    canvas.part(curve(mirrored(body)), main, folds=folds, volume=0.6)
    collar = curve(
        [
            (0.5 - neck, 0.2),
            (0.5 - neck * 0.72, 0.2 + depth * 0.66),
            (0.5, 0.2 + depth, *([1] if look.style == "v-neck" else [])),
            (0.5 + neck * 0.72, 0.2 + depth * 0.66),
            (0.5 + neck, 0.2),
        ],
        closed=False,
    )
    if look.style == "v-neck":
        collar = [(0.5 - neck, 0.2), (0.5, 0.2 + depth), (0.5 + neck, 0.2)]
    canvas.stroke(collar, 0.02, Paint(edge) if edge else main.plain().shaded(0.85), drop=0.15)
    if look.style == "pocket":
        x = 0.5 + wide * 0.45
        canvas.part(
            curve(
                [
                    (x - 0.045, 0.36, 1),
                    (x + 0.045, 0.36, 1),
                    (x + 0.045, 0.44, 1),
                    (x, 0.46, 1),
                    (x - 0.045, 0.44, 1),
                ]
            ),
            Paint(edge) if edge else main.plain().shaded(0.88),
            radius=0.01,
            drop=0.3,
        )
    hem = [(0.5 - wide, long - 0.02), (0.5, long - 0.009), (0.5 + wide, long - 0.02)]
    canvas.ink(hem, tone(main.colour, 0.7), 0.0025, 0.6, dash=0.008)


def jacket(canvas: Canvas, look: Look) -> None:
    """A jacket: two fronts that meet (or lap) in the middle, sleeves, collar, pockets."""
    dice, main, style = look.dice, look.main, look.style
    plain = main.plain()
    wide = dice.uniform(0.175, 0.2)
    end = {"bomber": 0.72, "trucker": 0.73, "parka": 0.88, "blazer": 0.83}[style]
    end += dice.uniform(-0.025, 0.025)
    shoulder, top = wide + 0.025, 0.19
    arm_end = dice.uniform(0.68, 0.74)
    ribbed = style == "bomber"
    accent = look.trim if ribbed and dice.random() < 0.6 else tone(main.colour, 0.72)
    arm = [
        (0.5 + shoulder - 0.05, top + 0.018, 1),
        (0.5 + shoulder + 0.035, top + 0.06),
        (0.5 + shoulder + 0.09, 0.46),
        (0.5 + shoulder + 0.1, arm_end, 1),
        (0.5 + shoulder + 0.015, arm_end + 0.01, 1),
        (0.5 + wide - 0.01, 0.4, 1),
    ]
    cuff = [
        (0.5 + shoulder + 0.1, arm_end - 0.04, 1),
        (0.5 + shoulder + 0.1, arm_end, 1),
        (0.5 + shoulder + 0.017, arm_end + 0.01, 1),
        (0.5 + shoulder + 0.013, arm_end - 0.03, 1),
    ]
    if style == "parka":
        canvas.part(
            curve(mirrored([(0, 0.075), (0.085, 0.095), (0.115, 0.17), (0.09, 0.25), (0, 0.27)])),
            main.shaded(0.9),
            volume=0.8,
            radius=0.05,
        )
        canvas.part(
            curve(mirrored([(0, 0.125), (0.055, 0.14), (0.07, 0.19), (0, 0.26)])),
            Paint(look.trim).shaded(0.8),
            volume=0.5,
        )
    else:
        canvas.part(ellipse(0.5, top + 0.012, 0.08, 0.03), plain.shaded(0.5))
    sleeves(canvas, main, arm, 9, cuff, accent)
    lap = 0.0 if style != "blazer" else 0.02
    for side in (1, -1):

        def s(x: float, side: int = side) -> float:
            return 0.5 + side * x

        open_y = {"blazer": 0.46}.get(style, top + 0.07)
        front = [
            (s(0.065), top, 1),
            (s(shoulder), top + 0.035),
            (s(shoulder - 0.012), top + 0.11),
            (s(wide), 0.42),
            (s(wide - 0.004), 0.6),
            (s(wide + (0.02 if style == "parka" else 0.0)), end, 1),
            (s(0.03 if style == "blazer" else 0.0), end + 0.008, 1),
            (s(-lap), end - (0.06 if style == "blazer" else 0), 1),
            (s(-lap), open_y, 1),
        ]
        folds = [
            Fold([(s(wide), 0.42), (s(wide * 0.5), 0.5)], 0.03, 0.25),
            Fold([(s(wide * 0.55), 0.58), (s(wide * 0.6), end)], 0.04, 0.18),
        ]
        canvas.part(curve(front), main, folds=folds, volume=0.65, drop=0.3)
    seam = tone(main.colour, 0.55)
    if style == "blazer":
        for side in (1, -1):
            canvas.part(
                curve(
                    [
                        (0.5 + side * 0.06, top - 0.005, 1),
                        (0.5 + side * 0.125, top + 0.09, 1),
                        (0.5 + side * 0.095, top + 0.1, 1),
                        (0.5 + side * 0.11, top + 0.13, 1),
                        (0.5 + side * 0.0, 0.47, 1),
                    ]
                ),
                main.shaded(0.93),
                radius=0.015,
            )
        buttons = [(0.5, 0.5 + i * 0.085) for i in range(dice.choice((1, 2)))]
    else:
        buttons = []
        metal = Paint((196, 178, 132) if dice.random() < 0.5 else (190, 192, 196), gloss=0.9)
        if style == "trucker":
            buttons = [(0.5, top + 0.1 + i * (end - top - 0.15) / 5) for i in range(6)]
            for side in (1, -1):
                canvas.ink([(0.5 + side * 0.02, 0.36), (0.5 + side * shoulder * 0.93, 0.35)], seam)
                canvas.ink(
                    [(0.5 + side * 0.12, 0.4), (0.5 + side * 0.075, end - 0.03)],
                    seam,
                    0.003,
                    0.8,
                    dash=0.01,
                )
            canvas.ink([(0.515, top + 0.07), (0.515, end)], seam, 0.003, 0.8, dash=0.01)
        else:
            canvas.stroke([(0.5, top + 0.07), (0.5, end)], 0.012, metal, drop=0.2)
            canvas.stroke([(0.5, top + 0.08), (0.5, top + 0.115)], 0.014, metal)
        collar = [
            (0.5, top + 0.075, 1),
            (0.5 + 0.055, top + 0.13 * dice.uniform(0.7, 1.0), 1),
            (0.5 + 0.1, top + 0.03),
            (0.5 + 0.062, top - 0.02, 1),
        ]
        if style != "parka":
            for put in (lambda k: k, flipped):
                canvas.part(
                    curve(put(collar)), Paint(accent) if ribbed else main.shaded(0.92), radius=0.02
                )
    for x, y in buttons:
        canvas.part(ellipse(x, y, 0.011, 0.011), Paint(look.trim, gloss=0.8), radius=0.006)
    if ribbed:
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, end - 0.035),
                        (wide, end - 0.045, 1),
                        (wide - 0.006, end + 0.012, 1),
                        (0, end + 0.022),
                    ]
                )
            ),
            Paint(accent),
            radius=0.016,
        )
    y = end - dice.uniform(0.17, 0.21)
    for side in (1, -1):
        x = 0.5 + side * wide * 0.52
        if style == "parka" or (style == "trucker" and dice.random() < 0.7):
            y_top = y if style == "parka" else 0.37
            canvas.part(
                rounded(x - 0.05, y_top, x + 0.05, y_top + 0.1, 0.012),
                main.shaded(0.95),
                radius=0.012,
            )
            canvas.part(
                rounded(x - 0.054, y_top - 0.01, x + 0.054, y_top + 0.025, 0.01),
                main.shaded(0.88),
                radius=0.01,
            )
        else:
            canvas.stroke(
                [(x - 0.035 * side, y + 0.02), (x + 0.035 * side, y + 0.05)]
                if ribbed
                else [(x - 0.045, y), (x + 0.045, y)],
                0.012,
                plain.shaded(0.8),
                drop=0.3,
            )
