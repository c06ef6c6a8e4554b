"""Mugs and plates."""

import math

from demo.draw.canvas import Canvas
from demo.draw.geometry import Knot, curve, ellipse, mirrored
from demo.draw.paint import Paint
from demo.looks import Look

WOODS = ((196, 150, 98), (150, 102, 62), (92, 60, 40), (222, 190, 146))
METALS = ((58, 58, 62), (206, 182, 124), (198, 200, 204), (244, 242, 236))


def mug(canvas: Canvas, look: Look) -> None:
    """A mug with its handle to the right."""
    dice, main, style = look.dice, look.main, look.style
    wide = {"tall": dice.uniform(0.15, 0.17), "rounded": dice.uniform(0.2, 0.23)}.get(
        style, dice.uniform(0.18, 0.215)
    )
    top = {"tall": dice.uniform(0.2, 0.26), "rounded": dice.uniform(0.36, 0.4)}.get(
        style, dice.uniform(0.29, 0.36)
    )
    low, cx = 0.78, 0.45
    rim = wide * 0.2
    canvas.ground(cx, low + 0.012, wide * 1.2)
    base = (
        wide
        * {
            "rounded": dice.uniform(0.55, 0.65),
            "straight": dice.uniform(0.86, 1.0),
            "tall": dice.uniform(0.78, 0.92),
            "enamel": dice.uniform(0.9, 0.97),
        }[style]
    )
    accent = Paint(look.trim, gloss=0.8) if dice.random() < 0.3 else main.plain()
    grip = dice.uniform(0.1, 0.13)
    middle = (top + low) / 2 + 0.005
    reach = dice.uniform(0.1, 0.14)
    handle: list[Knot] = [
        (cx + wide * 0.9, middle - grip),
        (cx + wide + reach * 0.72, middle - grip * 0.92),
        (cx + wide + reach, middle - grip * 0.2),
        (cx + wide + reach * 0.66, middle + grip * 0.7),
        (cx + base * 0.88, middle + grip),
    ]
    canvas.stroke(curve(handle, closed=False), dice.uniform(0.032, 0.042), accent, volume=0.8)
    bulge = wide * (1.04 if style == "rounded" else 1.0)
    body: list[Knot] = [
        (0, top),
        (wide, top, 1),
        (bulge, top + (low - top) * 0.45),
        (base + (bulge - base) * (0.55 if style == "rounded" else 0.12), low - 0.06),
        (base * 0.93, low),
        (base * 0.5, low + 0.018),
        (0, low + 0.022),
    ]
    canvas.part(curve(mirrored(body, cx)), main, volume=0.45, radius=0.04, barrel=0.5)
    lip = Paint(look.trim, gloss=0.8) if style == "enamel" else main.plain().shaded(1.25)
    canvas.part(ellipse(cx, top, wide + 0.002, rim), lip, volume=0.3, radius=0.01, drop=0)
    inside = Paint((246, 243, 236)) if dice.random() < 0.55 else main.plain()
    canvas.part(
        ellipse(cx, top + 0.002, wide - 0.014, rim - 0.009),
        inside.shaded(0.78),
        drop=0,
        volume=0.9,
        radius=0.03,
    )
    if dice.random() < 0.35 and look.pattern == "plain":
        y = low - dice.uniform(0.07, 0.12)
        grow = base + (bulge - base) * 0.35
        canvas.part(
            curve(
                [
                    (cx - grow, y, 1),
                    (cx, y + rim * 0.8),
                    (cx + grow, y, 1),
                    (cx + base * 0.95, low - 0.015, 1),
                    (cx, low + 0.022),
                    (cx - base * 0.95, low - 0.015, 1),
                ]
            ),
            Paint(look.trim, gloss=0.7),
            volume=0.3,
            radius=0.015,
            drop=0,
            barrel=0.5,
        )
    elif dice.random() < 0.3 and look.pattern == "plain":
        for y in (top + 0.075, top + 0.1):
            canvas.ink(
                curve([(cx - bulge, y), (cx, y + rim), (cx + bulge, y)], closed=False),
                look.trim,
                0.008,
                0.9,
            )


def plate(canvas: Canvas, look: Look) -> None:
    """A plate from above."""
    dice, main, style = look.dice, look.main, look.style
    radius = dice.uniform(0.33, 0.385)
    squash = dice.uniform(0.9, 1.0)
    well = (
        radius
        * {
            "coupe": dice.uniform(0.78, 0.86),
            "rimmed": dice.uniform(0.6, 0.7),
            "deep": dice.uniform(0.66, 0.74),
        }[style]
    )
    canvas.ground(0.515, 0.5 + radius * squash * 0.96, radius * 0.9, 0.5)
    canvas.part(
        ellipse(0.5, 0.5, radius, radius * squash, steps=90),
        main,
        volume=0.45,
        radius=0.03,
        drop=0.9,
    )
    rimmed = look.pattern == "plain" or dice.random() < 0.5
    inner = main.plain().shaded(1.15 if dice.random() < 0.6 else 0.94) if rimmed else main
    if dice.random() < 0.3:
        inner = Paint((248, 246, 240), gloss=0.8)
    canvas.part(
        ellipse(0.5, 0.5, well, well * squash, steps=80),
        inner,
        drop=0.0,
        volume=-0.9 if style == "deep" else -0.5,
        radius=0.03,
    )
    if style == "deep":
        canvas.part(
            ellipse(0.5, 0.505, well * 0.7, well * 0.7 * squash),
            inner.shaded(0.95),
            drop=0,
            volume=-0.3,
            radius=0.04,
        )
    kind = dice.random()
    edge = [
        *ellipse(0.5, 0.5, radius - 0.008, (radius - 0.008) * squash, steps=90),
        (0.5 + radius - 0.008, 0.5),
    ]
    if kind < 0.45:
        canvas.ink(edge, look.trim, dice.uniform(0.008, 0.018), 0.9)
    if 0.3 < kind < 0.75:
        ring = [
            *ellipse(0.5, 0.5, well + 0.014, (well + 0.014) * squash, steps=80),
            (0.5 + well + 0.014, 0.5),
        ]
        canvas.ink(ring, look.trim, dice.uniform(0.004, 0.012), 0.9)
    if kind > 0.8 and look.pattern == "plain":
        for i in range(12):
            angle = i / 12 * 2 * math.pi
            middle = (radius + well) / 2
            canvas.part(
                ellipse(
                    0.5 + middle * math.cos(angle),
                    0.5 + middle * math.sin(angle) * squash,
                    0.016,
                    0.016,
                    steps=16,
                ),
                Paint(look.trim),
                drop=0,
                radius=0.006,
            )
