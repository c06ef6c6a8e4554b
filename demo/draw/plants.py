"""Pots and what grows in them."""

import math
from collections.abc import Sequence

from demo.draw.canvas import Canvas
from demo.draw.geometry import Knot, Point, between, curve, ellipse, rounded
from demo.draw.paint import RGB, Paint, tone
from demo.draw.turned import lower_part, mouth, turned
from demo.looks import Look

SOIL = Paint((74, 56, 44), texture="stone", gloss=0.0)
WOOD = Paint((166, 116, 72), texture="wood", gloss=0.2)
CLAY: RGB = (190, 104, 66)
TILT = 0.24


def planter(canvas: Canvas, look: Look) -> None:
    """An empty pot with soil in it."""
    dice = look.dice
    shape, stand = look.part("shape"), look.part("stand")
    lift = 0.16 if stand == "legs" else 0.0
    wide = dice.uniform(0.31, 0.34)
    tall = {"tapered": 0.52, "round": 0.42, "square": 0.5, "trough": 0.3}[shape]
    tall *= dice.uniform(0.95, 1.05) * (0.86 if stand != "none" else 1)
    # A trough without legs is so low that it stands higher, near the middle.
    floor = 0.8 if shape == "trough" and stand != "legs" else 0.88
    low = floor - 0.02 - lift - (0.03 if stand == "saucer" else 0)
    top = low - tall
    if shape in ("square", "trough"):
        _box(canvas, look, (top, low, floor), stand, dice.uniform(0.82, 0.92))
        return
    foot = wide * (0.62 if shape == "tapered" else 0.5)
    canvas.ground(0.5, 0.88, foot * 1.5)
    if stand == "legs":
        _legs(canvas, foot * 1.15, low - 0.04, 0.88)
    elif stand == "saucer":
        dish: list[Knot] = [(foot * 1.55, low - 0.012, 1), (foot * 1.4, low + 0.04)]
        canvas.part(turned(0.5, dish, TILT), look.main.plain(), volume=0.7, radius=0.02)
        mouth(canvas, 0.5, low - 0.012, foot * 1.55, TILT, look.main.plain(), 0.02)
    mouth(canvas, 0.5, top, wide, TILT, look.main.plain(), 0.03)
    canvas.part(
        ellipse(0.5, top + 0.022, wide - 0.045, (wide - 0.045) * TILT * 0.78),
        SOIL,
        volume=0.4,
        radius=0.02,
        drop=0,
    )
    pot_front(canvas, look.main, shape, wide, foot, top, low)


def pot_front(
    canvas: Canvas, paint: Paint, shape: str, wide: float, foot: float, top: float, low: float
) -> None:
    """The near side of a round pot, which hides the foot of what grows in it."""
    tall = low - top
    band = top + tall * 0.24
    side: list[Knot] = [(wide * 0.93, top + 0.01, 1), (wide * 0.86, band), (foot, low)]
    if shape == "round":
        side = [
            (wide, top, 1),
            (wide * 1.14, top + tall * 0.36),
            (wide * 0.98, top + tall * 0.72),
            (foot, low),
        ]
    canvas.part(lower_part(0.5, side, TILT, top), paint, volume=0.65, radius=0.05, barrel=0.35)
    if shape == "tapered":
        collar: list[Knot] = [(wide, top, 1), (wide * 1.0, top + tall * 0.1), (wide * 0.97, band)]
        canvas.part(
            lower_part(0.5, collar, TILT, top), paint, volume=0.6, radius=0.025, barrel=0.35
        )
    if paint.gloss > 0.3:
        line = [(0.5 - wide * 0.7, top + tall * 0.3), (0.5 - wide * 0.58, low - tall * 0.16)]
        canvas.stroke(
            line, 0.024, Paint((255, 255, 255), opacity=0.45 * paint.gloss), volume=0, drop=0
        )


def _legs(canvas: Canvas, half: float, top: float, low: float) -> None:
    for x, reach, shade in (
        (-0.4, 0.02, 0.7),
        (0.45, 0.02, 0.7),
        (-0.95, 0.08, 1),
        (0.95, 0.08, 1),
    ):
        foot = (0.5 + x * (half + reach), low - (0.03 if shade < 1 else 0))
        canvas.stroke([(0.5 + x * half, top), foot], 0.036, WOOD.shaded(shade), volume=0.8)


def _box(
    canvas: Canvas, look: Look, heights: tuple[float, float, float], stand: str, taper: float
) -> None:
    """A pot with corners, seen from the front; `heights` are its rim, its bottom and the floor."""
    top, low, floor = heights
    half = 0.38 if look.part("shape") == "trough" else 0.29
    deep = 0.085
    foot = half * (0.94 if look.part("shape") == "trough" else taper)
    canvas.ground(0.5, floor - 0.005, foot * 1.12)
    if stand == "legs":
        _legs(canvas, foot * 0.9, low - 0.03, floor)
    elif stand == "saucer":
        canvas.part(
            rounded(0.5 - foot - 0.05, low - 0.02, 0.5 + foot + 0.05, low + 0.035, 0.02),
            look.main.plain().shaded(0.9),
            volume=0.8,
            radius=0.02,
        )
    back = half - 0.05
    rim = [(0.5 - back, top - deep), (0.5 + back, top - deep), (0.5 + half, top), (0.5 - half, top)]
    canvas.part(rim, look.main.plain().shaded(1.1), volume=0.3, radius=0.01, drop=0.2)
    inner = [
        (0.5 - back + 0.025, top - deep + 0.018),
        (0.5 + back - 0.025, top - deep + 0.018),
        (0.5 + half - 0.045, top - 0.012),
        (0.5 - half + 0.045, top - 0.012),
    ]
    canvas.part(inner, SOIL, volume=-0.5, radius=0.025, drop=0)
    front = [(0.5 - half, top), (0.5 + half, top), (0.5 + foot, low), (0.5 - foot, low)]
    canvas.part(curve([(*p, 1) for p in front]), look.main, volume=0.5, radius=0.025, drop=0.3)
    lip = [
        (0.5 - half - 0.008, top - 0.004),
        (0.5 + half + 0.008, top - 0.004),
        (0.5 + half + 0.004, top + 0.045),
        (0.5 - half - 0.004, top + 0.045),
    ]
    canvas.part(lip, look.main, volume=0.6, radius=0.015, drop=0.3)


def pot(canvas: Canvas, look: Look, high: float) -> tuple[float, Paint, float, float]:
    """The back of the pot that a plant stands in: its radius, paint, foot and top."""
    wide = look.dice.uniform(0.17, 0.2)
    paint = Paint(look.accent("pot", CLAY), gloss=0.4)
    canvas.ground(0.5, 0.88, wide * 1.15)
    top = 0.87 - high
    mouth(canvas, 0.5, top, wide, TILT, paint, 0.022)
    soil = wide - 0.03
    canvas.part(ellipse(0.5, top + 0.014, soil, soil * TILT * 0.8), SOIL, volume=0.4, drop=0)
    return wide, paint, wide * 0.66, top


def potted_plant(canvas: Canvas, look: Look) -> None:
    """A green plant in a pot."""
    plant = look.part("plant")
    wide, paint, foot, top = pot(canvas, look, 0.3 if plant != "cactus" else 0.32)
    green = look.main.plain()
    growers = {
        "cactus": _cactus,
        "monstera": _monstera,
        "snake plant": _snake_plant,
        "palm": _palm,
        "aloe": _aloe,
    }
    growers[plant](canvas, look, green, top)
    pot_front(canvas, paint, "tapered", wide, foot, top, 0.87)


def blade(base: Point, tip: Point, width: float, bend: float) -> list[Point]:
    """A long pointed leaf that bends sideways."""
    dx, dy = tip[0] - base[0], tip[1] - base[1]
    length = math.hypot(dx, dy)
    nx, ny = -dy / length, dx / length

    def at(t: float, across: float) -> Point:
        x, y = between(base, tip, t)
        side = across + bend * math.sin(math.pi * t)
        return x + nx * side, y + ny * side

    return curve(
        [
            at(0, width * 0.6),
            at(0.4, width),
            at(0.75, width * 0.66),
            (*tip, 1),
            at(0.75, -width * 0.66),
            at(0.4, -width),
            at(0, -width * 0.6),
        ]
    )


def _cactus(canvas: Canvas, look: Look, green: Paint, top: float) -> None:
    dice = look.dice
    half, head = dice.uniform(0.085, 0.1), dice.uniform(0.1, 0.14)
    base = top + 0.03
    for s, foot, rise in ((-1, dice.uniform(0.16, 0.2), 0.2), (1, dice.uniform(0.23, 0.28), 0.16)):
        y = top - foot + 0.06
        arm = curve(
            [
                (0.5 + s * half * 0.6, y),
                (0.5 + s * (half + 0.075), y - 0.005),
                (0.5 + s * (half + 0.1), y - 0.06),
                (0.5 + s * (half + 0.1), y - rise),
            ],
            closed=False,
        )
        canvas.stroke(arm, 0.098, green, volume=0.9)
        canvas.ink(arm[2:], tone(green.colour, 0.55), 0.006, 0.6)
        for px, py in arm[6::6]:
            for k in (-0.028, 0.028):
                canvas.ink(
                    [(px + k - 0.01, py - 0.012), (px + k + 0.01, py + 0.012)],
                    (238, 236, 210),
                    0.005,
                    0.9,
                )
    body = [
        *ellipse(0.5, head + half, half, half, 180, 360, 30),
        (0.5 + half * 1.04, base),
        (0.5 - half * 1.04, base),
    ]
    canvas.part(body, green, volume=0.8, radius=0.05, barrel=0.25)
    for x in (-0.62, -0.2, 0.22, 0.64):
        canvas.ink(
            [
                (0.5 + x * half * 0.8, head + half * 0.3),
                (0.5 + x * half, head + half),
                (0.5 + x * half, base),
            ],
            tone(green.colour, 0.55),
            0.007,
            0.6,
        )
        for i in range(7):
            y = head + half * 0.8 + i * (base - head - half) / 7
            for k in (-1, 1):
                canvas.ink(
                    [(0.5 + x * half, y), (0.5 + x * half + k * 0.017, y - 0.016)],
                    (240, 238, 214),
                    0.005,
                    0.9,
                )


def _monstera(canvas: Canvas, look: Look, green: Paint, top: float) -> None:
    dice = look.dice
    places = [(-0.25, 0.32), (0.26, 0.3), (-0.12, 0.21), (0.13, 0.44), (-0.2, 0.48), (0.08, 0.22)]
    for i, (x, y) in enumerate(places):
        x, y = x * dice.uniform(0.88, 1.1), y + dice.uniform(-0.02, 0.02)
        shade = green.shaded((0.78, 0.86, 0.95, 1.0, 1.1, 1.15)[i])
        heart = (0.5 + x, y)
        stem = curve([(0.5 + x * 0.1, top + 0.02), (0.5 + x * 0.45, y + 0.16), heart], closed=False)
        canvas.stroke(stem, 0.012, shade, drop=0.1)
        _split_leaf(canvas, heart, math.radians(90 - x * 170), dice.uniform(0.135, 0.155), shade)


def _split_leaf(canvas: Canvas, at: Point, turn: float, size: float, paint: Paint) -> None:
    """A heart-shaped leaf with cuts from its edge towards its rib."""

    def place(angle: float, share: float) -> Point:
        # `angle` runs from the tip (0) round to the stalk (pi).
        heart = 1.1 - 0.34 * abs(angle) / math.pi + 0.2 * math.sin(abs(angle)) ** 2
        x, y = math.sin(angle) * heart * share * 0.92, math.cos(angle) * heart * share
        cos, sin = math.cos(turn - math.pi / 2), math.sin(turn - math.pi / 2)
        return at[0] + (x * cos - y * sin) * size, at[1] + (x * sin + y * cos) * size

    outline: list[Point] = []
    cuts = (0.5, 0.95, 1.4, 1.85)
    edge = [i * 0.05 for i in range(58)]

    def reach(angle: float) -> float:
        near = min(abs(angle - cut) for cut in cuts)
        return 0.45 if near < 0.05 else 1.0

    right = [place(a, reach(a)) for a in edge]
    left = [place(-a, reach(a)) for a in reversed(edge)]
    outline = [*right, place(math.pi, 0.18), *left]
    canvas.part(outline, paint, volume=0.5, radius=0.02, drop=0.4)
    canvas.ink([place(math.pi, 0.1), place(0, 0.92)], tone(paint.colour, 1.5), 0.006, 0.7)


def _snake_plant(canvas: Canvas, look: Look, green: Paint, top: float) -> None:
    dice = look.dice
    leaves = (
        (-0.6, 0.2, 0.8),
        (0.62, 0.24, 0.8),
        (-0.28, 0.1, 0.9),
        (0.3, 0.14, 0.95),
        (0.0, 0.08, 1.05),
        (-0.75, 0.36, 1.1),
        (0.72, 0.38, 1.0),
    )
    for x, y, shade in leaves:
        base = (0.5 + x * 0.1, top + 0.03)
        tip = (0.5 + x * dice.uniform(0.24, 0.32), y + dice.uniform(-0.015, 0.03))
        bend = dice.uniform(-0.02, 0.02)
        edge = Paint((214, 204, 116))
        canvas.part(blade(base, tip, 0.05, bend), edge, volume=0.4, radius=0.015, drop=0.35)
        inner = (tip[0] * 0.96 + base[0] * 0.04, tip[1] * 0.96 + base[1] * 0.04)
        canvas.part(
            blade(base, inner, 0.037, bend), green.shaded(shade), volume=0.5, radius=0.02, drop=0
        )
        for t in (0.25, 0.38, 0.5, 0.62, 0.74):
            px, py = between(base, tip, t)
            canvas.ink(
                [(px - 0.02, py + 0.006), (px, py - 0.006), (px + 0.02, py + 0.006)],
                tone(green.colour, 0.55),
                0.008,
                0.5,
            )


def _palm(canvas: Canvas, look: Look, green: Paint, top: float) -> None:
    dice = look.dice
    canvas.stroke([(0.5, top + 0.02), (0.5, top - 0.13)], 0.045, Paint((128, 96, 64)), volume=0.8)
    heart = (0.5, top - 0.11)
    for i, angle in enumerate((-80, 78, -52, 50, -24, 26, 2)):
        turn = math.radians(angle + dice.uniform(-6, 6))
        length = dice.uniform(0.34, 0.38)
        tip = (
            heart[0] + math.sin(turn) * length * 1.02,
            heart[1] - math.cos(turn) * length + 0.11 * abs(math.sin(turn)),
        )
        middle = (
            heart[0] + math.sin(turn) * length * 0.5,
            heart[1] - math.cos(turn) * length * 0.62 - 0.04,
        )
        rib = curve([heart, middle, tip], closed=False)
        shade = green.shaded(0.8 + 0.07 * i)
        canvas.part(_frond(rib), shade, volume=0.4, radius=0.012, drop=0.3)
        canvas.ink(rib, tone(shade.colour, 1.5), 0.006, 0.7)


def _frond(rib: Sequence[Point]) -> list[Point]:
    """A feathered leaf along its rib: fingers that point to its tip."""
    sides: tuple[list[Point], list[Point]] = ([], [])
    count = len(rib)
    for i in range(2, count - 1):
        (ax, ay), (bx, by) = rib[i - 1], rib[i + 1]
        size = math.hypot(bx - ax, by - ay) or 1
        tx, ty = (bx - ax) / size, (by - ay) / size
        long = 0.095 * math.sin(math.pi * (0.12 + 0.8 * i / count))
        for side, way in zip(sides, (-1, 1), strict=True):
            x, y = rib[i]
            side.append((x - ty * way * 0.01, y + tx * way * 0.01))
            side.append((x - ty * way * long + tx * 0.06, y + tx * way * long + ty * 0.06))
    return [rib[0], *sides[0], rib[-1], *reversed(sides[1])]


def _aloe(canvas: Canvas, look: Look, green: Paint, top: float) -> None:
    dice = look.dice
    for i, angle in enumerate((-74, 74, -50, 50, -26, 28, 0, -62, 60, -20, 16)):
        turn = math.radians(angle + dice.uniform(-5, 5))
        length = dice.uniform(0.36, 0.42) * (1 if i < 7 else 0.62)
        base = (0.5 + math.sin(turn) * 0.05, top + 0.03)
        tip = (0.5 + math.sin(turn) * length, top - math.cos(turn) * length - 0.03)
        bend = 0.03 * (1 if angle < 0 else -1) * abs(math.sin(turn))
        shade = green.shaded(0.78 + 0.05 * i)
        canvas.part(blade(base, tip, 0.042, bend), shade, volume=0.8, radius=0.02, drop=0.4)
