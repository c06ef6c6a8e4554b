"""What holds a drink or a store: jars, pitchers, bottles."""

import math

from demo.draw.canvas import Canvas
from demo.draw.geometry import Knot, Point, curve
from demo.draw.metals import surface
from demo.draw.paint import WHITE, Paint, tone
from demo.draw.vessels import (
    DARK,
    STEEL,
    WOODS,
    Vessel,
    dome,
    ear,
    glass_body,
    gleam,
    grip,
    hollow,
    knob,
    vessel,
)
from demo.looks import Look


def storage_jar(canvas: Canvas, look: Look) -> None:
    """A jar with its lid."""
    dice, main, shape, lid = look.dice, surface(look), look.part("shape"), look.part("lid")
    wide, tall, mouth = {
        "straight": (dice.uniform(0.2, 0.225), dice.uniform(0.42, 0.48), 0.97),
        "tall": (dice.uniform(0.155, 0.17), dice.uniform(0.54, 0.58), 0.97),
        "rounded": (dice.uniform(0.245, 0.265), dice.uniform(0.4, 0.44), 0.66),
    }[shape]
    tilt, cx, low = dice.uniform(0.21, 0.25), 0.5, 0.83
    high, band = dice.uniform(0.05, 0.065), dice.uniform(0.3, 0.4)
    top, rim = low - tall, wide * mouth
    side: list[Knot] = [
        (rim, top, 1),
        (wide, top + 0.035),
        (wide, low - 0.05),
        (wide * 0.94, low, 1),
    ]
    if shape == "rounded":
        side = [
            (rim, top, 1),
            (rim * 1.05, top + 0.025),
            (wide * 0.9, top + tall * 0.2),
            (wide, top + tall * 0.46),
            (wide * 0.96, top + tall * 0.7),
            (wide * 0.8, top + tall * 0.92),
            (wide * 0.7, low, 1),
        ]
    pot = vessel(cx, tilt, side)
    canvas.ground(cx, low + pot.side[-1][0] * tilt * 0.85, pot.side[-1][0] * 1.2)
    if look.material == "glass":
        glass_body(canvas, pot, main, 0.03, 0.58)
    else:
        canvas.part(pot.outline(), main, volume=0.45, radius=0.035, barrel=0.5)
    if look.pattern == "plain" and look.material != "glass":
        label = pot.patch(top + tall * band, top + tall * (band + 0.3), -0.42, 0.42)
        canvas.part(label, Paint((250, 246, 236), texture="paper"), volume=0.1, drop=0.12)
        for i, share in enumerate((0.3, 0.2)):
            y = top + tall * (band + 0.11 + i * 0.09)
            canvas.ink(pot.arc(y, -share, share), (70, 64, 60), 0.008, 0.75)
    gleam(canvas, pot, top + tall * 0.2, low - tall * 0.2, main.gloss, 0.022)
    wood = Paint(look.accent("lid", WOODS[0]), gloss=0.25, texture="wood").turned(90)
    if look.has_accent("lid") or lid == "clip":
        wood = Paint(look.accent("lid", main.colour), gloss=0.7)
    if lid == "flat":
        cap = vessel(cx, tilt, [(rim + 0.012, top - high, 1), (rim + 0.012, top + 0.012, 1)])
        canvas.part(cap.outline(), wood.shaded(0.9), volume=0.35, radius=0.012, barrel=0.45)
        canvas.part(cap.ring(top - high), wood, volume=0.4, radius=0.012, drop=0)
    elif lid == "knob":
        cap = vessel(cx, tilt, [(rim + 0.012, top - 0.022, 1), (rim + 0.012, top + 0.012, 1)])
        canvas.part(cap.outline(), wood.shaded(0.85), volume=0.35, radius=0.012, barrel=0.45)
        seat = dome(canvas, cap, 0.055, wood)
        knob(canvas, cx, seat, 0.036, wood)
    else:
        seal = vessel(cx, tilt, [(rim + 0.004, top - 0.02, 1), (rim + 0.004, top, 1)])
        canvas.part(seal.outline(), Paint((226, 120, 70)), volume=0.4, radius=0.01, barrel=0.4)
        cap = vessel(cx, tilt, [(rim + 0.008, top - high, 1), (rim + 0.008, top - 0.016, 1)])
        canvas.part(cap.outline(), wood.shaded(0.9), volume=0.35, radius=0.012, barrel=0.45)
        canvas.part(cap.ring(top - high), wood, volume=0.4, radius=0.014, drop=0)
        wire = Paint(STEEL, gloss=1.0)
        canvas.stroke(pot.arc(top + 0.04), 0.012, wire, volume=0.8)
        for x in (-0.3, 0.3):
            line = [cap.at(x, top - high * 0.6), pot.at(x * 0.9, top + 0.13)]
            canvas.stroke(line, 0.014, wire, volume=0.8, drop=0.5)
        bail = curve(
            [
                pot.at(-0.3, top + 0.04),
                pot.at(-0.26, top + 0.15),
                pot.at(0.26, top + 0.15),
                pot.at(0.3, top + 0.04),
            ],
            closed=False,
        )
        canvas.stroke(bail, 0.014, wire, volume=0.8, drop=0.5)
        x, y = cap.at(0, top - high - 0.004)
        over = [
            (cx - 0.04, y - 0.02),
            (cx + 0.04, y - 0.02),
            (cx + 0.03, y + 0.05),
            (cx - 0.03, y + 0.05),
        ]
        canvas.part(over, wire, volume=0.6, radius=0.012)


def _lipped(pot: Vessel, inset: float) -> list[Point]:
    """The rim of a jug, pulled out to a lip on the left; the lip's tip is its 32nd point."""
    rim = pot.side[0][0]
    points = []
    for i in range(64):
        c, s = math.cos(i / 32 * math.pi), math.sin(i / 32 * math.pi)
        pull = 0.085 * max(0.0, -c) ** 5 * (1 - inset * 12)
        x = pot.cx + (rim - inset) * c - pull
        points.append((x, pot.top + (rim * pot.tilt - inset * 0.62) * s - pull * 0.42))
    return points


def pitcher(canvas: Canvas, look: Look) -> None:
    """A jug: the lip to the left, the handle to the right."""
    dice, main, shape = look.dice, surface(look), look.part("shape")
    wide, tall = {
        "rounded": (dice.uniform(0.2, 0.22), dice.uniform(0.52, 0.56)),
        "straight": (dice.uniform(0.165, 0.185), dice.uniform(0.54, 0.6)),
        "conical": (dice.uniform(0.205, 0.225), dice.uniform(0.54, 0.6)),
    }[shape]
    tilt, cx, low = dice.uniform(0.23, 0.27), 0.46, 0.85
    reach, thick, square = dice.uniform(0.14, 0.17), dice.uniform(0.04, 0.05), dice.uniform(0.4, 1)
    top = low - tall
    side: list[Knot] = {
        "rounded": [
            (wide * 0.68, top, 1),
            (wide * 0.6, top + tall * 0.15),
            (wide * 0.86, top + tall * 0.42),
            (wide, top + tall * 0.66),
            (wide * 0.9, top + tall * 0.88),
            (wide * 0.66, low, 1),
        ],
        "straight": [(wide, top, 1), (wide, low - 0.04), (wide * 0.94, low, 1)],
        "conical": [(wide * 0.6, top, 1), (wide * 0.98, low - 0.04), (wide * 0.94, low, 1)],
    }[shape]
    pot = vessel(cx, tilt, side)
    rim = pot.side[0][0]
    canvas.ground(cx, low + pot.side[-1][0] * tilt * 0.85, pot.side[-1][0] * 1.25)
    glass = look.material == "glass"
    hand = Paint(look.accent("handle"), gloss=main.gloss, opacity=0.75 if glass else 1)
    high, deep = top + tall * 0.12, top + tall * 0.64
    line = ear(
        (cx + pot.radius(high) * 0.92, high),
        (cx + pot.radius(deep) * 0.94, deep),
        reach - (0.03 if shape != "straight" else 0),
        square=square,
    )
    grip(canvas, line, thick, hand)
    spout, inner = _lipped(pot, 0.0), _lipped(pot, 0.014)
    below = top + 0.14
    around = pot.outline()[:-25]
    left = [p for p in around if p[0] < cx and p[1] >= below]
    tip = min(spout)
    throat = curve(
        [
            (cx - pot.radius(below), below),
            (cx - rim * 0.5 - pot.radius(below) * 0.5 - 0.012, below - 0.07),
            tip,
        ],
        closed=False,
    )
    right = [p for p in around if p[0] >= cx]
    outline = [*right, *left, *throat, *spout[32:]]
    if glass:
        glass_body(canvas, pot, main, 0.03, 0.58, outline=outline, rim=spout)
        gleam(canvas, pot, top + 0.1, low - 0.1, 1.0, 0.024)
        return
    canvas.part(outline, main, volume=0.45, radius=0.035, barrel=0.45)
    lip = main.plain().shaded(1.25)
    if look.material == "enamel":
        lip = Paint(WHITE if look.colour in ("black", "navy") else (44, 50, 74), gloss=0.8)
    canvas.part(spout, lip, volume=0.3, radius=0.01, drop=0)
    hollow(canvas, inner, main, cx, top, rim, rim * tilt)
    gleam(canvas, pot, top + tall * 0.42, low - tall * 0.16, main.gloss, 0.024)


def water_bottle(canvas: Canvas, look: Look) -> None:
    """A bottle to carry along."""
    dice, main, shape, lid = look.dice, look.main, look.part("shape"), look.part("lid")
    loop = look.part("handle") == "handle"
    wide, tall, neck = {
        "slim": (dice.uniform(0.105, 0.115), dice.uniform(0.5, 0.54), 0.58),
        "wide": (dice.uniform(0.155, 0.17), dice.uniform(0.46, 0.5), 0.74),
        "waisted": (dice.uniform(0.14, 0.15), dice.uniform(0.5, 0.53), 0.62),
    }[shape]
    tilt, cx, low = 0.2, 0.5, 0.87
    shoulder, high = dice.uniform(0.1, 0.14), dice.uniform(0.085, 0.105)
    top, rim = low - tall, wide * neck
    side: list[Knot] = [
        (rim, top, 1),
        (rim * 1.01, top + 0.02),
        (wide * 0.92, top + shoulder * 0.7),
        (wide, top + shoulder + 0.03),
        (wide, low - 0.04),
        (wide * 0.9, low, 1),
    ]
    if shape == "waisted":
        side[4:4] = [(wide * 0.84, top + tall * 0.56), (wide * 0.98, top + tall * 0.78)]
    pot = vessel(cx, tilt, side)
    canvas.ground(cx, low + wide * tilt * 0.8, wide * 1.25)
    cap = Paint(look.accent("cap", DARK), gloss=0.4)
    head = top - high
    if loop:
        size = rim + 0.012
        ring = curve(
            [
                (cx - size * 0.86, head + 0.03),
                (cx - size * 0.92, head - 0.05),
                (cx - size * 0.4, head - 0.105),
                (cx + size * 0.4, head - 0.105),
                (cx + size * 0.92, head - 0.05),
                (cx + size * 0.86, head + 0.03),
            ],
            closed=False,
        )
        canvas.stroke(ring, 0.03, cap, volume=0.8)
    if look.material == "glass":
        glass_body(canvas, pot, main, 0.03, 0.55)
    elif look.material == "plastic":
        glass_body(canvas, pot, main, 0.0, 0.74)
    else:
        canvas.part(pot.outline(), main, volume=0.5, radius=0.03, barrel=0.5)
    if look.material == "steel":
        foot = pot.patch(low - 0.045, low)
        canvas.part(foot, Paint(STEEL, gloss=0.9, texture="metal"), volume=0.3, barrel=0.5, drop=0)
        collar = pot.patch(top, top + 0.022)
        canvas.part(collar, Paint(STEEL, gloss=0.9, texture="metal"), barrel=0.5, drop=0)
    gleam(canvas, pot, top + shoulder + 0.04, low - 0.1, max(0.5, main.gloss), 0.02)
    if lid == "screw":
        lidded = vessel(cx, tilt, [(rim + 0.008, head, 1), (rim + 0.014, top + 0.004, 1)])
        canvas.part(lidded.outline(), cap, volume=0.4, radius=0.014, barrel=0.45)
        for i in range(9):
            line = lidded.upright(math.sin(math.radians(-72 + 18 * i)), head + 0.025, top - 0.006)
            canvas.ink(line, tone(cap.colour, 0.55), 0.005, 0.5)
        canvas.part(lidded.ring(head), cap.shaded(1.12), volume=0.4, radius=0.012, drop=0)
        return
    lower = vessel(cx, tilt, [(rim + 0.012, top - 0.045, 1), (rim + 0.016, top + 0.004, 1)])
    canvas.part(lower.outline(), cap.shaded(0.85), volume=0.4, radius=0.014, barrel=0.45)
    slim = max(0.026, rim * 0.36)
    cone = vessel(
        cx,
        tilt,
        [
            (slim * 1.1, head - 0.01, 1),
            (slim * 1.3, head + 0.015),
            (rim * 0.9, top - 0.075),
            (rim + 0.004, top - 0.045, 1),
        ],
    )
    canvas.part(cone.outline(), cap, volume=0.5, radius=0.02, barrel=0.4, drop=0)
    valve = Paint((244, 242, 236) if max(cap.colour) < 225 else (70, 72, 78), gloss=0.5)
    stem = vessel(cx, tilt, [(slim * 0.8, head - 0.035, 1), (slim * 0.85, head - 0.01, 1)])
    canvas.part(stem.outline(), valve.shaded(0.85), volume=0.4, radius=0.012, barrel=0.4)
    mouth = vessel(cx, tilt, [(slim * 0.9, head - 0.062, 1), (slim * 1.15, head - 0.036, 1)])
    canvas.part(mouth.outline(), valve, volume=0.5, radius=0.012, barrel=0.4)
    canvas.part(mouth.ring(head - 0.062, -0.008), valve.shaded(0.55), volume=-0.3, drop=0)
