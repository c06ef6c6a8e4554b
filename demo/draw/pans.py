"""Saucepans and frying pans."""

import math
from dataclasses import replace

from demo.draw.canvas import Canvas
from demo.draw.geometry import Point, curve, ellipse
from demo.draw.metals import surface
from demo.draw.paint import Paint, tone
from demo.draw.vessels import DARK, STEEL, dome, gleam, grip, knob, opening, vessel, white
from demo.looks import Look


def saucepan(canvas: Canvas, look: Look) -> None:
    """A cooking pot with one long handle or two small ones."""
    dice, main, shape = look.dice, surface(look), look.part("shape")
    long, lid = look.part("handle") == "long", look.part("lid") == "lid"
    wide = dice.uniform(0.225, 0.245) if long else dice.uniform(0.29, 0.31)
    tall = dice.uniform(0.19, 0.22) if shape == "low" else dice.uniform(0.33, 0.37)
    tilt, cx = dice.uniform(0.25, 0.29), (0.36 if long else 0.5)
    low = (0.74 if lid else 0.7) + (0.05 if shape == "tall" else 0)
    top, foot = low - tall, wide * dice.uniform(0.92, 0.98)
    thick = dice.uniform(0.042, 0.052)
    pot = vessel(
        cx,
        tilt,
        [
            (wide, top, 1),
            (wide * 0.995, top + tall * 0.5),
            (foot, low - 0.03),
            (foot * 0.93, low, 1),
        ],
    )
    canvas.ground(cx, low + foot * tilt * 0.85, foot * 1.12)
    iron = look.material == "cast iron"
    bare = main.colour if iron or look.material == "enamel" else DARK
    hand = Paint(look.accent("handle", bare), gloss=0.45)
    level = top + tall * 0.2
    if long:
        rise = dice.uniform(0.03, 0.07)
        end = cx + wide + dice.uniform(0.3, 0.33)
        canvas.stroke(
            [(cx + wide * 0.9, level), (cx + wide + 0.08, level - rise * 0.3)],
            thick * 0.62,
            Paint(STEEL, gloss=0.9, texture="metal") if not iron else hand,
            volume=0.8,
        )
        line = curve(
            [
                (cx + wide + 0.07, level - rise * 0.28),
                (cx + wide + 0.19, level - rise * 0.8),
                (end, level - rise),
            ],
            closed=False,
        )
        grip(canvas, line, thick, hand)
        canvas.part(
            ellipse(end - 0.012, level - rise, 0.013, 0.01),
            Paint(tone(hand.colour, 0.45)),
            volume=-0.3,
            drop=0,
            radius=0.01,
        )
    else:
        for sign in (-1, 1):
            loop = curve(
                [
                    (cx + sign * wide * 0.93, level - 0.012),
                    (cx + sign * (wide + 0.07), level - 0.018),
                    (cx + sign * (wide + 0.1), level + 0.02),
                    (cx + sign * (wide + 0.065), level + 0.055),
                    (cx + sign * wide * 0.93, level + 0.052),
                ],
                closed=False,
            )
            canvas.stroke(loop, thick * 0.72, hand, volume=0.8)
    canvas.part(pot.outline(), main, volume=0.45, radius=0.03, barrel=0.48)
    inner = {"enamel": (240, 236, 226), "cast iron": (70, 70, 74)}.get(look.material, STEEL)
    rim = main.plain().shaded(1.3)
    if look.material == "enamel" and not lid:
        rim = Paint((44, 50, 74), gloss=0.8)
    opening(canvas, pot, rim, Paint(inner, gloss=0.7), 0.012)
    if lid:
        paint = replace(main.plain(), gloss=max(main.gloss, 0.3))
        seat = dome(canvas, pot, dice.uniform(0.07, 0.095), paint, 0.012)
        knob(canvas, cx, seat, 0.034, hand)
    if long:
        for y in (-0.012, 0.016):
            x = pot.at(0.97, level + y)
            canvas.part(
                ellipse(*x, 0.007, 0.007), Paint(STEEL, gloss=0.9), volume=0.7, radius=0.006
            )
    gleam(canvas, pot, top + tall * 0.18, low - tall * 0.2, main.gloss, 0.024)


def frying_pan(canvas: Canvas, look: Look) -> None:
    """A pan with a long handle, seen into from above."""
    dice, main, shape = look.dice, surface(look), look.part("shape")
    deep = {"shallow": 0.075, "deep": 0.16, "grill": 0.07}[shape]
    wide = dice.uniform(0.265, 0.285)
    tilt, cx, top = dice.uniform(0.56, 0.62), 0.36, 0.52 - deep * 0.4
    low, foot = top + deep, wide * (0.8 if shape != "deep" else 0.92)
    thick, rise = dice.uniform(0.046, 0.056), dice.uniform(0.06, 0.1)
    iron = look.material == "cast iron"
    canvas.ground(cx, low + foot * tilt * 0.9, foot * 1.05)
    hand = Paint(look.accent("handle", main.colour if iron else DARK), gloss=0.4)
    end = (cx + wide + dice.uniform(0.275, 0.295), top - rise)
    canvas.stroke(
        [(cx + wide * 0.86, top + 0.03), (cx + wide + 0.09, top - rise * 0.2)],
        thick * 0.7,
        Paint(STEEL, gloss=0.9, texture="metal") if not iron else hand,
        volume=0.8,
    )
    line = curve(
        [
            (cx + wide + 0.06, top - rise * 0.12),
            (cx + wide + 0.19, top - rise * 0.62),
            end,
        ],
        closed=False,
    )
    grip(canvas, line, thick, hand)
    canvas.part(
        ellipse(end[0] - 0.01, end[1] + 0.002, 0.016, 0.011),
        Paint(tone(hand.colour, 0.4)),
        volume=-0.3,
        radius=0.01,
        drop=0,
    )
    if shape == "grill":
        _grill_pan(canvas, look, main, (cx, top, wide, low))
        return
    pot = vessel(cx, tilt, [(wide, top, 1), (foot * 1.03, low - 0.02), (foot, low, 1)])
    canvas.part(pot.outline(), main, volume=0.4, radius=0.025, barrel=0.4)
    inside = Paint(look.accent("inside"), gloss=0.4, texture=main.texture)
    canvas.part(pot.ring(top), main.plain().shaded(1.3), volume=0.3, radius=0.01, drop=0)
    canvas.part(pot.ring(top, -0.013), inside.shaded(0.78), volume=-0.9, radius=0.03, drop=0)
    floor = ellipse(cx, top + deep * 0.36, foot * 0.93, foot * 0.93 * tilt * 0.94)
    canvas.part(floor, inside.shaded(0.94), volume=0.15, radius=0.02, drop=0)
    for share in (0.72, 0.42):
        ring = ellipse(cx, top + deep * 0.36, foot * share, foot * share * tilt)
        canvas.ink([*ring, ring[0]], tone(inside.colour, 0.6), 0.004, 0.25)
    for x in (0.93, 0.87):
        canvas.part(
            ellipse(cx + wide * x, top + 0.005 + 0.02 * (0.93 - x), 0.01, 0.009),
            Paint(STEEL, gloss=0.9),
            volume=0.7,
            radius=0.006,
        )
    sheen = ellipse(cx, top + deep * 0.36, foot * 0.78, foot * 0.78 * tilt, 190, 232, steps=14)
    canvas.stroke(sheen, 0.02, white(0.12 + 0.2 * main.gloss), volume=0, drop=0)


def _grill_pan(
    canvas: Canvas, look: Look, main: Paint, box: tuple[float, float, float, float]
) -> None:
    """The square body of a grill pan with its ridges."""
    cx, top, wide, low = box

    def square(size: float, y: float) -> list[Point]:
        points = []
        for i in range(72):
            c, s = math.cos(i / 36 * math.pi), math.sin(i / 36 * math.pi)
            swell = (abs(c) ** 7 + abs(s) ** 7) ** (-1 / 7)
            points.append((cx + size * 0.92 * c * swell, y + size * 0.6 * s * swell))
        return points

    upper, under = square(wide, top), square(wide * 0.92, low)
    canvas.part([*upper[36:], *upper[:1], *under[:37]], main, volume=0.4, radius=0.02, barrel=0.4)
    inside = Paint(look.accent("inside"), gloss=0.4, texture=main.texture)
    canvas.part(upper, main.plain().shaded(1.3), volume=0.3, radius=0.01, drop=0)
    canvas.part(
        square(wide - 0.014, top + 0.002), inside.shaded(0.7), volume=-0.9, radius=0.03, drop=0
    )
    canvas.part(square(wide * 0.86, top + 0.016), inside.shaded(0.84), volume=0.1, drop=0)
    for i in range(9):
        x = cx + wide * 0.7 * (i - 4) / 4
        bar = [(x, top - wide * 0.38), (x, top + wide * 0.44)]
        canvas.stroke(bar, 0.017, inside.shaded(1.2), volume=0.9, drop=0.7)
