"""Teapots, coffee makers and kettles."""

import math
from dataclasses import replace

from demo.draw.canvas import Canvas
from demo.draw.geometry import Knot, Point, curve, ellipse
from demo.draw.metals import BRASS, surface
from demo.draw.paint import RGB, Paint, tone
from demo.draw.vessels import (
    DARK,
    STEEL,
    WOODS,
    dome,
    ear,
    glass_body,
    glassy,
    gleam,
    grip,
    knob,
    vessel,
    white,
)
from demo.looks import Look

COFFEE: RGB = (58, 34, 24)


def _spout(line: list[Knot], widths: tuple[float, ...]) -> list[Point]:
    """A tube along `line`, given its half width at the knots."""
    middle = curve([(*k[:2],) for k in line], closed=False)
    count = len(middle) - 1
    one, other = [], []
    for i, (x, y) in enumerate(middle):
        (ax, ay), (bx, by) = middle[max(0, i - 1)], middle[min(count, i + 1)]
        long = math.hypot(bx - ax, by - ay) or 1.0
        place = i / count * (len(widths) - 1)
        j = min(len(widths) - 2, int(place))
        half = widths[j] + (widths[j + 1] - widths[j]) * (place - j)
        nx, ny = (by - ay) / long * half, (ax - bx) / long * half
        one.append((x + nx, y + ny))
        other.append((x - nx, y - ny))
    return [*one, *reversed(other)]


def _mouth(canvas: Canvas, x: float, y: float, size: float, paint: Paint, turn: float) -> None:
    """The hole at the end of a spout."""
    hole = [
        (
            x + size * math.cos(a) * math.cos(turn) - size * 0.4 * math.sin(a) * math.sin(turn),
            y + size * math.cos(a) * math.sin(turn) + size * 0.4 * math.sin(a) * math.cos(turn),
        )
        for a in (i / 12 * math.pi for i in range(24))
    ]
    canvas.part(hole, paint.plain().shaded(0.45), volume=-0.3, radius=0.01, drop=0)


def teapot(canvas: Canvas, look: Look) -> None:
    """A teapot: the spout to the left."""
    dice, main, shape = look.dice, surface(look), look.part("shape")
    over = look.part("handle") == "top"
    wide, tall, neck, foot = {
        "round": (dice.uniform(0.235, 0.255), dice.uniform(0.36, 0.4), 0.46, 0.55),
        "tall": (dice.uniform(0.185, 0.205), dice.uniform(0.46, 0.5), 0.62, 0.86),
        "low": (dice.uniform(0.27, 0.29), dice.uniform(0.25, 0.28), 0.4, 0.62),
    }[shape]
    tilt, thick, rise = 0.24, dice.uniform(0.036, 0.046), dice.uniform(0.05, 0.07)
    curl, square = dice.uniform(0.02, 0.05), dice.uniform(0.2, 0.7)
    low, cx = 0.84, 0.5
    if over:
        low += 0.02
    top = low - tall
    glass = look.material == "glass"
    side: list[Knot] = [
        (wide * neck, top, 1),
        (wide * (neck + 0.3), top + tall * 0.1),
        (wide * 0.99, top + tall * (0.42 if shape != "tall" else 0.3)),
        (wide * (0.98 if shape != "tall" else 1.02), top + tall * 0.64),
        (wide * (foot + 1.2) / 2.1, top + tall * 0.87),
        (wide * foot, low, 1),
    ]
    pot = vessel(cx, tilt, side)
    canvas.ground(cx, low + wide * foot * tilt * 0.8, wide * 0.95)
    clear = glassy(main.plain(), 0.7) if glass else main.plain()
    tip = (cx - wide - 0.15, top + tall * 0.12)
    root = (cx - wide * 0.8, top + tall * 0.64)
    tube: list[Knot] = [
        root,
        (cx - wide - 0.055, top + tall * 0.52),
        (cx - wide - 0.095, top + tall * 0.26),
        (tip[0], tip[1] - curl * 0.4),
    ]
    canvas.part(_spout(tube, (0.072, 0.044, 0.03, 0.024)), clear, volume=0.75, radius=0.022)
    _mouth(canvas, tip[0] + 0.002, tip[1] - curl * 0.4, 0.022, main, -0.95)
    wood = look.accent("handle", WOODS[0] if over else main.colour)
    hand = Paint(wood, gloss=0.3 if over else main.gloss, opacity=0.75 if glass and not over else 1)
    if over:
        span, high = wide * 0.74, top - dice.uniform(0.2, 0.24)
        arch = curve(
            [
                (cx - span, top + tall * 0.13),
                (cx - span * 1.02, top - 0.06),
                (cx - span * 0.62, high + 0.03),
                (cx, high),
                (cx + span * 0.62, high + 0.03),
                (cx + span * 1.02, top - 0.06),
                (cx + span, top + tall * 0.13),
            ],
            closed=False,
        )
        grip(canvas, arch, thick * 0.8, hand)
    else:
        high, deep = top + tall * 0.2, top + tall * 0.78
        line = ear(
            (cx + pot.radius(high) * 0.92, high),
            (cx + pot.radius(deep) * 0.94, deep),
            0.13,
            square=square,
        )
        grip(canvas, line, thick, hand)
    if glass:
        glass_body(canvas, pot, main, 0.014, 0.56)
    if glass and look.colour == "white":
        canvas.part(
            pot.patch(top + tall * 0.42, low - 0.014),
            Paint((176, 98, 34), opacity=0.5),
            volume=0.3,
            drop=0,
        )
    if not glass:
        canvas.part(pot.outline(), main, volume=0.55, radius=0.05, barrel=0.42)
    if over:
        for x in (-1, 1):
            canvas.part(
                ellipse(cx + x * span, top + tall * 0.13, 0.02, 0.024),
                clear.shaded(0.85),
                volume=0.7,
                radius=0.012,
            )
    cover = Paint(look.accent("lid"), gloss=main.gloss, texture=main.texture)
    seat = dome(canvas, pot, rise, cover, 0.008)
    knob(canvas, cx, seat, dice.uniform(0.024, 0.03), cover)
    gleam(canvas, pot, top + tall * 0.26, top + tall * 0.66, main.gloss, 0.024)


def coffee_maker(canvas: Canvas, look: Look) -> None:
    """A French press or a stove-top moka pot."""
    if look.part("shape") == "moka":
        _moka_pot(canvas, look)
    else:
        _french_press(canvas, look)


def _french_press(canvas: Canvas, look: Look) -> None:
    dice, main = look.dice, surface(look)
    wide, tall = dice.uniform(0.15, 0.175), dice.uniform(0.46, 0.52)
    tilt, low, cx = 0.22, 0.82, 0.46
    top = low - tall
    sleeve = top + tall * dice.uniform(0.52, 0.6)
    canvas.ground(cx, low + 0.03 + wide * tilt * 0.8, wide * 1.25)
    glass = vessel(cx, tilt, [(wide, top, 1), (wide, low, 1)])
    hand = Paint(look.accent("handle", DARK), gloss=0.5)
    line = ear(
        (cx + wide * 0.95, top + 0.05), (cx + wide * 0.95, low - 0.08), 0.15, square=1.0, sag=-0.1
    )
    grip(canvas, line, dice.uniform(0.042, 0.05), hand)
    canvas.part(
        [(cx - wide * 0.7, top + 0.006), (cx - wide - 0.055, top - 0.012), (cx - wide, top + 0.07)],
        glassy(Paint((224, 232, 234)), 0.7),
        volume=0.5,
        radius=0.015,
        drop=0.1,
    )
    glass_body(canvas, glass, Paint((226, 232, 234)), 0.0, 0.5)
    coffee = top + tall * 0.26
    canvas.part(
        [*glass.patch(coffee, low)], Paint(COFFEE, gloss=0.9, opacity=0.94), volume=0.3, drop=0
    )
    canvas.part(glass.ring(coffee, -0.004), Paint((104, 66, 42)), volume=0.2, radius=0.01, drop=0)
    frame = vessel(cx, tilt, [(wide + 0.01, sleeve, 1), (wide + 0.01, low + 0.012, 1)])
    shell = frame.patch(sleeve, low + 0.012)
    metal = replace(main, gloss=max(main.gloss, 0.6))
    canvas.part(shell, metal, volume=0.4, radius=0.02, barrel=0.5, drop=0.2)
    band = vessel(cx, tilt, [(wide + 0.008, top + 0.035, 1), (wide + 0.008, top + 0.085, 1)])
    canvas.part(
        band.patch(top + 0.035, top + 0.085), metal.plain(), volume=0.4, radius=0.01, barrel=0.5
    )
    for across in (-0.82, 0.1, 0.86):
        canvas.stroke(
            frame.upright(across, top + 0.06, sleeve + 0.02), 0.018, metal.plain(), volume=0.7
        )
    for across in (-0.85, 0.0, 0.85):
        x, y = frame.at(across, low)
        canvas.part(
            ellipse(x, y + 0.02, 0.022, 0.02), metal.plain().shaded(0.8), volume=0.7, radius=0.01
        )
    gleam(canvas, glass, top + 0.1, low - 0.05, 0.9, 0.02)
    lid = vessel(cx, tilt, [(wide + 0.012, top - 0.01, 1), (wide + 0.012, top + 0.026, 1)])
    canvas.part(lid.outline(), metal.plain(), volume=0.4, radius=0.012, barrel=0.5)
    seat = dome(canvas, lid, 0.05, metal.plain())
    rod = seat - dice.uniform(0.08, 0.11)
    canvas.stroke([(cx, seat), (cx, rod)], 0.016, Paint(STEEL, gloss=0.9), volume=0.8)
    knob(canvas, cx, rod + 0.012, 0.036, replace(hand, gloss=0.7))


def _moka_pot(canvas: Canvas, look: Look) -> None:
    dice, main = look.dice, replace(surface(look), gloss=0.9)
    wide, tall = dice.uniform(0.175, 0.2), dice.uniform(0.6, 0.64)
    tilt, low, cx = 0.17, 0.84, 0.45
    top = low - tall
    waist, nip = top + tall * 0.54, wide * dice.uniform(0.66, 0.72)
    canvas.ground(cx, low + wide * tilt * 0.7, wide * 1.2)
    hand = Paint(look.accent("handle", DARK), gloss=0.5)
    drop = [
        (cx + wide * 0.86, top + 0.055),
        (cx + wide + 0.1, top + 0.02),
        (cx + wide + 0.15, top + 0.075),
        (cx + wide + 0.125, top + 0.2),
        (cx + wide + 0.1, waist - 0.02),
    ]
    grip(canvas, curve(drop, closed=False), dice.uniform(0.046, 0.056), hand)
    canvas.part(
        curve(
            [
                (cx - wide * 0.7, top, 1),
                (cx - wide - 0.065, top - 0.02, 1),
                (cx - wide * 0.86, top + 0.1),
                (cx - wide * 0.7, top + 0.16, 1),
            ]
        ),
        main.plain(),
        volume=0.6,
        radius=0.02,
    )
    upper = vessel(cx, tilt, [(wide, top, 1), (nip, waist, 1)])
    lower = vessel(cx, tilt, [(nip, waist + 0.04, 1), (wide * 1.04, low - 0.05, 1), (wide, low, 1)])
    for pot in (lower, upper):
        canvas.part(pot.outline(), main, volume=0.35, radius=0.02, barrel=0.2)
        # Eight flat sides, of which five are seen, each as bright as it is turned to the light.
        edges = [-1.0, -0.72, -0.24, 0.26, 0.74, 1.0]
        for i, light in enumerate((-0.08, 0.3, -0.04, -0.2, -0.38)):
            face = pot.patch(pot.top, pot.low, edges[i], edges[i + 1], steps=4)
            sheen = white(light) if light > 0 else Paint((0, 0, 0), opacity=-light)
            canvas.part(face, sheen, volume=0.1, radius=0.012, drop=0)
    ring = vessel(
        cx,
        tilt,
        [(nip * 1.1, waist - 0.006, 1), (nip * 1.14, waist + 0.02), (nip * 1.1, waist + 0.046, 1)],
    )
    canvas.part(ring.outline(), main.plain().shaded(0.92), volume=0.6, radius=0.015, barrel=0.5)
    valve = lower.at(0.42, waist + 0.14)
    canvas.part(ellipse(*valve, 0.017, 0.017), Paint(BRASS, gloss=0.9), volume=0.8, radius=0.01)
    rise = dice.uniform(0.075, 0.095)
    rim = wide * 1.03
    canvas.part(upper.ring(top, 0.006), main.plain().shaded(0.6), volume=0.3, drop=0)
    peak = (cx, top - rise)
    corners = [(cx - rim, top), *(upper.at(x * 1.0, top) for x in (-0.72, -0.24, 0.26, 0.74))]
    corners.append((cx + rim, top))
    for i, light in enumerate((0.92, 1.4, 0.97, 0.8, 0.66)):
        canvas.part(
            [peak, corners[i], corners[i + 1]],
            main.plain().shaded(light),
            volume=0.15,
            radius=0.01,
            drop=0,
        )
    knob(canvas, cx, top - rise + 0.014, 0.032, replace(hand, gloss=0.7))


def kettle(canvas: Canvas, look: Look) -> None:
    """A kettle for the stove, the spout to the left."""
    dice, main, shape = look.dice, surface(look), look.part("shape")
    neck = shape == "gooseneck"
    wide, tall, mouth, foot = {
        "round": (dice.uniform(0.25, 0.27), dice.uniform(0.34, 0.37), 0.42, 0.8),
        "conical": (dice.uniform(0.26, 0.28), dice.uniform(0.38, 0.42), 0.4, 1.0),
        "gooseneck": (dice.uniform(0.21, 0.225), dice.uniform(0.27, 0.3), 0.5, 0.98),
    }[shape]
    tilt, rise = 0.2, dice.uniform(0.03, 0.045)
    low, cx = 0.86, 0.52
    if neck:
        low, cx = 0.82, 0.53
    top = low - tall
    side: list[Knot] = [
        (wide * mouth, top, 1),
        (wide * 0.78, top + tall * 0.13),
        (wide, top + tall * 0.5),
        (wide * 0.97, top + tall * 0.8),
        (wide * foot, low, 1),
    ]
    if shape != "round":
        side = [
            (wide * mouth, top, 1),
            (wide * (mouth + (0.08 if not neck else 0.26)), top + tall * 0.06),
            (wide * (0.76 if not neck else 0.88), top + tall * 0.56),
            (wide, low - 0.04),
            (wide * 0.97, low, 1),
        ]
    pot = vessel(cx, tilt, side)
    canvas.ground(cx, low + wide * foot * tilt * 0.75, wide * 1.1)
    hand = Paint(look.accent("handle", DARK), gloss=0.5)
    thick = dice.uniform(0.042, 0.052)
    if neck:
        start, tip = (cx - wide * 0.86, low - 0.06), (cx - wide - 0.17, top - 0.05)
        tube: list[Knot] = [
            start,
            (cx - wide - 0.075, low - 0.08),
            (cx - wide - 0.085, top + tall * 0.45),
            (cx - wide - 0.1, top - 0.02),
            tip,
        ]
        canvas.part(
            _spout(tube, (0.03, 0.02, 0.017, 0.015, 0.012)), main.plain(), volume=0.8, radius=0.014
        )
        high = top + tall * 0.12
        line = curve(
            [
                (cx + pot.radius(high) * 0.9, high),
                (cx + wide + 0.06, high - 0.045),
                (cx + wide + 0.14, high + 0.0),
                (cx + wide + 0.125, high + 0.14),
                (cx + wide + 0.1, high + 0.2),
            ],
            closed=False,
        )
        grip(canvas, line, thick * 0.85, hand)
    else:
        tip = (cx - wide - 0.085, top + tall * 0.08)
        tube = [
            (cx - wide * 0.66, top + tall * 0.56),
            (cx - wide * 0.98, top + tall * 0.34),
            tip,
        ]
        canvas.part(_spout(tube, (0.075, 0.045, 0.03)), main.plain(), volume=0.75, radius=0.025)
        _mouth(canvas, *tip, 0.028, main, -0.85)
        foot_y = top + tall * (0.18 if shape == "round" else 0.3)
        span, high = pot.radius(foot_y) * 0.9, top - dice.uniform(0.19, 0.23)
        bracket = Paint(STEEL if look.material != "copper" else BRASS, gloss=0.9, texture="metal")
        for sign in (-1, 1):
            leg = curve(
                [
                    (cx + sign * span, foot_y),
                    (cx + sign * span * 1.06, top - 0.04),
                    (cx + sign * span * 0.9, high + 0.06),
                ],
                closed=False,
            )
            canvas.stroke(leg, 0.02, bracket, volume=0.8)
        bar = curve(
            [
                (cx - span * 0.98, high + 0.1),
                (cx - span * 0.6, high + 0.02),
                (cx, high),
                (cx + span * 0.6, high + 0.02),
                (cx + span * 0.98, high + 0.1),
            ],
            closed=False,
        )
        grip(canvas, bar, thick, hand)
    canvas.part(pot.outline(), main, volume=0.55, radius=0.045, barrel=0.42)
    if not neck:
        for sign in (-1, 1):
            spot = (cx + sign * span, foot_y + 0.012)
            canvas.part(ellipse(*spot, 0.02, 0.022), bracket, volume=0.7, radius=0.012)
    canvas.ink(pot.arc(low - 0.035), tone(main.colour, 0.5), 0.005, 0.35)
    seat = dome(canvas, pot, rise, main.plain(), 0.006)
    knob(canvas, cx, seat, dice.uniform(0.026, 0.032), hand)
    gleam(canvas, pot, top + tall * 0.28, low - tall * 0.2, main.gloss, 0.024)
