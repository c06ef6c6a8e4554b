"""Boots of all sorts, from the side, the toe to the right."""

from demo.draw.canvas import Canvas, Fold
from demo.draw.footwear import BRASS, Last, Shoe, bars, buckle, pair, sole_paint, within
from demo.draw.geometry import Knot, Point, curve, rounded
from demo.draw.paint import Paint, tone
from demo.looks import Look

STEEL = Paint((196, 198, 202), gloss=0.9, texture="metal")


def _outline(last: Last, top: float, girth: float, vamp: float, flare: float) -> list[Knot]:
    """A boot's upper: the shaft down the front, over the toes and back up the heel.

    The first two knots are the upper edge, back and front.
    """
    x, base = last.x, last.base
    back, front = x(0.06), x(0.06) + girth
    knots: list[Knot] = [(back - flare, top + 0.01, 1), (front + flare, top - 0.004, 1)]
    tall = base - top > 0.4
    if tall:
        calf = top + (base - top) * 0.3
        knots.append((front + flare + 0.006, calf))
    knots += [
        (front - 0.002, base - 0.2),
        (front + 0.02, base - 0.13),
        (x(0.6), last.floor - vamp - 0.03 - last.heel * 0.12),
        *last.front(vamp),
        *last.under(),
        (x(0.0) - 0.008, base - 0.06),
        (back - 0.004, base - 0.17),
    ]
    if tall:
        knots.append((back - flare - 0.014, calf))
    return knots


def _opening(shoe: Shoe, knots: list[Knot], paint: Paint) -> None:
    """The dark inside, seen over the upper edge."""
    (ax, ay), (bx, by) = knots[0][:2], knots[1][:2]
    shoe.part(
        [
            (ax, ay, 1),
            (ax + (bx - ax) * 0.3, ay - 0.022),
            (ax + (bx - ax) * 0.75, by - 0.018),
            (bx, by, 1),
            (bx - 0.01, by + 0.03, 1),
            (ax + 0.01, ay + 0.03, 1),
        ],
        paint.plain().shaded(0.45),
        drop=0,
        volume=0.2,
    )


def _creases(last: Last, girth: float) -> list[Fold]:
    x, base = last.x, last.base
    front = x(0.06) + girth
    return [
        Fold([(x(0.66), last.floor - 0.13), (x(0.72), last.floor - 0.05)], 0.025, 0.25),
        Fold([(front + 0.01, base - 0.15), (x(0.2), base - 0.1)], 0.035, 0.25),
        Fold([(front - 0.01, base - 0.2), (x(0.14), base - 0.17)], 0.03, 0.2),
    ]


def boots(canvas: Canvas, look: Look) -> None:
    """A pair of boots; the far one stands a little behind."""
    dice = look.dice
    knee = look.part("height") == "knee"
    up = 0.0 if knee else 0.09
    canvas.ground(0.53, 0.88 - up, 0.3 if knee else 0.36)
    gap = (dice.uniform(0.15, 0.18), dice.uniform(0.025, 0.035))
    pair(canvas, look, _boot, gap, 1.0 if knee else 1.2, up=up)


def _boot(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    knee, form = look.part("height") == "knee", look.part("heel")
    pointed = look.part("toe") == "pointed"
    heel = {"flat": (0.018, 0.026), "block": (0.06, 0.08), "high": (0.12, 0.15)}[form]
    last = Last(
        0.27,
        0.74 if pointed else 0.77,
        dice.uniform(*heel),
        dice.uniform(0.018, 0.026),
        pointed=pointed,
    )
    girth, vamp = dice.uniform(0.165, 0.19), dice.uniform(0.105, 0.125)
    shaft = dice.uniform(0.275, 0.32)
    tall_top, slim = dice.uniform(0.13, 0.17), dice.uniform(0.4, 1.6)
    top = tall_top if knee else last.base - shaft
    flare = dice.uniform(0.008, 0.02) if knee else dice.uniform(0.0, 0.01)
    main, dark = look.main, tone(look.main.colour, 0.5)
    knots = _outline(last, top, girth, vamp, flare)
    upper = curve(knots)
    _opening(shoe, knots, main)
    shoe.part(last.block(form, slim if form == "high" else 1.0), sole_paint(look).shaded(0.85))
    folds = _creases(last, girth)
    if knee:
        y = (top + last.base) / 2 + 0.03
        folds.append(Fold([(last.x(0.4), y), (last.x(0.16), y + 0.04)], 0.03, 0.16))
    shoe.cut(upper, main, volume=0.85, radius=0.045, folds=folds, drop=0.3)
    x, base = last.x, last.base
    counter: list[Knot] = [(0, base - 0.09, 1), (x(0.12), base - 0.085), (x(0.26), base + 0.03, 1)]
    shoe.cut(within(upper, curve([*counter, (0, base + 0.03, 1)])), main.shaded(0.92))
    (ax, ay), (bx, by) = knots[0][:2], knots[1][:2]
    shoe.ink([(ax + 0.002, ay + 0.022), (bx - 0.002, by + 0.022)], dark, 0.004, 0.6)
    closure = look.part("closure")
    front = x(0.06) + girth
    if closure == "laces":
        _lacing(shoe, look, upper, (bx - 0.012, by), (front, base - 0.16), last, vamp)
    elif closure == "zip":
        line: list[Knot] = [
            (ax + (bx - ax) * 0.5, top + 0.006),
            (x(0.25), base - 0.2),
            (x(0.24), base - 0.03),
        ]
        shoe.stroke(line, 0.026, Paint(tone(main.colour, 0.42)), drop=0.1)
        shoe.ink(line, STEEL.colour, 0.013, 0.95, 0.007)
        shoe.cut(
            rounded(line[0][0] - 0.009, top + 0.03, line[0][0] + 0.011, top + 0.095, 0.008),
            STEEL,
            drop=0.4,
        )
    elif closure == "buckle":
        rows = [base - 0.2, base - 0.115] if not knee else [top + 0.07, base - 0.17]
        for y in rows:
            band = [(0, y - 0.015), (1, y + 0.005), (1, y + 0.04), (0, y + 0.02)]
            shoe.cut(within(upper, band), main.plain().shaded(0.72), drop=0.35, radius=0.012)
            buckle(shoe, x(0.3), y + 0.018, 0.056)
    else:
        tab: list[Knot] = [(ax - 0.006, ay - 0.03), (ax + 0.022, ay - 0.032)]
        tab += [(ax + 0.02, ay + 0.05), (ax - 0.002, ay + 0.05)]
        shoe.part(tab, main.plain().shaded(0.8), radius=0.01)
        shoe.ink([(x(0.28), top + 0.03), (x(0.27), base - 0.12), (x(0.3), base)], dark, 0.005, 0.6)
    shoe.part(last.bottom(), sole_paint(look), radius=0.012, volume=0.45, drop=0.25)


def _lacing(
    shoe: Shoe,
    look: Look,
    upper: list[Point],
    top: Point,
    bend: Point,
    last: Last,
    vamp: float,
    lace: Paint | None = None,
) -> None:
    """A facing down the front of the shaft and over the instep, with laces across its edge."""
    low: Point = (last.x(0.57), last.floor - vamp - 0.05 - last.heel * 0.3)
    dark = tone(look.main.colour, 0.45)
    for a, b in ((top, bend), (bend, low)):
        side = 0.055
        strip = [
            (a[0] - side, a[1] - 0.02),
            (a[0] + 0.2, a[1] - 0.02),
            (b[0] + 0.2, b[1] + 0.045),
            (b[0] - side, b[1] + 0.045),
        ]
        shoe.cut(within(upper, strip), look.main.shaded(0.78), drop=0.0, radius=0.012)
    paint = lace or Paint((238, 232, 220) if sum(look.main.colour) < 400 else dark)
    count = max(3, round((bend[1] - top[1]) / 0.055))
    bars(
        shoe,
        (top[0] - 0.038, top[1] + 0.035),
        (bend[0] - 0.038, bend[1] + 0.01),
        (0.052, -0.016),
        count,
        0.016,
        paint,
    )
    bars(
        shoe,
        (bend[0] - 0.02, bend[1] + 0.05),
        (low[0] - 0.035, low[1] + 0.025),
        (0.05, -0.034),
        3,
        0.016,
        paint,
    )


def chelsea_boots(canvas: Canvas, look: Look) -> None:
    """A pair of chelsea boots."""
    dice = look.dice
    canvas.ground(0.53, 0.88, 0.36)
    pair(canvas, look, _chelsea, (dice.uniform(0.15, 0.19), dice.uniform(0.03, 0.04)), 1.22)


def _chelsea(shoe: Shoe, look: Look) -> None:
    dice, form = look.dice, look.part("heel")
    pointed = look.part("toe") == "pointed"
    heel = dice.uniform(0.018, 0.026) if form == "flat" else dice.uniform(0.055, 0.075)
    last = Last(0.27, 0.74 if pointed else 0.77, heel, dice.uniform(0.018, 0.03), pointed=pointed)
    girth, vamp = dice.uniform(0.175, 0.195), dice.uniform(0.105, 0.125)
    x, base = last.x, last.base
    top = base - dice.uniform(0.25, 0.29)
    main, dark = look.main, tone(look.main.colour, 0.5)
    knots = _outline(last, top, girth, vamp, dice.uniform(0.004, 0.012))
    upper = curve(knots)
    (ax, ay), (bx, by) = knots[0][:2], knots[1][:2]
    _opening(shoe, knots, main)
    for tx, ty in ((ax + 0.012, ay), (bx - 0.024, by)):
        loop: list[Knot] = [(tx - 0.012, ty - 0.034), (tx + 0.016, ty - 0.036)]
        loop += [(tx + 0.016, ty + 0.03), (tx - 0.012, ty + 0.03)]
        shoe.part(loop, main.plain().shaded(0.75), radius=0.01)
    shoe.part(last.block(form), sole_paint(look).shaded(0.85))
    shoe.cut(upper, main, volume=0.85, radius=0.045, folds=_creases(last, girth)[:1], drop=0.3)
    wide, deep = dice.uniform(0.09, 0.105), dice.uniform(0.17, 0.2)
    middle = (ax + bx) / 2 + 0.008
    elastic = look.accent("elastic", tone(look.main.colour, 0.42))
    rib = tone(elastic, 0.72) if sum(elastic) > 260 else tone(elastic, 1.5)
    shoe.part(
        [
            (middle - wide * 0.5, top + 0.008, 1),
            (middle + wide * 0.5, top + 0.002, 1),
            (middle + wide * 0.4, top + deep * 0.6),
            (middle + wide * 0.16, top + deep),
            (middle - wide * 0.12, top + deep),
            (middle - wide * 0.42, top + deep * 0.6),
        ],
        Paint(elastic, "striped", rib, 0.014, 90, 0.35),
        radius=0.012,
        drop=0.1,
    )
    for side in (-1, 1):
        shoe.ink(
            [
                (middle + side * wide * 0.6, top + 0.006),
                (middle + side * wide * 0.5, top + deep * 0.62),
                (middle + side * wide * 0.2, top + deep + 0.012),
            ],
            dark,
            0.004,
            0.6,
        )
    seam: list[Knot] = [(middle, top + deep + 0.01), (x(0.34), base - 0.04), (x(0.3), base)]
    shoe.ink(seam, dark, 0.004, 0.6)
    shoe.part(last.bottom(), sole_paint(look), radius=0.012, volume=0.45, drop=0.25)


def hiking_boots(canvas: Canvas, look: Look) -> None:
    """A pair of hiking boots."""
    dice = look.dice
    canvas.ground(0.53, 0.88, 0.37)
    pair(canvas, look, _hiker, (dice.uniform(0.14, 0.18), dice.uniform(0.03, 0.045)), 1.2)


def _hiker(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    last = Last(0.25, 0.79, 0.004, dice.uniform(0.055, 0.065), spring=0.018)
    girth, vamp = dice.uniform(0.195, 0.215), dice.uniform(0.165, 0.18)
    x, base, floor = last.x, last.base, last.floor
    top = base - dice.uniform(0.31, 0.345)
    main, dark = look.main, tone(look.main.colour, 0.5)
    knots = _outline(last, top, girth, vamp, 0.008)
    upper = curve(knots)
    (ax, ay), (bx, by) = knots[0][:2], knots[1][:2]
    tongue: list[Knot] = [(bx - 0.045, by + 0.05), (bx - 0.03, by - 0.03), (bx + 0.006, by - 0.04)]
    shoe.part([*tongue, (bx + 0.004, by + 0.09)], main.plain().shaded(0.7), radius=0.02)
    _opening(shoe, knots, main)
    shoe.cut(upper, main, volume=0.85, radius=0.045, folds=_creases(last, girth)[:2], drop=0.3)
    # A padded cuff, a heel counter, and a rubber rand over the toes.
    cuff = [(0, ay - 0.05), (bx - 0.05, by - 0.05), (bx - 0.05, by + 0.06), (0, ay + 0.07)]
    shoe.cut(within(upper, cuff), main.plain().shaded(0.68), volume=0.8, radius=0.025, drop=0.2)
    shoe.ink([(ax, ay + 0.034), (bx - 0.05, by + 0.03)], dark, 0.004, 0.5)
    counter: list[Knot] = [(0, base - 0.13, 1), (x(0.14), base - 0.12), (x(0.28), base + 0.03, 1)]
    shoe.cut(within(upper, curve([*counter, (0, base + 0.03, 1)])), main.shaded(0.82))
    rubber = sole_paint(look)
    cap: list[Knot] = [(1, base - 0.15, 1), (x(0.9), floor - vamp - 0.02), (x(0.8), floor - 0.1)]
    cap += [(x(0.74), base + 0.03, 1), (1, base + 0.03, 1)]
    shoe.cut(within(upper, curve(cap)), rubber.shaded(0.92), radius=0.025, volume=0.6)
    side: list[Knot] = [(x(0.28), base - 0.1), (x(0.45), base - 0.03), (x(0.74), base - 0.03)]
    shoe.ink(side, dark, 0.004, 0.7, 0.009)
    bend = (x(0.06) + girth, base - 0.18)
    lace = Paint(look.accent("laces", (230, 226, 214)), texture="rope")
    _lacing(shoe, look, upper, (bx - 0.012, by + 0.02), bend, last, vamp - 0.03, lace)
    for t in (0.0, 0.5, 1.0):
        hook = (bx - 0.05 + (bend[0] - bx) * t, by + 0.06 + (bend[1] - by - 0.05) * t)
        shoe.stroke([hook, (hook[0] + 0.008, hook[1] - 0.003)], 0.018, Paint(BRASS, gloss=0.9))
    # A thick sole with lugs: the gaps show the ground behind.
    tip = x(1.0) + 0.014
    tread: list[Knot] = [
        (x(0) - 0.014, base - 0.006, 1),
        (x(0.5), base + 0.002),
        (tip, base - last.spring - 0.008, 1),
        (tip + 0.004, floor - 0.035, 1),
    ]
    lugs = 7
    for i in range(lugs):
        right, left = 0.97 - i * 0.97 / lugs, 0.97 - (i + 0.72) * 0.97 / lugs
        rise = last.spring if i == 0 else 0.0
        gap = 0.022 if i != 4 else 0.03
        tread += [(x(right), floor - rise, 1), (x(left), floor - rise * 0.4, 1)]
        if i < lugs - 1:
            step = left - 0.28 * 0.97 / lugs
            tread += [(x(left) - 0.004, floor - gap, 1), (x(step) + 0.004, floor - gap, 1)]
    tread += [(x(0) - 0.016, floor - 0.012, 1)]
    shoe.part(tread, rubber, radius=0.014, drop=0.25)
    mid = [(x(0) - 0.012, base + 0.016), (tip, base + 0.012 - last.spring * 0.6)]
    shoe.ink([*mid], tone(rubber.colour, 0.55), 0.005, 0.7)


def rain_boots(canvas: Canvas, look: Look) -> None:
    """A pair of rubber boots."""
    dice = look.dice
    knee = look.part("height") == "knee"
    up = 0.0 if knee else 0.1
    canvas.ground(0.53, 0.88 - up, 0.31 if knee else 0.36)
    gap = (dice.uniform(0.15, 0.18), dice.uniform(0.03, 0.04))
    pair(canvas, look, _welly, gap, 1.0 if knee else 1.2, up=up)


def _welly(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    knee = look.part("height") == "knee"
    last = Last(0.27, 0.78, dice.uniform(0.014, 0.022), dice.uniform(0.03, 0.038))
    girth, vamp = dice.uniform(0.205, 0.225), dice.uniform(0.14, 0.155)
    x, base, floor = last.x, last.base, last.floor
    top = (0.2 if knee else base - 0.285) + dice.uniform(-0.02, 0.02)
    main, dark = look.main, tone(look.main.colour, 0.5)
    knots = _outline(last, top, girth, vamp, 0.012 if knee else 0.006)
    upper = curve(knots)
    (ax, ay), (bx, by) = knots[0][:2], knots[1][:2]
    _opening(shoe, knots, main)
    sole = Paint(look.accent("sole", tone(look.main.colour, 0.55)), gloss=0.5, texture="rubber")
    shoe.part(last.block("flat"), sole.shaded(0.85))
    folds = _creases(last, girth)[:2]
    shoe.cut(upper, main, volume=0.9, radius=0.05, folds=folds, drop=0.3)
    rim = Paint(look.accent("rim", tone(look.main.colour, 0.62)), gloss=0.6, texture="rubber")
    band: list[Knot] = [
        (ax - 0.006, ay - 0.004, 1),
        (bx + 0.006, by - 0.004, 1),
        (bx + 0.007, by + 0.042, 1),
        (ax - 0.008, ay + 0.042, 1),
    ]
    shoe.part(band, rim, radius=0.014)
    guard = [(0, base - 0.05), (1, floor - 0.1), (1, 1), (0, 1)]
    shoe.cut(within(upper, guard), main.plain().shaded(0.9), radius=0.012, drop=0.15)
    toe: list[Knot] = [(1, 0.6, 1), (x(0.82), floor - vamp - 0.03), (x(0.73), floor - 0.06)]
    toe += [(x(0.74), floor, 1), (1, floor, 1)]
    shoe.cut(within(upper, curve(toe)), main.shaded(0.9), radius=0.03, volume=0.7)
    if dice.random() < 0.5:
        y = top + 0.085
        tab = [(bx - 0.09, y), (bx + 0.1, y + 0.01), (bx + 0.1, y + 0.045), (bx - 0.09, y + 0.035)]
        shoe.cut(within(upper, tab), main.plain().shaded(0.75), radius=0.01, drop=0.25)
        buckle(shoe, bx - 0.075, y + 0.018, 0.05, STEEL)
    else:
        shoe.ink([(ax, ay + 0.06), (bx, by + 0.06)], dark, 0.004, 0.4)
    # Rubber shines: a soft streak down the shaft and a spot on the toe.
    white = (255, 255, 255)
    streak: list[Knot] = [(x(0.17), top + 0.07), (x(0.19), base - 0.2), (x(0.16), base - 0.08)]
    shoe.ink(streak, white, 0.012, 0.28)
    shoe.ink([(x(0.8), floor - vamp + 0.024), (x(0.89), floor - vamp + 0.04)], white, 0.01, 0.35)
    shoe.part(last.bottom(), sole, radius=0.014, volume=0.45, drop=0.25)
