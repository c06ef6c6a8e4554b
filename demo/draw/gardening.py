"""Garden tools: trowels, rakes, watering cans and wheelbarrows."""

import math
from collections.abc import Sequence

from demo.draw.canvas import Canvas
from demo.draw.geometry import Knot, Point, between, curve, ellipse
from demo.draw.paint import RGB, Paint, tone
from demo.draw.turned import lower_part, mouth
from demo.looks import Look

WOOD: RGB = (178, 128, 82)
INK: RGB = (50, 50, 54)
STEEL = Paint((184, 187, 190), texture="metal", gloss=0.9)
ROPE = Paint((190, 156, 112), texture="rope")


def _handle(look: Look) -> Paint:
    """A handle of bare wood, or painted."""
    painted = look.has_accent("handle")
    return Paint(look.accent("handle", WOOD), texture="smooth" if painted else "wood", gloss=0.3)


def along(start: Point, end: Point, sides: Sequence[Knot]) -> list[Point]:
    """A symmetric outline along an axis: (share of the way, half width) from start to end."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    nx, ny = -dy / length, dx / length

    def at(t: float, across: float) -> Point:
        x, y = between(start, end, t)
        return x + nx * across, y + ny * across

    right = [(*at(k[0], k[1]), *k[2:]) for k in sides]
    left = [(*at(k[0], -k[1]), *k[2:]) for k in reversed(sides)]
    return curve([*right, *left])


def trowel(canvas: Canvas, look: Look) -> None:
    """A hand trowel that lies slantwise."""
    dice = look.dice
    grip_end, tip = (0.22, 0.17), (0.76, 0.84)
    long = dice.uniform(0.46, 0.5)
    wide = {"wide": 0.125, "narrow": 0.075}[look.part("blade")] * dice.uniform(0.94, 1.06)
    neck, root = between(grip_end, tip, 1 - long - 0.1), between(grip_end, tip, 1 - long)
    canvas.stroke([between(grip_end, tip, 0.3), neck, root], 0.034, look.main.plain().shaded(0.85))
    sides = [
        (0.0, 0.02, 1),
        (0.03, wide * 0.75),
        (0.16, wide),
        (0.55, wide * 0.92),
        (0.84, wide * 0.5),
        (1.0, 0.004, 1),
    ]
    canvas.part(along(root, tip, sides), look.main, volume=0.6, radius=0.035, drop=0.5)
    hollow = [(0.08, 0.012), (0.25, wide * 0.42), (0.6, wide * 0.34), (0.86, 0.008)]
    canvas.part(along(root, tip, hollow), look.main.shaded(0.86), volume=-0.6, radius=0.03, drop=0)
    canvas.ink(
        [between(root, tip, 0.1), between(root, tip, 0.8)], tone(look.main.colour, 1.8), 0.008, 0.5
    )
    _grip(canvas, grip_end, neck, _handle(look))


def _grip(canvas: Canvas, start: Point, end: Point, paint: Paint) -> None:
    """A turned handle with a ferrule and a loop to hang it by."""
    angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0])) - 90
    loop = between(end, start, 1.09)
    canvas.stroke(ellipse(*loop, 0.03, 0.03, 0, 360), 0.009, Paint((112, 78, 52)), drop=0.2)
    ferrule = [(0.8, 0.034, 1), (1.0, 0.026, 1)]
    canvas.part(along(start, end, ferrule), STEEL, volume=0.8, radius=0.015)
    sides = [
        (0.0, 0.03, 1),
        (-0.02, 0.02),
        (0.06, 0.05),
        (0.28, 0.054),
        (0.55, 0.04),
        (0.78, 0.05),
        (0.86, 0.038, 1),
    ]
    canvas.part(along(start, end, sides), paint.turned(angle), volume=0.9, radius=0.025)


def rake(canvas: Canvas, look: Look) -> None:
    """A rake that lies slantwise, its head to the lower left."""
    dice = look.dice
    end, head = (0.88, 0.08), (0.48, 0.5)
    handle = _handle(look)
    canvas.part(
        along(end, head, [(0.0, 0.019, 1), (1.0, 0.021, 1)]),
        handle.turned(41),
        volume=0.9,
        radius=0.012,
        drop=0.5,
    )
    canvas.part(ellipse(*end, 0.021, 0.021), handle, volume=0.9, radius=0.01, drop=0)
    paint = look.main.plain()
    ahead = (-0.663, 0.749)
    across = (ahead[1], -ahead[0])

    def at(forward: float, side: float) -> Point:
        return (
            head[0] + ahead[0] * forward + across[0] * side,
            head[1] + ahead[1] * forward + across[1] * side,
        )

    if look.part("shape") == "leaf":
        spread, reach, count = dice.uniform(0.24, 0.27), dice.uniform(0.31, 0.34), 13
        for i in range(count):
            t = i / (count - 1) * 2 - 1
            line = curve(
                [
                    at(-0.03, t * 0.02),
                    at(reach * 0.55, t * spread * 0.55),
                    at(reach * (1 - 0.12 * t * t), t * spread),
                    at(reach * (1.06 - 0.12 * t * t) - 0.035, t * spread * 1.04),
                ],
                closed=False,
            )
            canvas.stroke(line, 0.016, paint.shaded(0.92 + 0.12 * (i % 2)), volume=0.7, drop=0.35)
        for share in (0.42, 0.62):
            bar = [
                at(reach * share * (1 - 0.06 * t * t), t * spread * share * 1.02)
                for t in (-1, -0.5, 0, 0.5, 1)
            ]
            canvas.stroke(bar, 0.02, paint.shaded(0.85), volume=0.7)
    else:
        half, teeth = dice.uniform(0.23, 0.26), 10
        for s in (-1, 1):
            bow = curve(
                [at(-0.06, 0), at(0.03, s * half * 0.55), at(0.16, s * half * 0.8)], closed=False
            )
            canvas.stroke(bow, 0.022, paint.shaded(0.9), volume=0.8)
        for i in range(teeth):
            side = (i / (teeth - 1) * 2 - 1) * half * 0.97
            canvas.part(
                [
                    at(0.16, side - 0.015),
                    at(0.16, side + 0.015),
                    at(0.29, side + 0.006),
                    at(0.29, side - 0.006),
                ],
                paint,
                volume=0.7,
                radius=0.01,
                drop=0.4,
            )
        canvas.stroke([at(0.16, -half), at(0.16, half)], 0.042, paint, volume=0.9)
    canvas.part(
        along(between(end, head, 0.84), at(0.05, 0), [(0.0, 0.027, 1), (1.0, 0.034, 1)]),
        paint.shaded(0.8),
        volume=0.8,
        radius=0.015,
    )


def watering_can(canvas: Canvas, look: Look) -> None:
    """A watering can from the side, its spout to the left."""
    dice = look.dice
    shape, spout = look.part("shape"), look.part("spout")
    wide, tall = {"straight": (0.2, 0.36), "conical": (0.235, 0.36), "low": (0.24, 0.25)}[shape]
    wide, tall = wide * dice.uniform(0.95, 1.04), tall * dice.uniform(0.96, 1.04)
    cx, low, tilt = 0.58, 0.84, 0.2
    top = low - tall
    rim = {"straight": 0.9, "conical": 0.6, "low": 0.74}[shape] * wide
    sides: dict[str, list[Knot]] = {
        "straight": [(rim, top, 1), (wide * 0.95, low - tall * 0.5), (wide, low)],
        "conical": [(rim, top, 1), ((rim + wide) / 2, low - tall * 0.5), (wide, low)],
        "low": [(rim, top, 1), (wide * 1.02, low - tall * 0.42), (wide, low)],
    }
    side = sides[shape]
    paint = look.main.plain()
    handle = Paint(look.accent("handle", tone(look.main.colour, 0.9)), gloss=look.main.gloss)
    canvas.ground(cx - 0.02, low + 0.02, wide * 1.15)
    reach = dice.uniform(0.0, 0.03)
    if spout == "rose":
        _wide_spout(canvas, (cx - wide * 0.86, low - 0.08), (0.17 + reach, top - 0.06), paint)
    else:
        neck = curve(
            [
                (cx - wide * 0.82, low - 0.07),
                (cx - wide * 1.22, low - tall * 0.34),
                (0.22 + reach, top - 0.02),
                (0.15 + reach, top - 0.13),
                (0.09 + reach, top - 0.145),
            ],
            closed=False,
        )
        canvas.stroke(neck, 0.036, paint, volume=0.9)
        canvas.part(ellipse(*neck[-1], 0.02, 0.024), paint.shaded(0.6), volume=-0.4, drop=0)
    # One bow over the top and down the back, as gardeners carry it.
    front, back = rim * 0.75, wide * 1.4
    middle, half = cx + (back - front) / 2, (back + front) / 2
    grip = ellipse(middle, top + tall * 0.1, half, tall * 0.72, 188, 424, steps=48)
    mouth(canvas, cx, top, rim, tilt, paint, 0.016)
    canvas.part(lower_part(cx, side, tilt, top), look.main, volume=0.65, radius=0.05, barrel=0.35)
    cover = [
        *ellipse(cx, top, rim, rim * tilt, 0, 90, 14),
        *ellipse(cx, top, rim, rim * tilt, -90, 0, 14),
    ]
    canvas.part(cover, paint.shaded(1.08), volume=0.5, radius=0.02, drop=0.15)
    canvas.stroke(grip, 0.036, handle, volume=0.9, drop=0.35)
    for share in (0.06, 0.94):
        y = top + tall * share
        radius = min(curve(side, closed=False), key=lambda p: abs(p[1] - y))[0]
        band = ellipse(cx, y, radius, radius * tilt, 3, 177, steps=30)
        canvas.stroke(band, 0.016, paint.shaded(0.94), volume=0.9, drop=0.15)


def _wide_spout(canvas: Canvas, foot: Point, tip: Point, paint: Paint) -> None:
    """A tapering spout with a sprinkling rose at its end."""
    canvas.part(
        along(foot, tip, [(0.0, 0.052, 1), (1.0, 0.021, 1)]), paint, volume=0.9, radius=0.025
    )
    dx, dy = tip[0] - foot[0], tip[1] - foot[1]
    length = math.hypot(dx, dy)
    ux, uy = dx / length, dy / length
    end = (tip[0] + ux * 0.07, tip[1] + uy * 0.07)
    canvas.part(along(tip, end, [(0.0, 0.022, 1), (1.0, 0.082, 1)]), paint, volume=0.8, radius=0.02)
    turn = math.atan2(uy, ux)

    def disc(size: float, flat: float) -> list[Point]:
        return [
            (
                end[0] + px * math.cos(turn) - py * math.sin(turn),
                end[1] + px * math.sin(turn) + py * math.cos(turn),
            )
            for px, py in ellipse(0, 0, flat, size)
        ]

    canvas.part(disc(0.084, 0.034), paint.shaded(1.15), volume=0.5, radius=0.015, drop=0.1)
    for px, py in (
        (0, 0),
        (0, 0.045),
        (0, -0.045),
        (0.013, 0.022),
        (0.013, -0.022),
        (-0.013, 0.024),
        (-0.013, -0.024),
    ):
        x = end[0] + px * math.cos(turn) - py * math.sin(turn)
        y = end[1] + px * math.sin(turn) + py * math.cos(turn)
        canvas.part(ellipse(x, y, 0.006, 0.008, steps=10), Paint(INK), volume=0, drop=0)


def wheelbarrow(canvas: Canvas, look: Look) -> None:
    """A wheelbarrow from the side, its wheel to the left."""
    dice = look.dice
    low, radius = 0.84, dice.uniform(0.115, 0.13)
    hub = (0.235, low - radius)
    frame = Paint(look.accent("frame", (70, 72, 76)), gloss=0.5)
    grip = Paint(INK, texture="rubber")
    canvas.ground(0.24, low + 0.005, 0.1)
    canvas.ground(0.62, low + 0.005, 0.12)
    box = look.part("shape") == "box"
    end = (0.88, dice.uniform(0.43, 0.47))
    rail = curve([hub, (0.46, 0.68), (0.7, 0.565), end], closed=False)
    back = [(x + 0.02, y - 0.035) for x, y in rail]
    canvas.stroke(back[4:], 0.022, frame.shaded(0.62))
    for shift, shade in ((0.045, 0.62),):
        canvas.stroke([(0.6 + shift, 0.6), (0.63 + shift, low - 0.025)], 0.024, frame.shaded(shade))
    rim_y, left, right = dice.uniform(0.33, 0.36), 0.19, 0.74
    if box:
        inside = [
            (left + 0.03, rim_y - 0.07),
            (right + 0.01, rim_y - 0.07),
            (right, rim_y + 0.03),
            (left, rim_y + 0.03),
        ]
        tray = curve([(left, rim_y, 1), (right, rim_y, 1), (0.66, 0.6, 1), (0.34, 0.645, 1)])
    else:
        inside = ellipse((left + right) / 2, rim_y, (right - left) / 2, 0.062)
        tray = curve(
            [
                (left, rim_y, 1),
                (right, rim_y, 1),
                (0.725, rim_y + 0.09),
                (0.655, 0.585),
                (0.52, 0.625),
                (0.36, 0.61),
                (0.25, rim_y + 0.13),
            ]
        )
    canvas.part(inside, look.main.plain().shaded(0.6), volume=-0.6, radius=0.03, drop=0.2)
    if box:
        canvas.part(
            tray,
            look.main.turned(90) if look.main.pattern == "plain" else look.main,
            volume=0.5,
            radius=0.03,
        )
        for i in (1, 2):
            y = rim_y + 0.09 * i
            canvas.ink(
                [(left + 0.05 * i, y), (right - 0.025 * i, y)],
                tone(look.main.colour, 0.5),
                0.008,
                0.7,
            )
        canvas.stroke(
            [(left - 0.01, rim_y), (right + 0.01, rim_y)],
            0.026,
            look.main.plain().shaded(1.1),
            volume=0.8,
        )
    else:
        body = [*tray]
        canvas.part(
            [
                *ellipse((left + right) / 2, rim_y, (right - left) / 2, 0.062, 0, 180),
                *[p for p in body[::-1] if p[1] > rim_y + 0.001],
            ],
            look.main,
            volume=0.75,
            radius=0.05,
        )
        lip = ellipse((left + right) / 2, rim_y, (right - left) / 2, 0.062)
        canvas.stroke([*lip, lip[0]], 0.018, look.main.plain().shaded(1.12), volume=0.9, drop=0.2)
    canvas.stroke(rail, 0.028, frame, volume=0.9)
    leg = curve(
        [(0.56, 0.62), (0.6, low - 0.012), (0.68, low - 0.012), (0.71, 0.555)], closed=False
    )
    canvas.stroke(leg, 0.026, frame, volume=0.9)
    canvas.stroke(rail[-7:], 0.046, grip, volume=0.9)
    _wheel(canvas, hub, radius, Paint(look.accent("wheel", (196, 198, 202)), gloss=0.5))
    canvas.stroke([hub, between(hub, rail[9], 0.5)], 0.026, frame, volume=0.9)


def _wheel(canvas: Canvas, hub: Point, radius: float, paint: Paint) -> None:
    canvas.part(
        ellipse(*hub, radius, radius),
        Paint((46, 46, 50), texture="rubber"),
        volume=0.9,
        radius=0.02,
    )
    canvas.part(ellipse(*hub, radius * 0.64, radius * 0.64), paint, volume=0.5, radius=0.015)
    for i in range(5):
        angle = math.radians(i * 72 + 20)
        spot = (hub[0] + math.cos(angle) * radius * 0.4, hub[1] + math.sin(angle) * radius * 0.4)
        canvas.part(
            ellipse(*spot, radius * 0.11, radius * 0.11),
            paint.shaded(0.45),
            volume=-0.4,
            radius=0.01,
            drop=0,
        )
    canvas.part(ellipse(*hub, radius * 0.2, radius * 0.2), STEEL, volume=0.9, radius=0.012)
