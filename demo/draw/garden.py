"""Things for the garden: tools, watering cans, bird houses, lights, parasols and deck chairs."""

import math
from collections.abc import Sequence
from dataclasses import replace

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, Point, between, curve, ellipse, rounded
from demo.draw.ornaments import lower_part, mouth
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look

WHITE: RGB = (255, 255, 255)
WOOD: RGB = (178, 128, 82)
INK: RGB = (50, 50, 54)
STEEL = Paint((184, 187, 190), texture="metal", gloss=0.9)
ROPE = Paint((190, 156, 112), texture="rope")


def _handle(look: Look) -> Paint:
    """A handle of bare wood, or painted."""
    painted = any(name == "handle" for name, _, _ in look.accents)
    return Paint(look.accent("handle", WOOD), texture="smooth" if painted else "wood", gloss=0.3)


def _along(start: Point, end: Point, sides: Sequence[Knot]) -> list[Point]:
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
    canvas.part(_along(root, tip, sides), look.main, volume=0.6, radius=0.035, drop=0.5)
    hollow = [(0.08, 0.012), (0.25, wide * 0.42), (0.6, wide * 0.34), (0.86, 0.008)]
    canvas.part(_along(root, tip, hollow), look.main.shaded(0.86), volume=-0.6, radius=0.03, drop=0)
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
    canvas.part(_along(start, end, ferrule), STEEL, volume=0.8, radius=0.015)
    sides = [
        (0.0, 0.03, 1),
        (-0.02, 0.02),
        (0.06, 0.05),
        (0.28, 0.054),
        (0.55, 0.04),
        (0.78, 0.05),
        (0.86, 0.038, 1),
    ]
    canvas.part(_along(start, end, sides), paint.turned(angle), volume=0.9, radius=0.025)


def rake(canvas: Canvas, look: Look) -> None:
    """A rake that lies slantwise, its head to the lower left."""
    dice = look.dice
    end, head = (0.82, 0.1), (0.36, 0.62)
    handle = _handle(look)
    canvas.part(
        _along(end, head, [(0.0, 0.019, 1), (1.0, 0.021, 1)]),
        handle.turned(41),
        volume=0.9,
        radius=0.012,
        drop=0.5,
    )
    canvas.part(ellipse(*end, 0.021, 0.021), handle, volume=0.9, radius=0.01, drop=0)
    paint = look.main.plain()
    along = (-0.663, 0.749)
    across = (along[1], -along[0])

    def at(forward: float, side: float) -> Point:
        return (
            head[0] + along[0] * forward + across[0] * side,
            head[1] + along[1] * forward + across[1] * side,
        )

    if look.part("shape") == "leaf":
        spread, reach, count = dice.uniform(0.29, 0.33), dice.uniform(0.3, 0.33), 13
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
        half, teeth = dice.uniform(0.25, 0.28), 10
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
        _along(between(end, head, 0.84), at(0.05, 0), [(0.0, 0.027, 1), (1.0, 0.034, 1)]),
        paint.shaded(0.8),
        volume=0.8,
        radius=0.015,
    )


def watering_can(canvas: Canvas, look: Look) -> None:
    """A watering can from the side, its spout to the left."""
    dice = look.dice
    shape, spout = look.part("shape"), look.part("spout")
    wide, tall = {"straight": (0.2, 0.36), "round": (0.22, 0.32), "low": (0.24, 0.25)}[shape]
    wide, tall = wide * dice.uniform(0.95, 1.04), tall * dice.uniform(0.96, 1.04)
    cx, low, tilt = 0.58, 0.84, 0.2
    top = low - tall
    rim = {"straight": 0.9, "round": 0.56, "low": 0.7}[shape] * wide
    sides: dict[str, list[Knot]] = {
        "straight": [(rim, top, 1), (wide * 0.95, low - tall * 0.5), (wide, low)],
        "round": [(rim, top, 1), (wide * 1.04, low - tall * 0.55), (wide * 0.74, low)],
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
                (cx - wide * 0.8, low - 0.06),
                (cx - wide * 1.5, low - tall * 0.4),
                (0.24 + reach, top - 0.04),
                (0.13 + reach, top - 0.09),
            ],
            closed=False,
        )
        canvas.stroke(neck, 0.036, paint, volume=0.9)
        canvas.part(ellipse(*neck[-1], 0.02, 0.024), paint.shaded(0.6), volume=-0.4, drop=0)
    # One bow over the top and down the back, as gardeners carry it.
    grip = [
        (cx - rim * 0.8, top + 0.01),
        (cx - rim * 0.45, top - 0.17),
        (cx + wide * 0.55, top - 0.2),
        (cx + wide * 1.42, top + 0.0),
        (cx + wide * 1.34, low - tall * 0.42),
        (cx + wide * 0.92, low - tall * 0.24),
    ]
    mouth(canvas, cx, top, rim, tilt, paint, 0.016)
    canvas.part(lower_part(cx, side, tilt, top), look.main, volume=0.65, radius=0.05, barrel=0.35)
    cover = [
        *ellipse(cx, top, rim, rim * tilt, 0, 90, 14),
        *ellipse(cx, top, rim, rim * tilt, -90, 0, 14),
    ]
    canvas.part(cover, paint.shaded(1.08), volume=0.5, radius=0.02, drop=0.15)
    canvas.stroke(curve(grip, closed=False), 0.036, handle, volume=0.9, drop=0.35)
    for share in (0.06, 0.94):
        y = top + tall * share
        radius = min(curve(side, closed=False), key=lambda p: abs(p[1] - y))[0]
        band = ellipse(cx, y, radius, radius * tilt, 3, 177, steps=30)
        canvas.stroke(band, 0.016, paint.shaded(0.94), volume=0.9, drop=0.15)


def _wide_spout(canvas: Canvas, foot: Point, tip: Point, paint: Paint) -> None:
    """A tapering spout with a sprinkling rose at its end."""
    canvas.part(
        _along(foot, tip, [(0.0, 0.052, 1), (1.0, 0.021, 1)]), paint, volume=0.9, radius=0.025
    )
    dx, dy = tip[0] - foot[0], tip[1] - foot[1]
    length = math.hypot(dx, dy)
    ux, uy = dx / length, dy / length
    end = (tip[0] + ux * 0.07, tip[1] + uy * 0.07)
    canvas.part(
        _along(tip, end, [(0.0, 0.022, 1), (1.0, 0.082, 1)]), paint, volume=0.8, radius=0.02
    )
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
    low, radius = 0.84, dice.uniform(0.1, 0.115)
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


def bird_house(canvas: Canvas, look: Look) -> None:
    """A bird house, hung on a cord, on a post or by itself."""
    dice = look.dice
    roof, mount = look.part("roof"), look.part("mount")
    half = dice.uniform(0.19, 0.22) * (0.86 if mount == "post" else 1)
    top, low = {"none": (0.2, 0.84), "cord": (0.34, 0.86), "post": (0.17, 0.62)}[mount]
    eaves = top + (0.2 if roof == "pitched" else 0.1) * (0.86 if mount == "post" else 1)
    cap = Paint(look.accent("roof", tone(look.main.colour, 0.62)), texture="wood")
    if mount == "none":
        canvas.ground(0.52, low + 0.005, half * 1.2)
    elif mount == "post":
        canvas.ground(0.5, 0.9, 0.1)
        post = Paint(WOOD, texture="wood")
        canvas.part(
            rounded(0.468, low - 0.02, 0.532, 0.9, 0.008),
            post,
            volume=0.7,
            radius=0.025,
            barrel=0.3,
        )
    else:
        hang = top + (0.01 if roof == "pitched" else 0.06)
        canvas.stroke(
            [(0.5, 0.1), (0.5, hang)]
            if roof == "pitched"
            else [(0.36, hang), (0.5, 0.1), (0.64, hang)],
            0.018,
            ROPE,
        )
        canvas.stroke(ellipse(0.5, 0.1, 0.028, 0.028), 0.01, STEEL)
    deep = 0.09
    side = [
        (0.5 + half, eaves - 0.03),
        (0.5 + half + deep, eaves - 0.06),
        (0.5 + half + deep, low - 0.045),
        (0.5 + half, low),
    ]
    canvas.part(side, look.main.shaded(0.68), volume=0.3, radius=0.015)
    if roof == "pitched":
        front = [
            (0.5, top + 0.03),
            (0.5 + half, eaves),
            (0.5 + half, low),
            (0.5 - half, low),
            (0.5 - half, eaves),
        ]
    else:
        front = [
            (0.5 - half, top + 0.03),
            (0.5 + half, eaves),
            (0.5 + half, low),
            (0.5 - half, low),
        ]
    canvas.part(front, look.main, volume=0.35, radius=0.02)
    floor = [
        (0.5 - half - 0.025, low - 0.02),
        (0.5 + half + 0.02, low - 0.02),
        (0.5 + half + 0.02, low + 0.018),
        (0.5 - half - 0.025, low + 0.018),
    ]
    canvas.part(floor, cap.turned(90).shaded(0.9), volume=0.5, radius=0.012)
    for x in (-0.33, 0.33):
        canvas.ink(
            [(0.5 + half * x, low - 0.025), (0.5 + half * x, eaves + 0.04)],
            tone(look.main.colour, 0.55),
            0.005,
            0.5,
        )
    hole = (0.5, eaves + (low - eaves) * 0.36)
    size = half * dice.uniform(0.36, 0.42)
    canvas.part(
        ellipse(*hole, size + 0.016, size + 0.016),
        look.main.plain().shaded(1.15),
        volume=0.7,
        radius=0.01,
        drop=0.2,
    )
    canvas.part(ellipse(*hole, size, size), Paint((38, 30, 26)), volume=-0.7, radius=0.02, drop=0)
    if look.part("perch") == "perch":
        y = hole[1] + size + 0.062
        canvas.stroke(
            [(0.5, y), (0.475, y + 0.035)], 0.026, Paint(WOOD, texture="wood"), volume=0.9, drop=0.6
        )
        canvas.part(
            ellipse(0.472, y + 0.038, 0.02, 0.02),
            Paint(tone(WOOD, 1.2)),
            volume=0.8,
            radius=0.01,
            drop=0,
        )
    _roof(canvas, roof, half, top, eaves, deep, cap)


def _roof(
    canvas: Canvas, kind: str, half: float, top: float, eaves: float, deep: float, paint: Paint
) -> None:
    thick, over = 0.05, 0.07
    if kind == "pitched":
        slope = (eaves - top - 0.03) / half
        foot = (0.5 + half + over, eaves + slope * over)
        right = [
            (0.5, top - thick * 0.4),
            (0.5 + deep, top - 0.035 - thick * 0.4),
            (foot[0] + deep, foot[1] - 0.035),
            foot,
        ]
        canvas.part(right, paint.shaded(1.05), volume=0.3, radius=0.015, drop=0.4)
        for s in (1, -1):
            board = [
                (0.5, top - thick * 0.5),
                (0.5 + s * (half + over), foot[1] - thick * 0.2),
                (0.5 + s * (half + over - 0.015), foot[1] + thick * 0.75),
                (0.5, top + thick * 0.75),
            ]
            canvas.part(
                board, paint.shaded(0.85 if s > 0 else 1.0), volume=0.6, radius=0.014, drop=0.5
            )
        return
    lid = [
        (0.5 - half - over, top - thick * 0.4),
        (0.5 - half - over + deep, top - 0.05 - thick * 0.4),
        (0.5 + half + over + deep, eaves - 0.02 - thick * 0.4),
        (0.5 + half + over, eaves + 0.03 - thick * 0.4),
    ]
    canvas.part(lid, paint.turned(90).shaded(1.1), volume=0.3, radius=0.015, drop=0.3)
    edge = [lid[0], lid[3], (lid[3][0], lid[3][1] + thick), (lid[0][0], lid[0][1] + thick)]
    canvas.part(edge, paint.turned(90).shaded(0.85), volume=0.6, radius=0.012, drop=0.5)


def solar_light(canvas: Canvas, look: Look) -> None:
    """A light on a stake for the border of a path."""
    dice = look.dice
    shape = look.part("shape")
    low = 0.9
    canvas.ground(0.5, low - 0.012, 0.06)
    paint = look.main.plain()
    radius = dice.uniform(0.16, 0.18)
    head = {"globe": 0.1 + radius * 2, "mushroom": 0.42, "lantern": 0.42}[shape]
    canvas.part(
        _along(
            (0.5, head - 0.02), (0.5, low), [(0.0, 0.026, 1), (0.86, 0.026, 1), (1.0, 0.004, 1)]
        ),
        paint,
        volume=0.8,
        radius=0.016,
    )
    canvas.part(
        rounded(0.455, head - 0.03, 0.545, head + 0.05, 0.014),
        paint.shaded(0.85),
        volume=0.8,
        radius=0.02,
    )
    glow = Paint((255, 236, 176), gloss=0.9)
    if shape == "globe":
        cy = 0.1 + radius
        canvas.part(
            ellipse(0.5, cy, radius * 1.18, radius * 1.18),
            replace(glow, opacity=0.25),
            volume=0,
            drop=0,
        )
        canvas.part(ellipse(0.5, cy, radius, radius), glow, volume=0.5, radius=0.06)
        canvas.part(
            ellipse(0.5, cy, radius * 0.5, radius * 0.5),
            Paint((255, 250, 228), opacity=0.7),
            volume=0,
            drop=0,
        )
        return
    tall, wide = 0.19, dice.uniform(0.115, 0.13)
    top = head - tall - 0.02
    glass = [
        (0.5 - wide * 0.82, top),
        (0.5 + wide * 0.82, top),
        (0.5 + wide * 0.62, head - 0.02),
        (0.5 - wide * 0.62, head - 0.02),
    ]
    canvas.part(glass, glow, volume=0.4, radius=0.03)
    canvas.part(
        ellipse(0.5, top + tall * 0.5, 0.035, 0.06), Paint((255, 251, 232)), volume=0, drop=0
    )
    for x in (-0.42, 0.0, 0.42) if shape == "lantern" else (-0.3, 0.3):
        canvas.stroke(
            [(0.5 + x * wide * 1.8, top), (0.5 + x * wide * 1.4, head - 0.02)], 0.012, paint, drop=0
        )
    if shape == "mushroom":
        cap = curve(
            [
                (0.5 - wide * 2, top + 0.01, 1),
                (0.5 - wide * 1.5, top - 0.09),
                (0.5, top - 0.15),
                (0.5 + wide * 1.5, top - 0.09),
                (0.5 + wide * 2, top + 0.01, 1),
                (0.5, top + 0.035),
            ]
        )
        canvas.part(cap, paint, volume=0.8, radius=0.04)
        panel = ellipse(0.5, top - 0.105, wide * 0.9, 0.032)
    else:
        cap = [
            (0.5 - wide * 1.4, top + 0.012),
            (0.5 - wide * 0.66, top - 0.1),
            (0.5 + wide * 0.66, top - 0.1),
            (0.5 + wide * 1.4, top + 0.012),
        ]
        canvas.part(cap, paint, volume=0.6, radius=0.02)
        canvas.part(
            rounded(0.5 - wide * 0.75, head - 0.035, 0.5 + wide * 0.75, head - 0.005, 0.01),
            paint,
            volume=0.7,
            radius=0.01,
        )
        panel = [
            (0.5 - wide * 0.5, top - 0.085),
            (0.5 + wide * 0.5, top - 0.085),
            (0.5 + wide * 0.66, top - 0.045),
            (0.5 - wide * 0.66, top - 0.045),
        ]
    canvas.part(panel, Paint((44, 56, 84), gloss=0.9), volume=0.4, radius=0.012, drop=0)


def parasol(canvas: Canvas, look: Look) -> None:
    """An open parasol on its pole."""
    dice = look.dice
    edge, base = look.part("edge"), look.part("base")
    half, top, rim = dice.uniform(0.37, 0.395), 0.12, dice.uniform(0.34, 0.37)
    painted = any(name == "pole" for name, _, _ in look.accents)
    pole = Paint(look.accent("pole", WOOD), texture="smooth" if painted else "wood", gloss=0.3)
    low = 0.88
    canvas.ground(0.5, low, 0.15 if base == "stand" else 0.05)
    if base == "spike":
        mound = curve(
            [
                (0.37, low + 0.012, 1),
                (0.44, low - 0.022),
                (0.56, low - 0.022),
                (0.63, low + 0.012, 1),
            ]
        )
        canvas.part(
            mound, Paint((222, 198, 150), texture="stone"), volume=0.6, radius=0.02, drop=0.1
        )
    canvas.part(
        rounded(0.487, 0.2, 0.513, low - 0.005, 0.01), pole, volume=0.8, radius=0.012, barrel=0.4
    )
    if base == "stand":
        foot = [
            *ellipse(0.5, low - 0.005, 0.16, 0.03, 0, 180),
            *ellipse(0.5, low - 0.035, 0.15, 0.03, 180, 360),
        ]
        canvas.part(foot, Paint((120, 122, 124), texture="stone"), volume=0.8, radius=0.025)
        canvas.part(
            rounded(0.472, low - 0.12, 0.528, low - 0.04, 0.01),
            Paint((92, 94, 98)),
            volume=0.8,
            radius=0.02,
        )
    under = curve(
        [(0.5 - half, rim, 1), (0.5, rim - 0.05), (0.5 + half, rim, 1), (0.5, rim + 0.06)]
    )
    canvas.part(under, look.main.plain().shaded(0.5), volume=-0.3, radius=0.03, drop=0.3)
    canvas.part(
        rounded(0.487, rim - 0.02, 0.513, rim + 0.1, 0.004),
        pole.shaded(0.75),
        volume=0.6,
        radius=0.01,
        drop=0,
    )
    _gores(canvas, look, half, top, rim, edge)
    canvas.part(ellipse(0.5, top - 0.012, 0.018, 0.024), pole, volume=0.9, radius=0.012)


def _gores(canvas: Canvas, look: Look, half: float, top: float, rim: float, edge: str) -> None:
    """The canopy's panels; a striped one has them in two colours by turns."""
    count = 6
    striped = look.main.pattern == "striped"
    bounds = [-math.cos(math.pi * i / count) for i in range(count + 1)]
    for i in range(count):
        a, b = bounds[i], bounds[i + 1]

        def rib(t: float, across: float) -> Point:
            x = 0.5 + across * half * math.sin(math.pi / 2 * t) ** 0.9
            return x, top + (rim - top) * (
                1 - math.cos(math.pi / 2 * t)
            ) ** 0.8 + 0.06 * t * math.sqrt(max(0, 1 - across**2)) * t

        shares = [k / 10 for k in range(11)]
        left, right = [rib(t, a) for t in shares], [rib(t, b) for t in shares]
        (ax, ay), (bx, by) = left[-1], right[-1]
        sag = 0.03 if edge == "scalloped" else -0.018
        hem = [
            (bx + (ax - bx) * k / 8, by + (ay - by) * k / 8 + sag * math.sin(math.pi * k / 8))
            for k in range(1, 8)
        ]
        paint = look.main
        if striped:
            paint = replace(paint.plain(), colour=paint.second if i % 2 else paint.colour)
        paint = paint.shaded((1.08, 1.12, 1.04, 0.96, 0.88, 0.78)[i])
        gore = [*left, *reversed(hem), *reversed(right)]
        if edge != "straight":
            _valance(canvas, left[-1], right[-1], hem[::-1], paint.shaded(0.92), edge)
        canvas.part(gore, paint, volume=0.3, radius=0.02, drop=0.1)
        canvas.ink(left, tone(paint.colour, 0.6), 0.005, 0.5)


def _valance(
    canvas: Canvas, a: Point, b: Point, hem: Sequence[Point], paint: Paint, edge: str
) -> None:
    """What hangs from the edge of a panel: a scallop, or a fringe."""
    line = [a, *hem, b]
    if edge == "fringe":
        light = Paint((246, 240, 224))
        count = max(3, round((b[0] - a[0]) / 0.02))
        for k in range(count):
            x, y = line[round((k + 0.5) / count * (len(line) - 1))]
            x = a[0] + (b[0] - a[0]) * (k + 0.5) / count
            canvas.stroke([(x, y - 0.01), (x, y + 0.06)], 0.012, light, drop=0.1)
        return
    drop = [
        (
            b[0] + (a[0] - b[0]) * k / 12,
            b[1] + (a[1] - b[1]) * k / 12 + 0.045 + 0.035 * math.sin(math.pi * k / 12),
        )
        for k in range(13)
    ]
    canvas.part([*line, *drop], paint, volume=0.4, radius=0.015, drop=0.15)


def deck_chair(canvas: Canvas, look: Look) -> None:
    """A folding chair with a sling of cloth, seen from its front left."""
    dice = look.dice
    painted = any(name == "frame" for name, _, _ in look.accents)
    frame = Paint(look.accent("frame", WOOD), texture="smooth" if painted else "wood", gloss=0.3)
    deep = (dice.uniform(0.27, 0.3), -0.085)
    head, toe = (0.53, 0.16), (0.19, 0.86)
    knee, heel = (0.13, 0.575), (0.6, 0.88)
    prop = (between(head, toe, 0.26), between(knee, heel, 0.86))

    def far(p: Point) -> Point:
        return p[0] + deep[0], p[1] + deep[1]

    canvas.ground(0.46, 0.87, 0.3)
    canvas.ground(0.66, 0.8, 0.16, 0.25)

    def beam(a: Point, b: Point, shade: float = 1.0, width: float = 0.034) -> None:
        turn = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])) - 90
        canvas.stroke([a, b], width, frame.shaded(shade).turned(turn), volume=0.8, drop=0.35)

    for a, b in ((knee, heel), prop, (head, toe)):
        beam(far(a), far(b), 0.74)
    for p in (toe, heel):
        beam(p, far(p), 0.82)
    beam(knee, far(knee), 0.9)
    sag = dice.uniform(0.07, 0.1)
    lower = between(head, toe, 0.5)
    path = curve(
        [
            head,
            (lower[0] + 0.035, lower[1] - 0.02),
            (0.32, 0.6 + sag),
            (knee[0] + 0.06, knee[1] + 0.045),
            knee,
        ],
        closed=False,
    )
    inner = 0.14
    near = [between(p, far(p), inner) for p in path]
    off = [between(p, far(p), 1 - inner) for p in path]
    turn = math.degrees(math.atan2(deep[1], deep[0]))
    cloth = replace(look.main, angle=turn + 62) if look.main.pattern == "striped" else look.main
    folds = [Fold([near[18], off[18]], 0.08, 0.3)]
    canvas.part([*near, *reversed(off)], cloth, volume=0.4, radius=0.025, folds=folds, drop=0.4)
    canvas.ink(near, tone(look.main.colour, 0.55), 0.005, 0.5)
    beam(head, far(head), 1.05)
    canvas.stroke(
        [between(head, far(head), inner), between(head, far(head), 1 - inner)],
        0.046,
        cloth,
        volume=0.9,
        drop=0.2,
    )
    for a, b in (prop, (knee, heel), (head, toe)):
        beam(a, b)
    if look.part("armrest") == "armrest":
        for shift in (far, lambda p: p):
            start, stop = shift((0.13, 0.47)), shift((0.5, 0.44))
            beam(shift(between(knee, heel, 0.1)), shift((0.17, 0.475)), 0.9, 0.028)
            beam(start, stop, 1.08, 0.042)
    if look.part("pillow") == "pillow":
        pad = [
            between(near[1], off[1], -0.02),
            between(near[1], off[1], 1.02),
            between(near[6], off[6], 1.0),
            between(near[6], off[6], 0.0),
        ]
        shape = curve([*pad])
        canvas.part(shape, look.main.plain().shaded(1.12), volume=0.9, radius=0.03, drop=0.5)
    for p in (between(head, toe, 0.57),):
        canvas.part(ellipse(*p, 0.014, 0.014), STEEL, volume=0.9, radius=0.008)
