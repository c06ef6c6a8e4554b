"""Sports shoes from the side, the toe to the right."""

from demo.draw.canvas import Canvas, Fold
from demo.draw.footwear import Shoe, bars, pair, within
from demo.draw.geometry import Knot, Point, between, curve, ellipse
from demo.draw.paint import Paint, tone
from demo.looks import Look

FLOOR = 0.76
BACK, TOE = 0.13, 0.87


def sneakers(canvas: Canvas, look: Look) -> None:
    """A pair of sneakers, the far one behind."""
    dice = look.dice
    canvas.ground(0.5, FLOOR, 0.37)
    gap = (dice.uniform(0.04, 0.08), dice.uniform(0.075, 0.095))
    high = look.part("height") == "high-top"
    pair(canvas, look, _sneaker, gap, 0.92 if high else 1.0, FLOOR, 0.0 if high else 0.02)


def _sneaker(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    high = look.part("height") == "high-top"
    thick = dice.uniform(0.068, 0.088)
    joint = FLOOR - thick
    top = joint - (dice.uniform(0.36, 0.4) if high else dice.uniform(0.2, 0.23))
    vamp = joint - dice.uniform(0.105, 0.125)
    capped, patch = dice.random() < 0.6, dice.random()
    main, dark = look.main, tone(look.main.colour, 0.5)
    throat_top: Point = (0.405, top + 0.02) if high else (0.39, top + 0.015)
    throat_low: Point = (0.635, vamp - 0.022)
    collar: list[Knot] = [
        (BACK + 0.022, top + 0.03),
        (BACK + 0.05, top - 0.004, 1),
        (0.29, top + (0.012 if high else 0.05)),
        (*throat_top, 1),
    ]
    # The far side of the opening, then the tongue, then the near side over both.
    shoe.part(
        [*collar[1:], (0.32, top - 0.022), (0.24, top - 0.03)],
        main.plain().shaded(0.45),
        drop=0,
        volume=0.2,
    )
    tongue: list[Knot] = [
        (throat_top[0] - 0.055, top + 0.04),
        (throat_top[0] - 0.035, top - 0.055),
        (throat_top[0] + 0.025, top - 0.062),
    ]
    if high:
        tongue += [(0.47, top + 0.12), (0.51, vamp - 0.13)]
    else:
        tongue += [(0.49, top + 0.025)]
    tongue += [(0.57, vamp - 0.075), (throat_low[0] + 0.01, throat_low[1] - 0.002), (0.5, vamp)]
    shoe.part(tongue, main.plain().shaded(0.82), radius=0.025, drop=0.2)
    middle: list[Knot] = (
        [(0.44, top + 0.17), (0.52, vamp - 0.085)] if high else [(0.51, vamp - 0.06)]
    )
    upper = curve(
        [
            *collar,
            *middle,
            (*throat_low, 1),
            (0.72, vamp + 0.004),
            (0.8, vamp + 0.018),
            (TOE - 0.026, vamp + 0.05),
            (TOE - 0.008, joint - 0.03),
            (TOE - 0.008, joint + 0.008, 1),
            (BACK + 0.012, joint + 0.008, 1),
            (BACK + 0.008, joint - 0.07),
            (BACK + 0.03, joint - 0.15),
        ]
    )
    folds = [Fold([(0.65, vamp), (0.7, joint)], 0.03, 0.2)]
    shoe.cut(upper, main, volume=0.85, radius=0.04, folds=folds, drop=0.3)
    back: list[Knot] = [(0, top - 0.1, 1), (0.215, top - 0.1), (0.225, joint - 0.1), (0.3, 0.8, 1)]
    shoe.cut(within(upper, curve([*back, (0, 0.8, 1)])), main.plain().shaded(0.82), radius=0.02)
    sole = Paint(look.accent("sole", (244, 241, 234)), gloss=0.3, texture="rubber")
    if capped:
        cap: list[Knot] = [
            (1, 0.5, 1),
            (0.765, vamp - 0.03),
            (0.735, joint - 0.03),
            (0.755, 0.8, 1),
        ]
        shoe.cut(within(upper, curve([*cap, (1, 0.8, 1)])), sole, radius=0.025, volume=0.7)
        shoe.ink([(0.752, vamp + 0.012), (0.737, joint - 0.03), (0.745, joint)], dark, 0.004, 0.5)
    else:
        seam: list[Knot] = [(0.74, vamp + 0.012), (0.705, joint - 0.03), (0.6, joint - 0.012)]
        shoe.cut(
            within(upper, curve([(1, 0.5, 1), *seam[:2], (0.74, 0.8, 1), (1, 0.8, 1)])),
            main.shaded(0.88),
            radius=0.025,
        )
        shoe.ink(seam, dark, 0.004, 0.7, 0.009)
    if high and patch < 0.6:
        for share, paint in ((1.0, sole), (0.62, main.plain().shaded(0.8))):
            shoe.cut(ellipse(0.3, top + 0.13, 0.048 * share, 0.048 * share), paint, drop=0.1)
    elif patch < 0.5:
        for dx in (0.0, 0.05):
            band = [(0.4, 0.4), (0.432, 0.4), (0.5, 0.75), (0.468, 0.75)]
            stripe = within(upper, [(px + dx, py) for px, py in band])
            shoe.cut(stripe, main.plain().shaded(0.75), drop=0.08)
    bend: Point = (0.455, top + 0.2) if high else throat_top
    _facing(shoe, look, upper, throat_top, bend, throat_low)
    bottom: list[Knot] = [
        (BACK - 0.004, joint, 1),
        (0.5, joint + 0.006),
        (TOE + 0.002, joint - 0.004, 1),
        (TOE + 0.01, joint + thick * 0.5),
        (TOE - 0.035, FLOOR - 0.004),
        (0.7, FLOOR, 1),
        (BACK + 0.02, FLOOR, 1),
        (BACK - 0.01, FLOOR - 0.03),
    ]
    shoe.part(bottom, sole, radius=0.018, volume=0.55, drop=0.25)
    line: list[Knot] = [(BACK - 0.002, joint + thick * 0.36), (TOE + 0.004, joint + thick * 0.36)]
    shoe.ink(line, tone(sole.colour, 0.72), 0.005, 0.8)
    shoe.ink(
        [(BACK + 0.01, joint + 0.014), (TOE - 0.004, joint + 0.012)],
        tone(sole.colour, 0.6),
        0.003,
        0.6,
        0.01,
    )


def _facing(
    shoe: Shoe, look: Look, upper: list[Point], top: Point, bend: Point, low: Point
) -> None:
    """The strip with the eyelets, and laces from there over the tongue, with a bow on top."""
    width = 0.05
    for a, b in ((top, bend), (bend, low)):
        if a == b:
            continue
        strip = [
            (a[0] - width, a[1] + 0.02),
            (a[0] + 0.1, a[1] - 0.06),
            (b[0] + 0.1, b[1] - 0.06),
            (b[0] + 0.01, b[1] + 0.045),
            (b[0] - width, b[1] + 0.045),
        ]
        shoe.cut(within(upper, strip), look.main.plain().shaded(0.9), drop=0.1)
    laces = Paint(look.accent("laces", (246, 244, 238)))
    row_top, row_low = (top[0] - 0.012, top[1] + 0.045), (low[0] - 0.05, low[1] + 0.02)
    if bend != top:
        row_bend = (bend[0] - 0.012, bend[1] + 0.01)
        bars(shoe, row_top, between(row_top, row_bend, 0.8), (0.062, -0.02), 4, 0.017, laces)
        bars(shoe, row_bend, row_low, (0.066, -0.035), 4, 0.017, laces)
    else:
        bars(shoe, row_top, row_low, (0.07, -0.036), 5, 0.018, laces)
    # The bow hangs over the near side.
    x, y = row_top[0] + 0.06, row_top[1] - 0.022
    loop: list[Knot] = [(x, y), (x - 0.06, y + 0.012), (x - 0.1, y + 0.055), (x - 0.05, y + 0.05)]
    shoe.stroke([*loop, (x, y)], 0.012, laces, drop=0.3)
    shoe.stroke([(x, y), (x + 0.02, y + 0.05), (x + 0.005, y + 0.1)], 0.012, laces, drop=0.3)


def running_shoes(canvas: Canvas, look: Look) -> None:
    """A pair of running shoes, the far one behind."""
    dice = look.dice
    canvas.ground(0.47, FLOOR, 0.36)
    gap = (dice.uniform(0.04, 0.08), dice.uniform(0.075, 0.095))
    pair(canvas, look, _runner, gap, 1.0, FLOOR)


def _runner(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    heel, front = dice.uniform(0.1, 0.125), dice.uniform(0.06, 0.075)
    spring = dice.uniform(0.03, 0.042)
    joint, toe_joint = FLOOR - heel, FLOOR - front - spring
    top = joint - dice.uniform(0.19, 0.215)
    vamp = toe_joint - dice.uniform(0.1, 0.115)
    style, count = dice.random(), dice.choice((2, 4))
    main, dark = look.main, tone(look.main.colour, 0.5)
    stripe = Paint(look.accent("stripe", tone(look.main.colour, 0.55)), gloss=0.3)
    low: Point = (0.62, vamp - 0.03)
    front_top: Point = (0.38, top + 0.03)
    collar: list[Knot] = [
        (0.145, top - 0.004),
        (0.16, top - 0.022, 1),
        (0.2, top + 0.03),
        (0.285, top + 0.062),
        (*front_top, 1),
    ]
    shoe.part(
        [*collar[1:], (0.31, top + 0.0), (0.22, top - 0.015)],
        main.plain().shaded(0.45),
        drop=0,
        volume=0.2,
    )
    shoe.part(
        [
            (0.325, top + 0.05),
            (0.355, top - 0.045),
            (0.405, top - 0.05),
            (0.47, top + 0.035),
            (0.56, vamp - 0.075),
            (low[0] + 0.01, low[1]),
            (0.48, vamp + 0.01),
        ],
        main.plain().shaded(0.75),
        radius=0.025,
    )
    upper = curve(
        [
            *collar,
            (0.5, (front_top[1] + low[1]) / 2 + 0.008),
            (*low, 1),
            (0.74, vamp + 0.004),
            (0.8, vamp + 0.016),
            (0.865, vamp + 0.05),
            (0.896, toe_joint - 0.02),
            (0.89, toe_joint + 0.012, 1),
            (0.62, joint + 0.03, 1),
            (0.14, joint + 0.012, 1),
            (0.118, joint - 0.06),
            (0.14, joint - 0.14),
        ]
    )
    shoe.cut(upper, main, volume=0.85, radius=0.04, drop=0.3)
    # Overlays: a toe guard, a heel clip, and the stripe that makers put on the side.
    guard: list[Knot] = [(1, 0.4, 1), (0.82, vamp - 0.02), (0.78, toe_joint - 0.03)]
    shoe.cut(within(upper, curve([*guard, (0.73, 0.8, 1), (1, 0.8, 1)])), stripe, radius=0.025)
    clip: list[Knot] = [(0, top + 0.07, 1), (0.2, top + 0.09), (0.26, joint - 0.02), (0.28, 0.8, 1)]
    shoe.cut(within(upper, curve([*clip, (0, 0.8, 1)])), stripe, radius=0.025)
    if style < 0.5:
        for i in range(count):
            x = 0.45 + (i - (count - 1) / 2) * 0.066
            band = [(x, 0.4), (x + 0.036, 0.4), (x - 0.02, 0.75), (x - 0.066, 0.75)]
            shoe.cut(within(upper, band), stripe, drop=0.12)
    else:
        saddle: list[Knot] = [(0.4, 0.3), (0.5, 0.3), (0.62, 0.8), (0.36, 0.8)]
        shoe.cut(within(upper, saddle), stripe, drop=0.12)
        for x in (0.455, 0.515):
            slit: list[Knot] = [(x, joint - 0.075), (x + 0.03, joint)]
            shoe.ink(slit, main.colour, 0.012, 0.85)
    facing = [
        (front_top[0] - 0.045, front_top[1] + 0.02),
        (0.5, front_top[1] - 0.06),
        (low[0] + 0.1, low[1] - 0.04),
        (low[0] - 0.01, low[1] + 0.045),
        (low[0] - 0.07, low[1] + 0.045),
    ]
    shoe.cut(within(upper, facing), main.plain().shaded(0.8), drop=0.1)
    laces = Paint(look.accent("laces", (246, 244, 238)))
    row: Point = (front_top[0] - 0.004, front_top[1] + 0.042)
    bars(shoe, row, (low[0] - 0.045, low[1] + 0.02), (0.066, -0.036), 5, 0.017, laces)
    x, y = row[0] + 0.055, row[1] - 0.022
    loop: list[Knot] = [(x, y), (x - 0.06, y + 0.012), (x - 0.095, y + 0.05), (x - 0.05, y + 0.05)]
    shoe.stroke([*loop, (x, y)], 0.011, laces, drop=0.3)
    pull: list[Knot] = [(0.15, top + 0.03), (0.128, top + 0.0), (0.14, top - 0.025)]
    shoe.stroke([*pull, (0.158, top - 0.01)], 0.012, stripe, drop=0.1)
    _wedge(shoe, look, heel, front, spring)
    shoe.ink([(0.3, joint - 0.1), (0.34, joint - 0.03)], dark, 0.003, 0.4)


def _wedge(shoe: Shoe, look: Look, heel: float, front: float, spring: float) -> None:
    """The foam sole: thick and flared at the heel, turned up at the toe, with a tread below."""
    foam = Paint(look.accent("sole", (244, 241, 234)), gloss=0.2, texture="rubber")
    joint, toe_joint = FLOOR - heel, FLOOR - front - spring
    outline = curve(
        [
            (0.105, joint - 0.014, 1),
            (0.3, joint + 0.014),
            (0.5, joint + 0.028),
            (0.7, (joint + toe_joint) / 2 + 0.022),
            (0.9, toe_joint - 0.01, 1),
            (0.915, toe_joint + 0.022),
            (0.87, FLOOR - spring * 0.6),
            (0.76, FLOOR - 0.004),
            (0.6, FLOOR, 1),
            (0.46, FLOOR - 0.012),
            (0.34, FLOOR, 1),
            (0.17, FLOOR - 0.002),
            (0.085, FLOOR - 0.04),
        ]
    )
    shoe.cut(outline, foam, radius=0.02, volume=0.6, drop=0.25)
    tread = [(0.05, FLOOR - 0.024), (0.6, FLOOR - 0.02), (0.95, FLOOR - 0.03 - spring * 0.7)]
    below = within(outline, [*tread, (0.95, FLOOR + 0.02), (0.05, FLOOR + 0.02)])
    shoe.cut(below, foam.shaded(0.6), radius=0.01, drop=0)
    groove: list[Knot] = [(0.11, joint + 0.03), (0.3, FLOOR - 0.05), (0.5, FLOOR - 0.045)]
    shoe.ink(groove, tone(foam.colour, 0.7), 0.006, 0.7)
    shoe.ink(
        [(0.52, joint + 0.05), (0.7, FLOOR - front * 0.6), (0.86, toe_joint + 0.025)],
        tone(foam.colour, 0.7),
        0.006,
        0.7,
    )


def slip_ons(canvas: Canvas, look: Look) -> None:
    """A pair of canvas slip-ons."""
    dice = look.dice
    canvas.ground(0.5, FLOOR, 0.39)
    gap = (dice.uniform(0.04, 0.08), dice.uniform(0.075, 0.1))
    pair(canvas, look, _slip_on, gap, 1.0, FLOOR)


def _slip_on(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    thick = dice.uniform(0.068, 0.09)
    joint = FLOOR - thick
    top = joint - dice.uniform(0.17, 0.19)
    vamp = joint - dice.uniform(0.1, 0.115)
    main, dark = look.main, tone(look.main.colour, 0.5)
    lip: Point = (0.45, top + 0.012)
    near: list[Knot] = [
        (BACK + 0.022, top + 0.03),
        (BACK + 0.05, top - 0.002, 1),
        (0.28, top + 0.042),
        (0.38, top + 0.04),
        (*lip, 1),
    ]
    shoe.part(
        [*near[1:], (0.36, top - 0.03), (0.24, top - 0.032)],
        main.plain().shaded(0.42),
        drop=0,
        volume=0.2,
    )
    upper = curve(
        [
            *near,
            (0.55, top + 0.045),
            (0.66, vamp - 0.012),
            (0.77, vamp + 0.008),
            (0.83, vamp + 0.032),
            (TOE - 0.014, joint - 0.035),
            (TOE - 0.012, joint + 0.008, 1),
            (BACK + 0.012, joint + 0.008, 1),
            (BACK + 0.008, joint - 0.07),
        ]
    )
    folds = [Fold([(0.64, vamp), (0.69, joint)], 0.03, 0.18)]
    shoe.cut(upper, main, volume=0.85, radius=0.04, folds=folds, drop=0.3)
    rest = [(0, 0.3), (0.2, 0.3), (0.23, joint - 0.05), (0.24, 0.8), (0, 0.8)]
    shoe.cut(within(upper, rest), main.plain().shaded(0.85), radius=0.02)
    elastic = tone(look.main.colour, 0.5)
    gore: list[Knot] = [
        (0.365, top + 0.045, 1),
        (0.44, top + 0.02, 1),
        (0.475, joint - 0.085),
        (0.43, joint - 0.07),
    ]
    shoe.part(gore, Paint(elastic, "striped", tone(elastic, 1.4), 0.012, 70, 0.3), radius=0.01)
    apron: list[Knot] = [(0.47, top + 0.02), (0.5, joint - 0.07), (0.6, joint - 0.015)]
    shoe.ink([*apron, (0.7, joint)], dark, 0.004, 0.65, 0.009)
    shoe.stroke(near[1:], 0.016, main.plain().shaded(0.7), drop=0.1)
    sole = Paint(look.accent("sole", (244, 241, 234)), gloss=0.3, texture="rubber")
    bottom: list[Knot] = [
        (BACK - 0.004, joint, 1),
        (0.5, joint + 0.004),
        (TOE + 0.002, joint - 0.008, 1),
        (TOE + 0.008, joint + thick * 0.5),
        (TOE - 0.03, FLOOR - 0.004),
        (0.7, FLOOR, 1),
        (BACK + 0.02, FLOOR, 1),
        (BACK - 0.01, FLOOR - 0.03),
    ]
    shoe.part(bottom, sole, radius=0.018, volume=0.55, drop=0.25)
    shoe.ink(
        [(BACK - 0.002, joint + thick * 0.5), (TOE + 0.004, joint + thick * 0.5)],
        tone(sole.colour, 0.72),
        0.005,
        0.8,
    )
