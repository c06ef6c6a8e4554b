"""Textiles of window and bath: curtains and towels."""

import math
from dataclasses import replace

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import curve, ellipse, rounded
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look

WOOD: RGB = (172, 122, 78)
BRASS: RGB = (202, 166, 96)
STEEL: RGB = (178, 180, 184)


def curtain(canvas: Canvas, look: Look) -> None:
    """A pair of curtains on a rod."""
    dice = look.dice
    short = look.part("length") == "short"
    rod_y, half = 0.26 if short else 0.13, dice.uniform(0.37, 0.39)
    low = (0.74 if short else 0.9) - dice.uniform(0, 0.02)
    gap, width = dice.uniform(0.1, 0.14), dice.uniform(0.26, 0.28)
    heading, drape = look.part("heading"), look.part("drape")
    rod = Paint(look.accent("rod", BRASS), gloss=0.7)
    paint = look.main
    if look.material == "voile":
        paint = replace(paint, opacity=0.72)
    top = rod_y + (0.035 if heading == "tabs" else -0.035)
    behind = heading != "eyelets"
    if behind:
        _rod(canvas, rod_y, half, rod)
    for side in (-1, 1):
        outer, inner = 0.5 + side * (gap / 2 + width), 0.5 + side * gap / 2
        _panel(canvas, paint, outer, inner, top, low, drape)
        count = 5
        for i in range(count):
            x = outer + (inner - outer) * (i + 0.5) / count
            if heading == "tabs":
                canvas.part(
                    rounded(x - 0.02, rod_y - 0.03, x + 0.02, top + 0.02, 0.012),
                    paint,
                    volume=0.7,
                    radius=0.014,
                )
            elif heading == "pleats":
                canvas.ink([(x, top), (x, top + 0.075)], tone(paint.colour, 0.5), 0.007, 0.6)
                canvas.ink(
                    [(x - 0.012, top + 0.045), (x + 0.012, top + 0.045)],
                    tone(paint.colour, 0.5),
                    0.007,
                    0.6,
                )
    if not behind:
        _rod(canvas, rod_y, half, rod)
        for side in (-1, 1):
            outer, inner = 0.5 + side * (gap / 2 + width), 0.5 + side * gap / 2
            _eyelets(canvas, outer, inner, rod_y, paint, rod)


def _rod(canvas: Canvas, y: float, half: float, paint: Paint) -> None:
    canvas.stroke([(0.5 - half, y), (0.5 + half, y)], 0.024, paint, volume=0.9, drop=0.4)
    for x in (0.5 - half, 0.5 + half):
        canvas.part(ellipse(x, y, 0.03, 0.03), paint, volume=0.9, radius=0.02)


def _eyelets(
    canvas: Canvas, outer: float, inner: float, y: float, paint: Paint, rod: Paint
) -> None:
    """Every other wave of the cloth lies before the rod, with a ring at its side."""
    count = 3
    for i in range(count):
        x = outer + (inner - outer) * (i + 0.5) / count
        half = abs(inner - outer) / count * 0.3
        canvas.part(
            rounded(x - half, y - 0.034, x + half, y + 0.034, 0.01), paint, volume=0.8, radius=0.02
        )
        for edge in (x - half, x + half):
            canvas.part(
                ellipse(edge, y, 0.015, 0.026),
                rod,
                volume=0.8,
                radius=0.008,
                holes=[ellipse(edge, y, 0.007, 0.017)],
            )


def _panel(
    canvas: Canvas, paint: Paint, outer: float, inner: float, top: float, low: float, drape: str
) -> None:
    side = 1 if inner < outer else -1
    waist = top + (low - top) * 0.6
    width = abs(inner - outer)

    def edge(t: float, y: float) -> float:
        """Where the cloth at share `t` from the outer edge hangs at height `y`."""
        if drape != "tied":
            return outer + (inner - outer) * t
        tight = 0.36 if y >= waist else 1 - 0.64 * ((y - top) / (waist - top)) ** 2.2
        if y > waist:
            tight += 0.34 * min(1.0, (y - waist) / 0.16)
        return outer - side * width * t * tight

    heights = [top + (low - top) * i / 24 for i in range(25)]
    hem = [
        (edge(1 - i / 60, low), low + 0.008 * math.sin((1 - i / 60) * 5 * 2 * math.pi))
        for i in range(61)
    ]
    outline = [
        *((edge(0, y), y) for y in reversed(heights)),
        *((edge(1, y), y) for y in heights),
        *hem,
    ]
    folds = []
    for i in range(5):
        t = (i + 0.5) / 5
        line = [(edge(t, y), y) for y in heights]
        folds.append(Fold(line, width * 0.12, 0.62))
        ridge = [(edge(t - 0.08, y), y) for y in heights]
        folds.append(Fold(ridge, width * 0.07, -0.3))
    canvas.part(outline, paint, volume=0.45, radius=0.02, folds=folds, drop=0.4)
    if drape == "tied":
        tie = curve(
            [
                (edge(-0.05, waist), waist - 0.03),
                (edge(0.5, waist), waist + 0.004),
                (edge(1.08, waist), waist - 0.012),
                (edge(1.08, waist), waist + 0.022),
                (edge(0.5, waist), waist + 0.038),
                (edge(-0.05, waist), waist + 0.006),
            ]
        )
        solid = replace(paint.plain().shaded(0.7), opacity=1.0)
        canvas.part(tie, solid, volume=0.8, radius=0.014)


def towel(canvas: Canvas, look: Look) -> None:
    """Bath towels: in a pile, over a rail or rolled up."""
    shape = look.part("shape")
    border = Paint(look.accent("border", tone(look.main.colour, 0.78)))
    if shape == "hanging":
        _hung_towel(canvas, look, border)
    elif shape == "rolled":
        _rolled_towels(canvas, look, border)
    else:
        _piled_towels(canvas, look, border)


def _hung_towel(canvas: Canvas, look: Look, border: Paint) -> None:
    dice = look.dice
    half, low = dice.uniform(0.23, 0.27), dice.uniform(0.83, 0.87)
    y, rail = 0.16, Paint(dice.choice((STEEL, BRASS, (60, 60, 64))), gloss=0.9)
    for x in (0.14, 0.86):
        canvas.part(ellipse(x, y, 0.036, 0.036), rail, volume=0.8, radius=0.02)
    back = [
        (0.5 - half + 0.035, y, 1),
        (0.5 + half + 0.025, y, 1),
        (0.5 + half + 0.022, low - 0.13, 1),
        (0.5 - half + 0.035, low - 0.13, 1),
    ]
    canvas.part(curve(back), look.main.shaded(0.72), volume=0.4)
    canvas.stroke([(0.14, y), (0.86, y)], 0.026, rail, volume=0.9)
    x0, x1 = 0.5 - half, 0.5 + half
    front = curve(
        [
            (x0, y - 0.018, 1),
            (x1, y - 0.018, 1),
            (x1 + 0.008, y + 0.3),
            (x1 + 0.004, low, 1),
            (0.5, low + 0.012),
            (x0 - 0.004, low, 1),
            (x0 - 0.008, y + 0.3),
        ]
    )
    folds = [
        Fold([(0.5 + s * half * 0.5, y + 0.05), (0.5 + s * half * 0.54, low - 0.16)], 0.05, 0.16)
        for s in (-1, 1)
    ]
    folds.append(Fold([(x0, y + 0.03), (x1, y + 0.03)], 0.05, -0.16))
    canvas.part(front, look.main, volume=0.6, radius=0.025, folds=folds, drop=0.5)
    for top, bottom in ((low - 0.15, low - 0.075),):
        canvas.part(
            [(x0 - 0.006, top), (x1 + 0.006, top), (x1 + 0.005, bottom), (x0 - 0.005, bottom)],
            border,
            volume=0.25,
            radius=0.01,
            drop=0,
        )
        for line in (top - 0.012, bottom + 0.012):
            canvas.ink([(x0, line), (x1, line)], border.shaded(0.8).colour, 0.005, 0.7)
    canvas.ink([(x0, low - 0.018), (x1, low - 0.018)], tone(look.main.colour, 0.6), 0.004, 0.5)


def _rolled_towels(canvas: Canvas, look: Look, border: Paint) -> None:
    """Rolls on top of each other, with their ends to the viewer."""
    dice = look.dice
    size = dice.uniform(0.165, 0.18)
    canvas.ground(0.5, 0.85, size * 2.1)
    deep = (dice.uniform(0.06, 0.08), -0.06)
    for cx, cy in ((0.5 - size, 0.85 - size), (0.5 + size, 0.85 - size), (0.5, 0.85 - size * 2.72)):
        cx -= deep[0] / 2
        back = ellipse(cx + deep[0], cy + deep[1], size, size, -130, 40, steps=30)
        side = [*back, *ellipse(cx, cy, size, size, 50, 225, steps=30)]
        canvas.part(side, look.main, volume=0.7, radius=0.05, drop=0.4)
        canvas.part(
            ellipse(cx, cy, size, size), look.main.plain().shaded(1.04), volume=0.8, radius=0.03
        )
        spiral = [
            (
                cx + size * (0.92 - i * 0.0112) * math.cos(i * 0.27 + 0.8),
                cy + size * (0.92 - i * 0.0112) * math.sin(i * 0.27 + 0.8),
            )
            for i in range(75)
        ]
        canvas.ink(spiral, tone(look.main.colour, 0.5), 0.011, 0.6)
        canvas.stroke(
            ellipse(cx, cy, size * 0.96, size * 0.96, 0, 360), 0.02, border, volume=0.7, drop=0
        )


def _piled_towels(canvas: Canvas, look: Look, border: Paint) -> None:
    dice = look.dice
    wide, thick = dice.uniform(0.35, 0.375), dice.uniform(0.17, 0.185)
    low = 0.83
    canvas.ground(0.5, low + 0.01, wide * 1.02)
    for i in range(3):
        y = low - i * thick
        shift = dice.uniform(-0.014, 0.014)
        x0, x1 = 0.5 - wide + shift, 0.5 + wide + shift
        left = x0 + wide * 1.3
        for lower in (y, y - thick * 0.48):
            upper = lower - thick * 0.5
            layer = rounded(x0, upper, x1, lower + 0.004, thick * 0.25)
            canvas.part(layer, look.main, volume=0.95, radius=0.04, drop=0.3)
            band = [(left, upper), (left + 0.1, upper), (left + 0.1, lower), (left, lower)]
            canvas.part(band, border, volume=0, drop=0, folds=_rolls(left, upper, lower))
        # Left of the middle the fold: one round turn that joins both layers.
        turn = [*ellipse(x0 + 0.045, y - thick * 0.49, 0.052, thick * 0.49, 90, 270, 24)]
        canvas.part(turn, look.main.shaded(1.04), volume=0.9, radius=0.04, drop=0.1)


def _rolls(left: float, upper: float, lower: float) -> list[Fold]:
    """The shade under and the light on a band that goes round a fold."""
    reach = left + 0.1
    return [
        Fold([(left - 0.05, lower), (reach + 0.05, lower)], 0.05, 0.35),
        Fold([(left - 0.05, upper), (reach + 0.05, upper)], 0.035, 0.2),
    ]
