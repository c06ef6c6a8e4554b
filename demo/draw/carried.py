"""Clutches, wallets, belts and umbrellas."""

import math
from collections.abc import Sequence

from demo.draw.canvas import Canvas, Fold
from demo.draw.fittings import BRASS, STEEL, chain, fittings, seam, zipper
from demo.draw.geometry import Knot, Point, curve, ellipse, flipped, mirrored, rotated, rounded
from demo.draw.paint import Paint, tone
from demo.looks import Look


def clutch(canvas: Canvas, look: Look) -> None:
    """A flat evening bag: an envelope, one with a clasp frame, or a zipped one."""
    dice, main, closure = look.dice, look.main, look.part("closure")
    metal = fittings(dice)
    wide, high = dice.uniform(0.35, 0.385), dice.uniform(0.4, 0.45)
    low = 0.8
    top = low - high
    stitch = seam(main.colour)
    canvas.ground(0.5, low + 0.006, wide * 1.02)
    hold = look.part("strap")
    if hold == "chain":
        line: list[Knot] = [
            (0.5 - wide * 0.86, top + 0.02),
            (0.5 - wide * 0.72, top - 0.14),
            (0.5, top - 0.24),
            (0.5 + wide * 0.72, top - 0.14),
            (0.5 + wide * 0.86, top + 0.02),
        ]
        chain(canvas, curve(line, closed=False), 0.026, metal)
    elif hold == "wrist":
        loop: list[Knot] = [
            (0.5 + wide * 0.93, top + 0.1),
            (0.5 + wide * 1.1, top - 0.04),
            (0.5 + wide * 0.86, top - 0.2),
            (0.5 + wide * 0.56, top - 0.17),
            (0.5 + wide * 0.72, top - 0.02),
            (0.5 + wide * 0.9, top + 0.1),
        ]
        canvas.stroke(curve(loop, closed=False), 0.03, main.plain().shaded(0.78))
    if closure == "clasp":
        body: list[Knot] = [
            (0, top),
            (wide * 0.8, top + 0.005, 1),
            (wide * 0.86, top + 0.06),
            (wide * 1.05, low - 0.13),
            (wide * 0.86, low - 0.015),
            (0, low + 0.006),
        ]
        pleats = [
            Fold([(0.5 + wide * s, top + 0.06), (0.5 + wide * s * 1.25, top + 0.26)], 0.03, 0.32)
            for s in (-0.6, -0.34, -0.08, 0.18, 0.44, 0.68)
        ]
        canvas.part(curve(mirrored(body)), main, volume=0.85, radius=0.06, folds=pleats)
        frame: list[Knot] = [
            (0.5 - wide * 0.87, top + 0.075),
            (0.5 - wide * 0.83, top),
            (0.5 - wide * 0.7, top - 0.008),
        ]
        canvas.stroke(curve([*frame, *reversed(flipped(frame))], closed=False), 0.034, metal)
        for x, y in ((0.482, top - 0.042), (0.52, top - 0.05)):
            canvas.part(ellipse(x, y, 0.03, 0.03), metal, radius=0.02, drop=0.4)
        return
    canvas.part(
        rounded(0.5 - wide, top, 0.5 + wide, low, 0.03),
        main,
        volume=0.65,
        radius=0.04,
        folds=[Fold([(0.5 - wide * 0.9, low - 0.06), (0.5 + wide * 0.9, low - 0.04)], 0.05, 0.12)],
    )
    if closure == "zip":
        y = top + 0.05
        zipper(
            canvas,
            [(0.5 - wide * 0.92, y), (0.5 + wide * 0.6, y), (0.5 + wide * 0.7, y)],
            metal,
            main.colour,
        )
        tassel = (0.5 + wide * 0.7 - 0.004, y + 0.06)
        canvas.part(
            curve(
                [
                    (tassel[0] - 0.014, tassel[1], 1),
                    (tassel[0] + 0.014, tassel[1], 1),
                    (tassel[0] + 0.026, tassel[1] + 0.1, 1),
                    (tassel[0] - 0.026, tassel[1] + 0.1, 1),
                ]
            ),
            main.plain().shaded(0.72),
            radius=0.012,
        )
        edge = rounded(0.5 - wide + 0.018, y + 0.035, 0.5 + wide - 0.018, low - 0.018, 0.02)
        canvas.ink([*edge, edge[0]], stitch, 0.004, 0.7, dash=0.011)
        return
    point = top + high * dice.uniform(0.62, 0.72)
    flap: list[Knot] = [
        (0, top - 0.006),
        (wide - 0.01, top - 0.005, 1),
        (wide + 0.004, top + 0.035, 1),
        (0.03, point - 0.012),
        (0, point),
    ]
    canvas.part(curve(mirrored(flap)), main.shaded(0.97), radius=0.03, drop=0.7)
    for side in (1, -1):
        line = [(0.5 + side * (wide - 0.035), top + 0.034), (0.5, point - 0.028)]
        canvas.ink(line, stitch, 0.004, 0.8, dash=0.011)
    canvas.part(ellipse(0.5, point - 0.045, 0.026, 0.026), metal, radius=0.014)


def wallet(canvas: Canvas, look: Look) -> None:
    """A wallet with what it holds peeking out."""
    dice, main, shape = look.dice, look.main, look.part("shape")
    metal = fittings(dice)
    wide, high = {"bifold": (0.3, 0.44), "long": (0.39, 0.4), "card": (0.29, 0.4)}[shape]
    wide, high = wide * dice.uniform(0.96, 1.05), high * dice.uniform(0.96, 1.05)
    low = 0.5 + high / 2 + 0.04
    top, stitch = low - high, seam(main.colour)
    box = (0.5 - wide, top, 0.5 + wide, low)
    inside = main.plain().shaded(0.6)
    zipped = look.part("closure") == "zip"
    if shape == "card":
        for lift, tint in ((0.1, (228, 206, 152)), (0.062, (132, 154, 174))):
            card = rounded(0.52 - wide, top - lift, 0.48 + wide, top + 0.1, 0.02)
            canvas.part(card, Paint(tint, gloss=0.5), radius=0.012)
        canvas.ink([(0.54 - wide, top - 0.075), (0.42, top - 0.075)], (250, 250, 250), 0.014, 0.8)
    elif not zipped:
        canvas.part(rounded(box[0] + 0.012, top - 0.028, box[2] + 0.006, low - 0.02, 0.025), inside)
        note = rounded(box[0] + 0.03, top - 0.075, box[2] - 0.03, low - 0.1, 0.006)
        canvas.part(note, Paint((188, 202, 180), texture="paper"), radius=0.01)
        card = rounded(box[0] + 0.08, top - 0.045, box[2] - 0.1, low - 0.1, 0.018)
        canvas.part(card, Paint((226, 214, 188), gloss=0.5), radius=0.01)
    canvas.part(rounded(*box, 0.035), main, volume=0.7, radius=0.035)
    edge = rounded(box[0] + 0.02, top + 0.02, box[2] - 0.02, low - 0.02, 0.022)
    if zipped:
        rim = rounded(box[0] + 0.016, top + 0.016, box[2] - 0.016, low - 0.016, 0.024)
        # The zip runs round three sides and leaves the left one, where the wallet folds.
        zipper(canvas, [*reversed(rim[:19]), rim[-1]], metal, main.colour, pull=False)
        x, y = box[2] - 0.016, low - high * 0.3
        canvas.part(rounded(x - 0.016, y - 0.02, x + 0.016, y + 0.02, 0.008), metal, radius=0.008)
        canvas.stroke([(x, y + 0.02), (x + 0.012, y + 0.12)], 0.024, main.plain().shaded(0.75))
    else:
        canvas.ink([*edge, edge[0]], stitch, 0.005, 0.85, dash=0.012)
    if shape == "card":
        for share in (0.3, 0.52):
            y = top + high * share
            slot = curve(
                [(box[0] + 0.045, y), (0.44, y), (0.5, y + 0.03), (0.56, y), (box[2] - 0.045, y)],
                closed=False,
            )
            canvas.ink(slot, tone(main.colour, 0.4), 0.009, 0.8)
    elif shape == "long":
        deep = top + high * 0.5
        if not zipped:
            canvas.part(
                rounded(box[0] - 0.004, top - 0.006, box[2] + 0.004, deep, 0.03),
                main.shaded(0.95),
                radius=0.03,
                drop=0.6,
            )
    if look.part("closure") == "snap":
        y = top + high * 0.5
        tab: list[Knot] = [
            (0.5 + wide + 0.012, y - 0.06, 1),
            (0.5 + wide * 0.72, y - 0.06),
            (0.5 + wide * 0.52, y),
            (0.5 + wide * 0.72, y + 0.06),
            (0.5 + wide + 0.012, y + 0.06, 1),
        ]
        canvas.part(curve(tab), main.plain().shaded(0.85), radius=0.02, drop=0.6)
        x = 0.5 + wide * 0.7
        canvas.part(ellipse(x, y, 0.028, 0.028), metal, radius=0.014)
        canvas.part(ellipse(x, y, 0.014, 0.014), metal.shaded(0.75), radius=0.008, drop=0)


def belt(canvas: Canvas, look: Look) -> None:
    """A belt, closed to a loop or rolled up, with its buckle in front."""
    dice, main = look.dice, look.main
    metal = BRASS if look.part("hardware") == "gold" else STEEL
    tall = dice.uniform(0.12, 0.135) if look.part("width") == "wide" else dice.uniform(0.06, 0.07)
    rolled = look.part("shape") == "rolled"
    rx = dice.uniform(0.23, 0.25) if rolled else dice.uniform(0.36, 0.385)
    ry = rx * dice.uniform(0.36, 0.44)
    cx, cy = (0.37, 0.48) if rolled else (0.5, 0.5)
    inside = Paint(tone(main.colour, 0.5), texture="suede")
    stitch = seam(main.colour)

    def band(reach: float, start: float, end: float, paint: Paint, drop: float) -> None:
        upper = ellipse(cx, cy - tall / 2, rx * reach, ry * reach, start, end)
        lower = ellipse(cx, cy + tall / 2, rx * reach, ry * reach, start, end)
        canvas.part([*upper, *reversed(lower)], paint, radius=0.02, barrel=0.2, drop=drop)

    canvas.ground(cx, cy + tall / 2 + ry * 0.82, rx * 0.92)
    band(1, 180, 360, inside, 0.3)
    if rolled:
        core = ellipse(cx, cy - tall / 2 + 0.004, rx * 0.97, ry * 0.97)
        canvas.part(core, inside.shaded(0.7), drop=0)
        for reach in (0.82, 0.62, 0.42, 0.22):
            edge = ellipse(cx, cy - tall / 2 + 0.006, rx * reach, ry * reach)
            canvas.stroke([*edge, edge[0]], 0.017, main.plain().shaded(0.9), drop=0.5)
    band(1, 0, 180, main, 0.45)
    for y in (cy - tall / 2 + tall * 0.14, cy + tall / 2 - tall * 0.14):
        canvas.ink(ellipse(cx, y, rx, ry, 4, 176), stitch, 0.004, 0.85, dash=0.012)
    front = cy + ry
    if rolled:
        # The end with the buckle runs off the roll to the right.
        end: list[Knot] = [
            (cx, front - tall / 2, 1),
            (0.78, front - tall / 2 + 0.004, 1),
            (0.78, front + tall / 2 + 0.004, 1),
            (cx, front + tall / 2, 1),
        ]
        canvas.part(curve(end), main, radius=0.02, drop=0.4)
        for y in (front - tall * 0.36, front + tall * 0.36):
            canvas.ink([(cx, y), (0.75, y)], stitch, 0.004, 0.85, dash=0.012)
        _belt_buckle(canvas, look, 0.78, front + 0.002, tall, metal)
        return
    holes = [(0.5 - 0.075 - i * 0.048, i) for i in range(4)]
    for x, _ in holes:
        y = cy + ry * math.sqrt(max(0.0, 1 - ((x - cx) / rx) ** 2))
        canvas.part(
            ellipse(x, y, 0.008, 0.008), Paint(tone(main.colour, 0.3)), radius=0.004, drop=0
        )
    x = cx - rx * 0.72
    y = cy + ry * math.sqrt(1 - 0.72**2)
    canvas.stroke([(x, y - tall * 0.56), (x, y + tall * 0.56)], 0.034, main.plain().shaded(0.8))
    _belt_buckle(canvas, look, 0.52, front, tall, metal)


def _belt_buckle(canvas: Canvas, look: Look, x: float, y: float, tall: float, metal: Paint) -> None:
    """A square or round frame with a prong across it, or a full plate."""
    form, high = look.part("buckle"), tall * 0.62 + 0.018
    if form == "plate":
        canvas.part(
            rounded(x - high * 1.15, y - high, x + high * 1.15, y + high, high * 0.3),
            metal,
            radius=0.02,
            drop=0.5,
        )
        rim = rounded(x - high * 0.9, y - high * 0.74, x + high * 0.9, y + high * 0.74, high * 0.2)
        canvas.ink([*rim, rim[0]], tone(metal.colour, 0.6), 0.007, 0.9)
        return
    outer, hole = (
        (ellipse(x, y, high, high), ellipse(x, y, high * 0.66, high * 0.66))
        if form == "round"
        else (
            rounded(x - high * 0.85, y - high, x + high * 0.85, y + high, high * 0.25),
            rounded(x - high * 0.5, y - high * 0.68, x + high * 0.5, y + high * 0.68, high * 0.12),
        )
    )
    canvas.part(outer, metal, radius=0.014, holes=[hole], drop=0.5)
    canvas.stroke([(x + high * 0.6, y), (x - high * 0.8, y)], tall * 0.13 + 0.004, metal)


def umbrella(canvas: Canvas, look: Look) -> None:
    """An umbrella, open and seen from the side, or furled and leaning."""
    dice, main = look.dice, look.main
    crook = look.part("handle") == "crook"
    handle = Paint(look.accent("handle", (122, 82, 52)), gloss=0.5, texture="wood")
    if look.part("shape") == "folded":
        _furled(canvas, look, handle, crook)
        return
    reach, top, edge = dice.uniform(0.385, 0.41), dice.uniform(0.13, 0.16), dice.uniform(0.46, 0.5)
    low = dice.uniform(0.82, 0.86)
    ribs = [-1.0, -0.66, -0.24, 0.24, 0.66, 1.0]
    under = curve(
        [
            (0.5 - reach, edge),
            (0.5, edge - 0.075),
            (0.5 + reach, edge),
            (0.5, edge + 0.05),
        ]
    )
    canvas.stroke([(0.5, top - 0.035), (0.5, top + 0.02)], 0.018, STEEL)
    canvas.part(under, Paint(tone(main.colour, 0.42)), drop=0)
    canvas.stroke([(0.5, edge - 0.1), (0.5, low - 0.04)], 0.018, STEEL, drop=0.1)
    _grip(canvas, handle, crook, 0.5, low, 0)
    outline: list[Knot] = [
        (0.5 - reach, edge, 1),
        (0.5 - reach * 0.93, edge - 0.13),
        (0.5 - reach * 0.55, top + 0.085),
        (0.5, top),
        (0.5 + reach * 0.55, top + 0.085),
        (0.5 + reach * 0.93, edge - 0.13),
        (0.5 + reach, edge, 1),
    ]
    tips = [(0.5 + reach * r, edge + 0.05 * (1 - abs(r) ** 2)) for r in ribs]
    for (ax, ay), (bx, by) in zip(tips[:0:-1], tips[-2::-1], strict=True):
        outline.append(((ax + bx) / 2, (ay + by) / 2 - 0.032))
        outline.append((bx, by, 1))
    canvas.part(
        curve(outline[:-1]),
        main,
        volume=0.75,
        radius=0.07,
        drop=0.4,
        folds=[Fold(_rib(r, reach, top, tips[i + 1]), 0.03, 0.3) for i, r in enumerate(ribs[1:-1])],
    )
    for i, r in enumerate(ribs[1:-1]):
        canvas.ink(_rib(r, reach, top, tips[i + 1]), seam(main.colour), 0.005, 0.7)
    for x, y in tips:
        canvas.part(ellipse(x, y + 0.004, 0.008, 0.011), STEEL, radius=0.005, drop=0.1)
    canvas.part(ellipse(0.5, top + 0.004, 0.024, 0.013), handle, radius=0.008, drop=0.2)


def _rib(share: float, reach: float, top: float, tip: Point) -> list[Point]:
    """The line of a rib over the canopy, from its top to its tip."""
    bulge = (0.5 + share * reach * 0.72, top + 0.11)
    return curve([(0.5, top), bulge, tip], closed=False)


def _grip(canvas: Canvas, handle: Paint, crook: bool, x: float, low: float, degrees: float) -> None:
    """The handle at the lower end of the shaft."""
    if crook:
        knots: list[Knot] = [
            (x, low - 0.12),
            (x, low),
            (x + 0.03, low + 0.055),
            (x + 0.08, low + 0.05),
            (x + 0.1, low - 0.01),
        ]
        canvas.stroke(rotated(curve(knots, closed=False), degrees), 0.038, handle)
        return
    grip = rounded(x - 0.03, low - 0.13, x + 0.03, low + 0.04, 0.022)
    canvas.part(rotated(grip, degrees), handle, volume=0.8, radius=0.02)


def _furled(canvas: Canvas, look: Look, handle: Paint, crook: bool) -> None:
    """The canopy wrapped round the shaft and held by a band, tip down."""
    dice, main = look.dice, look.main
    degrees = dice.uniform(28, 40)
    wide, top = dice.uniform(0.075, 0.095), 0.24

    def leaning(points: Sequence[Knot]) -> list[Knot]:
        return rotated(points, degrees)

    canvas.stroke(leaning([(0.5, 0.9), (0.5, 1.0)]), 0.018, STEEL)
    canvas.stroke(leaning([(0.5, top - 0.1), (0.5, top + 0.05)]), 0.018, STEEL)
    _grip(canvas, handle, crook, 0.5, 0.9, degrees + 180)
    body: list[Knot] = [
        (0, top - 0.01),
        (wide * 0.9, top + 0.005, 1),
        (wide, top + 0.12),
        (wide * 0.62, 0.66),
        (0.014, 0.93, 1),
        (0, 0.935),
    ]
    pleats = [
        Fold(leaning([(0.5 + wide * a, top + 0.01), (0.5 + wide * b, 0.88)]), 0.022, 0.42)
        for a, b in ((-0.7, -0.05), (-0.3, 0.06), (0.12, 0.12), (0.5, 0.16))
    ]
    canvas.part(leaning(curve(mirrored(body))), main.turned(degrees), volume=0.8, folds=pleats)
    for share in (-0.6, -0.1, 0.35, 0.75):
        tip: list[Knot] = [(0.5 + wide * share, top - 0.02), (0.5 + wide * share, top + 0.015)]
        canvas.stroke(leaning(tip), 0.012, STEEL, drop=0.1)
    y = 0.5
    canvas.stroke(
        leaning([(0.5 - wide * 0.86, y), (0.5 + wide * 0.86, y + 0.03)]),
        0.034,
        main.plain().shaded(0.7),
    )
    x, y = leaning([(0.5 + wide * 0.5, y + 0.024)])[0][:2]
    canvas.part(ellipse(x, y, 0.014, 0.014), STEEL, radius=0.008)
