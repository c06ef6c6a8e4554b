"""Soft things for sofa and floor: cushions, blankets and rugs."""

import math
from collections.abc import Sequence
from dataclasses import replace

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, Point, between, curve, ellipse, rounded
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look

WOOD: RGB = (172, 122, 78)
BRASS: RGB = (202, 166, 96)
STEEL: RGB = (178, 180, 184)


def cushion(canvas: Canvas, look: Look) -> None:
    """A cushion that stands on its edge, seen from the front."""
    dice = look.dice
    shape, trim = look.part("shape"), look.part("trim")
    wide, high = {
        "square": (0.36, 0.36),
        "rectangular": (0.4, 0.255),
        "round": (0.36, 0.36),
    }[shape]
    wide, high = wide * dice.uniform(0.96, 1.02), high * dice.uniform(0.95, 1.04)
    lean, pinch = dice.uniform(-0.05, 0.05), dice.uniform(0.035, 0.055)
    if trim in ("tassels", "fringe"):
        wide, high = wide * 0.86, high * 0.86
    floor = 0.79 if shape == "rectangular" else 0.86
    cy = floor - high
    outline = _pad(cy, wide, high, lean, pinch, shape)
    edge = Paint(look.accent("trim", tone(look.main.colour, 0.72)))
    canvas.ground(0.5, floor + 0.005, wide * 0.92)
    if trim == "fringe":
        for start, end in _outward((0.5, cy), outline, 0.062, 0.017):
            canvas.stroke([start, end], 0.011, edge, drop=0.1)
    folds = [Fold(line, 0.045, 0.16) for line in _pulls(cy, wide, high, lean, shape)]
    # The filling bulges: lighter above the middle, darker towards the floor.
    folds.append(Fold([(0.5 - wide * 0.35, cy - high * 0.3), (0.5, cy - high * 0.34)], 0.22, -0.2))
    folds.append(Fold([(0.5 - wide * 0.5, cy + high), (0.5 + wide * 0.7, cy + high)], 0.16, 0.3))
    canvas.part(outline, look.main, volume=1.0, radius=0.085, folds=folds)
    if trim == "piping":
        canvas.stroke([*outline, outline[0]], 0.022, edge, volume=0.8, drop=0.1)
    elif trim == "none":
        canvas.ink([*outline, outline[0]], tone(look.main.colour, 0.6), 0.004, 0.5)
    elif trim == "tassels":
        for x, y in _corners(cy, wide, high, lean, shape):
            _tassel(canvas, (x, y), (0.5, cy), edge)
    if shape == "round":
        canvas.part(
            ellipse(0.5, cy, 0.042, 0.042),
            look.main.plain().shaded(0.8),
            volume=0.9,
            radius=0.02,
            drop=0.6,
        )


def _pad(cy: float, wide: float, high: float, lean: float, pinch: float, shape: str) -> list[Point]:
    if shape == "round":
        return [
            (x + lean * (cy - y) * 0.2, y) for x, y in ellipse(0.5, cy, wide, high * 0.98, steps=72)
        ]
    knots: list[Knot] = []
    corners = ((1, -1), (1, 1), (-1, 1), (-1, -1))
    for i, (sx, sy) in enumerate(corners):
        nx, ny = corners[(i + 1) % 4]
        # The corners stay thin and pointed, where the filling does not reach.
        knots.append((0.5 + sx * wide, cy + sy * high, 1))
        for t in (0.12, 0.5, 0.88):
            x, y = between((sx * wide, sy * high), (nx * wide, ny * high), t)
            dent = pinch * (1 if t == 0.5 else 0.75)
            inward = (dent * sx, 0.0) if sx == nx else (0.0, dent * sy)
            knots.append((0.5 + x - inward[0], cy + y - inward[1]))
    return [(x + lean * (cy - y), y) for x, y in curve(knots)]


def _corners(cy: float, wide: float, high: float, lean: float, shape: str) -> list[Point]:
    if shape == "round":
        return [(p[0], p[1]) for p in ellipse(0.5, cy, wide, high, 45, 405, steps=4)]
    return [
        (0.5 + sx * wide - lean * sy * high, cy + sy * high) for sx in (-1, 1) for sy in (-1, 1)
    ]


def _pulls(cy: float, wide: float, high: float, lean: float, shape: str) -> list[Sequence[Point]]:
    """The creases that run inwards from the corners, or from the button of a round one."""
    middle = (0.5, cy)
    if shape == "round":
        rim = ellipse(0.5, cy, wide, high, steps=14)
        return [[between(middle, p, 0.1), between(middle, p, 0.72)] for p in rim]
    lines: list[Sequence[Point]] = []
    for corner in _corners(cy, wide, high, lean, shape):
        for bend in (-0.1, 0.1):
            x, y = between(corner, middle, 0.42)
            dx, dy = middle[0] - corner[0], middle[1] - corner[1]
            lines.append([between(corner, middle, 0.06), (x - dy * bend, y + dx * bend)])
    return lines


def _outward(
    middle: Point, outline: Sequence[Point], length: float, gap: float
) -> list[tuple[Point, Point]]:
    """Threads that stand off an outline, a `gap` apart."""
    threads: list[tuple[Point, Point]] = []
    last = (-1.0, -1.0)
    for x, y in outline:
        if math.hypot(x - last[0], y - last[1]) < gap:
            continue
        last = (x, y)
        dx, dy = x - middle[0], y - middle[1]
        size = math.hypot(dx, dy) or 1.0
        threads.append(((x, y), (x + dx / size * length, y + dy / size * length)))
    return threads


def _tassel(canvas: Canvas, at: Point, middle: Point, paint: Paint) -> None:
    dx, dy = at[0] - middle[0], at[1] - middle[1]
    size = math.hypot(dx, dy)
    dx, dy = dx / size, dy / size
    for turn in (-0.5, -0.25, 0.0, 0.25, 0.5):
        end = (at[0] + (dx - dy * turn) * 0.088, at[1] + (dy + dx * turn) * 0.088)
        canvas.stroke([at, end], 0.014, paint, drop=0.15)
    canvas.part(ellipse(*at, 0.021, 0.021), paint, volume=0.9, radius=0.012)


def blanket(canvas: Canvas, look: Look) -> None:
    """A folded blanket, its end laid over the front of the pile."""
    dice = look.dice
    wide, thick = dice.uniform(0.36, 0.385), dice.uniform(0.128, 0.145)
    layers, low = dice.choice((3, 3, 4)), 0.86
    thick *= 3 / layers
    border = replace(look.main.plain(), colour=look.accent("border"))
    under = look.main.shaded(0.86)
    canvas.ground(0.5, low + 0.005, wide * 1.05)
    top = low - layers * thick
    for i in range(layers):
        y, sway = low - i * thick, dice.uniform(-0.012, 0.012)
        left, right = 0.5 - wide + sway, 0.5 + wide + sway
        layer = rounded(left, y - thick, right, y + 0.006, thick * 0.48)
        canvas.part(layer, under, volume=1.0, radius=0.045, drop=0.3)
        # The round turns at the left join two plies each; a line parts them elsewhere.
        seam = curve(
            [(left + 0.06, y - thick * 0.5), (0.5, y - thick * 0.46), (right, y - thick * 0.5)],
            closed=False,
        )
        canvas.ink(seam, tone(look.main.colour, 0.4), 0.006, 0.5)
    _end_over_front(canvas, look, border, (wide, top, low))


def _end_over_front(
    canvas: Canvas, look: Look, border: Paint, pile: tuple[float, float, float]
) -> None:
    """The last ply: over the top, down the front, with its border and its fringe."""
    dice = look.dice
    wide, top, low = pile
    fringed = look.part("fringe") == "fringe"
    left, right = 0.5 - wide * dice.uniform(0.72, 0.8), 0.5 + wide * dice.uniform(0.34, 0.46)
    hem = low - (0.115 if fringed else 0.045) - dice.uniform(0, 0.02)
    if fringed:
        _threads(canvas, left, right, hem, 0.085, border)
    lid = rounded(0.5 - wide * 0.97, top - 0.052, 0.5 + wide * 0.97, top + 0.05, 0.05)
    canvas.part(lid, look.main.shaded(0.97), volume=0.9, radius=0.03, drop=0.2)
    flap = curve(
        [
            (left + 0.02, top - 0.048, 1),
            (right + 0.02, top - 0.048, 1),
            (right + 0.014, top + 0.02),
            (right + 0.004, (top + hem) / 2),
            (right + 0.01, hem, 1),
            ((left + right) / 2, hem + 0.01),
            (left - 0.01, hem, 1),
            (left - 0.004, (top + hem) / 2),
            (left + 0.002, top + 0.02),
        ]
    )
    folds = [
        Fold([(left, top - 0.01), (right, top - 0.01)], 0.07, -0.3),
        Fold([(left + 0.09, top + 0.08), (left + 0.075, hem)], 0.05, 0.24),
        Fold([(right - 0.1, top + 0.06), (right - 0.085, hem)], 0.05, 0.24),
    ]
    canvas.part(flap, look.main.shaded(1.06), volume=0.7, radius=0.03, drop=0.9, folds=folds)
    for side in (left - 0.004, right + 0.005):
        canvas.ink([(side, top), (side, hem)], tone(look.main.colour, 0.4), 0.005, 0.55)
    band = [
        (left - 0.008, hem - 0.065),
        (right + 0.008, hem - 0.065),
        (right + 0.01, hem),
        ((left + right) / 2, hem + 0.009),
        (left - 0.01, hem),
    ]
    canvas.part(band, border, volume=0.4, radius=0.014, drop=0, folds=folds[1:])
    for y in (hem - 0.065, hem - 0.082):
        canvas.ink([(left - 0.006, y), (right + 0.006, y)], border.shaded(0.7).colour, 0.005, 0.6)


def _threads(
    canvas: Canvas, left: float, right: float, y: float, length: float, paint: Paint
) -> None:
    """A fringe that hangs from a level edge."""
    count = max(3, round((right - left) / 0.03))
    for i in range(count):
        x = left + (right - left) * (i + 0.5) / count
        swing = 0.006 * math.sin(i * 2.4)
        canvas.stroke([(x, y - 0.01), (x + swing, y + length)], 0.017, paint, drop=0.2)


def rug(canvas: Canvas, look: Look) -> None:
    """A rug on the floor, seen from above and from one end."""
    dice = look.dice
    shape = look.part("shape")
    wide = 0.38 * dice.uniform(0.95, 1.0)
    if shape == "runner":
        wide = dice.uniform(0.17, 0.2)
    high = {"rectangular": 0.25, "round": 0.3, "runner": 0.345}[shape] * dice.uniform(0.94, 1.06)
    narrow = dice.uniform(0.8, 0.86)
    border = replace(look.main.plain(), colour=look.accent("border", tone(look.main.colour, 0.6)))
    fringe = Paint((222, 208, 178))
    ends = shape != "round"

    def field(inset: float) -> list[Point]:
        if not ends:
            return ellipse(0.5, 0.52, wide - inset, high - inset * 0.8, steps=80)
        low, top = 0.52 + high - inset * 0.85, 0.52 - high + inset * 0.7
        below, above = wide - inset, wide * narrow - inset * 0.92
        return [(0.5 - above, top), (0.5 + above, top), (0.5 + below, low), (0.5 - below, low)]

    if look.part("fringe") == "fringe":
        _rug_fringe(canvas, field(0), ends, fringe)
    under = [(x, y + 0.009) for x, y in field(0)]
    canvas.part(under, look.main.plain().shaded(0.6), volume=0.3, drop=0.5)
    if look.part("border") == "border":
        canvas.part(field(0), border, volume=0.35, radius=0.015, drop=0.1)
        canvas.part(field(0.062), look.main, volume=0.3, radius=0.012, drop=0)
        line = field(0.03)
        canvas.ink([*line, line[0]], (246, 240, 226), 0.008, 0.8)
    else:
        canvas.part(field(0), look.main, volume=0.4, radius=0.018, drop=0.1)
        seam = field(0.014)
        canvas.ink([*seam, seam[0]], tone(look.main.colour, 0.6), 0.004, 0.5, dash=0.012)


def _rug_fringe(canvas: Canvas, outline: list[Point], ends: bool, paint: Paint) -> None:
    if not ends:
        for start, end in _outward((0.5, 0.52), outline, 0.05, 0.02):
            canvas.stroke([start, end], 0.011, paint, drop=0.25)
        return
    for (ax, ay), (bx, by), sign in (
        (outline[0], outline[1], -0.7),
        (outline[3], outline[2], 1),
    ):
        count = round((bx - ax) / 0.024)
        for i in range(count):
            x, y = between((ax, ay), (bx, by), (i + 0.5) / count)
            spread = (x - 0.5) * 0.08
            canvas.stroke([(x, y), (x + spread, y + 0.058 * sign + 0.006)], 0.012, paint, drop=0.25)
