"""Clocks: their dials, cases and bells."""

import math
from collections.abc import Callable

from demo.draw.canvas import Canvas
from demo.draw.geometry import Point, curve, ellipse, rounded
from demo.draw.metals import surface
from demo.draw.paint import RGB, WHITE, Paint, tone
from demo.looks import Look

INK: RGB = (44, 44, 48)
STEEL = Paint((186, 188, 192), texture="metal", gloss=0.9)
Outline = Callable[[float], list[Point]]
# The strokes of digits in a box one wide and two high.
DIGITS: dict[str, tuple[tuple[Point, ...], ...]] = {
    "0": (((0, 0), (1, 0), (1, 2), (0, 2), (0, 0)),),
    "1": (((0.1, 0.4), (0.6, 0), (0.6, 2)),),
    "2": (((0, 0.3), (0.3, 0), (0.8, 0), (1, 0.4), (0, 2), (1, 2)),),
    "3": (((0, 0), (1, 0), (0.4, 0.9), (1, 1.1), (0.9, 1.8), (0.4, 2), (0, 1.8)),),
    "4": (((0.75, 2), (0.75, 0), (0, 1.4), (1.1, 1.4)),),
    "5": (((1, 0), (0.1, 0), (0, 0.9), (0.8, 0.9), (1, 1.4), (0.7, 2), (0, 1.9)),),
    "6": (((0.9, 0), (0.2, 0.7), (0, 1.4), (0.3, 2), (0.8, 2), (1, 1.4), (0.7, 1), (0.1, 1.1)),),
    "7": (((0, 0), (1, 0), (0.35, 2)),),
    "8": (
        ((0.25, 0.95), (0.05, 0.5), (0.3, 0), (0.7, 0), (0.95, 0.5), (0.75, 0.95), (0.25, 0.95)),
        ((0.25, 0.95), (0, 1.5), (0.25, 2), (0.75, 2), (1, 1.5), (0.75, 0.95)),
    ),
    "9": (((0.9, 0.9), (0.3, 1), (0, 0.6), (0.3, 0), (0.8, 0), (1, 0.6), (0.8, 1.3), (0.1, 2)),),
    "I": (((0.5, 0), (0.5, 2)),),
    "V": (((0, 0), (0.5, 2), (1, 0)),),
    "X": (((0, 0), (1, 2)), ((1, 0), (0, 2))),
}
ROMAN = ("XII", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI")


def written(canvas: Canvas, text: str, at: Point, size: float, colour: RGB, width: float) -> None:
    """Digits in thin strokes around a middle; `size` is half their height."""
    steps = [size * (0.62 if letter == "I" else 1.45) for letter in text]
    x = at[0] - sum(steps) / 2
    for letter, step in zip(text, steps, strict=True):
        left = x + (step - size) / 2
        for line in DIGITS[letter]:
            points = [(left + px * size, at[1] + (py - 1) * size) for px, py in line]
            canvas.ink(points, colour, width, 0.95)
        x += step


def dial(canvas: Canvas, look: Look, centre: Point, radius: float, marks: str, hands: RGB) -> None:
    """What stands on a clock's face: hours and hands, in a colour that shows on it."""
    dice = look.dice
    face = look.accent("face", (248, 246, 240))
    dark = sum(face) > 380
    colour = INK if dark else (246, 244, 238)
    cx, cy = centre
    for hour in range(12):
        angle = math.radians(hour * 30 - 90)
        way = (math.cos(angle), math.sin(angle))
        if marks == "dashes":
            outer, inner = radius * 0.95, radius * (0.72 if hour % 3 == 0 else 0.82)
            line = [(cx + way[0] * r, cy + way[1] * r) for r in (inner, outer)]
            canvas.ink(line, colour, 0.022 if hour % 3 == 0 else 0.012, 0.95)
            continue
        at = (cx + way[0] * radius * 0.78, cy + way[1] * radius * 0.78)
        text = ROMAN[hour] if marks == "roman" else str(hour or 12)
        written(canvas, text, at, radius * (0.085 if marks == "roman" else 0.095), colour, 0.011)
    minute = dice.choice((8, 9, 10, 11))
    for turn, length, width in (
        ((10 + minute / 60) * 30, 0.5, 0.03),
        (minute * 6, 0.72, 0.021),
    ):
        angle = math.radians(turn - 90)
        way = (math.cos(angle) * radius, math.sin(angle) * radius)
        line = [
            (cx - way[0] * 0.1, cy - way[1] * 0.1),
            (cx + way[0] * length, cy + way[1] * length),
        ]
        canvas.stroke(line, width, Paint(hands if hands != face else colour), drop=0.4)
    canvas.part(ellipse(cx, cy, 0.024, 0.024), Paint(hands if hands != face else colour), drop=0.3)


def wall_clock(canvas: Canvas, look: Look) -> None:
    """A clock on the wall, seen from the front."""
    dice, paint = look.dice, surface(look)
    shape, radius = look.part("shape"), dice.uniform(0.35, 0.38)
    face = Paint(look.accent("face", (248, 246, 240)), gloss=0.3)
    hands = look.accent("hands", INK if sum(face.colour) > 380 else (246, 244, 238))
    rim = dice.uniform(0.062, 0.078)
    if shape == "sunburst":
        radius, rim = dice.uniform(0.265, 0.285), dice.uniform(0.04, 0.048)
        _rays(canvas, paint.plain(), radius)
    case = _case(shape, radius)
    canvas.part(case(0), paint, volume=0.8, radius=0.022, drop=0.55)
    canvas.part(case(rim), face.shaded(0.97), volume=-0.5, radius=0.02, drop=0)
    edge = case(rim)
    canvas.ink([*edge, edge[0]], tone(paint.colour, 0.5), 0.008, 0.6)
    dial(canvas, look, (0.5, 0.5), radius - rim - 0.012, look.part("dial"), hands)
    glare = ellipse(0.5, 0.5, radius - rim * 1.5, radius - rim * 1.5, 195, 255)
    canvas.ink(glare, WHITE, 0.016, 0.5)


def _case(shape: str, radius: float) -> Outline:
    def outline(inset: float) -> list[Point]:
        r = radius - inset
        if shape == "square":
            return rounded(0.5 - r, 0.5 - r, 0.5 + r, 0.5 + r, 0.09 - inset * 0.5)
        if shape == "octagonal":
            return ellipse(0.5, 0.5, r * 1.06, r * 1.06, 22.5, 382.5, steps=8)
        return ellipse(0.5, 0.5, r, r, steps=80)

    return outline


def _rays(canvas: Canvas, paint: Paint, radius: float) -> None:
    for i in range(24):
        angle = i * math.pi / 12
        reach = 0.45 if i % 2 == 0 else 0.38
        way, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
        half = 0.026
        foot = radius * 0.9
        ray = [
            (0.5 + way[0] * foot + across[0] * half, 0.5 + way[1] * foot + across[1] * half),
            (0.5 + way[0] * reach, 0.5 + way[1] * reach),
            (0.5 + way[0] * foot - across[0] * half, 0.5 + way[1] * foot - across[1] * half),
        ]
        canvas.part(ray, paint.shaded(0.94), volume=0.7, radius=0.01, drop=0.4)


def alarm_clock(canvas: Canvas, look: Look) -> None:
    """An alarm clock that stands on a shelf."""
    dice = look.dice
    shape = look.part("shape")
    hands = INK if sum(look.accent("face", (248, 246, 240))) > 380 else (246, 244, 238)
    face = Paint(look.accent("face", (248, 246, 240)), gloss=0.3)
    if shape == "digital":
        _digital(canvas, look, face, hands)
        return
    radius = dice.uniform(0.265, 0.285)
    cy = 0.83 - radius
    canvas.ground(0.5, 0.875, radius * 1.05)
    for s in (-1, 1):
        canvas.stroke(
            [(0.5 + s * radius * 0.5, cy + radius * 0.7), (0.5 + s * radius * 0.72, 0.865)],
            0.05,
            STEEL,
        )
    if shape == "bells":
        _bells(canvas, look, cy, radius)
        case = ellipse(0.5, cy, radius, radius, steps=80)
        inner = ellipse(0.5, cy, radius - 0.05, radius - 0.05, steps=80)
    else:
        canvas.part(
            rounded(0.42, cy - radius - 0.05, 0.58, cy - radius + 0.02, 0.02),
            STEEL,
            volume=0.8,
            radius=0.02,
        )
        case = rounded(0.5 - radius, cy - radius, 0.5 + radius, cy + radius, 0.11)
        r = radius - 0.05
        inner = rounded(0.5 - r, cy - r, 0.5 + r, cy + r, 0.08)
    canvas.part(case, look.main, volume=0.9, radius=0.03)
    canvas.part(inner, face, volume=-0.5, radius=0.018, drop=0)
    canvas.ink([*inner, inner[0]], tone(look.main.colour, 0.5), 0.007, 0.6)
    dial(canvas, look, (0.5, cy), radius - 0.062, "numbers", hands)
    canvas.ink(ellipse(0.5, cy, radius - 0.075, radius - 0.075, 195, 250), WHITE, 0.014, 0.5)


def _bells(canvas: Canvas, look: Look, cy: float, radius: float) -> None:
    """Two bells, the hammer between them and the handle over all."""
    bells = Paint(look.accent("bells", STEEL.colour), gloss=0.9)
    top = cy - radius
    canvas.stroke(
        curve(
            [(0.36, top - 0.03), (0.42, top - 0.15), (0.58, top - 0.15), (0.64, top - 0.03)],
            closed=False,
        ),
        0.026,
        STEEL,
        volume=0.9,
    )
    canvas.stroke([(0.5, top + 0.02), (0.5, top - 0.07)], 0.02, STEEL)
    canvas.part(ellipse(0.5, top - 0.075, 0.034, 0.022), STEEL, volume=0.9, radius=0.015)
    for s in (-1, 1):
        x, y = 0.5 + s * radius * 0.68, cy - radius * 0.93
        turn = math.radians(38 * s)
        cup = [
            (
                x + px * math.cos(turn) - py * math.sin(turn),
                y + px * math.sin(turn) + py * math.cos(turn),
            )
            for px, py in [
                *ellipse(0, 0, 0.125, 0.115, 180, 360, steps=28),
                *ellipse(0, 0, 0.125, 0.02, 0, 180, steps=14),
            ]
        ]
        canvas.stroke([(x, y), (0.5 + s * radius * 0.4, cy - radius * 0.6)], 0.026, STEEL)
        canvas.part(cup, bells, volume=0.9, radius=0.04)
        tip = (x + 0.118 * math.sin(turn), y - 0.118 * math.cos(turn))
        canvas.part(ellipse(*tip, 0.02, 0.02), STEEL, volume=0.9, radius=0.012)


def _digital(canvas: Canvas, look: Look, face: Paint, colour: RGB) -> None:
    dice = look.dice
    half, high = dice.uniform(0.35, 0.38), dice.uniform(0.32, 0.37)
    low = 0.78
    top, bend = low - high, dice.uniform(0.06, 0.1)
    canvas.ground(0.5, low + 0.015, half)
    for x in (0.5 - half * 0.7, 0.5 + half * 0.7):
        canvas.part(rounded(x - 0.05, low - 0.02, x + 0.05, low + 0.022, 0.012), Paint(INK))
    canvas.part(rounded(0.4, top - 0.035, 0.6, top + 0.03, 0.018), look.main.plain().shaded(0.8))
    canvas.part(rounded(0.5 - half, top, 0.5 + half, low, bend), look.main, volume=0.9, radius=0.03)
    screen = rounded(0.5 - half + 0.055, top + 0.06, 0.5 + half - 0.055, low - 0.075, bend * 0.5)
    canvas.part(screen, face, volume=-0.5, radius=0.02, drop=0)
    cy, size = (top + low - 0.015) / 2, (high - 0.135) * 0.3
    for text, x in (("10", -0.145), ("08", 0.145)):
        written(canvas, text, (0.5 + x, cy), size, colour, 0.028)
    for y in (cy - size * 0.45, cy + size * 0.45):
        canvas.part(ellipse(0.5, y, 0.016, 0.016), Paint(colour), volume=0, drop=0)
    for i in range(3):
        x = 0.5 + (i - 1) * 0.13
        canvas.part(
            rounded(x - 0.035, low - 0.05, x + 0.035, low - 0.028, 0.01),
            look.main.plain().shaded(0.7),
            volume=0.7,
            radius=0.008,
        )
