"""Caps, beanies, brimmed hats and headbands."""

import math

from demo.draw.canvas import Canvas, Fold
from demo.draw.fittings import STEEL, seam
from demo.draw.geometry import Knot, Point, curve, ellipse, mirrored, rounded
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look


def cap(canvas: Canvas, look: Look) -> None:
    """A cap from the side, its brim to the right."""
    dice, main = look.dice, look.main
    stitch = seam(main.colour)
    brim = Paint(look.accent("brim"), gloss=0.15, texture=main.texture)
    high, long = dice.uniform(0.27, 0.315), dice.uniform(0.875, 0.91)
    flat = look.part("brim") == "flat"
    canvas.ground(0.52, 0.71, 0.38)
    under: list[Knot]
    if flat:
        under = [
            (0.42, 0.66),
            (0.6, 0.585),
            (0.78, 0.585),
            (long, 0.6),
            (long + 0.012, 0.616),
            (long - 0.02, 0.628),
            (0.7, 0.672),
            (0.5, 0.7),
        ]
        ridge: list[Knot] = [(0.52, 0.66), (0.72, 0.625), (long - 0.03, 0.608)]
    else:
        under = [
            (0.42, 0.66),
            (0.58, 0.585),
            (0.76, 0.605),
            (long - 0.03, 0.69),
            (long - 0.03, 0.738),
            (long - 0.09, 0.725),
            (0.7, 0.69),
            (0.5, 0.7),
        ]
        ridge = [(0.54, 0.65), (0.72, 0.64), (long - 0.07, 0.702)]
    canvas.part(curve(under), brim, volume=0.8, radius=0.03, drop=0.45)
    canvas.ink(curve(ridge, closed=False), seam(brim.colour), 0.004, 0.75, dash=0.011)
    crown: list[Knot] = [
        (0.125, 0.665, 1),
        (0.12, 0.53),
        (0.19, high + 0.075),
        (0.38, high),
        (0.57, high + 0.06),
        (0.66, 0.49),
        (0.68, 0.605, 1),
        (0.54, 0.63),
        (0.34, 0.685),
        (0.22, 0.69),
    ]
    canvas.part(curve(crown), main, volume=0.95, radius=0.08)
    if look.part("back") == "mesh":
        back: list[Knot] = [
            (0.125, 0.665, 1),
            (0.12, 0.53),
            (0.19, high + 0.075),
            (0.38, high, 1),
            (0.4, 0.44),
            (0.385, 0.672, 1),
            (0.28, 0.695),
            (0.2, 0.688),
        ]
        light = sum(main.colour) > 560
        shade: RGB = (62, 64, 70) if light else (240, 238, 232)
        canvas.part(curve(back), Paint(shade, texture="mesh"), volume=0.9, radius=0.07, drop=0.1)
        for i in range(7):
            x = 0.15 + 0.037 * i
            line = [(0.33 + 0.008 * i, high + 0.02), (x - 0.02, 0.48), (x, 0.675)]
            canvas.ink(curve(line, closed=False), tone(shade, 0.55 if not light else 2), 0.003, 0.6)
    seams: list[list[Knot]] = [
        [(0.38, high), (0.46, 0.43), (0.475, 0.65)],
        [(0.38, high), (0.25, 0.42), (0.22, 0.685)],
        [(0.38, high), (0.56, 0.4), (0.635, 0.61)],
    ]
    for knots in seams:
        canvas.ink(curve(knots, closed=False), stitch, 0.005, 0.75)
    for x, y in ((0.35, 0.41), (0.5, 0.4)):
        canvas.part(ellipse(x, y, 0.011, 0.011), Paint(stitch), radius=0.006, drop=0)
    canvas.part(ellipse(0.38, high - 0.004, 0.026, 0.014), brim, radius=0.01)
    band = curve([(0.13, 0.645), (0.22, 0.668), (0.35, 0.662), (0.54, 0.608)], closed=False)
    canvas.ink(band, stitch, 0.004, 0.6, dash=0.011)
    if look.part("badge") == "badge":
        x, y = 0.565, 0.505
        patch = (
            ellipse(x, y, 0.062, 0.068)
            if dice.random() < 0.5
            else rounded(x - 0.062, y - 0.055, x + 0.062, y + 0.055, 0.014)
        )
        shade = (246, 242, 234) if sum(main.colour) < 540 else (52, 58, 76)
        canvas.part(patch, Paint(shade, texture="felt"), radius=0.012, drop=0.3)
        mark = [
            (x - 0.03, y + 0.026),
            (x - 0.006, y - 0.022),
            (x + 0.01, y + 0.004),
            (x + 0.02, y - 0.01),
            (x + 0.036, y + 0.026),
        ]
        canvas.part(mark, Paint(tone(main.colour, 0.8)), radius=0.008, drop=0)


def beanie(canvas: Canvas, look: Look) -> None:
    """A knitted hat, with or without a turned-up edge and a pompom."""
    dice, main = look.dice, look.main
    slouchy = look.part("fit") == "slouchy"
    cuffed = look.part("cuff") == "cuff"
    wide, tall, low = dice.uniform(0.25, 0.28), dice.uniform(0.25, 0.29), 0.82
    # A slouchy one hangs over to the right, so it is drawn further left.
    mid = 0.41 if slouchy else 0.5
    peak = (mid + wide * 1.32, tall + 0.12) if slouchy else (mid, tall)
    canvas.ground(mid, low, wide * 1.05)
    if look.part("pompom") == "pompom":
        centre = (peak[0] + 0.055, peak[1] + 0.07) if slouchy else (mid, tall - 0.055)
        ball: list[Point] = []
        for i, (x, y) in enumerate(ellipse(0, 0, 0.095, 0.088, steps=72)):
            grow = 1 + dice.uniform(0.02, 0.13) * (i % 2)
            ball.append((centre[0] + x * grow, centre[1] + y * grow))
        canvas.part(ball, Paint(look.accent("pompom"), texture="plush"), volume=0.95, radius=0.05)
    ribs = [
        Fold(
            curve(
                [
                    (peak[0] + s * 0.05, peak[1]),
                    (mid + s * wide * 0.9 + (0.05 if slouchy else 0), 0.48),
                    (mid + s * wide, low),
                ],
                closed=False,
            ),
            0.024,
            0.32,
        )
        for s in (-0.86, -0.6, -0.34, -0.08, 0.18, 0.44, 0.7, 0.93)
    ]
    body: list[Knot]
    if slouchy:
        body = [
            (mid - wide, low - 0.03, 1),
            (mid - wide * 1.05, 0.6),
            (mid - wide * 0.78, tall + 0.14),
            (mid - wide * 0.05, tall - 0.035),
            (mid + wide * 0.85, tall - 0.015),
            (mid + wide * 1.36, tall + 0.11),
            (mid + wide * 1.42, tall + 0.25),
            (mid + wide * 1.2, tall + 0.3),
            (mid + wide * 1.03, 0.64),
            (mid + wide, low - 0.03, 1),
            (mid, low - 0.005),
        ]
        sag = [(mid, 0.57), (mid + wide * 0.6, 0.56), (mid + wide * 1.1, tall + 0.25)]
        ribs.append(Fold(curve(sag, closed=False), 0.05, 0.5))
    else:
        half: list[Knot] = [
            (0, tall),
            (wide * 0.5, tall + 0.028),
            (wide * 0.93, tall + 0.17),
            (wide * 1.02, low - 0.2),
            (wide * (1 if cuffed else 0.95), low - 0.02, 1),
            (0, low),
        ]
        body = mirrored(half)
    canvas.part(curve(body), main, volume=0.9, radius=0.08, folds=ribs)
    deep = dice.uniform(0.13, 0.16) if cuffed else 0.06
    out = wide + 0.014 if cuffed else wide * 0.95
    edge = Paint(look.accent("cuff"), texture="knit")
    if not cuffed or edge.colour == main.colour:
        edge = (main.plain() if cuffed else main).shaded(0.9)
    band: list[Knot] = [
        (0, low - deep + 0.015),
        (out, low - deep, 1),
        (out + 0.004, low - 0.005, 1),
        (0, low + 0.014),
    ]
    canvas.part(
        curve(mirrored(band, mid)),
        edge,
        volume=0.7 if cuffed else 0.4,
        radius=0.035 if cuffed else 0.02,
        drop=0.35 if cuffed else 0,
        folds=[
            Fold([(mid + s * out, low - deep), (mid + s * out, low)], 0.012, 0.34)
            for s in (-0.9, -0.72, -0.54, -0.36, -0.18, 0.0, 0.18, 0.36, 0.54, 0.72, 0.9)
        ],
    )


def brimmed_hat(canvas: Canvas, look: Look) -> None:
    """A hat with a brim all round: a fedora, a boater, a bucket or a floppy hat."""
    shape = look.part("shape")
    if shape == "bucket":
        _bucket_hat(canvas, look)
        return
    dice, main = look.dice, look.main
    broad = look.part("brim") == "wide"
    reach = dice.uniform(0.385, 0.41) if broad else dice.uniform(0.29, 0.31)
    depth = reach * dice.uniform(0.24, 0.3)
    wide = dice.uniform(0.19, 0.205) if broad else dice.uniform(0.205, 0.22)
    base = 0.63
    top = base - dice.uniform(0.27, 0.31) + (0.06 if shape == "boater" else 0)
    canvas.ground(0.5, base + depth * 0.8, reach * 0.92)
    if shape == "floppy":
        brim: list[Knot] = [
            (0.5, base - depth),
            (0.5 + reach * 0.75, base - depth * 0.55),
            (0.5 + reach * 1.04, base + depth * 0.55),
            (0.5 + reach * 0.7, base + depth * 0.78),
            (0.5 + reach * 0.36, base + depth * 1.2),
            (0.5 - reach * 0.1, base + depth * 0.95),
            (0.5 - reach * 0.5, base + depth * 1.25),
            (0.5 - reach * 0.98, base + depth * 0.72),
            (0.5 - reach * 0.85, base - depth * 0.3),
        ]
        waves = [
            Fold([(0.5 + wide * s, base + 0.03), (0.5 + reach * s, base + depth)], 0.05, 0.25)
            for s in (-0.7, -0.1, 0.45)
        ]
        canvas.part(curve(brim), main.shaded(0.95), volume=0.8, radius=0.035, folds=waves)
    elif shape == "fedora":
        brim = [
            (0.5, base - depth * 0.72),
            (0.5 + reach * 0.6, base - depth * 0.82),
            (0.5 + reach, base - depth * 0.42),
            (0.5 + reach * 0.72, base + depth * 0.5),
            (0.5, base + depth),
            (0.5 - reach * 0.72, base + depth * 0.5),
            (0.5 - reach, base - depth * 0.42),
            (0.5 - reach * 0.6, base - depth * 0.82),
        ]
        canvas.part(curve(brim), main.shaded(0.92), volume=0.85, radius=0.03)
    else:
        canvas.part(ellipse(0.5, base + 0.006, reach, depth * 0.94), main.shaded(0.9), radius=0.02)
        canvas.part(ellipse(0.5, base - 0.006, reach, depth * 0.94), main, radius=0.02, drop=0)
    crowns: dict[str, list[Knot]] = {
        "fedora": [
            (0, top + 0.035),
            (wide * 0.4, top - 0.005),
            (wide * 0.76, top + 0.03),
            (wide * 0.94, top + 0.15),
        ],
        "boater": [
            (0, top - 0.006),
            (wide * 0.6, top - 0.002),
            (wide * 0.98, top + 0.022),
            (wide, top + 0.05),
        ],
        "floppy": [
            (0, top + 0.01),
            (wide * 0.5, top + 0.03),
            (wide * 0.86, top + 0.11),
            (wide * 0.97, base - 0.1),
        ],
    }
    dents = [
        Fold([(0.5, top + 0.02), (0.49, top + 0.14)], 0.05, 0.35),
        Fold([(0.5 - wide * 0.62, top + 0.04), (0.5 - wide * 0.45, top + 0.15)], 0.05, 0.3),
        Fold([(0.5 + wide * 0.62, top + 0.04), (0.5 + wide * 0.45, top + 0.15)], 0.05, 0.3),
    ]
    canvas.part(
        curve(
            mirrored(
                [
                    *crowns[shape],
                    (wide * 1.02, base, 1),
                    (wide * 0.6, base + 0.03),
                    (0, base + 0.04),
                ]
            )
        ),
        main,
        volume=0.95,
        radius=0.07,
        barrel=0.12,
        folds=dents if shape == "fedora" else (),
    )
    if shape == "boater":
        canvas.part(
            ellipse(0.5, top + 0.022, wide * 0.97, 0.034), main.shaded(1.08), radius=0.02, drop=0
        )
    high = 0.075
    band = look.accent("band", (62, 50, 44) if sum(main.colour) > 300 else (222, 212, 194))
    ribbon: list[Knot] = [
        (0, base + 0.042 - high),
        (wide * 0.6, base + 0.03 - high),
        (wide * 1.005, base - high, 1),
        (wide * 1.03, base, 1),
        (wide * 0.6, base + 0.031),
        (0, base + 0.043),
    ]
    canvas.part(
        curve(mirrored(ribbon)), Paint(band, texture="satin"), radius=0.012, drop=0.15, barrel=0.25
    )
    x = 0.5 - wide * 0.7
    canvas.stroke(
        [(x, base + 0.015 - high), (x, base + 0.016)], 0.03, Paint(tone(band, 0.85)), drop=0.25
    )


def _bucket_hat(canvas: Canvas, look: Look) -> None:
    """A soft hat of cloth whose stitched brim slopes down."""
    dice, main = look.dice, look.main
    wide, top = dice.uniform(0.205, 0.225), dice.uniform(0.29, 0.33)
    broad = look.part("brim") == "wide"
    reach = dice.uniform(0.375, 0.4) if broad else dice.uniform(0.285, 0.305)
    low = 0.725 if broad else 0.7
    stitch = seam(main.colour)
    canvas.ground(0.5, low, reach * 0.98)
    canvas.part(ellipse(0.5, low - 0.035, reach - 0.01, 0.055), Paint(tone(main.colour, 0.45)))
    brim: list[Knot] = [
        (0, 0.55),
        (wide * 0.98, 0.53, 1),
        (reach * 0.86, low - 0.1),
        (reach, low - 0.03),
        (reach * 0.7, low + 0.012),
        (0, low + 0.035),
    ]
    canvas.part(curve(mirrored(brim)), main.shaded(0.96), volume=0.8, radius=0.045, drop=0.2)
    crown: list[Knot] = [
        (0, top),
        (wide * 0.66, top + 0.01),
        (wide * 0.88, top + 0.05),
        (wide * 1.03, 0.545, 1),
        (wide * 0.6, 0.575),
        (0, 0.588),
    ]
    canvas.part(curve(mirrored(crown)), main, volume=0.9, radius=0.06)
    rim = [(0.5 - wide * 0.87, top + 0.05), (0.5, top + 0.085), (0.5 + wide * 0.87, top + 0.05)]
    canvas.ink(curve(rim, closed=False), stitch, 0.005, 0.7)
    for i in range(1, 4):
        share = i / 4
        x, y = wide + (reach - wide) * share, 0.55 + (low - 0.56) * share
        row = [(0.5 - x, y - 0.015), (0.5, y + 0.036), (0.5 + x, y - 0.015)]
        canvas.ink(curve(row, closed=False), stitch, 0.004, 0.65)
    for dx in (-0.025, 0.025):
        canvas.part(ellipse(0.5 - wide * 0.72 + dx, 0.47, 0.012, 0.012), STEEL, radius=0.006)
    band = look.accent("band")
    if band != main.colour:
        ribbon: list[Knot] = [
            (0, 0.535),
            (wide * 0.6, 0.522),
            (wide * 0.985, 0.492, 1),
            (wide * 1.035, 0.548, 1),
            (wide * 0.6, 0.578),
            (0, 0.591),
        ]
        canvas.part(curve(mirrored(ribbon)), Paint(band, texture="satin"), radius=0.012, drop=0.2)


def headband(canvas: Canvas, look: Look) -> None:
    """A band for the hair, standing on its ends; plain, knotted or with a bow."""
    dice, main = look.dice, look.main
    broad = look.part("width") == "wide"
    thick = dice.uniform(0.12, 0.14) if broad else dice.uniform(0.055, 0.065)
    rx, ry = dice.uniform(0.3, 0.33), dice.uniform(0.33, 0.36)
    cx, cy = 0.5, 0.56
    inner: list[Point] = []
    outer: list[Point] = []
    for i in range(61):
        angle = math.radians(128 + (412 - 128) * i / 60)
        fat = thick * (0.42 + 0.58 * math.sin(math.pi * i / 60) ** 0.8)
        outer.append((cx + (rx + fat / 2) * math.cos(angle), cy + (ry + fat / 2) * math.sin(angle)))
        inner.append((cx + (rx - fat / 2) * math.cos(angle), cy + (ry - fat / 2) * math.sin(angle)))
    canvas.ground(cx, cy + ry * 0.85, rx * 0.9)
    far = [(x, y + 0.022) for x, y in inner]
    canvas.part([*inner, *reversed(far)], Paint(tone(main.colour, 0.5)), radius=0.012, drop=0.2)
    canvas.part([*outer, *reversed(inner)], main, volume=0.85, radius=thick * 0.4)
    x, y = cx + rx * 0.08, cy - ry * 0.995
    size = dice.uniform(0.95, 1.1) * (0.15 if broad else 0.12)
    tie = main.shaded(0.93)
    if look.part("bow") == "bow":
        for side in (1, -1):
            tail: list[Knot] = [
                (x, y, 1),
                (x + side * size * 0.9, y + size * 0.75, 1),
                (x + side * size * 0.62, y + size * 0.8),
                (x + side * size * 0.4, y + size * 1.0, 1),
            ]
            canvas.part(curve(tail), tie.shaded(0.9), radius=0.02)
        for side in (1, -1):
            wing: list[Knot] = [
                (x, y - size * 0.1, 1),
                (x + side * size * 0.7, y - size * 0.62),
                (x + side * size * 1.3, y - size * 0.45),
                (x + side * size * 1.28, y + size * 0.35),
                (x + side * size * 0.7, y + size * 0.42),
                (x, y + size * 0.12, 1),
            ]
            crease = [(x + side * size * 0.15, y), (x + side * size * 0.85, y - size * 0.1)]
            canvas.part(
                curve(wing),
                main,
                volume=0.9,
                radius=0.03,
                drop=0.5,
                folds=[Fold(crease, 0.03, 0.4)],
            )
        canvas.part(ellipse(x, y, size * 0.24, size * 0.3), tie, volume=0.9, radius=0.02, drop=0.5)
    elif look.part("bow") == "knot":
        for degrees in (-24, 24):
            roll = ellipse(0, 0, size * 0.3, size * 0.68 + thick * 0.1)
            cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            canvas.part(
                [(x + px * cos - py * sin, y + px * sin + py * cos) for px, py in roll],
                tie,
                volume=0.95,
                radius=0.03,
                drop=0.55,
            )
