"""Open shoes: sandals from the side, flip-flops from above, and slippers."""

import math

from demo.draw.canvas import Canvas, Fold
from demo.draw.footwear import LINING, Last, Shoe, buckle, pair, within
from demo.draw.geometry import Knot, Point, curve, ellipse, flipped, rotated
from demo.draw.paint import Paint, tone
from demo.looks import Look

FLOOR = 0.74


def sandals(canvas: Canvas, look: Look) -> None:
    """A pair of sandals, seen from the side and a little from above."""
    dice = look.dice
    canvas.ground(0.5, FLOOR, 0.38)
    gap = (dice.uniform(0.07, 0.11), dice.uniform(0.115, 0.135))
    pair(canvas, look, _sandal, gap, 0.92 if look.part("heel") == "high" else 1.0, FLOOR)


def _sandal(shoe: Shoe, look: Look) -> None:
    dice, form = look.dice, look.part("heel")
    heel = {"flat": (0.004, 0.01), "block": (0.1, 0.13), "high": (0.2, 0.24)}[form]
    sole = dice.uniform(0.045, 0.06) if form == "flat" else dice.uniform(0.022, 0.03)
    last = Last(0.15, 0.86, dice.uniform(*heel), sole, FLOOR, spring=0.014)
    x, base, tread = last.x, last.base, last.tread
    wide = dice.uniform(0.05, 0.06)
    slim = dice.uniform(0.5, 1.3)
    main = look.main
    mid = base + (tread - base) * 0.42
    lift = tread - last.spring
    # The footbed: its far edge lies higher in the picture.
    bed: list[Knot] = [
        (x(0) - 0.006, base - 0.004),
        (x(0.03), base - wide * 0.8),
        (x(0.2), base - wide),
        (x(0.45), mid - wide * 1.1),
        (x(0.68), tread - wide * 1.2),
        (x(0.9), lift - wide * 1.05),
        (x(0.99), lift - wide * 0.5),
        (x(1.0) + 0.004, lift + 0.004, 1),
        (x(0.64), tread + 0.006, 1),
        (x(0.44), mid + 0.006),
        (x(0.2), base + 0.006),
    ]
    rubber = Paint(look.accent("sole", tone(look.trim, 0.8)), gloss=0.25, texture="rubber")
    shoe.part(last.block(form, slim), rubber.shaded(0.88))
    shoe.part(bed, Paint(tone(LINING, 0.92), texture="suede"), volume=0.4, radius=0.025, drop=0.1)
    closure = look.part("closure")
    if closure != "none":
        _heel_straps(shoe, look, last)
    spots = [(0.7, 0.16, 0.1)] if closure == "none" and dice.random() < 0.4 else []
    spots = spots or [(0.76, 0.09, 0.085), (0.55, 0.09, 0.115)]
    for share, breadth, rise in spots:
        y = tread + (mid - tread) * max(0.0, (0.66 - share) / 0.22)
        a, b = x(share - breadth), x(share + breadth * 0.75)
        arch: list[Knot] = [
            (a, y + 0.012, 1),
            (a + 0.012, y - rise * 0.75),
            (a + 0.045, y - rise - wide * 0.72),
            (a + 0.085, y - rise - wide * 0.95),
            (b + 0.05, y - rise * 0.82 - wide * 1.0),
            (b + 0.028, y - rise * 0.62),
            (b + 0.006, y + 0.012, 1),
        ]
        shoe.part(arch, main, volume=0.85, radius=0.025, drop=0.45)
        shoe.ink(
            [(a + 0.012, y), (a + 0.024, y - rise * 0.7), (a + 0.054, y - rise - wide * 0.66)],
            tone(main.colour, 0.5),
            0.003,
            0.6,
            0.008,
        )
        if (closure == "buckle" and share < 0.6) or closure == "none":
            buckle(shoe, (a + b) / 2 + 0.014, y - rise * 0.6, 0.05)
    shoe.part(last.bottom(), rubber, radius=0.014, volume=0.5, drop=0.2)
    if form == "flat":
        line: list[Knot] = [(x(0), base + 0.018), (x(0.5), tread + 0.02), (x(1), lift + 0.016)]
        shoe.ink(line, tone(rubber.colour, 0.62), 0.004, 0.7)


def _heel_straps(shoe: Shoe, look: Look, last: Last) -> None:
    """A strap around the heel, and one over the instep that is buckled or pressed shut."""
    x, base = last.x, last.base
    main = look.main
    high = base - 0.145
    back: list[Knot] = [(x(0.05), high - 0.004), (x(0.2), high - 0.05), (x(0.34), high - 0.012)]
    shoe.stroke(back, 0.026, main.plain().shaded(0.62))
    counter: list[Knot] = [
        (x(0.0), base, 1),
        (x(-0.005), high + 0.03),
        (x(0.03), high - 0.022),
        (x(0.075), high - 0.004),
        (x(0.1), base - 0.06),
        (x(0.18), base, 1),
    ]
    shoe.part(counter, main, volume=0.8, radius=0.02, drop=0.3)
    shoe.stroke([(x(0.36), base + 0.004), (x(0.365), base - 0.06), (x(0.35), high)], 0.036, main)
    band: list[Knot] = [(x(0.05), high + 0.012), (x(0.2), high + 0.028), (x(0.36), high - 0.006)]
    shoe.stroke(band, 0.044, main, drop=0.4)
    if look.part("closure") == "buckle":
        buckle(shoe, x(0.21), high + 0.024, 0.064)
        for share in (0.28, 0.31):
            shoe.cut(ellipse(x(share), high + 0.014, 0.005, 0.005, steps=12), Paint((60, 50, 44)))
    else:
        tab: list[Knot] = [(x(0.13), high - 0.008, 1), (x(0.31), high - 0.014, 1)]
        tab += [(x(0.335), high + 0.018), (x(0.31), high + 0.052, 1), (x(0.13), high + 0.056, 1)]
        shoe.part(tab, main.plain().shaded(0.7), drop=0.45)
        inset: list[Knot] = [(x(0.15), high + 0.004), (x(0.3), high - 0.002)]
        inset += [(x(0.3), high + 0.04), (x(0.15), high + 0.044), inset[0]]
        shoe.canvas.ink(shoe.at(inset), tone(main.colour, 1.7), 0.004, 0.9, 0.009)


def flip_flops(canvas: Canvas, look: Look) -> None:
    """A pair of flip-flops, seen from above."""
    dice = look.dice
    apart, turn = dice.uniform(0.185, 0.2), dice.uniform(2, 9)
    waist, width = dice.uniform(0.1, 0.115), dice.uniform(0.145, 0.158)
    top, low = dice.uniform(0.1, 0.13), dice.uniform(0.87, 0.89)
    v_end = dice.uniform(0.5, 0.55)
    sole: list[Knot] = [
        (-0.01, top),
        (0.09, top + 0.035),
        (width, top + 0.17),
        (width * 0.92, top + 0.32),
        (waist, 0.6),
        (0.122, 0.74),
        (0.085, low - 0.035),
        (0.0, low),
        (-0.085, low - 0.035),
        (-0.118, 0.74),
        (-0.1, 0.58),
        (-width * 0.93, top + 0.27),
        (-width * 0.93, top + 0.14),
        (-0.09, top + 0.03),
    ]
    main = look.main
    edge = Paint(tone(main.colour, 0.62), gloss=0.3, texture="rubber")
    strap = Paint(look.accent("strap", tone(main.colour, 0.5)), gloss=0.5, texture="rubber")
    for side in (-1, 1):
        centre = 0.5 + side * apart

        def lay(knots: list[Knot], cx: float = centre, way: int = side) -> list[Knot]:
            placed = [(cx + k[0], *k[1:]) for k in knots]
            return rotated(placed if way > 0 else flipped(placed, cx), way * turn, (cx, 0.5))

        under = lay([(k[0] * 1.06, 0.5 + (k[1] - 0.5) * 1.025 + 0.014) for k in sole])
        canvas.part(curve(under), edge, radius=0.02, drop=0.6)
        canvas.part(curve(lay(sole)), main, volume=0.5, radius=0.03, drop=0.15)
        for heel_spot, rx, ry in (((0.0, 0.77), 0.07, 0.075), ((0.0, 0.3), 0.085, 0.09)):
            hollow = [(heel_spot[0] + p[0], heel_spot[1] + p[1]) for p in ellipse(0, 0, rx, ry)]
            canvas.ink(curve(lay(list(hollow))), tone(main.colour, 0.8), 0.004, 0.25)
        toe: Knot = (-0.035, top + 0.13)
        for end in ((0.118, v_end), (-0.108, v_end - 0.03)):
            bend: Knot = ((toe[0] + end[0]) * 0.5 + (end[0] - toe[0]) * 0.22, top + 0.22)
            line = lay([toe, bend, end])
            canvas.stroke(curve(line, closed=False), 0.038, strap, volume=0.8, drop=0.6)
        canvas.part(
            [(k[0], k[1]) for k in lay(list(ellipse(toe[0], float(toe[1]), 0.026, 0.03)))],
            strap.shaded(1.08),
            radius=0.012,
            drop=0.3,
        )


def slippers(canvas: Canvas, look: Look) -> None:
    """A pair of warm slippers, seen from the side and a little from above."""
    dice = look.dice
    canvas.ground(0.5, FLOOR, 0.38)
    gap = (dice.uniform(0.06, 0.11), dice.uniform(0.11, 0.13))
    pair(canvas, look, _slipper, gap, 1.0, FLOOR)


def _slipper(shoe: Shoe, look: Look) -> None:
    dice = look.dice
    closed = look.part("back") == "closed"
    thick = dice.uniform(0.04, 0.055)
    joint = FLOOR - thick
    left, right = 0.14, dice.uniform(0.84, 0.87)
    high = joint - dice.uniform(0.225, 0.255)
    throat = dice.uniform(0.45, 0.48)
    main = look.main
    fluff = Paint(look.accent("lining", LINING), texture="plush")
    inside: list[Knot] = [
        (left - 0.004, joint + 0.006, 1),
        (left - 0.01, joint - 0.045),
        (left + 0.03, joint - 0.085),
        (left + 0.13, joint - 0.1),
        (0.42, joint - 0.125),
        (throat + 0.1, joint - 0.06),
        (throat + 0.1, joint + 0.01),
    ]
    if closed:
        inside[1:4] = [(left + 0.01, joint - 0.15), (left + 0.1, joint - 0.2)]
    shoe.part(inside, fluff.shaded(0.82), volume=0.6, radius=0.03, drop=0.1)
    cap = curve(
        [
            (throat - 0.05, joint + 0.006, 1),
            (throat - 0.045, joint - 0.1),
            (throat + 0.0, high + 0.01),
            (throat + 0.045, high - 0.01),
            (0.6, high + 0.025),
            (0.73, joint - 0.165),
            (right - 0.045, joint - 0.115),
            (right - 0.002, joint - 0.045),
            (right - 0.006, joint + 0.006, 1),
        ]
    )
    if closed:
        wall: list[Knot] = [
            (left - 0.002, joint + 0.006, 1),
            (left - 0.012, joint - 0.07),
            (left + 0.012, joint - 0.165, 1),
            (left + 0.1, joint - 0.12),
            (0.36, joint - 0.105),
            (throat + 0.04, joint - 0.14, 1),
            (throat + 0.1, joint + 0.006, 1),
        ]
        shoe.part(wall, main, volume=0.8, radius=0.035, drop=0.25)
    folds = [Fold([(0.66, high + 0.05), (0.7, joint - 0.03)], 0.035, 0.14)]
    shoe.cut(cap, main, volume=0.95, radius=0.055, drop=0.35, folds=folds)
    # A thick fluffy edge around the opening.
    edge: list[Knot] = [
        (throat - 0.05, joint - 0.02),
        (throat - 0.046, joint - 0.1),
        (throat - 0.008, high + 0.02),
        (throat + 0.05, high - 0.012),
    ]
    if closed:
        rim: list[Knot] = [(left + 0.015, joint - 0.165), (left + 0.1, joint - 0.125)]
        edge = [*rim, (0.34, joint - 0.115), *edge[1:]]
    _fluffy(shoe, edge, 0.062, fluff)
    if look.part("ears") == "ears":
        _face(shoe, look, high, joint, right)
    sole = Paint(look.accent("sole", tone(look.trim, 0.8)), texture="rubber")
    outline = curve(
        [
            (left - 0.01, joint - 0.004, 1),
            (right + 0.004, joint - 0.012, 1),
            (right + 0.008, joint + thick * 0.4),
            (right - 0.05, FLOOR - 0.003),
            (0.6, FLOOR, 1),
            (left + 0.02, FLOOR, 1),
            (left - 0.014, FLOOR - thick * 0.5),
        ]
    )
    shoe.cut(outline, sole, radius=0.016, volume=0.5, drop=0.2)
    below = within(outline, [(0, FLOOR - thick * 0.4), (1, FLOOR - thick * 0.4), (1, 1), (0, 1)])
    shoe.cut(below, sole.shaded(0.75), radius=0.01, drop=0)


def _fluffy(shoe: Shoe, line: list[Knot], width: float, paint: Paint) -> None:
    """A tufted band along a line: its outline bulges with every tuft."""
    points = curve(line, closed=False, steps=8)
    left: list[Knot] = []
    right: list[Knot] = []
    for i, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[max(0, i - 1)], points[min(len(points) - 1, i + 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = (ay - by) / length, (bx - ax) / length
        for side, reach in ((left, 0.5 + 0.1 * (i % 2)), (right, 0.44 + 0.1 * ((i + 1) % 2))):
            sign = 1 if side is left else -1
            side.append((x + nx * width * reach * sign, y + ny * width * reach * sign))
    (ax, ay), (bx, by) = points[0], points[-1]
    r = width * 0.32
    shoe.part(
        [*left, (bx + r, by - r * 0.4), *reversed(right), (ax - r * 0.3, ay + r)],
        paint,
        volume=0.9,
        radius=0.03,
        drop=0.4,
    )


def _face(shoe: Shoe, look: Look, high: float, joint: float, right: float) -> None:
    """Two long ears, an eye and a nose."""
    main = look.main.plain()
    dark = Paint((46, 40, 40), gloss=0.8)
    inner = Paint((236, 176, 182), texture="plush")
    for dx, lean, shade in ((0.06, 0.08, 0.86), (0.0, 0.0, 1.0)):
        x, y = 0.6 + dx, high + 0.05
        ear: list[Knot] = [
            (x - 0.03, y, 1),
            (x - 0.055 + lean * 0.5, y - 0.1),
            (x - 0.03 + lean, y - 0.19),
            (x + 0.02 + lean, y - 0.12),
            (x + 0.03, y + 0.01, 1),
        ]
        shoe.part(ear, main.shaded(shade), volume=0.8, radius=0.025, drop=0.35)
        soft: list[Knot] = [
            (0.6 + dx + (k[0] - x) * 0.5 + lean * 0.2, y + (k[1] - y) * 0.7) for k in ear
        ]
        shoe.part(soft, inner.shaded(shade), radius=0.012, drop=0.0)
    spots: list[tuple[Point, float]] = [((0.725, joint - 0.115), 0.016)]
    spots.append(((right - 0.02, joint - 0.085), 0.019))
    for (x, y), r in spots:
        shoe.cut(ellipse(x, y, r, r), dark, drop=0.1)
    shoe.cut(ellipse(0.721, joint - 0.12, 0.005, 0.005, steps=12), Paint((255, 255, 255)), drop=0)
