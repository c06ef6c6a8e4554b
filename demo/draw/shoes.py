"""Smart low shoes from the side, the toe to the right: oxfords and loafers."""

from demo.draw.canvas import Canvas, Fold
from demo.draw.footwear import (
    BRASS,
    LINING,
    Last,
    Shoe,
    bars,
    pair,
    shine,
    sole_paint,
    within,
)
from demo.draw.geometry import Knot, Point, curve, ellipse
from demo.draw.paint import Paint, tone
from demo.looks import Look


def oxfords(canvas: Canvas, look: Look) -> None:
    """A pair of laced dress shoes."""
    dice = look.dice
    canvas.ground(0.5, 0.74, 0.39)
    pair(canvas, look, _oxford, (dice.uniform(0.04, 0.08), dice.uniform(0.08, 0.1)), 1.0, 0.74)


def _oxford(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    last = Last(
        0.14,
        0.84 if look.part("toe") == "pointed" else 0.87,
        dice.uniform(0.03, 0.042),
        dice.uniform(0.022, 0.028),
        0.74,
        look.part("toe") == "pointed",
        0.012,
    )
    counter, vamp = dice.uniform(0.175, 0.195), dice.uniform(0.13, 0.148)
    x, base, floor = last.x, last.base, last.floor
    main, dark = look.main, tone(look.main.colour, 0.5)
    top: Point = (x(0.36), base - counter - 0.04)
    low: Point = (x(0.6), floor - vamp - 0.06)
    shoe.part(
        [
            (x(0.02), base - counter),
            (x(0.14), base - counter - 0.022),
            (x(0.3), base - counter - 0.03),
            (x(0.38), base - counter - 0.075),
            (x(0.46), base - counter - 0.03),
            (x(0.54), (top[1] + low[1]) / 2 - 0.012),
            (low[0] + 0.02, low[1] + 0.005, 1),
            (x(0.3), base - 0.06, 1),
        ],
        main.plain().shaded(0.55),
        drop=0,
        volume=0.3,
    )
    upper = curve(
        [
            (x(0.0), base - counter + 0.02),
            (x(0.025), base - counter - 0.004),
            (x(0.18), base - counter + 0.03),
            (*top, 1),
            (x(0.48), (top[1] + low[1]) / 2 + 0.004),
            (*low, 1),
            (x(0.7), floor - vamp - 0.018),
            *last.front(vamp),
            *last.under(),
            (x(0.0) - 0.008, base - 0.07),
        ]
    )
    shoe.part(last.block("flat"), sole_paint(look).shaded(0.8), radius=0.012)
    folds = [Fold([(x(0.64), low[1] + 0.02), (x(0.7), floor - 0.05)], 0.025, 0.22)]
    shoe.cut(upper, main, volume=0.85, radius=0.04, folds=folds, drop=0.3)
    shoe.cut(
        within(upper, curve([(0, 0.5, 1), (x(0.18), 0.5), (x(0.25), floor - 0.05), (0, 0.8, 1)])),
        main.shaded(0.88),
        radius=0.02,
    )
    facing = [
        top,
        low,
        (x(0.58), floor - vamp + 0.01),
        (x(0.44), base - 0.1),
        (x(0.32), base - 0.15),
    ]
    shoe.cut(within(upper, facing), main.shaded(0.9), radius=0.02)
    cap: list[Knot] = [(x(0.78), 0.5), (x(0.745), floor - 0.09), (x(0.79), floor)]
    cap_region = curve([*cap, (1, 0.8, 1), (1, 0.5, 1)])
    shoe.cut(within(upper, cap_region), main.shaded(0.88), drop=0.25, radius=0.025)
    stitched: list[list[Knot]] = [
        [(x(0.785), floor - vamp * 0.8), (x(0.755), floor - 0.075), (x(0.8), floor - 0.03)],
        [(x(0.6), floor - vamp), (x(0.52), base - 0.03), (x(0.44), base)],
        [(x(0.18), base - counter + 0.05), (x(0.235), base - 0.06), (x(0.22), base)],
    ]
    for line in stitched:
        if look.part("finish") == "brogue":
            holes = shoe.at(curve(line, closed=False, steps=4))
            shoe.canvas.ink(holes, tone(dark, 0.5), 0.014, 0.95, 0.02)
        shoe.ink(line, dark, 0.004, 0.6)
    shine(
        shoe,
        look,
        [(x(0.81), floor - vamp * 0.72), (x(0.9), floor - vamp * 0.56)],
        [(x(0.05), base - counter + 0.04), (x(0.045), base - 0.06)],
    )
    quiet = tone(look.main.colour, 0.4 if sum(look.main.colour) > 300 else 1.7)
    laces = Paint(look.accent("laces", quiet))
    bars(
        shoe,
        (top[0] - 0.012, top[1] + 0.035),
        (low[0] - 0.03, low[1] + 0.028),
        (0.055, -0.026),
        4,
        0.016,
        laces,
    )
    shoe.part(last.bottom(), sole_paint(look), radius=0.012, volume=0.45, drop=0.25)


def loafers(canvas: Canvas, look: Look) -> None:
    """A pair of loafers."""
    dice = look.dice
    canvas.ground(0.5, 0.74, 0.39)
    pair(canvas, look, _loafer, (dice.uniform(0.04, 0.08), dice.uniform(0.085, 0.105)), 1.0, 0.74)


def _loafer(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    last = Last(0.14, 0.86, dice.uniform(0.026, 0.038), dice.uniform(0.024, 0.032), 0.74)
    counter, vamp = dice.uniform(0.13, 0.148), dice.uniform(0.135, 0.15)
    throat = dice.uniform(0.41, 0.44)
    x, base, floor = last.x, last.base, last.floor
    main, dark = look.main, tone(look.main.colour, 0.45)
    lip = base - counter - 0.05
    shoe.part(
        [
            (x(0.01), base - counter, 1),
            (x(0.1), base - counter - 0.035),
            (x(0.28), base - counter - 0.03),
            (x(throat), lip + 0.0),
            (x(throat + 0.02), lip + 0.03, 1),
            (x(0.24), base - 0.05, 1),
        ],
        Paint(tone(LINING, 0.62)),
        drop=0,
        volume=0.3,
    )
    upper = curve(
        [
            (x(0.0), base - counter + 0.015),
            (x(0.025), base - counter - 0.004),
            (x(0.13), base - counter + 0.032),
            (x(0.27), base - counter + 0.034),
            (x(throat - 0.04), lip + 0.012),
            (x(throat), lip, 1),
            (x(throat + 0.12), lip + 0.052),
            (x(0.68), floor - vamp - 0.032),
            *last.front(vamp),
            *last.under(),
            (x(0.0) - 0.008, base - 0.06),
        ]
    )
    shoe.part(last.block("flat"), sole_paint(look).shaded(0.8), radius=0.012)
    shoe.cut(upper, main.shaded(0.94), volume=0.85, radius=0.04, drop=0.3)
    # The apron: the top of the toes, with a raised seam around it.
    seam: list[Knot] = [
        (x(throat + 0.09), lip + 0.085),
        (x(0.68), floor - vamp + 0.04),
        (x(0.82), floor - vamp + 0.058),
        (x(0.91), floor - vamp + 0.055),
        (x(0.94), floor - vamp * 0.74),
    ]
    apron = within(
        upper, curve([*seam, (1, floor - vamp, 1), (1, 0.2, 1), (x(throat + 0.05), 0.2, 1)])
    )
    shoe.cut(apron, main.shaded(1.06), volume=0.75, radius=0.03, drop=0)
    shoe.stroke(seam, 0.018, main.plain().shaded(0.8))
    shoe.ink(seam, dark, 0.016, 0.55, 0.006)
    shine(
        shoe,
        look,
        [(x(0.68), floor - vamp - 0.004), (x(0.84), floor - vamp * 0.84)],
        [(x(0.05), base - counter + 0.04), (x(0.045), base - 0.05)],
    )
    saddle = within(
        upper,
        [
            (x(throat + 0.08), 0.3),
            (x(throat + 0.2), 0.3),
            (x(throat + 0.14), floor),
            (x(throat - 0.06), floor),
        ],
    )
    shoe.cut(saddle, main.plain().shaded(0.6), radius=0.016, drop=0.45)
    for share, foot in ((0.045, -0.045), (0.165, 0.125)):
        edge: list[Knot] = [(x(throat + share), lip + 0.1), (x(throat + foot), base - 0.02)]
        shoe.ink(edge, dark, 0.003, 0.7, 0.009)
    mx, my = x(throat + 0.12), lip + 0.082
    detail = look.part("detail")
    if detail == "penny":
        slot: list[Knot] = [
            (mx - 0.062, my + 0.02, 1),
            (mx - 0.012, my + 0.016),
            (mx + 0.022, my + 0.05, 1),
            (mx - 0.03, my + 0.05),
        ]
        inner = tone(look.main.colour, 0.25) if sum(look.main.colour) > 200 else (190, 176, 150)
        shoe.part(slot, Paint(inner), volume=0.2, drop=0)
    elif detail == "tassel":
        light = sum(look.main.colour) < 240
        fringe = look.main.plain().shaded(2.0 if light else 0.6)
        for dx, dy, sway in ((-0.012, -0.012, -0.026), (0.038, 0.004, 0.01)):
            x0, y0 = mx + dx, my + dy
            shoe.part(
                [
                    (x0 - 0.01, y0, 1),
                    (x0 + 0.01, y0, 1),
                    (x0 + sway + 0.03, y0 + 0.105, 1),
                    (x0 + sway - 0.02, y0 + 0.105, 1),
                ],
                fringe,
                drop=0.45,
            )
            for k in (-0.01, 0.004, 0.018):
                shoe.ink(
                    [(x0, y0 + 0.03), (x0 + sway + k, y0 + 0.103)],
                    tone(fringe.colour, 0.5),
                    0.004,
                    0.7,
                )
            shoe.cut(ellipse(x0, y0 + 0.004, 0.02, 0.017), fringe.shaded(0.8), drop=0.3)
    else:
        metal = Paint(BRASS, gloss=0.95, texture="metal")
        shoe.stroke([(mx - 0.055, my - 0.012), (mx + 0.055, my + 0.03)], 0.018, metal)
        for dx, dy in ((-0.06, -0.014), (0.06, 0.032)):
            shoe.stroke(ellipse(mx + dx, my + dy, 0.02, 0.024, 0, 350), 0.012, metal, drop=0.3)
    shoe.part(last.bottom(), sole_paint(look), radius=0.012, volume=0.45, drop=0.25)
