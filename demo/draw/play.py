"""Toys to play with: building blocks, rings, kites, spinning tops and puzzles."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from demo.draw.canvas import Canvas
from demo.draw.geometry import Knot, Point, between, curve, ellipse, mirrored, rounded
from demo.draw.paint import RGB, Paint, tone
from demo.draw.plush import bow, eye
from demo.looks import Look

INK: RGB = (46, 44, 48)
IVORY: RGB = (248, 243, 232)
# How far a block reaches back, in its widths.
DEPTH = (0.3, -0.2)
PINE = Paint((216, 178, 126), texture="wood", gloss=0.2)
LETTERS: dict[str, tuple[tuple[Point, ...], ...]] = {
    "A": (((0.05, 1), (0.5, 0), (0.95, 1)), ((0.25, 0.68), (0.75, 0.68))),
    "B": (
        ((0.15, 0), (0.7, 0.04), (0.8, 0.25), (0.65, 0.46), (0.15, 0.48)),
        ((0.65, 0.46), (0.9, 0.72), (0.75, 0.97), (0.15, 1), (0.15, -0.05)),
    ),
    "C": (((0.9, 0.18), (0.6, 0), (0.25, 0.12), (0.1, 0.5), (0.25, 0.88), (0.6, 1), (0.9, 0.82)),),
    "D": (((0.15, 0), (0.6, 0.05), (0.88, 0.5), (0.6, 0.95), (0.15, 1), (0.15, -0.05)),),
    "E": (((0.85, 0), (0.15, 0), (0.15, 1), (0.85, 1)), ((0.15, 0.5), (0.72, 0.5))),
    "H": (((0.12, 0), (0.12, 1)), ((0.88, 0), (0.88, 1)), ((0.12, 0.5), (0.88, 0.5))),
    "K": (((0.15, 0), (0.15, 1)), ((0.85, 0), (0.2, 0.52), (0.88, 1))),
    "M": (((0.05, 1), (0.1, 0), (0.5, 0.62), (0.9, 0), (0.95, 1)),),
    "T": (((0.05, 0), (0.95, 0)), ((0.5, 0), (0.5, 1))),
    "X": (((0.1, 0), (0.9, 1)), ((0.9, 0), (0.1, 1))),
}


def _solid(
    canvas: Canvas, face: Sequence[Point], side: Sequence[Point], top: Sequence[Point], paint: Paint
) -> None:
    """A block in parallel projection: its top, its right side, and its front."""
    if top:
        canvas.part(top, paint.shaded(1.35), volume=0.15, radius=0.01, drop=0.2)
    if side:
        canvas.part(side, paint.shaded(0.68), volume=0.15, radius=0.01, drop=0.2)
    canvas.part(face, paint, volume=0.4, radius=0.014, drop=0.2)


def _cube(canvas: Canvas, x: float, y: float, size: float, paint: Paint, letter: str) -> None:
    """A cube whose lower left front corner is at (x, y), with a letter or without one."""
    dx, dy = DEPTH[0] * size, DEPTH[1] * size
    right, up = x + size, y - size
    top = [(x, up), (x + dx, up + dy), (right + dx, up + dy), (right, up)]
    side = [(right, up), (right + dx, up + dy), (right + dx, y + dy), (right, y)]
    _solid(canvas, rounded(x, up, right, y, size * 0.06), side, top, paint)
    if letter:
        inset = size * 0.13
        field = rounded(x + inset, up + inset, right - inset, y - inset, size * 0.06)
        canvas.part(field, Paint(IVORY), volume=0.2, radius=0.01, drop=0)
        for line in LETTERS[letter]:
            shown = [(x + size * (0.28 + 0.44 * u), up + size * (0.25 + 0.5 * v)) for u, v in line]
            colour = paint.colour if sum(paint.colour) < 560 else tone(paint.colour, 0.5)
            canvas.ink(shown, colour, size * 0.1, 1.0)


def blocks(canvas: Canvas, look: Look) -> None:
    """Blocks built up to a pyramid or to a gate, with a roof on top."""
    dice, main = look.dice, look.main
    names = list(LETTERS)
    dice.shuffle(names)
    if look.part("letters") == "none":
        names = [""] * len(names)
    tones = [dice.uniform(0.86, 1.22) for _ in range(8)]
    size = dice.uniform(0.2, 0.215)
    wobble = [dice.uniform(-0.012, 0.012) for _ in range(8)]
    roof = Paint(look.accent("roof"), texture=main.texture, gloss=main.gloss)
    paints = [main.plain().shaded(t) for t in tones]
    floor = 0.89
    canvas.ground(0.52, floor, 0.38)
    left = 0.47 - 1.5 * size
    if look.part("shape") == "gate":
        size *= 0.98
        left = 0.47 - 1.5 * size
        far = left + 2 * size
        for x, column in ((left, 0), (far, 2)):
            for row in range(2):
                i = column + row
                place = (x + wobble[i], floor - row * size)
                _cube(canvas, *place, size, paints[i], names[i])
        _arch(canvas, left - 0.01, far + size + 0.01, floor - 2 * size, size, paints[4])
        centre = (left + far + size) / 2
        _roof(canvas, centre - size * 0.72, floor - 3 * size, size * 1.44, size * 0.7, roof)
        return
    for i in range(3):
        x = left + i * size * 1.03
        _cube(canvas, x, floor, size, paints[i], names[i])
    for i in (3, 4):
        x = left + (i - 2.5) * size * 1.03 + wobble[i]
        _cube(canvas, x, floor - size, size, paints[i], names[i])
    x = left + size * 1.03 + wobble[5] * 0.6
    _roof(canvas, x - size * 0.12, floor - 2 * size, size * 1.24, size * 0.86, roof)


def _arch(canvas: Canvas, x0: float, x1: float, y: float, size: float, paint: Paint) -> None:
    """A bridge from `x0` to `x1` standing at height `y`, with a round opening below."""
    dx, dy = DEPTH[0] * size, DEPTH[1] * size
    middle, radius, up = (x0 + x1) / 2, (x1 - x0) * 0.27, y - size
    bend = ellipse(middle, y, radius, size * 0.66, 180, 360, steps=30)
    inner = [(px + dx, py + dy) for px, py in bend]
    canvas.part([*bend, *reversed(inner)], paint.shaded(0.5), volume=0.1, drop=0)
    face = [(x0, y), (x0, up), (x1, up), (x1, y), *reversed(bend)]
    top = [(x0, up), (x0 + dx, up + dy), (x1 + dx, up + dy), (x1, up)]
    side = [(x1, up), (x1 + dx, up + dy), (x1 + dx, y + dy), (x1, y)]
    _solid(canvas, face, side, top, paint)


def _roof(canvas: Canvas, x: float, y: float, width: float, height: float, paint: Paint) -> None:
    """A prism with its triangle to the front."""
    dx, dy = DEPTH[0] * width * 0.8, DEPTH[1] * width * 0.8
    tip = (x + width / 2, y - height)
    face = [(x, y), tip, (x + width, y)]
    slope = [tip, (tip[0] + dx, tip[1] + dy), (x + width + dx, y + dy), (x + width, y)]
    _solid(canvas, face, slope, (), paint)


def rings(canvas: Canvas, look: Look) -> None:
    """Rings on a rod, from wide ones to narrow ones, with something on top."""
    dice, main = look.dice, look.main
    count = dice.choice((4, 5, 5, 6))
    wide, narrow = dice.uniform(0.29, 0.33), dice.uniform(0.12, 0.15)
    light = dice.choice((1.45, 1.0, 1.6))
    low, high = 0.8, 0.35
    canvas.ground(0.5, 0.905, 0.3)
    base = Paint(look.accent("base", tone(main.colour, 0.62)), texture=main.texture, gloss=0.3)
    foot: list[Knot] = [
        (0, 0.79),
        (wide * 0.86, 0.8),
        (wide * 1.02, 0.84),
        (wide * 1.0, 0.885),
        (wide * 0.6, 0.91),
        (0, 0.915),
    ]
    canvas.part(curve(mirrored(foot)), base, volume=0.7, radius=0.03)
    canvas.part(rounded(0.475, 0.28, 0.525, 0.8, 0.02), PINE, volume=0.7, radius=0.02)
    thick = (low - high) / count
    for i in range(count):
        half = wide + (narrow - wide) * i / (count - 1)
        y = low - thick * (i + 0.5)
        paint = main.shaded(light if i % 2 and sum(main.colour) < 600 else 1.0)
        paint = paint if sum(main.colour) < 600 or i % 2 == 0 else main.shaded(0.86)
        tall = thick * 0.56
        ring: list[Knot] = [
            (0, y - tall * 0.86),
            (half * 0.8, y - tall * 0.94),
            (half, y - tall * 0.05),
            (half * 0.8, y + tall * 1.08),
            (0, y + tall * 1.24),
        ]
        canvas.part(curve(mirrored(ring)), paint, volume=0.85, radius=0.035, drop=0.4)
    crown = Paint(look.accent("top"), texture=main.texture, gloss=main.gloss)
    _finial(canvas, look.part("top"), crown, 0.5, 0.24)


def _finial(canvas: Canvas, form: str, paint: Paint, x: float, y: float) -> None:
    if form == "star":
        star = []
        for i in range(10):
            radius = 0.135 if i % 2 == 0 else 0.068
            angle = math.pi * (i / 5 - 0.5)
            star.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
        soft = [p for a, b in zip(star, star[1:] + star[:1], strict=True) for p in _softened(a, b)]
        canvas.part(curve(soft), paint, volume=0.8, radius=0.03)
        return
    if form == "bear":
        for side in (-1, 1):
            ear = ellipse(x + side * 0.085, y - 0.075, 0.045, 0.045)
            canvas.part(ear, paint.shaded(0.9), volume=0.7, radius=0.02)
    canvas.part(ellipse(x, y, 0.115, 0.11), paint, volume=0.85, radius=0.05)
    if form == "bear":
        canvas.part(ellipse(x, y + 0.04, 0.055, 0.042), Paint(IVORY, gloss=0.3), drop=0.1)
        canvas.part(ellipse(x, y + 0.025, 0.018, 0.013), Paint(INK, gloss=0.8), drop=0)
        for side in (-1, 1):
            eye(canvas, x + side * 0.045, y - 0.018, 0.013)
    else:
        shine = ellipse(x - 0.04, y - 0.045, 0.026, 0.02)
        canvas.part(shine, Paint((255, 255, 255), opacity=0.4), volume=0, drop=0)


def _softened(a: Point, b: Point) -> list[Point]:
    return [between(a, b, 0.12), between(a, b, 0.5), between(a, b, 0.88)]


def kite(canvas: Canvas, look: Look) -> None:
    """A kite in the air, leaning to the right, with or without a tail."""
    dice, main = look.dice, look.main
    lean = math.radians(dice.uniform(12, 24))
    wide, tall = dice.uniform(0.255, 0.29), dice.uniform(0.41, 0.46)
    cross = dice.uniform(0.32, 0.38)
    wave, bows = dice.uniform(0.04, 0.06), dice.choice((3, 4))
    delta = look.part("shape") == "delta"
    tailed = look.part("tail") == "tail"
    x, y = (0.58, 0.07) if tailed else (0.6, 0.13)
    if not tailed:
        wide, tall = wide * 1.15, tall * 1.22

    def put(u: float, v: float) -> Point:
        """`u` across and `v` down from the kite's tip, in picture widths."""
        return (
            x + u * math.cos(lean) - v * math.sin(lean),
            y + u * math.sin(lean) + v * math.cos(lean),
        )

    if delta:
        wide, tall = wide * 1.22, tall * 0.82
    tip, low = put(0, 0), put(0, tall)
    mid = 0.98 if delta else cross
    left, right = put(-wide, tall * mid), put(wide, tall * mid)
    centre = put(0, tall * (0.8 if delta else cross))
    low = put(0, tall * 0.84) if delta else low
    tail = Paint(look.accent("tail", tone(main.colour, 0.75)), gloss=0.3)
    if tailed:
        _tail(canvas, tail, low, wave, bows, delta)
    sail = main.turned(math.degrees(lean))
    for panel, light in (((tip, centre, low, left), 1.0), ((tip, right, low, centre), 0.8)):
        canvas.part(panel, sail.shaded(light), volume=0.25, radius=0.02, drop=0.25)
    if not delta:
        gleam = Paint((255, 255, 255), opacity=0.2)
        for facet in ((tip, left, centre), (centre, right, low)):
            canvas.part(facet, gleam, volume=0, drop=0)
    spar = Paint((150, 104, 62), gloss=0.3)
    canvas.stroke([tip, low], 0.012, spar, volume=0.5)
    if delta:
        canvas.stroke([between(tip, left, 0.62), between(tip, right, 0.62)], 0.01, spar, volume=0.5)
        keel = [put(0, tall * 0.2), put(0.07, tall * 0.5), put(0, tall * 0.72)]
        canvas.part(keel, sail.plain().shaded(0.55), volume=0.3, radius=0.01)
    else:
        bend = [left, between(between(left, right, 0.5), tip, 0.04), right]
        canvas.stroke(curve(bend, closed=False), 0.012, spar, volume=0.5)
    hem = tone(main.colour, 0.55)
    canvas.ink([tip, left, low, right, tip], hem, 0.009, 0.8)
    line = [put(0, tall * 0.4), put(wide * 0.62, tall * 1.0), put(wide * 1.1, tall * 1.34)]
    canvas.ink(curve(line, closed=False), (90, 84, 80), 0.005, 0.7)


def _tail(canvas: Canvas, paint: Paint, start: Point, wave: float, bows: int, delta: bool) -> None:
    if delta:
        for shift in (-0.055, 0.0, 0.055):
            ribbon: list[Knot] = []
            for i in range(7):
                t = i / 6
                sway = wave * math.sin(t * 9 + shift * 30) * t
                ribbon.append(
                    (start[0] + shift * (0.5 + t) - 0.12 * t + sway, start[1] - 0.03 + 0.44 * t)
                )
            canvas.stroke(curve(ribbon, closed=False), 0.026, paint, volume=0.5)
        return
    cord: list[Knot] = []
    for i in range(9):
        t = i / 8
        sway = wave * math.sin(t * 8.5) * min(1.0, t * 2.5)
        cord.append((start[0] - 0.22 * t + sway, start[1] + (0.93 - start[1]) * t))
    line = curve(cord, closed=False)
    canvas.stroke(line, 0.011, paint.shaded(0.8), volume=0.5)
    for i in range(bows):
        spot = line[round((i + 0.85) / bows * (len(line) - 2))]
        bow(canvas, paint, spot[0], spot[1], 0.066)


def top(canvas: Canvas, look: Look) -> None:
    """A spinning top: a wide humming one with a rod, or a slender turned one that leans."""
    dice, main = look.dice, look.main
    wide, belly = dice.uniform(0.32, 0.36), dice.uniform(0.5, 0.55)
    lean = math.radians(dice.uniform(-14, -8))
    band = dice.uniform(0.3, 0.42)
    double = dice.random() < 0.5
    humming = look.part("shape") == "humming"
    stripe = Paint(look.accent("stripe"), texture=main.texture, gloss=main.gloss)
    knob = Paint(look.accent("knob", (176, 128, 80)), gloss=0.5)
    metal = Paint((198, 200, 204), gloss=1)
    if humming:
        lean *= 0.4
        profile = [(0.05, 0.3), (0.13, 0.335), (0.27, 0.4), (wide, belly), (0.24, 0.68)]
        profile += [(0.1, 0.78), (0.045, 0.82)]
    else:
        wide *= 0.82
        profile = [(0.06, 0.24), (0.15, 0.26), (0.25, 0.32), (wide, 0.43), (0.25, 0.55)]
        profile += [(0.15, 0.69), (0.06, 0.82), (0.035, 0.86)]

    foot = 0.5 - 0.4 * math.sin(lean)

    def put(points: Sequence[Point]) -> list[Point]:
        cos, sin = math.cos(lean), math.sin(lean)
        return [
            (foot + (x - 0.5) * cos - (y - 0.9) * sin, 0.9 + (x - 0.5) * sin + (y - 0.9) * cos)
            for x, y in ((p[0], p[1]) for p in points)
        ]

    canvas.ground(foot, 0.905, 0.13 if humming else 0.1)
    if humming:
        canvas.stroke(put([(0.5, 0.13), (0.5, 0.33)]), 0.03, metal, volume=0.7)
        grip = put(ellipse(0.5, 0.115, 0.065, 0.045))
        canvas.part(put(rounded(0.468, 0.79, 0.532, 0.87, 0.02)), metal, volume=0.7, radius=0.02)
        canvas.part(put(ellipse(0.5, 0.88, 0.028, 0.03)), Paint(INK, gloss=0.5), radius=0.015)
    else:
        canvas.stroke(put([(0.5, 0.15), (0.5, 0.27)]), 0.05, knob.shaded(0.85), volume=0.7)
        grip = put(ellipse(0.5, 0.125, 0.056, 0.05))
        tip: list[Point] = [(0.468, 0.84), (0.532, 0.84), (0.508, 0.905), (0.492, 0.905)]
        canvas.part(put(tip), metal, volume=0.6, radius=0.012)
    canvas.part(grip, knob, volume=0.8, radius=0.025)
    half: list[Knot] = [(0, profile[0][1] - 0.008), *profile, (0, profile[-1][1] + 0.01)]
    outline = curve(mirrored(half))
    canvas.part(put(outline), main, volume=0.8, radius=0.06, barrel=0.35)
    right = sorted((p for p in curve(half, closed=False) if p[0] > 0.02), key=lambda p: p[1])
    spread = (band,) if not double else (band - 0.06, band + 0.2)
    for share in spread:
        high = profile[0][1] + (profile[-1][1] - profile[0][1]) * share
        thick = 0.075 if double else 0.11
        ring = _band(put, right, high, high + thick)
        canvas.part(ring, stripe, volume=0.2, radius=0.01, drop=0, barrel=0.35)
        # Fine lines keep a stripe visible on a body of its own colour.
        for seam in (ring[:21], ring[28:49]):
            canvas.ink(seam, tone(main.colour, 0.45), 0.007, 0.8)


def _band(
    put: Callable[[Sequence[Point]], list[Point]], side: Sequence[Point], high: float, low: float
) -> list[Point]:
    """The outline of a stripe round a turned body, between two heights of its right `side`."""

    def half(y: float) -> float:
        for a, b in pairwise(side):
            if a[1] <= y <= b[1]:
                return a[0] + (b[0] - a[0]) * (y - a[1]) / max(1e-6, b[1] - a[1])
        return side[-1][0]

    def edge(y: float) -> list[Point]:
        wide = half(y)
        return [
            (0.5 + wide * k / 10, y + wide * 0.16 * math.sqrt(1 - (k / 10) ** 2))
            for k in range(-10, 11)
        ]

    steps = [high + (low - high) * k / 8 for k in range(1, 8)]
    right = [(0.5 + half(y), y) for y in steps]
    left = [(0.5 - half(y), y) for y in reversed(steps)]
    return put([*edge(high), *right, *reversed(edge(low)), *left])


TAB: tuple[Point, ...] = (
    (0.0, 0.0),
    (0.39, 0.0),
    (0.435, 0.045),
    *ellipse(0.5, 0.13, 0.11, 0.1, 215, -35, steps=14),
    (0.565, 0.045),
    (0.61, 0.0),
    (1.0, 0.0),
)


def puzzle(canvas: Canvas, look: Look) -> None:
    """A jigsaw of nine pieces, one of which lies beside its place."""
    dice, main = look.dice, look.main
    cell = dice.uniform(0.205, 0.22)
    signs = [dice.choice((-1, 1)) for _ in range(12)]
    tones = [dice.uniform(0.84, 1.18) for _ in range(9)]
    turn = math.radians(dice.uniform(12, 26) * dice.choice((-1, 1)))
    framed = look.part("frame") == "frame"
    x0, y0 = 0.45 - 1.5 * cell, 0.45 - 1.5 * cell
    end_x, end_y = x0 + 3 * cell, y0 + 3 * cell
    wood = Paint(look.accent("frame", (214, 176, 124)), texture="wood", gloss=0.25)
    if framed:
        rim = 0.05
        tray = rounded(x0 - rim, y0 - rim, end_x + rim, end_y + rim, 0.035)
        canvas.part(tray, wood, volume=0.6, radius=0.02)
        floor = rounded(x0 - 0.006, y0 - 0.006, end_x + 0.006, end_y + 0.006, 0.012)
        canvas.part(floor, wood.shaded(0.6), volume=0.3, radius=0.02, drop=0)
    for i in range(9):
        row, column = divmod(i, 3)
        shape = _piece(x0 + column * cell, y0 + row * cell, cell, _tabs(signs, row, column))
        if i == 8:
            middle = (x0 + 2.5 * cell, y0 + 2.5 * cell)
            goal = (0.93 - cell * 0.5, 0.93 - cell * 0.5)
            cos, sin = math.cos(turn), math.sin(turn)
            shape = [
                (
                    goal[0] + (x - middle[0]) * cos - (y - middle[1]) * sin,
                    goal[1] + (x - middle[0]) * sin + (y - middle[1]) * cos,
                )
                for x, y in shape
            ]
        paint = main.turned(math.degrees(turn)) if i == 8 else main
        canvas.part(
            shape,
            paint.shaded(tones[i]) if main.pattern == "plain" else paint,
            volume=0.4,
            radius=0.012,
            drop=0.6 if i == 8 else 0.15,
        )
        canvas.ink([*shape, shape[0]], tone(main.colour, 0.4), 0.005, 0.65)


def _tabs(signs: Sequence[int], row: int, column: int) -> tuple[int, int, int, int]:
    """Which way the tabs of a piece's top, right, bottom and left sides point: 1 is outwards.

    The first six `signs` are of the upright cuts (1 points right), the others of the level ones
    (1 points down); the rim of the puzzle is straight.
    """
    upright, level = signs[:6], signs[6:]
    return (
        -level[(row - 1) * 3 + column] if row else 0,
        upright[row * 2 + column] if column < 2 else 0,
        level[row * 3 + column] if row < 2 else 0,
        -upright[row * 2 + column - 1] if column else 0,
    )


def _piece(x: float, y: float, cell: float, tabs: tuple[int, int, int, int]) -> list[Point]:
    outline: list[Point] = []
    corners = ((x, y), (x + cell, y), (x + cell, y + cell), (x, y + cell))
    for i, tab in enumerate(tabs):
        (ax, ay), (bx, by) = corners[i], corners[(i + 1) % 4]
        along, out = ((bx - ax), (by - ay)), ((by - ay), (ax - bx))
        outline += [
            (ax + along[0] * t + out[0] * h * tab, ay + along[1] * t + out[1] * h * tab)
            for t, h in (TAB if tab else TAB[:1])
        ]
    return outline
