"""Shoes cut low, from the side: pumps and ballet flats."""

from demo.draw.canvas import Canvas, Fold
from demo.draw.footwear import (
    BRASS,
    LINING,
    Last,
    Shoe,
    bow,
    buckle,
    pair,
    shine,
    sole_paint,
    within,
)
from demo.draw.geometry import Knot, curve, ellipse
from demo.draw.paint import Paint, tone
from demo.looks import Look


def heels(canvas: Canvas, look: Look) -> None:
    """A pair of pumps."""
    dice = look.dice
    high = look.part("heel") == "high"
    canvas.ground(0.6, 0.855, 0.26, 0.3)
    canvas.ground(0.26, 0.855, 0.1, 0.25)
    gap = dice.uniform(0.1, 0.14)
    pair(canvas, look, _pump, (gap, dice.uniform(0.035, 0.055)), 1.0 if high else 1.04, 0.855)


def _pump(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    form = look.part("heel")
    lift = dice.uniform(0.25, 0.3) if form == "high" else dice.uniform(0.15, 0.19)
    last = Last(
        0.2 + dice.uniform(-0.01, 0.01),
        0.8,
        lift,
        0.014,
        0.855,
        look.part("toe") == "pointed",
        0.006,
    )
    counter, vamp = dice.uniform(0.145, 0.165), dice.uniform(0.115, 0.13)
    throat, slim = dice.uniform(0.66, 0.7), dice.uniform(0.2, 1.0)
    x, base, floor, tread = last.x, last.base, last.floor, last.tread
    fall = tread - base
    lip = floor - vamp - 0.02
    # The bottom of the foot slopes from the heel's seat through the arch to the ball.
    arch: list[Knot] = [
        (x(0.64), tread, 1),
        (x(0.52), tread - fall * 0.22),
        (x(0.38), base + fall * 0.42),
        (x(0.2), base + fall * 0.1),
        (x(0.01), base, 1),
    ]
    topline: list[Knot] = [
        (x(0) - 0.004, base - counter, 1),
        (x(0.07), base - counter * 0.86),
        (x(0.22), base + fall * 0.13 - 0.082),
        (x(0.4), base + fall * 0.46 - 0.08),
        (x(0.55), base + fall * 0.74 - 0.095),
        (x(throat), lip, 1),
    ]
    inside: list[Knot] = [
        (x(0), base - counter, 1),
        (x(0.12), base - counter - 0.002),
        (x(0.28), base + fall * 0.13 - 0.115),
        (x(0.45), base + fall * 0.46 - 0.112),
        (x(0.6), base + fall * 0.74 - 0.112),
        (x(throat + 0.02), lip + 0.002, 1),
        (x(0.5), base + fall * 0.7, 1),
        (x(0.2), base + fall * 0.1, 1),
    ]
    heel = Paint(look.accent("heel"), gloss=look.main.gloss, texture=look.main.texture)
    wide = 0.1 + 0.035 * slim
    block: list[Knot] = [
        (x(0) - 0.004, base - 0.03, 1),
        (x(0.26), base + fall * 0.12, 1),
        (x(0.17 if form == "high" else wide + 0.12), base + fall * 0.34),
        (x(0.09 if form == "high" else wide + 0.11), base + fall * 0.62),
        (x(0.08 if form == "high" else wide + 0.11), floor, 1),
        (x(0.035 if form == "high" else 0.03), floor, 1),
        (x(0.02 if form == "high" else 0.01), base + fall * 0.5),
        (x(-0.004), base + fall * 0.16),
    ]
    sole = Paint(look.accent("sole", tone(LINING, 0.85)), gloss=0.4)
    shoe.part(inside, Paint(tone(LINING, 0.8)), volume=0.3, drop=0)
    # From this low the sole's underside shows between the heel and the ball.
    under: list[Knot] = [(k[0], k[1] + 0.038 * (0 < i < 4), *k[2:]) for i, k in enumerate(arch)]
    shoe.part([*under, (x(0.2), base), (x(0.5), tread - fall * 0.4)], sole, volume=0.3, drop=0.1)
    shoe.part(block, heel, radius=0.02, drop=0.25)
    shoe.part(
        [*topline, (x(0.745), floor - vamp * 1.03), *last.front(vamp), *arch],
        look.main,
        volume=0.85,
        radius=0.035,
        folds=[Fold([(x(0.7), lip), (x(0.76), floor - 0.03)], 0.03, 0.12)],
    )
    shine(
        shoe,
        look,
        [(x(0.8), floor - vamp * 0.72), (x(0.9), floor - vamp * 0.52), (x(0.95), floor - 0.05)],
        [(x(0.035), base - counter + 0.03), (x(0.03), base - 0.06)],
    )
    tip = last.x(1.09) if last.pointed else last.x(1.0) + 0.006
    tread_strip: list[Knot] = [
        (x(0.6), tread - 0.012, 1),
        (x(0.84), tread - 0.004),
        (tip, tread - last.spring - 0.004, 1),
        (tip - 0.002, tread - last.spring + 0.008),
        (x(0.86), floor),
        (x(0.64), floor, 1),
    ]
    shoe.part(tread_strip, sole, radius=0.01, volume=0.3, drop=0.15)
    shoe.ink([(x(0.03), floor - 0.006), (x(0.08), floor - 0.006)], (50, 46, 46), 0.012, 0.8)
    shoe.ink(topline, tone(look.main.colour, 0.5), 0.005, 0.6)
    if look.part("closure") == "buckle":
        strap = look.main.plain().shaded(0.92)
        y = base - counter - dice.uniform(0.03, 0.05)
        shoe.stroke(
            [(x(0.03), base - counter + 0.02), (x(0.0), y + 0.02), (x(0.03), y)], 0.02, strap
        )
        shoe.stroke(ellipse(x(0.17), y, 0.095, 0.026, 180, 360, 20), 0.018, strap.shaded(0.7))
        shoe.stroke(ellipse(x(0.17), y, 0.095, 0.026, 0, 180, 20), 0.026, strap)
        buckle(shoe, x(0.19), y + 0.026, 0.045)


def ballet_flats(canvas: Canvas, look: Look) -> None:
    """A pair of ballet flats, seen a little from above."""
    dice = look.dice
    canvas.ground(0.5, 0.72, 0.39)
    gap = (dice.uniform(0.11, 0.15), dice.uniform(0.125, 0.145))
    pair(canvas, look, _ballet_flat, gap, 1.0, 0.72)


def _ballet_flat(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    last = Last(
        0.17, 0.82, dice.uniform(0.008, 0.018), 0.018, 0.72, look.part("toe") == "pointed", 0.012
    )
    counter, vamp = dice.uniform(0.15, 0.165), dice.uniform(0.12, 0.135)
    throat = dice.uniform(0.68, 0.72)
    x, base, floor = last.x, last.base, last.floor
    main = look.main
    lip = floor - vamp - 0.022
    near: list[Knot] = [
        (x(0.01), base - counter, 1),
        (x(0.1), base - counter * 0.8),
        (x(0.34), base - counter * 0.52),
        (x(0.56), base - counter * 0.56),
        (x(throat), lip + 0.012),
    ]
    far: list[Knot] = [
        (x(throat), lip + 0.012),
        (x(throat - 0.06), lip - 0.03),
        (x(0.48), base - counter * 1.02),
        (x(0.26), base - counter * 1.12),
        (x(0.08), base - counter * 1.18),
        (x(0.01), base - counter, 1),
    ]
    opening = [*near[:-1], *far]
    # The far side, its lining and the insole are seen through the opening.
    shoe.part([*opening[:-1]], Paint(tone(LINING, 0.82)), drop=0, volume=0.5, radius=0.03)
    upper = curve(
        [
            *near,
            (x(throat - 0.05), lip - 0.026),
            (x(throat + 0.03), lip - 0.012),
            *last.front(vamp),
            *last.under(),
            (x(0.0) - 0.004, base - counter * 0.5),
        ]
    )
    shoe.stroke(far, 0.016, main.plain().shaded(0.85), drop=0.1)
    shoe.cut(upper, main, volume=0.85, radius=0.035, drop=0.3)
    cap = look.accent("toe cap")
    region = [(x(0.83), 0.4), (x(0.8), floor - 0.06), (x(0.83), floor), (1.0, 0.8), (1.0, 0.4)]
    shoe.cut(within(upper, region), Paint(cap, gloss=main.gloss, texture=main.texture), radius=0.03)
    shoe.stroke(near, 0.012, main.plain().shaded(0.8), drop=0.1)
    if look.part("strap") == "strap":
        shoe.stroke(
            [
                (x(0.36), base - counter * 0.42),
                (x(0.385), base - counter * 0.9),
                (x(0.42), base - counter * 1.22),
                (x(0.45), base - counter * 1.1),
            ],
            0.034,
            main.plain().shaded(0.92),
            drop=0.35,
        )
        shoe.cut(
            ellipse(x(0.366), base - counter * 0.55, 0.014, 0.014),
            Paint(BRASS, gloss=0.9, texture="metal"),
        )
    if look.part("bow") == "bow":
        bow(shoe, x(throat + 0.005), lip + 0.002, dice.uniform(0.062, 0.075), main.plain())
    shoe.part(last.bottom(), sole_paint(look), radius=0.01, volume=0.4, drop=0.2)
    shoe.ink([(x(0.04), base - 0.012), (x(0.6), base - 0.006)], tone(main.colour, 0.5), 0.003, 0.5)
