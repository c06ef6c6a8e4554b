"""Watches, sunglasses, necklaces and earrings."""

import math
from dataclasses import replace

from demo.draw.canvas import Canvas
from demo.draw.fittings import BRASS, GLINT, STEEL, chain, evenly, seam, strung
from demo.draw.geometry import Knot, Point, curve, ellipse, flipped, mirrored, rounded
from demo.draw.paint import Paint, tone
from demo.looks import Look


def watch(canvas: Canvas, look: Look) -> None:
    """A wristwatch laid straight, its strap above and below."""
    dice, main = look.dice, look.main
    metal = BRASS if look.part("hardware") == "gold" else STEEL
    size = dice.uniform(0.205, 0.225)
    square = look.part("dial") == "square"
    wide, narrow = size * dice.uniform(0.6, 0.68), size * dice.uniform(0.46, 0.52)
    high = size * (1.08 if square else 1.0)
    canvas.stroke([(0.5 + size, 0.5), (0.5 + size + 0.02, 0.5)], 0.036, metal.shaded(0.85))
    for side in (-1, 1):
        end = 0.5 + side * dice.uniform(0.4, 0.42)
        strap: list[Knot] = [
            (0.5 - wide, 0.5 + side * high * 0.8, 1),
            (0.5 - narrow, end - side * 0.05),
            (0.5 - narrow * 0.75, end),
            (0.5 + narrow * 0.75, end),
            (0.5 + narrow, end - side * 0.05),
            (0.5 + wide, 0.5 + side * high * 0.8, 1),
        ]
        canvas.part(curve(strap), main, volume=0.7, radius=0.03, barrel=0.15)
        if look.material == "steel":
            reach = abs(end - 0.5) - high
            for i in range(6):
                share = (i + 0.5) / 6
                y = 0.5 + side * (high + reach * share)
                half = (wide + (narrow - wide) * share) * 0.94
                canvas.ink([(0.5 - half, y), (0.5 + half, y)], tone(main.colour, 0.45), 0.006, 0.8)
            for s in (-0.36, 0.36):
                rail: list[Knot] = [(0.5 + wide * s, 0.5 + side * high), (0.5 + narrow * s, end)]
                canvas.ink(rail, tone(main.colour, 0.5), 0.005, 0.8)
            continue
        for s in (-0.82, 0.82):
            line: list[Knot] = [
                (0.5 + wide * s, 0.5 + side * high),
                (0.5 + narrow * s, end - side * 0.03),
            ]
            canvas.ink(line, seam(main.colour), 0.005, 0.8, dash=0.012)
        if side > 0:
            for i in range(3):
                y = end - 0.05 - i * 0.035
                hole = ellipse(0.5, y, 0.008, 0.01)
                canvas.part(hole, Paint(tone(main.colour, 0.35)), radius=0.004, drop=0)
        else:
            bar = rounded(0.5 - narrow - 0.02, end - 0.035, 0.5 + narrow + 0.02, end + 0.03, 0.015)
            gap = rounded(0.5 - narrow, end - 0.017, 0.5 + narrow, end + 0.012, 0.008)
            canvas.part(bar, metal, radius=0.01, holes=[gap])
    for x in (-1, 1):
        for y in (-1, 1):
            lug: list[Knot] = [
                (0.5 + x * (wide + 0.014), 0.5 + y * high * 0.7),
                (0.5 + x * (wide + 0.01), 0.5 + y * (high + 0.03)),
            ]
            canvas.stroke(lug, 0.034, metal, drop=0.15)
    case = (
        rounded(0.5 - size, 0.5 - high, 0.5 + size, 0.5 + high, 0.06)
        if square
        else ellipse(0.5, 0.5, size, size)
    )
    canvas.part(case, metal, volume=0.8, radius=0.03, drop=0.5)
    _dial(canvas, look, metal, size * 0.84, high * 0.84, square)


def _dial(canvas: Canvas, look: Look, metal: Paint, wide: float, high: float, square: bool) -> None:
    """The face under the glass, with hands or with figures."""
    dice = look.dice
    digital = look.part("display") == "digital"
    face = Paint(look.accent("face", (30, 32, 36) if digital else (248, 246, 240)), gloss=0.3)
    dark = sum(face.colour) < 330
    mark = (244, 244, 240) if dark else (36, 38, 44)

    def framed(share: float) -> list[Point]:
        if square:
            return rounded(
                0.5 - wide * share,
                0.5 - high * share,
                0.5 + wide * share,
                0.5 + high * share,
                0.045 * share,
            )
        return ellipse(0.5, 0.5, wide * share, high * share)

    canvas.part(framed(1.06), metal.shaded(0.55), radius=0.015, drop=0)
    canvas.part(framed(1), face, volume=0.3, radius=0.02, drop=0)
    if digital:
        w, h = wide * (0.84 if square else 0.78), high * 0.44
        canvas.part(
            rounded(0.5 - w, 0.5 - h, 0.5 + w, 0.5 + h, 0.012),
            Paint((176, 190, 172), gloss=0.2),
            radius=0.012,
            drop=0,
        )
        for i, digit in enumerate(dice.choice(("1028", "0945", "1836", "2107"))):
            x = 0.5 + w * (-0.68, -0.27, 0.27, 0.68)[i]
            _digit(canvas, int(digit), x, 0.5, w * 0.14, h * 0.6)
        for y in (-0.2, 0.2):
            canvas.ink([(0.493, 0.5 + h * y), (0.507, 0.5 + h * y)], (34, 38, 36), 0.014, 0.95)
        return
    star: list[Point] = []
    for i in range(12):
        angle = math.radians(30 * i)
        for turn, reach in ((-0.045, 0.9), (0.045, 0.9), (0.26, 0.5)):
            star.append(
                (
                    0.5 + wide * reach * math.sin(angle + turn),
                    0.5 - high * reach * math.cos(angle + turn),
                )
            )
    canvas.part(star, Paint(mark), volume=0.1, drop=0)
    canvas.part(framed(0.73), face, volume=0, drop=0)
    hour, minute = math.radians(dice.uniform(295, 312)), math.radians(dice.uniform(48, 70))
    for angle, reach, thick in ((hour, 0.48, 0.019), (minute, 0.74, 0.015)):
        tip = (0.5 + wide * reach * math.sin(angle), 0.5 - high * reach * math.cos(angle))
        back = (0.5 - wide * 0.12 * math.sin(angle), 0.5 + high * 0.12 * math.cos(angle))
        canvas.stroke([back, tip], thick, Paint(mark), drop=0.25)
    canvas.part(ellipse(0.5, 0.5, 0.016, 0.016), metal, radius=0.008, drop=0.2)


# Which of the seven strokes each figure has: top, both upper sides, middle, both lower, bottom.
_STROKES = (
    "1110111",
    "0010010",
    "1011101",
    "1011011",
    "0111010",
    "1101011",
    "1101111",
    "1010010",
    "1111111",
    "1111011",
)


def _digit(canvas: Canvas, digit: int, x: float, y: float, w: float, h: float) -> None:
    a, b, c, d, e, f = (
        (x - w, y - h),
        (x + w, y - h),
        (x - w, y),
        (x + w, y),
        (x - w, y + h),
        (x + w, y + h),
    )
    lines = ((a, b), (a, c), (b, d), (c, d), (c, e), (d, f), (e, f))
    path: list[Point] = []
    for line, on in zip(lines, _STROKES[digit], strict=True):
        if on == "1":
            path += line
    for start, end in zip(path[::2], path[1::2], strict=True):
        canvas.ink([start, end], (34, 38, 36), 0.011, 0.95)


def sunglasses(canvas: Canvas, look: Look) -> None:
    """Sunglasses from the front and a little above."""
    dice, main, shape = look.dice, look.main, look.part("shape")
    wire = look.material == "metal"
    rim = dice.uniform(0.012, 0.015) if wire else dice.uniform(0.026, 0.034)
    glass = Paint(look.accent("lens", (50, 48, 52)), gloss=1.0, texture="glass")
    cx, cy, w = 0.205, 0.53, dice.uniform(0.145, 0.155) * (0.9 if shape == "cat-eye" else 1)
    h = w * {"round": 0.98, "square": 0.78, "aviator": 0.96, "cat-eye": 0.74}[shape]
    canvas.ground(0.5, cy + h + rim + 0.01, 0.34, 0.3)
    for side in (1, -1):
        hinge = 0.5 + side * (cx + w + rim * 0.8)
        temple: list[Knot] = [
            (hinge, cy - h * 0.55),
            (hinge - side * 0.02, cy - h * 0.9),
            (0.5 + side * 0.275, 0.27),
            (0.5 + side * 0.245, 0.225),
            (0.5 + side * 0.22, 0.225),
        ]
        canvas.stroke(curve(temple, closed=False), 0.012 if wire else 0.026, main.shaded(0.72))
    bridge: list[Knot] = [
        (0.5 - cx + w * 0.9, cy - h * 0.25),
        (0.5, cy - h * 0.52),
        (0.5 + cx - w * 0.9, cy - h * 0.25),
    ]
    canvas.stroke(curve(bridge, closed=False), rim * (1 if wire else 1.2), main)
    if shape == "aviator":
        bar: list[Knot] = [(0.5 - cx + w * 0.5, cy - h * 0.9), (0.5 + cx - w * 0.5, cy - h * 0.9)]
        canvas.stroke(bar, rim, main)
    for side in (1, -1):
        lens = _lens(shape, side, 0.5 + side * cx, cy, w, h, 0)
        outer = _lens(shape, side, 0.5 + side * cx, cy, w, h, rim)
        canvas.part(lens, replace(glass, opacity=0.86), volume=0.55, radius=0.05, drop=0.2)
        x = 0.5 + side * cx
        for dx, width in ((0.0, 0.028), (0.048, 0.012)):
            line = [(x - w * 0.5 + dx, cy + h * 0.25), (x - w * 0.05 + dx, cy - h * 0.55)]
            canvas.ink(line, GLINT, width, 0.28)
        canvas.part(outer, main, volume=0.8, radius=0.012, drop=0.3, holes=[lens])
        if not wire:
            hinge = 0.5 + side * (cx + w * 0.97 + rim * 0.3)
            y = cy - h * (0.98 if shape == "cat-eye" else 0.5)
            canvas.part(ellipse(hinge, y, 0.008, 0.008), STEEL, radius=0.004, drop=0)


def _lens(
    shape: str, side: int, x: float, y: float, w: float, h: float, grow: float
) -> list[Point]:
    """A lens's outline, `grow` larger all round; `side` is +1 for the right one."""
    w, h = w + grow, h + grow
    if shape == "round":
        return ellipse(x, y, w, h)
    outlines: dict[str, list[Knot]] = {
        "square": [
            (-0.8, -1),
            (0.86, -1),
            (1.02, -0.78),
            (0.9, 0.7),
            (0.66, 1),
            (-0.6, 1),
            (-0.84, 0.72),
            (-0.98, -0.74),
        ],
        "aviator": [
            (-0.72, -0.92),
            (0.55, -0.95),
            (1.02, -0.55),
            (0.9, 0.4),
            (0.36, 1),
            (-0.3, 0.86),
            (-0.8, 0.2),
            (-1, -0.6),
        ],
        "cat-eye": [
            (-0.8, -0.72),
            (0.2, -0.86),
            (1.22, -1.28),
            (1.1, -0.3),
            (0.6, 0.82),
            (-0.2, 1),
            (-0.84, 0.55),
            (-1, -0.3),
        ],
    }
    return curve([(x + side * kx * w, y + ky * h) for kx, ky in outlines[shape]])


def necklace(canvas: Canvas, look: Look) -> None:
    """A necklace laid out as a loop, of links or of beads, perhaps with a pendant."""
    dice, main = look.dice, _polished(look)
    long, hung = look.part("length") == "long", look.part("pendant")
    metal = main if look.material in ("gold", "silver") else BRASS
    wide = dice.uniform(0.17, 0.2) if long else dice.uniform(0.27, 0.3)
    low = dice.uniform(0.68, 0.71) if long else dice.uniform(0.62, 0.66)
    low += 0.14 if hung == "none" else 0
    top = 0.1 if long else 0.16 + (0.06 if hung == "none" else 0)
    half: list[Knot] = [
        (0, top),
        (wide * 0.68, top + 0.045),
        (wide, top + (low - top) * 0.4),
        (wide * 0.66, low - (low - top) * 0.14),
        (0, low),
    ]
    loop = curve(mirrored(half), steps=14)
    if look.part("chain") == "beads":
        size = dice.uniform(0.019, 0.03)
        beads = strung(evenly([*loop, loop[0]], size * 1.9), size, (size,))
        canvas.part(beads, main, volume=0.95, radius=size * 0.55, drop=0.5)
    else:
        # Without a pendant the links are all there is of the necklace's colour.
        links = main if hung == "none" else metal
        chain(canvas, [*loop, loop[0]], dice.uniform(0.034, 0.042), links)
    canvas.part(rounded(0.482, top - 0.014, 0.518, top + 0.016, 0.01), metal, radius=0.008)
    if hung == "none":
        return
    canvas.part(
        ellipse(0.5, low + 0.028, 0.019, 0.025),
        metal,
        radius=0.006,
        holes=[ellipse(0.5, low + 0.028, 0.009, 0.014)],
    )
    y, size = low + 0.04, dice.uniform(0.08, 0.095)
    pendants: dict[str, list[Knot]] = {
        "heart": [
            (0, y + size * 0.34, 1),
            (size * 0.52, y - size * 0.06),
            (size * 1.02, y + size * 0.36),
            (size * 0.72, y + size * 1.1),
            (0, y + size * 1.85, 1),
        ],
        "drop": [
            (0, y, 1),
            (size * 0.42, y + size * 0.8),
            (size * 0.72, y + size * 1.35),
            (size * 0.46, y + size * 1.92),
            (0, y + size * 2.08),
        ],
        "disc": [
            (size * math.sin(a), y + size * (1 - math.cos(a)))
            for a in (0, 0.52, 1.05, 1.57, 2.09, 2.62, 3.1416)
        ],
    }
    outline = curve(mirrored(pendants[hung]))
    canvas.part(outline, main, volume=0.95, radius=0.03, drop=0.55)
    glint = curve(
        [(0.5 - size * 0.5, y + size * 0.85), (0.5 - size * 0.36, y + size * 0.55)], closed=False
    )
    canvas.ink(glint, GLINT, 0.014, 0.65)


def earrings(canvas: Canvas, look: Look) -> None:
    """A pair of earrings side by side: hoops, drops, hearts or studs."""
    dice, main, shape = look.dice, _polished(look), look.part("shape")
    metal = main if look.material in ("gold", "silver") else BRASS
    apart, size = dice.uniform(0.2, 0.215), dice.uniform(0.95, 1.08)
    ball = dice.random() < 0.5
    thick = dice.uniform(0.03, 0.04)
    for x in (0.5 - apart, 0.5 + apart):
        if shape == "hoop":
            r = 0.165 * size
            wire = curve(
                [(x - 0.05, 0.51 - r), (x - 0.01, 0.46 - r), (x + 0.05, 0.5 - r)], closed=False
            )
            canvas.stroke(wire, 0.014, metal)
            canvas.part(
                ellipse(x, 0.5, r, r * 1.04),
                main,
                volume=0.95,
                radius=thick * 0.45,
                holes=[ellipse(x, 0.5, r - thick, r * 1.04 - thick)],
            )
            canvas.ink(
                ellipse(x, 0.5, r - thick * 0.4, r - thick * 0.4, 190, 260), GLINT, 0.008, 0.6
            )
        elif shape == "stud":
            _stud(canvas, x, main, metal, 0.125 * size)
        else:
            _hook(canvas, x, 0.3, metal)
            if shape == "drop":
                _drop(canvas, x, main, metal, size, ball)
            else:
                _heart(canvas, x, main, metal, 0.13 * size)


def _polished(look: Look) -> Paint:
    """The main paint; silver as bright as it shines."""
    return look.main.shaded(1.6) if look.material == "silver" else look.main


def _stud(canvas: Canvas, x: float, main: Paint, metal: Paint, r: float) -> None:
    """A cut stone in a setting with four claws."""
    canvas.part(ellipse(x, 0.5, r * 1.12, r * 1.12), metal, volume=0.9, radius=0.02, drop=0.5)
    canvas.part(ellipse(x, 0.5, r, r), main, volume=0.9, radius=0.05, drop=0.1)
    table = ellipse(x, 0.5, r * 0.56, r * 0.56, steps=8)
    for near, far in zip(table, ellipse(x, 0.5, r * 0.98, r * 0.98, steps=8), strict=True):
        canvas.ink([near, far], GLINT, 0.005, 0.4)
    canvas.part(table, main.shaded(1.18), volume=0.4, radius=0.02, drop=0)
    canvas.ink([(x - r * 0.3, 0.5 - r * 0.05), (x - r * 0.02, 0.5 - r * 0.33)], GLINT, 0.018, 0.6)
    for px, py in ellipse(x, 0.5, r * 0.98, r * 0.98, 45, 405, steps=4):
        canvas.part(ellipse(px, py, r * 0.11, r * 0.11), metal, radius=0.008)


def _heart(canvas: Canvas, x: float, main: Paint, metal: Paint, size: float) -> None:
    """A rounded heart that hangs from the hook."""
    half: list[Knot] = [
        (0, 0.37, 1),
        (size * 0.52, 0.335),
        (size, 0.4),
        (size * 0.72, 0.52),
        (0, 0.67, 1),
    ]
    canvas.stroke([(x, 0.33), (x, 0.38)], 0.012, metal)
    canvas.part(curve(mirrored(half, x)), main, volume=1.0, radius=0.045, drop=0.5)
    shine = curve([(x - size * 0.68, 0.46), (x - size * 0.58, 0.4)], closed=False)
    canvas.ink(shine, GLINT, 0.018, 0.6)


def _hook(canvas: Canvas, x: float, y: float, metal: Paint) -> None:
    """The wire that goes through the ear, and the ring under it."""
    wire: list[Knot] = [
        (x, y),
        (x - 0.008, y - 0.08),
        (x + 0.032, y - 0.155),
        (x + 0.085, y - 0.1),
        (x + 0.088, y + 0.01),
    ]
    canvas.stroke(curve(wire, closed=False), 0.014, metal)
    canvas.part(
        ellipse(x, y + 0.012, 0.02, 0.022),
        metal,
        radius=0.006,
        holes=[ellipse(x, y + 0.012, 0.009, 0.011)],
    )


def _drop(canvas: Canvas, x: float, main: Paint, metal: Paint, size: float, ball: bool) -> None:
    """A stone that hangs from the hook: a drop, or a ball under a smaller one."""
    if ball:
        canvas.stroke([(x, 0.33), (x, 0.5)], 0.01, metal)
        canvas.part(ellipse(x, 0.39, 0.042 * size, 0.042 * size), main, volume=0.95, radius=0.025)
        r = 0.1 * size
        canvas.part(ellipse(x, 0.55, r, r), main, volume=1.0, radius=0.055, drop=0.5)
        canvas.ink(ellipse(x, 0.55, r * 0.6, r * 0.6, 195, 250), GLINT, 0.02, 0.6)
        return
    half: list[Knot] = [
        (0, 0.335, 1),
        (0.045 * size, 0.47),
        (0.105 * size, 0.62),
        (0.07 * size, 0.72),
        (0, 0.75),
    ]
    outline = curve(mirrored(half, x))
    canvas.part([(x + (px - x) * 1.18, 0.55 + (py - 0.55) * 1.08) for px, py in outline], metal)
    canvas.part(outline, main, volume=1.0, radius=0.045, drop=0.1)
    shine = curve(flipped([(x + 0.05 * size, 0.62), (x + 0.032 * size, 0.53)], x), closed=False)
    canvas.ink(shine, GLINT, 0.018, 0.6)
