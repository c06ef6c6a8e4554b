"""Flowers in pots."""

import math

from demo.draw.canvas import Canvas
from demo.draw.geometry import Point, between, curve, ellipse
from demo.draw.paint import Paint, tone
from demo.draw.plants import blade, pot, pot_front
from demo.looks import Look


def potted_flower(canvas: Canvas, look: Look) -> None:
    """Flowers in a pot; the main colour is that of their petals."""
    wide, paint, foot, top = pot(canvas, look, 0.28)
    green = Paint((72, 128, 74))
    growers = {"tulips": _tulips, "daisies": _daisies, "orchid": _orchid, "bush": _blossoms}
    growers[look.part("flower")](canvas, look, look.main.plain(), green, top)
    pot_front(canvas, paint, "tapered", wide, foot, top, 0.87)


def _tulips(canvas: Canvas, look: Look, petals: Paint, green: Paint, top: float) -> None:
    dice = look.dice
    heads = []
    for x, y in ((-0.2, 0.3), (0.2, 0.28), (-0.09, 0.2), (0.1, 0.19), (0.0, 0.33)):
        x, y = 0.5 + x * dice.uniform(0.9, 1.1), y + dice.uniform(-0.02, 0.02)
        stem = curve(
            [
                (0.5 + (x - 0.5) * 0.3, top + 0.02),
                (0.5 + (x - 0.5) * 0.7, top - 0.15),
                (x, y + 0.05),
            ],
            closed=False,
        )
        canvas.stroke(stem, 0.014, green.shaded(0.9), drop=0.2)
        heads.append((x, y))
    for angle, length in ((-48, 0.34), (46, 0.33), (-22, 0.4), (20, 0.38)):
        turn = math.radians(angle + dice.uniform(-5, 5))
        tip = (0.5 + math.sin(turn) * length, top - math.cos(turn) * length)
        canvas.part(
            blade((0.5, top + 0.04), tip, 0.036, 0.02 if angle < 0 else -0.02),
            green,
            volume=0.6,
            radius=0.02,
        )
    for x, y in heads:
        for s in (-1, 1):
            side = curve(
                [
                    (x, y + 0.07, 1),
                    (x + s * 0.068, y + 0.03),
                    (x + s * 0.056, y - 0.075, 1),
                    (x + s * 0.012, y - 0.02),
                ]
            )
            canvas.part(side, petals.shaded(0.86), volume=0.7, radius=0.025, drop=0.3)
        front = curve(
            [
                (x, y + 0.074),
                (x + 0.044, y + 0.03),
                (x + 0.03, y - 0.035),
                (x, y - 0.07, 1),
                (x - 0.03, y - 0.035),
                (x - 0.044, y + 0.03),
            ]
        )
        canvas.part(front, petals, volume=0.8, radius=0.025, drop=0.2)


def _daisies(canvas: Canvas, look: Look, petals: Paint, green: Paint, top: float) -> None:
    dice = look.dice
    heads = []
    for x, y in ((-0.23, 0.34), (0.24, 0.36), (-0.11, 0.2), (0.12, 0.21), (0.0, 0.36)):
        x, y = 0.5 + x * dice.uniform(0.92, 1.08), y + dice.uniform(-0.025, 0.025)
        stem = curve(
            [(0.5 + (x - 0.5) * 0.3, top + 0.02), (0.5 + (x - 0.5) * 0.75, top - 0.12), (x, y)],
            closed=False,
        )
        canvas.stroke(stem, 0.012, green.shaded(0.85), drop=0.2)
        heads.append((x, y))
    _leaves(canvas, look, green, top)
    heart = Paint(
        (236, 186, 52) if sum(petals.colour) < 600 or min(petals.colour) > 150 else (120, 72, 40)
    )
    for x, y in heads:
        for i in range(11):
            angle = i * 2 * math.pi / 11 + x
            tip = (x + math.cos(angle) * 0.098, y + math.sin(angle) * 0.092)
            canvas.part(_petal((x, y), tip, 0.026), petals, volume=0.5, radius=0.012, drop=0.2)
        canvas.part(ellipse(x, y, 0.034, 0.032), heart, volume=0.9, radius=0.02, drop=0.2)


def _leaves(canvas: Canvas, look: Look, green: Paint, top: float) -> None:
    """A low cushion of leaves over the rim of the pot."""
    dice = look.dice
    for i, angle in enumerate((-88, 88, -62, 62, -36, 36, -10, 12, -75, 74)):
        turn = math.radians(angle + dice.uniform(-8, 8))
        length = dice.uniform(0.2, 0.25)
        tip = (0.5 + math.sin(turn) * length * 1.05, top - math.cos(turn) * length + 0.03)
        base = (0.5 + math.sin(turn) * 0.04, top + 0.03)
        canvas.part(
            blade(base, tip, 0.044, 0),
            green.shaded(0.8 + 0.03 * i),
            volume=0.6,
            radius=0.02,
            drop=0.3,
        )


def _orchid(canvas: Canvas, look: Look, petals: Paint, green: Paint, top: float) -> None:
    dice = look.dice
    lean = dice.choice((-1, 1))
    for angle, length in ((-76, 0.27), (76, 0.27), (-46, 0.22), (44, 0.22)):
        turn = math.radians(angle)
        tip = (0.5 + math.sin(turn) * length, top - math.cos(turn) * length - 0.01)
        bend = 0.02 if angle < 0 else -0.02
        canvas.part(blade((0.5, top + 0.03), tip, 0.05, bend), green, volume=0.7, radius=0.02)
    knots = [
        (0.5, top + 0.02),
        (0.5 - lean * 0.11, top - 0.22),
        (0.5 - lean * 0.08, 0.2),
        (0.5 + lean * 0.1, 0.12),
        (0.5 + lean * 0.27, 0.3),
    ]
    stem = curve(knots, closed=False)
    canvas.stroke(stem, 0.015, green.shaded(0.8), drop=0.2)
    dark = petals.shaded(0.55) if min(petals.colour) < 190 else Paint((200, 70, 120))
    for share, side in ((0.42, -0.075), (0.57, -0.01), (0.78, 0.02), (0.98, 0.0)):
        px, py = stem[round(share * (len(stem) - 1))]
        _orchid_bloom(canvas, (px + lean * side, py + 0.03), petals, dark)


def _orchid_bloom(canvas: Canvas, at: Point, petals: Paint, dark: Paint) -> None:
    """Three narrow sepals behind, two broad petals before them and a dark lip."""
    x, y = at
    edge = tone(petals.colour, 0.62)
    for angle in (90, 212, 328):
        way = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        tip = (x + way[0] * 0.09, y - way[1] * 0.09)
        shape = _petal((x, y), tip, 0.029)
        canvas.part(shape, petals.shaded(0.88), volume=0.5, radius=0.015, drop=0.3)
        canvas.ink([*shape, shape[0]], edge, 0.003, 0.5)
    for s in (-1, 1):
        wing = curve(
            [
                (x, y, 1),
                (x + s * 0.03, y - 0.053),
                (x + s * 0.092, y - 0.038),
                (x + s * 0.085, y + 0.024),
                (x + s * 0.026, y + 0.019),
            ]
        )
        canvas.part(wing, petals, volume=0.6, radius=0.02, drop=0.2)
        canvas.ink([*wing, wing[0]], edge, 0.003, 0.5)
    canvas.part(ellipse(x, y + 0.018, 0.022, 0.032), dark, volume=0.8, radius=0.012, drop=0.15)
    canvas.part(ellipse(x, y, 0.01, 0.01), Paint((246, 206, 90)), volume=0.6, drop=0)


def _blossoms(canvas: Canvas, look: Look, petals: Paint, green: Paint, top: float) -> None:
    """A round bush with big blossoms all over it."""
    dice = look.dice
    _leaves(canvas, look, green.shaded(0.9), top)
    bush = [
        (
            0.5 + math.cos(a / 24 * math.pi) * 0.27 * dice.uniform(0.93, 1.07),
            top - 0.17 + math.sin(a / 24 * math.pi) * 0.2 * dice.uniform(0.93, 1.07),
        )
        for a in range(48)
    ]
    canvas.part(curve(bush[::2]), green.shaded(0.8), volume=0.7, radius=0.06, drop=0.3)
    for x, y in (
        (-0.2, 0.02),
        (0.2, 0.03),
        (-0.13, -0.14),
        (0.13, -0.15),
        (-0.25, -0.1),
        (0.25, -0.11),
        (0.0, -0.23),
        (0.0, -0.07),
        (-0.1, 0.06),
        (0.11, 0.06),
    ):
        x, y = 0.5 + x * dice.uniform(0.95, 1.1), top - 0.14 + y
        size = dice.uniform(0.078, 0.092)
        ball = ellipse(x, y, size, size)
        canvas.part(ball, petals.shaded(0.66), volume=0.9, radius=0.04, drop=0.35)
        ring = [i * math.pi / 4 + x * 9 for i in range(8)]
        around = [
            (x + math.cos(angle) * size * 0.66, y + math.sin(angle) * size * 0.66) for angle in ring
        ]
        # Neighbours overlap, so every other floret of the ring makes one part.
        for centres in (around[::2], around[1::2], [(x, y)]):
            outlines = [_floret(centre, size * 0.38, x * 9) for centre in centres]
            joined = [p for shape in outlines for p in (*shape, shape[0])]
            back = [shape[0] for shape in reversed(outlines)]
            eyes = [ellipse(*centre, 0.006, 0.006, steps=8) for centre in centres]
            canvas.part([*joined, *back], petals, volume=0.4, radius=0.012, drop=0.2, holes=eyes)


def _floret(centre: Point, size: float, turn: float) -> list[Point]:
    """A small flower of four petals."""
    return [
        (centre[0] + math.cos(angle + turn) * reach, centre[1] + math.sin(angle + turn) * reach)
        for angle, reach in (
            (k * math.pi / 10, size * (0.8 + 0.2 * math.cos(k * 0.4 * math.pi))) for k in range(20)
        )
    ]


def _petal(base: Point, tip: Point, width: float) -> list[Point]:
    """A petal: narrow at its foot, broad and round at its end."""
    dx, dy = tip[0] - base[0], tip[1] - base[1]
    length = math.hypot(dx, dy)
    nx, ny = -dy / length, dx / length
    sides = ((0.0, 0.25), (0.45, 0.85), (0.8, 1.0), (0.97, 0.5))
    points = [(*between(base, tip, t), w * width) for t, w in sides]
    return curve(
        [
            *((x + nx * w, y + ny * w) for x, y, w in points),
            *((x - nx * w, y - ny * w) for x, y, w in reversed(points)),
        ],
        steps=5,
    )
