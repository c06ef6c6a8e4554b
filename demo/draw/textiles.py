"""Textiles for the home: cushions, blankets, rugs, curtains and towels."""

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
    shape = look.part("shape")
    wide, high = {
        "square": (0.36, 0.36),
        "rectangular": (0.4, 0.255),
        "round": (0.36, 0.36),
    }[shape]
    wide, high = wide * dice.uniform(0.96, 1.02), high * dice.uniform(0.95, 1.04)
    lean, pinch = dice.uniform(-0.05, 0.05), dice.uniform(0.035, 0.055)
    cy = 0.86 - high
    outline = _pad(cy, wide, high, lean, pinch, shape)
    trim = look.part("trim")
    edge = Paint(look.accent("trim", tone(look.main.colour, 0.72)))
    canvas.ground(0.5, 0.865, wide * 0.92)
    if trim == "fringe":
        for start, end in _outward((0.5, cy), outline, 0.062, 0.017):
            canvas.stroke([start, end], 0.011, edge, drop=0.1)
    folds = [Fold(line, 0.045, 0.16) for line in _pulls(cy, wide, high, lean, shape)]
    canvas.part(outline, look.main, volume=1.0, radius=0.085, folds=folds)
    if trim == "piping":
        canvas.stroke([*outline, outline[0]], 0.022, edge, volume=0.8, drop=0.1)
    elif trim == "none":
        canvas.ink([*outline, outline[0]], tone(look.main.colour, 0.6), 0.004, 0.5)
    elif trim == "tassels":
        for x, y in _corners(cy, wide, high, lean, shape):
            _tassel(canvas, (x, y), (0.5, cy), edge)
    if shape == "round":
        canvas.part(ellipse(0.5, cy, 0.034, 0.034), look.main.plain(), volume=0.9, radius=0.02)


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
    """A blanket folded into a pile, seen from the front and a little from above."""
    dice = look.dice
    wide, thick = dice.uniform(0.35, 0.38), dice.uniform(0.082, 0.098)
    layers, depth = dice.choice((3, 4)), dice.uniform(0.15, 0.19)
    low = 0.86
    border = Paint(look.accent("border"), texture=look.main.texture)
    canvas.ground(0.5, low, wide * 1.08)
    for i in range(layers):
        y = low - i * thick
        sway = dice.uniform(-0.008, 0.008)
        canvas.part(
            _layer(y, wide + sway, thick), look.main.shaded(0.94), volume=0.9, radius=0.04, drop=0.2
        )
        canvas.ink(
            curve([(0.5 - wide * 0.93, y), (0.5, y + 0.003), (0.5 + wide * 0.93, y)], closed=False),
            tone(look.main.colour, 0.45),
            0.006,
            0.5,
        )
    top = low - layers * thick
    sheet = _top_sheet(top, wide, depth)
    canvas.part(sheet, look.main, volume=0.55, radius=0.04, drop=0.15)
    # The loose end falls over the front of the pile.
    fall = layers * thick * dice.uniform(0.52, 0.7)
    left, right = 0.5 - wide * 0.66, 0.5 + wide * dice.uniform(0.1, 0.22)
    if look.part("fringe") == "fringe":
        _threads(canvas, left, right, top + fall, 0.085, border)
    flap = curve(
        [
            (left + 0.05, top - depth * 0.92, 1),
            (right + 0.03, top - depth * 0.92, 1),
            (right + 0.004, top - 0.01),
            (right, top + fall * 0.5),
            (right, top + fall, 1),
            ((left + right) / 2, top + fall + 0.008),
            (left, top + fall, 1),
            (left, top + fall * 0.5),
            (left + 0.004, top - 0.01),
        ]
    )
    folds = [Fold([(left, top + 0.004), (right, top + 0.004)], 0.04, -0.22)]
    canvas.part(flap, look.main.shaded(1.04), volume=0.6, radius=0.025, drop=0.5, folds=folds)
    band = 0.042
    canvas.part(
        [
            (left, top + fall - band),
            (right, top + fall - band),
            (right, top + fall - 0.002),
            ((left + right) / 2, top + fall + 0.006),
            (left, top + fall - 0.002),
        ],
        border,
        volume=0.5,
        radius=0.012,
        drop=0,
    )
    for y in (top + fall - band, top + fall - band - 0.014):
        canvas.ink([(left, y), (right, y)], border.shaded(0.7).colour, 0.004, 0.55)


def _layer(y: float, wide: float, thick: float) -> list[Point]:
    """One folded layer seen from the front, round at its ends."""
    half = thick * 0.53
    return curve(
        [
            (0.5 - wide + half, y - thick, 1),
            (0.5 + wide - half, y - thick, 1),
            (0.5 + wide + 0.006, y - half),
            (0.5 + wide - half, y + 0.004, 1),
            (0.5, y + 0.008),
            (0.5 - wide + half, y + 0.004, 1),
            (0.5 - wide - 0.006, y - half),
        ]
    )


def _top_sheet(top: float, wide: float, depth: float) -> list[Point]:
    return curve(
        [
            (0.5 - wide + 0.075, top - depth, 1),
            (0.5 + wide - 0.075, top - depth, 1),
            (0.5 + wide - 0.05, top - depth * 0.9),
            (0.5 + wide - 0.008, top + 0.012),
            (0.5 + wide - 0.04, top + 0.03, 1),
            (0.5 - wide + 0.04, top + 0.03, 1),
            (0.5 - wide + 0.008, top + 0.012),
            (0.5 - wide + 0.05, top - depth * 0.9),
        ]
    )


def _threads(
    canvas: Canvas, left: float, right: float, y: float, length: float, paint: Paint
) -> None:
    """A fringe that hangs from a level edge."""
    count = max(3, round((right - left) / 0.026))
    for i in range(count):
        x = left + (right - left) * (i + 0.5) / count
        swing = 0.006 * math.sin(i * 2.4)
        canvas.stroke([(x, y - 0.01), (x + swing, y + length)], 0.013, paint, drop=0.15)


def rug(canvas: Canvas, look: Look) -> None:
    """A rug on the floor, seen from above and from one end."""
    dice = look.dice
    shape = look.part("shape")
    wide = 0.38 * dice.uniform(0.95, 1.0)
    if shape == "runner":
        wide = dice.uniform(0.17, 0.2)
    high = {"rectangular": 0.25, "round": 0.3, "runner": 0.37}[shape] * dice.uniform(0.94, 1.06)
    narrow = dice.uniform(0.8, 0.86)
    border = replace(look.main.plain(), colour=look.accent("border", tone(look.main.colour, 0.6)))
    fringe = Paint((238, 230, 212))
    ends = shape != "round"

    def field(inset: float) -> list[Point]:
        if not ends:
            return ellipse(0.5, 0.52, wide - inset, high - inset * 0.8, steps=80)
        low, top = 0.52 + high - inset * 0.85, 0.52 - high + inset * 0.7
        below, above = wide - inset, wide * narrow - inset * 0.92
        return [(0.5 - above, top), (0.5 + above, top), (0.5 + below, low), (0.5 - below, low)]

    if look.part("fringe") == "fringe":
        _rug_fringe(canvas, field(0), ends, fringe)
    under = [(x, y + 0.014) for x, y in field(0)]
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


def curtain(canvas: Canvas, look: Look) -> None:
    """A pair of curtains on a rod."""
    dice = look.dice
    rod_y, half = 0.15, dice.uniform(0.37, 0.39)
    low = {"long": 0.9, "short": 0.62}[look.part("length")] - dice.uniform(0, 0.02)
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
        (edge(1 - i / 20, low), low + 0.007 * math.sin((1 - i / 20) * 5 * 2 * math.pi))
        for i in range(21)
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
        folds.append(Fold(line, width * 0.09, 0.4))
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
    count, wide = 3, dice.uniform(0.33, 0.36)
    thick = dice.uniform(0.155, 0.17)
    canvas.ground(0.5, 0.85, wide * 1.06)
    for i in range(count):
        y = 0.85 - i * thick
        shift = dice.uniform(-0.012, 0.012)
        x0, x1 = 0.5 - wide + shift, 0.5 + wide + shift
        for k, (rise, part) in enumerate(((0.0, 0.5), (0.5, 0.5))):
            upper, lower = y - thick * (rise + part), y - thick * rise
            edge = thick * part * 0.5
            layer = curve(
                [
                    (x0 + edge * 0.8, upper, 1),
                    (x1 - edge, upper, 1),
                    (x1 + 0.004, (upper + lower) / 2),
                    (x1 - edge, lower, 1),
                    (x0 + edge * 0.8, lower, 1),
                    (x0 - 0.004, (upper + lower) / 2),
                ]
            )
            canvas.part(
                layer, look.main.shaded(0.96 + 0.05 * k), volume=0.9, radius=0.035, drop=0.25
            )
        left = x0 + wide * 1.32
        canvas.part(
            [
                (left, y - thick + 0.003),
                (left + 0.085, y - thick + 0.003),
                (left + 0.085, y - 0.004),
                (left, y - 0.004),
            ],
            border,
            volume=0.25,
            radius=0.014,
            drop=0,
            folds=[Fold([(left, y - thick * 0.5), (left + 0.085, y - thick * 0.5)], 0.02, 0.5)],
        )
