"""What a table is laid with: mugs, cups, plates, bowls, glasses."""

import math
from itertools import pairwise

from demo.draw.canvas import Canvas
from demo.draw.geometry import Knot, Point, curve, ellipse
from demo.draw.metals import surface
from demo.draw.paint import WHITE, Paint, tone
from demo.draw.vessels import (
    CLAY,
    CREAM,
    Vessel,
    ear,
    glass_body,
    glassy,
    gleam,
    grip,
    opening,
    vessel,
    white,
)
from demo.looks import Look


def _lip(look: Look, main: Paint) -> Paint:
    """The rim of a pot: dark on enamel, as it is chipped there first, else a little lighter."""
    if look.material != "enamel":
        return main.plain().shaded(1.25)
    return Paint(WHITE if look.colour in ("black", "navy") else (44, 50, 74), gloss=0.8)


def _clay_foot(canvas: Canvas, pot: Vessel, height: float) -> None:
    canvas.part(
        pot.patch(pot.low - height, pot.low),
        Paint(CLAY, gloss=0.1, texture="stone"),
        volume=0.2,
        radius=0.012,
        drop=0,
        barrel=0.5,
    )


def mug(canvas: Canvas, look: Look) -> None:
    """A mug with its handle to the right."""
    dice, main, shape = look.dice, surface(look), look.part("shape")
    handled = look.part("handle") == "handle"
    wide, top, base = {
        "straight": (dice.uniform(0.185, 0.215), dice.uniform(0.3, 0.35), dice.uniform(0.92, 1)),
        "rounded": (dice.uniform(0.205, 0.235), dice.uniform(0.37, 0.42), dice.uniform(0.5, 0.6)),
        "tall": (dice.uniform(0.15, 0.17), dice.uniform(0.2, 0.25), dice.uniform(0.74, 0.84)),
        "tapered": (dice.uniform(0.215, 0.235), dice.uniform(0.3, 0.35), dice.uniform(0.6, 0.68)),
    }[shape]
    tilt = dice.uniform(0.23, 0.29)
    reach, thick = dice.uniform(0.095, 0.135), dice.uniform(0.036, 0.048)
    square, clay = dice.uniform(0.2, 1.0), dice.random() < 0.45
    cx, low = (0.44 if handled else 0.5), 0.78
    foot = wide * base
    canvas.ground(cx, low + foot * tilt * 0.85, foot * 1.25)
    tall = low - top
    side: list[Knot] = [
        (wide, top, 1),
        (wide * (1.05 if shape == "rounded" else 1), top + tall * 0.3),
        (foot + (wide - foot) * (0.9 if shape == "rounded" else 0.36), top + tall * 0.64),
        (foot + (wide - foot) * (0.3 if shape == "rounded" else 0.05), low - 0.022),
        (foot * 0.9, low, 1),
    ]
    if shape == "tapered":
        side = [(wide, top, 1), (foot * 1.03, low - 0.03, 1), (foot * 0.9, low, 1)]
    pot = vessel(cx, tilt, side)
    glass = look.material == "glass"
    if handled:
        paint = Paint(look.accent("handle"), gloss=main.gloss, opacity=0.75 if glass else 1)
        high, deep = top + tall * 0.17, top + tall * 0.76
        line = ear(
            (cx + pot.radius(high) * 0.93, high),
            (cx + pot.radius(deep) * 0.93, deep),
            reach,
            square=square,
        )
        grip(canvas, line, thick, paint)
    if glass:
        glass_body(canvas, pot, main, 0.03, 0.6)
        if look.has_accent("inside"):
            opening(canvas, pot, main.shaded(1.2), Paint(look.accent("inside"), gloss=0.6))
        gleam(canvas, pot, top + 0.05, low - 0.06, 1.0)
        return
    canvas.part(pot.outline(), main, volume=0.45, radius=0.035, barrel=0.5)
    if look.material == "stoneware" and clay:
        _clay_foot(canvas, pot, tall * 0.13)
    opening(canvas, pot, _lip(look, main), Paint(look.accent("inside"), gloss=0.6))
    gleam(canvas, pot, top + tall * 0.16, low - tall * 0.22, main.gloss)


def cup_and_saucer(canvas: Canvas, look: Look) -> None:
    """A cup on its saucer, the handle to the right."""
    dice, main, shape = look.dice, surface(look), look.part("shape")
    wide, tall, base = {
        "rounded": (dice.uniform(0.18, 0.2), dice.uniform(0.2, 0.225), 0.55),
        "straight": (dice.uniform(0.15, 0.165), dice.uniform(0.23, 0.26), 0.9),
        "flared": (dice.uniform(0.215, 0.235), dice.uniform(0.2, 0.22), 0.42),
    }[shape]
    tilt, plate = dice.uniform(0.27, 0.31), dice.uniform(0.33, 0.37)
    reach, thick = dice.uniform(0.075, 0.1), dice.uniform(0.026, 0.034)
    square, low = dice.uniform(0.1, 0.8), 0.7
    cx, top, foot = 0.5, low - tall, wide * base
    glass = look.material == "glass"
    clear = 0.6 if glass else 1.0
    under = Paint(look.accent("saucer"), gloss=main.gloss, texture=main.texture, opacity=clear)
    if not look.has_accent("saucer"):
        under = glassy(main, 0.6) if glass else main
    canvas.ground(cx, low + plate * tilt * 0.62, plate * 0.95)
    disc = vessel(
        cx, tilt, [(plate, low - 0.012, 1), (plate * 0.84, low + 0.022), (plate * 0.55, low + 0.04)]
    )
    canvas.part(disc.outline(), under.plain().shaded(0.82), volume=0.4, radius=0.02)
    canvas.part(disc.ring(disc.top), under, volume=0.35, radius=0.012, drop=0)
    well = plate * 0.64
    canvas.part(
        ellipse(cx, low - 0.004, well, well * tilt),
        under.plain().shaded(0.93),
        volume=-0.7,
        radius=0.02,
        drop=0,
    )
    canvas.ground(cx + 0.02, low + foot * tilt, foot * 1.25, 0.6)
    curved = {"rounded": (1.04, 0.86), "straight": (1.0, 0.98), "flared": (0.78, 0.62)}[shape]
    pot = vessel(
        cx,
        tilt,
        [
            (wide, top, 1),
            (wide * curved[0], top + tall * 0.34),
            (wide * curved[1], top + tall * 0.7),
            (foot * 1.04, low - 0.02),
            (foot, low, 1),
        ],
    )
    high, deep = top + tall * 0.14, top + tall * 0.72
    line = ear(
        (cx + pot.radius(high) * 0.93, high),
        (cx + pot.radius(deep) * 0.9, deep),
        reach,
        square=square,
    )
    grip(canvas, line, thick, Paint(look.accent("handle"), gloss=main.gloss, opacity=clear))
    if glass:
        glass_body(canvas, pot, main, 0.02, 0.55)
        gleam(canvas, pot, top + 0.04, low - 0.05, 1.0, 0.016)
        return
    canvas.part(pot.outline(), main, volume=0.45, radius=0.03, barrel=0.5, drop=0.6)
    opening(canvas, pot, _lip(look, main), Paint(look.accent("inside", CREAM), gloss=0.6), 0.012)
    gleam(canvas, pot, top + tall * 0.16, low - tall * 0.3, main.gloss, 0.016)


def _form(shape: str, size: float, squash: float) -> list[Point]:
    """The outline of a plate about the middle of the picture."""
    if shape != "square":
        return ellipse(0.5, 0.5, size, size * squash, steps=90)
    # A squircle: between a circle and a square.
    points = []
    for i in range(90):
        c, s = math.cos(i / 45 * math.pi), math.sin(i / 45 * math.pi)
        swell = (abs(c) ** 5 + abs(s) ** 5) ** -0.2
        points.append((0.5 + size * 0.92 * c * swell, 0.5 + size * 0.92 * s * swell))
    return points


def plate(canvas: Canvas, look: Look) -> None:
    """A plate from above."""
    dice, main, shape = look.dice, surface(look), look.part("shape")
    depth = look.part("depth")
    size, squash = dice.uniform(0.345, 0.385), dice.uniform(0.97, 1.0)
    if shape == "oval":
        size, squash = size + 0.02, dice.uniform(0.64, 0.72)
    well = size * {"flat": 0.9, "rimmed": 0.64, "deep": 0.7}[depth] + dice.uniform(-0.01, 0.01)
    edge = dice.uniform(0.022, 0.032)
    speck = dice.random()
    canvas.part(
        _form(shape, size, squash),
        Paint(look.accent("rim", main.plain().shaded(1.12).colour), gloss=0.8),
        volume=0.5,
        radius=0.018,
        drop=0.95,
    )
    canvas.part(_form(shape, size - edge, squash), main, drop=0, volume=0.2, radius=0.02)
    if depth == "flat":
        canvas.part(
            _form(shape, well - 0.03, squash),
            main.shaded(0.97),
            drop=0,
            volume=-0.35,
            radius=0.05,
        )
    else:
        canvas.part(
            _form(shape, well, squash),
            main.shaded(0.9 if depth == "deep" else 0.95),
            drop=0,
            volume=-1.1 if depth == "deep" else -0.9,
            radius=0.045 if depth == "deep" else 0.022,
        )
        step = _form(shape, well + 0.004, squash)
        canvas.ink([*step, step[0]], tone(main.colour, 0.5), 0.006, 0.5)
    if depth == "deep":
        canvas.part(
            _form(shape, well * 0.66, squash),
            main.shaded(0.99),
            drop=0,
            volume=-0.5,
            radius=0.04,
        )
    if look.material == "stoneware" and look.pattern == "plain" and speck < 0.5:
        ring = _form(shape, size - edge * 1.4, squash)
        canvas.ink([*ring, ring[0]], tone(main.colour, 0.7), 0.004, 0.4)
    for radius, width, strength in ((size - 0.012, 0.009, 0.55), (well - 0.012, 0.007, 0.35)):
        arc = _form(shape, radius, squash)[50:64]
        canvas.stroke(arc, width, white(strength * main.gloss), volume=0, drop=0)


def bowl(canvas: Canvas, look: Look) -> None:
    """A bowl, seen into from above."""
    dice, main, shape = look.dice, surface(look), look.part("shape")
    wide, tall, base = {
        "rounded": (dice.uniform(0.3, 0.33), dice.uniform(0.27, 0.31), 0.5),
        "flared": (dice.uniform(0.34, 0.37), dice.uniform(0.23, 0.27), 0.4),
        "straight": (dice.uniform(0.28, 0.31), dice.uniform(0.22, 0.26), 0.9),
        "footed": (dice.uniform(0.29, 0.32), dice.uniform(0.22, 0.25), 0.34),
    }[shape]
    tilt, clay = dice.uniform(0.34, 0.4), dice.random() < 0.5
    cx, low = 0.5, 0.72
    if shape == "footed":
        low -= 0.06
    top, foot = low - tall, wide * base
    ends = {
        "rounded": [(wide * 1.01, 0.28), (wide * 0.92, 0.62), (wide * 0.7, 0.9)],
        "flared": [(wide * 0.86, 0.32), (wide * 0.68, 0.66), (foot * 1.12, 0.94)],
        "straight": [(wide * 0.995, 0.3), (wide * 0.98, 0.66), (wide * 0.95, 0.88)],
        "footed": [(wide * 0.97, 0.3), (wide * 0.8, 0.64), (foot * 1.3, 0.9)],
    }[shape]
    pot = vessel(
        cx,
        tilt,
        [(wide, top, 1), *((r, top + tall * t) for r, t in ends), (foot, low, 1)],
    )
    if shape == "footed":
        stand = vessel(
            cx,
            tilt,
            [
                (foot * 0.62, low - 0.02, 1),
                (foot * 0.66, low + 0.05),
                (foot * 1.3, low + 0.1),
                (foot * 1.36, low + 0.115, 1),
            ],
        )
        canvas.ground(cx, low + 0.115 + foot * 1.36 * tilt * 0.7, foot * 1.7)
        glass_paint = glassy(main.plain(), 0.7) if look.material == "glass" else main.plain()
        canvas.part(stand.outline(), glass_paint, volume=0.5, radius=0.02, barrel=0.5)
    else:
        canvas.ground(cx, low + foot * tilt * 0.8, foot * 1.16)
        ring = vessel(cx, tilt, [(foot * 0.98, low - 0.02, 1), (foot * 0.94, low + 0.018, 1)])
        bare = look.material == "stoneware" and clay
        base_paint = Paint(CLAY, texture="stone") if bare else main.plain().shaded(0.8)
        canvas.part(ring.outline(), base_paint, volume=0.3, radius=0.01, barrel=0.5)
    if look.material == "glass":
        glass_body(canvas, pot, main, 0.012, 0.56)
        if look.has_accent("inside"):
            opening(canvas, pot, main.shaded(1.2), Paint(look.accent("inside"), gloss=0.6))
        gleam(canvas, pot, top + 0.05, low - 0.07, 1.0)
        return
    canvas.part(pot.outline(), main, volume=0.5, radius=0.04, barrel=0.42)
    grain = main.texture if look.material == "wood" else "smooth"
    inside = Paint(look.accent("inside"), gloss=main.gloss, texture=grain)
    opening(canvas, pot, _lip(look, main), inside, 0.016)
    gleam(canvas, pot, top + tall * 0.2, low - tall * 0.4, main.gloss)


def drinking_glass(canvas: Canvas, look: Look) -> None:
    """A glass without a stem."""
    dice, main, shape = look.dice, look.main, look.part("shape")
    wide, tall, base = {
        "straight": (dice.uniform(0.185, 0.205), dice.uniform(0.42, 0.46), dice.uniform(0.95, 1)),
        "tapered": (dice.uniform(0.21, 0.235), dice.uniform(0.46, 0.5), dice.uniform(0.6, 0.68)),
        "tall": (dice.uniform(0.14, 0.155), dice.uniform(0.56, 0.6), dice.uniform(0.9, 0.98)),
        "faceted": (dice.uniform(0.19, 0.21), dice.uniform(0.43, 0.48), dice.uniform(0.76, 0.84)),
        "rounded": (dice.uniform(0.165, 0.18), dice.uniform(0.38, 0.42), dice.uniform(0.7, 0.8)),
    }[shape]
    tilt, cx, low = dice.uniform(0.22, 0.27), 0.5, 0.82
    top, foot = low - tall, wide * base
    side: list[Knot] = [(wide, top, 1), (foot, low - 0.012, 1), (foot * 0.95, low, 1)]
    if shape == "rounded":
        side = [
            (wide, top, 1),
            (wide * 1.18, top + tall * 0.3),
            (wide * 1.26, top + tall * 0.56),
            (wide * 1.17, top + tall * 0.8),
            (foot * 1.24, low - 0.025),
            (foot, low, 1),
        ]
    pot = vessel(cx, tilt, side)
    canvas.ground(cx, low + foot * tilt * 0.85, foot * 1.2, 0.35)
    glass_body(canvas, pot, main, 0.045, 0.58)
    if shape == "faceted":
        shoulder = top + tall * 0.26
        cuts = [math.sin(math.radians(a)) for a in (-90, -62, -36, -12, 12, 36, 62, 90)]
        for i, (left, right) in enumerate(pairwise(cuts)):
            panel = pot.patch(shoulder, low - 0.03, left * 0.99, right * 0.99, steps=4)
            paint = white(0.26) if i % 2 else Paint(tone(main.colour, 0.55), opacity=0.2)
            canvas.part(panel, paint, volume=0.5, radius=0.012, drop=0)
        canvas.ink(pot.arc(shoulder), tone(main.colour, 0.6), 0.006, 0.4)
    gleam(canvas, pot, top + 0.06, low - 0.1, 1.0, 0.024)


def wine_glass(canvas: Canvas, look: Look) -> None:
    """A glass on a stem."""
    dice, main, shape = look.dice, look.main, look.part("shape")
    wide, tall, stem, belly = {
        "rounded": (dice.uniform(0.15, 0.17), dice.uniform(0.36, 0.39), 0.25, 1.28),
        "tulip": (dice.uniform(0.115, 0.13), dice.uniform(0.34, 0.38), 0.3, 1.24),
        "flute": (dice.uniform(0.075, 0.085), dice.uniform(0.46, 0.5), 0.22, 1.12),
        "coupe": (dice.uniform(0.23, 0.25), dice.uniform(0.17, 0.19), 0.36, 0.97),
    }[shape]
    tilt, cx, low = dice.uniform(0.2, 0.25), 0.5, 0.87
    thin, disc = dice.uniform(0.011, 0.015), dice.uniform(0.15, 0.17)
    seat = low - stem - dice.uniform(-0.02, 0.02)
    top = seat - tall
    canvas.ground(cx, low + disc * tilt * 0.5, disc * 1.1, 0.35)
    leg = Paint(look.accent("stem"), gloss=1.0)
    foot = vessel(cx, tilt, [(disc, low, 1), (disc * 0.96, low + 0.008, 1)])
    canvas.part(foot.outline(), glassy(leg, 0.72), volume=0.5, radius=0.02, drop=0.4)
    stalk: list[Knot] = [
        (thin * 2.4, seat - 0.012),
        (thin * 1.1, seat + 0.04),
        (thin, seat + stem * 0.5),
        (thin * 1.1, low - 0.06),
        (thin * 3.2, low - 0.01),
        (disc * 0.5, low + 0.006),
    ]
    line = curve(stalk, closed=False)
    canvas.part(
        [*((cx + r, y) for r, y in line), *((cx - r, y) for r, y in reversed(line))],
        glassy(leg, 0.85),
        volume=0.8,
        radius=0.01,
        drop=0.1,
    )
    canvas.stroke(
        [(cx - thin * 0.3, seat + 0.03), (cx - thin * 0.3, low - 0.05)],
        thin * 0.5,
        white(0.6),
        volume=0,
        drop=0,
    )
    shine = ellipse(cx, low + 0.002, disc * 0.82, disc * 0.82 * tilt, 150, 230, steps=14)
    canvas.stroke(shine, 0.008, white(0.7), volume=0, drop=0)
    sides: dict[str, list[Knot]] = {
        "coupe": [(wide * 0.98, 0.3), (wide * 0.72, 0.72), (wide * 0.3, 0.94)],
        "flute": [(wide * 1.08, 0.3), (wide * belly, 0.55), (wide * 0.7, 0.88)],
    }
    bend = sides.get(
        shape, [(wide * 1.12, 0.24), (wide * belly, 0.55), (wide * 1.02, 0.8), (wide * 0.5, 0.95)]
    )
    pot = vessel(
        cx,
        tilt,
        [(wide, top, 1), *((k[0], top + tall * k[1]) for k in bend), (0.012, seat, 1)],
    )
    glass_body(canvas, pot, main, 0, 0.56)
    gleam(canvas, pot, top + tall * 0.14, top + tall * 0.68, 1.0, 0.018)
