"""Boots and sneakers, seen from the side, the toe to the right."""

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, Point, between, curve, ellipse, rounded
from demo.draw.paint import Paint, tone
from demo.looks import Look

RUBBER = (244, 241, 234)


def _moved(knots: list[Knot], by: Point) -> list[Knot]:
    return [(k[0] + by[0], k[1] + by[1], *k[2:]) for k in knots]


def boots(canvas: Canvas, look: Look) -> None:
    """A pair of boots; the far one stands a little behind."""
    dice = look.dice
    gap = dice.uniform(0.1, 0.14)
    canvas.ground(0.53, 0.835, 0.33)
    _boot(canvas, look, (-gap, -0.028), 0.86)
    _boot(canvas, look, (0.02, 0.0), 1.0)


def _boot(canvas: Canvas, look: Look, by: Point, light: float) -> None:
    dice, style = look.dice, look.style
    main = look.main.shaded(light)
    top = {"ankle": 0.42, "chelsea": 0.4, "lace-up": 0.34, "tall": 0.12, "rain": 0.22}[style]
    top += dice.uniform(-0.035, 0.035)
    slim = {"tall": 0.012, "rain": -0.012}.get(style, 0.0) + dice.uniform(-0.008, 0.012)
    back, front = 0.35 + slim, 0.555 - slim
    toe = dice.uniform(0.815, 0.86)
    blunt = dice.uniform(0.64, 0.68)
    heel = {"ankle": dice.uniform(0.02, 0.075), "tall": dice.uniform(0.02, 0.07)}.get(style, 0.022)
    sole = Paint(
        tone(look.trim, 0.9 * light) if style != "rain" else tone(main.colour, 0.62), gloss=0.3
    )
    floor = 0.835
    base = floor - 0.03 - heel
    flare = 0.015 if style in ("tall", "rain") else 0.0
    upper: list[Knot] = [
        (back - flare, top + 0.012, 1),
        (front + flare, top - 0.004, 1),
        (front - 0.004, 0.52),
        (front + 0.03, 0.615),
        (0.68, blunt),
        (toe - 0.035, 0.715),
        (toe, floor - 0.05),
        (toe - 0.02, floor - 0.028, 1),
        (0.64, floor - 0.028, 1),
        (0.5, base + 0.004),
        (back - 0.005, base, 1),
        (back - 0.018, base - 0.07),
        (back + 0.012, 0.56),
    ]
    bottom: list[Knot] = [
        (back - 0.012, base - 0.008, 1),
        (0.5, base - 0.004),
        (0.63, floor - 0.036),
        (toe + 0.004, floor - 0.044, 1),
        (toe + 0.006, floor - 0.01),
        (toe - 0.03, floor, 1),
        (0.64, floor, 1),
        (0.52, base + 0.026),
        (back - 0.006, base + 0.026, 1),
    ]
    block: list[Knot] = [
        (back - 0.01, base + 0.012, 1),
        (back + 0.1, base + 0.012, 1),
        (back + 0.092, floor, 1),
        (back + 0.0, floor, 1),
    ]
    opening = [
        (p[0] + by[0], p[1] + by[1])
        for p in ellipse((back + front) / 2, top + 0.004, (front - back) / 2 + flare, 0.014)
    ]
    canvas.part(opening, main.plain().shaded(0.45), drop=0)
    canvas.part(curve(_moved(block, by)), sole, drop=0.2)
    folds = [
        Fold(_moved([(0.6, 0.64), (0.66, 0.73)], by), 0.025, 0.3),
        Fold(_moved([(front, 0.56), (back + 0.05, 0.62)], by), 0.035, 0.3),
        Fold(_moved([(front - 0.03, 0.61), (back + 0.02, 0.68)], by), 0.03, 0.2),
    ]
    if style == "tall":
        folds.append(Fold(_moved([(front, 0.4), (back + 0.06, 0.44)], by), 0.03, 0.18))
    canvas.part(curve(_moved(upper, by)), main, volume=0.85, radius=0.045, folds=folds)
    canvas.part(curve(_moved(bottom, by)), sole, radius=0.015, volume=0.5, drop=0.25)
    dark = tone(main.colour, 0.55)
    if style == "chelsea":
        gore: list[Knot] = [
            (0.43, top + 0.012, 1),
            (0.505, top + 0.006, 1),
            (0.498, 0.6, 1),
            (0.465, 0.615, 1),
        ]
        canvas.part(
            curve(_moved(gore, by)),
            Paint(look.trim, "striped", tone(look.trim, 0.75), 0.012, 90).shaded(light),
            radius=0.012,
            drop=0.1,
        )
        tab: list[Knot] = [
            (back - 0.008, top - 0.03),
            (back + 0.018, top - 0.035),
            (back + 0.016, top + 0.05),
            (back - 0.006, top + 0.05),
        ]
        canvas.part(curve(_moved(tab, by)), main.plain().shaded(0.8), radius=0.01)
    elif style == "lace-up":
        flap: list[Knot] = [
            (front - 0.06, top, 1),
            (front - 0.035, 0.53),
            (0.585, 0.645),
            (0.64, 0.665),
            (front + 0.03, 0.6),
            (front - 0.002, 0.52),
            (front, top, 1),
        ]
        canvas.part(curve(_moved(flap, by)), main.plain().shaded(0.75), radius=0.012, drop=0.2)
        lace = Paint(RUBBER if sum(look.trim) < 360 else look.trim).shaded(light)
        for i in range(6):
            t = i / 5
            a = between((front - 0.058, top + 0.03), (0.575, 0.64), t)
            canvas.stroke(_moved([a, (a[0] + 0.062, a[1] - 0.012)], by), 0.011, lace)
        canvas.ink(
            curve(
                _moved([(0.7, blunt + 0.008), (0.72, 0.73), (0.705, floor - 0.04)], by),
                closed=False,
            ),
            dark,
            0.004,
        )
    elif style == "tall":
        if dice.random() < 0.5:
            for y in (top + 0.045, 0.6):
                canvas.stroke(
                    _moved([(back + 0.002, y), (front - 0.004, y + 0.008)], by),
                    0.02,
                    Paint(tone(main.colour, 0.7), gloss=0.4),
                )
            canvas.part(
                rounded(
                    front - 0.08 + by[0],
                    top + 0.028 + by[1],
                    front - 0.035 + by[0],
                    top + 0.07 + by[1],
                    0.008,
                ),
                Paint((200, 180, 128), gloss=0.9),
                radius=0.01,
            )
        else:
            canvas.ink(_moved([(back + 0.07, top + 0.02), (back + 0.075, base)], by), dark, 0.005)
    elif style == "rain":
        band: list[Knot] = [
            (back - 0.016, top + 0.014, 1),
            (front + 0.016, top - 0.002, 1),
            (front + 0.012, top + 0.04, 1),
            (back - 0.01, top + 0.055, 1),
        ]
        canvas.part(
            curve(_moved(band, by)),
            Paint(look.trim, gloss=0.6).shaded(light),
            radius=0.012,
            drop=0.15,
        )
        canvas.ink(
            curve(_moved([(0.69, 0.665), (0.735, 0.73), (0.74, floor - 0.045)], by), closed=False),
            dark,
            0.006,
        )
    else:
        canvas.stroke(
            _moved([(0.47, top + 0.03), (0.475, base - 0.03)], by),
            0.008,
            Paint((196, 182, 140), gloss=0.9).shaded(light),
            drop=0.1,
        )
        canvas.ink(
            curve(_moved([(back + 0.01, 0.6), (0.42, 0.62), (0.44, base)], by), closed=False),
            dark,
            0.004,
        )


def sneakers(canvas: Canvas, look: Look) -> None:
    """A pair of sneakers, the far one behind."""
    dice = look.dice
    canvas.ground(0.52, 0.755, 0.38)
    gap = dice.uniform(0.07, 0.1)
    _sneaker(canvas, look, (-gap * 0.6, -gap), 0.88)
    _sneaker(canvas, look, (0.02, 0.0), 1.0)


def _sneaker(canvas: Canvas, look: Look, by: Point, light: float) -> None:
    dice, style = look.dice, look.style
    main = look.main.shaded(light)
    high = style == "high-top"
    collar = (0.335 if high else 0.475) + dice.uniform(-0.02, 0.02)
    toe_height = dice.uniform(0.6, 0.63)
    thick = {"running": 0.075, "slip-on": 0.045}.get(style, 0.055) + dice.uniform(-0.008, 0.01)
    floor, left, right = 0.755, 0.15, 0.875
    joint = floor - thick
    white = Paint(RUBBER if dice.random() < 0.75 else look.trim, gloss=0.3).shaded(light)
    upper: list[Knot] = [
        (left + 0.03, collar + 0.03),
        (left + 0.06, collar - 0.01, 1),
        (0.29 if not high else 0.27, collar + (0.045 if not high else 0.015)),
        (0.39 if not high else 0.375, collar + (0.01 if not high else 0.0), 1),
        (0.41 if high else 0.43, collar + (0.1 if high else 0.02)),
        (0.56, 0.565),
        (0.7, toe_height),
        (0.83, toe_height + 0.035),
        (right - 0.012, joint - 0.01),
        (right - 0.03, joint + 0.01, 1),
        (left + 0.03, joint + 0.01, 1),
        (left + 0.006, joint - 0.06),
    ]
    canvas.part(
        [(p[0] + by[0], p[1] + by[1]) for p in ellipse(0.29, collar + 0.015, 0.1, 0.03)],
        main.plain().shaded(0.5),
        drop=0,
    )
    canvas.part(
        curve(_moved(upper, by)),
        main,
        volume=0.8,
        radius=0.045,
        folds=[Fold(_moved([(0.64, toe_height), (0.69, joint)], by), 0.03, 0.2)],
    )
    dark = tone(main.colour, 0.55)
    accent = Paint(look.trim, gloss=0.2).shaded(light)
    back: list[Knot] = [
        (left + 0.024, collar + 0.06, 1),
        (left + 0.075, collar + 0.05, 1),
        (left + 0.12, joint, 1),
        (left + 0.01, joint, 1),
        (left + 0.006, joint - 0.05),
    ]
    canvas.part(curve(_moved(back, by)), accent, radius=0.012, drop=0.12)
    if style != "slip-on":
        throat: list[Knot] = [
            (0.4, collar + 0.0, 1),
            (0.47, 0.52 if not high else 0.47),
            (0.6, 0.575),
            (0.66, 0.607),
            (0.6, 0.635),
            (0.5, 0.6),
            (0.385, collar + 0.075, 1),
        ]
        canvas.part(curve(_moved(throat, by)), main.plain().shaded(0.82), radius=0.012, drop=0.15)
        lace = Paint(RUBBER).shaded(light * (0.95 if look.colour != "white" else 0.8))
        count = 6 if high else 5
        for i in range(count):
            t = i / (count - 1)
            a = between((0.392, collar + 0.055), (0.57, 0.615), t)
            canvas.stroke(_moved([a, (a[0] + 0.075, a[1] - 0.03)], by), 0.013, lace)
    else:
        gore: list[Knot] = [
            (0.4, collar + 0.02, 1),
            (0.5, 0.54, 1),
            (0.44, 0.62, 1),
            (0.37, 0.57, 1),
        ]
        canvas.part(curve(_moved(gore, by)), accent.shaded(0.8), radius=0.012, drop=0.12)
    if style in ("low", "high-top"):
        cap: list[Knot] = [
            (0.765, toe_height + 0.008, 1),
            (0.84, toe_height + 0.04),
            (right - 0.01, joint - 0.005),
            (right - 0.02, joint + 0.01, 1),
            (0.74, joint + 0.01, 1),
        ]
        canvas.part(curve(_moved(cap, by)), white, radius=0.025, drop=0.12)
    if style == "running":
        wave: list[Knot] = [
            (0.29, joint - 0.01, 1),
            (0.4, 0.6),
            (0.52, 0.64),
            (0.64, joint - 0.01, 1),
            (0.54, joint - 0.005),
            (0.42, 0.645),
        ]
        canvas.part(curve(_moved(wave, by)), accent, radius=0.012, drop=0.12)
    elif dice.random() < 0.5 and high:
        canvas.part(
            [(p[0] + by[0], p[1] + by[1]) for p in ellipse(0.3, 0.475, 0.045, 0.045)],
            white,
            radius=0.015,
            drop=0.12,
        )
    else:
        canvas.ink(
            curve(_moved([(0.38, 0.6), (0.42, 0.66), (0.56, joint)], by), closed=False),
            dark,
            0.003,
            0.8,
            dash=0.009,
        )
    lift = 0.014 if style == "running" else 0.0
    sole: list[Knot] = [
        (left + 0.0, joint, 1),
        (0.5, joint + 0.006),
        (right, joint, 1),
        (right + 0.006, floor - 0.03),
        (right - 0.05, floor - lift, 1),
        (0.6, floor),
        (left + 0.02, floor, 1),
        (left - 0.008 - lift, floor - 0.03),
    ]
    canvas.part(curve(_moved(sole, by)), white, radius=0.018, volume=0.55, drop=0.25)
    line = accent.colour if style != "running" else dark
    canvas.ink(
        _moved([(left + 0.0, joint + thick * 0.45), (right, joint + thick * 0.45)], by),
        line,
        0.006 if dice.random() < 0.6 else 0.002,
    )
